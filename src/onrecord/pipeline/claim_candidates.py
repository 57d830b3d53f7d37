"""Which stretches of an article are claims: contents of attributions and the author's own assertions.

A candidate is a minimal verbatim span: no quotation marks around it, no introducing *that*, no
conjunction before it and no full stop after it. Where one sentence holds unlike claims (coordinated
clauses with subjects of their own, a *while* or *although* clause, clauses joined by a semicolon) it
is cut; a clause that only completes another stays with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, get_attributions, get_blocks

__all__ = ["Candidate", "find_candidates", "trim", "units"]

Form = Literal["content", "assertion"]

ASSERTING_BLOCKS = frozenset({"paragraph", "list_item", "quote", "speaker_turn"})
"""Blocks in which sentences assert; the other kinds are labels of the page or of the story."""

MARKS = frozenset({'"', "“", "”", "„", "‟", "«", "»", "''", "``", "‘"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CONTRASTS = frozenset({"while", "whereas", "although", "though"})
"""Subordinators whose clause asserts something of its own against the main clause (Quirk et al. 1985,
15.39-15.43: concession and contrast)."""
LEADING = frozenset({"CCONJ", "PUNCT", "SPACE"})
WORD_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "PRON", "AUX"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that makes a claim.

    Attributes:
        head: the token that governs the others, as a rule the verb.
        attribution: index of the attribution whose content this is; None for the author's own.
        sentence: the sentence around it.
    """

    start: int
    end: int
    head: int
    attribution: int | None
    sentence: Range

    @property
    def form(self) -> Form:
        """`content` of an attribution or the author's `assertion`."""
        return "assertion" if self.attribution is None else "content"


def find_candidates(doc: Doc) -> list[Candidate]:
    """All candidates of `doc` in text order; the doc is only read."""
    attributions = get_attributions(doc)
    kinds = _block_kinds(doc)
    found = [
        c
        for i, a in enumerate(attributions)
        if reports_claim(doc, a)
        for c in _from_content(doc, i, a)
        if kinds[c.start] != "boilerplate"
    ]
    found += _assertions(doc, attributions, kinds)
    return sorted(found, key=lambda c: (c.start, -c.end, c.attribution is not None))


def reports_claim(doc: Doc, attribution: Attribution) -> bool:
    """Whether the source of an attribution commits to its content.

    What was not said makes no claim. Of beliefs only clauses do: *thinks that P* commits to P,
    *backs P* to nothing that can be checked.
    """
    if {"negated", "declined_comment"} & set(attribution.flags):
        return False
    if attribution.mode != "belief":
        return True
    return any(has_subject(doc, r) for r in attribution.contents)


def has_subject(doc: Doc, span: Range) -> bool:
    """Whether a finite clause stands in the token range."""
    return any(
        t.dep_ in SUBJECTS and t.head.pos_ in ("VERB", "AUX") and span[0] <= t.head.i < span[1]
        for t in doc[span[0] : span[1]]
    )


def _block_kinds(doc: Doc) -> list[str]:
    kinds = ["paragraph"] * len(doc)
    for block in get_blocks(doc):
        kinds[block.start : block.end] = [block.kind] * (block.end - block.start)
    return kinds


def sentence_ranges(doc: Doc) -> list[Range]:
    """The sentences in tokens, cut where a block begins, white space trimmed off."""
    starts = {b.start for b in get_blocks(doc)}
    starts |= {t.i for t in doc if t.is_sent_start or t.i == 0}
    edges = [*sorted(starts), len(doc)]
    out = []
    for start, end in zip(edges, edges[1:], strict=False):
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            out.append((start, end))
    return out


def _within(ranges: Sequence[Range], span: Range) -> Iterator[tuple[Range, Range]]:
    for r in ranges:
        start, end = max(r[0], span[0]), min(r[1], span[1])
        if start < end:
            yield r, (start, end)


def _from_content(doc: Doc, index: int, attribution: Attribution) -> Iterator[Candidate]:
    sentences = sentence_ranges(doc)
    for content in attribution.contents:
        for sentence, part in _within(sentences, content):
            for unit in units(doc, part):
                if _says_something(doc, unit):
                    yield Candidate(*unit, head_of(doc, unit), index, sentence)


def _says_something(doc: Doc, span: Range) -> bool:
    words = [t for t in doc[span[0] : span[1]] if t.pos_ in WORD_TAGS]
    return len(words) > 2 or any(t.pos_ in ("VERB", "AUX") for t in words) or len(words) == 2


def _assertions(doc: Doc, attributions: Sequence[Attribution], kinds: Sequence[str]) -> Iterator[Candidate]:
    covered = [False] * len(doc)
    cues = [False] * len(doc)
    for a in attributions:
        if {"negated", "declined_comment"} & set(a.flags):
            continue
        for start, end in (*a.contents, *(r for r in (a.cue, a.source) if r)):
            covered[start:end] = [True] * (end - start)
        if a.cue:
            cues[a.cue[0] : a.cue[1]] = [True] * (a.cue[1] - a.cue[0])
    for sentence in sentence_ranges(doc):
        if kinds[sentence[0]] not in ASSERTING_BLOCKS:
            continue
        for unit in units(doc, sentence):
            head = head_of(doc, unit)
            if covered[head] and not _free_run(unit, covered):
                continue
            run = _run_around(unit, head, covered) if not covered[head] else _free_run(unit, covered)
            if run is None or cues[head]:
                continue
            span = trim(doc, run)
            if span[1] - span[0] >= 3 and (has_subject(doc, span) or span == trim(doc, unit)):
                yield Candidate(*span, head_of(doc, span), None, sentence)


def _run_around(unit: Range, head: int, covered: Sequence[bool]) -> Range:
    start = end = head
    while start > unit[0] and not covered[start - 1]:
        start -= 1
    while end + 1 < unit[1] and not covered[end + 1]:
        end += 1
    return start, end + 1


def _free_run(unit: Range, covered: Sequence[bool]) -> Range | None:
    """The longest run of the unit that no attribution covers, if it is most of the unit."""
    best = (unit[0], unit[0])
    start = unit[0]
    for i in range(unit[0], unit[1] + 1):
        if i == unit[1] or covered[i]:
            best = max(best, (start, i), key=lambda r: r[1] - r[0])
            start = i + 1
    return best if 2 * (best[1] - best[0]) > unit[1] - unit[0] else None


def head_of(doc: Doc, span: Range) -> int:
    """The token of the range that governs the others: the highest, a verb before others."""
    tops = [t for t in doc[span[0] : span[1]] if t.head.i == t.i or not span[0] <= t.head.i < span[1]]
    tops = [t for t in tops if not (t.is_punct or t.is_space)] or tops
    return max(tops, key=lambda t: (t.pos_ in ("VERB", "AUX"), t.right_edge.i - t.left_edge.i, -t.i)).i


def units(doc: Doc, span: Range) -> list[Range]:
    """Cut a token range, all in one sentence, into its unlike claims, each trimmed."""
    edges = [span[0], *_cuts(doc, span), span[1]]
    pieces = [trim(doc, r) for r in zip(edges, edges[1:], strict=False)]
    if any(end - start < 3 for start, end in pieces):
        pieces = [trim(doc, span)]
    return [r for r in pieces if r[0] < r[1]]


def _cuts(doc: Doc, span: Range) -> list[int]:
    cuts = set()
    for t in doc[span[0] : span[1]]:
        if t.pos_ not in ("VERB", "AUX"):
            continue
        if _is_coordinated_clause(t, span):
            cuts.add(t.left_edge.i)
        elif t.dep_ == "advcl" and _leads_range(t.head, span) and _contrasts(t):
            cuts |= {t.left_edge.i, t.right_edge.i + 1}
    return sorted(c for c in cuts if span[0] < c < span[1])


def _is_coordinated_clause(t: Token, span: Range) -> bool:
    if t.dep_ not in ("conj", "ccomp", "parataxis"):
        return False
    subjects = [c for c in t.children if c.dep_ in SUBJECTS and c.i < t.i]
    if not subjects:
        return False
    if t.dep_ == "conj":
        first = t.head
        while first.dep_ == "conj":
            first = first.head
        return _leads_range(first, span) and first.i < t.left_edge.i
    # The parser makes the earlier of two clauses joined by a semicolon a complement of the later.
    return False


def _leads_range(t: Token, span: Range) -> bool:
    return t.head.i == t.i or not span[0] <= t.head.i < span[1]


def _contrasts(t: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in CONTRASTS for c in t.children)


def trim(doc: Doc, span: Range) -> Range:
    """Take marks around it, an introducing *that* or conjunction and closing punctuation off."""
    start, end = span
    while True:
        before = (start, end)
        while start < end and _strip_left(doc, start, end):
            start += 1
        while end > start and _strip_right(doc, start, end):
            end -= 1
        if end - start > 1 and _wrapped(doc, start, end):
            start, end = start + 1, end - 1
        if (start, end) == before:
            return start, end


def _marks_inside(doc: Doc, start: int, end: int) -> int:
    return sum(t.text in MARKS for t in doc[start:end])


def _wrapped(doc: Doc, start: int, end: int) -> bool:
    first, last = doc[start].text, doc[end - 1].text
    return first in MARKS and last in MARKS and _marks_inside(doc, start, end) == 2


def _strip_left(doc: Doc, start: int, end: int) -> bool:
    t = doc[start]
    if t.text in MARKS:
        return _marks_inside(doc, start, end) % 2 == 1
    if t.lower_ in CONTRASTS and t.dep_ == "mark":
        return True
    return (t.pos_ in LEADING and t.text not in "([") or (t.lower_ == "that" and t.dep_ == "mark")


def _strip_right(doc: Doc, start: int, end: int) -> bool:
    t = doc[end - 1]
    if t.text in MARKS:
        return _marks_inside(doc, start, end) % 2 == 1
    if t.text in ")]%":
        return False
    return t.is_space or t.pos_ == "CCONJ" or (t.is_punct and t.text != "?")
