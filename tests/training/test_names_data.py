"""Names to learn from: marked texts, GUM's noun phrases, other names in the places of their own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.naming import UNKNOWN_NAME, Named, gum_names, marked_names, read_marked
from training.renaming import Inventory, renamed

MARKED = Path(__file__).resolve().parents[2] / "corpus" / "names"
INVENTORY = Inventory(
    given=["Ines", "Oskar"],
    family=["Valdez", "Lindqvist"],
    towns=["Tarnow", "Mbeya"],
    words=["copper", "lantern", "meadow"],
    seen={"ORG": ["Quarrymen"]},
)


def spans(document: dict[str, object], names: list[Named]) -> list[tuple[str, str]]:
    text = str(document["text"])
    return [(text[n.start : n.end], n.label) for n in names]


def test_marks_become_spans(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("[[PERSON|Ana Lie]] left [[PLACE|Oslo]] in May.\n", "utf-8")
    (document,) = read_marked(tmp_path)
    assert document["text"] == "Ana Lie left Oslo in May."
    silver = [Named(13, 17, "FAC"), Named(21, 24, "DATE"), Named(8, 12, "ORG")]
    found = spans(document, marked_names(document, silver))
    assert found == [("Ana Lie", "PERSON"), ("Oslo", "FAC"), ("May", "DATE")]


@pytest.mark.skipif(not MARKED.is_dir(), reason="the corpus is not beside the tests")
def test_marked_texts_of_the_corpus_are_well_formed() -> None:
    kinds = {"PERSON", "ORG", "PLACE", "NORP", "EVENT", "WORK", "LAW", "PRODUCT"}
    documents = list(read_marked(MARKED))
    assert len(documents) >= 90
    for document in documents:
        assert "[[" not in document["text"] and "]]" not in document["text"], document["id"]
        assert {kind for _, _, kind in document["named"]} <= kinds, document["id"]
        assert len(document["named"]) > 5, document["id"]


def test_noun_phrases_of_gum_shrink_to_names() -> None:
    text = "the mayor of Ulm met Doctor Ana Lie, who was born there, and the Danube Club"
    mentions = [
        {"start": 13, "end": 16, "type": "place", "kind": "name"},
        {"start": 21, "end": 55, "type": "person", "kind": "name"},
        {"start": 61, "end": len(text), "type": "organization", "kind": "name"},
    ]
    silver = [Named(28, 35, "PERSON"), Named(0, 3, "ORG")]
    found = spans({"text": text}, gum_names({"text": text, "mentions": mentions}, silver))
    assert ("Ulm", "GPE") in found
    assert ("Ana Lie", "PERSON") in found
    assert ("Danube Club", "ORG") in found
    assert ("the", UNKNOWN_NAME) in found


@pytest.mark.parametrize("seed", range(20))
def test_other_names_keep_their_places_and_who_is_who(seed: int) -> None:
    text = "Ana Lie of Norvo Bank spoke. Lie left Oslo; Norvo Bank stayed."
    names = [
        *(Named(0, 7, "PERSON"), Named(11, 21, "ORG"), Named(29, 32, "PERSON")),
        *(Named(38, 42, "GPE"), Named(44, 54, "ORG")),
    ]
    document, found = renamed({"id": "a", "text": text}, names, INVENTORY, random.Random(seed))
    surfaces = [document["text"][n.start : n.end] for n in found]
    assert [n.label for n in found] == [n.label for n in names]
    assert surfaces[0].split()[-1] == surfaces[2]
    assert surfaces[1] == surfaces[4]
    rest = document["text"]
    for surface in sorted(surfaces, key=len, reverse=True):
        rest = rest.replace(surface, "", 1)
    assert rest == " of  spoke.  left ;  stayed."
