"""The lists beside the article in HTML: people and others, quotes, claims, warnings."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.render.certainty import Certainty
from onrecord.render.facts import (
    Places,
    Tally,
    by_prominence,
    nested,
    notices,
    quote_text,
    ranked,
    speaker_key,
    tallies,
    unnamed_speakers,
)
from onrecord.render.glosses import glossed
from onrecord.render.html_text import Colors, text_html
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
    said,
)
from onrecord.schema import Claim, Entity, EntityType, Quote, Report

GROUPS: tuple[tuple[str, EntityType], ...] = (("People", "PERSON"), ("Organisations", "ORG"))

ADDED = "added by onrecord, not in the text"
"""What a name put into a claim is, so that it is not taken for the reporter's own brackets."""

LIST_DEPTH = 3
"""Levels of nesting that the style sheet indents."""


def _swatch(hue: float | None) -> str:
    return (
        f'<span class="swatch" style="--hue:{hue}"></span>'
        if hue is not None
        else '<span class="swatch none"></span>'
    )


def _who(who: Who) -> str:
    sure = "" if who.sure else ' class="unsure"'
    return f"{text_html(who.before)}<b{sure}>{text_html(who.name)}</b>{text_html(who.after)}"


def people_list(entities: Sequence[Entity], quotes: Sequence[Quote], colors: Colors, text: str) -> str:
    """People and organisations with role, mentions and quotes; unnamed speakers; places run in.

    Args:
        entities: of the report.
        quotes: that are counted.
        colors: of the speakers.
        text: the article's, which tells whose a body is.
    """
    counts = tallies(quotes)
    out = []
    for title, kind in GROUPS:
        rows = []
        for entity in by_prominence([e for e in entities if e.type == kind]):
            told = description_of(entity, entities, text)
            role = f' <span class="role">{text_html(told)}</span>' if told else ""
            facts = [f"{len(entity.mentions)}×", said(counts.get(entity.id, Tally()))]
            rows.append(
                f"<li><span>{_swatch(colors.of(entity.id))}<b>{text_html(entity.name)}</b>{role}</span>"
                f'<span class="count">{" · ".join(f for f in facts if f)}</span></li>\n'
            )
        if rows:
            out.append(f'<h2>{title}</h2>\n<ul class="people">\n{"".join(rows)}</ul>\n')
    unnamed = unnamed_speakers(quotes)
    if unnamed:
        rows = [
            f"<li><span>{_swatch(colors.of(speaker_key(s)))}<b>{text_html(as_entry(s.name))}</b></span>"
            f'<span class="count">{said(counts.get(speaker_key(s), Tally()))}</span></li>\n'
            for s in unnamed
        ]
        out.append(f'<h2>Not named</h2>\n<ul class="people">\n{"".join(rows)}</ul>\n')
    places = by_prominence([e for e in entities if e.type == "PLACE"])
    if places:
        out.append(f"<h2>Places</h2>\n<p>{text_html(', '.join(e.name for e in places))}</p>\n")
    return "".join(out)


def quote_list(report: Report, quotes: Sequence[Quote], colors: Colors, prefix: str) -> str:
    """Quotes in order, each with a link to its place in the text."""
    places, certainty = Places(report.article), Certainty(report)
    rows = []
    for depth, quote in nested(quotes):
        flags = quote_flags(quote, certainty)
        facts = [*([flags] if flags else []), *quote_facts(quote, places, certainty)]
        rows.append(
            f'<li id="{prefix}-list-{quote.id}" class="depth{min(depth, LIST_DEPTH)}">'
            f"{_swatch(colors.of_quote(quote))}{_who(quote_who(quote, report))} "
            f'<a class="count" href="#{prefix}-{quote.id}">{text_html(" · ".join(facts))}</a>'
            f"<q>{text_html(quote_text(quote))}</q></li>\n"
        )
    return f'<h2>Who says what</h2>\n<ul class="quotes">\n{"".join(rows)}</ul>\n' if rows else ""


def claim_list(report: Report, claims: Sequence[Claim], prefix: str) -> str:
    """Claims by rank, each with a link to its place in the text."""
    places, certainty = Places(report.article), Certainty(report)
    rows = []
    order = ranked(claims)
    links = {c.id: f'<a href="#{prefix}-list-{c.id}">{c.id}</a>' for c in order}
    told = [glossed(claim, report.entities) for claim in order]
    for claim, (before, gloss, after) in zip(order, told, strict=True):
        words = f"{text_html(before)}{_gloss(gloss) if gloss else ''}{text_html(after)}"
        facts = claim_facts(claim, places, certainty)
        relations = "".join(
            f'<br><span class="unsure">{RELATION_WORDS[r.kind]}</span> '
            f"{links.get(r.claim, text_html(r.claim))}"
            for r in claim.relations
        )
        why = (
            f'<br><span class="role">why: {text_html("; ".join(reasons))}</span>'
            if (reasons := reasons_told(claim))
            else ""
        )
        rows.append(
            f'<li id="{prefix}-list-{claim.id}">{_who(claim_who(claim))} '
            f'<a class="count" href="#{prefix}-{claim.id}">{text_html(" · ".join(facts))}</a>'
            f"<q>{words}</q>{why}{relations}</li>\n"
        )
    if not rows:
        return ""
    legend = f'<p class="role">{_gloss("[Name]")} {ADDED}</p>\n' if any(g.gloss for g in told) else ""
    return f'<h2>Worth checking</h2>\n{legend}<ol class="claims">\n{"".join(rows)}</ol>\n'


def _gloss(words: str) -> str:
    return f'<ins class="gloss" title="{ADDED}">{text_html(words)}</ins>'


def warning_list(report: Report) -> str:
    """What the reader should know about the input."""
    places = Places(report.article)
    rows = []
    for notice in notices(report):
        place = places.label(notice.start) if notice.start is not None else ""
        rows.append(f"<li>{text_html(f'{place}: ' if place else '')}{text_html(notice.message)}</li>\n")
    return f'<h2>Warnings</h2>\n<ul class="warnings">\n{"".join(rows)}</ul>\n' if rows else ""
