"""`python -m evaluation.ablation`: what the figures lose when one part of naming is switched off.

- head: names by the base pipeline's recognizer, repaired, instead of the encoder's
- repair: names as the recognizer marks them, with its labels, no more and no fewer
- grouping: an entry holds the mentions of one wording
- scorer: pronouns by the weights set by hand instead of the trained ones
- model: quotations by rules alone
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spacy.tokens import Doc

from evaluation.gold import GoldSet, own_sets, published_sets
from evaluation.measures import measure
from evaluation.predict import predict
from onrecord.pipeline.annotations import EntityRecord, MentionRecord, get_entities, set_entities
from onrecord.pipeline.build import LoadedPipeline, load_pipeline
from onrecord.pipeline.coreference.antecedents import RULES
from onrecord.pipeline.coreference.component import Coreference
from onrecord.pipeline.coreference.scorers import Scorers
from onrecord.pipeline.name_labels import KIND_OF_LABEL
from onrecord.pipeline.names.component import Names

MEASURES = (
    "entities half.f",
    "entities whole recall",
    "wrong merges of people",
    "split people",
    "quotes with speaker.f",
    "speakers.named",
    "speakers.pronoun",
    "speakers.nominal",
)

PARTS = ("all on", "head", "repair", "grouping", "scorer", "model")


class Ungrouped:
    """Names with one entry a wording."""

    def __init__(self) -> None:
        self.names = Names()

    def __call__(self, doc: Doc) -> Doc:
        """Split what was grouped."""
        doc = self.names(doc)
        found = (
            (e.type, doc[m.start : m.end].text, m, e.roles) for e in get_entities(doc) for m in e.mentions
        )
        set_entities(doc, one_a_wording(found))
        return doc


class Unrepaired:
    """Names as the recognizer marks them, one entry a wording."""

    def __call__(self, doc: Doc) -> Doc:
        """Take over its entities."""
        found = [
            (KIND_OF_LABEL[e.label_], e.text, MentionRecord(e.start, e.end), ())
            for e in doc.ents
            if e.label_ in KIND_OF_LABEL
        ]
        set_entities(doc, one_a_wording(found))
        return doc


def one_a_wording(
    found: Iterable[tuple[str, str, MentionRecord, tuple[tuple[int, int], ...]]],
) -> list[EntityRecord]:
    """One entity for each type and wording, in the order of the first mention."""
    groups: dict[tuple[str, str], list[tuple[MentionRecord, tuple[tuple[int, int], ...]]]] = {}
    for kind, text, mention, roles in sorted(found, key=lambda f: f[2].start):
        groups.setdefault((kind, text), []).append((mention, roles))
    return [
        EntityRecord(
            id=f"e{i + 1}",
            type=kind,  # type: ignore[arg-type]
            name=text,
            mentions=tuple(m for m, _ in rows),
            roles=tuple(dict.fromkeys(r for _, roles in rows for r in roles)),
        )
        for i, ((kind, text), rows) in enumerate(groups.items())
    ]


def without(part: str) -> LoadedPipeline:
    """The pipeline with one part switched off."""
    loaded = load_pipeline(encoder=part != "model", learned_names=part != "head")
    replaced = {
        "repair": ("onrecord_names", Unrepaired()),
        "grouping": ("onrecord_names", Ungrouped()),
        "scorer": ("onrecord_coreference", Coreference(Scorers(RULES))),
    }
    if part in replaced:
        name, component = replaced[part]
        at = loaded.nlp.component_names.index(name)
        # spaCy offers no way to put in a component that no factory makes.
        loaded.nlp._components[at] = (name, component)
    return loaded


def rows(sets: Sequence[GoldSet], parts: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
    """For each part that is off, set and measure the figure."""
    out: dict[str, dict[str, float]] = {}
    for part in parts:
        loaded = without(part)
        figures: dict[str, float] = {}
        for gold in sets:
            scores = measure(gold, predict(loaded, gold.documents).reports)
            figures |= {f"{gold.name}: {m}": scores[m] for m in MEASURES if m in scores}
        out[part] = figures
    return out


def main() -> int:
    """Run every ablation and print one Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.ablation", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder of the published corpora")
    parser.add_argument("--only", nargs="*", default=PARTS, choices=PARTS, help="parts to switch off")
    args = parser.parse_args()
    sets = [*own_sets(), *(published_sets(args.corpora) if args.corpora else ())]
    table = rows(sets, args.only)
    print("| set, measure |", " | ".join(f"no {p}" if p != "all on" else p for p in table), "|")
    print("|---|" + "---:|" * len(table))
    for key in next(iter(table.values())):
        print(f"| {key} |", " | ".join(f"{figures[key]:.1f}" for figures in table.values()), "|")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
