"""How the encoder's word on a modality counts beside the rules'."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.pipeline.claims.candidates import Candidate
from onrecord.pipeline.claims.firmness import Firmness, weighed

DOC = Doc(Vocab(), words=["It", "rained"], heads=[1, 1], deps=["nsubj", "ROOT"])
CLAIM = Candidate(start=0, end=2, head=1, attribution=None, sentence=(0, 2))


@pytest.mark.parametrize(
    ("ruled", "decided", "modality", "reason"),
    [
        (Firmness("asserted", (), "the author states it"), "plain", "asserted", "the author states it"),
        (Firmness("asserted", (), "the author states it"), "opinion", "opinion", "worded as a view"),
        (Firmness("attributed", (), "", granted=True), "opinion", "attributed", ""),
        (Firmness("opinion", (), "evaluation 'fine'"), "opinion", "opinion", "evaluation 'fine'"),
    ],
)
def test_word_on_what_the_author_says(ruled: Firmness, decided: str, modality: str, reason: str) -> None:
    given = weighed(DOC, CLAIM, ruled, decided, attributed=False)  # type: ignore[arg-type]
    assert (given.modality, given.reason) == (modality, reason)


@pytest.mark.parametrize(("attributed", "modality"), [(True, "attributed"), (False, "asserted")])
def test_a_view_that_is_none_is_who_says_it(attributed: bool, modality: str) -> None:
    ruled = Firmness("opinion", ((0, 1),), "evaluation 'fine'")
    given = weighed(DOC, CLAIM, ruled, "plain", attributed=attributed)
    assert (given.modality, given.hedges) == (modality, ((0, 1),))
