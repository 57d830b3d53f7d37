"""Whom *he* and *she* stand for: GUM's pronouns of named people, GAP's pairs of names."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.pipeline.annotations import EntityRecord, char_range, get_entities, get_links
from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.names.gender import HE, SHE
from training.coreference_data import CoreferenceDoc, read_gap, read_gum

COMPONENTS = (
    *("onrecord_structure", "onrecord_marks", "onrecord_encoder", "onrecord_recognizer"),
    *("onrecord_names", "onrecord_coreference"),
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the pipeline makes of a document: entities' names in characters, pronouns' entities."""

    names: dict[str, list[tuple[int, int]]]
    pronouns: dict[int, str]


def read_doc(doc: Doc) -> Resolved:
    """The people and resolved pronouns of a processed doc."""
    people = [e for e in get_entities(doc) if e.type == "PERSON"]
    pronouns = {doc[k.start].idx: k.entities[0] for k in get_links(doc) if k.kind == "pronoun" and k.entities}
    return Resolved({e.id: _name_spans(doc, e) for e in people}, pronouns)


def _name_spans(doc: Doc, entity: EntityRecord) -> list[tuple[int, int]]:
    return [char_range(doc, (m.start, m.end)) for m in entity.mentions if m.kind == "name"]


def gum_counts(gold: CoreferenceDoc, found: Resolved) -> Counter[str]:
    """Linked, right and wanted third-person singular pronouns of named people."""
    counts: Counter[str] = Counter()
    owner = {e: _cluster_of(spans, gold) for e, spans in found.names.items()}
    for key, spans in gold.clusters.items():
        for start, end in spans:
            if gold.text[start:end].casefold() not in HE | SHE:
                continue
            named = key in gold.named
            linked = found.pronouns.get(start)
            counts["wanted"] += named
            counts["linked"] += linked is not None
            counts["right"] += linked is not None and owner.get(linked) == key
    return counts


def _cluster_of(spans: Iterable[tuple[int, int]], gold: CoreferenceDoc) -> str:
    votes: Counter[str] = Counter()
    for start, end in spans:
        around = [
            (e - s, key) for key, own in gold.clusters.items() for s, e in own if s <= start and end <= e + 1
        ]
        if around:
            votes[min(around)[1]] += 1
    return votes.most_common(1)[0][0] if votes else ""


def gap_counts(gold: CoreferenceDoc, found: Resolved) -> Counter[str]:
    """GAP's own count: each of two names is or is not the pronoun's; by gender."""
    pronoun = next(
        span for key in ("a", "b", "p") for span in gold.clusters.get(key, ())[-1:] if _is_last(gold, span)
    )
    sex = "f" if gold.text[pronoun[0] : pronoun[1]].casefold() in SHE else "m"
    linked = found.pronouns.get(pronoun[0])
    counts: Counter[str] = Counter()
    for key in ("a", "b"):
        start, end = gold.clusters[key][0]
        true = len(gold.clusters[key]) > 1
        said = linked is not None and any(s < end and start < e for s, e in found.names.get(linked, ()))
        counts[f"{sex}_{'tp' if true and said else 'fp' if said else 'fn' if true else 'tn'}"] += 1
    return counts


def _is_last(gold: CoreferenceDoc, span: tuple[int, int]) -> bool:
    return gold.text[span[0] : span[1]].casefold() in HE | SHE


def f1(counts: Counter[str], sexes: str) -> float:
    """F1 over the given genders."""
    tp, fp, fn = (sum(counts[f"{s}_{k}"] for s in sexes) for k in ("tp", "fp", "fn"))
    return 2 * tp / max(1, 2 * tp + fp + fn)


def process(nlp: Language, gold: Sequence[CoreferenceDoc]) -> Iterator[tuple[CoreferenceDoc, Resolved]]:
    """Run the pipeline over gold texts."""
    for doc, g in zip(nlp.pipe((g.text for g in gold), batch_size=16), gold, strict=True):
        yield g, read_doc(doc)


def evaluate(corpora: Path, nlp: Language) -> dict[str, float]:
    """Both measures; precision and recall in [0, 1]."""
    gum: Counter[str] = Counter()
    for gold, found in process(nlp, list(read_gum(corpora / "gum"))):
        gum += gum_counts(gold, found)
    gap: Counter[str] = Counter()
    for gold, found in process(nlp, list(read_gap(corpora / "gap" / "gap-development.tsv.gz"))):
        gap += gap_counts(gold, found)
    return {
        "gum precision": gum["right"] / max(1, gum["linked"]),
        "gum recall": gum["right"] / max(1, gum["wanted"]),
        "gap F1": f1(gap, "mf"),
        "gap F1 masculine": f1(gap, "m"),
        "gap F1 feminine": f1(gap, "f"),
        "gap feminine / masculine": f1(gap, "f") / max(1e-9, f1(gap, "m")),
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--no-encoder", action="store_true", help="names by the base pipeline")
    args = arguments.parse_args()
    nlp = load_pipeline(encoder=not args.no_encoder).nlp
    nlp.disable_pipes(*[n for n in nlp.pipe_names if n.startswith("onrecord_") and n not in COMPONENTS])
    print(json.dumps({k: round(v, 3) for k, v in evaluate(args.corpora, nlp).items()}, indent=1))


if __name__ == "__main__":
    main()
