"""Whole reports on any input: valid, exact, and never an exception."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.analyzer import analyze, explain
from onrecord.pipeline.build import LoadedPipeline
from onrecord.schema import Article
from onrecord.serialize import load_schema, report_from_dict, report_to_dict

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.txt"))

PIECES = (
    "“", "”", '"', "''", "``", "‘", "’", "'", "«", "»", "„", "—", "\n", "\n\n", " ", "  ", "\t", "\r\n",
    "\x00", "\x1b[31m", "[bold]", "{", "\u202e", "\ufeff", "é", "😀", "Q:", "A:", "• ", "> ", "# ",
    "By Ana Ruiz", "LAGOS —", "said", " said ", " told ", " that ", " denied ", "according to",
    "Ana Ruiz", "Ruiz", "Mr. Lund", "the minister", "she", "they", "it", "who", "I", ",", ".", "?", "!",
    ":", ";", "’s", "not", "will", "$1.2bn", "40 per cent", "two thirds", "reportedly", "if true",
    "The port", "rain was near", "U.N.", "NATO", "Subscribe to our newsletter", "Photo: Reuters",
)  # fmt: skip


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a report that has start, end and text."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


def check(loaded: LoadedPipeline, text: str) -> dict[str, Any]:
    """Analyze a text and check what must hold of every report."""
    (report,) = analyze(loaded, [Article(id="a", text=text)])
    out = report_to_dict(report)
    assert out["article"]["text"] == text
    for span in spans({key: out[key] for key in ("entities", "quotes", "claims")}):
        assert text[span["start"] : span["end"]] == span["text"] != ""
    for block in out["article"]["blocks"]:
        assert 0 <= block["start"] < block["end"] <= len(text)
    jsonschema.validate(out, load_schema(), cls=jsonschema.Draft202012Validator)
    ids = (
        {e["id"] for e in out["entities"]}
        | {q["id"] for q in out["quotes"]}
        | {c["id"] for c in out["claims"]}
    )
    assert len(ids) == sum(len(out[key]) for key in ("entities", "quotes", "claims"))
    for speaker in (s for q in out["quotes"] for s in q["speakers"]):
        assert speaker["entity"] is None or speaker["entity"] in ids
    assert {q["parent"] for q in out["quotes"]} - {None} <= ids
    assert {r["claim"] for c in out["claims"] for r in c["relations"]} <= ids
    assert report_from_dict(json.loads(json.dumps(out))) == report
    return out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_mixture_of_news_pieces(loaded: LoadedPipeline, pieces: list[str]) -> None:
    check(loaded, "".join(pieces))


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text(loaded: LoadedPipeline, text: str) -> None:
    check(loaded, text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples(loaded: LoadedPipeline, path: Path) -> None:
    out = check(loaded, path.read_text("utf-8"))
    assert len(out["quotes"]) >= 10
    assert sum(e["type"] == "PERSON" for e in out["entities"]) >= 4
    assert out["claims"]
    assert out["article"]["title"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_by_rules_alone(loaded_rules: LoadedPipeline, path: Path) -> None:
    out = check(loaded_rules, path.read_text("utf-8"))
    assert out["onrecord"]["weights"].get("attribution") is None
    assert len(out["quotes"]) >= 8


def test_headings_are_no_claims_and_no_quotes(loaded: LoadedPipeline) -> None:
    for path in EXAMPLES:
        out = check(loaded, path.read_text("utf-8"))
        heads = [b for b in out["article"]["blocks"] if b["kind"] in ("headline", "subhead", "byline")]
        assert heads
        for claim in out["claims"]:
            assert not any(b["start"] <= claim["start"] < b["end"] for b in heads if b["kind"] != "headline")


def test_reports_come_in_input_order(loaded: LoadedPipeline) -> None:
    articles = [Article(id=str(n), text=f"Ana Ruiz said number {n} was late.") for n in range(40)]
    assert [r.article.id for r in analyze(loaded, articles)] == [a.id for a in articles]


def test_the_pace_of_the_process_comes_back(loaded: LoadedPipeline) -> None:
    before = gc.get_threshold(), sys.getswitchinterval()
    reports = analyze(loaded, [Article(id="a", text="Rain fell.")])
    next(reports)
    assert gc.get_threshold()[0] > before[0][0]
    assert sys.getswitchinterval() < before[1]
    reports.close()
    assert (gc.get_threshold(), sys.getswitchinterval()) == before


def test_articles_are_read_lazily(loaded: LoadedPipeline) -> None:
    taken = []

    def endless() -> Iterator[Article]:
        n = 0
        while True:
            taken.append(n)
            yield Article(id=str(n), text="Rain fell.")
            n += 1

    reports = analyze(loaded, endless(), batch_size=4)
    assert next(reports).article.id == "0"
    assert len(taken) < 100


@pytest.mark.parametrize(
    ("format", "first", "published"),
    [
        ("docx", "LAGOS, 14 May 2024 — ", "2024-05-14"),
        ("pdf", "LAGOS, 14 May 2024 — ", "2024-05-14"),
        ("odt", "LAGOS — ", "2013-12-23T23:15:00"),
        ("html", "LAGOS, 14 May 2024 — ", "2013-12-23T23:15:00"),
    ],
)
def test_day_of_a_file_yields_to_that_of_the_text(
    loaded_rules: LoadedPipeline, format: str, first: str, published: str
) -> None:
    text = f"{first}The bridge fell on Monday, the minister said."
    article = Article(id="a", text=text, format=format, published="2013-12-23T23:15:00")
    (report,) = analyze(loaded_rules, [article])
    assert report.article.published == published
    days = {q.value for c in report.claims for q in c.quantities if q.text.endswith("Monday")}
    assert days == {20240513 if published == "2024-05-14" else 20131223}
    assert explain(loaded_rules, article)[0] == report
