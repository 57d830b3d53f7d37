"""The article's text as HTML, with quotes marked in their speaker's color and claims as anchors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from onrecord.render.facts import headline, is_uncertain, join_names, speaker_key
from onrecord.render.neutral import neutral
from onrecord.schema import Article, Block, Claim, Quote

GOLDEN_ANGLE = 137.508
"""Degrees. Steps of it spread any number of hues over the circle without two alike next to each
other (Vogel 1979)."""

FIRST_HUE = 212.0
"""Degrees: a blue, which readers with the common color blindnesses tell from the next hue."""

TAGS = {"headline": "h2", "subhead": "h3", "byline": "p", "dateline": "p", "list_item": "p"}


def text_html(value: str) -> str:
    """Text, or an attribute's value, that a browser shows as it is."""
    return escape(neutral(value), quote=True)


class Colors:
    """A hue for each speaker, in the order in which they first speak."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._hues: dict[str, float] = {}
        for quote in quotes:
            if not is_uncertain(quote):
                for speaker in quote.speakers:
                    key = speaker_key(speaker)
                    hue = (FIRST_HUE + GOLDEN_ANGLE * len(self._hues)) % 360
                    self._hues.setdefault(key, round(hue, 1))

    def of(self, key: str) -> float | None:
        """The hue in degrees; None for somebody who does not speak."""
        return self._hues.get(key)

    def of_quote(self, quote: Quote) -> float | None:
        """The hue of a quote's first speaker; None where the speaker is not certain."""
        return None if is_uncertain(quote) else self.of(speaker_key(quote.speakers[0]))


def article_html(
    article: Article, quotes: Sequence[Quote], claims: Sequence[Claim], colors: Colors, prefix: str
) -> str:
    """The text, block by block; the headline is left out where it heads the page anyway."""
    ends = {q.id: q.content[-1].end for q in quotes}
    parts = []
    for block in _blocks(article):
        if block.kind == "headline" and article.text[block.start : block.end] == headline(article):
            continue
        inner = "".join(_segments(article.text, block, quotes, claims, colors, ends, prefix))
        tag = TAGS.get(block.kind, "p")
        parts.append(f'<{tag} class="{block.kind}">{inner}</{tag}>\n')
    return "".join(parts)


def _blocks(article: Article) -> Iterator[Block]:
    """The blocks, and what stands between them as paragraphs, so that no text is lost."""
    at = 0
    for block in (*article.blocks, Block("paragraph", len(article.text), len(article.text))):
        if article.text[at : block.start].strip():
            yield Block("paragraph", at, block.start)
        if block.end > block.start:
            yield block
        at = max(at, block.end)


def _segments(
    text: str,
    block: Block,
    quotes: Sequence[Quote],
    claims: Sequence[Claim],
    colors: Colors,
    ends: dict[str, int],
    prefix: str,
) -> Iterator[str]:
    spans = [
        (s.start, s.end, q) for q in quotes for s in q.content if s.start < block.end > block.start < s.end
    ]
    starts = {c.start: c for c in claims if block.start <= c.start < block.end}
    edges = {block.start, block.end, *starts}
    edges.update(e for s, t, _ in spans for e in (s, t) if block.start < e < block.end)
    opened: set[str] = set()
    for left, right in pairwise(sorted(edges)):
        if left in starts:
            yield f'<a class="anchor" id="{prefix}-{starts[left].id}"></a>'
        inside = sorted((q for s, e, q in spans if s <= left and right <= e), key=_extent)
        words = text_html(text[left:right])
        if not inside:
            yield words
            continue
        for quote in inside:
            if quote.id not in opened and quote.content[0].start >= block.start:
                yield f'<a class="anchor" id="{prefix}-{quote.id}"></a>'
            opened.add(quote.id)
        yield _mark(words, inside[0], colors)
        for quote in inside:
            if ends[quote.id] == right:
                yield f'<a class="ref" href="#{prefix}-list-{quote.id}">{quote.id}</a>'


def _extent(quote: Quote) -> int:
    return quote.content[-1].end - quote.content[0].start


def _mark(words: str, quote: Quote, colors: Colors) -> str:
    names = "speaker uncertain" if is_uncertain(quote) else join_names([s.name for s in quote.speakers])
    label = text_html(f"{names}: {quote.type} ({quote.id})")
    hue = colors.of_quote(quote)
    look = f' style="--hue:{hue}"' if hue is not None else ""
    kind = quote.type if hue is not None else f"{quote.type} unsure"
    return f'<mark class="{kind}"{look} title="{label}">{words}</mark>'
