"""Statements reported without quotation marks, by the construction that a cue governs.

One function a construction; each yields attributions that may overlap, `join` decides. Where a
content holds marked words it is a mixed quotation, found here in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, get_blocks
from onrecord.pipeline.cues import CueLexicon, cue_lexicon, lemma_of
from onrecord.pipeline.edges import (
    agent_of,
    cue_range,
    governed,
    is_passive,
    source_range,
    subject_of,
    subtree_range,
    trim,
)
from onrecord.schema import Mode

_WH_TAGS = frozenset(("WP", "WRB", "WDT", "WP$"))
_NO_SOURCE = frozenset(("it", "there", "that", "this", "which", "what"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence clipped to its block."""

    doc: Doc
    start: int
    end: int


def find_indirect(doc: Doc) -> list[Attribution]:
    """All statements reported by a cue that governs them.

    Needs the dependency parse. Marks, if set, are not looked at.
    """
    lexicon = cue_lexicon()
    out: list[Attribution] = []
    for sentence in _sentences(doc):
        for word in doc[sentence.start : sentence.end]:
            if word.pos_ in ("VERB", "AUX") or word.tag_.startswith("VB"):
                out.extend(_by_verb(sentence, word, lexicon))
            elif word.pos_ in ("NOUN", "PROPN"):
                out.extend(_by_noun(sentence, word, lexicon))
            elif word.pos_ == "ADJ":
                out.extend(_by_adjective(sentence, word, lexicon))
        out.extend(_by_source_preposition(sentence, lexicon))
    return out


def _sentences(doc: Doc) -> Iterator[_Place]:
    for block in get_blocks(doc):
        start = block.start
        for i in range(block.start + 1, block.end):
            if doc[i].is_sent_start:
                yield _Place(doc, start, i)
                start = i
        yield _Place(doc, start, block.end)


def _by_verb(place: _Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    for child in verb.children:
        if not place.start <= child.i < place.end:
            continue
        if child.dep_ == "ccomp" and child.i > verb.i:
            yield from _clause(place, verb, child, lexicon)
        elif child.dep_ == "ccomp":
            yield from _parenthetical(place, verb, child, lexicon)
        elif child.dep_ == "xcomp" and child.i > verb.i and _to_infinitive(child):
            yield from _infinitive(place, verb, child, lexicon)
    if verb.dep_ == "parataxis" or (
        verb.dep_ == "ROOT" and not any(c.dep_ == "ccomp" for c in verb.children)
    ):
        yield from _loose_parenthesis(place, verb, lexicon)
    yield from _object(place, verb, lexicon)


def _clause(place: _Place, verb: Token, comp: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    asked = _is_question_clause(comp)
    said_to = _is_infinitive_clause(comp)
    if said_to:
        mode = lexicon.mode(verb, "addressee_infinitive") or lexicon.mode(verb, "infinitive")
        rule = "addressee_infinitive"
    elif asked:
        mode = lexicon.mode(verb, "question") or lexicon.mode(verb, "clause")
        rule = "question_clause"
    else:
        mode = lexicon.mode(verb, "clause")
        rule = "that_clause" if _has_that(comp) else "bare_clause"
        if rule == "bare_clause" and lexicon.mode(verb, "clause_needs_that") and comp.i != verb.i + 1:
            mode = mode if _finite_with_subject(comp) else None
    if mode is None:
        return
    start, end = _complement_range(place, verb, comp)
    if said_to:
        # The addressee stands before *to*.
        to = next((c for c in comp.children if c.tag_ == "TO"), comp)
        start = max(start, to.i)
    yield from _made(place, verb, [(start, end)], mode, rule, f"cue '{verb.text}' governs content")


def _complement_range(place: _Place, verb: Token, comp: Token) -> Range:
    """The complement with what follows it in the verb's phrase, up to the next reporting clause."""
    doc = place.doc
    start, end = subtree_range(comp, low=verb.i + 1, high=place.end)
    for child in verb.children:
        if child.i > comp.i and child.i < place.end and child.dep_ in ("advcl", "prep", "npadvmod", "advmod"):
            if child.i >= end:
                end = max(end, subtree_range(child, low=verb.i + 1, high=place.end)[1])
        elif child.i >= end and child.dep_ in ("conj", "cc", "parataxis"):
            break
    return start, _cut(doc, comp.i + 1, end)


def _cut(doc: Doc, start: int, end: int) -> int:
    """Where a content ends: before *, adding that*, *, according to*, *, she said*."""
    lexicon = cue_lexicon()
    for i in range(start, end - 1):
        if doc[i].text not in (",", "—", "–", "--", ";"):
            continue
        following = doc[i + 1]
        if (
            following.tag_ == "VBG"
            and lexicon.mode(following, "clause") == "speech"
            and following.dep_ == "advcl"
        ):
            return i
        if following.lower_ == "according" and i + 2 < end and doc[i + 2].lower_ == "to":
            return i
    return end


def _parenthetical(place: _Place, verb: Token, comp: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*The plan, she said, will fail.* and *The plan will fail, she said.*"""
    mode = lexicon.mode(verb, "clause") or lexicon.mode(verb, "quote")
    if mode is None:
        return
    spans = _around(place, verb, comp)
    if spans:
        yield from _made(place, verb, spans, mode, "parenthetical", f"'{verb.text}' stands in a parenthesis")


def _around(place: _Place, verb: Token, comp: Token) -> list[Range]:
    """The content before and after a reporting clause that stands in it or after it."""
    doc = place.doc
    left, right = subtree_range(verb, without=[comp], low=place.start, high=place.end)
    # The clause itself: from its subject or verb to its last own word.
    own = [
        verb.i,
        *(i for c in verb.children if c is not comp and c.dep_ != "punct" for i in _ends(c, place)),
    ]
    own = [i for i in own if i > comp.i or i >= verb.i]
    left, right = min(own), max(own) + 1
    start = subtree_range(comp, low=place.start, high=left)[0]
    spans = [s for s in (trim(doc, (start, left)),) if s]
    after = [t.i for t in comp.subtree if right <= t.i < place.end and not t.is_punct]
    if after:
        tail = trim(doc, (right, max(after) + 1))
        if tail:
            spans.append(tail)
    return spans


def _ends(word: Token, place: _Place) -> Range:
    left, right = subtree_range(word, low=place.start, high=place.end)
    return left, right - 1


def _loose_parenthesis(place: _Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*…, she said* where the parser hangs the reporting clause elsewhere."""
    doc = place.doc
    mode = lexicon.mode(verb, "clause")
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if mode is None or subject is None:
        return
    left = min(subtree_range(subject)[0], verb.i)
    if left <= place.start + 2 or doc[left - 1].text != ",":
        return
    right = max(_ends(c, place)[1] for c in (*verb.children, verb) if c is verb or c.dep_ != "punct") + 1
    if right < place.end - 2 and verb.dep_ != "parataxis":
        return
    start = trim(doc, (place.start, left))
    if start:
        yield from _made(
            place, verb, [start], mode, "loose_parenthesis", f"'{verb.text}' follows the content"
        )


def _infinitive(place: _Place, verb: Token, comp: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    to = next(c for c in comp.children if c.tag_ == "TO")
    start, end = subtree_range(comp, low=verb.i + 1, high=place.end)
    addressee = any(c.dep_ in ("dobj", "dative") and verb.i < c.i < to.i for c in verb.children)
    if is_passive(verb):
        mode = lexicon.mode(verb, "passive_infinitive")
        rule = "passive_infinitive"
        mode = "evidence" if mode else None
    elif addressee or governed(verb) is not None:
        mode = lexicon.mode(verb, "addressee_infinitive")
        rule = "addressee_infinitive"
    else:
        mode = lexicon.mode(verb, "infinitive")
        rule = "infinitive"
    if mode is None:
        return
    end = _cut(place.doc, comp.i + 1, max(end, _complement_range(place, verb, comp)[1]))
    yield from _made(place, verb, [(max(start, to.i), end)], mode, rule, f"'{verb.text}' takes an infinitive")


def _object(place: _Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    children = [c for c in verb.children if verb.i < c.i < place.end]
    if is_passive(verb):
        return
    naming = lexicon.mode(verb, "naming")
    named = [c for c in children if c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ == "as")]
    objects = [c for c in children if c.dep_ in ("dobj", "pobj")]
    if naming and named:
        start = min(subtree_range(c, low=verb.i + 1, high=place.end)[0] for c in (*objects, *named))
        end = max(subtree_range(c, low=verb.i + 1, high=place.end)[1] for c in (*objects, *named))
        end = _cut(place.doc, verb.i + 2, end)
        yield from _made(place, verb, [(start, end)], naming, "naming", f"'{verb.text}' gives a name")
        return
    small = next((c for c in children if c.dep_ == "ccomp" and not _finite_with_subject(c)), None)
    if naming and small is not None and lexicon.mode(verb, "clause") is None:
        span = _complement_range(place, verb, small)
        yield from _made(place, verb, [span], naming, "naming", f"'{verb.text}' gives a name")
        return
    mode = lexicon.mode(verb, "object")
    preposition = governed(verb)
    if mode is None or any(c.dep_ in ("ccomp", "xcomp") for c in children):
        return
    if preposition is not None and preposition.i <= verb.i + 3 and not objects:
        key = f"{lemma_of(verb)} {preposition.lower_}"
        own = lexicon.entries["object"].get(key)
        if own is None:
            return
        target = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
        first = preposition.i + 1
        mode = own
    else:
        target = next((c for c in objects if c.dep_ == "dobj"), None)
        first = verb.i + 1
        if lexicon.entries["object"].get(lemma_of(verb)) is None:
            return
    if target is None:
        return
    start, end = subtree_range(target, low=first, high=place.end)
    for child in children:
        if child.i > target.i and child.dep_ in ("prep", "advcl", "dative") and child.text not in (",",):
            end = max(end, subtree_range(child, low=first, high=place.end)[1])
    end = _cut(place.doc, start, end)
    yield from _made(place, verb, [(start, end)], mode, "object", f"'{verb.text}' has the content as object")


def _by_noun(place: _Place, noun: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    mode = lexicon.mode(noun, "nouns")
    if mode is None:
        return
    for child in noun.children:
        if child.i < noun.i or child.dep_ not in ("acl", "ccomp", "relcl") or child.i >= place.end:
            continue
        if not _has_that(child) and not _to_infinitive(child):
            continue
        if any(c.tag_ == "WDT" and c.dep_ in ("nsubj", "dobj", "nsubjpass") for c in child.children):
            continue
        span = subtree_range(child, low=noun.i + 1, high=place.end)
        span = (span[0], _cut(place.doc, span[0] + 1, span[1]))
        holder = _holder(place, noun)
        yield from _made(
            place, noun, [span], mode, "noun_clause", f"noun '{noun.text}' governs content", holder
        )


def _holder(place: _Place, noun: Token) -> Range | None:
    """Whose claim: the possessive, or the noun after *by*; the subject where the noun is its object."""
    for child in noun.children:
        if child.dep_ == "poss":
            return source_range(child, low=place.start, high=place.end)
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of", "among"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return source_range(inner, low=place.start, high=place.end)
    if noun.dep_ in ("dobj", "attr", "pobj") and noun.head.pos_ in ("VERB", "AUX", "ADP"):
        verb = noun.head if noun.head.pos_ != "ADP" else noun.head.head
        if lemma_of(verb) in (
            "make",
            "express",
            "voice",
            "issue",
            "repeat",
            "reject",
            "have",
            "hold",
            "raise",
            "give",
        ):
            subject = subject_of(verb)
            if subject is not None and lemma_of(verb) != "reject":
                return source_range(subject, low=place.start, high=place.end)
    return None


def _by_adjective(place: _Place, word: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    mode = lexicon.mode(word, "adjectives")
    if mode is None or word.dep_ not in ("acomp", "conj"):
        return
    for child in word.children:
        if child.i > word.i and (child.dep_ == "ccomp" or (child.dep_ == "xcomp" and _to_infinitive(child))):
            span = subtree_range(child, low=word.i + 1, high=place.end)
            yield from _made(place, word, [span], mode, "adjective", f"'{word.text}' governs content")


def _by_source_preposition(place: _Place, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*According to X, P* and *P, according to X*."""
    doc = place.doc
    for i in range(place.start, place.end - 1):
        for phrase in lexicon.sources:
            length = len(phrase)
            if tuple(t.lower_ for t in doc[i : i + length]) != phrase:
                continue
            if phrase in (("citing",), ("quoting",), ("per",)) and (
                i == place.start or doc[i - 1].text != ","
            ):
                continue
            yield from _around_source(place, i, i + length, " ".join(phrase))


def _around_source(place: _Place, start: int, end: int, phrase: str) -> Iterator[Attribution]:
    doc = place.doc
    head = next((t for t in doc[end : place.end] if t.dep_ == "pobj" and start <= t.head.i < end), None)
    if head is None:
        head = next(
            (t for t in doc[end : min(end + 12, place.end)] if t.pos_ in ("NOUN", "PROPN", "PRON")), None
        )
        if head is None:
            return
        chunk = (
            next((c.root for c in doc[end : place.end].noun_chunks), head)
            if doc.has_annotation("DEP")
            else head
        )
        head = chunk
    source = source_range(head, low=end, high=place.end)
    if source is None:
        return
    before = trim(doc, (place.start, start))
    after = trim(doc, (source[1], place.end))
    first = before is None or before[1] - before[0] < 3
    spans = [
        s for s in ((after,) if first else (before, after if _resumes(doc, source[1], place) else None)) if s
    ]
    if not spans:
        return
    mode: Mode = "speech"
    yield Attribution(
        contents=tuple(spans),
        cue=(start, end),
        source=source,
        mode=mode,
        reasons=(f"'{phrase}' names the source",),
        rule="according_to",
    )


def _resumes(doc: Doc, position: int, place: _Place) -> bool:
    """Whether the clause goes on after a source set between commas."""
    return position + 3 < place.end and doc[position].text == ","


def _made(
    place: _Place,
    cue: Token,
    spans: list[Range],
    mode: Mode,
    rule: str,
    reason: str,
    source: Range | None = None,
) -> Iterator[Attribution]:
    doc = place.doc
    contents = tuple(s for s in (trim(doc, span) for span in spans) if s)
    if not contents:
        return
    reasons = [reason]
    if source is None and rule != "noun_clause":
        source, why = _source_of(place, cue)
        if why:
            reasons.append(why)
    if source is not None and any(s < source[1] and source[0] < e for s, e in contents):
        source = None
    yield Attribution(
        contents=contents,
        cue=cue_range(cue),
        source=source,
        mode=mode,
        reasons=tuple(reasons),
        rule=rule,
    )


def _source_of(place: _Place, cue: Token) -> tuple[Range | None, str]:
    verb = cue if cue.pos_ in ("VERB", "AUX") or cue.tag_.startswith("VB") else cue.head
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is None:
            return None, "passive without agent"
        return source_range(agent, low=place.start, high=place.end), f"agent of cue is {agent.text}"
    subject = subject_of(verb)
    if subject is None:
        return None, ""
    if subject.tag_ in ("WP", "WDT") or (subject.lower_ == "that" and verb.dep_ == "relcl"):
        if verb.dep_ == "relcl":
            subject = verb.head
    elif subject.dep_ == "expl" or (subject.lower_ in _NO_SOURCE and subject.lower_ in ("there",)):
        return None, ""
    found = source_range(subject, low=place.start, high=place.end)
    return found, f"subject of cue is {subject.text}"


def _is_question_clause(comp: Token) -> bool:
    near = [c for c in comp.subtree if c.i < comp.i and (c.head is comp or c.head.head is comp)]
    return any(
        (c.lower_ in ("whether", "if") and c.dep_ == "mark") or (c.tag_ in _WH_TAGS and c.lower_ != "that")
        for c in near
    )


def _is_infinitive_clause(comp: Token) -> bool:
    return _to_infinitive(comp) and not any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in comp.children)


def _to_infinitive(comp: Token) -> bool:
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in comp.children)


def _has_that(comp: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in comp.children)


def _finite_with_subject(comp: Token) -> bool:
    finite = comp.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") and c.dep_ in ("aux", "auxpass") for c in comp.children
    )
    return finite and any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in comp.children)
