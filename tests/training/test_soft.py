"""What a teacher's stored scores say of a batch."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402

from training.batches import Batch  # noqa: E402
from training.data import IGNORE, Labelled  # noqa: E402
from training.evaluate import project  # noqa: E402
from training.losses import Guidance, Losses  # noqa: E402
from training.model import Attributor, Config, States  # noqa: E402
from training.soft import Scores, arc_scores, distances  # noqa: E402

ROWS = 5


@pytest.fixture
def model() -> Attributor:
    torch.manual_seed(0)
    small = Config(layers=2, hidden=16, heads=2, inner=16, vocab=40, positions=16, arc=8)
    network = Attributor(small).eval()
    with torch.no_grad():
        for arcs in (network.to_cue, network.to_source):
            arcs.distance.normal_()
    return network


@pytest.fixture
def states() -> States:
    torch.manual_seed(1)
    return States(*(torch.randn(1, ROWS, 16) for _ in range(3)))


def batch(origin: tuple[int, int, int]) -> Batch:
    ints = torch.zeros(1, ROWS, dtype=torch.long)
    unknown = torch.full((1, ROWS), IGNORE)
    rows = torch.ones(1, ROWS, dtype=torch.bool)
    features = torch.zeros(1, ROWS, 3, dtype=torch.long)
    return Batch(
        ints, features, ints.float(), ints, rows, unknown, unknown, unknown, unknown, unknown, ints, (origin,)
    )


def document(name: str) -> Labelled:
    nothing = np.zeros(0, dtype=np.int32)
    return Labelled(name, None, nothing, nothing, nothing, nothing, nothing, nothing, nothing)  # type: ignore[arg-type]


def stored(model: Attributor, states: States) -> Scores:
    with torch.no_grad():
        tags, arcs, names, worth = (o[0].numpy() for o in project(model, states))
    heads = {"tags": tags, "arcs": arcs, "names": names, "worth": worth}
    padded = {k: np.concatenate([np.ones((2, v.shape[1]), np.float32), v]) for k, v in heads.items()}
    distance = torch.stack([model.to_cue.distance, model.to_source.distance]).detach()
    return Scores({"one": (2, 2 + ROWS)}, padded, distance)  # type: ignore[arg-type]


def test_stored_columns_give_the_arcs_again(model: Attributor, states: States) -> None:
    with torch.no_grad():
        columns = project(model, states)[1]
        for arcs, own in zip((model.to_cue, model.to_source), columns.chunk(2, -1), strict=True):
            assert torch.allclose(arc_scores(own, arcs.distance), arcs(states.attribution), atol=1e-5)


def test_a_student_equal_to_its_teacher_is_at_the_least_distance(model: Attributor, states: States) -> None:
    scores = stored(model, states)
    with torch.no_grad():
        least = distances(model, states, batch((0, 0, ROWS)), [document("one")], scores)
        other = States(*(x + 0.5 for x in states))
        more = distances(model, other, batch((0, 0, ROWS)), [document("one")], scores)
    assert set(least) == {"tag", "cue", "source", "names", "worth"}
    assert float(least["worth"][0]) == pytest.approx(0, abs=1e-6)
    assert all(more[task][0] / more[task][1] > least[task][0] / least[task][1] for task in least)


def test_hidden_states_are_compared_through_the_mirror(model: Attributor, states: States) -> None:
    tripled = torch.cat([states.attribution] * 3, -1)[0]
    by = Scores({"one": (0, ROWS)}, {"states": tripled.half().numpy()}, torch.zeros(2, 33))
    assert by.width == 48
    mirror = torch.nn.Linear(16, 48, bias=False)
    with torch.no_grad():
        mirror.weight.copy_(torch.cat([torch.eye(16)] * 3))
        total, weight = distances(model, states, batch((0, 0, ROWS)), [document("one")], by, mirror=mirror)[
            "states"
        ]
        assert float(weight) == ROWS
        assert float(total) == pytest.approx(0, abs=1e-3)
        other = States(*(x.flip(-1) for x in states))
        far = distances(model, other, batch((0, 0, ROWS)), [document("one")], by, mirror=mirror)["states"]
        assert float(far[0]) > 1
        assert "states" not in distances(model, states, batch((0, 0, ROWS)), [document("one")], by)


def test_documents_that_the_teacher_has_not_read_count_nothing(model: Attributor, states: States) -> None:
    scores = stored(model, states)
    with torch.no_grad():
        found = distances(model, states, batch((0, 0, ROWS)), [document("another")], scores)
    assert all(float(weight) == 0 and float(total) == 0 for total, weight in found.values())


def test_labels_keep_their_full_weight_where_no_teacher_knows(model: Attributor, states: States) -> None:
    hard = Losses(*(torch.tensor(float(i)) for i in range(1, 7)))
    with torch.no_grad():
        unknown = Guidance([stored(model, states)], [document("another")], 0.7)
        known = Guidance([stored(model, states)], [document("one")], 0.7)
        assert unknown.mixed(model, states, batch((0, 0, ROWS)), hard) == hard
        assert known.mixed(model, states, batch((0, 0, ROWS)), hard).worth == pytest.approx(0.3 * 5)
