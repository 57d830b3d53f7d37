"""The learned encoder as a spaCy component: windows in, scores per token out.

Runs on onnxruntime; PyTorch is needed for training only. Outputs stay in `doc.user_data` until
the attribution component has read them, as plain arrays, so that docs can pass between processes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.pipeline.weights import find_weights
from onrecord.pipeline.wordpieces import Encoded, WordPieces, encode_tokens, plan_windows

Floats = NDArray[np.float32]

OUTPUTS = "onrecord_encoder"
"""Key in `doc.user_data`: a dict with `rows` (token of each row), `tags`, `arcs`, perhaps `hidden`."""

MODEL, VOCAB, META = "model.int8.onnx", "vocab.txt", "meta.json"
GRAPH_OUTPUTS = ("tags", "arcs", "hidden")


@dataclass(frozen=True, slots=True)
class _Window:
    """Rows `start` to `end` of document number `doc` in a batch."""

    doc: int
    start: int
    end: int
    pieces: int


class Encoder:
    """spaCy component that runs the attribution model.

    Args:
        weights: folder of the weights; the newest installed ones if None.
        hidden: keep the hidden state of each token too, for further heads.
        threads: of onnxruntime; its own choice if 0.
        batch_pieces: padded word pieces in one run.

    Raises:
        ModelError: the weights or onnxruntime are missing or broken.
    """

    def __init__(
        self,
        weights: str | Path | None = None,
        *,
        hidden: bool = False,
        threads: int = 0,
        batch_pieces: int = 4096,
    ) -> None:
        folder = Path(weights) if weights else find_weights("attribution")
        if folder is None or not (folder / META).is_file():
            raise ModelError(str(folder or "attribution weights"), "not found", "reinstall onrecord")
        self.folder = folder
        self.meta: dict[str, Any] = json.loads((folder / META).read_text("utf-8"))
        self.names = [*GRAPH_OUTPUTS] if hidden else [*GRAPH_OUTPUTS[:2]]
        self.window, self.context = int(self.meta["window"]), int(self.meta["context"])
        self.batch_pieces = batch_pieces
        self._session = _session(folder / MODEL, threads)
        self._vocab = WordPieces(folder / VOCAB)

    def __call__(self, doc: Doc) -> Doc:
        """Attach the model's outputs to one doc."""
        self._run([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """The same for many, with windows of several docs in one run."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._run(batch)
            yield from batch

    def _run(self, docs: list[Doc]) -> None:
        encoded = [encode_doc(doc, self._vocab) for doc in docs]
        windows = [
            _Window(i, start, end, int(e.starts[end] - e.starts[start]))
            for i, e in enumerate(encoded)
            for start, end in plan_windows(e, self.window, context=self.context)
        ]
        windows.sort(key=lambda w: w.pieces)
        stores = [_Store(len(e)) for e in encoded]
        while windows:
            widest = windows[-1].pieces + 2
            count = max(1, self.batch_pieces // widest)
            batch, windows = windows[-count:], windows[:-count]
            outputs = self._session.run(self.names, self._inputs(batch, encoded))
            low = 0
            for w in batch:
                high = low + w.end - w.start
                stores[w.doc].add(w, [o[low:high] for o in outputs])
                low = high
        for doc, e, store in zip(docs, encoded, stores, strict=True):
            arrays = dict(zip(self.names, store.arrays, strict=False))
            doc.user_data[OUTPUTS] = {"rows": e.tokens, **arrays}

    def _inputs(self, batch: list[_Window], encoded: list[Encoded]) -> dict[str, NDArray[Any]]:
        width = max(w.pieces for w in batch) + 2
        pieces = np.full((len(batch), width), self._vocab.pad, dtype=np.int64)
        features = np.zeros((len(batch), width, 3), dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.float32)
        places = []
        for i, w in enumerate(batch):
            e = encoded[w.doc]
            starts = e.starts[w.start : w.end + 1]
            size = w.pieces
            pieces[i, 0], pieces[i, size + 1] = self._vocab.cls, self._vocab.sep
            pieces[i, 1 : size + 1] = e.pieces[starts[0] : starts[-1]]
            features[i, 1 : size + 1] = np.repeat(e.features[w.start : w.end] + 1, np.diff(starts), axis=0)
            mask[i, : size + 2] = 1
            places.append(i * width + 1 + (starts[:-1] - starts[0]))
        at = np.concatenate(places).astype(np.int64)
        return {"pieces": pieces, "features": features, "mask": mask, "at": at}


class _Store:
    """Gathers a document's rows, each from the window in which it stands most central."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.room = np.full(rows, -1, dtype=np.int64)
        self.arrays: list[Floats] = []

    def add(self, window: _Window, outputs: list[Floats]) -> None:
        """Take over the rows that this window knows best."""
        if not self.arrays:
            self.arrays = [np.zeros((self.rows, o.shape[1]), dtype=np.float32) for o in outputs]
        at = np.arange(window.start, window.end)
        left = at - window.start if window.start else np.full(len(at), self.rows)
        right = window.end - 1 - at if window.end < self.rows else np.full(len(at), self.rows)
        room = np.minimum(left, right)
        better = room > self.room[at]
        self.room[at[better]] = room[better]
        for array, output in zip(self.arrays, outputs, strict=True):
            array[at[better]] = output[better]


def encode_doc(doc: Doc, vocab: WordPieces) -> Encoded:
    """A spaCy doc as the encoder reads it."""
    return encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], vocab)


def _session(path: Path, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError("onnxruntime", "not installed", "type: pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads sleep: spinning ones starve the rest of the machine, spaCy among them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no exception base of its own
        raise ModelError(str(path), f"cannot be loaded ({error})", "reinstall onrecord") from error
