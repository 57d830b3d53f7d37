"""Reports as rows, for spreadsheets: quotes, entities, claims, warnings. The text is as it was found."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.render.certainty import Certainty
from onrecord.render.facts import (
    Places,
    Tally,
    headline,
    is_uncertain,
    notices,
    quote_text,
    ranked,
    tallies,
)
from onrecord.render.phrases import claim_who, quantity_told
from onrecord.render.selection import Selection, select, spoken
from onrecord.schema import Claim, Entity, Quote, Report

Cell = str | int | float | None
Row = tuple[Cell, ...]

QUOTE_COLUMNS = (
    "article", "title", "paragraph", "speaker", "speaker type", "uncertain", "type", "mode", "quote", "cue",
    "source", "flags", "inside", "confidence", "start", "end", "id",
)  # fmt: skip
ENTITY_COLUMNS = (
    "article", "name", "type", "role", "also as", "mentions", "quoted", "reported", "first paragraph",
    "perhaps same as", "id",
)  # fmt: skip
CLAIM_COLUMNS = (
    "article", "rank", "paragraph", "claimant", "via", "claim", "modality", "types", "numbers", "hedges",
    "check-worthy", "verifiable", "why", "relations", "quote", "start", "end", "id",
)  # fmt: skip
WARNING_COLUMNS = ("article", "warning", "code", "paragraph", "start", "end")

LIST = "; "
"""Between several values in one cell or column."""


def quote_rows(report: Report, selection: Selection) -> Iterator[Row]:
    """One row a quote, in text order as in the report, as sure as it and the name beside it are together."""
    places, certainty = Places(report.article), Certainty(report)
    for quote in select(report, selection).quotes:
        yield _quote(report, quote, places, certainty)


def _quote(report: Report, quote: Quote, places: Places, certainty: Certainty) -> Row:
    return (
        report.article.id,
        headline(report.article),
        places.number(quote.content[0].start),
        LIST.join(s.name for s in quote.speakers),
        LIST.join(s.type for s in quote.speakers),
        "yes" if is_uncertain(quote) else "",
        quote.type,
        quote.mode,
        quote_text(quote),
        quote.cue.text if quote.cue else "",
        quote.source.text if quote.source else "",
        LIST.join(quote.flags),
        quote.parent or "",
        certainty.of(quote),
        quote.content[0].start,
        quote.content[-1].end,
        quote.id,
    )


def entity_rows(report: Report, selection: Selection) -> Iterator[Row]:
    """One row an entity."""
    places = Places(report.article)
    counts = tallies(spoken(report, selection))
    names = {e.id: e.name for e in report.entities}
    for entity in select(report, selection).entities:
        yield _entity(report, entity, places, counts.get(entity.id, Tally()), names)


def _entity(report: Report, entity: Entity, places: Places, tally: Tally, names: dict[str, str]) -> Row:
    return (
        report.article.id,
        entity.name,
        entity.type,
        LIST.join(dict.fromkeys(r.text for r in entity.roles)),
        LIST.join(entity.aliases),
        len(entity.mentions),
        tally.quoted,
        tally.reported,
        places.number(entity.mentions[0].start) if entity.mentions else None,
        LIST.join(names.get(c, c) for c in entity.candidates),
        entity.id,
    )


def claim_rows(report: Report, selection: Selection) -> Iterator[Row]:
    """One row a claim, most check-worthy first within an article."""
    places = Places(report.article)
    for rank, claim in enumerate(ranked(select(report, selection).claims), start=1):
        yield _claim(report, claim, rank, places)


def _claim(report: Report, claim: Claim, rank: int, places: Places) -> Row:
    return (
        report.article.id,
        rank,
        places.number(claim.start),
        claim_who(claim).name,
        LIST.join(claim.via),
        claim.text,
        claim.modality,
        LIST.join(claim.types),
        LIST.join(quantity_told(q) for q in claim.quantities),
        LIST.join(h.text for h in claim.hedges),
        claim.check_worthy,
        claim.verifiable,
        LIST.join(claim.reasons),
        LIST.join(f"{r.kind} {r.claim}" for r in claim.relations),
        claim.quote or "",
        claim.start,
        claim.end,
        claim.id,
    )


def warning_rows(report: Report) -> Iterator[Row]:
    """One row a warning."""
    places = Places(report.article)
    for notice in notices(report):
        number = places.number(notice.start) if notice.start is not None else None
        yield (
            report.article.id,
            notice.message,
            notice.code,
            number,
            notice.start,
            notice.end,
        )
