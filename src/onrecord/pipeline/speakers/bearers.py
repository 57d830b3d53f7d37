"""Which of several bearers a bare surname means: *Reg Moss … his wife, Jean Moss. Moss said …*."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.pipeline.annotations import EntityRecord, Range, get_blocks
from onrecord.pipeline.names.people import People

__all__ = ["bearer_of"]

REACH = 2
"""Lines, empty ones too, in which a bearer named in full is the one whom a bare name goes on about."""

TOLD_APART = frozenset(("elder", "older", "senior", "younger"))
"""What tells one bearer from another, whoever the story is about: *the younger Moss*."""


def bearer_of(people: People, entity: EntityRecord, token: int) -> EntityRecord | None:
    """The likeliest of the people whom a surname that stands alone may mean.

    The only one whom the paragraph or the one before names in full, not as what another is of him or her
    (*the mother of Sean Moss*); else the first whom the text so names, which is whom the story is about.
    None for *the younger Moss*.

    Args:
        people: who is mentioned where.
        entity: somebody known by a bare name, with `candidates`.
        token: where the name or a pronoun for it stands.
    """
    rivals = [people.entities[c] for c in entity.candidates if c in people.entities]
    told = {e.id: list(_named_in_text(people, e)) for e in rivals}
    rivals = [e for e in rivals if told[e.id]]
    bare = max((m.start for m in entity.mentions if m.kind == "name" and m.start <= token), default=token)
    line = people.words.line
    if bare and people.words.low[bare - 1] in TOLD_APART:
        return None
    near = [e for e in rivals if any(s < bare and line[bare] - line[s] <= REACH for s, _ in told[e.id])]
    if len(near) == 1:
        return near[0]
    return min(rivals, key=lambda e: told[e.id][0], default=None)


def _named_in_text(people: People, entity: EntityRecord) -> Iterator[Range]:
    """Where paragraphs name somebody; what headlines put together may be no name."""
    prose = [(b.start, b.end) for b in get_blocks(people.words.doc) if b.kind not in ("headline", "subhead")]
    for m in entity.mentions:
        within = any(start <= m.start < end for start, end in prose)
        if m.kind == "name" and within and people.roles.get(m.start, entity.id) == entity.id:
            yield m.start, m.end
