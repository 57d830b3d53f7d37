"""Who says what, for the page: quotes in order, those inside others indented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.render.certainty import Certainty
from onrecord.render.facts import Places, nested, quote_text
from onrecord.render.layout import Line, Run, headed, wrap
from onrecord.render.phrases import Who, quote_facts, quote_flags, quote_who
from onrecord.schema import Quote, Report

DEEPEST = 3
"""Levels of indentation that are drawn; deeper nesting would leave no room at 80 cells."""


def quote_lines(quotes: Sequence[Quote], report: Report, *, width: int, hidden: int) -> list[Line]:
    """The section of quotes of a report; `hidden` tells how many of other modes are left out."""
    writer = _Writer(report, width)
    types = Counter(q.type for q in quotes)
    summary = ", ".join(f"{types[t]} {t}" for t in ("direct", "mixed", "indirect") if types[t])
    head: Line = [Run("WHO SAYS WHAT", "head")]
    nothing = "no speech found" if hidden else "nothing found"
    lines = headed([head], [Run(summary or nothing, "dim")], width=width)
    for depth, quote in nested(quotes):
        lines.append([])
        lines += writer.quote(quote, 2 + 4 * min(depth, DEEPEST))
    if hidden:
        lines.append([])
        noun = "statement" if hidden == 1 else "statements"
        text = f"Left out: {hidden} {noun} of belief or evidence, not of speech; --all-modes shows them."
        lines += wrap([Run(text, "dim")], width=width, indent=2)
    return lines


class _Writer:
    def __init__(self, report: Report, width: int) -> None:
        self._report = report
        self._places = Places(report.article)
        self._certainty = Certainty(report)
        self._width = width

    def quote(self, quote: Quote, indent: int) -> Iterator[Line]:
        flags = quote_flags(quote, self._certainty)
        facts: Line = [Run(f"{flags} · ", "warn")] if flags else []
        facts.append(Run(" · ".join(quote_facts(quote, self._places, self._certainty)), "dim"))
        runs = who_runs(quote_who(quote, self._report))
        who = wrap(runs, width=self._width, indent=indent, hanging=indent + 2)
        yield from headed(who, facts, width=self._width)
        yield from wrap([Run(quote_text(quote), "quote")], width=self._width, indent=indent + 2)


def who_runs(who: Who) -> list[Run]:
    """A speaker in styles."""
    return [Run(who.before, "dim"), Run(who.name, "name" if who.sure else "warn"), Run(who.after, "dim")]
