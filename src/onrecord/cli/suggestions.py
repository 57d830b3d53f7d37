"""What a mistyped word probably was."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

CLOSE = 0.6
"""Least similarity (difflib's ratio and its own default) of a suggestion."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, if any is like it."""
    import difflib

    found = difflib.get_close_matches(word, list(known), n=1, cutoff=CLOSE)
    return found[0] if found else None


def nearest_file(path: Path) -> Path | None:
    """The file or folder beside a missing one whose name is most like it."""
    folder = path.parent
    try:
        names = [p.name for p in folder.iterdir() if not p.name.startswith(".")]
    except OSError:
        return None
    by_fold = {n.casefold(): n for n in names}
    found = nearest(path.name.casefold(), by_fold)
    if found is None:
        # A name typed without its suffix.
        found = next((f for f in sorted(by_fold) if Path(f).stem == path.name.casefold()), None)
    return folder / by_fold[found] if found else None
