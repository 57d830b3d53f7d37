"""The entry point: finds the command, runs it, and turns what went wrong into an exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from onrecord.cli import exits
from onrecord.cli.console import Console, standard_console
from onrecord.cli.parser import COMMANDS, build_parser, parser_of, with_command
from onrecord.cli.services import REAL, Services
from onrecord.errors import FAULT, InputError, OnrecordError, OutputError


def run(
    argv: Sequence[str] | None = None, *, services: Services = REAL, console: Console | None = None
) -> int:
    """Run one command line.

    Args:
        argv: the arguments without the program's name; those of the process if None.
        services: reading and analyzing.
        console: the streams; those of the process if None.

    Returns:
        The exit status: 0 fine, 1 findings, 2 usage, 3 some inputs failed, 130 interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    console = console or standard_console()
    console.debug = "--debug" in words
    try:
        status = _dispatch(words, console, services)
        console.out.flush()
    except KeyboardInterrupt:
        console.fail("onrecord: interrupted")
        return exits.INTERRUPTED
    except OnrecordError as error:
        if console.debug:
            raise
        console.error(error)
        return exits.SOME_FAILED if isinstance(error, InputError) else exits.USAGE
    except OSError as error:
        if _is_closed_pipe(error):
            _forget_output(console)
            return exits.FINE
        if console.debug:
            raise
        if error.filename is None:
            _forget_output(console)
        console.error(_told(error))
        return exits.USAGE
    except Exception as error:
        if console.debug:
            raise
        console.error(OnrecordError("", f"could not go on ({type(error).__name__}: {error})", FAULT))
        return exits.USAGE
    return status


def _dispatch(words: list[str], console: Console, services: Services) -> int:
    parser = build_parser()
    if not words:
        console.fail(parser.format_usage().rstrip() + "\nType onrecord --help for more.")
        return exits.USAGE
    try:
        arguments, unknown = parser.parse_known_args(with_command(words))
        if unknown:
            # The command's own parser knows what its options are called and where its help is.
            parser_of(parser, arguments.command).error(f"unrecognized arguments: {' '.join(unknown)}")
    except SystemExit as done:
        # argparse leaves this way after --help and --version.
        return int(done.code or 0)
    console.quiet = getattr(arguments, "quiet", False)
    console.verbose = getattr(arguments, "verbose", False)
    console.no_color = getattr(arguments, "no_color", False)
    console.width = getattr(arguments, "width", None)
    return COMMANDS[arguments.command].execute(arguments, console, services)


def _is_closed_pipe(error: OSError) -> bool:
    # Windows reports a reader that has gone as an invalid argument.
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def _told(error: OSError) -> OutputError:
    """What the system refused: a file, or standard output where the error names none."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return OutputError(
            "standard output",
            f"cannot be written ({reason})",
            "free some space on its disk, or send it elsewhere",
        )
    problem = f"cannot be read or written ({reason})"
    return OutputError(str(error.filename), problem, "check the path, its permissions and the disk")


def _forget_output(console: Console) -> None:
    """Keep Python from complaining at exit that the rest could not be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), console.out.fileno())
