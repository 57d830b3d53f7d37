"""Runs the encoder's network over windows: in threads of its own, and in the thread that waits for them.

onnxruntime lets go of the interpreter while it works, so windows are read beside whatever else the
process does. Each is read by one thread: two for one window cost a fifth more processor time. A caller
who has to wait takes over windows that nobody has begun, so that no processor is idle.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.pipeline.encoder.wordpieces import Encoded, WordPieces

Floats = NDArray[np.float32]

SLOW_FUSION = "SkipLayerNormFusion"
"""An optimization of onnxruntime's that costs time on a processor: by 1.32 one window takes 5 % less without
it with AVX2 alone, 12 % less with VNNI."""


@dataclass(slots=True, eq=False)
class Window:
    """Rows of a text on their way through the network.

    Attributes:
        encoded: the text.
        start, end: its rows that this window holds.
        job: the reading, in another thread.
        outputs: what the network gives, (rows, width) each; None until somebody has read it.
    """

    encoded: Encoded
    start: int
    end: int
    job: Future[list[Floats]] | None = None
    outputs: list[Floats] | None = None


class WindowReader:
    """The network and the threads that run it.

    Args:
        model: the ONNX file.
        vocab: its word pieces.
        outputs: names of the outputs wanted.
        threads: besides the caller's; as many as half the processors if 0, for the rest has work too.

    Raises:
        ModelError: onnxruntime is missing, or cannot read the file.
    """

    def __init__(self, model: Path, vocab: WordPieces, outputs: Sequence[str], *, threads: int = 0) -> None:
        self._session = _session(model)
        self._vocab, self._outputs = vocab, list(outputs)
        workers = threads or max(1, (os.cpu_count() or 1) // 2)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="onrecord-window")
        self._waiting: deque[Window] = deque()

    def begin(self, encoded: Encoded, start: int, end: int) -> Window:
        """Have a window read; it returns at once."""
        while self._waiting and not _open(self._waiting[0]):
            self._waiting.popleft()
        window = Window(encoded, start, end)
        window.job = self._pool.submit(self._read, window)
        self._waiting.append(window)
        return window

    def result(self, window: Window) -> list[Floats]:
        """A window's outputs, read here where no other thread has begun it."""
        while window.outputs is None:
            job = window.job
            if job is None or job.cancel():
                window.outputs = self._read(window)
            elif job.done() or not self._help():
                window.outputs = job.result()
        window.job = None
        return window.outputs

    def abandon(self, windows: Iterable[Window]) -> None:
        """Nobody will ask for these any more."""
        dropped = {id(window) for window in windows if window.job is not None and window.job.cancel()}
        self._waiting = deque(w for w in self._waiting if id(w) not in dropped)

    @property
    def waiting(self) -> int:
        """How many windows no thread has begun and nobody has given up."""
        return sum(map(_open, self._waiting))

    def _help(self) -> bool:
        """Read one window that no thread has begun; false if there is none."""
        while self._waiting:
            window = self._waiting.popleft()
            if window.outputs is None and window.job is not None and window.job.cancel():
                window.outputs = self._read(window)
                return True
        return False

    def _read(self, window: Window) -> list[Floats]:
        # One window a run: int8 scales are taken over a run, so an article's findings would depend on
        # its neighbours.
        arrays: list[Floats] = self._session.run(self._outputs, self._inputs(window))
        return arrays

    def _inputs(self, window: Window) -> dict[str, NDArray[Any]]:
        e, vocab = window.encoded, self._vocab
        starts = e.starts[window.start : window.end + 1]
        width = int(starts[-1] - starts[0]) + 2
        pieces = np.full((1, width), vocab.cls, dtype=np.int64)
        pieces[0, -1] = vocab.sep
        pieces[0, 1:-1] = e.pieces[starts[0] : starts[-1]]
        features = np.zeros((1, width, 3), dtype=np.int64)
        features[0, 1:-1] = np.repeat(e.features[window.start : window.end] + 1, np.diff(starts), axis=0)
        at = (1 + starts[:-1] - starts[0]).astype(np.int64)
        return {"pieces": pieces, "features": features, "at": at}


def _open(window: Window) -> bool:
    return window.job is not None and not window.job.running() and not window.job.done()


def _session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError("onnxruntime", "not installed", "type: pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
        )
    except Exception as error:  # onnxruntime has no exception base of its own
        raise ModelError(str(path), f"cannot be loaded ({error})", "reinstall onrecord") from error
