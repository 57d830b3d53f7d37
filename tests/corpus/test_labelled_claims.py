"""The labelled claims lie in the articles that they are of, and say nothing impossible."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.serialize import load_schema

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
MODALITIES = set(load_schema()["$defs"]["claim"]["properties"]["modality"]["enum"])
TEXTS = {
    d["id"]: d["text"]
    for split in ("train", "dev")
    for d in map(json.loads, (CORPUS / "gold" / f"{split}.jsonl").read_text("utf-8").splitlines())
}


@pytest.mark.parametrize("name", ["claims.jsonl", "claims-second.jsonl"])
def test_labels_fit_their_articles(name: str) -> None:
    articles = [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]
    assert len({a["id"] for a in articles}) == len(articles)
    for article in articles:
        text = TEXTS[article["id"]]
        spans = [(start, end) for start, end, *_ in article["claims"]]
        assert len(set(spans)) == len(spans)
        for start, end, verifiable, subjective, worthy, factuality, modality in article["claims"]:
            assert text[start:end] == text[start:end].strip() != ""
            assert {verifiable, subjective, worthy} <= {0, 1}
            assert factuality in range(-3, 4)
            assert modality in MODALITIES
            assert verifiable >= worthy
