"""Train the antecedent scorer: whom *he* and *she* stand for.

Candidates and features come from the pipeline itself, so that training sees what run time sees.
Weights are plain numbers in JSON.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from onrecord.pipeline.annotations import EntityRecord, get_entities, get_marks
from onrecord.pipeline.antecedent_features import FEATURES
from onrecord.pipeline.antecedents import RULES, Candidate, Scorer, choose
from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.discourse import resolve
from onrecord.pipeline.name_words import read_words
from onrecord.pipeline.names import Names
from training.coreference_data import CoreferenceDoc, read_gap, read_gum, read_litbank

Floats = NDArray[np.float32]

HIDDEN = 24
STEPS = 500
RATE = 0.02
DECAY = 3e-4
WEIGHTS = {"gum": 3.0, "gap": 4.0, "litbank": 0.3}
"""Weight of a pronoun by corpus: GUM holds news, GAP encyclopedia, LitBank fiction."""


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun with its candidates.

    Attributes:
        features: shape (candidates, features).
        right: for each candidate whether it is meant.
        named: whether the gold cluster holds a name.
        entity: for each candidate whether it is a named entity.
        feminine: the pronoun's gender.
    """

    doc: str
    genre: str
    features: Floats
    right: NDArray[np.bool_]
    entity: NDArray[np.bool_]
    named: bool
    feminine: bool


def parse(nlp: Language, gold: Sequence[CoreferenceDoc], cache: Path) -> list[Doc]:
    """The gold's texts after the base pipeline, from a cache file where there is one."""
    if not cache.is_file():
        bin_ = DocBin(store_user_data=True)
        for doc in nlp.pipe((g.text for g in gold), batch_size=16):
            bin_.add(doc)
        bin_.to_disk(cache)
    return list(DocBin(store_user_data=True).from_disk(cache).get_docs(nlp.vocab))


def examples_of(doc: Doc, gold: CoreferenceDoc, scorer: Scorer) -> Iterator[Example]:
    """The pronouns of a document that the gold annotates."""
    entities = get_entities(doc)
    state = resolve(read_words(doc), entities, [], get_marks(doc), scorer)
    owner = {span: key for key, spans in gold.clusters.items() for span in spans}
    by_entity = {e.id: cluster_of_entity(doc, e, gold) for e in entities}
    for pronoun, candidates in state.pairs:
        token = doc[pronoun.token]
        key = owner.get((token.idx, token.idx + len(token)))
        if key is None or (gold.partial and key == "p") or not candidates:
            continue
        found = [_cluster(doc, c, by_entity, gold) for c in candidates]
        right = np.array([f == key for f in found])
        entity = np.array([bool(c.referent.entity) for c in candidates])
        features = np.array([c.features for c in candidates], dtype=np.float32)
        yield Example(gold.id, gold.genre, features, right, entity, key in gold.named, pronoun.sex == "f")


def cluster_of_entity(doc: Doc, entity: EntityRecord, gold: CoreferenceDoc) -> str:
    """The gold cluster that most of an entity's names belong to."""
    votes = Counter(
        key
        for m in entity.mentions
        if m.kind == "name"
        and (key := _smallest(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1]), gold))
    )
    return votes.most_common(1)[0][0] if votes else ""


def _cluster(doc: Doc, candidate: Candidate, entities: dict[str, str], gold: CoreferenceDoc) -> str:
    referent = candidate.referent
    if referent.entity:
        return entities[referent.entity]
    start, end = referent.phrase or (candidate.place.start, candidate.place.end)
    return _smallest(doc[end - 1].idx, doc[end - 1].idx + len(doc[end - 1]), gold) if start < end else ""


def _smallest(start: int, end: int, gold: CoreferenceDoc) -> str:
    """Cluster of the shortest gold mention around a stretch."""
    around = [
        (e - s, key) for key, spans in gold.clusters.items() for s, e in spans if s <= start and end <= e + 1
    ]
    return min(around)[1] if around else ""


def train(examples: Sequence[Example], *, hidden: int = HIDDEN, steps: int = STEPS, seed: int = 1) -> Scorer:
    """Fit the scorer by the likelihood of the right candidates, or of nobody where none is right.

    It is the rules' linear map, held to their weights, plus a small network that corrects it.
    """
    rng = np.random.default_rng(seed)
    x = np.concatenate([e.features for e in examples])
    y = np.concatenate([e.right for e in examples]).astype(np.float32)
    begins = np.concatenate([[0], np.cumsum([len(e.right) for e in examples])[:-1]])
    group = np.concatenate([np.full(len(e.right), i) for i, e in enumerate(examples)])
    weight = np.array([WEIGHTS[e.genre.partition("-")[0]] for e in examples], dtype=np.float32)
    weight /= weight.sum()
    none = np.array([not e.right.any() for e in examples])
    prior = RULES.layers[0][0][:, 0].copy()
    params = [
        prior.copy(),
        rng.normal(0, 0.2, (len(FEATURES), hidden)).astype(np.float32),
        np.zeros(hidden, np.float32),
        rng.normal(0, 0.1, hidden).astype(np.float32),
        np.array([RULES.nobody], np.float32),
    ]
    first, second = [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params]
    for step in range(1, steps + 1):
        linear, w1, b1, w2, nobody = params
        h = x @ w1 + b1
        a = np.maximum(h, 0)
        s = x @ linear + a @ w2
        top = np.maximum(np.maximum.reduceat(s, begins), nobody[0])
        mass = np.exp(s - top[group])
        mass_none = np.exp(nobody[0] - top)
        total = np.add.reduceat(mass, begins) + mass_none
        hit = np.add.reduceat(mass * y, begins)
        ds = (mass / total[group] - mass * y / np.maximum(hit, 1e-9)[group]) * weight[group]
        dn = ((mass_none / total - none) * weight).sum()
        da = np.outer(ds, w2) * (h > 0)
        gradients = [
            x.T @ ds + DECAY * (linear - prior),
            x.T @ da + DECAY * w1,
            da.sum(0),
            a.T @ ds + DECAY * w2,
            np.array([dn]),
        ]
        for i, g in enumerate(gradients):
            first[i] = 0.9 * first[i] + 0.1 * g
            second[i] = 0.999 * second[i] + 0.001 * g * g
            change = (first[i] / (1 - 0.9**step)) / (np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8)
            params[i] = (params[i] - RATE * change).astype(np.float32)
    linear, w1, b1, w2, nobody = params
    # The linear part goes through the cut between the layers as its positive and its negative half.
    matrix = np.concatenate([w1, linear[:, None], -linear[:, None]], axis=1)
    bias = np.concatenate([b1, np.zeros(2, np.float32)])
    column = np.concatenate([w2, np.array([1.0, -1.0], np.float32)])[:, None]
    return Scorer(((matrix, bias), (column, np.zeros(1, np.float32))), float(nobody[0]))


def shares(example: Example, scorer: Scorer) -> Floats:
    """Probabilities of the candidates."""
    s = scorer(example.features)
    top = max(float(s.max()), scorer.nobody)
    mass = np.exp(s - top)
    return np.asarray(mass / (mass.sum() + np.exp(scorer.nobody - top)), dtype=np.float32)


def measure_named(examples: Iterable[Example], scorer: Scorer, threshold: float) -> tuple[float, float, int]:
    """Precision and recall over pronouns of named people, teacher-forced, and the number of them."""
    said = right = wanted = 0
    for e in examples:
        wanted += e.named
        p = shares(e, scorer)
        best = int(p.argmax())
        if p[best] >= threshold and e.entity[best]:
            said += 1
            right += bool(e.right[best])
    return right / max(1, said), right / max(1, wanted), wanted


def folds(examples: Sequence[Example], k: int = 5) -> Iterator[tuple[list[Example], list[Example]]]:
    """Training and held-out examples by document; only GUM is held out."""
    docs = sorted({e.doc for e in examples if e.genre.startswith("gum")})
    for i in range(k):
        held = set(docs[i::k])
        yield [e for e in examples if e.doc not in held], [e for e in examples if e.doc in held]


def write(scorer: Scorer, folder: Path, threshold: float, meta: dict[str, object]) -> None:
    """Write weights and meta data."""
    folder.mkdir(parents=True, exist_ok=True)
    layers = [{"matrix": np.round(m, 4).tolist(), "bias": np.round(b, 4).tolist()} for m, b in scorer.layers]
    table = {
        "version": meta["version"],
        "features": list(FEATURES),
        "layers": layers,
        "nobody": round(scorer.nobody, 4),
        "threshold": threshold,
    }
    (folder / "weights.json").write_text(json.dumps(table, separators=(",", ":")) + "\n", "utf-8")
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


def load_gold(corpora: Path) -> dict[str, list[CoreferenceDoc]]:
    """The gold of all three corpora."""
    return {
        "gum": list(read_gum(corpora / "gum")),
        "gap": list(read_gap(corpora / "gap" / "gap-validation.tsv.gz")),
        "litbank": list(read_litbank(corpora / "litbank.tar.gz")),
    }


def main() -> None:
    """Train, measure by fold, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("cache", type=Path, help="folder for parsed texts")
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--version", default="0.1.0")
    arguments.add_argument("--threshold", type=float, default=0.5)
    args = arguments.parse_args()
    loaded = load_pipeline(encoder=False)
    names = [
        n
        for n in loaded.nlp.pipe_names
        if n.startswith("onrecord_") and n not in ("onrecord_structure", "onrecord_marks")
    ]
    loaded.nlp.disable_pipes(*names)
    examples: list[Example] = []
    for corpus, gold in load_gold(args.corpora).items():
        docs = parse(loaded.nlp, gold, args.cache / f"coreference-{corpus}.spacy")
        for doc, g in zip(docs, gold, strict=True):
            examples.extend(examples_of(Names()(doc), g, RULES))
    print({g: sum(e.genre == g for e in examples) for g in sorted({e.genre for e in examples})})
    for threshold in (0.4, 0.5, 0.6, 0.7):
        print(
            "rules",
            threshold,
            *_show(measure_named([e for e in examples if e.genre.startswith("gum")], RULES, threshold)),
        )
    results: dict[float, list[tuple[float, float, int]]] = {}
    for rest, held in folds(examples):
        scorer = train(rest)
        for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
            results.setdefault(threshold, []).append(measure_named(held, scorer, threshold))
    for threshold, rows in results.items():
        print("folds", threshold, *_show(tuple(np.mean([r[i] for r in rows]) for i in range(3))))
    if args.out:
        meta = {"name": "antecedent", "version": args.version}
        write(train(examples), args.out, args.threshold, meta)


def _show(row: Sequence[float]) -> list[str]:
    return [f"{v:.3f}" for v in row]


__all__ = ["choose", "examples_of", "train"]

if __name__ == "__main__":
    main()
