"""Who stands behind *Q* and *A*, on settings built by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, BlockRecord, EntityRecord, MentionRecord
from onrecord.pipeline.names.people import read_people
from onrecord.pipeline.names.words import read_words
from onrecord.pipeline.speakers.interviews import resolve_letters
from onrecord.pipeline.speakers.turns import Setting

NLP = spacy.blank("en")
BYLINE = ["By", "Jo", "Silva"]
INTRO = ["Marit", "Haug", "throws", "pots", ".", "Haug", "met", "Al", "Roe", "."]
TURNS = ["Q", ":", "Why", "?", "A", ":", "Rain", "."]


def setting(*, byline: bool = True, intro: bool = True) -> Setting:
    tokens = [*(BYLINE if byline else ["Friday"]), *(INTRO if intro else ["Pots", "."]), *TURNS]
    words = read_words(Doc(NLP.vocab, words=tokens))
    top, turns = len(tokens) - len(TURNS) - len(INTRO if intro else ["Pots", "."]), len(tokens) - len(TURNS)
    entities = []
    if intro:
        marit = (MentionRecord(top, top + 2), MentionRecord(top + 5, top + 6))
        entities = [
            EntityRecord("e1", "PERSON", "Marit Haug", marit),
            EntityRecord("e2", "PERSON", "Al Roe", (MentionRecord(top + 7, top + 9),)),
        ]
    blocks = [
        BlockRecord(0, top, "byline" if byline else "paragraph"),
        BlockRecord(top, turns, "paragraph"),
        BlockRecord(turns, turns + 4, "speaker_turn"),
        BlockRecord(turns + 4, turns + 8, "speaker_turn"),
    ]
    asked = Attribution(((turns + 2, turns + 4),), source=(turns, turns + 1))
    answered = Attribution(((turns + 6, turns + 8),), source=(turns + 4, turns + 5))
    return Setting(read_people(words, entities, []), [asked, answered], [], blocks)


def speaker(found: Setting, index: int) -> str:
    resolved = resolve_letters(found).get(found.attributions[index].source)
    return resolved.speakers[0].name if resolved is not None else ""


def test_the_answers_are_those_of_whom_the_opening_names_most() -> None:
    assert speaker(setting(), 1) == "Marit Haug"


def test_the_questions_are_the_one_authors() -> None:
    assert speaker(setting(), 0) == "Jo Silva"
    assert speaker(setting(byline=False), 0) == ""


def test_without_anybody_named_an_answer_stays_a_letter() -> None:
    assert speaker(setting(intro=False), 1) == ""


@pytest.mark.parametrize("source", [None, (3, 4), (3, 6), (13, 15)])
def test_what_is_no_letter_at_the_start_of_a_turn_is_left_alone(source: tuple[int, int] | None) -> None:
    assert source not in resolve_letters(setting())
