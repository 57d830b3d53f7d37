"""Who is only told is nobody's source."""

from __future__ import annotations

from spacy.lang.en import English
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.patients import is_without_teller


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
