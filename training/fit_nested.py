"""Fit how likely a statement that a rule proposes inside another one is right.

usage: python -m training.fit_nested [--out src/onrecord/lexicons/en/nested.toml]

Fitted on `corpus/gold/train.jsonl`, the only gold that marks statements inside others; counted by fold there
and on `corpus/gold/dev.jsonl`. Run it again whenever the rules or the weights of the model change.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from evaluation.gold import CORPUS, read_lines
from evaluation.spans import characters, iou, trimmed
from onrecord.pipeline.annotations import char_range
from onrecord.pipeline.attribution.arbiter import probability
from onrecord.pipeline.attribution.component import AttributionFinder
from onrecord.pipeline.attribution.nested import LEAST_NESTED, features_of, held_in
from onrecord.pipeline.build import load_pipeline
from training.fit_join import Example, fit

FOLDS = 10
RIDGE = 10.0
"""Of 1, 3, 10 and 30 the loss a candidate by fold is .4714, .4715, .4775 and .4913; precision at the same
recall is alike, and 10 keeps the weights small."""

OUT = Path("src/onrecord/lexicons/en/nested.toml")


def examples(doc: Doc, number: int, document: Mapping[str, Any]) -> list[Example]:
    """The proposals inside the outermost statements of one doc; right if an inner one of the gold matches."""
    finder = AttributionFinder()
    inner = [q for q in document["quotes"] if q.get("parent")]
    gold = [
        characters(trimmed(document["text"], [(s["start"], s["end"]) for s in q["content"]])) for q in inner
    ]
    kept = [a for a in finder.predict(doc) if a.parent is None]
    out = []
    candidates = finder.candidates(doc)
    held = held_in(candidates, kept)
    for (found, _), features in zip(held, features_of(doc, candidates, held), strict=True):
        mine = characters(trimmed(doc.text, [char_range(doc, c) for c in found.contents]))
        right = any(iou(g, mine) >= 0.5 for g in gold)
        out.append(Example(number, "rules", features, right))
    return out


def rows_of(documents: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The examples of all documents."""
    docs = load_pipeline().nlp.pipe((d["text"] for d in documents), batch_size=16)
    pairs = enumerate(zip(docs, documents, strict=True))
    return [row for i, (doc, document) in pairs for row in examples(doc, i, document)]


def precision(rows: Sequence[Example], weights: Sequence[Mapping[str, float]]) -> str:
    """Right of what is likely enough, each row by the weights beside it."""
    likely = [
        row.right
        for row, w in zip(rows, weights, strict=True)
        if probability(w, row.features) >= LEAST_NESTED
    ]
    return f"{sum(likely)} right of {len(likely)}, {sum(r.right for r in rows)} wanted"


def main() -> int:
    """Fit, report and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    rows, held = (rows_of(read_lines(CORPUS / f"{part}.jsonl")) for part in ("train", "dev"))
    folds = [fit([r for r in rows if r.document % FOLDS != k], RIDGE) for k in range(FOLDS)]
    weights = fit(rows, RIDGE)
    source = "training/fit_nested.py on corpus/gold/train; content IoU >= .5"
    report = (
        f"by fold {precision(rows, [folds[r.document % FOLDS] for r in rows])}; corpus/gold/dev "
        f"{precision(held, [weights] * len(held))}"
    )
    lines = [
        "# How likely a statement that a rule proposes inside another is one: weights by feature.",
        "",
        "[provenance]",
        f'built_from = "{source}. From {LEAST_NESTED} on {report}."',
        "",
        "[weights]",
        *(f"{name} = {value:g}" for name, value in sorted(weights.items())),
    ]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
