from __future__ import annotations

from typing import Any

from evaluation.ablation import one_a_wording
from evaluation.people import score_people
from onrecord.pipeline.annotations import MentionRecord

TEXT = "Ana Ruiz met Bo Lund. Ruiz left. Lund stayed."


def gold(name: str, *spans: tuple[int, int], optional: bool = False) -> dict[str, Any]:
    return {"name": name, "type": "PERSON", "names": list(spans), "optional": optional}


def entry(*spans: tuple[int, int]) -> dict[str, Any]:
    mentions = [{"start": s, "end": e, "kind": "name"} for s, e in spans]
    return {"type": "PERSON", "name": "", "mentions": mentions}


def score(entities: list[dict[str, Any]], *, optional: bool = False) -> dict[str, float]:
    people = [gold("Ana Ruiz", (0, 8), (22, 26)), gold("Bo Lund", (13, 20), (33, 37), optional=optional)]
    return score_people([{"id": "d", "text": TEXT, "entities": people}], {"d": {"entities": entities}})


def test_right_entries() -> None:
    found = score([entry((0, 8), (22, 26)), entry((13, 20), (33, 37))])
    assert found == {"wrong merges of people": 0.0, "split people": 0.0}


def test_merged() -> None:
    assert score([entry((0, 8), (13, 20))]) == {"wrong merges of people": 100.0, "split people": 0.0}


def test_split() -> None:
    found = score([entry((0, 8)), entry((22, 26)), entry((13, 20), (33, 37))])
    assert found == {"wrong merges of people": 0.0, "split people": 50.0}


def test_optional_people_are_not_counted_as_split() -> None:
    found = score([entry((0, 8), (22, 26)), entry((13, 20)), entry((33, 37))], optional=True)
    assert found["split people"] == 0.0


def test_one_entry_a_wording() -> None:
    found = [
        ("PERSON", "Lund", MentionRecord(8, 9), ()),
        ("PERSON", "Bo Lund", MentionRecord(3, 5), ((1, 3),)),
        ("PERSON", "Lund", MentionRecord(11, 12), ()),
    ]
    entities = one_a_wording(found)
    assert [(e.id, e.name, len(e.mentions), e.roles) for e in entities] == [
        ("e1", "Bo Lund", 1, ((1, 3),)),
        ("e2", "Lund", 2, ()),
    ]
