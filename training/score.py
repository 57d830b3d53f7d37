"""Write a teacher's scores of documents, for `training.train --soft`.

    python -m training.score CHECKPOINT OUT DATA.npz … [--heads tags arcs states | names worth]

A larger network (`training.teacher`) teaches tags, arcs and hidden states; a network that shipped before
teaches what a new one is to keep, names and sentences.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.data import load
from training.evaluate import heads_of, load_model, run_model
from training.soft import HEADS


def main() -> None:
    """Write a teacher's scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path, help="folder")
    parser.add_argument("data", type=Path, nargs="+", help=".npz files from training.data")
    parser.add_argument("--heads", nargs="+", choices=HEADS, default=["tags", "arcs"])
    parser.add_argument("--context", type=int, default=40, help="pieces by which windows overlap")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model = load_model(args.checkpoint)
    ids: list[str] = []
    starts = [0]
    kept: dict[str, list[NDArray[np.float16]]] = {head: [] for head in args.heads}
    for path in args.data:
        documents = load(path)
        hidden = "states" in args.heads
        outputs = run_model(model, documents, bf16=True, context=args.context, hidden=hidden)
        for doc, values in zip(documents, outputs, strict=True):
            ids.append(doc.id)
            starts.append(starts[-1] + len(doc.encoded))
            for head, value in zip(HEADS, values, strict=False):
                if head in kept:
                    kept[head].append(value.astype(np.float16))
    args.out.mkdir(parents=True, exist_ok=True)
    arrays = {"ids": np.array(ids), "starts": np.array(starts), "distance": heads_of(model).distance}
    for name, array in arrays.items():
        np.save(args.out / f"{name}.npy", array)
    for head, values in kept.items():
        np.save(args.out / f"{head}.npy", np.concatenate(values))


if __name__ == "__main__":
    main()
