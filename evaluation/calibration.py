"""How far confidences are from the share that is right."""

from __future__ import annotations

from collections.abc import Sequence

BINS = 10
"""Equal-width bins of the expected calibration error (Guo et al. 2017)."""


def expected_calibration_error(scored: Sequence[tuple[float, bool]], *, bins: int = BINS) -> float:
    """Expected calibration error, in [0, 1].

    Args:
        scored: confidence in [0, 1] and whether the item was right.
        bins: number of equal-width bins.
    """
    if not scored:
        return 0.0
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in scored:
        groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
    gaps = (abs(sum(c for c, _ in g) - sum(r for _, r in g)) for g in groups if g)
    return round(sum(gaps) / len(scored), 3)


def precision_above(scored: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, int]:
    """Precision in percent of the items at or above a confidence, and how many they are."""
    kept = [right for confidence, right in scored if confidence >= threshold]
    return (round(100 * sum(kept) / len(kept), 1) if kept else 0.0), len(kept)
