"""The contract's codes and records in a reader's words, the same for every view."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.dates import iso
from onrecord.render.certainty import UNSURE_BELOW, Certainty
from onrecord.render.facts import Places, Tally, is_uncertain, join_names
from onrecord.render.owners import as_entry, at_head, owned_names, owned_role, owner_told, titled
from onrecord.render.reporting_words import is_owned, read_cue
from onrecord.schema import (
    DATE,
    Claim,
    Entity,
    Flag,
    Provenance,
    Quantity,
    Quote,
    RelationKind,
    Report,
    Span,
    Speaker,
)

FLAG_WORDS: dict[Flag, str] = {
    "negated": "not said",
    "modal": "not yet said",
    "question": "question",
    "second_hand": "second-hand",
    "declined_comment": "no comment",
    "repaired_mark": "mark repaired",
}
"""Flags of quotes; an uncertain speaker is told in the speaker's place."""

RELATION_WORDS: dict[RelationKind, str] = {
    "contradicts": "contradicts",
    "contrasts": "contrasts with",
    "repeats": "repeats",
}
"""What one claim does to another."""

_SHARED = {
    **{f"{t}s.": f"{t}." for t in ("Sen", "Rep", "Gov", "Gen", "Prof", "Rev", "Dr")},
    **{
        f"{t}s": t
        for t in (
            *("Sen", "Rep", "Gov", "Cllr", "Senator", "Representative", "Governor", "President", "Minister"),
            *("Judge", "Justice", "Councillor", "Mayor", "Commissioner", "Professor", "General", "Prince"),
        )
    },
}
"""Titles that several names share, as one of them bears it."""

UNSURE = "? Speaker uncertain"

LONGEST_ADDRESSEE = 60
"""Characters between cue and content that are shown; more are a clause of its own."""

AUTHOR = "The article, in its own words"

_TELLING = frozenset({"tell", "tells", "telling", "told"})
"""Cues that are odd without who is told."""

_HEARER = re.compile(r" ((?:[\w’'-]+ ){0,4}[\w’'-]+)(?=[.,;:])")
"""Up to five words before the next stop."""

_BY_CLAIMANT = frozenset({"made by a source", "the author states it"})

_PAST = frozenset({"former", "ex", "then", "late", "once"})
"""First words of descriptions that no longer hold."""

_PREPOSITIONS = frozenset({"to", "by", "from", "per", "of", "in"})
"""Last words of cues that stand before their source: *according to*, *in the words of*."""


def role_of(entity: Entity, entities: Sequence[Entity] = ()) -> str:
    """What tells most about somebody, in the singular: *Sen.* for one of *Sens. Berg and Lie*.

    The first description, or, where that is a bare title, the first of several words that still holds;
    `entities` tell whose *his wife* is.
    """
    if not entity.roles:
        return ""
    telling = (
        r for r in entity.roles if len(r.text.split()) > 1 and r.text.split()[0].casefold() not in _PAST
    )
    bare = len(entity.roles[0].text.split()) == 1
    role = owned_role(next(telling, entity.roles[0]) if bare else entity.roles[0], entities)
    before, blank, last = role.rpartition(" ")
    return f"{before}{blank}{_SHARED.get(last, last)}"


def description_of(entity: Entity, entities: Sequence[Entity], text: str) -> str:
    """What tells most about somebody, or whose a body is that has no description: *Russia’s*."""
    if entity.roles or entity.type != "ORG":
        return as_entry(titled(entity, role_of(entity, entities), entities, text))
    return owner_told(entity, entities, text)


class Who(NamedTuple):
    """A speaker with the reporting word, in the order in which English puts them.

    Attributes:
        before: *according to*, with a space after it, or empty.
        name: the speaker, or the words that leave it open.
        after: the reporting word, with a space before it, or empty.
        sure: whether the name is one.
    """

    before: str
    name: str
    after: str
    sure: bool


def quote_who(quote: Quote, report: Report) -> Who:
    """Who says it, the word for saying it and whom it is said to, as the report's article has them."""
    text = report.article.text
    sure = not is_uncertain(quote)
    name = join_names(owned_names(quote.speakers, quote.source, report.entities))
    if not sure:
        words = quote.source.text if quote.source else name
        name = f"{UNSURE} (“{words}”)" if words else UNSURE
    first = at_head(name, named=_are_named(quote.speakers))
    if quote.cue is None or not quote.cue.text.split():
        return Who("", first, "", sure)
    cue = f"{read_cue(quote)}{_addressee(quote, text)}"
    if not sure:
        return Who("", name, f" · {cue}", sure)
    if quote.source is not None and quote.cue.end <= quote.source.start:
        if cue.split()[-1].casefold() in _PREPOSITIONS:
            return Who(f"{cue[0].lower()}{cue[1:]} ", name, "", sure)
        if text[quote.cue.end : quote.source.start].split()[-1:] == ["by"]:
            # A passive: *engineers were warned* would tell the opposite of *were warned by engineers*,
            # whose words may stand between: *was called “a joke” by engineers*.
            return Who(f"{cue[0].lower()}{cue[1:]} by ", name, "", sure)
    return Who("", first, f"{'’s' if is_owned(quote, text) else ''} {cue}", sure)


def _are_named(speakers: Sequence[Speaker]) -> bool:
    """Whether one of them has a name, and not only a description: *police*, *two officials*."""
    return any(s.entity is not None or s.type == "PERSON" for s in speakers)


def _addressee(quote: Quote, text: str) -> str:
    """The words between cue and content: *urged* **the council** / *to wait*.

    The content leaves them out; without them a reader takes the speaker for whoever is to wait.
    """
    cue = quote.cue
    if cue is not None and quote.content[0].start < cue.start:
        return _told_behind(cue, text)
    if cue is None or not cue.end <= quote.content[0].start <= cue.end + LONGEST_ADDRESSEE:
        return ""
    if quote.source is not None and cue.end <= quote.source.start < quote.content[0].start:
        return ""
    between = text[cue.end : quote.content[0].start].strip()
    plain = between.replace("’", "").replace("'", "").replace("-", "").replace(" ", "")
    return f" {between}" if plain.isalnum() else ""


def _told_behind(cue: Span, text: str) -> str:
    """Who was told, where the words come first: *“We paid,” she told* **the jury**."""
    if cue.text.split()[-1].casefold() not in _TELLING:
        return ""
    hearer = _HEARER.match(text, cue.end)
    return f" {hearer[1]}" if hearer else ""


def sure(confidence: float) -> str:
    """A confidence in percent, never 100: nothing here is beyond doubt."""
    return f"{min(confidence, 0.99):.0%}"


def quote_flags(quote: Quote, certainty: Certainty) -> str:
    """The flags in words, whether more likely wrong than right first, or nothing."""
    unsure = ["unsure"] if certainty.of(quote) < UNSURE_BELOW else []
    return ", ".join([*unsure, *(FLAG_WORDS[f] for f in quote.flags if f in FLAG_WORDS)])


def quote_facts(quote: Quote, places: Places, certainty: Certainty) -> list[str]:
    """Mode unless speech, type, place, how sure statement and speaker are, id.

    Without a speaker there is no percentage: beside *uncertain* it would be taken for the speaker's.
    """
    place = places.label(quote.content[0].start)
    mode = "" if quote.mode == "speech" else quote.mode
    percent = "" if is_uncertain(quote) else sure(certainty.of(quote))
    return [f for f in (mode, quote.type, place, percent, quote.id) if f]


def claim_who(claim: Claim) -> Who:
    """Who makes the claim, and through whom it came."""
    who = claim.claimant
    after = f", via {join_names(claim.via)}" if claim.via else ""
    if who.kind == "author":
        return Who("", AUTHOR, after, True)
    if who.speakers:
        return Who("", at_head(join_names(claimants(claim)), named=_are_named(who.speakers)), after, True)
    return Who("", f"{UNSURE} (“{who.mention.text}”)" if who.mention else UNSURE, after, False)


def claimants(claim: Claim) -> list[str]:
    """Names of those who make a claim."""
    return owned_names(claim.claimant.speakers, claim.claimant.mention)


def claim_told(claim: Claim) -> str:
    """A claim in one line beside another: who makes or rejects it, and its words."""
    denied = " (denied)" if claim.modality == "denied" else ""
    return f"{claim_who(claim).name}{denied}: {claim.text}"


def claim_facts(claim: Claim, places: Places, certainty: Certainty) -> list[str]:
    """Modality, place, how sure the claimant is, how worth checking from 0 to 100, id."""
    place = places.label(claim.start)
    known = certainty.of_claim(claim)
    percent = "" if known is None else sure(known)
    worth = f"check {claim.check_worthy * 100:.0f}"
    return [f for f in (claim.modality, place, percent, worth, claim.id) if f]


def reasons_told(claim: Claim) -> list[str]:
    """Why it is worth checking, without the reasons that the claimant beside it tells already."""
    return [r for r in claim.reasons if r not in _BY_CLAIMANT]


def made_with(provenance: Provenance) -> str:
    """The package, the base pipeline and the learned parts in one line."""
    base = provenance.pipeline
    verified = "verified" if base.verified else "not verified"
    learned = ", ".join(f"{name} {version}" for name, version in provenance.weights.items())
    parts = [f"onrecord {provenance.version}", f"{base.name} {base.version} ({verified})"]
    return " · ".join([*parts, f"learned: {learned}" if learned else "rules only"])


def said(tally: Tally) -> str:
    """*quoted 2×, reported 1×*, or nothing."""
    parts = [f"quoted {tally.quoted}×"] if tally.quoted else []
    parts += [f"reported {tally.reported}×"] if tally.reported else []
    return ", ".join(parts)


def quantity_told(quantity: Quantity) -> str:
    """A number as written, a date with what day it is: *Tuesday (2024-05-14)*."""
    if quantity.unit != DATE or quantity.value is None:
        return quantity.text
    day = iso(quantity.value)
    return quantity.text if day == quantity.text else f"{quantity.text} ({day})"
