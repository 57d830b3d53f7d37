"""Headline, deck, signature and subheads among the paragraphs of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.structure import block_patterns as patterns
from onrecord.pipeline.structure.bylines import is_author_line
from onrecord.pipeline.structure.datelines import dateline_end, is_place_line
from onrecord.schema import BlockKind

MAX_HEADLINE_CHARS = 200
MAX_HEADLINE_WORDS = 30
"""Headlines in PolNeAR and Wikinews have at most 24 words; list headlines of tabloids go higher."""

TOP = 8
"""Paragraphs at the beginning among which a bare byline or date is looked for."""

BELOW = 4
"""Paragraphs below the headline that may be deck, byline and dateline."""

MAX_SIGNATURE_WORDS = 12
"""Words of a byline without *By* or a dateline of its own; longer ones are prose."""

MAX_DECK_WORDS = 40
"""Words of a standfirst between headline and byline; in newspapers 10 to 35."""

MAX_SENTENCE_WORDS = 14
"""Words of a headline in sentence case that ends in a stop, as databases of news write it; of those in
PolNeAR train nine in ten have no more."""

LEAD = 2.0
"""How many times as long as such a headline one of the first paragraphs is. With these bounds 26 of PolNeAR
train's 840 articles are left without a headline instead of 242; of the same articles without their headline
and deck, about one in forty begins with a lead that is taken for one."""

OPENING = 3
"""Paragraphs below a headline of which one is that long."""

_META = ("byline", "dateline", "caption", "boilerplate")
_BREAK = re.compile(r"[a-z]{3}[.?!][\"'”’]?\s+\S")
_ARTICLE = re.compile(r"\b(?:an?|the)\b", re.I)
_PRONOUN = re.compile(r"\W*(?:the|an?|i|he|she|it|they|we|you|there|this|that)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph on its way to a block. `kind` is None until something is decided."""

    start: int
    end: int
    text: str
    group: int
    gap: int
    kind: BlockKind | None = None
    hinted: bool = False


def mark_headline(parts: list[Part]) -> list[Part]:
    """The headline: the first thing that is no furniture, if it looks like one."""
    if any(p.kind == "headline" for p in parts):
        return parts
    order = [i for i, p in enumerate(parts) if p.kind not in _META][:2]
    if not order or order[0] >= TOP:
        return parts
    first = order[0]
    out = list(parts)
    kicker = len(order) > 1 and parts[first].kind is None and patterns.is_kicker(parts[first].text)
    if kicker:
        out[first] = replace(parts[first], kind="subhead")
        first = order[1]
    if parts[first].kind is None and _is_headline(parts, first):
        out[first] = replace(parts[first], kind="headline")
    return out


def mark_below_headline(parts: list[Part]) -> list[Part]:
    """Between headline and first paragraph: the deck, who wrote, where."""
    top = next((i for i, p in enumerate(parts[:TOP]) if p.kind == "headline"), None)
    if top is None:
        return parts
    out = list(parts)
    capitals = sum(p.kind is None and is_place_line(p.text) for p in parts)
    deck: int | None = None
    signed = False
    signs = any(p.kind == "byline" for p in parts[top + 1 : top + 1 + BELOW])
    if parts[top].text[-1] == ";" and parts[top + 1].kind is None and parts[top + 1].gap == 0:
        out[top + 1] = replace(parts[top + 1], kind="subhead")
    for i in range(top + 1, min(top + 1 + BELOW, len(parts) - 1)):
        author = not (signed or signs or _is_venue(parts[i].text, parts[top].text))
        kind = parts[i].kind or _signature(parts[i].text, place=capitals == 1, author=author)
        if kind is None:
            if i > top + 1 or len(parts[i].text.split()) > MAX_DECK_WORDS or dateline_end(parts[i].text):
                break
            deck = i
        elif kind in ("byline", "dateline"):
            signed = True
            out[i] = replace(parts[i], kind=kind)
    if deck is not None and signed:
        out[deck] = replace(parts[deck], kind="subhead")
    return out


def _is_venue(line: str, headline: str) -> bool:
    """Whether the line names the ground of a team in the headline: *Halden Park* below *Halden Town 2-3*."""
    line_words, known = line.casefold().split(), headline.casefold().split()
    heads = load_lexicon("places")["names"]["heads"]
    return len(line_words) > 1 and line_words[-1] in heads and line_words[0] in known


def _signature(line: str, *, place: bool, author: bool) -> BlockKind | None:
    """What a line below the headline says about the article itself; None for a line of the article.

    Args:
        line: the line.
        place: a place in capitals is a dateline; where there are several such lines they are subheads.
        author: a name may be a byline; one byline is enough.
    """
    if place and is_place_line(line):
        return "dateline"
    words = len(line.split())
    if author and words <= MAX_SIGNATURE_WORDS and line[-1] not in ".?!:" and is_author_line(line):
        return "byline"
    return None


def _is_headline(parts: Sequence[Part], index: int) -> bool:
    line = parts[index].text
    words = line.split()
    rest = parts[index + 1 :]
    if not rest or len(words) > MAX_HEADLINE_WORDS or len(line) > MAX_HEADLINE_CHARS:
        return False
    following = rest[0]
    # News databases write the headline with a semicolon and the line below it directly after.
    decked = line[-1] == ";" and following.gap == 0 and following.group == parts[index].group
    if not any(c.isalpha() for c in line) or (line[-1] in ":,;" and not decked):
        return False
    share, content = patterns.title_share(line)
    signed = following.kind in ("byline", "dateline") or dateline_end(following.text) is not None
    stop = line.rstrip("\"'”’»)]")[-1:]
    if stop in ".?!…":
        asks = stop == "?" and index == 0 and len(words) <= 15
        if stop == "." and index == 0 and _is_sentence_headline(parts):
            return True
        return signed or asks or (share >= 0.6 and content >= 4 and stop != "…" and len(words) <= 20)
    return True


def _is_sentence_headline(parts: Sequence[Part]) -> bool:
    """Whether the first line is a headline in sentence case that ends in a stop.

    It stands alone above longer paragraphs, is one short sentence, and leaves articles out as headlines do.
    """
    line, following = parts[0].text, parts[1]
    if len(line.split()) > MAX_SENTENCE_WORDS or _BREAK.search(line) or _PRONOUN.match(line):
        return False
    if following.gap == 0 and following.group == parts[0].group:
        return False
    body = [p for p in parts[1:] if p.kind is None][:OPENING]
    longest = max((len(p.text) for p in body), default=0)
    return longest >= LEAD * len(line) and len(_ARTICLE.findall(line)) <= 1


def mark_subheads(parts: list[Part]) -> list[Part]:
    """Subheads: heading-like lines between paragraphs."""
    out = list(parts)
    interview = _is_interview(parts)
    for i, part in enumerate(parts):
        if part.kind is None and _is_subhead(parts, i, questions=not interview):
            out[i] = replace(part, kind="subhead")
    return out


def _is_interview(parts: Sequence[Part]) -> bool:
    """Whether questions stand on lines of their own and people answer them in the first person.

    In an explainer the author asks and answers, and its questions are subheads.
    """
    asked = [i for i, p in enumerate(parts[:-1]) if p.kind is None and p.text.endswith("?")]
    answered = sum(_FIRST_PERSON.search(parts[i + 1].text) is not None for i in asked)
    return len(asked) >= 4 and len(asked) > 0.15 * len(parts) and 2 * answered >= len(asked)


def _is_subhead(parts: Sequence[Part], index: int, *, questions: bool) -> bool:
    part = parts[index]
    following = next((p for p in parts[index + 1 :] if p.kind not in ("caption", "boilerplate")), None)
    if following is None or following.kind == "byline":
        return False
    if patterns.is_kicker(part.text):
        return True
    own_group = part.gap > 0 and following.gap > 0
    if not patterns.is_heading_like(part.text, stops=own_group, questions=questions):
        return False
    if following.kind is None:
        return len(following.text) > len(part.text) or patterns.is_heading_like(following.text)
    return following.kind in ("headline", "list_item", "speaker_turn", "quote", "dateline", "subhead")


def unmark_lone_headings(parts: list[Part]) -> list[Part]:
    """Lines that all look like headings in a row are a list or verse, not headings."""
    out = list(parts)
    i = 0
    while i < len(parts):
        j = i
        while j < len(parts) and parts[j].kind == "subhead" and not parts[j].hinted:
            j += 1
        if j - i >= 3:
            for k in range(i, j):
                out[k] = replace(parts[k], kind=None)
        i = max(j, i + 1)
    return out
