"""A smaller vocabulary: word pieces that news never needs are left out, rarer words are read in parts.

    python -m training.prune CHECKPOINT VOCAB OUT.pt OUT_VOCAB --texts runs/*.npz --rows 25500

Left out are the base model's unused entries and, where no text holds them, pieces of other scripts and the
rarest words: the base model's vocabulary goes from frequent to rare. The texts are then to be converted anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.batches import MASK
from training.data import load

LATIN = 0x250
"""First code point after the Latin letters."""


def counted(paths: Iterable[Path], size: int) -> NDArray[np.int64]:
    """How often each piece stands in the texts of `.npz` files."""
    counts = np.zeros(size, dtype=np.int64)
    for path in paths:
        for document in load(path):
            np.add.at(counts, document.encoded.pieces, 1)
    return counts


def kept(pieces: Sequence[str], counts: NDArray[np.int64], rows: int) -> list[int]:
    """The pieces to keep, in order.

    Args:
        pieces: the vocabulary.
        counts: of each piece in the texts.
        rows: how many to keep at most; fewer are left out only where the texts hold the rest.
    """
    places = range(len(pieces))
    fixed = {i for i in places if i <= MASK or counts[i]}
    letters = {i for i in places if len(pieces[i].removeprefix("##")) == 1 and is_latin(pieces[i])}
    fixed |= letters
    rest = [i for i in places if i not in fixed and not pieces[i].startswith("[unused")]
    latin = [i for i in rest if is_latin(pieces[i])]
    return sorted(fixed.union(latin[: max(0, rows - len(fixed))]))


def is_latin(piece: str) -> bool:
    """Whether its letters are Latin ones."""
    return all(ord(c) < LATIN or not c.isalpha() for c in piece)


def main() -> None:
    """Write the smaller checkpoint and vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocab", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("out_vocab", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help=".npz from training.data")
    parser.add_argument("--rows", type=int, required=True)
    args = parser.parse_args()
    pieces = args.vocab.read_text("utf-8").rstrip("\n").split("\n")
    chosen = kept(pieces, counted(args.texts, len(pieces)), args.rows)
    model = torch.load(args.checkpoint)["model"]
    model["encoder.words.weight"] = model["encoder.words.weight"][chosen].clone()
    torch.save({"model": model}, args.out)
    args.out_vocab.write_text("".join(f"{pieces[i]}\n" for i in chosen), "utf-8")
    print(f"{len(chosen)} of {len(pieces)} pieces kept")


if __name__ == "__main__":
    main()
