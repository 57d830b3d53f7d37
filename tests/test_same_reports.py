"""A report is a function of its article: sets have another order in every process, reports have not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


def report(seed: str) -> str:
    command = [sys.executable, "-m", "onrecord", "extract", *map(str, EXAMPLES), "-f", "jsonl"]
    env = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(not EXAMPLES, reason="no example articles beside the tests")
def test_reports_do_not_depend_on_the_order_of_sets() -> None:
    one, other = report("1"), report("2")
    assert len(one.splitlines()) == len(EXAMPLES)
    assert one == other
