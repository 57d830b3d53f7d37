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
    """The text, block by block; the headline is left out where it heads the page anyway.

    Each quote and claim has one anchor, also where its words are left out or overlap others.
    """
    writer = _Writer(article, quotes, claims, colors, prefix)
    parts: list[str] = []
    for block in _blocks(article):
        if block.kind == "headline" and article.text[block.start : block.end] == headline(article):
            parts += writer.anchors(block)
            continue
        tag = TAGS.get(block.kind, "p")
        parts.append(f'<{tag} class="{block.kind}">{"".join(writer.segments(block))}</{tag}>\n')
    return "".join([*parts, *writer.anchors()])


def _blocks(article: Article) -> Iterator[Block]:
    """The blocks, and what stands between them as paragraphs, so that no text is lost."""
    at = 0
    for block in (*article.blocks, Block("paragraph", len(article.text), len(article.text))):
        if article.text[at : block.start].strip():
            yield Block("paragraph", at, block.start)
        if block.end > block.start:
            yield block
        at = max(at, block.end)


class _Writer:
    def __init__(
        self,
        article: Article,
        quotes: Sequence[Quote],
        claims: Sequence[Claim],
        colors: Colors,
        prefix: str,
    ) -> None:
        self._text = article.text
        self._quotes = quotes
        self._colors = colors
        self._prefix = prefix
        self._ends = {q.id: q.content[-1].end for q in quotes}
        self._starts: dict[int, list[Claim]] = {}
        for claim in claims:
            self._starts.setdefault(claim.start, []).append(claim)
        places = [(q.content[0].start, q.id) for q in quotes] + [(c.start, c.id) for c in claims]
        self._waiting = {code: start for start, code in sorted(places)}

    def anchors(self, block: Block | None = None) -> Iterator[str]:
        """The anchors still missing of what begins in a block, or of all."""
        for code, start in list(self._waiting.items()):
            if block is None or block.start <= start < block.end:
                yield self._anchor(code)

    def _anchor(self, code: str) -> str:
        if self._waiting.pop(code, None) is None:
            return ""
        return f'<a class="anchor" id="{self._prefix}-{code}"></a>'

    def segments(self, block: Block) -> Iterator[str]:
        """The words of a block, those of quotes marked."""
        spans = [
            (s.start, s.end, q)
            for q in self._quotes
            for s in q.content
            if s.start < block.end > block.start < s.end
        ]
        edges = {block.start, block.end}
        edges.update(start for start in self._starts if block.start < start < block.end)
        edges.update(e for s, t, _ in spans for e in (s, t) if block.start < e < block.end)
        for left, right in pairwise(sorted(edges)):
            for claim in self._starts.get(left, ()):
                yield self._anchor(claim.id)
            inside = sorted((q for s, e, q in spans if s <= left and right <= e), key=_extent)
            words = text_html(self._text[left:right])
            if not inside:
                yield words
                continue
            for quote in inside:
                yield self._anchor(quote.id)
            yield _mark(words, inside[0], self._colors)
            for quote in inside:
                if self._ends[quote.id] == right:
                    yield f'<a class="ref" href="#{self._prefix}-list-{quote.id}">{quote.id}</a>'


def _extent(quote: Quote) -> int:
    return quote.content[-1].end - quote.content[0].start


def _mark(words: str, quote: Quote, colors: Colors) -> str:
    names = "speaker uncertain" if is_uncertain(quote) else join_names([s.name for s in quote.speakers])
    label = text_html(f"{names}: {quote.type} ({quote.id})")
    hue = colors.of_quote(quote)
    look = f' style="--hue:{hue}"' if hue is not None else ""
    kind = quote.type if hue is not None else f"{quote.type} unsure"
    return f'<mark class="{kind}"{look} title="{label}">{words}</mark>'
