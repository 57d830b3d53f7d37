"""The words beside a place of a doc, of which the first has none before it."""

from __future__ import annotations

from spacy.tokens import Doc, Token


def before(doc: Doc, place: int) -> Token | None:
    """The token before a place; None at the start, where `doc[place - 1]` would be the last of the doc."""
    return doc[place - 1] if place > 0 else None
