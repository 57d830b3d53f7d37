"""Further layers do nothing until they are taught, and branches read where they read before."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from training.deepen import deepened  # noqa: E402
from training.model import Attributor, Config, States, config_of  # noqa: E402

WIDTH = 48


@pytest.fixture
def model() -> Attributor:
    torch.manual_seed(0)
    small = Config(
        layers=3,
        hidden=WIDTH,
        heads=2,
        inner=32,
        vocab=40,
        positions=64,
        arc=8,
        fork=1,
        names=2,
        sense_fork=2,
        sense=1,
    )
    return Attributor(small).eval()


def read(model: Attributor) -> States:
    torch.manual_seed(1)
    pieces, features = torch.randint(0, 40, (2, 50)), torch.ones(2, 50, 3, dtype=torch.long)
    with torch.no_grad():
        found: States = model.eval().encoder(pieces, features, torch.ones(2, 50))
    return found


def test_a_deeper_network_reads_as_before(model: Attributor) -> None:
    before = read(model)
    more = deepened(model, 2, before.attribution.reshape(-1, WIDTH))
    after = read(more)
    assert len(more.encoder.layers) == 5
    assert (after.attribution - before.attribution).square().mean() < 0.02 * before.attribution.var()
    assert torch.equal(after.names, before.names)
    assert torch.equal(after.sense, before.sense)


def test_the_new_layers_can_learn(model: Attributor) -> None:
    more = deepened(model, 1, read(model).attribution.reshape(-1, WIDTH))
    states = more.encoder(
        torch.ones(1, 9, dtype=torch.long), torch.ones(1, 9, 3, dtype=torch.long), torch.ones(1, 9)
    )
    states.attribution.square().mean().backward()
    new = more.encoder.layers[-1]
    assert new.out.weight.grad is not None and new.out.weight.grad.abs().sum() > 0
    assert new.down.weight.grad is not None and new.down.weight.grad.abs().sum() > 0


def test_sizes_are_read_back_from_a_checkpoint(model: Attributor) -> None:
    more = deepened(model, 2, read(model).attribution.reshape(-1, WIDTH))
    found = config_of(more.state_dict())
    assert (found.layers, found.fork, found.names, found.sense_fork, found.sense) == (5, 1, 2, 2, 1)


def test_checkpoints_without_forks_have_branches_beside_the_last_layers(model: Attributor) -> None:
    state = {k: v for k, v in model.state_dict().items() if k != "encoder.forks"}
    found = config_of(state)
    assert (found.fork, found.sense_fork) == (1, 2)
