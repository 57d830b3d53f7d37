"""Count which verbs, nouns and adjectives head cues, and in which constructions.

usage: python -m training.mine_cues POLNEAR_TRAIN.jsonl.gz [--least 3]

Prints, for every part of speech and construction, the lemmas with how often they are a cue there and how
often they occur there at all: the aggregate that `lexicons/en/cues.toml` was built from. No text is kept.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.pipeline.build import load_pipeline
from training.measure_rules import read

KINDS = ("VERB", "AUX", "NOUN", "ADJ")
_QUESTION = frozenset(("WP", "WRB", "WDT"))


def constructions(word: Token) -> Iterator[str]:
    """The complements that a word takes, by the parse."""
    for child in word.children:
        if child.dep_ == "ccomp":
            asks = any(c.tag_ in _QUESTION or c.lower_ in ("whether", "if") for c in child.lefts)
            yield "question" if asks else "clause"
        elif child.dep_ == "xcomp":
            yield "infinitive" if any(c.tag_ == "TO" for c in child.children) else "participle"
        elif child.dep_ in ("acl", "dobj", "oprd"):
            yield child.dep_
        elif child.dep_ in ("prep", "prt"):
            yield f"{child.dep_} {child.lower_}"


def cue_tokens(doc: Doc, attributions: list[dict[str, Any]]) -> set[int]:
    """Indices of the tokens in gold cues."""
    spans = (doc.char_span(s, e, alignment_mode="expand") for a in attributions for s, e in a["cue"])
    return {t.i for span in spans if span is not None for t in span}


def main() -> int:
    """Print the counts, the most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--least", type=int, default=3, help="fewest occurrences that are printed")
    args = parser.parse_args()
    docs = read(args.gold)
    nlp = load_pipeline(encoder=False).nlp
    counts: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    disabled = [n for n in nlp.pipe_names if n.startswith("onrecord_") and n != "onrecord_structure"]
    with nlp.select_pipes(disable=disabled):
        for doc, gold in zip(nlp.pipe(d["text"] for d in docs), docs, strict=True):
            cues = cue_tokens(doc, gold["attributions"])
            for word in (t for t in doc if t.pos_ in KINDS):
                for construction in set(constructions(word)) or {"none"}:
                    cell = counts[word.pos_, construction][word.lemma_.lower()]
                    cell[0] += word.i in cues
                    cell[1] += 1
    for (kind, construction), lemmas in sorted(counts.items()):
        rows = sorted((lemma, *cell) for lemma, cell in lemmas.items() if cell[0] and cell[1] >= args.least)
        for lemma, cue, seen in sorted(rows, key=lambda row: -row[2]):
            print(f"{kind}\t{construction}\t{lemma}\t{cue}\t{seen}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
