from __future__ import annotations

import pytest
from naming_cases import Case, entity_problems, read_cases, speaker_problems

from onrecord.analyzer import analyze
from onrecord.pipeline.build import LoadedPipeline
from onrecord.schema import Article, Report

ENTITIES = read_cases("entities")
SPEAKERS = read_cases("speakers")


@pytest.fixture(scope="module")
def reports(loaded: LoadedPipeline) -> dict[str, Report]:
    """The reports of all cases by their text."""
    cases = [*ENTITIES, *SPEAKERS]
    articles = [Article(id=c.name, text=c.text) for c in cases]
    return dict(zip((c.text for c in cases), analyze(loaded, articles), strict=True))


@pytest.mark.parametrize("case", ENTITIES, ids=lambda c: c.name)
def test_entities(case: Case, reports: dict[str, Report]) -> None:
    assert not entity_problems(reports[case.text], case.expected)


@pytest.mark.parametrize("case", SPEAKERS, ids=lambda c: c.name)
def test_speakers(case: Case, reports: dict[str, Report]) -> None:
    assert not speaker_problems(reports[case.text], case.expected)


def test_there_are_enough_cases() -> None:
    assert len(ENTITIES) + len(SPEAKERS) >= 120
