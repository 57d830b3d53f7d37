"""Markdown: the page as a note that other programs can show. Article text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from onrecord.render.certainty import Certainty
from onrecord.render.facts import (
    Places,
    Tally,
    by_prominence,
    facts_line,
    headline,
    hidden_modes,
    in_the_story,
    nested,
    notices,
    quote_text,
    ranked,
    speaker_key,
    tallies,
    unnamed_speakers,
)
from onrecord.render.glosses import glossed
from onrecord.render.neutral import neutral
from onrecord.render.owners import as_entry
from onrecord.render.phrases import (
    RELATION_WORDS,
    Who,
    claim_facts,
    claim_who,
    description_of,
    quote_facts,
    quote_flags,
    quote_who,
    reasons_told,
)
from onrecord.render.selection import Selection, select, spoken
from onrecord.schema import Claim, Entity, Quote, Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$])")
_EMOJI_CODE = re.compile(r":(?=[\w+-]+:)")
_BLOCK_START = re.compile(r"^(\s*)([-+=#]|\d+(?=[.)]))")


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection | None = None) -> None:
    """Write the reports one after the other, each under a heading of the first level."""
    for i, report in enumerate(reports):
        out.write(("\n" if i else "") + "\n".join(_lines(report, selection or Selection())) + "\n")
        out.flush()


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    text = _EMOJI_CODE.sub(r"\:", _SPECIAL.sub(r"\\\1", neutral(text)))
    return _BLOCK_START.sub(_escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    # A number is escaped at the point or bracket that would make it a list.
    return match[1] + (match[2] + "\\" if match[2].isdigit() else "\\" + match[2])


def _lines(report: Report, selection: Selection) -> Iterator[str]:
    shown = select(report, selection)
    places = Places(report.article)
    yield f"# {escape(headline(report.article))}"
    yield ""
    yield f"*{escape(facts_line(report.article))}*"
    if selection.shows("people"):
        cast = in_the_story(shown.entities, report.article)
        yield from _entities(
            cast, spoken(report, selection), report.article.text, everything=selection.shows("entities")
        )
    if selection.shows("quotes"):
        hidden = 0 if selection.all_modes else hidden_modes(report)
        yield from _quotes(shown.quotes, report, hidden)
    if selection.shows("claims"):
        yield from _claims(shown.claims, report)
    found = notices(report)
    if found:
        yield from ("", "## Warnings", "")
    for notice in found:
        place = places.label(notice.start) if notice.start is not None else ""
        yield f"- {f'{place}: ' if place else ''}{escape(notice.message)}"


def _entities(
    entities: Sequence[Entity], quotes: Sequence[Quote], text: str, *, everything: bool
) -> Iterator[str]:
    counts = tallies(quotes)
    tables: list[tuple[str, list[tuple[str, str, int | str, Tally]]]] = []
    for title, kind in (("People", "PERSON"), ("Organisations", "ORG")):
        rows: list[tuple[str, str, int | str, Tally]] = [
            (e.name, description_of(e, entities, text), len(e.mentions), counts.get(e.id, Tally()))
            for e in by_prominence([e for e in entities if e.type == kind])
        ]
        tables.append((title, rows))
    if everything:
        unnamed = [
            (as_entry(s.name), "", "", counts.get(speaker_key(s), Tally())) for s in unnamed_speakers(quotes)
        ]
        tables.append(("Not named", list(unnamed)))
    for title, rows in tables:
        if not rows:
            continue
        yield from ("", f"## {title}", "")
        yield from ("| Name | Role | Mentions | Quoted | Reported |", "|---|---|--:|--:|--:|")
        for name, role, mentions, tally in rows:
            yield (
                f"| {escape(name)} | {escape(role)} | {mentions} | {tally.quoted or ''} | "
                f"{tally.reported or ''} |"
            )
    named = by_prominence([e for e in entities if e.type == "PLACE"])
    if named:
        yield from ("", "## Places", "")
        yield ", ".join(escape(e.name) for e in named)


def _quotes(quotes: Sequence[Quote], report: Report, hidden: int) -> Iterator[str]:
    places, certainty = Places(report.article), Certainty(report)
    yield from ("", "## Who says what")
    if not quotes:
        yield from ("", "Nothing found.")
    for depth, quote in nested(quotes):
        bar = "> " * depth
        yield ""
        flags = quote_flags(quote, certainty)
        facts = ", ".join([*([flags] if flags else []), *quote_facts(quote, places, certainty)])
        yield f"{bar}{_who(quote_who(quote, report))} ({facts})"
        yield bar.rstrip()
        yield f"{bar}> {escape(quote_text(quote))}"
    if hidden:
        yield from ("", f"Left out: {hidden} of belief or evidence, not of speech.")


def _who(who: Who) -> str:
    name = f"**{escape(who.name)}**" if who.sure else escape(who.name)
    return f"{escape(who.before)}{name}{escape(who.after)}"


def _claims(claims: Sequence[Claim], report: Report) -> Iterator[str]:
    places, certainty = Places(report.article), Certainty(report)
    yield from ("", "## Worth checking")
    if not claims:
        yield from ("", "Nothing found.")
    for rank, claim in enumerate(ranked(claims), start=1):
        yield ""
        yield f"{rank}. {_who(claim_who(claim))} ({', '.join(claim_facts(claim, places, certainty))})"
        yield ""
        before, gloss, after = glossed(claim, report.entities)
        # Emphasis, for the reporter's own brackets stand in the words too.
        yield f"   > {escape(before)}*{escape(gloss)}*{escape(after)}" if gloss else f"   > {escape(before)}"
        if reasons := reasons_told(claim):
            yield ""
            yield f"   Why: {escape('; '.join(reasons))}"
        for relation in claim.relations:
            yield ""
            yield f"   **{RELATION_WORDS[relation.kind].capitalize()}** {relation.claim}"
