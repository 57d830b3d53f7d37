"""What `-o` must not destroy, and what is told when nothing can be written."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reports import TEXT
from stubs import Office, call

from onrecord.cli import exits
from onrecord.cli.saving import new_file
from onrecord.errors import OutputError


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    (tmp_path / "bad.txt").write_text("This one goes boom.\n", "utf-8")
    return tmp_path


def hidden(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.xlsx", "out.db", "out.html"])
@pytest.mark.parametrize("article", ["nowhere.txt", "bad.txt"])
def test_where_every_input_fails_the_old_file_stays(desk: Path, name: str, article: str) -> None:
    assert call([article, "-o", name]).status == exits.SOME_FAILED
    assert not (desk / name).exists()
    (desk / name).write_text("old", "utf-8")
    assert call([article, "-o", name]).status == exits.SOME_FAILED
    assert (desk / name).read_text("utf-8") == "old"
    assert hidden(desk) == []


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.xlsx", "out.db", "out.html"])
def test_where_no_article_is_found_the_old_file_stays(desk: Path, name: str) -> None:
    (desk / "empty").mkdir()
    (desk / "empty" / "photo.jpg").write_bytes(b"x")
    for old in (None, "old"):
        done = call(["empty", "-o", name])
        assert done.status == exits.FINE
        assert done.err == "onrecord: empty: no article found there\n  --verbose tells what was left out\n"
        assert (desk / name).exists() is (old is not None)
        (desk / name).write_text("old", "utf-8")
    assert (desk / name).read_text("utf-8") == "old"
    assert hidden(desk) == []


def test_a_folder_that_may_not_be_read_is_a_failure(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may read any folder, hence no chmod.
    (desk / "locked").mkdir()
    (desk / "out.xlsx").write_text("old", "utf-8")
    listed = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self.name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    told = (
        "onrecord: locked: a folder that cannot be read (Permission denied)\n"
        "  change its permissions or copy its files to your folder\n"
    )
    done = call(["locked", "-o", "out.xlsx"])
    assert (done.status, done.err) == (exits.SOME_FAILED, told)
    assert (desk / "out.xlsx").read_text("utf-8") == "old"
    done = call(["locked", "harbour.txt", "--quiet"])
    assert done.status == exits.SOME_FAILED
    assert "Maren Lindqvist" in done.out
    assert done.err == f"Failed: 1 input; the rest is done.\n{told}"


def test_where_some_inputs_fail_the_file_is_written(desk: Path) -> None:
    (desk / "out.csv").write_text("old", "utf-8")
    assert call(["bad.txt", "harbour.txt", "-o", "out.csv"]).status == exits.SOME_FAILED
    assert "Maren Lindqvist" in (desk / "out.csv").read_text("utf-8")


def test_a_corrections_file_of_nothing_is_not_written(desk: Path) -> None:
    (desk / "empty").mkdir()
    for article, status in (("nowhere.txt", exits.SOME_FAILED), ("empty", exits.FINE)):
        done = call(["extract", article, "--write-corrections", "-o", "onrecord.toml"])
        assert done.status == status
        assert "Wrote" not in done.err
        assert not (desk / "onrecord.toml").exists()


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["harbour.txt", "-o", "harbour.txt"], "harbour.txt"),
        (["harbour.txt", "-o", "./harbour.txt", "-f", "page"], "harbour.txt"),
        (["bad.txt", "*.txt", "-o", "harbour.txt"], "harbour.txt"),
        ([".", "-o", "harbour.txt"], "harbour.txt"),
        (["harbour.txt", "-o", "link.txt"], "link.txt"),
        (["harbour.txt", "-o", "names.csv", "--corrections", "names.csv"], "names.csv"),
    ],
)
def test_an_input_is_never_written_over(desk: Path, words: list[str], file: str) -> None:
    (desk / "names.csv").write_text("action,name,to\n", "utf-8")
    (desk / "link.txt").symlink_to("harbour.txt")
    done = call(words)
    assert done.status == exits.USAGE
    assert done.err == f"onrecord: {file}: is one of the files to read\n  name another file: -o new-{file}\n"
    assert done.office.loads == []
    assert (desk / "harbour.txt").read_text("utf-8") == TEXT


def test_a_file_that_is_not_read_may_be_written_over(desk: Path) -> None:
    (desk / "out.xlsx").write_text("old", "utf-8")
    assert call(["harbour.txt", ".", "-o", "out.xlsx"]).status == exits.SOME_FAILED
    assert (desk / "out.xlsx").read_bytes() != b"old"


@pytest.mark.parametrize(
    ("form", "name", "right"),
    [
        ("csv", "out.xlsx", "out.csv"),
        ("json", "out.jsonl", "out.json"),
        ("jsonl", "out.json", "out.jsonl"),
        ("factcheck", "out.txt", "out.factcheck.md"),
        ("db", "out.htm", "out.db"),
    ],
)
def test_a_suffix_of_another_format_is_refused(desk: Path, form: str, name: str, right: str) -> None:
    done = call(["harbour.txt", "-f", form, "-o", name])
    assert done.status == exits.USAGE
    assert f"onrecord: {name}: its suffix asks for " in done.err
    assert done.err.endswith(f", not {form}\n  leave out -f {form}, or type: -o {right}\n")
    assert not (desk / name).exists()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("csv", "out.tab"),
        ("json", "out"),
        ("factcheck", "out.md"),
        ("html", "out.htm"),
        ("jsonl", "out.NDJSON"),
    ],
)
def test_a_suffix_that_agrees_or_says_nothing_is_taken(desk: Path, form: str, name: str) -> None:
    assert call(["harbour.txt", "-f", form, "-o", name]).status == exits.FINE
    assert (desk / name).stat().st_size > 0


@pytest.mark.parametrize(
    "words", [["-o", "there/out.csv"], ["--write-corrections", "-o", "there/onrecord.toml"]]
)
def test_a_missing_folder_is_told_before_any_work(desk: Path, words: list[str]) -> None:
    done = call(["extract", "harbour.txt", *words])
    assert done.status == exits.USAGE
    assert done.err == f"onrecord: {words[-1]}: there is no folder there\n  type: mkdir -p there\n"
    assert done.office.loads == []


FULL = """
import resource, signal, sys
sys.path[:0] = {path!r}
from stubs import Office
from onrecord.cli.main import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
sys.exit(run({words!r}, services=Office().services()))
"""
"""A process that may write no file longer than 300 bytes: to it every disk is full."""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize(
    "words",
    [
        *(["-o", f"out.{suffix}"] for suffix in ("csv", "json", "html", "xlsx", "db")),
        ["--write-corrections", "-o", "out.toml"],
    ],
    ids=lambda words: words[-1],
)
def test_a_full_disk(desk: Path, words: list[str]) -> None:
    name = words[-1]
    if name != "out.toml":
        (desk / name).write_text("old", "utf-8")
    here = Path(__file__).parent
    program = FULL.format(path=[str(here), str(here.parent)], words=["extract", "harbour.txt", *words])
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
    # After the message the libraries behind a workbook complain of what they could not close.
    assert "Traceback" not in done.stderr or name == "out.xlsx"
    assert done.stderr.startswith(f"onrecord: {name}: cannot be written (")
    assert f"  free some space on its disk, or choose another: -o ~/{name}\n" in done.stderr
    assert done.returncode == exits.USAGE
    assert hidden(desk) == []
    if name != "out.toml":
        assert (desk / name).read_text("utf-8") == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_standard_output_that_is_full() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "completion", "bash"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == exits.USAGE
    assert done.stderr == (
        "onrecord: standard output: cannot be written (No space left on device)\n"
        "  free some space on its disk, or send it elsewhere\n"
    )


def test_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"out\.db: cannot be written \(disk I/O error\)"),
        new_file(tmp_path / "out.db"),
    ):
        raise sqlite3.OperationalError("disk I/O error")


class Unreadable(Office):
    def load(self, model: str | None, *, encoder: bool) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied", "model/config.cfg")


def test_an_error_about_another_file_is_not_taken_for_one_about_the_output(desk: Path) -> None:
    for words in (["harbour.txt", "-o", "out.csv"], ["harbour.txt"]):
        done = call(words, office=Unreadable())
        assert done.status == exits.USAGE
        assert done.err == (
            "onrecord: model/config.cfg: cannot be read or written (Permission denied)\n"
            "  check the path, its permissions and the disk\n"
        )
        with pytest.raises(PermissionError):
            call([*words, "--debug"], office=Unreadable())
    assert hidden(desk) == []


def test_a_file_that_may_not_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Access is denied", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with (
        pytest.raises(OutputError, match=r"out\.csv: cannot be replaced \(Access is denied\); close it"),
        new_file(tmp_path / "out.csv"),
    ):
        pass
    assert hidden(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_of_somebody_else(desk: Path) -> None:
    (desk / "locked").mkdir(mode=0o500)
    done = call(["harbour.txt", "-o", "locked/out.csv"])
    assert done.status == exits.USAGE
    assert "choose a folder that is yours: -o ~/out.csv" in done.err
