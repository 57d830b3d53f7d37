"""`onrecord explain`: why a quote, an entity or a claim is what the report says."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cli import exits
from onrecord.cli.command import Command
from onrecord.cli.console import Console
from onrecord.cli.correcting import Corrector, add_correction_options
from onrecord.cli.options import add_output_options, add_reading_options, reading_of
from onrecord.cli.services import Services
from onrecord.cli.work import Work
from onrecord.errors import ReportError, UsageError
from onrecord.evidence import Evidence

if TYPE_CHECKING:
    from onrecord.render.layout import Line
    from onrecord.schema import Claim, Entity, Quote, Report

WIDEST = 100
"""Cells a line at most."""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="an article, or a report saved as .json, .jsonl or .ndjson"
    )
    parser.add_argument("id", metavar="ID", help="what to explain: q3, e1, c7")
    parser.add_argument("--article", metavar="ID", help="which article, where the file holds several")
    add_correction_options(parser, starting=False)
    add_reading_options(parser)
    add_output_options(parser)


def execute(arguments: Namespace, console: Console, services: Services) -> int:
    """Find what is meant and print why it is there."""
    reading = reading_of(arguments)
    work = Work(console, services, reading)
    corrector = Corrector(arguments.corrections, off=arguments.no_corrections)
    corrector.check()
    saved = saved_reports(Path(arguments.file), encoding=reading.encoding)
    if saved is not None:
        if arguments.corrections or arguments.no_corrections:
            problem = "is a saved report; corrections are made before it is saved"
            raise UsageError(arguments.file, problem, "name the article itself, or leave that option out")
        articles = [r.article.id for r in saved]
        wanted = _wanted(articles, arguments.article)
        known = [(r, Evidence()) for r in saved if r.article.id in wanted]
    else:
        read = list(work.articles([arguments.file]))
        for error in work.failures:
            console.error(error)
        if work.failures:
            return exits.SOME_FAILED
        articles = [a.id for a in read]
        wanted = _wanted(articles, arguments.article)
        loaded = work.load() if wanted else None
        told = list(work.explanations(loaded, (a for a in read if a.id in wanted)))
        for error in work.failures:
            console.error(error)
        if work.failures and not told:
            return exits.SOME_FAILED
        corrected = corrector.apply(report for report, _ in told)
        known = list(zip(corrected, (evidence for _, evidence in told), strict=True))
        console.clear_progress()
    if not known:
        remedy = f"it has: {', '.join(articles[:10])}"
        raise UsageError(arguments.article or arguments.file, "no such article in the file", remedy)
    name = arguments.id.strip().lower()
    found = [(report, evidence) for report, evidence in known if name in ids(report)]
    if not found and work.failures:
        return exits.SOME_FAILED
    if not found:
        raise _unknown(arguments.id, arguments.file, [report for report, _ in known])
    _print(found, name, console)
    return exits.SOME_FAILED if work.failures else exits.FINE


def _wanted(articles: Sequence[str], name: str | None) -> Sequence[str]:
    """The ids of the articles that are meant."""
    if name is None or name in articles:
        return articles if name is None else [name]
    # Read beside another file of the same name, an article's id had a number after it.
    first = name.rpartition("~")[0]
    return [first] if first in articles else []


def saved_reports(path: Path, *, encoding: str | None = None) -> list[Report] | None:
    """The reports in a file that onrecord wrote; None if it is something else.

    Raises:
        InputError: it cannot be read.
        ReportError: it is a report, but a damaged one.
    """
    from onrecord.readers.decoding import decode
    from onrecord.readers.own_files import SAVED, is_saved_report
    from onrecord.readers.source import load_source
    from onrecord.serialize import report_from_dict

    if path.suffix.lower() not in SAVED or not path.is_file():
        return None
    source = load_source(path)
    remedy = f"save it again: onrecord ARTICLE -o {path}"
    try:
        values = _values(decode(source.data, thing=source.path, encoding=encoding).text)
    except (ValueError, RecursionError) as error:
        if is_saved_report(source.path, source.data):
            raise ReportError(source.path, "a saved report that is cut off or damaged", remedy) from error
        return None
    if not values or not all(isinstance(v, dict) and "schema_version" in v for v in values):
        return None
    try:
        return [report_from_dict(v) for v in values]
    except ReportError as error:
        thing = ": ".join(filter(None, (source.path, error.thing)))
        raise ReportError(thing, error.problem, error.remedy or remedy) from error


def _values(text: str) -> list[Any]:
    """What a JSON document or its list holds, or the lines of JSON Lines, whatever the file's suffix.

    Raises:
        ValueError: it is neither.
        RecursionError: it is nested too deeply.
    """
    import json

    try:
        value = json.loads(text)
    except ValueError:
        # A line break inside a string is escaped; other characters that end lines may stand in one.
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    return value if isinstance(value, list) else [value]


def ids(report: Report) -> Iterator[str]:
    """Every id in a report."""
    yield from (q.id for q in report.quotes)
    yield from (e.id for e in report.entities)
    yield from (c.id for c in report.claims)


def _unknown(name: str, file: str, reports: list[Report]) -> UsageError:
    # Corrections take some entities away and add others.
    lists: list[Sequence[Quote | Entity | Claim]] = [
        things for r in reports[:1] for things in (r.quotes, r.entities, r.claims) if things
    ]
    kinds = [f"{things[0].id} to {things[-1].id}" for things in lists]
    remedy = f"it has {', '.join(kinds)}" if kinds else "nothing was found in it"
    return UsageError(name, f"no such id in {file}", remedy)


def _print(found: list[tuple[Report, Evidence]], name: str, console: Console) -> None:
    from onrecord.render.explanation import explanation
    from onrecord.render.layout import paint

    console.prepare_page()
    # Wider lines than a page's would tire the eye, and there is only one column here.
    width = min(console.page_width, WIDEST)
    for i, (report, evidence) in enumerate(found):
        lines = explanation(report, name, width=width, evidence=evidence, stars=not console.color)
        lines += _corrections(report, width)
        console.out.write(("\n" if i else "") + paint(lines, color=console.color))


def _corrections(report: Report, width: int) -> Iterator[Line]:
    from onrecord.render.layout import Run, wrap

    messages = [n.message for n in report.warnings if n.code == "corrected"]
    if messages:
        yield []
        yield [Run("CORRECTED IN THIS ARTICLE", "head")]
    for message in messages:
        yield from wrap([Run(message)], width=width, indent=4, lead=Run("- "))


COMMAND = Command(
    "explain",
    "why a quote, an entity or a claim is in the report",
    configure,
    execute,
    description="Say why a quote, an entity or a claim is in the report: its place in the text, the\n"
    "reporting word, how the speaker was found, scores.",
    examples=("onrecord explain article.txt q3", "onrecord explain report.json e1"),
)
