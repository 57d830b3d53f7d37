"""From what a user names on the command line to the files meant."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path

from onrecord.errors import InputError
from onrecord.readers.detection import SUFFIXES
from onrecord.readers.own_files import HEAD, OwnFile, own_file
from onrecord.readers.source import STDIN
from onrecord.schema import Notice

__all__ = ["find_files"]

_NOTHING_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
"""Errors of a name behind which there is no file, such as a link to nowhere."""


def _ignore(_: object) -> None:
    pass


def find_files(
    paths: Iterable[Path | str],
    *,
    on_skip: Callable[[Notice], None] = _ignore,
    on_error: Callable[[InputError], None] = _ignore,
) -> Iterator[Path]:
    """The files that `paths` name, each once, in a stable order.

    Folders are walked, names sorted; hidden files and folders, formats that cannot be read and what
    onrecord wrote itself are left out, and a link to a folder already walked is not walked again.
    Globs are expanded where the shell has not done it. A file named by itself is given whatever its
    name or format, even where it does not exist or may not be looked at: reading it raises the error.

    Args:
        paths: files, folders, globs, `-` for standard input (given as `Path("-")`).
        on_skip: called with a notice for each file in a folder that is left out for its format, or as
            onrecord's own.
        on_error: called with the error of a folder that cannot be read.
    """
    walk = _Walk(on_skip, on_error)
    seen: set[str] = set()
    for path in paths:
        for file in _expand(str(path), walk):
            key = _key(file)
            if key not in seen:
                seen.add(key)
                yield file


def _key(file: Path) -> str:
    try:
        return STDIN if str(file) == STDIN else os.path.realpath(file)
    except (OSError, ValueError):
        return str(file)


def _mode(path: Path) -> int | None:
    """What `stat` tells of its kind, links followed: 0 if there is no such file, None if it cannot tell."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:
        return 0 if getattr(error, "errno", None) in _NOTHING_THERE else None


def _expand(name: str, walk: _Walk) -> Iterator[Path]:
    path = Path(name)
    if name != STDIN and not _mode(path) and has_magic(name):
        matches = sorted(glob(name, recursive=True))  # noqa: PTH207 - absolute patterns too
        if matches:
            for match in matches:
                yield from _expand_one(Path(match), walk)
            return
    yield from _expand_one(path, walk)


def _expand_one(path: Path, walk: _Walk) -> Iterator[Path]:
    if str(path) != STDIN and stat.S_ISDIR(_mode(path) or 0):
        yield from walk.files(path, set())
    else:
        yield path


@dataclass(frozen=True, slots=True)
class _Walk:
    """Through folders; tells what is left out and what cannot be read."""

    on_skip: Callable[[Notice], None]
    on_error: Callable[[InputError], None]
    failed: set[str] = field(default_factory=set)

    def files(self, folder: Path, walked: set[str]) -> Iterator[Path]:
        real = os.path.realpath(folder)
        if real in walked:
            return
        walked.add(real)
        try:
            entries = sorted(folder.iterdir(), key=lambda p: p.name)
        except OSError as error:
            problem = f"a folder that cannot be read ({error.strerror})"
            remedy = "change its permissions or copy its files to your folder"
            if real not in self.failed:
                self.on_error(InputError(str(folder), problem, remedy))
            self.failed.add(real)
            return
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            mode = _mode(entry)
            if stat.S_ISDIR(mode or 0):
                yield from self.files(entry, walked)
            elif mode is not None and not stat.S_ISREG(mode):
                self._skip(entry, "not a regular file")
            elif entry.suffix.lower() not in SUFFIXES:
                self._skip(entry, f"{entry.suffix} is not supported")
            elif own := _own(entry):
                self._skip(entry, own.kind)
            else:
                yield entry

    def _skip(self, entry: Path, why: str) -> None:
        self.on_skip(Notice("skipped_file", f"{entry}: left out ({why})"))


def _own(file: Path) -> OwnFile | None:
    """What a file of onrecord's own is; None as well where it cannot be read."""
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
            opened.seek(max(len(head), os.fstat(opened.fileno()).st_size - HEAD))
            return own_file(str(file), head + opened.read())
    except OSError:
        return None
