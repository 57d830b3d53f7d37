"""Which named body a bare noun for one takes up: *the company*, *the union*, *the court*."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.hyphens import tokens_of
from onrecord.pipeline.name_words import Words, org_words, person_words
from onrecord.pipeline.nominals import Nominal
from onrecord.pipeline.plurals import singular
from onrecord.pipeline.referents import Referent, body_class, head_form, nominal_words

BUSINESS = "business"
"""The kind of body whose names often say nothing of it: *Bellandi*, *Kelong Robotics*."""

AGAIN = 2
"""How many times as often as any other a body must have been mentioned to be the one meant."""

FEW = 3
"""Mentions from which the often mentioned body counts as the one the article is about."""

NEAR = 2
"""Sentences in which a body must have been mentioned to be preferred for that."""


def resolve_body(
    words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int
) -> tuple[Referent | None, float, str]:
    """The named body that *the* and a noun for its kind stand for.

    Of bodies whose names show that kind, for businesses of those too whose names show none, the only one so
    far; of several the only one mentioned just before, or the one mentioned far more often.

    Args:
        words: the document.
        nominal: the description.
        referents: those mentioned so far.
        sentence: index of its sentence.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    if not _is_bare(words, nominal):
        return None, 0.0, ""
    fits = fitting(head_form(words.word(nominal.head)), referents)
    best = _chosen(fits, sentence)
    if best is None:
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    only = "is the only such body named so far" if len(fits) == 1 else "is the one mentioned last or most"
    return best, 0.75 if len(fits) == 1 else 0.65, f"“{text}”: what it stands for {only}"


def fitting(head: str, referents: Sequence[Referent]) -> list[Referent]:
    """The named bodies so far that a noun in the singular can stand for."""
    kinds = body_class(head)
    known = [r for r in referents if r.kind == "organisation" and r.entity and r.places and kinds]
    if BUSINESS in kinds and head not in _borne():
        return [r for r in known if head in r.heads or (_kinds(r) <= {BUSINESS} and not _is_no_firm(r))]
    return [r for r in known if head in r.heads or (head not in _borne() and _kinds(r) & kinds)]


def _is_bare(words: Words, nominal: Nominal) -> bool:
    """Whether nothing but *the* goes with the noun: what follows or precedes may tell another body."""
    if nominal.plural or nominal.owned or words.parts(nominal.head) != (nominal.start + 1, nominal.end):
        return False
    tells = ("relcl", "acl", "prep", "appos")
    return words.low[nominal.start] == "the" and not any(
        c.dep_ in tells and c.i == nominal.end for c in words.doc[nominal.head].children
    )


def _kinds(referent: Referent) -> set[str]:
    return {k for h in referent.heads for k in body_class(h)}


@cache
def _borne() -> frozenset[str]:
    return frozenset(load_lexicon("nominals")["names"]["borne"])


@cache
def _outlets() -> frozenset[frozenset[str]]:
    lexicon = load_lexicon("outlets")["outlets"]
    return frozenset(frozenset(tokens_of(w)) for w in (*lexicon["names"], *lexicon["kinds"]))


@cache
def _known() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(tokens_of(name)) for name in org_words().known)


def _is_no_firm(referent: Referent) -> bool:
    """Whether the name tells of something else: an outlet, or people who joined, *Dock Workers of Elm*."""
    people, plurals = person_words(), nominal_words().plurals
    joined = any(w in plurals or (singular(w) != w and singular(w) in people.heads) for w in referent.names)
    return joined or _cited(referent)


def _cited(referent: Referent) -> bool:
    """Whether it is known for something else: outlets, platforms, and bodies of their own names."""
    return frozenset(referent.names) in _known() or any(o <= referent.names for o in _outlets())


def _chosen(fits: Sequence[Referent], sentence: int) -> Referent | None:
    if len(fits) < 2:
        return fits[0] if fits else None
    near = [r for r in fits if sentence - r.places[-1].sentence <= NEAR]
    if len(near) == 1:
        return near[0]
    counted = sorted(near or fits, key=lambda r: -len(r.places))
    first, second = counted[:2]
    return first if len(first.places) >= max(FEW, AGAIN * len(second.places)) else None
