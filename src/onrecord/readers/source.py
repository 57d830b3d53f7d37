"""The bytes of one input, with the name that the user gave it."""

from __future__ import annotations

import errno
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError

__all__ = ["MAX_BYTES", "STDIN", "Source", "load_source"]

STDIN = "-"

MAX_BYTES = 200 * 1024 * 1024
"""Bytes. The largest file taken whole: well beyond a newspaper's yearly export in JSON Lines, and
small enough for a laptop's memory."""

SHOWN = 40
"""Characters shown of a name that is no name: an article pasted in its place."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input.

    Attributes:
        path: as the user named it; `-` for standard input.
        data: all its bytes.
    """

    path: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name that an article's id is made of."""
        return "stdin" if self.path == STDIN else Path(self.path).stem

    @property
    def suffix(self) -> str:
        """The file name's last suffix, lower case, with its dot; empty for standard input."""
        return "" if self.path == STDIN else Path(self.path).suffix.lower()

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def load_source(path: Path | str) -> Source:
    """Read all bytes of a file, or of standard input for `-`.

    Raises:
        InputError: there is no such file, it is a folder, too large or may not be read.
    """
    name = str(path)
    if name == STDIN:
        return Source(STDIN, _bounded(name, sys.stdin.buffer.read(MAX_BYTES + 1)))
    file = Path(path)
    try:
        if file.is_dir():
            raise InputError(name, "a folder, not a file", "name the files in it, or the folder on its own")
        if file.exists() and not file.is_file():
            raise InputError(name, "not a regular file", "save its content as a file first")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(name, size)
        return Source(name, file.read_bytes())
    except FileNotFoundError as error:
        raise InputError(name, "no such file", "check the spelling and the folder you are in") from error
    except PermissionError as error:
        raise InputError(
            name, "may not be read", "change its permissions or copy it to your folder"
        ) from error
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENAMETOOLONG:
            raise InputError(
                f"{' '.join(name.split())[:SHOWN]}…",
                "too long for the name of a file",
                "save the article as a file and name that, or pipe its text to: onrecord -",
            ) from error
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read ({reason})", "check the disk or the path") from error


def _bounded(name: str, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    return data


def _too_large(name: str, size: int) -> InputError:
    limit = MAX_BYTES // 2**20
    return InputError(name, f"larger than {limit} MB ({size / 2**20:.0f} MB)", "split it into smaller files")
