"""Case files of names, references and speakers: a text, a line of three hyphens, expectations.

Entities, one expectation a line:

    PERSON Anna Berg x3 | mayor; former teacher    an entity, its name mentions, its roles
    none Mayor                                     no entity of that name or with such a mention
    candidates Berg: Anna Berg, Karl Berg          an entity that stays open between others
    refers She 2: Anna Berg                        the second "She" is a mention of the entity
    open he 1                                      the first "he" is a mention of nothing

Speakers:

    It will last -> Anna Berg; (GROUP)             speakers of the quotation with these words
    It will last -> ?                              no certain speaker
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.schema import Entity, Quote, Report

CASES = Path(__file__).resolve().parents[2] / "cases"
OPEN = ("UNNAMED", "GROUP", "DOCUMENT")


@dataclass(frozen=True, slots=True)
class Case:
    """One case file."""

    name: str
    text: str
    expected: tuple[str, ...]


def read_cases(area: str) -> list[Case]:
    """The case files of an area, by name."""
    out = []
    for path in sorted((CASES / area).glob("*.txt")):
        text, mark, rest = path.read_text("utf-8").partition("\n---\n")
        assert mark, f"{path.name}: no line of three hyphens"
        out.append(Case(path.stem, text, tuple(line for line in rest.splitlines() if line.strip())))
    return out


def entity_problems(report: Report, expected: tuple[str, ...]) -> list[str]:
    """What an entity case asks for and the report does not hold."""
    return [p for line in expected if (p := _entity_problem(report, line))]


def _entity_problem(report: Report, line: str) -> str:
    if line.startswith("none "):
        name = line.removeprefix("none ").strip()
        named = any(
            name == e.name or name in _names(e) for e in report.entities if e.type not in ("DATE", "TIME")
        )
        return f"found {name}" if named else ""
    if line.startswith("candidates "):
        name, _, wanted = line.removeprefix("candidates ").partition(":")
        by_id = {e.id: e.name for e in report.entities}
        got = [{by_id[c] for c in e.candidates} for e in report.entities if e.name == name.strip()]
        return "" if got == [_split(wanted, ",")] else f"{line}: candidates are {got}"
    if line.startswith(("refers ", "open ")):
        return _reference_problem(report, line)
    match = re.fullmatch(r"([A-Z]+) (.+?) x(\d+)(?: \| (.*))?", line)
    assert match, f"cannot read the expectation {line!r}"
    kind, name, count, roles = match[1], match[2], int(match[3]), match[4]
    found = [e for e in report.entities if e.type == kind and (name == e.name or name in _names(e))]
    if len(found) != 1:
        return f"{line}: {len(found)} such entities of {[(e.type, e.name) for e in report.entities]}"
    if len(_names(found[0])) != count:
        return f"{line}: mentions are {_names(found[0])}"
    missing = _split(roles or "", ";") - {r.text for r in found[0].roles}
    return f"{line}: roles are {[r.text for r in found[0].roles]}" if missing else ""


def _reference_problem(report: Report, line: str) -> str:
    match = re.fullmatch(r"(?:refers|open) (.+?) (\d+)(?:: (.*))?", line)
    assert match, f"cannot read the expectation {line!r}"
    words, number, wanted = match[1], int(match[2]), match[3]
    places = list(re.finditer(rf"\b{re.escape(words)}\b", report.article.text))
    start = places[number - 1].start()
    got = {e.name for e in report.entities for m in e.mentions if m.start == start and m.kind != "name"}
    return "" if got == _split(wanted or "", ",") else f"{line}: refers to {sorted(got)}"


def _names(entity: Entity) -> list[str]:
    return [m.text for m in entity.mentions if m.kind == "name"]


def _split(text: str, separator: str) -> set[str]:
    return {part.strip() for part in text.split(separator) if part.strip()}


def speaker_problems(report: Report, expected: tuple[str, ...]) -> list[str]:
    """What a speaker case asks for and the report does not hold."""
    return [p for line in expected if (p := _speaker_problem(report, line))]


def _speaker_problem(report: Report, line: str) -> str:
    words, _, wanted = (part.strip() for part in line.partition("->"))
    quotes = [q for q in report.quotes if any(words in c.text for c in q.content)]
    if not quotes:
        return f"{line}: no such quotation among {[q.content[0].text for q in report.quotes]}"
    # The innermost quotation is meant.
    quote = min(quotes, key=lambda q: sum(c.end - c.start for c in q.content))
    got = [f"{s.name} ({s.type})" for s in quote.speakers]
    return "" if _agrees(quote, wanted) else f"{line}: speakers are {got}, flags {quote.flags}"


def _agrees(quote: Quote, wanted: str) -> bool:
    if wanted == "?":
        return "uncertain_speaker" in quote.flags
    if "uncertain_speaker" in quote.flags:
        return False
    parts = [part.strip() for part in wanted.split(";")]
    if len(parts) != len(quote.speakers):
        return False
    left = list(quote.speakers)
    for part in parts:
        match = re.fullmatch(r"(.*?)\s*(?:\((\w+)\))?", part)
        assert match
        name, kind = match[1], match[2] or "PERSON"
        hit = next(
            (
                s
                for s in left
                if (not name or s.name == name) and (s.type == kind or (not name and s.type in OPEN))
            ),
            None,
        )
        if hit is None:
            return False
        left.remove(hit)
    return True
