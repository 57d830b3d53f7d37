"""Whom *they* and *it* stand for: two people named together, a group, a body, a document."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.antecedent_features import Pronoun
from onrecord.pipeline.referents import Place, Referent

THEY_REACH = 3
IT_REACH = 2
"""Sentences that *they* and *it* look back: beyond, polnear/train has more misses than hits."""

ACCEPT = 1.6
MARGIN = 0.3


def choose_plural(pronoun: Pronoun, referents: Sequence[Referent]) -> tuple[Referent | None, float, str]:
    """The group or pair that a plural pronoun stands for; organisations too, by preference last."""
    scored = []
    for r in referents:
        if not r.places or not (r.plural or r.members or r.kind == "organisation"):
            continue
        value = _nearness(pronoun, r.places[-1], THEY_REACH)
        if value is None:
            continue
        if r.members:
            value += 0.5
        if r.kind == "organisation":
            value -= 0.7
        scored.append((value, r.places[-1].start, r))
    return _pick(scored, "plural named last as a subject")


def choose_it(pronoun: Pronoun, referents: Sequence[Referent]) -> tuple[Referent | None, float, str]:
    """The organisation, place or document that *it* stands for."""
    scored = []
    for r in referents:
        if not r.places or r.plural or r.kind not in ("organisation", "document", "place"):
            continue
        value = _nearness(pronoun, r.places[-1], IT_REACH)
        if value is None:
            continue
        if r.kind == "place":
            value -= 0.6
        scored.append((value, r.places[-1].start, r))
    return _pick(scored, "thing named last as a subject")


def _nearness(pronoun: Pronoun, place: Place, reach: int) -> float | None:
    away = pronoun.sentence - place.sentence
    if away > reach or place.start >= pronoun.token:
        return None
    value = {0: 1.2, 1: 1.3}.get(away, 0.9 - 0.4 * (away - 2))
    value += 0.8 * place.subject - 0.4 * place.possessive
    value += 0.4 * (place.subject and pronoun.subject)
    value += 0.4 * (place.subject and away == 0)
    value -= 0.5 * (place.quoted != pronoun.quoted)
    return value


def _pick(scored: list[tuple[float, int, Referent]], reason: str) -> tuple[Referent | None, float, str]:
    scored.sort(key=lambda s: (-s[0], -s[1]))
    if not scored or scored[0][0] < ACCEPT:
        return None, 0.0, ""
    if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
        return None, 0.0, ""
    gap = scored[0][0] - scored[1][0] if len(scored) > 1 else 1.0
    return scored[0][2], min(0.9, 0.55 + 0.2 * gap), reason
