"""What a relative clause takes out of its own content: *a bridge that he said would hold*."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import is_passive, source_range, trim
from onrecord.pipeline.language.function_words import FINITE, PAUSES, RELATIVES
from onrecord.pipeline.ranges import touch

_RELATIVES = RELATIVES - {"whose"}
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))
_PERSONAL = frozenset(("who", "whom"))
_PAUSES = PAUSES | {"("}
_DEPTH = 4
"""Verbs between a cue and the verb whose subject or object the relative pronoun is."""


def with_gap(doc: Doc, found: Attribution) -> Attribution:
    """The content with what its relative pronoun stands for, where that is a part of what was said.

    *| a bridge | that he said | would hold |*, *| two sons |, who she said | were at sea |*. Where *which*
    follows a comma, the pronoun itself, for it may take up the whole sentence before: *the vote failed,
    | which | she said | was a shame |*.
    """
    relative = _relative(doc, found)
    if relative is None or found.cue is None:
        return found
    verb, pronoun, noun = relative
    after = tuple(c for c in found.contents if c[0] >= found.cue[1])
    if pronoun.head == verb or not _lacks(verb, pronoun, after):
        return found
    loose = any(t.text in _PAUSES for t in doc[noun[1] : pronoun.i]) and pronoun.lower_ not in _PERSONAL
    piece = (pronoun.i, pronoun.i + 1) if loose else noun
    if found.source is not None and touch(piece, found.source):
        return found
    return replace(found, contents=(piece, *after))


def without_named(doc: Doc, found: Attribution) -> Attribution:
    """The name or rating without the noun before a relative clause: *a bill that they call | unfair |*.

    Nor with what stands before the clause if the thing named stands behind the cue, or if the clause has no
    pronoun: *it was no joke; a bishop deplored | it as “vile” |*, *a plan she dismissed | as “homework” |*.
    """
    relative = _relative(doc, found)
    if relative is None or found.cue is None:
        return _without_before(doc, found)
    verb, pronoun, _ = relative
    after = tuple(c for c in found.contents if c[0] >= found.cue[1])
    clause = any(t.tag_ in FINITE for s, e in after for t in doc[s:e])
    if cue_lexicon().mode(verb, "naming") is None or (pronoun.head != verb and clause):
        return found
    return replace(found, contents=after)


def _without_before(doc: Doc, found: Attribution) -> Attribution:
    if found.cue is None or found.cue[0] < found.contents[0][0]:
        return found
    verb = doc[found.cue[0] : found.cue[1]].root
    after = tuple(c for c in found.contents if c[0] >= found.cue[1])
    if not after or verb.tag_ not in FINITE or is_passive(verb):
        return found
    as_what = next((t for t in doc[slice(*after[0])] if t.lower_ == "as" and t.pos_ != "ADV"), None)
    if as_what is None or any(t.tag_ in FINITE for t in doc[after[0][0] : as_what.i]):
        return found
    held = any(c.dep_ == "dobj" and after[0][0] <= c.i < as_what.i for c in verb.children)
    bare = as_what.i == after[0][0] and verb.dep_ in ("relcl", "acl") and verb.head.i < verb.i
    return replace(found, contents=after) if held or bare else found


def without_completion(doc: Doc, found: Attribution) -> Attribution:
    """What a relative clause says, without the clause that completes the noun before it.

    *claims, which police say | are false |, that the fires were set*: the fires are the claims', not theirs.
    """
    if found.cue is None or found.cue[0] > found.contents[-1][0]:
        return found
    verb = doc[found.cue[0] : found.cue[1]].root
    if verb.dep_ != "relcl" or verb.head.i > verb.i or doc[verb.left_edge.i - 1].text not in _PAUSES:
        return found
    start = next(
        (t.i for t in doc[verb.i + 1 : found.contents[-1][1]] if _completes_outside(t, verb)),
        None,
    )
    if start is None:
        return found
    kept = (trim(doc, (s, min(e, start))) for s, e in found.contents if s < start)
    contents = tuple(span for span in kept if span is not None)
    return replace(found, contents=contents) if contents else found


def _completes_outside(word: Token, verb: Token) -> bool:
    """Whether *, that* begins a clause above the relative clause of `verb`."""
    completes = word.lower_ == "that" and word.dep_ == "mark" and word.nbor(-1).text in _PAUSES
    return completes and not verb.is_ancestor(word)


def _relative(doc: Doc, found: Attribution) -> tuple[Token, Token, Range] | None:
    """Cue, relative pronoun and antecedent of a content whose other pieces these are."""
    if found.cue is None or found.cue[0] > found.contents[-1][0]:
        return None
    verb = doc[found.cue[0] : found.cue[1]].root
    if verb.dep_ != "relcl" or verb.head.i > verb.i:
        return None
    pronoun = _pronoun_inside(verb, found.cue[0])
    noun = _antecedent(verb.head, pronoun) if pronoun is not None else None
    if pronoun is None or noun is None:
        return None
    before = [c for c in found.contents if c[1] <= found.cue[0]]
    if any(not (noun[0] <= s and e <= pronoun.i + 1) for s, e in before):
        return None
    return verb, pronoun, noun


def _pronoun_inside(clause: Token, before: int) -> Token | None:
    """The relative pronoun of a clause, whichever verb below the clause's own it belongs to."""
    doc = clause.doc
    for i in range(before - 1, clause.head.i, -1):
        word = doc[i]
        # Taggers take *that* for a conjunction; the parser knows it for a subject or an object.
        relative = word.tag_ in ("WDT", "WP") or (word.lower_ == "that" and word.dep_ in ARGUMENTS)
        if word.lower_ in _RELATIVES and relative and clause.is_ancestor(word):
            return word
    return None


def _antecedent(noun: Token, pronoun: Token) -> Range | None:
    if noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.i >= pronoun.i:
        return None
    return source_range(noun, low=noun.sent.start, high=pronoun.i)


def _lacks(verb: Token, pronoun: Token, after: tuple[Range, ...]) -> bool:
    """Whether the verb that the pronoun belongs to stands in the content, below the cue."""
    word = pronoun.head
    for _ in range(_DEPTH):
        if word == verb:
            return any(s <= pronoun.head.i < e for s, e in after)
        if word.dep_ not in ("ccomp", "xcomp", "conj", "prep", "pobj", "pcomp"):
            return False
        word = word.head
    return False
