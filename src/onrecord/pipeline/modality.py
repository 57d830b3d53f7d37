"""How firmly a claim is made: question, denied, prediction, opinion, hedged, attributed, asserted.

The first that applies holds, in this order, and every decision comes with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.claim_candidates import Candidate
from onrecord.schema import Modality

__all__ = ["Firmness", "decide_modality"]

PAST = frozenset({"VBD", "VBN"})


@dataclass(frozen=True, slots=True)
class Firmness:
    """The modality of a claim, the words that weaken it (token ranges) and why."""

    modality: Modality
    hedges: tuple[Range, ...]
    reason: str


def decide_modality(doc: Doc, candidate: Candidate, attribution: Attribution | None) -> Firmness:
    """Decide how firmly a candidate is claimed; the doc is only read.

    Args:
        doc: parsed.
        candidate: the claim.
        attribution: the attribution it is the content of; None for the author's own.
    """
    words = load_lexicon("hedges")
    clause = _Clause(doc, candidate, attribution, words)
    hedges = tuple(sorted(set(clause.hedges())))
    for modality, reason in (
        ("question", clause.question()),
        ("denied", clause.denial()),
        ("prediction", clause.prediction()),
        ("opinion", clause.opinion()),
        ("hedged", clause.hedge()),
    ):
        if reason:
            return Firmness(modality, hedges, reason)  # type: ignore[arg-type]
    if attribution is None:
        return Firmness("asserted", hedges, "the author states it")
    return Firmness("attributed", hedges, "a source states it")


class _Clause:
    """A candidate with its head, the head's auxiliaries and the cue that introduces it."""

    def __init__(
        self, doc: Doc, candidate: Candidate, attribution: Attribution | None, words: Mapping[str, Any]
    ) -> None:
        self.doc = doc
        self.words = words
        self.start, self.end = candidate.start, candidate.end
        self.attribution = attribution
        self.head = doc[candidate.head]
        self.tokens = [t for t in doc[self.start : self.end] if not t.is_space]
        self.inside = [c for c in self.head.children if self.start <= c.i < self.end]
        self.auxiliaries = [c for c in self.inside if c.dep_ in ("aux", "auxpass")]
        self.cue = (
            []
            if attribution is None or attribution.cue is None
            else list(doc[attribution.cue[0] : attribution.cue[1]])
        )

    def _cue_in(self, table: str, key: str) -> str | None:
        lemmas = [t.lemma_.lower() for t in self.cue]
        joined = " ".join(lemmas)
        for entry in self.words[table][key]:
            if entry == joined or entry in lemmas:
                return str(entry)
        return None

    def _verbs(self) -> Iterator[Token]:
        """The head and the verbs of the same rank."""
        yield self.head
        for t in self.tokens:
            if t.dep_ == "conj" and t.head.i == self.head.i and t.pos_ in ("VERB", "AUX"):
                yield t

    # -- question ---------------------------------------------------------------------------

    def question(self) -> str:
        """Asked, not said."""
        last = self.tokens[-1] if self.tokens else None
        after = self.doc[self.end] if self.end < len(self.doc) else None
        if (last is not None and last.text == "?") or (after is not None and after.text == "?"):
            return "question mark"
        if self.attribution is not None and "question" in self.attribution.flags:
            return "the cue asks"
        first = self.tokens[0] if self.tokens else None
        if first is not None and first.lower_ == "whether":
            return "'whether'"
        return ""

    # -- denied -----------------------------------------------------------------------------

    def denial(self) -> str:
        """Rejected by the cue, or by the predicate of an answer to a reproach."""
        verb = self._cue_in("denial", "verbs") or self._cue_in("denial", "nouns")
        if verb:
            return f"cue '{verb}' rejects it"
        for child in self.inside:
            if child.dep_ in ("attr", "acomp") and child.lemma_.lower() in self.words["denial"]["falsehood"]:
                if not self._negated(self.head):
                    return f"called '{child.text}'"
        if self.attribution is None or not self._negated(self.head):
            return ""
        if self._cue_in("denial", "insistence"):
            return f"negated after '{self.cue[0].text}'"
        return ""

    def _negated(self, head: Token) -> bool:
        return any(c.dep_ == "neg" or (c.lower_ in ("never", "no") and c.dep_ != "det") for c in head.children)

    # -- prediction -------------------------------------------------------------------------

    def prediction(self) -> str:
        """Future at the time of writing."""
        modals = self.words["prediction"]["modals"]
        aux = next((a for a in self.auxiliaries if a.lower_ in modals), None)
        if aux is not None and not self._counterfactual(aux):
            return f"future '{aux.text}'"
        if self.head.lemma_.lower() == "go" and self.head.tag_ == "VBG" and self._infinitive(self.head):
            return "future 'going to'"
        if (
            self.head.lemma_.lower() == "be"
            and self._infinitive(self.head)
            and self.head.tag_ in ("VBZ", "VBP")
        ):
            return "future 'is to'"
        if self.head.lemma_.lower() in self.words["prediction"]["verbs"] and self._infinitive(self.head):
            if self.head.tag_ in ("VBZ", "VBP") or (
                self.head.tag_ == "VBN"
                and any(a.lower_ in ("is", "are", "'s", "’s") for a in self.auxiliaries)
            ):
                return f"plan '{self.head.text}'"
        cue = self._cue_in("prediction", "cues")
        if cue and self.head.tag_ not in PAST and not self._is_present():
            return f"cue '{cue}' looks ahead"
        return ""

    def _is_present(self) -> bool:
        return self.head.tag_ in ("VBZ", "VBP") or any(a.tag_ in ("VBZ", "VBP") for a in self.auxiliaries)

    def _infinitive(self, verb: Token) -> bool:
        return any(
            c.dep_ in ("xcomp", "ccomp", "advcl")
            and c.i > verb.i
            and any(g.lower_ == "to" for g in c.children)
            for c in verb.children
        )

    def _counterfactual(self, aux: Token) -> bool:
        perfect = any(a.lower_ in ("have", "'ve", "’ve") for a in self.auxiliaries)
        if aux.lower_ in ("would", "'d", "’d"):
            reported = self.attribution is not None and self.attribution.type == "indirect"
            return perfect or not (reported or self._scheduled())
        return False

    def _scheduled(self) -> bool:
        """*Would* in the author's own words is future in the past, unless a condition governs it."""
        return self.attribution is None and not any(t.lower_ == "if" for t in self.tokens)

    # -- opinion ----------------------------------------------------------------------------

    def opinion(self) -> str:
        """Evaluation, demand, wish, counterfactual."""
        demand = next((a for a in self.auxiliaries if a.lower_ in self.words["demand"]["modals"]), None)
        if demand is not None:
            return f"demand '{demand.text}'"
        would = next((a for a in self.auxiliaries if a.lower_ in ("would", "'d", "’d")), None)
        if would is not None:
            return "counterfactual"
        for table in ("demand", "evaluation"):
            cue = self._cue_in(table, "cues")
            if cue:
                return f"cue '{cue}'"
        stance = self._stance()
        if stance:
            return f"stance '{stance}'"
        if self._imperative():
            return "imperative"
        value = self._evaluation()
        return f"evaluation '{value}'" if value else ""

    def _stance(self) -> str | None:
        if self.head.lemma_.lower() not in self.words["evaluation"]["stance"]:
            return None
        subject = next((c for c in self.inside if c.dep_ == "nsubj"), None)
        if subject is not None and subject.lower_ in ("i", "we"):
            return self.head.text
        return self.head.text if subject is None and self.head.tag_ in ("VBG", "VB") else None

    def _imperative(self) -> bool:
        quoted = self.attribution is not None and self.attribution.type == "direct"
        return (
            quoted
            and self.head.tag_ == "VB"
            and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in self.inside)
        )

    def _evaluation(self) -> str | None:
        """An evaluative predicate: complement of the head, or what modifies the complement."""
        values = self.words["evaluation"]["words"]
        near = [self.head] if self.head.pos_ not in ("VERB", "AUX") else []
        near += [c for c in self.inside if c.dep_ in ("attr", "acomp", "oprd", "dobj")]
        near += [g for n in list(near) for g in n.children if g.dep_ in ("amod", "conj")]
        return next((t.text for t in near if t.lemma_.lower() in values), None)

    # -- hedged -----------------------------------------------------------------------------

    def hedge(self) -> str:
        """Weakened at the predicate, or by a cue of those who do not know."""
        for start, end in self.hedges():
            t = self.doc[end - 1]
            if self._at_predicate(self.doc[start]) or self._at_predicate(t) or end - start > 1:
                return f"hedge '{self.doc[start:end].text}'"
        cue = self._cue_in("hedges", "cues")
        return f"cue '{cue}'" if cue else ""

    def _at_predicate(self, t: Token) -> bool:
        verbs = list(self._verbs())
        if t.pos_ == "ADJ" and t.dep_ == "amod":
            return False
        return t in verbs or (t.head in verbs and t.dep_ in ("advmod", "aux", "acomp", "attr", "npadvmod"))

    def hedges(self) -> Iterator[Range]:
        """The words in the claim that weaken it."""
        words = self.words["hedges"]
        text = [t.lower_ for t in self.doc[self.start : self.end]]
        for phrase in words["phrases"]:
            parts = phrase.split()
            for i in range(len(text) - len(parts) + 1):
                if text[i : i + len(parts)] == parts:
                    yield self.start + i, self.start + i + len(parts)
        for t in self.tokens:
            lemma = t.lemma_.lower()
            if t.lower_ in words["hearsay"] or (t.lower_ in words["adverbs"] and t.pos_ != "ADJ") or (t.pos_ == "AUX" and t.lower_ in words["modals"] and t.dep_ == "aux") or (t.pos_ == "ADJ" and lemma in words["adjectives"]) or (t.pos_ == "VERB" and lemma in words["verbs"] and self._raises(t)):
                yield t.i, t.i + 1
            elif t.tag_ == "VBN" and lemma in words["passives"] and self._raises(t):
                aux = [c for c in t.children if c.dep_ == "auxpass"]
                if aux:
                    yield aux[0].i, t.i + 1

    def _raises(self, verb: Token) -> bool:
        return self._infinitive(verb) or any(c.dep_ == "oprd" for c in verb.children)
