"""Which stretches of an article are claims: contents of attributions and the author's own assertions.

A candidate is a minimal verbatim span: no quotation marks around it, no introducing *that*, no
conjunction before it and no full stop after it. Sentences are cut into unlike claims by `cuts`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range, get_attributions, get_blocks
from onrecord.pipeline.claims.clauses import (
    MARKS,
    has_finite_clause,
    head_of,
    is_finite,
    sentence_ranges,
    trim,
)
from onrecord.pipeline.claims.contents import counts_answers, reports_claim, says_clause
from onrecord.pipeline.claims.cuts import units
from onrecord.pipeline.claims.leftovers import (
    asserts,
    breaks_off,
    coverage,
    free_run,
    hangs,
    run_around,
    without_preposition,
)
from onrecord.pipeline.claims.nominals import find_embedded
from onrecord.pipeline.claims.predicates import predicate_start
from onrecord.pipeline.claims.proforms import find_pro_form
from onrecord.pipeline.language.negation import is_negated

__all__ = ["Candidate", "find_candidates"]

ASSERTING_BLOCKS = frozenset({"paragraph", "list_item", "quote", "speaker_turn"})
"""Blocks in which sentences assert; the other kinds are labels of the page or of the story."""

WORD_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "PRON", "AUX"})
IMAGINING = frozenset({"may", "might", "could", "would", "can"})
LEAST = 3
"""Tokens of the shortest clause."""
IMAGINED = 5
"""Tokens of the shortest clause that the author imagines somebody saying."""
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
        counted: it says how many people say so (*two in three say P*).
    """

    start: int
    end: int
    head: int
    attribution: int | None
    sentence: Range
    stance: int | None = None
    imagined: int | None = None
    by: int | None = None
    counted: bool = False


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
    found += [_counting(doc, c, attributions, reporting) for c in _assertions(doc, own, sentences, kinds)]
    found += _nominals(doc, _cue_tokens(attributions), sentences, kinds)
    return sorted(_once(found, attributions), key=lambda c: (c.start, -c.end, c.attribution is not None))


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
    whole = _taking_up(doc, attribution, sentences) or _counted(doc, attribution, sentences)
    if whole is not None:
        sentence = next(s for s in sentences if s[0] <= whole[0] < s[1])
        return [Candidate(*whole, head_of(doc, whole), index, sentence)]
    inner = _cue_tokens(a for a, r in zip(attributions, reporting, strict=True) if r and a.parent == index)
    found = []
    for part, sentence in _parts(doc, attribution, sentences):
        for unit in units(doc, part):
            head = head_of(doc, unit)
            if head in inner and not _is_news(doc, head):
                continue
            if _says_something(doc, unit):
                found.append(_unwrapped(doc, Candidate(*unit, head, index, sentence)))
    if len(found) == 1:
        begin = predicate_start(doc, attribution, found[0].sentence)
        found = [replace(found[0], start=begin)] if begin is not None else found
    clauses = [c for c in found if has_finite_clause(doc, (c.start, c.end))]
    return [c for c in found if c in clauses or not clauses or c.end - c.start > 4 or _fills(doc, c)]


def _parts(doc: Doc, attribution: Attribution, sentences: Sequence[Range]) -> Iterator[tuple[Range, Range]]:
    """What of each sentence is content, with the sentence; a clause that its cue splits is one part."""
    held: tuple[Range, Range] | None = None
    for content in attribution.contents:
        for sentence in sentences[max(0, bisect_right(sentences, content) - 1) :]:
            if sentence[0] >= content[1]:
                break
            part = max(content[0], sentence[0]), min(content[1], sentence[1])
            if part[0] >= part[1] or _is_relative(doc, part, attribution):
                continue
            if held is not None and held[1] == sentence and _one_clause(doc, held[0], part):
                part = _unmarked(doc, (held[0][0], part[1]))
            elif held is not None:
                yield held
            held = part, sentence
    if held is not None:
        yield held


def _is_relative(doc: Doc, part: Range, attribution: Attribution) -> bool:
    """*A unit, | which | it says | will cut waits*: the word alone, which says nothing without its noun."""
    alone = part[1] == part[0] + 1 and len(attribution.contents) > 1
    return alone and doc[part[0]].tag_ in ("WDT", "WP")


def _unmarked(doc: Doc, span: Range) -> Range:
    """Without the outer marks of *"The mayor," she said, "took it."*"""
    both = doc[span[0]].text in MARKS and doc[span[1] - 1].text in MARKS
    return (span[0] + 1, span[1] - 1) if both else span


def _one_clause(doc: Doc, before: Range, after: Range) -> bool:
    """*The firm gets*, *40 million in aid*, around *the study says*: one of both is no clause.

    An infinitive goes on with what stands before the cue: *Nor has she plans, aides say, to go*.
    """
    if doc[after[0]].dep_ == "mark" or doc[after[0]].pos_ == "CCONJ":
        return False
    first, second = has_finite_clause(doc, before), has_finite_clause(doc, after)
    if not first and not second:
        return True
    if first and second:
        return False
    opening = next((t for t in doc[after[0] : after[1]] if t.text not in MARKS), doc[after[0]])
    if first and (
        doc[before[1] - 1].pos_ in ("VERB", "AUX", "ADP") or opening.dep_ == "prep" or opening.tag_ == "TO"
    ):
        return True
    tokens = (t for r in (before, after) for t in doc[r[0] : r[1]])
    return any(_in(t.head.i, before, after) and _in(t.i, before) != _in(t.head.i, before) for t in tokens)


def _in(i: int, *ranges: Range) -> bool:
    return any(start <= i < end for start, end in ranges)


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


def _counted(doc: Doc, attribution: Attribution, sentences: Sequence[Range]) -> Range | None:
    """*Reported $5,000 in interest*: a sum or number is a claim with the verb and its source alone."""
    content, source = attribution.contents[0], attribution.source
    first = next((t for t in doc[content[0] : content[1]] if t.lower_ != "between"), doc[content[0]])
    if len(attribution.contents) > 1 or not (first.like_num or first.is_currency):
        return None
    denying = load_lexicon("hedges")["denial"]["verbs"]
    if attribution.cue is not None and doc[head_of(doc, attribution.cue)].lemma_.lower() in denying:
        return None  # *Denies nine counts of fraud*: denied are the counts.
    if attribution.type == "direct" or says_clause(doc, attribution) or source is None:
        return None
    clause = source[0], content[1]
    whole = any(s[0] <= clause[0] and clause[1] <= s[1] for s in sentences)
    return trim(doc, clause) if source[1] <= content[0] and whole else None


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
    """The P of *I think P*, *she felt P*: what is thought is the claim, the thinking its stance.

    Who *does not think P*, *doubts P* or *wants P* does not hold that P: the clause stays whole.
    """
    head = doc[candidate.head]
    words = load_lexicon("hedges")["evaluation"]
    if head.lemma_.lower() not in words["stance"]:
        return candidate
    subject = next((c for c in head.children if c.dep_ == "nsubj" and c.pos_ == "PRON"), None)
    clause = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i), None)
    if subject is None or clause is None or subject.i > candidate.start + 1:
        return candidate
    if is_negated(head) or head.lemma_.lower() in words["withholding"] or not is_finite(clause):
        return replace(candidate, stance=head.i)
    start, end = trim(doc, (head.i + 1, candidate.end))
    if end - start < LEAST or not start <= clause.i < end:
        return candidate
    return Candidate(start, end, clause.i, candidate.attribution, candidate.sentence, head.i)


def _assertions(
    doc: Doc, attributions: Sequence[Attribution], sentences: Sequence[Range], kinds: Sequence[str]
) -> Iterator[Candidate]:
    covered = coverage(doc, attributions)
    cues = _cue_tokens(attributions)
    for sentence in sentences:
        if kinds[sentence[0]] not in ASSERTING_BLOCKS:
            continue
        for unit in units(doc, sentence):
            head = head_of(doc, unit)
            run = free_run(unit, covered) if covered[head] else run_around(unit, head, covered)
            if run is None or head in cues or (any(covered[slice(*unit)]) and _frames(doc, head)):
                continue
            span = trim(doc, run)
            if span[1] - span[0] < LEAST or not asserts(doc, span) or hangs(doc, span):
                continue
            if not breaks_off(doc, span, covered):
                span = without_preposition(doc, span, covered)
                yield _imagined(doc, Candidate(*span, head_of(doc, span), None, sentence))


def _counting(
    doc: Doc, candidate: Candidate, attributions: Sequence[Attribution], reporting: Sequence[bool]
) -> Candidate:
    """The candidate, marked where it counts who says so."""
    hearsay = load_lexicon("hedges")["hearsay"]["adverbs"]
    if candidate.imagined is not None or any(
        t.lower_ in hearsay for t in doc[candidate.start : candidate.end]
    ):
        return candidate
    counted = any(
        a.cue is not None and not reports and a.cue[0] <= candidate.head < a.cue[1] and counts_answers(doc, a)
        for a, reports in zip(attributions, reporting, strict=True)
    )
    return replace(candidate, counted=True) if counted else candidate


def _nominals(
    doc: Doc, cues: set[int], sentences: Sequence[Range], kinds: Sequence[str]
) -> Iterator[Candidate]:
    for span, by in find_embedded(doc, cues):
        start, end = next(iter(units(doc, span)), (span[0], span[0]))
        sentence = next((s for s in sentences if s[0] <= start < s[1]), None)
        if sentence is not None and start < end <= sentence[1] and kinds[start] in ASSERTING_BLOCKS:
            yield Candidate(start, end, head_of(doc, (start, end)), None, sentence, by=by)


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
    if any(c.dep_ == "neg" for c in head.children):
        return candidate  # *She would not say what she will do* tells what was not said
    what = next((c for c in head.children if c.dep_ in ("ccomp", "dobj") and c.i > head.i), None)
    if what is None:
        return candidate
    start, end = trim(doc, (head.i + 1, candidate.end))
    if end - start < IMAGINED or not start <= what.i < end:
        return candidate
    return Candidate(start, end, what.i, None, candidate.sentence, imagined=head.i)


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
