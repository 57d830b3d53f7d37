"""Quotations in marks with the reporting clause before, after or between them.

The parser is unreliable across marks, so these rules read the words beside a mark in order and ask
the parse only inside the reporting clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, BlockRecord, MarkedSpan, Range, get_blocks, get_marks
from onrecord.pipeline.cues import CueLexicon, cue_lexicon
from onrecord.pipeline.edges import agent_of, cue_range, is_passive, source_range, trim
from onrecord.schema import Mode

_STOPS = frozenset((".", "!", "?", "…", "..."))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_BREAKS = frozenset((".", "!", "?", ";"))
_PAUSES = frozenset((",", "—", "–", "--", "-"))
_NEW_CLAUSES = frozenset(
    (
        "and",
        "but",
        "while",
        "as",
        "after",
        "before",
        "when",
        "although",
        "though",
        "according",
        "who",
        "which",
    )
)
MAX_LEAD = 25
"""Most words between a cue and the mark that it introduces; longer ones are other sentences' cues."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause: `*said Ann Lee, the mayor*`.

    Attributes:
        verb: the cue's head.
        stops: it ends its sentence.
        leads: it leads on to what follows, by a colon, a comma or nothing at all.
    """

    verb: Token
    cue: Range
    source: Range | None
    mode: Mode
    start: int
    end: int
    stops: bool
    leads: bool


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
    marks = [m for m in get_marks(doc) if m.depth == 0 and m.role == "quote"]
    found: list[_Found] = []
    open_chain: _Found | None = None
    before_block: BlockRecord | None = None
    for block in get_blocks(doc):
        own = [m for m in marks if block.start <= m.start < block.end]
        made = _read_block(doc, block, before_block, own, lexicon)
        if own and own[0].continues and open_chain is not None and made:
            open_chain = _append(open_chain, made)
        found.extend(made)
        open_chain = (made[-1] if made else open_chain) if own and not own[-1].closed else None
        before_block = block
    return [_to_attribution(f) for f in found if f.contents]


def _append(chain: _Found, made: list[_Found]) -> _Found:
    """Join the first quotation of a block to the one that the block before left open."""
    first = made[0]
    if first.clause is not None and chain.clause is None:
        # The reporting clause stands at the end of the whole.
        first.contents[:0] = chain.contents
        chain.contents.clear()
        return first
    if first.clause is None or chain.clause is not None:
        chain.contents.extend(first.contents)
        first.contents.clear()
        made[0] = chain
        made.pop(0)
        if not made:
            return chain
    return made[-1] if made else chain


def _to_attribution(found: _Found) -> Attribution:
    clause = found.clause
    return Attribution(
        contents=tuple(found.contents),
        cue=clause.cue if clause else None,
        source=clause.source if clause else None,
        type="direct",
        mode=clause.mode if clause else "speech",
        flags=("repaired_mark",) if found.repaired else (),
        reasons=tuple(found.reasons),
        rule=found.rule,
    )


def _read_block(
    doc: Doc,
    block: BlockRecord,
    before: BlockRecord | None,
    marks: Sequence[MarkedSpan],
    lexicon: CueLexicon,
) -> list[_Found]:
    found: list[_Found] = []
    last: _Found | None = None
    used: Clause | None = None
    taken = 0
    for k, mark in enumerate(marks):
        low = marks[k - 1].end if k else block.start
        high = marks[k + 1].start if k + 1 < len(marks) else block.end
        lead = _clause_before(doc, low, mark, lexicon)
        if lead is None and mark.start == block.start and before is not None:
            lead = _colon_before(doc, before, lexicon)
        tail = _clause_after(doc, mark, high, lexicon)
        span = _with_that(doc, mark, low)
        if mark.start < taken:
            continue
        same = lead is not None and used is not None and lead.verb.i == used.verb.i
        if lead is not None and not same:
            if tail is not None and _prefers_tail(doc, mark, lead, tail):
                last, used = _start(found, span, tail, "quote_then_cue", mark), tail
            else:
                span = (span[0], _extend_right(doc, mark, block.end))
                taken = span[1]
                last, used = _start(found, span, lead, "cue_then_quote", mark), lead
            continue
        joined = used is not None and not doc[low : mark.start].text.strip()
        gap_is_clause = (
            used is not None and k > 0 and used.start >= marks[k - 1].end - 1 and used.end >= mark.start - 2
        )
        if tail is not None and not (gap_is_clause and used is not None and not used.stops):
            span = (_extend_left(doc, mark, used.end if gap_is_clause and used else low), span[1])
            last, used = _start(found, span, tail, "quote_then_cue", mark), tail
        elif last is not None and (gap_is_clause or joined or same):
            last.contents.append(span)
            last.repaired |= mark.repaired
            if used is not None and gap_is_clause:
                last.rule = "split" if not used.stops else "second_sentence"
        elif _stands_alone(doc, mark, low, block):
            last, used = _start(found, span, None, "free_standing", mark), None
            last.reasons.append("quotation without a reporting clause")
    return found


def _start(found: list[_Found], span: Range, clause: Clause | None, rule: str, mark: MarkedSpan) -> _Found:
    reasons = []
    if clause is not None:
        reasons.append(f"cue '{clause.verb.text}' stands beside the marks")
    new = _Found([span], clause, rule, mark.repaired, reasons)
    found.append(new)
    return new


def _with_that(doc: Doc, mark: MarkedSpan, low: int) -> Range:
    if mark.start - 1 > low and doc[mark.start - 1].lower_ == "that":
        return mark.start - 1, mark.end
    return mark.start, mark.end


def _extend_right(doc: Doc, mark: MarkedSpan, high: int) -> int:
    """Where a content ends whose sentence goes on after the marks: *that “A” in B and “C”*."""
    i = mark.end
    if i >= high or _inner_last(doc, mark) in (",", *_STOPS):
        return mark.end
    while i < high and not (doc[i].text in _BREAKS or doc[i].is_sent_start):
        if doc[i].text in _PAUSES and _breaks_off(doc, i + 1, high):
            break
        i += 1
    kept = trim(doc, (mark.end, i))
    return kept[1] if kept else mark.end


def _breaks_off(doc: Doc, i: int, high: int) -> bool:
    """Whether a pause begins a new clause of the reporter: another cue, another subject."""
    if i >= high:
        return True
    token = doc[i]
    if token.tag_ in ("VBG", "VBD") or token.lower_ in _NEW_CLAUSES:
        return True
    return any(
        t.tag_ in _FINITE and t.pos_ == "VERB" and cue_lexicon().mode(t, "clause")
        for t in doc[i : min(i + 4, high)]
    )


def _extend_left(doc: Doc, mark: MarkedSpan, low: int) -> int:
    """Where a content begins whose sentence begins before the marks: *It was a “shame,” she said.*"""
    i = mark.start
    while i > low and not doc[i].is_sent_start and doc[i - 1].text not in (*_BREAKS, ":"):
        i -= 1
    kept = trim(doc, (i, mark.start))
    return kept[0] if kept else mark.start


def _inner_last(doc: Doc, mark: MarkedSpan) -> str:
    """The last word or stop inside the marks."""
    for i in range(mark.end - 2, mark.start, -1):
        if doc[i].text.strip("\"'“”‘’"):
            return doc[i].text
    return ""


def _prefers_tail(doc: Doc, mark: MarkedSpan, lead: Clause, tail: Clause) -> bool:
    return _inner_last(doc, mark) in (",", "?", "!", "—") and not lead.leads and not tail.leads


def _clause_after(doc: Doc, mark: MarkedSpan, high: int, lexicon: CueLexicon) -> Clause | None:
    """*”, said X* and *” X said* directly after a mark."""
    start = mark.end
    end = start
    while end < high and not (doc[end].text in _BREAKS and not _inside_brackets(doc, start, end)):
        if end > start + 1 and doc[end].is_sent_start and doc[end - 1].text not in ",:":
            break
        end += 1
    if end == start:
        return None
    stops = end >= high or doc[end].text in _BREAKS or bool(doc[end].is_sent_start)
    verb = _first_verb(doc, start, end, lexicon)
    if verb is None:
        return None
    leads = not stops or doc[end - 1].text in ",:"
    if _inner_last(doc, mark) == "." and leads and end == high and doc[end - 1].text in ",:":
        # “A.” He added: “B.” The clause belongs to what follows.
        return None
    clause = _clause(doc, verb, start, end, lexicon, stops=stops, leads=leads)
    if clause is None or (clause.source is None and verb.i > start + 3):
        return None
    return clause


def _first_verb(doc: Doc, start: int, end: int, lexicon: CueLexicon) -> Token | None:
    """The cue of a clause that begins at `start`: only its subject may stand before it."""
    for i in range(start, min(end, start + MAX_LEAD)):
        token = doc[i]
        if token.pos_ in ("ADP", "SCONJ") and i <= start + 1 and token.text not in (",",):
            return None
        if token.tag_ in _FINITE or token.tag_ in ("VBN", "VB", "VBG"):
            if token.dep_ in ("relcl", "acl", "amod", "aux", "auxpass") and not _at_clause_start(
                doc, start, i
            ):
                continue
            if any(c.lower_ in ("who", "which", "that") and c.i < i for c in token.children):
                continue
            if _quotes(token, lexicon):
                return token
            if token.tag_ in _FINITE:
                return None
        elif token.pos_ == "NOUN" and token.lower_ in ("says", "adds", "notes", "asks", "writes"):
            return token
    return None


def _at_clause_start(doc: Doc, start: int, i: int) -> bool:
    return all(t.text in (",", "—", "–", "-") or t.is_space for t in doc[start:i])


def _quotes(token: Token, lexicon: CueLexicon) -> bool:
    return (
        lexicon.mode(token, "clause") in ("speech", "belief")
        or lexicon.mode(token, "question") == "speech"
        or lexicon.mode(token, "quote") is not None
    )


def _mode(token: Token, lexicon: CueLexicon) -> Mode:
    if lexicon.mode(token, "quote") or lexicon.mode(token, "question") == "speech":
        return "speech"
    return lexicon.mode(token, "clause") or "speech"


def _clause(
    doc: Doc, verb: Token, start: int, end: int, lexicon: CueLexicon, *, stops: bool, leads: bool
) -> Clause | None:
    source = _subject(doc, verb, start, end)
    return Clause(verb, cue_range(verb), source, _mode(verb, lexicon), start, end, stops, leads)


def _subject(doc: Doc, verb: Token, start: int, end: int) -> Range | None:
    """The subject inside the clause: by the parse, else the noun phrase beside the verb."""
    if is_passive(verb):
        agent = agent_of(verb)
        return source_range(agent, low=start, high=end) if agent is not None else None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and start <= child.i < end:
            head = child
            if child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
                head = verb.head
            return source_range(head, low=start, high=end)
    if verb.dep_ == "conj":
        for child in verb.head.children:
            if child.dep_ == "nsubj" and start <= child.i < end:
                return source_range(child, low=start, high=end)
    before = [
        t
        for t in doc[start : verb.i]
        if t.pos_ in ("PROPN", "NOUN", "PRON")
        and t.dep_ not in ("pobj", "compound", "poss", "appos", "npadvmod")
    ]
    if before:
        return source_range(before[0], low=start, high=verb.i)
    for token in doc[verb.i + 1 : end]:
        if token.pos_ in ("PROPN", "NOUN", "PRON") and token.dep_ not in (
            "compound",
            "poss",
            "pobj",
            "npadvmod",
        ):
            return source_range(token, low=verb.i + 1, high=end)
        if token.text in (",", ":") or token.pos_ in ("ADP", "VERB"):
            break
    return None


def _clause_before(doc: Doc, low: int, mark: MarkedSpan, lexicon: CueLexicon) -> Clause | None:
    """*X said, “* and *X told Y on Monday: “* directly before a mark."""
    end = mark.start
    if end == low:
        return None
    last = doc[end - 1]
    direct = last.text in (",", ":", "—", "–", "-") or (last.lower_ == "that" and end - 2 > low)
    start = end - 1
    while start > low and not doc[start].is_sent_start and doc[start - 1].text not in _BREAKS:
        start -= 1
    verb = _last_verb(doc, start, end, lexicon)
    if verb is None:
        return None
    adjacent = verb.i == end - 1
    if not direct and not (adjacent and lexicon.mode(verb, "clause") == "speech"):
        return None
    if last.text == "," and any(
        t.tag_ in _FINITE and t.i > verb.i and t.dep_ != "relcl" for t in doc[verb.i + 1 : end]
    ):
        return None
    source = _lead_subject(doc, verb, low, end)
    return Clause(verb, cue_range(verb), source, _mode(verb, lexicon), start, end, False, True)


def _lead_subject(doc: Doc, verb: Token, low: int, end: int) -> Range | None:
    found = _subject(doc, verb, low, end)
    if found is not None or is_passive(verb):
        return found
    word = verb
    for _ in range(6):
        if word.dep_ not in ("conj", "advcl", "xcomp", "acl", "dep", "pcomp", "prep", "relcl"):
            break
        word = word.head
        if word.i < low:
            break
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubjpass") and low <= child.i < end:
                head = word.head if child.tag_ in ("WP", "WDT") and word.dep_ == "relcl" else child
                return source_range(head, low=low, high=end)
    return None


def _last_verb(doc: Doc, start: int, end: int, lexicon: CueLexicon) -> Token | None:
    for i in range(end - 1, max(start - 1, end - 1 - MAX_LEAD), -1):
        token = doc[i]
        if token.tag_.startswith("VB") and _quotes(token, lexicon) and token.dep_ not in ("amod",):
            return token
        if token.tag_ in _FINITE and token.dep_ not in ("relcl", "aux", "auxpass"):
            return None
    return None


def _colon_before(doc: Doc, block: BlockRecord, lexicon: CueLexicon) -> Clause | None:
    """A reporting clause that ends the block before with a colon."""
    end = block.end
    while end > block.start and doc[end - 1].is_space:
        end -= 1
    if end == block.start or doc[end - 1].text != ":":
        return None
    mark = MarkedSpan(end, end)
    return _clause_before(doc, block.start, mark, lexicon)


def _stands_alone(doc: Doc, mark: MarkedSpan, low: int, block: BlockRecord) -> bool:
    """Whether the marks hold a sentence of their own that nothing around them governs."""
    words = [t for t in doc[mark.start : mark.end] if t.is_alpha or t.like_num]
    opens_sentence = (
        mark.start == block.start or mark.start == low or doc[mark.start - 1].text in (*_STOPS, ":", "—")
    )
    closed = _inner_last(doc, mark) in _STOPS or mark.end >= block.end or not mark.closed
    return opens_sentence and closed and len(words) >= 3


def _inside_brackets(doc: Doc, start: int, end: int) -> bool:
    text = doc[start:end].text
    return text.count("(") > text.count(")")
