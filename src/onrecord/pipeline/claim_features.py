"""What the claim head sees of a stretch of tokens: words, their classes and the frame of the verb.

Training and run time share this module, so that a head is always fed what it was trained on.
Features are strings; `hashed` turns them into indices and signs of a fixed-size weight vector
(feature hashing: Weinberger et al. 2009).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span, Token

__all__ = ["features", "hashed"]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LONGEST = 40
"""Words from which length no longer counts: CT24 has 1 % of longer sentences."""


def features(span: Span) -> dict[str, float]:
    """The features of a stretch of tokens with their values; empty for white space."""
    tokens = [t for t in span if not t.is_space]
    return dict(_features(span, tokens)) if tokens else {}


def _features(span: Span, tokens: Sequence[Token]) -> Iterator[tuple[str, float]]:
    words = [_word(t) for t in tokens]
    classes = [
        w if t.is_stop or t.is_punct else t.ent_type_ or t.tag_ for t, w in zip(tokens, words, strict=True)
    ]
    for key, row in (("w", words), ("l", _lemmas(tokens, words)), ("p", [t.tag_ for t in tokens])):
        for item in row:
            yield f"{key}:{item}", 1.0
    for key, row in (("b", words), ("g", classes)):
        for a, b in pairwise(["<", *row, ">"]):
            yield f"{key}:{a}_{b}", 1.0
    for key, row in (("t", words), ("h", classes)):
        padded = ["<", *row, ">"]
        for a, b, c in zip(padded, padded[1:], padded[2:], strict=False):
            yield f"{key}:{a}_{b}_{c}", 1.0
    for a, b in pairwise(t.tag_ for t in tokens):
        yield f"q:{a}_{b}", 1.0
    yield from _frame(span, tokens)
    yield "len", min(len(tokens), LONGEST) / 20
    yield f"lb:{min(len(tokens) // 4, 8)}", 1.0
    yield "numbers", min(sum(w == "0" for w in words), 4) / 2
    yield "names", min(sum(t.ent_iob_ == "B" for t in tokens), 5) / 3


def _word(t: Token) -> str:
    return "0" if t.like_num and any(c.isdigit() for c in t.text) else t.lower_


def _lemmas(tokens: Sequence[Token], words: Sequence[str]) -> list[str]:
    return [w if w == "0" else t.lemma_.lower() for t, w in zip(tokens, words, strict=True)]


def _frame(span: Span, tokens: Sequence[Token]) -> Iterator[tuple[str, float]]:
    root = span.root
    yield f"root:{root.lemma_.lower()}", 1.0
    yield f"rt:{root.tag_}", 1.0
    for child in root.children:
        if span.start <= child.i < span.end:
            yield f"rc:{child.dep_}:{child.lower_ if child.is_stop else child.tag_}", 1.0
    for t in tokens:
        if t.ent_type_:
            yield f"e:{t.ent_type_}", 1.0
        # By the label alone, as the head was trained; `negation` knows more words.
        if t.dep_ == "neg":
            yield "neg", 1.0
        if t.dep_ in SUBJECTS:
            subject = t.lower_ if t.is_stop else t.ent_type_ or t.tag_
            yield f"sv:{subject}_{t.head.lemma_.lower()}", 1.0


def hashed(row: dict[str, float], size: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Indices into a vector of `size` (a power of two) and signed values; indices may repeat."""
    codes = [zlib.crc32(key.encode()) for key in row]
    indices = np.array([code & (size - 1) for code in codes], dtype=np.int64)
    signs = np.array([1.0 if code & 0x80000000 else -1.0 for code in codes], dtype=np.float32)
    return indices, signs * np.fromiter(row.values(), dtype=np.float32, count=len(row))
