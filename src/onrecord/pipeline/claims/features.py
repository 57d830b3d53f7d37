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
    if not tokens:
        return {}
    words, tags = [_word(t) for t in tokens], [t.tag_ for t in tokens]
    row = dict.fromkeys([*_strings(tokens, words, tags), *_frame(span, tokens)], 1.0)
    row["len"] = min(len(tokens), LONGEST) / 20
    row[f"lb:{min(len(tokens) // 4, 8)}"] = 1.0
    row["numbers"] = min(words.count("0"), 4) / 2
    row["names"] = min(sum(t.ent_iob_ == "B" for t in tokens), 5) / 3
    return row


def _strings(tokens: Sequence[Token], words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Single words, pairs and triples of them and of their classes."""
    classes = [
        w if t.is_stop or t.is_punct else t.ent_type_ or tag
        for t, w, tag in zip(tokens, words, tags, strict=True)
    ]
    found = [f"w:{w}" for w in words]
    found += [f"l:{lemma}" for lemma in _lemmas(tokens, words)]
    found += [f"p:{tag}" for tag in tags]
    padded, framed = ["<", *words, ">"], ["<", *classes, ">"]
    found += [f"b:{a}_{b}" for a, b in pairwise(padded)]
    found += [f"g:{a}_{b}" for a, b in pairwise(framed)]
    found += [f"t:{a}_{b}_{c}" for a, b, c in zip(padded, padded[1:], padded[2:], strict=False)]
    found += [f"h:{a}_{b}_{c}" for a, b, c in zip(framed, framed[1:], framed[2:], strict=False)]
    found += [f"q:{a}_{b}" for a, b in pairwise(tags)]
    return found


def _word(t: Token) -> str:
    return "0" if t.like_num and any(c.isdigit() for c in t.text) else t.lower_


def _lemmas(tokens: Sequence[Token], words: Sequence[str]) -> list[str]:
    return [w if w == "0" else t.lemma_.lower() for t, w in zip(tokens, words, strict=True)]


def _frame(span: Span, tokens: Sequence[Token]) -> Iterator[str]:
    root = span.root
    yield f"root:{root.lemma_.lower()}"
    yield f"rt:{root.tag_}"
    for child in root.children:
        if span.start <= child.i < span.end:
            yield f"rc:{child.dep_}:{child.lower_ if child.is_stop else child.tag_}"
    for t in tokens:
        if t.ent_type_:
            yield f"e:{t.ent_type_}"
        # By the label alone, as the head was trained; `negation` knows more words.
        if t.dep_ == "neg":
            yield "neg"
        if t.dep_ in SUBJECTS:
            subject = t.lower_ if t.is_stop else t.ent_type_ or t.tag_
            yield f"sv:{subject}_{t.head.lemma_.lower()}"


def hashed(row: dict[str, float], size: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Indices into a vector of `size` (a power of two) and signed values; indices may repeat."""
    codes = np.fromiter(map(zlib.crc32, map(str.encode, row)), dtype=np.int64, count=len(row))
    signs = np.where(codes & 0x80000000, np.float32(1), np.float32(-1))
    return codes & (size - 1), signs * np.fromiter(row.values(), dtype=np.float32, count=len(row))
