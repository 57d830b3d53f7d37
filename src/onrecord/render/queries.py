"""What to type into a search engine to check a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.dates import day_of_value, first_day
from onrecord.render.phrases import claimants
from onrecord.schema import DATE, RANK, Claim, Entity, Report

__all__ = ["search_queries"]

PHRASE_WORDS = 12
"""Words of an exact-phrase query at most. Our choice: enough to be unique, few enough that another
report's shorter version of the quotation is found too."""

LEAST_PHRASE = 4
"""Words of an exact-phrase query at least. Our choice: shorter phrases are anybody's words."""

NAMES = 3
"""Names in one query beside the claimant's. Our choice: engines want all words of a query on a page."""

CLAIMANTS = 2
"""Claimants in one query. Our choice: of more, no report names all."""

WORDS = 3
"""Words of the claim beside names. Our choice: enough to tell two statements about the same names apart."""

LEAST_WORD = 5
"""Letters of such a word at least; the longest are taken, which are the rarest (Zipf 1935)."""

FUNCTION_WORDS = frozenset(
    {
        "about",
        "after",
        "again",
        "against",
        "along",
        "although",
        "among",
        "another",
        "because",
        "before",
        "being",
        "below",
        "between",
        "beyond",
        "could",
        "during",
        "either",
        "every",
        "itself",
        "might",
        "neither",
        "never",
        "other",
        "outside",
        "rather",
        "shall",
        "should",
        "since",
        "still",
        "their",
        "themselves",
        "there",
        "these",
        "those",
        "though",
        "through",
        "toward",
        "towards",
        "under",
        "until",
        "where",
        "whether",
        "which",
        "while",
        "within",
        "without",
        "would",
    }
)
"""Grammatical words of five letters and more (Quirk et al. 1985, 2.34-2.41)."""

SEARCHED = frozenset({"PERSON", "ORG", "PLACE", "EVENT", "LAW"})
"""Types of entities whose names narrow a search."""

_MARKS = '"“”„«»'
_WORD = re.compile(r"[^\s\"“”„«»\[\]]+")


def search_queries(claim: Claim, report: Report) -> list[str]:
    """Queries for a claim, the most exact first, none twice.

    Words quoted from somebody are looked up as an exact phrase; any claim by claimant, the names in
    it, its first figure, its longest words and its date; what lacks all of these by its own words.
    """
    return list(dict.fromkeys(q for q in _queries(claim, report) if q))


def _queries(claim: Claim, report: Report) -> Iterator[str]:
    by_id = {e.id: e for e in report.entities}
    if claim.attribution in ("direct", "mixed"):
        yield _phrase(claim)
    speakers = zip(claim.claimant.speakers[:CLAIMANTS], claimants(claim), strict=False)
    who = [name for s, name in speakers if s.entity or s.type in ("PERSON", "ORG")]
    names = [n for n in _names(claim, by_id) if n not in who][:NAMES]
    figure = [q.text for q in claim.quantities if q.unit not in (DATE, RANK)][:1]
    when = _own_day(claim) or first_day(claim.sentence.text, report.article.published)
    day = [f"{when:%B} {when.day} {when.year}"] if when else []
    if who or names or figure:
        weakening = [h.text for h in claim.hedges]
        words = _telling_words(claim.text, [*who, *names, *figure, *weakening])
        yield " ".join([*who, *names, *figure, *words, *day])
    known = len(who) + len(names) + len(figure)
    if known < 2 and (claim.claimant.kind == "author" or not known):
        yield " ".join(_WORD.findall(claim.text)[:PHRASE_WORDS])


def _telling_words(text: str, said: Sequence[str]) -> list[str]:
    """The longest words of a claim that are not said yet and no names, in its order."""
    known = {w.casefold() for part in said for w in part.split()} | FUNCTION_WORDS
    words = [w.strip(".,;:!?()'’‘") for w in _WORD.findall(text)]
    words = [w for w in words if len(w) >= LEAST_WORD and w.isalpha() and w.islower() and w not in known]
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)[:WORDS]
    return sorted(longest, key=words.index)


def _names(claim: Claim, by_id: dict[str, Entity]) -> Iterator[str]:
    for name in claim.entities:
        entity = by_id.get(name)
        if entity is not None and entity.type in SEARCHED:
            yield entity.name


def _phrase(claim: Claim) -> str:
    """The first words between the marks, or of a claim that stands between marks itself."""
    parts = [p for p in re.split(f"[{_MARKS}]", claim.text) if p.strip()]
    if claim.attribution == "mixed":
        inside = re.findall(f"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]", claim.text)
        parts = inside or parts
    words: Sequence[str] = max((_WORD.findall(p) for p in parts), key=len, default=[])
    # A bracket is the reporter's: the phrase must not run over it.
    return f'"{" ".join(words[:PHRASE_WORDS]).rstrip(".,;:!?")}"' if len(words) >= LEAST_PHRASE else ""


def _own_day(claim: Claim) -> date | None:
    """The first day in the claim itself, as its quantities have it."""
    values = (q.value for q in claim.quantities if q.unit == DATE and q.value is not None)
    return next((day for value in values if (day := day_of_value(value))), None)
