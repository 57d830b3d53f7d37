from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import pytest
from test_applying import REPORT

from onrecord.corrections import apply_corrections, parse_toml, starting_file
from onrecord.errors import CorrectionsError
from onrecord.schema import Report

HOSTILE = [
    "line\nbreak = 1",
    "carriage\r[[x]]",
    "next\x85line",
    "separator\u2028line",
    "escape\x1b[2J",
    "delete\x7f",
    "c1\x9b5m",
    "null\x00",
    "override\u202egro.live",
    "isolate\u2066x\u2069",
    "tag\U000e0041",
    'mark "quoted" \\u0041',
]
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff]"
)


def plain(text: str) -> str:
    """What a user has who takes away the # of all that was found."""
    tail = text[text.index("# --- ") :]
    return "\n".join(line.lstrip("# ") for line in tail.splitlines() if "=" in line or "[[" in line)


def named(name: str) -> Report:
    anna, short = REPORT.entities
    speaker = replace(REPORT.quotes[1].speakers[0], name=name)
    return replace(
        REPORT,
        article=replace(REPORT.article, id=name),
        entities=(replace(anna, name=name, aliases=(name,)), short),
        quotes=(REPORT.quotes[0], replace(REPORT.quotes[1], speakers=(speaker,))),
    )


def test_the_starting_file_is_all_comments_and_works_without_them() -> None:
    text = starting_file([REPORT])
    assert all(line.startswith("#") or not line for line in text.splitlines())
    assert parse_toml(text, thing="t") == ()
    found = parse_toml(plain(text), thing="t")
    assert [c.action for c in found] == ["merge", "speaker"]
    assert apply_corrections(REPORT, found).used == found


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_out_of_its_comment(name: str) -> None:
    report = named(name)
    text = starting_file([report])
    assert not UNSAFE.search(text)
    assert all(line.startswith("#") or not line for line in text.splitlines())
    assert tomllib.loads(text) == {}
    lines = [line for line in text.splitlines() if re.match(r"#\s+(names|article|speaker) = ", line)]
    values = tomllib.loads("\n".join(["[[merge]]", *(line.lstrip("# ") for line in lines[-4:-2])]))
    assert values["merge"][0] == {"names": [name, "A. Berg"], "article": name}


def test_half_a_character_is_replaced() -> None:
    text = starting_file([named("half\ud800")])
    assert tomllib.loads(text) == {}
    text.encode("utf-8")


def test_a_quotation_without_a_speaker_asks_for_one() -> None:
    text = starting_file([replace(REPORT, quotes=(REPORT.quotes[0], replace(REPORT.quotes[1], speakers=())))])
    assert tomllib.loads(text) == {}
    with pytest.raises(CorrectionsError, match="“speaker” is empty; write a name"):
        parse_toml(plain(text), thing="t")
