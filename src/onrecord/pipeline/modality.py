"""How firmly a claim is made: question, denied, prediction, opinion, hedged, attributed, asserted.

The first that applies holds, in this order, and every decision comes with its reason. What a cue
says about its content (*denied that*, *called it*) holds for the clauses in the cue's sentence only:
a quotation that goes on for three sentences after *described him as* is no longer a description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.dates import find_dates
from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.claim_candidates import Candidate
from onrecord.pipeline.claim_clauses import head_of
from onrecord.pipeline.firmness import Firmness, plain
from onrecord.pipeline.negation import is_negated
from onrecord.schema import Modality

__all__ = ["decide_modality"]

PAST = frozenset({"VBD", "VBN"})
PRESENT = frozenset({"VBZ", "VBP"})
SELVES = frozenset({"i", "we"})
WOULD = frozenset({"would", "'d", "’d"})
BE = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
RULES = frozenset(
    {"law", "rule", "statute", "regulation", "constitution", "treaty", "legislation", "contract"}
)
"""What lays down rather than demands."""
COMPLEMENTS = frozenset({"attr", "acomp", "oprd"})


def decide_modality(doc: Doc, candidate: Candidate, attribution: Attribution | None) -> Firmness:
    """Decide how firmly a candidate is claimed; the doc is only read.

    Args:
        doc: parsed.
        candidate: the claim.
        attribution: the attribution it is the content of; None for the author's own.
    """
    clause = _Clause(doc, candidate, attribution, load_lexicon("hedges"))
    hedges = tuple(sorted(set(clause.weakening)))
    checks: tuple[tuple[Modality, Callable[[], str]], ...] = (
        ("question", clause.question),
        ("denied", clause.denial),
        ("prediction", clause.prediction),
        ("opinion", clause.opinion),
        ("hedged", clause.hedge),
    )
    for modality, applies in checks:
        reason = applies()
        if reason:
            return Firmness(modality, hedges, reason)
    if clause.states_rule():
        return Firmness(
            "asserted" if attribution is None else "attributed", hedges, "says what a rule is", granted=True
        )
    granted = clause.takes_for_granted()
    reason = f"'{clause.cue[0].text} … for' takes it for granted" if granted else ""
    return plain(doc, candidate, attributed=attribution is not None, hedges=hedges, reason=reason)


def _compares(t: Token) -> bool:
    """*As good as signed*: likened to something, not valued."""
    return 0 < t.i < len(t.doc) - 1 and t.nbor(-1).lower_ == "as" == t.nbor().lower_


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


class _Clause:
    """A candidate with its head, the head's auxiliaries and the cue that introduces it."""

    def __init__(
        self, doc: Doc, candidate: Candidate, attribution: Attribution | None, words: Mapping[str, Any]
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

    def _cue_in(self, table: str, key: str) -> str:
        lemmas = [t.lemma_.lower() for t in self.cue]
        joined = " ".join(lemmas)
        return next((str(e) for e in self.words[table][key] if e == joined or e in lemmas), "")

    def _has_aux(self, words: frozenset[str] | list[str]) -> Token | None:
        return next((a for a in self.auxiliaries if a.lower_ in words and not _is_had(a)), None)

    # Asked, not said.
    def question(self) -> str:
        after = self.doc[self.end] if self.end < len(self.doc) else None
        if (self.tokens and self.tokens[-1].text == "?") or (after is not None and after.text == "?"):
            return "question mark"
        if self.attribution is not None and "question" in self.attribution.flags:
            return "the cue asks"
        first = self.tokens[0] if self.tokens else None
        asked = first is not None and first.lower_ == "whether" and first.head.i == self.head.i
        return "'whether'" if asked else ""

    # Rejected by the cue, by its own predicate, or by a negation that answers a reproach.
    def denial(self) -> str:
        cue = self._cue_in("denial", "verbs") or self._cue_in("denial", "nouns")
        if cue:
            return f"cue '{cue}' rejects it"
        called = "" if self._cue_in("conceding", "verbs") else self._called_false()
        if called:
            return called
        if self._cue_in("denial", "insistence") and is_negated(self.head) and not self._lies_ahead():
            return f"negated after '{self.cue[0].text}'"
        return ""

    def _called_false(self) -> str:
        for child in self.inside:
            false = child.lemma_.lower() in self.words["denial"]["falsehood"]
            if false and child.dep_ in COMPLEMENTS and not is_negated(self.head):
                return f"called '{child.text}'"
            true = child.lemma_.lower() in self.words["denial"]["truth"]
            if true and child.dep_ in COMPLEMENTS and is_negated(self.head):
                return f"called 'not {child.text}'"
        return ""

    def _lies_ahead(self) -> bool:
        """*Vowed not to sign*, *insist they won't*: what somebody means to do answers no reproach."""
        infinitive = self.head.tag_ == "VB" and any(
            c.tag_ == "TO" and c.i < self.head.i for c in self.head.children
        )
        return infinitive or self._has_aux(self.words["prediction"]["modals"]) is not None

    def _has_complement(self) -> bool:
        """Whether something is said of the subject: *is the first to leave*, not *is to leave*."""
        return any(c.dep_ in ("attr", "acomp") for c in self.head.children)

    # Future at the time of writing, plans and threats too.
    def prediction(self) -> str:
        aux = self._has_aux(self.words["prediction"]["modals"])
        if aux is not None and not (aux.lower_ in WOULD and self._counterfactual()):
            return f"future '{aux.text}'"
        lemma, tag = self.head.lemma_.lower(), self.head.tag_
        if self._takes_infinitive(self.head):
            if lemma == "go" and tag == "VBG":
                return "future 'going to'"
            if lemma == "be" and tag in PRESENT and not self._has_complement():
                return f"future '{self.head.text} to'"
            planned = tag == "VBN" and self._has_aux(BE)
            if lemma in self.words["prediction"]["verbs"] and (tag in PRESENT or planned):
                return f"plan '{self.head.text}'"
        ready = self._ready() if lemma == "be" and tag in PRESENT else None
        if ready is not None:
            return f"plan '{ready.text}'"
        if lemma in self.words["prediction"]["foreseen"] and self._foresees():
            return f"foreseen by '{self.head.text}'"
        day = self._scheduled()
        if day:
            return f"set for {day}"
        cue = self._cue_in("prediction", "cues")
        if (
            cue
            and tag not in PAST
            and tag not in PRESENT
            and not any(a.tag_ in PRESENT for a in self.auxiliaries)
        ):
            return f"cue '{cue}' looks ahead"
        return ""

    def _ready(self) -> Token | None:
        """*The museum is due to open*."""
        ready = self.words["prediction"]["adjectives"]
        complements = (c for c in self.head.children if c.dep_ == "acomp" and c.lower_ in ready)
        return next((c for c in complements if self._takes_infinitive(c)), None)

    def _foresees(self) -> bool:
        """*The agency expects a crowd of 9,000*, *rain is forecast*."""
        if self.attribution is not None:
            return False
        foreseen = any(c.dep_ in ("dobj", "ccomp", "nsubjpass") for c in self.inside)
        near = [g for c in self.inside for g in (c, *c.children)]
        owed = any(c.dep_ == "prep" and c.lower_ == "from" for c in near)  # *Expects courtesy from a waiter*
        present = self.head.tag_ in PRESENT or (self.head.tag_ == "VBN" and self._has_aux(BE) is not None)
        return foreseen and present and not owed

    def _scheduled(self) -> str:
        """*The hearing is in October*, *the fair opens on Sunday*: timetables (Quirk et al. 1985, 4.9)."""
        if self.head.tag_ not in PRESENT or any(c.dep_ == "advcl" for c in self.inside):
            return ""
        for child in self.inside:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if child.dep_ != "prep" or child.lower_ not in ("on", "in", "for") or noun is None:
                continue
            # The parser hangs *the crash on Monday* on the verb too.
            timed = self.head.lemma_.lower() in self.words["prediction"]["timetable"]
            if not timed and not (self.head.lemma_.lower() == "be" and child.i == self.head.i + 1):
                continue
            # The day itself, not something that has a day: *in hospital after the crash on Monday*.
            span = self.doc[child.i : noun.i + 1]
            found = [d for d in find_dates(span.text, None) if d.grain != "year" and d.value is None]
            if found and found[0].end == len(span.text):
                return f"'{span.text[found[0].start :]}'"
        return ""

    def _counterfactual(self) -> bool:
        """*Would* is future in the past in reported speech and narrative, conditional otherwise."""
        if self._has_aux(["have", "'ve", "’ve"]):
            return True
        if any(t.lower_ == "if" for t in self.tokens):
            return True
        return self.attribution is not None and self.attribution.type == "direct"

    def _takes_infinitive(self, verb: Token) -> bool:
        return any(
            c.dep_ in ("xcomp", "ccomp", "advcl")
            and c.i > verb.i
            and any(g.lower_ == "to" for g in c.children)
            for c in verb.children
        )

    # Evaluation, demand, wish, counterfactual.
    def opinion(self) -> str:
        demand = self._has_aux(self.words["demand"]["modals"])
        if demand is not None and not self.states_rule():
            return f"demand '{demand.text}'"
        if self._has_aux(WOULD) is not None:
            return "counterfactual"
        if self.takes_for_granted():
            return ""
        cue = self._cue_in("demand", "cues") or self._cue_in("evaluation", "cues")
        if cue and not (cue in self.words["evaluation"]["stance"] and self._weak_word()):
            return f"cue '{cue}'"
        stance = self._stance()
        if stance:
            return f"stance '{stance}'"
        if self._imperative():
            return "imperative"
        if self.attribution is None and self._reads():
            return f"the author reads it into {self._subject_text()}"
        weighed = self._weighed() if self.attribution is None else ""
        if weighed:
            return f"the author weighs it: '{weighed}'"
        value = self._evaluation()
        return f"evaluation '{value}'" if value else ""

    def states_rule(self) -> bool:
        """*The statute says a permit must be filed*, *under the law inspectors must report*."""
        if self._has_aux(["must", "shall"]) is None:
            return False
        if self.attribution is None:
            return any(t.dep_ == "pobj" and t.lemma_.lower() in RULES for t in self.tokens)
        source = self.attribution.source
        return source is not None and self.doc[head_of(self.doc, source)].lemma_.lower() in RULES

    def takes_for_granted(self) -> bool:
        """*Praised the premier for doubling the budget*: that the premier did is no view."""
        return bool(self._cue_in("factive", "verbs")) and any(
            t.lower_ == "for" and any(c.tag_ == "VBG" and c.dep_ == "pcomp" for c in t.children)
            for t in self.tokens
        )

    def _stance(self) -> str:
        if self.candidate.stance is not None and not self._weak_word():
            return self.doc[self.candidate.stance].text
        lemma = self.head.lemma_.lower()
        subject = next((c for c in self.inside if c.dep_ == "nsubj"), None)
        if subject is None:
            wishes = lemma in self.words["evaluation"]["stance"] and self.head.tag_ in ("VBG", "VB")
            return self.head.text if wishes else ""
        if subject.lower_ not in SELVES or self.head.tag_ in PAST:
            return ""
        own = lemma in self.words["evaluation"]["stance"] or lemma in self.words["demand"]["cues"]
        return self.head.text if own else ""

    def _reads(self) -> bool:
        """*His aside reveals*, *it hints at*: the subject is neither somebody nor a record."""
        if self.head.lemma_.lower() not in self.words["reading"]["verbs"] or self.head.tag_ in PAST:
            return False
        subject = next((c for c in self.inside if c.dep_ == "nsubj"), None)
        if subject is None or subject.ent_type_ or subject.lemma_.lower() in self.words["records"]["nouns"]:
            return False
        return subject.pos_ not in ("PROPN", "PRON") or subject.lower_ in ("it", "this", "that")

    def _weighed(self) -> str:
        """*Cannot be dismissed*, *far from guaranteed*: how much something counts, in the author's view."""
        words = self.words["weighing"]
        if self.head.lemma_.lower() in words["verbs"] and is_negated(self.head):
            return self.head.text if self._has_aux(words["modals"]) is not None else ""
        far = next((c for c in self.inside if c.lower_ == "far" and c.head.i == self.head.i), None)
        if far is None or far.i + 1 >= self.end or far.nbor().lower_ != "from" or self._counts():
            return ""
        return "far from"

    def _counts(self) -> bool:
        return any(t.ent_type_ in ("GPE", "LOC", "FAC") or t.like_num for t in self.tokens)

    def _subject_text(self) -> str:
        subject = next(c for c in self.inside if c.dep_ == "nsubj")
        return f"'{self.doc[subject.left_edge.i : subject.i + 1].text}'"

    def _imperative(self) -> bool:
        quoted = self.attribution is not None and self.attribution.type != "indirect"
        bare = not any(c.dep_ in ("nsubj", "nsubjpass", "aux", "mark") for c in self.inside)
        return quoted and bare and self.head.tag_ == "VB" and self.head.i <= self.start + 1

    def _evaluation(self) -> str:
        """An evaluative predicate: complement of a verb, what modifies it, or an object that values."""
        values = self.words["evaluation"]["words"]
        near = [t for t in self.tokens if t.dep_ in COMPLEMENTS or (t.dep_ == "ccomp" and t.pos_ == "ADJ")]
        if self.head.pos_ not in ("VERB", "AUX"):
            near.append(self.head)
        near += [g for n in list(near) for g in n.children if g.dep_ in ("amod", "conj")]
        near += [c for c in self.inside if c.dep_ == "dobj"]
        if any(c.dep_ == "auxpass" for c in self.auxiliaries):
            # *Was named the best pupil*: the view of those who named him.
            near = [t for t in near if "oprd" not in (t.dep_, t.head.dep_)]
        if self._cue_in("conceding", "verbs"):
            # Who admits that figures were wrong tells of a mistake.
            near = [t for t in near if t.lemma_.lower() not in self.words["conceding"]["errors"]]
        return next((t.text for t in near if t.lemma_.lower() in values and not _compares(t)), "")

    # Weakened at the predicate, or by a cue of those who do not know.
    def hedge(self) -> str:
        weak = self._weak_word()
        if weak:
            return f"hedge '{weak}'"
        cue = self._cue_in("hedges", "cues") or self._cue_in("hearsay", "adverbs")
        return f"cue '{cue}'" if cue else ""

    def _weak_word(self) -> str:
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
        passives = *self.words["hedges"]["passives"], *self.words["hearsay"]["verbs"]
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
            elif t.tag_ == "VBN" and t.lemma_.lower() in passives and self._takes_infinitive(t):
                aux = [c for c in t.children if c.dep_ == "auxpass"]
                if aux:
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
            return self._takes_infinitive(t) or any(c.dep_ in ("oprd", "acomp") for c in t.children)
        return t.lower_ in words["adverbs"]
