"""Write docs/cli.md from the parsers: `python docs/make_cli.py`."""

from __future__ import annotations

from argparse import Action
from pathlib import Path

from onrecord.cli.parser import COMMANDS, build_parser, groups_of, parser_of

TAIL = """
## What the formats hold

| format | holds |
|---|---|
| page | who is in the story, who says what, the ten claims most worth checking (all with `--only claims`) |
| `json` | everything, in the shape of the JSON Schema that ships as `onrecord/report.schema.json`; one \
article is one object, several are a list |
| `jsonl` | the same, one report a line, in input order |
| `csv` | one row a quote: article, paragraph, speaker, type, words, cue, source, flags, confidence as \
on the page, offsets; with `--only people`, `entities` or `claims` one row for each of those |
| `xlsx` | the sheets Quotes, People & organisations, Claims, Warnings |
| `md` | the page as Markdown, with all claims |
| `factcheck` | a sheet in Markdown: each claim worth checking with a box to tick, who makes it, its \
reasons and what to type into a search engine; `-o story.factcheck.md` |
| `jsonld` | the article and its claims as schema.org `Claim`, never a verdict |
| `html` | the article with its quotes marked in the colors of their speakers, beside lists of people, \
quotes and claims; one file that fetches nothing and prints |
| `db` | SQLite with full-text search, ready for Datasette |

The confidence of a quote in the tables of `csv`, `xlsx` and `db` is the percentage that the page shows beside
the name. In JSON it is that of the words alone; each mention of a name or pronoun there has its own.

Reporters expect speech: every format but JSON leaves out belief and evidence (*thinks*, *the data show*)
unless `--all-modes` asks for them. `--only` and `--min-confidence` hold for all formats; a fact-check sheet
or JSON-LD without claims is refused. Ids stay those of the whole report, so that `onrecord explain` finds
them.

In CSV and Excel a cell that a spreadsheet would take for a formula stays text (in CSV behind an
apostrophe). Control characters and marks that reorder text are shown as symbols everywhere but in JSON,
where they are escaped, and in SQLite, where text is kept as it is so that offsets hold.

A file is written whole or not at all: until it is complete, what stood there stays, and so it does where
every input failed or no article was found. A file that is itself among the articles is refused, and so is a
suffix that asks for another format than `-f`.

What is worth knowing about a file that was read (an encoding guessed, pages without text, tracked changes,
records left out) stands in the report; for `csv`, `factcheck` and `jsonld`, which have no place for it, it
goes to standard error unless `--quiet`.
"""

TARGET = Path(__file__).parent / "cli.md"

HEAD = """\
# Commands

`onrecord ARTICLE…` is `onrecord extract ARTICLE…`. An article called like a command is named with its
folder: `onrecord ./doctor`.

Data goes to standard output; progress, notes and errors go to standard error, and progress is shown on
a terminal only. Piped, the page is plain text of 80 cells a line. `NO_COLOR` is honoured.

| exit status | meaning |
|---|---|
| 0 | fine |
| 1 | findings (`doctor`: something is missing) |
| 2 | the command line cannot be done as it stands, output cannot be written, or no language pipeline is \
installed |
| 3 | some inputs failed; the rest is done, the failed are listed last |
| 130 | interrupted |
"""


def document() -> str:
    """The whole page."""
    top = build_parser()
    parts = [HEAD]
    for name, command in COMMANDS.items():
        parts.append(f"\n## onrecord {name}\n\n{command.description or command.summary}\n")
        for title, actions in groups_of(parser_of(top, name)):
            parts.append(f"\n### {title.capitalize()}\n\n" if title else "\n")
            parts.append("| | |\n|---|---|\n")
            parts += [f"| {_usage(action)} | {_cell(action.help or '')} |\n" for action in actions]
        if command.examples:
            parts.append("\n```sh\n" + "\n".join(command.examples) + "\n```\n")
    return "".join([*parts, TAIL])


def _usage(action: Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return f"`{value}…`" if action.nargs == "+" else f"`{value}`"
    takes = "" if action.nargs == 0 else f" {value}"
    return ", ".join(f"`{option}{takes}`" for option in action.option_strings)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(document(), "utf-8")
