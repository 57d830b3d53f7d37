"""The two streams of a command: data on one, everything else on the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import TextIO

from onrecord.errors import OnrecordError
from onrecord.render.neutral import neutral

PIPED_WIDTH = 80
"""Cells a line where there is no terminal to ask."""

CLEAR_LINE = "\r\x1b[K"


@dataclass(slots=True)
class Console:
    """Where output goes and how it may look.

    Attributes:
        out: data.
        err: progress, warnings, errors.
        env: the environment.
        quiet: neither progress nor notes; errors are still told.
        verbose: tell more on `err`.
        debug: let exceptions through with their traceback.
        no_color: never write ANSI styles.
        width: cells a line, if the user says so.
    """

    out: TextIO
    err: TextIO
    env: Mapping[str, str] = field(default_factory=dict)
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    no_color: bool = False
    width: int | None = None
    _progress: bool = False

    @property
    def color(self) -> bool:
        """Whether to style data: on a terminal, unless told not to (https://no-color.org)."""
        if self.no_color or self.env.get("NO_COLOR") or self.env.get("TERM") == "dumb":
            return False
        return self.out.isatty() and _takes_ansi(self.out)

    @property
    def page_width(self) -> int:
        """Cells a line: as asked, as wide as the terminal, or 80."""
        if self.width is not None:
            return self.width
        return _terminal_width() if self.out.isatty() else PIPED_WIDTH

    def prepare_data(self) -> None:
        """Make `out` take any data: UTF-8 whatever the locale, with LF."""
        if isinstance(self.out, TextIOWrapper):
            self.out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")

    def prepare_page(self) -> None:
        """Make `out` take any page: what the locale cannot write becomes a question mark."""
        if isinstance(self.out, TextIOWrapper):
            self.out.reconfigure(errors="replace")

    def note(self, text: str) -> None:
        """Tell something useful, unless quiet."""
        if not self.quiet:
            self._tell(text)

    def detail(self, text: str) -> None:
        """Tell something for the curious."""
        if self.verbose:
            self._tell(text)

    def error(self, error: OnrecordError) -> None:
        """Tell what failed and what to do."""
        self._tell(f"onrecord: {describe(error)}")

    def fail(self, text: str) -> None:
        """Tell what failed, in words."""
        self._tell(text)

    def progress(self, text: str) -> None:
        """Show what is going on, on a terminal only; the next output replaces it."""
        if self.quiet or not self.err.isatty():
            return
        room = max(_terminal_width() - 1, 10)
        self.err.write(f"{CLEAR_LINE}{neutral(text)[:room]}")
        self.err.flush()
        self._progress = True

    def clear_progress(self) -> None:
        """Take the progress line away."""
        if self._progress:
            self.err.write(CLEAR_LINE)
            self.err.flush()
            self._progress = False

    def _tell(self, text: str) -> None:
        self.clear_progress()
        lines = "\n".join(neutral(line) for line in text.split("\n"))
        self.err.write(f"{lines}\n")
        self.err.flush()


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def describe(error: OnrecordError) -> str:
    """An error in one or two lines: the thing, the problem, and what to do."""
    message = f"{error.thing}: {error.problem}" if error.thing else error.problem
    return f"{message}\n  {error.remedy}" if error.remedy else message


def standard_console() -> Console:
    """The process's own streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace" if stream is sys.stderr else "replace")
    return Console(sys.stdout, sys.stderr, os.environ)


def _takes_ansi(stream: TextIO) -> bool:
    """Whether the terminal obeys ANSI codes; an old Windows console has to be told to."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    kernel = ctypes.windll.kernel32
    handle = msvcrt.get_osfhandle(stream.fileno())
    mode = ctypes.c_ulong()
    if not kernel.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    # ENABLE_VIRTUAL_TERMINAL_PROCESSING
    return bool(kernel.SetConsoleMode(handle, mode.value | 0x0004))
