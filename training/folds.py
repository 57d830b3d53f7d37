"""Split labelled documents into folds, so that each can be scored by a teacher that was not taught on it.

What a teacher makes of documents that it was not taught on tells how sure one can be of them; of its own it
has a point more of the tags right (`ATTRIBUTION.md`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from training.data import Labelled, load, save


def folds_of(documents: Sequence[Labelled], count: int) -> list[list[Labelled]]:
    """The documents in so many parts of about equal size, every n-th by id in one."""
    ordered = sorted(documents, key=lambda d: d.id)
    return [ordered[k::count] for k in range(count)]


def main() -> None:
    """Write one file a fold, without the documents that training holds back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help=".npz from training.data")
    parser.add_argument("out", type=Path, help="folder; the files bear the fold's number")
    parser.add_argument("--count", type=int, default=2)
    parser.add_argument("--hold", type=int, default=40, help="as for training.train")
    args = parser.parse_args()
    from training.train import held_back  # it needs PyTorch, splitting does not

    args.out.mkdir(parents=True, exist_ok=True)
    for k, fold in enumerate(folds_of(held_back(load(args.data), args.hold)[0], args.count)):
        save(fold, args.out / f"{args.data.stem}{k}.npz")


if __name__ == "__main__":
    main()
