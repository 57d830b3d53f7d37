"""Quotations in marks with the reporting clause before, after or between them, or with none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, BlockRecord, MarkedSpan, Range, get_blocks, get_marks
from onrecord.pipeline.attribution.reporting_clause import (
    Clause,
    clause_after,
    clause_before,
    clause_ending,
    last_inner,
)
from onrecord.pipeline.attribution.rule_names import MOVED
from onrecord.pipeline.language.cues import CueLexicon, cue_lexicon
from onrecord.pipeline.language.edges import trim
from onrecord.pipeline.language.function_words import (
    BREAKS,
    FINITE,
    FINITE_VERBS,
    PAUSES,
    STOPS,
    SUBORDINATORS,
)
from onrecord.pipeline.language.subjects import opens_as_asked
from onrecord.pipeline.places import marks_in, quotations_in

_NEW_CLAUSES = (SUBORDINATORS - {"unless", "until", "once"}) | frozenset(
    ("and", "but", "when", "whereas", "who", "which", "according")
)
MIN_FREE = 3
"""Fewest words of a quotation without a reporting clause; shorter ones are mostly headings and labels."""


@dataclass(slots=True)
class _Found:
    """An attribution in the making."""

    contents: list[Range]
    clause: Clause | None
    rule: str
    repaired: bool = False
    reasons: list[str] = field(default_factory=list)


def find_marked(doc: Doc) -> list[Attribution]:
    """All quotations whose marks stand for themselves, with their reporting clauses where there are any."""
    lexicon = cue_lexicon()
    found: list[_Found] = []
    open_chain: _Found | None = None
    before_block: BlockRecord | None = None
    for block in get_blocks(doc):
        own = [
            m for m in quotations_in(doc, (block.start, block.end)) if m.depth == 0 and block.start <= m.start
        ]
        made = _BlockReader(doc, block, before_block, lexicon).read(own)
        if own and own[0].continues and open_chain is not None and made:
            made = _append(open_chain, made, found)
        else:
            found.extend(made)
        if own:
            open_chain = (made[-1] if made else open_chain) if not own[-1].closed else None
        before_block = block
    found.extend(_inner(doc, lexicon))
    return [_to_attribution(f) for f in found if f.contents]


def _inner(doc: Doc, lexicon: CueLexicon) -> Iterator[_Found]:
    """Quotations inside quotations, each outer one read as if it were a paragraph."""
    for mark in get_marks(doc):
        if mark.depth or mark.role != "quote":
            continue
        inside = (m for m in marks_in(doc, (mark.start, mark.end)) if m.depth == 1 and m.end - m.start > 2)
        own = [m for m in inside if mark.start < m.start and m.end <= mark.end]
        if own:
            block = BlockRecord(mark.start + 1, mark.end - 1, "paragraph")
            for found in _BlockReader(doc, block, None, lexicon).read(own):
                if found.clause is not None and found.clause.source is not None:
                    yield found


def _append(chain: _Found, made: list[_Found], found: list[_Found]) -> list[_Found]:
    """Join the first quotation of a block to the one that the block before left open."""
    first, rest = made[0], made[1:]
    chain.contents.extend(first.contents)
    chain.repaired |= first.repaired
    if chain.clause is None and first.clause is not None:
        # The reporting clause stands at the end of the whole.
        chain.clause, chain.rule, chain.reasons = first.clause, first.rule, first.reasons
    chain.reasons.append("every paragraph opens marks, only the last closes them")
    found.extend(rest)
    return [chain, *rest]


def _to_attribution(found: _Found) -> Attribution:
    clause = found.clause
    return Attribution(
        contents=tuple(found.contents),
        cue=clause.cue if clause else None,
        source=clause.source if clause else None,
        type="direct",
        mode=clause.mode if clause else "speech",
        flags=("repaired_mark",) if found.repaired else (),
        reasons=tuple(dict.fromkeys(found.reasons)),
        rule=found.rule,
    )


class _BlockReader:
    """Reads the marks of one block from left to right, keeping the last quotation and its clause."""

    def __init__(self, doc: Doc, block: BlockRecord, before: BlockRecord | None, lexicon: CueLexicon) -> None:
        self.doc = doc
        self.block = block
        self.before = before
        self.lexicon = lexicon
        self.found: list[_Found] = []
        self.last: _Found | None = None
        self.used: Clause | None = None
        self.taken = 0

    def read(self, marks: Sequence[MarkedSpan]) -> list[_Found]:
        for k, mark in enumerate(marks):
            if mark.start < self.taken:
                continue
            low = max(marks[k - 1].end, self.taken) if k else self.block.start
            high = marks[k + 1].start if k + 1 < len(marks) else self.block.end
            self._read_mark(mark, low, high)
        return self.found

    def _read_mark(self, mark: MarkedSpan, low: int, high: int) -> None:
        doc, used = self.doc, self.used
        lead = clause_before(doc, low, mark, self.lexicon)
        if lead is None and mark.start == self.block.start and self.before is not None:
            lead = clause_ending(doc, self.before, self.lexicon)
        tail = clause_after(doc, mark, high, self.lexicon)
        span = self._with_that(mark, low)
        if used is not None and _belongs_to_another(doc, used, mark):
            used = None
        same = lead is not None and self.used is not None and lead.verb.i == self.used.verb.i
        if lead is not None and not same:
            if tail is not None and _prefers_tail(doc, mark, lead, tail):
                self._start(span, tail, "quote_then_cue", mark)
            else:
                span = (span[0], _extend_right(doc, mark, lead, self.block.end, self.lexicon))
                self.taken = span[1]
                self._start(span, lead, MOVED if lead.moved else "cue_then_quote", mark)
                opening = _interrupted(doc, low, lead, mark)
                if opening is not None and self.last is not None:
                    self.last.contents.insert(0, opening)
            return
        joined = not doc[low : mark.start].text.strip(" \u00a0,")
        between = (
            used is not None
            and low <= used.start + 1
            and used.end >= mark.start - 2
            and _only_reports(doc, used, mark.start)
        )
        if tail is not None and not (between and used is not None and not used.stops):
            left = _extend_left(doc, mark, used.end if between and used else low, self.lexicon)
            if left is not None:
                self._start((left, span[1]), tail, "quote_then_cue", mark)
            return
        if self.last is not None and (between or joined or (same and used is not None)):
            self.last.contents.append(span)
            self.last.repaired |= mark.repaired
            if used is not None and between:
                self.last.rule = "second_sentence" if used.stops else "split"
                self.last.reasons.append("goes on after the reporting clause")
        elif _stands_alone(doc, mark, low, self.block) or _is_reply(doc, mark, self.block, self.before):
            self._start(span, None, "free_standing", mark)

    def _start(self, span: Range, clause: Clause | None, rule: str, mark: MarkedSpan) -> None:
        reason = f"cue '{clause.verb.text}' stands beside the marks" if clause else "no reporting clause"
        self.last = _Found([span], clause, rule, mark.repaired, [reason])
        self.used = clause
        self.found.append(self.last)

    def _with_that(self, mark: MarkedSpan, low: int) -> Range:
        if mark.start - 1 > low and self.doc[mark.start - 1].lower_ == "that":
            return mark.start - 1, mark.end
        return mark.start, mark.end


def _interrupted(doc: Doc, low: int, clause: Clause, mark: MarkedSpan) -> Range | None:
    """The subject before a reporting clause whose verb begins the quotation: *A vote, she said, “is off.”*"""
    first = next((t for t in doc[mark.start : mark.end] if not t.is_punct and not t.is_quote), None)
    if first is None or first.tag_ not in FINITE or not first.text[0].islower():
        return None
    begin = clause.cue[0]
    while begin > low and not doc[begin].is_sent_start:
        begin -= 1
    pause = next((i for i in range(begin + 1, clause.cue[0]) if doc[i].text in PAUSES), None)
    if pause is None or (clause.source is not None and clause.source[0] < pause):
        return None
    span = trim(doc, (begin, pause))
    if span is None or doc[span[0]].pos_ not in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return None
    told = any(t.tag_ in FINITE and t.dep_ not in ("relcl", "acl") for t in doc[span[0] : span[1]])
    return None if told else span


def _only_reports(doc: Doc, clause: Clause, end: int) -> bool:
    """Whether nothing but the reporting clause stands before `end`: no second clause with its own subject."""
    return not any(
        t.dep_ in ("conj", "ROOT", "parataxis")
        and t.i != clause.verb.i
        and any(c.dep_ in ("nsubj", "nsubjpass") and clause.start < c.i < t.i for c in t.children)
        for t in doc[clause.verb.i + 1 : end]
    )


def _belongs_to_another(doc: Doc, clause: Clause, mark: MarkedSpan) -> bool:
    """*“…,” said Lunn, who had called it | “a trap”*: a later verb leads without a pause to the marks."""
    if not clause.verb.i < mark.start - 1 or clause.end < mark.start - 1:
        return False
    if doc[mark.start - 1].is_punct:
        return False
    between = doc[clause.verb.i + 1 : mark.start]
    return any(t.tag_.startswith("VB") and t.dep_ in ("relcl", "acl", "advcl") for t in between)


def _prefers_tail(doc: Doc, mark: MarkedSpan, lead: Clause, tail: Clause) -> bool:
    """Whether, of a clause before and one after, the one after reports."""
    before = doc[mark.start - 1].text
    return (
        last_inner(doc, mark) in (",", "?", "!", "—") and before != ":" and lead.source is None and tail.stops
    )


def _extend_right(doc: Doc, mark: MarkedSpan, lead: Clause, high: int, lexicon: CueLexicon) -> int:
    """Where a content ends whose sentence goes on after the marks: *that “A” in B and “C”*.

    Not where what follows says how it was said: *explains “A” | with a photograph*.
    """
    i = mark.end
    if i >= high or last_inner(doc, mark) in (",", *STOPS):
        return mark.end
    if doc[i].dep_ == "prep" and doc[i].head == lead.verb:
        return mark.end
    while i < high and not (doc[i].text in BREAKS or doc[i].is_sent_start):
        if doc[i].text in PAUSES and _breaks_off(doc, i + 1, high, lexicon):
            break
        if doc[i].tag_ == "CC" and (
            _has_subject(doc, i + 1, high) or _is_next_cue(doc, i + 1, lead, lexicon)
        ):
            break
        i += 1
    kept = trim(doc, (mark.end, i))
    return kept[1] if kept else mark.end


def _has_subject(doc: Doc, i: int, high: int) -> bool:
    return any(t.dep_ == "nsubj" and t.head.tag_ in FINITE_VERBS for t in doc[i : min(i + 4, high)])


def _is_next_cue(doc: Doc, i: int, lead: Clause, lexicon: CueLexicon) -> bool:
    """*called it | “a fog” | and pledged to stay*: the same source goes on to say another thing.

    Where a clause is reported, its own verb may go on: *said it “fell” and claimed two lives*.
    """
    if i >= len(doc) or doc[i].tag_ != lead.verb.tag_ or doc[i].tag_ not in FINITE_VERBS:
        return False
    clause = any(t.tag_ in FINITE for t in doc[lead.verb.i + 1 : i - 1])
    beside = doc[i].dep_ == "conj" and doc[i].head == lead.verb
    return lexicon.reports(doc[i]) == "speech" and (beside or not clause)


def _breaks_off(doc: Doc, i: int, high: int, lexicon: CueLexicon) -> bool:
    """Whether a pause begins a new clause of the reporter: another cue, another subject."""
    if i >= high:
        return True
    token = doc[i]
    if token.tag_ in ("VBG", "VBD") or token.lower_ in _NEW_CLAUSES:
        return True
    return any(
        t.tag_ in FINITE_VERBS and t.pos_ == "VERB" and lexicon.mode(t, "clause")
        for t in doc[i : min(i + 4, high)]
    )


def _extend_left(doc: Doc, mark: MarkedSpan, low: int, lexicon: CueLexicon) -> int | None:
    """Where a content begins whose sentence begins before the marks: *It was a “shame,” she said.*

    None if the words before the marks report by themselves, so that the marks are theirs.
    """
    i, closed = mark.start, 0
    while i > low and not doc[i].is_sent_start and doc[i - 1].text not in (*BREAKS, ":"):
        closed += (doc[i - 1].text == ")") - (doc[i - 1].text == "(")
        if closed < 0:
            break  # *They were unkind (| “Fraud!” wrote one)*
        i -= 1
    kept = trim(doc, (i, mark.start))
    if kept is None:
        return mark.start
    for token in doc[kept[0] : kept[1]]:
        if token.tag_ in FINITE_VERBS and token.pos_ == "VERB" and lexicon.reports(token) == "speech":
            return None
        if token.lower_ == "according" or opens_as_asked(token):
            return None
    has_verb = any(t.tag_ in FINITE for t in doc[kept[0] : mark.end])
    return kept[0] if has_verb else None


def _is_reply(doc: Doc, mark: MarkedSpan, block: BlockRecord, before: BlockRecord | None) -> bool:
    """Whether a paragraph is a few words in marks, behind one that opens with marks: *“No.”*."""
    whole = mark.start == block.start and mark.end >= block.end - 1 and mark.closed
    if before is None or not whole or last_inner(doc, mark) not in STOPS or block.kind != "paragraph":
        return False
    words = sum(t.is_alpha for t in doc[mark.start : mark.end])
    return 0 < words < MIN_FREE and any(
        m.start == before.start for m in quotations_in(doc, (before.start, before.end))
    )


def _stands_alone(doc: Doc, mark: MarkedSpan, low: int, block: BlockRecord) -> bool:
    """Whether the marks hold a sentence of their own that nothing around them governs."""
    words = [t for t in doc[mark.start : mark.end] if t.is_alpha or t.like_num]
    first = mark.start in (block.start, low) or doc[mark.start - 1].text in (*STOPS, ":", "—")
    closed = last_inner(doc, mark) in STOPS or mark.end >= block.end or not mark.closed
    heading = block.kind in ("headline", "subhead") or (
        mark.start == block.start
        and mark.end >= block.end - 1
        and all(w.text[:1].isupper() or len(w) < 4 for w in words)
    )
    return first and closed and len(words) >= MIN_FREE and not heading
