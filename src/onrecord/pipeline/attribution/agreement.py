"""One reading of a quotation from two: what stands in marks by the rules, what is said by the model.

The mark parser knows which quotations a reporting clause opens and that they go on in later sentences
and paragraphs; the model knows which plain words beside the marks are reported too, and which cue the
next quotation belongs to.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.language.function_words import FINITE, PAUSES
from onrecord.pipeline.language.neighbours import before
from onrecord.pipeline.places import block_at, marks_in
from onrecord.pipeline.ranges import touch, within

SURE = 0.5
"""A finding of the model likelier than this may take a quotation from another cue, or lengthen one; of
PolNeAR train held back, where both have the cue and the model's content holds the rule's, the model's is
right in 8 of 8 and the rule's in 5."""

MIN_WORDS = 4
"""Words of a plain stretch that the model adds apart from the marks; shorter ones are listeners and
topics: *says of | Clinton |*."""


_LINKS = frozenset(("CC", "VBG", "WP", "WDT", "WRB"))
"""What begins the reporter's next clause as often as the rest of the statement."""


def with_model(doc: Doc, rule: Attribution, learned: Proposals, rules: Proposals) -> Attribution:
    """A reporting clause's quotation with the plain words that the model knows to be reported too.

    Args:
        doc: the doc.
        rule: what a rule for reporting clauses beside marks proposes.
        learned: what the model found in the doc.
        rules: what all rules propose; quotations that they give to another cue stay there.
    """
    if rule.rule not in rule_names.MARKED or rule.cue is None:
        return rule
    own = without_others(doc, rule, learned)
    for found in learned.with_cue_in(rule.cue):
        contents = _lengthened(doc, own, found, rules) if found.confidence >= SURE else own.contents
        if contents != own.contents:
            reasons = (*own.reasons, "model: more words of the same statement")
            own = replace(own, contents=contents, reasons=reasons)
    return own


def is_read_otherwise(doc: Doc, rule: Attribution, learned: Proposals) -> bool:
    """Whether the model has another statement for the cue and a cue nearby for the quotation before it.

    *“We wait,” Ann said. “It is dry.” | The valley, she said, was “a bowl”*: the marks alone do not tell
    which way the second clause looks.
    """
    if rule.rule not in rule_names.MARKED or rule.cue is None:
        return False
    first, *later = rule.contents
    by_cue = [m for m in learned.with_cue_in(rule.cue) if m.confidence >= SURE]
    if first[1] > rule.cue[0] or not by_cue:
        return False
    home = block_at(doc, first[0])
    by_words = [
        m
        for m in learned.with_content_in(first)
        if m.confidence >= SURE and m.cue is not None and block_at(doc, m.cue[0]) == home
    ]
    if any(m in by_words for m in by_cue):
        return False
    held = all(any(touch(c, span) for m in by_cue for c in m.contents) for span in later)
    return bool(by_words) and held


def with_second_half(doc: Doc, rule: Attribution, rules: Proposals) -> Attribution:
    """The sentence to its end where words beside the marks show that the reporting clause only interrupts it.

    *It comes from efforts “to measure” wind, she said, | rather than from prices*: of plain sentences so
    interrupted in PolNeAR train three in four go on, of quotations that end with a comma hardly any.

    Args:
        doc: the doc.
        rule: what a rule for reporting clauses beside marks proposes.
        rules: what all rules propose, the reading of the clause as a parenthesis among them.
    """
    if rule.rule != "quote_then_cue" or rule.cue is None or len(rule.contents) != 1:
        return rule
    first = rule.contents[0]
    for other in rules.with_cue_in(rule.cue):
        same = other.cue == rule.cue and other.rule == "parenthetical" and len(other.contents) == 2
        if not same or doc[other.contents[1][0]].tag_ in _LINKS:
            continue
        half = other.contents[0]
        if within(first, half) and any(t.is_alpha for t in doc[first[1] : half[1]]):
            return replace(rule, contents=other.contents)
    return rule


def without_others(doc: Doc, rule: Attribution, learned: Proposals) -> Attribution:
    """Without the later quotations that the model gives to a cue between: *said, adding that “…”*."""
    kept: list[Range] = []
    for span in rule.contents:
        if kept and any(_takes(doc, m, span, rule, kept[-1]) for m in learned.with_content_in(span)):
            continue
        kept.append(span)
    return replace(rule, contents=tuple(kept)) if len(kept) < len(rule.contents) else rule


def _takes(doc: Doc, found: Attribution, span: Range, rule: Attribution, last: Range) -> bool:
    if found.cue is None or rule.cue is None or found.confidence < SURE or touch(found.cue, rule.cue):
        return False
    whole = next((content for content in found.contents if within(span, content)), None)
    if whole is None:
        return False
    clause = any(t.tag_ in FINITE for t in doc[whole[0] : span[0]])
    if clause and doc[span[0] - 1].text in PAUSES:
        # *explaining why he came, | “but …”*: a comma ends what the other cue reports.
        return False
    near = found.cue[0] >= last[1] and not any(touch(last, c) for c in found.contents)
    return near and not any(within(found.cue, content) for content in rule.contents)


def _is_other(other: Attribution, rule: Attribution) -> bool:
    """Whether another reporting clause beside marks follows; an orphan has no cue to give it to."""
    if other.rule not in rule_names.MARKED or other.cue is None or rule.cue is None:
        return False
    return not touch(other.cue, rule.cue)


def _lengthened(doc: Doc, rule: Attribution, found: Attribution, rules: Proposals) -> tuple[Range, ...]:
    """The rule's contents grown to the model's where these hold them."""
    if not all(any(within(r, m) for m in _grown(doc, found)) for r in rule.contents):
        return rule.contents
    home = {block_at(doc, s) for s, _ in rule.contents}
    contents: list[Range] = []
    for grown in _grown(doc, found):
        span = _after_clause(doc, grown, rule)
        held = any(touch(span, r) for r in rule.contents)
        if not held and _is_told_of(doc, span, rule):
            continue
        free = not any(_is_other(r, rule) for r in rules.with_content_in(span))
        if held or (free and block_at(doc, span[0]) in home and _says_something(doc, span, rule)):
            contents.append(span)
    taken = [span for span in (rule.cue, rule.source) if span is not None]
    if any(touch(c, t) for c in contents for t in taken):
        return rule.contents
    return tuple(contents)


def _is_told_of(doc: Doc, span: Range, rule: Attribution) -> bool:
    """Whether a piece before the cue's sentence has a verb there: *| “No,” | was his view. He said …*."""
    first = min(r[0] for r in (rule.cue, rule.source) if r is not None)
    gap = doc[span[1] : first + 1]
    stop = next((t.i for t in gap if t.is_sent_start), None)
    return stop is not None and any(t.tag_ in FINITE for t in doc[span[1] : stop])


def _after_clause(doc: Doc, grown: Range, rule: Attribution) -> Range:
    """A later piece from its mark on where a comma before it ends the reporting clause.

    *“A,” she wrote in a note on | why she left |, “but B.”*: what the note was on is the reporter's.
    """
    later = next((r for r in rule.contents[1:] if within(r, grown)), None)
    if later is None or rule.cue is None or not rule.cue[1] <= grown[0] < later[0]:
        return grown
    return (later[0], grown[1]) if doc[later[0] - 1].text in PAUSES else grown


def _grown(doc: Doc, found: Attribution) -> list[Range]:
    return [
        span for span in found.contents if any(not t.is_punct and not t.is_space for t in doc[slice(*span)])
    ]


def _says_something(doc: Doc, span: Range, rule: Attribution) -> bool:
    """Whether a stretch apart from the quotation is a part of what was said: quoted, or beside the cue."""
    roles = ("quote", "scare")
    low, high = span[0] - 1, span[1] + 1
    if any(low <= m.start and m.end <= high for m in marks_in(doc, (low, high)) if m.role in roles):
        return True
    words = [t for t in doc[span[0] : span[1]] if t.is_alpha]
    first = next((t for t in words if t.pos_ != "ADV"), None)
    mark = before(doc, span[0])
    if first is not None and first.tag_ == "VBG" and mark is not None and mark.is_quote:
        # *“…,” | presumably meaning the land*: the reporter comments on it.
        return False
    if len(words) < MIN_WORDS or not any(t.tag_ in FINITE for t in words):
        return False
    parts = [r for r in (rule.cue, rule.source, *rule.contents) if r is not None]
    return any(_beside(doc, span, part) for part in parts)


def _beside(doc: Doc, a: Range, b: Range) -> bool:
    """Whether two ranges stand in one sentence with no more than a comma between them."""
    low, high = min(a[1], b[1]), max(a[0], b[0])
    return all(t.is_punct or t.is_space for t in doc[low:high]) and doc[low - 1].sent == doc[high].sent
