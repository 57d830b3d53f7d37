"""All measures of one gold set, flat, as `measure: number`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.calibration import expected_calibration_error, precision_above
from evaluation.entities import score_entities
from evaluation.gold import GoldSet
from evaluation.nested import score_nested
from evaluation.news import score_news
from evaluation.people import score_people
from evaluation.quotes import confidences, gold_frames, ranges_of, score_quotes
from evaluation.spans import characters, iou, trimmed
from evaluation.speakers import score_speakers

SURE = 0.9
"""The confidence at which nine in ten quotes are to be right."""


def measure(gold: GoldSet, reports: Mapping[str, Any]) -> dict[str, float]:
    """Score reports with every measure that the set has gold for."""
    out: dict[str, float] = {}
    if gold.has("attributions"):
        marked = spared(gold, reports) if gold.has("quotes") else reports
        out |= flatten(score_quotes(gold.documents, marked))
        scored = confidences(gold.documents, reports)
        out["calibration error"] = expected_calibration_error(scored)
        out[f"precision at {SURE}"], out[f"quotes at {SURE}"] = precision_above(scored, SURE)
    if gold.speakers:
        scores = score_speakers(gold.documents, gold.speakers, reports)
        out |= flatten({f"speakers.{k}": v["right"] for k, v in scores.items()})
    if gold.has("quotes"):
        out |= flatten(score_news(gold.documents, reports))
        out |= score_people(gold.documents, reports)
    elif gold.has("entities"):
        out |= flatten(score_entities(gold.documents, reports))
    if gold.has("quotes") and gold.has("attributions"):
        out |= flatten({"nested": score_nested(gold.documents, reports)})
    return out


def spared(gold: GoldSet, reports: Mapping[str, Any]) -> dict[str, Any]:
    """The reports without inner statements that match no attribution, where the gold marks inner ones too.

    `nested` measures those. The published measure of PolNeAR counts them, each as wrong, since its gold has
    outermost ones alone.
    """
    out = dict(reports)
    for document in gold.documents:
        text = document["text"]
        report = reports.get(document["id"])
        if report is None:
            continue
        wanted = [characters(frame.content) for frame in gold_frames(document)]
        kept = [
            q
            for q in report["quotes"]
            if not q.get("parent")
            or any(iou(g, characters(trimmed(text, ranges_of(q["content"])))) >= 0.5 for g in wanted)
        ]
        out[document["id"]] = {**report, "quotes": kept}
    return out


def flatten(scores: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested measures with their keys joined by dots."""
    out: dict[str, float] = {}
    for key, value in scores.items():
        if isinstance(value, Mapping):
            out |= flatten(value, f"{prefix}{key}.")
        else:
            out[prefix + key] = value
    return out
