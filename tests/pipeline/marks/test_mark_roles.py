from __future__ import annotations

import pytest

from onrecord.pipeline.annotations import get_marks, get_notices
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("“We never saw the letter before Monday,” said the clerk.", ["quote"]),
        ("The vote was “a farce,” said the clerk.", ["quote"]),
        ("The “smart” meters were switched off.", ["scare"]),
        ("Residents of the so-called “Golden Mile” have waited.", ["scare"]),
        ("The exhibition “Rivers of Tin” opens in Izmir.", ["title"]),
        ("Her novel, “The Salt Road,” was published in Lagos.", ["title"]),
        ("“We lost,” Vik said on RTV’s “Morning Table.”", ["quote", "title"]),
        ("He starred in “Dust and Honey” and “Keepers of the Valley,” both lost.", ["title", "title"]),
        ("“Blue Is the New Red” star Selma Ortiz posted a picture.", ["title"]),
        ("They sang the anthem “We Ain’t Gonna Leave,” and left.", ["title"]),
        ("Vincent “Big Vinnie” Okonkwo pleaded guilty.", ["other"]),
        ('He opened <a href="news.html"> and read.', ["other"]),
        ("The minister called the plan “generous”.", ["quote"]),
    ],
)
def test_what_marks_are_for(loaded_rules: LoadedPipeline, text: str, roles: list[str]) -> None:
    assert [m.role for m in get_marks(loaded_rules.nlp(text))] == roles


def test_a_lost_mark_becomes_a_notice_at_the_mark(loaded_rules: LoadedPipeline) -> None:
    text = "“We won, said Jones. “We never lost,” he added."
    (notice,) = get_notices(loaded_rules.nlp(text))
    assert notice.code == "unclosed_quotation_mark"
    assert text[notice.start : notice.end] == "“"
