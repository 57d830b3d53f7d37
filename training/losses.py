"""What the network is taught by: its tasks' losses, by labels and by teachers' scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.batches import Batch
from training.data import IGNORE, Labelled
from training.model import Arcs, Attributor, States, at_rows
from training.soft import Scores, Sum, distances

LABELLED = ("tag", "cue", "source", "names", "worth")
TASKS = (*LABELLED, "states")


@dataclass(frozen=True, slots=True)
class Losses:
    """Mean loss of each task; zero where a batch has none of it. `states`: how far from a teacher's."""

    tag: Tensor
    cue: Tensor
    source: Tensor
    names: Tensor
    worth: Tensor
    states: Tensor

    def total(self, weights: Weights) -> Tensor:
        """The weighted sum."""
        attribution = self.tag + weights.arcs * (self.cue + self.source) + weights.states * self.states
        return attribution + weights.names * self.names + weights.worth * self.worth


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the tasks count beside the tags."""

    arcs: float
    names: float
    worth: float
    states: float = 0.0


@dataclass(frozen=True, slots=True)
class Guidance:
    """Teachers beside the labels.

    Attributes:
        scores: what the teachers gave.
        documents: those that the batches are of.
        share: of the loss, in [0, 1], for what a teacher knows; the labels have the rest.
        mirror: from the student's hidden states to a teacher's, taught beside the student and then left;
            without it hidden states teach nothing.
    """

    scores: Sequence[Scores]
    documents: Sequence[Labelled]
    share: float
    mirror: nn.Module | None = None

    def mixed(self, model: Attributor, states: States, batch: Batch, hard: Losses) -> Losses:
        """The losses by labels and by teachers together."""
        sums: dict[str, list[Sum]] = {}
        for by in self.scores:
            for task, found in distances(
                model, states, batch, self.documents, by, mirror=self.mirror
            ).items():
                sums.setdefault(task, []).append(found)
        mixed = {task: getattr(hard, task) for task in TASKS}
        for task, parts in sums.items():
            total, weight = (sum(part[k] for part in parts) for k in (0, 1))
            if weight > 0:
                share = self.share if task in LABELLED else 1.0
                mixed[task] = (1 - share) * mixed[task] + share * total / weight
        return Losses(**mixed)


def losses(
    model: Attributor,
    batch: Batch,
    *,
    bf16: bool = False,
    guidance: Guidance | None = None,
    moves: bool = True,
) -> Losses:
    """Losses of a batch; the encoder alone runs in bfloat16. Without `moves` the CRF learns nothing."""
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        states = model.rows(batch.pieces, batch.features, batch.mask, batch.first)
    states = States(*(model.drop(s.float()) for s in states))
    x, names, sense = states
    known = (batch.labels != IGNORE).all(1)
    tag = cue = source = x.sum() * 0
    if known.any():
        rows, labels, y = batch.rows[known], batch.labels[known], x[known]
        scores = model.tags(y)
        tag = F.cross_entropy(scores[rows], labels[rows])
        # A CRF alone learns the edges and leaves the inside of spans undecided, for the constraints carry
        # it there; so every token is taught by itself and the CRF only fits its moves to the result.
        if moves:
            chain = model.crf(scores.detach(), labels, rows) / rows.sum()
            tag = tag + chain - chain.detach()
        cue = arc_loss(model.to_cue, y, batch.cues[known], rows)
        source = arc_loss(model.to_source, y, batch.sources[known], rows)
    beside = names_loss(model, names, batch), worth_loss(model, sense, batch)
    found = Losses(tag, cue, source, *beside, x.new_zeros(()))
    return guidance.mixed(model, states, batch, found) if guidance else found


def names_loss(model: Attributor, x: Tensor, batch: Batch) -> Tensor:
    """Mean cross-entropy of the name tags that are known."""
    known = batch.rows & (batch.names != IGNORE)
    if not known.any():
        return x.sum() * 0
    return F.cross_entropy(model.names(x[known]), batch.names[known])


def worth_loss(model: Attributor, x: Tensor, batch: Batch) -> Tensor:
    """Mean cross-entropy of labelled sentences; a sentence's score is the mean of its rows'."""
    known = batch.rows & (batch.worth != IGNORE)
    if not known.any():
        return x.sum() * 0
    _, place, count = batch.sentences[known].unique(return_inverse=True, return_counts=True)
    zeros = torch.zeros(len(count))
    scores = zeros.index_add(0, place, model.worth(x[known])[:, 0]) / count
    wanted = zeros.index_add(0, place, batch.worth[known].float()) / count
    return F.binary_cross_entropy_with_logits(scores, wanted)


def branch_losses(model: Attributor, batch: Batch, *, teach: str, bf16: bool = False) -> Losses:
    """Losses of one branch's task alone; the encoder runs in bfloat16."""
    encoder = model.encoder
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        y = at_rows(encoder.branched(teach, batch.pieces, batch.features, batch.mask), batch.first)
    y = model.drop(y.float())
    none = y.new_zeros(())
    if teach == "names":
        return Losses(none, none, none, names_loss(model, y, batch), none, none)
    return Losses(none, none, none, none, worth_loss(model, y, batch), none)


def arc_loss(arcs: Arcs, x: Tensor, targets: Tensor, rows: Tensor) -> Tensor:
    """Mean cross-entropy over the rows that have a known head."""
    scores = arcs(x)
    scores = scores.masked_fill(F.pad(~rows, (0, 1))[:, None, :], -1e4)
    wanted = targets != IGNORE
    if not wanted.any():
        return scores.sum() * 0
    return F.cross_entropy(scores[wanted], targets[wanted])
