"""How far an event is presented as having happened: a ridge regression, for comparison only.

    python -m training.factuality CORPORA

Needs scikit-learn. The UW factuality set (Lee et al. 2015) may not feed shipped weights: this shows
what lemmas, auxiliaries, negation and the governing verbs of the parse can tell, against the ridge
of 0.589 MAE and .683 r that uses the word and its neighbours.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from spacy.language import Language
from spacy.tokens import Doc, Token

from onrecord.pipeline.loading import find_base, load_base
from training.claim_heads import read_rows

STRENGTH = 5.0
"""L2 penalty; best MAE on dev of 5, 15, 40 (.485, .489, .507)."""
MODALS = ("may", "might", "could", "would", "will", "if", "should", "can", "must", "not", "n't")
FUNCTION = ("aux", "auxpass", "neg", "mark", "advmod", "det", "cc")
DEPTH = 4
"""Governors looked at: deeper ones change nothing."""


def event_features(doc: Doc, i: int) -> dict[str, float]:
    """Features of the event whose head is token `i`."""
    return dict.fromkeys(_features(doc, doc[i]), 1.0)


def _features(doc: Doc, t: Token) -> Iterator[str]:
    lemma = t.lemma_.lower()
    yield from (f"l:{lemma}", f"tag:{t.tag_}", f"dep:{t.dep_}", f"lt:{lemma}{t.tag_}")
    yield from _children(t)
    yield from _governors(t)
    for offset in range(1, 4):
        if t.i >= offset:
            yield f"-{offset}:{doc[t.i - offset].lower_}"
        if offset < 3 and t.i + offset < len(doc):
            yield f"+{offset}:{doc[t.i + offset].lower_}"
    words = {x.lower_ for x in doc}
    yield from (f"s:{w}" for w in MODALS if w in words)
    if doc[-1].text == "?":
        yield "question"


def _children(t: Token) -> Iterator[str]:
    yield "aux:" + " ".join(c.lower_ for c in t.children if c.dep_ in ("aux", "auxpass", "neg"))
    for c in t.children:
        if c.dep_ in (*FUNCTION, "prt", "expl", "prep", "nsubj", "nsubjpass"):
            yield f"c:{c.dep_}:{c.lower_ if c.dep_ in FUNCTION or c.is_stop else c.pos_}"
        elif c.dep_ in ("advcl", "ccomp", "xcomp", "conj", "dobj"):
            yield f"c:{c.dep_}"
        if c.lower_ == "to" and c.dep_ == "aux":
            yield f"inf:{t.head.lemma_.lower()}"
            yield "inf"
        if c.tag_ == "MD":
            yield "modal"


def _governors(t: Token) -> Iterator[str]:
    path: list[str] = []
    current = t
    while current.head.i != current.i and len(path) < DEPTH:
        dep, head, depth = current.dep_, current.head, len(path)
        path.append(dep)
        lemma = head.lemma_.lower()
        near = min(depth, 2)
        yield from (f"h{near}:{dep}:{lemma}", f"hl:{lemma}", f"ht{depth}:{dep}:{head.tag_}")
        negated = any(c.dep_ == "neg" for c in head.children)
        if negated:
            yield from (f"hneg{depth}:{dep}", f"hnegl:{dep}:{lemma}")
        for c in head.children:
            if c.dep_ in ("aux", "auxpass", "neg", "mark") and c.i < current.i:
                yield f"ha{near}:{dep}:{c.lower_}"
            if c.dep_ == "mark":
                yield f"hm{depth}:{c.lower_}"
        if depth == 0:
            yield f"gov:{dep}:{lemma}:{'N' if negated else 'P'}"
        current = head
    yield "path:" + ">".join(path[:3])
    yield "sub" if path else "root"


def load_events(nlp: Language, path: Path) -> tuple[list[dict[str, float]], np.ndarray[Any, Any]]:
    """Features and factuality, -3 to 3, of every event of a set; its tokens are kept."""
    rows = read_rows(path)
    docs = []
    for row in rows:
        doc = Doc(nlp.vocab, words=str(row["text"]).split(" "))
        for t in doc:
            t.is_sent_start = t.i == 0
        docs.append(doc)
    features, values = [], []
    for doc, row in zip(nlp.pipe(docs, batch_size=256), rows, strict=True):
        events: list[dict[str, Any]] = row["events"]  # type: ignore[assignment]
        for event in events:
            start, end = event["tokens"]
            features.append(event_features(doc, doc[start:end].root.i))
            values.append(event["factuality"])
    return features, np.array(values, dtype=float)


def main(argv: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpora", type=Path)
    folder = parser.parse_args(argv).corpora / "claims"
    nlp = load_base(find_base())
    vectorizer = DictVectorizer()
    rows, y = load_events(nlp, folder / "factuality-train.jsonl.gz")
    model = Ridge(STRENGTH).fit(vectorizer.fit_transform(rows), y)
    rows, y = load_events(nlp, folder / "factuality-dev.jsonl")
    guess = np.clip(model.predict(vectorizer.transform(rows)), -3, 3)
    report = {"MAE": float(np.abs(guess - y).mean()), "r": float(np.corrcoef(guess, y)[0, 1])}
    print(json.dumps({k: round(v, 3) for k, v in report.items()}))


if __name__ == "__main__":
    main()
