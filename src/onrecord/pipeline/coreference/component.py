"""The component that finds who is meant by descriptions and pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.pipeline.annotations import (
    EntityRecord,
    LinkRecord,
    get_attributions,
    get_entities,
    get_marks,
    set_entities,
    set_links,
)
from onrecord.pipeline.coreference.antecedent_features import sex_of_pronoun
from onrecord.pipeline.coreference.discourse import mentions_by_entity, resolve
from onrecord.pipeline.coreference.pairing import KEY
from onrecord.pipeline.coreference.scorers import Scorers, load_scorers
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.recognizer import predict_chances
from onrecord.pipeline.names.words import kept_words

CONCEIVED = 0.09
"""Chance of a person's name below which a pronoun that seems to take it up is another's. Of thirteen names in
313 articles of polnear/train and corpus/gold/train one is a person's (.10); eleven have .08 at most."""


class Coreference:
    """Adds descriptions and pronouns to the entities that they refer to.

    Args:
        scorers: of antecedents; the installed ones if None.
    """

    def __init__(self, scorers: Scorers | None = None) -> None:
        self.paired = scorers or load_scorers()
        self.scorers = self.paired.without_states()

    def __call__(self, doc: Doc) -> Doc:
        """Link the descriptions and pronouns of a document."""
        with_states = KEY in doc.user_data.get(OUTPUTS, {})
        links = predict_links(doc, self.paired if with_states else self.scorers)
        set_links(doc, links)
        set_entities(doc, with_mentions(retyped(doc, get_entities(doc), links), links))
        return doc


def predict_links(doc: Doc, scorers: Scorers) -> list[LinkRecord]:
    """What the pronouns and descriptions of a document refer to, in text order."""
    if not len(doc):
        return []
    state = resolve(kept_words(doc), get_entities(doc), get_attributions(doc), get_marks(doc), scorers)
    return sorted(state.links, key=lambda k: (k.start, k.end))


def retyped(doc: Doc, entities: Sequence[EntityRecord], links: list[LinkRecord]) -> Sequence[EntityRecord]:
    """The entities, those that *he* or *she* takes up as people.

    A name that no list knows and the recognizer took for a place or a body is a person's then.
    """
    people = {e.id for e in entities if e.type == "PERSON"}
    singular = [k for k in links if k.kind == "pronoun" and sex_of_pronoun(doc[k.start].lower_)]
    said = {i for k in singular for i in k.entities} - people
    chances = predict_chances(doc) if said else None
    return [replace(e, type="PERSON") if e.id in said and _is_conceived(e, chances) else e for e in entities]


def _is_conceived(entity: EntityRecord, chances: NDArray[np.float32] | None) -> bool:
    """Whether the encoder, if it gives chances, holds a person possible at every mention."""
    if chances is None:
        return True
    column = KINDS.index("PERSON")
    return all(chances[m.start : m.end, column].mean() >= CONCEIVED for m in entity.mentions)


def with_mentions(entities: Sequence[EntityRecord], links: list[LinkRecord]) -> list[EntityRecord]:
    """The entities with the links as further mentions, in text order."""
    found = mentions_by_entity(links)
    return [
        replace(e, mentions=tuple(sorted([*e.mentions, *found[e.id]], key=lambda m: (m.start, m.end))))
        if e.id in found
        else e
        for e in entities
    ]
