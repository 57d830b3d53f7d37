"""Spans as sets of characters, one-to-one matching, precision and recall."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Range = tuple[int, int]
Characters = frozenset[int]

EDGE = " \t\r\n\xa0\"“”„«»'‘’`.,;:"
"""Characters that are trimmed off both ends before spans are compared."""

OVERLAP = 0.5
"""Least intersection over union at which two spans are the same thing (Pareti 2015 and after)."""


def trim(text: str, span: Range) -> Range:
    """Shrink a span by the edge characters at both ends; may become empty."""
    start, end = span
    core = text[start:end]
    start += len(core) - len(core.lstrip(EDGE))
    return start, max(start, start + len(core.strip(EDGE)))


def trimmed(text: str, spans: Iterable[Range]) -> list[Range]:
    """All spans trimmed, the empty ones dropped, in text order."""
    out = (trim(text, span) for span in spans)
    return sorted(span for span in out if span[1] > span[0])


def characters(spans: Iterable[Range]) -> Characters:
    """The character positions that the spans cover."""
    return frozenset(i for start, end in spans for i in range(start, end))


def iou(a: Characters, b: Characters) -> float:
    """Intersection over union, in [0, 1]; 0 for disjoint or empty sets."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def match(gold: Sequence[Characters], predicted: Sequence[Characters]) -> dict[int, int]:
    """Match gold to predicted one-to-one, best overlap first, at IoU of at least `OVERLAP`.

    Returns:
        Index of the predicted item for each matched gold item.
    """
    pairs = [(iou(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    out: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, i, j in sorted(pairs, reverse=True):
        if overlap >= OVERLAP and i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def prf(right_predicted: float, predicted: float, right_gold: float, gold: float) -> dict[str, float]:
    """Precision, recall and F1 in percent, to one decimal."""
    p = 100 * right_predicted / predicted if predicted else 0.0
    r = 100 * right_gold / gold if gold else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 1), "r": round(r, 1), "f": round(f, 1)}


def percent(part: float, whole: float) -> float:
    """A share in percent, to one decimal; 0 of nothing is 0."""
    return round(100 * part / max(1, whole), 1)


_MARKS = re.compile(r"[“”\"„«»]|''|``")
_MARKED = re.compile(r"[“\"„«][^“”\"„«»]*(?:[”\"»]|$)")


def quote_type(text: str, spans: Iterable[Range]) -> str:
    """Direct, mixed or indirect by how many words of the content stand outside marks."""
    body = " ".join(text[max(0, s - 2) : e + 2] for s, e in spans).replace("''", '"').replace("``", '"')
    if not _MARKS.search(body):
        return "indirect"
    outside = re.findall(r"\w+", _MARKED.sub("", body))
    return "mixed" if len(outside) > 1 else "direct"
