"""Reading one article and looking at its blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import FaultError, InputError
from onrecord.readers import read_articles, read_bytes
from onrecord.readers.source import Source
from onrecord.schema import Article

DATA = Path(__file__).parent.parent / "data"

HARBOUR = [
    ("headline", "Harbour board votes to close terminal"),
    ("paragraph", "By Ngozi Adeyemi in Port Harcourt"),
    ("paragraph", "PORT HARCOURT, Nigeria — The harbour board"),
    ("paragraph", "Chief executive Samuel Okafor"),
    ("subhead", "Union promises a challenge"),
    ("paragraph", "The Maritime Workers’ Union"),
    ("list_item", "The terminal opened in 1974."),
    ("list_item", "It employs 140 people."),
    ("list_item", "It handled 61,000 tonnes last year."),
    ("quote", "We will not leave quietly, and we will not leave without the truth."),
    ("subhead", "What happens next?"),
    ("paragraph", "The board’s decision"),
]
"""Blocks of the article in `data/harbour.*`: kind and first words."""


def read_one(source: Path | Source) -> Article:
    (article,) = read_articles(source) if isinstance(source, Path) else read_bytes(source)
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()
    return article


def parts(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.start : b.end]) for b in article.blocks]


def assert_parts(article: Article, expected: list[tuple[str, str]]) -> None:
    found = parts(article)
    for (kind, text), (wanted_kind, beginning) in zip(found, expected, strict=False):
        assert (kind, text[: len(beginning)]) == (wanted_kind, beginning)
    assert len(found) >= len(expected)


def failing(name: str, data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        list(read_bytes(Source(name, data)))
    assert caught.value.thing == name and caught.value.remedy
    assert not isinstance(caught.value, FaultError)
    return caught.value
