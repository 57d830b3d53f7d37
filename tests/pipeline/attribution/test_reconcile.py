from __future__ import annotations

import pytest
from findings import span_of
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.reconcile import (
    before_next_deed,
    in_blocks,
    is_relayed,
    over_relayed_cues,
    reconcile,
    with_rule,
)
from onrecord.pipeline.attribution.silence import says_nothing
from onrecord.pipeline.build import LoadedPipeline


def finding(doc: Doc, content: str, cue: str, source: str | None) -> Attribution:
    return Attribution(
        (span_of(doc, content),), cue=span_of(doc, cue), source=span_of(doc, source) if source else None
    )


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("That said, the new tram is quicker.", "the new tram is quicker", "said", "That"),
        ("Say the word and we leave.", "the word", "Say", None),
        ("Cooks, who saw it, called the police at six.", "the police at six", "called", "Cooks"),
        ("The band sang “Harvest of the Sea” twice.", "“Harvest of the Sea”", "sang", "The band"),
        ("Nia Vance called Juan Mora to plan a visit.", "to plan a visit", "called", "Nia Vance"),
        ("Leaders met in Oslo to discuss the ban.", "the ban", "to discuss", "Leaders"),
        ("Nia Vance remained silent on the ban.", "the ban", "remained silent on", "Nia Vance"),
        ("The port issued a statement to Varna Press.", "Varna Press", "issued a statement to", "The port"),
        ("It raises questions about whether he knew.", "whether he knew", "raises questions about", None),
        ("Let’s say the wall is sound.", "the wall is sound", "Let’s say", None),
        ("It goes without saying that he knew.", "that he knew", "goes without saying", "It"),
    ],
)
def test_words_that_report_nothing_are_dropped(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, source: str | None
) -> None:
    doc = loaded_rules.nlp(text)
    assert says_nothing(doc, finding(doc, content, cue, source), Proposals())


def test_what_somebody_says_is_kept(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Nia Vance said the tram was quicker.")
    assert not says_nothing(doc, finding(doc, "the tram was quicker", "said", "Nia Vance"), Proposals())


def test_contents_and_sources_stay_in_their_paragraph(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Port to close, minister says\n\nDockers in Oran met on Sunday.\n\nThey marched.")
    found = finding(doc, "Dockers in Oran met on Sunday.\n\nThey marched", "met", "minister")
    inside = in_blocks(doc, found)
    assert inside is not None
    assert [doc[s:e].text.strip() for s, e in inside.contents] == ["Dockers in Oran met on Sunday."]
    assert inside.source is None


def test_the_next_deed_of_the_speaker_is_no_content(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The chancellor called the budget “a promise kept” and left the chamber.")
    whole = finding(doc, "the budget “a promise kept” and left the chamber", "called", "The chancellor")
    start, end = before_next_deed(doc, whole).contents[0]
    assert doc[start:end].text == "the budget “a promise kept”"


def test_a_parenthesis_gives_both_halves_of_the_clause(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The tax, she added, would fall on long boats.")
    rule = Attribution(
        (span_of(doc, "The tax"), span_of(doc, "would fall on long boats")),
        cue=span_of(doc, "added"),
        source=span_of(doc, "she"),
        rule="parenthetical",
    )
    assert with_rule(doc, finding(doc, "The tax", "added", "she"), rule).contents == rule.contents


def test_what_a_relayed_speaker_adds_stays_in_one_content(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(
        "According to the Post, Lee told Moreau that he agreed, adding that it might work."
    )
    first, second = span_of(doc, "Lee told Moreau that he agreed"), span_of(doc, "that it might work")
    found = Attribution((first, second), cue=span_of(doc, "According to"), source=span_of(doc, "the Post"))
    rule = Attribution((second,), cue=span_of(doc, "adding"), source=span_of(doc, "Lee"), rule="that_clause")
    whole = over_relayed_cues(found, Proposals([rule]))
    assert whole.contents == ((first[0], second[1]),)
    assert is_relayed(doc, rule, whole)
    assert over_relayed_cues(found, Proposals()).contents == found.contents


def test_what_somebody_is_expected_to_say_is_the_rules_statement(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The bureau is expected to say that the alarm had been switched off.")
    rule = Attribution(
        (span_of(doc, "that the alarm had been switched off"),),
        cue=span_of(doc, "to say"),
        source=span_of(doc, "The bureau"),
        mode="speech",
        rule="that_clause",
    )
    model = finding(doc, "to say that the alarm had been switched off", "is expected", None)
    found = reconcile(doc, model, Proposals([rule]))
    assert found is not None
    assert (found.contents, found.source, found.mode) == (rule.contents, rule.source, "speech")
