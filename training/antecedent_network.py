"""Networks that score antecedents: the rules' map with a small correction, the encoder's states on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.pipeline.coreference.antecedents import RULES
from onrecord.pipeline.coreference.pairing import Pairing
from onrecord.pipeline.coreference.scorer import Scorer

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

HIDDEN = 16
NETWORKS = 6
STEPS = 200
RATE = 0.02
DROPOUT = 0.2
DECAY = 2e-3
PULL = 1e-4
"""Of a few trials with 16 to 32 units, dropout .2 to .4 and decay 1e-3 to 3e-3, seen on GUM by fold and on
GAP development: they differ by less than a point. `PULL` holds the linear part to the rules' weights."""

RANK = 8
PAIRINGS = 3
PAIR_DECAY = 0.02
PAIR_DROPOUT = 0.5
PAIR_RATE = 0.005
"""Of the encoder's states. They are fitted on top of a scorer that stays as it is: GAP development F1 .750,
feminine / masculine .97; trained together with the features .738 and .94 to .95. With a decay of .001 the
form learns GAP validation by heart (F1 .96 there, .72 on development)."""

WEIGHTS = {"gum": 6.0, "gap": 12.0, "litbank": 0.5, "corpus": 6.0}
"""Weight of a pronoun by corpus: GUM holds news, GAP encyclopedia, LitBank fiction of another age,
our corpus news with its quotations."""

FEMININE = 2.0
"""Weight of *she* beside *he*, which is rarer in GUM; gains half a point on GAP and a point on GUM."""


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun with its candidates.

    Attributes:
        features: shape (candidates, features).
        pronoun: the encoder's state of it, shape (hidden,).
        mentions: of each candidate's latest mention, shape (candidates, hidden).
        right: for each candidate whether it is meant.
        wrong: for each candidate whether it is known not to be meant.
        entity: for each candidate whether it is a named entity.
        named: whether the gold cluster holds a name.
        unknown: only what is not meant is annotated.
        feminine: the pronoun's gender.
    """

    doc: str
    genre: str
    features: Floats
    pronoun: Floats
    mentions: Floats
    right: Flags
    wrong: Flags
    entity: Flags
    named: bool
    unknown: bool
    feminine: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """A scorer, and the form over the encoder's states that its values are to be added to."""

    scorer: Scorer
    pairing: Pairing | None = None

    def __call__(self, example: Example) -> Floats:
        """One value a candidate."""
        values = self.scorer(example.features)
        if self.pairing is None:
            return values
        mentions = range(1, 1 + len(example.mentions))
        rows = self.pairing.project(np.concatenate([example.pronoun[None], example.mentions]))
        fits = [self.pairing.affinity(rows, 0, (i, i + 1), masculine=not example.feminine) for i in mentions]
        return values + np.array(fits, dtype=np.float32)


class Data:
    """Examples as tensors, candidate by candidate; `weights` by corpus."""

    def __init__(self, examples: Sequence[Example], weights: Mapping[str, float]) -> None:
        self.features = torch.from_numpy(np.concatenate([e.features for e in examples]))
        good = np.concatenate([~e.wrong if e.unknown else e.right for e in examples])
        self.good = torch.from_numpy(good).float()
        self.group = torch.from_numpy(np.repeat(np.arange(len(examples)), [len(e.right) for e in examples]))
        self.none = torch.tensor([float(e.unknown or not e.right.any()) for e in examples])
        weight = [weights[e.genre.partition("-")[0]] * (FEMININE if e.feminine else 1.0) for e in examples]
        self.weight = torch.tensor(weight) / sum(weight)
        self.sign = torch.tensor([-1.0 if e.feminine else 1.0 for e in examples])
        pronouns = torch.from_numpy(np.stack([e.pronoun for e in examples]))
        mentions = torch.from_numpy(np.concatenate([e.mentions for e in examples]))
        self.means = pronouns.mean(0), mentions.mean(0)
        self.scales = pronouns.std(0) + 1e-3, mentions.std(0) + 1e-3
        self.pronouns = (pronouns - self.means[0]) / self.scales[0]
        self.mentions = (mentions - self.means[1]) / self.scales[1]


class Network(torch.nn.Module):
    """A linear map, held to that of `prior` by `pull`, plus a small network that corrects it."""

    def __init__(self, prior: Scorer, pull: float) -> None:
        super().__init__()
        self.prior = torch.from_numpy(prior.layers[0][0][:, 0].copy())
        self.pull, count = pull, len(self.prior)
        self.linear = torch.nn.Parameter(self.prior.clone())
        self.nobody = torch.nn.Parameter(torch.tensor(float(prior.nobody)))
        self.first = torch.nn.Parameter(torch.randn(count, HIDDEN) * 0.15)
        self.bias = torch.nn.Parameter(torch.zeros(HIDDEN))
        self.second = torch.nn.Parameter(torch.randn(HIDDEN) * 0.1)

    def forward(self, data: Data) -> torch.Tensor:
        """One score a candidate."""
        x = data.features
        hidden = torch.relu(x @ self.first + self.bias)
        hidden = torch.nn.functional.dropout(hidden, DROPOUT, self.training)
        return x @ self.linear + hidden @ self.second

    def cost(self) -> torch.Tensor:
        """What large weights cost."""
        squares = (self.first**2).sum() + (self.second**2).sum()
        return DECAY * squares + self.pull * ((self.linear - self.prior) ** 2).sum()


class Form(torch.nn.Module):
    """The bilinear form over the encoder's states, added to a scorer that stays as it is.

    With `alone` the pronoun's state counts by itself too, for all candidates or for nobody.
    """

    def __init__(self, data: Data, scorer: Scorer, *, rank: int, alone: bool) -> None:
        super().__init__()
        size = data.pronouns.shape[1]
        self.base = torch.from_numpy(scorer(data.features.numpy()))
        self.nobody = torch.tensor(float(scorer.nobody))
        self.pronoun = torch.nn.Parameter(torch.randn(size, rank) * 0.02)
        self.pronoun_bias = torch.nn.Parameter(torch.zeros(rank))
        self.mention = torch.nn.Parameter(torch.randn(size, rank) * 0.02)
        self.mention_bias = torch.nn.Parameter(torch.zeros(rank), requires_grad=alone)
        self.gender = torch.nn.Parameter(torch.randn(size) * 0.01)

    def forward(self, data: Data) -> torch.Tensor:
        """One score a candidate."""
        # Whole dimensions are dropped, the same for all: a mask over all states takes longer than the rest.
        ones = torch.ones(len(self.gender))
        keep = [torch.nn.functional.dropout(ones, PAIR_DROPOUT, self.training) for _ in range(2)]
        one = data.pronouns @ (self.pronoun * keep[0][:, None]) + self.pronoun_bias
        other = data.mentions @ (self.mention * keep[1][:, None]) + self.mention_bias
        gender = data.mentions @ (self.gender * keep[1])
        return self.base + (one[data.group] * other).sum(1) + data.sign[data.group] * gender

    def cost(self) -> torch.Tensor:
        """What large weights cost."""
        return PAIR_DECAY * sum(
            ((p**2).sum() for p in (self.pronoun, self.mention, self.gender)), torch.zeros(())
        )


N = TypeVar("N", Network, Form)


def fit(network: N, data: Data, rate: float) -> N:
    """Fit by the likelihood of the right candidates, or of nobody where none is right.

    Where only the wrong ones are known, by that of all the others.
    """
    count = len(data.none)
    optimizer = torch.optim.Adam(network.parameters(), rate)
    for step in range(STEPS):
        mass = torch.exp(network(data).clamp(-30, 30))
        nobody = torch.exp(network.nobody)
        total = torch.zeros(count).index_add(0, data.group, mass) + nobody
        hit = torch.zeros(count).index_add(0, data.group, mass * data.good) + data.none * nobody
        loss = -((torch.log(hit + 1e-9) - torch.log(total)) * data.weight).sum() + network.cost()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        for settings in optimizer.param_groups:
            settings["lr"] = rate * (1 - step / STEPS)
    network.eval()
    return network


def train(
    examples: Sequence[Example],
    *,
    threshold: float,
    networks: int = NETWORKS,
    prior: Scorer = RULES,
    pull: float = PULL,
    weights: Mapping[str, float] = WEIGHTS,
) -> Trained:
    """The mean of several networks over features, as one with all their hidden units."""
    data = Data(examples, weights)
    fitted = []
    for seed in range(networks):
        torch.manual_seed(seed)
        fitted.append(fit(Network(prior, pull), data, RATE))
    linear = np.mean([_array(n.linear) for n in fitted], 0)
    # The linear part goes through the cut between the layers as its positive and its negative half.
    matrix = np.concatenate([*(_array(n.first) for n in fitted), linear[:, None], -linear[:, None]], axis=1)
    bias = np.concatenate([*(_array(n.bias) for n in fitted), np.zeros(2)])
    column = np.concatenate([*(_array(n.second) / networks for n in fitted), [1.0, -1.0]])[:, None]
    layers = (
        (matrix.astype(np.float32), bias.astype(np.float32)),
        (column.astype(np.float32), np.zeros(1, np.float32)),
    )
    return Trained(Scorer(layers, float(np.mean([_array(n.nobody) for n in fitted])), threshold))


def with_states(
    scorer: Scorer,
    examples: Sequence[Example],
    *,
    forms: int = PAIRINGS,
    rank: int = RANK,
    alone: bool = False,
    weights: Mapping[str, float] = WEIGHTS,
) -> Trained:
    """A scorer with the mean of several forms over the encoder's states, side by side as one."""
    data = Data(examples, weights)
    fitted = []
    for seed in range(forms):
        torch.manual_seed(seed)
        fitted.append(fit(Form(data, scorer, rank=rank, alone=alone), data, PAIR_RATE))
    scales, means = [_array(s) for s in data.scales], [_array(m) for m in data.means]
    pronoun = np.concatenate([_array(n.pronoun) / forms for n in fitted], 1) / scales[0][:, None]
    mention = np.concatenate([_array(n.mention) for n in fitted], 1) / scales[1][:, None]
    gender = np.mean([_array(n.gender) for n in fitted], 0) / scales[1]
    constant = np.concatenate([_array(n.mention_bias) for n in fitted])
    shift = np.concatenate([means[0] @ pronoun, means[1] @ mention - constant, [means[1] @ gender]])
    bias = np.concatenate([_array(n.pronoun_bias) / forms for n in fitted])
    return Trained(scorer, Pairing(*(a.astype(np.float32) for a in (pronoun, bias, mention, gender, shift))))


def _array(parameter: torch.Tensor) -> Floats:
    return np.asarray(parameter.detach().numpy(), dtype=np.float32)
