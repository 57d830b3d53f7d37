"""What may be meant by *they* and *it*, before anything is scored."""

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.pipeline.coreference.layout import is_extraposed, modified_noun
from onrecord.pipeline.coreference.pronouns import read_pronoun
from onrecord.pipeline.coreference.referents import Place, Referent, ReferentKind
from onrecord.pipeline.coreference.they_and_it import REACH, THING_FEATURES, find_things, sort_of
from onrecord.pipeline.names.words import read_words

NLP = spacy.blank("en")
PERSON = Referent("person", "e1")


def mentioned(kind: ReferentKind, at: int, *, entity: str = "", plural: bool = False) -> Referent:
    place = Place(at, at + 1, 0, 0, True, False, False, "name" if entity else "nominal")
    return Referent(kind, entity, plural=plural, phrase=None if entity else (at, at + 1), places=[place])


def parsed(text: str) -> Doc:
    words = text.split()
    return Doc(NLP.vocab, words=words, heads=[0] * len(words), deps=["ROOT", *["dep"] * (len(words) - 1)])


def options(text: str, referents: list[Referent], *, sentence: int = 0) -> list[Referent]:
    doc = parsed(text)
    words = read_words(doc)
    i = len(doc) - 1
    clauses = [-1] * len(doc)
    pronoun = read_pronoun(words, i, sentence, clauses, False, (0, 0))
    found = find_things(words, pronoun, referents, set(), clauses, None)
    assert all(len(c.features) == len(THING_FEATURES) for c in found)
    return [c.referent for c in found]


def test_one_person_is_neither() -> None:
    person = mentioned("person", 0, entity="e1")
    assert options("Anna left it", [person]) == []
    assert options("Anna left them", [person]) == []


def test_a_group_is_they_and_a_document_is_it() -> None:
    group, document = mentioned("group", 0, plural=True), mentioned("document", 1)
    assert options("residents report they", [group, document]) == [group]
    assert options("residents report it", [group, document]) == [document]


def test_a_body_is_either_and_the_nearest_comes_first() -> None:
    one, two = mentioned("organisation", 0, entity="e1"), mentioned("organisation", 1, entity="e2")
    assert options("Orbex Vantor they", [one, two]) == [two, one]
    assert options("Orbex Vantor its", [one, two]) == [two, one]


def test_what_lies_too_far_back_is_left_out() -> None:
    body = mentioned("organisation", 0, entity="e1")
    assert options("Orbex it", [body], sentence=REACH) == [body]
    assert options("Orbex it", [body], sentence=REACH + 1) == []


@pytest.mark.parametrize(
    ("referent", "sort"),
    [
        (Referent("group", plural=True, members=(PERSON, PERSON)), "pair"),
        (Referent("group", plural=True), "crowd"),
        (Referent("group", "e2", plural=True), "nation"),
        (Referent("organisation", "e2"), "body"),
        (Referent("organisation"), "unnamed body"),
        (Referent("document"), "document"),
        (PERSON, ""),
        (Referent("other"), ""),
    ],
)
def test_sorts(referent: Referent, sort: str) -> None:
    assert sort_of(referent) == sort


@pytest.mark.parametrize(
    ("complement", "extraposed"), [("xcomp", True), ("ccomp", True), ("advcl", False), ("npadvmod", False)]
)
def test_it_that_stands_for_a_clause_to_come(complement: str, extraposed: bool) -> None:
    doc = Doc(
        NLP.vocab,
        words=["it", "is", "hard", "to", "imagine"],
        heads=[1, 1, 1, 4, 1],
        deps=["nsubj", "ROOT", "acomp", "aux", complement],
        pos=["PRON", "AUX", "ADJ", "PART", "VERB"],
    )
    assert is_extraposed(read_words(doc), 0) is extraposed


@pytest.mark.parametrize(("relation", "noun"), [("acl", 1), ("relcl", 1), ("advcl", -1)])
def test_its_in_the_clause_of_a_noun(relation: str, noun: int) -> None:
    doc = Doc(
        NLP.vocab,
        words=["a", "war", "nearing", "its", "end"],
        heads=[1, 1, 1, 4, 2],
        deps=["det", "ROOT", relation, "poss", "dobj"],
        pos=["DET", "NOUN", "VERB", "PRON", "NOUN"],
    )
    assert modified_noun(read_words(doc), 3) == noun
