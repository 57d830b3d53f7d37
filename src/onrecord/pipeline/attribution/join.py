"""Which of the attributions that several finders propose are kept, and which stands in which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, get_blocks
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.function_words import CLAUSE_PAUSES, CONDITIONS, FINITE_VERBS
from onrecord.pipeline.language.negation import negation_words
from onrecord.pipeline.language.subjects import is_somebody, who_is_quoted
from onrecord.pipeline.ranges import overlap, touch, within


def join(doc: Doc, candidates: Sequence[Attribution]) -> list[Attribution]:
    """Resolve overlaps: earlier candidates win; what stands inside a kept content is nested in it.

    Args:
        doc: the doc that they were found in.
        candidates: in order of trust, the most trusted first.

    Returns:
        The kept ones in text order, `parent` set where one stands inside another's content.
    """
    kept = _Kept()
    for proposed in candidates:
        kept.offer(_before_quotations(doc, proposed, kept.items))
    out: list[Attribution] = []
    # A statement stands before what it holds, so each is asked about the innermost one that has stayed.
    for found in _append_followers(doc, _in_order(kept.items)):
        parent = _parent(found, out)
        if parent is None or may_nest(doc, found, out[parent]):
            out.append(replace(found, parent=parent))
    return out


def nest(kept: Sequence[Attribution], inner: Sequence[Attribution]) -> list[Attribution]:
    """Statements with those inside them.

    Args:
        kept: the outermost statements.
        inner: what may stand inside them, in order of trust; what clashes with one before is left out.

    Returns:
        All in text order, `parent` set where one stands inside another's content.
    """
    both = _Kept(kept)
    for candidate in inner:
        both.offer(candidate)
    out = _in_order(both.items)
    return [replace(a, parent=_parent(a, out)) for a in out]


class _Kept:
    """Attributions of which each yields to those before it.

    Args:
        items: those that stay whatever they clash with.
    """

    def __init__(self, items: Iterable[Attribution] = ()) -> None:
        self.items = list(items)
        self._reaches = [_reach(a) for a in self.items]

    def offer(self, new: Attribution) -> None:
        """Keep one unless it clashes with one before."""
        reach = _reach(new)
        near = (old for old, its in zip(self.items, self._reaches, strict=True) if touch(reach, its))
        if not any(_clash(new, old) for old in near):
            self.items.append(new)
            self._reaches.append(reach)


def _reach(found: Attribution) -> Range:
    """From the first token of cue and contents to the last."""
    spans = (*found.contents, found.cue) if found.cue is not None else found.contents
    return min(s for s, _ in spans), max(e for _, e in spans)


def _before_quotations(doc: Doc, new: Attribution, kept: Sequence[Attribution]) -> Attribution:
    """An object cut before a quotation in it that has a cue of its own, as parsers run on over commas.

    *called for calm, | saying: “We are ready.”*
    """
    if new.rule not in rule_names.RUNNING_ON:
        return new
    last = new.contents[-1]
    for other in kept:
        if other.cue is None or other.rule not in rule_names.MARKED or not within(other.cue, last):
            continue
        start = min(other.cue[0], other.start)
        pause = next((i for i in range(start - 1, last[0], -1) if doc[i].text in CLAUSE_PAUSES), None)
        if pause is not None and pause - 1 > last[0]:
            return replace(new, contents=(*new.contents[:-1], (last[0], pause)))
    return new


def _in_order(found: Sequence[Attribution]) -> list[Attribution]:
    return sorted(found, key=lambda a: (a.contents[0][0], -a.contents[-1][1], a.cue or (0, 0)))


def may_nest(doc: Doc, inner: Attribution, outer: Attribution) -> bool:
    """Whether a statement inside the content of another is one that somebody made, and somebody else.

    Args:
        doc: the doc.
        inner: the statement inside.
        outer: the one whose content holds it.
    """
    marked = inner.rule == "naming" and any(t.is_quote for s, e in inner.contents for t in doc[s:e])
    if (
        inner.mode != "speech"
        or not (marked or inner.rule in rule_names.NESTING)
        or inner.source is None
        or inner.cue is None
        or inner.source == outer.source
    ):
        return False
    cue, source = (doc[s:e].root for s, e in (inner.cue, inner.source))
    # *“…,” X will say, according to a draft*: the words are there.
    drafted = inner.rule in rule_names.MARKED and outer.cue is not None and _is_phrase(doc, outer.cue)
    return not is_unsaid(doc, inner) and (drafted or _was_said(cue, source, marked=marked))


def is_unsaid(doc: Doc, inner: Attribution) -> bool:
    """*Nobody told us*, *he did not say*: what was not said is no statement of its own inside another."""
    spans = (span for span in (inner.cue, inner.source) if span is not None)
    return any(t.lower_ in negation_words() for s, e in spans for t in doc[s:e])


def _is_phrase(doc: Doc, cue: Range) -> bool:
    """Whether a cue is a phrase beside the statement: *according to*."""
    return doc[cue[0]].lower_ == "according"


def _was_said(cue: Token, source: Token, *, marked: bool) -> bool:
    """Whether a cue reports what somebody said: not *would say*, *if they say*, *it feels like “…”*.

    A participle that names a thing in marks does, wherever the parse hangs it: *…, calling it “crazy”*.
    """
    lexicon = cue_lexicon()
    if not cue.tag_.startswith("VB"):
        return True
    # *told them “…”, adding that Q*: the participle goes on with what was said.
    told = cue.head != cue and lexicon.reports(cue.head) == "speech"
    goes_on = cue.tag_ == "VBG" and (marked or told or who_is_quoted(cue) == source)
    if (cue.tag_ in ("VB", "VBG") and not goes_on) or any(c.tag_ == "MD" for c in cue.children):
        return False
    if _is_supposed(cue):
        return False
    reports = lexicon.reports(cue)
    return reports == "speech" or (
        reports is None and lexicon.mode(cue, "quote") == "speech" and is_somebody(source)
    )


def _is_supposed(cue: Token) -> bool:
    """*I'd be lying if I said that P*: a condition supposes that somebody says it.

    Not the *if* of a question, which the verb of asking governs.
    """
    return cue.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in cue.children)


def _clash(new: Attribution, old: Attribution) -> bool:
    if new.cue is not None and old.cue is not None and touch(new.cue, old.cue):
        return True
    shared = sum(overlap(a, b) for a in new.contents for b in old.contents)
    if not shared:
        return new.cue is not None and any(_partly(new.cue, c) for c in old.contents)
    mine = sum(e - s for s, e in new.contents)
    theirs = sum(e - s for s, e in old.contents)
    if new.cue is not None and any(within(new.cue, c) for c in old.contents):
        return shared < mine
    if old.cue is not None and any(within(old.cue, c) for c in new.contents):
        return shared < theirs
    return True


def _append_followers(doc: Doc, kept: list[Attribution]) -> list[Attribution]:
    """Join a quotation without a reporting clause to the statement that it follows directly.

    *It would take years, Lee said. “We are not there yet.”* is one statement by Lee.
    """
    block_of = {i: n for n, b in enumerate(get_blocks(doc)) for i in range(b.start, b.end)}
    out: list[Attribution] = []
    for this in kept:
        last = out[-1] if out else None
        if this.rule not in rule_names.ALONE or last is None or last.cue is None or last.source is None:
            out.append(this)
            continue
        end = max(last.contents[-1][1], last.cue[1], last.source[1])
        near = this.start - end <= 8 and block_of.get(end - 1) == block_of.get(this.start)
        closing = last.cue[0] >= last.contents[0][1]
        gap = doc[end : this.start]
        plain = not any(t.tag_ in FINITE_VERBS for t in gap)
        if near and plain and closing and last.mode == "speech":
            reasons = (*last.reasons, "goes on after the reporting clause")
            out[-1] = replace(last, contents=(*last.contents, *this.contents), reasons=reasons)
        else:
            out.append(this)
    return out


def _parent(found: Attribution, others: Sequence[Attribution]) -> int | None:
    """Place of the innermost of some attributions whose content holds this one's cue and content."""
    if found.cue is None:
        return None
    best: int | None = None
    best_size = 0
    for i, other in enumerate(others):
        if other is found:
            continue
        for span in other.contents:
            inside = within(found.cue, span) and all(
                any(within(c, s) for s in other.contents) for c in found.contents
            )
            size = span[1] - span[0]
            if inside and (best is None or size < best_size):
                best, best_size = i, size
    return best


def _partly(a: Range, b: Range) -> bool:
    return touch(a, b) and not within(a, b)
