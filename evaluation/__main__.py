"""`python -m evaluation`: every measure, with peers' figures and goals beside ours."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.gold import GoldSet, other_sets, own_sets, published_sets
from evaluation.measures import measure
from evaluation.predict import predict
from onrecord.pipeline.build import load_pipeline

PEERS = Path(__file__).with_name("peers.toml")


def table(gold: GoldSet, scores: Mapping[str, float], peers: Mapping[str, Mapping[str, float]]) -> str:
    """One line a measure: ours, the goal, the others."""
    width = max(len(key) for key in scores)
    lines = [f"{gold.name}: {len(gold.documents)} documents"]
    for key, value in scores.items():
        others = dict(peers.get(key, {}))
        goal = others.pop("goal", None)
        note = f"  goal {goal:g}" if goal is not None else ""
        note += "".join(f"  {name} {figure:g}" for name, figure in others.items())
        lines.append(
            f"  {key:{width}} {value:7.3f}{note}" if value < 1 else f"  {key:{width}} {value:7.1f}{note}"
        )
    return "\n".join(lines)


def chosen(sets: Sequence[GoldSet], only: str | None) -> list[GoldSet]:
    """All sets, or the one with a name.

    Raises:
        ValueError: none has it.
    """
    found = [gold for gold in sets if only in (None, gold.name)]
    if not found:
        known = ", ".join(gold.name for gold in sets)
        raise ValueError(f"there is no set {only} here; there are {known}; --corpora FOLDER adds others")
    return found


def main() -> int:
    """Run the pipeline over the gold sets and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder of the published corpora")
    parser.add_argument("--only", help="name of one set, such as polnear/dev or corpus/test")
    parser.add_argument("--no-encoder", action="store_true", help="rules alone")
    parser.add_argument("--save", type=Path, help="folder for the reports, one .jsonl a set")
    args = parser.parse_args()
    if args.corpora and not args.corpora.is_dir():
        parser.error(f"--corpora: there is no folder {args.corpora}")
    peers = tomllib.loads(PEERS.read_text("utf-8"))
    sets = [*own_sets(), *(published_sets(args.corpora) if args.corpora else ())]
    sets += other_sets(args.corpora) if args.only else ()
    try:
        wanted = chosen(sets, args.only)
    except ValueError as error:
        parser.error(f"--only: {error}")
    loaded = load_pipeline(encoder=not args.no_encoder)
    for gold in wanted:
        run = predict(loaded, gold.documents)
        if args.save:
            args.save.mkdir(parents=True, exist_ok=True)
            lines = (json.dumps({"id": key} | report) + "\n" for key, report in run.reports.items())
            target = args.save / f"{gold.name.replace('/', '-')}.jsonl"
            target.write_text("".join(lines), "utf-8")
        print(table(gold, measure(gold, run.reports), peers.get(gold.name, {})))
        print(f"  words a second: {run.words_per_second:.0f}\n", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
