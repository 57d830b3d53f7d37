"""Every format, with files that real programs wrote."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.readers import read_all, read_articles, read_bytes
from onrecord.readers.markdown import plain_inline
from onrecord.readers.source import Source
from onrecord.schema import Article

DATA = Path(__file__).parent.parent / "data"

HARBOUR = [
    ("headline", "Harbour board votes to close terminal"),
    ("paragraph", "By Ngozi Adeyemi in Port Harcourt"),
    ("paragraph", "PORT HARCOURT, Nigeria — The harbour board"),
    ("paragraph", "Chief executive Samuel Okafor"),
    ("subhead", "Union promises a challenge"),
    ("paragraph", "The Maritime Workers’ Union"),
    ("list_item", "The terminal opened in 1974."),
    ("list_item", "It employs 140 people."),
    ("list_item", "It handled 61,000 tonnes last year."),
    ("quote", "We will not leave quietly, and we will not leave without the truth."),
    ("subhead", "What happens next?"),
    ("paragraph", "The board’s decision"),
]


def read_one(source: Path | Source) -> Article:
    (article,) = read_articles(source) if isinstance(source, Path) else read_bytes(source)
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()
    return article


def parts(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.start : b.end]) for b in article.blocks]


def assert_parts(article: Article, expected: list[tuple[str, str]]) -> None:
    found = parts(article)
    for (kind, text), (wanted_kind, beginning) in zip(found, expected, strict=False):
        assert (kind, text[: len(beginning)]) == (wanted_kind, beginning)
    assert len(found) >= len(expected)


def failing(name: str, data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        list(read_bytes(Source(name, data)))
    assert caught.value.thing == name and caught.value.remedy
    return caught.value


# Plain text


def test_plain_text_is_the_decoded_file(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    data = "\ufeffOne\r\nTwo\rThree \n\n“Four”\t\n".encode()
    file.write_bytes(data)
    article = read_one(file)
    assert article.text == "One\nTwo\nThree \n\n“Four”\t\n"
    assert (article.id, article.path, article.format, article.encoding) == (
        "story",
        str(file),
        "text",
        "utf-8",
    )
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert article.blocks == () and article.warnings == () and article.language == "en"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_round_trip(text: str) -> None:
    try:
        article = read_one(Source("a.txt", text.encode()))
    except InputError:
        # Blank text, or the beginning of another format such as a web page.
        assert not text.strip("\ufeff").strip() or text.lstrip().startswith(("<", "{\\rtf", "%PDF-"))
        return
    if article.format == "text":
        assert article.text == text.removeprefix("\ufeff")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Rain fell.")))
    (article,) = read_articles("-")
    assert (article.id, article.path, article.text) == ("stdin", "-", "Rain fell.")


# Word


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


# PDF


@pytest.mark.parametrize("name", ["paper.pdf", "columns.pdf"])
def test_pdf(name: str) -> None:
    article = read_one(DATA / name)
    found = parts(article)
    if name == "columns.pdf":
        # On a single page nothing tells a running head from a line of the article.
        assert found.pop(0) == ("paragraph", "The Delta Courier — Business")
    expected = [("paragraph" if k == "quote" else k, t) for k, t in HARBOUR]
    for (kind, text), (wanted_kind, beginning) in zip(found, expected, strict=False):
        assert (kind, text[: len(beginning)]) == (wanted_kind, beginning)
    assert ("subhead", "A long decline") in found
    whole = " ".join(article.text.split())
    assert "Page" not in whole and whole.count("Delta Courier") == (name == "columns.pdf")
    for words in (
        "had refused to publish",
        "cold-storage terminal",
        "Núñez-Bello",
        "A spokeswoman, Halima Garba",
        "two hundred kilometres",
    ):
        assert words in whole
    assert "\u00ad" not in whole
    assert article.title == "Harbour board votes to close terminal"


def pdf(*, password: str | None = None, pages: int = 1) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_scanned_pdf() -> None:
    error = failing("scan.pdf", pdf())
    assert "no text" in error.problem and "OCR" in error.remedy


def test_encrypted_pdf() -> None:
    error = failing("secret.pdf", pdf(password="secret"))
    assert error.problem == "password-protected" and "without a password" in error.remedy


def test_damaged_pdf() -> None:
    data = (DATA / "paper.pdf").read_bytes()
    for cut in (20, 1000, len(data) // 2):
        failing("cut.pdf", data[:cut])
    failing("not.pdf", b"This is a line of text.")


def test_pdf_named_txt_is_read_as_pdf() -> None:
    assert read_one(Source("paper.txt", (DATA / "paper.pdf").read_bytes())).format == "pdf"


# HTML


def test_saved_page() -> None:
    article = read_one(DATA / "saved-page.html")
    assert [kind for kind, _ in parts(article)] == [
        *["headline", "caption", "paragraph", "paragraph", "subhead", "paragraph", "quote", "paragraph"],
        *["list_item", "list_item", "list_item", "subhead", "paragraph"],
    ]
    assert article.title == "Harbour board votes to close cold-storage terminal"
    assert article.byline == ("Ngozi Adeyemi",)
    assert (article.published, article.outlet) == ("2024-03-12", "The Delta Courier")
    assert article.url == "https://courier.example/business/2024/03/12/terminal"
    assert "José Núñez-Bello" in article.text and "₦2.3 billion" in article.text
    for furniture in (
        "Skip",
        "cookies",
        "Related",
        "Fish prices",
        "morning briefing",
        "scandal",
        "rights reserved",
        "not part",
    ):
        assert furniture not in article.text


def test_page_exported_by_a_word_processor() -> None:
    found = parts(read_one(DATA / "exported.html"))
    assert ("subhead", "Union promises a challenge") in found
    assert ("list_item", "It employs 140 people.") in found
    assert ("paragraph", "We will not leave quietly, and we will not leave without the truth.") in found


def test_tiny_page_falls_back_to_all_its_text() -> None:
    article = read_one(
        Source(
            "a.html", b"<html><body><h1>Rain</h1><div>Rain fell &amp; fell.</div><nav>Home</nav><ul><li>One"
        )
    )
    assert parts(article) == [("headline", "Rain"), ("paragraph", "Rain fell & fell."), ("list_item", "One")]


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b"<meta charset=iso-8859-2>", "iso8859-2"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
    ],
)
def test_declared_charset(head: bytes, charset: str) -> None:
    text = "Rzecznik Łukasz Śliwa powiedział, że most będzie zamknięty."
    page = (
        b"<!doctype html><html><head>"
        + head
        + b"</head><body><p>"
        + text.encode(charset)
        + b"</p></body></html>"
    )
    article = read_one(Source("a.html", page))
    assert (
        text in article.text
        and article.encoding == charset
        and not [w for w in article.warnings if "encoding" in w.code]
    )


def test_web_archive() -> None:
    page = (DATA / "saved-page.html").read_bytes()
    import base64

    bundle = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page)
        + b"\r\n--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    )
    assert read_one(Source("a.mhtml", bundle)).text == read_one(DATA / "saved-page.html").text


def test_hostile_pages_end_well() -> None:
    nested = b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000
    laughs = b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html><body><p>&b; and so on</p></body>'
    unclosed = b"<html><body>" + b"<p>one <b>two <i>three " * 2000
    zero = b"<html><body><p>One\x00two</p></body></html>"
    for page in (b"<html>" + nested, laughs, unclosed, zero, b"<html><head></head><body></body></html>"):
        try:
            assert read_one(Source("a.html", page)).text.strip()
        except InputError as error:
            assert error.remedy


def test_nothing_is_fetched() -> None:
    page = (
        b'<html><head><base href="http://paper.example/"><link rel=stylesheet href=a.css></head><body>'
        b'<img src=a.png><iframe src="http://x.example/"></iframe><p>Rain fell in Accra.</p></body></html>'
    )
    assert read_one(Source("a.html", page)).text == "Rain fell in Accra."


# Markdown


def test_markdown() -> None:
    article = read_one(DATA / "story.md")
    assert parts(article) == [
        ("headline", "River bill passes at the third try"),
        ("paragraph", "By Ana Ferro and Tomás Ruiz"),
        (
            "paragraph",
            "The senate passed the river bill on Thursday, by 41 votes to 38.\n"
            "“It took us three tries,” said Elena Paz, who leads the majority.",
        ),
        ("subhead", "What is in it"),
        ("list_item", "A limit of 3*10 litres a day"),
        ("list_item", "New meters for every well\nand every pump"),
        ("list_item", "A fund"),
        ("quote", "We will remember\nwho voted no."),
        ("paragraph", "snake_case_name stays, and so do 2 * 3 * 4 and AT&T."),
        ("subhead", "Next steps"),
        ("paragraph", "raw *text* stays"),
        ("paragraph", "She spoke to reporters."),
    ]
    assert article.byline == ("Ana Ferro", "Tomás Ruiz")
    assert (article.title, article.published) == ("River bill passes at the third try", "2024-05-03")


@given(st.text(alphabet="ab *_`[]()!<>#-\\\n~&;", max_size=60))
def test_any_markdown_is_read(text: str) -> None:
    plain_inline(text)
    try:
        read_one(Source("a.md", text.encode()))
    except InputError as error:
        assert error.problem in ("no text in it", "empty file")


# Exports


def test_json_lines() -> None:
    lines = [
        {
            "id": 7,
            "headline": "Rain",
            "body": "Rain fell.\r\nIt stopped.",
            "byline": "A. Obi; B. Eze",
            "date": "2024-01-02",
        },
        {"text": ["Snow fell.", "It melted."], "url": "https://x.example"},
        {"title": "No text"},
    ]
    data = "\n".join([json.dumps(lines[0]), "not json", json.dumps(lines[1]), json.dumps(lines[2])]).encode()
    first, second = read_bytes(Source("out/export.jsonl", data))
    assert (first.id, first.text, first.title) == ("export#7", "Rain fell.\nIt stopped.", "Rain")
    assert first.byline == ("A. Obi", "B. Eze") and first.published == "2024-01-02"
    assert (second.id, second.text, second.url) == (
        "export#3",
        "Snow fell.\n\nIt melted.",
        "https://x.example",
    )
    assert [w.code for w in second.warnings] == ["skipped_records"]
    assert "text" in failing("export.jsonl", b'{"a": 1}\n').remedy


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(delimiter: str) -> None:
    rows = [
        ["Article Text", "Title", "ID"],
        ['"Rain, rain; rain.\nIt fell."', "Wet", "r1"],
        ["", "Empty", "r2"],
        ["Sun.", "", ""],
    ]
    data = "\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    first, second = read_bytes(Source("export.csv", data))
    assert (first.id, first.text, first.title) == ("export#r1", "Rain, rain; rain.\nIt fell.", "Wet")
    assert (second.id, second.text, second.title) == ("export#3", "Sun.", None)
    assert "column" in failing("export.csv", b"a,b\n1,2\n").problem


# What is no article


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\t ", "empty file"),
        ("a.txt", b"\xef\xbb\xbf", "no text in it"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "a PNG image"),
        ("a.txt", b"\xff\xd8\xff\xe0" + bytes(range(256)), "a JPEG image"),
        ("a", bytes(range(256)) * 10, "binary data"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word format"),
        ("a.docx", b"Just text.", "damaged, or no .docx file"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "a zip archive"),
        ("a.txt", b"\x1f\x8b\x08" + bytes(40), "a gzip archive"),
    ],
)
def test_what_is_no_article(name: str, data: bytes, problem: str) -> None:
    assert failing(name, data).problem.startswith(problem)


def test_missing_file_folder_and_permission(tmp_path: Path) -> None:
    for path, problem in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "a folder"),
        (Path("a\x00b"), "cannot be read"),
    ):
        with pytest.raises(InputError, match=problem):
            list(read_articles(path))


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.readers.source.MAX_BYTES", 10)
    file = tmp_path / "dump.txt"
    file.write_text("more than ten bytes")
    with pytest.raises(InputError, match="split it"):
        list(read_articles(file))


@given(
    st.binary(max_size=400),
    st.sampled_from([".txt", ".md", ".html", ".docx", ".odt", ".rtf", ".pdf", ".jsonl", ".csv", ""]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_articles_or_an_input_error(data: bytes, suffix: str) -> None:
    try:
        for article in read_bytes(Source("a" + suffix, data)):
            assert article.text.strip()
    except InputError as error:
        assert error.remedy


@given(
    st.sampled_from(["harbour.docx", "harbour.odt", "harbour.rtf", "paper.pdf", "saved-page.html"]), st.data()
)
@settings(max_examples=40, deadline=None)
def test_damaged_files_give_articles_or_an_input_error(name: str, data: st.DataObject) -> None:
    whole = bytearray((DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        list(read_bytes(Source(name, bytes(whole))))
    except InputError as error:
        assert error.remedy


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Two.")
    (tmp_path / "c.xlsx").write_bytes(b"x")
    errors: list[InputError] = []
    skipped: list[str] = []
    found = list(read_all([tmp_path], on_error=errors.append, on_skip=lambda n: skipped.append(n.message)))
    assert [(a.id, a.text) for a in found] == [("a", "One."), ("a~2", "Two.")]
    assert [Path(e.thing).name for e in errors] == ["b.pdf"]
    assert len(skipped) == 1 and "c.xlsx" in skipped[0]


def test_readers_import_nothing_heavy() -> None:
    code = (
        "import sys; from onrecord.readers import read_articles; list(read_articles(sys.argv[1]));"
        "print([m for m in ('spacy', 'trafilatura', 'pypdf', 'lxml', 'numpy') if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(DATA / "story.md")], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"
