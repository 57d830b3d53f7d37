"""Who is only told is nobody's source."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.audiences import is_without_teller, without_audience


def _doc(words: str) -> Doc:
    return Doc(English().vocab, words=words.split())


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Exit was locked , jury told", False),
        ("Exit was locked , jury told .", False),
        ("Exit was locked , Lunn told reporters", True),
        ("Exit was locked , Lunn said", True),
    ],
)
def test_source_of_told(words: str, kept: bool) -> None:
    doc = _doc(words)
    cue = next(t.i for t in doc if t.text in ("told", "said"))
    doc[cue].lemma_ = "tell" if doc[cue].text == "told" else "say"
    found = Attribution(contents=((0, 3),), cue=(cue, cue + 1), source=(cue - 1, cue))
    assert (without_audience(doc, found).source is not None) == kept


def test_passive_without_agent_has_no_teller() -> None:
    doc = Doc(
        English().vocab,
        words=["She", "was", "told", "to", "stop"],
        heads=[2, 2, 2, 4, 2],
        deps=["nsubjpass", "auxpass", "ROOT", "aux", "xcomp"],
        lemmas=["she", "be", "tell", "to", "stop"],
    )
    assert is_without_teller(doc, Attribution(contents=((3, 5),), cue=(1, 3)))
    assert not is_without_teller(doc, Attribution(contents=((3, 5),), cue=(1, 3), source=(0, 1)))
