from __future__ import annotations

import copy
import json
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from report_strategies import reports as any_reports
from reports import HARBOUR, empty, hostile

from onrecord import schema
from onrecord.errors import ReportError
from onrecord.schema import Report
from onrecord.serialize import from_json, load_schema, report_from_dict, report_to_dict, to_json

VALIDATOR = jsonschema.Draft202012Validator(load_schema())


@pytest.mark.parametrize("report", [HARBOUR, hostile(), empty()], ids=lambda r: r.article.id)
def test_round_trip_and_valid(report: Report) -> None:
    VALIDATOR.validate(report_to_dict(report))
    assert from_json(to_json(report)) == report
    assert from_json(to_json(report, indent=None)) == report


@settings(max_examples=60, deadline=None)
@given(any_reports())
def test_any_report_survives_json(report: Report) -> None:
    VALIDATOR.validate(report_to_dict(report))
    assert from_json(to_json(report)) == report


def test_json_nested_too_deep_is_no_report() -> None:
    with pytest.raises(ReportError, match="too deep"):
        from_json("[" * 100_000)


def test_the_schema_is_one_and_closed() -> None:
    jsonschema.Draft202012Validator.check_schema(load_schema())
    value = report_to_dict(HARBOUR)
    value["quotes"][0]["colour"] = "red"
    assert list(VALIDATOR.iter_errors(value))


def test_keys_stand_in_the_order_of_the_contract() -> None:
    value = report_to_dict(HARBOUR)
    assert list(value) == [
        "schema_version",
        "onrecord",
        "article",
        "entities",
        "quotes",
        "claims",
        "warnings",
    ]
    assert list(value["onrecord"]) == ["version", "pipeline", "weights"]
    assert list(value["article"]) == [
        "id",
        "path",
        "format",
        "sha256",
        "encoding",
        "title",
        "byline",
        "published",
        "outlet",
        "url",
        "language",
        "text",
        "blocks",
    ]
    assert list(value["entities"][0]) == ["id", "type", "name", "aliases", "roles", "mentions", "candidates"]
    assert list(value["quotes"][0]) == [
        "id",
        "type",
        "mode",
        "content",
        "cue",
        "source",
        "speakers",
        "flags",
        "parent",
        "confidence",
        "reasons",
    ]
    assert list(value["claims"][0]) == [
        "id",
        "start",
        "end",
        "text",
        "sentence",
        "claimant",
        "via",
        "quote",
        "attribution",
        "modality",
        "hedges",
        "types",
        "quantities",
        "entities",
        "verifiable",
        "check_worthy",
        "reasons",
        "relations",
    ]
    assert value["claims"][0]["sentence"].keys() == {"start", "end"}


def test_whole_numbers_are_written_whole() -> None:
    assert '"value": 412000000,' in to_json(HARBOUR)


ENUMS = {
    ("entity", "type"): schema.EntityType,
    ("quote", "type"): schema.QuoteType,
    ("quote", "mode"): schema.Mode,
    ("quote", "flags"): schema.Flag,
    ("speaker", "type"): schema.SpeakerType,
    ("claim", "attribution"): schema.ClaimAttribution,
    ("claim", "modality"): schema.Modality,
    ("claim", "types"): schema.ClaimType,
}


@pytest.mark.parametrize("where", ENUMS, ids=".".join)
def test_the_schema_knows_the_same_words_as_the_code(where: tuple[str, str]) -> None:
    kind, key = where
    rule = load_schema()["$defs"][kind]["properties"][key]
    assert tuple(rule.get("items", rule)["enum"]) == get_args(ENUMS[where])


BROKEN: dict[str, tuple[tuple[Any, ...], Any]] = {
    "quotes[0].cue": (("quotes", 0, "cue"), "said"),
    "quotes[0].cue.text": (("quotes", 0, "cue", "text"), "says"),
    "quotes[1].content": (("quotes", 1, "content"), []),
    "quotes[1].content[0].end": (("quotes", 1, "content", 0, "end"), 10**9),
    "quotes[1].id": (("quotes", 1, "id"), "<b>"),
    "quotes[1].type": (("quotes", 1, "type"), "spoken"),
    "quotes[1].confidence": (("quotes", 1, "confidence"), 1.5),
    "quotes[2].flags": (("quotes", 2, "flags"), ["odd"]),
    "quotes[2].speakers[0].name": (("quotes", 2, "speakers", 0, "name"), None),
    "article.text": (("article", "text"), 5),
    "article.blocks[0].start": (("article", "blocks", 0, "start"), True),
    "entities": (("entities",), {}),
    "claims[0].sentence.start": (("claims", 0, "sentence", "start"), -1),
    "claims[0].quantities[0].value": (("claims", 0, "quantities", 0, "value"), "many"),
    "onrecord.pipeline.verified": (("onrecord", "pipeline", "verified"), "yes"),
    "warnings[0].code": (("warnings", 0, "code"), 1),
}


@pytest.mark.parametrize("place", BROKEN)
def test_a_damaged_report_is_refused_at_its_place(place: str) -> None:
    path, bad = BROKEN[place]
    value = copy.deepcopy(report_to_dict(HARBOUR))
    target: Any = value
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = bad
    with pytest.raises(ReportError) as caught:
        report_from_dict(value)
    assert caught.value.thing == place


@pytest.mark.parametrize("value", [None, [], "x", 3, {}, {"schema_version": "1.0"}])
def test_no_report_at_all(value: object) -> None:
    with pytest.raises(ReportError):
        report_from_dict(value)


def test_missing_keys_are_named() -> None:
    for key in report_to_dict(HARBOUR):
        value = report_to_dict(HARBOUR)
        del value[key]
        with pytest.raises(ReportError, match=key):
            report_from_dict(value)


def test_versions() -> None:
    value = report_to_dict(HARBOUR)
    later = {**value, "schema_version": "1.7", "new_in_1_7": []}
    assert report_from_dict(later).quotes == HARBOUR.quotes
    with pytest.raises(ReportError, match="install a newer version"):
        report_from_dict({**value, "schema_version": "2.0"})


def test_not_json() -> None:
    with pytest.raises(ReportError):
        from_json("{")
    with pytest.raises(ReportError):
        from_json(json.dumps(report_to_dict(HARBOUR)).replace("0.91", "1e999"))
