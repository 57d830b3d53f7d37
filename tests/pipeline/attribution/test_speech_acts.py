"""Where a bare object is a statement: after verbs of asserting or attack, and nouns of saying."""

from __future__ import annotations

import pytest

from onrecord.pipeline.annotations import Attribution, get_attributions
from onrecord.pipeline.build import LoadedPipeline

SPEECH = (
    "Rana Halabi paid for the flights in cash – a claim she vehemently denies.",
    "Goran Petrov claimed victory.",
    "Economists and even the central bank, in a study, have contested that view.",
    "The bridge is unsafe, although Ana Sousa disputes this.",
    "Workers objected to the port's attempts to move them.",
    "Goran Petrov, who's called for 20 more buses, lost.",
    "Goran Petrov attacked Mayor Lin for being too close to the builders.",
    "Goran Petrov made comments about the possibility of fraud.",
    "Goran Petrov voiced fears over the flood.",
    "One in five say that won't be true.",
    "As for Ana Sousa, she seems content that the treaty is done: “There is no perfect agreement.”",
)
"""The last statement of each is speech."""

STANCES = (
    "Goran Petrov attacked Mayor Lin.",
    "Goran Petrov supports the tram.",
    "Goran Petrov opposes the plan to move the port.",
    "The port was attacked by Goran Petrov.",
    "To work where nobody listens says that the system has failed.",
    "Ana Lin's aggressive attack on the port indicates she is pivoting to the vote.",
    "Goran Petrov tweeted a photo of the bridge that was meant for a friend.",
    "Goran Petrov wrote the rules of the club that still hold.",
)


def last(loaded: LoadedPipeline, text: str) -> Attribution:
    return max(get_attributions(loaded.nlp(text)), key=lambda a: a.cue or (0, 0))


@pytest.mark.parametrize("text", SPEECH)
def test_speech(loaded: LoadedPipeline, text: str) -> None:
    assert last(loaded, text).mode == "speech"


@pytest.mark.parametrize("text", STANCES)
def test_no_speech(loaded: LoadedPipeline, text: str) -> None:
    assert all(a.mode != "speech" for a in get_attributions(loaded.nlp(text)))


def test_quotation_after_a_stance_is_a_statement_of_its_own(loaded: LoadedPipeline) -> None:
    text = (
        "Ana Sousa supports the new party in the election."
        " “I'm a nurse, but I have loans, and I can't pay the rent.”"
    )
    doc = loaded.nlp(text)
    found = {a.mode: doc[a.start : a.end].text for a in get_attributions(doc)}
    assert found["speech"].startswith("“I'm a nurse")
    assert found["belief"] == "the new party in the election"
