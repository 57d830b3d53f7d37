"""The commands over the real pipeline and the example articles."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from stubs import Stream

from onrecord import analyzer
from onrecord.cli import exits
from onrecord.cli.console import Console
from onrecord.cli.main import run
from onrecord.cli.services import REAL, Services
from onrecord.pipeline.build import LoadedPipeline
from onrecord.serialize import load_schema, report_from_dict

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.txt"))


@pytest.fixture(scope="module")
def services(loaded: LoadedPipeline) -> Services:
    return replace(
        REAL, load=lambda model, *, encoder: loaded, analyze=analyzer.analyze, explain=analyzer.explain
    )


def call(services: Services, *words: str) -> str:
    console = Console(Stream(), Stream())
    assert run(words, services=services, console=console) == exits.FINE
    return console.out.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example(services: Services, path: Path) -> None:
    value = json.loads(call(services, str(path), "-f", "json"))
    jsonschema.Draft202012Validator(load_schema()).validate(value)
    report = report_from_dict(value)
    assert report.quotes and report.claims and any(e.type == "PERSON" for e in report.entities)
    page = call(services, str(path), "--width", "100")
    for quote in report.quotes:
        if quote.mode == "speech":
            assert f" {quote.id}\n" in page


def test_explain_tells_what_the_components_noted(services: Services) -> None:
    path = str(EXAMPLES[0])
    report = report_from_dict(json.loads(call(services, path, "-f", "json")))
    told = [call(services, "explain", path, thing.id) for thing in (*report.quotes[:3], *report.entities[:3])]
    assert all("no reason was recorded" not in text for text in told)
    assert any("found by" in text for text in told)
    assert any("because " in text for text in told)
