"""Corrections on the command line: found, applied, told, refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from reports import TEXT
from stubs import call

from onrecord.cli import exits

RENAME = '[[rename]]\nname = "Maren Lindqvist"\nto = "Maren Lindqvist-Okoye"\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    return tmp_path


def names(out: str) -> set[str]:
    report = json.loads(out)
    return {e["name"] for e in report["entities"]} | {
        s["name"] for q in report["quotes"] for s in q["speakers"]
    }


def test_the_file_beside_the_article_is_honoured(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    done = call(["harbour.txt", "-f", "json"])
    assert done.status == exits.FINE
    assert "Maren Lindqvist-Okoye" in names(done.out)
    assert "Maren Lindqvist" not in names(done.out)
    assert "corrected" in {w["code"] for w in json.loads(done.out)["warnings"]}


def test_a_named_file_wins_over_the_one_beside(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    (desk / "other.toml").write_text(RENAME.replace("Okoye", "Rossi"), "utf-8")
    done = call(["harbour.txt", "-f", "json", "--corrections", "other.toml"])
    assert "Maren Lindqvist-Rossi" in names(done.out)


def test_corrections_can_be_left_out(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    assert "Maren Lindqvist" in names(call(["harbour.txt", "-f", "json", "--no-corrections"]).out)


def test_what_matches_nothing_is_listed(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME + '\n[[ignore]]\nname = "Nobody Here"\n', "utf-8")
    done = call(["harbour.txt", "-f", "json"])
    assert "onrecord.toml:5: ignore Nobody Here matches nothing" in done.err
    assert "Maren" not in done.err


def test_a_malformed_file_is_refused_with_its_line(desk: Path) -> None:
    (desk / "bad.toml").write_text('\n[[rename]]\nnme = "x"\n', "utf-8")
    done = call(["harbour.txt", "--corrections", "bad.toml"])
    assert done.status == exits.USAGE
    assert "bad.toml:2" in done.err
    assert done.out == ""


def test_a_missing_file_is_named(desk: Path) -> None:
    done = call(["harbour.txt", "--corrections", "none.toml"])
    assert done.status == exits.USAGE
    assert "none.toml" in done.err


def test_the_starting_file_is_all_comments_and_reads_as_no_corrections(desk: Path) -> None:
    done = call(["extract", "harbour.txt", "--write-corrections"])
    assert done.status == exits.FINE
    assert "# PERSON Maren Lindqvist" in done.out
    assert tomllib.loads(done.out) == {}


def test_a_starting_file_never_overwrites(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    done = call(["extract", "harbour.txt", "--write-corrections", "-o", "onrecord.toml"])
    assert done.status == exits.USAGE
    assert (desk / "onrecord.toml").read_text("utf-8") == RENAME
