from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports import HARBOUR

from onrecord.render.layout import paint
from onrecord.render.page_claims import claim_lines
from onrecord.schema import Claim, Claimant


def claims(*worth: float, reasons: Sequence[tuple[str, ...]] = ()) -> list[Claim]:
    one = replace(HARBOUR.claims[0], relations=())
    return [
        replace(one, id=f"c{i}", check_worthy=w, reasons=reasons[i - 1] if reasons else ("figure",))
        for i, w in enumerate(worth, start=1)
    ]


def page(found: Sequence[Claim], *, everything: bool = False) -> str:
    return paint(claim_lines(found, HARBOUR, width=80, everything=everything), color=False)


def test_what_is_hardly_worth_checking_is_not_listed() -> None:
    text = page(claims(0.9, 0.8, 0.7, 0.6, 0.2, 0.1))
    assert "4 of 6" in text
    assert "All of them: --only claims" in text
    assert "6 found" in page(claims(0.9, 0.8, 0.7, 0.6, 0.2, 0.1), everything=True)


def test_three_are_listed_even_so() -> None:
    assert "3 of 4" in page(claims(0.2, 0.1, 0.1, 0.1))


def test_no_more_than_ten_are_listed() -> None:
    assert "10 of 12" in page(claims(*[0.9] * 12))


def test_reasons_of_most_claims_are_not_repeated() -> None:
    reasons = [("figure", "worded so"), ("superlative", "worded so"), ("worded so",), ("worded so", "figure")]
    text = page(claims(0.9, 0.8, 0.7, 0.6, reasons=reasons))
    assert text.count("why: figure") == 2
    assert "why: superlative\n" in text
    assert text.count("worded so") == 1, "a claim without another reason keeps it"


def test_what_a_claim_above_holds_is_not_told_again_unless_somebody_says_it() -> None:
    whole, part = claims(0.9, 0.5)
    inside = replace(part, start=whole.start + 4, text=whole.text[4:])
    assert "2 found" in page([whole, inside])
    nobodys = replace(inside, claimant=Claimant(kind="author"))
    assert "1 of 2" in page([whole, nobodys])
    assert "2 found" in page([whole, nobodys], everything=True)
    apart = replace(nobodys, start=whole.end, end=whole.end + 5)
    assert "2 found" in page([whole, apart])
