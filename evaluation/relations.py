"""`python -m evaluation.relations FILE.jsonl --sample N --seed S`: relations of a sample, to be read.

Relations between claims are too rare for a gold set to tell their precision: four stand in
gold-news/dev. So they are judged by reading. This prints every relation found in articles drawn by a
seed, with both claims, their claimants and their sentences; `--skip` draws a sample disjoint from the
first ones of the same seed.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.gold import read_lines
from evaluation.predict import predict
from onrecord.pipeline.build import load_pipeline


@dataclass(frozen=True, slots=True)
class Found:
    """A relation between two claims of one article.

    Attributes:
        first: the claim that stands first in the text.
        second: the other.
    """

    kind: str
    reasons: tuple[str, ...]
    first: Mapping[str, Any]
    second: Mapping[str, Any]


def draw(
    documents: Sequence[Mapping[str, Any]], *, size: int, seed: int, skip: int = 0
) -> list[Mapping[str, Any]]:
    """`size` documents of the order that the seed gives, after the first `skip` ones.

    The order depends on the ids alone, so that two draws of one seed are disjoint where their ranges are.
    """
    order = sorted(documents, key=lambda d: str(d["id"]))
    random.Random(seed).shuffle(order)
    return order[skip : skip + size]


def relations_of(report: Mapping[str, Any]) -> Iterator[Found]:
    """Each relation of a report once, in text order."""
    claims = report.get("claims") or ()
    place = {c["id"]: i for i, c in enumerate(claims)}
    for i, claim in enumerate(claims):
        for r in claim.get("relations") or ():
            if place.get(r["claim"], -1) > i:
                yield Found(r["kind"], tuple(r["reasons"]), claim, claims[place[r["claim"]]])


def describe(found: Found, text: str) -> Iterator[str]:
    """The relation in lines: kind and reasons, then who claims what how, in which sentence."""
    yield f"{found.kind}: {'; '.join(found.reasons)}"
    for claim in (found.first, found.second):
        sentence = text[claim["sentence"]["start"] : claim["sentence"]["end"]]
        yield f"  {_who(claim['claimant'])} ({claim['modality']}): {' '.join(claim['text'].split())}"
        yield f"    in: {' '.join(sentence.split())}"


def _who(claimant: Mapping[str, Any]) -> str:
    if claimant["kind"] == "author":
        return "the article"
    return " and ".join(s["name"] for s in claimant["speakers"]) or "somebody"


def main() -> None:
    """Draw, analyze and print."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.relations", description=__doc__)
    parser.add_argument("file", type=Path, help="articles with `id` and `text`, .jsonl or .jsonl.gz")
    parser.add_argument("--sample", type=int, default=300, help="how many articles")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first ones of this seed")
    parser.add_argument("--no-encoder", action="store_true", help="rules alone")
    args = parser.parse_args()
    sample = draw(read_lines(args.file), size=args.sample, seed=args.seed, skip=args.skip)
    run = predict(load_pipeline(encoder=not args.no_encoder), sample)
    kinds: Counter[str] = Counter()
    for document in sample:
        for found in relations_of(run.reports[document["id"]]):
            kinds[found.kind] += 1
            print(f"{document['id']}\n" + "\n".join(describe(found, document["text"])) + "\n")
    print(f"{len(sample)} articles: " + (", ".join(f"{n} {k}" for k, n in sorted(kinds.items())) or "none"))


if __name__ == "__main__":
    main()
