"""Which stretches of an article are claims: contents of attributions and the author's own assertions.

A candidate is a minimal verbatim span: no quotation marks around it, no introducing *that*, no
conjunction before it and no full stop after it. Sentences are cut into unlike claims by `clauses`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range, get_attributions, get_blocks
from onrecord.pipeline.claim_clauses import has_finite_clause, head_of, sentence_ranges, trim, units
from onrecord.pipeline.claim_nominals import find_embedded
from onrecord.pipeline.proforms import find_pro_form

__all__ = ["Candidate", "find_candidates"]

ASSERTING_BLOCKS = frozenset({"paragraph", "list_item", "quote", "speaker_turn"})
"""Blocks in which sentences assert; the other kinds are labels of the page or of the story."""

WORD_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "PRON", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
IMAGINING = frozenset({"may", "might", "could", "would", "can"})
LEAST = 3
"""Tokens of the shortest clause."""
UNSAID = frozenset({"negated", "declined_comment"})
NOMINAL = 5
"""Tokens from which a content without a verb says what happened (*announced the start of …*)."""
SAME = 0.8
"""Share of common tokens (intersection over union) from which two candidates are one claim."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that makes a claim.

    Attributes:
        head: the token that governs the others, as a rule the verb.
        attribution: index of the attribution whose content this is; None for the author's own.
        sentence: the sentence around it.
        stance: the verb of thinking or feeling that the claim was taken out of (*he believes P*).
        by: the noun, verb or adjective that claims it inside a phrase (*Ankara's denial of P*).
        imagined: the verb by which the author imagines somebody saying it (*critics might argue P*).
    """

    start: int
    end: int
    head: int
    attribution: int | None
    sentence: Range
    stance: int | None = None
    imagined: int | None = None
    by: int | None = None


def find_candidates(doc: Doc) -> list[Candidate]:
    """All candidates of `doc` in text order, none twice; the doc is only read."""
    attributions = get_attributions(doc)
    sentences = sentence_ranges(doc)
    kinds = _block_kinds(doc)
    reporting = [reports_claim(doc, a) for a in attributions]
    found = [
        c
        for i, a in enumerate(attributions)
        if reporting[i] and kinds[a.start] != "boilerplate"
        for c in _from_content(doc, i, attributions, sentences, reporting)
    ]
    own = [a for a, reports in zip(attributions, reporting, strict=True) if reports]
    found += _assertions(doc, own, sentences, kinds)
    found += _nominals(doc, _cue_tokens(attributions), sentences, kinds)
    return sorted(_once(found, attributions), key=lambda c: (c.start, -c.end, c.attribution is not None))


def reports_claim(doc: Doc, attribution: Attribution) -> bool:
    """Whether the source of an attribution commits to its content.

    What was not said makes no claim. Evidence claims through documents and data (*the poll found*);
    what a glance or a moment *reveals* the author reads into it. Of beliefs those that somebody
    professes do, in the present or inside what they said (*thinks that P*, *said she felt that P*);
    what somebody once thought the author narrates. A name for a content (*citing privacy rules*)
    claims nothing, nor does a noun of asking or backing (*requests to*, *support of*).
    """
    if UNSAID & set(attribution.flags) or _left_open(doc, attribution) or _rings_up(doc, attribution):
        return False
    clause = any(has_finite_clause(doc, r) for r in attribution.contents)
    if attribution.mode == "evidence":
        return clause and _is_record(doc, attribution)
    if attribution.mode == "belief":
        return clause and _professed(doc, attribution)
    if clause or attribution.type == "direct":
        return not _deprives(doc, attribution)
    if attribution.source is None and not attribution.speakers:
        return False
    if find_pro_form(doc, attribution) is not None:
        return True
    if attribution.cue and doc[head_of(doc, attribution.cue)].pos_ == "NOUN":
        words = load_lexicon("hedges")
        lemma = doc[head_of(doc, attribution.cue)].lemma_.lower()
        return lemma in words["denial"]["nouns"] or lemma in words["claiming"]["nouns"]
    return attribution.end - attribution.start >= NOMINAL or attribution.type == "mixed"


def _left_open(doc: Doc, attribution: Attribution) -> bool:
    """*Would neither confirm nor deny that P*."""
    if attribution.cue is None:
        return False
    verb = doc[head_of(doc, attribution.cue)]
    before = doc[max(verb.sent.start, verb.i - 4) : attribution.cue[1]]
    return {"neither", "nor"} <= {t.lower_ for t in before}


def _deprives(doc: Doc, attribution: Attribution) -> bool:
    """*Denied the rival a photograph of unity*: somebody goes without, nothing is said."""
    if attribution.cue is None or attribution.type == "direct":
        return False
    verb = doc[head_of(doc, attribution.cue)]
    whom = (c for c in verb.children if c.dep_ == "dative" and c.i >= attribution.start)
    return verb.lemma_.lower() == "deny" and any(whom)


def _rings_up(doc: Doc, attribution: Attribution) -> bool:
    """*Called the premier to arrange a meeting*: a telephone call and its purpose, nothing said."""
    if attribution.cue is None or attribution.type == "direct":
        return False
    verb = doc[head_of(doc, attribution.cue)]
    first = doc[attribution.contents[-1][0]]
    called = verb.lemma_.lower() in ("call", "phone", "ring") and verb.i + 1 == attribution.cue[1]
    return called and first.lower_ == "to" and first.head.tag_ == "VB"


def _is_record(doc: Doc, attribution: Attribution) -> bool:
    if any(s.type == "DOCUMENT" for s in attribution.speakers):
        return True
    if attribution.source is None:
        return False
    lemma = doc[head_of(doc, attribution.source)].lemma_.lower()
    return lemma in load_lexicon("hedges")["records"]["nouns"]


def _professed(doc: Doc, attribution: Attribution) -> bool:
    if attribution.cue is None or (attribution.source is None and not attribution.speakers):
        return False
    if _is_record(doc, attribution):
        return True
    verb = doc[head_of(doc, attribution.cue)]
    if verb.lemma_.lower() not in load_lexicon("hedges")["professing"]["verbs"]:
        return False
    present = verb.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in verb.children)
    return present or attribution.parent is not None or attribution.type != "indirect"


def _block_kinds(doc: Doc) -> list[str]:
    kinds = ["paragraph"] * len(doc)
    for block in get_blocks(doc):
        kinds[block.start : block.end] = [block.kind] * (block.end - block.start)
    return kinds


def _from_content(
    doc: Doc,
    index: int,
    attributions: Sequence[Attribution],
    sentences: Sequence[Range],
    reporting: Sequence[bool],
) -> list[Candidate]:
    attribution = attributions[index]
    whole = _taking_up(doc, attribution, sentences)
    if whole is not None:
        sentence = next(s for s in sentences if s[0] <= whole[0] < s[1])
        return [Candidate(*whole, head_of(doc, whole), index, sentence)]
    inner = _cue_tokens(a for a, r in zip(attributions, reporting, strict=True) if r and a.parent == index)
    found = []
    for content in attribution.contents:
        for sentence in sentences[max(0, bisect_right(sentences, content) - 1) :]:
            if sentence[0] >= content[1]:
                break
            part = max(content[0], sentence[0]), min(content[1], sentence[1])
            if part[0] >= part[1]:
                continue
            for unit in units(doc, part):
                head = head_of(doc, unit)
                if head in inner and not _is_news(doc, head):
                    continue
                if _says_something(doc, unit):
                    found.append(_unwrapped(doc, Candidate(*unit, head, index, sentence)))
    clauses = [c for c in found if has_finite_clause(doc, (c.start, c.end))]
    return [c for c in found if c in clauses or not clauses or c.end - c.start > 4 or _fills(doc, c)]


def _taking_up(doc: Doc, attribution: Attribution, sentences: Sequence[Range]) -> Range | None:
    """The claim of a denial that takes another claim up.

    *It* and *this* alone tell a reader nothing: their claim is the clause with source and cue.
    """
    form = find_pro_form(doc, attribution)
    if form is None:
        return None
    content, source = attribution.contents[0], attribution.source
    if form.kind == "pronoun" and source is not None and source[0] < content[0]:
        clause = source[0], content[1]
        if any(s[0] <= clause[0] and clause[1] <= s[1] for s in sentences):
            content = clause
    span = trim(doc, content)
    return span if span[0] < span[1] else None


def _fills(doc: Doc, candidate: Candidate) -> bool:
    """Whether the candidate is its whole sentence: an exclamation, not a scrap of a clause."""
    return trim(doc, candidate.sentence) == (candidate.start, candidate.end)


def _cue_tokens(attributions: Iterable[Attribution]) -> set[int]:
    return {i for a in attributions if a.cue for i in range(*a.cue)}


def _is_news(doc: Doc, cue: int) -> bool:
    """Whether that somebody said it is a claim in itself: *he lied that …*."""
    return doc[cue].lemma_.lower() in load_lexicon("worthiness")["accusation"]["words"] or any(
        c.dep_ == "xcomp" and c.lemma_.lower() == "lie" for c in doc[cue].children
    )


def _says_something(doc: Doc, span: Range) -> bool:
    words = [t for t in doc[span[0] : span[1]] if t.pos_ in WORD_TAGS]
    return len(words) > 1 or any(t.pos_ in ("VERB", "AUX") for t in words)


def _unwrapped(doc: Doc, candidate: Candidate) -> Candidate:
    """The P of *I think P*, *she felt P*: what is thought is the claim, the thinking its stance."""
    head = doc[candidate.head]
    if head.lemma_.lower() not in load_lexicon("hedges")["evaluation"]["stance"]:
        return candidate
    subject = next((c for c in head.children if c.dep_ == "nsubj" and c.pos_ == "PRON"), None)
    clause = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i), None)
    if subject is None or clause is None or subject.i > candidate.start + 1:
        return candidate
    start, end = trim(doc, (head.i + 1, candidate.end))
    if end - start < LEAST or not start <= clause.i < end:
        return candidate
    return Candidate(start, end, clause.i, candidate.attribution, candidate.sentence, head.i)


def _assertions(
    doc: Doc, attributions: Sequence[Attribution], sentences: Sequence[Range], kinds: Sequence[str]
) -> Iterator[Candidate]:
    covered = _coverage(doc, attributions)
    cues = _cue_tokens(attributions)
    for sentence in sentences:
        if kinds[sentence[0]] not in ASSERTING_BLOCKS:
            continue
        for unit in units(doc, sentence):
            head = head_of(doc, unit)
            run = _free_run(unit, covered) if covered[head] else _run_around(unit, head, covered)
            if run is None or head in cues or (any(covered[slice(*unit)]) and _frames(doc, head)):
                continue
            span = trim(doc, run)
            if span[1] - span[0] >= LEAST and _asserts(doc, span) and not _breaks_off(doc, span, covered):
                yield _imagined(doc, Candidate(*span, head_of(doc, span), None, sentence))


def _nominals(
    doc: Doc, cues: set[int], sentences: Sequence[Range], kinds: Sequence[str]
) -> Iterator[Candidate]:
    for span, by in find_embedded(doc, cues):
        start, end = next(iter(units(doc, span)), (span[0], span[0]))
        sentence = next((s for s in sentences if s[0] <= start < s[1]), None)
        if sentence is not None and start < end <= sentence[1] and kinds[start] in ASSERTING_BLOCKS:
            yield Candidate(start, end, head_of(doc, (start, end)), None, sentence, by=by)


def _coverage(doc: Doc, attributions: Sequence[Attribution]) -> list[bool]:
    """Which tokens attributions speak for. A source stays the author's where it is the subject of
    another verb than the cue: *the ministry sacked two officials, saying …*."""
    covered = [False] * len(doc)
    for a in attributions:
        ranges = list(a.contents)
        if a.cue:
            ranges.append(a.cue)
        if a.source:
            verb = doc[head_of(doc, a.source)].head
            elsewhere = verb.pos_ in ("VERB", "AUX") and not _holds(a.cue, verb.i)
            if not elsewhere or any(_holds(c, verb.i) for c in a.contents):
                ranges.append(a.source)
        for start, end in ranges:
            covered[start:end] = [True] * (end - start)
    return covered


def _holds(span: Range | None, i: int) -> bool:
    return span is not None and span[0] <= i < span[1]


def _frames(doc: Doc, head: int) -> bool:
    """*Issued a sharp statement*, beside what the statement said."""
    framing = load_lexicon("hedges")["framing"]
    verb = doc[head]
    return verb.lemma_.lower() in framing["verbs"] and any(
        c.dep_ in ("dobj", "pobj") and c.lemma_.lower() in framing["nouns"] for c in verb.children
    )


def _imagined(doc: Doc, candidate: Candidate) -> Candidate:
    """The P of *critics might argue P*."""
    head = doc[candidate.head]
    if head.lemma_.lower() not in load_lexicon("hedges")["hypothetical"]["verbs"]:
        return candidate
    if not any(c.dep_ == "aux" and c.lower_ in IMAGINING for c in head.children):
        return candidate
    what = next((c for c in head.children if c.dep_ in ("ccomp", "dobj") and c.i > head.i), None)
    if what is None:
        return candidate
    start, end = trim(doc, (head.i + 1, candidate.end))
    if end - start < NOMINAL or not start <= what.i < end:
        return candidate
    return Candidate(start, end, what.i, None, candidate.sentence, imagined=head.i)


def _asserts(doc: Doc, span: Range) -> bool:
    """Whether a finite verb leads the range, with its subject in it or before it."""
    head = doc[head_of(doc, span)]
    if head.tag_ in FINITE or any(c.tag_ in FINITE and c.dep_ in ("aux", "auxpass") for c in head.children):
        return True
    return has_finite_clause(doc, span)


def _breaks_off(doc: Doc, span: Range, covered: Sequence[bool]) -> bool:
    """*This raises*, of *This raises questions about whether P*: what the verb takes is another's content."""
    last = doc[span[1] - 1]
    objects = (c for c in last.children if c.dep_ in ("dobj", "ccomp", "xcomp") and c.i >= span[1])
    return last.pos_ == "VERB" and any(covered[c.i] for c in objects)


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


def _once(candidates: Sequence[Candidate], attributions: Sequence[Attribution]) -> Iterator[Candidate]:
    """Of candidates over the same tokens, the one whose source stands nearest to the claim."""

    def depth(c: Candidate) -> int:
        steps, index, seen = 0, c.attribution, set()
        while index is not None and index not in seen:
            seen.add(index)
            steps, index = steps + 1, attributions[index].parent
        return steps

    kept: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: -depth(c)):
        if not any(k.start < c.end and c.start < k.end and _overlap(c, k) >= SAME for k in kept):
            kept.append(c)
    yield from kept


def _overlap(a: Candidate, b: Candidate) -> float:
    common = min(a.end, b.end) - max(a.start, b.start)
    return max(0, common) / (max(a.end, b.end) - min(a.start, b.start))
