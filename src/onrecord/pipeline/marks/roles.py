"""What a pair of quotation marks is for: a quotation, a title, a term held at arm's length, a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import MarkedSpan, MarkRole
from onrecord.pipeline.language.comings import what_comes
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.function_words import FINITE, STOPS
from onrecord.pipeline.language.hyphens import hyphened_words

LONG = 7
"""Words from which on marks hold a quotation whatever stands around them: 96.7 % of such stretches in
PolNeAR train lie in an attribution's content, 47 % of single words do."""

_REACH = 4
_POSSESSIVE = frozenset(("’s", "'s"))
_LISTING = frozenset((",", "and", "or", "&"))


@cache
def _terms() -> Mapping[str, frozenset[str]]:
    table = load_lexicon("marked_terms")
    return {
        "works": frozenset(table["titles"]["works"]),
        "named": frozenset(table["titles"]["named"]),
        "makers": frozenset(table["titles"]["makers"]),
        "attended": frozenset(table["titles"]["attended"]),
        "before": frozenset(table["terms"]["before"]),
        "small": frozenset(table["small_words"]["title"]),
    }


def find_role(doc: Doc, mark: MarkedSpan) -> MarkRole:
    """What the marks are for.

    Args:
        doc: with tags and parse.
        mark: the marked span.
    """
    words = _words(doc, mark)
    before = doc[mark.start - 1] if mark.start else None
    if not words or (before is not None and before.text.endswith("=")) or _is_nickname(doc, mark, words):
        return "other"
    if _is_title(doc, mark, words) and not _mentions_term(doc, mark):
        return "title"
    if len(words) >= LONG or mark.continues or not mark.closed or _has_clause(words):
        return "quote"
    if _is_sentence(doc, mark):
        return "quote"
    if _mentions_term(doc, mark):
        return "scare"
    if _leads_or_ends(doc, mark) or _is_governed(doc, mark):
        return "quote"
    return "scare"


def _is_nickname(doc: Doc, mark: MarkedSpan, words: Sequence[Token]) -> bool:
    """*Jim “Red” Duffy*: a name before, a name after, nothing between."""
    if len(words) > 4 or mark.end >= len(doc) or not mark.start:
        return False
    before, after = doc[mark.start - 1], doc[mark.end]
    inner = doc[mark.end - 2].text
    return (
        before.pos_ == "PROPN"
        and before.text[:1].isupper()
        and after.text[:1].isupper()
        and after.pos_ == "PROPN"
        and inner not in (",", ".", "?", "!")
    )


def with_listed_titles(doc: Doc, marks: Sequence[MarkedSpan]) -> list[MarkedSpan]:
    """The marks, those that a list joins to a title as titles too: *in “Dust” and | “The Valley” |*."""
    out: list[MarkedSpan] = []
    for mark in marks:
        last = out[-1] if out else None
        listed = (
            last is not None
            and last.role == "title"
            and last.end < mark.start
            and all(t.lower_ in _LISTING for t in doc[last.end : mark.start])
            and _is_in_title_case(_words(doc, mark))
        )
        out.append(replace(mark, role="title") if listed else mark)
    return out


def _words(doc: Doc, mark: MarkedSpan) -> list[Token]:
    return [t for t in doc[mark.start : mark.end] if t.is_alpha or t.like_num]


def _is_in_title_case(words: Sequence[Token]) -> bool:
    small = _terms()["small"]
    if not words or len(words) > 14 or not words[0].text[:1].isupper():
        return False
    capital = all(_is_capital(w) or w.lower_ in small for w in words)
    return capital and not all(w.lower_ in small for w in words)


def _is_title(doc: Doc, mark: MarkedSpan, words: Sequence[Token]) -> bool:
    terms = _terms()
    if not _is_in_title_case(words):
        return False
    near = [t.lower_ for t in doc[max(0, mark.start - _REACH) : mark.start] if not t.is_punct]
    lemmas = [t.lemma_.lower() for t in doc[max(0, mark.start - _REACH) : mark.start] if not t.is_punct]
    after = [t.lemma_.lower() for t in doc[mark.end : mark.end + 3]]
    if terms["works"].intersection(lemmas[-3:]) or terms["works"].intersection(after[:2]):
        return True
    if len(words) > 1 and after and after[0] in terms["makers"]:
        return True
    if near and (
        near[-1] in terms["named"]
        or (near[-1] in ("of", "on", "in") and terms["makers"].intersection(lemmas))
    ):
        return True
    if len(words) < 2:
        return False
    before = doc[mark.start - 1] if mark.start else None
    # The tagger takes a curly apostrophe for a quotation mark, and now and then the parser does too.
    spelled = before is not None and before.lower_ in _POSSESSIVE and before.tag_ not in FINITE
    possessive = before is not None and (spelled or before.tag_ == "POS" or before.dep_ == "case")
    if near and (near[-1] == "on" or (possessive and "on" in near)):
        # *said on RTV’s “State of Play”*: the parse hangs the programme on the reporting verb.
        return True
    beside = bool(near) and (near[-1] in ("on", "of", "in", "by") or lemmas[-1] in _terms()["attended"])
    return (possessive or beside) and not _is_governed(doc, mark)


def _is_capital(word: Token) -> bool:
    """Whether a word has a capital, is a number or the rest of the word before it: *Gon | na*."""
    joined = word.i > 0 and not word.nbor(-1).whitespace_
    return word.text[:1].isupper() or word.like_num or (joined and word.nbor(-1).is_alpha)


def _has_clause(words: Sequence[Token]) -> bool:
    """A finite verb with its subject inside the marks, or an order."""
    inside = {w.i for w in words}
    for word in words:
        if word.tag_ in FINITE or word.pos_ == "AUX":
            head = word.head if word.dep_ in ("aux", "auxpass") else word
            for child in head.children:
                if child.dep_ in ("nsubj", "nsubjpass", "expl") and child.i in inside:
                    return True
    return False


def _is_sentence(doc: Doc, mark: MarkedSpan) -> bool:
    """Whether the marks hold a sentence that begins and ends with them."""
    inner = doc[mark.end - 2].text if mark.end - 2 > mark.start else ""
    before = next((t for t in reversed(doc[max(0, mark.start - 3) : mark.start]) if t.text != " "), None)
    first = before is None or before.is_space or before.text in (*STOPS, "”", '"', "''", "’")
    return first and inner in STOPS and mark.end - mark.start > 3


def _mentions_term(doc: Doc, mark: MarkedSpan) -> bool:
    near = {t.lower_ for t in doc[max(0, mark.start - 2) : mark.start] if not t.is_punct}
    near.update(hyphened_words(doc, max(0, mark.start - 3), mark.start))
    return bool(_terms()["before"] & near)


def _leads_or_ends(doc: Doc, mark: MarkedSpan) -> bool:
    """Whether a reporting clause stands right beside the marks."""
    lexicon = cue_lexicon()
    if mark.start:
        before = doc[mark.start - 1]
        if before.text == ":" or before.lower_ in ("like", "be"):
            return True
        if before.tag_ == "CC" and mark.start > 2 and doc[mark.start - 2].text == ",":
            # *“A,” she said, and | “B.”*
            before = doc[mark.start - 2]
        if before.text == "," and before.i:
            before = doc[before.i - 1]
        if before.tag_.startswith("VB") and lexicon.reports(before):
            return True
    ends = doc[mark.end - 2].text[-1:] if mark.end - 2 > mark.start else ""
    after = doc[mark.end : mark.end + 4]
    if ends in (",", "?", "!"):
        return any(
            t.tag_.startswith("VB")
            and (lexicon.reports(t) or lexicon.mode(t, "quote") or what_comes(t) is not None)
            for t in after
        )
    return False


def _is_governed(doc: Doc, mark: MarkedSpan) -> bool:
    """Whether a reporting verb or noun stands above the marked words in the parse, not by their subject."""
    lexicon = cue_lexicon()
    root = doc[mark.start : mark.end].root
    word, below = root, root
    for _ in range(12):
        below, word = word, word.head
        if word == below:
            return False
        if mark.start <= word.i < mark.end:
            continue
        if below.dep_ in ("nsubj", "nsubjpass") and lexicon.reports(word):
            return False
        if word.pos_ in ("VERB", "AUX") and lexicon.reports(word) is not None:
            return True
        if (
            word.pos_ == "NOUN"
            and lexicon.mode(word, "nouns") == "speech"
            and below.dep_ in ("acl", "prep", "ccomp")
        ):
            return True
    return False
