from __future__ import annotations

import re
from dataclasses import replace

import pytest
from reports import HARBOUR

from onrecord.render.owners import as_entry, at_head
from onrecord.render.phrases import description_of, quote_who, reasons_told, role_of
from onrecord.schema import Entity, EntityType, Mention, Quote, Span, Speaker

MORAU = Speaker("Ilse Morau", "PERSON", "e1")


def statement(
    text: str, *, source: str, cue: str, content: str, speakers: tuple[Speaker, ...] = (MORAU,)
) -> Quote:
    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    return Quote("q1", "indirect", "speech", (span(content),), span(cue), span(source), speakers)


def told(quote: Quote, text: str, entities: tuple[Entity, ...] = HARBOUR.entities) -> str:
    who = quote_who(quote, replace(HARBOUR, article=replace(HARBOUR.article, text=text), entities=entities))
    return f"{who.before}{who.name}{who.after}"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "line"),
    [
        ("Morau urged the council to wait.", "Morau", "urged", "to wait", "Ilse Morau urged the council"),
        ("“It leaks,” Morau told the jury.", "Morau", "told", "“It leaks,”", "Ilse Morau told the jury"),
        ("“It leaks,” Morau told “us”.", "Morau", "told", "“It leaks,”", "Ilse Morau told"),
        ("“It leaks,” Morau said on Monday.", "Morau", "said", "“It leaks,”", "Ilse Morau said"),
        (
            "Morau told Radio Vell’s host that it leaks.",
            "Morau",
            "told",
            "that",
            "Ilse Morau told Radio Vell’s host",
        ),
        ("Morau said that it leaks.", "Morau", "said", "that it leaks", "Ilse Morau said"),
        ("Morau said, citing a map, that it leaks.", "Morau", "said", "that it leaks", "Ilse Morau said"),
        ("“It leaks,” said Morau.", "Morau", "said", "“It leaks,”", "Ilse Morau said"),
        ("It leaks, according to Morau.", "Morau", "according to", "It leaks", "according to Ilse Morau"),
        (
            "Owners were warned by Morau to pay.",
            "Morau",
            "were warned",
            "to pay",
            "were warned by Ilse Morau",
        ),
    ],
    ids=[
        "urged",
        "told behind",
        "no hearer in marks",
        "no hearer of said",
        "told",
        "nobody told",
        "aside",
        "inverted",
        "preposition",
        "passive",
    ],
)
def test_a_line_reads_as_the_sentence_did(text: str, source: str, cue: str, content: str, line: str) -> None:
    assert told(statement(text, source=source, cue=cue, content=content), text) == line


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "line"),
    [
        ("Morau’s promise to wait held.", "Morau", "promise", "to wait", "Ilse Morau’s promise"),
        ("It was his claim that it leaks.", "his", "claim", "that it leaks", "Ilse Morau’s claim"),
        ("She’s arguing that it leaks.", "She", "’s arguing", "that it leaks", "Ilse Morau arguing"),
        ("I have concluded that it leaks.", "I", "have concluded", "that it", "Ilse Morau has concluded"),
        ("Morau said that it leaks.", "Morau", "said", "that it leaks", "Ilse Morau said"),
    ],
)
def test_a_name_in_place_of_a_pronoun_reads_on(
    text: str, source: str, cue: str, content: str, line: str
) -> None:
    assert told(statement(text, source=source, cue=cue, content=content), text) == line


def test_a_long_stretch_between_cue_and_content_is_no_addressee() -> None:
    crowd = "the people who had come from all over the valley on that cold morning"
    text = f"Morau told {crowd} to wait."
    assert told(statement(text, source="Morau", cue="told", content="to wait"), text) == "Ilse Morau told"


def test_an_unknown_speaker_is_set_off_from_the_cue() -> None:
    text = "They were told to wait."
    quote = statement(text, source="They", cue="were told", content="to wait", speakers=())
    assert told(quote, text) == "? Speaker uncertain (“They”) · were told"


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        (["Sen.", "the leader of the opposition"], "the leader of the opposition"),
        (["Sen.", "former mayor of Orly"], "Sen."),
        (["Transport Minister", "a friend of the mayor"], "Transport Minister"),
        (["Sens."], "Sen."),
        ([], ""),
    ],
)
def test_the_telling_role_is_shown(roles: list[str], shown: str) -> None:
    entity = Entity("e1", "PERSON", "Ilse Morau", (), tuple(Span(0, len(r), r) for r in roles), ())
    assert role_of(entity) == shown


def test_every_quote_of_a_report_has_a_line() -> None:
    for quote in HARBOUR.quotes:
        assert told(quote, HARBOUR.article.text)


@pytest.mark.parametrize(
    ("source", "name", "confidence", "shown"),
    [
        ("Her spokesman", "spokesman", 0.97, "Ilse Morau’s spokesman said"),
        ("Her spokesman", "spokesman", 0.6, "Spokesman said"),
        ("The spokesman", "spokesman", 0.97, "The spokesman said"),
        ("Tavria’s Foreign Ministry", "Foreign Ministry", 0.97, "Tavria’s Foreign Ministry said"),
    ],
    ids=["surely hers", "perhaps hers", "nobody's", "by name"],
)
def test_an_office_is_told_with_its_owner(source: str, name: str, confidence: float, shown: str) -> None:
    text = f"{source} said that it leaks."
    pronoun = Mention(0, 3, text[:3], "pronoun", confidence)
    morau = Entity("e1", "PERSON", "Ilse Morau", (), (), (pronoun,) if text[:3] == "Her" else ())
    speaker = Speaker(name, "UNNAMED")
    quote = statement(text, source=source, cue="said", content="that it leaks", speakers=(speaker,))
    assert told(quote, text, (morau,)) == shown


def test_a_role_tells_whose_it_is() -> None:
    her = Mention(0, 3, "Her", "pronoun", 0.97)
    morau = Entity("e1", "PERSON", "Ilse Morau", (), (), (her,))
    aide = Entity("e2", "PERSON", "Ben Ode", (), (Span(0, 12, "Her spokesman"),), ())
    assert role_of(aide, (morau, aide)) == "Ilse Morau’s spokesman"
    assert role_of(aide) == "Her spokesman"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vell’s Foreign Ministry said no.", "Vell’s"),
        ("The Foreign Ministry said no, Vell's Foreign Ministry said.", "Vell's"),
        ("Vell and the Foreign Ministry said no.", ""),
        ("Vell’s Foreign Ministry met Orsa’s Foreign Ministry.", ""),
    ],
    ids=["behind its owner", "said once", "beside another", "of two owners"],
)
def test_a_body_without_a_description_has_its_owner(text: str, shown: str) -> None:
    def entity(name: str, kind: EntityType, number: int) -> Entity:
        found = re.finditer(name, text)
        return Entity(f"e{number}", kind, name, mentions=tuple(Mention(*m.span(), name) for m in found))

    body = entity("Foreign Ministry", "ORG", 1)
    places = (entity("Vell", "PLACE", 2), entity("Orsa", "PLACE", 3))
    assert description_of(body, (body, *places), text) == shown
    described = replace(body, roles=(Span(0, 4, "body"),))
    assert description_of(described, (described, *places), text) == "Body"


@pytest.mark.parametrize(
    ("text", "role", "shown"),
    [
        ("Vell’s President Ilse Morau said no.", "President", "Vell’s President"),
        ("The President Ilse Morau said no to Vell.", "President", "President"),
        ("Vell’s former president Ilse Morau said no.", "former president", "Former president"),
    ],
    ids=["of a place", "of nobody", "told by more words"],
)
def test_a_bare_title_tells_of_where_it_is(text: str, role: str, shown: str) -> None:
    start = text.index(role)
    morau = Entity("e1", "PERSON", "Ilse Morau", (), (Span(start, start + len(role), role),), ())
    at = text.index("Vell")
    vell = Entity("e2", "PLACE", "Vell", (), (), (Mention(at, at + 4, "Vell", "name"),))
    assert description_of(morau, (morau, vell), text) == shown


def test_a_description_begins_a_line_with_a_capital() -> None:
    assert as_entry("the chairman of governors") == "Chairman of governors"
    assert as_entry("a retired auctioneer") == "Retired auctioneer"
    assert as_entry("iPhone maker") == "iPhone maker"
    assert at_head("police", named=False) == "Police"
    assert at_head("bell hooks") == "bell hooks"


def test_reasons_leave_out_what_the_claimant_tells() -> None:
    claim = HARBOUR.claims[0]
    told = reasons_told(replace(claim, reasons=("made by a source", "figure", "the author states it")))
    assert told == ["figure"]
