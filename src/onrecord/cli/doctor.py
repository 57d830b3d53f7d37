"""`onrecord doctor`: what is installed, what is missing, and the line that fixes it."""

from __future__ import annotations

import platform
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from onrecord import __version__
from onrecord.cli import exits
from onrecord.cli.command import Command
from onrecord.cli.console import Console
from onrecord.cli.options import add_output_options
from onrecord.cli.services import Services
from onrecord.errors import OnrecordError

State = Literal["ok", "note", "missing"]

OLDEST_PYTHON = (3, 11)
"""As `requires-python` in pyproject.toml says."""

PARTS = (
    ("onnxruntime", "onnxruntime", "runs the learned model; rules only without it"),
    ("curated_tokenizers", "curated-tokenizers", "cuts words for the learned model"),
    ("trafilatura", "trafilatura", "reads saved web pages"),
    ("lxml", "lxml", "reads web pages and Word files"),
    ("lxml_html_clean", "lxml_html_clean", "is needed to read web pages"),
    ("pypdf", "pypdf", "reads PDF files"),
    ("cryptography", "cryptography", "opens PDF files locked by their owner"),
    ("openpyxl", "openpyxl", "writes .xlsx files"),
    ("dateparser", "dateparser", "reads dates for the searches of a fact-check sheet"),
)
"""Module, package, what it is for."""

TRIAL = "“It works,” said Ada Moreno, the mayor of Lund."


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer; `fix` is what to type."""

    state: State
    what: str
    fix: str = ""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--model", metavar="NAME", help="the spaCy pipeline to look at: a package or a folder"
    )
    add_output_options(parser)


def execute(arguments: Namespace, console: Console, services: Services) -> int:
    """Look at everything and print what was found."""
    from onrecord.render.layout import Line, Run, Style, paint, wrap

    styles: dict[State, Style] = {"ok": "plain", "note": "warn", "missing": "alarm"}
    missing = 0
    console.prepare_page()
    for finding in findings(arguments.model, services, console.progress):
        missing += finding.state == "missing"
        lead = Run(f"{finding.state:<8} ", styles[finding.state])
        lines: list[Line] = wrap([Run(finding.what)], width=console.page_width, indent=9, lead=lead)
        if finding.fix:
            lines += wrap([Run(f"type: {finding.fix}", "name")], width=console.page_width, indent=9)
        console.clear_progress()
        console.out.write(paint(lines, color=console.color))
        console.out.flush()
    verdict = "Ready." if not missing else f"Not ready: {missing} missing."
    console.out.write(f"\n{verdict}\n")
    return exits.FINDINGS if missing else exits.FINE


def findings(model: str | None, services: Services, progress: Callable[[str], None]) -> Iterator[Finding]:
    """Everything there is to say, one finding after the other."""
    yield _python()
    yield Finding("ok", f"onrecord {__version__}")
    yield from _parts()
    if find_spec("spacy") is None:
        yield Finding("missing", "spaCy, which everything builds on", 'pip install "spacy>=3.8,<3.9"')
        return
    progress("Looking at the language pipeline …")
    yield from _base(model)
    yield from _weights()
    progress("Trying one sentence …")
    yield _trial(model, services)


def _python() -> Finding:
    text = f"Python {platform.python_version()} ({sys.executable})"
    if sys.version_info < OLDEST_PYTHON:
        return Finding("missing", f"{text}: too old; install Python 3.11 or later, then onrecord with it")
    return Finding("ok", text)


def _parts() -> Iterator[Finding]:
    for module, package, purpose in PARTS:
        if find_spec(module) is None:
            yield Finding("missing", f"{package}: {purpose}", f"pip install {package}")
        else:
            yield Finding("ok", f"{package} {_version(package)}: {purpose}")


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def _base(model: str | None) -> Iterator[Finding]:
    from onrecord.pipeline.loading import PLACEHOLDERS, find_base

    try:
        base = find_base(model)
    except OnrecordError as error:
        yield Finding("missing", f"{error.thing}: {error.problem}", error.remedy.removeprefix("type: "))
    else:
        told = f"{base.name} {base.version}"
        if base.verified:
            yield Finding("ok", f"{told}: the base pipeline, its weights are those that spaCy published")
        else:
            yield Finding("note", f"{told}: the base pipeline, not verified (its digests are not known here)")
    for name in PLACEHOLDERS:
        if find_spec(name) is not None and _version(name.replace("_", "-")).startswith("999"):
            problem = f"{name} is an empty package that somebody else put under this name"
            yield Finding("note", problem, f"pip uninstall {name.replace('_', '-')}")


def _weights() -> Iterator[Finding]:
    from onrecord.pipeline.weights import installed_weights

    found = installed_weights()
    if not found:
        yield Finding("note", "no learned weights in this version: rules only")
    for name, number in found.items():
        yield Finding("ok", f"learned weights: {name} {number}")


def _trial(model: str | None, services: Services) -> Finding:
    from onrecord.schema import Article

    try:
        loaded = services.load(model, encoder=True)
        report = next(iter(services.analyze(loaded, [Article("trial", TRIAL)])))
    except OnrecordError as error:
        return Finding("missing", f"{error.thing}: {error.problem}", error.remedy.removeprefix("type: "))
    except Exception as error:  # noqa: BLE001 - a doctor has to survive whatever is broken
        what = f"the trial sentence failed ({type(error).__name__}: {error})"
        return Finding("missing", f"{what}; install onrecord anew")
    names = [s.name for q in report.quotes for s in q.speakers]
    if "Ada Moreno" in names:
        return Finding("ok", "a trial sentence: its quotation and speaker were found")
    return Finding("note", "a trial sentence was read, but its speaker was not found")


COMMAND = Command(
    "doctor",
    "what is installed, what is missing, and the line that fixes it",
    configure,
    execute,
    description="Look at what is installed and say what is missing and the line that fixes it.\n"
    "Exit status 1 if something is missing.",
    examples=("onrecord doctor",),
)
