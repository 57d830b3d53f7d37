"""Storage of claims and what must hold of any text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.errors import ModelError
from onrecord.pipeline.annotations import Attribution, set_attributions
from onrecord.pipeline.claims.component import Claims
from onrecord.pipeline.claims.head import ClaimHead, Joint, encoder_scores
from onrecord.pipeline.claims.records import CLAIMS, get_claims, set_claims
from onrecord.pipeline.claims.worthiness import disputed
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.schema import Claim, Claimant, Quantity, Relation, Span, Speaker

TEXT = "Ana Duarte said nine tugs sank."


def _doc() -> Doc:
    words = ["Ana", "Duarte", "said", "nine", "tugs", "sank", "."]
    return Doc(
        Vocab(),
        words=words,
        spaces=[True, True, True, True, True, False, False],
        tags=["NNP", "NNP", "VBD", "CD", "NNS", "VBD", "."],
        pos=["PROPN", "PROPN", "VERB", "NUM", "NOUN", "VERB", "PUNCT"],
        heads=[1, 2, 2, 4, 5, 2, 2],
        deps=["compound", "nsubj", "ROOT", "nummod", "nsubj", "ccomp", "punct"],
        lemmas=["Ana", "Duarte", "say", "nine", "tug", "sink", "."],
    )


def _claim() -> Claim:
    return Claim(
        id="c1",
        start=16,
        end=30,
        text="nine tugs sank",
        sentence=Span(0, 31, TEXT),
        claimant=Claimant("source", (Speaker("Ana Duarte", "PERSON", "e1"),), Span(0, 10, "Ana Duarte")),
        via=("Reuters",),
        quote="q1",
        attribution="indirect",
        modality="attributed",
        hedges=(Span(16, 20, "nine"),),
        types=("event", "quantity"),
        quantities=(Quantity(16, 25, "nine tugs", 9.0, "tugs"),),
        entities=("e1",),
        verifiable=0.9,
        check_worthy=0.8,
        reasons=("figure",),
        relations=(Relation("c2", "contradicts", ("denied",)),),
    )


def test_claims_come_back_as_they_were_stored() -> None:
    doc = _doc()
    set_claims(doc, [_claim()])
    assert get_claims(doc) == [_claim()]
    assert [(s.text, s.id_) for s in doc.spans[CLAIMS]] == [("nine tugs sank", "c1")]


def test_claims_survive_serialization() -> None:
    doc = _doc()
    set_claims(doc, [_claim()])
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert get_claims(again) == [_claim()]


def test_setting_replaces() -> None:
    doc = _doc()
    set_claims(doc, [_claim()])
    set_claims(doc, [])
    assert get_claims(doc) == []


def test_no_claims_without_group() -> None:
    assert get_claims(_doc()) == []


def test_claim_of_a_hand_made_doc() -> None:
    doc = _doc()
    speaker = Speaker("Ana Duarte", "PERSON")
    set_attributions(doc, [Attribution(((3, 6),), cue=(2, 3), source=(0, 2), speakers=(speaker,))])
    (claim,) = Claims().predict(doc)
    assert claim.text == "nine tugs sank"
    assert claim.claimant == Claimant("source", (speaker,), Span(0, 10, "Ana Duarte"))
    assert claim.quote == "q1"
    assert claim.modality == "attributed"
    assert claim.quantities == (Quantity(16, 25, "nine tugs", 9.0, "tugs"),)


def test_nothing_in_an_empty_doc() -> None:
    assert Claims().predict(Doc(Vocab())) == []


def test_head_reads_its_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "head.npz", weights=np.zeros(8, np.float16), bias=np.float64(-1.5))
    head = ClaimHead.load(tmp_path)
    assert head(_doc()[:]) == -1.5


def test_head_is_joined_by_the_encoder() -> None:
    doc = _doc()
    head = ClaimHead(np.zeros(8, np.float32), -1.0, Joint(share=0.75, cut=0.5))
    assert encoder_scores(doc) is None
    assert head(doc[3:6], encoder_scores(doc)) == -1.0
    # The encoder reads tokens 0 to 4 and skips the last.
    doc.user_data[OUTPUTS] = {"rows": np.arange(5), "worth": np.array([9, 9, 9, 1, 3], np.float32)}
    assert head(doc[3:6], encoder_scores(doc)) == pytest.approx(0.75 * 2 + 0.25 * -1 - 0.5)
    assert head(doc[5:6], encoder_scores(doc)) == -1.0


@pytest.mark.parametrize("content", [b"", b"no weights"])
def test_head_names_a_bad_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "head.npz").write_bytes(content)
    with pytest.raises(ModelError, match="claim weights cannot be read"):
        ClaimHead.load(tmp_path)


def test_head_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        ClaimHead.load(tmp_path)


def _check(text: str, nlp: Language) -> None:
    claims = get_claims(nlp(text))
    ids = {c.id for c in claims}
    assert len(ids) == len(claims)
    for c in claims:
        spans = [(c.start, c.end, c.text), (c.sentence.start, c.sentence.end, c.sentence.text)]
        spans += [(s.start, s.end, s.text) for s in (*c.hedges, *c.quantities)]
        if c.claimant.mention:
            spans.append((c.claimant.mention.start, c.claimant.mention.end, c.claimant.mention.text))
        for start, end, words in spans:
            assert text[start:end] == words != ""
        assert 0 <= c.check_worthy <= 1 and 0 <= c.verifiable <= 1
        assert c.types and c.reasons
        assert all(r.claim in ids and r.claim != c.id for r in c.relations)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_any_text(text: str, nlp: Language) -> None:
    _check(text, nlp)


WORDS = ["The", "minister", "denied", "that", "“", "”", "40", "people", ",", ".", "and", "reportedly", "said", "might", "argue", "with", "while", "\n\n", "Kremlin", "’s", "rejection", "of", "£3bn", "?", "not", "as", "he", "claims", ";"]  # fmt: skip # noqa: E501


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words(words: list[str], nlp: Language) -> None:
    _check(" ".join(words), nlp)


def test_relations_go_both_ways(nlp: Language) -> None:
    doc = nlp("Police said 12 people died in the fire. The army said 30 people died in the fire.")
    claims = {c.id: c for c in get_claims(doc)}
    pairs = [(c.id, r.claim, r.kind) for c in claims.values() for r in c.relations]
    assert pairs
    assert all((b, a, kind) in pairs for a, b, kind in pairs)


def test_two_disputes_raise_a_claim_more_than_one() -> None:
    assert 0.5 < disputed(0.5, 1) < disputed(0.5, 2) == disputed(0.5, 5) < 1.0
