"""The articles whose statements a larger network marked."""

from __future__ import annotations

import json
from pathlib import Path

SILVER = Path(__file__).resolve().parents[2] / "corpus" / "silver.jsonl"


def test_every_span_lies_in_its_text() -> None:
    documents = [json.loads(line) for line in SILVER.read_text("utf-8").splitlines()]
    assert len({d["id"] for d in documents}) == len(documents) > 400
    for document in documents:
        text = document["text"]
        assert len({a["id"] for a in document["attributions"]}) == len(document["attributions"])
        for found in document["attributions"]:
            assert found["content"], found["id"]
            assert 0.17 <= found["confidence"] <= 1
            for role in ("source", "cue", "content"):
                for start, end in found[role]:
                    assert 0 <= start < end <= len(text)
                    assert text[start:end] == text[start:end].strip(), found["id"]


def test_no_article_is_twice_there() -> None:
    texts = [json.loads(line)["text"] for line in SILVER.read_text("utf-8").splitlines()]
    assert len(set(texts)) == len(texts)
