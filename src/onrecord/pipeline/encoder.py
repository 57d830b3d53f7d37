"""The learned encoder as a spaCy component: windows in; attributions, names and scores of rows out.

Runs on onnxruntime; PyTorch is needed for training only. In a stream the model works in a thread of
its own on the documents that spaCy has prepared, while spaCy prepares the next. Long documents are
read block by block, so that memory does not grow with them.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.pipeline.learned import Found, Heads, Range, Settings, blocks_of, decode
from onrecord.pipeline.learned_names import decode_names, kind_chances
from onrecord.pipeline.linking import Linker
from onrecord.pipeline.weights import find_weights
from onrecord.pipeline.wordpieces import Encoded, WordPieces, encode_tokens, plan_windows

Floats = NDArray[np.float32]

OUTPUTS = "onrecord_encoder"
"""Key in `doc.user_data`: a dict with `rows`, the token of each row; `found`, the attributions in
rows as (contents, cue, source, confidence); `names` as (first row, end row, label, probability) with
`kinds`, the chance of each of `learned_names.KINDS` for each row, and `worth`, a score for each row, where
the weights have these heads; and, on request, `hidden`, a vector for each row, and `paired`, what
`pairing` makes of it."""

MODEL, VOCAB, META, HEADS = "model.int8.onnx", "vocab.txt", "meta.json", "heads.npz"
LINKER_PARTS = ("inner", "inner_bias", "outer", "none")
DOCS_AT_ONCE = 16
"""Documents of a batch; as many again may wait for the model while the next batch is prepared."""


@dataclass(slots=True)
class _Unit:
    """A block of a document on its way through the model."""

    doc: int
    encoded: Encoded
    start: int
    room: NDArray[np.int64] = field(init=False)
    arrays: list[Floats] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.room = np.full(len(self.encoded), -1, dtype=np.int64)

    def add(self, start: int, end: int, outputs: Sequence[Floats]) -> None:
        """Take over the rows for which this window is the most central one so far."""
        rows = len(self.room)
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


class Encoder:
    """spaCy component that runs the attribution model.

    Args:
        weights: folder of the weights; the newest installed ones if None.
        names: read names too, where the weights have a head for them.
        hidden: keep the hidden state of each token too, for further heads.
        paired: from hidden states (rows, hidden) to the little of them that coreference needs.
        threads: of onnxruntime; half the processors if 0, for spaCy works beside it, but two where there are
            two: the model is the longer half of the work (1,992 words a second for 1,802, in one trial).

    Raises:
        ModelError: the weights or onnxruntime are missing or broken.
    """

    def __init__(
        self,
        weights: str | Path | None = None,
        *,
        names: bool = True,
        hidden: bool = False,
        paired: Callable[[Floats], Floats] | None = None,
        threads: int = 0,
    ) -> None:
        folder = Path(weights) if weights else find_weights("attribution")
        if folder is None or not (folder / META).is_file():
            raise ModelError(str(folder or "attribution weights"), "not found", "reinstall onrecord")
        self.folder = folder
        meta = read_meta(folder)
        heads = [head for head in meta.get("heads", ()) if names or head != "names"]
        self.outputs = ["tags", "arcs", *heads, *(["hidden"] if hidden or paired else [])]
        self.hidden, self.paired = hidden, paired
        self.window, self.context = int(meta["window"]), int(meta["context"])
        self.heads, self.settings = load_heads(folder)
        self._session = _session(folder / MODEL, threads)
        self.vocab = WordPieces(folder / VOCAB)

    def __call__(self, doc: Doc) -> Doc:
        """Attach the model's findings to one doc."""
        encoded = encode_doc(doc, self.vocab)
        doc.user_data[OUTPUTS] = self.run([encoded])[0]
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = DOCS_AT_ONCE) -> Iterator[Doc]:
        """The same for many; the model works while the caller prepares the next ones."""
        ahead = 2 * min(batch_size, DOCS_AT_ONCE)
        waiting: deque[tuple[Doc, Future[list[dict[str, Any]]]]] = deque()
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="onrecord-encoder") as worker:
            for doc in stream:
                waiting.append((doc, worker.submit(self.run, [encode_doc(doc, self.vocab)])))
                # What is ready goes on at once: the model reads the others in the meantime.
                while waiting and (len(waiting) > ahead or waiting[0][1].done()):
                    yield _deliver(*waiting.popleft())
            while waiting:
                yield _deliver(*waiting.popleft())

    def run(self, documents: Sequence[Encoded]) -> list[dict[str, Any]]:
        """What goes into `doc.user_data`, for each document."""
        out: list[dict[str, Any]] = [{"rows": e.tokens, "found": []} for e in documents]
        kept: list[dict[str, list[NDArray[Any]]]] = [{} for _ in documents]
        units = [
            _Unit(i, e.part(start, end), start)
            for i, e in enumerate(documents)
            for start, end in blocks_of(e.cuts, self.settings.block)
        ]
        for group in _groups(units):
            self._fill(group)
            for unit in group:
                self._decode(unit, out[unit.doc], kept[unit.doc])
                unit.arrays.clear()
        for row, arrays in zip(out, kept, strict=True):
            row.update((name, np.concatenate(parts)) for name, parts in arrays.items())
        return out

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
        if self.paired is not None:
            kept.setdefault("paired", []).append(self.paired(arrays["hidden"]))
        if self.hidden:
            kept.setdefault("hidden", []).append(arrays["hidden"].astype(np.float16))

    def _fill(self, units: Sequence[_Unit]) -> None:
        # One window a run: int8 scales are taken over a run, so an article's findings would depend on
        # its neighbours; batches are no faster either (7.0 against 6.4 thousand words a processor second).
        for unit in units:
            for start, end in plan_windows(unit.encoded, self.window, context=self.context):
                unit.add(start, end, self._session.run(self.outputs, self._inputs(unit.encoded, start, end)))

    def _inputs(self, e: Encoded, start: int, end: int) -> dict[str, NDArray[Any]]:
        starts = e.starts[start : end + 1]
        width = int(starts[-1] - starts[0]) + 2
        pieces = np.full((1, width), self.vocab.cls, dtype=np.int64)
        pieces[0, -1] = self.vocab.sep
        pieces[0, 1:-1] = e.pieces[starts[0] : starts[-1]]
        features = np.zeros((1, width, 3), dtype=np.int64)
        features[0, 1:-1] = np.repeat(e.features[start:end] + 1, np.diff(starts), axis=0)
        at = (1 + starts[:-1] - starts[0]).astype(np.int64)
        return {"pieces": pieces, "features": features, "mask": np.ones((1, width), np.float32), "at": at}


def encode_doc(doc: Doc, vocab: WordPieces) -> Encoded:
    """A spaCy doc as the encoder reads it."""
    return encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], vocab)


@lru_cache(maxsize=4)
def read_meta(folder: Path) -> dict[str, Any]:
    """The weights' meta.json."""
    meta: dict[str, Any] = json.loads((folder / META).read_text("utf-8"))
    return meta


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


def _deliver(doc: Doc, job: Future[list[dict[str, Any]]]) -> Doc:
    doc.user_data[OUTPUTS] = job.result()[0]
    return doc


def _groups(units: list[_Unit], rows: int = 16_000) -> Iterator[list[_Unit]]:
    """Units to hold in memory together."""
    group: list[_Unit] = []
    size = 0
    for unit in units:
        if group and size + len(unit.encoded) > rows:
            yield group
            group, size = [], 0
        group.append(unit)
        size += len(unit.encoded)
    if group:
        yield group


def _plain(found: Found, shift: int) -> tuple[Any, ...]:
    def move(r: Range | None) -> Range | None:
        return (r[0] + shift, r[1] + shift) if r else None

    return tuple(move(r) for r in found.contents), move(found.cue), move(found.source), found.confidence


def _session(path: Path, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError("onnxruntime", "not installed", "type: pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    cores = os.cpu_count() or 1
    options.intra_op_num_threads = threads or max(min(cores, 2), cores // 2)
    options.inter_op_num_threads = 1
    # Waiting threads sleep: spinning ones starve the rest of the machine, spaCy among them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no exception base of its own
        raise ModelError(str(path), f"cannot be loaded ({error})", "reinstall onrecord") from error
