from __future__ import annotations

from dataclasses import replace

import pytest
from reports import HARBOUR

from onrecord.render.facts import unnamed_speakers
from onrecord.schema import Speaker, SpeakerType


@pytest.mark.parametrize(
    ("kind", "listed"),
    [("PERSON", False), ("ORG", True), ("UNNAMED", True), ("GROUP", True), ("DOCUMENT", True)],
)
def test_who_has_a_name_is_not_listed_without_one(kind: SpeakerType, listed: bool) -> None:
    speaker = Speaker("Karin Berg", kind)
    quote = replace(HARBOUR.quotes[1], speakers=(speaker,))
    assert unnamed_speakers([quote]) == ([speaker] if listed else [])


def test_an_unnamed_speaker_is_listed_once_and_an_uncertain_one_never() -> None:
    assert [s.name for s in unnamed_speakers([*HARBOUR.quotes, *HARBOUR.quotes])] == [
        "two engineers familiar with the contract"
    ]
