"""Who says nothing: *did not respond to a request for comment*, *has remained silent on the matter*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.attribution.rule_names import SILENCE
from onrecord.pipeline.attribution.saying_phrases import is_not_drawn, may_have_said
from onrecord.pipeline.language.clauses import Place, attribution, cut_at_clauses
from onrecord.pipeline.language.cues import CueLexicon, lemma_of
from onrecord.pipeline.language.edges import is_passive, source_range, subject_of, subtree_range
from onrecord.pipeline.language.negation import is_negated
from onrecord.pipeline.language.subjects import is_somebody

_ON = frozenset(("on", "about", "over", "regarding", "concerning"))


def by_silence(place: Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X did not return calls*, *X has stayed silent about the deal*: what was asked or left unsaid."""
    lemma = lemma_of(verb)
    if is_not_drawn(verb):
        yield from _undrawn(place, verb)
        return
    told = lemma in lexicon.comment["silence"] or lemma in lexicon.comment["keeping"]
    if not told or is_passive(verb):
        return
    request = _request(place, verb, lexicon)
    if request is not None:
        span = cut_at_clauses(place, verb, request)
        yield from attribution(
            place, verb, [span], "speech", SILENCE, f"'{verb.text}' leaves a request unanswered"
        )
        return
    quiet = _quiet(verb, lexicon)
    topic = _topic(verb, quiet) if quiet is not None else None
    subject = subject_of(verb)
    if quiet is None or topic is None or topic.i >= place.end or subject is None or not is_somebody(subject):
        return
    span = cut_at_clauses(place, verb, subtree_range(topic, low=quiet.i + 1, high=place.end))
    reason = f"'{verb.text} {quiet.text}' says that nothing was said"
    for found in attribution(place, verb, [span], "speech", SILENCE, reason):
        assert found.cue is not None
        yield replace(found, cue=(found.cue[0], quiet.i + 1))


def _undrawn(place: Place, verb: Token) -> Iterator[Attribution]:
    """*would not be drawn | on the cost*."""
    topic = next((c for c in verb.children if c.i > verb.i and c.lower_ in _ON), None)
    subject = subject_of(verb)
    if topic is None or topic.i >= place.end or subject is None or not may_have_said(subject):
        return
    span = cut_at_clauses(place, verb, subtree_range(topic, low=verb.i + 1, high=place.end))
    source = source_range(subject, low=place.start, high=verb.i)
    reason = f"'{verb.text}' says that no answer was given"
    for found in attribution(place, verb, [span], "speech", SILENCE, reason, source):
        assert found.cue is not None
        yield replace(found, cue=(found.cue[0], verb.i + 1))


def _quiet(verb: Token, lexicon: CueLexicon) -> Token | None:
    """The word for silence that goes with a verb of remaining: *stayed* **mum**."""
    if lemma_of(verb) not in lexicon.comment["keeping"] or is_negated(verb):
        return None
    quiet = lexicon.comment["quiet"]
    return next((c for c in verb.children if c.i > verb.i and c.lower_ in quiet), None)


def _topic(verb: Token, quiet: Token) -> Token | None:
    """The preposition that leads to what nothing was said of."""
    around = (*quiet.children, *verb.children)
    return next((c for c in around if c.i > quiet.i and c.dep_ == "prep" and c.lower_ in _ON), None)


def _request(place: Place, verb: Token, lexicon: CueLexicon) -> Range | None:
    """What somebody is said not to respond to, answer or comment on."""
    if lemma_of(verb) not in lexicon.comment["silence"] or not is_negated(verb):
        return None
    children = [c for c in verb.children if verb.i < c.i < place.end]
    targets = [c for c in children if c.dep_ == "dobj"]
    for preposition in children:
        if preposition.dep_ == "prep" and preposition.lower_ == "to":
            targets += [c for c in preposition.children if c.dep_ == "pobj"]
    for target in targets:
        span = subtree_range(target, low=verb.i + 1, high=place.end)
        if any(t.lemma_.lower() in lexicon.comment["requests"] for t in place.doc[span[0] : span[1]]):
            return span
    return None
