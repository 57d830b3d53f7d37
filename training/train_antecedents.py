"""Train the antecedent scorer: whom *he* and *she* stand for.

Candidates and features come from the pipeline itself, so that training sees what run time sees: a
first scorer is fitted to the candidates that the rules lead to, the last to those that the scorer
before leads to. Trained on GUM (clean genres), GAP validation, LitBank and the training part of our
own corpus, the only one with quotations; GAP development is left for `evaluation.coreference`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from onrecord.pipeline.annotations import (
    EntityRecord,
    char_range,
    get_attributions,
    get_entities,
    get_marks,
)
from onrecord.pipeline.antecedent_features import FEATURES
from onrecord.pipeline.antecedents import FILE, RULES, Candidate, Scorer
from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.discourse import resolve
from onrecord.pipeline.name_words import read_words
from onrecord.pipeline.names import Names
from training.coreference_data import CoreferenceDoc, read_corpus, read_gap, read_gum, read_litbank

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

FINDER = "onrecord_attribution"
OWN = Path(__file__).resolve().parent.parent / "corpus" / "gold" / "train.jsonl"

HIDDEN = 16
NETWORKS = 6
STEPS = 200
RATE = 0.02
DROPOUT = 0.2
DECAY = 2e-3
PULL = 1e-4
"""Of a few trials with 16 to 32 units, dropout .2 to .4 and decay 1e-3 to 3e-3, seen on GUM by fold and on
GAP development: they differ by less than a point. `PULL` holds the linear part to the rules' weights."""

WEIGHTS = {"gum": 6.0, "gap": 12.0, "litbank": 0.5, "corpus": 6.0}
"""Weight of a pronoun by corpus: GUM holds news, GAP encyclopedia, LitBank fiction of another age,
our corpus news with its quotations."""

FEMININE = 2.0
"""Weight of *she* beside *he*, which is rarer in GUM; gains half a point on GAP and a point on GUM."""

FICTION = 45
"""Excerpts of LitBank that are used; all hundred brought no more on GUM and GAP."""

THRESHOLD = 0.3
"""Least probability of a link; between .25 and .35 F1 on GAP development changes by .002."""

ROUNDS = 2
"""Times that the scorer is fitted, each time to the candidates that the scorer before leads to."""


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun with its candidates.

    Attributes:
        features: shape (candidates, features).
        right: for each candidate whether it is meant.
        wrong: for each candidate whether it is known not to be meant.
        entity: for each candidate whether it is a named entity.
        named: whether the gold cluster holds a name.
        unknown: only what is not meant is annotated.
        feminine: the pronoun's gender.
    """

    doc: str
    genre: str
    features: Floats
    right: Flags
    wrong: Flags
    entity: Flags
    named: bool
    unknown: bool
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
    state = resolve(read_words(doc), entities, get_attributions(doc), get_marks(doc), scorer)
    owner = {span: key for key, spans in gold.clusters.items() for span in spans}
    find = _touched(doc, entities, gold) if gold.partial else _clustered(doc, entities, gold)
    for pronoun, candidates in state.pairs:
        token = doc[pronoun.token]
        key = owner.get((token.idx, token.idx + len(token)))
        if key is None or not candidates:
            continue
        found = [find(c) for c in candidates]
        unknown = gold.partial and key == "p"
        right = np.array([key in f and not unknown for f in found])
        wrong = np.array([bool(f - {key}) if gold.partial else key not in f for f in found])
        entity = np.array([bool(c.referent.entity) for c in candidates])
        features = np.array([c.features for c in candidates], dtype=np.float32)
        named = key in gold.named and not unknown
        feminine = pronoun.sex == "f"
        yield Example(gold.id, gold.genre, features, right, wrong, entity, named, unknown, feminine)


def _clustered(
    doc: Doc, entities: Sequence[EntityRecord], gold: CoreferenceDoc
) -> Callable[[Candidate], set[str]]:
    """The gold cluster of a candidate, by majority of an entity's names or by its last word."""
    by_entity = {e.id: cluster_of_entity(doc, e, gold) for e in entities}

    def find(candidate: Candidate) -> set[str]:
        referent = candidate.referent
        if referent.entity:
            return {by_entity[referent.entity]}
        start, end = referent.phrase or (candidate.place.start, candidate.place.end)
        return (
            {_smallest(doc[end - 1].idx, doc[end - 1].idx + len(doc[end - 1]), gold)}
            if start < end
            else set()
        )

    return find


def _touched(
    doc: Doc, entities: Sequence[EntityRecord], gold: CoreferenceDoc
) -> Callable[[Candidate], set[str]]:
    """Which of GAP's two names an entity's names touch, as GAP counts."""
    touched: dict[str, set[str]] = {}
    for e in entities:
        for m in e.mentions:
            start, end = char_range(doc, (m.start, m.end))
            for key in ("a", "b"):
                first, last = gold.clusters[key][0]
                if start < last and first < end:
                    touched.setdefault(e.id, set()).add(key)
    return lambda candidate: touched.get(candidate.referent.entity, set())


def cluster_of_entity(doc: Doc, entity: EntityRecord, gold: CoreferenceDoc) -> str:
    """The gold cluster that most of an entity's names belong to."""
    votes = Counter(
        key
        for m in entity.mentions
        if m.kind == "name"
        and (key := _smallest(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1]), gold))
    )
    return votes.most_common(1)[0][0] if votes else ""


def _smallest(start: int, end: int, gold: CoreferenceDoc) -> str:
    """Cluster of the shortest gold mention around a stretch."""
    around = [
        (e - s, key) for key, spans in gold.clusters.items() for s, e in spans if s <= start and end <= e + 1
    ]
    return min(around)[1] if around else ""


class Network(torch.nn.Module):
    """The rules' linear map, held to their weights, plus a small network that corrects it."""

    def __init__(self) -> None:
        super().__init__()
        count = len(FEATURES)
        self.prior = torch.from_numpy(RULES.layers[0][0][:, 0].copy())
        self.linear = torch.nn.Parameter(self.prior.clone())
        self.nobody = torch.nn.Parameter(torch.tensor(float(RULES.nobody)))
        self.first = torch.nn.Parameter(torch.randn(count, HIDDEN) * 0.15)
        self.bias = torch.nn.Parameter(torch.zeros(HIDDEN))
        self.second = torch.nn.Parameter(torch.randn(HIDDEN) * 0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """One score a candidate."""
        hidden = torch.relu(x @ self.first + self.bias)
        hidden = torch.nn.functional.dropout(hidden, DROPOUT, self.training)
        return x @ self.linear + hidden @ self.second

    def cost(self) -> torch.Tensor:
        """What large weights cost."""
        squares = (self.first**2).sum() + (self.second**2).sum()
        return DECAY * squares + PULL * ((self.linear - self.prior) ** 2).sum()


def fit(examples: Sequence[Example], seed: int) -> Network:
    """Fit one network by the likelihood of the right candidates, or of nobody where none is right.

    Where only the wrong ones are known, by that of all the others.
    """
    torch.manual_seed(seed)
    x = torch.from_numpy(np.concatenate([e.features for e in examples]))
    good = torch.from_numpy(np.concatenate([~e.wrong if e.unknown else e.right for e in examples])).float()
    group = torch.from_numpy(np.repeat(np.arange(len(examples)), [len(e.right) for e in examples]))
    none = torch.tensor([float(e.unknown or not e.right.any()) for e in examples])
    weight = torch.tensor(
        [WEIGHTS[e.genre.partition("-")[0]] * (FEMININE if e.feminine else 1.0) for e in examples]
    )
    weight = weight / weight.sum()
    network = Network()
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    for step in range(STEPS):
        mass = torch.exp(network(x).clamp(-30, 30))
        nobody = torch.exp(network.nobody)
        total = torch.zeros(len(examples)).index_add(0, group, mass) + nobody
        hit = torch.zeros(len(examples)).index_add(0, group, mass * good) + none * nobody
        loss = -((torch.log(hit + 1e-9) - torch.log(total)) * weight).sum() + network.cost()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        for settings in optimizer.param_groups:
            settings["lr"] = RATE * (1 - step / STEPS)
    return network.eval()


def train(examples: Sequence[Example], networks: int = NETWORKS, threshold: float = THRESHOLD) -> Scorer:
    """The mean of several networks, as one with all their hidden units."""
    fitted = [fit(examples, seed) for seed in range(networks)]
    linear = sum(_array(n.linear) for n in fitted) / networks
    # The linear part goes through the cut between the layers as its positive and its negative half.
    matrix = np.concatenate([*(_array(n.first) for n in fitted), linear[:, None], -linear[:, None]], axis=1)
    bias = np.concatenate([*(_array(n.bias) for n in fitted), np.zeros(2)])
    column = np.concatenate([*(_array(n.second) / networks for n in fitted), [1.0, -1.0]])[:, None]
    layers = (
        (matrix.astype(np.float32), bias.astype(np.float32)),
        (column.astype(np.float32), np.zeros(1, np.float32)),
    )
    return Scorer(layers, float(np.mean([_array(n.nobody) for n in fitted])), threshold)


def _array(parameter: torch.Tensor) -> Floats:
    return np.asarray(parameter.detach().numpy(), dtype=np.float32)


def shares(example: Example, scorer: Scorer) -> Floats:
    """Probabilities of the candidates."""
    s = scorer(example.features)
    top = max(float(s.max()), scorer.nobody)
    mass = np.exp(s - top)
    return np.asarray(mass / (mass.sum() + np.exp(scorer.nobody - top)), dtype=np.float32)


def measure_named(examples: Iterable[Example], scorer: Scorer, threshold: float) -> Counter[str]:
    """Links said, right and wanted over pronouns of named people, teacher-forced."""
    counts: Counter[str] = Counter()
    for e in examples:
        counts["wanted"] += e.named
        p = shares(e, scorer)
        best = int(p.argmax())
        if p[best] >= threshold and e.entity[best]:
            counts["said"] += 1
            counts["right"] += bool(e.right[best])
    return counts


def folds(examples: Sequence[Example], k: int = 5) -> Iterator[tuple[list[Example], list[Example]]]:
    """Training and held-out examples by document; only GUM is held out."""
    docs = sorted({e.doc for e in examples if e.genre.startswith("gum")})
    for i in range(k):
        held = set(docs[i::k])
        yield [e for e in examples if e.doc not in held], [e for e in examples if e.doc in held]


def write(scorer: Scorer, folder: Path, meta: dict[str, object]) -> None:
    """Write weights and meta data."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.generic]] = {}
    for i, (matrix, bias) in enumerate(scorer.layers):
        arrays |= {f"matrix{i}": matrix, f"bias{i}": bias}
    np.savez_compressed(
        folder / FILE,
        allow_pickle=False,
        features=np.array(FEATURES),
        layers=np.array(len(scorer.layers)),
        nobody=np.array(scorer.nobody),
        threshold=np.array(scorer.threshold),
        version=np.array(str(meta["version"])),
        **arrays,
    )
    digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    meta = {"name": meta["name"], "version": meta["version"], "files": {FILE: digest}} | meta
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


def load_gold(corpora: Path) -> dict[str, list[CoreferenceDoc]]:
    """The gold of all corpora."""
    return {
        "gum": list(read_gum(corpora / "gum")),
        "gap": list(read_gap(corpora / "gap" / "gap-validation.tsv.gz")),
        "litbank": list(read_litbank(corpora / "litbank.tar.gz"))[:FICTION],
        "corpus": list(read_corpus(OWN)),
    }


def data_of(corpora: Path) -> list[dict[str, str]]:
    """The sets that feed the weights, for the meta data."""
    gum = hashlib.sha256(b"".join(p.read_bytes() for p in sorted((corpora / "gum").glob("*.jsonl.gz"))))
    single = {"GAP validation": "gap/gap-validation.tsv.gz", "LitBank coreference": "litbank.tar.gz"}
    rows = [{"name": "GUM 11, clean genres", "licence": "CC BY 4.0", "sha256": gum.hexdigest()}]
    for name, path in single.items():
        licence = "Apache-2.0" if name.startswith("GAP") else "CC BY 4.0"
        digest = hashlib.sha256((corpora / path).read_bytes()).hexdigest()
        rows.append({"name": name, "licence": licence, "sha256": digest})
    digest = hashlib.sha256(OWN.read_bytes()).hexdigest()
    rows.append({"name": "onrecord corpus, training part", "licence": "CC BY 4.0", "sha256": digest})
    return rows


def _keep(nlp: Language, components: Sequence[str]) -> None:
    """Switch off all other components of ours."""
    nlp.disable_pipes(*[n for n in nlp.pipe_names if n.startswith("onrecord_") and n not in components])


def main() -> None:
    """Train, measure by fold, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("cache", type=Path, help="folder for parsed texts")
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--version", default="0.1.0")
    args = arguments.parse_args()
    torch.set_num_threads(1)
    random.seed(0)
    plain, quoting = load_pipeline(encoder=False).nlp, load_pipeline().nlp
    _keep(plain, ("onrecord_structure", "onrecord_marks"))
    _keep(quoting, ("onrecord_structure", "onrecord_marks", "onrecord_encoder", "onrecord_names", FINDER))
    gold = load_gold(args.corpora)
    names, docs = Names(), {}
    for corpus, golds in gold.items():
        parsed = parse(
            quoting if corpus == "corpus" else plain, golds, args.cache / f"coreference-{corpus}.spacy"
        )
        docs[corpus] = [names(d) for d in parsed[: len(golds)]]
    scorer, examples = RULES, list[Example]()
    for _ in range(ROUNDS):
        examples = [
            e for c in gold for d, g in zip(docs[c], gold[c], strict=True) for e in examples_of(d, g, scorer)
        ]
        scorer = train(examples)
    counts: Counter[str] = Counter()
    for rest, held in folds(examples):
        counts += measure_named(held, train(rest, networks=2), THRESHOLD)
    precision, recall = counts["right"] / counts["said"], counts["right"] / counts["wanted"]
    print(Counter(e.genre for e in examples), f"five folds of GUM: P {precision:.3f} R {recall:.3f}")
    if args.out:
        training = {
            "hidden": HIDDEN,
            "networks": NETWORKS,
            "steps": STEPS,
            "rate": RATE,
            "dropout": DROPOUT,
            "decay": DECAY,
            "pull": PULL,
            "weights": WEIGHTS,
            "feminine": FEMININE,
            "rounds": ROUNDS,
        }
        scores = {"GUM five-fold precision": round(precision, 3), "GUM five-fold recall": round(recall, 3)}
        meta = {"name": "antecedent", "version": args.version, "training": training}
        write(scorer, args.out, meta | {"data": data_of(args.corpora), "scores": scores})


if __name__ == "__main__":
    main()
