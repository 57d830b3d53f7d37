from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from onrecord.corrections import ACTIONS, parse_csv, parse_toml
from onrecord.corrections.reading import COLUMNS
from onrecord.schema import EntityType, SpeakerType

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "corrections.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_examples_are_read_and_show_every_correction() -> None:
    assert {c.action for c in parse_toml(block("toml"), thing="docs")} == set(ACTIONS)
    assert [c.action for c in parse_csv(block("csv"), thing="docs")] == list(ACTIONS)


def test_every_column_and_type_is_told() -> None:
    assert block("csv").splitlines()[0] == ",".join(COLUMNS)
    assert all(name in PAGE for name in (*get_args(EntityType), *get_args(SpeakerType)))
