from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from onrecord.pipeline.annotations import BlockRecord, char_range, get_entities, set_blocks
from onrecord.pipeline.coreference.component import Coreference
from onrecord.pipeline.names.acronyms import common_acronyms
from onrecord.pipeline.names.classes import class_votes
from onrecord.pipeline.names.component import Names
from onrecord.pipeline.names.heads import first_of_heads, is_head_of_body
from onrecord.pipeline.names.person_names import PersonName, begins, parse_person, part_of, same_person
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.spans import find_name_spans
from onrecord.pipeline.names.wholes import cut_wholes
from onrecord.pipeline.names.words import read_words
from onrecord.pipeline.speakers.component import Speakers

VOCAB = Vocab()


def doc_of(*tokens: str, ents: tuple[tuple[int, int, str], ...] = (), tags: str = "") -> Doc:
    """A doc by hand: every capitalised token a proper noun, all heads on the first token."""
    words = list(tokens)
    named = [w[:1].isupper() for w in words]
    doc = Doc(
        VOCAB,
        words=words,
        pos=["PROPN" if n else "SPACE" if w.isspace() else "NOUN" for n, w in zip(named, words, strict=True)],
        tags=["NNP" if n else "_SP" if w.isspace() else "NN" for n, w in zip(named, words, strict=True)],
        heads=[0] * len(words),
        deps=["ROOT"] + ["dep"] * (len(words) - 1),
        sent_starts=[True] + [False] * (len(words) - 1),
        lemmas=[w.lower() for w in words],
    )
    doc.ents = [Span(doc, s, e, label=label) for s, e, label in ents]
    return doc


def names_in(doc: Doc) -> dict[str, tuple[str, list[str]]]:
    return {
        e.name: (e.type, [doc[m.start : m.end].text for m in e.mentions]) for e in get_entities(Names()(doc))
    }


def test_a_span_over_a_line_break_is_cut() -> None:
    doc = doc_of("we", "saw", "Anna", "Berg", "\n", "yet", "nobody", "came", ents=((2, 6, "PERSON"),))
    assert names_in(doc) == {"Anna Berg": ("PERSON", ["Anna Berg"])}


def test_article_title_and_possessive_are_no_part_of_a_name() -> None:
    doc = doc_of("so", "the", "President", "Ann", "Ode", "'s", "dog", ents=((1, 6, "PERSON"),))
    found = get_entities(Names()(doc))
    assert [(e.name, [doc[a:b].text for a, b in e.roles]) for e in found] == [("Ann Ode", ["President"])]


def test_an_ordinal_belongs_to_the_body_that_it_counts() -> None:
    doc = doc_of("so", "the", "5th", "Circuit", "may", "hear", "it", ents=((3, 4, "ORG"),))
    assert list(names_in(doc)) == ["5th Circuit"]


def test_of_names_that_begin_alike_the_longest_is_made_whole() -> None:
    name = ("Lake", "Board", "North", "Votes", "West", "Seals")
    words = [*name[:2], "met", *name[:4], "met", *name, "met", *name, "met"]
    doc = Doc(VOCAB, words=words, tags=["NNP" if w[0].isupper() else "NN" for w in words])
    whole = [NameSpan(0, 2, "ORG"), NameSpan(3, 7, "ORG"), NameSpan(8, 14, "ORG")]
    found = cut_wholes(read_words(doc), [*whole, NameSpan(15, 17, "ORG"), NameSpan(18, 19), NameSpan(20, 21)])
    assert [(s.start, s.end) for s in found] == [(0, 2), (3, 7), (8, 14), (15, 21)]


def test_a_person_whose_name_stands_whole_elsewhere_is_made_whole() -> None:
    words = read_words(
        doc_of("Dana", "Orne", "left", "and", "He", "Orne", "won", "and", "Dana", "Orne", "sat")
    )
    found = cut_wholes(words, [NameSpan(0, 2, "PERSON"), NameSpan(5, 6, "PERSON"), NameSpan(9, 10, "PERSON")])
    assert [(s.start, s.end, s.label) for s in found] == [
        (0, 2, "PERSON"),
        (5, 6, "PERSON"),
        (8, 10, "PERSON"),
    ]


def test_a_state_in_initials_is_no_stressed_pronoun() -> None:
    doc = doc_of("so", "the", "U.S.", "let", "us", "in", ents=((2, 3, "GPE"),))
    assert names_in(doc) == {"U.S.": ("PLACE", ["U.S."])}


def test_a_dateline_names_places_and_the_agency() -> None:
    line = ["LOMA", "BAJA", ",", "Brazil", "(", "Halden", "Litoral", ")", "—"]
    doc = doc_of(*line, "\n", "five", "men", "left")
    set_blocks(doc, [BlockRecord(0, 9, "dateline"), BlockRecord(10, 13, "paragraph")])
    assert names_in(doc) == {
        "Loma Baja": ("PLACE", ["LOMA BAJA"]),
        "Brazil": ("PLACE", ["Brazil"]),
        "Halden Litoral": ("ORG", ["Halden Litoral"]),
    }


def test_a_day_in_a_dateline_is_no_name() -> None:
    doc = doc_of("Monday", ",", "14", "May", "(", "May", "15", ")", "\n", "five", "men", "left")
    set_blocks(doc, [BlockRecord(0, 8, "dateline"), BlockRecord(9, 12, "paragraph")])
    assert names_in(doc) == {}


@pytest.mark.parametrize(
    ("after", "named", "expected"),
    [
        (("the", "Survey", "sat"), 0, True),
        (("The", "Survey", "sat"), 0, True),
        (("Survey", "secretary", "Orne"), 0, True),
        (("a", "Survey", "sat"), 0, False),
        (("the", "Survey", "sat"), 6, False),
        (("the", "Survey", "sat"), None, False),
    ],
)
def test_a_body_is_called_by_what_it_is_once_it_is_named(
    after: tuple[str, ...], named: int | None, expected: bool
) -> None:
    words = read_words(doc_of("Halden", "Survey", "left", ".", *after))
    start = 4 + after.index("Survey")
    assert is_head_of_body(words, [NameSpan(start, start + 1)], named) is expected


def test_where_bodies_of_a_kind_are_named_first() -> None:
    bodies = {"halden tide survey": [NameSpan(9, 12)], "survey of ports": [NameSpan(3, 6)]}
    assert first_of_heads(bodies) == {"survey": 3}


def test_a_name_with_a_hyphen_and_one_that_the_model_missed_twice_are_made_whole() -> None:
    twice = ["Oru", "Passion", "met", "Oru", "Passion", "met", "Oru", "Passion", "and"]
    words = read_words(doc_of(*twice, "Ro", "Min", "-", "so", "met", "Ro", "Min", "-", "so"))
    parts = [NameSpan(6, 7, "ORG"), NameSpan(7, 8)]
    found = cut_wholes(
        words, [NameSpan(0, 2), NameSpan(3, 5), *parts, NameSpan(9, 13, "PERSON"), NameSpan(14, 15)]
    )
    assert [(s.start, s.end) for s in found] == [(0, 2), (3, 5), (6, 8), (9, 13), (14, 18)]


def test_a_preposition_at_the_start_of_a_sentence_is_no_name() -> None:
    doc = doc_of("On", "came", "two", "men", "to", "Oslo", ents=((0, 1, "ORG"), (5, 6, "GPE")))
    doc[0].tag_ = "IN"
    assert list(names_in(doc)) == ["Oslo"]


@pytest.mark.parametrize(
    ("tokens", "start", "person"),
    [
        (("then", "Dalisto", "'s", "Nora", "Quist", "won"), 1, (3, 5)),
        (("then", "Nora", "Quist", "of", "Dalisto", "won"), 4, (1, 3)),
    ],
)
def test_what_somebody_belongs_to_is_no_person(
    tokens: tuple[str, ...], start: int, person: tuple[int, int]
) -> None:
    doc = doc_of(*tokens, ents=((start, start + 1, "PERSON"), (*person, "PERSON")))
    group = [NameSpan(start, start + 1, "PERSON")]
    votes = class_votes(read_words(doc), group, titled=False, personal=False, alone=True)
    assert votes["PERSON"] < 0


def test_generations_are_one_however_they_are_cut_short() -> None:
    assert parse_person(["Ian", "Orne", "Snr"]) == parse_person(["Ian", "Orne", "Sr."])
    assert parse_person(["Ian", "Orne", "Jnr"]) == PersonName(("ian",), "orne", "jr")


def test_a_numeral_behind_one_name_is_no_other_name() -> None:
    doc = doc_of("Anselm", "III", "met", "Anselm", "and", "left", ents=((0, 2, "PERSON"), (3, 4, "PERSON")))
    assert names_in(doc) == {"Anselm III": ("PERSON", ["Anselm III", "Anselm"])}
    two = ((0, 2, "PERSON"), (3, 5, "PERSON"))
    assert len(names_in(doc_of("Anselm", "III", "met", "Anselm", "II", "there", ents=two))) == 2


def test_which_last_parts_are_numerals() -> None:
    assert parse_person(["Anselm", "XIV"]) == PersonName((), "anselm", "xiv")
    assert parse_person(["Deng", "Xi"]) == PersonName(("deng",), "xi")
    assert parse_person(["Malcolm", "X"]) == PersonName(("malcolm",), "x")


@pytest.mark.parametrize(
    ("phrase", "short", "expected"),
    [
        (("ground", "filter", "rate"), "GFR", {"gfr"}),
        (("light", "-", "emitting", "diodes"), "LEDs", {"leds", "led"}),
        (("the", "fire", "service"), "FS", set()),
        (("Ground", "Filter", "Rate"), "GFR", set()),
        (("an", "old", "rate"), "GFR", set()),
    ],
)
def test_what_is_spelt_out_in_small_letters_is_no_name(
    phrase: tuple[str, ...], short: str, expected: set[str]
) -> None:
    assert common_acronyms(read_words(doc_of("so", *phrase, "(", short, ")", "rose"))) == expected


def test_a_road_by_its_number_is_a_place() -> None:
    doc = doc_of("they", "shut", "State", "Highway", "61", "and", "Route", "9", "but", "Form", "9", "stayed")
    found = {n: kind for n, (kind, _) in names_in(doc).items()}
    assert (found["State Highway 61"], found["Route 9"]) == ("PLACE", "PLACE")


@pytest.mark.parametrize(
    ("tokens", "start", "expected"),
    [
        (("go", "as", "far", "as", "Papo", "."), 4, True),
        (("go", "as", "far", "north", "as", "Papo"), 5, True),
        (("so", "as", "far", "as", "Papo", "knows"), 4, False),
    ],
)
def test_how_far_something_goes_is_a_place(tokens: tuple[str, ...], start: int, expected: bool) -> None:
    doc = doc_of(*tokens)
    group = [NameSpan(start, start + 1, "PERSON")]
    votes = class_votes(read_words(doc), group, titled=False, personal=False, alone=True)
    assert (votes["PLACE"] > 0) is expected


def test_the_office_of_an_officer_is_a_body() -> None:
    doc = doc_of("so", "the", "Kent", "Sheriff", "'s", "office", "left", ents=((2, 4, "ORG"),))
    assert list(names_in(doc)) == ["Kent Sheriff 's office"]


def test_capitals_right_before_somebody_are_an_office() -> None:
    doc = doc_of("so", "TD", "Nora", "Quist", "left", ents=((2, 4, "PERSON"),))
    votes = class_votes(read_words(doc), [NameSpan(1, 2)], titled=False, personal=False, alone=True)
    assert votes["ORG"] < 0


def test_a_modifier_of_offices_stays_in_a_body_that_was_not_found() -> None:
    doc = doc_of("so", "the", "Foreign", "Ministry", "may", "hear", "it")
    assert [doc[s.start : s.end].text for s in find_name_spans(read_words(doc))] == ["Foreign Ministry"]


def test_a_hyphen_ties_a_prefix_to_a_name() -> None:
    words, spaces = ["they", "left", "Trans", "-", "Sahara", "Accord", "talks"], [1, 1, 0, 0, 1, 1, 0]
    doc = Doc(
        VOCAB,
        words=words,
        spaces=list(map(bool, spaces)),
        tags=["PRP", "VBD", "NNP", "HYPH", *["NNP"] * 2, "NNS"],
    )
    doc.ents = [Span(doc, 4, 6, label="ORG")]
    assert [doc[s.start : s.end].text for s in find_name_spans(read_words(doc))] == ["Trans-Sahara Accord"]


def test_two_people_in_one_span_are_two() -> None:
    doc = doc_of("they", "met", "Ann", "Ode", "and", "Bo", "Lee", "today", ents=((2, 7, "PERSON"),))
    assert set(names_in(doc)) == {"Ann Ode", "Bo Lee"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Anna", "Berg"], PersonName(("anna",), "berg")),
        (["Willem", "van", "der", "Zee"], PersonName(("willem",), "van der zee")),
        (["Walter", "Brandt", "Jr."], PersonName(("walter",), "brandt", "jr")),
        (["van", "Gogh"], PersonName((), "van gogh")),
        (["Berg"], PersonName((), "berg")),
        (["Mark", "Ode", ",", "QC"], PersonName(("mark",), "ode")),
        (["Ann", "Cho", "-", "Lee"], PersonName(("ann",), "cho-lee")),
        (["Ban", "Ki", "-", "moon"], PersonName(("ban",), "ki-moon")),
        (["Al", "Roe"], PersonName(("al",), "roe")),
        (["Al", "-", "Roe"], PersonName((), "al roe")),
        (["Rui", "dos", "Reis", "Filho"], PersonName(("rui",), "dos reis", "filho")),
    ],
)
def test_names_are_parsed(words: list[str], expected: PersonName) -> None:
    assert parse_person(words) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Charles E. Grant", "Charles Grant", True),
        ("C. Grant", "Charles Grant", True),
        ("Charles Grant", "Mary Grant", False),
        ("Walter Brandt", "Walter Brandt Jr.", False),
        ("Maria Elena Fuentes", "Elena Fuentes", True),
        ("Ann Lee", "Ann Ode", False),
    ],
)
def test_full_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(parse_person(one.split()), parse_person(other.split())) is same
    assert same_person(parse_person(other.split()), parse_person(one.split())) is same


@pytest.mark.parametrize(
    ("short", "long", "does"),
    [
        ("Gabriel Fuentes", "Gabriel Fuentes Moro", True),
        ("Gabriel Moro", "Gabriel Fuentes Moro", False),
        ("Gabriel", "Gabriel Fuentes", False),
        ("Gabriel Fuentes Sr.", "Gabriel Fuentes Moro Jr.", False),
        ("Gabriel Fuentes", "Gabriel Fuentes", False),
    ],
)
def test_a_full_name_may_lack_the_last_words(short: str, long: str, does: bool) -> None:
    assert begins(parse_person(short.split()), parse_person(long.split())) is does


def test_half_of_a_double_surname_is_a_part_of_it() -> None:
    full = parse_person(["Ann", "Cho", "-", "Lee"])
    assert [part_of(p, full) for p in ("cho-lee", "cho", "lee", "ann")] == [
        "surname",
        "part of the surname",
        "part of the surname",
        "given",
    ]


def test_parts_of_a_name() -> None:
    full = parse_person(["Maria", "Elena", "van", "Dyk"])
    assert [part_of(p, full) for p in ("maria", "elena", "dyk", "van dyk", "berg")] == [
        "given",
        "middle",
        "surname",
        "surname",
        "",
    ]


def test_lines_in_title_case_are_headlines() -> None:
    doc = doc_of("Angry", "Voters", "Corner", "Mayor", "\n", "the", "voters", "of", "Oslo", "were", "angry")
    words = read_words(doc)
    assert words.shown[:4] == [True] * 4
    assert not any(words.shown[5:])


WORDS = st.sampled_from(
    [
        *(
            "Anna",
            "Berg",
            "Mr.",
            "Mrs.",
            "Senator",
            "of",
            "the",
            "and",
            "said",
            ",",
            ".",
            "“",
            "”",
            "'s",
            "’s",
            "-",
        ),
        *(
            "he",
            "she",
            "They",
            "it",
            "I",
            "who",
            "NATO",
            "(",
            ")",
            "Jr.",
            "van",
            "U.S.",
            "Republicans",
            "lawyer",
        ),
        *(
            "her",
            "his",
            ":",
            "\n",
            "\n\n",
            "May",
            "Bank",
            "BERG",
            "1",
            "É",
            "漢",
            "report",
            "the",
            "two",
            "men",
        ),
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_any_doc_gives_spans_in_range(words: list[str], data: st.DataObject) -> None:
    n = len(words)
    heads = [data.draw(st.integers(0, n - 1), label="head") for _ in words]
    ents: list[tuple[int, int, str]] = []
    at = 0
    while at < n:
        size = data.draw(st.integers(0, 4), label="size")
        if size and at + size <= n and not any(w.isspace() for w in words[at : at + 1]):
            ents.append((at, at + size, data.draw(st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE"]))))
        at += max(1, size)
    deps = [
        data.draw(
            st.sampled_from(["nsubj", "dobj", "poss", "appos", "conj", "compound", "prep", "relcl", "attr"])
        )
        for _ in words
    ]
    doc = Doc(VOCAB, words=words, pos=["NOUN"] * n, tags=["NNP"] * n, lemmas=words)
    doc.ents = [Span(doc, s, e, label=label) for s, e, label in ents]
    # Heads at random would make cycles; a chain towards the first token is a tree.
    for i, token in enumerate(doc):
        token.dep_ = deps[i]
    doc = Doc(
        VOCAB,
        words=words,
        pos=[t.pos_ for t in doc],
        tags=[t.tag_ for t in doc],
        lemmas=words,
        deps=deps,
        heads=[min(h, max(0, i - 1)) if i else 0 for i, h in enumerate(heads)],
        ents=[_iob(i, ents) for i in range(n)],
    )
    Speakers()(Coreference()(Names()(doc)))
    ids = {e.id for e in get_entities(doc)}
    assert len(ids) == len(get_entities(doc))
    for e in get_entities(doc):
        assert e.mentions
        assert set(e.candidates) <= ids - {e.id}
        for m in e.mentions:
            assert 0 <= m.start < m.end <= n
            start, end = char_range(doc, (m.start, m.end))
            assert doc.text[start:end] == doc[m.start : m.end].text
            assert 0.0 <= m.confidence <= 1.0
        assert all(0 <= a < b <= n for a, b in e.roles)


def _iob(i: int, ents: list[tuple[int, int, str]]) -> str:
    for start, end, label in ents:
        if start <= i < end:
            return f"{'B' if i == start else 'I'}-{label}"
    return "O"


def test_empty_and_blank_docs_pass() -> None:
    for words in ([], ["\n"], [" ", "\n\n"]):
        doc = Doc(VOCAB, words=words)
        assert not get_entities(Speakers()(Coreference()(Names()(doc))))


def test_a_small_letter_behind_the_hyphen_shows_that_the_surname_stands_first() -> None:
    assert part_of("park", parse_person(["Park", "Ji", "-", "woo"])) == "surname"
    assert part_of("anna", parse_person(["Anna", "Lie", "-", "Berg"])) == "given"
    assert part_of("anna", parse_person(["Anna", "Berg"])) == "given"


@pytest.mark.parametrize(("pos", "work"), [("VERB", False), ("NOUN", True)])
def test_the_object_of_a_verb_is_no_work(pos: str, work: bool) -> None:
    doc = doc_of("Danes", "play", "Iva", "Majol")
    doc[1].pos_ = pos
    votes = class_votes(read_words(doc), [NameSpan(2, 4, "PERSON")], titled=False, personal=False, alone=True)
    assert (votes["WORK"] > 0) is work
