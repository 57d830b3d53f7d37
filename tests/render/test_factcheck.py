"""The fact-check sheet, its search queries and the JSON-LD."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from report_strategies import reports as any_reports
from reports import HARBOUR, empty

from onrecord.dates import first_day
from onrecord.errors import UsageError
from onrecord.render import factcheck, jsonld
from onrecord.render.formats import format_for
from onrecord.render.phrases import claim_who
from onrecord.render.queries import search_queries
from onrecord.render.selection import Selection
from onrecord.schema import Claim, Claimant, Quantity, Relation, Report, Span, Speaker

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

CLAIM = Claim(
    id="c1",
    start=0,
    end=20,
    text="the tunnel cost 412 million crowns",
    sentence=Span(0, 20, "On Tuesday Maren Lindqvist said the tunnel cost 412 million crowns."),
    claimant=Claimant("source", (Speaker("Maren Lindqvist", "PERSON", "e1"),)),
    attribution="indirect",
    modality="attributed",
    quantities=(Quantity(0, 9, "412 million crowns", 4.12e8, "crowns"),),
    check_worthy=0.8,
)


def report(*claims: Claim, published: str | None = "2024-05-16") -> Report:
    return replace(HARBOUR, article=replace(HARBOUR.article, published=published), claims=claims)


def text(r: Report) -> str:
    return "\n".join(factcheck.sheet(r))


def test_every_claim_worth_it_has_a_box() -> None:
    low = replace(CLAIM, id="c2", text="the weather was fine", check_worthy=0.2)
    lines = text(report(CLAIM, low))
    assert "- [ ] **1. the tunnel cost 412 million crowns**" in lines
    assert "the weather was fine" not in lines
    assert "1 worth checking, 1 left out" in lines


def written(r: Report, **selection: object) -> str:
    out = io.StringIO()
    factcheck.write([r], out, selection=Selection(**selection))  # type: ignore[arg-type]
    return out.getvalue()


def test_confidence_is_no_measure_of_what_is_worth_checking() -> None:
    named = replace(CLAIM, entities=("e5",), check_worthy=0.6)
    unsure = replace(
        HARBOUR.entities[4], mentions=(replace(HARBOUR.entities[4].mentions[0], confidence=0.4),)
    )
    r = replace(report(named), entities=(*HARBOUR.entities[:4], unsure))
    assert unsure.name in written(r)
    sheet = written(r, min_confidence=0.7)
    assert CLAIM.text in sheet
    assert unsure.name not in sheet


def test_only_claims_keeps_the_names_of_the_queries() -> None:
    r = report(replace(CLAIM, entities=("e5",)))
    assert HARBOUR.entities[4].name in written(r, only=frozenset({"claims"}))
    assert written(r, only=frozenset({"claims", "quotes"})) == written(r)


def test_a_sheet_without_claims_is_refused() -> None:
    with pytest.raises(UsageError, match="not people and quotes"):
        written(report(CLAIM), only=frozenset({"quotes", "people"}))


def test_queries_command_nothing() -> None:
    rude = replace(CLAIM, claimant=Claimant("source", (Speaker("Maren \x1b[2J\u202eLindqvist", "PERSON"),)))
    sheet = text(report(rude))
    assert "Search: `Maren ␛[2J\ufffdLindqvist 412 million crowns tunnel May 14 2024`" in sheet


def test_sheet_of_nothing() -> None:
    assert "0 worth checking" in text(empty())


def test_query_has_claimant_figure_and_date() -> None:
    (query,) = search_queries(CLAIM, report(CLAIM))
    assert query == "Maren Lindqvist 412 million crowns tunnel May 14 2024"


def test_query_without_publication_date_has_no_date() -> None:
    (query,) = search_queries(CLAIM, report(CLAIM, published=None))
    assert query == "Maren Lindqvist 412 million crowns tunnel"


def test_quotation_is_searched_as_exact_phrase() -> None:
    said = replace(CLAIM, attribution="direct", text="We were told again and again that it was there")
    assert search_queries(said, report(said))[0] == '"We were told again and again that it was there"'


def test_phrase_is_what_stands_between_the_marks() -> None:
    said = replace(CLAIM, attribution="mixed", text="he called it “a snapshot of one bad year” and left")
    assert search_queries(said, report(said))[0] == '"a snapshot of one bad year"'


def test_phrase_stops_at_a_bracket() -> None:
    said = replace(CLAIM, attribution="direct", text="they [the firm] never paid anyone [in full]")
    assert "[" not in search_queries(said, report(said))[0]


def test_bare_claim_is_searched_by_its_words() -> None:
    bare = replace(CLAIM, claimant=Claimant("author"), quantities=(), sentence=Span(0, 1, "x"))
    assert search_queries(bare, report(bare)) == ["the tunnel cost 412 million crowns"]


def test_query_takes_the_longest_words_but_no_hedge() -> None:
    text = "the cracked embankment reportedly threatened there their orchards"
    hedged = replace(CLAIM, text=text, quantities=(), hedges=(Span(23, 33, "reportedly"),))
    (query,) = search_queries(hedged, report(hedged, published=None))
    assert query == "Maren Lindqvist embankment threatened orchards"


def test_both_claimants_are_searched() -> None:
    both = Claimant("source", (*CLAIM.claimant.speakers, Speaker("Ola Berg", "PERSON")))
    (query,) = search_queries(two := replace(CLAIM, claimant=both), report(two, published=None))
    assert query.startswith("Maren Lindqvist Ola Berg 412")


def test_an_office_is_shown_with_its_owner() -> None:
    speaker = Speaker("Foreign Ministry", "ORG", "e1")
    owned = Claimant("source", (speaker,), Span(0, 27, "Tavria’s Foreign Ministry"))
    plain = Claimant("source", (speaker,), Span(0, 20, "the Foreign Ministry"))
    assert claim_who(replace(CLAIM, claimant=owned)).name == "Tavria’s Foreign Ministry"
    assert claim_who(replace(CLAIM, claimant=plain)).name == "Foreign Ministry"
    (query,) = search_queries(c := replace(CLAIM, claimant=owned), report(c, published=None))
    assert query.startswith("Tavria’s Foreign Ministry 412")


def test_jsonld_says_that_a_claim_is_denied() -> None:
    denial = replace(CLAIM, modality="denied")
    node = jsonld.graph(report(denial))["@graph"][1]
    assert node["description"] == f"denied: {CLAIM.sentence.text}"


def test_dispute_says_which_side_denies() -> None:
    denial = replace(CLAIM, id="c2", text="any such cost", modality="denied", relations=())
    claim = replace(CLAIM, relations=(Relation("c2", "contradicts", ("denied",)),))
    assert "Contradicts Maren Lindqvist (denied): any such cost" in text(report(claim, denial))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("He said on Tuesday.", date(2024, 5, 14)),
        ("It fell yesterday.", date(2024, 5, 15)),
        ("It opened on March 3.", date(2024, 3, 3)),
        ("It opened on 3 March 2019.", date(2019, 3, 3)),
        ("Nothing here.", None),
    ],
)
def test_dates_count_from_publication(words: str, day: date | None) -> None:
    assert first_day(words, "2024-05-16") == day


def test_bad_publication_date_is_no_date() -> None:
    assert first_day("on Tuesday", "last spring") is None


def test_jsonld_of_claims_alone_says_what_they_are_about() -> None:
    out: dict[frozenset[str], io.StringIO] = {}
    for only in (frozenset(), frozenset({"claims"}), frozenset({"claims", "quotes"})):
        out[only] = io.StringIO()
        jsonld.write([report(replace(CLAIM, entities=("e5",)))], out[only], selection=Selection(only))
    (whole,) = {o.getvalue() for o in out.values()}
    (claim,) = json.loads(whole)["@graph"][1:]
    assert claim["about"] == [{"@type": "Thing", "name": HARBOUR.entities[4].name}]


def test_jsonld_without_claims_is_refused() -> None:
    with pytest.raises(UsageError, match="JSON-LD holds claims, not quotes"):
        jsonld.write([report(CLAIM)], io.StringIO(), selection=Selection(frozenset({"quotes"})))


def test_jsonld_names_claimant_and_appearance() -> None:
    nodes = jsonld.graph(report(CLAIM))["@graph"]
    assert nodes[0]["@type"] == "NewsArticle"
    assert nodes[1]["@type"] == "Claim"
    assert nodes[1]["text"] == CLAIM.text
    assert nodes[1]["author"] == {"@type": "Person", "name": "Maren Lindqvist"}
    assert nodes[1]["appearance"] == {"@id": nodes[0]["@id"]}
    assert "reviewRating" not in json.dumps(nodes)


@settings(max_examples=30, deadline=None)
@given(any_reports())
def test_any_report(r: Report) -> None:
    out = io.StringIO()
    factcheck.write([r], out)
    assert out.getvalue().startswith("# To check")
    assert not UNSAFE.search(out.getvalue())
    out = io.StringIO()
    jsonld.write([r], out)
    assert json.loads(out.getvalue())["@context"] == "https://schema.org"
    assert "\u202e" not in out.getvalue()


def test_jsonld_of_several_articles_of_one_file_is_one_document_without_shared_ids() -> None:
    out = io.StringIO()
    other = replace(report(CLAIM), article=replace(HARBOUR.article, id="another"))
    jsonld.write([report(CLAIM), other], out)
    ids = [node["@id"] for graph in json.loads(out.getvalue()) for node in graph["@graph"]]
    assert len(ids) == len(set(ids)) == 4


def test_the_sheets_suffix_asks_for_the_sheet() -> None:
    assert format_for(Path("Story.FactCheck.md")).name == "factcheck"
    assert format_for(Path("story.md")).name == "md"
