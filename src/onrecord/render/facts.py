"""What every view needs to know about a report beyond what is written in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.dates import MONTHS
from onrecord.schema import Article, BlockKind, Claim, Entity, Notice, Quote, Report, Speaker, SpeakerType

NUMBERED: frozenset[BlockKind] = frozenset({"paragraph", "list_item", "quote", "speaker_turn"})
"""Blocks that a reader counts as paragraphs."""

UNSAID = frozenset({"declined_comment", "negated", "modal"})
"""Flags of quotes in which nothing was said."""

NAMELESS: frozenset[SpeakerType] = frozenset({"ORG", "UNNAMED", "GROUP", "DOCUMENT"})
"""Speakers who may go without a name (*the mayor's office*); a person without an entity has one even so."""

GAP = " … "
"""Between the parts of a quotation that its cue or a paragraph cuts."""


class Places:
    """Where an offset stands in the article, in a reader's words."""

    def __init__(self, article: Article) -> None:
        self._starts: list[int] = []
        self._places: list[tuple[int, int | None, str]] = []
        count = 0
        for block in article.blocks:
            number = None
            if block.kind in NUMBERED:
                count += 1
                number = count
            self._starts.append(block.start)
            self._places.append((block.end, number, block.kind.replace("_", " ")))
        self.paragraphs = count
        """How many paragraphs the article has; 0 where its structure is not known."""

    def number(self, offset: int) -> int | None:
        """The paragraph's number from 1; None outside paragraphs."""
        i = bisect_right(self._starts, offset) - 1
        return self._places[i][1] if i >= 0 and offset < self._places[i][0] else None

    def label(self, offset: int) -> str:
        """`¶3`, `headline`, `caption`; empty where the structure is not known."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or offset >= self._places[i][0]:
            return ""
        _, number, kind = self._places[i]
        return kind if number is None else f"¶{number}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody is quoted between marks and reported without."""

    quoted: int = 0
    reported: int = 0


def speaker_key(speaker: Speaker) -> str:
    """The entity's id, or the words for somebody never named."""
    return speaker.entity or f"“{speaker.name.casefold()}”"


def tallies(quotes: Sequence[Quote]) -> dict[str, Tally]:
    """Quotations by `speaker_key`; what was declined, denied or not yet said does not count."""
    out: dict[str, Tally] = {}
    for quote in quotes:
        if UNSAID.intersection(quote.flags):
            continue
        for speaker in quote.speakers:
            old = out.get(speaker_key(speaker), Tally())
            quoted = quote.type != "indirect"
            out[speaker_key(speaker)] = Tally(old.quoted + quoted, old.reported + (not quoted))
    return out


def quote_text(quote: Quote) -> str:
    """The words, the parts of a cut quotation joined by an ellipsis."""
    return GAP.join(span.text for span in quote.content)


def is_uncertain(quote: Quote) -> bool:
    """Whether the speaker is not known for sure."""
    return "uncertain_speaker" in quote.flags or not quote.speakers


def join_names(names: Sequence[str]) -> str:
    """*A*, *A and B*, *A, B and C*."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def ranked(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with the most check-worthy first, in text order between equals."""
    return sorted(claims, key=lambda c: (-c.check_worthy, c.start))


def in_the_story(entities: Sequence[Entity], article: Article) -> list[Entity]:
    """Entities without those who are only named in the by-line: they wrote the story."""
    lines = [b for b in article.blocks if b.kind == "byline"]

    def only_byline(entity: Entity) -> bool:
        return all(any(b.start <= m.start < b.end for b in lines) for m in entity.mentions)

    return [e for e in entities if not (lines and only_byline(e))]


def by_prominence(entities: Sequence[Entity]) -> list[Entity]:
    """Entities with the most often mentioned first, in text order between equals."""
    return sorted(entities, key=lambda e: (-len(e.mentions), e.mentions[0].start if e.mentions else 0))


def unnamed_speakers(quotes: Sequence[Quote]) -> list[Speaker]:
    """Speakers never named, each once, in text order; unresolved pronouns are left out."""
    seen: dict[str, Speaker] = {}
    for quote in quotes:
        if not is_uncertain(quote):
            for speaker in quote.speakers:
                if speaker.entity is None and speaker.type in NAMELESS:
                    seen.setdefault(speaker_key(speaker), speaker)
    return list(seen.values())


def nested(quotes: Sequence[Quote]) -> Iterator[tuple[int, Quote]]:
    """Quotes in text order, each followed by those inside it; the number is the depth from 0.

    A quote whose parent is not among them, or stands inside itself, is shown at depth 0.
    """
    ids = {q.id for q in quotes}
    inside: dict[str, list[Quote]] = {}
    tops: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.content[0].start, -q.content[-1].end)):
        if quote.parent in ids and quote.parent is not None and quote.parent != quote.id:
            inside.setdefault(quote.parent, []).append(quote)
        else:
            tops.append(quote)
    shown: set[str] = set()
    stack = [(0, q) for q in reversed(tops)]
    while stack:
        depth, quote = stack.pop()
        shown.add(quote.id)
        yield depth, quote
        stack += [(depth + 1, q) for q in reversed(inside.get(quote.id, ()))]
    yield from ((0, q) for q in quotes if q.id not in shown)


def word_count(article: Article) -> int:
    """Words by white space, headline and by-line included."""
    return len(article.text.split())


def headline(article: Article) -> str:
    """The article's title, the first headline block, or the file's name."""
    if article.title:
        return article.title
    for block in article.blocks:
        if block.kind == "headline":
            return article.text[block.start : block.end]
    return article.path if article.path != "-" else article.id


def facts_line(article: Article) -> str:
    """Outlet, date, by-line, length and file in one line."""
    facts = [article.outlet, _day(article.published)]
    facts.append(_byline(article))
    paragraphs = Places(article).paragraphs
    facts += [_count(word_count(article), "word"), _count(paragraphs, "paragraph") if paragraphs else None]
    if article.path != "-":
        facts.append(article.path)
    return " · ".join(f for f in facts if f)


def _byline(article: Article) -> str | None:
    if article.byline:
        return f"by {join_names(article.byline)}"
    return next((article.text[b.start : b.end] for b in article.blocks if b.kind == "byline"), None)


def _day(published: str | None) -> str | None:
    """An ISO date as *14 May 2024*; anything else as it is."""
    if published is None:
        return None
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    # Not by strftime, which would follow the locale.
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def notices(report: Report) -> tuple[Notice, ...]:
    """All warnings: those from reading the file, where they still stand in the article, and the others."""
    return report.article.warnings + report.warnings


def hidden_modes(report: Report) -> int:
    """How many quotes are belief or evidence, which views leave out unless asked."""
    return sum(q.mode != "speech" for q in report.quotes)
