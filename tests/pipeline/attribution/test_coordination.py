"""What goes with a verb of what was said, and who was told by a passive that shares its auxiliary."""

from __future__ import annotations

import pytest
from findings import finding, span_of

from onrecord.pipeline.attribution.asides import without_afterword
from onrecord.pipeline.attribution.content_edges import without_hearer
from onrecord.pipeline.attribution.coordination import (
    with_second_cue,
    with_second_infinitive,
    with_second_passive,
    without_finite_second,
    without_shared_hearer,
)
from onrecord.pipeline.attribution.passive_agents import without_means
from onrecord.pipeline.build import LoadedPipeline

PUMPS = 'Otis called on the council to "really mend the pumps" and consider further steps with other towns.'
LOOK = "The umpire advised Denny to look again and the goal stood."
STAY = "The umpire advised Denny to look again and to tell the captain what he saw."
CLAIM = "Craig claims the family were offered a voucher and told to leave the park."
TOLD = "The family was given a form and told that “nothing is free”."
SPOKE = "The pilot was questioned and told reporters that the lamp was out."


def test_a_second_infinitive_was_said_with_the_first(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(PUMPS)
    found = with_second_infinitive(
        doc, finding(doc, 'to "really mend the pumps"', "called", "Otis", "speech")
    )
    whole = 'to "really mend the pumps" and consider further steps with other towns'
    assert found.contents == (span_of(doc, whole),)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (LOOK, "to look again and the goal stood", "to look again"),
        (
            STAY,
            "to look again and to tell the captain what he saw",
            "to look again and to tell the captain what he saw",
        ),
    ],
)
def test_no_clause_goes_on_from_an_infinitive(
    loaded_rules: LoadedPipeline, text: str, content: str, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    found = without_finite_second(doc, finding(doc, content, "advised", "The umpire", "speech"))
    assert found.contents == (span_of(doc, expected),)


def test_what_else_was_done_to_the_subject_is_claimed_too(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(CLAIM)
    content = "the family were offered a voucher"
    found = with_second_passive(doc, finding(doc, content, "claims", "Craig", "speech"))
    assert found.contents == (span_of(doc, "the family were offered a voucher and told to leave the park"),)


def test_who_was_told_by_a_shared_passive_says_nothing(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(TOLD)
    found = without_shared_hearer(doc, finding(doc, "that “nothing is free”", "told", "The family", "speech"))
    assert found.source is None


def test_who_told_somebody_after_a_passive_speaks(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(SPOKE)
    whole = finding(doc, "that the lamp was out", "told", "The pilot", "speech")
    assert without_shared_hearer(doc, whole) == whole


def test_whom_a_quoted_sentence_is_said_to_is_outside(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("As the verdict was read, Holm mouthed “I am sorry” to his wife.")
    found = without_hearer(doc, finding(doc, "“I am sorry” to his wife", "mouthed", "Holm", "speech"))
    assert found.contents == (span_of(doc, "“I am sorry”"),)


def test_the_clause_behind_the_last_comma_of_a_quotation_is_outside(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp('Again and again she shouts, "Go on," until the horn sounds.')
    found = without_afterword(doc, finding(doc, '"Go on," until the horn sounds', "shouts", "she", "speech"))
    assert found.contents == (span_of(doc, '"Go on,"'),)


@pytest.mark.parametrize(("by", "speaks"), [("return of post", False), ("email", False), ("police", True)])
def test_how_somebody_was_told_is_nobody(loaded_rules: LoadedPipeline, by: str, speaks: bool) -> None:
    doc = loaded_rules.nlp(f"Staff were told by {by} that the mill would shut.")
    found = without_means(doc, finding(doc, "that the mill would shut", "were told", by, "speech"))
    assert (found.source is not None) is speaks


def test_two_verbs_with_one_object_are_one_cue(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Osei neither confirmed nor denied the report.")
    found = with_second_cue(doc, finding(doc, "nor denied the report", "neither confirmed", "Osei", "speech"))
    assert found.contents == (span_of(doc, "the report"),)
    assert found.cue == span_of(doc, "neither confirmed nor denied")
