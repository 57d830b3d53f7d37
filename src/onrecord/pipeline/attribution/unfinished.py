"""Contents that break off in mid-phrase, brought to the end of the phrase."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.clauses import cut_at_next_report
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import VERB_GROUP, subject_of, subtree_range, trim
from onrecord.pipeline.language.function_words import (
    CONDITIONS,
    FINITE,
    PAUSES,
    STOPS,
    SUBJECT_RELATIVES,
    WH_TAGS,
)
from onrecord.pipeline.places import block_at, is_amid_marks

_BEFORE_NOUNS = frozenset(("det", "poss", "predet", "amod", "nummod", "compound", "case"))
_NOMINAL = frozenset(("NOUN", "PROPN", "VERB"))
_REASONS = CONDITIONS | {"because"}
"""In PolNeAR train 239 contents hold *because* without a comma, 17 end before it; of *if* 304 and 2."""


def finished(doc: Doc, found: Attribution) -> Attribution:
    """The contents to the end of the phrase in which they stop, or without the word that only begins one.

    *that taxing ships | – the fleet is the largest of all – | would cost jobs*: a clause goes on to its verb.
    *upheavals in the | wake of the vote*: a preposition or an article goes on to its noun. Where the cue or
    the source stands in between, the word that leads on is left out: *ending a strike | that, they said*. Not
    an adverb that the next piece goes on from: *That is why | , she said, | the road is shut*.
    """
    taken = [span for span in (found.cue, found.source) if span is not None]
    *pieces, last = found.contents
    leads_on = [doc[end - 1].tag_ == "WRB" for _, end in pieces]
    contents = [s if on else _finished(doc, s, taken) for s, on in zip(pieces, leads_on, strict=True)]
    contents.append(_finished(doc, last, taken))
    whole = [span for span in (_without_apposition(doc, c) for c in contents) if span is not None]
    cut = [_without_next_subject(doc, span) for span in whole or contents]
    return replace(found, contents=tuple(cut)) if tuple(cut) != found.contents else found


def _without_next_subject(doc: Doc, span: Range) -> Range:
    """Without the subject of the verb behind it: *that he “would go” |, the court | was told*."""
    start, end = span
    verb = next((t for t in doc[end : end + 3] if t.pos_ not in ("AUX", "ADV", "PART")), None)
    if verb is None or verb.tag_ not in (*FINITE, "VBN") or verb.head == verb.nbor(-1):
        return span
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and start < c.i < end), None)
    if subject is None or subject.tag_ in WH_TAGS or subject.right_edge.i + 1 != end:
        return span
    left = subject.left_edge.i
    told = any(t.tag_ in FINITE for t in doc[start:left])
    if left - 1 <= start or doc[left - 1].text not in PAUSES or not told:
        return span
    return trim(doc, (start, left), keep_stop=True) or span


def _finished(doc: Doc, span: Range, taken: list[Range]) -> Range:
    start, end = span
    if end - start < 2 or is_amid_marks(doc, end):
        return span
    goal = _goal(doc, start, end)
    if goal is None:
        return span
    if goal > end:
        free = not any(end <= s < goal for s, _ in taken)
        longer = trim(doc, (start, cut_at_next_report(doc, end, goal))) if free else None
        if longer is not None and longer[1] > end:
            return longer
    return _without_last(doc, span)


def _without_last(doc: Doc, span: Range) -> Range:
    """Without a relative pronoun, a preposition or an article at the end."""
    start, end = span
    last = doc[end - 1]
    if last.tag_ not in WH_TAGS and last.dep_ not in ("det", "prep", "mark"):
        return span
    return trim(doc, (start, end - 1), keep_stop=True) or span


def _without_apposition(doc: Doc, span: Range) -> Range | None:
    """Without an apposition whose relative clause is left out: *opened it | , a move | that irked many*.

    None where nothing else is left.
    """
    start, end = span
    if end >= len(doc):
        return span
    clause = next((t for t in doc[end].ancestors if t.dep_ == "relcl"), None)
    bare = clause is not None and clause.left_edge.i == end and doc[end].dep_.startswith("nsubj")
    if doc[end].lower_ not in SUBJECT_RELATIVES and not bare:
        return span
    noun = clause.head if clause is not None else None
    if (
        noun is None
        or noun.dep_ not in ("appos", "npadvmod", "dep")
        or not start <= noun.i < end
        or noun.i + 3 < end
    ):
        return span
    left = subtree_range(noun, low=start, high=end)[0]
    if left > start and doc[left - 1].text not in PAUSES:
        return span
    return trim(doc, (start, left), keep_stop=True)


def _goal(doc: Doc, start: int, end: int) -> int | None:
    """The end of what the last words begin, None where nothing is left open."""
    block = block_at(doc, start)
    high = min(doc[end - 1].sent.end, block.end if block is not None else len(doc))
    for word in doc[start:end]:
        if word.dep_ == "mark" and word.lower_ == "that" and end <= word.head.i < high:
            return subtree_range(word.head, low=start, high=high)[1]
    following = doc[end] if end < high else None
    if following is not None and following.lower_ in _REASONS and following.dep_ == "mark":
        # *criticism that it fails | because it is late*: without a comma the reason was said too.
        said = any(t.tag_ in FINITE for t in doc[start:end]) and not _pauses_in_marks(doc, end)
        return subtree_range(following.head, low=end, high=high)[1] if said else None
    last = doc[end - 1]
    if last.dep_ == "prep":
        below = [c for c in last.children if end <= c.i < high]
        return subtree_range(last, low=start, high=high)[1] if below else None
    if last.dep_ in (*_BEFORE_NOUNS, *VERB_GROUP) and end <= last.head.i < high and not doc[end].is_punct:
        return subtree_range(last.head, low=start, high=high)[1]
    if last.tag_ in WH_TAGS and end <= last.head.i < high:
        clause = next((t for t in last.ancestors if t.dep_ == "relcl"), last.head)
        other = cue_lexicon().reports(clause) == "speech" and subject_of(clause) != last
        # *a strike | that managers said could spread*: somebody else speaks there.
        return end if other else subtree_range(clause, low=start, high=high)[1]
    return _end_of_second(doc, end, high) or _end_of_name(doc, end, high)


def _end_of_name(doc: Doc, end: int, high: int) -> int | None:
    """*was suing the supplier |, Harbour Digital*: the last noun's name, where the sentence ends with it."""
    if end + 1 >= high or doc[end].text != ",":
        return None
    name = next((t for t in doc[end + 1 : high] if t.dep_ == "appos" and t.head.i == end - 1), None)
    if name is None or name.pos_ != "PROPN" or name.left_edge.i != end + 1:
        return None
    behind = doc[name.right_edge.i + 1 : high]
    return name.right_edge.i + 1 if all(t.is_punct or t.is_space for t in behind) else None


def _pauses_in_marks(doc: Doc, end: int) -> bool:
    """Whether a quotation ends there with a comma or a stop of its own: *says, “Go,” | until he does*."""
    return end > 1 and doc[end - 1].is_quote and doc[end - 2].text in (",", *STOPS)


def _end_of_second(doc: Doc, end: int, high: int) -> int | None:
    """*checks, as well | as aid for the poor*, *checks, as well as | aid for the poor*."""
    at = next(
        (
            i
            for i in (end, end - 1)
            if i < high and doc[i].lower_ == "as" and doc[i - 2 : i + 1].text.lower() == "as well as"
        ),
        None,
    )
    if at is None:
        return None
    second = next((t for t in doc[at + 1 : high] if t.pos_ in _NOMINAL and t.dep_ != "compound"), None)
    return subtree_range(second, low=at, high=high)[1] if second is not None else None
