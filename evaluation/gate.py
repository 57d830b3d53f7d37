"""`python -m evaluation.gate`: fails where a measure fell on the sets that the repository holds.

The pins stand in `baseline.json`. `--update` raises pins that were exceeded; it lowers none, and drops none
of what was not measured, unless `--lower "why"` is given; the reason is then kept beside the pins.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.gold import own_sets
from evaluation.measures import measure
from evaluation.predict import predict
from onrecord.pipeline.build import load_pipeline

BASELINE = Path(__file__).with_name("baseline.json")

EPSILON = 0.5
"""Percentage points a measure may fall: float differences between machines flip single spans."""

PINNED = (
    "attribution.f",
    "attribution+source.f",
    "marked_precision",
    "recall_by_type.direct",
    "quotes.f",
    "quotes with speaker.f",
    "nested.f",
    "entities half.f",
    "entities whole recall",
)


def current() -> dict[str, dict[str, float]]:
    """The pinned measures of every own set, with and without the learned model."""
    out: dict[str, dict[str, float]] = {}
    for label, encoder in (("", True), (" (rules)", False)):
        loaded = load_pipeline(encoder=encoder)
        for gold in own_sets():
            scores = measure(gold, predict(loaded, gold.documents).reports)
            out[gold.name + label] = {key: scores[key] for key in PINNED if key in scores}
    return out


def unmeasured(pins: Mapping[str, Mapping[str, Any]], scores: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each pin of a set or measure that is missing from the scores."""
    return [
        f"{name}: {key} is pinned at {pin} and was not measured"
        for name, wanted in pins.items()
        for key, pin in wanted.items()
        if key not in scores.get(name, {})
    ]


def compare(pins: Mapping[str, Mapping[str, Any]], scores: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each pin that is missed by more than epsilon or no longer measured."""
    falls = [
        f"{name}: {key} fell to {value} from {pin}"
        for name, wanted in pins.items()
        for key, pin in wanted.items()
        if (value := scores.get(name, {}).get(key)) is not None and value < pin - EPSILON
    ]
    return [*falls, *unmeasured(pins, scores)]


def raised(
    pins: Mapping[str, Mapping[str, float]], scores: Mapping[str, Mapping[str, float]], *, lower: bool
) -> dict[str, dict[str, float]]:
    """New pins: the better of old and new, old ones that were not measured too; with `lower` the new ones."""
    if lower:
        return {name: dict(values) for name, values in scores.items()}
    out = {name: dict(old) for name, old in pins.items()}
    for name, values in scores.items():
        old = out.setdefault(name, {})
        old |= {k: max(v, old.get(k, v)) for k, v in values.items()}
    return out


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.gate", description=__doc__)
    parser.add_argument("--update", action="store_true", help="raise the pins that were exceeded")
    parser.add_argument(
        "--lower", metavar="WHY", help="with --update: allow lower pins, and fewer, for this reason"
    )
    args = parser.parse_args()
    stored = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {"pins": {}, "lowered": []}
    if not stored["pins"] and not args.update:
        # A gate without pins would be open to anything.
        print(f"gate: {BASELINE.name} pins nothing; type: python -m evaluation.gate --update")
        return 1
    scores = current()
    for name, values in scores.items():
        print(name, " ".join(f"{key}={value}" for key, value in values.items()))
    if args.update:
        missing = unmeasured(stored["pins"], scores)
        for line in missing:
            print(line)
        if missing and not args.lower:
            print('gate: nothing was updated; restore these sets, or drop their pins: --update --lower "why"')
            return 1
        stored["pins"] = raised(stored["pins"], scores, lower=bool(args.lower))
        if args.lower:
            stored["lowered"].append(args.lower)
        BASELINE.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
        return 0
    falls = compare(stored["pins"], scores)
    for line in falls:
        print(line)
    print("gate:", f"{len(falls)} measures fell" if falls else "no measure fell")
    return 1 if falls else 0


if __name__ == "__main__":
    raise SystemExit(main())
