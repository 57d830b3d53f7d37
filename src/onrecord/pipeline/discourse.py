"""One pass over a document that links descriptions and pronouns to what was mentioned before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.pipeline.annotations import (
    Attribution,
    EntityRecord,
    LinkRecord,
    MarkedSpan,
    MentionRecord,
    Range,
)
from onrecord.pipeline.antecedent_features import Pronoun, sex_of
from onrecord.pipeline.antecedents import Candidate, Scorer, choose, find_candidates
from onrecord.pipeline.gender import HE, SHE
from onrecord.pipeline.name_words import Words, person_words
from onrecord.pipeline.nominals import Nominal, find_nominals, resolve_nominal
from onrecord.pipeline.plurals import choose_it, choose_plural
from onrecord.pipeline.referents import Place, Referent, head_form, marks_of, named_referents, nominal_words

THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
IT = frozenset(("it", "its", "itself"))
REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))

LEARN_GENDER_FROM = 0.8
"""Probability of a resolved pronoun from which it counts as observed gender of its referent."""


@dataclass(slots=True)
class Discourse:
    """The state of the pass.

    Attributes:
        referents: everything mentioned so far, in order of first mention.
        links: pronouns and descriptions with what they refer to.
    """

    words: Words
    scorer: Scorer
    sentences: list[int]
    clauses: list[int]
    quoted: list[bool]
    reporters: list[Range]
    referents: list[Referent] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    ahead: dict[int, list[tuple[Place, Referent]]] = field(default_factory=dict)
    pairs: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)


def resolve(
    words: Words,
    entities: Sequence[EntityRecord],
    attributions: Sequence[Attribution],
    marks: Sequence[MarkedSpan],
    scorer: Scorer,
) -> Discourse:
    """Link the pronouns and descriptions of a document.

    Args:
        words: the document.
        entities: named entities with their name mentions.
        attributions: quotations with sources; they tell whose words a pronoun stands in.
        marks: spans between quotation marks.
        scorer: of antecedents for *he* and *she*.
    """
    state = Discourse(
        words,
        scorer,
        sentence_numbers(words),
        clause_verbs(words),
        _quoted(words, marks),
        _reporters(words, attributions),
    )
    named = named_referents(words, entities)
    covered = [False] * len(words)
    events: list[tuple[int, int, MentionRecord | Nominal | int, Referent | None]] = []
    for e in entities:
        referent = named.get(e.id)
        for m in e.mentions:
            covered[m.start : m.end] = [True] * (m.end - m.start)
            if referent is not None:
                events.append((m.start, 0, m, referent))
    for _, _, m, r in events:
        if isinstance(m, MentionRecord) and r is not None:
            place = _place(state, m.start, m.end, "name")
            state.ahead.setdefault(place.sentence, []).append((place, r))
    nominals = list(find_nominals(words, covered))
    events += [(n.start, 1, n, None) for n in nominals]
    heads = {n.head for n in nominals}
    for i, low in enumerate(words.low):
        if low in HE or low in SHE or low in THEY or low in IT:
            events.append((i, 2, i, None))
    coordinated = _coordinations(words, entities, named, heads)
    for _, _, event, referent in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, MentionRecord):
            assert referent is not None
            _mention(state, referent, event.start, event.end, "name")
            _pair(state, coordinated.get(event.start), event.end)
        elif isinstance(event, Nominal):
            _nominal(state, event)
        else:
            _pronoun(state, event)
    return state


def sentence_numbers(words: Words) -> list[int]:
    """Number of each token's sentence; a line's end closes a sentence too."""
    out, number = [], 0
    for i, token in enumerate(words.doc):
        if i and (token.is_sent_start or words.line[i] != words.line[i - 1]):
            number += 1
        out.append(number)
    return out


def clause_verbs(words: Words) -> list[int]:
    """For each token the verb of its clause, -1 where there is none."""
    out = []
    for token in words.doc:
        head = token
        for _ in range(8):
            if head.head.i == head.i or head.head.pos_ in ("VERB", "AUX"):
                break
            head = head.head
        verb = head.head
        out.append(verb.i if verb.pos_ in ("VERB", "AUX") and verb.i != token.i else -1)
    return out


def _quoted(words: Words, marks: Iterable[MarkedSpan]) -> list[bool]:
    inside = [False] * len(words)
    for m in marks:
        if m.role == "quote":
            inside[m.start : m.end] = [True] * (m.end - m.start)
    return inside


def _reporters(words: Words, attributions: Iterable[Attribution]) -> list[Range]:
    """For each token the source of the innermost attribution whose content it stands in."""
    out: list[Range] = [(0, 0)] * len(words)
    for a in sorted(attributions, key=lambda a: a.start - a.end):
        for start, end in a.contents:
            out[start:end] = [a.source or (0, 0)] * (end - start)
    return out


def _place(state: Discourse, start: int, end: int, kind: str) -> Place:
    words = state.words
    root = words.doc[start:end].root
    possessive = end < len(words) and words.text[end] in ("'s", "’s", "'", "’")
    while root.dep_ in ("appos", "conj") and root.head.i != root.i and root.head.i < root.i:
        root = root.head
    subject = root.dep_ in SUBJECTS and not possessive
    return Place(
        start,
        end,
        state.sentences[start],
        words.line[start],
        subject,
        possessive or root.dep_ == "poss",
        state.quoted[start],
        kind,
    )


def _mention(state: Discourse, referent: Referent, start: int, end: int, kind: str) -> None:
    if not referent.places:
        state.referents.append(referent)
    referent.places.append(_place(state, start, end, kind))


def _coordinations(
    words: Words, entities: Sequence[EntityRecord], named: dict[str, Referent], heads: set[int]
) -> dict[int, tuple[Referent, int]]:
    """For the start of each mention that is joined by *and* to one before: that one and its start."""
    del heads
    mentions = sorted((m.start, m.end, e.id) for e in entities if e.id in named for m in e.mentions)
    out = {}
    titles = (
        person_words().titles | person_words().honorifics | person_words().heads | person_words().modifiers
    )
    for (start, end, one), (begin, _, other) in pairwise(mentions):
        between = [w for w in words.low[end:begin] if w not in titles]
        if one != other and between in (["and"], [",", "and"]) and words.line[start] == words.line[begin]:
            out[begin] = (named[one], start)
    return out


def _pair(state: Discourse, joined: tuple[Referent, int] | None, end: int) -> None:
    """Remember two people or bodies named together as one plural."""
    if joined is None:
        return
    other, start = joined
    this = next(r for r in state.referents if r.places and r.places[-1].end == end)
    if other is this:
        return
    members = (*other.members, this) if other.members else (other, this)
    same = next((r for r in state.referents if {id(m) for m in r.members} == {id(m) for m in members}), None)
    pair = same or Referent("group", plural=True, members=members)
    if same is None:
        state.referents.append(pair)
    pair.places.append(_place(state, start, end, "name"))


def _nominal(state: Discourse, nominal: Nominal) -> None:
    words = state.words
    referent, confidence, reason = resolve_nominal(
        words, nominal, state.referents, state.sentences[nominal.start]
    )
    if referent is None and nominal.plural and nominal.definite:
        referent, confidence, reason = _plural_description(state, nominal)
    if referent is not None:
        ids = tuple(m.entity for m in referent.members if m.entity) or (
            (referent.entity,) if referent.entity else ()
        )
        phrase = referent.phrase if not ids else None
        state.links.append(LinkRecord(nominal.start, nominal.end, "nominal", ids, phrase, confidence, reason))
    else:
        referent = Referent(nominal.kind, phrase=(nominal.start, nominal.end), plural=nominal.plural)
        low = words.low[nominal.head]
        lexicon = nominal_words()
        referent.gender = 3.0 * ((low in lexicon.masculine) - (low in lexicon.feminine))
        referent.heads.add(head_form(low))
        referent.marks |= marks_of(words, (nominal.start, nominal.end))
    _mention(state, referent, nominal.start, nominal.end, "nominal")


def _plural_description(state: Discourse, nominal: Nominal) -> tuple[Referent | None, float, str]:
    """The pair that *the senators*, *the two men* take up."""
    head = state.words.low[nominal.head]
    single = head_form({"men": "man", "women": "woman"}.get(head, head.removesuffix("s")))
    two = "two" in state.words.low[nominal.start : nominal.end]
    for r in reversed(state.referents):
        if len(r.members) < 2 or any(m.kind != "person" for m in r.members):
            continue
        if all(single in m.heads for m in r.members) or (
            two and len(r.members) == 2 and head in ("men", "women", "leaders", "candidates")
        ):
            return r, 0.8, "the description fits two people named together"
    return None, 0.0, ""


def _pronoun(state: Discourse, i: int) -> None:
    words = state.words
    token = words.doc[i]
    low = words.low[i]
    possessive = token.dep_ == "poss"
    pronoun = Pronoun(
        i,
        low,
        sex_of(low),
        state.sentences[i],
        words.line[i],
        token.dep_ in SUBJECTS,
        possessive,
        low in REFLEXIVE,
        state.clauses[i],
        state.quoted[i],
        state.reporters[i],
    )
    if pronoun.sex:
        _singular(state, pronoun)
        return
    if low in THEY:
        referent, confidence, reason = choose_plural(pronoun, state.referents)
    elif _is_expletive(words, i):
        return
    else:
        referent, confidence, reason = choose_it(pronoun, state.referents)
    if referent is None:
        return
    _link(state, pronoun, referent, confidence, reason)


def _is_expletive(words: Words, i: int) -> bool:
    """Whether *it* refers to nothing: *it is clear that*, *it seems*, *it rained*."""
    token = words.doc[i]
    if token.dep_ == "expl":
        return True
    head = token.head
    if token.dep_ not in SUBJECTS:
        return token.dep_ == "dobj"
    if head.lemma_ in ("seem", "appear", "happen", "rain", "snow", "turn", "take"):
        return True
    return head.lemma_ == "be"


def _singular(state: Discourse, pronoun: Pronoun) -> None:
    candidates = find_candidates(state.words, pronoun, state.referents, state.ahead, state.clauses)
    state.pairs.append((pronoun, candidates))
    chosen, share, _ = choose(candidates, state.scorer)
    if chosen is None:
        return
    if share >= LEARN_GENDER_FROM:
        chosen.referent.gender += 0.5 if pronoun.sex == "m" else -0.5
    place = chosen.place
    where = "in the same sentence" if place.sentence == pronoun.sentence else "before"
    name = state.words.surface((place.start, place.end))
    _link(state, pronoun, chosen.referent, share, f"“{state.words.text[pronoun.token]}” is “{name}” {where}")


def _link(state: Discourse, pronoun: Pronoun, referent: Referent, confidence: float, reason: str) -> None:
    i = pronoun.token
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
