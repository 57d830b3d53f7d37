"""The gold files are what the marked articles make, and every figure about them is today's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("script", ["build.py", "examples.py"])
def test_nothing_is_out_of_date(script: str) -> None:
    command = [sys.executable, str(ROOT / "corpus" / script), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
