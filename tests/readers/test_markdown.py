"""Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reading import DATA, parts, read_one

from onrecord.errors import InputError
from onrecord.readers.markdown import plain_inline
from onrecord.readers.source import Source


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
