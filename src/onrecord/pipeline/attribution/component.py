"""The component that finds quotations and reported statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range, set_attributions
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.agreement import is_read_otherwise, with_model, with_second_half
from onrecord.pipeline.attribution.arbiter import Arbiter, arbiter, weighed
from onrecord.pipeline.attribution.asides import without_afterword, without_aside
from onrecord.pipeline.attribution.asking_words import with_asking_word
from onrecord.pipeline.attribution.calibrated import calibrated
from onrecord.pipeline.attribution.content_edges import (
    from_semicolon,
    tidy,
    with_inner_verb,
    with_whole_marks,
    without_addressee,
    without_adverb,
    without_frame,
    without_hearer,
    without_joint,
    without_lead,
    without_mention,
    without_reason,
)
from onrecord.pipeline.attribution.contract_form import (
    in_contract_form,
    is_who_is_quoted,
    with_antecedent,
    without_cue_debris,
    without_listener,
)
from onrecord.pipeline.attribution.coordination import (
    with_second_cue,
    with_second_infinitive,
    with_second_passive,
    without_finite_second,
    without_shared_hearer,
)
from onrecord.pipeline.attribution.cue_rates import cue_key, cue_rates
from onrecord.pipeline.attribution.far_pieces import without_far_pieces
from onrecord.pipeline.attribution.flags import with_flags
from onrecord.pipeline.attribution.heading_edges import without_meanwhile
from onrecord.pipeline.attribution.join import join, nest
from onrecord.pipeline.attribution.learned_finder import find_learned
from onrecord.pipeline.attribution.main_clause import before_main_verb
from onrecord.pipeline.attribution.nested import find_nested
from onrecord.pipeline.attribution.next_deed import without_next_deed
from onrecord.pipeline.attribution.nominal_denials import find_denials
from onrecord.pipeline.attribution.passive_agents import with_agent, without_agent, without_means
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.reconcile import is_relayed, reconcile
from onrecord.pipeline.attribution.relative_content import with_gap, without_completion, without_named
from onrecord.pipeline.attribution.rules_dialogue import find_dialogue
from onrecord.pipeline.attribution.rules_indirect import find_indirect
from onrecord.pipeline.attribution.rules_interview import find_answers
from onrecord.pipeline.attribution.rules_marked import find_marked
from onrecord.pipeline.attribution.rules_turns import find_turns
from onrecord.pipeline.attribution.silence import is_nobodys
from onrecord.pipeline.attribution.source_edges import without_clock
from onrecord.pipeline.attribution.statement_mode import with_mode
from onrecord.pipeline.attribution.title_pieces import without_title
from onrecord.pipeline.attribution.two_statements import parted
from onrecord.pipeline.attribution.unbegun import begun
from onrecord.pipeline.attribution.unfinished import finished
from onrecord.pipeline.places import marks_in
from onrecord.pipeline.ranges import touch, within
from onrecord.schema import QuoteType

Finder = Callable[[Doc], list[Attribution]]

FINDERS: tuple[Finder, ...] = (
    find_turns,
    find_dialogue,
    find_answers,
    find_marked,
    find_learned,
    find_indirect,
)
"""In order of trust: of two that clash, the earlier finder's proposal is kept."""

LEAST = 0.4
"""Attributions of rules and cues that are right less often than this are dropped; sweep over 0.2 … 0.6 on
PolNeAR dev."""

LEAST_INSIDE = 0.85
"""The same for what rules find inside the content of a finding of the model; sweep over 0.65 … 0.95 on
PolNeAR train held back, for all that the model did not find (70.5, 70.6, 71.2, 71.1 attribution + source)."""


SURE_OF_MARKS = 0.85
"""A marked reading less likely than this may yield to a likelier one of the model. Of 0.6, 0.75, 0.85 and
0.92 PolNeAR train held back rises to the last (attribution + source 72.6, 73.0, 73.1, 73.3; 72.3 without)
and direct ones of PolNeAR dev fall after 0.85 (recall 96.7, 96.2); measured before `_is_doubted` asked for
more than a likelier reading."""

LIKELIER = 0.1
"""How much likelier the model's reading has to be."""


_INTRODUCING = frozenset(("that", "to", "whether", "and"))
"""Words outside the marks that leave a quotation direct, as the contract has content begin with them."""


class AttributionFinder:
    """Asks every finder, joins what they propose and stores it.

    Args:
        finders: pure functions of a doc, the most trusted first.
        least: the lowest confidence that is kept without the model, in [0, 1].
        judge: weighs what rules and model propose; the one that ships with the package if None.
    """

    def __init__(
        self,
        finders: Sequence[Finder] = FINDERS,
        *,
        least: float = LEAST,
        judge: Arbiter | None = None,
    ) -> None:
        self.finders = tuple(finders)
        self.least = least
        self.judge = judge

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc`."""
        set_attributions(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """The attributions of `doc`, in text order."""
        found = self.candidates(doc)
        if any(rule_names.is_learned(a) for a in found):
            return self._beside_model(doc, found)
        likely = [a for a in found if self._is_likely(a)]
        return [_finished(doc, a) for a in join(doc, sorted(likely, key=_rank))]

    def candidates(self, doc: Doc) -> list[Attribution]:
        """All that the finders propose, in the form of the contract, with the scores of their finders."""
        proposed = [found for finder in self.finders for found in finder(doc)]
        around = Proposals(proposed)
        proposed = [with_second_half(doc, a, around) for a in proposed]
        learned = Proposals(a for a in proposed if rule_names.is_learned(a))
        if learned.items:
            proposed = [a for a in proposed if not is_read_otherwise(doc, a, learned)]
            around = Proposals(proposed)
            proposed = [with_model(doc, a, learned, around) for a in proposed]
        rules = Proposals(a for a in proposed if not rule_names.is_learned(a))
        labels = [a.source for a in proposed if a.rule == rule_names.TURN and a.source is not None]
        speech = (a for a in proposed if not (_is_no_speech(doc, a) or _is_said_by_label(a, labels)))
        single = (part for found in speech for part in _single(doc, found))
        formed = (_formed(doc, found, rules) for found in single)
        return [a for a in formed if a is not None]

    def _beside_model(self, doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
        judge = self.judge or arbiter()
        likely, inside = weighed(doc, found, judge)
        held = Proposals(a for a in likely if rule_names.is_learned(a))
        inside = [
            a for a in inside if self._is_likely(a, least=LEAST_INSIDE) or _is_relayed_by_any(doc, a, held)
        ]
        doubted = {id(a) for a in likely if _is_doubted(a, held)}
        ranked = sorted(likely, key=lambda a: _rank(a, doubted=id(a) in doubted))
        joined = join(doc, [*(calibrated(a, judge) for a in ranked), *inside])
        kept = [_finished(doc, a) for a in joined]
        outermost = [a for a in kept if a.parent is None]
        inner = find_nested(doc, found, outermost)
        inner += [with_confidence(doc, a) for a in find_denials(doc, outermost)]
        return nest(kept, [_finished(doc, a) for a in inner])

    def _is_likely(self, found: Attribution, *, least: float = 0.0) -> bool:
        if found.rule in rule_names.LAYOUT:
            return True
        if found.rule in rule_names.MARKED:
            least = 0.0
        return found.confidence >= max(self.least, least) or (not least and found.rule in rule_names.CONTRACT)


def _is_relayed_by_any(doc: Doc, found: Attribution, learned: Proposals) -> bool:
    """Whether it is the whole of what a finding of the model reports."""
    holders = learned.with_content_in(found.cue) if found.cue is not None else ()
    return any(is_relayed(doc, found, by) for by in holders)


def _is_no_speech(doc: Doc, found: Attribution) -> bool:
    """Whether nothing was said: a title in marks, a meeting to discuss something, *having said that*."""
    tests = (is_nobodys, _is_title, _is_turn_of_phrase, is_who_is_quoted)
    return any(test(doc, found) for test in tests)


def _is_said_by_label(found: Attribution, labels: Sequence[Range]) -> bool:
    """Whether a turn's label was taken for the subject of its sentence: *MAYOR: The letters | make clear*."""
    if found.rule == rule_names.TURN or found.source is None or found.cue is None:
        return False
    return any(within(found.source, label) and found.cue[0] > label[1] for label in labels)


def _is_turn_of_phrase(doc: Doc, found: Attribution) -> bool:
    """Whether a verb alone stands where the source should: *having | said | that, …*."""
    return found.source is not None and all(t.tag_ == "VBG" for t in doc[found.source[0] : found.source[1]])


def _is_title(doc: Doc, found: Attribution) -> bool:
    """Whether the content is no more than a title or a nickname in marks."""
    return all(
        any(m.start <= s and e <= m.end for m in marks_in(doc, (s, e)) if m.role in ("title", "other"))
        for s, e in found.contents
    )


def _single(doc: Doc, found: Attribution) -> Iterable[Attribution]:
    return parted(doc, found) if rule_names.is_learned(found) else (found,)


def _formed(doc: Doc, found: Attribution, rules: Proposals) -> Attribution | None:
    if not rule_names.is_learned(found):
        return with_confidence(doc, _with_edges(doc, without_listener(doc, with_antecedent(doc, found))))
    formed = reconcile(doc, in_contract_form(doc, found, rules), rules)
    return _with_edges(doc, formed) if formed is not None else None


_EDGES: tuple[Callable[[Doc, Attribution], Attribution], ...] = (
    with_agent,
    without_agent,
    without_means,
    without_shared_hearer,
    without_clock,
    with_second_cue,
    with_whole_marks,
    without_named,
    without_title,
    without_far_pieces,
    without_completion,
    without_meanwhile,
    without_next_deed,
    before_main_verb,
    with_inner_verb,
    finished,
    with_second_infinitive,
    without_finite_second,
    begun,
    without_aside,
    with_second_passive,
    without_afterword,
    without_reason,
    without_lead,
    from_semicolon,
    without_joint,
    without_frame,
    without_mention,
    without_adverb,
    without_addressee,
    without_hearer,
)
"""What brings the contents to their edges, one after the other."""


def _with_edges(doc: Doc, found: Attribution) -> Attribution:
    for step in _EDGES:
        found = step(doc, found)
    return found


def _finished(doc: Doc, found: Attribution) -> Attribution:
    """What was kept with its last edges, its type and its flags."""
    tidied = without_cue_debris(doc, with_asking_word(doc, with_gap(doc, tidy(doc, found))))
    return with_mode(doc, with_flags(doc, replace(tidied, type=find_type(doc, tidied))))


def _rank(found: Attribution, *, doubted: bool = False) -> tuple[int, float]:
    """Reporting clauses beside marks and layout, then the likeliest, quotations alone at last."""
    if (found.rule in rule_names.MARKED and not doubted) or found.rule in rule_names.SPOKEN:
        return 0, 0.0
    return (2 if found.rule in rule_names.ALONE else 1), -found.confidence


def _is_doubted(rule: Attribution, learned: Proposals) -> bool:
    """Whether the model reads the same words otherwise, and likelier: *| Calling for calm, she “won’t wait”*.

    Not where it joins more pieces, for the mark parser knows better which quotations one cue governs, nor
    where it only cuts the pieces shorter under the same cue: that is a question of edges. A sentence in marks
    around its cue is one quotation.
    """
    around = rule.cue is not None and rule.start < rule.cue[0] < rule.contents[-1][0]
    sure = around or rule.confidence >= SURE_OF_MARKS
    if sure or rule.rule not in rule_names.MARKED:
        return False
    return any(
        m.confidence >= rule.confidence + LIKELIER
        and len(m.contents) <= len(rule.contents)
        and not _is_shorter(m, rule)
        for span in rule.contents
        for m in learned.with_content_in(span)
    )


def _is_shorter(found: Attribution, rule: Attribution) -> bool:
    same = found.cue is not None and rule.cue is not None and touch(found.cue, rule.cue)
    pieces = len(found.contents) == len(rule.contents)
    return same and pieces and all(any(within(a, b) for b in rule.contents) for a in found.contents)


def with_confidence(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution with its rule's measured rate, unless it brings a confidence of its own."""
    if attribution.confidence:
        return attribution
    rated = rule_names.RATED_AS.get(attribution.rule, attribution.rule)
    return replace(attribution, confidence=cue_rates().rate(rated, cue_key(doc, attribution)))


def find_type(doc: Doc, attribution: Attribution) -> QuoteType:
    """Direct, mixed or indirect, by how much of the content stands in marks.

    Indirect without marked words, direct where no word stands outside them but one that introduces them:
    *that “…”*, *to “…”*. Single marks that quote count too; titles and nicknames do not. A block quotation
    needs no marks: its setting stands for them.
    """
    if attribution.rule in rule_names.SET_OFF:
        return "direct"
    inside = [
        m
        for s, e in attribution.contents
        for m in marks_in(doc, (s - 1, e + 1))
        if m.role in ("quote", "scare") and s <= m.start + 1 and m.end - 1 <= e
    ]
    if not inside:
        return "indirect"
    marked = {i for m in inside for i in range(m.start, m.end)}
    outside = [
        doc[i].lower_
        for s, e in attribution.contents
        for i in range(s, e)
        if i not in marked and re.search(r"\w", doc[i].text) and not doc[i].text.startswith(("'", "’"))
    ]
    return "direct" if len(outside) < 2 and _INTRODUCING.issuperset(outside) else "mixed"
