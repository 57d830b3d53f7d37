"""Denials told by a noun inside what somebody else says."""

from __future__ import annotations

import pytest
from findings import finding, span_of

from onrecord.pipeline.attribution.nominal_denials import find_denials
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize(
    ("denial", "expected"),
    [
        ("the Kremlin's swift disavowal of any secret treaty", "any secret treaty"),
        ("the club's dismissal of its coach", None),
        ("a swift disavowal of any secret treaty", None),
    ],
)
def test_a_denial_with_its_owner_stands_inside(
    loaded_rules: LoadedPipeline, denial: str, expected: str | None
) -> None:
    doc = loaded_rules.nlp(f"Critics argue that the plan is a risk, given {denial}.")
    outer = finding(doc, f"that the plan is a risk, given {denial}", "argue", "Critics", "speech")
    found = find_denials(doc, [outer])
    assert [a.contents for a in found] == ([(span_of(doc, expected),)] if expected else [])
    assert all(a.source == span_of(doc, "the Kremlin") for a in found)
