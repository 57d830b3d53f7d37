"""The component that finds who speaks in each quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from spacy.tokens import Doc

from onrecord.pipeline.annotations import (
    Attribution,
    EntityRecord,
    LinkRecord,
    get_attributions,
    get_blocks,
    get_entities,
    get_links,
    get_marks,
    set_attributions,
    set_entities,
    set_links,
)
from onrecord.pipeline.coreference.component import with_mentions
from onrecord.pipeline.names.people import People, read_people
from onrecord.pipeline.names.words import drop_words, kept_words
from onrecord.pipeline.speakers.first_person import first_person_links
from onrecord.pipeline.speakers.interviews import resolve_letters
from onrecord.pipeline.speakers.repeated import resolve_repeated
from onrecord.pipeline.speakers.sources import Resolved, resolve_source
from onrecord.pipeline.speakers.turns import (
    Setting,
    is_first_person,
    known_so_far,
    resolve_first_person,
    resolve_without_source,
)
from onrecord.schema import Flag

LEAST = 0.5
"""Confidence in a speaker below which the quotation carries `uncertain_speaker`."""


class Speakers:
    """Writes the speakers of each attribution, then whom *I* and *we* in it refer to."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the speakers of a document's attributions."""
        attributions = get_attributions(doc)
        if attributions:
            _annotate(doc, attributions)
        drop_words(doc)
        return doc


def _annotate(doc: Doc, attributions: Sequence[Attribution]) -> None:
    entities, links = get_entities(doc), get_links(doc)
    people = read_people(kept_words(doc), entities, links)
    setting = Setting(people, attributions, get_marks(doc), get_blocks(doc))
    spoken = with_speakers(attributions, predict_speakers(setting))
    set_attributions(doc, spoken)
    first = first_person_links(people, spoken)
    _add_links(doc, entities, links, first)


def _add_links(
    doc: Doc, entities: Sequence[EntityRecord], links: list[LinkRecord], more: list[LinkRecord]
) -> None:
    set_links(doc, sorted([*links, *more], key=lambda k: (k.start, k.end)))
    set_entities(doc, with_mentions(entities, more))


def predict_speakers(setting: Setting) -> list[Resolved]:
    """The speakers of each attribution, in order.

    First those with a source. Then, as the text goes on, those without one and, inside others, those whose
    source is *I*: the words around come before what they hold. Last those of headings, which may come again.
    """
    done: dict[int, Resolved] = {}
    attributions, letters = setting.attributions, resolve_letters(setting)
    own = {i for i in range(len(attributions)) if is_first_person(setting, i)}
    for i, a in enumerate(attributions):
        if a.source is not None and i not in own:
            done[i] = letters.get(a.source) or resolve_source(setting.people, a.source)
    for i in own:
        if attributions[i].parent is None:
            done[i] = resolve_first_person(setting, i, done)
    known = known_so_far(setting, done)
    order = sorted(range(len(attributions)), key=lambda i: (attributions[i].start, -attributions[i].end))
    for _, begun in groupby(order, key=lambda i: attributions[i].start):
        together = list(begun)
        for i in together:
            if i in done:
                continue
            if i in own:
                done[i] = resolve_first_person(setting, i, done)
            else:
                done[i] = resolve_without_source(setting, i, known)
        known.go_past(attributions, together)
    done |= resolve_repeated(setting, done)
    return [done[i] for i in range(len(attributions))]


def with_speakers(attributions: Sequence[Attribution], resolved: Sequence[Resolved]) -> list[Attribution]:
    """The attributions with speakers, reasons and, where they stay open, the flag for it."""
    out = []
    for a, r in zip(attributions, resolved, strict=True):
        certain = r.certain and bool(r.speakers) and r.confidence >= LEAST
        flags: tuple[Flag, ...] = tuple(f for f in a.flags if f != "uncertain_speaker")
        if not certain:
            flags = (*flags, "uncertain_speaker")
        reasons = (*a.reasons, *r.reasons)
        speakers = r.speakers
        if speakers and r.confidence < LEAST:
            # Rather no name than one that is likelier wrong.
            reasons = (*reasons, f"perhaps {', '.join(s.name for s in speakers)}")
            speakers = ()
        out.append(replace(a, speakers=speakers, flags=flags, reasons=reasons))
    return out


__all__ = ["People", "Speakers", "predict_speakers", "with_speakers"]
