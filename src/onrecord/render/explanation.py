"""Why a quote, an entity or a claim is in the report: the evidence, with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.render.facts import Places, is_uncertain, quote_text
from onrecord.render.layout import Line, Run, Style, wrap
from onrecord.render.page_quotes import who_runs
from onrecord.render.phrases import FLAG_WORDS, claim_who, quote_who
from onrecord.schema import Article, Claim, Entity, Mention, Quote, Report, Span

CONTEXT = 160
"""Characters of text shown before and after, about two lines of a page."""

LABEL = 14
"""Cells that labels take, with the indent."""


def explanation(report: Report, name: str, *, width: int) -> list[Line]:
    """What is known about the thing with this id.

    Raises:
        KeyError: the report holds nothing with this id.
    """
    for quote in report.quotes:
        if quote.id == name:
            return list(_quote(report, quote, width))
    for entity in report.entities:
        if entity.id == name:
            return list(_entity(report, entity, width))
    for claim in report.claims:
        if claim.id == name:
            return list(_claim(report, claim, width))
    raise KeyError(name)


def _quote(report: Report, quote: Quote, width: int) -> Iterator[Line]:
    places = Places(report.article)
    yield from _title(quote.id, f"{quote.type} quotation, {quote.mode}", quote.confidence, width)
    yield []
    yield from wrap(who_runs(quote_who(quote)), width=width, indent=2)
    yield from wrap([Run(quote_text(quote), "quote")], width=width, indent=4)
    yield []
    marked: list[tuple[int, int, Style]] = [(s.start, s.end, "title") for s in quote.content]
    marked += [(s.start, s.end, "warn") for s in (quote.cue, quote.source) if s]
    yield from _in_text(report.article, places, marked, width)
    yield from _reasons(quote.reasons, width)
    yield []
    if quote.cue:
        yield from _row("cue", _at(quote.cue, places), width)
    if quote.source:
        yield from _row("source", _at(quote.source, places), width)
    yield from _speakers(report, quote, places, width)
    flags = [FLAG_WORDS.get(f, f.replace("_", " ")) for f in quote.flags]
    if flags:
        yield from _row("flags", ", ".join(flags), width)
    if quote.parent:
        yield from _row("inside", quote.parent, width)
    holds = [q.id for q in report.quotes if q.parent == quote.id]
    if holds:
        yield from _row("holds", ", ".join(holds), width)
    claims = [c.id for c in report.claims if c.quote == quote.id]
    if claims:
        yield from _row("claims", ", ".join(claims), width)
    yield from _row("offsets", ", ".join(f"{s.start}–{s.end}" for s in quote.content), width)


def _speakers(report: Report, quote: Quote, places: Places, width: int) -> Iterator[Line]:
    by_id = {e.id: e for e in report.entities}
    if is_uncertain(quote):
        yield from _row("speaker", "not certain: the evidence does not decide", width)
    for speaker in quote.speakers:
        told = f"{speaker.name} ({speaker.type.lower()}{f', {speaker.entity}' if speaker.entity else ''})"
        yield from _row("speaker", told, width)
        entity = by_id.get(speaker.entity or "")
        if entity and quote.source:
            chain = _chain(entity, quote.source)
            if chain:
                yield from _row("through", " ← ".join(_link(m, places) for m in chain), width)


def _chain(entity: Entity, source: Span) -> list[Mention]:
    """The mention in the source and those before it, back to the last one by name."""
    before = [m for m in entity.mentions if m.start < source.end]
    inside = [m for m in before if m.end > source.start]
    if not inside or inside[-1].kind == "name":
        return []
    chain = []
    for mention in reversed(before[: before.index(inside[-1]) + 1]):
        chain.append(mention)
        if mention.kind == "name":
            break
    return chain


def _link(mention: Mention, places: Places) -> str:
    place = places.label(mention.start)
    return f"“{mention.text}” {f'{place}, ' if place else ''}{mention.kind} {mention.confidence:.0%}"


def _entity(report: Report, entity: Entity, width: int) -> Iterator[Line]:
    places = Places(report.article)
    yield from _title(entity.id, entity.type.lower(), None, width)
    yield []
    yield from wrap([Run(entity.name, "name")], width=width, indent=2)
    yield []
    if entity.aliases:
        yield from _row("also as", ", ".join(entity.aliases), width)
    for role in entity.roles:
        yield from _row("role", _at(role, places), width)
    names = {e.id: e.name for e in report.entities}
    for candidate in entity.candidates:
        yield from _row("perhaps", f"the same as {names.get(candidate, '?')} ({candidate})", width)
    spoken = [q.id for q in report.quotes if any(s.entity == entity.id for s in q.speakers)]
    if spoken:
        yield from _row("speaks in", ", ".join(spoken), width)
    about = [c.id for c in report.claims if entity.id in c.entities]
    if about:
        yield from _row("claims", ", ".join(about), width)
    yield []
    yield [Run(f"{len(entity.mentions)} MENTIONS" if len(entity.mentions) != 1 else "1 MENTION", "head")]
    for mention in entity.mentions:
        place = places.label(mention.start) or str(mention.start)
        facts = f"{place:<5} {mention.kind:<8} {mention.confidence:>4.0%}  "
        before, after = _around(report.article.text, mention.start, mention.end, 40)
        runs = [Run(facts, "dim"), Run(before), Run(mention.text, "name"), Run(after)]
        yield from wrap(runs, width=width, indent=2, hanging=4)


def _claim(report: Report, claim: Claim, width: int) -> Iterator[Line]:
    places = Places(report.article)
    yield from _title(claim.id, "claim", None, width)
    yield []
    yield from wrap([*who_runs(claim_who(claim)), Run(f" · {claim.modality}", "dim")], width=width, indent=2)
    yield from wrap([Run(claim.text, "quote")], width=width, indent=4)
    yield []
    marked: list[tuple[int, int, Style]] = [(claim.start, claim.end, "title")]
    if claim.claimant.mention:
        marked.append((claim.claimant.mention.start, claim.claimant.mention.end, "warn"))
    yield from _in_text(report.article, places, marked, width)
    yield from _reasons(claim.reasons, width)
    yield []
    score = f"{claim.check_worthy * 100:.0f} of 100 (how worth checking; it says nothing about true or false)"
    yield from _row("check", score, width)
    yield from _row("verifiable", f"{claim.verifiable * 100:.0f} of 100", width)
    for label, values in (
        ("types", list(claim.types)),
        ("numbers", [_quantity(q.text, q.value, q.unit) for q in claim.quantities]),
        ("hedges", [h.text for h in claim.hedges]),
        ("via", list(claim.via)),
        ("quote", [claim.quote] if claim.quote else []),
        ("entities", [f"{e.name} ({e.id})" for e in report.entities if e.id in claim.entities]),
    ):
        if values:
            yield from _row(label, ", ".join(values), width)
    by_id = {c.id: c for c in report.claims}
    for relation in claim.relations:
        other = by_id.get(relation.claim)
        told = f"{relation.claim}, {claim_who(other).name}: {other.text}" if other else relation.claim
        why = f" ({'; '.join(relation.reasons)})" if relation.reasons else ""
        yield from _row(relation.kind, f"{told}{why}", width)
    yield from _row("offsets", f"{claim.start}–{claim.end}", width)


def _quantity(text: str, value: float | None, unit: str | None) -> str:
    if value is None:
        return text
    return f"{text} = {value:,.10g}{f' {unit}' if unit else ''}"


def _title(name: str, what: str, confidence: float | None, width: int) -> Iterator[Line]:
    sure = f" · {confidence:.0%} sure" if confidence is not None else ""
    yield from wrap([Run(name, "title"), Run(f" · {what}{sure}", "dim")], width=width)


def _reasons(reasons: Sequence[str], width: int) -> Iterator[Line]:
    yield []
    yield [Run("WHY", "head")]
    for reason in reasons or ("no reason was recorded",):
        yield from wrap([Run(reason)], width=width, indent=4, lead=Run("- "))


def _row(label: str, text: str, width: int) -> Iterator[Line]:
    yield from wrap([Run(text)], width=width, indent=LABEL, lead=Run(label.ljust(LABEL - 2), "dim"))


def _at(span: Span, places: Places) -> str:
    place = places.label(span.start)
    return f"{span.text} ({f'{place}, ' if place else ''}{span.start}–{span.end})"


def _around(text: str, start: int, end: int, size: int) -> tuple[str, str]:
    """What stands before and after in the same block of text, cut at words."""
    left = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    right = text.find("\n\n", end)
    right = len(text) if right < 0 else right
    before, after = text[left:start], text[end:right]
    if len(before) > size:
        before = "… " + before[-size:].partition(" ")[2]
    if len(after) > size:
        after = after[:size].rpartition(" ")[0] + " …"
    return before, after


def _in_text(
    article: Article, places: Places, marked: list[tuple[int, int, Style]], width: int
) -> Iterator[Line]:
    """The stretch of text that holds all marked spans, with a little around it."""
    start, end = min(s for s, _, _ in marked), max(e for _, e, _ in marked)
    before, after = _around(article.text, start, end, CONTEXT)
    place = places.label(start)
    yield [Run("IN THE TEXT", "head"), Run(f"  {place}" if place else "", "dim")]
    edges = sorted({start, end, *(e for s, t, _ in marked for e in (s, t))})
    runs = [Run(before, "dim")]
    for left, right in pairwise(edges):
        style: Style = next((k for s, e, k in reversed(marked) if s <= left and right <= e), "plain")
        runs.append(Run(article.text[left:right], style))
    runs.append(Run(after, "dim"))
    yield from wrap(runs, width=width, indent=2)
