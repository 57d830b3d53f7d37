"""Reporting clauses and source phrases beside or inside what they report."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.clauses import Place, attribution
from onrecord.pipeline.language.cues import CueLexicon, lemma_of, names_person
from onrecord.pipeline.language.edges import source_range, trim
from onrecord.pipeline.language.function_words import FINITE, FINITE_VERBS, SUBJECT_RELATIVES
from onrecord.pipeline.language.patients import is_told

_OPENING = SUBJECT_RELATIVES | {"whether"}
_ENDS = frozenset((",", ".", "?", "!", ";", "—"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_PROFORMS = frozenset(("yes", "no", "so", "otherwise"))
"""Words that stand for a whole clause behind a verb of saying."""
_AFTER_COMMA_ONLY = frozenset((("citing",), ("quoting",), ("per",)))


def by_source_preposition(place: Place, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*According to X, P*, *P, according to X* and *S, according to X, V*."""
    doc = place.doc
    for i in range(place.start, place.end - 1):
        for phrase in lexicon.sources.get(doc[i].lower_, ()):
            if tuple(t.lower_ for t in doc[i : i + len(phrase)]) != phrase:
                continue
            if phrase in _AFTER_COMMA_ONLY and (i == place.start or doc[i - 1].text != ","):
                continue
            yield from _around_source(place, i, i + len(phrase), lexicon)


def _around_source(place: Place, start: int, end: int, lexicon: CueLexicon) -> Iterator[Attribution]:
    doc = place.doc
    head = _source_head(place, start, end)
    source = source_range(head, low=end, high=place.end) if head is not None else None
    if head is None or source is None or lemma_of(head) in lexicon.manner:
        return
    before = trim(doc, (place.start, start))
    after = trim(doc, (source[1], place.end))
    set_off = source[1] < place.end and doc[source[1]].text == ","
    opened = any(t.lower_ in _OPENING for t in doc[max(place.start, start - 2) : start])
    if before is None or (opened and set_off):
        spans = [after]
    elif set_off and not _has_clause(place, before):
        spans = [before, after]
    else:
        spans = [before]
    contents = tuple(s for s in spans if s)
    if contents:
        yield Attribution(
            contents=contents,
            cue=(start, end),
            source=source,
            reasons=(f"'{doc[start:end].text}' names the source",),
            rule="according_to",
        )


def _source_head(place: Place, start: int, end: int) -> Token | None:
    doc = place.doc
    for token in doc[end : place.end]:
        if token.dep_ == "pobj" and start <= token.head.i < end:
            return token
    nouns = [t for t in doc[end : min(end + 12, place.end)] if t.pos_ in _NOMINAL]
    return nouns[0].head if nouns and nouns[0].dep_ == "compound" else nouns[0] if nouns else None


def _has_clause(place: Place, span: Range) -> bool:
    """Whether the words hold a finite verb with its subject, so that they can stand alone.

    In headlines an infinitive does: *Fares to double*.
    """
    words = place.doc[span[0] : span[1]]
    if place.kind in ("headline", "subhead") and any(t.tag_.startswith("VB") for t in words):
        return True
    return any(t.tag_ in FINITE and t.dep_ != "relcl" and not _relative(t) for t in words)


def by_parenthesis(place: Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*The plan, she said, will fail.* and *The plan will fail, said Ann Lee, the mayor.*

    Read by the commas: parsers hang these clauses in too many ways.
    """
    mode = lexicon.mode(verb, "clause")
    if mode is None:
        return
    lemma = lemma_of(verb)
    shows = lexicon.evidence.get(lemma, False)
    believed = lemma in lexicon.words["reporting"]["parenthetical"]
    if mode == "belief" and not shows and not believed:
        return
    if lexicon.mode(verb, "clause_needs_that") or verb.tag_ not in (*FINITE_VERBS, "VBN"):
        return
    if verb.i + 1 < place.end and verb.nbor().lower_ in _PROFORMS:
        # *I say no, Ada says yes, and she is right*: her own content stands behind the verb.
        return
    hearers = lexicon.words["hearers"]
    addressee = lemma in hearers["needed"] or lemma in hearers["optional"]
    has_object = any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children) and not addressee
    found = None if has_object else _parenthesis(place, verb) or _by_commas(place, verb)
    found = found or _inverted(place, verb)
    if found is None:
        return
    (left, right), source = found
    doc = place.doc
    if place.marked.get(left - 1) != place.marked.get(verb.i):
        return
    before = trim(doc, (place.start, left))
    after = trim(doc, (right, place.end)) if right < place.end and doc[right].text == "," else None
    if before is None:
        return
    if after is not None and (
        after[1] - after[0] < 2 or not (_has_clause(place, before) or _has_clause(place, after))
    ):
        after = None
    if not _has_clause(place, before) and (after is None or doc[left].lower_ == "as"):
        return
    spans = [before, after] if after else [before]
    reason = f"'{verb.text}' stands in a parenthesis"
    told = any(is_told(verb, place.doc[i]) for i in range(*source))  # *the door was locked, jury told*
    yield from attribution(place, verb, spans, mode, "parenthetical", reason, None if told else source)


def _parenthesis(place: Place, verb: Token) -> tuple[Range, Range] | None:
    """A reporting clause set off by commas whose subject the parse gives, and that subject."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.tag_ in ("WDT", "WP") or subject.lower_ == "that":
        return None
    span = source_range(subject, low=place.start, high=place.end)
    if span is None or verb.tag_ == "VBN":
        return None
    return _bounded(place, verb, span)


def _bounded(place: Place, verb: Token, source: Range) -> tuple[Range, Range] | None:
    doc = place.doc
    left = min(source[0], verb.i)
    while left > place.start and (doc[left - 1].pos_ == "ADV" or doc[left - 1].lower_ == "as"):
        left -= 1
    if left <= place.start or doc[left - 1].text not in (",", "—", "–"):
        return None
    if any(c.i > verb.i and c.dep_ == "xcomp" for c in verb.children):
        return None
    right = max(source[1], verb.i + 1)
    while right < place.end and doc[right].text not in _ENDS:
        token = doc[right]
        if token.dep_ in ("cc", "conj", "ccomp", "nsubj", "mark") and token.head.i <= verb.i:
            return None
        if token.tag_ in FINITE_VERBS and not _relative(token):
            return None
        right += 1
    return (left, right), source


def _inverted(place: Place, verb: Token) -> tuple[Range, Range] | None:
    """*, argued the shopkeepers,* which parsers read as a participle of the noun before."""
    doc = place.doc
    if verb.i <= place.start or doc[verb.i - 1].text != "," or verb.i + 1 >= place.end:
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i and c.pos_ != "NOUN" for c in verb.children):
        return None
    following = doc[verb.i + 1]
    if following.pos_ not in ("DET", *_NOMINAL, "ADJ") or following.dep_ == "npadvmod":
        return None
    head = next((t for t in doc[verb.i + 1 : place.end] if t.pos_ in _NOMINAL and t.dep_ != "compound"), None)
    source = source_range(head, low=verb.i + 1, high=place.end) if head is not None else None
    if head is None or source is None or source[0] != verb.i + 1:
        return None
    if head.pos_ != "PRON" and not (head.ent_type_ in ("PERSON", "ORG", "NORP") or names_person(head)):
        return None
    return _bounded(place, verb, source)


def _by_commas(place: Place, verb: Token) -> tuple[Range, Range] | None:
    """*The ferry, Minister Nyman said on Friday, will sail*: a noun phrase between a comma and the verb."""
    doc = place.doc
    comma = next(
        (i for i in range(verb.i - 1, max(place.start, verb.i - 12), -1) if doc[i].text == ","), None
    )
    if comma is None or comma + 1 >= verb.i or verb.tag_ not in FINITE_VERBS:
        return None
    words = doc[comma + 1 : verb.i]
    if words[0].pos_ in ("ADP", "SCONJ", "CCONJ", "VERB", "AUX", "ADV") or words[0].tag_ in (
        "WDT",
        "WP",
        "WRB",
    ):
        return None
    if any(t.tag_.startswith("VB") or t.dep_ == "neg" for t in words) or words[-1].pos_ not in _NOMINAL:
        return None
    ends = next((t.text for t in doc[verb.i + 1 : place.end] if t.text in _ENDS), ".")
    if ends != "," and any(c.dep_ in ("ccomp", "xcomp", "dobj") and c.i > verb.i for c in verb.children):
        return None
    return _bounded(place, verb, (comma + 1, verb.i))


def by_as_clause(place: Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*As Ms Eriksen noted, the law has no teeth.*"""
    doc = place.doc
    mark = doc[place.start]
    if (
        mark.lower_ != "as"
        or verb.tag_ not in (*FINITE_VERBS, "VBN")
        or mark.head not in (verb, verb.head, *verb.children)
    ):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    cue = verb
    if lemma_of(verb) == "use":
        # *As the old captain used to say*
        cue = next((c for c in verb.children if c.dep_ == "xcomp"), verb)
    comma = next((i for i in range(cue.i + 1, place.end) if doc[i].text == ","), None)
    if lexicon.mode(cue, "clause") != "speech" or subject is None or comma is None:
        return
    has_object = any(c.dep_ in ("dobj", "ccomp") and cue.i < c.i < comma for c in cue.children)
    put_it = cue.lower_ == "put" and cue.nbor().lower_ == "it"
    if (has_object and not put_it) or any(
        t.tag_ in FINITE_VERBS and t.i != verb.i for t in doc[verb.i : comma]
    ):
        return
    source = source_range(subject, low=place.start, high=verb.i)
    reason = f"'as … {verb.text}' stands before the content"
    yield from attribution(place, cue, [(comma + 1, place.end)], "speech", "parenthetical", reason, source)


def _relative(token: Token) -> bool:
    return token.dep_ in ("relcl", "advcl") or token.head.dep_ in ("relcl", "advcl")
