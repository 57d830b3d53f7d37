"""How firmly a claim is made: question, denied, prediction, opinion, hedged, attributed, asserted.

The first that applies holds, in this order, and every decision comes with its reason. What a cue
says about its content (*denied that*, *called it*) holds for the clauses in the cue's sentence only:
a quotation that goes on for three sentences after *described him as* is no longer a description.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.dates import find_dates
from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, get_entities
from onrecord.pipeline.claims.candidates import Candidate
from onrecord.pipeline.claims.clauses import head_of
from onrecord.pipeline.claims.contents import turns_down
from onrecord.pipeline.claims.firmness import Firmness, plain
from onrecord.pipeline.claims.modality_clause import PAST, Clause, as_read, hedge_words
from onrecord.pipeline.language.negation import is_negated
from onrecord.schema import Modality

__all__ = ["decide_modality"]

PRESENT = frozenset({"VBZ", "VBP"})
SELVES = frozenset({"i", "we"})
WOULD = frozenset({"would", "'d", "’d"})
BE = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
GRANTED = frozenset({"if", "although", "though", "while", "as"})
"""Subordinators of what the main clause goes on from."""
COMPLEMENTS = frozenset({"attr", "acomp", "oprd"})


def decide_modality(doc: Doc, candidate: Candidate, attribution: Attribution | None) -> Firmness:
    """Decide how firmly a candidate is claimed; the doc is only read.

    Args:
        doc: parsed.
        candidate: the claim.
        attribution: the attribution it is the content of; None for the author's own.
    """
    clause = _Decision(doc, candidate, attribution, hedge_words())
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


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children)


def _compares(t: Token) -> bool:
    """*As good as signed*: likened to something, not valued."""
    return 0 < t.i < len(t.doc) - 1 and t.nbor(-1).lower_ == "as" == t.nbor().lower_


class _Decision(Clause):
    """What applies to a clause, each with its reason; empty where it does not."""

    # Asked, not said.
    def question(self) -> str:
        after = self.doc[self.end] if self.end < len(self.doc) else None
        if (self.tokens and self.tokens[-1].text == "?") or (after is not None and after.text == "?"):
            return "question mark"
        if (
            self.attribution is not None
            and "question" in self.attribution.flags
            and not self._beside_question()
        ):
            return "the cue asks"
        first = self.tokens[0] if self.tokens else None
        asked = first is not None and first.lower_ == "whether" and first.head.i == self.head.i
        return "'whether'" if asked else ""

    def _beside_question(self) -> bool:
        """Whether another sentence of the same quotation is the one with the question mark."""
        contents = self.attribution.contents if self.attribution is not None else ()
        asked = any(t.text == "?" for start, end in contents for t in self.doc[start:end])
        start, end = self.candidate.sentence
        opening = next((t for t in self.tokens if not t.is_punct), self.head)
        asks = opening.tag_ in ("WRB", "WP") or any(t.text == "?" for t in self.doc[start:end])
        return asked and not asks

    # Rejected by the cue, by its own predicate, or by a negation that answers a reproach.
    def denial(self) -> str:
        cue = self.cue_in("denial", "verbs") or self.cue_in("denial", "nouns")
        if cue and not self._turned_down():
            return f"cue '{cue}' rejects it"
        called = "" if self.cue_in("conceding", "verbs") else self._called_false()
        if called:
            return called
        if not is_negated(self.head) or self._lies_ahead():
            return ""
        stated = "" if self._of_another() else self.cue_in("denial", "stating")
        insists = self.cue_in("denial", "insistence") or stated
        return f"negated after '{insists}'" if insists else ""

    def _turned_down(self) -> bool:
        return self.attribution is not None and turns_down(self.doc, self.attribution)

    def _of_another(self) -> bool:
        """*Stated that the envoy had not*: who says it of somebody else answers no reproach."""
        subject = next((c for c in self.inside if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or self.attribution is None:
            return False
        speakers = self.attribution.speakers
        for entity in get_entities(self.doc):
            if any(m.start <= subject.i < m.end for m in entity.mentions):
                own = {s.entity for s in speakers if s.entity}
                return bool(own) and entity.type in ("PERSON", "ORG", "NORP") and entity.id not in own
        named = subject.ent_type_ in ("PERSON", "ORG")
        return named and not any(subject.text in s.name for s in speakers)

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
        return infinitive or self.has_aux(self.words["prediction"]["modals"]) is not None

    def _has_complement(self) -> bool:
        """Whether something is said of the subject: *is the first to leave*, not *is to leave*."""
        return any(c.dep_ in ("attr", "acomp") for c in self.head.children)

    # Future at the time of writing, plans and threats too.
    def prediction(self) -> str:
        aux = self.has_aux(self.words["prediction"]["modals"])
        if aux is not None and not (aux.lower_ in WOULD and self._counterfactual()) and not self._performs():
            return f"future '{as_read(aux)}'"
        lemma, tag = self.head.lemma_.lower(), self.head.tag_
        if self.takes_infinitive(self.head):
            if lemma == "go" and tag == "VBG":
                return "future 'going to'"
            if lemma == "be" and tag in PRESENT and not self._has_complement() and not self._identifies():
                return f"future '{self.head.text} to'"
            planned = tag == "VBN" and self.has_aux(BE)
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
        cue = self.cue_in("prediction", "cues")
        if (
            cue
            and tag not in PAST
            and tag not in PRESENT
            and not any(a.tag_ in (*PRESENT, "VBD") for a in self.auxiliaries)
        ):
            return f"cue '{cue}' looks ahead"
        return ""

    def _performs(self) -> bool:
        """*I will say he is brave*: saying so does it (Fraser 1975, hedged performatives)."""
        subject = next((c for c in self.inside if c.dep_ == "nsubj"), None)
        verbs = self.words["performing"]["verbs"]
        says = self.head.lemma_.lower() in verbs and any(c.dep_ == "ccomp" for c in self.inside)
        return says and subject is not None and subject.lower_ in SELVES

    def _identifies(self) -> bool:
        """*Her approach is to wait*: the infinitive says which (Quirk et al. 1985, 15.10)."""
        subject = next((c for c in self.inside if c.dep_ == "nsubj"), None)
        return subject is not None and subject.lemma_.lower() in self.words["identified"]["nouns"]

    def _ready(self) -> Token | None:
        """*The museum is due to open*."""
        ready = self.words["prediction"]["adjectives"]
        complements = (c for c in self.head.children if c.dep_ == "acomp" and c.lower_ in ready)
        return next((c for c in complements if self.takes_infinitive(c)), None)

    def _foresees(self) -> bool:
        """*The agency expects a crowd of 9,000*, *rain is forecast*."""
        if self.attribution is not None:
            return False
        foreseen = any(c.dep_ in ("dobj", "ccomp", "nsubjpass") for c in self.inside)
        near = [g for c in self.inside for g in (c, *c.children)]
        owed = any(c.dep_ == "prep" and c.lower_ == "from" for c in near)  # *Expects courtesy from a waiter*
        present = self.head.tag_ in PRESENT or (self.head.tag_ == "VBN" and self.has_aux(BE) is not None)
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
        if self.has_aux(["have", "'ve", "’ve"]):
            return True
        if any(t.lower_ == "if" for t in self.tokens):
            return True
        return self.attribution is not None and self.attribution.type == "direct"

    # Evaluation, demand, wish, counterfactual.
    def opinion(self) -> str:
        demand = self.has_aux(self.words["demand"]["modals"])
        if demand is not None and not self.states_rule():
            return f"demand '{demand.text}'"
        if self.has_aux(WOULD) is not None:
            return "counterfactual"
        if self.takes_for_granted():
            return ""
        cue = self.cue_in("demand", "cues") or self.cue_in("evaluation", "cues")
        cue = cue or (self.cue_in("denial", "verbs") if self._turned_down() else "")
        if cue and not (cue in self.words["evaluation"]["stance"] and self.weak_word()):
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
        if self.has_aux(["must", "shall"]) is None:
            return False
        if self.attribution is None:
            # *A candidate must win half of the votes to avoid a runoff*: a condition, nobody's demand.
            needed = any(c.dep_ == "advcl" and _is_infinitive(c) for c in self.inside)
            return needed or any(t.dep_ == "pobj" and t.lemma_.lower() in _rules() for t in self.tokens)
        source = self.attribution.source
        return source is not None and self.doc[head_of(self.doc, source)].lemma_.lower() in _rules()

    def takes_for_granted(self) -> bool:
        """*Praised the premier for doubling the budget*: that the premier did is no view."""
        return bool(self.cue_in("factive", "verbs")) and any(
            t.lower_ == "for" and any(c.tag_ == "VBG" and c.dep_ == "pcomp" for c in t.children)
            for t in self.tokens
        )

    def _stance(self) -> str:
        if self.candidate.stance is not None and not self.weak_word():
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
        if subject is None or subject.ent_type_:
            return False
        # *An average of recent polls* is one too.
        of = (g for c in subject.children if c.lower_ == "of" for g in c.children)
        if any(n.lemma_.lower() in self.words["records"]["nouns"] for n in (subject, *of)):
            return False
        return subject.pos_ not in ("PROPN", "PRON") or subject.lower_ in ("it", "this", "that")

    def _weighed(self) -> str:
        """*Cannot be dismissed*, *far from guaranteed*: how much something counts, in the author's view."""
        words = self.words["weighing"]
        if self.head.lemma_.lower() in words["verbs"] and is_negated(self.head):
            return self.head.text if self.has_aux(words["modals"]) is not None else ""
        far = next((c for c in self.inside if c.lower_ == "far" and c.head.i == self.head.i), None)
        if far is None or far.i + 1 >= self.end or far.nbor().lower_ != "from" or self._counts():
            return ""
        return "far from"

    def _beside(self, t: Token) -> bool:
        """Whether a word stands in a condition or concession beside the claim (*if that was not bad*)."""
        clause = t
        while clause.i != self.head.i and clause.head.i != clause.i:
            marks = (c for c in clause.children if c.dep_ == "mark")
            if clause.dep_ == "advcl" and any(m.lower_ in GRANTED for m in marks):
                return True
            clause = clause.head
        return False

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
        near = [t for t in near if not self._beside(t)]
        if self.head.pos_ not in ("VERB", "AUX"):
            near.append(self.head)
        near += [g for n in list(near) for g in n.children if g.dep_ in ("amod", "conj")]
        near += [c for c in self.inside if c.dep_ == "dobj"]
        if any(c.dep_ == "auxpass" for c in self.auxiliaries):
            # *Was named the best pupil*: the view of those who named him.
            near = [t for t in near if "oprd" not in (t.dep_, t.head.dep_)]
        if self.cue_in("conceding", "verbs"):
            # Who admits that figures were wrong tells of a mistake.
            near = [t for t in near if t.lemma_.lower() not in self.words["conceding"]["errors"]]
        return next((t.text for t in near if t.lemma_.lower() in values and not _compares(t)), "")

    # Weakened at the predicate, or by a cue of those who do not know.
    def hedge(self) -> str:
        weak = self.weak_word()
        if weak:
            return f"hedge '{weak}'"
        cue = self.cue_in("hedges", "cues") or self.cue_in("hearsay", "adverbs")
        return f"cue '{cue}'" if cue else ""


@cache
def _rules() -> frozenset[str]:
    """Nouns for what lays down rather than demands: *law*, *statute*."""
    return frozenset(load_lexicon("hedges")["ruling"]["nouns"])
