"""Full names that are another of the same person: with a letter wrong, with a taunt before it."""

from __future__ import annotations

from onrecord.pipeline.names.gender import decided
from onrecord.pipeline.names.grouping_records import Group, coordinated
from onrecord.pipeline.names.person_names import PersonName, part_of
from onrecord.pipeline.names.words import Words, person_words

LEAST_LETTERS = 5
"""Of a surname: in shorter ones a letter makes another name (*Lind*, *Lund*)."""


def join_misspelt(words: Words, groups: list[Group]) -> None:
    """Join a full name that stands once to one that differs in a letter of the surname: *Rahel Emmanual*.

    Both have the same given name, and the other stands more often.

    Args:
        words: the document.
        groups: the people named in full; the misspelt one is taken out.
    """
    for rare in [g for g in groups if len(g.mentions) == 1 and not g.kin]:
        mention = rare.mentions[0]
        if _count(words, mention.name) > 1:
            continue
        fits = [g for g in groups if g is not rare and _is_misspelt(mention.name, g)]
        fits = [g for g in fits if max(_count(words, m.name) for m in g.mentions) > 1]
        if len(fits) != 1 or _contradicts(rare, fits[0]):
            continue
        if any(coordinated(words, mention.span, m.span) for m in fits[0].mentions):
            continue
        _join(groups, rare, fits[0], "one letter of the surname differs")


def join_epithets(groups: list[Group]) -> None:
    """Join what somebody is mocked or praised as to the only bearer of the name: *Little Marco*.

    Args:
        groups: the people named in full; whoever turns out to be another is taken out.
    """
    for taunt in [g for g in groups if all(_epithet(m.name) for m in g.mentions)]:
        name = taunt.mentions[0].name.surname
        bearers = [
            g
            for g in groups
            if g is not taunt and any(part_of(name, m.name) in ("surname", "given") for m in g.mentions)
        ]
        bearers = [g for g in bearers if not all(_epithet(m.name) for m in g.mentions)]
        if len(bearers) == 1 and not _contradicts(taunt, bearers[0]):
            for m in taunt.mentions:
                m.alias = True
            _join(groups, taunt, bearers[0], "an epithet before the name of the only bearer")


def _count(words: Words, name: PersonName) -> int:
    """How often the document has the surname."""
    return words.low.count(name.surname.rpartition(" ")[2])


def _epithet(name: PersonName) -> bool:
    return len(name.given) == 1 and name.given[0].strip("'") in person_words().epithets


def _is_misspelt(name: PersonName, group: Group) -> bool:
    others = {m.name for m in group.mentions}
    return any(
        o.given[:1] == name.given[:1]
        and len(name.given[0]) > 1
        and o.suffix == name.suffix
        and min(len(o.surname), len(name.surname)) >= LEAST_LETTERS
        and _is_one_letter_off(o.surname, name.surname)
        for o in others
        if o.given
    )


def _is_one_letter_off(one: str, other: str) -> bool:
    """Whether a letter is wrong, missing, doubled or in the wrong place; not the ending of a woman's form."""
    if one[0] != other[0] or one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(short) < len(long):
        return start < len(short) and short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1]
    return short[start + 1 :] == long[start + 1 :] or (swapped and short[start + 2 :] == long[start + 2 :])


def _contradicts(one: Group, other: Group) -> bool:
    return len({decided(g.gender) for g in (one, other)} - {""}) > 1


def _join(groups: list[Group], gone: Group, kept: Group, reason: str) -> None:
    for m in gone.mentions:
        m.reason = reason
    kept.mentions += gone.mentions
    kept.reasons += [*gone.reasons, reason]
    groups[:] = [g for g in groups if g is not gone]
