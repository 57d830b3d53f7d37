"""Nothing stands before the first word of an article, not even its last one, and nothing behind the last."""

from __future__ import annotations

from findings import finding

from onrecord.pipeline.attribution.flags import with_flags
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.rules_indirect import find_indirect
from onrecord.pipeline.attribution.silence import is_nobodys, says_nothing
from onrecord.pipeline.attribution.speech_acts import judges
from onrecord.pipeline.attribution.statement_mode import with_mode
from onrecord.pipeline.build import LoadedPipeline


def test_a_colon_at_the_end_leads_to_no_statement(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The road is shut, nobody in Oslo believed, the clerk wrote in a note:")
    found = finding(doc, "The road is shut", "believed", "the clerk", "belief")
    assert with_flags(doc, found).flags == ("negated",)


def test_the_last_word_is_no_ground(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Her plan, ministers attacked over")
    assert not judges(doc, finding(doc, "Her plan", "attacked", "ministers", "belief"))


def test_the_last_word_is_no_topic(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The date, they cannot agree on")
    found = finding(doc, "The date", "agree", "they", "speech")
    assert with_mode(doc, found).mode == "speech"


def test_a_dash_at_the_end_is_no_pause(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Referring to the strike, Ann Lee said she was sad -")
    assert not is_nobodys(doc, finding(doc, "the strike", "Referring to", "Ann Lee", "speech"))


def test_a_cue_may_be_the_last_word(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The ban is what Ann Lee said she wanted to")
    assert not says_nothing(doc, finding(doc, "The ban", "wanted to", "Ann Lee", "speech"), Proposals())


def test_the_last_word_opens_no_clause(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Rents according to Ann Lee, will rise in May, and he knew that")
    (found,) = (a for a in find_indirect(doc) if a.rule == "according_to")
    assert [doc[s:e].text for s, e in found.contents] == ["Rents", "will rise in May, and he knew that"]
