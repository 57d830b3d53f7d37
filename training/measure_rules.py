"""Measure how often each rule, and each rule with each cue, is right: `cue_rates.toml`.

usage: python -m training.measure_rules POLNEAR_TRAIN.jsonl.gz CORPUS_TRAIN.jsonl OUT.toml

An attribution is right when its content and a gold content share at least half of their characters
(intersection over union) and the sources overlap, or both have none. Only counts are kept. Rules that see
the speech itself (`rule_names.LAYOUT`) are counted over this repository's corpus: PolNeAR marks what is said
within the turns of an interview in the place of the turns.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, char_range, get_attributions
from onrecord.pipeline.attribution.component import FINDERS, AttributionFinder
from onrecord.pipeline.attribution.cue_rates import cue_key
from onrecord.pipeline.attribution.rule_names import LAYOUT
from onrecord.pipeline.build import load_pipeline
from training.data import attributions_of

MIN_SEEN = 8
"""Cues seen less often with a rule take the rule's own rate."""

Spans = list[tuple[int, int]]


def read(path: Path) -> list[dict[str, Any]]:
    """The documents of a JSON Lines file, plain or gzip."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]


def counts(pairs: Iterable[tuple[Doc, dict[str, Any]]]) -> Iterator[tuple[str, str, bool]]:
    """Rule, cue and whether it was right, for every outermost attribution found."""
    for doc, gold in pairs:
        marked = attributions_of(gold)
        contents = [_chars(a["content"]) for a in marked]
        sources = [_chars(a["source"]) for a in marked]
        for a in get_attributions(doc):
            if a.parent is None:
                yield a.rule, cue_key(doc, a), _is_right(doc, a, contents, sources)


def _chars(spans: Iterable[Iterable[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _is_right(doc: Doc, a: Attribution, contents: list[set[int]], sources: list[set[int]]) -> bool:
    mine = _chars([char_range(doc, c) for c in a.contents])
    source = _chars([char_range(doc, a.source)]) if a.source else set()
    best, index = 0.0, -1
    for i, content in enumerate(contents):
        shared = len(mine & content)
        if shared and shared / len(mine | content) > best:
            best, index = shared / len(mine | content), i
    if best < 0.5:
        return False
    return bool(source & sources[index]) or a.source is None


def main() -> int:
    """Write the counts as TOML."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    nlp = load_pipeline(encoder=False).nlp
    finder = AttributionFinder([f for f in FINDERS if f.__name__ != "find_learned"], least=0.0)
    kept = ("onrecord_structure", "onrecord_marks")
    disabled = [n for n in nlp.pipe_names if n.startswith("onrecord_") and n not in kept]
    with nlp.select_pipes(disable=disabled):
        rows = []
        for path in (args.polnear, args.corpus):
            docs = read(path)
            parsed = nlp.pipe((d["text"] for d in docs), batch_size=8)
            found = counts((finder(doc), gold) for doc, gold in zip(parsed, docs, strict=True))
            rows += [row for row in found if (row[0] in LAYOUT) == (path == args.corpus)]
    args.out.write_text(to_toml(rows), encoding="utf-8")
    return 0


def to_toml(rows: Iterable[tuple[str, str, bool]]) -> str:
    """The counts as a lexicon file: right and seen, by rule and by rule and cue."""
    rules: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    cues: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for rule, cue, right in rows:
        for cell in (rules[rule], cues[rule][cue]):
            cell[0] += right
            cell[1] += 1
    lines = [
        "# How often a rule, and a rule with a cue, is right: [right, seen].",
        "",
        "[provenance]",
        'built_from = "Counts by training/measure_rules.py over PolNeAR v1.0.0 train (840 articles), of rules'
        ' that see the speech itself over corpus/gold/train (289): content IoU >= .5 and source right."',
        "",
        "[rules]",
        *(f"{rule} = [{a}, {b}]" for rule, (a, b) in sorted(rules.items())),
    ]
    for rule, table in sorted(cues.items()):
        kept = {cue: cell for cue, cell in sorted(table.items()) if cell[1] >= MIN_SEEN and cue}
        if kept:
            lines += ["", f"[cues.{rule}]", *(f'"{cue}" = [{a}, {b}]' for cue, (a, b) in kept.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
