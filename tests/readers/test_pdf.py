"""PDF files, with files that real programs wrote."""

from __future__ import annotations

import io

import pytest
from reading import DATA, HARBOUR, failing, parts, read_one

from onrecord.readers.source import Source


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
