"""What a command is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.cli.console import Console
from onrecord.cli.services import Services


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command.

    Attributes:
        name: as typed.
        summary: one line for the list of commands.
        configure: adds its arguments to a parser.
        execute: does it and returns the exit status.
        description: what `--help` says above the options.
        examples: command lines for `--help`.
    """

    name: str
    summary: str
    configure: Callable[[ArgumentParser], None]
    execute: Callable[[Namespace, Console, Services], int]
    description: str = ""
    examples: tuple[str, ...] = ()
