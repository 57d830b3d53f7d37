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
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.pipeline.annotations import (
    EntityRecord,
    char_range,
    get_attributions,
    get_entities,
    get_marks,
)
from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.coreference.antecedent_features import FEATURES
from onrecord.pipeline.coreference.antecedents import RULES, Candidate
from onrecord.pipeline.coreference.discourse import resolve
from onrecord.pipeline.coreference.pairing import FILES as PAIRINGS
from onrecord.pipeline.coreference.pairing import KEY
from onrecord.pipeline.coreference.scorer import Scorer, read_scorer
from onrecord.pipeline.coreference.scorers import FILES, PEOPLE, Scorers
from onrecord.pipeline.encoder.component import OUTPUTS, Encoder
from onrecord.pipeline.names.words import read_words
from onrecord.pipeline.weights import find_weights
from training import antecedent_network as network
from training.antecedent_network import Example, Trained, train, with_states
from training.antecedent_weights import save_meta, save_pairing, save_scorer
from training.coreference_data import CoreferenceDoc, read_corpus, read_gap, read_gum, read_litbank

Floats = NDArray[np.float32]

FINDER = "onrecord_attribution"
OWN = Path(__file__).resolve().parent.parent / "corpus" / "gold" / "train.jsonl"

FICTION = 45
"""Excerpts of LitBank that are used; all hundred brought no more on GUM and GAP."""

THRESHOLD = 0.3
"""Least probability of a link; between .25 and .35 F1 on GAP development changes by .002."""

STATE = 384
"""Size of the encoder's states."""

ROUNDS = 2
"""Times that the scorer is fitted, each time to the candidates that the scorer before leads to."""


def examples_of(doc: Doc, gold: CoreferenceDoc, trained: Trained) -> Iterator[Example]:
    """The pronouns of a document that the gold annotates."""
    entities = get_entities(doc)
    states = states_of(doc)
    if trained.pairing is not None and "hidden" in doc.user_data.get(OUTPUTS, {}):
        hidden = doc.user_data[OUTPUTS]["hidden"].astype(np.float32)
        doc.user_data[OUTPUTS][KEY] = trained.pairing.project(hidden)
    scorer = replace(trained.scorer, pairing=trained.pairing)
    scorers = Scorers(scorer)
    state = resolve(read_words(doc), entities, get_attributions(doc), get_marks(doc), scorers)
    owner = {span: key for key, spans in gold.clusters.items() for span in spans}
    find = _touched(doc, entities, gold) if gold.partial else _clustered(doc, entities, gold)
    for pronoun, candidates in state.pairs:
        token = doc[pronoun.token]
        key = owner.get((token.idx, token.idx + len(token)))
        if key is None or not candidates:
            continue
        found = [find(c) for c in candidates]
        unknown = gold.partial and key == "p"
        yield Example(
            gold.id,
            gold.genre,
            features=np.array([c.features for c in candidates], dtype=np.float32),
            pronoun=states[pronoun.token],
            mentions=np.stack([states[c.place.start : c.place.end].mean(0) for c in candidates]),
            right=np.array([key in f and not unknown for f in found]),
            wrong=np.array([bool(f - {key}) if gold.partial else key not in f for f in found]),
            entity=np.array([bool(c.referent.entity) for c in candidates]),
            named=key in gold.named and not unknown,
            unknown=unknown,
            feminine=pronoun.sex == "f",
        )


def states_of(doc: Doc) -> Floats:
    """The encoder's state of each token, zeros for tokens that it does not read."""
    outputs = doc.user_data.get(OUTPUTS, {})
    states = np.zeros((len(doc), STATE), dtype=np.float32)
    if "hidden" in outputs:
        states[outputs["rows"]] = outputs["hidden"]
    return states


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
            {smallest(doc[end - 1].idx, doc[end - 1].idx + len(doc[end - 1]), gold)} if start < end else set()
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
        and (key := smallest(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1]), gold))
    )
    return votes.most_common(1)[0][0] if votes else ""


def smallest(start: int, end: int, gold: CoreferenceDoc) -> str:
    """Cluster of the shortest gold mention around a stretch."""
    around = [
        (e - s, key) for key, spans in gold.clusters.items() for s, e in spans if s <= start and end <= e + 1
    ]
    return min(around)[1] if around else ""


def shares(example: Example, trained: Trained) -> Floats:
    """Probabilities of the candidates."""
    s = trained(example)
    nobody = trained.scorer.nobody
    top = max(float(s.max()), nobody)
    mass = np.exp(s - top)
    return np.asarray(mass / (mass.sum() + np.exp(nobody - top)), dtype=np.float32)


def measure_named(examples: Iterable[Example], trained: Trained) -> Counter[str]:
    """Links said, right and wanted over pronouns of named people, teacher-forced."""
    counts: Counter[str] = Counter()
    for e in examples:
        counts["wanted"] += e.named
        p = shares(e, trained)
        best = int(p.argmax())
        if p[best] >= trained.scorer.threshold and e.entity[best]:
            counts["said"] += 1
            counts["right"] += bool(e.right[best])
    return counts


def folds(
    examples: Sequence[Example], k: int = 5, *, genres: tuple[str, ...] = ("gum",)
) -> Iterator[tuple[list[Example], list[Example]]]:
    """Training and held-out examples by document; only these genres are held out."""
    docs = sorted({e.doc for e in examples if e.genre.startswith(genres)})
    for i in range(k):
        held = set(docs[i::k])
        yield [e for e in examples if e.doc not in held], [e for e in examples if e.doc in held]


def write(trained: Trained, folder: Path, meta: dict[str, object]) -> None:
    """Write weights and meta data."""
    folder.mkdir(parents=True, exist_ok=True)
    assert trained.pairing is not None
    save_scorer(folder / FILES[PEOPLE], trained.scorer, FEATURES, version=str(meta["version"]))
    save_pairing(folder / PAIRINGS[PEOPLE], trained.pairing)
    save_meta(folder, meta)


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


def parse(nlp: Language, gold: dict[str, list[CoreferenceDoc]]) -> Iterator[tuple[Doc, CoreferenceDoc]]:
    """All texts after names and quotations, with their gold."""
    for golds in gold.values():
        yield from zip(nlp.pipe((g.text for g in golds), batch_size=16), golds, strict=True)


def reader(*, encoder: bool) -> Language:
    """The pipeline up to quotations, its encoder keeping the states of all tokens."""
    nlp = load_pipeline(encoder=encoder).nlp
    name = "onrecord_encoder"
    if encoder:
        # spaCy offers no way to put in a component that no factory makes.
        nlp._components[nlp.component_names.index(name)] = (name, Encoder(hidden=True))
    nlp.disable_pipes(*nlp.pipe_names[nlp.pipe_names.index(FINDER) + 1 :])
    return nlp


def fitted(corpora: Path) -> Scorer:
    """The scorer of features, trained without the encoder."""
    docs = list(parse(reader(encoder=False), load_gold(corpora)))
    current = Trained(RULES)
    for _ in range(ROUNDS):
        current = train([e for d, g in docs for e in examples_of(d, g, current)], threshold=THRESHOLD)
    return current.scorer


def by_fold(scorer: Scorer, examples: Sequence[Example]) -> dict[str, float]:
    """GUM's pronouns of named people with a form that has not seen the document; one form a fold."""
    counts: Counter[str] = Counter()
    for rest, held in folds(examples):
        counts += measure_named(held, with_states(scorer, rest, forms=1))
    precision, recall = counts["right"] / counts["said"], counts["right"] / counts["wanted"]
    return {"GUM five-fold precision": round(precision, 3), "GUM five-fold recall": round(recall, 3)}


def main() -> None:
    """Train, measure by fold, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--version", required=True)
    arguments.add_argument("--scorer", type=Path, help="weights whose scorer of features is to stay")
    arguments.add_argument("--folds", action="store_true", help="measure on GUM by fold too")
    args = arguments.parse_args()
    random.seed(0)
    scorer = read_scorer(args.scorer / FILES[PEOPLE], FEATURES) if args.scorer else fitted(args.corpora)
    docs = parse(reader(encoder=True), load_gold(args.corpora))
    examples = [e for d, g in docs for e in examples_of(d, g, Trained(scorer))]
    trained = with_states(scorer, examples)
    names = ("HIDDEN", "NETWORKS", "STEPS", "RATE", "DROPOUT", "DECAY", "PULL", "WEIGHTS", "FEMININE")
    form_names = ("RANK", "PAIRINGS", "PAIR_DECAY", "PAIR_DROPOUT", "PAIR_RATE")
    training = {n.lower(): getattr(network, n) for n in (*names, *form_names)} | {"rounds": ROUNDS}
    encoder = find_weights("attribution")
    assert encoder is not None
    made_for = json.loads((encoder / "meta.json").read_text("utf-8"))["files"]["model.int8.onnx"]
    meta = {"name": "antecedent", "version": args.version, "encoder": made_for, "training": training}
    scores = by_fold(scorer, examples) if args.folds else {}
    write(trained, args.out, meta | {"data": data_of(args.corpora), "scores": scores})


if __name__ == "__main__":
    main()
