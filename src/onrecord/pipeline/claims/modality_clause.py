"""A claim's clause: its head, the auxiliaries and cue over it, and the words in it that weaken it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.claims.candidates import Candidate
from onrecord.pipeline.language.negation import is_negated

__all__ = ["PAST", "Clause", "HedgeWords", "hedge_words"]

PAST = frozenset({"VBD", "VBN"})

HedgeWords = Mapping[str, Mapping[str, Collection[str]]]


@cache
def hedge_words() -> HedgeWords:
    """The lexicon `hedges`, its lists as the keys of dicts: quickly asked, in order."""
    return {
        name: {key: dict.fromkeys(words) for key, words in table.items() if isinstance(words, list)}
        for name, table in load_lexicon("hedges").items()
    }


def _is_had(aux: Token) -> bool:
    """*He'd been named*, *they'd left*: with a participle *'d* is *had*."""
    if aux.lower_ not in ("'d", "’d"):
        return False
    after = next((t for t in aux.doc[aux.i + 1 : aux.head.i + 1] if t.pos_ not in ("ADV", "PART")), None)
    return after is not None and after.tag_ in PAST


@cache
def _phrases() -> list[list[str]]:
    """The words of each phrase that hedges."""
    return [phrase.split() for phrase in load_lexicon("hedges")["hedges"]["phrases"]]


class Clause:
    """A candidate with its head, the head's auxiliaries and the cue that introduces it."""

    def __init__(
        self, doc: Doc, candidate: Candidate, attribution: Attribution | None, words: HedgeWords
    ) -> None:
        self.doc = doc
        self.words = words
        self.candidate = candidate
        self.attribution = attribution
        self.start, self.end = candidate.start, candidate.end
        self.head = doc[candidate.head]
        self.tokens = [t for t in doc[self.start : self.end] if not t.is_space]
        self.inside = [c for c in self.head.children if self.start <= c.i < self.end]
        self.auxiliaries = [c for c in self.inside if c.dep_ in ("aux", "auxpass")]
        self.cue: list[Token] = [] if candidate.by is None else [doc[candidate.by]]
        if attribution is not None and attribution.cue is not None:
            start, end = attribution.cue
            if candidate.sentence[0] <= start < candidate.sentence[1]:
                self.cue = list(doc[start:end])
        self.weakening = list(self.hedges())

    def cue_in(self, table: str, key: str) -> str:
        """The entry of a list of the lexicon that the cue has, or what describes it; empty if none."""
        lemmas = [t.lemma_.lower() for t in self.cue]
        joined = " ".join(lemmas)
        # *The debunked claim that P*: the participle counts whether or not the cue takes it in.
        lemmas += [
            c.lemma_.lower() for t in self.cue if t.pos_ == "NOUN" for c in t.children if c.tag_ == "VBN"
        ]
        return next((str(e) for e in self.words[table][key] if e == joined or e in lemmas), "")

    def has_aux(self, words: Collection[str]) -> Token | None:
        """The auxiliary of the head that is one of the words."""
        return next((a for a in self.auxiliaries if a.lower_ in words and not _is_had(a)), None)

    def takes_infinitive(self, verb: Token) -> bool:
        """Whether an infinitive with *to* is the complement of a verb or adjective."""
        return any(
            c.dep_ in ("xcomp", "ccomp", "advcl")
            and c.i > verb.i
            and any(g.lower_ == "to" for g in c.children)
            for c in verb.children
        )

    def weak_word(self) -> str:
        """What weakens the predicate; empty if nothing does."""
        for start, end in self.weakening:
            if end - start > 1 or self._at_predicate(self.doc[start]):
                return self.doc[start:end].text
        return ""

    def _at_predicate(self, t: Token) -> bool:
        if t.dep_ == "amod":
            return self.head.pos_ not in ("VERB", "AUX") and t.head.i == self.head.i
        verbs = {self.head.i} | {c.i for c in self.inside if c.dep_ in ("conj", "xcomp") and c.pos_ == "VERB"}
        return t.i in verbs or (
            t.head.i in verbs and t.dep_ in ("advmod", "aux", "acomp", "attr", "npadvmod")
        )

    def hedges(self) -> Iterator[Range]:
        """The words in the claim that weaken it."""
        passives, hearsay = self.words["hedges"]["passives"], self.words["hearsay"]["verbs"]
        text = [t.lower_ for t in self.doc[self.start : self.end]]
        present = set(text)
        for parts in _phrases():
            if parts[0] not in present:
                continue
            for i in range(len(text) - len(parts) + 1):
                if text[i : i + len(parts)] == parts:
                    yield self.start + i, self.start + i + len(parts)
        for t in self.tokens:
            if self._weakens(t):
                yield t.i, t.i + 1
            elif (
                t.tag_ == "VBN"
                and ((lemma := t.lemma_.lower()) in passives or lemma in hearsay)
                and self.takes_infinitive(t)
            ):
                aux = [c for c in t.children if c.dep_ == "auxpass"]
                # *Was supposed to guard it*: meant to; *is supposed to have left* is what others think.
                meant = t.lemma_.lower() == "suppose" and not _is_perfect(t)
                if aux and not meant:
                    yield aux[0].i, t.i + 1

    def _weakens(self, t: Token) -> bool:
        words, hearsay = self.words["hedges"], self.words["hearsay"]
        if t.lower_ in hearsay["adverbs"]:
            return True
        if t.pos_ == "ADJ" or t.dep_ == "amod":
            return t.lower_ in words["adjectives"] or t.lower_ in hearsay["adjectives"]
        if t.dep_ == "aux":
            # *Could not be reached*: unable, not unsure.
            return t.lower_ in words["modals"] and not (t.lower_ == "could" and is_negated(t.head))
        if t.pos_ == "VERB" and t.lemma_.lower() in words["verbs"]:
            # *Looked to cut the tax*: meant to.
            aims = t.lemma_.lower() == "look" and not _is_perfect(t) and not _takes_be(t)
            return (self.takes_infinitive(t) and not aims) or any(
                c.dep_ in ("oprd", "acomp") for c in t.children
            )
        return t.lower_ in words["adverbs"]


def _takes_be(verb: Token) -> bool:
    """*Looks to be over*."""
    return any(c.dep_ == "xcomp" and c.lemma_ == "be" for c in verb.children)


def _is_perfect(verb: Token) -> bool:
    """*To have left*."""
    return any(
        c.dep_ == "xcomp" and any(g.lower_ == "have" and g.dep_ == "aux" for g in c.children)
        for c in verb.children
    )


def as_read(aux: Token) -> str:
    """An auxiliary as people read it: *won't* for *wo*, *will* for *'ll*."""
    follows = aux.i + 1 < len(aux.doc) and not aux.whitespace_ and aux.nbor().dep_ == "neg"
    if follows:
        return f"{aux.text}{aux.nbor().text}"
    return aux.text if aux.text[0].isalpha() else aux.norm_
