from __future__ import annotations

import pytest

from onrecord.render.glosses import glossed
from onrecord.schema import Claim, Claimant, Entity, Mention, Span, Speaker

TEXT = "Ilse Morau left. On Friday she sold the mill. Morau said the mill was hers."


def entity(*mentions: tuple[str, str, float]) -> Entity:
    found, at = [], 0
    for words, kind, confidence in mentions:
        at = TEXT.index(words, at)
        found.append(Mention(at, at + len(words), words, kind, confidence))  # type: ignore[arg-type]
        at += len(words)
    return Entity("e1", "PERSON", "Ilse Morau", (), (), tuple(found))


def claim(words: str, claimant: Claimant | None = None) -> Claim:
    start = TEXT.index(words)
    sentence = Span(start, start + len(words), words)
    return Claim("c1", start, start + len(words), words, sentence, claimant or Claimant("author"))


@pytest.mark.parametrize(
    ("words", "confidence", "shown"),
    [
        ("On Friday she sold the mill", 0.97, "On Friday she [Ilse Morau] sold the mill"),
        ("On Friday she sold the mill", 0.7, "On Friday she sold the mill"),
        ("Ilse Morau left", 0.97, "Ilse Morau left"),
    ],
    ids=["sure", "doubtful", "by name"],
)
def test_a_pronoun_that_opens_a_claim_is_spelled_out(words: str, confidence: float, shown: str) -> None:
    morau = entity(("Ilse Morau", "name", 0.99), ("she", "pronoun", confidence))
    assert glossed(claim(words), [morau]) == shown


def test_whoever_speaks_of_himself_needs_no_gloss() -> None:
    morau = entity(("Ilse Morau", "name", 0.99), ("she", "pronoun", 0.97))
    own = Claimant("source", (Speaker("Ilse Morau", "PERSON", "e1"),))
    assert glossed(claim("On Friday she sold the mill", own), [morau]) == "On Friday she sold the mill"


def test_a_pronoun_far_into_the_claim_stays_bare() -> None:
    morau = entity(("Ilse Morau", "name", 0.99), ("hers", "pronoun", 0.97))
    assert glossed(claim("the mill was hers"), [morau]) == "the mill was hers [Ilse Morau]"
    assert glossed(claim("Morau said the mill was hers"), [morau]) == "Morau said the mill was hers"
