"""What a user names, and the files meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.readers import find_files, read_all
from onrecord.schema import Notice


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.txt",
        ".hidden.txt",
        "~$draft.docx",
        "notes",
        "sheet.xlsx",
        "z/c.md",
        "z/.git/d.txt",
        "m/e.HTML",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return tmp_path


def names(folder: Path, *paths: Path | str) -> list[str]:
    return [str(p.relative_to(folder)) if p != Path("-") else "-" for p in find_files(paths)]


def test_folder_is_walked_in_order(folder: Path) -> None:
    skipped: list[Notice] = []
    found = [str(p.relative_to(folder)) for p in find_files([folder], on_skip=skipped.append)]
    assert found == ["a.txt", "b.txt", "m/e.HTML", "notes", "z/c.md"]
    assert [n.code for n in skipped] == ["skipped_file"] and "sheet.xlsx" in skipped[0].message


def test_each_file_once(folder: Path) -> None:
    assert names(folder, folder / "b.txt", "-", folder, "-") == [
        "b.txt",
        "-",
        "a.txt",
        "m/e.HTML",
        "notes",
        "z/c.md",
    ]


def test_globs(folder: Path) -> None:
    assert names(folder, str(folder / "*.txt")) == ["a.txt", "b.txt"]
    assert names(folder, str(folder / "**" / "*.md")) == ["z/c.md"]


def test_file_with_glob_signs_in_its_name(folder: Path) -> None:
    (folder / "story [final].txt").write_text("x")
    assert names(folder, folder / "story [final].txt") == ["story [final].txt"]


def test_missing_and_unsupported_files_named_by_themselves_are_given(folder: Path) -> None:
    assert names(folder, folder / "none.txt", folder / "sheet.xlsx", folder / "no*.docx") == [
        "none.txt",
        "sheet.xlsx",
        "no*.docx",
    ]


def test_link_loops_end(folder: Path) -> None:
    (folder / "z" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "z" / "dead.txt").symlink_to(folder / "nowhere")
    assert names(folder, folder) == ["a.txt", "b.txt", "m/e.HTML", "notes", "z/c.md"]


def test_what_may_not_be_looked_at_is_given_and_fails_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a folder whose names may be listed, but no more; root may do anything, hence no chmod.
    look, closed = os.stat, folder / "z"

    def stat(path: Path, **more: bool) -> os.stat_result:
        if Path(path).parent == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, **more)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(Path, "stat", lambda self, **more: stat(self, **more))
    assert names(folder, folder / "z", folder / "z" / "c.md", folder / "a.txt") == ["z/c.md", "a.txt"]
    errors: list[InputError] = []
    found = read_all([folder / "z", folder / "a.txt"], on_error=errors.append, on_skip=lambda _: None)
    assert [a.path for a in found] == [str(folder / "a.txt")]
    assert [(e.thing, e.problem) for e in errors] == [(str(folder / "z" / "c.md"), "may not be read")]


def test_a_folder_that_may_not_be_read_fails_and_the_others_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, listed = folder / "z", Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    errors: list[InputError] = []
    skipped: list[Notice] = []
    found = read_all([folder, closed], on_error=errors.append, on_skip=skipped.append)
    assert [Path(a.path).name for a in found] == ["a.txt", "b.txt", "e.HTML", "notes"]
    assert [(e.thing, e.problem) for e in errors] == [
        (str(closed), "a folder that cannot be read (Permission denied)")
    ]
    assert [n.code for n in skipped] == ["skipped_file"]
