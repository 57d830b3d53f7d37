"""Storms by name: *Typhoon Marisol*, later *Marisol*."""

from __future__ import annotations

from onrecord.pipeline.names.words import org_words


def storm_in(key: str) -> str:
    """The folded name of a storm behind what it is; empty where a name is no storm's.

    Args:
        key: a folded name, with *typhoon* or the like before the storm's.
    """
    parts = key.split()
    storms = org_words().storms
    start = next((i for i, p in enumerate(parts[:-1]) if p in storms), None)
    return "" if start is None else " ".join(parts[start + 1 :])
