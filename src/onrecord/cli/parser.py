"""The parsers of all commands, made from what each command says about itself."""

from __future__ import annotations

import re
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from onrecord import __version__
from onrecord.cli import completion, doctor, explain, extract
from onrecord.cli.command import Command
from onrecord.cli.suggestions import nearest
from onrecord.errors import UsageError

COMMANDS: dict[str, Command] = {
    c.name: c for c in (extract.COMMAND, explain.COMMAND, doctor.COMMAND, completion.COMMAND)
}

EXAMPLES = (
    "onrecord article.txt",
    "onrecord articles/ -o quotes.xlsx",
    "onrecord draft.docx --only quotes",
    "onrecord explain article.txt q3",
)

DEFAULT = extract.COMMAND.name

_ABOUT = re.compile(r"argument ([^:]+): (.+)", re.DOTALL)
"""How argparse says what is wrong with an option that it knows."""

_UNKNOWN = "unrecognized arguments: "
"""How argparse begins where it does not know an option."""

_LEADING = frozenset({"--debug", "--quiet", "-q", "--verbose", "-v", "--no-color"})
"""Options that may stand before the command."""


class Parser(ArgumentParser):
    """A parser whose errors say what to type instead."""

    def error(self, message: str) -> NoReturn:
        """Raise the error, with the nearest option or choice as its remedy."""
        about = _ABOUT.fullmatch(message)
        thing, problem = about.groups() if about else ("", message)
        raise UsageError(thing, problem, self._remedy(message))

    def _remedy(self, message: str) -> str:
        known = [o for a in self._actions for o in a.option_strings]
        for word in message.removeprefix(_UNKNOWN).split() if message.startswith(_UNKNOWN) else ():
            found = nearest(word.partition("=")[0], known) if word.startswith("-") else None
            if found:
                return f"did you mean {found}? type: {self.prog} --help"
        return f"type: {self.prog} --help"


def build_parser() -> ArgumentParser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="onrecord",
        usage="onrecord ARTICLE... [options]\n       onrecord COMMAND ...",
        description="Who said what, who is in the story, and what is being claimed.\n"
        "Reads news articles on this machine; nothing leaves it.",
        epilog=_examples(EXAMPLES) + "\n\nAll options of onrecord ARTICLE: onrecord extract --help",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    # Without `prog` the usage line above would begin that of each command.
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", required=True, prog="onrecord"
    )
    for command in COMMANDS.values():
        sub = commands.add_parser(
            command.name,
            help=command.summary,
            description=command.description or command.summary,
            epilog=_examples(command.examples),
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.configure(sub)
    return parser


def _examples(lines: Sequence[str]) -> str:
    return "\n".join(("examples:", *(f"  {line}" for line in lines))) if lines else ""


def options_of(parser: ArgumentParser) -> list[Action]:
    """A parser's options and arguments, help included."""
    return list(parser._actions)


def groups_of(parser: ArgumentParser) -> list[tuple[str, list[Action]]]:
    """A parser's arguments and options, `--help` left out, under the titles that help prints."""
    groups = []
    for group in parser._action_groups:
        actions = [a for a in group._group_actions if "--help" not in a.option_strings]
        if actions:
            title = {"positional arguments": "arguments"}.get(group.title or "", group.title or "")
            groups.append((title, actions))
    return groups


def parser_of(parser: ArgumentParser, name: str) -> ArgumentParser:
    """The parser of one command."""
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            found: ArgumentParser = action.choices[name]
            return found
    raise KeyError(name)


def with_command(words: Sequence[str]) -> list[str]:
    """The command line with its command in front: `extract` where none is named.

    Raises:
        UsageError: the first word looks like a mistyped command.
    """
    leading = [w for w in words if w in _LEADING]
    rest = [w for w in words if w not in _LEADING]
    first = rest[0] if rest else ""
    if first in ("-h", "--help", "--version"):
        return list(words)
    if first in COMMANDS:
        return [first, *leading, *rest[1:]]
    typed = nearest(first, COMMANDS) if first.isalpha() else None
    if typed and not Path(first).exists():
        raise UsageError(first, "no such command or file", f"did you mean: onrecord {typed}?")
    return [DEFAULT, *words]
