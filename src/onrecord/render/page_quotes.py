"""Who says what, for the page: quotes in order, those inside others indented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.render.facts import Places, nested, quote_text
from onrecord.render.layout import Line, Run, headed, wrap
from onrecord.render.phrases import Who, quote_facts, quote_flags, quote_who
from onrecord.schema import Quote

DEEPEST = 3
"""Levels of indentation that are drawn; deeper nesting would leave no room at 80 cells."""


def quote_lines(quotes: Sequence[Quote], places: Places, *, width: int, hidden: int) -> list[Line]:
    """The section of quotes; `hidden` tells how many of other modes are left out."""
    types = Counter(q.type for q in quotes)
    summary = ", ".join(f"{types[t]} {t}" for t in ("direct", "mixed", "indirect") if types[t])
    head: Line = [Run("WHO SAYS WHAT", "head")]
    lines = headed([head], [Run(summary or "nothing found", "dim")], width=width)
    for depth, quote in nested(quotes):
        lines.append([])
        lines += _quote(quote, places, width, 2 + 4 * min(depth, DEEPEST))
    if hidden:
        lines.append([])
        noun = "statement" if hidden == 1 else "statements"
        text = f"Left out: {hidden} {noun} of belief or evidence, not of speech; --all-modes shows them."
        lines += wrap([Run(text, "dim")], width=width, indent=2)
    return lines


def _quote(quote: Quote, places: Places, width: int, indent: int) -> Iterator[Line]:
    flags = quote_flags(quote)
    facts: Line = [Run(f"{flags} · ", "warn")] if flags else []
    facts.append(Run(" · ".join(quote_facts(quote, places)), "dim"))
    who = wrap(who_runs(quote_who(quote)), width=width, indent=indent, hanging=indent + 2)
    yield from headed(who, facts, width=width)
    yield from wrap([Run(quote_text(quote), "quote")], width=width, indent=indent + 2)


def who_runs(who: Who) -> list[Run]:
    """A speaker in styles."""
    return [Run(who.before, "dim"), Run(who.name, "name" if who.sure else "warn"), Run(who.after, "dim")]
