"""A SQLite file with full-text search, laid out so that Datasette shows it well.

Every table has a whole-number key and foreign keys, which Datasette turns into links; the FTS5
tables are linked to their content, by which Datasette finds them and offers a search box.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from onrecord.render.certainty import Certainty
from onrecord.render.facts import Places, headline, is_uncertain, notices, quote_text
from onrecord.render.phrases import claim_who, quantity_told
from onrecord.render.selection import EVERYTHING, Selection, select
from onrecord.render.tables import LIST
from onrecord.schema import Report


def write(reports: Iterable[Report], out: Path, *, selection: Selection = EVERYTHING) -> None:
    """Write a new database; `out` may be an empty file.

    Text is stored as it is in the article, control characters included, so that offsets hold.
    """
    with closing(sqlite3.connect(out)) as connection, connection:
        connection.executescript(_script("database.sql"))
        for report in reports:
            _Filing(connection, report, selection).file()
        connection.executescript(_script("database_search.sql"))


def _script(name: str) -> str:
    return (files("onrecord.render") / name).read_text("utf-8")


class _Filing:
    """One report on its way into the tables: its codes (`q3`) become the tables' keys."""

    def __init__(self, connection: sqlite3.Connection, report: Report, selection: Selection) -> None:
        self._connection = connection
        self._report = report
        self._shown = select(report, selection)
        self._places = Places(report.article)
        self._certainty = Certainty(report)
        self._keys: dict[str, int] = {}
        self._article = 0

    def file(self) -> None:
        a = self._report.article
        self._article = self._insert(
            "articles",
            (a.id, headline(a), a.outlet, a.published, LIST.join(a.byline), a.url, a.path, a.format,
             a.encoding, a.sha256, a.language, a.text),
        )  # fmt: skip
        self._entities()
        self._quotes()
        self._claims()
        for n in notices(self._report):
            self._insert("warnings", (n.message, n.code, self._article, n.start, n.end))

    def _entities(self) -> None:
        for e in self._shown.entities:
            roles = LIST.join(dict.fromkeys(r.text for r in e.roles))
            values = (e.name, e.type, self._article, e.id, LIST.join(e.aliases), roles, len(e.mentions))
            key = self._keys[e.id] = self._insert("entities", values)
            for m in e.mentions:
                place = self._places.number(m.start)
                self._insert("mentions", (m.text, key, m.kind, m.confidence, place, m.start, m.end))

    def _quotes(self) -> None:
        for q in self._shown.quotes:
            key = self._keys[q.id] = self._insert(
                "quotes",
                (quote_text(q), self._article, q.id, q.type, q.mode, LIST.join(s.name for s in q.speakers),
                 is_uncertain(q), q.cue.text if q.cue else None, q.source.text if q.source else None,
                 LIST.join(q.flags), None, self._certainty.of(q), LIST.join(q.reasons),
                 self._places.number(q.content[0].start), q.content[0].start, q.content[-1].end),
            )  # fmt: skip
            for part, s in enumerate(q.content, start=1):
                self._insert("quote_parts", (s.text, key, part, s.start, s.end))
            for speaker in q.speakers:
                entity = self._keys.get(speaker.entity or "")
                self._insert("quote_speakers", (speaker.name, speaker.type, key, entity))
        parents = (
            (self._keys[q.parent], self._keys[q.id]) for q in self._shown.quotes if q.parent in self._keys
        )
        self._connection.executemany("UPDATE quotes SET parent = ? WHERE id = ?", parents)

    def _claims(self) -> None:
        for c in self._shown.claims:
            self._keys[c.id] = self._insert(
                "claims",
                (c.text, self._article, c.id, claim_who(c).name, c.claimant.kind, LIST.join(c.via),
                 self._keys.get(c.quote or ""), c.modality, LIST.join(c.types),
                 LIST.join(quantity_told(x) for x in c.quantities), LIST.join(h.text for h in c.hedges),
                 c.check_worthy, c.verifiable, LIST.join(c.reasons), self._places.number(c.start),
                 c.start, c.end),
            )  # fmt: skip
        for row in self._relations():
            self._insert("claim_relations", row)

    def _relations(self) -> Iterator[tuple[object, ...]]:
        for c in self._shown.claims:
            for r in c.relations:
                if r.claim in self._keys:
                    yield (self._keys[c.id], r.kind, self._keys[r.claim], LIST.join(r.reasons))

    def _insert(self, table: str, values: tuple[object, ...]) -> int:
        clean = [_storable(v) for v in values]
        marks = ", ".join("?" * len(clean))
        # The table's name is one of those above, never the user's.
        cursor = self._connection.execute(f"INSERT INTO {table} VALUES (NULL, {marks})", clean)
        return int(cursor.lastrowid or 0)


def _storable(value: object) -> object:
    """SQLite stores UTF-8, which cannot hold lone surrogates."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
