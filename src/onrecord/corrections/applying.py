"""Corrections applied to a report: a new report, and which of them found something to correct."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import PurePath

from onrecord.corrections.dividing import divided, joined_to
from onrecord.corrections.following import follow_entity, follow_part, in_step, speaker_of, with_speakers
from onrecord.corrections.names import fold, forms, straight
from onrecord.corrections.reading import Correction
from onrecord.schema import Claim, Entity, EntityType, Mention, Notice, Quote, Report, Speaker

_SPEAKER = "speaker corrected"


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
        changed = in_step(changed, report)
        notice = Notice("corrected", _with_place(_told(c), c))
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


def _with_place(text: str, c: Correction) -> str:
    # A report is passed on; the folders of the machine it was made on are nobody else's business.
    return f"{text} ({PurePath(c.place).name})" if c.place else text


def _is_meant(report: Report, c: Correction) -> bool:
    if not c.article:
        return True
    path = report.article.path
    pattern = unicodedata.normalize("NFC", c.article)
    texts = [unicodedata.normalize("NFC", t) for t in (report.article.id, path, PurePath(path).name)]
    # As it stands first: to a pattern, the brackets of *draft [2]* are a choice of characters.
    return pattern in texts or any(fnmatch(text, pattern) for text in texts)


def _find(report: Report, name: str) -> Entity | None:
    """The entity of that name; of that alias, if no name agrees and no other has the alias."""
    key = fold(name)
    for e in report.entities:
        if fold(e.name) == key:
            return e
    by_alias = [e for e in report.entities if key in {fold(a) for a in e.aliases}]
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
    kept = next((e for e in found if fold(e.name) == fold(name)), most)
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
    ids, names = dict.fromkeys(gone, kept.id), {e.name for e in found}
    return follow_entity(replace(report, entities=entities), whole, ids=ids, names=names)


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
    return _replaced(report, entity, replace(entity, name=c.to[0], aliases=tuple(aliases)))


def _retype(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None or entity.type == c.type:
        return None
    return _replaced(report, entity, replace(entity, type=_entity_type(c.type, entity.type)))


def _replaced(report: Report, old: Entity, new: Entity) -> Report:
    entities = tuple(new if e.id == old.id else e for e in report.entities)
    return follow_entity(replace(report, entities=entities), new, ids={}, names={old.name})


def _ignore(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None:
        return None
    gone = {entity.id}
    entities = tuple(_without(e, gone) for e in report.entities if e.id not in gone)
    claims = tuple(replace(x, entities=tuple(i for i in x.entities if i not in gone)) for x in report.claims)
    loose = replace(report, entities=entities, claims=claims)
    return with_speakers(loose, lambda s: replace(s, entity=None) if s.entity in gone else s)


def _split(report: Report, c: Correction) -> Report | None:
    entity = _find(report, c.names[0])
    if entity is None:
        return None
    text = straight(report.article.text)
    around = {form for words in c.mentions for form in forms(words)}
    moved = tuple(m for m in entity.mentions if any(_stands_in(text, m, words) for words in around))
    if not moved:
        return None
    target = _find(report, c.to[0])
    if target is not None and target.id == entity.id:
        target = None
    if len(moved) == len(entity.mentions):
        # Nothing is left to be split from.
        if target is None:
            return _joined(report, [entity], c.to[0], c.type)
        return _joined(report, [target, entity], target.name, "")
    left, gone = divided(entity, moved)
    if target is None:
        part = joined_to(Entity(_free_id(report), _entity_type(c.type, entity.type), c.to[0]), gone)
        entities = (*report.entities, part)
    else:
        part = joined_to(target, gone)
        entities = tuple(part if e.id == part.id else e for e in report.entities)
    entities = tuple(left if e.id == entity.id else e for e in entities)
    reason = _with_place(_SPEAKER, c)
    return follow_part(replace(report, entities=entities), left, part, moved, reason=reason)


def _stands_in(text: str, mention: Mention, words: str) -> bool:
    """Whether a mention is part of an occurrence of the words in the text."""
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


def _speaker_of_quote(report: Report, c: Correction) -> Report | None:
    words = fold(c.names[0])
    hits = {q.id for q in report.quotes if words in fold(" ".join(s.text for s in q.content))}
    if not hits:
        return None
    speakers = tuple(_named_speaker(report, name, c.type) for name in c.to)

    def corrected(q: Quote) -> Quote:
        flags = tuple(f for f in q.flags if f != "uncertain_speaker")
        reasons = (*q.reasons, _with_place(_SPEAKER, c))
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
        return speaker_of(entity)
    return Speaker(name, kind or "PERSON", entity.id if entity else None)  # type: ignore[arg-type]


def _entity_type(kind: str, default: EntityType) -> EntityType:
    return kind or default  # type: ignore[return-value]


_STEPS: dict[str, Callable[[Report, Correction], Report | None]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "retype": _retype,
    "ignore": _ignore,
    "speaker": _speaker_of_quote,
    "alias": _alias,
}
