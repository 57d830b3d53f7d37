"""A larger network, all-mpnet-base-v2, taught attribution so that its scores can teach the small one."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from training.batches import CLS, MASK, PAD, SEP, Batch, Window, collate, plan
from training.data import Labelled, load
from training.losses import Weights, losses
from training.model import FEATURE_SIZES, ILLEGAL, Attributor, Config, Layer, States, read_tensors
from training.together import Worker, run_together
from training.train import MEAN_EVERY, Source, drawn, follow, held_back, optimizer_for, rate_at

SIZES = Config(layers=12, hidden=768, heads=12, inner=3072, vocab=30527, positions=514)
FIRST_PLACE = 2
"""MPNet's positions start behind its padding index."""
BUCKETS, FAR = 32, 128
"""Of the relative positions (Song et al., NeurIPS 2020, as in T5)."""
MARKS = {PAD: "<pad>", CLS: "<s>", SEP: "</s>", MASK: "<mask>"}


def bucket_of(t: int) -> Tensor:
    """Bucket of key minus query for `t` pieces: (t, t)."""
    gap = torch.arange(t)[None, :] - torch.arange(t)[:, None]
    half = BUCKETS // 2
    exact = half // 2
    size = gap.abs()
    far = exact + torch.log(size.clamp(min=1) / exact) / torch.log(torch.tensor(FAR / exact)) * (half - exact)
    return torch.where(size < exact, size, far.long().clamp(max=half - 1)) + half * (gap > 0)


class TeacherEncoder(nn.Module):
    """MPNet; its first layers stay as they are and surface features enter behind them.

    Attributes:
        below: states of the last frozen layer for the next batch, where they are known; None to compute them.
    """

    below: Tensor | None = None

    def __init__(self, c: Config, frozen: int, pieces: int = Config.vocab) -> None:
        super().__init__()
        self.frozen = frozen
        self.words = nn.Embedding(c.vocab, c.hidden)
        self.places = nn.Embedding(c.positions, c.hidden)
        self.relative = nn.Embedding(BUCKETS, c.heads)
        self.features = nn.ModuleList(nn.Embedding(n + 1, c.hidden) for n in FEATURE_SIZES)
        self.norm = nn.LayerNorm(c.hidden, eps=1e-5)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.branch = nn.ModuleList()
        self.sense = nn.ModuleList()
        self.register_buffer("ids", torch.zeros(pieces, dtype=torch.long))
        for table in self.features:
            nn.init.normal_(table.weight, std=0.02)  # type: ignore[arg-type]

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> States:
        """Shapes as for the small encoder, pieces by its vocabulary."""
        added = self.added(mask)
        x = self.frozen_states(pieces, mask) if self.below is None else self.below
        for k, table in enumerate(self.features):
            x = x + table(features[..., k])
        for layer in self.layers[self.frozen :]:
            x = layer(x, added)
        return States(x, x.detach(), x.detach())

    @torch.no_grad()
    def added(self, mask: Tensor) -> Tensor:
        """What the layers add to their attention: a mask, with what the distance of two pieces counts."""
        bias = self.relative(bucket_of(mask.shape[1])).permute(2, 0, 1)[None]
        return (bias + (1.0 - mask)[:, None, None, :] * ILLEGAL).bfloat16()

    @torch.no_grad()
    def frozen_states(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """States of the last layer that is not taught: (b, t, hidden)."""
        added = self.added(mask)
        places = self.places.weight[FIRST_PLACE : FIRST_PLACE + pieces.shape[1]]
        x: Tensor = self.norm(self.words(self.ids[pieces]) + places)
        for layer in self.layers[: self.frozen]:
            x = layer(x, added)
        return x

    def train(self, mode: bool = True) -> TeacherEncoder:
        """Frozen layers never drop anything."""
        super().train(mode)
        for layer in self.layers[: self.frozen]:
            layer.eval()
        return self


def build(frozen: int) -> Attributor:
    """The network with heads as the small one has them."""
    model = Attributor(SIZES)
    model.encoder = TeacherEncoder(SIZES, frozen)  # type: ignore[assignment]
    return model


class Known:
    """What the frozen layers made of windows that were read before: 1.5 KB a piece."""

    def __init__(self, encoder: TeacherEncoder) -> None:
        self.encoder = encoder
        self.states: dict[tuple[str, int], Tensor] = {}

    def of(self, batch: Batch, documents: Sequence[Labelled]) -> Tensor:
        """The states of a batch of windows that are cut at fixed places: (b, t, hidden) in bfloat16."""
        keys = [(documents[d].id, low) for d, low, _ in batch.origin]
        if any(key not in self.states for key in keys):
            with torch.autocast("cpu", torch.bfloat16):
                found = self.encoder.frozen_states(batch.pieces, batch.mask).bfloat16()
            sizes = batch.mask.sum(1).int().tolist()
            self.states |= {key: x[:size].clone() for key, x, size in zip(keys, found, sizes, strict=True)}
        return nn.utils.rnn.pad_sequence([self.states[key] for key in keys], batch_first=True)


def load_mpnet(encoder: TeacherEncoder, folder: Path, vocab: Path) -> None:
    """Fill the encoder from MPNet's folder; `vocab` is the small encoder's, whose pieces it is given."""
    get = read_tensors(folder / "model.safetensors")
    own = {w: i for i, w in enumerate((folder / "vocab.txt").read_text("utf-8").splitlines())}
    theirs = vocab.read_text("utf-8").splitlines()
    ids = [own[MARKS[i]] if i in MARKS else own.get(w, own["[UNK]"]) for i, w in enumerate(theirs)]
    encoder.ids = torch.tensor(ids)
    state = encoder.state_dict()
    state["words.weight"] = get("embeddings.word_embeddings.weight")
    state["places.weight"] = get("embeddings.position_embeddings.weight")
    state["relative.weight"] = get("encoder.relative_attention_bias.weight")
    state["norm.weight"], state["norm.bias"] = (get(f"embeddings.LayerNorm.{p}") for p in ("weight", "bias"))
    parts = {
        "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
        "out": ("attention.attn.o",),
        "norm1": ("attention.LayerNorm",),
        "up": ("intermediate.dense",),
        "down": ("output.dense",),
        "norm2": ("output.LayerNorm",),
    }
    for i in range(len(encoder.layers)):
        for new, old in parts.items():
            for kind in ("weight", "bias"):
                found = [get(f"encoder.layer.{i}.{name}.{kind}") for name in old]
                state[f"layers.{i}.{new}.{kind}"] = torch.cat(found)
    encoder.load_state_dict(state)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Source.parse, nargs="+", help="as for training.train")
    parser.add_argument("--mpnet", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--vocab", type=Path, required=True, help="vocab.txt of the small encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--frozen", type=int, default=4, help="first layers that are not taught")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold", type=int, default=40)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--warm-up", type=float, default=0.06)
    parser.add_argument("--budget", type=int, default=2048, help="pieces a batch of one worker")
    parser.add_argument("--steps", type=int, default=0, help="stop after this many (a trial)")
    parser.add_argument("--threads", type=int, default=2, help="of all workers together")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the batches")
    parser.add_argument("--meet-every", type=int, default=10, help="steps of each worker between meetings")
    return parser.parse_args()


def started(args: argparse.Namespace) -> Attributor:
    """The network as it begins, what is not taught marked so."""
    model = build(args.frozen)
    load_mpnet(model.encoder, args.mpnet, args.vocab)  # type: ignore[arg-type]
    taught = tuple(f"encoder.layers.{i}." for i in range(args.frozen, SIZES.layers))
    for name, p in model.named_parameters():
        p.requires_grad = not name.startswith("encoder.") or name.startswith((*taught, "encoder.features"))
    return model


def teach(args: argparse.Namespace, worker: Worker) -> None:
    """Teach the teacher as one of the workers."""
    torch.set_num_threads(max(1, args.threads // worker.count))
    torch.manual_seed(args.seed + 1000 * worker.rank)
    sets = [(load(source.path), source.times) for source in args.data]
    sets[0] = held_back(sets[0][0], args.hold)[0], sets[0][1]
    model = started(args)
    optimizer = optimizer_for(model, encoder_rate=args.rate, head_rate=args.head_rate, decay=args.decay)
    args.out.mkdir(parents=True, exist_ok=True)
    log = (args.out / "log.jsonl").open("a", encoding="utf-8")
    learned = {k: p for k, p in model.named_parameters() if p.requires_grad}
    mean = {k: p.detach().clone() for k, p in learned.items()}

    encoder = cast(TeacherEncoder, model.encoder)
    known = Known(encoder)

    def planned(e: int) -> tuple[list[Labelled], list[list[Window]]]:
        rng = random.Random(args.seed * 1000 + e)
        documents = drawn(sets, rng)
        windows = plan(documents, rng=rng, budget=args.budget, fixed=True)
        return documents, windows[worker.rank : len(windows) - len(windows) % worker.count : worker.count]

    total = len(planned(0)[1]) * args.epochs
    weights = Weights(arcs=0.3, names=0.0, worth=0.0)
    began, pieces, step = time.monotonic(), 0, 0
    model.train()
    for e in range(args.epochs):
        documents, batches = planned(e)
        for windows in batches:
            batch = collate(windows, documents)
            encoder.below = known.of(batch, documents)
            step += 1
            share = min(1.0, step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate_at(share, args.warm_up)
            found = losses(model, batch, bf16=True)
            optimizer.zero_grad(set_to_none=True)
            found.total(weights).backward()
            torch.nn.utils.clip_grad_norm_(list(learned.values()), 1.0)
            optimizer.step()
            if step % args.meet_every == 0:
                worker.meet(learned.values())
            if step % MEAN_EVERY == 0:
                follow(mean, learned, step, decay=0.99)
            pieces += int(batch.mask.sum())
            if step % 10 == 0 and worker.rank == 0:
                row = {"step": step, "of": total, "tag": round(found.tag.item(), 4)}
                row |= {"cue": round(found.cue.item(), 4), "source": round(found.source.item(), 4)}
                row["pieces_per_s"] = round(worker.count * pieces / (time.monotonic() - began))
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step == args.steps:
                return
        if worker.rank == 0:
            state = {**model.state_dict(), **mean}
            torch.save({"model": state, "frozen": args.frozen}, args.out / f"epoch{e + 1}.pt")


def main() -> None:
    """Teach the teacher."""
    args = read_arguments()
    if args.workers == 1:
        teach(args, Worker())
        return
    room = sum(p.numel() for p in started(args).parameters() if p.requires_grad)
    run_together(teach, args, count=args.workers, room=room)


if __name__ == "__main__":
    main()
