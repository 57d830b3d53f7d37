"""What refers to a corrected entity or speaker follows: speakers, claims, who passes them on, reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from onrecord.corrections.names import fold, renaming
from onrecord.schema import Claim, Entity, EntityType, Mention, Quote, Report, Span, Speaker, SpeakerType


def speaker_of(entity: Entity) -> Speaker:
    """An entity as a speaker."""
    return Speaker(entity.name, _speaker_type(entity.type), entity.id)


def _speaker_type(kind: EntityType) -> SpeakerType:
    if kind == "PERSON":
        return "PERSON"
    if kind == "NORP":
        return "GROUP"
    return "DOCUMENT" if kind in ("WORK", "LAW", "EVENT") else "ORG"


def with_speakers(report: Report, change: Callable[[Speaker], Speaker]) -> Report:
    """The report with every speaker changed."""

    def all_of(speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        return tuple(dict.fromkeys(change(s) for s in speakers))

    quotes = tuple(replace(q, speakers=all_of(q.speakers)) for q in report.quotes)
    claims = tuple(
        replace(x, claimant=replace(x.claimant, speakers=all_of(x.claimant.speakers))) for x in report.claims
    )
    return replace(report, quotes=quotes, claims=claims)


def follow_entity(
    report: Report, entity: Entity, *, ids: Mapping[str, str], names: Collection[str]
) -> Report:
    """The report with all that refers to an entity under its new id, name and type.

    Args:
        report: it holds the entity as it now is.
        entity: the one that was renamed, retyped or joined from several.
        ids: to its id from those that are gone.
        names: what it was called before.
    """
    told = renaming(_own_names(report, entity, names), entity.name, known=_names(report))

    def follow(s: Speaker) -> Speaker:
        target = ids.get(s.entity or "", s.entity)
        return speaker_of(entity) if target == entity.id else s

    followed = with_speakers(report, follow)
    passing = {fold(n): (entity.name,) for n in _own_names(report, entity, names)}
    claims = tuple(
        replace(
            x,
            entities=tuple(dict.fromkeys(ids.get(i, i) for i in x.entities)),
            via=_via(x, passing),
            reasons=tuple(map(told, x.reasons)),
            relations=tuple(replace(r, reasons=tuple(map(told, r.reasons))) for r in x.relations),
        )
        for x in followed.claims
    )
    quotes = tuple(replace(q, reasons=tuple(map(told, q.reasons))) for q in followed.quotes)
    return replace(followed, quotes=quotes, claims=claims)


def _own_names(report: Report, entity: Entity, names: Collection[str]) -> frozenset[str]:
    """Those of its former names that nobody else has: of two Bergs a name alone does not tell which."""
    others = {e.name for e in report.entities if e.id != entity.id}
    return frozenset(names) - others - {entity.name}


def _names(report: Report) -> frozenset[str]:
    speaking = [*(q.speakers for q in report.quotes), *(x.claimant.speakers for x in report.claims)]
    return frozenset((*(e.name for e in report.entities), *(s.name for some in speaking for s in some)))


def follow_part(
    report: Report, left: Entity, part: Entity, moved: Sequence[Mention], *, reason: str
) -> Report:
    """The report with what the moved mentions stand for given to another entity.

    Args:
        report: it holds both entities as they now are.
        left: the entity with the mentions that stay.
        part: the entity that they moved to.
        moved: the mentions.
        reason: why a quotation has another speaker; those of the analysis stay beside it.
    """

    def first(span: Span | Claim, mentions: Sequence[Mention]) -> int | None:
        """Where the first of the mentions inside a span begins."""
        return min((m.start for m in mentions if span.start <= m.start and m.end <= span.end), default=None)

    def is_part(span: Span | None) -> bool:
        # The first decides: *Anna Berg, sister of Mrs. Berg* stays Anna Berg's.
        here = first(span, moved) if span else None
        before = first(span, left.mentions) if span else None
        return here is not None and (before is None or here < before)

    def swapped(speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        return tuple(dict.fromkeys(speaker_of(part) if s.entity == left.id else s for s in speakers))

    def spoken(q: Quote) -> Quote:
        speakers = swapped(q.speakers)
        return q if speakers == q.speakers else replace(q, speakers=speakers, reasons=(*q.reasons, reason))

    def claimed(x: Claim) -> Claim:
        claimant = x.claimant
        if x.quote in given or is_part(claimant.mention):
            claimant = replace(claimant, speakers=swapped(claimant.speakers))
        at = {part.id: first(x, moved), left.id: first(x, left.mentions)}
        if left.id not in x.entities or at[part.id] is None:
            return replace(x, claimant=claimant)
        named = [i for _, i in sorted((start, i) for i, start in at.items() if start is not None)]
        entities = dict.fromkeys(j for i in x.entities for j in (named if i == left.id else (i,)))
        return replace(x, claimant=claimant, entities=tuple(entities))

    given = {q.id for q in report.quotes if is_part(q.source)}
    quotes = tuple(spoken(q) if q.id in given else q for q in report.quotes)
    return replace(report, quotes=quotes, claims=tuple(map(claimed, report.claims)))


def in_step(report: Report, before: Report) -> Report:
    """The report with `via` and with reasons such as *disputed by NAME* as its speakers now are.

    Args:
        report: after one correction.
        before: the report before it.
    """
    if report.quotes == before.quotes and report.claims == before.claims:
        return report
    return _disputed(_passed_on(report, before), before)


def _passed_on(report: Report, before: Report) -> Report:
    shifted = [
        (now, _shift(then.speakers, now.speakers))
        for now, then in zip(report.quotes, before.quotes, strict=True)
        if now.speakers != then.speakers
    ]

    def passed(x: Claim) -> Claim:
        for q, shift in shifted:
            if q.id != x.quote and any(s.start <= x.start < s.end for s in q.content):
                x = replace(x, via=_via(x, shift))
        return x

    return replace(report, claims=tuple(map(passed, report.claims)))


def _shift(then: Sequence[Speaker], now: Sequence[Speaker]) -> dict[str, tuple[str, ...]]:
    """What to put in place of the names of those who no longer speak."""
    old = {s.name for s in then}
    kept = {s.name for s in now}
    # As at first, only somebody known by name passes on a claim.
    new = tuple(s.name for s in now if s.name not in old and s.type not in ("GROUP", "UNNAMED"))
    return {fold(name): new for name in old - kept}


def _via(claim: Claim, shift: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not any(fold(v) in shift for v in claim.via):
        return claim.via
    own = {s.name for s in claim.claimant.speakers}
    names = dict.fromkeys(n for v in claim.via for n in shift.get(fold(v), (v,)))
    return tuple(n for n in names if n not in own)


def _disputed(report: Report, before: Report) -> Report:
    names = {
        now.id: (_claimants(then), _claimants(now))
        for now, then in zip(report.claims, before.claims, strict=True)
    }

    def told(reasons: tuple[str, ...], claims: Sequence[str]) -> tuple[str, ...]:
        new: dict[str, str] = {}
        for then, now in (names[i] for i in claims if i in names):
            if then != now and then and now:
                new |= {f"{verb} by {then}": f"{verb} by {now}" for verb in ("denied", "disputed")}
        return tuple(new.get(r, r) for r in reasons)

    def retold(x: Claim) -> Claim:
        against = [r.claim for r in x.relations if r.kind == "contradicts"]
        relations = tuple(replace(r, reasons=told(r.reasons, (x.id, r.claim))) for r in x.relations)
        # The reason names those of the first claim against this one.
        return replace(x, reasons=told(x.reasons, against[:1]), relations=relations)

    return replace(report, claims=tuple(map(retold, report.claims)))


def _claimants(claim: Claim) -> str:
    return " and ".join(s.name for s in claim.claimant.speakers)
