"""Corrections that last, honoured by every run: from the file named or the one beside the articles."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.console import Console

if TYPE_CHECKING:
    from onrecord.corrections import Correction
    from onrecord.schema import Report


def add_correction_options(parser: ArgumentParser, *, starting: bool = True) -> None:
    """Where corrections come from and, unless `starting` is false, how to begin with them."""
    group = parser.add_argument_group("corrections")
    group.add_argument(
        "--corrections",
        metavar="FILE",
        help="names and speakers set right, TOML or CSV; if left out, onrecord.toml beside the article or in "
        "a folder above it",
    )
    group.add_argument("--no-corrections", action="store_true", help="as analyzed, without any corrections")
    if starting:
        group.add_argument(
            "--write-corrections",
            action="store_true",
            help="print a commented corrections file to start from, instead of the report",
        )


def correction_words(arguments: Namespace) -> list[str]:
    """What was given of `add_correction_options`, as typed."""
    words = ["--corrections", arguments.corrections] if arguments.corrections else []
    return [*words, "--no-corrections"] if arguments.no_corrections else words


class Corrector:
    """Applies corrections to reports and keeps which of them found something.

    Args:
        named: the corrections file; None to look beside each article.
        off: apply none.
    """

    def __init__(self, named: str | None, *, off: bool = False) -> None:
        self._named = Path(named) if named else None
        self._off = off
        self._files: dict[Path, tuple[Correction, ...]] = {}
        self._used: set[Correction] = set()

    def check(self) -> None:
        """Read the file that was named, before any article is.

        Raises:
            CorrectionsError: it cannot be read or is malformed.
        """
        if self._named and not self._off:
            self._read(self._named)

    def apply(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Correct reports one by one.

        Raises:
            CorrectionsError: the file beside an article is malformed.
        """
        from onrecord.corrections import apply_corrections, find_corrections

        for report in reports:
            # Standard input stands nowhere: the working folder is where the user is.
            source = Path() if report.article.path == "-" else Path(report.article.path)
            path = None if self._off else self._named or find_corrections(source)
            if path is None:
                yield report
                continue
            done = apply_corrections(report, self._read(path))
            self._used.update(done.used)
            yield done.report

    def tell_unused(self, console: Console) -> None:
        """List the corrections that matched nothing in any article."""
        for c in (c for corrections in self._files.values() for c in corrections if c not in self._used):
            console.note(f"onrecord: {c.place}: {c.action} {', '.join(c.names)} matches nothing")

    def _read(self, path: Path) -> tuple[Correction, ...]:
        from onrecord.corrections import read_corrections

        if path not in self._files:
            self._files[path] = read_corrections(path)
        return self._files[path]
