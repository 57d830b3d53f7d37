"""What the encoder says of statements: linear, cautious, and never against words that settle it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.errors import ModelError
from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.claims.readings import (
    FILE,
    GIVEN,
    HEADS,
    KEY,
    MARGIN,
    MODALITIES,
    PLAIN,
    SETTLED,
    Readings,
    joined,
    stance_rows,
    stances_of,
)
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.weights import find_weights

SIZE = len(HEADS) + len(MODALITIES) + 1
STANCES = arrays(np.float32, len(HEADS), elements=st.floats(-20, 20, width=32))


def readings(*, opinion: float = 0.0) -> Readings:
    """Models that prefer an opinion by so much, whatever is read."""
    modality = np.zeros((SIZE, len(GIVEN)), np.float32)
    modality[-1, GIVEN.index("opinion")] = opinion
    heads = np.eye(4, len(HEADS), dtype=np.float32)
    return Readings(heads, np.zeros(len(HEADS), np.float32), modality, np.zeros(SIZE, np.float32))


@cache
def installed() -> Readings:
    folder = find_weights("claims")
    assert folder is not None
    made = Readings.load(folder)
    assert made is not None
    return made


@given(STANCES)
def test_what_the_words_settle_stays(stances: np.ndarray) -> None:
    for modality in SETTLED:
        assert installed().decide(stances, modality) == modality


@given(STANCES, st.sampled_from(["attributed", "asserted", "opinion", "denied"]))
def test_chances_are_chances(stances: np.ndarray, ruled: str) -> None:
    assert 0 <= installed().checkable(stances, ruled) <= 1


def test_nothing_is_denied_without_words() -> None:
    """However surely the encoder reads a negation."""
    stances = np.array([0, 0, 0, 0, 50], np.float32)
    assert "denied" in MODALITIES
    assert installed().decide(stances, "asserted") != "denied"


@pytest.mark.parametrize(("lead", "decided"), [(MARGIN - 0.1, PLAIN), (MARGIN + 0.1, "opinion")])
def test_the_rules_give_way_to_a_clear_lead_only(lead: float, decided: str) -> None:
    assert readings(opinion=lead).decide(np.zeros(len(HEADS), np.float32), "asserted") == decided


def test_attributed_and_asserted_are_one_to_the_wording() -> None:
    zeros = np.zeros(len(HEADS), np.float32)
    assert (joined(zeros, "attributed") == joined(zeros, "asserted")).all()


def test_the_mean_comes_last() -> None:
    states = np.arange(8, dtype=np.float32).reshape(2, 4)
    made = readings()
    assert made.project(states).mean(0) == pytest.approx(made.project(states.mean(0)[None])[0])


def test_rows_that_were_not_read_do_not_count() -> None:
    doc = Doc(Vocab(), words=["It", "\n", "rained"])
    assert stance_rows(doc) is None
    values = np.array([[1.0] * len(HEADS), [3.0] * len(HEADS)], np.float32)
    doc.user_data[OUTPUTS] = {"rows": np.array([0, 2]), KEY: values}
    rows = stance_rows(doc)
    mean = stances_of(rows, 0, 3)
    assert mean is not None
    assert mean.tolist() == [2.0] * len(HEADS)
    assert stances_of(rows, 1, 2) is None
    assert stances_of(None, 0, 1) is None


def test_the_pipeline_reads_a_view_and_a_fact() -> None:
    loaded = load_pipeline()
    if KEY not in getattr(loaded.nlp.get_pipe("onrecord_encoder"), "derived", {}):
        pytest.fail("the encoder does not read statements")
    doc = loaded.nlp(
        "“This budget is a shabby insult to every farmer in the valley,” said Ana Duarte.\n\n"
        "The ministry paid 40 farmers in March 2021."
    )
    view, fact = (loaded.nlp.get_pipe("onrecord_claims").predict(doc)[k] for k in (0, -1))
    assert view.verifiable + 0.2 < fact.verifiable


def test_weights_without_readings_have_none(tmp_path: Path) -> None:
    assert Readings.load(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no weights"])
def test_broken_readings_are_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ModelError, match="reinstall"):
        Readings.load(tmp_path)


def test_readings_of_another_version_are_an_error(tmp_path: Path) -> None:
    zeros = np.zeros(3, np.float32)
    np.savez(tmp_path / FILE, heads=zeros, bias=zeros, modality=zeros, verifiable=zeros)
    with pytest.raises(ModelError, match="another version"):
        Readings.load(tmp_path)
