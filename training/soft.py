"""A teacher's scores of documents, and how far a student is from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from training.batches import Batch
from training.data import Labelled
from training.model import ILLEGAL, Attributor, States, distance_buckets

HEADS = ("tags", "arcs", "names", "worth", "states")
"""In the order of `evaluate.Outputs`; `states` are the hidden ones that tags and arcs are read from."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What a teacher gave for the rows of some documents.

    Attributes:
        places: first row and the one after the last of each document, by its id.
        heads: by name of a head its scores, (rows, width).
        distance: (2, buckets), the teacher's biases of arcs by distance.
    """

    places: Mapping[str, tuple[int, int]]
    heads: Mapping[str, NDArray[np.float16]]
    distance: Tensor

    @property
    def width(self) -> int:
        """Size of the teacher's hidden states; 0 if they were not kept."""
        return self.heads["states"].shape[1] if "states" in self.heads else 0

    def of(self, head: str, batch: Batch, documents: Sequence[Labelled]) -> tuple[Tensor, Tensor]:
        """A head's scores (b, n, width) for the windows of a batch, and which rows (b, n) have them."""
        values = self.heads[head]
        out = torch.zeros(*batch.rows.shape, values.shape[1])
        known = torch.zeros_like(batch.rows)
        for i, (d, low, high) in enumerate(batch.origin):
            place = self.places.get(documents[d].id)
            if place is not None:
                found = values[place[0] + low : place[0] + high]
                out[i, : high - low] = torch.from_numpy(found.astype(np.float32))
                known[i, : high - low] = True
        return out, known


def read_scores(folder: Path) -> Scores:
    """What `training.score` wrote; workers share the scores, which stay in the files."""
    ids, starts, distance = (np.load(folder / f"{name}.npy") for name in ("ids", "starts", "distance"))
    places = dict(zip(ids.tolist(), pairwise(starts.tolist()), strict=True))
    files = {head: folder / f"{head}.npy" for head in HEADS}
    heads = {head: np.load(file, mmap_mode="r") for head, file in files.items() if file.exists()}
    return Scores(places, heads, torch.from_numpy(distance))


def cross_entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    """Of each row, with the teacher's probabilities for labels."""
    return -(wanted * F.log_softmax(scores, -1)).sum(-1)


Sum = tuple[Tensor, Tensor]
"""Of losses and of their weights."""


def distances(
    model: Attributor,
    states: States,
    batch: Batch,
    documents: Sequence[Labelled],
    by: Scores,
    *,
    mirror: nn.Module | None = None,
) -> dict[str, Sum]:
    """By task of `training.losses`, how far the student is from what this teacher knows.

    Tags and names: cross-entropy of rows. Cue and source: the same of the heads of rows that the teacher
    holds for a part of an attribution. Worth: squared difference of the rows' scores. States: that of what
    `mirror` makes of the student's to the teacher's, both normalised, a mean over their width.
    """
    found: dict[str, Sum] = {}
    x, names, sense = states
    if "tags" in by.heads:
        tags, known = by.of("tags", batch, documents)
        found["tag"] = weighed(cross_entropy(model.tags(x), tags.softmax(-1)), known)
        if "arcs" in by.heads:
            columns, _ = by.of("arcs", batch, documents)
            weight = (1 - tags.softmax(-1)[..., 0]) * known
            arcs = (("cue", model.to_cue), ("source", model.to_source))
            for (task, own), theirs, bias in zip(arcs, columns.chunk(2, -1), by.distance, strict=True):
                found[task] = weighed(arc_distance(own(x), arc_scores(theirs, bias), batch.rows), weight)
    if "names" in by.heads:
        wanted, known = by.of("names", batch, documents)
        found["names"] = weighed(cross_entropy(model.names(names), wanted.softmax(-1)), known)
    if "worth" in by.heads:
        wanted, known = by.of("worth", batch, documents)
        found["worth"] = weighed((model.worth(sense) - wanted).square()[..., 0], known)
    if mirror is not None and by.width:
        wanted, known = by.of("states", batch, documents)
        pair = (F.layer_norm(y, (by.width,)) for y in (mirror(x), wanted))
        found["states"] = weighed(F.mse_loss(*pair, reduction="none").mean(-1), known)
    return found


def arc_distance(scores: Tensor, wanted: Tensor, rows: Tensor) -> Tensor:
    """Cross-entropy of each row's heads among the rows that there are: (b, n)."""
    barred = F.pad(~rows, (0, 1))[:, None, :]
    return cross_entropy(scores.masked_fill(barred, ILLEGAL), wanted.masked_fill(barred, ILLEGAL).softmax(-1))


def arc_scores(columns: Tensor, distance: Tensor) -> Tensor:
    """What `Arcs` gives, (b, n, n + 1), from the columns that `evaluate.project` keeps of it."""
    size = (columns.shape[-1] - 2) // 2
    d, h, none, bias = columns.split((size, size, 1, 1), -1)
    scores = d @ h.transpose(1, 2) * size**-0.5 + bias.transpose(1, 2)
    return torch.cat([scores + distance[distance_buckets(columns.shape[1])], none], -1)


def weighed(values: Tensor, weight: Tensor) -> Sum:
    """The sum of values by weight, and that of the weights."""
    return (values * weight).sum(), weight.sum().float()
