"""What is worth checking, for the page: claims by rank, with claimant, modality and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.render.facts import Places, claimant_name, ranked
from onrecord.render.layout import Line, Run, Style, spread, wrap
from onrecord.schema import Claim, RelationKind

MOST = 10
"""Claims listed unless all are asked for: what fits on one screen of a report."""

RELATION_WORDS: dict[RelationKind, str] = {
    "contradicts": "contradicts",
    "contrasts": "contrasts with",
    "repeats": "repeats",
}


def claim_lines(claims: Sequence[Claim], places: Places, *, width: int, everything: bool) -> list[Line]:
    """The section of claims, most check-worthy first."""
    order = ranked(claims)
    shown = order if everything else order[:MOST]
    summary = f"{len(order)} found" if order else "nothing found"
    if len(shown) < len(order):
        summary = f"{len(shown)} of {len(order)}"
    head: Line = [Run("WORTH CHECKING", "head")]
    lines: list[Line] = [spread(head, [Run(summary, "dim")], width=width) or head]
    by_id = {c.id: c for c in claims}
    for rank, claim in enumerate(shown, start=1):
        lines.append([])
        lines += _claim(claim, rank, by_id, places, width)
    if len(shown) < len(order):
        lines.append([])
        lines += wrap([Run("All of them: --only claims", "dim")], width=width, indent=2)
    return lines


def _claim(claim: Claim, rank: int, by_id: dict[str, Claim], places: Places, width: int) -> Iterator[Line]:
    place = places.label(claim.start)
    facts = [claim.modality, *([place] if place else []), f"check {claim.check_worthy * 100:.0f}", claim.id]
    right: Line = [Run(" · ".join(facts), "dim")]
    number = f"{rank:>2} "
    who = wrap([Run(number, "dim"), Run(claimant_name(claim), "name")], width=width, indent=0, hanging=5)
    joined = spread(who[0], right, width=width) if len(who) == 1 else None
    if joined is not None:
        yield joined
    else:
        yield from who
        yield from wrap(right, width=width, indent=5)
    yield from wrap([Run(claim.text, "quote")], width=width, indent=5)
    if claim.reasons:
        yield from wrap([Run(f"why: {'; '.join(claim.reasons)}", "dim")], width=width, indent=5, hanging=10)
    for relation in claim.relations:
        other = by_id.get(relation.claim)
        told = f"{relation.claim}, {claimant_name(other)}: {other.text}" if other else relation.claim
        style: Style = "alarm" if relation.kind != "repeats" else "dim"
        runs = [Run(f"{RELATION_WORDS[relation.kind]} ", style), Run(told)]
        yield from wrap(runs, width=width, indent=5, hanging=7)
