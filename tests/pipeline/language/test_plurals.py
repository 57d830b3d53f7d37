from __future__ import annotations

import pytest

from onrecord.pipeline.language.plurals import singular


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("senators", "senator"),
        ("agencies", "agency"),
        ("ties", "tie"),
        ("witnesses", "witness"),
        ("coaches", "coach"),
        ("judges", "judge"),
        ("nurses", "nurse"),
        ("spokeswomen", "spokeswoman"),
        ("grandchildren", "grandchild"),
        ("people", "person"),
        ("ex-wives", "ex-wife"),
        ("front-runners", "front-runner"),
        ("iraqis", "iraqi"),
        ("hutus", "hutu"),
    ],
)
def test_a_plural_has_a_singular(plural: str, single: str) -> None:
    assert singular(plural) == single


@pytest.mark.parametrize("word", ["boss", "swiss", "religious", "police", "child", "chinese", ""])
def test_other_words_stay_as_they_are(word: str) -> None:
    assert singular(word) == word
