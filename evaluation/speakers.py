"""Speaker names against gold: compared without case, titles, articles and middle names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluation.quotes import ranges_of
from evaluation.spans import characters, match, percent, trimmed

OPEN = frozenset({"GROUP", "UNNAMED", "DOCUMENT"})
"""Kinds of speakers without a proper name: any of them stands for any other."""

FORMS = ("name", "pronoun", "nominal", "relative", "named", "open", "matched")

_TITLE_WORDS = (
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative president "
    "vice\\ president prime\\ minister justice judge sgt sergeant capt captain col colonel gen general lt "
    "lieutenant rev reverend frau herr alhaji chief cllr councillor governor gov mayor minister secretary "
    "coach king queen prince princess pope"
)
_TITLES = "|".join(re.split(r"(?<!\\) ", _TITLE_WORDS)).replace("\\ ", " ")
_LEADING_TITLES = re.compile(rf"^(?:(?:{_TITLES})\.?\s+)+(?=\S)")


def normal(name: str) -> str:
    """A name in the form in which names are compared."""
    out = name.casefold().replace("’", "'").strip()
    out = re.sub(r"'s$|'$", "", out)
    out = re.sub(r"^(?:the|a|an)\s+", "", out)
    out = _LEADING_TITLES.sub("", out)
    return " ".join(re.sub(r"[.,\"“”]", "", out).split())


def same_name(a: str, b: str) -> bool:
    """Whether two normal names are equal, middle names aside."""
    if a == b:
        return True
    x, y = a.split(), b.split()
    return min(len(x), len(y)) > 1 and (x[0], x[-1]) == (y[0], y[-1])


def same_speakers(gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the sets of names agree; open kinds need only be open."""
    if not predicted:
        return False
    if all(g["kind"] in OPEN for g in gold):
        return all(p["type"] in OPEN for p in predicted)
    if len(gold) != len(predicted):
        return False
    left = [normal(p["name"]) for p in predicted]
    for g in gold:
        hit = next((name for name in left if same_name(normal(g["name"]), name)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def score_speakers(
    documents: Iterable[Mapping[str, Any]],
    speakers: Iterable[Mapping[str, Any]],
    reports: Mapping[str, Any],
) -> dict[str, Any]:
    """Score speaker names of the attributions that a predicted quote matches.

    Returns:
        Per form of the source the percentage that is right and how many there are.
    """
    wanted: dict[str, dict[str, Mapping[str, Any]]] = {}
    for s in speakers:
        wanted.setdefault(s["doc"], {})[s["id"]] = s
    by_id = {d["id"]: d for d in documents}
    total, seen, right = 0, Counter[str](), Counter[str]()
    for doc_id, gold in wanted.items():
        text = by_id[doc_id]["text"]
        attributions = [a for a in by_id[doc_id]["attributions"] if a["content"]]
        quotes = reports.get(doc_id, {"quotes": []})["quotes"]
        quotes = [q for q in quotes if trimmed(text, ranges_of(q.get("content")))]
        pairs = match(
            [characters(trimmed(text, map(tuple, a["content"]))) for a in attributions],
            [characters(trimmed(text, ranges_of(q["content"]))) for q in quotes],
        )
        for i, a in enumerate(attributions):
            g = gold.get(a["id"])
            if g is None or g["ambiguous"]:
                continue
            total += 1
            if i not in pairs:
                continue
            good = same_speakers(g["speakers"], quotes[pairs[i]].get("speakers") or [])
            named = any(s["kind"] not in OPEN for s in g["speakers"])
            for key in ("matched", g["source_form"], "named" if named else "open"):
                seen[key] += 1
                right[key] += good
    out: dict[str, Any] = {k: {"right": percent(right[k], seen[k]), "of": seen[k]} for k in FORMS if seen[k]}
    out["end_to_end"] = {"right": percent(right["matched"], total), "of": total}
    return out
