"""Put further layers on top of attribution's that change next to nothing until they are taught.

A new layer is a copy of the last one whose two halves give nothing: their last matrices are zero. What stays
is the normalising, which cannot do nothing to every state; it is fitted to do as little as it can, place by
place of the state, over the states of some documents (growth that keeps the function, as in Net2Net; Chen et
al., ICLR 2016).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.batches import collate, plan
from training.data import Labelled, load
from training.evaluate import load_model
from training.model import Attributor

DOCUMENTS = 30
"""Whose states the normalising is fitted to."""


def states_of(model: Attributor, documents: Sequence[Labelled]) -> Tensor:
    """Attribution's last states of all pieces: (pieces, hidden)."""

    def batches() -> Iterator[Tensor]:
        for windows in plan(list(documents), rng=Random(1)):
            batch = collate(windows, list(documents))
            found = model.encoder(batch.pieces, batch.features, batch.mask).attribution
            yield found[batch.mask > 0]

    model.eval()
    with torch.no_grad():
        return torch.cat(list(batches()))


def line(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Slope and height of the straight line from `x` to `y`, column by column, with the least squares."""
    dx, dy = x - x.mean(0), y - y.mean(0)
    slope = (dx * dy).sum(0) / dx.square().sum(0)
    return slope, y.mean(0) - slope * x.mean(0)


def fit_to_nothing(norm: nn.LayerNorm, states: Tensor) -> None:
    """Have a normalising give back these states as nearly as it can."""
    plain = F.layer_norm(states, states.shape[-1:], eps=norm.eps)
    slope, height = line(plain, states)
    norm.load_state_dict({"weight": slope, "bias": height})


def deepened(model: Attributor, count: int, states: Tensor) -> Attributor:
    """The network with so many more layers of attribution, which are fitted to leave `states` alone."""
    config = model.config
    more = Attributor(replace(config, layers=config.layers + count))
    last = model.encoder.layers[-1].state_dict()
    state = {**more.state_dict(), **model.state_dict()}
    for i in range(config.layers, more.config.layers):
        state |= {f"encoder.layers.{i}.{name}": value.clone() for name, value in last.items()}
    more.load_state_dict(state)
    with torch.no_grad():
        for layer in more.encoder.layers[config.layers :]:
            for half in (layer.out, layer.down):
                nn.init.zeros_(half.weight)
                nn.init.zeros_(half.bias)
            for norm in (layer.norm1, layer.norm2):
                fit_to_nothing(norm, states)
    return more


def main() -> None:
    """Write a deeper checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path, help=".npz from training.data")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=2, help="to add")
    args = parser.parse_args()
    model = load_model(args.checkpoint)
    documents = load(args.data)[:DOCUMENTS]
    before = states_of(model, documents)
    more = deepened(model, args.layers, before)
    apart = (states_of(more, documents) - before).square().mean() / before.var(0).mean()
    print(f"states differ by {apart:.5f} of their variance")
    torch.save({"model": more.state_dict()}, args.out)


if __name__ == "__main__":
    main()
