"""Whom the first paragraph only describes and the second one names: *A burner said* … *Yaw Mensah, 41, …*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.pipeline.annotations import BlockRecord
from onrecord.pipeline.coreference.layout import role_of
from onrecord.pipeline.coreference.nominals import BROUGHT, Nominal, sex_of_noun
from onrecord.pipeline.coreference.referents import Place, Referent, may_be_called, may_hold
from onrecord.pipeline.names.nominal_words import head_form, nominal_words, role_class
from onrecord.pipeline.names.words import Words, person_words

CONFIDENCE = 0.7

PROTAGONIST = 0.6


TELLS = ("prep", "relcl", "acl")
"""What makes *the* and a noun a description of somebody not yet known."""


def resolve_delayed(
    words: Words,
    nominal: Nominal,
    paragraphs: Sequence[BlockRecord],
    ahead: Mapping[int, Sequence[tuple[Place, Referent]]],
) -> tuple[Referent | None, float, str]:
    """The person with whose name the second paragraph begins, if the first one's subject is described alone.

    Somebody new comes with a title or an office; a full name without any, set off by a comma, is that of
    whom the reader already knows from the lead. All seven leads of `corpus/train` read for this were so.

    Args:
        words: the document.
        nominal: a description.
        paragraphs: the first two.
        ahead: the name mentions of the whole document by sentence.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    if nominal.kind != "person" or nominal.plural or nominal.owned or not _introduces(words, nominal):
        return None, 0.0, ""
    if len(paragraphs) < 2 or not paragraphs[0].start <= nominal.start < paragraphs[0].end:
        return None, 0.0, ""
    mentions = sorted((p for places in ahead.values() for p in places), key=lambda m: m[0].start)
    place, named = next((m for m in mentions if m[0].start >= paragraphs[1].start), (None, None))
    if place is None or named is None or not _opens(words, place, paragraphs[1]):
        return None, 0.0, ""
    told = any(r is named and _within(p, paragraphs[0]) for p, r in mentions)
    if named.kind != "person" or told or not _compatible(words, nominal, named):
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return named, CONFIDENCE, f"“{text}” is named where the next paragraph begins"


def resolve_protagonist(
    words: Words,
    nominal: Nominal,
    paragraphs: Sequence[BlockRecord],
    ahead: Mapping[int, Sequence[tuple[Place, Referent]]],
) -> tuple[Referent | None, float, str]:
    """The person whom a heading has speak by a noun that the article does not use: *Whistleblower says …*.

    Whoever is the only person in the first paragraph, its subject, or opens the second where the first names
    nobody. Not for *expert says*, *lawyer says*: such a one is seldom whom the story is about.

    Args:
        words: the document.
        nominal: a description without an article, in a heading.
        paragraphs: the first two.
        ahead: the name mentions of the whole document by sentence.
    """
    head = head_form(words.word(nominal.head))
    if not nominal.speaks or role_class(head) in BROUGHT or head in nominal_words().anonymous:
        return None, 0.0, ""
    if not paragraphs or paragraphs[0].start < nominal.start:
        return None, 0.0, ""
    mentions = sorted((p for places in ahead.values() for p in places), key=lambda m: m[0].start)
    people = [(p, r) for p, r in mentions if r.kind == "person" and p.start > nominal.start]
    heading = {id(r) for p, r in mentions if r.kind == "person" and p.start < paragraphs[0].start}
    first = [(p, r) for p, r in people if _within(p, paragraphs[0])]
    if not first and len(paragraphs) > 1:
        first = [(p, r) for p, r in people if _within(p, paragraphs[1])][:1]
        first = [(p, r) for p, r in first if _opens(words, p, paragraphs[1])]
    if len({id(r) for _, r in first}) != 1:
        return None, 0.0, ""
    place, named = first[0]
    if not place.subject or heading - {id(named)} or not _compatible(words, nominal, named):
        return None, 0.0, ""
    return named, PROTAGONIST, "the one person whom the opening is about"


def _introduces(words: Words, nominal: Nominal) -> bool:
    """Whether it is the subject, as *a* and a noun its object too, or comes with words that tell who."""
    head = words.doc[nominal.head]
    new = words.low[nominal.start] in ("a", "an")
    if head.head.dep_ != "ROOT" or not (role_of(head.dep_) == "subject" or (new and head.dep_ == "dobj")):
        return False
    if new:
        return True
    told = any(c.dep_ in TELLS and c.i > nominal.head for c in head.children)
    return words.low[nominal.start] == "the" and told


def _opens(words: Words, place: Place, paragraph: BlockRecord) -> bool:
    """Whether a full name without a title opens the paragraph, with a comma behind it."""
    opening = all(not words.low[i].strip() for i in range(paragraph.start, place.start))
    full = place.end - place.start > 1
    return opening and full and place.end < len(words) and words.text[place.end] == ","


def _within(place: Place, paragraph: BlockRecord) -> bool:
    return paragraph.start <= place.start < paragraph.end


def _compatible(words: Words, nominal: Nominal, named: Referent) -> bool:
    """Whether neither another office nor the gender speaks against it."""
    low = words.word(nominal.head)
    sex = sex_of_noun(low)
    head = head_form(low)
    people = person_words()
    past = any(words.word(i) in people.past for i in range(nominal.start, nominal.head))
    new = (
        past or head not in people.titles
    )  # an office held goes without the other: *a judge … NAME, the dean*
    fits = may_hold(named, head) or (new and may_be_called(named, head))
    return fits and not (sex and named.sex and sex != named.sex)
