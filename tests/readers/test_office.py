"""Word, OpenDocument and RTF files, with files that real programs wrote."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from reading import DATA, HARBOUR, assert_parts, failing, parts, read_one

from onrecord.readers.source import Source


@pytest.mark.parametrize("name", ["harbour.docx", "harbour-libreoffice.docx", "harbour.odt", "harbour.rtf"])
def test_office_files(name: str) -> None:
    article = read_one(DATA / name)
    assert_parts(article, HARBOUR)
    assert parts(article)[12:] == [
        ("paragraph", "Year\tTonnes\tLoss"),
        ("paragraph", "2022\t74,000\t₦0.6bn"),
        ("paragraph", "2023\t61,000\t₦1.1bn"),
        ("paragraph", "The table was published with the minutes."),
    ]
    assert article.title == "Harbour board votes to close terminal"
    assert article.byline == ("Ngozi Adeyemi",)
    assert article.encoding == ("cp1252" if article.format == "rtf" else None)


def test_rtf_of_textedit() -> None:
    article = read_one(DATA / "textedit.rtf")
    assert article.text.split("\n\n") == [
        "Mayor leaves by the back door",
        "The mayor of Calà, José Núñez, left “with regret,” he said.",
        "It cost €40 and a smile 😀.",
    ]


def test_rtf_leaves_out_what_a_reader_does_not_see() -> None:
    data = (
        rb"{\rtf1\ansi{\info{\title Storm}{\author Ana Paz}}{\header Page}{\*\generator X 1;}{\pict 89504e47}"
        rb"{\stylesheet{\s1 heading 1;}{\*\cs2 Quote Char;}}\pard\s1 Storm\par\pard The sea "
        rb"{\deleted was calm}{\v hid}rose.{\footnote By two metres.}\par{\field{\*\fldinst HYPERLINK x}"
        rb"{\fldrslt Boats}} sank\'85\line in \u321?\'f3d\u378 z.\par}"
    )
    article = read_one(Source("a.rtf", data))
    assert parts(article) == [
        ("headline", "Storm"),
        ("paragraph", "The sea rose."),
        ("paragraph", "Boats sank…\nin Łódź."),
        ("paragraph", "By two metres."),
    ]
    assert (article.title, article.byline) == ("Storm", ("Ana Paz",))
    assert [w.code for w in article.warnings] == ["tracked_changes"]


def test_tracked_changes_are_read_as_accepted() -> None:
    article = read_one(DATA / "tracked.docx")
    assert [text for _, text in parts(article)] == [
        "Judge frees the ferry captain",
        "By Marit Solberg",
        "A judge in Bergen freed the captain of the ferry on Thursday.",
        "“He has answered every question,” the judge, Kari Moen, said.",
        "The owner-captain left by a side door.",
        "Three of the crew are still in hospital.",
        "This sentence moved down.",
        "A control holds this line.",
        "Dead\t4",
        "Hurt\t19",
        "The ruling was read out in Norwegian.",
    ]
    assert {w.code for w in article.warnings} == {"tracked_changes", "comments_left_out"}
    assert article.title == "Judge frees the ferry captain"


def test_word_with_password() -> None:
    error = failing("draft.docx", (DATA / "locked.docx").read_bytes())
    assert str(error) == "draft.docx: password-protected; save a copy without a password"


def test_truncated_word_file() -> None:
    data = (DATA / "harbour.docx").read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        assert "damaged" in failing("cut.docx", data[: int(len(data) * share)]).problem


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


def test_zip_bomb_is_refused() -> None:
    document = (
        b"<w:document xmlns:w='w'><w:body><w:p>" + b" " * (65 * 2**20) + b"</w:p></w:body></w:document>"
    )
    assert "unpacks to more than" in failing("bomb.docx", packed(word__document_xml=document)).problem


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    document = laughs + b"<w:document xmlns:w='w'><w:body><w:p><w:t>&b;</w:t></w:p></w:body></w:document>"
    assert "document type" in failing("laughs.docx", packed(word__document_xml=document)).problem


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    document = doctype + "<w:document xmlns:w='w'><w:body>&a;</w:body></w:document>"
    failing("xxe.docx", packed(word__document_xml=document.encode()))


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b"<w:document", "not well-formed"),
        (b"<x/>", "no document"),
        (b"<w:document xmlns:w='w'><w:body/></w:document>", "no text"),
    ],
)
def test_word_files_without_a_document(document: bytes, problem: str) -> None:
    assert problem in failing("odd.docx", packed(word__document_xml=document)).problem
