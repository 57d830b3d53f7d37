from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import spacy

from onrecord.errors import ModelError
from onrecord.pipeline.coreference.antecedent_features import FEATURES, Pronoun
from onrecord.pipeline.coreference.antecedents import RULES, Candidate, affinities, choose
from onrecord.pipeline.coreference.pairing import (
    FILES,
    KEY,
    Pairing,
    paired_rows,
    project,
    read_pairings,
)
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.scorers import NAME
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.weights import find_weights

# Two hidden values; the first tells who fits, the second whether a mention looks like one of a man.
PAIRING = Pairing(
    pronoun=np.array([[1.0], [0.0]], np.float32),
    pronoun_bias=np.zeros(1, np.float32),
    mention=np.array([[1.0], [0.0]], np.float32),
    gender=np.array([0.0, 1.0], np.float32),
    shift=np.zeros(3, np.float32),
)


def candidate(start: int) -> Candidate:
    place = Place(start, start + 1, 0, 0, True, False, False, "name")
    return Candidate(Referent("person", f"e{start}", places=[place]), place, (0.0,) * len(FEATURES))


def test_states_that_agree_raise_the_affinity() -> None:
    rows = PAIRING.project(np.array([[2.0, 0.0], [3.0, 0.0], [-3.0, 0.0]], np.float32))
    assert PAIRING.affinity(rows, 0, (1, 2), masculine=True) == 6.0
    assert PAIRING.affinity(rows, 0, (2, 3), masculine=True) == -6.0
    assert PAIRING.affinity(rows, 0, (1, 3), masculine=True) == 0.0


def test_gender_turns_with_the_pronoun() -> None:
    rows = PAIRING.project(np.array([[0.0, 0.0], [0.0, 1.5]], np.float32))
    assert PAIRING.affinity(rows, 0, (1, 2), masculine=True) == 1.5
    assert PAIRING.affinity(rows, 0, (1, 2), masculine=False) == -1.5


def test_forms_side_by_side_read_their_own_columns() -> None:
    second = replace(PAIRING, gender=np.array([1.0, 0.0], np.float32), first=3)
    rows = project((PAIRING, second), np.array([[2.0, 0.0], [3.0, 5.0]], np.float32))
    assert rows.shape == (2, 6)
    assert PAIRING.affinity(rows, 0, (1, 2), masculine=True) == 6.0 + 5.0
    assert second.affinity(rows, 0, (1, 2), masculine=True) == 6.0 + 3.0


def test_affinities_decide_between_equal_candidates() -> None:
    scorer = replace(RULES, pairing=PAIRING, nobody=-2.0, threshold=0.3)
    rows = PAIRING.project(np.array([[-3.0, 0.0], [3.0, 0.0], [1.0, 0.0]], np.float32))
    options = [candidate(0), candidate(1)]
    pronoun = Pronoun(
        token=2,
        low="he",
        sex="m",
        sentence=0,
        line=0,
        subject=True,
        possessive=False,
        reflexive=False,
        clause=-1,
        over=frozenset(),
        quoted=False,
        speaks=False,
        opens=True,
    )
    fits = affinities(options, pronoun, rows, scorer)
    assert choose(options, scorer, fits)[0] is options[1]
    assert not affinities(options, pronoun, None, scorer).any()
    assert not affinities(options, pronoun, rows, RULES).any()


def test_rows_lie_at_their_tokens() -> None:
    doc = spacy.blank("en")("Anna \n left")
    assert paired_rows(doc) is None
    doc.user_data[OUTPUTS] = {"rows": np.array([0, 2]), KEY: np.array([[1.0], [2.0]], np.float32)}
    rows = paired_rows(doc)
    assert rows is not None
    assert rows[:, 0].tolist() == [1.0, 0.0, 2.0]


def test_installed_forms_are_projected_side_by_side() -> None:
    folder = find_weights(NAME)
    assert folder is not None
    forms = read_pairings(folder)
    assert set(forms) == set(FILES)
    width = sum(len(form.shift) for form in forms.values())
    assert project(forms.values(), np.zeros((2, 384), np.float32)).shape == (2, width)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no weights"])
def test_broken_form_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILES["people"]).write_bytes(content)
    with pytest.raises(ModelError):
        read_pairings(tmp_path)
