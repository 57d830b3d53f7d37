"""How reasons give an auxiliary that the tokenizer cut."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.pipeline.claims.modality_clause import as_read


@pytest.mark.parametrize(
    ("words", "spaces", "deps", "read"),
    [
        (["It", "wo", "n’t", "close"], [True, False, True, False], ["nsubj", "aux", "neg", "ROOT"], "won’t"),
        (["It", "will", "not", "close"], [True, True, True, False], ["nsubj", "aux", "neg", "ROOT"], "will"),
    ],
)
def test_an_auxiliary_is_given_whole(
    words: list[str], spaces: list[bool], deps: list[str], read: str
) -> None:
    doc = Doc(Vocab(), words=words, spaces=spaces, heads=[3, 3, 3, 3], deps=deps)
    assert as_read(doc[1]) == read
