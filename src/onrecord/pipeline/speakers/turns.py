"""Who speaks in quotations without a source: the paragraph, the sentence before, the speaker before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.pipeline.annotations import Attribution, BlockRecord, MarkedSpan, Range
from onrecord.pipeline.attribution.rule_names import DIALOGUE
from onrecord.pipeline.coreference.pronouns import is_pronoun
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import agent_of, is_passive
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.patients import is_told, is_without_teller
from onrecord.pipeline.language.subjects import is_somebody, opens_as_asked
from onrecord.pipeline.names.people import People, speaker_of
from onrecord.pipeline.names.words import Words
from onrecord.pipeline.speakers.alternating import speaks_before_last
from onrecord.pipeline.speakers.sources import Resolved, resolve_source
from onrecord.pipeline.structure.bylines import authors_of
from onrecord.schema import Speaker

NEAR = 2
"""Paragraphs that a speaker carries over without being named again."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a document's quotations stand."""

    people: People
    attributions: Sequence[Attribution]
    marks: Sequence[MarkedSpan]
    blocks: Sequence[BlockRecord]


@dataclass(frozen=True, slots=True)
class Known:
    """Who speaks where, as far as it is decided while the text is gone through.

    Attributes:
        done: the speakers found, by index of the attribution.
        latest: of the statements with speakers that have begun, the one that ends last; for those inside
            another statement by that one's index, as who speaks there is only spoken of.
        in_line: the statements with a source by the line in which their words begin.
    """

    done: dict[int, Resolved]
    latest: dict[int | None, int]
    in_line: Mapping[int, Sequence[int]]

    def go_past(self, attributions: Sequence[Attribution], indices: Iterable[int]) -> None:
        """Note statements that begin before what is resolved next."""
        for i in indices:
            this = attributions[i]
            last = self.latest.get(this.parent)
            if self.done[i].speakers and (last is None or attributions[last].end <= this.end):
                self.latest[this.parent] = i


def known_so_far(setting: Setting, done: dict[int, Resolved]) -> Known:
    """What is known before the text is gone through, of those with a source."""
    in_line: dict[int, list[int]] = {}
    for i, a in enumerate(setting.attributions):
        if a.source is not None:
            in_line.setdefault(setting.people.words.line[a.start], []).append(i)
    return Known(done, {}, in_line)


def resolve_without_source(setting: Setting, index: int, known: Known) -> Resolved:
    """The speaker of a quotation that has no source.

    In this order: the quotation it continues, whose answer a colon introduces, another quotation of the
    paragraph, the other of two who speak by turns, the person who is the subject of the sentence before, the
    speaker before. A reported statement without marks has none.

    Args:
        setting: the document's quotations, marks and blocks.
        index: which attribution.
        known: who speaks in the others.
    """
    words, done = setting.people.words, known.done
    this = setting.attributions[index]
    latest = known.latest.get(this.parent)
    mark = next((m for m in setting.marks if m.start <= this.start < m.end and m.depth == 0), None)
    if mark is not None and mark.continues and latest is not None:
        return _carry(done[latest], "goes on with the quotation before")
    if is_put_to_somebody(words, this):
        return Resolved((), ("who asks is not said",), certain=False, confidence=0.5)
    if this.cue is not None and _is_told_to_somebody(words, this.cue):
        return Resolved((), ("who says so is not said",), certain=False, confidence=0.5)
    # In a dialogue whoever spoke before is the one who does not speak now.
    open_ended = is_without_teller(words.doc, this) or _is_told_by_means(words, this)
    if this.type == "indirect" or this.rule == DIALOGUE or open_ended:
        return Resolved((), ("no source is given",), certain=False, confidence=0.5)
    answering = _whose_answer(setting, this) or _who_was_asked(setting, this)
    if answering is not None:
        return answering
    same = [
        j
        for j in known.in_line.get(words.line[this.start], ())
        if j in done
        and done[j].speakers
        and setting.attributions[j].parent == this.parent
        and not _is_told_in(setting, this, j)
    ]
    if same:
        nearest = min(same, key=lambda j: abs(setting.attributions[j].start - this.start))
        return _carry(done[nearest], "same speaker as in the rest of the paragraph")
    turn = speaks_before_last(index, setting.attributions, setting.marks, setting.blocks)
    if turn is not None:
        other = done.get(turn)
        if other is not None and other.speakers:
            return _carry(other, "the two speak by turns")
        return Resolved((), ("the two speak by turns",), certain=False, confidence=0.3)
    subject = _introducing_subject(setting, this)
    if subject is not None:
        return Resolved(
            (subject,), (f"{subject.name} is the subject of the sentence before",), confidence=0.7
        )
    if latest is not None:
        last = setting.attributions[latest]
        near = words.line[this.start] - words.line[last.end - 1] <= NEAR
        if near and last.mode == "speech":
            return _carry(done[latest], "same speaker as before, nobody else is introduced")
    return Resolved((), ("no source is given",), certain=False, confidence=0.3)


def _is_told_in(setting: Setting, this: Attribution, other: int) -> bool:
    """Whether another statement stands inside the words of this one: who makes it is only spoken of."""
    source = setting.attributions[other].source
    return source is not None and any(start <= source[0] < end for start, end in this.contents)


def _is_told_by_means(words: Words, this: Attribution) -> bool:
    """Whether *by* tells only how somebody was told: *was informed by return of post that “…”*."""
    if this.cue is None or this.source is not None:
        return False
    verb = words.doc[this.cue[0] : this.cue[1]].root
    agent = agent_of(verb)
    return is_passive(verb) and agent is not None and not is_somebody(agent)


def is_put_to_somebody(words: Words, attribution: Attribution) -> bool:
    """Whether a question without a source is put to those who answer it: *asked whether P, NAME said yes*."""
    cue = attribution.cue
    return (
        cue is not None
        and attribution.source is None
        and any(opens_as_asked(words.doc[i]) for i in range(*cue))
    )


def _is_told_to_somebody(words: Words, cue: Range) -> bool:
    """Whether the cue is a participle that tells only whom the words concern: *a clerk accused of “…”*."""
    verb = words.doc[cue[0] : cue[1]].root
    return any(is_told(verb, noun) for noun in (verb.head, *verb.children))


def is_first_person(setting: Setting, index: int) -> bool:
    """Whether the source is *I* or *we*: somebody who is quoted tells what was said."""
    source = setting.attributions[index].source
    words, named = setting.people.words, setting.people.names
    return (
        source is not None
        and source[1] - source[0] == 1
        and words.low[source[0]] in ("i", "we", "me", "us")
        and is_pronoun(words, source[0], named)
    )


def resolve_first_person(setting: Setting, index: int, done: dict[int, Resolved]) -> Resolved:
    """The speaker of the quotation around a first-person source."""
    source = setting.attributions[index].source
    assert source is not None
    around = [
        (end - start, j)
        for j in done
        for start, end in setting.attributions[j].contents
        if start <= source[0] < end and done[j].speakers
    ]
    if not around:
        author = _first_person_author(setting, source[0])
        if author is not None:
            return Resolved((author,), ("first person outside quotations: the author",), confidence=0.85)
        return Resolved(
            (), ("first person outside any quotation with a speaker",), certain=False, confidence=0.4
        )
    return _carry(done[min(around)[1]], "first person in a quotation")


def _first_person_author(setting: Setting, token: int) -> Speaker | None:
    """The author, where the first person stands outside all marks and is singular."""
    if setting.people.words.low[token] not in ("i", "me"):
        return None
    return None if any(m.start <= token < m.end for m in setting.marks) else author_of(setting)


def author_of(setting: Setting) -> Speaker | None:
    """The one person of the byline."""
    words, people = setting.people.words, setting.people
    lines = [words.surface((b.start, b.end)) for b in setting.blocks if b.kind == "byline"]
    names = {name for line in lines for name in authors_of(line.strip())}
    if len(names) != 1:
        return None
    name = names.pop()
    persons = (e for e in people.entities.values() if e.type == "PERSON")
    known = next((e for e in persons if e.name.casefold() == name.casefold()), None)
    return speaker_of(known) if known is not None else Speaker(name, "PERSON", None)


def _carry(resolved: Resolved, why: str) -> Resolved:
    return Resolved(resolved.speakers, (why, *resolved.reasons), resolved.certain, resolved.confidence * 0.9)


def _before(words: Words, this: Attribution) -> int:
    """The last token before a quotation, beside spaces and marks; -1 if there is none."""
    i = this.start - 1
    while i >= 0 and (words.text[i].isspace() or words.text[i] in ("“", '"', "''", "``")):
        i -= 1
    return i


def _whose_answer(setting: Setting, this: Attribution) -> Resolved | None:
    """Whose words a colon before a quotation introduces: *NAME's answer came on Friday: “…”*."""
    words, people = setting.people.words, setting.people
    i = _before(words, this)
    if i < 0 or words.text[i] != ":" or words.line[this.start] - words.line[i] > NEAR:
        return None
    for token in words.doc[i].sent:
        if token.i >= i or token.dep_ != "nsubj" or cue_lexicon().mode(token, "nouns") != "speech":
            continue
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        if owner is not None and owner.ent_type_ not in TIMES:
            resolved = resolve_source(people, (owner.left_edge.i, owner.i + 1))
            return _carry(resolved, f"“{token.text}”: whose words these are")
    return None


def _who_was_asked(setting: Setting, this: Attribution) -> Resolved | None:
    """Whom the sentence before a quotation asks: *Asked whether it might, NAME laughs. “It might.”*."""
    words, people = setting.people.words, setting.people
    i = _before(words, this)
    if i < 0 or words.line[this.start] != words.line[i]:
        return None
    sentence = words.doc[i].sent
    if not opens_as_asked(sentence[0]):
        return None
    comma = next((t.i for t in sentence if t.text == ","), sentence.end)
    for j in range(comma + 1, sentence.end):
        if (j in people.names and people.names_person(j)) or j in people.links:
            return _carry(resolve_source(people, (j, j + 1)), "who is asked in the sentence before")
    return None


def _introducing_subject(setting: Setting, this: Attribution) -> Speaker | None:
    """The person who is the subject of the sentence right before a free-standing quotation."""
    words, people = setting.people.words, setting.people
    doc = words.doc
    i = _before(words, this)
    if i < 0 or words.line[this.start] - words.line[i] > 2:
        return None
    sentence = doc[i].sent
    before = [m for m in setting.marks if m.closed and sentence.start < m.end <= this.start]
    for token in sentence:
        if any(m.start <= token.i < m.end for m in before):
            continue  # whom the quotation before speaks of
        if token.dep_ in ("nsubj", "nsubjpass") and (token.head.dep_ == "ROOT" or words.text[i] == ":"):
            if token.i in people.names:
                entity = people.entities[people.names[token.i][0]]
                return speaker_of(entity) if entity.type == "PERSON" else None
            link = people.links.get(token.i)
            if link is not None and len(link.entities) == 1:
                entity = people.entities[link.entities[0]]
                return speaker_of(entity) if entity.type == "PERSON" else None
    return None
