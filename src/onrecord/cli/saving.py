"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import OutputError


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A new empty file beside `path`, which takes its place when the block ends well.

    Whatever stood at `path` stays untouched until then, after an error or an interrupt, and where the
    block takes the new file away.

    Raises:
        OutputError: the folder cannot be written to, or the disk is full.
    """
    elsewhere = f"-o ~/{path.name}"
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise OutputError(str(path), problem, f"choose a folder that is yours: {elsewhere}") from error
    fresh = Path(name)
    try:
        yield fresh
        if not fresh.exists():
            return
        # mkstemp makes files that only their owner may read; give it what `open` would have given.
        mask = os.umask(0)
        os.umask(mask)
        fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        fresh.replace(path)
    except _failures() as error:
        if str(getattr(error, "filename", None) or name) != name:
            # It is about another file, one that was read meanwhile.
            raise
        verb, remedy = "written", f"free some space on its disk, or choose another: {elsewhere}"
        if isinstance(error, PermissionError):
            verb, remedy = "replaced", "close it in other programs, or choose another name"
        problem = f"cannot be {verb} ({getattr(error, 'strerror', None) or error})"
        raise OutputError(str(path), problem, remedy) from error
    finally:
        fresh.unlink(missing_ok=True)


def _failures() -> tuple[type[Exception], ...]:
    """How the system's refusal to write arrives, also through the libraries that write."""
    # openpyxl writes by lxml where that is installed; no other format needs to load it.
    lxml = sys.modules.get("lxml.etree")
    return (OSError, sqlite3.Error, *([lxml.LxmlError] if lxml else []))
