"""What commands need from the rest of the house, handed in so that tests can hand in something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from onrecord.errors import InputError
    from onrecord.evidence import Evidence
    from onrecord.schema import Article, Notice, Report


class Reader(Protocol):
    """Reads the articles in files and folders, as `onrecord.readers.read_all` does."""

    def __call__(
        self,
        paths: Iterable[Path | str],
        *,
        encoding: str | None,
        on_error: Callable[[InputError], None],
        on_skip: Callable[[Notice], None],
    ) -> Iterator[Article]:
        """Yield articles; call back for what could not be read."""


class Loader(Protocol):
    """Loads a pipeline, as `onrecord.analyzer.load_pipeline` does."""

    def __call__(self, model: str | None, *, encoder: bool) -> Any:
        """Return whatever `Services.analyze` takes as its first argument."""


@dataclass(frozen=True, slots=True)
class Services:
    """Reading, loading, analyzing, and analyzing with reasons."""

    read: Reader
    load: Loader
    analyze: Callable[[Any, Iterable[Article]], Iterator[Report]]
    explain: Callable[[Any, Article], tuple[Report, Evidence]]


def _read(
    paths: Iterable[Path | str],
    *,
    encoding: str | None,
    on_error: Callable[[InputError], None],
    on_skip: Callable[[Notice], None],
) -> Iterator[Article]:
    from onrecord.readers import read_all

    return read_all(paths, encoding=encoding, on_error=on_error, on_skip=on_skip)


def _load(model: str | None, *, encoder: bool) -> Any:
    from onrecord.analyzer import load_pipeline

    return load_pipeline(model, encoder=encoder)


def _analyze(loaded: Any, articles: Iterable[Article]) -> Iterator[Report]:
    from onrecord.analyzer import analyze

    return analyze(loaded, articles)


def _explain(loaded: Any, article: Article) -> tuple[Report, Evidence]:
    from onrecord.analyzer import explain

    return explain(loaded, article)


REAL = Services(read=_read, load=_load, analyze=_analyze, explain=_explain)
