"""Descriptions: which noun phrases refer to people, groups, bodies or documents, and to whom."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.pipeline.annotations import Range, get_marks
from onrecord.pipeline.coreference.referents import LEAST_LABEL, Referent, ReferentKind, marks_of
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.nominal_words import body_class, head_form, is_borne, nominal_words, role_class
from onrecord.pipeline.names.words import Words, org_words, person_words, place_words

DEFINITE = frozenset(("the", "this", "that", "these", "those"))
POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our", "your"))

# Scores of the evidence that a description takes up somebody named; accepted from ACCEPT on, if no
# other referent comes within MARGIN. Set on polnear/dev with gold-speakers.
SAME_HEAD = 3.0
SAME_CLASS = 1.6
SAME_MARK = 1.5
NEAR = 1.0
FREQUENT = 0.6
ACCEPT = 2.2
MARGIN = 0.4
NAMELESS = frozenset(("business", "team"))
"""Kinds of body whose names often do not tell the kind: *Bellandi*, *Arsenal*."""

BROUGHT = frozenset(("lawyer", "officer", "journalist", "scholar", "speaker", "leader", "lawmaker"))
"""Offices of people whom a story quotes, or has without a word of introduction, though it is about others."""

WHOLE_PEOPLES = ("sh", "ch", "ese", "ss")
"""Ends of adjectives that behind *the* make a people: *the Dutch, the Chinese* (Quirk et al. 1985, 7.25)."""

YOUNG = {"boy": "son", "girl": "daughter"}
"""Nouns for those who hold no office and have no trade yet, with whose child they are."""

NEXT_TO_MARKS = 2
"""Tokens between words in marks and the noun for who said them: *“I did,” | the Dutch | said*."""


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase with a head of a known class.

    Attributes:
        head: token of the head noun.
        definite: it takes up something known (*the*, *this*).
        owned: it begins with a possessive or holds a genitive, which makes another referent.
        speaks: it is the source of a statement.
    """

    start: int
    end: int
    head: int
    kind: ReferentKind
    plural: bool
    definite: bool
    owned: bool
    speaks: bool = False


def find_nominals(
    words: Words, named: Container[int], speaking: Container[int] = (), sources: Container[int] = ()
) -> Iterator[Nominal]:
    """Noun phrases headed by a noun for people, groups, bodies or documents.

    Args:
        words: the document.
        named: tokens of names.
        speaking: heads of the sources of statements; what no list has is a person there.
        sources: heads of the sources of all statements, in which *the German* is a person.
    """
    doc = words.doc
    for i in range(len(words)):
        heard = i in speaking or i in sources
        if i in named and not ((heard or is_countryman(words, i)) and is_of_a_people(words, i)):
            continue
        first_part, end = words.parts(i)
        if i + 1 < end or doc[i].pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            continue
        speaks = any(j in speaking for j in range(first_part, end))
        kind = kind_of(words, i) or _unlisted(words, i, speaks, heard=heard)
        leads = doc[i].dep_ == "nmod" and words.low[end : end + 1] == ["of"]  # *Member of House panel*
        if not kind or (doc[i].dep_ in ("compound", "amod", "nmod", "npadvmod") and not leads):
            continue
        start = _phrase_start(words, i)
        if i + 1 < len(words) and i + 1 in named and kind == "person" and words.line[i] == words.line[i + 1]:
            continue  # a title: *Senator NAME*
        first = words.low[start]
        genitive = any(words.low[j] in ("'s", "'") for j in range(start, i))
        yield Nominal(
            start,
            i + 1,
            i,
            kind,
            (doc[i].tag_ in ("NNS", "NNPS") and not is_of_a_people(words, i)) or kind == "group",
            first in DEFINITE,
            first in POSSESSIVE or genitive,
            speaks,
        )


def is_of_a_people(words: Words, head: int) -> bool:
    """Whether it is one person of a people: *the German*; what ends as *the French* does is the people."""
    token, low = words.doc[head], words.low[head]
    alone = head > 0 and words.low[head - 1] == "the" and token.dep_ not in ("compound", "amod", "nmod")
    if is_countryman(words, head):
        return alone
    one = low in place_words().demonym_of and token.tag_ not in ("NNS", "NNPS")
    if alone and low in place_words().demonym_of and low.endswith(WHOLE_PEOPLES):
        return _speaks_of_self(words, head)
    return one and alone


def is_countryman(words: Words, head: int) -> bool:
    """Whether a noun names one person by the people: *Dutchman*, *Frenchwoman*."""
    low = words.low[head]
    stem = low.removesuffix("man").removesuffix("wo")
    return words.capital[head] and stem != low and stem in place_words().demonym_of


def _speaks_of_self(words: Words, head: int) -> bool:
    """Whether a noun is the subject of a verb for one, or of words in marks in which one says *I*."""
    token = words.doc[head]
    if token.dep_ != "nsubj":
        return False
    ends = [m for m in get_marks(words.doc) if 0 <= head - m.end <= NEXT_TO_MARKS]
    said = {words.low[i] for m in ends for i in range(m.start, m.end)}
    return token.head.tag_ == "VBZ" or bool(said & {"i", "me", "my"})


def _unlisted(words: Words, head: int, speaks: bool, *, heard: bool) -> ReferentKind | None:
    """A person, by an age or by speaking, where no list has the noun: *said the 71-year-old missionary*."""
    token = words.doc[head]
    if (speaks or heard or is_countryman(words, head)) and is_of_a_people(words, head):
        return "person"
    aged = token.tag_ in ("NN", "JJ") and tells_age(words, (min(token.left_edge.i, head), head + 1))
    return "person" if aged or (speaks and (token.tag_ == "NN" or _is_common(words, head))) else None


def _is_common(words: Words, head: int) -> bool:
    """Whether only its place gives a noun a capital: the article has it without one elsewhere."""
    token = words.doc[head]
    return token.tag_ == "NNP" and words.first[head] and words.low[head] in words.plain


def tells_age(words: Words, span: Range) -> bool:
    """Whether there is a *41-year-old*, in one token or several."""
    if not any("year" in text for text in words.text[slice(*span)]):
        return False
    text = words.surface(span)
    return "year-old" in text.replace(" ", "") and any(c.isdigit() for c in text)


def kind_of(words: Words, head: int) -> ReferentKind | None:
    """What a head noun refers to."""
    nominals, people, orgs = nominal_words(), person_words(), org_words()
    low, tag = words.word(head), words.doc[head].tag_
    plural = tag in ("NNS", "NNPS") and (singular(low) in people.heads or low in nominals.anonymous)
    if plural or low in nominals.plurals | people.couples:
        return "group"
    if low in people.heads or low in nominals.anonymous or low in nominals.masculine | nominals.feminine:
        return "person"
    if low in nominals.documents:
        return "document"
    if low in orgs.nominals or low in orgs.suffixes:
        return "organisation"
    if low in orgs.place_nominals:
        return "place"
    return None


def _phrase_start(words: Words, head: int) -> int:
    doc = words.doc
    begin, start = words.parts(head)[0], words.left_edge(head)
    while begin > start and words.line[begin - 1] == words.line[head]:
        if words.text[begin - 1] in (",", "“", "”", '"', ";", ":", "(", ")") or doc[begin - 1].pos_ in (
            "VERB",
            "AUX",
            "SCONJ",
        ):
            break
        begin -= 1
    return begin


def resolve_nominal(
    words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int
) -> tuple[Referent | None, float, str]:
    """The named referent that a definite description takes up.

    Args:
        words: the document.
        nominal: the description.
        referents: those mentioned so far, named ones and descriptions.
        sentence: index of its sentence.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    if nominal.plural or (nominal.owned and not _of_a_place(words, nominal)):
        return None, 0.0, ""
    capitals = (
        {words.low[i] for i in range(nominal.start, nominal.head) if words.capital[i]}
        - DEFINITE
        - {"a", "an"}
    )
    if not nominal.definite and not nominal.owned and not (nominal.kind == "organisation" and capitals):
        return None, 0.0, ""
    head = head_form(words.word(nominal.head))
    marks = marks_of(words, (nominal.start, complement_end(words, nominal)))
    marks |= _labels(capitals, referents)
    sex = sex_of_noun(head)
    sorts = _sorts(words, nominal) if is_borne(head) else set()
    told_of = _named_in_relative(words, nominal)
    scored = []
    if sex and not role_class(head) and _is_introduced(words, nominal):
        referents = [r for r in referents if head in r.heads]
    for r in referents:
        if r.kind != nominal.kind or r.plural or not r.places or _only_quoted(r) or r.names & told_of:
            continue
        value = _score(r, head, marks, sex, nominal, sentence)
        if value is not None and nominal.kind == "organisation":
            value = None if sorts - r.names - r.heads else _fit_of_body(value, r, head, capitals)
        if value is not None:
            scored.append((value, -r.places[-1].start, r))
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] < ACCEPT:
        return None, 0.0, ""
    best = scored[0][2]
    rivals = [r for value, _, r in scored[1:] if scored[0][0] - value < MARGIN]
    if rivals and _all_so_called([best, *rivals], head):
        best = max([best, *rivals], key=lambda r: r.places[-1].start)
    elif rivals:
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return best, min(0.9, 0.5 + 0.1 * scored[0][0]), f"“{text}” fits only one named before"


def _labels(capitals: set[str], referents: Sequence[Referent]) -> set[str]:
    """What brackets behind people's names give and a description repeats: *(Lab)*, *the Labour member*."""
    known = {mark for r in referents if r.kind == "person" for mark in r.marks}
    return {m for m in known for c in capitals if len(m) >= LEAST_LABEL and c.startswith(m)}


def _sorts(words: Words, nominal: Nominal) -> set[str]:
    """The nouns that tell what sort of body is meant: *the | appeals | court*."""
    before = range(nominal.start, words.parts(nominal.head)[0])
    return {words.low[i] for i in before if words.doc[i].dep_ == "compound" and words.doc[i].pos_ == "NOUN"}


def _named_in_relative(words: Words, nominal: Nominal) -> set[str]:
    """The names in a description's relative clause, which are others': *the trustee, who backs NAME*."""
    head = words.doc[nominal.head]
    held = (head, *head.conjuncts)
    clauses = [c for t in held for c in t.children if c.dep_ == "relcl" and c.i > nominal.head]
    return {words.low[t.i] for clause in clauses for t in clause.subtree if words.capital[t.i]}


def _is_introduced(words: Words, nominal: Nominal) -> bool:
    """Whether *a* and a noun behind it tell who somebody is: *the man, | a retired dentist |, said*."""
    beside = [c for c in words.doc[nominal.head].children if c.dep_ == "appos" and c.i > nominal.end]
    return any(words.low[c.left_edge.i] in ("a", "an") for c in beside)


def _only_quoted(referent: Referent) -> bool:
    """Whether it is nobody named and spoken of in quotations alone."""
    return not referent.entity and all(p.quoted for p in referent.places)


def _all_so_called(referents: Sequence[Referent], head: str) -> bool:
    """Whether nobody named is among them, and each is called by the noun: *the woman* is the last of them."""
    return all(not r.entity and head in r.heads for r in referents)


def _of_a_place(words: Words, nominal: Nominal) -> bool:
    """Whether the possessor is a place, which marks the office: *Norway's prime minister*."""
    genitive = next((i for i in range(nominal.start, nominal.head) if words.low[i] == "'s"), None)
    return (
        nominal.kind == "person" and genitive is not None and bool(marks_of(words, (nominal.start, genitive)))
    )


def _fit_of_body(value: float, referent: Referent, head: str, capitals: set[str]) -> float | None:
    """The score with what kind of body it is and the names in the description: *a House panel*."""
    kinds = {k for h in referent.heads for k in body_class(h)}
    if (kinds and not kinds & body_class(head)) or (is_borne(head) and head not in referent.heads):
        return None
    if capitals:
        return value + 2.0 if capitals < referent.names else None
    if not kinds and not body_class(head) & NAMELESS and head not in referent.heads:
        return None
    return value + 0.6 * bool(kinds)


def complement_end(words: Words, nominal: Nominal) -> int:
    """The end of a description with its complement: *senator from Texas*."""
    end = nominal.head + 1
    if end < len(words) and words.low[end] in ("from", "of", "for"):
        edge = words.doc[end].right_edge.i + 1
        return min(max(edge, end), end + 5)
    return end


def sex_of_noun(head: str) -> str:
    """What a noun for a person says of the gender: `m`, `f` or nothing."""
    nominals = nominal_words()
    return "m" if head in nominals.masculine else "f" if head in nominals.feminine else ""


@cache
def _countries() -> frozenset[str]:
    return frozenset(c.casefold() for c in place_words().demonym_of.values())


def _of_other_countries(marks: set[str], known: set[str]) -> bool:
    """Whether a description names a country and the person is known to be of others only."""
    countries = _countries()
    said, shown = marks & countries, known & countries
    united = place_words().of_one_state
    one_state = bool(said & united) and bool(shown & united)
    return bool(said) and bool(shown) and not said & shown and not one_state


def _is_else(head: str, heads: set[str]) -> bool:
    """Whether a noun that tells more than gender is none of what somebody is known as: *king*, a director."""
    told = bool(role_class(head)) or head in YOUNG
    return told and bool(heads - person_words().kinship)


def _score(
    referent: Referent, head: str, marks: set[str], sex: str, nominal: Nominal, sentence: int
) -> float | None:
    kind = nominal.kind
    if sex and referent.sex and sex != referent.sex:
        return None
    away = sentence - referent.places[-1].sentence
    if kind == "person" and _of_other_countries(marks, referent.marks):
        return None
    heads = referent.heads_before(nominal.start)
    value = max(0.0, NEAR - 0.15 * away) + min(FREQUENT, 0.15 * len(referent.places))
    if kind == "person":
        if {head, YOUNG.get(head)} & heads or referent.is_called(head, nominal.start):
            value += SAME_HEAD
        elif (
            (role_class(head) and role_class(head) in {role_class(h) for h in heads})
            or (sex and referent.sex_before(nominal.start) == sex and away <= 2 and not _is_else(head, heads))
            or (marks and marks & referent.marks and not heads)
        ):
            value += SAME_CLASS
        else:
            return None
        if marks & referent.marks:
            value += SAME_MARK
        elif marks and referent.marks and head not in heads:
            return None
        elif marks and not marks <= referent.marks:
            value -= SAME_MARK
    elif kind == "organisation":
        value += SAME_CLASS if head in heads else 1.0 if away <= 2 else 0.3
    else:
        value += SAME_HEAD if head in heads else 0.0
    return value
