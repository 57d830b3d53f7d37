"""What of a report is shown: sections, reporting modes, least confidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from onrecord.errors import UsageError

if TYPE_CHECKING:
    # The command line needs the names of sections at once, the data contract only later.
    from onrecord.schema import Entity, Quote, Report

Section = Literal["entities", "people", "quotes", "claims"]
SECTIONS: tuple[Section, ...] = ("entities", "people", "quotes", "claims")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show.

    Attributes:
        only: the sections wanted; all of them if empty.
        min_confidence: quotes and mentions below it are left out, in [0, 1]; a quote is as sure as the
            link to its speaker at most.
        all_modes: show belief and evidence beside speech.
    """

    only: frozenset[Section] = frozenset()
    min_confidence: float = 0.0
    all_modes: bool = False

    def shows(self, section: Section) -> bool:
        """Whether this section is wanted; people are entities too."""
        return not self.only or section in self.only or (section == "people" and "entities" in self.only)


EVERYTHING = Selection(all_modes=True)


def select(report: Report, selection: Selection) -> Report:
    """The part of a report that is wanted. Ids stay those of the whole report."""
    # Here and not above, for the same reason as the contract.
    from onrecord.render.certainty import Certainty

    certainty = Certainty(report)
    quotes = tuple(
        q
        for q in report.quotes
        if certainty.of(q) >= selection.min_confidence and (selection.all_modes or q.mode == "speech")
    )
    entities = tuple(e for e in (_sure(e, selection.min_confidence) for e in report.entities) if e.mentions)
    if not selection.shows("entities"):
        entities = tuple(e for e in entities if e.type == "PERSON") if selection.shows("people") else ()
    return replace(
        report,
        entities=entities,
        quotes=quotes if selection.shows("quotes") else (),
        claims=report.claims if selection.shows("claims") else (),
    )


def with_names(selection: Selection, thing: str) -> Selection:
    """The selection for a format of claims alone, which tells their names whether people are wanted or not.

    Args:
        selection: what the user asked for.
        thing: what the format is called in an error.

    Raises:
        UsageError: it leaves claims out.
    """
    if not selection.shows("claims"):
        problem = f"{thing} holds claims, not {' and '.join(sorted(selection.only))}"
        raise UsageError("--only", problem, "leave it out, or type: --only claims")
    return replace(selection, only=frozenset())


def spoken(report: Report, selection: Selection) -> tuple[Quote, ...]:
    """The quotes that count for how often somebody is quoted, whatever sections are wanted."""
    return select(report, replace(selection, only=frozenset())).quotes


def _sure(entity: Entity, least: float) -> Entity:
    if least <= 0.0:
        return entity
    return replace(entity, mentions=tuple(m for m in entity.mentions if m.confidence >= least))
