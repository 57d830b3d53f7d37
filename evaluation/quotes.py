"""Attribution measures: content, source and cue against PolNeAR-like gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.spans import Range, characters, iou, match, percent, prf, quote_type, trimmed

ROLES = ("source", "cue", "content")
TYPES = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution with trimmed spans."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]
    type: str

    def agrees(self, other: Frame, role: str) -> bool:
        """Whether a role overlaps, or neither side has one."""
        mine, theirs = getattr(self, role), getattr(other, role)
        return bool(characters(mine) & characters(theirs)) or not (mine or theirs)


def gold_frames(document: Mapping[str, Any]) -> list[Frame]:
    """The attributions of a gold document that have content."""
    text = document["text"]
    out = []
    for a in document["attributions"]:
        spans = {role: trimmed(text, map(tuple, a.get(role) or ())) for role in ROLES}
        if spans["content"]:
            out.append(Frame(**spans, type=quote_type(text, a["content"])))
    return out


def predicted_frames(report: Mapping[str, Any], text: str) -> list[Frame]:
    """The quotes of a report that have content."""
    out = []
    for q in report["quotes"]:
        spans = {role: trimmed(text, ranges_of(q.get(role))) for role in ROLES}
        if spans["content"]:
            out.append(Frame(**spans, type=q.get("type", "indirect")))
    return out


def ranges_of(value: Any) -> list[Range]:
    """The spans of a role in a report: one object, a list of them, or none."""
    if not value:
        return []
    return [(s["start"], s["end"]) for s in (value if isinstance(value, list) else [value])]


def score_quotes(documents: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]) -> dict[str, Any]:
    """Score reports against gold attributions.

    Args:
        documents: gold, each with `id`, `text` and `attributions`.
        reports: by document id; a missing one counts as a report without quotes.

    Returns:
        Measures in percent, named as in the README of this folder.
    """
    n: Counter[str] = Counter()
    for document in documents:
        text = document["text"]
        gold = gold_frames(document)
        predicted = predicted_frames(reports.get(document["id"], {"quotes": []}), text)
        _count_fragments(n, gold, predicted)
        _count_marked(n, gold, predicted)
        _count_frames(n, gold, predicted)
    return {
        "attribution": prf(n["match"], n["pred"], n["match"], n["gold"]),
        "attribution+source": prf(n["match_source"], n["pred"], n["match_source"], n["gold"]),
        "attribution+source+cue": prf(n["match_both"], n["pred"], n["match_both"], n["gold"]),
        "source_on_matched": percent(n["source_right"], n["source_gold"]),
        "fragment_exact": {r: _role(n, "exact", r) for r in ROLES},
        "token": {r: _role(n, "chars", r) for r in ROLES},
        "recall_by_type": {t: percent(n["match_" + t], n["gold_" + t]) for t in TYPES},
        "marked_precision": percent(n["marked_right"], n["marked"]),
    }


def _role(n: Counter[str], kind: str, role: str) -> dict[str, float]:
    right = n[f"{kind}_right_{role}"]
    return prf(right, n[f"{kind}_pred_{role}"], right, n[f"{kind}_gold_{role}"])


def _count_fragments(n: Counter[str], gold: Iterable[Frame], predicted: Iterable[Frame]) -> None:
    for role in ROLES:
        wanted = {span for frame in gold for span in getattr(frame, role)}
        found = {span for frame in predicted for span in getattr(frame, role)}
        for kind, a, b in (("exact", wanted, found), ("chars", characters(wanted), characters(found))):
            n[f"{kind}_gold_{role}"] += len(a)
            n[f"{kind}_pred_{role}"] += len(b)
            n[f"{kind}_right_{role}"] += len(a & b)  # type: ignore[operator]


def _count_marked(n: Counter[str], gold: Iterable[Frame], predicted: Iterable[Frame]) -> None:
    content = characters(span for frame in gold for span in frame.content)
    for frame in predicted:
        if frame.type in ("direct", "mixed"):
            mine = characters(frame.content)
            n["marked"] += 1
            n["marked_right"] += len(mine & content) >= 0.5 * len(mine)


def _count_frames(n: Counter[str], gold: Sequence[Frame], predicted: Sequence[Frame]) -> None:
    n["gold"] += len(gold)
    n["pred"] += len(predicted)
    for frame in gold:
        n["gold_" + frame.type] += 1
    pairs = match([characters(g.content) for g in gold], [characters(p.content) for p in predicted])
    for i, j in pairs.items():
        g, p = gold[i], predicted[j]
        source, cue = g.agrees(p, "source"), g.agrees(p, "cue")
        n["match"] += 1
        n["match_" + g.type] += 1
        n["match_source"] += source
        n["match_both"] += source and cue
        if g.source:
            n["source_gold"] += 1
            n["source_right"] += source


def confidences(
    documents: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]
) -> list[tuple[float, bool]]:
    """Confidence of each predicted quote and whether a gold attribution matches it."""
    out = []
    for document in documents:
        text = document["text"]
        gold = [characters(g.content) for g in gold_frames(document)]
        quotes = [q for q in reports.get(document["id"], {"quotes": []})["quotes"] if not q.get("parent")]
        mine = [characters(trimmed(text, ranges_of(q["content"]))) for q in quotes]
        matched = set(match(gold, mine).values())
        for j, (quote, chars) in enumerate(zip(quotes, mine, strict=True)):
            right = j in matched or any(iou(g, chars) >= 0.5 for g in gold)
            out.append((float(quote["confidence"]), right))
    return out
