"""An entity divided in two: its aliases go by how the mentions are worded, its roles by where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from onrecord.corrections.names import fold
from onrecord.schema import Entity, Mention, Span


def divided(entity: Entity, moved: Sequence[Mention]) -> tuple[Entity, Entity]:
    """What stays of an entity, and what goes with the mentions that belong to somebody else.

    An alias that mentions of both have is one of both; one that no mention has, such as that of a correction,
    stays. Either part still has the id and the name of the whole.
    """
    stay = tuple(m for m in entity.mentions if m not in moved)
    here, there = _wordings(stay), _wordings(moved)
    gone = tuple(r for r in entity.roles if _goes(r, stay, moved))
    left = replace(
        entity,
        aliases=tuple(a for a in entity.aliases if fold(a) in here or fold(a) not in there),
        roles=tuple(r for r in entity.roles if r not in gone),
        mentions=stay,
    )
    names = (entity.name, *entity.aliases)
    part = replace(
        entity, aliases=tuple(n for n in names if fold(n) in there), roles=gone, mentions=tuple(moved)
    )
    return left, part


def joined_to(entity: Entity, part: Entity) -> Entity:
    """An entity with the aliases, roles and mentions of a part of another."""
    aliases = dict.fromkeys(a for a in (*entity.aliases, *part.aliases) if fold(a) != fold(entity.name))
    mentions = sorted((*entity.mentions, *part.mentions), key=lambda m: (m.start, m.end))
    return replace(
        entity,
        aliases=tuple(aliases),
        roles=tuple(dict.fromkeys((*entity.roles, *part.roles))),
        mentions=tuple(mentions),
    )


def _wordings(mentions: Iterable[Mention]) -> frozenset[str]:
    # Names have no brackets: *[Anna] Berg* is a mention of Anna Berg.
    return frozenset(fold(m.text.replace("[", "").replace("]", "")) for m in mentions)


def _goes(role: Span, stay: Sequence[Mention], moved: Sequence[Mention]) -> bool:
    """Whether the name that a role stands nearest to is one of those that moved."""
    near, nearest = _distance(role, stay), _distance(role, moved)
    return nearest is not None and (near is None or nearest < near)


def _distance(role: Span, mentions: Collection[Mention]) -> int | None:
    # Who is named inside a role is somebody else: *sister of Mrs. Berg*.
    names = (m for m in mentions if m.kind == "name" and not (role.start <= m.start and m.end <= role.end))
    return min((max(role.start - m.end, m.start - role.end, 0) for m in names), default=None)
