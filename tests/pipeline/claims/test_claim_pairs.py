from __future__ import annotations

from spacy.language import Language

from onrecord.pipeline.claims.gist import gists_of
from onrecord.pipeline.claims.records import get_claims
from training.claim_pairs import FEATURES, MOST, article_of, likely_pairs, measure_pair

TEXT = (
    "Karim Oyelaran said the operator had locked eleven drivers out of the depot. "
    "But the operator denied that it had locked the depot. "
    "Ana Duarte said nine drivers were locked out of the depot."
)


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
