"""Statements told as a noun phrase: *denied the charges*, *called it a disgrace*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.clauses import (
    Place,
    attribution,
    complement_range,
    cut_at_clauses,
    has_that,
    is_finite_clause,
)
from onrecord.pipeline.language.cues import CueLexicon, lemma_of
from onrecord.pipeline.language.edges import governed, is_passive, is_reflexive, subtree_range
from onrecord.pipeline.language.function_words import WH_TAGS
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.subjects import is_order
from onrecord.schema import Mode


def by_object(place: Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X called it a disgrace*, *X denied the charges*, *X called for a vote*."""
    takes = lexicon.mode(verb, "naming") or lexicon.mode(verb, "object")
    if takes is None or is_passive(verb) or is_order(verb) or _is_modifier(verb):
        return
    children = [c for c in verb.children if verb.i < c.i < place.end]
    found = _naming(place, verb, children, lexicon) or _plain(place, verb, children, lexicon)
    if found is not None:
        span, mode, rule, reason = found
        yield from attribution(place, verb, [cut_at_clauses(place, verb, span)], mode, rule, reason)


def _is_modifier(verb: Token) -> bool:
    """*a group called X*, *a meeting to discuss X*, *hard to imagine*: nobody reports."""
    if verb.tag_ == "VBN":
        return verb.dep_ in ("acl", "amod")
    if not any(c.tag_ == "TO" for c in verb.children):
        return False
    return verb.dep_ in ("acl", "relcl") or (verb.dep_ in ("xcomp", "ccomp") and verb.head.pos_ == "ADJ")


def _naming(
    place: Place, verb: Token, children: list[Token], lexicon: CueLexicon
) -> tuple[Range, Mode, str, str] | None:
    mode = lexicon.mode(verb, "naming")
    if mode is None:
        return None
    reason = f"'{verb.text}' gives a name"
    objects = [c for c in children if c.dep_ in ("dobj", "pobj")]
    # *is calling donors himself*: a reflexive beside the object gives no name.
    objects_named = [c for c in children if c.dep_ == "oprd" and not is_reflexive(c)]
    named = [*objects_named, *(c for c in children if c.dep_ == "prep" and c.lower_ == "as")]
    named.sort(key=lambda c: c.i)
    for thing in objects:
        # *called the verdict “a farce”*, which parsers take for an apposition.
        named += [
            c for c in thing.children if c.dep_ == "appos" and place.doc[c.i - 1].text not in (",", "(")
        ]
    if is_called_up(verb, named) and place.marked.get(named[0].i) is None:
        return None
    if named:
        ranges = [subtree_range(c, low=verb.i + 1, high=place.end) for c in (*objects, *named)]
        side = place.marked.get(verb.i)
        inner = next((c.i for c in named if place.marked.get(c.i) not in (None, side)), None)
        if inner is not None and named[-1].dep_ == "oprd":
            last = inner
            while place.marked.get(last + 1) == place.marked[inner]:
                last += 1
            if last + 1 < place.end and place.doc[last + 1].pos_ in ("NOUN", "PROPN", "VERB", "AUX"):
                # A name in marks ends with them; what the parser adds is the main clause.
                ranges = [(s, min(e, last + 1)) for s, e in ranges]
        return (min(r[0] for r in ranges), max(r[1] for r in ranges)), mode, "naming", reason
    small = next((c for c in children if c.dep_ == "ccomp" and not is_finite_clause(c)), None)
    if small is not None and lexicon.mode(verb, "clause") is None:
        return complement_range(place, verb, small), mode, "naming", reason
    return None


def is_called_up(verb: Token, named: Sequence[Token]) -> bool:
    """*A year later he called Ann Lee*: somebody's name with nothing that it is given to.

    Args:
        verb: one that names.
        named: what the parser takes for the name that it gives.
    """
    if len(named) != 1 or named[0].dep_ != "oprd" or named[0].ent_type_ != "PERSON":
        return False
    given = (c.dep_ in ("dobj", "nsubjpass") or c.tag_ in WH_TAGS for c in verb.children)
    return verb.dep_ not in ("relcl", "pcomp") and not any(given)


def _plain(
    place: Place, verb: Token, children: list[Token], lexicon: CueLexicon
) -> tuple[Range, Mode, str, str] | None:
    if lexicon.mode(verb, "object") is None or _has_verb_frame(verb, children, lexicon):
        return None
    objects = [c for c in children if c.dep_ == "dobj" or (c.dep_ == "xcomp" and c.tag_ == "VBG")]
    preposition = governed(verb)
    entries = lexicon.entries["object"]
    if preposition is not None and preposition.i <= verb.i + 3 and not objects:
        mode = entries.get(f"{lemma_of(verb)} {preposition.lower_}")
        target = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
        first = preposition.i + 1
    else:
        mode = entries.get(lemma_of(verb))
        target = objects[0] if objects else None
        first = verb.i + 1
    if mode is None or target is None or is_reflexive(target):
        return None
    if lexicon.mode(target, "nouns") == "speech" and _holds_clause(target):
        # *rejected her argument that …*: the noun is the cue.
        return None
    start, end = subtree_range(target, low=first, high=place.end)
    for child in children:
        if (
            child.i > target.i
            and child.dep_ in ("prep", "advcl", "dative", "xcomp")
            and not _is_time(verb, child, lexicon)
        ):
            end = max(end, subtree_range(child, low=first, high=place.end)[1])
    return (start, end), mode, "object", f"'{verb.text}' has the content as object"


def _has_verb_frame(verb: Token, children: list[Token], lexicon: CueLexicon) -> bool:
    """Whether a clause or an infinitive, not the object, holds what was said."""
    if any(c.dep_ == "ccomp" for c in children):
        return True
    governs = lexicon.mode(verb, "infinitive") or lexicon.mode(verb, "addressee_infinitive")
    return governs is not None and any(c.dep_ == "xcomp" for c in children)


def _holds_clause(noun: Token) -> bool:
    return any(c.i > noun.i and c.dep_ in ("acl", "ccomp") and has_that(c) for c in noun.children)


def _is_time(verb: Token, preposition: Token, lexicon: CueLexicon) -> bool:
    """*announced it on Saturday*: when it was said, not what; but *promised bread on Sunday*."""
    if lemma_of(verb) in lexicon.words["reporting"]["ahead"]:
        return False
    return any(c.dep_ == "pobj" and c.ent_type_ in TIMES for c in preposition.children)
