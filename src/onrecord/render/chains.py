"""The mentions by which a source is traced back to a name."""

from __future__ import annotations

from onrecord.schema import Entity, Mention, Span


def chain(entity: Entity, source: Span) -> list[Mention]:
    """The mention in the source and those before it, back to the last one by name; empty for a name."""
    before = [m for m in entity.mentions if m.start < source.end]
    inside = [m for m in before if m.end > source.start]
    if not inside or inside[-1].kind == "name":
        return []
    out = []
    for mention in reversed(before[: before.index(inside[-1]) + 1]):
        out.append(mention)
        if mention.kind == "name":
            break
    return out
