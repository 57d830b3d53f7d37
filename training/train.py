"""Train the attribution model; checkpoints hold everything needed to go on."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from training.batches import CLS, MASK, PAD, SEP, Batch, Window, collate, plan
from training.data import Labelled, load
from training.losses import TASKS, Guidance, Weights, branch_losses, losses
from training.model import BRANCHES, Attributor, Config, config_of, load_bert
from training.soft import Scores, read_scores
from training.together import Worker, run_together

MEAN_EVERY = 5
"""Steps between updates of the running mean of the weights."""

MOVES_EVERY = 8
"""Steps between those that teach the CRF its moves: with every one they took a tenth of the time."""

MIRROR_ROOM = 2**20
"""Weights of the largest mirror of a teacher's states that workers share."""

TAUGHT = {"names": ("encoder.branch.", "names."), "sense": ("encoder.sense.", "worth.")}
"""What learns where a branch and its head are taught."""

TEACH = ("all", "attribution", *TAUGHT)
"""Attribution alone: its heads and the layers that no branch reads."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of documents and how often an epoch reads it."""

    path: Path
    times: float

    @classmethod
    def parse(cls, value: str) -> Source:
        """From `FILE` or `FILE:TIMES`."""
        path, _, times = value.partition(":")
        return cls(Path(path), float(times or 1))


def drawn(sets: Sequence[tuple[list[Labelled], float]], rng: random.Random) -> list[Labelled]:
    """The documents of one epoch."""
    out: list[Labelled] = []
    for documents, times in sets:
        out += documents * int(times)
        out += rng.sample(documents, round(len(documents) * (times % 1)))
    return out


def held_back(documents: list[Labelled], count: int, seed: int = 11) -> tuple[list[Labelled], list[Labelled]]:
    """Split off `count` documents for calibration, the same ones every time."""
    names = sorted(d.id for d in documents)
    chosen = set(random.Random(seed).sample(names, count))
    return [d for d in documents if d.id not in chosen], [d for d in documents if d.id in chosen]


def learns(name: str, model: Attributor, teach: str) -> bool:
    """Whether a parameter of this name is taught."""
    if teach == "all":
        return True
    if teach in TAUGHT:
        return name.startswith(TAUGHT[teach])
    if not name.startswith("encoder."):
        return not name.startswith(("names.", "worth."))
    shared = max(model.config.fork, model.config.sense_fork)
    part, _, rest = name.removeprefix("encoder.").partition(".")
    return part == "layers" and int(rest.partition(".")[0]) >= shared


def is_taught(name: str, model: Attributor, args: argparse.Namespace) -> bool:
    """Whether a parameter is taught by this command."""
    return learns(name, model, args.teach) and not (args.keep_words and name == "encoder.words.weight")


def started(path: Path | None, teach: str, own: int) -> Attributor:
    """The network to go on from; a branch to teach that it lacks starts as a copy of attribution's layers.

    Args:
        path: checkpoint; a fresh network if None.
        teach: one of `TEACH`.
        own: layers of the branch where the checkpoint has none.
    """
    start: dict[str, Tensor] = torch.load(path)["model"] if path else {}
    config = config_of(start) if path else Config()
    new = {"names": not config.names, "sense": not config.sense}.get(teach, False)
    if new:
        fork = config.layers - own
        named = replace(config, fork=fork, names=own)
        config = named if teach == "names" else replace(config, sense_fork=fork, sense=own)
    model = Attributor(config)
    known = model.state_dict()
    fitting = {k: v for k, v in start.items() if k in known and v.shape == known[k].shape}
    model.load_state_dict({**known, **fitting})
    if new:
        model.encoder.start_branch(teach)
    return model


def optimizer_for(
    model: Attributor, *, encoder_rate: float, head_rate: float, decay: float
) -> torch.optim.AdamW:
    """AdamW whose rate falls by `decay` a layer below the top one."""
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    top = model.config.layers
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        part = name.split(".")[1] if name.startswith("encoder.") else ""
        if part in ("branch", "sense"):
            own = model.config.names if part == "branch" else model.config.sense
            rate = encoder_rate * decay ** (own - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.layers."):
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


def rate_at(share: float, warm_up: float, *, floor: float = 0.0) -> float:
    """Part of the peak rate when `share` of the steps are done: up to it, then down to `floor` in a line."""
    fall = floor + (1 - floor) * (1 - share) / (1 - warm_up)
    return max(min(share / warm_up, fall), 0.0)


def follow(mean: Mapping[str, Tensor], values: Mapping[str, Tensor], step: int, *, decay: float) -> None:
    """Move the running mean on by `MEAN_EVERY` steps; the early ones count less long."""
    keep = min(decay, step / (step + 10 * MEAN_EVERY)) ** MEAN_EVERY
    for key, value in values.items():
        mean[key].lerp_(value.detach(), 1 - keep)


def blank(pieces: Tensor, share: float) -> Tensor:
    """Hide some pieces, so that the model leans on structure more than on names and topics."""
    hidden = (torch.rand(pieces.shape) < share) & (pieces != PAD) & (pieces != CLS) & (pieces != SEP)
    return pieces.masked_fill(hidden, MASK)


def mirror_to(teachers: Sequence[Scores], hidden: int) -> torch.nn.Linear:
    """What maps hidden states of this size to those of the teacher, whose scores may lie in several folders.

    Raises:
        ValueError: none of the teachers gives them, or they differ in width.
    """
    (width,) = {teacher.width for teacher in teachers if teacher.width}
    return torch.nn.Linear(hidden, width)


def save(
    model: Attributor,
    mean: dict[str, Tensor],
    optimizer: torch.optim.AdamW,
    step: int,
    args: argparse.Namespace,
    mirror: torch.nn.Module | None,
) -> None:
    """Write a checkpoint, `model` being the running mean; a half-written one never bears its name."""
    path: Path = args.out / f"step{step:05d}.pt"
    state = {"model": mean, "last": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    state["mirror"] = mirror.state_dict() if mirror else {}
    torch.save({**state, "args": {k: str(v) for k, v in vars(args).items()}}, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").rename(path)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "data",
        type=Source.parse,
        nargs="+",
        help=".npz files from training.data, articles are held back from the first; FILE:2 is read twice an "
        "epoch, of FILE:0.5 a random half",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--bert", type=Path, help="model.safetensors to start from")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights to start from")
    parser.add_argument("--resume", type=Path, help="checkpoint to go on from")
    parser.add_argument(
        "--teach",
        choices=TEACH,
        default="all",
        help="a part leaves everything else as it is",
    )
    parser.add_argument(
        "--own", type=int, default=2, help="layers of the branch to teach where the start has none"
    )
    parser.add_argument("--soft", type=Path, nargs="+", default=[], help="teachers' scores by training.score")
    parser.add_argument("--soft-share", type=float, default=0.7, help="of the loss, where a teacher knows")
    parser.add_argument(
        "--states-weight", type=float, default=0.0, help="of the distance from a teacher's hidden states"
    )
    parser.add_argument(
        "--beside-every",
        type=int,
        default=1,
        help="steps between those that teach the branches too, where all is taught: a third of the time",
    )
    parser.add_argument("--keep-words", action="store_true", help="do not teach the table of words")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold", type=int, default=40)
    parser.add_argument("--only", type=int, default=0, help="use this many documents (a smoke test)")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--warm-up", type=float, default=0.06)
    parser.add_argument("--arc-weight", type=float, default=0.3)
    parser.add_argument("--names-weight", type=float, default=0.5)
    parser.add_argument("--worth-weight", type=float, default=0.3)
    parser.add_argument("--floor", type=float, default=0.0, help="share of the rate that is left at the end")
    parser.add_argument("--mean", type=float, default=0.995, help="decay of the running mean of the weights")
    parser.add_argument("--blank", type=float, default=0.0, help="share of pieces to hide")
    parser.add_argument("--budget", type=int, default=4096)
    parser.add_argument(
        "--bf16",
        action="store_true",
        help="bfloat16 encoder: twice as fast on fitting processors",
    )
    parser.add_argument("--threads", type=int, default=2, help="of all workers together")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the batches")
    parser.add_argument("--meet-every", type=int, default=10, help="steps of each worker between meetings")
    args = parser.parse_args()
    if args.soft and args.teach in BRANCHES:
        parser.error("--soft teaches the whole network or attribution, not a branch")
    return args


def train(args: argparse.Namespace, worker: Worker) -> None:
    """Train as one of the workers."""
    torch.set_num_threads(max(1, args.threads // worker.count))
    torch.manual_seed(args.seed + 1000 * worker.rank)
    sets = [(load(source.path), source.times) for source in args.data]
    sets[0] = held_back(sets[0][0], args.hold)[0], sets[0][1]
    if args.only:
        sets = [(documents[: args.only], times) for documents, times in sets]
    model = started(args.start, args.teach, args.own)
    if args.bert:
        load_bert(model.encoder, args.bert)
    for name, p in model.named_parameters():
        p.requires_grad = is_taught(name, model, args)
    optimizer = optimizer_for(model, encoder_rate=args.rate, head_rate=args.head_rate, decay=args.decay)
    teachers = [read_scores(path) for path in args.soft]
    mirror = mirror_to(teachers, model.config.hidden) if args.states_weight else None
    if mirror:
        rate = {"lr": args.head_rate, "weight_decay": 0.01, "peak": args.head_rate}
        optimizer.add_param_group({"params": list(mirror.parameters()), **rate})
    args.out.mkdir(parents=True, exist_ok=True)

    step, done = 0, 0
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    if args.resume:
        state = torch.load(args.resume)
        model.load_state_dict(state["last"])
        optimizer.load_state_dict(state["optimizer"])
        if mirror:
            mirror.load_state_dict(state["mirror"])
        mean = state["model"]
        step, done = state["step"], state["step"]

    def planned(e: int) -> tuple[list[Labelled], list[list[Window]]]:
        rng = random.Random(args.seed * 1000 + e)
        documents = drawn(sets, rng)
        windows = plan(documents, rng=rng, budget=args.budget)
        return documents, windows[worker.rank : len(windows) - len(windows) % worker.count : worker.count]

    def batches(e: int) -> Iterator[tuple[Batch, Guidance | None]]:
        documents, windows = planned(e)
        guidance = Guidance(teachers, documents, args.soft_share, mirror) if teachers else None
        return ((collate(w, documents), guidance) for w in windows)

    per_epoch = len(planned(0)[1])
    learning = [p for group in optimizer.param_groups for p in group["params"]]
    total = per_epoch * args.epochs
    alone = Weights(args.arc_weight, 0.0, 0.0, args.states_weight)
    beside = replace(alone, names=args.names_weight, worth=args.worth_weight)
    log = (args.out / "log.jsonl").open("a", encoding="utf-8")
    began, pieces, seen = time.monotonic(), 0, 0
    model.train(args.teach not in BRANCHES)
    if args.teach in BRANCHES:
        model.encoder.layers_of(args.teach).train()
        model.drop.train()
    for e in range(args.epochs):
        for batch, guidance in batches(e):
            seen += 1
            if seen <= done:
                continue
            step += 1
            share = min(1.0, step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate_at(share, args.warm_up, floor=args.floor)
            if args.blank:
                batch = replace(batch, pieces=blank(batch.pieces, args.blank))
            model.encoder.alone = args.teach == "attribution" or (
                args.teach == "all" and step % args.beside_every != 0
            )
            if args.teach in BRANCHES:
                found = branch_losses(model, batch, teach=args.teach, bf16=args.bf16)
            else:
                moves = step % MOVES_EVERY == 0
                found = losses(model, batch, bf16=args.bf16, guidance=guidance, moves=moves)
            optimizer.zero_grad(set_to_none=True)
            found.total(alone if model.encoder.alone else beside).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            if step % args.meet_every == 0 or step == total:
                worker.meet(learning)
            if step % MEAN_EVERY == 0:
                follow(mean, model.state_dict(), step, decay=args.mean)
            pieces += int(batch.mask.sum())
            if step % 10 == 0 and worker.rank == 0:
                row = {
                    "step": step,
                    "epoch": round(step / per_epoch, 3),
                    **{k: round(getattr(found, k).item(), 4) for k in TASKS},
                    "pieces_per_s": round(worker.count * pieces / (time.monotonic() - began)),
                    "clock": time.strftime("%H:%M:%S"),
                }
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step % max(1, per_epoch // 2) == 0 and worker.rank == 0:
                save(model, mean, optimizer, step, args, mirror)
    if worker.rank == 0:
        save(model, mean, optimizer, step, args, mirror)


def main() -> None:
    """Run the trainer."""
    args = read_arguments()
    if args.workers == 1:
        train(args, Worker())
        return
    sizes = [p.numel() for p in started(args.start, args.teach, args.own).parameters()]
    run_together(train, args, count=args.workers, room=sum(sizes) + MIRROR_ROOM)


if __name__ == "__main__":
    main()
