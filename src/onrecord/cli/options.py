"""Options that several commands share."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read and analyzed.

    Attributes:
        model: the spaCy pipeline, a package or a folder; the one that is installed if None.
        encoder: use the learned model.
        encoding: of the text; found out if None.
    """

    model: str | None = None
    encoder: bool = True
    encoding: str | None = None

    def words(self) -> list[str]:
        """The options that ask for it, as typed."""
        words = ["--encoding", self.encoding] if self.encoding else []
        words += ["--model", self.model] if self.model else []
        return words if self.encoder else [*words, "--no-encoder"]


def add_reading_options(parser: ArgumentParser) -> None:
    """How articles are read and analyzed."""
    group = parser.add_argument_group("reading and analyzing")
    group.add_argument("--encoding", metavar="NAME", help="the text's encoding; found out if left out")
    group.add_argument(
        "--model", metavar="NAME", help="the spaCy pipeline to build on: a package or a folder"
    )
    group.add_argument("--no-encoder", action="store_true", help="rules only, without the learned model")


def reading_of(arguments: Namespace) -> Reading:
    """What `add_reading_options` parsed."""
    return Reading(arguments.model, not arguments.no_encoder, arguments.encoding)


def add_output_options(parser: ArgumentParser) -> None:
    """How output looks and how much is told beside it."""
    group = parser.add_argument_group("looks and messages")
    group.add_argument(
        "--width", type=width, metavar="N", help="cells a line of the page; the terminal's if left out"
    )
    group.add_argument("--no-color", action="store_true", help="no colors; the same as NO_COLOR=1")
    group.add_argument("-q", "--quiet", action="store_true", help="no progress and no notes, only errors")
    group.add_argument("-v", "--verbose", action="store_true", help="tell what is done and how long it takes")
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")


def width(text: str) -> int:
    """A page width in cells."""
    if not text.isdecimal() or not 20 <= int(text) <= 1000:
        raise ArgumentTypeError(f"{text} is not a whole number from 20 to 1000")
    return int(text)


def share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise ArgumentTypeError(f"{text} is not a number from 0 to 1")
    return value
