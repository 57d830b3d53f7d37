"""Train the attribution model; checkpoints hold everything needed to go on."""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from training.batches import CLS, IGNORE, MASK, PAD, SEP, Batch, epoch
from training.data import Labelled, load
from training.model import Arcs, Attributor, load_bert


def held_back(documents: list[Labelled], count: int, seed: int = 11) -> tuple[list[Labelled], list[Labelled]]:
    """Split off `count` documents for calibration, the same ones every time."""
    names = sorted(d.id for d in documents)
    chosen = set(random.Random(seed).sample(names, count))
    return [d for d in documents if d.id not in chosen], [d for d in documents if d.id in chosen]


def arc_loss(arcs: Arcs, x: Tensor, targets: Tensor, rows: Tensor) -> Tensor:
    """Mean cross-entropy over the rows that have a known head."""
    scores = arcs(x)
    scores = scores.masked_fill(F.pad(~rows, (0, 1))[:, None, :], -1e4)
    wanted = targets != IGNORE
    if not wanted.any():
        return scores.sum() * 0
    return F.cross_entropy(scores[wanted], targets[wanted])


def losses(model: Attributor, batch: Batch, *, bf16: bool = False) -> tuple[Tensor, Tensor, Tensor]:
    """Tag, cue and source losses of a batch; the encoder alone runs in bfloat16."""
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        x = model.rows(batch.pieces, batch.features, batch.mask, batch.first)
    x = model.drop(x.float())
    scores = model.tags(x)
    tag = F.cross_entropy(scores[batch.rows], batch.labels[batch.rows])
    # A CRF alone learns the edges and leaves the inside of spans undecided, for the constraints carry
    # it there; so every token is taught by itself and the CRF only fits its moves to the result.
    chain = model.crf(scores.detach(), batch.labels, batch.rows) / batch.rows.sum()
    return (
        tag + chain - chain.detach(),
        arc_loss(model.to_cue, x, batch.cues, batch.rows),
        arc_loss(model.to_source, x, batch.sources, batch.rows),
    )


def optimizer_for(
    model: Attributor, *, encoder_rate: float, head_rate: float, decay: float
) -> torch.optim.AdamW:
    """AdamW whose rate falls by `decay` a layer below the top one."""
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    top = model.config.layers
    for name, p in model.named_parameters():
        if name.startswith("encoder.layers."):
            rate = encoder_rate * decay ** (top - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.features"):
            rate = head_rate
        elif name.startswith("encoder."):
            rate = encoder_rate * decay**top
        elif name.startswith("crf."):
            rate = 10 * head_rate
        else:
            rate = head_rate
        weight_decay = 0.01 if p.ndim > 1 else 0.0
        groups.setdefault((rate, weight_decay), []).append(p)
    return torch.optim.AdamW(
        [{"params": ps, "lr": rate, "weight_decay": wd, "peak": rate} for (rate, wd), ps in groups.items()],
        fused=True,
    )


def blank(pieces: Tensor, share: float) -> Tensor:
    """Hide some pieces, so that the model leans on structure more than on names and topics."""
    hidden = (torch.rand(pieces.shape) < share) & (pieces != PAD) & (pieces != CLS) & (pieces != SEP)
    return pieces.masked_fill(hidden, MASK)


def save(model: Attributor, optimizer: torch.optim.AdamW, step: int, args: argparse.Namespace) -> None:
    """Write a checkpoint; a half-written one never bears its name."""
    path: Path = args.out / f"step{step:05d}.pt"
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save({**state, "args": {k: str(v) for k, v in vars(args).items()}}, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").rename(path)


def main() -> None:
    """Run the trainer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help=".npz files from training.data")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--bert", type=Path, help="model.safetensors to start from")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights to start from")
    parser.add_argument("--resume", type=Path, help="checkpoint to go on from")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold", type=int, default=40)
    parser.add_argument("--only", type=int, default=0, help="use this many documents (a smoke test)")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--warm-up", type=float, default=0.06)
    parser.add_argument("--arc-weight", type=float, default=0.3)
    parser.add_argument("--blank", type=float, default=0.0, help="share of pieces to hide")
    parser.add_argument("--budget", type=int, default=4096)
    parser.add_argument(
        "--bf16",
        action="store_true",
        help="bfloat16 encoder: twice as fast on fitting processors",
    )
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    documents, _ = held_back(load(args.data[0]), args.hold)
    for more in args.data[1:]:
        documents += load(more)
    documents = documents[: args.only or None]
    model = Attributor()
    if args.bert:
        load_bert(model.encoder, args.bert)
    if args.start:
        start = torch.load(args.start)["model"]
        known = model.state_dict()
        fitting = {k: v for k, v in start.items() if k in known and v.shape == known[k].shape}
        model.load_state_dict({**known, **fitting})
    optimizer = optimizer_for(model, encoder_rate=args.rate, head_rate=args.head_rate, decay=args.decay)
    args.out.mkdir(parents=True, exist_ok=True)

    step, done = 0, 0
    if args.resume:
        state = torch.load(args.resume)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, done = state["step"], state["step"]
    per_epoch = sum(1 for _ in epoch(documents, rng=random.Random(args.seed * 1000), budget=args.budget))
    total = per_epoch * args.epochs
    log = (args.out / "log.jsonl").open("a", encoding="utf-8")
    began, pieces, seen = time.monotonic(), 0, 0
    model.train()
    for e in range(args.epochs):
        for batch in epoch(documents, rng=random.Random(args.seed * 1000 + e), budget=args.budget):
            seen += 1
            if seen <= done:
                continue
            step += 1
            share = step / total
            scale = min(share / args.warm_up, (1 - share) / (1 - args.warm_up))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * max(scale, 0.0)
            if args.blank:
                batch = replace(batch, pieces=blank(batch.pieces, args.blank))
            tag, cue, source = losses(model, batch, bf16=args.bf16)
            loss = tag + args.arc_weight * (cue + source)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            pieces += int(batch.mask.sum())
            if step % 10 == 0:
                row = {
                    "step": step,
                    "epoch": round(step / per_epoch, 3),
                    "tag": round(tag.item(), 4),
                    "cue": round(cue.item(), 4),
                    "source": round(source.item(), 4),
                    "pieces_per_s": round(pieces / (time.monotonic() - began)),
                    "clock": time.strftime("%H:%M:%S"),
                }
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step % max(1, per_epoch // 2) == 0:
                save(model, optimizer, step, args)
    save(model, optimizer, step, args)


if __name__ == "__main__":
    main()
