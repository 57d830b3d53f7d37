"""The learned encoder as a spaCy component: windows in; attributions, names and scores of rows out.

Runs on onnxruntime; PyTorch is needed for training only. A document is read in windows, in other
threads: `head_start` has them begun before spaCy tags and parses the document. Long documents are read
block by block, so that memory does not grow with them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from onrecord.errors import ModelError
from onrecord.pipeline.encoder.decoding import Found, Heads, Range, Settings, blocks_of, decode
from onrecord.pipeline.encoder.linking import Linker
from onrecord.pipeline.encoder.names import decode_names, kind_chances
from onrecord.pipeline.encoder.window_reader import Floats, Window, WindowReader
from onrecord.pipeline.encoder.wordpieces import Encoded, WordPieces, encode_tokens, plan_windows
from onrecord.pipeline.weights import META, find_weights, read_meta

OUTPUTS = "onrecord_encoder"
"""Key in `doc.user_data`: a dict with `rows`, the token of each row; `found`, the attributions in
rows as (contents, cue, source, confidence); `names` as (first row, end row, label, probability) with
`kinds`, the chance of each of `names.KINDS` for each row, and `worth`, a score for each row, where
the weights have these heads; and, on request, `hidden`, a vector for each row, and what other components
derive from it, under keys of theirs."""

MODEL, VOCAB, HEADS = "model.int8.onnx", "vocab.txt", "heads.npz"
LINKER_PARTS = ("inner", "inner_bias", "outer", "none")
READING = "onrecord_reading"
"""Key in `doc.user_data` of a `Reading` that was begun; gone once it is delivered."""

DOCUMENTS_AHEAD = 16
"""Documents begun beyond the one that is finished, so that the model is never without work."""

WINDOWS_AHEAD = 16
"""Windows begun at once: some 2,500 words, so that memory does not grow with a document."""


@dataclass(slots=True)
class _Unit:
    """A block of a document on its way through the model."""

    encoded: Encoded
    start: int
    room: NDArray[np.int64] = field(init=False)
    arrays: list[Floats] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.room = np.full(len(self.encoded), -1, dtype=np.int64)

    def add(self, window: Window, outputs: Sequence[Floats]) -> None:
        """Take over the rows for which this window is the most central one so far."""
        rows, start, end = len(self.room), window.start, window.end
        if not self.arrays:
            self.arrays = [np.zeros((rows, o.shape[1]), dtype=np.float32) for o in outputs]
        at = np.arange(start, end)
        left = at - start if start else np.full(len(at), rows)
        right = end - 1 - at if end < rows else np.full(len(at), rows)
        room = np.minimum(left, right)
        better = room > self.room[at]
        self.room[at[better]] = room[better]
        for array, output in zip(self.arrays, outputs, strict=True):
            array[at[better]] = output[better]


@dataclass(slots=True)
class Reading:
    """A document that the model has begun to read.

    Attributes:
        encoded: the document.
        planned: windows to come, each with the block that it belongs to.
        begun: windows with the model, in order.
    """

    encoded: Encoded
    planned: Iterator[tuple[_Unit, int, int]]
    begun: deque[tuple[_Unit, Window]] = field(default_factory=deque)


class Encoder:
    """spaCy component that runs the attribution model.

    Args:
        weights: folder of the weights; the newest installed ones if None.
        names: read names too, where the weights have a head for them.
        hidden: keep the hidden state of each token too, for further heads.
        derived: by key, from hidden states (rows, hidden) to the little of them that a component needs.
        threads: as for `WindowReader`.

    Raises:
        ModelError: the weights or onnxruntime are missing or broken.
    """

    def __init__(
        self,
        weights: str | Path | None = None,
        *,
        names: bool = True,
        hidden: bool = False,
        derived: Mapping[str, Callable[[Floats], Floats]] | None = None,
        threads: int = 0,
    ) -> None:
        folder = Path(weights) if weights else find_weights("attribution")
        if folder is None or not (folder / META).is_file():
            raise ModelError(str(folder or "attribution weights"), "not found", "reinstall onrecord")
        self.folder = folder
        meta = read_meta(folder)
        heads = [head for head in meta.get("heads", ()) if names or head != "names"]
        self.outputs = ["tags", "arcs", *heads, *(["hidden"] if hidden or derived else [])]
        self.hidden, self.derived = hidden, dict(derived or {})
        self.window, self.context = int(meta["window"]), int(meta["context"])
        self.heads, self.settings = load_heads(folder)
        self.vocab = WordPieces(folder / VOCAB)
        self._reader = WindowReader(folder / MODEL, self.vocab, self.outputs, threads=threads)
        self._libraries = ThreadpoolController()

    def __call__(self, doc: Doc) -> Doc:
        """Attach the model's findings to one doc, whether or not it was begun before."""
        reading = doc.user_data.pop(READING, None) or self._begin(encode_doc(doc, self.vocab))
        doc.user_data[OUTPUTS] = self._finish(reading)
        return doc

    def begin(self, doc: Doc) -> None:
        """Set the model to work on a doc that has its tokens; it returns at once."""
        doc.user_data[READING] = self._begin(encode_doc(doc, self.vocab))

    def abandon(self, doc: Doc) -> None:
        """Stop work on a doc that nobody will ask for."""
        self._reader.abandon(window for _, window in doc.user_data.pop(READING).begun)

    def run(self, documents: Sequence[Encoded]) -> list[dict[str, Any]]:
        """What goes into `doc.user_data`, for each document."""
        ahead: deque[Reading] = deque()
        out: list[dict[str, Any]] = []
        for encoded in documents:
            ahead.append(self._begin(encoded))
            if len(ahead) > DOCUMENTS_AHEAD:
                out.append(self._finish(ahead.popleft()))
        return out + [self._finish(reading) for reading in ahead]

    def _begin(self, encoded: Encoded) -> Reading:
        reading = Reading(encoded, self._plan(encoded))
        for _ in range(WINDOWS_AHEAD):
            self._begin_next(reading)
        return reading

    def _plan(self, encoded: Encoded) -> Iterator[tuple[_Unit, int, int]]:
        for first, last in blocks_of(encoded.cuts, self.settings.block):
            unit = _Unit(encoded.part(first, last), first)
            for start, end in plan_windows(unit.encoded, self.window, context=self.context):
                yield unit, start, end

    def _begin_next(self, reading: Reading) -> None:
        for unit, start, end in islice(reading.planned, 1):
            reading.begun.append((unit, self._reader.begin(unit.encoded, start, end)))

    def _finish(self, reading: Reading) -> dict[str, Any]:
        out: dict[str, Any] = {"rows": reading.encoded.tokens, "found": []}
        kept: dict[str, list[NDArray[Any]]] = {}
        while reading.begun:
            unit, window = reading.begun.popleft()
            self._begin_next(reading)
            unit.add(window, self._reader.result(window))
            if not reading.begun or reading.begun[0][0] is not unit:
                # NumPy's linear algebra wakes threads for every product here; they go on turning for longer
                # than it takes and starve the network (a fifth of the whole report's time on two cores).
                with self._libraries.limit(limits=1, user_api="blas"):
                    self._decode(unit, out, kept)
        return out | {name: np.concatenate(parts) for name, parts in kept.items()}

    def _decode(self, unit: _Unit, out: dict[str, Any], kept: dict[str, list[NDArray[Any]]]) -> None:
        e, arrays = unit.encoded, dict(zip(self.outputs, unit.arrays, strict=True))
        states = e.features[:, 1]
        result = decode(arrays["tags"], arrays["arcs"], states, e.cuts, self.heads, self.settings)
        out["found"] += [_plain(f, unit.start) for f in result]
        if "names" in arrays:
            names = decode_names(arrays["names"], e.cuts)
            out.setdefault("names", []).extend(
                (s + unit.start, t + unit.start, *rest) for s, t, *rest in names
            )
            kept.setdefault("kinds", []).append(kind_chances(arrays["names"]))
        if "worth" in arrays:
            kept.setdefault("worth", []).append(arrays["worth"][:, 0])
        for key, derive in self.derived.items():
            kept.setdefault(key, []).append(derive(arrays["hidden"]))
        if self.hidden:
            kept.setdefault("hidden", []).append(arrays["hidden"].astype(np.float16))


def encode_doc(doc: Doc, vocab: WordPieces) -> Encoded:
    """A spaCy doc as the encoder reads it."""
    return encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], vocab)


def load_heads(folder: Path) -> tuple[Heads, Settings]:
    """The decoder's weights and settings that belong to an encoder."""
    meta = read_meta(folder)
    with np.load(folder / HEADS) as a:
        linkers = None
        if "0.inner" in a:
            first, second = (Linker(*(a[f"{k}.{part}"] for part in LINKER_PARTS)) for k in (0, 1))
            linkers = first, second
        xs, ys = meta.get("knots", ((), ()))
        knots = tuple(xs), tuple(ys)
        heads = Heads(a["move"], a["distance"], linkers, tuple(meta.get("confidence", ())), knots)
    return heads, Settings(**meta.get("settings", {}))


def _plain(found: Found, shift: int) -> tuple[Any, ...]:
    def move(r: Range | None) -> Range | None:
        return (r[0] + shift, r[1] + shift) if r else None

    return tuple(move(r) for r in found.contents), move(found.cue), move(found.source), found.confidence
