"""Full names of one person that differ in the given name: *Ken* and *Kenneth*, a headline's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.names.gender import decided
from onrecord.pipeline.names.grouping_records import Group, coordinated
from onrecord.pipeline.names.person_names import PersonName, is_clipped, same_person
from onrecord.pipeline.names.words import Words


@cache
def _short_forms() -> Mapping[str, frozenset[str]]:
    """Given names with their short forms."""
    table = load_lexicon("given_names")["short_forms"]
    return {name: frozenset(forms) for name, forms in table.items()}


def join_short_forms(words: Words, groups: list[Group]) -> None:
    """Join the only two bearers of a surname where all speaks for one person.

    One has a short form of the other's given name, or stands in a headline alone, while the body gives
    the other in full and calls nobody by the bare surname before that.

    Args:
        words: the document.
        groups: the people named in full; the second of two that are joined is taken out.
    """
    for one, other in list(_pairs(groups)):
        if one.kin or other.kin or _of_other_gender(one, other) or _side_by_side(words, one, other):
            continue
        shown, body = sorted((one, other), key=lambda g: not _is_shown(g))
        short = _shortened(one, other) or _shortened(other, one)
        if short:
            reason = f"“{short}” is a short form of the other's given name"
        elif _is_shown(shown) and not _is_shown(body) and _is_introduced(words, body):
            reason = "the headline's name of the only person of that surname in the text"
        else:
            continue
        first, second = sorted((one, other), key=lambda g: g.start)
        for m in (shown if not short else first).mentions:
            m.reason = reason
        first.mentions += second.mentions
        first.reasons += [*second.reasons, reason]
        groups.remove(second)


def _pairs(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """The two bearers of each surname that two people bear."""
    bearers: dict[str, list[Group]] = defaultdict(list)
    for g in groups:
        bearers[g.mentions[0].name.surname].append(g)
    for found in bearers.values():
        if len(found) == 2:
            yield found[0], found[1]


def _shortened(one: Group, other: Group) -> str:
    """The given name of the first that is a short form of the second's; empty if it is none."""
    for short in {m.name for m in one.mentions}:
        for long in {m.name for m in other.mentions}:
            if not short.given or not long.given or short.given[0] not in _short_of(long):
                continue
            if same_person(PersonName((long.given[0], *short.given[1:]), short.surname, short.suffix), long):
                return short.given[0]
    return ""


def may_be_called(single: str, full: PersonName) -> bool:
    """Whether a single name may be a short form of a given name: *Chidi* of *Chidiebere*, *Bill*."""
    return is_clipped(single, full) or single in _short_of(full)


def _short_of(name: PersonName) -> frozenset[str]:
    return _short_forms().get(name.given[0], frozenset()) if name.given else frozenset()


def _of_other_gender(one: Group, other: Group) -> bool:
    sexes = {decided(one.gender), decided(other.gender)} - {""}
    return len(sexes) > 1


def _side_by_side(words: Words, one: Group, other: Group) -> bool:
    return any(coordinated(words, a.span, b.span) for a in one.mentions for b in other.mentions)


def _is_shown(group: Group) -> bool:
    """Whether the name stands in headlines alone."""
    return all(m.shown for m in group.mentions)


def _is_introduced(words: Words, group: Group) -> bool:
    """Whether the body names somebody in full before the bare surname."""
    first = next(m for m in group.mentions if not m.shown)
    surname = first.name.surname.rpartition(" ")[2]
    start = min(m.span.start for m in group.mentions if not m.shown)
    return not any(words.low[i] == surname and not words.shown[i] for i in range(start))
