from __future__ import annotations

import unicodedata
from dataclasses import replace

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
    Report,
    Span,
    Speaker,
)

TEXT = "Anna Berg met Mrs. Berg. A. Berg said the bridge will open. Mrs. Berg said nothing will."


def mention(words: str, part: str = "") -> Mention:
    start = TEXT.index(words) + words.index(part or words)
    text = part or words
    return Mention(start, start + len(text), text)


def span(words: str, last: bool = False) -> Span:
    start = TEXT.rindex(words) if last else TEXT.index(words)
    return Span(start, start + len(words), words)


def mrs(number: int) -> Mention:
    start = -1
    for _ in range(number):
        start = TEXT.index("Mrs. Berg", start + 1)
    return Mention(start + 5, start + 9, "Berg")


ANNA = Entity("e1", "PERSON", "Anna Berg", ("Berg",), (), (mention("Anna Berg"), mrs(1), mrs(2)))
SHORT = Entity("e2", "ORG", "A. Berg", (), (), (mention("A. Berg"),), ("e1",))
REPORT = Report(
    Article("council-1", TEXT, path="news/council-1.txt"),
    Provenance("0", PipelineInfo("p", "0", False)),
    (ANNA, SHORT),
    (
        Quote(
            "q1",
            "indirect",
            "speech",
            (span("the bridge will open"),),
            span("said"),
            span("A. Berg"),
            (Speaker("A. Berg", "ORG", "e2"),),
        ),
        Quote(
            "q2",
            "indirect",
            "speech",
            (span("nothing will"),),
            span("said", last=True),
            span("Mrs. Berg", last=True),
            (Speaker("Anna Berg", "PERSON", "e1"),),
            ("uncertain_speaker",),
        ),
    ),
    (
        Claim(
            "c1",
            *(span("the bridge will open").start, span("the bridge will open").end),
            "the bridge will open",
            span("the bridge will open"),
            Claimant("source", (Speaker("A. Berg", "ORG", "e2"),)),
            quote="q1",
            entities=("e2",),
        ),
    ),
)


def corrected(*corrections: Correction) -> Report:
    done = apply_corrections(REPORT, corrections)
    assert done.used == corrections
    assert [n.code for n in done.report.warnings] == ["corrected"] * len(corrections)
    return done.report


def test_merge_moves_mentions_speakers_and_claims() -> None:
    report = corrected(Correction("merge", ("Anna Berg", "A. Berg"), ("Anna Berg",)))
    assert [e.name for e in report.entities] == ["Anna Berg"]
    assert len(report.entities[0].mentions) == 4
    assert "A. Berg" in report.entities[0].aliases
    assert report.quotes[0].speakers == (Speaker("Anna Berg", "PERSON", "e1"),)
    assert report.claims[0].claimant.speakers == report.quotes[0].speakers
    assert report.claims[0].entities == ("e1",)


def test_split_gives_mentions_and_quotations_to_the_new_entry() -> None:
    report = corrected(Correction("split", ("Anna Berg",), ("Karin Berg",), ("Mrs. Berg",)))
    karin = report.entities[-1]
    assert (karin.name, len(karin.mentions), karin.id) == ("Karin Berg", 2, "e3")
    assert len(report.entities[0].mentions) == 1
    assert report.quotes[1].speakers == (Speaker("Karin Berg", "PERSON", "e3"),)
    assert report.quotes[0].speakers == REPORT.quotes[0].speakers


def test_rename_retype_and_ignore() -> None:
    report = corrected(
        Correction("rename", ("Anna Berg",), ("Anna Maria Berg",)),
        Correction("retype", ("A. Berg",), type="PERSON"),
    )
    assert report.entities[0].name == "Anna Maria Berg"
    assert report.entities[0].aliases[0] == "Anna Berg"
    assert report.quotes[1].speakers[0].name == "Anna Maria Berg"
    assert report.quotes[0].speakers[0].type == "PERSON"
    report = corrected(Correction("ignore", ("A. Berg",)))
    assert [e.id for e in report.entities] == ["e1"]
    assert report.quotes[0].speakers == (Speaker("A. Berg", "ORG", None),)
    assert report.claims[0].entities == ()


def test_speaker_is_found_by_the_words_of_the_quotation() -> None:
    report = corrected(Correction("speaker", ("nothing  WILL",), ("Karin Berg",), place="onrecord.toml:4"))
    assert report.quotes[1].speakers == (Speaker("Karin Berg", "PERSON", None),)
    assert report.quotes[1].flags == ()
    assert report.quotes[1].reasons[-1] == "speaker corrected (onrecord.toml:4)"
    report = corrected(Correction("speaker", ("the bridge will open",), ("Anna Berg",)))
    assert report.claims[0].claimant.speakers == (Speaker("Anna Berg", "PERSON", "e1"),)


def test_alias_renames_and_joins() -> None:
    report = corrected(Correction("alias", ("A. Berg", "Anna Berg"), ("Anna Bergström",)))
    assert [(e.name, e.type) for e in report.entities] == [("Anna Bergström", "PERSON")]
    assert {s.name for q in report.quotes for s in q.speakers} == {"Anna Bergström"}


def test_what_finds_nothing_is_not_used() -> None:
    unused = (
        Correction("merge", ("Anna Berg", "Nobody"), ("Anna Berg",)),
        Correction("split", ("Anna Berg",), ("X",), ("Dr. Berg",)),
        Correction("rename", ("Nobody",), ("X",)),
        Correction("retype", ("Anna Berg",), type="PERSON"),
        Correction("ignore", ("Nobody",)),
        Correction("speaker", ("no such words",), ("X",)),
        Correction("alias", ("Nobody",), ("X",)),
        Correction("ignore", ("Anna Berg",), article="court-*"),
    )
    done = apply_corrections(REPORT, unused)
    assert done.used == ()
    assert done.report == REPORT


def test_a_pattern_fits_id_path_or_file_name() -> None:
    for pattern in ("council-*", "news/*", "council-1.txt"):
        assert apply_corrections(REPORT, [Correction("ignore", ("A. Berg",), article=pattern)]).used


@pytest.mark.parametrize("name", ["draft [2]", "Å [b]*"])
def test_an_article_is_meant_by_its_id_as_it_stands(name: str) -> None:
    report = replace(REPORT, article=replace(REPORT.article, id=name, path="-"))
    assert apply_corrections(report, [Correction("ignore", ("A. Berg",), article=name)]).used
    typed = unicodedata.normalize("NFD", name)
    assert apply_corrections(report, [Correction("ignore", ("A. Berg",), article=typed)]).used
    assert not apply_corrections(report, [Correction("ignore", ("A. Berg",), article="draft [3]")]).used


def test_a_name_is_found_whatever_its_apostrophe_and_accents() -> None:
    name = "Zoë O’Neil"
    report = replace(REPORT, entities=(replace(ANNA, name=name), SHORT))
    for typed in ("Zoë O'Neil", unicodedata.normalize("NFD", name), "zoë o’neil"):
        done = apply_corrections(report, [Correction("retype", (typed,), type="ORG")])
        assert done.report.entities[0].type == "ORG"


def test_a_split_finds_words_whatever_their_apostrophe_and_accents() -> None:
    text = "Zoë O’Neil met Mr. O’Neil, Zoe\u0308’s father."
    places = (0, text.index("Mr. O") + 4, text.index("Zoe"))
    mentions = tuple(Mention(i, i + n, text[i : i + n]) for i, n in zip(places, (10, 6, 4), strict=True))
    entity = Entity("e1", "PERSON", "Zoë O’Neil", (), (), mentions)
    report = Report(Article("a", text), REPORT.onrecord, (entity,))
    for words in ("Mr. O'Neil", "Zoë's father"):
        done = apply_corrections(report, [Correction("split", ("Zoë O'Neil",), ("X",), (words,))])
        assert len(done.report.entities[1].mentions) == 1


def test_a_notice_names_the_file_without_its_folders() -> None:
    done = apply_corrections(REPORT, [Correction("ignore", ("A. Berg",), place="/home/desk/onrecord.toml:3")])
    assert done.report.warnings[0].message == "A. Berg left out (onrecord.toml:3)"


def test_offsets_stay_slices_of_the_text() -> None:
    report = corrected(
        Correction("split", ("Anna Berg",), ("Karin Berg",), ("Mrs. Berg",)),
        Correction("merge", ("Karin Berg", "A. Berg"), ("Karin Berg",)),
    )
    assert all(TEXT[m.start : m.end] == m.text for e in report.entities for m in e.mentions)
    ids = {e.id for e in report.entities}
    assert all(s.entity in ids for q in report.quotes for s in q.speakers)
    assert replace(report, warnings=()).article == REPORT.article
