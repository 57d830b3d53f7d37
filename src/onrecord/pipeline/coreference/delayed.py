"""Whom the first paragraph only describes and the second one names: *A burner said* … *Yaw Mensah, 41, …*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.pipeline.annotations import BlockRecord, get_blocks
from onrecord.pipeline.coreference.layout import role_of
from onrecord.pipeline.coreference.nominals import Nominal, sex_of
from onrecord.pipeline.coreference.referents import Place, Referent, may_hold
from onrecord.pipeline.names.nominal_words import head_form
from onrecord.pipeline.names.words import Words

CONFIDENCE = 0.7

TELLS = ("prep", "relcl", "acl")
"""What makes *the* and a noun a description of somebody not yet known."""


def resolve_delayed(
    words: Words, nominal: Nominal, ahead: Mapping[int, Sequence[tuple[Place, Referent]]]
) -> tuple[Referent | None, float, str]:
    """The person with whose name the second paragraph begins, if the first one's subject is described alone.

    Somebody new comes with a title or an office; a full name without any, set off by a comma, is that of
    whom the reader already knows from the lead. All seven leads of `corpus/train` read for this were so.

    Args:
        words: the document.
        nominal: a description.
        ahead: the name mentions of the whole document by sentence.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    if nominal.kind != "person" or nominal.plural or nominal.owned or not _introduces(words, nominal):
        return None, 0.0, ""
    paragraphs = [b for b in get_blocks(words.doc) if b.kind == "paragraph"][:2]
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


def _introduces(words: Words, nominal: Nominal) -> bool:
    """Whether it is the subject of the sentence, as *a* and a noun or with words that tell who it is."""
    head = words.doc[nominal.head]
    if role_of(head.dep_) != "subject" or head.head.dep_ != "ROOT":
        return False
    if words.low[nominal.start] in ("a", "an"):
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
    sex = sex_of(low)
    return not (sex and named.sex and sex != named.sex) and may_hold(named, head_form(low))
