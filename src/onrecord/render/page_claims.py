"""What is worth checking, for the page: claims by rank, with claimant, modality and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.render.facts import Places, ranked
from onrecord.render.layout import Line, Run, Style, headed, wrap
from onrecord.render.page_quotes import who_runs
from onrecord.render.phrases import RELATION_WORDS, claim_facts, claim_told, claim_who
from onrecord.schema import Claim

MOST = 10
"""Claims listed unless all are asked for: what fits on one screen of a report."""


INDENT = 4
"""Cells that ranks take."""


def claim_lines(claims: Sequence[Claim], places: Places, *, width: int, everything: bool) -> list[Line]:
    """The section of claims, most check-worthy first."""
    order = ranked(claims)
    shown = order if everything else order[:MOST]
    summary = f"{len(order)} found" if order else "nothing found"
    if len(shown) < len(order):
        summary = f"{len(shown)} of {len(order)}"
    head: Line = [Run("WORTH CHECKING", "head")]
    lines = headed([head], [Run(summary, "dim")], width=width)
    by_id = {c.id: c for c in claims}
    for rank, claim in enumerate(shown, start=1):
        lines.append([])
        lines += _claim(claim, rank, by_id, places, width)
    if len(shown) < len(order):
        lines.append([])
        lines += wrap([Run("All of them: --only claims", "dim")], width=width, indent=2)
    return lines


def _claim(claim: Claim, rank: int, by_id: dict[str, Claim], places: Places, width: int) -> Iterator[Line]:
    facts: Line = [Run(" · ".join(claim_facts(claim, places)), "dim")]
    lead = Run(f"{rank}  ", "dim")
    who = wrap(who_runs(claim_who(claim)), width=width, indent=INDENT, hanging=INDENT + 2, lead=lead)
    yield from headed(who, facts, width=width)
    yield from wrap([Run(claim.text, "quote")], width=width, indent=INDENT + 2)
    if claim.reasons:
        runs = [Run(f"why: {'; '.join(claim.reasons)}", "dim")]
        yield from wrap(runs, width=width, indent=INDENT + 2, hanging=INDENT + 7)
    for relation in claim.relations:
        other = by_id.get(relation.claim)
        told = f"{relation.claim}, {claim_told(other)}" if other else relation.claim
        style: Style = "dim" if relation.kind == "repeats" else "alarm"
        runs = [Run(f"{RELATION_WORDS[relation.kind]} ", style), Run(told)]
        yield from wrap(runs, width=width, indent=INDENT + 2, hanging=INDENT + 4)
