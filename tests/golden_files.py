"""Compare a text with a file; `UPDATE_GOLDEN=1 make test` writes the files anew, for review by diff."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode("utf-8"))
    assert text == path.read_bytes().decode("utf-8"), (
        f"differs from {path.name}; UPDATE_GOLDEN=1 writes it anew"
    )
