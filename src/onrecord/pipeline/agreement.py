"""One reading of a quotation from two: what stands in marks by the rules, what is said by the model.

The mark parser knows which quotations a reporting clause opens and that they go on in later sentences
and paragraphs; the model knows which plain words beside the marks are reported too, and which cue the
next quotation belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline import rule_names
from onrecord.pipeline.annotations import Attribution, Range, get_blocks, get_marks
from onrecord.pipeline.edges import FINITE
from onrecord.pipeline.ranges import touch, within

SURE = 0.5
"""A finding of the model likelier than this may take a quotation from another cue, or lengthen one; of
PolNeAR train held back, where both have the cue and the model's content holds the rule's, the model's is
right in 8 of 8 and the rule's in 5."""

MIN_WORDS = 4
"""Words of a plain stretch that the model adds apart from the marks; shorter ones are listeners and
topics: *says of | Clinton |*."""

REACH = 400
"""Words. Quotations farther off are not looked at."""


def with_model(
    doc: Doc, rule: Attribution, learned: Sequence[Attribution], rules: Sequence[Attribution] = ()
) -> Attribution:
    """A reporting clause's quotation with the plain words that the model knows to be reported too.

    Args:
        doc: the doc.
        rule: what a rule for reporting clauses beside marks proposes.
        learned: what the model found in the doc.
        rules: what all rules propose; quotations that they give to another cue stay there.
    """
    if rule.rule not in rule_names.MARKED or rule.cue is None:
        return rule
    own = without_others(rule, learned)
    same = [m for m in learned if m.confidence >= SURE and m.cue is not None and touch(m.cue, rule.cue)]
    for found in same:
        others = [s for r in rules if _is_other(r, rule) for s in r.contents]
        contents = _lengthened(doc, own, found, others)
        if contents != own.contents:
            reasons = (*own.reasons, "model: more words of the same statement")
            own = replace(own, contents=contents, reasons=reasons)
    return own


def without_others(rule: Attribution, learned: Sequence[Attribution]) -> Attribution:
    """Without the later quotations that the model gives to a cue between: *said, adding that “…”*."""
    kept: list[Range] = []
    for span in rule.contents:
        if kept and any(_takes(m, span, rule, kept[-1]) for m in learned):
            continue
        kept.append(span)
    return replace(rule, contents=tuple(kept)) if len(kept) < len(rule.contents) else rule


def _takes(found: Attribution, span: Range, rule: Attribution, before: Range) -> bool:
    if found.cue is None or rule.cue is None or found.confidence < SURE or touch(found.cue, rule.cue):
        return False
    if not any(within(span, content) for content in found.contents):
        return False
    near = found.cue[0] >= before[1] and not any(touch(before, c) for c in found.contents)
    return near and not any(within(found.cue, content) for content in rule.contents)


def _is_other(other: Attribution, rule: Attribution) -> bool:
    """Whether another reporting clause beside marks follows; an orphan has no cue to give it to."""
    if other.rule not in rule_names.MARKED or other.cue is None or rule.cue is None:
        return False
    return not touch(other.cue, rule.cue) and abs(other.start - rule.start) <= REACH


def _lengthened(
    doc: Doc, rule: Attribution, found: Attribution, others: Sequence[Range]
) -> tuple[Range, ...]:
    """The rule's contents grown to the model's where these hold them."""
    if not all(any(within(r, m) for m in _grown(doc, found)) for r in rule.contents):
        return rule.contents
    blocks = get_blocks(doc)
    home = {next((k for k, b in enumerate(blocks) if b.start <= s < b.end), -1) for s, _ in rule.contents}
    contents: list[Range] = []
    for span in _grown(doc, found):
        place = next((k for k, b in enumerate(blocks) if b.start <= span[0] < b.end), -1)
        held = any(touch(span, r) for r in rule.contents)
        free = not any(touch(span, other) for other in others)
        if held or (free and place in home and _says_something(doc, span, rule)):
            contents.append(span)
    taken = [span for span in (rule.cue, rule.source) if span is not None]
    if any(touch(c, t) for c in contents for t in taken):
        return rule.contents
    return tuple(contents)


def _grown(doc: Doc, found: Attribution) -> list[Range]:
    return [
        span for span in found.contents if any(not t.is_punct and not t.is_space for t in doc[slice(*span)])
    ]


def _says_something(doc: Doc, span: Range, rule: Attribution) -> bool:
    """Whether a stretch apart from the quotation is a part of what was said: quoted, or beside the cue."""
    if any(m.start >= span[0] - 1 and m.end <= span[1] + 1 for m in get_marks(doc) if m.role == "quote"):
        return True
    words = [t for t in doc[span[0] : span[1]] if t.is_alpha]
    first = next((t for t in words if t.pos_ != "ADV"), None)
    if first is not None and first.tag_ == "VBG" and doc[span[0] - 1].is_quote:
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
