"""Who goes on speaking where a pronoun is the source of a statement: *“Nobody is safe,” she added*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.antecedent_features import Pronoun, sex_of_pronoun
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.layout import SUBJECTS, verbs_above
from onrecord.pipeline.coreference.nominals import DEFINITE, POSSESSIVE
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.sayings import Saying, last_before, saying_by

__all__ = ["body_going_on", "last_speaker", "putting_to", "saying_of", "somebody_going_on"]

MODIFIERS = frozenset(("compound", "nmod", "amod", "npadvmod"))
"""Dependents that only tell what sort somebody is: *a RIVAL supporter*, *the anti-RIVAL drive*."""

HEARERS = frozenset(("dobj", "dative"))
"""How those hang on a verb of speech who are told something."""

SPEAKER_REACH = 2
"""Paragraphs that *he said* looks back for the last speaker: one may stand between."""

CONTINUED_REACH = 3
"""Paragraphs that *he added* looks back: the speaker has spoken before, whatever stands between."""


def last_speaker(state: Discourse, pronoun: Pronoun) -> Referent | None:
    """Who made the last statement before the one that the pronoun is the source of.

    Nobody where it is an answer, nor where somebody else has been the subject of a sentence since (a
    question that the author asks tells of nobody), nor, where neither statement has words in marks, where
    anybody else has been spoken of by the author at all, nor where it tells what somebody known by this very
    pronoun did, and nothing of the speaker's gender: *Reed said Berg had agreed. She added …*. Whoever
    *added* or *also said* something has spoken before: there only others who have count. Nor where a bare
    name is all that is known of whom it names.
    """
    this = saying_of(state, pronoun)
    if this is None or this.answers:
        return None
    before = last_before(state.grounds.sayings, this.begin)
    reach = CONTINUED_REACH if this.continues else SPEAKER_REACH
    if before is None or _lines_between(state, before.source[0], pronoun.token) > reach:
        return None
    alone = before.source[1] - before.source[0] == 1
    if alone and sex_of_pronoun(state.words.low[before.source[0]]) not in ("", pronoun.sex):
        return None  # *he warned … She said*
    if putting_to(state, pronoun):
        return None
    said = _who_said(state, before.source)
    if said is not None and not said.entity and not _stays(state, before.source[0], pronoun.token):
        return None
    if said is None or not (this.continues or _is_known(said, this.begin)):
        return None
    shown = said.sex_before(this.begin) == pronoun.sex
    if pronoun.opens and not shown and _tells_of(state, before, said, pronoun.sex):
        return None
    since = [
        p
        for p, r in _people(state, before.source[1], this.begin)
        if r is not said
        and not before.holds(p.start)
        and not _is_aside(state, p)
        and not _comes_along(state, before, p)
        and not _is_told(state, before, said, p, r, pronoun.sex)
        and (not this.continues or _has_spoken(state, r, this.begin))
    ]
    if before.marked and this.marked:
        return None if any(_is_topic(state, p) for p in since) else said
    return None if since else said


def body_going_on(state: Discourse, pronoun: Pronoun) -> Referent | None:
    """The body or pair that spoke last, for *they* who go on: *The Guild denied it. They added …*."""
    this = saying_of(state, pronoun)
    if this is None or not this.continues:
        return None
    before = last_before(state.grounds.sayings, this.begin)
    if before is None or _lines_between(state, before.source[0], pronoun.token) > CONTINUED_REACH:
        return None
    head = state.words.doc[before.source[0] : before.source[1]].root.i
    bodies = (r for r in state.referents if (r.kind == "organisation" and r.entity) or r.members)
    return next((r for r in bodies if any(p.start <= head < p.end for p in r.places)), None)


def somebody_going_on(state: Discourse, pronoun: Pronoun) -> Referent | None:
    """Who spoke last, neither named nor of any gender, for *they*: *A spokesperson denied it. They said …*.

    Not where several people have been the subject since: they may be meant, unless the cue says that the same
    speaker goes on.
    """
    this = saying_of(state, pronoun)
    before = last_before(state.grounds.sayings, this.begin) if this is not None else None
    if this is None or before is None:
        return None
    if _lines_between(state, before.source[0], pronoun.token) > SPEAKER_REACH:
        return None
    said = _who_said(state, before.source)
    if said is None or said.entity or said.plural or said.shows():
        return None
    head = state.words.doc[before.source[0] : before.source[1]].root.i
    if not any(p.start <= head < p.end for p in said.places):
        return None
    since = state.mentioned(before.source[1], this.begin)
    several = any(p.subject and ((r.plural and r.kind == "group") or r.members) for p, r in since)
    return said if this.continues or not several else None


def _people(state: Discourse, start: int, end: int) -> Iterator[tuple[Place, Referent]]:
    """The mentions so far of one person each in a range of tokens."""
    return ((p, r) for p, r in state.mentioned(start, end) if r.kind == "person" and not r.plural)


def _tells_of(state: Discourse, saying: Saying, said: Referent, sex: str) -> bool:
    """Whether a statement has, outside marks, another person of this gender for a subject: a name, a noun."""
    told = ((p, r) for content in saying.contents for p, r in _people(state, *content) if p.kind != "pronoun")
    return any(p.subject and not p.quoted and r is not said and r.sex == sex for p, r in told)


def putting_to(state: Discourse, pronoun: Pronoun) -> list[int]:
    """Who tells *him* something in a clause before *he*: *When Reed put it to him, he said …*."""
    doc, token = state.words.doc, pronoun.token
    found: list[int] = []
    for heard in doc[doc[token].sent.start : token]:
        if sex_of_pronoun(heard.lower_) != pronoun.sex:
            continue
        verb = heard.head.head if heard.dep_ == "pobj" and heard.head.lower_ == "to" else heard.head
        if verb.dep_ == "advcl" and (heard.dep_ in HEARERS or verb is not heard.head):
            found += [c.i for c in verb.children if c.dep_ in SUBJECTS and c.i < heard.i]
    return found


def _is_told(
    state: Discourse, saying: Saying, said: Referent, place: Place, told: Referent, sex: str
) -> bool:
    """Whether somebody only hears the statement before: *Reed told Judge | Berg | so. He said …*.

    Not where the pronoun fits what is known of the hearer, and nothing is known of the speaker.
    """
    if told.sex_before(place.start) == sex and not said.sex_before(saying.begin):
        return False
    doc = state.words.doc
    verb = doc[saying.source[0] : saying.source[1]].root.head
    root = doc[place.start : place.end].root
    while root.dep_ == "appos":
        root = root.head
    return root.head == verb and root.dep_ in HEARERS


def saying_of(state: Discourse, pronoun: Pronoun) -> Saying | None:
    """The outermost statement that the pronoun alone is the source of."""
    if not pronoun.subject:
        return None
    return saying_by(state.grounds.sayings, (pronoun.token, pronoun.token + 1))


def _has_spoken(state: Discourse, referent: Referent, token: int) -> bool:
    since = state.grounds.speaking
    return any(since.get(p.start, token) < token and not p.possessive for p in referent.places)


def _stays(state: Discourse, start: int, token: int) -> bool:
    """Whether somebody not named goes on speaking: one just introduced has a paragraph, not the story.

    *One reader said the town was dull.* New paragraph: *“You are right,” he said*, whom the story is about.
    """
    words = state.words
    return words.line[start] == words.line[token] or words.low[start] in DEFINITE


def _is_known(said: Referent, token: int) -> bool:
    """Whether a reader knows more of somebody named than the bare name."""
    told = bool(said.sex_before(token)) or bool(said.heads_before(token))
    return not said.entity or told or any(p.parts > 1 for p in said.places)


def _lines_between(state: Discourse, start: int, end: int) -> int:
    lines = range(state.words.line[start], state.words.line[end])
    return sum(line not in state.grounds.asides for line in lines)


def _comes_along(state: Discourse, saying: Saying, place: Place) -> bool:
    """Whether a reporting clause speaks of somebody besides: *“…,” Berg said after he met | Reed |*."""
    if not saying.marked or place.subject:
        return False
    return state.sentences[saying.source[0]] == place.sentence


def _is_aside(state: Discourse, place: Place) -> bool:
    return place.line in state.grounds.asides


def _who_said(state: Discourse, source: Range) -> Referent | None:
    """The person whom a source names first, or else describes: *NAME, a RIVAL supporter*.

    Whose brother or aide somebody is tells that the article may name him elsewhere; for whom *a spokesman for
    NAME* speaks does not.
    """
    doc = state.words.doc
    found = []
    for p, r in _people(state, *source):
        root = doc[p.start : p.end].root
        if p.possessive or root.dep_ in MODIFIERS or is_complement(root, source[0]):
            continue
        if r.entity or state.words.low[p.start] not in POSSESSIVE:
            found.append((not r.entity, p.start, r))
    return min(found, key=lambda f: f[:2])[2] if found else None


def is_complement(token: Token, start: int) -> bool:
    """Whether a preposition hangs a word on a noun from `start` on: *an aide to | Reed |*."""
    if token.dep_ != "pobj":
        return False
    noun = token.head.head
    return start <= noun.i < token.i and noun.pos_ in ("NOUN", "PROPN")


def _is_topic(state: Discourse, place: Place) -> bool:
    """Whether somebody is the subject of a sentence of the author's that is no question."""
    if not place.subject or place.quoted or verbs_above(state.clauses, state.clauses[place.start]):
        return False
    return "?" not in (t.text for t in state.words.doc[place.start].sent)
