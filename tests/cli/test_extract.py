from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from reports import TEXT
from stubs import Office, call

from onrecord.cli import exits


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    (tmp_path / "other.txt").write_text("Nothing much happened on Monday.\n", "utf-8")
    return tmp_path


def test_the_page_is_what_happens_without_a_command(desk: Path) -> None:
    done = call(["harbour.txt"])
    assert done.status == exits.FINE
    assert done.out.startswith("Harbour tunnel is two years late, auditors find\n")
    assert "\x1b" not in done.out
    assert done.err == ""
    assert call(["extract", "harbour.txt"]).out == done.out


def test_one_pipeline_for_all_files(desk: Path) -> None:
    done = call(["harbour.txt", "other.txt", "."])
    assert done.office.loads == [(None, True)]
    assert done.office.batches == [["harbour", "other"]]


def test_reading_options_reach_the_pipeline(desk: Path) -> None:
    done = call(["harbour.txt", "--model", "en_core_web_md", "--no-encoder"])
    assert done.office.loads == [("en_core_web_md", False)]


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "md", "page"])
def test_formats(desk: Path, name: str) -> None:
    done = call(["harbour.txt", "-f", name])
    assert done.status == exits.FINE
    assert "Maren Lindqvist" in done.out


def test_json_of_many_is_a_list(desk: Path) -> None:
    assert len(json.loads(call(["harbour.txt", "other.txt", "-f", "json"]).out)) == 2
    assert json.loads(call(["harbour.txt", "-f", "json"]).out)["article"]["id"] == "harbour"


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "xlsx", "md", "html", "db", "txt"])
def test_files_by_suffix(desk: Path, suffix: str) -> None:
    done = call(["harbour.txt", "other.txt", "-o", f"out.{suffix}"])
    assert done.status == exits.FINE
    assert done.out == ""
    assert done.err == f"Wrote out.{suffix}: 2 articles.\n"
    assert (desk / f"out.{suffix}").stat().st_size > 0
    assert not [p for p in desk.iterdir() if p.name.startswith(".")]
    assert call(["harbour.txt", "-o", f"out.{suffix}", "--quiet"]).err == ""


def test_files_open(desk: Path) -> None:
    call(["harbour.txt", "-o", "out.xlsx"])
    assert openpyxl.load_workbook("out.xlsx")["Quotes"].max_row == 11
    call(["harbour.txt", "-o", "out.db"])
    with closing(sqlite3.connect("out.db")) as db:
        assert db.execute("SELECT count(*) FROM quotes").fetchone() == (10,)
    call(["harbour.txt", "-o", "out.csv"])
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle,")
    call(["harbour.txt", "-o", "page.txt", "--width", "60"])
    assert max(map(len, Path("page.txt").read_text("utf-8").splitlines())) <= 60


def test_a_failed_run_leaves_the_old_file(desk: Path) -> None:
    (desk / "out.json").write_text("old")
    (desk / "bad.txt").write_text("interrupt")
    assert call(["bad.txt", "-o", "out.json"]).status == exits.INTERRUPTED
    assert (desk / "out.json").read_text() == "old"
    assert not [p for p in desk.iterdir() if p.name.startswith(".")]


def test_only_and_all_modes(desk: Path) -> None:
    people = call(["harbour.txt", "--only", "people"]).out
    assert "PEOPLE" in people
    assert "WHO SAYS WHAT" not in people
    both = call(["harbour.txt", "--only", "people,quotes", "--only", "claims"]).out
    assert "WHO SAYS WHAT" in both
    assert "WORTH CHECKING" in both
    assert "ORGANISATIONS" not in both
    assert "q9" in call(["harbour.txt", "--all-modes"]).out


def test_width_and_color(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert max(map(len, call(["harbour.txt"]).out.splitlines())) <= 80
    wide = call(["harbour.txt"], terminal=True)
    assert "\x1b[1m" in wide.out
    assert max(map(len, wide.out.splitlines())) > 120
    for plain in (
        call(["harbour.txt", "--no-color"], terminal=True),
        call(["harbour.txt"], terminal=True, env={"NO_COLOR": "1"}),
        call(["harbour.txt"], terminal=True, env={"TERM": "dumb"}),
    ):
        assert "\x1b" not in plain.out
        assert plain.out == call(["harbour.txt", "--width", "140"]).out


def test_progress_on_a_terminal_only(desk: Path) -> None:
    assert "Loading" in call(["harbour.txt"], terminal=True).err
    assert call(["harbour.txt"], terminal=True).err.endswith("\r\x1b[K")
    assert call(["harbour.txt", "--quiet"], terminal=True).err == ""


def test_verbose_tells_times_and_what_was_left_out(desk: Path) -> None:
    (desk / "photo.jpg").write_bytes(b"x")
    err = call([".", "--verbose"]).err
    assert "Loaded the pipeline" in err
    assert "photo.jpg: left out" in err


def test_a_missing_file_does_not_stop_the_others(desk: Path) -> None:
    done = call(["harbor.txt", "harbour.txt"])
    assert done.status == exits.SOME_FAILED
    assert "Maren Lindqvist" in done.out
    assert done.err.splitlines() == [
        "Failed: 1 input; the rest is done.",
        "onrecord: harbor.txt: no such file",
        "  did you mean harbour.txt?",
    ]


def test_a_file_named_without_its_suffix(desk: Path) -> None:
    assert "did you mean harbour.txt?" in call(["harbour"]).err


def test_a_missing_file_alone_is_told_without_loading_anything(desk: Path) -> None:
    done = call(["nowhere.txt"])
    assert done.status == exits.SOME_FAILED
    assert done.office.loads == []
    assert "nowhere.txt: no such file" in done.err


def test_an_article_that_breaks_the_analyzer(desk: Path) -> None:
    (desk / "bad.txt").write_text("This one goes boom.\n")
    done = call(["other.txt", "bad.txt", "harbour.txt", "-f", "jsonl"])
    assert done.status == exits.SOME_FAILED
    assert [json.loads(line)["article"]["id"] for line in done.out.splitlines()] == ["other", "harbour"]
    assert "bad.txt: could not be analyzed (ValueError: boom)" in done.err
    assert "Traceback" not in done.err
    with pytest.raises(ValueError, match="boom"):
        call(["bad.txt", "--debug"])


def test_an_interrupt(desk: Path) -> None:
    (desk / "bad.txt").write_text("interrupt here\n")
    done = call(["bad.txt"])
    assert done.status == exits.INTERRUPTED
    assert done.err == "onrecord: interrupted\n"


def test_no_pipeline(desk: Path) -> None:
    done = call(["harbour.txt"], office=Office(installed=False))
    assert done.status == exits.USAGE
    assert done.err == "onrecord: base pipeline: not installed\n  type: pip install it\n"


def test_an_empty_folder(desk: Path) -> None:
    (desk / "empty").mkdir()
    done = call(["empty"])
    assert done.status == exits.FINE
    assert done.err == "onrecord: no article found there\n"


USAGE = {
    "no format": (["harbour.txt", "-f", "jsn"], "did you mean json?"),
    "a file's format on the screen": (["harbour.txt", "-f", "xlsx"], "type: -o report.xlsx"),
    "no section": (["harbour.txt", "--only", "quote"], "did you mean quotes?"),
    "no confidence": (["harbour.txt", "--min-confidence", "2"], "from 0 to 1"),
    "no width": (["harbour.txt", "--width", "5"], "from 20"),
    "no suffix": (["harbour.txt", "-o", "out.xls"], "did you mean out.xlsx?"),
    "no folder": (["harbour.txt", "-o", "there/out.csv"], "mkdir -p there"),
    "a folder": (["harbour.txt", "-o", "."], "is a folder"),
    "no option": (["harbour.txt", "--formt", "csv"], "did you mean --format?"),
    "two tables": (["harbour.txt", "-f", "csv", "--only", "quotes,claims"], "-o report.xlsx"),
    "no command": (["explian", "harbour.txt", "q1"], "did you mean: onrecord explain?"),
    "nothing": ([], "usage: onrecord"),
    "no file": (["extract"], "ARTICLE"),
}


@pytest.mark.parametrize("case", USAGE)
def test_usage(desk: Path, case: str) -> None:
    words, remedy = USAGE[case]
    done = call(words)
    assert done.status == exits.USAGE
    assert remedy in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_commands_not_written_yet_do_not_exist(desk: Path) -> None:
    done = call(["check", "draft.txt", "--against", "harbour.txt"])
    assert done.status == exits.USAGE
    assert call(["archive"]).status == exits.SOME_FAILED


def test_messages_cannot_command_the_terminal(desk: Path) -> None:
    done = call(["no\x1b[2Jfile.txt"])
    assert "\x1b" not in done.err
    assert "no␛[2Jfile.txt" in done.err
