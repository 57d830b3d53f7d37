"""A commented file to start from: what was found, ready to be corrected."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator

from onrecord.schema import Entity, Quote, Report

_HEAD = """\
# Corrections for onrecord. Take the # away from what you need; the file is read on every run.
# `article` limits a correction to articles whose id or path fits a pattern, e.g. "council-*".
#
# [[merge]]                 # two entries are one; the first name is kept
# names = ["Anna Berg", "A. Berg"]
#
# [[split]]                 # some mentions belong to somebody else: give the words around them
# name = "Berg"
# mentions = ["Mrs. Berg"]
# into = "Karin Berg"
#
# [[rename]]
# name = "Berg"
# to = "Anna Berg"
#
# [[retype]]                # PERSON, ORG, PLACE, …
# name = "Berg"
# type = "PERSON"
#
# [[ignore]]
# name = "Read More"
#
# [[speaker]]               # found by words of the quotation
# quote = "the bridge will open"
# speaker = "Anna Berg"     # or several: ["Anna Berg", "Karl Holm"]
#
# [[alias]]                 # people of your beat: one spelling for all
# name = "Volodymyr Zelensky"
# aliases = ["Zelenskyy", "Zelenskiy"]
"""

_WORDS = 8
"""Words of a quotation that are shown to find it by."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of what commands a terminal, reorders a line, ends it or shows nothing."""

_OPEN_TYPES = ("PERSON", "ORG", "PLACE")


def starting_file(reports: Iterable[Report]) -> str:
    """A corrections file in TOML in which everything is a comment.

    It lists for each article the people, organisations and places with their aliases, who may be the same,
    and the quotations without a certain speaker.
    """
    parts = [_HEAD]
    for report in reports:
        lines = [*_entities(report), *_quotes(report)]
        if lines:
            parts.append("\n".join((f"# --- {_shown(report.article.id)}", *lines)) + "\n")
    return "\n".join(parts)


def _entities(report: Report) -> Iterator[str]:
    by_id = {e.id: e for e in report.entities}
    for e in report.entities:
        if e.type in _OPEN_TYPES:
            also = f"  also: {', '.join(map(_shown, e.aliases))}" if e.aliases else ""
            yield f"# {e.type} {_shown(e.name)}{also}"
            yield from _candidates(report, e, by_id)


def _candidates(report: Report, entity: Entity, by_id: dict[str, Entity]) -> Iterator[str]:
    for other in (by_id[i] for i in entity.candidates if i in by_id):
        yield "#   may be the same:"
        yield "#   [[merge]]"
        yield f"#   names = [{_text(other.name)}, {_text(entity.name)}]"
        yield f"#   article = {_text(report.article.id)}"


def _quotes(report: Report) -> Iterator[str]:
    for q in report.quotes:
        if "uncertain_speaker" in q.flags:
            yield "# [[speaker]]"
            yield f"# quote = {_text(_opening(q))}"
            if q.speakers:
                yield f"# speaker = {_text(q.speakers[0].name)}"
            else:
                yield '# speaker = ""  # write a name there'
            yield f"# article = {_text(report.article.id)}"


def _opening(quote: Quote) -> str:
    return " ".join(quote.content[0].text.split()[:_WORDS])


def _text(value: str) -> str:
    # A JSON string is a TOML basic string, but for a few characters that it may hold as they are.
    return _escaped(json.dumps(value, ensure_ascii=False))


def _shown(value: str) -> str:
    return _escaped(" ".join(value.split()))


def _escaped(text: str) -> str:
    return "".join(_code(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def _code(character: str) -> str:
    number = ord(character)
    if unicodedata.category(character) == "Cs":
        # Half a character has no code in TOML.
        return "\ufffd"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
