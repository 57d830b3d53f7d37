from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from reports import HARBOUR, NUNEZ

from onrecord.render import csvfmt, database, xlsx
from onrecord.render.certainty import Certainty
from onrecord.render.explanation import explanation
from onrecord.render.facts import Places
from onrecord.render.layout import paint
from onrecord.render.phrases import quote_facts, quote_flags
from onrecord.render.selection import Selection, select
from onrecord.schema import Report

QUOTES = {q.id: q for q in HARBOUR.quotes}


def with_links(**confidence: float) -> Report:
    """The report in which the pronouns of an entity have these confidences, by its id."""
    entities = tuple(
        replace(
            e,
            mentions=tuple(
                replace(m, confidence=confidence[e.id]) if m.kind == "pronoun" and e.id in confidence else m
                for m in e.mentions
            ),
        )
        for e in HARBOUR.entities
    )
    return replace(HARBOUR, entities=entities)


def test_a_statement_is_as_sure_as_the_link_to_its_speaker() -> None:
    assert Certainty(with_links(e3=0.52)).of(QUOTES["q10"]) == 0.52
    assert Certainty(with_links(e3=0.99)).of(QUOTES["q10"]) == 0.97


def test_the_weakest_link_of_a_chain_counts() -> None:
    # *He* (q4) comes after *his*; both lead back to Tomas Rey by name.
    report = with_links(e2=0.9)
    weak = replace(
        report,
        entities=tuple(
            replace(e, mentions=(e.mentions[0], replace(e.mentions[1], confidence=0.4), *e.mentions[2:]))
            if e.id == "e2"
            else e
            for e in report.entities
        ),
    )
    assert Certainty(report).of(QUOTES["q4"]) == 0.86
    assert Certainty(weak).of(QUOTES["q4"]) == 0.4


def test_a_name_beside_a_title_is_as_sure_as_the_name() -> None:
    assert Certainty(HARBOUR).of(QUOTES["q2"]) == 0.97


def test_without_a_speaker_the_statement_alone_counts() -> None:
    assert Certainty(HARBOUR).of(QUOTES["q11"]) == 0.47
    gone = replace(QUOTES["q10"], speakers=(replace(NUNEZ, entity="e99"),))
    assert Certainty(HARBOUR).of(gone) == 0.97


def test_a_claim_is_as_sure_as_the_statement_that_makes_it() -> None:
    by_quote = {c.quote: c for c in HARBOUR.claims}
    assert Certainty(HARBOUR).of_claim(by_quote["q1"]) == Certainty(HARBOUR).of(QUOTES["q1"])
    author = next(c for c in HARBOUR.claims if c.claimant.kind == "author")
    assert Certainty(HARBOUR).of_claim(author) is None


def test_a_doubtful_link_is_told_on_the_page_and_counts_for_the_least_confidence() -> None:
    report = with_links(e3=0.42)
    certainty = Certainty(report)
    assert quote_flags(QUOTES["q10"], certainty) == "unsure"
    assert "42%" in quote_facts(QUOTES["q10"], Places(report.article), certainty)
    kept = select(report, Selection(min_confidence=0.6)).quotes
    assert "q10" not in [q.id for q in kept]
    assert "q10" in [q.id for q in select(HARBOUR, Selection(min_confidence=0.6)).quotes]


def test_beside_an_uncertain_speaker_there_is_no_percentage() -> None:
    facts = quote_facts(QUOTES["q11"], Places(HARBOUR.article), Certainty(HARBOUR))
    assert not [f for f in facts if f.endswith("%")]


def test_tables_hold_the_confidence_that_the_page_shows(tmp_path: Path) -> None:
    report = with_links(e3=0.42)
    shown = {q.id: Certainty(report).of(q) for q in report.quotes if q.mode == "speech"}
    assert shown["q10"] == 0.42
    out = io.StringIO()
    csvfmt.write([report], out)
    assert {r["id"]: float(r["confidence"]) for r in csv.DictReader(io.StringIO(out.getvalue()))} == shown
    xlsx.write([report], tmp_path / "r.xlsx")
    head, *rows = load_workbook(tmp_path / "r.xlsx")["Quotes"].iter_rows(values_only=True)
    at = head.index("Confidence")
    assert {row[-1]: row[at] for row in rows} == shown
    database.write([report], tmp_path / "r.db", selection=Selection())
    with closing(sqlite3.connect(tmp_path / "r.db")) as db:
        assert dict(db.execute("SELECT code, confidence FROM quotes")) == shown


def test_an_explanation_begins_with_what_the_page_shows_and_tells_what_the_words_have() -> None:
    told = paint(explanation(with_links(e3=0.42), "q10", width=80), color=False)
    assert told.startswith("q10 · direct, speech · 42% sure\n")
    assert "  words       97% sure; the name less so\n" in told
    assert "  words " not in paint(explanation(HARBOUR, "q4", width=80), color=False)
