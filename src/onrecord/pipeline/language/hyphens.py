"""Words with hyphens, which the tokenizer takes apart: *front-runner*, *op-ed*, *cover-up*.

A list that holds such a word has to be asked for the stretch of tokens: no token alone is equal to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Range

__all__ = ["HYPHENS", "hyphened", "hyphened_words", "tokens_of"]

HYPHENS = frozenset("-‐‑")
"""What joins parts of a word or name; a dash set as close begins a clause: *the Daily Post–which*."""


def hyphened(doc: Doc, start: int, end: int) -> Iterator[Range]:
    """The stretches of tokens that hyphens join: of *then-front-runner* also *front-runner*.

    Args:
        doc: the doc.
        start: first token to look at.
        end: token after the last.
    """
    for first in range(start, end - 2):
        last = first
        while last + 2 < end and _joins(doc, last + 1):
            last += 2
            yield first, last + 1


def hyphened_words(doc: Doc, start: int, end: int) -> Iterator[str]:
    """These stretches in lower case, as written and with the lemma of the last part (*cover-ups*)."""
    for first, stop in hyphened(doc, start, end):
        before = "".join(f"{doc[i].lower_}-" for i in range(first, stop - 1, 2))
        yield before + doc[stop - 1].lower_
        yield before + doc[stop - 1].lemma_.lower()


def tokens_of(entry: str) -> list[str]:
    """An entry's words as the tokenizer parts them.

    >>> tokens_of("agence france-presse")
    ['agence', 'france', '-', 'presse']
    """
    return entry.replace("-", " - ").split()


def _joins(doc: Doc, i: int) -> bool:
    return doc[i].text in HYPHENS and not doc[i].whitespace_ and not doc[i - 1].whitespace_
