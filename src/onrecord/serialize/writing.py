"""From a report to plain dicts, keys in the order of the contract."""

from __future__ import annotations

import math
from typing import Any

from onrecord.schema import (
    Article,
    Claim,
    Entity,
    Notice,
    Provenance,
    Quantity,
    Quote,
    Report,
    Span,
    Speaker,
)

JsonObject = dict[str, Any]


def report_to_dict(report: Report) -> JsonObject:
    """A report as plain dicts, lists, strings and numbers, keys in the order of the contract."""
    return {
        "schema_version": report.schema_version,
        "onrecord": _provenance(report.onrecord),
        "article": _article(report.article),
        "entities": [_entity(e) for e in report.entities],
        "quotes": [_quote(q) for q in report.quotes],
        "claims": [_claim(c) for c in report.claims],
        "warnings": [_notice(n) for n in report.article.warnings + report.warnings],
    }


def _provenance(p: Provenance) -> JsonObject:
    pipeline = {"name": p.pipeline.name, "version": p.pipeline.version, "verified": p.pipeline.verified}
    return {"version": p.version, "pipeline": pipeline, "weights": dict(p.weights)}


def _article(a: Article) -> JsonObject:
    return {
        "id": a.id,
        "path": a.path,
        "format": a.format,
        "sha256": a.sha256,
        "encoding": a.encoding,
        "title": a.title,
        "byline": list(a.byline),
        "published": a.published,
        "outlet": a.outlet,
        "url": a.url,
        "language": a.language,
        "text": a.text,
        "blocks": [{"kind": b.kind, "start": b.start, "end": b.end} for b in a.blocks],
    }


def _span(s: Span) -> JsonObject:
    return {"start": s.start, "end": s.end, "text": s.text}


def _speaker(s: Speaker) -> JsonObject:
    return {"name": s.name, "type": s.type, "entity": s.entity}


def _entity(e: Entity) -> JsonObject:
    return {
        "id": e.id,
        "type": e.type,
        "name": e.name,
        "aliases": list(e.aliases),
        "roles": [_span(r) for r in e.roles],
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "kind": m.kind, "confidence": m.confidence}
            for m in e.mentions
        ],
        "candidates": list(e.candidates),
    }


def _quote(q: Quote) -> JsonObject:
    return {
        "id": q.id,
        "type": q.type,
        "mode": q.mode,
        "content": [_span(s) for s in q.content],
        "cue": _span(q.cue) if q.cue else None,
        "source": _span(q.source) if q.source else None,
        "speakers": [_speaker(s) for s in q.speakers],
        "flags": list(q.flags),
        "parent": q.parent,
        "confidence": q.confidence,
        "reasons": list(q.reasons),
    }


def _claim(c: Claim) -> JsonObject:
    return {
        "id": c.id,
        "start": c.start,
        "end": c.end,
        "text": c.text,
        "sentence": {"start": c.sentence.start, "end": c.sentence.end},
        "claimant": {
            "kind": c.claimant.kind,
            "speakers": [_speaker(s) for s in c.claimant.speakers],
            "mention": _span(c.claimant.mention) if c.claimant.mention else None,
        },
        "via": list(c.via),
        "quote": c.quote,
        "attribution": c.attribution,
        "modality": c.modality,
        "hedges": [_span(h) for h in c.hedges],
        "types": list(c.types),
        "quantities": [_quantity(x) for x in c.quantities],
        "entities": list(c.entities),
        "verifiable": c.verifiable,
        "check_worthy": c.check_worthy,
        "reasons": list(c.reasons),
        "relations": [{"claim": r.claim, "kind": r.kind, "reasons": list(r.reasons)} for r in c.relations],
    }


def _quantity(x: Quantity) -> JsonObject:
    value: float | int | None = x.value
    if value is not None:
        if not math.isfinite(value):
            value = None
        elif value == int(value):
            value = int(value)
    return {"start": x.start, "end": x.end, "text": x.text, "value": value, "unit": x.unit}


def _notice(n: Notice) -> JsonObject:
    return {"code": n.code, "message": n.message, "start": n.start, "end": n.end}
