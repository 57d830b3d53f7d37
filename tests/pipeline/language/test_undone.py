"""What the words around a word of saying leave unsaid."""

from __future__ import annotations

import pytest

from onrecord.pipeline.annotations import get_attributions
from onrecord.pipeline.build import LoadedPipeline

SENTENCES = (
    ("The mayor never said that the bridge was safe.", True),
    ("Not once has the mayor said that the bridge was safe.", True),
    ("Under no circumstances would the mayor say that the bridge was safe.", True),
    ("Not until Monday did the mayor say that the bridge was safe.", False),
    ("In no time the mayor said that the bridge was safe.", False),
    ("The mayor stopped short of saying that the bridge was safe.", True),
    ("The mayor refrained from saying that the bridge was safe.", True),
    ("The mayor almost admitted that the bridge was unsafe.", True),
    ("The mayor said without hesitation that the bridge was safe.", False),
    ("No. 4 Commando said that the bridge was safe.", False),
)


@pytest.mark.parametrize(("text", "negated"), SENTENCES)
def test_flag_negated(loaded: LoadedPipeline, text: str, negated: bool) -> None:
    found = get_attributions(loaded.nlp(text))
    assert [("negated" in a.flags) for a in found] == [negated]


def test_clause_of_time_is_not_second_hand(loaded: LoadedPipeline) -> None:
    text = (
        "Ever since Olga Brandt announced her candidacy last year, she's said the same thing at every stop,"
        " every rally and every town hall: “It is not about me, it is about us.” That is as true today."
    )
    assert not any("second_hand" in a.flags for a in get_attributions(loaded.nlp(text)))


def test_refusing_a_form_is_no_silence(loaded: LoadedPipeline) -> None:
    found = get_attributions(loaded.nlp("I refuse to answer the county's housing survey, and so should you."))
    assert not any("declined_comment" in a.flags for a in found)
