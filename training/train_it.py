"""Train the scorer of *it*, beside weights for *he* and *she* that stay as they are.

    python -m training.train_it CORPORA --antecedents WEIGHTS --out FOLDER --version X.Y.Z [--folds]

Gold is that of GUM (clean genres), LitBank and the training part of our own corpus. The corpus marks
names, and who speaks: where it says nothing of a pronoun, that is no named body, and may be anything
else. *They* keeps its rules: by fold, scorers taught on the same sets named fewer of those who speak.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from onrecord.pipeline.annotations import get_attributions, get_entities, get_marks
from onrecord.pipeline.coreference.antecedents import Candidate
from onrecord.pipeline.coreference.discourse import resolve
from onrecord.pipeline.coreference.pairing import FILES as PAIRINGS
from onrecord.pipeline.coreference.pairing import KEY, project, read_pairings
from onrecord.pipeline.coreference.pronouns import IT as IT_FORMS
from onrecord.pipeline.coreference.scorer import Scorer
from onrecord.pipeline.coreference.scorers import FILES, IT, Scorers, load_scorers
from onrecord.pipeline.coreference.they_and_it import THING_FEATURES, THRESHOLD, rule_scorer
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.names.words import read_words
from training.antecedent_network import Example, Trained, train, with_states
from training.antecedent_weights import save_meta, save_pairing, save_scorer
from training.coreference_data import CoreferenceDoc
from training.train_antecedents import (
    cluster_of_entity,
    data_of,
    folds,
    load_gold,
    measure_named,
    parse,
    reader,
    smallest,
    states_of,
)

WEIGHTS = {"gum": 1.0, "corpus": 1.0, "litbank": 0.2}
PULL = 1e-3
RANK = 4
"""Eight are no better by fold."""
NETWORKS = 2
FORMS = 1
"""Of each; more are no better by fold and take room."""
ROUNDS = 2


def examples_of(doc: Doc, gold: CoreferenceDoc, scorers: Scorers) -> Iterator[Example]:
    """Each *it* of a document."""
    entities, states = get_entities(doc), states_of(doc)
    state = resolve(read_words(doc), entities, get_attributions(doc), get_marks(doc), scorers)
    owners: dict[tuple[int, int], set[str]] = {}
    for key, spans in gold.clusters.items():
        for span in spans:
            owners.setdefault(span, set()).add(key)
    by_entity = {e.id: cluster_of_entity(doc, e, gold) for e in entities}
    for pronoun, candidates in state.things:
        token = doc[pronoun.token]
        keys = owners.get((token.idx, token.idx + len(token)), set())
        if not candidates or pronoun.low not in IT_FORMS:
            continue
        named = np.array([bool(c.referent.entity) for c in candidates])
        unknown = gold.genre == "corpus" and not keys
        right = np.array([_is_right(doc, c, keys, by_entity, gold) for c in candidates])
        yield Example(
            gold.id,
            gold.genre,
            features=np.array([c.features for c in candidates], dtype=np.float32),
            pronoun=states[pronoun.token],
            mentions=np.stack([states[c.place.start : c.place.end].mean(0) for c in candidates]),
            right=right,
            wrong=named if unknown else ~right,
            entity=named,
            named=bool(keys & gold.named),
            unknown=unknown,
            feminine=False,
        )


def _is_right(
    doc: Doc, candidate: Candidate, keys: set[str], by_entity: dict[str, str], gold: CoreferenceDoc
) -> bool:
    """Whether a candidate is in one of the pronoun's clusters."""
    referent, place = candidate.referent, candidate.place
    if referent.entity:
        return by_entity[referent.entity] in keys
    last = doc[(referent.phrase or (place.start, place.end))[1] - 1]
    return smallest(last.idx, last.idx + len(last), gold) in keys


def fit(examples: Sequence[Example]) -> Scorer:
    """A scorer of features."""
    prior = rule_scorer(IT)
    trained = train(examples, threshold=THRESHOLD, networks=NETWORKS, prior=prior, pull=PULL, weights=WEIGHTS)
    return trained.scorer


def complete(examples: Sequence[Example]) -> Trained:
    """The scorer with a form over the encoder's states on top."""
    return with_states(fit(examples), examples, forms=FORMS, rank=RANK, alone=True, weights=WEIGHTS)


def by_fold(examples: Sequence[Example]) -> dict[str, list[int]]:
    """Right, said and wanted of named ones, by corpus, from scorers that have not seen the document."""
    counts: dict[str, Counter[str]] = {"gum": Counter(), "corpus": Counter()}
    for rest, held in folds(examples, genres=tuple(counts)):
        trained = complete(rest)
        for genre, total in counts.items():
            total += measure_named([e for e in held if e.genre.startswith(genre)], trained)
    return {genre: [c["right"], c["said"], c["wanted"]] for genre, c in counts.items()}


def main() -> None:
    """Train, measure by fold, and write the weights."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--antecedents", type=Path, required=True, help="weights for *he* and *she*")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--version", required=True)
    arguments.add_argument("--folds", action="store_true", help="measure by fold too")
    args = arguments.parse_args()
    gold = {name: docs for name, docs in load_gold(args.corpora).items() if name != "gap"}
    docs = list(parse(reader(encoder=True), gold))
    forms = tuple(read_pairings(args.antecedents).values())
    for doc, _ in docs:
        if "hidden" in doc.user_data.get(OUTPUTS, {}):
            doc.user_data[OUTPUTS][KEY] = project(forms, doc.user_data[OUTPUTS]["hidden"].astype(np.float32))
    scorers = Scorers(load_scorers(args.antecedents).people)
    for _ in range(ROUNDS):
        examples = [e for doc, g in docs for e in examples_of(doc, g, scorers)]
        scorers = replace(scorers, it=fit(examples))
    trained = complete(examples)
    assert trained.pairing is not None
    shutil.copytree(args.antecedents, args.out, dirs_exist_ok=True)
    save_scorer(args.out / FILES[IT], trained.scorer, THING_FEATURES, version=args.version)
    save_pairing(args.out / PAIRINGS[IT], trained.pairing)
    meta = json.loads((args.antecedents / "meta.json").read_text("utf-8"))
    names = ("WEIGHTS", "PULL", "NETWORKS", "FORMS", "RANK", "ROUNDS")
    it = {name.lower(): globals()[name] for name in names}
    scores = {"it, named, by fold: right, said, wanted": by_fold(examples)} if args.folds else {}
    meta |= {"version": args.version, "it": it, "scores": meta["scores"] | scores}
    save_meta(args.out, meta | {"data": data_of(args.corpora)})


if __name__ == "__main__":
    main()
