"""What a claim is about, reduced to what two claims can be compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.modality import is_negated
from onrecord.schema import Claim

__all__ = ["Gist", "gist_of"]

CONTENT_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Gist:
    """A claim in classes of lemmas.

    Attributes:
        topic: content words, without those too common to tell two topics apart.
        head: class of the governing verb; empty where no verb governs or it is too common.
        negated: whether the claim rejects what it speaks of.
        possible: whether the verb stands under *can*, *should* and the like: nothing happened.
        names: proper nouns of the subject.
    """

    claim: Claim
    topic: frozenset[str]
    head: str
    negated: bool
    possible: bool
    names: frozenset[str]

    def share(self, other: Gist) -> float:
        """Share of the smaller topic that both have, in [0, 1]."""
        return len(self.topic & other.topic) / max(1, min(len(self.topic), len(other.topic)))

    def likeness(self, other: Gist) -> float:
        """Common words over all words of both topics, in [0, 1]."""
        return len(self.topic & other.topic) / max(1, len(self.topic | other.topic))


def gist_of(doc: Doc, claim: Claim) -> Gist | None:
    """The gist of a claim; None if its offsets lie outside of the doc."""
    span = doc.char_span(claim.start, claim.end, alignment_mode="expand")
    if span is None:
        return None
    common = _common()
    words = (_class(t) for t in span if t.pos_ in CONTENT_TAGS and not t.is_stop and len(t) > 2)
    head = span.root
    subject = next((c for c in head.children if c.dep_ in SUBJECTS), None)
    verb = _class(head) if head.pos_ == "VERB" else ""
    return Gist(
        claim,
        frozenset(w for w in words if w not in common and not w.endswith(".")),
        "" if verb in common else verb,
        claim.modality == "denied" or is_negated(head) or _neither(span),
        any(c.tag_ == "MD" and c.lower_ not in ("will", "would") for c in head.children),
        frozenset(t.lower_ for t in subject.subtree if t.pos_ == "PROPN")
        if subject is not None
        else frozenset(),
    )


def _neither(span: Span) -> bool:
    """*Neither A nor B did it*, also where the first half of it was cut off."""
    subject = next((c for c in span.root.children if c.dep_ in SUBJECTS), None)
    return subject is not None and any(c.dep_ == "cc" and c.lower_ == "nor" for c in subject.children)


@cache
def _classes() -> Mapping[str, str]:
    return {word: row[0] for row in load_lexicon("opposites")["opposites"]["same"] for word in row}


@cache
def _common() -> frozenset[str]:
    return frozenset(load_lexicon("opposites")["opposites"]["common"])


def _class(t: Token) -> str:
    lemma = t.lemma_.lower()
    return _classes().get(lemma, lemma)
