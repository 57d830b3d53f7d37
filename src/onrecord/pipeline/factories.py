"""The components as spaCy factories, found through entry points.

Each factory imports its component when it is made, so that loading a pipeline costs only what
that pipeline uses.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

Component = Callable[[Doc], Doc]


@Language.factory("onrecord_structure", assigns=["doc.spans", "token.is_sent_start"])
def make_structure(nlp: Language, name: str) -> Component:
    """Blocks (headline, paragraph, list item…); sentences will not cross them."""
    from onrecord.pipeline.structure.component import Structure

    return Structure()


@Language.factory(
    "onrecord_attribute_ruler",
    default_config={"validate": False, "scorer": {"@scorers": "spacy.attribute_ruler_scorer.v1"}},
)
def make_attribute_ruler(
    nlp: Language, name: str, validate: bool, scorer: Callable[..., Any] | None
) -> Component:
    """The base pipeline's attribute ruler, with looked-up results."""
    from onrecord.pipeline.base.tag_rules import TagRules

    return TagRules(nlp.vocab, name, validate=validate, scorer=scorer)


@Language.factory(
    "onrecord_lemmatizer",
    assigns=["token.lemma"],
    default_config={
        "model": None,
        "mode": "rule",
        "overwrite": False,
        "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"},
    },
)
def make_lemmatizer(
    nlp: Language,
    model: Any,
    name: str,
    mode: str,
    overwrite: bool,
    scorer: Callable[..., Any] | None,
) -> Component:
    """The base pipeline's English lemmatizer, with remembered lemmas."""
    from onrecord.pipeline.base.lemmas import Lemmas

    return Lemmas(nlp.vocab, model, name, mode=mode, overwrite=overwrite, scorer=scorer)


@Language.factory("onrecord_marks", requires=["doc.spans"], assigns=["doc.spans"])
def make_marks(nlp: Language, name: str) -> Component:
    """Spans between quotation marks, with what the marks are for."""
    from onrecord.pipeline.marks.component import Marks

    return Marks()


@Language.factory("onrecord_encoder", default_config={"weights": None, "names": True})
def make_encoder(nlp: Language, name: str, weights: str | None, names: bool) -> Any:
    """Attributions and names of the learned model."""
    from onrecord.pipeline.derived import derivations
    from onrecord.pipeline.encoder.component import Encoder

    return Encoder(weights, names=names, derived=derivations(Path(weights) if weights else None))


@Language.factory("onrecord_head_start", default_config={"encoder": "onrecord_encoder"})
def make_head_start(nlp: Language, name: str, encoder: str) -> Component:
    """Sets the encoder to work on documents before they are tagged and parsed."""
    from onrecord.pipeline.encoder.head_start import HeadStart

    return HeadStart(nlp, encoder)


@Language.factory("onrecord_recognizer", assigns=["doc.ents"])
def make_recognizer(nlp: Language, name: str) -> Component:
    """Names and values from the learned encoder, in place of the base pipeline's recognizer."""
    from onrecord.pipeline.names.recognizer import Recognizer

    return Recognizer()


@Language.factory("onrecord_names", requires=["doc.ents", "doc.spans"], assigns=["doc.spans"])
def make_names(nlp: Language, name: str) -> Component:
    """Entities by name: repaired spans, one type a name, grouped under the fullest form."""
    from onrecord.pipeline.names.component import Names

    return Names()


@Language.factory("onrecord_attribution", requires=["token.dep", "doc.spans"], assigns=["doc.spans"])
def make_attribution(nlp: Language, name: str) -> Component:
    """Quotations and reported statements: content, cue, source."""
    from onrecord.pipeline.attribution.component import AttributionFinder

    return AttributionFinder()


@Language.factory("onrecord_coreference", requires=["doc.spans"], assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str) -> Component:
    """Nominal and pronoun mentions of the entities."""
    from onrecord.pipeline.coreference.component import Coreference

    return Coreference()


@Language.factory("onrecord_speakers", requires=["doc.spans"], assigns=["doc.spans"])
def make_speakers(nlp: Language, name: str) -> Component:
    """Who speaks in each attribution."""
    from onrecord.pipeline.speakers.component import Speakers

    return Speakers()


@Language.factory("onrecord_claims", requires=["doc.spans"], assigns=["doc.spans"])
def make_claims(nlp: Language, name: str) -> Component:
    """Claims worth checking with claimant, modality, types and scores."""
    from onrecord.pipeline.claims.component import Claims

    return Claims.installed()
