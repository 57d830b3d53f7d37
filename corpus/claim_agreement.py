"""How far two readers of claims agree: `python corpus/claim_agreement.py`.

Prints for each label of `claims.jsonl` the share of claims of `claims-second.jsonl` with the same value, and
Cohen's kappa (1960), which takes away what chance gives.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LABELS = ("verifiable", "subjective", "worth checking", "factuality", "modality")


def read(name: str) -> dict[tuple[str, int, int], list[Any]]:
    """Labels by article and span."""
    rows = map(json.loads, (HERE / name).read_text("utf-8").splitlines())
    return {(row["id"], start, end): labels for row in rows for start, end, *labels in row["claims"]}


def kappa(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Cohen's kappa of two readers' values."""
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    ours, theirs = Counter(first), Counter(second)
    chance = sum(ours[v] * theirs[v] for v in ours) / len(first) ** 2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def main() -> None:
    """Print the table."""
    first, second = read("claims.jsonl"), read("claims-second.jsonl")
    print(f"{len(second)} claims")
    for k, label in enumerate(LABELS):
        ours, theirs = [first[key][k] for key in second], [second[key][k] for key in second]
        same = sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours)
        print(f"{label:15} {100 * same:.1f} % the same, kappa {kappa(ours, theirs):.2f}")


if __name__ == "__main__":
    main()
