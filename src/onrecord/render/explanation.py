"""Why a quote, an entity or a claim is in the report: the evidence, with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.evidence import Evidence
from onrecord.render.certainty import Certainty
from onrecord.render.chains import chain
from onrecord.render.facts import Places, is_uncertain, quote_text
from onrecord.render.layout import Line, Run, Style, cells, measure, wrap
from onrecord.render.page_quotes import who_runs
from onrecord.render.phrases import FLAG_WORDS, claim_who, quantity_told, quote_who, sure
from onrecord.schema import DATE, RANK, Claim, Entity, Mention, Quantity, Quote, Report, Span

CONTEXT = 160
"""Characters of text shown before and after, about two lines of a page."""

NEAR = 40
"""Characters around a mention, so that most fit one line."""

LABEL = 14
"""Cells that labels take, with the indent."""

LEAST = 16
"""Cells below which text beside its label would break after every word; it then stands under the label."""

UNDER = 4
"""Cells before such text."""


def explanation(
    report: Report, name: str, *, width: int, evidence: Evidence | None = None, stars: bool = True
) -> list[Line]:
    """What is known about the thing with this id.

    Args:
        report: the report that holds it.
        name: the id.
        width: cells a line.
        evidence: what the analysis knew beyond the report.
        stars: mark the place in the text by asterisks, for output without styles.

    Raises:
        KeyError: the report holds nothing with this id.
    """
    writer = _Writer(report, evidence or Evidence(), width, stars)
    for quote in report.quotes:
        if quote.id == name:
            return list(writer.quote(quote))
    for entity in report.entities:
        if entity.id == name:
            return list(writer.entity(entity))
    for claim in report.claims:
        if claim.id == name:
            return list(writer.claim(claim))
    raise KeyError(name)


class _Writer:
    def __init__(self, report: Report, evidence: Evidence, width: int, stars: bool) -> None:
        self._report = report
        self._evidence = evidence
        self._width = width
        self._star = "*" if stars else ""
        self._places = Places(report.article)
        self._entities = {e.id: e for e in report.entities}
        self._certainty = Certainty(report)

    def quote(self, quote: Quote) -> Iterator[Line]:
        certain = sure(self._certainty.of(quote))
        yield from self._title(f"{quote.id} · {quote.type}, {quote.mode} · {certain} sure")
        yield from self._said(who_runs(quote_who(quote, self._report)), quote_text(quote))
        marked: list[_Marked] = [_Marked(s.start, s.end, "title") for s in quote.content]
        marked += [_Marked(s.start, s.end, "warn") for s in (quote.cue, quote.source) if s]
        yield from self._in_text(marked)
        yield from self._reasons(quote.reasons)
        yield []
        found = self._evidence.rules.get(quote.id)
        if found:
            yield from self._row("found by", found.replace("_", " "))
        words = sure(quote.confidence)
        yield from self._row("words", f"{words} sure; the name less so" if words != certain else "")
        if quote.cue:
            yield from self._row("cue", self._at(quote.cue))
        if quote.source:
            yield from self._row("source", self._at(quote.source))
        yield from self._speakers(quote)
        yield from self._row("flags", ", ".join(FLAG_WORDS.get(f, f.replace("_", " ")) for f in quote.flags))
        yield from self._row("inside", quote.parent or "")
        yield from self._row("holds", ", ".join(q.id for q in self._report.quotes if q.parent == quote.id))
        yield from self._row("claims", ", ".join(c.id for c in self._report.claims if c.quote == quote.id))
        yield from self._row("offsets", ", ".join(f"{s.start}–{s.end}" for s in quote.content))

    def _speakers(self, quote: Quote) -> Iterator[Line]:
        if is_uncertain(quote):
            yield from self._row("speaker", "not certain: the evidence does not decide")
        for speaker in quote.speakers:
            kind = f"{speaker.type.lower()}, {speaker.entity}" if speaker.entity else speaker.type.lower()
            yield from self._row("speaker", f"{speaker.name} ({kind})")
            entity = self._entities.get(speaker.entity or "")
            links = chain(entity, quote.source) if entity and quote.source else []
            if links:
                yield from self._row("through", " ← ".join(self._link(m) for m in links))
        reason = self._evidence.links.get((quote.source.start, quote.source.end)) if quote.source else None
        yield from self._row("linked by", reason or "")

    def entity(self, entity: Entity) -> Iterator[Line]:
        yield from self._title(f"{entity.id} · {entity.type.lower()}")
        yield from self._said([Run(entity.name, "name")], "")
        facts = list(self._entity_facts(entity))
        yield from [*facts, []] if facts else []
        yield from self._mentions(entity)

    def _entity_facts(self, entity: Entity) -> Iterator[Line]:
        yield from self._row("also as", ", ".join(entity.aliases))
        for role in entity.roles:
            yield from self._row("role", self._at(role))
        for merge in self._evidence.merges.get(entity.id, ()):
            yield from self._row("merged", merge)
        for code in entity.candidates:
            other = self._entities.get(code)
            yield from self._row("perhaps", f"the same as {other.name if other else '?'} ({code})")
        spoken = [q.id for q in self._report.quotes if any(s.entity == entity.id for s in q.speakers)]
        yield from self._row("speaks in", ", ".join(spoken))
        yield from self._row(
            "claims", ", ".join(c.id for c in self._report.claims if entity.id in c.entities)
        )

    def _mentions(self, entity: Entity) -> Iterator[Line]:
        count = len(entity.mentions)
        yield [Run("1 MENTION" if count == 1 else f"{count} MENTIONS", "head")]
        labels = [self._places.label(m.start) or str(m.start) for m in entity.mentions]
        widest = max(map(len, labels), default=0)
        for mention, label in zip(entity.mentions, labels, strict=True):
            yield from self._mention(mention, label.ljust(widest))

    def _mention(self, mention: Mention, label: str) -> Iterator[Line]:
        lead = f"{label}  {mention.kind:<8} {sure(mention.confidence):>4}  "
        before, after = self._around(mention.start, mention.end, NEAR)
        runs = [Run(before, "dim"), self._marked(mention.text, "name"), Run(after, "dim")]
        indent = 2 + cells(lead)
        yield from self._labelled(Run(lead, "dim"), runs, indent)
        reason = self._evidence.links.get((mention.start, mention.end))
        if reason:
            inner = (indent if self._fits(indent) else UNDER) + 2
            yield from wrap([Run(f"because {reason}", "dim")], width=self._width, indent=inner)

    def claim(self, claim: Claim) -> Iterator[Line]:
        yield from self._title(f"{claim.id} · claim, {claim.modality}")
        yield from self._said(who_runs(claim_who(claim)), claim.text)
        marked = [_Marked(claim.start, claim.end, "title")]
        who = claim.claimant.mention
        marked += [_Marked(who.start, who.end, "warn")] if who else []
        marked += [_Marked(h.start, h.end, "warn") for h in claim.hedges]
        yield from self._in_text(marked)
        yield from self._reasons(claim.reasons)
        yield []
        score = (
            f"{claim.check_worthy * 100:.0f} of 100: how worth checking; it says nothing about true or false"
        )
        yield from self._row("check", score)
        yield from self._row(
            "verifiable", f"{claim.verifiable * 100:.0f} of 100: whether records could decide it"
        )
        for label, values in (
            ("types", list(claim.types)),
            ("numbers", [_quantity(q) for q in claim.quantities]),
            ("hedges", [h.text for h in claim.hedges]),
            ("via", list(claim.via)),
            ("quote", [claim.quote] if claim.quote else []),
            ("entities", [f"{e.name} ({e.id})" for e in self._report.entities if e.id in claim.entities]),
        ):
            yield from self._row(label, ", ".join(values))
        by_id = {c.id: c for c in self._report.claims}
        for relation in claim.relations:
            other = by_id.get(relation.claim)
            told = f"{relation.claim}, {claim_who(other).name}: {other.text}" if other else relation.claim
            why = f" ({'; '.join(relation.reasons)})" if relation.reasons else ""
            yield from self._row(relation.kind, f"{told}{why}")
        yield from self._row("offsets", f"{claim.start}–{claim.end}")

    def _title(self, text: str) -> Iterator[Line]:
        name, dot, rest = text.partition(" · ")
        yield from wrap([Run(name, "title"), Run(dot + rest, "dim")], width=self._width)
        yield []

    def _said(self, who: Sequence[Run], text: str) -> Iterator[Line]:
        yield from wrap(who, width=self._width, indent=2)
        yield from wrap([Run(text, "quote")], width=self._width, indent=4)
        yield []

    def _reasons(self, reasons: Sequence[str]) -> Iterator[Line]:
        yield []
        yield [Run("WHY", "head")]
        for reason in reasons or ("no reason was recorded",):
            yield from wrap([Run(reason)], width=self._width, indent=4, lead=Run("- "))

    def _row(self, label: str, text: str) -> Iterator[Line]:
        if text:
            lead = Run(label.ljust(LABEL - 2), "dim")
            yield from self._labelled(lead, [Run(text)], LABEL)

    def _labelled(self, lead: Run, runs: Sequence[Run], indent: int) -> Iterator[Line]:
        if self._fits(indent):
            yield from wrap(runs, width=self._width, indent=indent, lead=lead)
        else:
            yield from wrap([lead], width=self._width, indent=2)
            yield from wrap(runs, width=self._width, indent=UNDER)

    def _fits(self, indent: int) -> bool:
        return self._width - indent >= LEAST

    def _at(self, span: Span) -> str:
        place = self._places.label(span.start)
        return f"{span.text} ({f'{place}, ' if place else ''}{span.start}–{span.end})"

    def _link(self, mention: Mention) -> str:
        place = self._places.label(mention.start)
        return f"“{mention.text}” {f'{place}, ' if place else ''}{mention.kind} {sure(mention.confidence)}"

    def _marked(self, text: str, style: Style) -> Run:
        return Run(f"{self._star}{text}{self._star}", style)

    def _around(self, start: int, end: int, size: int) -> tuple[str, str]:
        """What stands before and after in the same blocks of the article, cut at words."""
        article = self._report.article
        left = max((b.start for b in article.blocks if b.start <= start), default=0)
        right = min((b.end for b in article.blocks if b.end >= end), default=len(article.text))
        before, after = article.text[left:start], article.text[end:right]
        if len(before) > size:
            before = "… " + before[-size:].partition(" ")[2]
        if len(after) > size:
            after = after[:size].rpartition(" ")[0] + " …"
        return before, after

    def _in_text(self, marked: Sequence[_Marked]) -> Iterator[Line]:
        """The stretch of text that holds all marked spans, with a little around it."""
        text = self._report.article.text
        start, end = min(m.start for m in marked), max(m.end for m in marked)
        before, after = self._around(start, end, CONTEXT)
        place = self._places.label(start)
        head: Line = [Run("IN THE TEXT", "head")]
        beside: Line = [*head, Run(f"  {place}" if place else "", "dim")]
        yield from [beside] if measure(beside) <= self._width else [head, [Run(f"  {place}", "dim")]]
        edges = sorted({start, end, *(edge for m in marked for edge in (m.start, m.end))})
        runs = [Run(before, "dim")]
        for left, right in pairwise(edges):
            inside = [m for m in marked if m.start <= left and right <= m.end]
            starred = any(m.style == "title" for m in inside)
            opens = (
                self._star if starred and any(left == m.start and m.style == "title" for m in inside) else ""
            )
            closes = (
                self._star if starred and any(right == m.end and m.style == "title" for m in inside) else ""
            )
            style: Style = inside[-1].style if inside else "plain"
            runs.append(Run(f"{opens}{text[left:right]}{closes}", style))
        runs.append(Run(after, "dim"))
        yield from wrap(runs, width=self._width, indent=2)


class _Marked(NamedTuple):
    start: int
    end: int
    style: Style


def _quantity(quantity: Quantity) -> str:
    if quantity.value is None or quantity.unit == DATE:
        return quantity_told(quantity)
    if quantity.unit == RANK:
        return f"{quantity.text} (rank {quantity.value:g})"
    return f"{quantity.text} = {quantity.value:,.10g}{f' {quantity.unit}' if quantity.unit else ''}"
