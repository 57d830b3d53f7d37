from __future__ import annotations

import pytest
from findings import span_of
from spacy.tokens import Span

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.contract_form import (
    in_contract_form,
    is_who_is_quoted,
    with_rule_start,
)
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        ("The probe was led by Amina Farouk, who said the files were burned.", "who", "said", "Amina Farouk"),
        ("Ann Lee's claim that the wall was sound failed.", "Ann Lee's", "claim", "Ann Lee"),
        ("Passengers were told that the train had hit a deer.", "Passengers", "were told", None),
        ("She was told by her manager that the contract was void.", "She", "was told", "her manager"),
        ("Rents to rise, says minister\n\nLandlords left.", "minister\n\nLandlords", "says", "minister"),
        ("Ann Lee said the wall was sound.", "Ann Lee", "said", "Ann Lee"),
        ("Her letter to Ann Lee reveals that the wall fell.", "Ann Lee", "reveals", "Her letter to Ann Lee"),
        ("The clerks were thrilled that the wall was sound.", "The clerks", "thrilled", "The clerks"),
        ("While she's said that it will run, it may not.", "she", "said", "she"),
        ("Lee, asked what she made of it, said the wall was sound.", "Lee", "asked", None),
        ("Ann Lee was quoted by the Argus as saying it fell.", "the Argus", "saying", "Ann Lee"),
        ("Ann Lee was cited by Reuters as saying it fell.", "by Reuters", "was cited", "Ann Lee"),
        ("They spread a rumour that showed the wall as sound.", "They", "showed", "a rumour"),
        (
            "It is her ad, which — as Ann Lee noted in May — promises a sound wall.",
            "Ann Lee",
            "promises",
            "her ad",
        ),
        ("Rumours that Ann Lee spread showed the wall as sound.", "Ann Lee", "spread", "Ann Lee"),
        ("Farmers pay it, and clerks who said the wall was sound.", "and clerks who", "said", "clerks"),
        ("It hit men, as well as clerks who said it was sound.", "as well as clerks who", "said", "clerks"),
        (
            "Both Lee and Ann Reed said it was sound.",
            "Both Lee and Ann Reed",
            "said",
            "Both Lee and Ann Reed",
        ),
        ("Ann Lee and Bo Reed call it sound.", "Lee and Bo Reed", "call", "Ann Lee and Bo Reed"),
        (
            "Men, including two brewers that warn it fell, left.",
            "Men, including two brewers that",
            "warn",
            "two brewers",
        ),
        ("Ann Lee this week said the wall was sound.", "Ann Lee this week", "said", "Ann Lee"),
        ("Opposite him Ann Lee said the wall was sound.", "him Ann Lee", "said", "Ann Lee"),
        ("Ann Lee (Left) said the wall was sound.", "Ann Lee (Left", "said", "Ann Lee (Left)"),
    ],
)
def test_sources_take_the_form_of_the_contract(
    loaded_rules: LoadedPipeline, text: str, source: str, cue: str, expected: str | None
) -> None:
    doc = loaded_rules.nlp(text)
    found = Attribution(((len(doc) - 3, len(doc) - 1),), cue=span_of(doc, cue), source=span_of(doc, source))
    formed = in_contract_form(doc, found).source
    assert (doc[formed[0] : formed[1]].text.strip() if formed else None) == expected


def test_whom_a_paper_quotes_is_no_content(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Ann Lee was quoted by the Argus as saying it fell.")
    cue, source = span_of(doc, "was quoted"), span_of(doc, "the Argus")
    name = Attribution((span_of(doc, "Ann Lee"),), cue=cue, source=source)
    words = Attribution((span_of(doc, "it fell"),), cue=cue, source=source)
    assert is_who_is_quoted(doc, name)
    assert not is_who_is_quoted(doc, words)


def test_a_name_behind_who_is_described_belongs_to_the_source(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("According to the team's coach, Ada Okafor, in their first match they fell.")
    doc.ents = [Span(doc, *span_of(doc, "Ada Okafor"), label="PERSON")]
    content = (span_of(doc, "Ada Okafor")[0], len(doc) - 1)
    cue, source = span_of(doc, "According to"), span_of(doc, "the team's coach")
    formed = in_contract_form(doc, Attribution((content,), cue=cue, source=source))
    assert formed.source == (source[0], span_of(doc, "Ada Okafor")[1])
    assert formed.contents == (span_of(doc, "in their first match they fell"),)


def test_both_of_two_joined_objects_are_content(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The film documents the boom in prisons and the profits that firms earned.")
    cue, source = span_of(doc, "documents"), span_of(doc, "The film")
    both = (span_of(doc, "the boom")[0], len(doc) - 1)
    rule = Attribution((span_of(doc, "the profits that firms earned"),), cue=cue, rule="bare_clause")
    formed = with_rule_start(doc, Attribution((both,), cue=cue, source=source), Proposals([rule]))
    assert formed.contents == (both,)


def test_the_pronoun_that_takes_up_what_was_said_is_of_the_cue(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("A “slow market”, as she put it, could not be built in a year.")
    pieces = span_of(doc, "A “slow market”"), span_of(doc, "it, could not be built in a year")
    found = in_contract_form(
        doc, Attribution(pieces, cue=span_of(doc, "put"), source=span_of(doc, "she"), mode="speech")
    )
    assert found.cue == span_of(doc, "put it")
    assert found.contents == (pieces[0], span_of(doc, "could not be built in a year"))


def test_a_free_relative_is_accepted_whole(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The line has accepted what it called “lapses” in upkeep.")
    rule = Attribution(
        (span_of(doc, "what it called “lapses” in upkeep"),),
        cue=span_of(doc, "has accepted"),
        source=span_of(doc, "The line"),
        rule="question_clause",
    )
    found = Attribution((span_of(doc, "what"),), cue=span_of(doc, "accepted"), source=rule.source)
    assert with_rule_start(doc, found, Proposals([rule])).contents == rule.contents


def test_as_she_put_it_says_the_clause_before(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The main rule is a “lawful income”, as one memo put it.")
    found = in_contract_form(
        doc,
        Attribution((span_of(doc, "it"),), cue=span_of(doc, "put"), source=span_of(doc, "one memo")),
    )
    assert found.cue == span_of(doc, "put it")
    assert found.contents == (span_of(doc, "The main rule is a “lawful income”"),)
