"""Services that answer at once, and consoles that remember."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reports import HARBOUR

from onrecord.cli.console import Console
from onrecord.cli.main import run
from onrecord.cli.services import Services
from onrecord.errors import InputError, ModelError
from onrecord.evidence import Evidence
from onrecord.readers import read_all
from onrecord.schema import Article, Report


class Stream(io.StringIO):
    """A stream that is a terminal or not."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@dataclass
class Office:
    """Reads real files; its analyzer puts the harbour report's findings under any article.

    An article that holds `boom` makes the analyzer raise, `interrupt` stops it as Ctrl-C would.
    """

    loads: list[tuple[str | None, bool]] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)
    installed: bool = True

    def services(self) -> Services:
        return Services(read=self.read, load=self.load, analyze=self.analyze, explain=self.explain)

    def read(
        self,
        paths: Iterable[Path | str],
        *,
        encoding: str | None,
        on_error: Callable[[InputError], None],
        on_skip: Callable[..., None],
    ) -> Iterator[Article]:
        return read_all(paths, encoding=encoding, on_error=on_error, on_skip=on_skip)

    def load(self, model: str | None, *, encoder: bool) -> Any:
        if not self.installed:
            raise ModelError(model or "base pipeline", "not installed", "type: pip install it")
        self.loads.append((model, encoder))
        return "loaded"

    def analyze(self, loaded: Any, articles: Iterable[Article]) -> Iterator[Report]:
        assert loaded == "loaded"
        batch = list(articles)
        self.batches.append([a.id for a in batch])
        for article in batch:
            if "boom" in article.text:
                raise ValueError("boom")
            if "interrupt" in article.text:
                raise KeyboardInterrupt
            if article.text == HARBOUR.article.text:
                yield replace(HARBOUR, article=replace(HARBOUR.article, id=article.id, path=article.path))
            else:
                yield Report(article, HARBOUR.onrecord)

    def explain(self, loaded: Any, article: Article) -> tuple[Report, Evidence]:
        report = next(self.analyze(loaded, [article]))
        he = HARBOUR.entities[1].mentions[2]
        links = {(he.start, he.end): "the only man named before"}
        return report, Evidence(
            {"q4": "marked clause"}, {"e5": ("harbour authority = Harbour Authority",)}, links
        )


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str
    office: Office


def call(
    words: Sequence[str],
    *,
    office: Office | None = None,
    terminal: bool = False,
    env: dict[str, str] | None = None,
) -> Outcome:
    office = office or Office()
    out, err = Stream(terminal=terminal), Stream(terminal=terminal)
    console = Console(out, err, env or {})
    status = run(list(words), services=office.services(), console=console)
    return Outcome(status, out.getvalue(), err.getvalue(), office)
