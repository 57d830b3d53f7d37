"""Labels, knobs and weights of the decoder, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.encoder.linking import Linker

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))
"""Outside, and begin, inside, end or single token of each role."""
SOURCE, CUE, CONTENT = 0, 1, 2
ARC = 128
ARC_COLUMNS = 4 * ARC + 4
REACH = 220
TINY = 1e-6
WITNESSES = 4
FORCE = 20.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Knobs of the decoder, set on dev.

    Attributes:
        source_boost: added to the scores of source tags; one that nothing links to costs nothing.
        cue_boost: the same for cues.
        content_boost: the same for contents.
        none_cue: weight of a content's having no cue.
        none_source: weight of a cue's having no source.
        snap: contents that fill this share of a quotation are stretched to all of it; 2 for never.
        revive: where the arcs of a content without cue, or of a cue without source, put this much
            on one row outside all spans, a span is opened there; 0 for never.
        threshold: attributions below this confidence are dropped.
        block: rows decoded together; longer documents are cut at paragraphs.
    """

    source_boost: float = 0.0
    cue_boost: float = 0.0
    content_boost: float = 0.0
    none_cue: float = 1.0
    none_source: float = 1.0
    snap: float = 2.0
    revive: float = 0.0
    threshold: float = 0.0
    block: int = 3000


@dataclass(frozen=True, slots=True)
class Heads:
    """Small weights that the decoder needs beside the encoder's outputs.

    Attributes:
        move: (labels, labels) scores of going from one tag to another.
        distance: (2, 33) scores of head minus dependent by bucket, for cue and source arcs.
        linkers: content to cue, cue to source; without them the arcs alone decide.
        weights: of the confidence, over `EVIDENCE`; the intercept is last.
        knots: from what the weights say to how often that is right: x and y, rising.
    """

    move: Floats
    distance: Floats
    linkers: tuple[Linker, Linker] | None = None
    weights: tuple[float, ...] = ()
    knots: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in rows of the encoded document.

    `evidence` is what the confidence is computed from.
    """

    contents: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    confidence: float = 0.0
    evidence: tuple[float, ...] = field(default=(), repr=False)
