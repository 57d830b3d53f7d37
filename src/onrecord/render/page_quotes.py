"""Who says what, for the page: quotes in order, those inside others indented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.render.facts import Places, is_uncertain, join_names, nested, quote_text
from onrecord.render.layout import Line, Run, spread, wrap
from onrecord.schema import Flag, Quote

FLAG_WORDS: dict[Flag, str] = {
    "negated": "not said",
    "modal": "not yet said",
    "question": "question",
    "second_hand": "second-hand",
    "declined_comment": "no comment",
    "repaired_mark": "mark repaired",
}
"""Flags in a reader's words; an uncertain speaker is told in the speaker's place."""

DEEPEST = 3
"""Levels of indentation that are drawn; deeper nesting would leave no room at 80 cells."""


def quote_lines(quotes: Sequence[Quote], places: Places, *, width: int, hidden: int) -> list[Line]:
    """The section of quotes; `hidden` tells how many of other modes are left out."""
    types = Counter(q.type for q in quotes)
    summary = ", ".join(f"{types[t]} {t}" for t in ("direct", "mixed", "indirect") if types[t])
    lines: list[Line] = [_head("WHO SAYS WHAT", summary or "nothing found", width)]
    for depth, quote in nested(quotes):
        lines.append([])
        lines += _quote(quote, places, width, 2 + 4 * min(depth, DEEPEST))
    if hidden:
        lines.append([])
        noun = "statement" if hidden == 1 else "statements"
        text = f"Left out: {hidden} {noun} of belief or evidence, not of speech; --all-modes shows them."
        lines += wrap([Run(text, "dim")], width=width, indent=2)
    return lines


def _head(title: str, summary: str, width: int) -> Line:
    left, right = [Run(title, "head")], [Run(summary, "dim")]
    return spread(left, right, width=width) or left


def _quote(quote: Quote, places: Places, width: int, indent: int) -> Iterator[Line]:
    facts = _facts(quote, places)
    who = speaker_runs(quote)
    one = wrap(who, width=width, indent=indent, hanging=indent + 2)
    joined = spread(one[0], facts, width=width) if len(one) == 1 else None
    if joined is not None:
        yield joined
    else:
        yield from one
        yield from wrap(facts, width=width, indent=indent + 2)
    yield from wrap([Run(quote_text(quote), "quote")], width=width, indent=indent + 2)


def speaker_runs(quote: Quote) -> list[Run]:
    """The speaker and the reporting word, in the order in which English puts them."""
    names = join_names([s.name for s in quote.speakers])
    cue = quote.cue.text if quote.cue else ""
    words = quote.source.text if quote.source else ""
    who: list[Run]
    if is_uncertain(quote):
        told = words or names
        who = [Run("? Speaker uncertain", "warn")]
        if told:
            who.append(Run(f" (“{told}”)", "warn"))
    else:
        who = [Run(names, "name")]
    if not cue:
        return who
    before = quote.source is not None and quote.cue is not None and quote.cue.end <= quote.source.start
    if before and cue.split()[-1].casefold() in _PREPOSITIONS:
        return [Run(f"{cue.lower()} ", "dim"), *who]
    return [*who, Run(f" {cue}", "dim")]


_PREPOSITIONS = frozenset({"to", "by", "from", "per", "of", "in"})


def _facts(quote: Quote, places: Places) -> Line:
    flags = [FLAG_WORDS[f] for f in quote.flags if f in FLAG_WORDS]
    mode = [] if quote.mode == "speech" else [quote.mode]
    line: Line = []
    if flags:
        line.append(Run(f"{', '.join(flags)} · ", "warn"))
    place = [p for p in (places.label(quote.content[0].start),) if p]
    line.append(Run(" · ".join([*mode, quote.type, *place]) + " · ", "dim"))
    line.append(Run(f"{quote.confidence:.0%}", "dim"))
    line.append(Run(f" · {quote.id}", "dim"))
    return line
