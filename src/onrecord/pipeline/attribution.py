"""The component that finds quotations and reported statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline import rule_names
from onrecord.pipeline.agreement import with_model
from onrecord.pipeline.annotations import Attribution, get_marks, set_attributions
from onrecord.pipeline.calibrated import calibrated
from onrecord.pipeline.contract_form import in_contract_form
from onrecord.pipeline.cue_rates import cue_key, cue_rates
from onrecord.pipeline.flags import with_flags
from onrecord.pipeline.join import join
from onrecord.pipeline.learned_finder import find_learned
from onrecord.pipeline.reconcile import is_relayed, reconcile
from onrecord.pipeline.rules_indirect import find_indirect
from onrecord.pipeline.rules_marked import find_marked
from onrecord.pipeline.rules_turns import find_turns
from onrecord.schema import QuoteType

Finder = Callable[[Doc], list[Attribution]]

FINDERS: tuple[Finder, ...] = (find_turns, find_marked, find_learned, find_indirect)
"""In order of trust: of two that clash, the earlier finder's proposal is kept."""

LEAST = 0.4
"""Attributions of rules and cues that are right less often than this are dropped; sweep over 0.2 … 0.6 on
PolNeAR dev."""

LEAST_BESIDE_MODEL = 0.85
"""The same for reported statements where the learned model has run and did not find them; sweep over
0.65 … 0.95 on PolNeAR train held back (70.5, 70.6, 71.2, 71.1 attribution + source F1)."""


LEAST_OF_MODEL = 0.3
"""Findings of the model that are right less often are dropped; sweep over 0, 0.25, 0.3, 0.35, 0.4 on PolNeAR
train held back (71.1, 71.3, 71.4, 71.4, 71.2 attribution + source F1) and on our own corpus."""


class AttributionFinder:
    """Asks every finder, joins what they propose and stores it.

    Args:
        finders: pure functions of a doc, the most trusted first.
        least: the lowest confidence that is kept, in [0, 1].
    """

    def __init__(self, finders: Sequence[Finder] = FINDERS, *, least: float = LEAST) -> None:
        self.finders = tuple(finders)
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc`."""
        set_attributions(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """The attributions of `doc`, in text order."""
        proposed = [found for finder in self.finders for found in finder(doc)]
        learned = [a for a in proposed if rule_names.is_learned(a)]
        if learned:
            proposed = [with_model(doc, a, learned) for a in proposed]
        rules = [a for a in proposed if not rule_names.is_learned(a)]
        prepared = (_prepared(doc, found, rules) for found in proposed if not _is_title(doc, found))
        candidates = sorted((a for a in prepared if a is not None), key=_rank)
        beside_model = any(rule_names.is_learned(a) for a in candidates)
        likely = [a for a in candidates if self._is_likely(a, beside_model=beside_model)]
        if beside_model:
            held = [a for a in likely if rule_names.is_learned(a)]
            relayed = [a for a in rules if any(is_relayed(doc, a, by) for by in held)]
            likely += [with_confidence(doc, a) for a in relayed if a not in likely]
        kept = join(doc, likely)
        if beside_model:
            kept = [calibrated(a, rules) for a in kept]
        return [with_flags(doc, replace(a, type=find_type(doc, a))) for a in kept]

    def _is_likely(self, found: Attribution, *, beside_model: bool) -> bool:
        if rule_names.is_learned(found):
            return found.confidence >= LEAST_OF_MODEL
        if found.rule in rule_names.LAYOUT:
            return True
        if beside_model and found.rule not in rule_names.MARKED:
            return found.confidence >= max(self.least, LEAST_BESIDE_MODEL)
        return found.confidence >= self.least or found.rule in rule_names.CONTRACT


def _is_title(doc: Doc, found: Attribution) -> bool:
    """Whether the content is no more than a title or a nickname in marks."""
    names = [m for m in get_marks(doc) if m.role in ("title", "other")]
    return bool(names) and all(any(m.start <= s and e <= m.end for m in names) for s, e in found.contents)


def _prepared(doc: Doc, found: Attribution, rules: Sequence[Attribution]) -> Attribution | None:
    if not rule_names.is_learned(found):
        return with_confidence(doc, found)
    starts = [a for a in rules if a.rule in rule_names.BEGINNING]
    formed = reconcile(doc, in_contract_form(doc, found, starts), rules)
    return with_confidence(doc, formed) if formed is not None else None


def _rank(found: Attribution) -> int:
    """Reporting clauses beside marks and layout, the model, quotations alone, reported statements."""
    if found.rule in rule_names.MARKED or found.rule in rule_names.SPOKEN:
        return 0
    if rule_names.is_learned(found):
        return 1
    return 2 if found.rule in rule_names.ALONE else 3


def with_confidence(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution with its rule's measured rate, unless it brings a confidence of its own."""
    if attribution.confidence:
        return attribution
    return replace(attribution, confidence=cue_rates().rate(attribution.rule, cue_key(doc, attribution)))


def find_type(doc: Doc, attribution: Attribution) -> QuoteType:
    """Direct, mixed or indirect, by how much of the content stands in marks.

    Indirect without marked words, mixed where more than one word stands outside them: the definition by
    which PolNeAR is scored. Single marks that quote count too; titles and nicknames do not.
    """
    inside = [
        m
        for m in get_marks(doc)
        if m.role in ("quote", "scare")
        and any(s <= m.start + 1 and m.end - 1 <= e for s, e in attribution.contents)
    ]
    if not inside:
        return "indirect"
    marked = {i for m in inside for i in range(m.start, m.end)}
    outside = sum(
        len(re.findall(r"\w+", doc[i].text))
        for s, e in attribution.contents
        for i in range(s, e)
        if i not in marked and not doc[i].text.startswith(("'", "’"))
    )
    return "mixed" if outside > 1 else "direct"
