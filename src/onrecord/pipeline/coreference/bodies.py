"""Which named body a bare noun for one takes up: *the company*, *the union*, *the court*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import MentionRecord, get_blocks
from onrecord.pipeline.coreference.nominals import Nominal
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.language.hyphens import tokens_of
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.nominal_words import body_class, head_form, is_borne, nominal_words
from onrecord.pipeline.names.words import Words, org_words, person_words

BUSINESS = "business"
"""The kind of body whose names often say nothing of it: *Bellandi*, *Kelong Robotics*."""

SOCIETY = "society"
"""The kind of body of charities and associations, which may be named after anything."""

NAMELESS = 0.65
"""Confidence in *the charity* for the body just named; set by hand."""

AGAIN = 2
"""How many times as often as any other a body must have been mentioned to be the one meant."""

FEW = 3
"""Mentions from which the often mentioned body counts as the one the article is about."""

HEADLINE = 0.7
"""Confidence in a headline's bare noun for the one body of its kind in the opening; set by hand."""

OPENING = 2
"""Paragraphs that name whom a headline means."""

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
    best = _only_here(words, fits, nominal.start, sentence) or _chosen(fits, sentence)
    if best is None:
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    only = "is the only such body named so far" if len(fits) == 1 else "is the one mentioned last or most"
    return best, 0.75 if len(fits) == 1 else 0.65, f"“{text}”: what it stands for {only}"


def resolve_society(
    words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int
) -> tuple[Referent | None, float, str]:
    """The body whose name tells no kind that *the charity*, *the organisation* goes on about.

    The only one of the sentence before in the paragraph. Not for *the union*, which has a company beside it.

    Args:
        words: the document.
        nominal: a description of what was not described before.
        referents: those mentioned so far.
        sentence: index of its sentence.
    """
    head = head_form(words.word(nominal.head))
    if not _is_bare(words, nominal) or SOCIETY not in body_class(head) or is_borne(head):
        return None, 0.0, ""
    line = words.line[nominal.start]
    before = [
        r
        for r in referents
        if r.kind == "organisation"
        and any(p.sentence == sentence - 1 and p.line == line and not p.quoted for p in r.places)
    ]
    if len(before) != 1 or not before[0].entity or _kinds(before[0]) or _cited(before[0]):
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return before[0], NAMELESS, f"“{text}” goes on about the body just named"


def told_kinds(words: Words, mentions: Sequence[MentionRecord]) -> set[str]:
    """The nouns for bodies beside a name: *the track company, NAME*, *NAME, a law firm*, *the site NAME*."""
    doc = words.doc
    found: set[str] = set()
    for m in mentions:
        root = words.root(m.start, m.end)
        beside = [c for c in root.children if c.dep_ == "appos" and c.i >= m.end]
        if root.dep_ == "appos" and root.head.i < m.start:
            beside.append(root.head)
        within = m.start > 1 and words.line[m.start - 2] == words.line[m.start]
        if within and doc[m.start - 2].pos_ != "ADP":
            beside.append(doc[m.start - 1])  # not *on board NAME*
        found |= {head_form(words.word(t.i)) for t in beside if t.tag_ == "NN" and t.text.islower()}
    return {head for head in found if body_class(head)}


def resolve_heading_body(
    words: Words, nominal: Nominal, named: Sequence[Referent], ahead: Iterable[tuple[Place, Referent]]
) -> tuple[Referent | None, float, str]:
    """The body that a headline calls by a bare noun, where the opening names one of that kind: *court rules*.

    Args:
        words: the document.
        nominal: a description without an article that speaks.
        named: the named bodies and people.
        ahead: the name mentions of the whole document.
    """
    head = head_form(words.word(nominal.head))
    opening = [b for b in get_blocks(words.doc) if b.kind == "paragraph"][:OPENING]
    mentions = list(ahead)
    for paragraph in opening:
        here = {id(r) for p, r in mentions if p.start < paragraph.end}
        fits = [r for r in named if id(r) in here and _is_of_kind(r, head)]
        if fits:
            text = words.surface((nominal.start, nominal.end))
            reason = f"“{text}” is the one such body that the opening names"
            return (fits[0], HEADLINE, reason) if len(fits) == 1 else (None, 0.0, "")
    return None, 0.0, ""


def _is_of_kind(referent: Referent, head: str) -> bool:
    if referent.kind != "organisation" or not referent.entity:
        return False
    return head in referent.heads or (not is_borne(head) and bool(_kinds(referent) & body_class(head)))


def fitting(head: str, referents: Sequence[Referent]) -> list[Referent]:
    """The named bodies so far that a noun in the singular can stand for."""
    kinds = body_class(head)
    known = [r for r in referents if r.kind == "organisation" and r.entity and r.places and kinds]
    if BUSINESS in kinds and not is_borne(head):
        return [r for r in known if head in r.heads or (_kinds(r) <= {BUSINESS} and not _is_no_firm(r))]
    return [r for r in known if head in r.heads or (not is_borne(head) and _kinds(r) & kinds)]


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


def _acts(place: Place) -> bool:
    """Whether a mention tells of the body, and not of where somebody works: *an analyst at | NAME*."""
    return place.role != "oblique"


def _only_here(words: Words, fits: Sequence[Referent], start: int, sentence: int) -> Referent | None:
    """The only one of several that the sentence names before: *said of NAME, when the company refused*.

    Not where somebody is of it: *Lee of NAME expects the company to recover*.
    """
    here = [
        r
        for r in fits
        if any(
            p.sentence == sentence and p.start < start and not p.quoted and _takes_part(words, p)
            for p in r.places
        )
    ]
    return here[0] if len(fits) > 1 and len(here) == 1 else None


def _takes_part(words: Words, place: Place) -> bool:
    """Whether a mention is part of what happens, and not of a description."""
    root = words.root(place.start, place.end)
    return place.role in ("subject", "object") or (
        not place.locative and root.head.head.pos_ in ("VERB", "AUX")
    )


def _chosen(fits: Sequence[Referent], sentence: int) -> Referent | None:
    if len(fits) < 2:
        return fits[0] if fits else None
    near = [r for r in fits if any(sentence - p.sentence <= NEAR and _acts(p) for p in r.places)]
    if len(near) == 1:
        return near[0]
    counted = sorted(near or fits, key=lambda r: -len(r.places))
    first, second = counted[:2]
    return first if len(first.places) >= max(FEW, AGAIN * len(second.places)) else None
