from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reports import HARBOUR, TEXT
from stubs import Office, call

from onrecord.cli import exits
from onrecord.errors import FaultError, LexiconError
from onrecord.readers.source import Source
from onrecord.schema import Article, Report


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


def test_a_name_too_long_does_not_stop_the_others(desk: Path) -> None:
    done = call(["x" * 300, "harbour.txt"])
    assert done.status == exits.SOME_FAILED
    assert "Maren Lindqvist" in done.out
    assert "too long" in done.err


def test_an_empty_name_is_not_the_folder_one_is_in(desk: Path) -> None:
    done = call([""])
    assert done.status == exits.USAGE
    assert done.out == ""
    assert "an empty name; type . for the folder you are in" in done.err


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


def test_a_file_that_breaks_its_reader(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: Source, *, encoding: str | None) -> Iterator[Article]:
        raise ZeroDivisionError("no pages")

    monkeypatch.setattr("onrecord.readers.markdown.read", broken)
    (desk / "bad.md").write_text("# Rain\n")
    done = call(["bad.md", "harbour.txt"])
    assert done.status == exits.SOME_FAILED
    assert "Maren Lindqvist" in done.out
    assert done.err.splitlines()[1:] == [
        "onrecord: bad.md: could not be read (ZeroDivisionError: no pages)",
        "  this is a fault of onrecord: add --debug and report what it says",
    ]
    with pytest.raises(FaultError) as caught:
        call(["bad.md", "--debug"])
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_what_nobody_foresaw_is_told_without_a_traceback(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no pages")

    monkeypatch.setattr("onrecord.cli.extract._print", broken)
    done = call(["harbour.txt"])
    assert done.status == exits.USAGE
    assert done.err.startswith("onrecord: could not go on (ZeroDivisionError: no pages)\n")
    with pytest.raises(ZeroDivisionError):
        call(["harbour.txt", "--debug"])


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
    assert done.err == "onrecord: empty: no article found there\n  --verbose tells what was left out\n"


def test_an_article_that_breaks_the_analyzer_is_told_with_its_id(desk: Path) -> None:
    lines = [{"text": "Nothing much happened."}, {"id": "a7", "text": "Here it goes boom."}]
    (desk / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    done = call(["many.jsonl"])
    assert done.status == exits.SOME_FAILED
    assert "onrecord: many.jsonl (many#a7): could not be analyzed (ValueError: boom)\n" in done.err


def test_an_article_that_an_error_of_our_own_stops(desk: Path) -> None:
    class Broken(Office):
        def analyze(self, loaded: Any, articles: Iterable[Article]) -> Iterator[Report]:
            raise LexiconError("cues.toml:3", "is no list", "type: pip install --force-reinstall onrecord")

    done = call(["harbour.txt"], office=Broken())
    assert done.status == exits.SOME_FAILED
    assert done.err == (
        "onrecord: harbour.txt: could not be analyzed (cues.toml:3: is no list)\n"
        "  type: pip install --force-reinstall onrecord\n"
    )


GUESSED = "cafe.txt: encoding guessed as Windows-1252; if names look wrong, give --encoding\n"


@pytest.mark.parametrize("form", ["csv", "factcheck", "jsonld"])
def test_warnings_go_to_standard_error_where_the_output_has_no_place(desk: Path, form: str) -> None:
    (desk / "cafe.txt").write_bytes("Ines Caf\xe9 said so.\n".encode("windows-1252"))
    (desk / "many.jsonl").write_text('{"text": "One."}\nnothing\n{"text": "Two."}\n', "utf-8")
    words = ["cafe.txt", "many.jsonl", "-f", form]
    assert call(words).err == f"{GUESSED}many.jsonl: no article in line 2\n"
    assert call([*words, "--quiet"]).err == ""


@pytest.mark.parametrize("form", ["page", "json", "jsonl", "md"])
def test_warnings_are_told_once_where_the_output_shows_them(desk: Path, form: str) -> None:
    class Whole(Office):
        def analyze(self, loaded: Any, articles: Iterable[Article]) -> Iterator[Report]:
            return (Report(a, HARBOUR.onrecord) for a in articles)

    (desk / "cafe.txt").write_bytes("Ines Caf\xe9 said so.\n".encode("windows-1252"))
    done = call(["cafe.txt", "-f", form], office=Whole())
    assert done.err == ""
    assert "encoding guessed" in done.out


USAGE = {
    "a file's format on the screen": (["harbour.txt", "-f", "xlsx"], "type: -o report.xlsx"),
    "no confidence": (["harbour.txt", "--min-confidence", "2"], "from 0 to 1"),
    "no suffix": (["harbour.txt", "-o", "out.xls"], "did you mean out.xlsx?"),
    "no folder": (["harbour.txt", "-o", "there/out.csv"], "mkdir -p there"),
    "a folder": (["harbour.txt", "-o", "."], "is a folder"),
    "a sheet without claims": (["harbour.txt", "-f", "factcheck", "--only", "quotes"], "type: --only claims"),
    "JSON-LD without claims": (["harbour.txt", "-f", "jsonld", "--only", "people"], "type: --only claims"),
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


EXTRACT_HELP = "type: onrecord extract --help"
WHOLE = {
    "no section": (
        ["extract", "x", "--only", "quote"],
        f"--only: there is no section quote; did you mean quotes?\n  {EXTRACT_HELP}",
    ),
    "no format": (
        ["x", "-f", "jsn"],
        f"-f/--format: there is no format jsn; did you mean json?\n  {EXTRACT_HELP}",
    ),
    "no width": (
        ["x", "--width", "5"],
        f"--width: 5 is not a whole number from 20 to 1000\n  {EXTRACT_HELP}",
    ),
    "no value": (["x", "-f"], f"-f/--format: expected one argument\n  {EXTRACT_HELP}"),
    "no option": (
        ["x", "--formt", "csv"],
        f"unrecognized arguments: --formt csv\n  did you mean --format? {EXTRACT_HELP}",
    ),
    "another command's option": (
        ["explain", "x", "q1", "--formt", "csv"],
        "unrecognized arguments: --formt csv\n  type: onrecord explain --help",
    ),
    "too few": (
        ["explain", "x"],
        "the following arguments are required: ID\n  type: onrecord explain --help",
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_what_is_told_of_options(desk: Path, case: str) -> None:
    words, told = WHOLE[case]
    done = call(words)
    assert done.status == exits.USAGE
    assert done.err == f"onrecord: {told}\n"


def test_help_of_a_command_shows_its_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["extract", "--help"]).status == exits.FINE
    assert capsys.readouterr().out.startswith("usage: onrecord extract [-h]")


def test_commands_not_written_yet_do_not_exist(desk: Path) -> None:
    done = call(["check", "draft.txt", "--against", "harbour.txt"])
    assert done.status == exits.USAGE
    assert call(["archive"]).status == exits.SOME_FAILED


def test_messages_cannot_command_the_terminal(desk: Path) -> None:
    done = call(["no\x1b[2Jfile.txt"])
    assert "\x1b" not in done.err
    assert "no␛[2Jfile.txt" in done.err
