"""The measures agree to the decimal with the scoring scripts that the published figures come from."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evaluation.gold import published_sets, read_lines
from evaluation.news import score_news
from evaluation.quotes import score_quotes
from evaluation.speakers import score_speakers

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORING = SHARED / "scoring"

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not SCORING.is_dir(), reason="the published corpora are not beside the checkout"),
]


def noisy(rng: random.Random, text: str, spans: list[list[int]]) -> list[dict[str, Any]]:
    """Spans with an edge moved now and then."""
    out = []
    for start, end in spans:
        start = max(0, start + rng.choice((0, 0, 0, 3, -9)))
        end = max(start + 1, min(len(text), end + rng.choice((0, 0, 0, 12, -7))))
        out.append({"start": start, "end": end, "text": text[start:end]})
    return out


def made_up_reports(documents: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Reports that are right in part: gold with dropped, moved and invented pieces."""
    rng = random.Random(7)
    reports = {}
    for d in documents:
        quotes = []
        for a in d.get("attributions", ()):
            if rng.random() < 0.2 or not a["content"]:
                continue
            source, cue = noisy(rng, d["text"], a["source"][:1]), noisy(rng, d["text"], a["cue"][:1])
            name = names.get((d["id"], a["id"]), "a spokesman")
            kind = "PERSON" if name[:1].isupper() else "UNNAMED"
            quotes.append(
                {
                    "type": rng.choice(("direct", "mixed", "indirect")),
                    "content": noisy(rng, d["text"], a["content"]),
                    "cue": cue[0] if cue else None,
                    "source": source[0] if source and rng.random() < 0.9 else None,
                    "speakers": [{"name": name, "type": kind, "entity": None}] if rng.random() < 0.9 else [],
                }
            )
        reports[d["id"]] = {"id": d["id"], "quotes": quotes}
    return reports


def news_reports(documents: list[dict[str, Any]]) -> dict[str, Any]:
    """The same for gold-news."""
    rng = random.Random(11)
    reports = {}
    for d in documents:
        text, quotes, entities, claims = d["text"], [], [], []
        for g in d["quotes"]:
            if rng.random() < 0.15:
                continue
            name = g["speaker"] or "somebody"
            speakers = [{"name": n, "type": "PERSON" if g["speaker"] else "UNNAMED"} for n in name.split(";")]
            quotes.append(
                {
                    "mode": rng.choice(("speech", "speech", "belief")),
                    "content": noisy(rng, text, g["content_spans"]),
                    "speakers": speakers if rng.random() < 0.8 else [],
                    "parent": "q1" if rng.random() < 0.05 else None,
                }
            )
        for k, e in enumerate(d["entities"]):
            names = [m for m in e["names"] if rng.random() < 0.8]
            mentions = [{"start": m[0], "end": m[1], "kind": "name"} for m in names]
            kind = e["type"] if rng.random() < 0.9 else "ORG"
            entities.append({"id": f"e{k}", "type": kind, "mentions": mentions})
        for k, c in enumerate(d.get("claims") or ()):
            kind = "author" if c["claimant"] == "author" else "source"
            span = noisy(rng, text, [[c["start"], c["end"]]])[0]
            others = [{"claim": f"c{max(0, k - 1)}", "kind": "contrasts"}] if rng.random() < 0.1 else []
            claims.append(
                span
                | {
                    "id": f"c{k}",
                    "claimant": {"kind": kind, "speakers": [{"name": c["claimant"], "type": "PERSON"}]},
                    "attribution": c["attribution"],
                    "modality": c["modality"] if rng.random() < 0.7 else "hedged",
                    "check_worthy": round(rng.random(), 2),
                    "relations": others,
                }
            )
        if claims:
            for r in (d.get("relations") or ())[:2]:
                claims[r["a"]]["relations"] = [{"claim": f"c{r['b']}", "kind": "contradicts"}]
        reports[d["id"]] = {"id": d["id"], "quotes": quotes, "entities": entities, "claims": claims}
    return reports


def published(script: str, *args: Path, flags: tuple[str, ...] = ()) -> str:
    command = [sys.executable, str(SCORING / script), *map(str, args), *flags]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_quotes(tmp_path: Path) -> None:
    gold = next(s for s in published_sets(SHARED / "corpora") if s.name == "polnear/dev")
    reports = made_up_reports(gold.documents, {})
    path = tmp_path / "p.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in reports.values()), "utf-8")
    theirs = json.loads(
        published("score_quotes.py", SHARED / "corpora/polnear/dev.jsonl", path, flags=("--json",))
    )
    ours = score_quotes(gold.documents, reports)
    assert ours["attribution"]["f"] < 99
    assert ours == {key: theirs[key] for key in ours}


def test_speakers(tmp_path: Path) -> None:
    gold = next(s for s in published_sets(SHARED / "corpora") if s.name == "polnear/dev")
    names = {(s["doc"], s["id"]): s["speakers"][0]["name"] for s in gold.speakers if s["speakers"]}
    reports = made_up_reports(gold.documents, names)
    path = tmp_path / "p.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in reports.values()), "utf-8")
    corpora = SHARED / "corpora"
    printed = published(
        "score_speakers.py", corpora / "polnear/dev.jsonl", corpora / "gold-speakers/dev.jsonl", path
    )
    ours = score_speakers(gold.documents, gold.speakers, reports)
    for key in ("name", "pronoun", "nominal", "relative", "named", "open", "matched"):
        assert f"{key:9} {ours[key]['right']} % of {ours[key]['of']}\n" in printed
    assert f"end to end {ours['end_to_end']['right']} % of {ours['end_to_end']['of']}\n" in printed


def test_news(tmp_path: Path) -> None:
    path = SHARED / "corpora/gold-news/dev.jsonl"
    documents = read_lines(path)
    reports = news_reports(documents)
    predictions = tmp_path / "p.jsonl"
    predictions.write_text("\n".join(json.dumps(r) for r in reports.values()), "utf-8")
    printed = published("score_news.py", path, predictions).splitlines()
    ours = [f"{key:22} {value}" for key, value in score_news(documents, reports).items()]
    assert len(ours) == 12
    assert ours == printed
