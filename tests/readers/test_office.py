"""Word, OpenDocument and RTF files, with files that real programs wrote."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from reading import DATA, HARBOUR, assert_parts, failing, parts, read_one

from onrecord.readers import read_bytes
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
    # They were made from python-docx's template, whose day is nobody's.
    assert article.published is None
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


def test_rtf_notes_are_read_as_the_text_is() -> None:
    data = (
        rb"{\rtf1\ansi{\info{\title Wet \u-10179?\u-8704?}{\author Ana \u-10179?\u-8704?}}"
        rb"{\stylesheet{\s1 heading 1;}{\s2 footnote text;}}\pard\s1 Storm"
        rb"{\footnote\pard\plain\s2 {\super 1}Look \u-10179?\u-8704? here.\par Second par.\par}"
        rb"{\*\annotation\pard\s2 Why?}\par"
        rb"\pard Rain\u-10179?{\footnote Half\u-10179? a pair.} fell.{\footnote Cut off"
    )
    article = read_one(Source("a.rtf", data))
    assert parts(article) == [
        ("headline", "Storm"),
        ("paragraph", "Rain\ufffd fell."),
        ("paragraph", "1Look 😀 here."),
        ("paragraph", "Second par."),
        ("paragraph", "Half\ufffd a pair."),
        ("paragraph", "Cut off"),
    ]
    assert article.byline == ("Ana 😀",)
    assert article.title == "Storm"
    assert read_one(Source("a.rtf", data.replace(rb"\pard\s1", rb"\pard"))).title == "Wet 😀"
    assert [w.code for w in article.warnings] == ["undecodable_bytes"]


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


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def paragraph(text: str, style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str) -> Source:
    styles = "<w:styles xmlns:w='w'><w:style w:styleId='H'><w:name w:val='heading 1'/></w:style></w:styles>"
    document = f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"
    return Source("a.docx", packed(word__document_xml=document.encode(), word__styles_xml=styles.encode()))


@pytest.mark.timeout(60)
def test_tables_in_tables_are_walked_once() -> None:
    body = paragraph("Rain fell.")
    for _ in range(60):
        body = table(cell(paragraph("Wet")) + cell(body + paragraph("Still wet")))
    texts = [text for _, text in parts(read_one(word(body)))]
    assert texts == ["Wet"] * 60 + ["Rain fell."] + ["Still wet"] * 60


def test_headings_in_a_table() -> None:
    laid_out = table(cell(paragraph("Logo") + paragraph("Oslo")) + cell(paragraph("Rain", "H")))
    assert parts(read_one(word(laid_out))) == [
        ("paragraph", "Logo"),
        ("paragraph", "Oslo"),
        ("subhead", "Rain"),
    ]
    first = table(cell(paragraph("Rain", "H") + paragraph("It fell.") + paragraph("More", "H")))
    assert [kind for kind, _ in parts(read_one(word(first)))] == ["headline", "paragraph", "subhead"]
    after = [kind for kind, _ in parts(read_one(word(paragraph("Oslo") + first)))]
    assert after == ["paragraph", "subhead", "paragraph", "subhead"]


def test_tracked_changes_in_rows_of_data_are_counted() -> None:
    changed = "<w:p><w:ins><w:r><w:t>4</w:t></w:r></w:ins></w:p>"
    article = read_one(word(table(cell(paragraph("Dead")) + cell(changed))))
    assert article.text == "Dead\t4"
    assert [w.message for w in article.warnings] == ["1 tracked changes: read as if all were accepted"]


DATED_ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
 <office:automatic-styles>
  <number:date-style style:name="N37" number:automatic-order="true">
   <number:month number:style="long"/><number:text>/</number:text><number:day number:style="long"/>
  </number:date-style>
 </office:automatic-styles>
 <office:body><office:text>
  <text:h>Rain</text:h><text:p>It fell on <text:date style:data-style-name="N37">03/12</text:date>.</text:p>
 </office:text></office:body></office:document-content>"""
META_ODT = """<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>
 <meta:initial-creator>{}</meta:initial-creator><meta:creation-date>2024-03-12T09:00:00</meta:creation-date>
 </office:meta></office:document-meta>"""


def odt(content: str, author: str) -> bytes:
    meta = META_ODT.format(author).encode()
    return packed(mimetype=b"odt", content_xml=content.encode(), meta_xml=meta)


def test_odt_with_a_date_field() -> None:
    article = read_one(Source("a.odt", odt(DATED_ODT, "Ana Paz")))
    assert parts(article) == [("headline", "Rain"), ("paragraph", "It fell on 03/12.")]
    assert (article.byline, article.published) == (("Ana Paz",), "2024-03-12T09:00:00")


def test_odt_of_another_kind() -> None:
    sheet = DATED_ODT.replace("office:text", "office:spreadsheet")
    assert "no document" in failing("a.odt", odt(sheet, "Ana Paz")).problem


@pytest.mark.parametrize("author", ["Microsoft Office User", "admin", "python-docx"])
def test_what_programs_fill_in_is_no_author(author: str) -> None:
    rtf = rf"{{\rtf1\ansi{{\info{{\author {author}}}}}Rain fell.\par}}".encode()
    core = f"<p><creator>{author}; Ana Paz</creator><created>2024-03-12T09:00:00Z</created></p>"
    document = b"<w:document xmlns:w='w'><w:body><w:p><w:t>Rain.</w:t></w:p></w:body></w:document>"
    docx = packed(word__document_xml=document, docProps__core_xml=core.encode())
    assert read_one(Source("a.rtf", rtf)).byline == ()
    assert read_one(Source("a.odt", odt(DATED_ODT, author))).byline == ()
    article = read_one(Source("a.docx", docx))
    assert (article.byline, article.published) == (("Ana Paz",), "2024-03-12T09:00:00Z")


FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset238 Times CE;}"
    r"{\f2\fcharset204{\*\falt Arial}Arial;}{\f3\fcharset161 \'c1;}{\f4\fcharset162 T;}"
    r"{\f5\fcharset128 \'82\'6c;}{\f6\fcharset1 D;}{\f7\cpg1257 B;}}"
)


@pytest.mark.parametrize(
    ("header", "body", "text"),
    [
        (
            r"\ansi\ansicpg1252\deff0",
            r"it\'92s {\f1\'a3\'f3d\'9f} \f2\'cc\'ee\f0  caf\'e9",
            "it’s Łódź Мо café",
        ),
        (r"\ansi\ansicpg1252\deff0", r"\f3\'c1\'e8 \f4\'dd \f5\'83\'7b \f7\'fe", "Αθ İ ボ ž"),
        (r"\ansi\ansicpg1250\deff0", r"Nu\'f1ez \f6\'f1", "Nuñez ń"),
        (r"\ansi\ansicpg1251\deff1", r"\f2\'cc\plain \'b3", "Мł"),
        (r"\ansi\ansicpg65001", r"caf\'c3\'a9", "café"),
        (r"\mac\deff0", r"caf\'8e \'d2no\'d3", "café “no”"),
        (r"\pc", r"caf\'82", "café"),
        (r"\pca", r"caf\'82", "café"),
        (r"\mac\ansicpg10029", r"\'fc", "Ł"),
        (r"\ansi\ansicpg99999", r"it\'92s", "it’s"),
    ],
)
def test_rtf_code_pages(header: str, body: str, text: str) -> None:
    data = rf"{{\rtf1{header}{FONTS}{{\info{{\title Rain}}}}\pard {body}\par}}".encode()
    for encoding in (None, "utf-8", "no-such"):
        (article,) = read_bytes(Source("a.rtf", data), encoding=encoding)
        assert (article.text, article.title, article.warnings) == (text, "Rain", ())


def test_rtf_with_bytes_that_mean_nothing() -> None:
    article = read_one(Source("a.rtf", rb"{\rtf1\ansi\deff0 Rain \'81 fell.\par}"))
    assert article.text == "Rain \ufffd fell."
    assert [w.code for w in article.warnings] == ["undecodable_bytes"]
