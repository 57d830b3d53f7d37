"""Participles without their auxiliary, and whom they concern."""

from __future__ import annotations

import pytest

from onrecord.pipeline.build import LoadedPipeline
from onrecord.pipeline.language.patients import is_told

BODY = "\n\nLeo Grant was not there on Monday."
CASES = (
    ("Ministers told to publish school list" + BODY, "Ministers", "told", True),
    ("Drivers warned to stay at home as storm nears" + BODY, "Drivers", "warned", True),
    ("Ship was overloaded, jury told" + BODY, "jury", "told", True),
    ("Ship was overloaded, captain told jury" + BODY, "captain", "told", False),
    ("The row has split a town, with one farmer accused of poisoning the well.", "farmer", "accused", True),
    ("The union accused the firm of poisoning the well.", "union", "accused", False),
    ("The minister warned that the well was poisoned.", "minister", "warned", False),
)


@pytest.mark.parametrize(("text", "noun", "verb", "told"), CASES)
def test_is_told(loaded: LoadedPipeline, text: str, noun: str, verb: str, told: bool) -> None:
    doc = loaded.nlp(text)
    at = {t.text: t for t in reversed(doc)}
    assert is_told(at[verb], at[noun]) is told
