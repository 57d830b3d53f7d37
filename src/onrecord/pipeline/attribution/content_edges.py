"""The edges of a content: words there that are the reporter's, and marks that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, MarkedSpan, Range, root_of
from onrecord.pipeline.attribution.rule_names import OBJECTS
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import trim
from onrecord.pipeline.language.function_words import DASHES, FINITE, WH_TAGS
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.negation import negation_words
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.places import marks_in, quotations_in

_JOINING = frozenset(("however", "still", "meanwhile", "nevertheless"))
_REASONS = frozenset(("because", "as", "since", "so", "citing"))


def without_joint(doc: Doc, found: Attribution) -> Attribution:
    """A plain statement without the word that joins its sentence to the one before.

    *But | the bridge is safe |, she said*: of such statements in PolNeAR train whose cue follows, 76 leave
    the word out and 25 take it in. What stands in marks was said with it.
    """
    start, end = found.contents[0]
    first = doc[start]
    if found.cue is None or found.cue[0] < end or not first.is_sent_start or not _joins(first):
        return found
    if marks_in(doc, (start, start + 1)):
        return found
    rest = trim(doc, (start + 1, end), keep_stop=True)
    return replace(found, contents=(rest, *found.contents[1:])) if rest is not None else found


def _joins(word: Token) -> bool:
    """Whether it joins two sentences; not *However laudable the goal*, which says how much, nor *Nor*."""
    degree = word.i + 1 < len(word.doc) and word.nbor().tag_ in ("JJ", "RB")
    if word.lower_ in negation_words():
        return False  # *Nor does she plan to go, aides say*: without it they say the opposite
    return word.tag_ == "CC" or (word.lower_ in _JOINING and not degree)


def from_semicolon(doc: Doc, found: Attribution) -> Attribution:
    """A plain statement before its cue from the semicolon on.

    *The road is shut; | the bridge will open in May |, she said*: of such statements in PolNeAR train and the
    corpus 28 begin there and 3 before, one of them a list.
    """
    start, end = found.contents[0]
    if found.cue is None or found.cue[0] < end:
        return found
    marked = marks_in(doc, (start, end))
    joints = [
        i for i in range(start, end) if doc[i].text == ";" and not any(m.start < i < m.end for m in marked)
    ]
    if len(joints) != 1 or doc[start].is_quote:
        return found
    rest = trim(doc, (joints[0] + 1, end), keep_stop=True)
    told = any(t.tag_ in FINITE for s, e in ((joints[0], end), *found.contents[1:]) for t in doc[s:e])
    return replace(found, contents=(rest, *found.contents[1:])) if rest is not None and told else found


def without_adverb(doc: Doc, found: Attribution) -> Attribution:
    """The content without an adverb of its cue that stands before it: *rejecting outright | any role*."""
    start, end = found.contents[0]
    first = doc[start]
    of_cue = found.cue is not None and found.cue[0] <= first.head.i < found.cue[1] == start
    if not of_cue or first.dep_ != "advmod" or first.tag_ != "RB" or start + 1 >= end:
        return found
    return replace(found, contents=((start + 1, end), *found.contents[1:]))


def without_lead(doc: Doc, found: Attribution) -> Attribution:
    """The content from its *that* or *to* on, without when or where it was said.

    *has threatened | for months | to resign*, *warns, | on its last page, | that “it is late”*.
    """
    start, end = found.contents[0]
    if found.cue is None or start < found.cue[1] or doc[start].tag_ in ("TO", "WDT", "WP", "WRB"):
        return found
    opener = next((t for t in doc[start:end] if t.tag_ == "TO" or _is_that(t)), None)
    if opener is None or opener.i + 1 >= end:
        return found
    set_off = doc[start - 1].text == "," and doc[opener.i - 1].text == "," and doc[start].tag_ == "IN"
    if not set_off and not _is_time(doc, start, opener.i):
        return found
    return replace(found, contents=((opener.i, end), *found.contents[1:]))


def _is_that(word: Token) -> bool:
    return word.lower_ == "that" and word.dep_ == "mark"


def _is_time(doc: Doc, start: int, end: int) -> bool:
    """Whether a phrase there is a time and no more: *for months*, *last week*, *on a regular basis*."""
    words = doc[start:end]
    if any(t.tag_ in FINITE or t.is_punct for t in words):
        return False
    nouns = [t for t in words if t.pos_ in ("NOUN", "PROPN", "NUM")]
    return bool(nouns) and all(t.ent_type_ in TIMES for t in nouns)


def without_frame(doc: Doc, found: Attribution) -> Attribution:
    """A quotation without the reporter's words that lead to it: *but despite that, | “I worry,” | she said*.

    A conjunction begins such a frame, a comma ends it, and the marks hold a whole clause.
    """
    start, end = found.contents[0]
    if doc[start].tag_ != "CC" or found.cue is None or found.cue[0] < end:
        return found
    mark = next((m for m in quotations_in(doc, (start, end)) if start < m.start), None)
    if mark is None or doc[mark.start - 1].text != ",":
        return found
    before = doc[start : mark.start]
    whole = any(t.tag_ in FINITE and _has_subject(t) for t in doc[mark.start : mark.end])
    if not whole or any(t.tag_ in FINITE for t in before):
        return found
    return replace(found, contents=((mark.start, end), *found.contents[1:]))


def without_mention(doc: Doc, found: Attribution) -> Attribution:
    """A quotation without the noun that mentions it: *added | the words | “for Osei”*."""
    start, end = found.contents[0]
    mark = next(
        (m for m in marks_in(doc, (start, end)) if m.closed and start < m.start and end <= m.end), None
    )
    if mark is None or len(found.contents) > 1 or not all(_is_edge(t) for t in doc[end : mark.end]):
        return found
    noun = doc[mark.start - 1]
    mentions = noun.pos_ == "NOUN" and lemma_of(noun) in cue_lexicon().words["statements"]["mentioning"]
    if not mentions or any(t.pos_ not in ("DET", "ADJ", "NUM", "PRON") for t in doc[start : noun.i]):
        return found
    return replace(found, contents=((mark.start, mark.end),))


def _has_subject(verb: Token) -> bool:
    clause = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in clause.children)


def without_reason(doc: Doc, found: Attribution) -> Attribution:
    """A wish not to be named without the reporter's reason: *asked not to be named | because talks go on*.

    Why somebody is not named is what readers are owed, and what he asked for ends before.
    """
    start, end = found.contents[-1]
    named = next((t for t in doc[start:end] if t.tag_ == "VBN" and _is_anonymity(t)), None)
    if named is None or found.cue is None or found.start < found.cue[1]:
        return found
    reason = next((t for t in doc[named.i + 1 : end] if _opens_reason(t)), None)
    kept = trim(doc, (start, reason.i), keep_stop=True) if reason is not None else None
    return replace(found, contents=(*found.contents[:-1], kept)) if kept is not None else found


def _is_anonymity(verb: Token) -> bool:
    """*not to be named*, *not to be quoted by name*: an infinitive in the passive that is negated."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    negated = any(c.dep_ == "neg" or c.lower_ == "not" for t in (verb, verb.head) for c in t.children)
    return passive and negated and lemma_of(verb) in cue_lexicon().comment["named"]


def _opens_reason(word: Token) -> bool:
    follows = word.nbor().lower_ if word.i + 1 < len(word.doc) else ""
    return word.lower_ in _REASONS or (word.lower_ == "for" and follows == "fear")


def without_addressee(doc: Doc, found: Attribution) -> Attribution:
    """The content from its *that* on where who was told stands before it.

    *tells | voters who wonder why that he “…”*, *told | one of his colleagues at length that “…”*.
    """
    start, end = found.contents[0]
    if found.cue is None or start < found.cue[1]:
        return found
    verb = root_of(doc, found.cue)
    told = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i), None)
    if told is None or lemma_of(verb) not in cue_lexicon().entries["addressee_infinitive"]:
        return found
    goes_on = told.i == start - 1 and doc[start].tag_ == "WP"
    if not (goes_on or (start == found.cue[1] and told.i < end)) or not is_somebody(told):
        return found
    that = next(
        (t for t in doc[max(start, told.i) + 1 : end] if t.lower_ == "that" and t.dep_ == "mark"), None
    )
    if that is None or _completes(doc[that.i - 1]):
        return found
    between = doc[told.i + 1 : that.i]
    if any(t.is_quote for t in between) or (not goes_on and any(t.tag_ in FINITE for t in between)):
        return found
    return replace(found, contents=((that.i, end), *found.contents[1:]))


def without_hearer(doc: Doc, found: Attribution) -> Attribution:
    """A quoted sentence without who it was said to: *mouthed “I’m sorry” | to his wife*."""
    start, end = found.contents[-1]
    if found.cue is None or found.cue[1] > start:
        return found
    mark = next((m for m in marks_in(doc, (start - 1, end)) if start - 1 <= m.start <= start), None)
    if (
        mark is None
        or mark.role not in ("quote", "scare")
        or mark.end + 1 >= end
        or doc[mark.end].lower_ != "to"
    ):
        return found
    words = doc[mark.end + 1 : end]
    whole = any(t.tag_ in FINITE and _has_subject(t) for t in doc[mark.start : mark.end])
    if not whole or not is_somebody(words.root) or any(t.tag_ in FINITE or t.is_quote for t in words):
        return found
    return replace(found, contents=(*found.contents[:-1], (start, mark.end)))


def with_inner_verb(doc: Doc, found: Attribution) -> Attribution:
    """The content from the clause on that governs its *that*: *told the hearing | she accepted | that P*.

    The pronoun between addressee and *that* is the subject of what was said. Parsers take its clause for a
    relative one.
    """
    start, end = found.contents[0]
    if found.cue is None or doc[start].lower_ != "that" or start - 2 < found.cue[1]:
        return found
    verb, subject = doc[start - 1], doc[start - 2]
    governs = verb.tag_ in FINITE and cue_lexicon().mode(verb, "clause") is not None
    if not governs or subject.tag_ != "PRP" or subject.dep_ not in ("nsubj", "nsubjpass"):
        return found
    own = root_of(doc, found.cue)
    told = own.lemma_.lower() in cue_lexicon().entries["addressee_infinitive"]
    return replace(found, contents=((subject.i, end), *found.contents[1:])) if told else found


def _completes(noun: Token) -> bool:
    """Whether a noun before *that* has the clause for its content: *told them the claim that …*."""
    lexicon = cue_lexicon()
    held = noun.lemma_.lower() in lexicon.words["statements"]["completed"]
    return noun.pos_ == "NOUN" and (held or lexicon.mode(noun, "nouns") is not None)


def with_whole_marks(doc: Doc, found: Attribution) -> Attribution:
    """The content to the end of the quotation that it begins: *read, “Vote Ada. | Be glad. Vote twice.”*.

    Parsers and the model stop at the end of a sentence; what was read or said stops with the marks.
    """
    if found.rule in OBJECTS:
        # How far an object goes on after a sentence in marks the model knows better.
        return found
    taken = [span for span in (found.cue, found.source) if span is not None]
    contents: list[Range] = []
    for start, end in found.contents:
        mark = next((m for m in marks_in(doc, (start, end)) if _breaks_off_in(doc, (start, end), m)), None)
        if mark is not None and not any(mark.start < t[1] and t[0] < mark.end for t in taken):
            start, end = min(start, mark.start), mark.end
        contents.append((start, end))
    joined = tuple(_joined(doc, contents))
    return replace(found, contents=joined) if joined != found.contents else found


def _breaks_off_in(doc: Doc, span: Range, mark: MarkedSpan) -> bool:
    start, end = span
    if mark.role != "quote" or not mark.closed or not mark.start < end < mark.end:
        return False
    return start <= mark.start or all(_is_edge(t) for t in doc[mark.start : start])


def tidy(doc: Doc, found: Attribution) -> Attribution:
    """The attribution with contents that end with their last word, and whole marks in them and the source.

    A piece without a word, a bracket or a dash, is none.
    """
    said = [s for s in found.contents if any(c.isalnum() for c in doc[s[0] : s[1]].text)]
    pieces = [_without_pause(doc, s) for s in said or found.contents]
    spans = [_balanced(doc, _without_time(doc, found, _without_loose_end(doc, s))) for s in pieces]
    source = found.source
    if source is not None:
        source = _with_closing_mark(doc, _without_dashes(doc, source))
    return replace(found, contents=_without_pronoun(doc, _joined(doc, spans)), source=source)


def _without_pause(doc: Doc, span: Range) -> Range:
    """Without the comma that closes the reporting clause: *Had he, she wondered | , | read it?*."""
    start, end = span
    return (start + 1, end) if end - start > 1 and doc[start].text == "," else span


def _without_dashes(doc: Doc, span: Range) -> Range:
    """The source without dashes at its ends: *officials – among them Ann Reed | – | have argued*."""
    start, end = span
    while start + 1 < end and doc[start].text in DASHES:
        start += 1
    while end - 1 > start and doc[end - 1].text in DASHES:
        end -= 1
    return start, end


def _without_pronoun(doc: Doc, spans: Sequence[Range]) -> tuple[Range, ...]:
    """Without a relative pronoun alone at the end, whose clause is another's: *defended fees | , which*."""
    start, end = spans[-1]
    alone = len(spans) > 1 and end - start == 1 and doc[start].tag_ in WH_TAGS
    return tuple(spans[:-1] if alone else spans)


def _with_closing_mark(doc: Doc, span: Range) -> Range:
    """The source to the end of the marks that it opens: *a group known as “the walkers | ”*."""
    start, end = span
    open_marks = [m for m in marks_in(doc, span) if m.closed and start <= m.start and end < m.end]
    left = next((m for m in open_marks if all(_is_edge(t) for t in doc[end : m.end])), None)
    return span if left is None else (start, left.end)


def _joined(doc: Doc, spans: list[Range]) -> list[Range]:
    """Spans that touch, or that a conjunction alone parts, made one: *a “farce” | and | a “shame”*."""
    out: list[Range] = []
    for start, end in spans:
        last = out[-1][1] if out else None
        if last is not None and (start < last or (start == last + 1 and doc[last].tag_ == "CC")):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _without_loose_end(doc: Doc, span: Range) -> Range:
    """Without a conjunction that leads on to what stands outside: *the letters were private, | but*."""
    start, end = span
    last = doc[end - 1]
    loose = last.dep_ in ("cc", "mark") and (last.head.i >= end or last.dep_ == "cc")
    if not loose or any(m.start < end - 1 and end < m.end for m in marks_in(doc, span)):
        return span
    return trim(doc, (start, end - 1), keep_stop=True) or span


def _without_time(doc: Doc, found: Attribution, span: Range) -> Range:
    """Without the time of the report after the marks: *called it “late” | on Monday*."""
    if found.cue is None or found.cue[1] > span[0]:
        return span
    start, end = span
    verb = root_of(doc, found.cue)
    for child in verb.children:
        if child.dep_ != "prep" or not start < child.i < end or not doc[child.i - 1].is_quote:
            continue
        noun = next((c for c in child.children if c.dep_ == "pobj"), None)
        if noun is not None and noun.ent_type_ in TIMES and max(t.i for t in child.subtree) + 1 >= end:
            return start, child.i
    return span


def _balanced(doc: Doc, span: Range) -> Range:
    """With the mark that was left at either edge, and the stop or comma that stands before it.

    *titled | “The Ruin of Dahl |,”*: whatever the marks are for, a content holds both or none.
    """
    start, end = span
    for mark in marks_in(doc, span):
        if not mark.closed:
            continue
        if start <= mark.start < end < mark.end and all(_is_edge(t) for t in doc[end : mark.end]):
            end = mark.end
        if mark.start < start < mark.end <= end and all(_is_edge(t) for t in doc[mark.start : start]):
            start = mark.start
        inside = mark.start < start and end < mark.end
        if inside and all(_is_edge(t) for t in (*doc[mark.start : start], *doc[end : mark.end])):
            start, end = mark.start, mark.end
    return start, end


def _is_edge(token: Token) -> bool:
    return token.is_punct or token.is_quote or token.is_space
