"""Statements in a complement clause: *said that*, *asked whether*, *promised to*, *urged him to*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.attribution.reporting_clause import experiencer
from onrecord.pipeline.language.clauses import (
    Place,
    attribution,
    complement_range,
    cut_at_coordination,
    cut_at_next_report,
    has_that,
    is_complement,
    is_finite_clause,
    is_infinitive_clause,
    is_question_clause,
)
from onrecord.pipeline.language.cues import CueLexicon, lemma_of
from onrecord.pipeline.language.edges import governed, is_passive, source_range, subtree_range
from onrecord.pipeline.language.function_words import FINITE_VERBS
from onrecord.pipeline.language.subjects import is_order


def by_clause(place: Place, verb: Token, comp: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X said that P*, *X asked whether P*, *X urged Y to P*."""
    if not is_complement(comp) or _reports_nobody(verb) or _moves_before_colon(verb, comp):
        return
    asked = is_question_clause(comp)
    said_to = is_infinitive_clause(comp)
    if said_to:
        mode = lexicon.mode(verb, "addressee_infinitive") or lexicon.mode(verb, "infinitive")
        rule = "addressee_infinitive"
    elif asked:
        mode = lexicon.mode(verb, "question") or lexicon.mode(verb, "clause")
        rule = "question_clause"
    else:
        mode = lexicon.mode(verb, "clause")
        rule = "that_clause" if has_that(comp) else "bare_clause"
        if rule == "bare_clause" and lexicon.mode(verb, "clause_needs_that") and comp.i != verb.i + 1:
            mode = mode if is_finite_clause(comp) else None
    if mode is None:
        return
    start, end = complement_range(place, verb, comp)
    end = _cut_at_next_cue(place, verb, comp, end, lexicon)
    if comp.lower_ == "clear" and lemma_of(verb) == "make":
        # *made (it) clear | he had doubts*: the adjective belongs to the cue.
        start = comp.i + 1
    if said_to and mode == "speech":
        # The addressee stands before *to*; what is wanted or expected of somebody is theirs to do.
        to = next((c for c in comp.children if c.tag_ == "TO"), comp)
        start = max(start, to.i)
    yield from attribution(place, verb, [(start, end)], mode, rule, f"cue '{verb.text}' governs content")


def _moves_before_colon(verb: Token, comp: Token) -> bool:
    """*The delay does not worry NAME: “…”*: the words after the colon are hers, not the delay's."""
    colon = next((t.i for t in verb.doc[verb.i : max(verb.i, comp.i)] if t.text == ":"), None)
    return colon is not None and experiencer(verb, verb.sent.start, colon + 1) is not None


def _reports_nobody(verb: Token) -> bool:
    """*Say the word …*, *that said,*, *it goes without saying*: nobody reports."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return is_order(verb) or (
        subject is not None
        and subject.lower_ == "that"
        and verb.i == subject.i + 1
        and verb.nbor().text == ","
    )


def _cut_at_next_cue(place: Place, verb: Token, comp: Token, end: int, lexicon: CueLexicon) -> int:
    """*said talks had stalled | and warned that …*: the second cue belongs to the speaker.

    Parsers join it to the complement. Where the complement's subject is a person it may speak too, and the
    parse stands.
    """
    subject = next((c for c in comp.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.pos_ == "PRON" or subject.ent_type_ in ("PERSON", "ORG", "NORP"):
        return end
    for word in comp.conjuncts:
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in word.children)
        if (
            comp.i < word.i < end
            and not own
            and _same_tense(word, verb)
            and lexicon.reports(word) == "speech"
        ):
            start = min(c.i for c in (*word.lefts, word))
            return next((i for i in range(start, comp.i, -1) if place.doc[i].tag_ == "CC"), start)
    return end


def _same_tense(word: Token, verb: Token) -> bool:
    """Whether two verbs can stand in a row; taggers take a past tense with an object for a participle."""
    if word.tag_ == verb.tag_:
        return True
    helped = any(c.dep_ in ("aux", "auxpass") for c in word.children)
    return (
        verb.tag_ == "VBD"
        and word.tag_ == "VBN"
        and not helped
        and any(c.dep_ == "dobj" for c in word.children)
    )


def _cut_at_matrix(doc: Doc, start: int, end: int, lexicon: CueLexicon) -> int:
    """*declined to be named | said …*: a finite cue without a subject in the infinitive is the main verb."""
    for i in range(start, end):
        token = doc[i]
        if token.tag_ in FINITE_VERBS and lexicon.mode(token, "clause") == "speech":
            subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
            if not any(start <= c.i < end for c in subjects) and doc[i - 1].tag_ not in (
                "CC",
                ",",
                "WP",
                "WDT",
            ):
                return i
    return end


def _has_clause_below(verb: Token) -> bool:
    return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)


def by_infinitive(place: Place, verb: Token, comp: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X promised to P*, *X asked Y to P*, *X is expected to P*."""
    to = next(c for c in comp.children if c.tag_ == "TO")
    start, end = subtree_range(comp, low=verb.i + 1, high=place.end)
    addressee = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < to.i), None)
    raised: Range | None = None
    if is_passive(verb):
        mode = lexicon.mode(verb, "passive_infinitive")
        rule = "passive_infinitive"
        raised = _raised_subject(place, verb) if mode else None
        mode = (lexicon.mode(verb, "clause") or "evidence") if mode else None
        if mode is None and lexicon.mode(verb, "addressee_infinitive") == "speech":
            mode, rule = "speech", "addressee_infinitive"
    elif addressee is not None or governed(verb) is not None:
        mode = lexicon.mode(verb, "addressee_infinitive")
        rule = "addressee_infinitive"
    else:
        mode = lexicon.mode(verb, "infinitive")
        rule = "infinitive"
    if mode is None or (is_passive(verb) and lexicon.mode(comp, "clause") and _has_clause_below(comp)):
        # *are expected to argue that …*: the inner verb is the cue.
        return
    if addressee is not None and mode != "speech":
        # *wants | her party to work*: nobody is addressed.
        to = place.doc[subtree_range(addressee, low=verb.i + 1, high=to.i)[0]]
    first = min([to.i, *(c.i for c in comp.children if c.dep_ == "neg" and c.i < to.i)])
    end = cut_at_next_report(place.doc, comp.i + 1, max(end, complement_range(place, verb, comp)[1]))
    end = cut_at_coordination(place.doc, start, end, verb)
    end = _cut_at_matrix(place.doc, comp.i + 1, end, lexicon)
    spans = [(first if addressee is not None else max(start, first), end)]
    if raised is not None and raised[1] <= verb.i:
        spans.insert(0, raised)
    yield from attribution(place, verb, spans, mode, rule, f"'{verb.text}' takes an infinitive")


def _raised_subject(place: Place, verb: Token) -> Range | None:
    """*| The veto | is expected | to come |*: the subject belongs to what is expected."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass" and place.start <= c.i < verb.i), None)
    if subject is None or subject.tag_ in ("WDT", "WP") or subject.lower_ == "that":
        return None
    return source_range(subject, low=place.start, high=verb.i)
