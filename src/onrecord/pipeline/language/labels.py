"""Families of the labels that names and figures bear on tokens."""

from __future__ import annotations

TIMES = frozenset(("DATE", "TIME"))
"""Labels of what tells when: nobody speaks, and no relative clause is about it."""
