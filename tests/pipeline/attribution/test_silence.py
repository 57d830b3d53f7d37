from __future__ import annotations

import pytest
from findings import finding

from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.silence import says_nothing
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize(
    ("text", "content", "cue", "nothing"),
    [
        (
            "She reportedly called Karl Holm after the meeting.",
            "Karl Holm after the meeting",
            "reportedly called",
            True,
        ),
        ("She called Karl Holm after the meeting.", "Karl Holm after the meeting", "called", True),
        ("She reportedly called Karl Holm a liar.", "Karl Holm a liar", "reportedly called", False),
    ],
)
def test_who_is_called_is_called_something(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, nothing: bool
) -> None:
    doc = loaded_rules.nlp(text)
    assert says_nothing(doc, finding(doc, content, cue, "She", "speech"), Proposals()) is nothing


@pytest.mark.parametrize(
    ("text", "content", "cue", "nothing"),
    [
        ("She denied him bail.", "him bail", "denied", True),
        ("She denied Karl Holm the title.", "Karl Holm the title", "denied", True),
        ("She denied the charge.", "the charge", "denied", False),
        ("She denied Holm's account of it.", "Holm's account of it", "denied", False),
        ("She denied the fire was her fault.", "the fire was her fault", "denied", False),
    ],
)
def test_what_is_denied_to_somebody_is_not_said(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, nothing: bool
) -> None:
    doc = loaded_rules.nlp(text)
    assert says_nothing(doc, finding(doc, content, cue, "She", "speech"), Proposals()) is nothing
