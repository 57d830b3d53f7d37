"""Who is in the story, for the page: people, organisations, places, unnamed sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.render.facts import Tally, by_prominence, speaker_key, tallies, unnamed_speakers
from onrecord.render.layout import Line, Run, cells, spread, wrap
from onrecord.schema import Entity, EntityType, Quote, Speaker

OTHERS: tuple[tuple[str, frozenset[EntityType]], ...] = (
    ("PLACES", frozenset({"PLACE"})),
    ("GROUPS AND NATIONALITIES", frozenset({"NORP"})),
    ("EVENTS, WORKS, LAWS, PRODUCTS", frozenset({"EVENT", "WORK", "LAW", "PRODUCT"})),
)
"""Sections that are run in, after the organisations."""

MEASURES: tuple[tuple[str, frozenset[EntityType]], ...] = (
    ("DATES AND TIMES", frozenset({"DATE", "TIME"})),
    ("AMOUNTS", frozenset({"MONEY", "PERCENT", "QUANTITY"})),
)
"""Shown only when entities are asked for by name."""

NAME_SHARE = 0.34
"""Most of the width that names may take, so that roles keep a third and counts a third."""


def people_lines(
    entities: Sequence[Entity], quotes: Sequence[Quote], *, width: int, kind: EntityType
) -> list[Line]:
    """A table of the people (or organisations): name, role, mentions, how often quoted."""
    wanted = by_prominence([e for e in entities if e.type == kind])
    counts = tallies(quotes)
    lines: list[Line] = []
    if wanted:
        lines.append([Run("PEOPLE" if kind == "PERSON" else "ORGANISATIONS", "head")])
        names = {e.id: e.name for e in entities}
        widest = max(cells(e.name) for e in wanted)
        column = max(min(widest, int(width * NAME_SHARE)), 8)
        for entity in wanted:
            lines += _row(entity, counts.get(entity.id, Tally()), names, column, width)
    return lines


def _row(entity: Entity, tally: Tally, names: dict[str, str], column: int, width: int) -> list[Line]:
    facts: Line = [Run(f"{len(entity.mentions)}×".rjust(4), "dim")]
    said = _said(tally)
    facts.append(Run("  " + said.ljust(SAID_WIDTH), "plain"))
    room = width - 2 - column - 2 - 4 - 2 - SAID_WIDTH - 2
    role = entity.roles[0].text if entity.roles else ""
    maybe = [names[c] for c in entity.candidates if c in names]
    if maybe:
        role = f"{role}; " if role else ""
        role += f"perhaps the same as {maybe[0]}"
    name = wrap([Run(entity.name, "name")], width=column)
    about = wrap([Run(role, "dim")], width=max(room, 8)) if room >= 8 else []
    lines: list[Line] = []
    for i in range(max(len(name), len(about))):
        a: Line = name[i] if i < len(name) else []
        b: Line = about[i] if i < len(about) else []
        left: Line = [Run("  "), *a, Run(" " * (column + 2 - _width(a))), *b]
        lines.append((spread(left, facts, width=width) or [*left, Run("  "), *facts]) if i == 0 else left)
    return lines


SAID_WIDTH = 22


def _width(line: Line) -> int:
    return sum(cells(run.text) for run in line)


def _said(tally: Tally) -> str:
    parts = []
    if tally.quoted:
        parts.append(f"quoted {tally.quoted}×")
    if tally.reported:
        parts.append(f"reported {tally.reported}×")
    return ", ".join(parts)


def others_lines(
    entities: Sequence[Entity], quotes: Sequence[Quote], *, width: int, dates: bool
) -> list[Line]:
    """Organisations as a table, unnamed sources, then the other names run in."""
    blocks = [
        people_lines(entities, quotes, width=width, kind="ORG"),
        list(_unnamed(quotes, width)),
        *(
            list(_run_in(head, entities, kinds, width))
            for head, kinds in OTHERS + (MEASURES if dates else ())
        ),
    ]
    lines: list[Line] = []
    for block in filter(None, blocks):
        if lines:
            lines.append([])
        lines += block
    return lines


def _unnamed(quotes: Sequence[Quote], width: int) -> Iterator[Line]:
    counts = tallies(quotes)
    heads = {"UNNAMED": "NOT NAMED", "GROUP": "NOT NAMED", "DOCUMENT": "DOCUMENTS"}
    groups: dict[str, list[Speaker]] = {}
    for speaker in unnamed_speakers(quotes):
        groups.setdefault(heads.get(speaker.type, "OTHER SPEAKERS"), []).append(speaker)
    for i, (head, speakers) in enumerate(groups.items()):
        if i:
            yield []
        yield [Run(head, "head")]
        for speaker in speakers:
            said = Run(_said(counts.get(speaker_key(speaker), Tally())).ljust(SAID_WIDTH))
            text = wrap([Run(speaker.name, "name")], width=width - SAID_WIDTH - 2, indent=2)
            yield spread(text[0], [said], width=width) or text[0]
            yield from text[1:]


def _run_in(
    head: str, entities: Sequence[Entity], kinds: frozenset[EntityType], width: int
) -> Iterator[Line]:
    wanted = by_prominence([e for e in entities if e.type in kinds])
    if not wanted:
        return
    yield [Run(head, "head")]
    runs: list[Run] = []
    for i, entity in enumerate(wanted):
        count = len(entity.mentions)
        runs.append(Run(entity.name))
        if count > 1:
            runs.append(Run(f" {count}×", "dim"))
        if i < len(wanted) - 1:
            runs.append(Run(", "))
    yield from wrap(runs, width=width, indent=2)
