"""The tokens that everything else is counted in."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.pipeline.base.tokenization import adapt_tokenizer

NLP = spacy.blank("en")
adapt_tokenizer(NLP)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Capt. Ann Lee", ["Capt.", "Ann", "Lee"]),
        ("Lt. Col. Lee", ["Lt.", "Col.", "Lee"]),
        ("(D-Vt.)", ["(", "D", "-", "Vt.", ")"]),
        ("“Sgt. Lee”", ["“", "Sgt.", "Lee", "”"]),
        ("LEE (Coast Radio): Is it?", ["LEE", "(", "Coast", "Radio", ")", ":", "Is", "it", "?"]),
        ("(section 8)", ["(", "section", "8", ")"]),
        ("for £300m. Norrland", ["for", "£", "300", "m", ".", "Norrland"]),
        ("$300M. Norrland", ["$", "300", "M", ".", "Norrland"]),
        ("M. Norrland", ["M.", "Norrland"]),
        ("at 10 p.m. he", ["at", "10", "p.m.", "he"]),
        ('word."Next', ["word", ".", '"', "Next"]),
    ],
)
def test_titles_marks_and_brackets(text: str, tokens: list[str]) -> None:
    assert [t.text for t in NLP(text)] == tokens


@given(st.text(alphabet="AbCt. ():;[]“”\"'8-", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    assert "".join(t.text_with_ws for t in NLP(text)) == text
