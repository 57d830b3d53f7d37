"""Where the reporter's own words begin again after what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import SUBJECTS, subject_of, subtree_range, trim
from onrecord.pipeline.language.function_words import (
    DASHES,
    FINITE,
    FINITE_VERBS,
    PAUSES,
    STOPS,
    SUBORDINATORS,
    WH_TAGS,
)
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.places import is_amid_marks, marks_in

_PRESENT = frozenset(("VBZ", "VBP"))
_PRESENT_MODALS = frozenset(("will", "can", "may", "shall", "’ll", "'ll"))
_FUTURE = frozenset(("will", "would", "’ll", "'ll", "’d", "'d", "wo"))
_CONCESSIVE = frozenset(("although", "though", "whereas"))
_EACH: tuple[list[str], ...] = ([], ["each"], ["both"], ["with", "each"], ["with", "both"])
_NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"))
_OTHERS = frozenset(("others", "some", "many", "most"))
MIN_CONTENT = 3
"""Words that a content keeps; what is shorter was not cut at an aside."""


def without_aside(doc: Doc, found: Attribution) -> Attribution:
    """The last piece of a content, where it follows its cue, up to an aside of the reporter."""
    if found.cue is None or found.contents[-1][0] < found.cue[1]:
        return found
    start, end = found.contents[-1]
    cue = root_of(doc, found.cue)
    marked = _marked(doc, start, end)
    cuts = [i for i in _cuts(doc, cue, start, end, marked) if start + MIN_CONTENT <= i < end]
    kept = trim(doc, (start, min(cuts)), keep_stop=True) if cuts else None
    if kept is None:
        return found
    # *“a gift” -- a phrase from the campaign; | six in ten agreed*: the statement goes on.
    goes_on = next((i for i in range(min(cuts), end) if doc[i].text == ";"), end)
    rest = trim(doc, (goes_on, end), keep_stop=True)
    pieces = (kept, rest) if rest is not None else (kept,)
    return replace(found, contents=(*found.contents[:-1], *pieces))


def without_afterword(doc: Doc, found: Attribution) -> Attribution:
    """A statement around its cue without what the reporter adds behind it.

    *The ban will fail, she said, | though nobody believed her*: a concession is the reporter's in 9 of 10
    such in the corpus and PolNeAR train, a reason the speaker's in 8 of 9. So is a participle of speaking:
    *both sides said, | each accusing the other*, *he said, | apparently referring to the fire*.
    """
    if found.cue is None:
        return found
    start, end = found.contents[-1]
    if len(found.contents) == 1:
        return _without_clause(doc, found)
    first = start - 1 if doc[start - 1].lower_ in _CONCESSIVE else start
    behind = found.contents[-2][1] <= found.cue[0] < first and doc[first - 1].text in PAUSES
    inside = is_amid_marks(doc, found.cue[0])
    if not behind or inside or any(t.is_quote for t in doc[start:end]):
        return found
    whole = any(t.tag_ in FINITE for t in doc[slice(*found.contents[-2])])
    if whole and (_concedes(doc[first]) or _speaks_beside(doc, start, end)):
        return replace(found, contents=found.contents[:-1])
    return found


def _without_clause(doc: Doc, found: Attribution) -> Attribution:
    """A quotation without the clause behind its last comma or stop: *shouts, “Go on,” | until he does*.

    In PolNeAR train the three found so are all left out (counted by a pattern).
    """
    start, end = found.contents[0]
    mark = next((m for m in marks_in(doc, (start - 1, end)) if start - 1 <= m.start <= start), None)
    if mark is None or mark.role != "quote" or mark.end >= end or doc[mark.end].lower_ not in SUBORDINATORS:
        return found
    closed = doc[mark.end - 2].text in (",", *STOPS)
    led = doc[mark.start - 1].text in (",", ":") and found.cue is not None and found.cue[1] <= mark.start
    return replace(found, contents=((start, mark.end),)) if closed and led else found


def _concedes(word: Token) -> bool:
    return word.lower_ in _CONCESSIVE and word.dep_ in ("mark", "advmod")


def _speaks_beside(doc: Doc, start: int, end: int) -> bool:
    """Whether a participle of speaking begins there, with *each* for its subject if it has one."""
    participle = next((t for t in doc[start:end] if t.tag_ == "VBG"), None)
    if participle is None:
        return False
    lexicon = cue_lexicon()
    if lemma_of(participle) in lexicon.words["reporting"]["glossing"]:
        return all(t.pos_ == "ADV" for t in doc[start : participle.i])
    # *brought ashore thin and, friends say, still arguing*: an adverb makes it a part of what was said.
    before = [t.lower_ for t in doc[start : participle.i]]
    return before in _EACH and lexicon.reports(participle) == "speech"


def _marked(doc: Doc, start: int, end: int) -> frozenset[int]:
    """Tokens of a content between quotation marks, the closing mark left out."""
    return frozenset(i for m in marks_in(doc, (start, end)) for i in range(m.start, m.end - 1))


def _cuts(doc: Doc, cue: Token, start: int, end: int, marked: frozenset[int]) -> Iterator[int]:
    span = start, end
    found = (
        _dash_after_marks(doc, span, marked),
        _comment_after_marks(doc, span),
        _other_tense(doc, cue, span, marked),
        _next_deed(doc, cue, span, marked),
        _next_doer(doc, cue, span, marked),
        _next_verb(doc, cue, span, marked),
    )
    yield from (cut for cut in found if cut is not None)


def _dash_after_marks(doc: Doc, span: Range, marked: frozenset[int]) -> int | None:
    """*called it “a gift” | -- a phrase from the campaign*.

    Of 33 contents in PolNeAR train with a dash right after a closing mark, 29 end there.
    """
    dashes = [i for i in range(*span) if doc[i].text in DASHES and i not in marked]
    if len(dashes) != 1 or not doc[dashes[0] - 1].is_quote or any(j > dashes[0] for j in marked):
        return None
    return dashes[0]


def _comment_after_marks(doc: Doc, span: Range) -> int | None:
    """*“The trade is complex,” | presumably meaning the land*: a participle comments on a whole quotation.

    Not where a verb before the marks governs both: *were “well paid,” making 40 a day*.
    """
    opening = span[0] if doc[span[0]].tag_ in FINITE else span[0] + 1
    whole = next((m for m in marks_in(doc, span) if span[0] <= m.start <= opening and m.end < span[1]), None)
    if whole is None or not doc[whole.end - 2].text.endswith((",", ".")):
        return None
    first = next((t for t in doc[whole.end : span[1]] if t.pos_ != "ADV"), None)
    return whole.end if first is not None and first.tag_ == "VBG" else None


def _other_tense(doc: Doc, cue: Token, span: Range, marked: frozenset[int]) -> int | None:
    """*said the trip was worth it | , where he trails by ten points*: what was said stands in the past.

    A relative clause in the present after a comma at the end, where the cue and all verbs of the content
    before it are in the past: of 23 such in PolNeAR train 17 are left out of the content; where the content
    is in the present too, 9 of 24.
    """
    if not any(t.tag_ in ("VBD", "VBN") for t in (cue, *cue.children) if t == cue or t.dep_ == "aux"):
        return None
    start, end = span
    for i in range(end - 2, start + 1, -1):
        if doc[i - 1].text != "," or doc[i].tag_ not in WH_TAGS or i in marked:
            continue
        clause = next((t for t in doc[i].ancestors if t.dep_ == "relcl"), None)
        if clause is None or clause.head.i >= i or subtree_range(clause)[1] < end - 1:
            return None
        if any(j in marked for j in range(i, end)):
            return None
        before = [t for t in doc[start:i] if t.tag_ in FINITE and t.i not in marked]
        verb = next((t for t in (*clause.lefts, clause) if t.tag_ in FINITE), None)
        past = bool(before) and not any(_is_present(t) for t in before)
        return i - 1 if verb is not None and past and _is_present(verb) else None
    return None


def _is_present(verb: Token) -> bool:
    return verb.tag_ in _PRESENT or verb.lower_ in _PRESENT_MODALS


def _next_deed(doc: Doc, cue: Token, span: Range, marked: frozenset[int]) -> int | None:
    """*began by slamming “quitters” | and followed up with a joke*: the verb over the cue has another one."""
    if cue.tag_ != "VBG" or cue.dep_ not in ("pcomp", "advcl", "xcomp"):
        return None
    above = next((t for t in cue.ancestors if t.tag_ in FINITE_VERBS), None)
    if above is None or above.i > cue.i:
        return None
    for i in range(span[0] + 1, span[1] - 1):
        if doc[i].tag_ != "CC" or i in marked:
            continue
        verb = next((t for t in doc[i + 1 : span[1]] if t.pos_ != "ADV"), None)
        if verb is None or verb.tag_ != above.tag_ or any(t.tag_ == above.tag_ for t in doc[span[0] : i]):
            continue
        if not any(c.dep_ in SUBJECTS for c in verb.children if c.i > i):
            return i
    return None


def _next_verb(doc: Doc, cue: Token, span: Range, marked: frozenset[int]) -> int | None:
    """*said it had met the trust | and described the talks as open*: the cue's subject goes on to report.

    The next verb has the cue's tense and no subject of its own, and the parser joins it to a verb of the
    content in another form. In PolNeAR train and the corpus a verb of saying ends the content there in about
    25 of 28 sentences; another verb does where only the cue agrees with it in tense (*said it would appeal |
    and left*: 6 of 7). In the same form (*said she was ill | and called it a pity*) 15 of 19 end there, but
    what the model reads otherwise is mostly no such: cutting them costs PolNeAR dev .1 of sources.
    """
    if cue.tag_ not in FINITE_VERBS:
        return None
    for i in range(span[0] + 1, span[1] - 1):
        if doc[i].tag_ != "CC" or i in marked:
            continue
        verb = next((t for t in doc[i + 1 : span[1]] if t.pos_ != "ADV"), None)
        if verb is None or verb.tag_ != cue.tag_ or verb.dep_ != "conj" or not span[0] <= verb.head.i < i:
            continue
        joined = verb.head
        if any(c.dep_ in SUBJECTS for c in verb.children) or _is_about_a_noun(joined, span[0]):
            continue
        if _differs(joined, verb) or (_says_only(verb) and _is_apart(joined, verb)):
            return i
    return None


def _says_only(verb: Token) -> bool:
    """Whether a verb is one of saying and nothing else: not *wrote the number down*, *refused to pay*."""
    lexicon = cue_lexicon()
    if lexicon.reports(verb) != "speech" or lexicon.mode(verb, "clause_needs_that"):
        return False
    if lemma_of(verb) in lexicon.refusing:
        done = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        words = lexicon.comment["words"]
        return done is not None and (lexicon.reports(done) == "speech" or lemma_of(done) in words)
    return lemma_of(verb) not in lexicon.making


def _is_about_a_noun(verb: Token, low: int) -> bool:
    return any(t.dep_ in ("relcl", "acl") and low <= t.i for t in (verb, *verb.ancestors))


def _differs(verb: Token, other: Token) -> bool:
    """Whether the first is in the present or the future and the second in the past: no clause has both."""
    if other.tag_ != "VBD" or other.lower_ == other.lemma_.lower() or _lays(other):
        # *would strengthen the dollar and cut demand*: taggers take the infinitive for a past tense.
        return False
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.dep_ == "auxpass" for c in auxiliaries):
        # *would be released and returned*: or a participle.
        return False
    if auxiliaries:
        return any(c.lower_ in _FUTURE for c in auxiliaries)
    return verb.tag_ in _PRESENT


def _lays(verb: Token) -> bool:
    """*will shut the mill and lay off workers*: what has an object is no past tense of *lie*."""
    return verb.lower_ == "lay" and any(c.dep_ in ("dobj", "prt") for c in verb.children)


def _is_apart(verb: Token, other: Token) -> bool:
    """Whether the form of the first is another, and who does it is not somebody whom a noun names.

    *said she was late and called it a pity* may be hers; *said a doctor had come and told her* is not.
    """
    subject = subject_of(verb)
    anothers = subject is not None and subject.pos_ != "PRON" and is_somebody(subject)
    same = verb.tag_ == other.tag_ and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return not anothers and not same


def _next_doer(doc: Doc, cue: Token, span: Range, marked: frozenset[int]) -> int | None:
    """*with Lee calling for a ban | and others supporting a delay*: the next has a subject of its own."""
    own = next((c for c in cue.children if c.dep_ in SUBJECTS), None)
    if cue.tag_ != "VBG" or own is None or own.i > cue.i:
        return None
    for i in range(span[0] + 1, span[1] - 2):
        if doc[i].tag_ != "CC" or i in marked:
            continue
        verb = next((t for t in doc[i + 1 : span[1]] if t.pos_ not in _NOMINAL), None)
        if verb is None or verb.tag_ != "VBG" or verb.i < i + 2 or cue_lexicon().reports(verb) is None:
            continue
        # Parsers make the second doer one of what the first calls for.
        doer = doc[verb.i - 1]
        if is_somebody(doer) or doer.lower_ in _OTHERS:
            return i
    return None
