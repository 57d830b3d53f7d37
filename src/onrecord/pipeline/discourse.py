"""One pass over a document that links descriptions and pronouns to what was mentioned before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.annotations import (
    Attribution,
    EntityRecord,
    LinkRecord,
    MarkedSpan,
    MentionRecord,
    Range,
)
from onrecord.pipeline.antecedent_features import Pronoun
from onrecord.pipeline.antecedents import Candidate, History, affinities, choose, find_candidates
from onrecord.pipeline.binding import excluded, glossed
from onrecord.pipeline.bodies import resolve_body
from onrecord.pipeline.gender import HE, SHE
from onrecord.pipeline.grounds import Grounds, read_grounds
from onrecord.pipeline.layout import role_of
from onrecord.pipeline.name_words import DETERMINERS, Words, person_words
from onrecord.pipeline.nominals import (
    Nominal,
    resolve_headline,
    resolve_nominal,
    resolve_owned,
)
from onrecord.pipeline.pairing import paired_rows
from onrecord.pipeline.pronouns import IT, THEY, read_pronoun
from onrecord.pipeline.referents import Place, Referent, head_form, marks_of, named_referents, nominal_words
from onrecord.pipeline.scorers import Scorers
from onrecord.pipeline.they_and_it import find_things
from onrecord.pipeline.variations import resolve_variation

TWO_OF = frozenset(
    ("man", "woman", "leader", "candidate", "rival", "nominee", "senator", "lawmaker", "president")
)
TWO_REACH = 3
"""Sentences in which exactly two people must have been mentioned for *the two men*."""

OPENING_LINES = 4
"""Lines, empty ones too, in which a headline and its deck stand."""

GLOSSED = 0.95
"""Confidence of a pronoun that brackets gloss."""

LEARN_GENDER_FROM = 0.2
"""Probability of an antecedent from which the pronoun counts, by as much, as observed gender of it."""


@dataclass(slots=True)
class Discourse:
    """The state of the pass.

    Attributes:
        referents: everything mentioned so far, in order of first mention.
        paired: what the encoder says of each token for the scorers' pairings; None without it.
        pairs: the pronouns *he* and *she* with their candidates.
        things: the pronouns *they* and *it* with theirs.
        links: pronouns and descriptions with what they refer to.
    """

    words: Words
    scorers: Scorers
    grounds: Grounds
    sentences: list[int]
    clauses: list[int]
    quoted: list[bool]
    reporters: list[Range]
    named: dict[str, Referent]
    owner_at: dict[int, str]
    role_of: dict[int, str]
    first_lines: dict[str, int]
    referents: list[Referent] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    ahead: dict[int, list[tuple[Place, Referent]]] = field(default_factory=dict)
    pairs: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)
    things: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)
    history: History = field(default_factory=History)
    paired: NDArray[np.float32] | None = None


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
    learned: dict[str, Mapping[int, float]] = {}
    if any(low in HE or low in SHE for low in words.low):
        # What *they* and *it* stand for has no say in who *he* and *she* are.
        first = _resolve_once(grounds, entities, scorers, {}, HE | SHE)
        learned = {key: r.seen for key, r in first.named.items()}
    return _resolve_once(grounds, entities, scorers, learned, HE | SHE | THEY | IT)


def _resolve_once(
    grounds: Grounds,
    entities: Sequence[EntityRecord],
    scorers: Scorers,
    learned: Mapping[str, Mapping[int, float]],
    pronouns: frozenset[str],
) -> Discourse:
    """One pass over these pronouns; `learned` adds to the gender observed of each entity."""
    words = grounds.words
    named = named_referents(words, entities)
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
    )
    events: list[tuple[int, int, MentionRecord | Nominal | int, Referent | None]] = []
    for e in entities:
        referent = named.get(e.id)
        if referent is not None:
            events += [(m.start, 0, m, referent) for m in e.mentions]
    for _, _, event, referent in events:
        if isinstance(event, MentionRecord) and referent is not None:
            place = _place(state, event.start, event.end, "name")
            state.ahead.setdefault(place.sentence, []).append((place, referent))
    events += [(n.start, 2, n, None) for n in grounds.nominals]
    for i, low in enumerate(words.low):
        if low in pronouns:
            events.append((i, 1, i, None))
    for _, _, event, referent in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, MentionRecord):
            assert referent is not None
            _mention(state, referent, event.start, event.end, "name")
            _pair(state, referent, event.start)
        elif isinstance(event, Nominal):
            _nominal(state, event)
        else:
            _pronoun(state, event)
    return state


def _place(state: Discourse, start: int, end: int, kind: str) -> Place:
    return state.grounds.place(start, end, kind)


def _mention(state: Discourse, referent: Referent, start: int, end: int, kind: str) -> None:
    if not referent.places:
        state.referents.append(referent)
    referent.places.append(_place(state, start, end, kind))


@cache
def _before_names() -> frozenset[str]:
    people = person_words()
    return people.titles | people.honorifics | people.heads | people.modifiers | DETERMINERS


def _pair(state: Discourse, this: Referent, start: int) -> None:
    """Remember two people or bodies joined by *and* as one plural; either may be a pronoun."""
    words = state.words
    skipped = _before_names()
    i = start - 1
    while i > 0 and words.low[i] in skipped and words.line[i] == words.line[start]:
        i -= 1
    if i < 1 or words.low[i] not in ("and", "&") or words.line[i] != words.line[start]:
        return
    end = i - 1 if words.text[i - 1] == "," else i
    other = next((r for r in reversed(state.referents) if r.places and r.places[-1].end == end), None)
    if other is None or other is this or (other.kind != this.kind and not other.members):
        return
    begin = other.places[-1].start
    members = (*other.members, this) if other.members else (other, this)
    if any(r.plural and not r.members for r in members):
        return
    pair = next((r for r in state.referents if {id(m) for m in r.members} == {id(m) for m in members}), None)
    if pair is None:
        pair = Referent("group", plural=True, members=members)
        state.referents.append(pair)
    pair.places.append(_place(state, begin, start + 1, "name"))


def _nominal(state: Discourse, nominal: Nominal) -> None:
    words = state.words
    if nominal.head in state.role_of and nominal.kind == "person":
        return  # part of a name's apposition: no other person
    referent, confidence, reason = resolve_nominal(
        words, nominal, state.referents, state.sentences[nominal.start]
    )
    if referent is None and nominal.plural and nominal.definite:
        referent, confidence, reason = _plural_description(state, nominal)
    if referent is None and nominal.plural:
        group = _same_group(state, nominal)
        if group is not None:
            _mention(state, group, nominal.start, nominal.end, "nominal")
            return
    if referent is None and nominal.owned and nominal.kind == "person":
        owner = _owner(state, nominal)
        if owner:
            referent, confidence, reason = resolve_owned(words, nominal, list(state.named.values()), owner)
    if referent is None and _announces(state, nominal):
        referent, confidence, reason = resolve_headline(
            words, nominal, list(state.named.values()), state.first_lines
        )
    if not nominal.plural and (referent is None or not referent.entity):
        later = _taken_up(state, nominal, referent)
        referent, confidence, reason = later if later[0] is not None else (referent, confidence, reason)
    low, lexicon = words.low[nominal.head], nominal_words()
    shown = 3.0 * ((low in lexicon.masculine) - (low in lexicon.feminine))
    if referent is not None:
        ids = tuple(m.entity for m in referent.members if m.entity) or (
            (referent.entity,) if referent.entity else ()
        )
        phrase = referent.phrase if not ids else None
        referent.gender = referent.gender or shown
        state.links.append(LinkRecord(nominal.start, nominal.end, "nominal", ids, phrase, confidence, reason))
    else:
        referent = Referent(nominal.kind, phrase=(nominal.start, nominal.end), plural=nominal.plural)
        referent.gender = shown
        referent.heads.add(head_form(low))
        referent.marks |= marks_of(words, (nominal.start, nominal.end))
    _mention(state, referent, nominal.start, nominal.end, "nominal")


def _taken_up(
    state: Discourse, nominal: Nominal, described: Referent | None
) -> tuple[Referent | None, float, str]:
    """The named body or person that a description means, if mentioned since it was used of nobody named."""
    words, sentence = state.words, state.sentences[nominal.start]
    since = described.places[-1].start if described is not None else -1
    recent = [r for r in state.referents if r.places and r.places[-1].start > since]
    if nominal.kind == "organisation":
        return resolve_body(words, nominal, recent, sentence)
    if described is not None:
        return None, 0.0, ""
    found = resolve_variation(words, nominal, recent, sentence)
    if found[0] is not None:
        found[0].heads.add(head_form(words.low[nominal.head]))
        found[0].marks |= marks_of(words, (nominal.start, nominal.end))
    return found


def _same_group(state: Discourse, nominal: Nominal) -> Referent | None:
    """A group described before by the same noun: *lawmakers* … *the black lawmakers*."""
    head = state.words.low[nominal.head]
    same = (r for r in reversed(state.referents) if r.plural and not r.entity and not r.members)
    return next((r for r in same if r.phrase and state.words.low[r.phrase[1] - 1] == head), None)


def _owner(state: Discourse, nominal: Nominal) -> str:
    """The entity that possesses a description: by name, or by a pronoun that was resolved."""
    for i in range(nominal.start, nominal.head):
        if i in state.owner_at:
            return state.owner_at[i]
    link = next(
        (k for k in reversed(state.links) if k.start == nominal.start and k.end == nominal.start + 1), None
    )
    return link.entities[0] if link is not None and len(link.entities) == 1 else ""


def _announces(state: Discourse, nominal: Nominal) -> bool:
    """Whether the opening lines have a bare description, as headlines do, or *a judge* as their subject."""
    words, start = state.words, nominal.start
    if nominal.kind != "person" or nominal.plural or nominal.owned or nominal.definite:
        return False
    if words.line[start] > OPENING_LINES:
        return False
    if words.low[start] in ("a", "an"):
        return role_of(words.doc[nominal.head].dep_) == "subject"
    opens = words.first[start] or (start > 0 and words.text[start - 1] in (";", ":", ","))
    return opens and words.low[start] not in DETERMINERS


def _plural_description(state: Discourse, nominal: Nominal) -> tuple[Referent | None, float, str]:
    """The pair that *the senators*, *the two men* take up."""
    words = state.words
    head = words.low[nominal.head]
    single = head_form({"men": "man", "women": "woman"}.get(head, head.removesuffix("s")))
    pairs = [r for r in state.referents if len(r.members) > 1 and all(m.kind == "person" for m in r.members)]
    for r in reversed(pairs):
        if all(single in m.heads for m in r.members):
            return r, 0.8, "the description fits two people named together"
    if "two" not in words.low[nominal.start : nominal.end]:
        return None, 0.0, ""
    if words.low[nominal.start] != "the" or single not in TWO_OF:
        return None, 0.0, ""
    sex = "m" if single == "man" else "f" if single == "woman" else ""
    here = state.sentences[nominal.start]
    near = [
        r
        for r in state.referents
        if r.kind == "person"
        and r.entity
        and any(here - p.sentence <= TWO_REACH for p in r.places)
        and not (sex and r.sex and r.sex != sex)
    ]
    if len(near) != 2:
        return None, 0.0, ""
    known = next((r for r in pairs if {id(m) for m in r.members} == {id(m) for m in near}), None)
    if known is None:
        known = Referent("group", plural=True, members=(near[0], near[1]))
    return known, 0.75, "only two people were named just before"


def _pronoun(state: Discourse, i: int) -> None:
    words = state.words
    low = words.low[i]
    pronoun = read_pronoun(words, i, state.sentences[i], state.clauses, state.quoted[i], state.reporters[i])
    if pronoun.sex:
        _singular(state, pronoun)
        return
    number = "they" if low in THEY else "it"
    barred = excluded(words, pronoun, state.referents, state.ahead.get(pronoun.sentence, ()))
    latest = state.history.latest.get(number)
    candidates = find_things(words, pronoun, state.referents, barred, state.clauses, latest)
    state.things.append((pronoun, candidates))
    scorer = state.scorers.they if low in THEY else state.scorers.it
    chosen, share, _ = choose(candidates, scorer, affinities(candidates, pronoun, state.paired, scorer))
    if chosen is not None:
        state.history.latest[number] = chosen.referent
        _link_chosen(state, pronoun, chosen, share)


def _singular(state: Discourse, pronoun: Pronoun) -> None:
    gloss = glossed(state.words, pronoun, state.ahead.get(pronoun.sentence, ()))
    if gloss is not None:
        state.history.note(pronoun, gloss)
        gloss.seen[pronoun.token] = 1.0 if pronoun.sex == "m" else -1.0
        _link(state, pronoun, gloss, GLOSSED, "the brackets behind it name the person")
        return
    candidates = find_candidates(
        state.words, pronoun, state.referents, state.ahead, state.clauses, state.history
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
    _mention(state, referent, i, i + 1, "pronoun")


def mentions_by_entity(links: Iterable[LinkRecord]) -> dict[str, list[MentionRecord]]:
    """The links as mentions of the entities that they name."""
    out: dict[str, list[MentionRecord]] = defaultdict(list)
    for k in links:
        for entity in k.entities:
            out[entity].append(MentionRecord(k.start, k.end, k.kind, k.confidence, k.reason))
    return out
