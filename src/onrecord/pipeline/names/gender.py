"""What a document shows of a person's gender: forms of address, descriptions, pronouns.

First names are no evidence here. Scores are positive for *he*, negative for *she*.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from onrecord.pipeline.annotations import Range, get_marks
from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, person_words

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
DOUBLE = frozenset(("“", "”", '"', "``", "''", "«", "»"))

# In observed pronouns: a form of address settles it, a gendered noun nearly so.
ADDRESS = 4.0
NOUN = 3.0
PRONOUN = 1.0
NEXT_SENTENCE = 0.5

_AFTER_THE_HEAD = frozenset(("of", "for", "who", "at", "from", "with"))
"""What ends the part of a description that tells who somebody is."""


def address_score(honorific: str) -> float:
    """What a form of address says."""
    people = person_words()
    return ADDRESS * ((honorific in people.masculine) - (honorific in people.feminine))


def rank_score(words: Words, start: int) -> float:
    """What a form of address says that stands before the rank of a name: *Mrs Justice | NAME*."""
    people = person_words()
    i = start
    while i > 0 and words.line[i - 1] == words.line[start] and words.low[i - 1] in people.titles:
        i -= 1
    if not 0 < i < start or words.line[i - 1] != words.line[start] or not words.capital[i - 1]:
        return 0.0
    low = words.low[i - 1]
    return 0.0 if low in people.heads else address_score(low)


def noun_score(words: Words, span: Range | None) -> float:
    """What the nouns of a description say (*spokeswoman*, *husband*)."""
    if span is None:
        return 0.0
    people = person_words()
    masculine = feminine = False
    for i in range(*span):
        if words.low[i] in _AFTER_THE_HEAD or joins_spouses(words, i):
            break  # *a scientist at | Prince Albert College*
        if words.low[i] == "'s":
            masculine = feminine = False  # *the woman's husband* is no woman
            continue
        masculine |= words.low[i] in people.masculine_roles
        feminine |= words.low[i] in people.feminine_roles
    return NOUN * (masculine - feminine)


def joins_spouses(words: Words, i: int) -> bool:
    """Whether *and* joins what two people are to each other: of *husband and wife A and B* A is the first."""
    kinship = person_words().kinship
    joint = 0 < i < len(words) - 1 and words.low[i] == "and"
    return joint and words.low[i - 1] in kinship and words.low[i + 1] in kinship


def first_pronoun(words: Words, span: NameSpan, starts: Collection[int]) -> tuple[int, float] | None:
    """The first pronoun after a mention, before anybody else is named or quoted, and what it says.

    Args:
        words: the document.
        span: the mention.
        starts: first tokens of all mentions of people.

    Returns:
        The pronoun's token and its score; None where no pronoun follows closely.
    """
    doc = words.doc
    sentences = 0
    for i in range(span.end, min(span.end + 60, len(words))):
        if i in starts or words.text[i] in DOUBLE or words.breaks[i]:
            return None
        if doc[i].is_sent_start:
            sentences += 1
            if sentences > 1:
                return None
        low = words.low[i]
        if low in HE or low in SHE:
            if _is_about_another(words, doc[i], span):
                return None
            sign = 1.0 if low in HE else -1.0
            if sentences == 0:
                return i, PRONOUN * sign
            return (i, NEXT_SENTENCE * sign) if words.first[i] else None
    return None


def _is_about_another(words: Words, pronoun: Token, span: NameSpan) -> bool:
    """Whether the pronoun is in somebody else's relative clause: *NAME told the nominee, who began his*."""
    people = person_words()
    clauses = (t for t in (pronoun, *pronoun.ancestors) if t.dep_ == "relcl")
    return any(t.head.i >= span.end and words.word(t.head.i) in people.offices for t in clauses)


def is_spoken_of(words: Words, span: NameSpan, sex: str) -> bool:
    """Whether the sentence has a pronoun of the sex before the name, so that the next may go on with it.

    *Her win in the county that NAME lost gives | her the seat*.
    """
    same = HE if sex == "m" else SHE
    start = words.doc[span.start].sent.start
    marks = get_marks(words.doc)
    before = (j for j in range(start, span.start) if words.low[j] in same)
    return any(not any(m.start <= j < m.end for m in marks) for j in before)


def pronoun_score(words: Words, span: NameSpan, starts: Collection[int]) -> float:
    """What the first pronoun after a mention says; 0 where there is none."""
    found = first_pronoun(words, span, starts)
    return found[1] if found else 0.0


def reporting_score(words: Words, span: NameSpan, starts: Collection[int]) -> float:
    """What the next reporting clause says where it goes on for whom the mention reports.

    *“…,” Berg said. “…,” she added.*: between the two clauses stand only words in marks.
    """
    doc = words.doc
    root = doc[span.start : span.end].root
    marks = [m for m in get_marks(doc) if m.end > span.start]
    reports = root.dep_ == "nsubj" and root.head.lemma_.lower() in speech_verbs()
    if not reports or not marks or marks[0].start <= span.start:
        return 0.0
    rest = range(span.end, marks[0].start)
    if any(i in starts or (doc[i].is_sent_start and doc[i].is_alpha) for i in rest):
        return 0.0
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start if following else len(words)
        i = next((i for i in range(mark.end, end) if doc[i].is_alpha), end)
        if i == end and following:
            continue
        if i < end and words.low[i] in ("he", "she") and doc[i].dep_ == "nsubj":
            return PRONOUN if words.low[i] == "he" else -PRONOUN
        return 0.0
    return 0.0


def decided(score: float) -> str:
    """`m`, `f` or nothing."""
    return "m" if score >= 1.0 else "f" if score <= -1.0 else ""
