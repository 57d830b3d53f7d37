"""Starting: what is imported, how long it takes, pipes that close."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from reports import TEXT

from onrecord import __version__
from onrecord.cli import exits

LIGHT = """
import sys
from onrecord.cli.main import run
status = run({words!r})
print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)
sys.exit(status)
"""

HEAVY = {"spacy", "rich", "pydantic", "numpy", "thinc", "onnxruntime", "lxml", "openpyxl", "onrecord.schema"}

LONGEST = 0.2
"""Seconds from start to answer."""

START = [sys.executable, "-m", "onrecord"]


@pytest.mark.parametrize(
    "line", ["--help", "--version", "extract --help", "completion bash", "x.txt -f ?", "doctr"]
)
def test_nothing_heavy_is_imported(line: str) -> None:
    program = LIGHT.format(words=line.split(), heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("[]")


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_answers_at_once(option: str) -> None:
    import resource

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*START, option], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    # Processor time, the least of several: a busy machine must not fail the test, a slow import must.
    assert min(seconds() for _ in range(5)) < LONGEST


def test_version() -> None:
    done = subprocess.run([*START, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"onrecord {__version__}\n"


def test_the_module_hands_on_the_exit_status() -> None:
    done = subprocess.run([*START, "doctr"], capture_output=True, text=True, check=False)
    assert done.returncode == exits.USAGE


PIPED = """
import sys
sys.path[:0] = {path!r}
from stubs import Office
from onrecord.cli.main import run
sys.exit(run({words!r}, services=Office().services()))
"""


def piped(words: list[str], **more: object) -> subprocess.Popen[bytes]:
    here = Path(__file__).parent
    program = PIPED.format(path=[str(here), str(here.parent)], words=words)
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
    )  # type: ignore[call-overload, no-any-return]


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    for i in range(40):
        (tmp_path / f"{i:02}.txt").write_text(TEXT, "utf-8")
    process = piped([str(tmp_path), "-f", "jsonl"])
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "cp1252"}])
def test_data_is_utf_8_whatever_the_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out, err = piped([str(tmp_path / "a.txt"), "-f", "json"], env={**os.environ, **locale}).communicate()
    assert err == b""
    assert "José Núñez-Adeyemi" in out.decode("utf-8")


def test_the_page_comes_out_in_any_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    process = piped([str(tmp_path / "a.txt")], env=env)
    out, err = process.communicate()
    assert err == b""
    assert process.returncode == 0
    assert b"Maren Lindqvist" in out


def test_standard_input(tmp_path: Path) -> None:
    process = piped(["-", "-f", "jsonl"], stdin=subprocess.PIPE)
    out, _ = process.communicate(TEXT.encode())
    assert b'"path":"-"' in out
