from __future__ import annotations

from dataclasses import replace

import pytest
from findings import span_of
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.content_edges import (
    tidy,
    without_addressee,
    without_adverb,
    without_frame,
    without_mention,
)
from onrecord.pipeline.attribution.contract_form import without_cue_debris
from onrecord.pipeline.attribution.other_owners import (
    with_noun_owner,
    with_possessor,
    with_verdict,
    without_next_report,
    without_other_sentences,
)
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.build import LoadedPipeline


def finding(doc: Doc, contents: str, cue: str, source: str | None) -> Attribution:
    spans = tuple(span_of(doc, part) for part in contents.split(" // "))
    return Attribution(spans, cue=span_of(doc, cue), source=span_of(doc, source) if source else None)


def contents_of(doc: Doc, found: Attribution) -> str:
    return " // ".join(doc[s:e].text for s, e in found.contents)


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        (
            'Amara Diallo said the case recalls the 1971 novel titled "The Drowned Mill," and she laughed.',
            'the case recalls the 1971 novel titled "The Drowned Mill',
            "said",
            'the case recalls the 1971 novel titled "The Drowned Mill,"',
        ),
        (
            'He played down her remarks as "only part of the game" and reportedly argued that it was over.',
            'her remarks as "only part of the game',
            "played down",
            'her remarks as "only part of the game"',
        ),
        (
            "Ivo Petrov says the letters were private and dull, but for Labour, they are proof.",
            "the letters were private and dull, but",
            "says",
            "the letters were private and dull",
        ),
        (
            "Ana Silva called it “careless” on Monday.",
            "it “careless” on Monday",
            "called",
            "it “careless”",
        ),
        (
            "Ana Silva called it a “farce” and a “shame” on Monday.",
            "it a “farce” // a “shame”",
            "called",
            "it a “farce” and a “shame”",
        ),
        (
            "Ana Silva said ( the port was safe.",
            "( // the port was safe",
            "said",
            "the port was safe",
        ),
        ("Ana Silva said the port was safe.", "the port was safe", "said", "the port was safe"),
        (
            "Ana Silva promised bread and soap on Sunday.",
            "bread and soap on Sunday",
            "promised",
            "bread and soap on Sunday",
        ),
    ],
)
def test_contents_end_with_their_words_and_marks(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    assert contents_of(doc, tidy(doc, finding(doc, content, cue, None))) == expected


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        (
            "Mr. Osei tells voters who wonder why he cannot shout that he “wasn't raised that way.”",
            "who wonder why he cannot shout that he “wasn't raised that way.”",
            "tells",
            "that he “wasn't raised that way.”",
        ),
        (
            'Mira Novak told one of her colleagues on a regular basis that "the pier was rotten."',
            'one of her colleagues on a regular basis that "the pier was rotten."',
            "told",
            'that "the pier was rotten."',
        ),
        (
            "Mira Novak told the mayor the claim that he lied was false.",
            "the claim that he lied was false",
            "told",
            "the claim that he lied was false",
        ),
        (
            "Mira Novak told them the pier was safe.",
            "the pier was safe",
            "told",
            "the pier was safe",
        ),
    ],
)
def test_who_was_told_stands_outside(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    assert contents_of(doc, without_addressee(doc, finding(doc, content, cue, None))) == expected


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (
            '"He is stubborn," she said, but despite the tense mood, "I think he will come," said Nia Vance.',
            'but despite the tense mood, "I think he will come,"',
            '"I think he will come,"',
        ),
        (
            'It rained, but the new tram was "a shame," said Nia Vance.',
            'but the new tram was "a shame,"',
            'but the new tram was "a shame,"',
        ),
    ],
)
def test_the_reporters_frame_stands_outside(
    loaded_rules: LoadedPipeline, text: str, content: str, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    found = replace(finding(doc, content, "Nia Vance", None), cue=(len(doc) - 4, len(doc) - 3))
    assert contents_of(doc, without_frame(doc, found)) == expected


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "expected"),
    [
        (
            "Lena Quist wrote in the letter to the guild: “We sail.”",
            "“We sail.”",
            "wrote in the letter to",
            None,
            "wrote in the letter",
        ),
        ("According to Lena Quist, it rained.", "it rained", "According to", "Lena Quist", "According to"),
        ("Lena Quist called for a vote.", "a vote", "called for", "Lena Quist", "called for"),
    ],
)
def test_cues_are_whole_phrases(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, source: str | None, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    cut = without_cue_debris(doc, finding(doc, content, cue, source)).cue
    assert cut is not None
    assert doc[slice(*cut)].text == expected


def test_a_claim_is_its_makers_and_not_of_who_answers_it(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(
        "Keita was responding to complaints by the pilot Rosa Lind that the quay had sunk."
    )
    found = finding(doc, "that the quay had sunk", "was responding to complaints", "Keita")
    owned = with_noun_owner(doc, found)
    assert owned.cue is not None
    assert owned.source is not None
    assert doc[slice(*owned.cue)].text == "complaints"
    assert doc[slice(*owned.source)].text == "the pilot Rosa Lind"


def test_what_nobody_else_made_stays(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Keita repeated in a letter that the quay had sunk.")
    found = finding(doc, "that the quay had sunk", "repeated", "Keita")
    assert with_noun_owner(doc, found) == found


def test_a_fragment_of_another_sentence_is_left_out(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Nia Vance said the tram was late. Seeing the size of the queue, she walked.")
    found = finding(doc, "the tram was late // the size of the queue", "said", "Nia Vance")
    assert contents_of(doc, without_other_sentences(doc, found)) == "the tram was late"


def test_what_the_speakers_next_verb_reports_is_a_statement_of_its_own(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Juan Mora said the quay leaked and called the plan “a joke.”")
    found = finding(doc, "the quay leaked // the plan “a joke.”", "said", "Juan Mora")
    following = finding(doc, "the plan “a joke.”", "called", "Juan Mora")
    assert contents_of(doc, without_next_report(found, Proposals([following]))) == "the quay leaked"
    assert without_next_report(found, Proposals()) == found


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        (
            "The ministry met on Monday, rejecting outright any role for Novak in the talks.",
            "outright any role for Novak in the talks",
            "rejecting",
            "any role for Novak in the talks",
        ),
        ("Silva said nearly fifty boats sank.", "nearly fifty boats sank", "said", "nearly fifty boats sank"),
    ],
)
def test_an_adverb_of_the_cue_is_not_said(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    assert contents_of(doc, without_adverb(doc, finding(doc, content, cue, None))) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [("the word “maybe.”", "“maybe.”"), ("his promise “never again.”", "his promise “never again.”")],
)
def test_a_noun_that_mentions_a_quotation_is_no_part_of_it(
    loaded_rules: LoadedPipeline, content: str, expected: str
) -> None:
    doc = loaded_rules.nlp(f"Under the sign Osei added {content}")
    assert contents_of(doc, without_mention(doc, finding(doc, content, "added", None))) == expected


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("The Argus seized on Lund's claim that the weir had burst.", "The Argus", "Lund"),
        ("The Argus seized on the guild's claim that the weir had burst.", "The Argus", "the guild"),
        ("Lund repeated her claim that the weir had burst.", "Lund", "Lund"),
    ],
)
def test_a_claim_is_whose_it_is(loaded_rules: LoadedPipeline, text: str, source: str, expected: str) -> None:
    doc = loaded_rules.nlp(text)
    found = with_possessor(doc, finding(doc, "that the weir had burst", "claim", source))
    assert found.source == span_of(doc, expected)


def test_a_verdict_is_whose_it_was(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("“Never, ever, a goal,” was Brun's verdict on air.")
    found = with_verdict(doc, finding(doc, "“Never, ever, a goal,”", "was", "Brun's verdict on air"))
    assert (found.source, found.cue) == (span_of(doc, "Brun"), span_of(doc, "verdict"))
