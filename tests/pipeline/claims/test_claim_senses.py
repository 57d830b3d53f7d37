"""Words that make a claim worth checking count in the sense that does."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.pipeline.claims import senses as claim_senses


def _words(nlp: Language, sense: str, text: str) -> list[str]:
    return [t.text for t in nlp(text) if getattr(claim_senses, sense)(t)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("High lead levels were found in the water.", []),
        ("Paul Wender led the council for a decade.", []),
        ("The drought led to a shortage of bread.", ["led"]),
        ("Strong winds led the crane to fall.", ["led"]),
        ("The results were published on Monday.", []),
        ("The blackout was the result of a storm.", ["result"]),
        ("The ferry is due to sail at noon.", []),
    ],
)
def test_cause(nlp: Language, text: str, words: list[str]) -> None:
    assert _words(nlp, "is_cause", text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lars Brandt attacked the senator on television.", []),
        ("Soldiers attacked the village at dawn.", ["attacked"]),
        ("The party has enough votes to kill the deal.", []),
        ("The blast killed two guards in Bergen.", ["killed"]),
        ("A flood of money paid for the posters.", []),
        ("The flood ruined the harvest in Assam.", ["flood"]),
        ("He threatened to tear up the contract.", []),
        ("The mayor came under fire for the cuts.", []),
        ("The fire gutted the mill in Lodz.", ["fire"]),
        ("The negotiations collapsed on Friday.", []),
        ("The bridge collapsed on Friday.", ["collapsed"]),
        ("The folks who flooded the hall went home.", []),
        ("The office was flooded with letters.", []),
        ("The river flooded the lower town.", ["flooded"]),
        ("Students went to shoot a video of the sign.", []),
        ("The guard shot a man in the leg.", ["shot"]),
        ("The minister came under political attack.", []),
        ("She stepped up her attacks on the budget.", []),
        ("The attack on the convoy lasted an hour.", ["attack"]),
        ("The council passed the crime bill.", []),
        ("The bill leaves out police and fire precepts.", []),
        ("The fire crews went home.", []),
        ("The fire damage was slight.", ["fire", "damage"]),
        ("The Crime Agency sold its van.", []),
    ],
)
def test_harm(nlp: Language, text: str, words: list[str]) -> None:
    assert _words(nlp, "is_harm", text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ida Moss is the first woman to lead the bank.", ["first"]),
        ("It was the first strike at the mine since 1990.", ["first"]),
        ("Her first job was at a mill in Tampere.", []),
        ("On the first day he met the crew.", []),
    ],
)
def test_first(nlp: Language, text: str, words: list[str]) -> None:
    assert _words(nlp, "is_first", text) == words


def test_record(nlp: Language) -> None:
    assert _words(nlp, "is_record", "Moss defended her record on housing.") == []
    assert _words(nlp, "is_record", "A record turnout was reported in Lagos.") == ["record"]


def test_public_body_and_matter_differ(nlp: Language) -> None:
    text = "Voters asked the council to lower the tax."
    assert _words(nlp, "is_public", text) == ["council"]
    assert _words(nlp, "is_matter", text) == ["Voters", "tax"]
