from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_commands_is_up_to_date() -> None:
    made = runpy.run_path(str(DOCS / "make_cli.py"))["document"]()
    assert (DOCS / "cli.md").read_text("utf-8") == made, "type: python docs/make_cli.py"
