"""Several processes that train one network: each takes its share of the batches, and now and then they meet.

Between meetings each worker steps by itself with its own optimizer; at a meeting everybody goes on from the
mean of all weights (local SGD; Stich, ICLR 2019). On two cores two workers of one thread each do more than
one of two threads, which wait for one another in every small operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier

import torch
from torch import Tensor, multiprocessing


@dataclass(frozen=True, slots=True)
class Worker:
    """One of `count` workers.

    Attributes:
        rank: its number, from 0, which alone writes logs and checkpoints.
        count: how many there are.
        table: shared memory for the weights of each, (count, at least their number).
        barrier: where they wait for one another.
    """

    rank: int = 0
    count: int = 1
    table: Tensor | None = None
    barrier: Barrier | None = None

    def meet(self, parameters: Iterable[Tensor]) -> None:
        """Put the mean of all workers' weights in the place of one's own."""
        if self.table is None or self.barrier is None:
            return
        own = list(parameters)
        with torch.no_grad():
            sizes = [p.numel() for p in own]
            shared = self.table[:, : sum(sizes)]
            torch.cat([p.reshape(-1) for p in own], out=shared[self.rank])
            self.barrier.wait()
            for p, values in zip(own, shared.mean(0).split(sizes), strict=True):
                p.copy_(values.view_as(p))
            self.barrier.wait()


def run_together(work: Callable[..., None], *args: object, count: int, room: int) -> None:
    """Run `work(*args, worker)` in `count` processes that share room for so many weights each.

    Raises:
        torch.multiprocessing.ProcessRaisedException: one of them failed; the others are ended.
    """
    table = torch.zeros(count, room).share_memory_()
    barrier = multiprocessing.get_context("spawn").Barrier(count)
    multiprocessing.start_processes(
        _as_worker, (work, args, table, barrier), nprocs=count, daemon=True, start_method="spawn"
    )


def _as_worker(
    rank: int, work: Callable[..., None], args: tuple[object, ...], table: Tensor, barrier: Barrier
) -> None:
    work(*args, Worker(rank, len(table), table, barrier))
