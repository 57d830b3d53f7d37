from __future__ import annotations

import pytest
from findings import finding

from onrecord.pipeline.attribution.flags import with_flags
from onrecord.pipeline.attribution.silence import is_nobodys
from onrecord.pipeline.attribution.statement_mode import with_mode
from onrecord.pipeline.build import LoadedPipeline
from onrecord.schema import Mode


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "before", "after"),
    [
        (
            "The senate confirmed an ambassador.",
            "an ambassador",
            "confirmed",
            "The senate",
            "speech",
            "belief",
        ),
        ("The senate confirmed the sale.", "the sale", "confirmed", "The senate", "speech", "speech"),
        ("Mel Sand refused to serve.", "to serve", "refused", "Mel Sand", "speech", "belief"),
        ("The sheepdogs, a boy told me firmly.", "The sheepdogs", "told", "a boy", "speech", "speech"),
        ("Mel Sand declined to be named.", "to be named", "declined", "Mel Sand", "speech", "speech"),
        ("Mel Sand refused to admit it.", "to admit it", "refused", "Mel Sand", "speech", "speech"),
        (
            "The Farmers stood for what we call “honest weight.”",
            "what we call “honest weight.”",
            "stood for",
            "The Farmers",
            "speech",
            "belief",
        ),
        (
            "Fishermen have been alarmed by Menon's “reckless” quota statements.",
            "Menon's “reckless” quota statements",
            "have been alarmed by",
            "Fishermen",
            "speech",
            "belief",
        ),
        (
            "He played down her remarks as “part of the race.”",
            "her remarks as “part of the race.”",
            "played down",
            "He",
            "speech",
            "speech",
        ),
        (
            "Asha Rao offered her condolences for the flood in which ten died.",
            "the flood in which ten died",
            "offered her condolences for",
            "Asha Rao",
            "speech",
            "belief",
        ),
        ("The voters rejected him.", "him", "rejected", "The voters", "speech", "belief"),
        ("The voters rejected the plan.", "the plan", "rejected", "The voters", "speech", "speech"),
        (
            "According to Asha Rao, it rained.",
            "it rained",
            "According to",
            "Asha Rao",
            "speech",
            "speech",
        ),
        (
            "Mayor Ida Brandt stressed it, suggesting that the toll might fall.",
            "that the toll might fall",
            "suggesting",
            "Mayor Ida Brandt",
            "evidence",
            "speech",
        ),
        (
            "A number of teachers suggested such a list was needed.",
            "such a list was needed",
            "suggested",
            "A number of teachers",
            "evidence",
            "speech",
        ),
        (
            "The figures suggested such a list was needed.",
            "such a list was needed",
            "suggested",
            "The figures",
            "evidence",
            "evidence",
        ),
        (
            "Two analysts found that the pilots are “the best in the Baltic sea.”",
            "that the pilots are “the best in the Baltic sea.”",
            "found",
            "Two analysts",
            "belief",
            "speech",
        ),
        (
            "The inspectors found that the firm sold “organic” honey.",
            "that the firm sold “organic” honey",
            "found",
            "The inspectors",
            "belief",
            "belief",
        ),
        ("Anna Weiss declined comment.", "comment", "declined", "Anna Weiss", "belief", "speech"),
    ],
)
def test_complement_and_source_tell_what_was_said(
    loaded_rules: LoadedPipeline,
    text: str,
    content: str,
    cue: str,
    source: str,
    before: Mode,
    after: Mode,
) -> None:
    doc = loaded_rules.nlp(text)
    assert with_mode(doc, finding(doc, content, cue, source, before)).mode == after


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "flags"),
    [
        (
            "Jon Frey declined to speculate on the vote.",
            "to speculate on the vote",
            "declined",
            "Jon Frey",
            "declined_comment",
        ),
        (
            "Jon Frey declined to give his own figure.",
            "to give his own figure",
            "declined",
            "Jon Frey",
            "declined_comment",
        ),
        ("Jon Frey declined to give up his seat.", "to give up his seat", "declined", "Jon Frey", ""),
        ("Jon Frey refused to leave the room.", "to leave the room", "refused", "Jon Frey", ""),
        (
            "Jon Frey refused to admit that he lied.",
            "to admit that he lied",
            "refused",
            "Jon Frey",
            "negated",
        ),
        (
            "Jon Frey would not comment on the plan.",
            "the plan",
            "would not comment on",
            "Jon Frey",
            "declined_comment",
        ),
        ("Jon Frey did not say when it opens.", "when it opens", "did not say", "Jon Frey", "negated"),
        (
            "The walkout does not surprise Lena Quist: “Small crews often win.”",
            "“Small crews often win.”",
            "does not surprise",
            "Lena Quist",
            "",
        ),
    ],
)
def test_silence_is_told_by_the_class_of_what_is_declined(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, source: str, flags: str
) -> None:
    doc = loaded_rules.nlp(text)
    assert " ".join(with_flags(doc, finding(doc, content, cue, source, "speech")).flags) == flags


@pytest.mark.parametrize(
    ("text", "content", "cue", "nobodys"),
    [
        ("There is much to be said for testing the wall.", "testing the wall", "to be said", True),
        ("The clerk was to be told that the wall fell.", "the wall fell", "told", False),
        ("It is worth pointing out that the pier is old.", "that the pier is old", "pointing out", True),
        ("It was unable to confirm that the pier is old.", "that the pier is old", "confirm", False),
        ("Time is growing short for Trent to address the flood.", "the flood", "to address", True),
        ("The singer repeats his acclaimed concert in May.", "concert", "acclaimed", True),
        ("Critics acclaimed the concert in May.", "the concert", "acclaimed", False),
    ],
)
def test_what_only_looks_like_a_report(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, nobodys: bool
) -> None:
    doc = loaded_rules.nlp(text)
    assert is_nobodys(doc, finding(doc, content, cue, None, "speech")) is nobodys
