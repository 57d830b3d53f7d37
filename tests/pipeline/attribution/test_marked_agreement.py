from __future__ import annotations

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.agreement import is_read_otherwise, with_model
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.build import LoadedPipeline


def span(doc: Doc, text: str) -> tuple[int, int]:
    start = doc.text.index(text)
    found = doc.char_span(start, start + len(text))
    assert found is not None
    return found.start, found.end


def finding(doc: Doc, contents: list[str], cue: str, rule: str = "learned") -> Attribution:
    return Attribution(tuple(span(doc, c) for c in contents), span(doc, cue), confidence=0.9, rule=rule)


def test_plain_words_before_the_marks_come_from_the_model(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Petra Obi said that in those years, “nobody counted the boats.”")
    rule = finding(doc, ["“nobody counted the boats.”"], "said", "cue_then_quote")
    model = finding(doc, ["that in those years, “nobody counted the boats.”"], "said")
    assert with_model(doc, rule, Proposals([model]), Proposals()).contents == model.contents
    assert with_model(doc, rule, Proposals(), Proposals()).contents == rule.contents


def test_the_quotation_after_another_cue_goes_to_that_cue(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("“We see no fire,” Lee said, adding that it would take “many more hours” yet.")
    rule = finding(doc, ["“We see no fire,”", "“many more hours”"], "said", "second_sentence")
    model = finding(doc, ["that it would take “many more hours” yet"], "adding")
    assert with_model(doc, rule, Proposals([model]), Proposals()).contents == (
        span(doc, "“We see no fire,”"),
    )


def test_words_of_another_sentence_are_not_added(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Will she read the reviews again? “Only out loud,” Mulvihill says.")
    rule = finding(doc, ["“Only out loud,”"], "says", "quote_then_cue")
    model = finding(doc, ["Will she read the reviews again?", "“Only out loud,”"], "says")
    assert with_model(doc, rule, Proposals([model]), Proposals()).contents == rule.contents


def test_a_quotation_with_a_cue_of_its_own_is_not_added(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("“The roof held,” Lee said. “The walls did not,” she went on.")
    rule = finding(doc, ["“The roof held,”"], "said", "quote_then_cue")
    other = finding(doc, ["“The walls did not,”"], "went", "quote_then_cue")
    model = finding(doc, ["“The roof held,”", "“The walls did not,”"], "said")
    assert with_model(doc, rule, Proposals([model]), Proposals([rule, other])).contents == rule.contents


def test_what_opens_the_document_is_behind_no_mark(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Killing the birds is what he plans, said Petra Obi, “and nobody will stop it.”")
    rule = finding(doc, ["“and nobody will stop it.”"], "said", "cue_then_quote")
    model = finding(doc, ["Killing the birds is what he plans", "“and nobody will stop it.”"], "said")
    assert with_model(doc, rule, Proposals([model]), Proposals([rule])).contents == model.contents


def test_a_cue_that_the_model_reads_otherwise_leaves_the_quotation_before_it(
    loaded_rules: LoadedPipeline,
) -> None:
    doc = loaded_rules.nlp("“It holds,” Lee said. “It is dry.” The valley, she added, was “a bowl”.")
    rule = finding(doc, ["“It is dry.”"], "added", "quote_then_cue")
    before = finding(doc, ["“It holds,”", "“It is dry.”"], "said")
    after = finding(doc, ["The valley", "was “a bowl”"], "added")
    assert is_read_otherwise(doc, rule, Proposals([before, after]))
    assert not is_read_otherwise(doc, rule, Proposals([before]))
    assert not is_read_otherwise(doc, rule, Proposals([after]))


def test_only_a_cue_of_the_same_paragraph_takes_the_quotation(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("“It holds,” Lee said.\n\n“It is dry.” The valley, she added, was “a bowl”.")
    rule = finding(doc, ["“It is dry.”"], "added", "quote_then_cue")
    before = finding(doc, ["“It holds,”", "“It is dry.”"], "said")
    after = finding(doc, ["The valley", "was “a bowl”"], "added")
    assert not is_read_otherwise(doc, rule, Proposals([before, after]))


def test_a_quotation_that_is_the_subject_of_the_sentence_before_is_not_added(
    loaded_rules: LoadedPipeline,
) -> None:
    doc = loaded_rules.nlp(
        "“Never a goal,” was Brun's verdict on air. Falk disagreed: “It was over the line.”"
    )
    rule = finding(doc, ["“It was over the line.”"], "disagreed", "cue_then_quote")
    model = finding(doc, ["“Never a goal,”", "“It was over the line.”"], "disagreed")
    assert with_model(doc, rule, Proposals([model]), Proposals()).contents == rule.contents
