"""The corrections file: TOML with one table a correction, or CSV with one row a correction."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from onrecord.errors import CorrectionsError
from onrecord.schema import EntityType, SpeakerType

FILE_NAME = "onrecord.toml"
"""Looked for beside the articles."""

Action = Literal["merge", "split", "rename", "retype", "ignore", "speaker", "alias"]
ACTIONS: tuple[Action, ...] = get_args(Action)
COLUMNS = ("action", "name", "to", "mention", "type", "article")

_KEYS: dict[Action, tuple[frozenset[str], frozenset[str]]] = {
    "merge": (frozenset(("names",)), frozenset(("name",))),
    "split": (frozenset(("name", "mentions", "into")), frozenset(("type",))),
    "rename": (frozenset(("name", "to")), frozenset()),
    "retype": (frozenset(("name", "type")), frozenset()),
    "ignore": (frozenset(("name",)), frozenset()),
    "speaker": (frozenset(("quote", "speaker")), frozenset(("type",))),
    "alias": (frozenset(("name", "aliases")), frozenset(("type",))),
}
"""Keys that each kind of table must have, and those that it may have; `article` always may."""

_REMEDY = "see `onrecord extract --write-corrections` for a commented example"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    Attributes:
        names: merge: all names of the one entity, the kept one first; alias: the other spellings;
            otherwise the entity's one name. For `speaker`: words of the quotation.
        to: the one name after it: of the entity, of the part split off; of the speaker, and several
            speakers are several names.
        mentions: split: words around the mentions that belong to somebody else.
        type: entity or speaker type; empty to leave it.
        article: the id or path of the article meant, or a pattern such as `council-*`; empty for all.
        place: file and line, for messages.

    Raises:
        CorrectionsError: several names where there can be one.
    """

    action: Action
    names: tuple[str, ...]
    to: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    type: str = ""
    article: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        own = "give each a correction of its own"
        if self.action == "speaker":
            self._refuse_several(self.names, "text to find quotations by", own)
        elif self.action not in ("merge", "alias"):
            self._refuse_several(self.names, "name", own)
        if self.action in ("merge", "split", "rename", "alias"):
            self._refuse_several(self.to, "name to go by", "write the one that is right")

    def _refuse_several(self, values: tuple[str, ...], what: str, remedy: str) -> None:
        if len(values) > 1:
            problem = f"“{self.action}” takes one {what}, not several: {', '.join(values)}"
            raise CorrectionsError(self.place, problem, remedy)


def find_corrections(article: Path) -> Path | None:
    """The corrections file beside an article or in a folder above it; None if there is none.

    However the path is typed: the folder's own place is looked up first.
    """
    folder = (article if article.is_dir() else article.parent).resolve()
    return next((f for d in (folder, *folder.parents) if _is_file(f := d / FILE_NAME)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Above the article there may be folders that this user may not look into.
        return False


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a corrections file; its name tells the format.

    Raises:
        CorrectionsError: it cannot be read, or is malformed; the message names file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise CorrectionsError(str(path), error.strerror or "cannot be read", "check the path") from error
    except UnicodeDecodeError as error:
        raise CorrectionsError(str(path), "not UTF-8", "save it as UTF-8") from error
    parse = parse_csv if path.suffix.lower() == ".csv" else parse_toml
    return parse(text, thing=str(path))


def parse_toml(text: str, *, thing: str) -> tuple[Correction, ...]:
    """Parse corrections in TOML.

    Args:
        text: the file's text.
        thing: what to call the file in errors.

    Raises:
        CorrectionsError: no valid TOML, an unknown kind of table, a missing or unknown key, or a value
            of the wrong kind.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{thing}:{line[1] if line else max(1, len(text.splitlines()))}"
        raise CorrectionsError(place, f"no valid TOML ({error})", _REMEDY) from error
    out = []
    for action, tables in data.items():
        lines = list(_lines_of(text, action))
        if action not in ACTIONS:
            place = f"{thing}:{lines[0] if lines else _line_of_key(text, action)}"
            raise CorrectionsError(
                place, f"unknown correction “{action}”", f"use one of {', '.join(ACTIONS)}"
            )
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            place = f"{thing}:{_line_of_key(text, action)}"
            raise CorrectionsError(place, f"“{action}” is no list of tables", f"write [[{action}]]")
        for i, table in enumerate(tables):
            place = f"{thing}:{lines[i] if i < len(lines) else 1}"
            out += [(_line(place), c) for c in _from_table(action, table, place)]
    return tuple(c for _, c in sorted(out, key=lambda pair: pair[0]))


def _line(place: str) -> int:
    return int(place.rpartition(":")[2])


def _lines_of(text: str, action: str) -> Iterator[int]:
    header = re.compile(rf"\s*\[\[\s*{re.escape(action)}\s*\]\]")
    return (n for n, line in enumerate(text.splitlines(), 1) if header.match(line))


def _line_of_key(text: str, key: str) -> int:
    start = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b")
    return next((n for n, line in enumerate(text.splitlines(), 1) if start.match(line)), 1)


def _from_table(action: Action, table: Mapping[str, Any], place: str) -> Iterator[Correction]:
    needed, allowed = _KEYS[action]
    missing = sorted(needed - table.keys())
    if missing:
        raise CorrectionsError(place, f"[[{action}]] lacks “{missing[0]}”", _REMEDY)
    unknown = sorted(table.keys() - needed - allowed - {"article"})
    if unknown:
        known = ", ".join(sorted(needed | allowed | {"article"}))
        raise CorrectionsError(place, f"[[{action}]] has an unknown key “{unknown[0]}”", f"it takes {known}")
    names = _texts(
        table, {"merge": "names", "alias": "aliases", "speaker": "quote"}.get(action, "name"), place
    )
    to: tuple[str, ...] = ()
    if action == "merge":
        kept = _texts(table, "name", place) if "name" in table else names[:1]
        names = tuple(dict.fromkeys((*kept, *names)))
        to = kept
        if len(names) < 2:
            raise CorrectionsError(place, "[[merge]] needs two names", 'write names = ["…", "…"]')
    elif action == "alias":
        to = _texts(table, "name", place)
    elif action in ("split", "rename", "speaker"):
        to = _texts(table, {"split": "into", "rename": "to", "speaker": "speaker"}[action], place)
    kind = _type(action, _one_text(table, "type", place), place)
    mentions = _texts(table, "mentions", place) if action == "split" else ()
    article = _one_text(table, "article", place)
    for some in _each(action, names):
        yield Correction(action, some, to, mentions, kind, article, place)


def _each(action: Action, names: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """The names that one correction takes: what is left out or retyped is so one by one."""
    return [(name,) for name in dict.fromkeys(names)] if action in ("ignore", "retype") else [names]


def _texts(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = table[key]
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(v, str) for v in values):
        raise CorrectionsError(place, f"“{key}” is no text", "write it between quotation marks")
    if not all(v.strip() for v in values) or not values:
        what = "words of the article" if key in ("quote", "mentions") else "a name"
        raise CorrectionsError(place, f"“{key}” is empty", f"write {what} there")
    return tuple(v.strip() for v in values)


def _one_text(table: Mapping[str, Any], key: str, place: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        remedy = f'write one text, {key} = "…"; what holds for several takes a table for each'
        raise CorrectionsError(place, f"“{key}” is no text", remedy)
    return value.strip()


def _type(action: Action, kind: str, place: str) -> str:
    allowed: tuple[str, ...] = get_args(SpeakerType) if action == "speaker" else get_args(EntityType)
    if kind and kind not in allowed:
        raise CorrectionsError(place, f"unknown type “{kind}”", f"use one of {', '.join(allowed)}")
    return kind


def parse_csv(text: str, *, thing: str) -> tuple[Correction, ...]:
    """Parse corrections in CSV with the columns action, name, to, mention, type, article.

    `merge` and `alias` rows put the name to go into `name` and the one to keep into `to`; `speaker`
    rows put words of the quotation into `name`. Several values in a cell are parted by semicolons.

    Raises:
        CorrectionsError: the header or a row is malformed.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    header = [h.strip() for h in rows.fieldnames or ()]
    if "action" not in header or "name" not in header or set(header) - set(COLUMNS):
        raise CorrectionsError(f"{thing}:1", "the header is not right", f"begin with {','.join(COLUMNS)}")
    rows.fieldnames = header
    out: list[Correction] = []
    for row in rows:
        place = f"{thing}:{rows.line_num}"
        if None in row:
            raise CorrectionsError(place, "more cells than the header has", "put cells with commas in marks")
        cells = {k: (v or "").strip() for k, v in row.items()}
        if any(cells.values()) and not cells["action"].startswith("#"):
            out += _from_row(cells, place)
    return tuple(out)


def _from_row(cells: Mapping[str, str], place: str) -> Iterator[Correction]:
    action = cells["action"]
    if action not in ACTIONS:
        raise CorrectionsError(place, f"unknown correction “{action}”", f"use one of {', '.join(ACTIONS)}")
    names, to = _parts(cells["name"]), _parts(cells.get("to", ""))
    if action == "speaker":
        names = (cells["name"],) if cells["name"] else ()
    if not names:
        raise CorrectionsError(place, "the name is empty", "fill the column “name”")
    kind = _type(action, cells.get("type", ""), place)
    if action in ("merge", "split", "rename", "speaker", "alias") and not to:
        raise CorrectionsError(place, f"“{action}” needs the column “to”", "write there the name to keep")
    if action == "retype" and not kind:
        kind = _type(action, "; ".join(to), place)
        if not kind:
            raise CorrectionsError(place, "“retype” needs the column “type”", "write PERSON, ORG or PLACE")
    mentions = _parts(cells.get("mention", ""))
    if action == "split" and not mentions:
        raise CorrectionsError(place, "“split” needs the column “mention”", "write there the words around it")
    if action == "merge":
        names = tuple(dict.fromkeys((*to[:1], *names)))
    for some in _each(action, names):
        yield Correction(action, some, to, mentions, kind, cells.get("article", ""), place)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
