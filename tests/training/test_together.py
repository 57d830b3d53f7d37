"""Workers that train one network."""

from __future__ import annotations

import threading

import pytest

torch = pytest.importorskip("torch")

from torch.multiprocessing import ProcessRaisedException  # noqa: E402

from training.together import Worker, run_together  # noqa: E402


def test_workers_go_on_from_the_mean_of_their_weights() -> None:
    table = torch.zeros(2, 10)
    barrier = threading.Barrier(2)
    own = [[torch.full((2, 2), 1.0 + 2 * rank), torch.full((3,), 10.0 * rank)] for rank in range(2)]
    workers = [Worker(rank, 2, table, barrier) for rank in range(2)]  # type: ignore[arg-type]
    threads = [
        threading.Thread(target=w.meet, args=(weights,)) for w, weights in zip(workers, own, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    for first, second in own:
        assert torch.equal(first, torch.full((2, 2), 2.0))
        assert torch.equal(second, torch.full((3,), 5.0))


def test_one_alone_keeps_its_own() -> None:
    weights = torch.ones(3)
    Worker().meet([weights])
    assert torch.equal(weights, torch.ones(3))


def fails(folder: str, worker: Worker) -> None:
    """Worker 1 stops while the other waits for it."""
    if worker.rank:
        raise ValueError(folder)
    worker.meet([torch.ones(2)])


def test_one_that_fails_ends_the_others() -> None:
    with pytest.raises(ProcessRaisedException, match="no such folder"):
        run_together(fails, "no such folder", count=2, room=4)
