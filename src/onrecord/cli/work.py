"""From what the user names to reports: one pipeline for all of it, one failure never stops the rest."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cli.console import Console
from onrecord.cli.options import Reading
from onrecord.cli.services import Services
from onrecord.cli.suggestions import nearest_file
from onrecord.errors import FAULT, FaultError, InputError, OnrecordError

if TYPE_CHECKING:
    from onrecord.evidence import Evidence
    from onrecord.schema import Article, Notice, Report

BATCH_ARTICLES = 16
"""Articles handed to the pipeline at once, its own batch size."""

BATCH_CHARACTERS = 100_000
"""Characters after which a batch is closed: about a second's work, so that results keep coming."""


class Work:
    """Reading and analyzing for one command.

    Args:
        console: for progress and notes.
        services: reading and analyzing.
        reading: how.
        tell_warnings: tell what the reader should know about each file, where the output does not.

    Attributes:
        done: how many articles have been analyzed.
        named: the inputs as they were typed.
        failures: what could not be read or analyzed, in order.
    """

    def __init__(
        self,
        console: Console,
        services: Services,
        reading: Reading,
        *,
        tell_warnings: bool = True,
    ) -> None:
        self.done = 0
        self.named: list[str] = []
        self.failures: list[OnrecordError] = []
        self._console = console
        self._services = services
        self._reading = reading
        self._tell_warnings = tell_warnings

    def reports(self, paths: Iterable[str]) -> Iterator[Report]:
        """Read and analyze lazily, in order. The pipeline is loaded when the first article is there."""
        articles = self.articles(paths)
        first = next(articles, None)
        if first is None:
            return
        loaded = self.load()
        for batch in _batches(chain([first], articles)):
            for report in self._analyze(loaded, batch):
                self.done += 1
                self._console.clear_progress()
                yield report

    def articles(self, paths: Iterable[str]) -> Iterator[Article]:
        """Read lazily; failures are kept, files left out are told with `--verbose`."""
        named = self.named = list(paths)
        if "-" in named and self._console.err.isatty() and _keyboard():
            self._console.note("Reading from the keyboard; end with Ctrl-D (Ctrl-Z on Windows).")
        for article in self._services.read(
            named, encoding=self._reading.encoding, on_error=self._failed_to_read, on_skip=self._skipped
        ):
            for notice in article.warnings if self._tell_warnings else ():
                self._console.note(f"{article.path}: {notice.message}")
            yield article

    def load(self) -> Any:
        """Load the pipeline.

        Raises:
            ModelError: it is not installed or cannot be read.
        """
        self._console.progress("Loading the language pipeline …")
        began = time.perf_counter()
        loaded = self._services.load(self._reading.model, encoder=self._reading.encoder)
        self._console.detail(f"Loaded the pipeline in {time.perf_counter() - began:.1f} s.")
        return loaded

    def _analyze(self, loaded: Any, batch: list[Article]) -> Iterator[Report]:
        began = time.perf_counter()
        names = batch[0].path if len(batch) == 1 else f"{batch[0].path} … {batch[-1].path}"
        self._console.progress(f"{self.done} done, reading {names}")
        try:
            reports = list(self._services.analyze(loaded, batch))
        except Exception as error:
            if self._console.debug:
                raise
            if len(batch) > 1:
                for article in batch:
                    yield from self._analyze(loaded, [article])
                return
            self.failures.append(_failed(batch[0], error))
            return
        self._console.detail(f"Analyzed {names} in {time.perf_counter() - began:.1f} s.")
        yield from reports

    def explanations(self, loaded: Any, articles: Iterable[Article]) -> Iterator[tuple[Report, Evidence]]:
        """Analyze with reasons, lazily, in order; failures are kept."""
        for article in articles:
            try:
                told = self._services.explain(loaded, article)
            except Exception as error:
                if self._console.debug:
                    raise
                self.failures.append(_failed(article, error))
            else:
                yield told

    def _failed_to_read(self, error: InputError) -> None:
        if self._console.debug and isinstance(error, FaultError):
            raise error
        path = Path(error.thing)
        near = nearest_file(path) if error.thing not in ("", "-") and _is_missing(path) else None
        if near is not None:
            error = InputError(error.thing, error.problem, f"did you mean {near}?")
        self.failures.append(error)

    def _skipped(self, notice: Notice) -> None:
        self._console.detail(notice.message)


def _is_missing(path: Path) -> bool:
    try:
        return not path.exists()
    except OSError:
        # Such as a name longer than the system takes.
        return False


def _failed(article: Article, error: Exception) -> InputError:
    # Readers give `file#3` as the id where one file holds many articles.
    where = f"{article.path} ({article.id})" if "#" in article.id else article.path
    if not isinstance(error, OnrecordError):
        return FaultError(where, "could not be analyzed", error)
    cause = f"{error.thing}: {error.problem}" if error.thing else error.problem
    return InputError(where, f"could not be analyzed ({cause})", error.remedy or FAULT)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) >= BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _keyboard() -> bool:
    import sys

    return sys.stdin is not None and sys.stdin.isatty()
