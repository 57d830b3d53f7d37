"""The encoder's names as entities of a doc."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.recognizer import Recognizer, predict_chances, predict_names


def test_rows_become_tokens() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["\n", "Ana", "Lie", "left", "Oslo"])
    names = [(0, 2, "PERSON", 0.9), (3, 4, "GPE", 0.8)]
    doc.user_data[OUTPUTS] = {"rows": np.asarray([1, 2, 3, 4]), "names": names}
    Recognizer()(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("Ana Lie", "PERSON"), ("Oslo", "GPE")]


def test_without_scores_the_doc_is_left_alone() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["Ana", "left"], ents=["B-PERSON", "O"])
    assert predict_names(doc) is None
    assert [e.text for e in Recognizer()(doc).ents] == ["Ana"]


def test_chances_stand_at_their_tokens() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["\n", "Ana", "left"])
    kinds = np.zeros((2, len(KINDS)), dtype=np.float32)
    kinds[0, KINDS.index("PERSON")] = 0.9
    doc.user_data[OUTPUTS] = {"rows": np.asarray([1, 2]), "kinds": kinds}
    chances = predict_chances(doc)
    assert chances is not None
    assert chances[:, KINDS.index("PERSON")].tolist() == pytest.approx([0.0, 0.9, 0.0])


def test_no_chances_without_the_encoder() -> None:
    assert predict_chances(Doc(spacy.blank("en").vocab, words=["Ana", "left"])) is None
