"""Saved web pages."""

from __future__ import annotations

import pytest
from reading import DATA, parts, read_one

from onrecord.errors import InputError
from onrecord.readers.source import Source


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
