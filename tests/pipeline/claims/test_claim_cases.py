"""Every case file of claims must come out as it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from claim_cases import problems, read_case, run_case
from spacy.language import Language

CASES = sorted((Path(__file__).resolve().parents[2] / "cases" / "claims").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, nlp: Language) -> None:
    case = read_case(path)
    assert case.wanted or case.none or case.count is not None, "the case expects nothing"
    assert problems(case, run_case(case, nlp)) == []
