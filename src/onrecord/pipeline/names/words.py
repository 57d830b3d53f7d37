"""What the decisions about names see of a document: its words, lines and word lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, get_blocks, root_of, text_of
from onrecord.pipeline.language.hyphens import hyphened
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.address import addressed_places
from onrecord.pipeline.names.recognizer import predict_chances
from onrecord.pipeline.structure.headline_lines import headline_lines

DETERMINERS = frozenset(
    (
        *("the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"),
        *("your", "some", "any", "every", "each", "no", "both", "either"),
    )
)
MARKS = frozenset("\"'“”‘’„«»`()[]{},;:!?…–—-*•/|") | {"''", "``", "--"}
BRACKETS = frozenset("[]")
"""Around what a writer adds to a quotation: *[Amara] Obi*."""
POSSESSIVES = frozenset(("'s", "’s", "'", "’", "‘s", "`s", "s'"))

WORDS = "onrecord_words"
"""Key in `doc.user_data` of the words while components share them."""


@dataclass(frozen=True, slots=True)
class PersonWords:
    """The lexicon `persons` as sets; `offices` are its heads and titles."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    honorifics: frozenset[str]
    bare: frozenset[str]
    in_place_names: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    offices: frozenset[str]
    modifiers: frozenset[str]
    states: frozenset[str]
    unreal: frozenset[str]
    vague: frozenset[str]
    ranks: frozenset[str]
    agents: tuple[str, ...]
    no_agents: frozenset[str]
    relational: frozenset[str]
    kinship: frozenset[str]
    consorts: frozenset[str]
    suffixes: frozenset[str]
    postnominals: frozenset[str]
    particles: frozenset[str]
    endings: tuple[str, ...]
    epithets: frozenset[str]
    masculine_roles: frozenset[str]
    feminine_roles: frozenset[str]
    led: frozenset[str]
    owned: frozenset[str]
    of_places: frozenset[str]
    spouses: frozenset[str]
    past: frozenset[str]
    reverend: frozenset[str]
    prefixes: frozenset[str]
    known_as: frozenset[tuple[str, ...]]
    nicknamed: frozenset[tuple[str, ...]]
    called: frozenset[str]
    plural_titles: frozenset[str]
    spoken: frozenset[str]
    couples: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrgWords:
    """The lexicon `organisations` as sets."""

    suffixes: frozenset[str]
    openings: frozenset[str]
    heads: frozenset[str]
    nominals: frozenset[str]
    kinds: frozenset[str]
    place_nominals: frozenset[str]
    vessels: frozenset[str]
    seats: frozenset[str]
    institutions: frozenset[str]
    known: frozenset[str]
    noted: frozenset[str]
    legal: frozenset[str]
    events: frozenset[str]
    storms: frozenset[str]
    works: frozenset[str]
    laws: frozenset[str]
    common: frozenset[str]
    calendar: frozenset[str]
    parties: frozenset[str]
    after_hyphen: frozenset[str]
    of_fields: frozenset[str]
    chambers: frozenset[str]
    papers: frozenset[str]
    beside_names: frozenset[str]
    bare_possessions: frozenset[str]
    possessions: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lexicon `places` as sets and maps; keys are folded names."""

    known: frozenset[str]
    states: frozenset[str]
    capitals: frozenset[str]
    heads: frozenset[str]
    openings: frozenset[str]
    quarters: frozenset[str]
    of_one_state: frozenset[str]
    abbreviations: frozenset[str]
    demonyms: frozenset[str]
    combining: frozenset[str]
    behind_origins: frozenset[str]
    demonym_of: dict[str, str]
    aliases: dict[str, str]
    org_aliases: dict[str, str]


@cache
def person_words() -> PersonWords:
    """The words around people's names."""
    lexicon = load_lexicon("persons")
    forms, titles, roles, names = (lexicon[k] for k in ("honorifics", "titles", "roles", "names"))
    return PersonWords(
        masculine=frozenset(forms["masculine"]),
        feminine=frozenset(forms["feminine"]),
        honorifics=frozenset(forms["masculine"] + forms["feminine"] + forms["neutral"]),
        bare=frozenset(forms["bare"]),
        in_place_names=frozenset(forms["in_place_names"]),
        titles=frozenset(titles["words"]),
        heads=frozenset(roles["heads"] + (below := [f"under{w}" for w in roles["heads"] + titles["words"]])),
        offices=frozenset(roles["heads"] + titles["words"] + below),
        modifiers=frozenset(roles["modifiers"]),
        states=frozenset(roles["states"]),
        unreal=frozenset(roles["unreal"]),
        vague=frozenset(roles["vague"]),
        ranks=frozenset(titles["ranks"]),
        agents=tuple(roles["agents"]),
        no_agents=frozenset(roles["no_agents"]),
        relational=frozenset(roles["relational"] + roles["kinship"]),
        kinship=frozenset(roles["kinship"]),
        consorts=frozenset(roles["consorts"]),
        suffixes=frozenset(names["suffixes"]),
        postnominals=frozenset(names["postnominals"]),
        particles=frozenset(names["particles"]),
        endings=tuple(roles["endings"]),
        epithets=frozenset(names["epithets"]),
        masculine_roles=frozenset(titles["masculine"]),
        feminine_roles=frozenset(titles["feminine"]),
        led=frozenset(roles["led"]),
        owned=frozenset(roles["owned"]),
        of_places=frozenset(roles["of_places"]),
        spouses=frozenset(roles["spouses"]),
        past=frozenset(roles["past"]),
        reverend=frozenset(forms["reverend"]),
        prefixes=frozenset(names["prefixes"]),
        known_as=frozenset(tuple(p.split()) for p in names["known_as"]),
        nicknamed=frozenset(tuple(p.split()) for p in names["nicknamed"]),
        called=frozenset(names["called"]),
        plural_titles=frozenset(titles["plurals"]),
        spoken=frozenset(roles["spoken"]),
        couples=frozenset(roles["couples"]),
    )


@cache
def org_words() -> OrgWords:
    """The words in and around organisations' names."""
    lexicon = load_lexicon("organisations")
    return OrgWords(
        suffixes=frozenset(lexicon["names"]["suffixes"]),
        openings=frozenset(lexicon["names"]["openings"]),
        heads=frozenset(lexicon["names"]["heads"]),
        nominals=frozenset(lexicon["nominals"]["nouns"]),
        kinds=frozenset(lexicon["nominals"]["kinds"]),
        place_nominals=frozenset(lexicon["nominals"]["places"]),
        vessels=frozenset(lexicon["nominals"]["vessels"]),
        seats=frozenset(lexicon["metonyms"]["seats"]),
        institutions=frozenset(lexicon["metonyms"]["institutions"]),
        known=frozenset(lexicon["known"]["names"]),
        noted=_noted_bodies(),
        legal=frozenset(lexicon["names"]["legal"]),
        events=frozenset(lexicon["events"]["heads"]),
        storms=frozenset(lexicon["events"]["storms"]),
        works=frozenset(lexicon["works"]["heads"]),
        laws=frozenset(lexicon["laws"]["heads"]),
        common=frozenset(lexicon["common"]["words"]),
        calendar=frozenset(lexicon["common"]["calendar"]),
        parties=frozenset(lexicon["names"]["parties"]),
        after_hyphen=frozenset(lexicon["names"]["after_hyphen"]),
        of_fields=frozenset(lexicon["nominals"]["of_fields"]),
        chambers=frozenset(lexicon["nominals"]["chambers"]),
        papers=frozenset(lexicon["nominals"]["papers"]),
        beside_names=frozenset(lexicon["nominals"]["beside_names"]),
        bare_possessions=frozenset(lexicon["possessions"]["bare"]),
        possessions=frozenset(lexicon["possessions"]["genitive"]),
    )


def _noted_bodies() -> frozenset[str]:
    """Bodies by name of the lexicon `bodies`, of all kinds."""
    kinds = (
        *("outlets", "checkers", "pollsters", "platforms", "thinktanks", "companies", "sport", "armed"),
        *("chambers", "courts"),
    )
    return frozenset(name for kind in kinds for name in load_lexicon("bodies")[kind]["names"])


@cache
def place_words() -> PlaceWords:
    """Known places, demonyms and short forms."""
    lexicon = load_lexicon("places")
    names = lexicon["names"]
    known = [*names["countries"], *names["continents"], *names["states"], *lexicon["aliases"]]
    demonyms = set(lexicon["demonyms"]["groups"])
    return PlaceWords(
        known=frozenset(known),
        states=frozenset(names["states"]),
        capitals=frozenset(names["capitals"]),
        heads=frozenset(names["heads"]),
        openings=frozenset(names["openings"]),
        quarters=frozenset(names["quarters"]),
        of_one_state=frozenset(names["of_one_state"]),
        abbreviations=frozenset(names["abbreviations"]),
        demonyms=frozenset(demonyms | {d + "s" for d in demonyms} | {"british", "tories"}),
        combining=frozenset(lexicon["demonyms"]["combining"]),
        behind_origins=frozenset(lexicon["demonyms"]["behind_origins"]),
        demonym_of=dict(lexicon["demonyms"]["of"]),
        aliases=dict(lexicon["aliases"]),
        org_aliases=dict(lexicon["organisations"]),
    )


@lru_cache(maxsize=65_536)
def fold_word(text: str) -> str:
    """A word for comparison: lower case, straight apostrophes, no points (`U.S.` is `us`), no bullet."""
    if text[:1] == "-" and text[1:2].isalpha():
        text = text[1:]
    text = text[0] + text[2:] if text[1:2] == "]" and text[0].isalpha() else text  # “[W]e are late”
    return text.casefold().replace("’", "'").replace("‘", "'").replace(".", "")


@dataclass(frozen=True, slots=True)
class Words:
    """A document's tokens as plain lists, for decisions about names.

    Attributes:
        low: folded words.
        capital: whether the token is a word that begins with a capital.
        breaks: whether the token ends a line.
        first: whether the token is the first word of its sentence or line.
        shown: whether the token stands in a headline in title case or capitals.
        shouted: whether the token stands in a line of capitals.
        line: number of the line that the token is in.
        plain: folded words that the document writes in lower case.
        compounds: for each token of a word that a list has with hyphens, the tokens of the word.
        addressed: tokens that a form of address shows to be surnames, whatever word they are: *Ms. Pope*.
        chances: (tokens, `KINDS`), how likely the encoder holds each token for a part of a name of each
            kind; None where the base pipeline's recognizer is at work, which gives no chances.
    """

    doc: Doc
    text: list[str]
    low: list[str]
    capital: list[bool]
    breaks: list[bool]
    first: list[bool]
    shown: list[bool]
    shouted: list[bool]
    line: list[int]
    plain: frozenset[str]
    compounds: Mapping[int, Range]
    addressed: frozenset[int] = frozenset()
    chances: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def surnames(self) -> frozenset[str]:
        """Folded words that a form of address shows to be surnames."""
        return frozenset(self.low[i] for i in self.addressed)

    def key(self, start: int, end: int) -> str:
        """The folded words of a span joined by blanks; hyphens do not part words, brackets are left out."""
        inside = (w for w in self.low[start:end] if w and not w.isspace() and w not in BRACKETS)
        return " ".join(inside).replace(" - ", "-")

    def word(self, i: int) -> str:
        """The folded word at a token; the whole of one that a list has with hyphens (*front-runner*)."""
        parts = self.compounds.get(i)
        return self.low[i] if parts is None else "-".join(self.low[slice(*parts, 2)])

    def parts(self, i: int) -> Range:
        """The tokens of the word at a token: itself alone, or all of *front-runner*."""
        return self.compounds.get(i, (i, i + 1))

    def left_edge(self, i: int) -> int:
        """First token of the phrase around the word at a token: the parser hangs it on any of the parts."""
        begin, end = self.parts(i)
        return min(begin, *(self.doc[j].left_edge.i for j in range(begin, end)))

    def root(self, start: int, end: int) -> Token:
        """The token that governs the others of a range."""
        return root_of(self.doc, (start, end))

    def surface(self, span: Range) -> str:
        """The span as written, with runs of white space as one blank."""
        return " ".join(text_of(self.doc, span).split())


def kept_words(doc: Doc) -> Words:
    """The words of a doc on its way through names, references and speakers: read once, until `drop_words`."""
    words: Words | None = doc.user_data.get(WORDS)
    if words is None:
        words = doc.user_data[WORDS] = read_words(doc)
    return words


def drop_words(doc: Doc) -> None:
    """Forget the words, which hold on to their doc."""
    doc.user_data.pop(WORDS, None)


def read_words(doc: Doc) -> Words:
    """Collect what decisions about names need."""
    tokens = list(doc)
    text = [t.text for t in tokens]
    low = [fold_word(t) for t in text]
    capital = [t[0].isupper() for t in text]
    breaks = [t.isspace() and "\n" in t for t in text]
    line, number = [], 0
    edges = {b.start for b in get_blocks(doc)}
    for i, ends in enumerate(breaks):
        number += i in edges and i > 0 and not breaks[i - 1]
        line.append(number)
        number += ends
    first, fresh = [], True
    for i, token in enumerate(tokens):
        fresh = fresh or bool(token.is_sent_start) or (i > 0 and line[i] != line[i - 1])
        word = text[i][0].isalnum()
        first.append(fresh and word)
        fresh = fresh and not word
    shown, shouted = headline_lines(tokens, text, line)
    plain = frozenset(low[i] for i, t in enumerate(text) if t[0].islower())
    addressed = _addressed(tokens, low)
    chances = predict_chances(doc)
    compounds = _compounds(doc, low)
    return Words(
        doc, text, low, capital, breaks, first, shown, shouted, line, plain, compounds, addressed, chances
    )


def _compounds(doc: Doc, low: Sequence[str]) -> dict[int, Range]:
    found: dict[int, Range] = {}
    for start, end in hyphened(doc, 0, len(doc)):
        word = "-".join(low[start:end:2])
        if word in _with_hyphens() or singular(word) in _with_hyphens():
            found.update(dict.fromkeys(range(start, end), (start, end)))
    return found


@cache
def _with_hyphens() -> frozenset[str]:
    """The words with hyphens in the lists that are asked for nouns and what stands before them."""
    people, orgs = person_words(), org_words()
    documents = load_lexicon("nominals")["documents"]["nouns"]
    lists = (people.heads, people.modifiers, people.kinship, orgs.nominals, documents)
    return frozenset(w for words in lists for w in words if "-" in w)


def _addressed(tokens: Sequence[Token], low: Sequence[str]) -> frozenset[int]:
    people = person_words()
    return addressed_places(
        tokens,
        low,
        forms=people.bare,
        titles=people.titles,
        offices=people.offices | people.honorifics,
        before=_before_surnames(),
    )


@cache
def _before_surnames() -> frozenset[str]:
    orgs, places = org_words(), place_words()
    return person_words().modifiers | orgs.suffixes | orgs.heads | places.known | places.demonyms
