from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.pipeline.annotations import Attribution, get_attributions, get_blocks
from onrecord.pipeline.attribution.component import AttributionFinder, find_type, with_confidence
from onrecord.pipeline.attribution.cue_rates import cue_rates
from onrecord.pipeline.attribution.join import join
from onrecord.pipeline.attribution.rules_indirect import find_indirect
from onrecord.pipeline.attribution.rules_marked import find_marked
from onrecord.pipeline.build import LoadedPipeline
from onrecord.pipeline.language.cues import cue_lexicon


def doc_of(words: int) -> Doc:
    return Doc(Vocab(), words=["w"] * words)


def at(
    *contents: tuple[int, int], cue: tuple[int, int] | None = None, rule: str = "that_clause"
) -> Attribution:
    source = (cue[0] - 1, cue[0]) if cue else None
    return Attribution(contents, cue=cue, source=source, rule=rule)


def test_of_two_that_share_a_cue_the_more_trusted_is_kept() -> None:
    first, second = at((3, 6), cue=(2, 3)), at((3, 9), cue=(2, 3))
    assert join(doc_of(10), [first, second]) == [first]


def test_of_two_that_share_content_the_more_trusted_is_kept() -> None:
    first, second = at((0, 5), cue=(6, 7)), at((3, 5), cue=(8, 9))
    assert join(doc_of(10), [second, first]) == [second]


def test_a_statement_inside_another_has_it_as_parent() -> None:
    whole, part = at((2, 10), cue=(1, 2)), at((5, 10), cue=(4, 5))
    kept = join(doc_of(10), [part, whole])
    assert [a.parent for a in kept] == [None, 0]
    assert kept[1].contents == part.contents


def test_narration_inside_a_statement_is_dropped() -> None:
    whole, part = at((2, 10), cue=(1, 2)), at((5, 10), cue=(4, 5), rule="object")
    assert join(doc_of(10), [whole, part]) == [whole]


def test_what_stood_in_a_dropped_statement_is_asked_about_the_one_around_it() -> None:
    whole, narration = at((2, 20), cue=(1, 2)), at((5, 20), cue=(4, 5), rule="object")
    again = replace(at((9, 20), cue=(8, 9)), source=whole.source)
    assert join(doc_of(20), [whole, narration, again]) == [whole]


def test_the_result_is_in_text_order() -> None:
    late, early = at((8, 10), cue=(7, 8)), at((1, 4), cue=(5, 6))
    assert join(doc_of(10), [late, early]) == [early, late]


def test_the_model_comes_after_marks_and_before_reported_statements(loaded_rules: LoadedPipeline) -> None:
    def learned(doc: Doc) -> list[Attribution]:
        cue = next(t.i for t in doc if t.text == "said")
        return [Attribution(((0, 5),), cue=(cue, cue + 1), confidence=0.99, rule="learned")]

    finder = AttributionFinder([find_marked, learned, find_indirect])
    assert [a.rule for a in finder.predict(loaded_rules.nlp("“We won,” said Jo."))] == ["quote_then_cue"]
    assert [a.rule for a in finder.predict(loaded_rules.nlp("The old bridge was safe, said Jo."))] == [
        "learned"
    ]


def test_unlikely_rules_are_dropped_but_speech_laid_out_is_kept(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(
        "“The ferry never left the harbour that night.”\n\nThe committee mentioned the weather."
    )
    strict = AttributionFinder(least=1.01).predict(doc)
    assert [a.rule for a in strict] == ["free_standing"]


def test_rates_are_shares_and_smoothed_towards_the_rule() -> None:
    rates = cue_rates()
    assert rates.rules
    for rule, (right, seen) in rates.rules.items():
        assert 0 <= right <= seen
        assert 0.0 < rates.rate(rule, "no such cue") < 1.0
    assert rates.rate("that_clause", "say") > rates.rate("that_clause", "see")


def test_every_attribution_has_a_rule_reasons_and_a_confidence(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(
        "Ann Lee, the mayor, said the bridge was safe. “It is old,” she said. “But it holds.”"
    )
    found = get_attributions(doc)
    assert len(found) == 2
    for a in found:
        assert a.rule and a.reasons and 0.0 < a.confidence < 1.0
    assert found[0].reasons[:2] == ("cue 'said' governs content", "subject of cue is Lee")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said the bridge was safe.", "indirect"),
        ("“It is old,” Ann Lee said.", "direct"),
        ("‘It is old,’ Ann Lee said.", "direct"),
        ("Ann Lee said the bridge was “old but safe”.", "mixed"),
        ("Ann Lee said that “it is old”.", "direct"),
        ("Ann Lee said that Rolf “the Baker” Steiner was old.", "indirect"),
    ],
)
def test_types(loaded_rules: LoadedPipeline, text: str, expected: str) -> None:
    doc = loaded_rules.nlp(text)
    (found,) = get_attributions(doc)
    assert found.type == find_type(doc, found) == expected


def test_modes(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(
        "Ann Lee revealed that the dam had leaked. The figures reveal that prices fell."
        " Bo Ek believes it was murder."
    )
    assert [a.mode for a in get_attributions(doc)] == ["speech", "evidence", "belief"]


def test_a_given_confidence_is_kept(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Ann Lee said so.")
    assert with_confidence(doc, Attribution(((0, 1),), confidence=0.25)).confidence == 0.25


def test_the_lexicon_gives_one_mode_an_entry() -> None:
    for frame, table in cue_lexicon().entries.items():
        assert set(table.values()) <= {"speech", "belief", "evidence"}, frame


WORDS = st.sampled_from(
    [
        *(
            "Ann",
            "Lee",
            "said",
            "that",
            "“",
            "”",
            '"',
            "'",
            ",",
            ".",
            ":",
            "told",
            "the",
            "mayor",
            "according",
        ),
        *(
            "to",
            "not",
            "would",
            "deny",
            "claim",
            "she",
            "who",
            "—",
            "\n\n",
            "asked",
            "whether",
            "(",
            ")",
            "“No,”",
        ),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_no_text_breaks_the_finder(loaded_rules: LoadedPipeline, text: str) -> None:
    doc = loaded_rules.nlp(text)
    blocks = get_blocks(doc)
    found = get_attributions(doc)
    for i, a in enumerate(found):
        assert a.contents
        for start, end in (*a.contents, *((r,) if (r := a.cue) else ()), *((r,) if (r := a.source) else ())):
            assert 0 <= start < end <= len(doc)
        assert all(first[1] <= second[0] for first, second in zip(a.contents, a.contents[1:], strict=False))
        for start, end in a.contents:
            assert any(b.start <= start and end <= b.end for b in blocks)
        assert a.parent is None or (a.parent != i and a.parent < len(found))
