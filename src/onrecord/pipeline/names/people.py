"""Who is mentioned where: names, references and roles by token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.pipeline.annotations import EntityRecord, LinkRecord, Range
from onrecord.pipeline.names.words import Words
from onrecord.schema import Speaker, SpeakerType

TYPE_OF_ENTITY: dict[str, SpeakerType] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "PLACE": "ORG",  # a place that speaks stands for its government or institution
    "NORP": "GROUP",
    "WORK": "DOCUMENT",
    "LAW": "DOCUMENT",
    "EVENT": "DOCUMENT",
    "PRODUCT": "ORG",
}


@dataclass(frozen=True, slots=True)
class People:
    """What is known of who is mentioned where.

    Attributes:
        entities: by id.
        names: for each token of a name, the id of its entity and the name's span.
        links: pronouns and descriptions by their last token.
        roles: for each token of a person's title or description, the id of the entity.
    """

    words: Words
    entities: Mapping[str, EntityRecord]
    names: Mapping[int, tuple[str, Range]]
    links: Mapping[int, LinkRecord]
    roles: Mapping[int, str]

    def names_person(self, i: int) -> bool:
        """Whether the name that the token belongs to is a person's."""
        return self.entities[self.names[i][0]].type == "PERSON"


def read_people(words: Words, entities: Sequence[EntityRecord], links: Sequence[LinkRecord]) -> People:
    """Index the entities and links of a document by token."""
    names: dict[int, tuple[str, Range]] = {}
    for e in entities:
        if e.type not in TYPE_OF_ENTITY:
            continue
        for m in e.mentions:
            if m.kind == "name":
                for i in range(m.start, m.end):
                    names[i] = (e.id, (m.start, m.end))
    roles = {i: e.id for e in entities if e.type == "PERSON" for r in e.roles for i in range(*r)}
    return People(words, {e.id: e for e in entities}, names, {k.end - 1: k for k in links}, roles)


def speaker_of(entity: EntityRecord) -> Speaker:
    """A named entity as a speaker."""
    return Speaker(entity.name, TYPE_OF_ENTITY[entity.type], entity.id)
