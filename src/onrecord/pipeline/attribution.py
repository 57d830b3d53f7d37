"""The component that finds quotations and reported statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, char_range, set_attributions
from onrecord.pipeline.join import join
from onrecord.pipeline.rules_indirect import find_indirect
from onrecord.pipeline.rules_marked import find_marked
from onrecord.schema import QuoteType

Finder = Callable[[Doc], list[Attribution]]

FINDERS: tuple[Finder, ...] = (find_marked, find_indirect)
"""In order of trust: of two that clash, the earlier finder's proposal is kept."""

_MARKS = re.compile(r"[“”\"„«»]")
_MARKED = re.compile(r"[“\"„«][^“”\"„«»]*(?:[”\"»]|$)")
_TEX = re.compile(r"''|``")


class AttributionFinder:
    """Asks every finder, joins what they propose and stores it."""

    def __init__(self, finders: Sequence[Finder] = FINDERS) -> None:
        self.finders = tuple(finders)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc`."""
        set_attributions(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """The attributions of `doc`, in text order."""
        candidates = [found for finder in self.finders for found in finder(doc)]
        return [replace(a, type=find_type(doc, a)) for a in join(candidates)]


def find_type(doc: Doc, attribution: Attribution) -> QuoteType:
    """Direct, mixed or indirect, by how much of the content stands in double marks.

    The definition is PolNeAR's scorer's: indirect without double marks, mixed where more than one word
    stands outside them.
    """
    text = doc.text
    spans = [char_range(doc, c) for c in attribution.contents]
    body = _TEX.sub('"', " ".join(text[max(0, s - 2) : e + 2] for s, e in spans))
    if not _MARKS.search(body):
        return "indirect"
    return "mixed" if len(re.findall(r"\w+", _MARKED.sub("", body))) > 1 else "direct"
