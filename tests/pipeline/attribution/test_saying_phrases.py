from __future__ import annotations

import pytest
from findings import finding

from onrecord.pipeline.attribution.statement_mode import with_mode
from onrecord.pipeline.build import LoadedPipeline
from onrecord.pipeline.language.patients import is_without_teller
from onrecord.schema import Mode


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "mode"),
    [
        ("The minister ruled out a second vote.", "a second vote", "ruled out", "The minister", "speech"),
        ("The weather ruled out a start.", "a start", "ruled out", "The weather", "belief"),
        (
            "Lena Quist let it be known that she would leave.",
            "that she would leave",
            "let it be known",
            "Lena Quist",
            "speech",
        ),
        (
            "Farmers took issue with the survey of wells.",
            "the survey of wells",
            "took issue with",
            "Farmers",
            "speech",
        ),
        ("Omar Diallo pleaded not guilty.", "not guilty", "pleaded", "Omar Diallo", "speech"),
        (
            "The mayor attributed the delay to a missing permit.",
            "the delay to a missing permit",
            "attributed",
            "The mayor",
            "speech",
        ),
        (
            "Lena Quist made her wishes known to the bishop.",
            "the bishop",
            "made her wishes known to",
            "Lena Quist",
            "belief",
        ),
        (
            "Lena Quist wanted to know who had paid.",
            "to know who had paid",
            "wanted",
            "Lena Quist",
            "speech",
        ),
        ("Lena Quist wants to sell the mill.", "to sell the mill", "wants", "Lena Quist", "belief"),
        ("The union put the losses at $4 million.", "the losses at $4 million", "put", "The union", "speech"),
        (
            "A survey put support at 41 percent.",
            "support at 41 percent",
            "put",
            "A survey",
            "evidence",
        ),
        (
            "Bookmakers put his chances at one in four.",
            "his chances at one in four",
            "put",
            "Bookmakers",
            "belief",
        ),
        ("The aid agency hailed it as a model.", "it as a model", "hailed", "The aid agency", "speech"),
        ("It pledges refunds.", "refunds", "pledges", "It", "speech"),
        ("The plan promises savings.", "savings", "promises", "The plan", "belief"),
    ],
)
def test_phrases_say_what_their_verbs_alone_do_not(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, source: str, mode: Mode
) -> None:
    doc = loaded_rules.nlp(text)
    assert with_mode(doc, finding(doc, content, cue, source, "belief")).mode == mode


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "mode"),
    [
        (
            "A tribunal found that the pilot was tired.",
            "that the pilot was tired",
            "found",
            "A tribunal",
            "speech",
        ),
        (
            "Anglers found that the pond was empty.",
            "that the pond was empty",
            "found",
            "Anglers",
            "belief",
        ),
        (
            "According to figures from the port, cargo fell.",
            "cargo fell",
            "According to",
            "figures from the port",
            "evidence",
        ),
        ("According to an order, cargo fell.", "cargo fell", "According to", "an order", "speech"),
    ],
)
def test_who_finds_and_what_measures(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, source: str, mode: Mode
) -> None:
    doc = loaded_rules.nlp(text)
    before: Mode = "speech" if cue == "According to" else "belief"
    assert with_mode(doc, finding(doc, content, cue, source, before)).mode == mode


def test_who_hears_is_no_source(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Kisumu Crown Court heard that the pilot was tired.")
    found = with_mode(doc, finding(doc, "that the pilot was tired", "heard", "Kisumu Crown Court", "belief"))
    assert (found.mode, found.source) == ("speech", None)
    assert is_without_teller(doc, found)


def test_what_neighbours_hear_is_no_hearing(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Her neighbours heard that the pilot was tired.")
    found = with_mode(doc, finding(doc, "that the pilot was tired", "heard", "Her neighbours", "belief"))
    assert (found.mode, found.source is None) == ("belief", False)
