"""A fact-check sheet in Markdown: each claim with a box to tick, who makes it and what to search for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from onrecord.render.facts import Places, facts_line, headline, ranked
from onrecord.render.markdown import escape
from onrecord.render.neutral import neutral
from onrecord.render.phrases import RELATION_WORDS, claim_told, claim_who, quantity_told, reasons_told
from onrecord.render.queries import search_queries
from onrecord.render.selection import Selection, select, with_names
from onrecord.schema import DATE, RANK, Claim, Report

LEAST = 0.5
"""Check-worthiness from which a claim gets a place on the sheet; the measures count from there too."""


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection | None = None) -> None:
    """Write one sheet a report.

    Raises:
        UsageError: the selection leaves claims out.
    """
    wanted = with_names(selection or Selection(), "a fact-check sheet")
    for i, report in enumerate(reports):
        out.write(("\n" if i else "") + "\n".join(sheet(select(report, wanted))) + "\n")
        out.flush()


def sheet(report: Report) -> Iterator[str]:
    """The lines of one article's sheet."""
    claims = [c for c in ranked(report.claims) if c.check_worthy >= LEAST]
    places = Places(report.article)
    yield f"# To check: {escape(headline(report.article))}"
    yield ""
    yield f"*{escape(facts_line(report.article))}*"
    yield ""
    left = len(report.claims) - len(claims)
    yield f"{len(claims)} worth checking, {left} left out. No claim here has been judged true or false."
    for rank, claim in enumerate(claims, start=1):
        yield ""
        yield from _entry(claim, rank, report, places)


def _entry(claim: Claim, rank: int, report: Report, places: Places) -> Iterator[str]:
    who = claim_who(claim)
    yield f"- [ ] **{rank}. {escape(claim.text)}**"
    place = places.label(claim.start)
    facts = [f"{claim.modality}", *([place] if place else []), claim.id]
    yield f"  - {escape(who.name + who.after)} ({', '.join(facts)})"
    if claim.sentence.text != claim.text:
        yield f"  - In full: {escape(claim.sentence.text)}"
    if reasons := reasons_told(claim):
        yield f"  - Why: {escape('; '.join(reasons))}"
    if claim.hedges:
        yield f"  - Hedged by: {escape(', '.join(h.text for h in claim.hedges))}"
    figures = [q.text for q in claim.quantities if q.unit not in (DATE, RANK)]
    if figures:
        yield f"  - Figures: {escape(', '.join(figures))}"
    ranks = [q.text for q in claim.quantities if q.unit == RANK]
    if ranks:
        yield f"  - Ranks: {escape(', '.join(ranks))}"
    days = [quantity_told(q) for q in claim.quantities if q.unit == DATE]
    if days:
        yield f"  - Dates: {escape(', '.join(days))}"
    yield from _disputes(claim, report.claims)
    for query in search_queries(claim, report):
        yield f"  - Search: {_code(query)}"
    yield "  - [ ] Source asked or found: "
    yield "  - [ ] Verdict: "


def _disputes(claim: Claim, claims: Sequence[Claim]) -> Iterator[str]:
    by_id = {c.id: c for c in claims}
    for relation in claim.relations:
        other = by_id.get(relation.claim)
        if other is not None:
            words = f"{RELATION_WORDS[relation.kind].capitalize()} {claim_told(other)}"
            yield f"  - {escape(words)}"


def _code(query: str) -> str:
    """The query to copy: in a code span whose fence it does not hold."""
    query = " ".join(neutral(query).split())
    fence = "`"
    while fence in query:
        fence += "`"
    pad = " " if "`" in query else ""
    return f"{fence}{pad}{query}{pad}{fence}"
