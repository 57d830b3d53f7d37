"""Who is in the story, for the page: people, organisations, unnamed sources, places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.render.facts import Tally, by_prominence, speaker_key, tallies, unnamed_speakers
from onrecord.render.layout import HARD_SPACE, Line, Run, cells, measure, wrap
from onrecord.render.owners import as_entry
from onrecord.render.phrases import description_of, said
from onrecord.schema import Entity, EntityType, Quote

RUN_IN: tuple[tuple[str, frozenset[EntityType]], ...] = (
    ("PLACES", frozenset({"PLACE"})),
    ("PEOPLES AND GROUPS", frozenset({"NORP"})),
    ("OTHER NAMES", frozenset({"EVENT", "WORK", "LAW", "PRODUCT"})),
)
"""Sections that need no line of their own for each entity."""

MEASURES: tuple[tuple[str, frozenset[EntityType]], ...] = (
    ("DATES AND TIMES", frozenset({"DATE", "TIME"})),
    ("AMOUNTS", frozenset({"MONEY", "PERCENT", "QUANTITY"})),
)
"""Shown only when entities are asked for by name."""

INDENT = 2
GAP = 2
"""Cells between columns."""

LEAST_ROLE = 12
"""Cells below which a column of roles would break every word; the role then stands under the name."""


LEAST_NAME = 16
"""Cells below which a name would break after every word; each entity then takes several lines."""


class _Row(NamedTuple):
    name: str
    about: str
    mentions: str
    said: str


MOST_CANDIDATES = 2
"""Names shown of those whom a bare surname may mean."""


def people_lines(entities: Sequence[Entity], quotes: Sequence[Quote], *, text: str, width: int) -> list[Line]:
    """A table of the people: name, role, mentions, how often quoted; `text` is the article's."""
    return _table("PEOPLE", _rows(entities, quotes, "PERSON", text), width)


def others_lines(
    entities: Sequence[Entity], quotes: Sequence[Quote], *, text: str, width: int, dates: bool
) -> list[Line]:
    """Organisations as a table, unnamed speakers, then the other names run in; `text` is the article's."""
    sections = RUN_IN + (MEASURES if dates else ())
    blocks = [
        _table("ORGANISATIONS", _rows(entities, quotes, "ORG", text), width),
        _table("NOT NAMED", _unnamed(quotes), width),
        *(list(_run_in(head, entities, kinds, width)) for head, kinds in sections),
    ]
    lines: list[Line] = []
    for block in filter(None, blocks):
        if lines:
            lines.append([])
        lines += block
    return lines


def _rows(entities: Sequence[Entity], quotes: Sequence[Quote], kind: EntityType, text: str) -> list[_Row]:
    counts = tallies(quotes)
    names = {e.id: e.name for e in entities}
    rows = []
    for entity in by_prominence([e for e in entities if e.type == kind]):
        told = description_of(entity, entities, text)
        about = [told] if told else []
        known = [names[c] for c in entity.candidates if c in names]
        about += [f"perhaps {' or '.join(known[:MOST_CANDIDATES])}"] if known else []
        tally = counts.get(entity.id, Tally())
        rows.append(_Row(entity.name, "; ".join(about), f"{len(entity.mentions)}×", said(tally)))
    return rows


def _unnamed(quotes: Sequence[Quote]) -> list[_Row]:
    counts = tallies(quotes)
    return [
        _Row(as_entry(speaker.name), "", "", said(counts.get(speaker_key(speaker), Tally())))
        for speaker in unnamed_speakers(quotes)
    ]


def _table(head: str, rows: Sequence[_Row], width: int) -> list[Line]:
    """Four columns: the counts as wide as they are, the names up to half of the rest, then roles."""
    if not rows:
        return []
    said_width = max(cells(r.said) for r in rows)
    mentions_width = max(cells(r.mentions) for r in rows)
    counts = mentions_width + (GAP + said_width if said_width else 0)
    room = width - INDENT - GAP - counts
    if room < LEAST_NAME:
        return [[Run(head, "head")], *(line for row in rows for line in _stack(row, width))]
    name_width = min(max(cells(r.name) for r in rows), room)
    role_width = 0
    if any(r.about for r in rows):
        beside = min(name_width, (room - GAP) // 2)
        role_width = room - beside - GAP
        if role_width >= LEAST_ROLE:
            name_width = beside
    lines: list[Line] = [[Run(head, "head")]]
    for row in rows:
        facts: Line = [Run(row.mentions.rjust(mentions_width), "dim")]
        if said_width:
            facts.append(Run(" " * GAP + row.said))
        under = role_width < LEAST_ROLE
        name = wrap([Run(row.name, "name")], width=name_width, hanging=1)
        about = [] if under else wrap([Run(row.about, "dim")], width=role_width, hanging=1)
        lines += _join(name, about, facts, name_width, room)
        if under:
            lines += wrap([Run(row.about, "dim")], width=width, indent=INDENT + GAP)
    return lines


def _stack(row: _Row, width: int) -> Iterator[Line]:
    yield from wrap([Run(row.name, "name")], width=width, indent=INDENT)
    for text in filter(None, (row.about, " ".join(filter(None, (row.mentions, row.said))))):
        yield from wrap([Run(text, "dim")], width=width, indent=INDENT + GAP)


def _join(name: list[Line], about: list[Line], facts: Line, name_width: int, room: int) -> Iterator[Line]:
    for i in range(max(len(name), len(about))):
        line: Line = [Run(" " * INDENT), *(name[i] if i < len(name) else [])]
        if i < len(about):
            line += [Run(" " * (INDENT + name_width + GAP - measure(line))), *about[i]]
        if i == 0:
            line += [Run(" " * (INDENT + room + GAP - measure(line))), *facts]
        yield line


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
            # The count must not be parted from its name at the end of a line.
            runs.append(Run(f"{HARD_SPACE}{count}×", "dim"))
        if i < len(wanted) - 1:
            runs.append(Run(", "))
    yield from wrap(runs, width=width, indent=INDENT)
