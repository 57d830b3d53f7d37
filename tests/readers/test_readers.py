"""Plain text, what is no article, and what holds of every reader."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import DATA, failing, read_one

from onrecord.errors import FaultError, InputError
from onrecord.readers import read_all, read_articles, read_bytes
from onrecord.readers.source import Source
from onrecord.schema import Article


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
        # Blank text, or the beginning of another format such as a web page or JSON.
        assert not text.strip("\ufeff").strip() or text.lstrip().startswith(("<", "{", "[", "%PDF-"))
        return
    if article.format == "text":
        assert article.text == text.removeprefix("\ufeff")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Rain fell.")))
    (article,) = read_articles("-")
    assert (article.id, article.path, article.text) == ("stdin", "-", "Rain fell.")


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


@pytest.mark.timeout(60)
@pytest.mark.parametrize("start", ["<!---->", "<!-- rain -->\n"])
def test_many_comments_are_looked_through_at_once(start: str) -> None:
    article = read_one(Source("a.txt", f"{start * 200}Rain fell.".encode()))
    assert article.format == "text"
    page = f"{start * 200}<!doctype html><title>Rain</title><p>{'Rain fell on the harbour. ' * 40}"
    assert read_one(Source("a.txt", page.encode())).format == "html"


def test_missing_file_folder_and_permission(tmp_path: Path) -> None:
    for path, problem in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "a folder"),
        (Path("a\x00b"), "cannot be read"),
    ):
        with pytest.raises(InputError, match=problem):
            list(read_articles(path))


def test_pasted_article_is_no_file_name() -> None:
    with pytest.raises(InputError) as caught:
        list(read_articles("Rain fell on the harbour. " * 400))
    assert caught.value.thing == "Rain fell on the harbour. Rain fell on t…"
    assert "onrecord -" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", "# Rain\n\n**Rain** fell.\x7f"),
        ("a.html", f"<!doctype html><body><p>{'Rain fell. ' * 40}\x7f</p>"),
        ("a.json", '{"id": "a long name for it", "text": "Rain\x7f"}'),
        ("a.jsonl", '{"id": "a long name for it", "text": "Rain\x7f"}'),
        ("a.csv", "title,text\nA long title,Rain\x7f\n"),
        ("a.txt", "Rain\x7f"),
    ],
)
def test_only_plain_text_tells_the_place_of_control_characters(name: str, data: str) -> None:
    article = read_one(Source(name, data.encode()))
    (notice,) = (w for w in article.warnings if w.code == "control_characters")
    assert (notice.start, notice.end) == ((4, 5) if name == "a.txt" else (None, None))


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.readers.source.MAX_BYTES", 10)
    file = tmp_path / "dump.txt"
    file.write_text("more than ten bytes")
    with pytest.raises(InputError, match="split it"):
        list(read_articles(file))


@given(
    st.binary(max_size=400),
    st.sampled_from([".txt", ".md", ".html", ".docx", ".odt", ".rtf", ".pdf", ".json", ".jsonl", ".csv", ""]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_articles_or_an_input_error(data: bytes, suffix: str) -> None:
    try:
        for article in read_bytes(Source("a" + suffix, data)):
            assert article.text.strip()
    except InputError as error:
        assert error.remedy and not isinstance(error, FaultError)


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
        assert error.remedy and not isinstance(error, FaultError)


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


def test_a_file_that_breaks_its_reader_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: Source, *, encoding: str | None) -> Iterator[Article]:
        yield from ()
        raise ZeroDivisionError("no pages")

    monkeypatch.setattr("onrecord.readers.markdown.read", broken)
    for name in ("a.txt", "b.md", "c.txt"):
        (tmp_path / name).write_text("Rain fell.")
    errors: list[InputError] = []
    found = list(read_all([tmp_path], on_error=errors.append, on_skip=lambda _: None))
    assert [a.id for a in found] == ["a", "c"]
    (error,) = errors
    assert isinstance(error, FaultError) and isinstance(error.__cause__, ZeroDivisionError)
    assert error.thing == str(tmp_path / "b.md")
    assert error.problem == "could not be read (ZeroDivisionError: no pages)"
    assert error.remedy


def test_names_that_are_none_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    errors: list[InputError] = []
    named = ["Did rain fall? " * 400, "a\x00b", str(tmp_path / "a.txt")]
    found = list(read_all(named, on_error=errors.append, on_skip=lambda _: None))
    assert [a.text for a in found] == ["One."]
    assert len(errors) == 2 and all(e.remedy for e in errors)


def test_readers_import_nothing_heavy() -> None:
    code = (
        "import sys; from onrecord.readers import read_articles; list(read_articles(sys.argv[1]));"
        "print([m for m in ('spacy', 'trafilatura', 'pypdf', 'lxml', 'numpy') if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(DATA / "story.md")], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"
