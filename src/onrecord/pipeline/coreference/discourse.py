"""One pass over a document that links descriptions and pronouns to what was mentioned before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from onrecord.pipeline.annotations import (
    Attribution,
    EntityRecord,
    LinkRecord,
    MarkedSpan,
    MentionRecord,
)
from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.antecedents import (
    REACH,
    Candidate,
    affinities,
    choose,
    find_candidates,
)
from onrecord.pipeline.coreference.binding import excluded, glossed
from onrecord.pipeline.coreference.bodies import told_kinds
from onrecord.pipeline.coreference.descriptions import link_description
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.grounds import Grounds, read_grounds
from onrecord.pipeline.coreference.identified import called_beside, identified_later
from onrecord.pipeline.coreference.last_speaker import body_going_on, last_speaker, somebody_going_on
from onrecord.pipeline.coreference.nominals import Nominal
from onrecord.pipeline.coreference.one_they import one_going_on
from onrecord.pipeline.coreference.pairing import paired_rows
from onrecord.pipeline.coreference.pronouns import IT, THEY, is_pronoun, read_pronoun
from onrecord.pipeline.coreference.questioners import questioners
from onrecord.pipeline.coreference.referents import Referent, named_referents, owned_heads
from onrecord.pipeline.coreference.running_gender import observe_running
from onrecord.pipeline.coreference.scorers import Scorers
from onrecord.pipeline.coreference.they_and_it import REACH as THINGS_REACH
from onrecord.pipeline.coreference.they_and_it import find_things
from onrecord.pipeline.names.gender import HE, SHE
from onrecord.pipeline.names.words import DETERMINERS, Words, person_words

GLOSSED = 0.95
"""Confidence of a pronoun that brackets gloss."""

GOING_ON = 0.8
"""Confidence of *they* for the body, or somebody not named, that spoke last and goes on; set by hand."""

ONE = 0.6
"""Confidence of *they* for the one person spoken of before; set by hand."""

REMEMBERED = 3
"""Last mentions of somebody among which the one before *and* is: *NAME and his wife, NAME* holds another."""

LEARN_GENDER_FROM = 0.2
"""Probability of an antecedent from which the pronoun counts, by as much, as observed gender of it."""


def resolve(
    words: Words,
    entities: Sequence[EntityRecord],
    attributions: Sequence[Attribution],
    marks: Sequence[MarkedSpan],
    scorers: Scorers,
) -> Discourse:
    """Link the pronouns and descriptions of a document, in two passes.

    The second knows from the first which pronouns its people go by.

    Args:
        words: the document.
        entities: named entities with their name mentions.
        attributions: quotations with sources; they tell whose words a pronoun stands in.
        marks: spans between quotation marks.
        scorers: of antecedents.
    """
    grounds = read_grounds(words, entities, attributions, marks)
    named = named_referents(words, entities)
    for e in entities:
        if e.id in named and named[e.id].kind == "organisation":
            named[e.id].heads |= told_kinds(words, e.mentions)
        elif e.id in named and named[e.id].kind == "person":
            named[e.id].called = called_beside(words, e)
    learned: dict[str, Mapping[int, float]] = {}
    if any(low in HE or low in SHE for low in words.low):
        # What *they* and *it* stand for has no say in who *he* and *she* are.
        first = _resolve_once(grounds, entities, _copied(named), scorers, {}, HE | SHE)
        learned = {key: r.seen for key, r in first.named.items()}
        for key, r in first.named.items():
            for head in r.heads - named[key].heads:
                named[key].heads.add(head)
                named[key].told[head] = r.told.get(head, len(words))
    return _resolve_once(grounds, entities, named, scorers, learned, HE | SHE | THEY | IT)


def _copied(named: Mapping[str, Referent]) -> dict[str, Referent]:
    return {key: referent.copy() for key, referent in named.items()}


def _resolve_once(
    grounds: Grounds,
    entities: Sequence[EntityRecord],
    named: dict[str, Referent],
    scorers: Scorers,
    learned: Mapping[str, Mapping[int, float]],
    pronouns: frozenset[str],
) -> Discourse:
    """One pass over these pronouns; `learned` adds to the gender observed of each entity.

    The pass adds to what is known of those `named`.
    """
    words = grounds.words
    for key, value in learned.items():
        named[key].seen = dict(value)
    state = Discourse(
        words,
        scorers,
        grounds,
        grounds.sentences,
        grounds.clauses,
        grounds.quoted,
        grounds.reporters,
        named,
        {i: e.id for e in entities if e.id in named for m in e.mentions for i in range(m.start, m.end)},
        {i: e.id for e in entities if e.type == "PERSON" for r in e.roles for i in range(*r)},
        {e.id: min(words.line[m.start] for m in e.mentions) for e in entities if e.mentions},
        paired=paired_rows(words.doc),
        identified=identified_later(words, entities, grounds.nominals),
    )
    events: list[tuple[int, int, MentionRecord | Nominal | int, Referent | None]] = []
    for e in entities:
        referent = named.get(e.id)
        if referent is not None:
            events += [(m.start, 0, m, referent) for m in e.mentions]
    for _, _, event, referent in events:
        if isinstance(event, MentionRecord) and referent is not None:
            place = state.place(event.start, event.end, "name")
            state.ahead.setdefault(place.sentence, []).append((place, referent))
    if not learned:
        observe_running(state)
    events += [(n.start, 2, n, None) for n in grounds.nominals]
    for i, low in enumerate(words.low):
        if low in pronouns and is_pronoun(words, i, grounds.named):
            # Who is named in a quotation alone does not say it: its source is read before its words.
            early = grounds.said_before.get(i)
            events.append((i, 1, i, None) if early is None else (early, -1, i, None))
    for _, _, event, referent in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, MentionRecord):
            assert referent is not None
            state.mention(referent, event.start, event.end, "name")
            _pair(state, referent, event)
        elif isinstance(event, Nominal):
            link_description(state, event)
        else:
            _pronoun(state, event)
    return state


@cache
def _before_names() -> frozenset[str]:
    people = person_words()
    return people.titles | people.honorifics | people.heads | people.modifiers | DETERMINERS


def _pair(state: Discourse, this: Referent, mention: MentionRecord) -> None:
    """Remember two people or bodies joined by *and* as one plural; the first may be a pronoun."""
    words, start = state.words, mention.start
    skipped = _before_names()
    i = start - 1
    if i > 1 and words.text[i] == "," and words.word(i - 1) in person_words().kinship:
        i -= 1  # *NAME and his wife, NAME*
    while i > 0 and words.word(i) in skipped and words.line[i] == words.line[start]:
        i -= 1
    if i < 1 or words.low[i] not in ("and", "&") or words.line[i] != words.line[start]:
        return
    end = i - 1 if words.text[i - 1] == "," else i
    joined = ((p, r) for r in reversed(state.referents) for p in r.places[-REMEMBERED:] if p.end == end)
    place, other = next(joined, (None, None))
    if place is None or other is None or other is this or (other.kind != this.kind and not other.members):
        return
    begin = place.start
    members = (*other.members, this) if other.members else (other, this)
    if any(r.plural and not r.members for r in members):
        return
    pair = next((r for r in state.referents if {id(m) for m in r.members} == {id(m) for m in members}), None)
    if pair is None:
        pair = Referent("group", plural=True, members=members)
    state.mention(pair, begin, mention.end, "name")


def _pronoun(state: Discourse, i: int) -> None:
    words = state.words
    low = words.low[i]
    pronoun = read_pronoun(words, i, state.sentences[i], state.clauses, state.quoted[i], state.reporters[i])
    if pronoun.sex:
        _singular(state, pronoun)
        return
    number = "they" if low in THEY else "it"
    recent = state.recent(pronoun, THINGS_REACH)
    barred = excluded(words, pronoun, recent, state.ahead.get(pronoun.sentence, ()))
    latest = state.history.latest.get(number)
    candidates = find_things(words, pronoun, recent, barred, state.clauses, latest)
    state.things.append((pronoun, candidates))
    goes_on = (body_going_on(state, pronoun) or somebody_going_on(state, pronoun)) if low == "they" else None
    if goes_on is not None:
        state.history.latest[number] = goes_on
        _link(state, pronoun, goes_on, GOING_ON, "the last speaker goes on")
        return
    scorer = state.scorers.they if low in THEY else state.scorers.it
    chosen, share, _ = choose(candidates, scorer, affinities(candidates, pronoun, state.paired, scorer))
    if chosen is not None:
        state.history.latest[number] = chosen.referent
        _link_chosen(state, pronoun, chosen, share)
        return
    one = one_going_on(state, pronoun) if low == "they" else None
    if one is not None:
        _link(state, pronoun, one, ONE, f"only one was spoken of before “{words.text[i]}”")


def _singular(state: Discourse, pronoun: Pronoun) -> None:
    gloss = glossed(state.words, pronoun, state.ahead.get(pronoun.sentence, ()))
    if gloss is not None:
        state.history.note(pronoun, gloss)
        gloss.seen[pronoun.token] = 1.0 if pronoun.sex == "m" else -1.0
        _link(state, pronoun, gloss, GLOSSED, "the brackets behind it name the person")
        return
    candidates = find_candidates(
        state.words,
        pronoun,
        state.recent(pronoun, REACH),
        state.ahead,
        state.clauses,
        state.history,
        state.first_person(),
        last_speaker(state, pronoun),
        questioners(state, pronoun),
    )
    state.pairs.append((pronoun, candidates))
    scorer = state.scorers.people
    fits = affinities(candidates, pronoun, state.paired, scorer)
    chosen, share, shares = choose(candidates, scorer, fits)
    state.history.note(pronoun, chosen.referent if chosen else None)
    _learn_gender(pronoun, candidates, shares)
    if chosen is None:
        return
    _link_chosen(state, pronoun, chosen, share)


def _link_chosen(state: Discourse, pronoun: Pronoun, chosen: Candidate, share: float) -> None:
    place = chosen.place
    where = "in the same sentence" if place.sentence == pronoun.sentence else "before"
    name = state.words.surface((place.start, place.end))
    _link(state, pronoun, chosen.referent, share, f"“{state.words.text[pronoun.token]}” is “{name}” {where}")


def _learn_gender(pronoun: Pronoun, candidates: Sequence[Candidate], shares: Sequence[float]) -> None:
    """Count the pronoun as observed gender of those it may stand for, by how likely that is."""
    sign = 1.0 if pronoun.sex == "m" else -1.0
    for candidate, share in zip(candidates, shares, strict=True):
        seen = candidate.referent.seen
        seen.pop(pronoun.token, None)
        if share >= LEARN_GENDER_FROM:
            seen[pronoun.token] = sign * share


def _latest_confidence(state: Discourse, member: Referent, pair: Referent) -> float:
    """How sure it is that a member of a pair was meant where the pair was named."""
    places = [p for p in pair.places if p.kind == "name"]
    if not places or not member.entity:
        return 1.0
    named = places[-1]
    inside = [
        k.confidence
        for k in state.links
        if named.start <= k.start < named.end and member.entity in k.entities and k.kind == "pronoun"
    ]
    return min(inside, default=1.0)


def _link(state: Discourse, pronoun: Pronoun, referent: Referent, confidence: float, reason: str) -> None:
    i = pronoun.token
    confidence = min([confidence, *(_latest_confidence(state, m, referent) for m in referent.members)])
    ids = tuple(m.entity for m in referent.members if m.entity) or (
        (referent.entity,) if referent.entity else ()
    )
    phrase = referent.phrase if not ids else None
    state.links.append(LinkRecord(i, i + 1, "pronoun", ids, phrase, confidence, reason))
    state.mention(referent, i, i + 1, "pronoun")
    whose = state.role_of.get(i)
    if whose and len(ids) == 1 and ids[0] != whose:
        state.named[whose].owners |= {(h, ids[0]) for h in owned_heads(state.words, state.role_of, i)}


def mentions_by_entity(links: Iterable[LinkRecord]) -> dict[str, list[MentionRecord]]:
    """The links as mentions of the entities that they name."""
    out: dict[str, list[MentionRecord]] = defaultdict(list)
    for k in links:
        for entity in k.entities:
            out[entity].append(MentionRecord(k.start, k.end, k.kind, k.confidence, k.reason))
    return out
