"""Whose somebody is who is told by an office: *Russia’s Foreign Ministry*, *Ilse Morau’s spokesman*."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.render.glosses import LEAST_LINK
from onrecord.schema import Entity, Span, Speaker

_CASES = ("’s", "'s", "s’", "s'")
_POSSESSIVES = frozenset({"his", "her", "its", "their"})
_OWNERS = frozenset({"ORG", "PLACE"})
_ARTICLES = frozenset({"a", "an", "the"})


def owned_names(
    speakers: Sequence[Speaker], words: Span | None, entities: Sequence[Entity] = ()
) -> list[str]:
    """Names of speakers, one that is an office with the owner that the article gives it there.

    Whoever has no name keeps the article before the description: *a review*, *the company that builds it*.

    Args:
        speakers: who speaks or claims.
        words: the article's words for them.
        entities: of the report, to tell whose *his spokesman* is; a doubtful owner is left out.
    """
    names = [s.name for s in speakers]
    if len(names) != 1 or words is None or not words.text.endswith(names[0]):
        return names
    owner = words.text.removesuffix(names[0]).rstrip()
    if owner[:1].isupper() and owner.endswith(_CASES):
        return [" ".join(words.text.split())]
    if owner.casefold() in _ARTICLES and speakers[0].entity is None:
        return [f"{owner.lower()} {names[0]}"]
    if owner.casefold() in _POSSESSIVES:
        return [_of_owner(names[0], words.start, entities) or names[0]]
    return names


def owner_told(entity: Entity, entities: Sequence[Entity], text: str) -> str:
    """Whose body it is, in the article’s words: *Russia’s Foreign Ministry*; nothing for two owners.

    Args:
        entity: the body.
        entities: of the report, among them places and bodies that may own it.
        text: the article's.
    """
    told: dict[str, str] = {}
    for m in entity.mentions:
        owner = _owner_before(m.start, entities, text) if m.kind == "name" else None
        if owner is not None:
            told.setdefault(*owner)
    return next(iter(told.values())) if len(told) == 1 else ""


def titled(entity: Entity, role: str, entities: Sequence[Entity], text: str) -> str:
    """A bare title with whose it is, where the article has that before it: *Ukraine’s President*."""
    first = entity.roles[0] if entity.roles else None
    if first is None or first.text != role or len(role.split()) > 1:
        return role
    owner = _owner_before(first.start, entities, text)
    return f"{owner[1]} {role}" if owner else role


def _owner_before(start: int, entities: Sequence[Entity], text: str) -> tuple[str, str] | None:
    """The id and the words of the place or body in the genitive that stands before an offset."""
    before = text[:start].rstrip()
    case = next((c for c in _CASES if before.endswith(c)), None)
    if case is None:
        return None
    # *the States’ bank*: of these cases only the mark stands behind the owner.
    end = len(before) - (len(case) if case[-1] == "s" else 1)
    for e in entities:
        for m in e.mentions:
            if m.end == end and m.kind == "name" and e.type in _OWNERS:
                return e.id, " ".join(before[m.start :].split())
    return None


def at_head(words: str, *, named: bool = True) -> str:
    """A speaker as it begins a line: *The company that builds it*, *Police*; a name stays as it is.

    Args:
        words: the speaker.
        named: whether it is a name, and not a description.
    """
    first, _, rest = words.partition(" ")
    described = not named or (first in _ARTICLES and rest)
    return f"{first[:1].upper()}{words[1:]}" if described and first.islower() else words


def as_entry(description: str) -> str:
    """A description as it stands in a table: *Chairman of governors* for *the chairman of governors*."""
    first, _, rest = description.partition(" ")
    bare = first.casefold() in _ARTICLES | {"another"}
    return at_head(rest if bare and rest else description, named=False)


def owned_role(role: Span, entities: Sequence[Entity]) -> str:
    """A description with whose it is in place of a pronoun: *Norvik’s spokeswoman* for *Its spokeswoman*."""
    first, _, rest = role.text.partition(" ")
    named = _of_owner(rest, role.start, entities) if rest and first.casefold() in _POSSESSIVES else None
    return named or role.text


def _of_owner(what: str, start: int, entities: Sequence[Entity]) -> str | None:
    """What belongs to the one whom the pronoun at an offset surely stands for."""
    return next((f"{e.name}’s {what}" for e in entities if _means(e, start)), None)


def _means(entity: Entity, start: int) -> bool:
    """Whether the pronoun at an offset surely stands for the entity."""
    return any(
        m.start == start and m.kind == "pronoun" and m.confidence >= LEAST_LINK for m in entity.mentions
    )
