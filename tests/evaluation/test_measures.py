"""The measures on small made-up cases with answers worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import gate
from evaluation.__main__ import chosen
from evaluation.__main__ import main as evaluate
from evaluation.calibration import expected_calibration_error, precision_above
from evaluation.claims import average_precision
from evaluation.gate import compare, raised
from evaluation.gold import GoldSet, own_sets
from evaluation.quotes import score_quotes
from evaluation.spans import characters, iou, match, prf, quote_type, trim
from evaluation.speakers import normal, same_name, same_speakers


def test_trim_drops_marks_and_stops() -> None:
    text = "said: “No, never.”"
    assert trim(text, (6, len(text))) == (7, 16)
    assert trim("...", (0, 3)) == (3, 3)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_trim_stays_inside(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    s, e = trim(text, (start, end))
    assert start <= s <= e <= end
    assert text[s:e] == text[s:e].strip(" .,")


def test_match_is_one_to_one_and_takes_the_best_first() -> None:
    gold = [characters([(0, 10)]), characters([(0, 8)])]
    predicted = [characters([(0, 9)]), characters([(0, 8)])]
    assert match(gold, predicted) == {0: 0, 1: 1}
    assert match(gold, [characters([(7, 20)])]) == {}


def test_iou() -> None:
    assert iou(characters([(0, 4)]), characters([(2, 6)])) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("that it was late", "indirect"), ("“It was late,”", "direct"), ("that it was “very late”", "mixed")],
)
def test_quote_type(text: str, expected: str) -> None:
    assert quote_type(text, [(0, len(text))]) == expected


def test_prf_rounds_before_f() -> None:
    assert prf(1, 3, 1, 2) == {"p": 33.3, "r": 50.0, "f": 40.0}
    assert prf(0, 0, 0, 0) == {"p": 0.0, "r": 0.0, "f": 0.0}


def test_source_and_cue_count_only_where_they_overlap() -> None:
    text = "Ana Ruiz said rain was near. Bo Lund said not."
    gold = [
        {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 27]]},
        {"source": [[29, 36]], "cue": [[37, 41]], "content": [[42, 45]]},
    ]

    def span(start: int, end: int) -> dict[str, int]:
        return {"start": start, "end": end}

    quotes = [
        {"source": span(4, 8), "cue": span(9, 13), "content": [span(14, 27)], "type": "indirect"},
        {"source": span(0, 8), "cue": None, "content": [span(42, 45)], "type": "indirect"},
    ]
    document = {"id": "d", "text": text, "attributions": gold}
    scores = score_quotes([document], {"d": {"quotes": quotes}})
    assert scores["attribution"]["f"] == 100
    assert scores["attribution+source"]["f"] == 50
    assert scores["attribution+source+cue"]["f"] == 50
    assert scores["source_on_matched"] == 50
    assert scores["fragment_exact"]["source"] == {"p": 50.0, "r": 50.0, "f": 50.0}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Mr. Adeyemi", "adeyemi", True),
        ("Prime Minister Rewi Castell", "Rewi Castell", True),
        ("the Treasury’s", "Treasury", True),
        ("Ana María Ruiz", "Ana Ruiz", True),
        ("Ana Ruiz", "Bo Ruiz", False),
        ("Ruiz", "Ana Ruiz", False),
    ],
)
def test_names(a: str, b: str, expected: bool) -> None:
    assert same_name(normal(a), normal(b)) is expected


def test_two_speakers_need_both() -> None:
    gold = [{"name": "Ana Ruiz", "kind": "PERSON"}, {"name": "Bo Lund", "kind": "PERSON"}]
    ana, bo = ({"name": g["name"], "type": "PERSON"} for g in gold)
    assert same_speakers(gold, [bo, ana])
    assert not same_speakers(gold, [ana])
    assert not same_speakers(gold, [ana, ana])
    assert same_speakers([{"name": "x", "kind": "GROUP"}], [{"name": "two officials", "type": "UNNAMED"}])


def test_average_precision() -> None:
    assert average_precision([(0.9, True), (0.8, False), (0.7, True)]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([(0.4, False)]) is None


def test_calibration_error_of_overconfidence() -> None:
    assert expected_calibration_error([(0.95, True), (0.95, False)]) == 0.45
    assert expected_calibration_error([]) == 0.0
    assert precision_above([(0.95, True), (0.91, False), (0.2, True)], 0.9) == (50.0, 2)


def test_gate_reports_falls_and_missing_measures() -> None:
    pins = {"set": {"a": 80.0, "b": 50.0, "c": 10.0}}
    falls = compare(pins, {"set": {"a": 79.0, "b": 49.8}})
    assert [line.split(" ")[1] for line in falls] == ["a", "c"]


def test_gate_raises_and_lowers_only_when_asked() -> None:
    pins = {"set": {"a": 80.0}}
    assert raised(pins, {"set": {"a": 70.0}}, lower=False) == {"set": {"a": 80.0}}
    assert raised(pins, {"set": {"a": 70.0}}, lower=True) == {"set": {"a": 70.0}}


def test_gate_keeps_pins_of_what_was_not_measured() -> None:
    pins = {"set": {"a": 80.0, "b": 50.0}, "other": {"a": 1.0}}
    scores = {"set": {"a": 81.0}, "new": {"a": 5.0}}
    assert raised(pins, scores, lower=False) == {
        "set": {"a": 81.0, "b": 50.0},
        "other": {"a": 1.0},
        "new": {"a": 5.0},
    }
    assert pins["set"]["a"] == 80.0
    assert raised(pins, scores, lower=True) == scores


def test_gate_drops_no_pin_without_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "baseline.json"
    old = json.dumps({"pins": {"set": {"a": 80.0, "b": 50.0}}, "lowered": []})
    baseline.write_text(old)
    monkeypatch.setattr(gate, "BASELINE", baseline)
    monkeypatch.setattr(gate, "current", lambda: {"set": {"a": 81.0}})
    monkeypatch.setattr("sys.argv", ["gate", "--update"])
    assert gate.main() == 1
    assert baseline.read_text() == old
    assert "set: b is pinned at 50.0 and was not measured" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["gate", "--update", "--lower", "b is measured no more"])
    assert gate.main() == 0
    stored = json.loads(baseline.read_text())
    assert stored == {"pins": {"set": {"a": 81.0}}, "lowered": ["b is measured no more"]}


def test_a_set_that_is_not_there_is_told_with_those_that_are() -> None:
    sets = [GoldSet("corpus/dev", [], []), GoldSet("corpus/test", [], [])]
    assert chosen(sets, None) == sets
    assert chosen(sets, "corpus/test") == sets[1:]
    with pytest.raises(
        ValueError, match="no set corpus/tset here; there are corpus/dev, corpus/test; --corpora"
    ):
        chosen(sets, "corpus/tset")


@pytest.mark.parametrize("words", [["--only", "polnear/dev"], ["--corpora", "no-such-folder"]])
def test_nothing_to_measure_is_an_error(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["evaluation", *words])
    with pytest.raises(SystemExit) as done:
        evaluate()
    assert done.value.code == 2


def test_own_sets_are_there() -> None:
    sets = {gold.name: gold for gold in own_sets()}
    assert {"examples", "corpus/dev"} <= set(sets)
    assert all(gold.has("attributions") and gold.has("quotes") for gold in sets.values())
