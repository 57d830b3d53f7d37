"""Leave pieces that texts hardly use out of the vocabulary; what they stood for is spelt by the others."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.encoder.wordpieces import MAX_PIECES_PER_TOKEN, Encoded, WordPieces
from training.data import Labelled, load, save

FIXED = 104
"""Pieces at the start that stay where they are: `training.batches` knows the marks among them by number."""

SPELLING = "abcdefghijklmnopqrstuvwxyz0123456789"
"""Characters that stay, at the start of a word and within it, so that any English word can be spelt."""


def counted(documents: Sequence[Labelled], size: int) -> NDArray[np.int64]:
    """How often each piece of a vocabulary of this size occurs."""
    return sum(
        (np.bincount(d.encoded.pieces, minlength=size) for d in documents), np.zeros(size, dtype=np.int64)
    )


def kept(vocab: Sequence[str], counts: NDArray[np.int64], size: int) -> list[int]:
    """Numbers of the pieces that stay, in their order.

    The rarest go; among equally rare ones those that come last, for the vocabulary is in the order of how
    often its own texts have a piece.
    """
    spelling = {*SPELLING, *(f"##{c}" for c in SPELLING)}
    marks = {chr(c) for c in range(33, 127) if not chr(c).isalnum()}
    safe = [i < FIXED or piece in spelling or piece in marks for i, piece in enumerate(vocab)]
    order = sorted(range(len(vocab)), key=lambda i: (not safe[i], -counts[i], i))
    return sorted(order[:size])


class Respelling:
    """Pieces by one vocabulary to those by a smaller one.

    Args:
        old: pieces of the vocabulary that texts are in.
        new: file of the smaller one.
    """

    def __init__(self, old: Sequence[str], new: Path) -> None:
        self._old, self._new = old, WordPieces(new)
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, pieces: tuple[int, ...]) -> tuple[int, ...]:
        """The pieces of one token."""
        if pieces not in self._known:
            self._known[pieces] = self._respelt(pieces)
        return self._known[pieces]

    def _respelt(self, pieces: tuple[int, ...]) -> tuple[int, ...]:
        found: list[int] = []
        word = ""
        for piece in (*(self._old[i] for i in pieces), ""):
            if piece.startswith("##"):
                word += piece[2:]
                continue
            if word == "[UNK]":
                found.append(self._new.unk)
            elif word:
                found += self._new(word)
            word = piece
        return tuple(found[:MAX_PIECES_PER_TOKEN])

    def document(self, document: Labelled) -> Labelled:
        """A document in the smaller vocabulary; its rows are the same."""
        e = document.encoded
        rows = [self(tuple(e.pieces[a:b].tolist())) for a, b in pairwise(e.starts)]
        starts = np.cumsum([0, *map(len, rows)]).astype(np.int32)
        pieces = np.asarray([i for row in rows for i in row], dtype=np.int32)
        return replace(document, encoded=Encoded(e.tokens, pieces, starts, e.features, e.cuts))


def prune_checkpoint(source: Path, target: Path, stay: Sequence[int]) -> None:
    """Leave the other pieces' rows out of a checkpoint's table of words."""
    import torch  # what else is here needs none

    state = torch.load(source)["model"]
    state["encoder.words.weight"] = state["encoder.words.weight"][list(stay)].clone()
    torch.save({"model": state}, target)


def main() -> None:
    """Write a smaller vocabulary, a checkpoint of that size and the texts in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocab", type=Path)
    parser.add_argument("data", type=Path, nargs="+", help=".npz files from training.data, all counted")
    parser.add_argument("--out", type=Path, required=True, help="folder of vocab.txt, start.pt and the texts")
    parser.add_argument("--size", type=int, required=True, help="pieces to keep")
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help=".npz files that are not counted")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    old = args.vocab.read_text(encoding="utf-8").rstrip("\n").split("\n")
    counts = sum((counted(load(path), len(old)) for path in args.data), np.zeros(len(old), dtype=np.int64))
    stay = kept(old, counts, args.size)
    (args.out / "vocab.txt").write_text("".join(f"{old[i]}\n" for i in stay), encoding="utf-8")
    prune_checkpoint(args.checkpoint, args.out / "start.pt", stay)
    respelling = Respelling(old, args.out / "vocab.txt")
    for path in (*args.data, *args.beside):
        save([respelling.document(d) for d in load(path)], args.out / path.name)
    print(f"{counts[stay].sum() / counts.sum():.4%} of the pieces stay")


if __name__ == "__main__":
    main()
