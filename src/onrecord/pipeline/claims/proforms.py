"""Contents that take up what somebody else claimed instead of saying it: *denied it*, *that account*.

Four forms are told apart: a pronoun, alone or with what it is called (*this as gossip*); a noun for a
claim with a word that points back (*the charge*, *her version*, *the bribery claim*); a clause that
leaves out what it denies (*they are*, *that was the case*); and a verdict (*that's rubbish*).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Span

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.plurals import singular

__all__ = ["ProForm", "find_pro_form", "is_verdict", "relation_words"]

ProFormKind = Literal["pronoun", "noun", "ellipsis", "verdict"]

PRONOUNS = frozenset({"it", "this", "that", "them", "those", "these"})
POINTING = frozenset({"the", "that", "this", "these", "those", "such", "all", "both", "of"})
"""Words before a noun that takes up a claim and adds nothing to it; possessives and *any* besides."""
OWNERS = frozenset({"his", "her", "its", "their"})
FILLERS = frozenset({"that", "so", "the", "case", "true"})
SUBJECTS = frozenset({"it", "this", "that", "they", "he", "she", "there"})
VERBS = frozenset({"is", "are", "was", "were", "has", "had", "have", "did", "does", "do", "'s", "’s"})
VERDICT = 7
"""Tokens of the longest *that is simply not true*."""
LEFT_OUT = 5
"""Tokens up to which a clause without content words leaves out what it denies."""


@dataclass(frozen=True, slots=True)
class ProForm:
    """A content that takes a claim up.

    Attributes:
        of: token before the noun that says which claim is meant (*bribery*), if any.
        weak: the verb rejects proposals as often as claims (*rejected that*).
    """

    kind: ProFormKind
    of: int | None = None
    weak: bool = False


def find_pro_form(doc: Doc, attribution: Attribution) -> ProForm | None:
    """How a denial's content takes up a claim; None for other attributions and contents that say it."""
    verb = _denying_verb(doc, attribution.cue)
    if verb is None or len(attribution.contents) != 1:
        return None
    start, end = attribution.contents[0]
    end = next((i for i in range(start + 1, end) if doc[i].lower_ == "as"), end)
    weak = doc[verb].lemma_.lower() in relation_words("rejecting")
    return _pronoun(doc, start, end, weak=weak) or _noun(doc, start, end) or _ellipsis(doc, start, end)


def is_verdict(span: Span) -> bool:
    """*That's rubbish*, *it is simply not true*, *it never happened*, of a claim that rejects something."""
    verb = span.root
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "expl")), None)
    if len(span) > VERDICT or subject is None or subject.lower_ not in ("it", "this", "that"):
        return False
    words = load_lexicon("hedges")["denial"]
    if any(t.lower_ in words["partly"] for t in verb.children):
        return False
    judged = any(t.lemma_.lower() in (*words["falsehood"], *words["truth"]) for t in verb.children)
    return judged if verb.pos_ == "AUX" else verb.lemma_.lower() in relation_words("existing")


def _denying_verb(doc: Doc, cue: Range | None) -> int | None:
    if cue is None:
        return None
    verbs = load_lexicon("hedges")["denial"]["verbs"]
    return next((i for i in range(*cue) if doc[i].lemma_.lower() in verbs), None)


def _pronoun(doc: Doc, start: int, end: int, *, weak: bool) -> ProForm | None:
    """*Rejected it* may be an offer or a plan: of such verbs only *this* and *that* count."""
    word = doc[start].lower_
    meant = end - start == 1 and word in PRONOUNS and not (weak and word in ("it", "them", "those", "these"))
    return ProForm("pronoun", weak=weak) if meant else None


def _noun(doc: Doc, start: int, end: int) -> ProForm | None:
    """Read by form, since parsers take such nouns for verbs."""
    before, last = doc[start : end - 1], doc[end - 1]
    named = {last.lemma_.lower(), singular(last.lower_)} & relation_words("accounts")
    if not named or not before or before[0].lower_ not in POINTING | OWNERS:
        return None
    which: Sequence[int] = [t.i for t in before if t.lower_ not in POINTING | OWNERS]
    if len(which) > 1:
        return None
    return ProForm("noun", which[0] if which else None)


def _ellipsis(doc: Doc, start: int, end: int) -> ProForm | None:
    words = [t.lower_ for t in doc[start:end]]
    if words and words[0] == "that" and len(words) > 2 and words[1] in SUBJECTS:
        words = words[1:]
    short = 2 <= len(words) <= LEFT_OUT and words[0] in SUBJECTS and words[1] in VERBS
    return ProForm("ellipsis") if short and set(words[2:]) <= FILLERS else None


@cache
def relation_words(key: str) -> frozenset[str]:
    """A list of the lexicon `opposites`."""
    return frozenset(load_lexicon("opposites")["opposites"][key])
