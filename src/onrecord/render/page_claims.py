"""What is worth checking, for the page: claims by rank, with claimant, modality and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.render.certainty import Certainty
from onrecord.render.facts import Places, ranked
from onrecord.render.glosses import glossed
from onrecord.render.layout import Line, Run, Style, headed, wrap
from onrecord.render.page_quotes import who_runs
from onrecord.render.phrases import RELATION_WORDS, claim_facts, claim_told, claim_who, reasons_told
from onrecord.schema import Claim, Report

MOST = 10
"""Claims listed unless all are asked for: what fits on one screen of a report."""


FEWEST = 3
"""Claims listed even if none of them seems worth much."""

LEAST_WORTH = 0.3
"""Claims below it are not listed unless all are asked for. On gold-news/dev 14 of 70 of them stand in a
sentence that is worth checking, of those up to .4 13 of 35, above 89 of 118."""

INDENT = 4
"""Cells that ranks take."""


def claim_lines(claims: Sequence[Claim], report: Report, *, width: int, everything: bool) -> list[Line]:
    """The section of claims of a report, most check-worthy first."""
    order = ranked(claims)
    shown = order if everything else _foremost(order)
    summary = f"{len(order)} found" if order else "nothing found"
    if len(shown) < len(order):
        summary = f"{len(shown)} of {len(order)}"
    head: Line = [Run("WORTH CHECKING", "head")]
    lines = headed([head], [Run(summary, "dim")], width=width)
    writer = _Writer(report, shown, width)
    for rank, claim in enumerate(shown, start=1):
        lines.append([])
        lines += writer.claim(claim, rank)
    if len(shown) < len(order):
        lines.append([])
        lines += wrap([Run("All of them: --only claims", "dim")], width=width, indent=2)
    return lines


def _foremost(order: Sequence[Claim]) -> Sequence[Claim]:
    """The claims at the head of all that fit on the page and are likely to be worth the work."""
    told: list[Claim] = []
    for claim in order:
        if not any(_is_told_by(claim, other) for other in told):
            told.append(claim)
    worth = sum(c.check_worthy >= LEAST_WORTH for c in told)
    return told[: min(MOST, max(FEWEST, worth))]


def _is_told_by(claim: Claim, other: Claim) -> bool:
    """Whether a claim that nobody named makes stands word for word in another one.

    *the supposed agreement* in *raises questions about whether the supposed agreement was genuine*
    """
    named = any(s.entity is not None for s in claim.claimant.speakers)
    return not named and other.start <= claim.start and claim.end <= other.end


def _common(claims: Sequence[Claim]) -> frozenset[str]:
    """Reasons of more than half of these claims, which tell a reader of none of them in particular."""
    counts = Counter(reason for claim in claims for reason in claim.reasons)
    return frozenset(r for r, n in counts.items() if len(claims) > FEWEST and n > len(claims) / 2)


class _Writer:
    def __init__(self, report: Report, shown: Sequence[Claim], width: int) -> None:
        self._places = Places(report.article)
        self._certainty = Certainty(report)
        self._entities = report.entities
        self._by_id = {c.id: c for c in report.claims}
        self._common = _common(shown)
        self._width = width

    def claim(self, claim: Claim, rank: int) -> Iterator[Line]:
        facts: Line = [Run(" · ".join(claim_facts(claim, self._places, self._certainty)), "dim")]
        lead = Run(f"{rank}  ", "dim")
        runs = who_runs(claim_who(claim))
        who = wrap(runs, width=self._width, indent=INDENT, hanging=INDENT + 2, lead=lead)
        yield from headed(who, facts, width=self._width)
        before, gloss, after = glossed(claim, self._entities)
        words = [Run(before, "quote"), Run(gloss, "dim"), Run(after, "quote")]
        yield from wrap(words, width=self._width, indent=INDENT + 2)
        why = reasons_told(claim)
        reasons = [r for r in why if r not in self._common] or why
        if reasons:
            words = [Run(f"why: {'; '.join(reasons)}", "dim")]
            yield from wrap(words, width=self._width, indent=INDENT + 2, hanging=INDENT + 7)
        for relation in claim.relations:
            other = self._by_id.get(relation.claim)
            told = f"{relation.claim}, {claim_told(other)}" if other else relation.claim
            style: Style = "dim" if relation.kind == "repeats" else "alarm"
            beside = [Run(f"{RELATION_WORDS[relation.kind]} ", style), Run(told)]
            yield from wrap(beside, width=self._width, indent=INDENT + 2, hanging=INDENT + 4)
