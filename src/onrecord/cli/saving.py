"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import OutputError


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A new empty file beside `path`, which takes its place when the block ends well.

    Whatever stood at `path` stays untouched until then, and after an error or an interrupt.

    Raises:
        OutputError: the folder cannot be written to, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise OutputError(str(path), problem, "choose a folder that is yours: -o ~/report.xlsx") from error
    fresh = Path(name)
    try:
        yield fresh
        # mkstemp makes files that only their owner may read; give it what `open` would have given.
        mask = os.umask(0)
        os.umask(mask)
        fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        fresh.replace(path)
    except PermissionError as error:
        problem = f"cannot be replaced ({error.strerror})"
        raise OutputError(str(path), problem, "close it in other programs, or choose another name") from error
    finally:
        fresh.unlink(missing_ok=True)
