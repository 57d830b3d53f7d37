"""The contract's codes and records in a reader's words, the same for every view."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.dates import iso
from onrecord.render.facts import Places, Tally, is_uncertain, join_names
from onrecord.schema import DATE, Claim, Entity, Flag, Provenance, Quantity, Quote, RelationKind

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

AUTHOR = "The article, in its own words"

_PREPOSITIONS = frozenset({"to", "by", "from", "per", "of", "in"})
"""Last words of cues that stand before their source: *according to*, *in the words of*."""


def role_of(entity: Entity) -> str:
    """The first description of somebody, in the singular: *Sen.* for one of *Sens. Berg and Lie*."""
    role = entity.roles[0].text if entity.roles else ""
    before, blank, last = role.rpartition(" ")
    return f"{before}{blank}{_SHARED.get(last, last)}"


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


def quote_who(quote: Quote) -> Who:
    """Who says it and the word for saying it."""
    sure = not is_uncertain(quote)
    name = join_names([s.name for s in quote.speakers])
    if not sure:
        words = quote.source.text if quote.source else name
        name = f"{UNSURE} (“{words}”)" if words else UNSURE
    if quote.cue is None or not quote.cue.text.split():
        return Who("", name, "", sure)
    cue = quote.cue.text
    precedes = quote.source is not None and quote.cue.end <= quote.source.start
    if precedes and cue.split()[-1].casefold() in _PREPOSITIONS:
        return Who(f"{cue[0].lower()}{cue[1:]} ", name, "", sure)
    return Who("", name, f" {cue}", sure)


def sure(confidence: float) -> str:
    """A confidence in percent, never 100: nothing here is beyond doubt."""
    return f"{min(confidence, 0.99):.0%}"


def quote_flags(quote: Quote) -> str:
    """The flags in words, or nothing."""
    return ", ".join(FLAG_WORDS[f] for f in quote.flags if f in FLAG_WORDS)


def quote_facts(quote: Quote, places: Places) -> list[str]:
    """Mode unless speech, type, place, confidence, id."""
    place = places.label(quote.content[0].start)
    mode = "" if quote.mode == "speech" else quote.mode
    return [f for f in (mode, quote.type, place, sure(quote.confidence), quote.id) if f]


def claim_who(claim: Claim) -> Who:
    """Who makes the claim, and through whom it came."""
    who = claim.claimant
    after = f", via {join_names(claim.via)}" if claim.via else ""
    if who.kind == "author":
        return Who("", AUTHOR, after, True)
    if who.speakers:
        return Who("", join_names(claimants(claim)), after, True)
    return Who("", f"{UNSURE} (“{who.mention.text}”)" if who.mention else UNSURE, after, False)


def claimants(claim: Claim) -> list[str]:
    """Names of those who make a claim, an office with the owner that the article gives it there.

    *Russia’s Foreign Ministry*, where the ministry's own name would leave open whose it is.
    """
    names = [s.name for s in claim.claimant.speakers]
    mention = claim.claimant.mention
    if len(names) == 1 and mention is not None and mention.text.endswith(names[0]):
        owner = mention.text.removesuffix(names[0]).rstrip()
        if owner[:1].isupper() and owner.endswith(("’s", "'s", "s’", "s'")):
            return [" ".join(mention.text.split())]
    return names


def claim_told(claim: Claim) -> str:
    """A claim in one line beside another: who makes or rejects it, and its words."""
    denied = " (denied)" if claim.modality == "denied" else ""
    return f"{claim_who(claim).name}{denied}: {claim.text}"


def claim_facts(claim: Claim, places: Places) -> list[str]:
    """Modality, place, how worth checking from 0 to 100, id."""
    place = places.label(claim.start)
    return [f for f in (claim.modality, place, f"check {claim.check_worthy * 100:.0f}", claim.id) if f]


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
