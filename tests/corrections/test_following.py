"""What refers to a corrected entity: quotations, claims, those who pass them on, reasons."""

from __future__ import annotations

import pytest

from onrecord.corrections import Correction, apply_corrections
from onrecord.schema import (
    Article,
    Claim,
    Claimant,
    Entity,
    Mention,
    PipelineInfo,
    Provenance,
    Quote,
    Relation,
    Report,
    Span,
    Speaker,
)

TEXT = (
    "Anna Berg said the bridge is safe. "
    "Mrs. Berg said that Holm told her that the bridge is cracked. "
    "Anna Berg, sister of Mrs. Berg, said both were asked. "
    "Anna Berg met Mrs. Berg, Holm said."
)


def span(words: str, number: int = 1) -> Span:
    start = -1
    for _ in range(number):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words), words)


def mention(words: str, number: int = 1) -> Mention:
    s = span(words, number)
    return Mention(s.start, s.end, s.text)


def married(number: int) -> Mention:
    s = span("Mrs. Berg", number)
    return Mention(s.start + 5, s.end, "Berg")


ANNA = Speaker("Anna Berg", "PERSON", "e1")
HOLM = Speaker("Holm", "PERSON", "e2")


def said(name: str, content: Span, source: Span, speaker: Speaker, parent: str | None = None) -> Quote:
    reasons = (f"the source names {speaker.name}",)
    return Quote(name, "indirect", "speech", (content,), None, source, (speaker,), (), parent, 0.9, reasons)


SAFE, CRACKED, ASKED, MET = (
    span("the bridge is safe"),
    span("the bridge is cracked"),
    span("both were asked"),
    span("Anna Berg met Mrs. Berg"),
)
OUTER = span("that Holm told her that the bridge is cracked")
SISTER = span("Anna Berg, sister of Mrs. Berg")

QUOTES = (
    said("q1", SAFE, span("Anna Berg"), ANNA),
    said("q2", OUTER, span("Mrs. Berg"), ANNA),
    said("q3", CRACKED, span("Holm"), HOLM, "q2"),
    said("q4", ASKED, SISTER, ANNA),
    said("q5", MET, span("Holm", 2), HOLM),
)


def claim(name: str, content: Span, quote: Quote, **more: object) -> Claim:
    who = Claimant("source", quote.speakers, quote.source)
    return Claim(name, content.start, content.end, content.text, content, who, quote=quote.id, **more)  # type: ignore[arg-type]


CLAIMS = (
    claim(
        "c1",
        SAFE,
        QUOTES[0],
        reasons=("disputed by Holm", "figure"),
        relations=(Relation("c2", "contradicts", ("denied by Anna Berg", "both about bridge")),),
    ),
    claim(
        "c2",
        CRACKED,
        QUOTES[2],
        via=("Anna Berg", "CNN"),
        reasons=("disputed by Anna Berg", "past event"),
        relations=(Relation("c1", "contradicts", ("denied by Anna Berg", "both about bridge")),),
    ),
    claim("c3", OUTER, QUOTES[1], entities=("e2", "e1")),
    claim("c4", ASKED, QUOTES[3]),
    claim("c5", MET, QUOTES[4], entities=("e1",)),
)

REPORT = Report(
    Article("bridge", TEXT),
    Provenance("0", PipelineInfo("p", "0", False)),
    (
        Entity(
            "e1",
            "PERSON",
            "Anna Berg",
            ("Berg",),
            (),
            (
                mention("Anna Berg"),
                married(1),
                mention("her"),
                mention("Anna Berg", 2),
                married(2),
                mention("Anna Berg", 3),
                married(3),
            ),
        ),
        Entity("e2", "PERSON", "Holm", (), (), (mention("Holm"), mention("Holm", 2)), ("e1",)),
    ),
    QUOTES,
    CLAIMS,
)

SPLIT = Correction("split", ("Anna Berg",), ("Karin Berg",), ("Mrs. Berg", "told her"))
KARIN = Speaker("Karin Berg", "PERSON", "e3")


def corrected(*corrections: Correction, report: Report = REPORT) -> Report:
    done = apply_corrections(report, corrections)
    assert done.used == corrections
    assert_nothing_dangles(done.report)
    return done.report


def assert_nothing_dangles(report: Report) -> None:
    ids = {e.id for e in report.entities}
    speakers = [s for q in report.quotes for s in q.speakers]
    speakers += [s for x in report.claims for s in x.claimant.speakers]
    assert {s.entity for s in speakers if s.entity} <= ids
    assert {i for x in report.claims for i in x.entities} <= ids
    assert {i for e in report.entities for i in e.candidates} <= ids
    names = {e.id: e.name for e in report.entities}
    assert all(names[s.entity] == s.name for s in speakers if s.entity)


def test_claims_follow_a_split() -> None:
    report = corrected(SPLIT)
    by_id = {x.id: x for x in report.claims}
    assert [q.speakers for q in report.quotes] == [(ANNA,), (KARIN,), (HOLM,), (ANNA,), (HOLM,)]
    assert report.quotes[1].reasons == ("the source names Anna Berg", "speaker corrected")
    assert by_id["c3"].claimant.speakers == (KARIN,)
    assert by_id["c3"].entities == ("e2", "e3")
    assert by_id["c2"].via == ("Karin Berg", "CNN")
    assert by_id["c1"] == CLAIMS[0]


def test_a_claim_that_names_both_keeps_both() -> None:
    assert corrected(SPLIT).claims[4].entities == ("e1", "e3")


def test_a_source_that_begins_with_who_stays_is_not_moved() -> None:
    report = corrected(SPLIT)
    assert report.quotes[3].speakers == (ANNA,)
    assert report.claims[3].claimant.speakers == (ANNA,)


def test_a_claimant_outside_of_quotations_follows_a_split() -> None:
    own = Claim(
        "c1", *(SAFE.start, SAFE.end), SAFE.text, SAFE, Claimant("source", (ANNA,), span("Mrs. Berg"))
    )
    report = Report(REPORT.article, REPORT.onrecord, REPORT.entities, (), (own,))
    assert corrected(SPLIT, report=report).claims[0].claimant.speakers == (KARIN,)


def test_disputes_follow_a_split() -> None:
    report = corrected(Correction("split", ("Anna Berg",), ("Eva Berg",), ("Anna Berg said the",)))
    assert report.claims[0].claimant.speakers[0].name == "Eva Berg"
    assert report.claims[0].reasons[0] == "disputed by Holm"
    assert report.claims[1].reasons[0] == "disputed by Eva Berg"
    assert [x.relations[0].reasons[0] for x in report.claims[:2]] == ["denied by Eva Berg"] * 2


@pytest.mark.parametrize("name", ["Karin Berg", "Holm"])
def test_nothing_dangles_where_all_mentions_are_split_off(name: str) -> None:
    report = corrected(Correction("split", ("Anna Berg",), (name,), ("Anna Berg", "Mrs. Berg", "told her")))
    assert "Anna Berg" not in [e.name for e in report.entities]
    entity = next(e for e in report.entities if e.name == name)
    assert len(entity.mentions) == (9 if name == "Holm" else 7)
    assert {s.name for q in report.quotes for s in q.speakers} == {name, "Holm"}
    assert all("Anna" not in r for x in report.claims for r in x.reasons)


def test_a_new_name_reaches_via_and_reasons() -> None:
    for c in (
        Correction("rename", ("Anna Berg",), ("Anna Lind",)),
        Correction("alias", ("Anna Berg",), ("Anna Lind",)),
    ):
        report = corrected(c)
        assert report.claims[1].via == ("Anna Lind", "CNN")
        assert report.claims[1].reasons[0] == "disputed by Anna Lind"
        assert report.claims[0].relations[0].reasons[0] == "denied by Anna Lind"
        assert report.quotes[0].reasons == ("the source names Anna Lind",)


def test_who_is_joined_with_the_claimant_passes_nothing_on() -> None:
    report = corrected(Correction("merge", ("Holm", "Anna Berg"), ("Holm",)))
    assert report.claims[1].claimant.speakers == (HOLM,)
    assert report.claims[1].via == ("CNN",)


def test_an_outlet_that_passes_a_claim_on_is_renamed_too() -> None:
    at = mention("bridge")
    outlet = Entity("e3", "ORG", "CNN", (), (), (at,))
    report = Report(REPORT.article, REPORT.onrecord, (*REPORT.entities, outlet), QUOTES, CLAIMS)
    renamed = corrected(Correction("rename", ("CNN",), ("CNN International",)), report=report)
    assert renamed.claims[1].via == ("Anna Berg", "CNN International")


def test_of_two_with_one_name_only_the_one_that_is_meant_is_renamed() -> None:
    twin = Entity("e3", "PERSON", "Anna Berg", (), (), (mention("bridge"),))
    report = Report(REPORT.article, REPORT.onrecord, (*REPORT.entities, twin), QUOTES, CLAIMS)
    renamed = corrected(Correction("rename", ("Anna Berg",), ("Anna Lind",)), report=report)
    assert renamed.entities[2] == twin
    assert renamed.claims[1].via == ("Anna Lind", "CNN")
    assert renamed.claims[1].reasons[0] == "disputed by Anna Lind"


def test_a_corrected_speaker_disputes_and_passes_on() -> None:
    report = corrected(Correction("speaker", ("Holm told her",), ("Eva Lund",)))
    assert report.claims[1].via == ("Eva Lund", "CNN")
    report = corrected(Correction("speaker", ("bridge is safe",), ("Eva Lund", "Holm")))
    assert report.claims[1].reasons[0] == "disputed by Eva Lund and Holm"
    assert report.quotes[0].reasons == ("the source names Anna Berg", "speaker corrected")
