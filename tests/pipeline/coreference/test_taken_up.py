"""Which body *the company* and which person *the former mayor* takes up, on referents built by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.pipeline.coreference.bodies import resolve_body
from onrecord.pipeline.coreference.nominals import Nominal
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.variations import resolve_variation
from onrecord.pipeline.names.words import Words, read_words

NLP = spacy.blank("en")


def words_of(text: str, *, subject: str = "") -> Words:
    tokens = text.split()
    doc = Doc(
        NLP.vocab,
        words=tokens,
        heads=[len(tokens) - 1] * len(tokens),
        deps=["nsubj" if t == subject else "dep" for t in tokens[:-1]] + ["ROOT"],
        tags=["NN"] * len(tokens),
        pos=["NOUN"] * len(tokens),
    )
    return read_words(doc)


def body(name: str, *, heads: tuple[str, ...] = (), places: tuple[int, ...] = (0,)) -> Referent:
    referent = Referent("organisation", name, heads=set(heads), names=set(name.lower().split()))
    referent.places = [Place(0, 1, s, 0, True, False, False, "name") for s in places]
    return referent


def person(name: str, *, sentence: int = 0, subject: bool = True, heads: tuple[str, ...] = ()) -> Referent:
    referent = Referent("person", name, heads=set(heads))
    referent.places = [Place(-1, 0, sentence, 0, subject, False, False, "name")]
    return referent


def the(noun: str, *known: Referent, sentence: int = 1) -> str:
    words = words_of(f"the {noun} spoke")
    found, confidence, reason = resolve_body(
        words, Nominal(0, 2, 1, "organisation", False, True, False), known, sentence
    )
    assert (found is None) == (confidence == 0.0) == (reason == "")
    return found.entity if found else ""


def test_the_only_business_is_the_company_whatever_its_name_shows() -> None:
    assert the("company", body("Bellandi")) == "Bellandi"
    assert the("company", body("Bellandi"), body("Harbour Court", heads=("court",))) == "Bellandi"


def test_outlets_and_known_bodies_are_not_the_company() -> None:
    assert the("company", body("Reuters")) == ""
    assert the("company", body("Harbour Tribune")) == ""


def test_of_two_businesses_the_one_just_mentioned_or_mentioned_far_more_often() -> None:
    far, near = body("Bellandi", places=(0,)), body("Lumen", places=(8,))
    assert the("company", far, near, sentence=9) == "Lumen"
    often, once = body("Bellandi", places=(0, 1, 2, 8)), body("Lumen", places=(8,))
    assert the("company", often, once, sentence=9) == "Bellandi"
    assert the("company", body("Bellandi"), body("Lumen")) == ""


def test_a_noun_that_bodies_bear_in_their_names_asks_for_itself() -> None:
    league, union = body("Vale League", heads=("league",)), body("Players Union", heads=("union",))
    assert the("league", union) == ""
    assert the("league", union, league) == "Vale League"


def test_a_public_body_needs_a_name_that_shows_it() -> None:
    assert the("commission", body("Bintang")) == ""
    assert the("regulator", body("Commission for Rail", heads=("commission",))) == "Commission for Rail"


def test_what_else_is_said_of_it_makes_another_body() -> None:
    words = words_of("the smaller company spoke")
    nominal = Nominal(0, 3, 2, "organisation", False, True, False)
    assert resolve_body(words, nominal, [body("Bellandi")], 1)[0] is None


def varied(text: str, *known: Referent, speaks: bool = False) -> str:
    tokens = text.split()
    head = len(tokens) - 2
    words = words_of(text, subject="" if speaks else tokens[head])
    nominal = Nominal(0, head + 1, head, "person", False, True, False, speaks)
    found, _, _ = resolve_variation(words, nominal, known, 1)
    return found.entity if found else ""


@pytest.mark.parametrize("text", ["the former auctioneer spoke", "the 62-year-old ferryman spoke"])
def test_an_age_or_a_former_calling_goes_on_about_the_subject(text: str) -> None:
    assert varied(text, person("Ann"), person("Bo", subject=False)) == "Ann"
    assert varied(text, person("Ann"), speaks=True) == "Ann"


def test_two_subjects_leave_it_open() -> None:
    assert varied("the former auctioneer spoke", person("Ann"), person("Bo")) == ""


def test_a_bare_noun_tells_nothing_new() -> None:
    assert varied("the auctioneer spoke", person("Ann")) == ""


def test_another_party_is_another_person() -> None:
    tory = person("Ann")
    tory.marks = {"conservative"}
    assert varied("the Labour councillor spoke", tory) == ""
    assert varied("the Labour councillor spoke", person("Ann")) == "Ann"


def test_an_office_of_another_kind_is_another_person() -> None:
    assert varied("the Labour councillor spoke", person("Ann", heads=("lawyer",))) == ""
    assert varied("the Labour councillor spoke", person("Ann", heads=("senator",))) == "Ann"
