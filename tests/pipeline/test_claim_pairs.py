from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from onrecord.errors import ModelError
from onrecord.pipeline.claim_gist import gists_of
from onrecord.pipeline.claim_pair_scorer import FILE, PairScorer, article_of
from onrecord.pipeline.claim_pairs import FEATURES, MOST, likely_pairs, measure_pair
from onrecord.pipeline.claim_records import get_claims

TEXT = (
    "Karim Oyelaran said the operator had locked eleven drivers out of the depot. "
    "But the operator denied that it had locked the depot. "
    "Ana Duarte said nine drivers were locked out of the depot."
)


def test_a_tree_is_followed_to_its_leaf() -> None:
    scorer = PairScorer(
        feature=np.array([[1, 0, 0]], np.int32),
        threshold=np.array([[0.5, 0.0, 0.0]], np.float32),
        left=np.array([[1, 1, 2]], np.int32),
        right=np.array([[2, 1, 2]], np.int32),
        value=np.array([[0.0, -2.0, 2.0]], np.float32),
        bias=1.0,
        depth=2,
    )
    assert scorer.chance([9.0, 0.5]) == pytest.approx(1 / (1 + math.exp(1)))
    assert scorer.chance([9.0, 0.6]) == pytest.approx(1 / (1 + math.exp(-3)))


def test_what_is_measured_of_a_denial(nlp: Language) -> None:
    doc = nlp(TEXT)
    article = article_of(doc, gists_of(doc, get_claims(doc)))
    claims = [g.claim for g in article.gists]
    first = next(i for i, c in enumerate(claims) if "eleven" in c.text)
    denial = next(i for i, c in enumerate(claims) if c.modality == "denied")
    other = next(i for i, c in enumerate(claims) if "nine" in c.text)
    assert (first, denial) in likely_pairs(article)
    values = dict(zip(FEATURES, measure_pair(article, first, denial), strict=True))
    assert values["second_denied"]
    assert values["one_denied"]
    assert not values["first_denied"]
    assert values["next_sentence"]
    assert values["adversative"]
    assert values["deny_cue"]
    assert values["share"] > 0.3
    counted = dict(zip(FEATURES, measure_pair(article, first, other), strict=True))
    assert counted["unit_differs"]
    assert not counted["one_denied"]


def test_one_claimant_does_not_dispute_himself(nlp: Language) -> None:
    doc = nlp("Ana Duarte said nine tugs sank. Ana Duarte denied that the tugs sank.")
    assert likely_pairs(article_of(doc, gists_of(doc, get_claims(doc)))) == []


def test_pairs_of_a_long_text_are_bounded(nlp: Language) -> None:
    doc = nlp("\n\n".join(TEXT.replace("depot", f"depot {n}") for n in range(12)))
    article = article_of(doc, gists_of(doc, get_claims(doc)))
    assert len(likely_pairs(article)) <= max(MOST, len(article.gists) // 3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no weights"])
def test_broken_weights_are_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ModelError):
        PairScorer.load(tmp_path)


def test_weights_for_other_features_are_an_error(tmp_path: Path) -> None:
    np.savez(tmp_path / FILE, features=np.array(["other"]))
    with pytest.raises(ModelError, match="other features"):
        PairScorer.load(tmp_path)
    assert PairScorer.load(tmp_path / "nowhere") is None
