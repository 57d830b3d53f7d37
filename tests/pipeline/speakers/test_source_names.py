"""Who is named in a source, on docs built by hand: the parse is wrong throughout and must not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.pipeline.annotations import EntityRecord, MentionRecord
from onrecord.pipeline.names.people import People, read_people
from onrecord.pipeline.names.words import read_words
from onrecord.pipeline.speakers.source_names import named_people
from onrecord.schema import EntityType

VOCAB = Vocab()
SMALL = {"of": "ADP", "for": "ADP", "a": "DET", "the": "DET", "and": "CCONJ", "its": "PRON"}
CLAUSES = {"who": "WP", "whose": "WP$", "which": "WDT"}


def people_of(text: str, *names: str, kind: EntityType = "PERSON") -> People:
    """The people of a text whose tokens stand between blanks; every word hangs on the first."""
    tokens = text.split()
    pos = ["PROPN" if t[:1].isupper() else "PUNCT" if not t.isalnum() else "NOUN" for t in tokens]
    pos = [SMALL.get(t.lower(), p) for t, p in zip(tokens, pos, strict=True)]
    doc = Doc(
        VOCAB,
        words=tokens,
        pos=pos,
        tags=[CLAUSES.get(t, "NN") for t in tokens],
        heads=[0] * len(tokens),
        deps=["ROOT", *["dep"] * (len(tokens) - 1)],
        lemmas=[t.lower() for t in tokens],
    )
    entities = []
    for k, name in enumerate(names):
        parts = name.split()
        start = next(i for i in range(len(tokens)) if tokens[i : i + len(parts)] == parts)
        entities.append(EntityRecord(f"e{k}", kind, name, (MentionRecord(start, start + len(parts)),)))
    return read_people(read_words(doc), entities, [])


def named_in(text: str, *names: str, kind: EntityType = "PERSON") -> list[str]:
    people = people_of(text, *names, kind=kind)
    found = named_people(people, (0, len(people.words)))
    return [people.entities[people.names[i][0]].name for i in found]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee",
        "Staff Sgt. Ann Lee",
        "The harbour minister , Adv. Ann Lee",
        "a porter named Ann Lee",
        "Its treasurer , Commander ( retd ) Ann Lee",
        "Ann Lee , who runs the desk",
        "Ann Lee KC",
        "Executive director of the Valley Council Ann Lee",
        "its chair , Ghana 's minister Ann Lee",
        "The mayor and deputy , Councillor Ann Lee",
    ],
)
def test_one_person_beside_whatever_describes_her(text: str) -> None:
    assert named_in(text, "Ann Lee") == ["Ann Lee"]


@pytest.mark.parametrize(
    "text",
    [
        "a friend of Ann Lee",
        "Ann Lee 's lawyer",
        "Ann Lee supporters",
        "the mayor and Ann Lee",
        "Ann Lee and the mayor",
        "the clerk and the mayor , Ann Lee",
    ],
)
def test_nobody_where_the_name_is_anothers_or_others_speak_too(text: str) -> None:
    assert named_in(text, "Ann Lee") == []


def test_a_body_is_no_person() -> None:
    assert named_in("Lee Works", "Lee Works", kind="ORG") == []


def test_two_with_complements_speak_together() -> None:
    text = "Ann Lee of the Tern and Bo Dahl of the Star"
    assert named_in(text, "Ann Lee", "Bo Dahl") == ["Ann Lee", "Bo Dahl"]


def test_the_second_friend_does_not_speak() -> None:
    assert named_in("Cy Roe , a friend of Ann Lee and Bo Dahl", "Cy Roe", "Ann Lee", "Bo Dahl") == ["Cy Roe"]
    assert named_in("a friend of Ann Lee and Bo Dahl", "Ann Lee", "Bo Dahl") == []


@given(
    st.lists(
        st.sampled_from(["Ann Lee", "the", "mayor", ",", "and", "of", "who", "(", ")", "'s"]), min_size=1
    )
)
def test_any_source_gives_tokens_inside_it(words: list[str]) -> None:
    text = " ".join(words)
    names = ["Ann Lee"] if "Ann Lee" in words else []
    people = people_of(text, *names)
    found = named_people(people, (0, len(people.words)))
    assert all(0 <= i < len(people.words) and i in people.names for i in found)
