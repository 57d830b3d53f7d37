"""`onrecord extract`: the report on one article or many."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli import exits
from onrecord.cli.command import Command
from onrecord.cli.console import PIPED_WIDTH, Console, describe
from onrecord.cli.correcting import Corrector, add_correction_options, correction_words
from onrecord.cli.options import add_output_options, add_reading_options, reading_of, share
from onrecord.cli.services import Services
from onrecord.cli.suggestions import nearest
from onrecord.cli.work import Work
from onrecord.errors import UsageError
from onrecord.render.formats import ALSO, FORMATS, Format, format_for, write
from onrecord.render.selection import SECTIONS, Section, Selection

if TYPE_CHECKING:
    from onrecord.schema import Report

PRINTED = ("page", "json", "jsonl", "csv", "md", "factcheck", "jsonld")
"""Formats that go to standard output; the others are files."""

_SUFFIXES = frozenset(f.suffix for f in FORMATS.values()) | ALSO.keys()

WITHOUT_WARNINGS = frozenset({"csv", "factcheck", "jsonld"})
"""Formats that have no place for what the reader should know about the input."""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        type=_article,
        help="files, folders, globs, or - for standard input",
    )
    output = parser.add_argument_group("output")
    output.add_argument(
        "-f", "--format", type=_format, metavar="FORMAT", help=f"{', '.join(PRINTED)}; page if left out"
    )
    output.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=f"write a file; its suffix tells the format: {' '.join(f.suffix for f in FORMATS.values())}",
    )
    output.add_argument(
        "--only",
        type=_sections,
        action="extend",
        default=[],
        metavar="WHAT",
        help=f"show only {', '.join(SECTIONS)}; several with commas",
    )
    output.add_argument(
        "--min-confidence",
        type=share,
        default=0.0,
        metavar="X",
        help="leave out quotes and mentions less sure than X, from 0 to 1",
    )
    output.add_argument(
        "--all-modes", action="store_true", help="belief and evidence too, not only speech (JSON has all)"
    )
    add_correction_options(parser)
    add_reading_options(parser)
    add_output_options(parser)


def execute(arguments: Namespace, console: Console, services: Services) -> int:
    """Analyze the articles and write the reports."""
    only: frozenset[Section] = frozenset(arguments.only)
    selection = Selection(only, arguments.min_confidence, arguments.all_modes)
    if arguments.write_corrections:
        return _write_corrections(Work(console, services, reading_of(arguments)), arguments, console)
    form, path = destination(arguments.format, arguments.output)
    if path is not None:
        _refuse_input(path, [*arguments.articles, *filter(None, [arguments.corrections])])
    work = Work(console, services, reading_of(arguments), tell_warnings=form.name in WITHOUT_WARNINGS)
    corrector = Corrector(arguments.corrections, off=arguments.no_corrections)
    corrector.check()
    reports = corrector.apply(work.reports(arguments.articles))
    explain = (*reading_of(arguments).words(), *correction_words(arguments))
    if path is None:
        _print(reports, form, selection, console, explain)
    else:
        from onrecord.cli.saving import new_file

        with new_file(path) as fresh:
            _save(reports, fresh, form, selection, console, explain)
            _drop_if_empty(fresh, work)
        console.clear_progress()
        if work.done:
            console.note(f"Wrote {path}: {_count(work.done, 'article')}.")
    corrector.tell_unused(console)
    return _outcome(work, console)


def _write_corrections(work: Work, arguments: Namespace, console: Console) -> int:
    from onrecord.cli.saving import new_file
    from onrecord.corrections import starting_file

    if arguments.output in (None, "-"):
        text = starting_file(work.reports(arguments.articles))
        console.clear_progress()
        console.prepare_data()
        console.out.write(text)
        return _outcome(work, console)
    path = _file(arguments.output)
    if path.exists():
        raise UsageError(str(path), "exists already", "name a new file, so that no correction is lost")
    with new_file(path) as fresh:
        text = starting_file(work.reports(arguments.articles))
        fresh.write_text(text, "utf-8", errors="backslashreplace", newline="\n")
        _drop_if_empty(fresh, work)
    console.clear_progress()
    if work.done:
        console.note(f"Wrote {path}.")
    return _outcome(work, console)


def _drop_if_empty(fresh: Path, work: Work) -> None:
    """Take the new file away where no article was analyzed: what stood in its place is worth more."""
    if not work.done:
        fresh.unlink()


def destination(format_name: str | None, output: str | None) -> tuple[Format, Path | None]:
    """The format to write and the file to write it to; no file for standard output.

    Raises:
        UsageError: the format cannot be told, does not go there, or the folder is missing.
    """
    if output is None or output == "-":
        form = FORMATS[format_name or "page"]
        if form.name not in PRINTED:
            remedy = f"type: -o report{form.suffix}"
            raise UsageError("--format", f"{form.name} is written to a file, not to the screen", remedy)
        return form, None
    path = _file(output)
    return (_agreeing(FORMATS[format_name], path) if format_name else format_for(path)), path


def _file(output: str) -> Path:
    """The file to write, in a folder that exists."""
    path = Path(output)
    if path.is_dir():
        raise UsageError(output, "is a folder", f"name a file in it: -o {path / 'report.xlsx'}")
    if not path.parent.is_dir():
        raise UsageError(output, f"there is no folder {path.parent}", f"type: mkdir -p {path.parent}")
    return path


def _agreeing(form: Format, path: Path) -> Format:
    """The format that was asked for, unless the file's suffix asks for another."""
    suffix = path.suffix.lower()
    # A fact-check sheet is Markdown, whether its name says so or not.
    if suffix not in _SUFFIXES or form.suffix.endswith(suffix) or format_for(path) is form:
        return form
    remedy = f"leave out -f {form.name}, or type: -o {path.with_suffix(form.suffix)}"
    raise UsageError(str(path), f"its suffix asks for {format_for(path).name}, not {form.name}", remedy)


def _refuse_input(path: Path, inputs: Iterable[str]) -> None:
    """Raise if the file to write is one of those to read, itself or in a folder."""
    from onrecord.readers import find_files

    if path.exists() and any(_is_same(path, file) for file in find_files(inputs)):
        remedy = f"name another file: -o {path.with_name(f'new-{path.name}')}"
        raise UsageError(str(path), "is one of the files to read", remedy)


def _is_same(path: Path, file: Path) -> bool:
    try:
        return path.samefile(file)
    except OSError:
        return False


def _print(
    reports: Iterable[Report],
    form: Format,
    selection: Selection,
    console: Console,
    explain: tuple[str, ...],
) -> None:
    if form.name == "page":
        from onrecord.render.page import PageOptions
        from onrecord.render.page import write as write_page

        console.prepare_page()
        options = PageOptions(width=console.page_width, color=console.color, explain=explain)
        write_page(reports, console.out, selection=selection, options=options)
        return
    console.prepare_data()
    write(reports, console.out, form=form, selection=selection)


def _save(
    reports: Iterable[Report],
    fresh: Path,
    form: Format,
    selection: Selection,
    console: Console,
    explain: tuple[str, ...],
) -> None:
    if form.target == "file":
        write(reports, fresh, form=form, selection=selection)
        return
    # Lone surrogates, which JSON has escaped already, have no place in UTF-8.
    with fresh.open("w", encoding=form.encoding, errors="backslashreplace", newline="\n") as out:
        if form.name == "page":
            from onrecord.render.page import PageOptions
            from onrecord.render.page import write as write_page

            options = PageOptions(width=console.width or PIPED_WIDTH, explain=explain)
            write_page(reports, out, selection=selection, options=options)
        else:
            write(reports, out, form=form, selection=selection)


def _outcome(work: Work, console: Console) -> int:
    console.clear_progress()
    if not work.failures:
        if not work.done:
            where = ", ".join(work.named)
            console.note(f"onrecord: {where}: no article found there\n  --verbose tells what was left out")
        return exits.FINE
    if work.done:
        console.fail(f"Failed: {_count(len(work.failures), 'input')}; the rest is done.")
    for error in work.failures:
        console.fail(f"onrecord: {describe(error)}")
    return exits.SOME_FAILED


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _article(name: str) -> str:
    if not name:  # of a shell's variable that is not set; it would mean the folder one is in
        raise ArgumentTypeError("an empty name; type . for the folder you are in")
    return name


def _format(text: str) -> str:
    if text not in FORMATS:
        close = nearest(text, FORMATS)
        hint = f"did you mean {close}?" if close else f"choose one of {', '.join(PRINTED)}"
        raise ArgumentTypeError(f"there is no format {text}; {hint}")
    return text


def _sections(text: str) -> list[str]:
    words = [w.strip() for w in text.split(",") if w.strip()]
    for word in words:
        if word not in SECTIONS:
            close = nearest(word, SECTIONS)
            hint = f"did you mean {close}?" if close else f"choose from {', '.join(SECTIONS)}"
            raise ArgumentTypeError(f"there is no section {word}; {hint}")
    return words


COMMAND = Command(
    "extract",
    "who is in the story, who says what, what is claimed (what happens without a command)",
    configure,
    execute,
    description="Read articles and report who is in them, who says what, and which claims are worth\n"
    "checking. A page in the terminal; data with -f; a file with -o.",
    examples=(
        "onrecord article.txt",
        "onrecord draft.docx --only quotes",
        "onrecord saved-pages/ -o quotes.csv",
        "onrecord story.html -f json",
        "pbpaste | onrecord -",
    ),
)
