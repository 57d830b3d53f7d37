"""Case files of claims: an article with its attributions marked, then the claims that must come out.

The text holds marks `{tag|words}`: `s` a source (`s=Ana Duarte` gives the speaker's name where the
words do not), `v` a cue, `c` a content; a number links them (`s2`, `v2`, `c2`), without one it is 1.
After a line `---` stand lines `q2: mode=belief flags=negated parent=1` for what is not default, then:

    claim: exact text of a claim        none: words that are part of no claim
      claimant: author                  count: 2
      modality: hedged                  published: 2024-05-16
      …

Attributes of a claim: claimant, via, modality, attribution, hedges, types and reasons (at least these),
quantities (`nine days = 9 days`), dates (`Tuesday = 2024-05-14`, `?` for a day not known), ranks
(`third-largest bank = 3`), worth (`> 0.5`), relation (`contradicts other claim's words`).
Several values are separated by `; `.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.dates import iso
from onrecord.pipeline.annotations import Attribution, Range, set_attributions
from onrecord.pipeline.claims.clauses import MARKS
from onrecord.pipeline.claims.component import Claims
from onrecord.pipeline.claims.records import get_claims
from onrecord.pipeline.structure.component import PUBLISHED
from onrecord.schema import DATE, RANK, Claim, Speaker

MARK = re.compile(r"\{(?P<role>[svc])(?P<number>\d*)(?:=(?P<name>[^|{}]+))?\|")
ABSENT = ("names", "attribution", "coreference", "speakers", "claims")


@dataclass
class Wanted:
    """One claim of a case and what it must be."""

    text: str
    attributes: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Case:
    """A parsed case file."""

    text: str
    spans: dict[int, list[tuple[str, int, int, str | None]]]
    settings: dict[int, dict[str, str]]
    wanted: list[Wanted]
    none: list[str]
    count: int | None
    published: str | None


def read_case(path: Path) -> Case:
    """Parse a case file."""
    marked, _, expected = path.read_text("utf-8").partition("\n---\n")
    text, spans = _unmark(marked.strip() + "\n")
    settings: dict[int, dict[str, str]] = {}
    wanted: list[Wanted] = []
    none: list[str] = []
    count = published = None
    for line in expected.splitlines():
        key, _, value = (part.strip() for part in line.partition(":"))
        if not key:
            continue
        if re.fullmatch(r"q\d+", key):
            settings[int(key[1:])] = dict(pair.split("=") for pair in value.split())
        elif key == "claim":
            wanted.append(Wanted(value))
        elif key == "none":
            none.append(value)
        elif key == "count":
            count = int(value)
        elif key == "published":
            published = value
        else:
            wanted[-1].attributes.append((key, value))
    return Case(text, spans, settings, wanted, none, count, published)


def _unmark(marked: str) -> tuple[str, dict[int, list[tuple[str, int, int, str | None]]]]:
    text = ""
    spans: dict[int, list[tuple[str, int, int, str | None]]] = {}
    opened: list[tuple[str, int, int, str | None]] = []
    position = 0
    while position < len(marked):
        m = MARK.match(marked, position)
        if m:
            opened.append((m["role"], int(m["number"] or 1), len(text), m["name"]))
            position = m.end()
        elif marked[position] == "}":
            role, number, start, name = opened.pop()
            spans.setdefault(number, []).append((role, start, len(text), name))
            position += 1
        else:
            text += marked[position]
            position += 1
    return text, spans


def run_case(case: Case, nlp: Language) -> list[Claim]:
    """The claims of a case's text with its attributions."""
    absent = [name for name in nlp.pipe_names if name.removeprefix("onrecord_") in ABSENT]
    with nlp.select_pipes(disable=absent):
        doc = nlp(case.text)
    doc.user_data[PUBLISHED] = case.published
    set_attributions(doc, [_attribution(doc, case, n) for n in sorted(case.spans)])
    Claims()(doc)
    return get_claims(doc)


def _range(doc: Doc, start: int, end: int) -> Range:
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None
    return span.start, span.end


def _attribution(doc: Doc, case: Case, number: int) -> Attribution:
    parts = case.spans[number]
    setting = case.settings.get(number, {})
    contents = tuple(_range(doc, s, e) for role, s, e, _ in parts if role == "c")
    cue = next((_range(doc, s, e) for role, s, e, _ in parts if role == "v"), None)
    source = next(((s, e, name) for role, s, e, name in parts if role == "s"), None)
    speakers: tuple[Speaker, ...] = ()
    if source is not None:
        names = (source[2] or case.text[source[0] : source[1]]).split("; ")
        speakers = tuple(Speaker(n, setting.get("kind", "PERSON")) for n in names)  # type: ignore[arg-type]
    marked = [t.text in MARKS for start, end in contents for t in (doc[start], doc[end - 1])]
    some = any(t.text in MARKS for start, end in contents for t in doc[start:end])
    return Attribution(
        contents=contents,
        cue=cue,
        source=_range(doc, source[0], source[1]) if source else None,
        type="direct" if all(marked) else "mixed" if some else "indirect",
        mode=setting.get("mode", "speech"),  # type: ignore[arg-type]
        speakers=speakers,
        flags=tuple(f for f in setting.get("flags", "").split(",") if f),  # type: ignore[arg-type]
        parent=int(setting["parent"]) - 1 if "parent" in setting else None,
        confidence=0.9,
    )


def problems(case: Case, claims: list[Claim]) -> list[str]:
    """What is wrong with the claims; empty if all is as the case wants it."""
    out = []
    found = [c.text for c in claims]
    for want in case.wanted:
        claim = next((c for c in claims if c.text == want.text), None)
        if claim is None:
            out.append(f"no claim {want.text!r} among {found}")
            continue
        out += [
            f"{want.text!r}: {key} should be {value!r}, not {_shown(claim, key, claims)!r}"
            for key, value in want.attributes
            if not _agrees(claim, key, value, claims)
        ]
    for words in case.none:
        start = case.text.index(words)
        out += [f"{c.text!r} is no claim" for c in claims if c.start < start + len(words) and start < c.end]
    if case.count is not None and case.count != len(claims):
        out.append(f"{len(claims)} claims instead of {case.count}: {found}")
    return out


def _shown(claim: Claim, key: str, claims: list[Claim]) -> str:
    if key == "claimant":
        return "; ".join(s.name for s in claim.claimant.speakers) or claim.claimant.kind
    if key == "worth":
        return str(claim.check_worthy)
    if key == "quantities":
        figures = [q for q in claim.quantities if q.unit not in (DATE, RANK)]
        return "; ".join(f"{q.text} = {_number(q.value)}{q.unit or ''}".strip() for q in figures)
    if key == "ranks":
        return "; ".join(f"{q.text} = {q.value:g}" for q in claim.quantities if q.unit == RANK)
    if key == "dates":
        dates = [q for q in claim.quantities if q.unit == DATE]
        return "; ".join(f"{q.text} = {'?' if q.value is None else iso(q.value)}" for q in dates)
    if key == "hedges":
        return "; ".join(h.text for h in claim.hedges)
    if key == "reasons":
        return "; ".join(claim.reasons)
    if key == "relation":
        others = {c.id: c.text for c in claims}
        return "; ".join(f"{r.kind} {others[r.claim]}" for r in claim.relations)
    value = getattr(claim, key)
    return value if isinstance(value, str) else "; ".join(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g} "


def _agrees(claim: Claim, key: str, value: str, claims: list[Claim]) -> bool:
    shown = _shown(claim, key, claims)
    if key == "worth":
        sign, number = value.split()
        return claim.check_worthy > float(number) if sign == ">" else claim.check_worthy < float(number)
    if key in ("types", "relation", "reasons"):
        have = shown.split("; ")
        return value == "none" == (shown or "none") or all(
            any(h == v or (key == "relation" and h.startswith(v)) for h in have) for v in value.split("; ")
        )
    return shown in ("", "none") if value == "none" else shown == value
