"""The network: a BERT encoder with surface features, a CRF over role tags, and two arc scorers."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.pipeline.encoder.decoding import LABELS
from onrecord.pipeline.encoder.names import NAME_TAGS
from onrecord.pipeline.encoder.wordpieces import PLACES, SHAPES, STATES

BRANCHES = ("names", "sense")
"""Heads that may have layers of their own beside attribution's."""

FORKS = "encoder.forks"
"""Name of where the branches leave attribution, which checkpoints before 0.7.0 lack."""

FEATURE_SIZES = (len(SHAPES), len(STATES), len(PLACES))
DISTANCES = 33
ILLEGAL = -1e4
SLACK = 500_000
"""Elements by which a random mask is longer than what it is laid on."""


@dataclass(frozen=True)
class Config:
    """Sizes of the network.

    Attributes:
        fork: attribution's layers below the branch of names, which can be taught without moving attribution.
        names: layers of that branch.
        sense_fork: attribution's layers below the branch of sentences.
        sense: layers of that branch.
    """

    layers: int = 6
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    vocab: int = 30522
    positions: int = 512
    arc: int = 128
    dropout: float = 0.1
    fork: int = 6
    names: int = 0
    sense_fork: int = 6
    sense: int = 0


class Dropout(nn.Module):
    """Dropout whose masks are slices of one long random one: drawing them anew took a seventh of a step."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.masks: dict[torch.dtype, Tensor] = {}

    def forward(self, x: Tensor) -> Tensor:
        """Zero a share of `x` in training."""
        if not self.training or not self.share:
            return x
        size = x.numel()
        pool = self.masks.get(x.dtype)
        if pool is None or len(pool) < size + SLACK:
            pool = ((torch.rand(size + 2 * SLACK) >= self.share) / (1 - self.share)).to(x.dtype)
            self.masks[x.dtype] = pool
        start = int(torch.randint(len(pool) - size, (1,)))
        return x * pool[start : start + size].view_as(x)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.heads = c.heads
        self.qkv = nn.Linear(c.hidden, 3 * c.hidden)
        self.out = nn.Linear(c.hidden, c.hidden)
        self.norm1 = nn.LayerNorm(c.hidden, eps=1e-12)
        self.up = nn.Linear(c.hidden, c.inner)
        self.down = nn.Linear(c.inner, c.hidden)
        self.norm2 = nn.LayerNorm(c.hidden, eps=1e-12)
        self.drop = Dropout(c.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`mask` is added to the attention scores; None where every place may be seen."""
        q, k, v = self.qkv(x).chunk(3, -1)
        x = self.norm1(x + self.drop(self.out(self.attend(q, k, v, mask))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
        """Attention of all heads: (b, t, hidden) each."""
        b, t, h = q.shape
        q, k, v = (x.view(b, t, self.heads, h // self.heads).transpose(1, 2) for x in (q, k, v))
        # Written out: with a mask the fused kernel's backward pass takes six times as long on the CPU.
        scores = (q * (h // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask.to(q.dtype)
        y = torch.softmax(scores, -1, dtype=scores.dtype) @ v
        return y.transpose(1, 2).reshape(b, t, h)


class States(NamedTuple):
    """Hidden states that the heads read, (b, t, hidden) each."""

    attribution: Tensor
    names: Tensor
    sense: Tensor


class Encoder(nn.Module):
    """Word pieces and surface features to hidden states, of attribution and of the branches beside it.

    Attributes:
        alone: compute no branch, which saves a quarter of the time where attribution alone is taught;
            attribution's states then stand in the branches' places.
    """

    alone = False

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.words = nn.Embedding(c.vocab, c.hidden)
        self.places = nn.Embedding(c.positions, c.hidden)
        self.features = nn.ModuleList(nn.Embedding(n + 1, c.hidden) for n in FEATURE_SIZES)
        self.norm = nn.LayerNorm(c.hidden, eps=1e-12)
        self.drop = nn.Dropout(c.dropout)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.branch = nn.ModuleList(Layer(c) for _ in range(c.names))
        self.sense = nn.ModuleList(Layer(c) for _ in range(c.sense))
        self.forks: Tensor
        self.register_buffer("forks", torch.tensor([float(c.fork), float(c.sense_fork)]))
        self.below = {"names": c.fork, "sense": c.sense_fork}
        for table in self.features:
            nn.init.normal_(table.weight, std=0.005)  # type: ignore[arg-type]

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> States:
        """Shapes (b, t), (b, t, 3) with 0 for no token, (b, t) with 1 for real pieces."""
        return self.layered(self.embedded(self.words(pieces), features), mask)

    def embedded(self, words: Tensor, features: Tensor) -> Tensor:
        """What the first layer reads."""
        x = words + self.places.weight[: words.shape[1]]
        for k, table in enumerate(self.features):
            x = x + table(features[..., k])
        return self.drop(self.norm(x))

    def layered(self, x: Tensor, mask: Tensor | None) -> States:
        """The last states of attribution and of each branch; attribution's where it has no layer.

        `mask` as for `forward`; None where nothing is padded.
        """
        added = None if mask is None else (1.0 - mask.to(x.dtype))[:, None, None, :] * ILLEGAL
        seen = [x]
        for layer in self.layers:
            seen.append(layer(seen[-1], added))
        if self.alone:
            return States(*[seen[-1]] * 3)
        return States(seen[-1], *(self._beside(branch, seen, added) for branch in BRANCHES))

    def layers_of(self, branch: str) -> nn.ModuleList:
        """The layers of a branch of its own, one of `BRANCHES`."""
        return self.branch if branch == "names" else self.sense

    def _beside(self, branch: str, seen: list[Tensor], added: Tensor | None) -> Tensor:
        own = self.layers_of(branch)
        x = seen[self.below[branch] if len(own) else -1]
        for layer in own:
            x = layer(x, added)
        return x

    def branched(self, branch: str, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """One branch's states alone, for teaching it: what it shares neither learns nor drops."""
        added = (1.0 - mask)[:, None, None, :] * ILLEGAL
        with torch.no_grad():
            x = self.embedded(self.words(pieces), features)
            for layer in self.layers[: self.below[branch]]:
                x = layer(x, added)
        for layer in self.layers_of(branch):
            x = layer(x, added)
        return x

    def start_branch(self, branch: str) -> None:
        """Give a branch the weights of the layers that it stands beside."""
        own = self.layers_of(branch)
        beside = self.layers[self.below[branch] :][: len(own)]
        for layer, other in zip(own, beside, strict=True):
            layer.load_state_dict(other.state_dict())


class Arcs(nn.Module):
    """Biaffine scores from each row to every row that may be its head, and to none."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(c.hidden, c.arc), nn.GELU(), nn.Dropout(c.dropout))
        self.head = nn.Sequential(nn.Linear(c.hidden, c.arc), nn.GELU(), nn.Dropout(c.dropout))
        self.weight = nn.Linear(c.arc, c.arc, bias=False)
        self.head_bias = nn.Linear(c.arc, 1)
        self.none = nn.Linear(c.arc, 1)
        self.distance = nn.Parameter(torch.zeros(DISTANCES))
        nn.init.orthogonal_(self.weight.weight, gain=0.5)

    def project(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Per row: dependent vector, score of no head, head vector, head bias."""
        d = self.dependent(x)
        h = self.head(x)
        return self.weight(d), self.none(d), h, self.head_bias(h)

    def forward(self, x: Tensor) -> Tensor:
        """Scores (b, n, n + 1); the last column is no head."""
        d, none, h, bias = self.project(x)
        scores = d @ h.transpose(1, 2) * d.shape[-1] ** -0.5 + bias.transpose(1, 2)
        scores = scores + self.distance[distance_buckets(x.shape[1])]
        return torch.cat([scores, none], -1)


def distance_buckets(n: int) -> Tensor:
    """Bucket of head minus dependent, finer near zero: (n, n)."""
    gap = torch.arange(n)[None, :] - torch.arange(n)[:, None]
    size = torch.log2(gap.abs().float() + 1) * 2
    return (size.round().clamp(max=16).int() * gap.sign() + 16).long()


class Crf(nn.Module):
    """Linear-chain CRF over the role tags."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.move = nn.Parameter(torch.zeros(n, n))
        allowed = torch.zeros(n, n)
        for before in range(n):
            for after in range(n):
                continues = after > 0 and (after - 1) % 4 in (1, 2)
                unfinished = before > 0 and (before - 1) % 4 in (0, 1)
                same = before > 0 and after > 0 and (before - 1) // 4 == (after - 1) // 4
                if continues != unfinished or (continues and not same):
                    allowed[before, after] = ILLEGAL
        self.register_buffer("illegal", allowed)

    def transitions(self) -> Tensor:
        """Scores (from, to), the illegal moves included."""
        return self.move + self.illegal

    def forward(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Sum of negative log likelihoods. Any label may start, as a window may cut a span."""
        move = self.transitions()
        score = emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            new = torch.logsumexp(score[:, :, None] + move, 1) + emissions[:, t]
            score = torch.where(mask[:, t, None], new, score)
        total = torch.logsumexp(score, 1).sum()
        m = mask.float()
        gold = (emissions.gather(2, labels[..., None])[..., 0] * m).sum()
        gold = gold + (move[labels[:, :-1], labels[:, 1:]] * m[:, 1:]).sum()
        return total - gold


class Attributor(nn.Module):
    """The whole network."""

    def __init__(self, c: Config | None = None) -> None:
        super().__init__()
        self.config = c or Config()
        self.encoder = Encoder(self.config)
        self.drop = nn.Dropout(self.config.dropout)
        self.tags = nn.Linear(self.config.hidden, len(LABELS))
        self.crf = Crf(len(LABELS))
        self.to_cue = Arcs(self.config)
        self.to_source = Arcs(self.config)
        self.names = nn.Linear(self.config.hidden, len(NAME_TAGS))
        self.worth = nn.Linear(self.config.hidden, 1)

    def rows(self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor) -> States:
        """States of each row, which are those of its first piece."""
        return States(*(at_rows(x, first) for x in self.encoder(pieces, features, mask)))

    def config_dict(self) -> dict[str, float]:
        """The sizes, for checkpoints and meta.json."""
        return asdict(self.config)


def at_rows(hidden: Tensor, first: Tensor) -> Tensor:
    """The states at the places `first`: (b, t, h) and (b, n) to (b, n, h)."""
    return hidden.gather(1, first[..., None].expand(-1, -1, hidden.shape[-1]))


def config_of(state: Mapping[str, Tensor]) -> Config:
    """The sizes of the network whose weights these are."""

    def count(branch: str) -> int:
        return len({name.split(".")[2] for name in state if name.startswith(f"encoder.{branch}.")})

    words, places = (len(state[f"encoder.{name}.weight"]) for name in ("words", "places"))
    layers, names, sense = (count(part) for part in ("layers", "branch", "sense"))
    forks = state.get(FORKS, torch.tensor([layers - names, layers - sense]))
    return Config(
        layers=layers,
        vocab=words,
        positions=places,
        fork=int(forks[0]),
        names=names,
        sense_fork=int(forks[1]),
        sense=sense,
    )


def load_bert(encoder: Encoder, path: Path) -> None:
    """Fill `encoder` from the `.safetensors` file of a BERT model."""
    get = read_tensors(path)
    state = encoder.state_dict()
    state["words.weight"] = get("embeddings.word_embeddings.weight")
    kinds = get("embeddings.token_type_embeddings.weight")[0]
    state["places.weight"] = get("embeddings.position_embeddings.weight") + kinds
    state["norm.weight"] = get("embeddings.LayerNorm.weight")
    state["norm.bias"] = get("embeddings.LayerNorm.bias")
    attention = {"qkv": ("self.query", "self.key", "self.value"), "out": "output.dense"}
    _load_layers(encoder, state, get, {**attention, "norm1": "output.LayerNorm"})
    encoder.load_state_dict(state)


def read_tensors(path: Path) -> Callable[[str], Tensor]:
    """What gives a tensor of a `.safetensors` file of fp32 by its name."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    data = raw[8 + length :]

    def get(name: str) -> Tensor:
        entry = header[name] if name in header else header["bert." + name]
        low, high = entry["data_offsets"]
        assert entry["dtype"] == "F32"
        return torch.from_numpy(
            np.frombuffer(data[low:high], dtype=np.float32).reshape(entry["shape"]).copy()
        )

    return get


def _load_layers(
    encoder: Encoder,
    state: dict[str, Tensor],
    get: Callable[[str], Tensor],
    attention: Mapping[str, str | tuple[str, ...]],
) -> None:
    names = {k: v if isinstance(v, tuple) else (v,) for k, v in attention.items()}
    names = {k: tuple(f"attention.{n}" for n in v) for k, v in names.items()}
    names |= {"up": ("intermediate.dense",), "down": ("output.dense",), "norm2": ("output.LayerNorm",)}
    for i in range(len(encoder.layers)):
        for part in ("weight", "bias"):
            for new, old in names.items():
                parts = [get(f"encoder.layer.{i}.{n}.{part}") for n in old]
                state[f"layers.{i}.{new}.{part}"] = torch.cat(parts)
