"""Corrections on the command line: found, applied, told, refused."""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path

import pytest
from golden_files import check
from reports import TEXT
from stubs import call

from onrecord.cli import exits

RENAME = '[[rename]]\nname = "Maren Lindqvist"\nto = "Maren Lindqvist-Okoye"\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    return tmp_path


SPLIT = '[[split]]\nname = "Tomas Rey"\nmentions = ["He called"]\ninto = "Ana Rey"\n'


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


def test_of_several_names_each_is_left_out_or_listed(desk: Path) -> None:
    (desk / "people.csv").write_text('action,name\nignore,"Tomas Rey; Nobody; Maren Lindqvist"\n', "utf-8")
    done = call(["harbour.txt", "-f", "json", "--corrections", "people.csv"])
    left = {e["name"] for e in json.loads(done.out)["entities"]}
    assert not left & {"Tomas Rey", "Maren Lindqvist"}
    assert done.err == "onrecord: people.csv:2: ignore Nobody matches nothing\n"


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


def test_the_file_above_the_working_folder_is_honoured(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "week").mkdir()
    (desk / "harbour.txt").rename(desk / "week" / "harbour.txt")
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    monkeypatch.chdir(desk / "week")
    assert "Maren Lindqvist-Okoye" in names(call(["harbour.txt", "-f", "json"]).out)


def test_standard_input_looks_in_the_working_folder(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert "Maren Lindqvist-Okoye" in names(call(["-", "-f", "json"]).out)


def test_no_folder_of_this_machine_gets_into_a_report(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    assert str(desk) not in call(["harbour.txt", "-f", "json"]).out


def test_explain_tells_what_the_corrected_page_tells(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME + SPLIT, "utf-8")
    done = call(["explain", "harbour.txt", "q4"])
    assert done.status == exits.FINE
    check("explain_corrected.txt", done.out)
    assert "Maren Lindqvist-Okoye" in call(["explain", "harbour.txt", "e1"]).out


def test_explain_finds_what_a_split_made(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(SPLIT, "utf-8")
    made = [e["id"] for e in json.loads(call(["harbour.txt", "-f", "json"]).out)["entities"]][-1]
    done = call(["explain", "harbour.txt", made])
    assert done.status == exits.FINE
    assert "Ana Rey" in done.out


def test_explain_takes_the_options_of_extract(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    (desk / "other.toml").write_text(RENAME.replace("Okoye", "Rossi"), "utf-8")
    assert "Lindqvist-Rossi" in call(["explain", "harbour.txt", "e1", "--corrections", "other.toml"]).out
    plain = call(["explain", "harbour.txt", "e1", "--no-corrections"]).out
    assert "Lindqvist-" not in plain
    assert "CORRECTED" not in plain
    assert "none.toml" in call(["explain", "harbour.txt", "e1", "--corrections", "none.toml"]).err


def test_explain_names_the_ids_that_corrections_leave(desk: Path) -> None:
    (desk / "onrecord.toml").write_text('[[ignore]]\nname = "2021"\n', "utf-8")
    done = call(["explain", "harbour.txt", "e10"])
    assert done.status == exits.USAGE
    assert "e1 to e9" in done.err


def test_a_saved_report_is_explained_as_it_was_corrected(desk: Path) -> None:
    (desk / "onrecord.toml").write_text(RENAME, "utf-8")
    (desk / "report.json").write_text(call(["harbour.txt", "-f", "json"]).out, "utf-8")
    (desk / "onrecord.toml").write_text("", "utf-8")
    done = call(["explain", "report.json", "e1"])
    assert "Maren Lindqvist-Okoye" in done.out
    assert "CORRECTED IN THIS ARTICLE" in done.out
    refused = call(["explain", "report.json", "e1", "--corrections", "onrecord.toml"])
    assert refused.status == exits.USAGE
    assert "name the article itself" in refused.err
