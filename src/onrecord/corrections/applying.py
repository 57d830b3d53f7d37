"""Corrections applied to a report: a new report, and which of them found something to correct."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import PurePath

from onrecord.corrections.reading import Correction
from onrecord.schema import Claim, Entity, EntityType, Mention, Notice, Quote, Report, Speaker, SpeakerType


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report after its corrections.

    Attributes:
        report: with a notice `corrected` for each correction that found something.
        used: the corrections that did. What no report uses should be listed for the reader.
    """

    report: Report
    used: tuple[Correction, ...] = ()


def apply_corrections(report: Report, corrections: Sequence[Correction]) -> Corrected:
    """Apply corrections in order.

    Args:
        report: it stays as it is.
        corrections: all of the file; those for other articles are passed over.
    """
    used = []
    for c in corrections:
        if not _is_meant(report, c):
            continue
        changed = _STEPS[c.action](report, c)
        if changed is None:
            continue
        notice = Notice("corrected", f"{_told(c)} ({c.place})" if c.place else _told(c))
        report = replace(changed, warnings=(*changed.warnings, notice))
        used.append(c)
    return Corrected(report, tuple(used))


def _told(c: Correction) -> str:
    names = ", ".join(c.names)
    return {
        "merge": f"{names} are one",
        "split": f"{', '.join(c.mentions)} is {', '.join(c.to)}, not {names}",
        "rename": f"{names} is called {', '.join(c.to)}",
        "retype": f"{names} is {c.type}",
        "ignore": f"{names} left out",
        "speaker": f"“{names}” is by {', '.join(c.to)}",
        "alias": f"{names} is {', '.join(c.to)}",
    }[c.action]


def _is_meant(report: Report, c: Correction) -> bool:
    if not c.article:
        return True
    path = report.article.path
    return any(fnmatch(text, c.article) for text in (report.article.id, path, PurePath(path).name))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _find(report: Report, name: str) -> Entity | None:
    """The entity of that name; of that alias, if no name agrees and no other has the alias."""
    key = _fold(name)
    for e in report.entities:
        if _fold(e.name) == key:
            return e
    by_alias = [e for e in report.entities if key in {_fold(a) for a in e.aliases}]
    return by_alias[0] if len(by_alias) == 1 else None


def _merge(report: Report, c: Correction) -> Report | None:
    found = list({e.id: e for n in c.names if (e := _find(report, n))}.values())
    if len(found) < 2:
        return None
    return _joined(report, found, c.to[0] if c.to else found[0].name, c.type)


def _alias(report: Report, c: Correction) -> Report | None:
    found = list({e.id: e for n in (*c.to, *c.names) if (e := _find(report, n))}.values())
    if not found or (
        len(found) == 1 and found[0].name == c.to[0] and (not c.type or found[0].type == c.type)
    ):
        return None
    return _joined(report, found, c.to[0], c.type)


def _joined(report: Report, found: Sequence[Entity], name: str, kind: str) -> Report:
    most = max(found, key=lambda e: len(e.mentions))
    kept = next((e for e in found if _fold(e.name) == _fold(name)), most)
    gone = {e.id for e in found} - {kept.id}
    mentions = tuple(sorted({(m.start, m.end): m for e in found for m in e.mentions}.values(), key=_place))
    aliases = dict.fromkeys(a for e in found for a in (e.name, *e.aliases) if a != name)
    whole = replace(
        kept,
        name=name,
        type=_entity_type(kind, kept.type),
        aliases=tuple(aliases),
        roles=tuple(sorted({r for e in found for r in e.roles})),
        mentions=mentions,
        candidates=tuple(i for i in kept.candidates if i not in gone),
    )
    entities = tuple(
        whole if e.id == kept.id else _without(e, gone) for e in report.entities if e.id not in gone
    )
    return _referring(replace(report, entities=entities), dict.fromkeys(gone, kept.id), whole)


def _place(m: Mention) -> tuple[int, int]:
    return m.start, m.end


def _without(entity: Entity, gone: set[str]) -> Entity:
    if not gone.intersection(entity.candidates):
        return entity
    return replace(entity, candidates=tuple(i for i in entity.candidates if i not in gone))


def _rename(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None or entity.name == c.to[0]:
        return None
    aliases = dict.fromkeys(a for a in (entity.name, *entity.aliases) if a != c.to[0])
    return _replaced(report, replace(entity, name=c.to[0], aliases=tuple(aliases)))


def _retype(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None or entity.type == c.type:
        return None
    return _replaced(report, replace(entity, type=_entity_type(c.type, entity.type)))


def _replaced(report: Report, entity: Entity) -> Report:
    entities = tuple(entity if e.id == entity.id else e for e in report.entities)
    return _referring(replace(report, entities=entities), {}, entity)


def _ignore(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None:
        return None
    gone = {entity.id}
    entities = tuple(_without(e, gone) for e in report.entities if e.id not in gone)
    claims = tuple(replace(x, entities=tuple(i for i in x.entities if i not in gone)) for x in report.claims)
    loose = replace(report, entities=entities, claims=claims)
    return _with_speakers(loose, lambda s: replace(s, entity=None) if s.entity in gone else s)


def _split(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None:
        return None
    moved = tuple(m for m in entity.mentions if any(_stands_in(report, m, words) for words in c.mentions))
    if not moved:
        return None
    rest = tuple(m for m in entity.mentions if m not in moved)
    target = _find(report, c.to[0])
    if target is None or target.id == entity.id:
        kind = _entity_type(c.type, entity.type)
        part = Entity(_free_id(report), kind, c.to[0], (), (), moved)
        entities = (*report.entities, part)
    else:
        part = replace(target, mentions=tuple(sorted((*target.mentions, *moved), key=_place)))
        entities = tuple(part if e.id == part.id else e for e in report.entities)
    left = replace(entity, mentions=rest)
    entities = tuple(left if e.id == entity.id else e for e in entities if e.id != entity.id or rest)
    places = {_place(m) for m in moved}
    return _reassigned(replace(report, entities=entities), entity.id, part, places)


def _stands_in(report: Report, mention: Mention, words: str) -> bool:
    """Whether a mention is part of an occurrence of the words in the text."""
    text = report.article.text
    start = text.find(words, max(0, mention.start - len(words)))
    while 0 <= start <= mention.start:
        if mention.end <= start + len(words):
            return True
        start = text.find(words, start + 1)
    return False


def _free_id(report: Report) -> str:
    taken = {e.id for e in report.entities}
    number = len(taken) + 1
    while f"e{number}" in taken:
        number += 1
    return f"e{number}"


def _reassigned(report: Report, old: str, part: Entity, places: set[tuple[int, int]]) -> Report:
    """Give the quotations whose source is one of the moved mentions to the new entity."""

    def with_part(q: Quote) -> Quote:
        inside = q.source and any(q.source.start <= s and e <= q.source.end for s, e in places)
        if not inside:
            return q
        speakers = tuple(_speaker(part) if s.entity == old else s for s in q.speakers)
        return replace(q, speakers=speakers)

    return replace(report, quotes=tuple(with_part(q) for q in report.quotes))


def _speaker_of_quote(report: Report, c: Correction) -> Report | None:
    words = _fold(c.names[0])
    hits = {q.id for q in report.quotes if words in _fold(" ".join(s.text for s in q.content))}
    if not hits:
        return None
    speakers = tuple(_named_speaker(report, name, c.type) for name in c.to)

    def corrected(q: Quote) -> Quote:
        flags = tuple(f for f in q.flags if f != "uncertain_speaker")
        reasons = (*q.reasons, f"speaker corrected ({c.place})" if c.place else "speaker corrected")
        return replace(q, speakers=speakers, flags=flags, reasons=reasons)

    def claimed(x: Claim) -> Claim:
        if x.quote not in hits or x.claimant.kind != "source":
            return x
        return replace(x, claimant=replace(x.claimant, speakers=speakers))

    quotes = tuple(corrected(q) if q.id in hits else q for q in report.quotes)
    return replace(report, quotes=quotes, claims=tuple(claimed(x) for x in report.claims))


def _named_speaker(report: Report, name: str, kind: str) -> Speaker:
    entity = _find(report, name)
    if entity is not None and not kind:
        return _speaker(entity)
    return Speaker(name, kind or "PERSON", entity.id if entity else None)  # type: ignore[arg-type]


def _speaker(entity: Entity) -> Speaker:
    return Speaker(entity.name, _speaker_type(entity.type), entity.id)


def _speaker_type(kind: EntityType) -> SpeakerType:
    if kind == "PERSON":
        return "PERSON"
    if kind == "NORP":
        return "GROUP"
    return "DOCUMENT" if kind in ("WORK", "LAW", "EVENT") else "ORG"


def _entity_type(kind: str, default: EntityType) -> EntityType:
    return kind or default  # type: ignore[return-value]


def _referring(report: Report, moved: dict[str, str], entity: Entity) -> Report:
    """The report with speakers and claims that follow an entity's new id, name and type."""

    def follow(s: Speaker) -> Speaker:
        target = moved.get(s.entity or "", s.entity)
        return _speaker(entity) if target == entity.id else s

    claims = tuple(
        replace(x, entities=tuple(dict.fromkeys(moved.get(i, i) for i in x.entities))) for x in report.claims
    )
    return _with_speakers(replace(report, claims=claims), follow)


def _with_speakers(report: Report, change: Callable[[Speaker], Speaker]) -> Report:
    def all_of(speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        return tuple(dict.fromkeys(change(s) for s in speakers))

    quotes = tuple(replace(q, speakers=all_of(q.speakers)) for q in report.quotes)
    claims = tuple(
        replace(x, claimant=replace(x.claimant, speakers=all_of(x.claimant.speakers))) for x in report.claims
    )
    return replace(report, quotes=quotes, claims=claims)


_STEPS: dict[str, Callable[[Report, Correction], Report | None]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "retype": _retype,
    "ignore": _ignore,
    "speaker": _speaker_of_quote,
    "alias": _alias,
}
