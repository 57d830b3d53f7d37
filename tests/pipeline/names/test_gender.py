"""Which pronoun is taken as evidence of a person's gender."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.pipeline.names.gender import NOUN, first_pronoun, noun_score
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import read_words


def told(addressee: str) -> Doc:
    """*Maren told the ADDRESSEE, who began his speech*, parsed by hand."""
    words = ["Maren", "told", "the", addressee, ",", "who", "began", "his", "speech", "."]
    heads = [1, 1, 3, 1, 3, 6, 3, 8, 6, 1]
    deps = ["nsubj", "ROOT", "det", "dobj", "punct", "nsubj", "relcl", "poss", "dobj", "punct"]
    return Doc(Vocab(), words=words, heads=heads, deps=deps, sent_starts=[True] + [False] * 9)


@pytest.mark.parametrize(("addressee", "found"), [("candidate", None), ("story", (7, 1.0))])
def test_a_relative_clause_on_somebody_else_says_nothing(
    addressee: str, found: tuple[int, float] | None
) -> None:
    assert first_pronoun(read_words(told(addressee)), NameSpan(0, 1), {0}) == found


@pytest.mark.parametrize(
    ("description", "score"),
    [
        ("a spokeswoman for the ministry", -NOUN),
        ("the wife of a policeman", -NOUN),
        ("the woman 's husband", NOUN),
        ("the woman 's doctor", 0.0),
    ],
)
def test_the_head_of_a_description_tells_its_gender(description: str, score: float) -> None:
    words = description.split()
    doc = Doc(Vocab(), words=words, sent_starts=[True] + [False] * (len(words) - 1))
    assert noun_score(read_words(doc), (0, len(words))) == score
