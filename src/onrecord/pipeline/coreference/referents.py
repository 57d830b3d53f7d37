"""Who and what a document talks about, as it goes: the memory that coreference looks back into."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from onrecord.pipeline.annotations import EntityRecord, Range
from onrecord.pipeline.coreference.layout import LOCATIVE, role_of
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.classes import is_of_class
from onrecord.pipeline.names.gender import (
    address_score,
    decided,
    first_pronoun,
    noun_score,
    rank_score,
)
from onrecord.pipeline.names.nominal_words import head_form, named_kinds, nominal_words, role_class
from onrecord.pipeline.names.roles import role_before
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import POSSESSIVES, Words, org_words, person_words, place_words

ARTICLES = frozenset(("the", "a", "an"))
BEFORE_THINGS = ARTICLES | LOCATIVE
COMPLEMENTS = frozenset(("of", "for", "to", "at", "in", "on", "from", "with"))
ReferentKind = Literal["person", "organisation", "place", "group", "document", "other"]
KIND_OF_TYPE: dict[str, ReferentKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "PLACE": "place",
    "NORP": "group",
    "WORK": "document",
    "LAW": "document",
}

SEEN_MOST = 3.0
"""Most that pronouns say of a person's gender together: as much as one gendered noun, less than *Mrs.*"""

OFF_SUBJECT = 0.4
"""Share of the first pronoun after a mention that counts where the mention is no subject, as in *saw Anna
before he left*; set by hand."""

LEAST_LABEL = 3
"""Letters from which what stands in brackets behind a name tells a party or a club: *(Lab)*, *(SNP)*."""

TOLD_BESIDE = frozenset(("candidate", "business", "athlete"))
"""What people are called beside an office: *the senator … the Republican front-runner*."""

MOST_PARTS = 3
"""Words of a name that could be a person's although it is typed otherwise."""


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a referent, with what matters for what follows.

    Attributes:
        role: `subject`, `object`, `oblique`, `possessive` or `other`.
        conjoined: joined to another by *and*.
        locative: behind *in*, *at*, *near*, as places are.
        parts: words of a name; 0 of a description or pronoun.
        apposed_thing: beside a noun for no person: *her album, NAME*.
        marked: right behind an opening quotation mark, as titles of works are.
        labelled: the base pipeline took it for a person.
        article: behind *the* or *a*.
    """

    start: int
    end: int
    sentence: int
    line: int
    subject: bool
    possessive: bool
    quoted: bool
    kind: str
    role: str = "other"
    conjoined: bool = False
    locative: bool = False
    parts: int = 0
    apposed_thing: bool = False
    marked: bool = False
    labelled: bool = False
    article: bool = False


@dataclass(slots=True)
class Referent:
    """Somebody or something the document talks about.

    Attributes:
        entity: id of the named entity; empty for a description that is never named.
        phrase: the description's first mention.
        gender: what forms of address and descriptions show; positive masculine.
        seen: what pronouns show, by token of the pronoun.
        firsts: pronouns that are the first after one of the mentions.
        doubtful: the name is not typed a person's, yet could be one.
        heads: normalised heads of the descriptions seen (`senator`, `president`).
        told: first token of the first role that says so, by head; heads known otherwise have none.
        called: what appositions call a person, listed or not, with the token where they first do.
        marks: words that go with them: demonyms' places, states, parties.
        names: folded words of the names.
        owners: heads of descriptions with the entity that owns them: *lawyer for X*.
    """

    kind: ReferentKind
    entity: str = ""
    phrase: Range | None = None
    plural: bool = False
    gender: float = 0.0
    seen: dict[int, float] = field(default_factory=dict)
    firsts: set[int] = field(default_factory=set)
    doubtful: bool = False
    heads: set[str] = field(default_factory=set)
    told: dict[str, int] = field(default_factory=dict)
    called: dict[str, int] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    owners: set[tuple[str, str]] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    members: tuple[Referent, ...] = ()

    @property
    def sex(self) -> str:
        """`m`, `f` or nothing."""
        return decided(self.shows())

    def sex_before(self, token: int) -> str:
        """What a reader knows of it at a token: `m`, `f` or nothing."""
        seen = sum(value for at, value in self.seen.items() if at < token)
        return decided(self.gender + max(-SEEN_MOST, min(SEEN_MOST, seen)))

    def heads_before(self, token: int) -> set[str]:
        """The heads that a reader knows at a token."""
        return {h for h in self.heads if self.told.get(h, -1) < token}

    def is_called(self, head: str, token: int) -> bool:
        """Whether an apposition has called the person so before a token."""
        return self.called.get(head, token) < token

    def copy(self) -> Referent:
        """One of its own, for what a pass adds to it."""
        sets: dict[str, Any] = {
            k: set(getattr(self, k)) for k in ("firsts", "heads", "marks", "names", "owners")
        }
        return replace(self, seen=dict(self.seen), told=dict(self.told), places=list(self.places), **sets)

    def add(self, place: Place) -> None:
        """Add a mention where it stands in the text."""
        insort(self.places, place, key=lambda p: p.start)

    def latest_before(self, token: int) -> Place | None:
        """The last mention that begins before a token."""
        for place in reversed(self.places):
            if place.start < token:
                return place
        return None

    def shows(self, but: int = -1) -> float:
        """All evidence of gender; a pronoun to be resolved (`but`) is none for itself."""
        if not self.seen:
            return self.gender
        seen = sum(value for token, value in self.seen.items() if token != but)
        return self.gender + max(-SEEN_MOST, min(SEEN_MOST, seen))


def may_hold(referent: Referent, head: str) -> bool:
    """Whether the offices known of a person, if any, leave room for another description."""
    if not referent.heads or head in referent.heads:
        return True
    return bool(role_class(head)) and role_class(head) in {role_class(h) for h in referent.heads}


def may_be_called(referent: Referent, head: str) -> bool:
    """Whether no office known of a person is of another sort than a description that tells something new."""
    sort, known = role_class(head), {role_class(h) for h in referent.heads} - {""}
    return not sort or not known or sort in known or sort in TOLD_BESIDE


def marks_of(words: Words, span: Range) -> set[str]:
    """Places, states and parties in a description, demonyms as their place."""
    places, nominals = place_words(), nominal_words()
    found = set()
    i = span[0]
    while i < span[1]:
        low = words.low[i]
        pair = f"{low} {words.low[i + 1]}" if i + 1 < span[1] else ""
        if pair in places.known:
            found.add(places.aliases.get(pair, pair).casefold())
            i += 2
            continue
        if low in places.demonym_of:
            found.add(places.demonym_of[low].casefold())
        elif low in places.known and words.capital[i]:
            found.add(places.aliases.get(low, low).casefold())
        elif low in nominals.parties:
            found.add(nominals.parties[low])
        elif (
            low in nominals.states
            and words.capital[i]
            and words.text[i].isupper() | words.text[i].endswith(".")
        ):
            found.add(nominals.states[low])
        i += 1
    return found


def party_note(words: Words, end: int) -> set[str]:
    """Party and state after a name, *(R-IN)*, *(D-Calif.)*, *, D-Vt.,*, or one word in brackets."""
    found: set[str] = set()
    if [words.text[i] for i in range(end, min(end + 3, len(words)))][::2] == ["(", ")"]:
        label = words.low[end + 1]
        if words.capital[end + 1] and len(label) >= LEAST_LABEL:
            found.add(label)
    for i in range(end, min(end + 6, len(words))):
        if words.line[i] != words.line[end - 1] or (i == end and words.text[i] not in ("(", ",")):
            return found
        text = words.text[i].strip("().,")
        parts = text.replace("–", "-").split("-")
        if parts[0] in ("R", "D", "I") and i <= end + 1:
            found |= {"R": {"republican"}, "D": {"democrat"}, "I": set()}[parts[0]]
            rest = [p for p in parts[1:] if p] or [
                words.text[j] for j in range(i + 1, min(i + 3, len(words)))
            ]
            for part in rest:
                state = nominal_words().states.get(part.strip(".").casefold().replace(".", ""))
                state = state or (part.casefold() if part.casefold() in place_words().known else None)
                if state:
                    found.add(state)
            return found
    return found


def named_referents(words: Words, entities: Sequence[EntityRecord]) -> dict[str, Referent]:
    """The named entities as referents, with the gender and offices that their mentions show."""
    out = {}
    starts = {m.start for e in entities if e.type == "PERSON" for m in e.mentions}
    owner_at = {i: e.id for e in entities for m in e.mentions for i in range(m.start, m.end)}
    for e in entities:
        kind = KIND_OF_TYPE.get(e.type)
        if kind is None:
            continue
        referent = Referent(kind, e.id, plural=kind == "group")
        referent.names = {w for m in e.mentions for w in words.low[m.start : m.end]}
        if kind == "person":
            _observe(words, e, referent, starts)
            _owners(words, e, referent, owner_at)
        elif could_be_person(words, e):
            referent.doubtful = True
            _observe_pronouns(words, e, referent, starts)
        if kind == "organisation":
            referent.heads = named_kinds(referent.names)
        out[e.id] = referent
    share_titles(words, entities, out)
    return out


def heads_of_role(words: Words, role: Range) -> set[str]:
    """The offices and occupations in a role, up to its first complement (*of*, *for*).

    Not those of whom it is owned by: *the boy's | teacher*.
    """
    people = person_words()
    found: set[str] = set()
    for i in range(*role):
        low = words.word(i)
        if low in POSSESSIVES:
            found.clear()
            continue
        if low in COMPLEMENTS and found:
            break
        last = low.rsplit("-", 1)[-1]
        alone = i + 1 == role[1] or words.low[i + 1] in COMPLEMENTS
        if low in people.modifiers and not alone:
            continue
        if head_form(low) in people.offices or low in people.titles:
            found.add(head_form(low))
        elif last != low and last in people.heads:
            found.add(last)
    return found


def share_titles(words: Words, entities: Sequence[EntityRecord], named: dict[str, Referent]) -> None:
    """Give a plural title to all whom it precedes: *Senators A, of Iowa, and B*."""
    mentions = sorted((m.start, m.end, e.id) for e in entities if e.type == "PERSON" for m in e.mentions)
    for (start, end, one), (begin, _, other) in pairwise(mentions):
        title = words.low[start - 1] if start else ""
        plural = singular(title) != title and head_form(title) != title
        between = words.low[end:begin]
        same = words.doc[start].sent == words.doc[begin].sent if plural else False
        if plural and same and "and" in between and begin - end < 12 and role_before(words, begin)[0] is None:
            named[other].heads.add(head_form(title))
            named[one].heads.add(head_form(title))


def _owners(words: Words, entity: EntityRecord, referent: Referent, owner_at: dict[int, str]) -> None:
    """Whose lawyer, wife, spokesman the roles say that the person is."""
    people = person_words()
    for start, end in entity.roles:
        heads = {head_form(words.word(i)) for i in range(start, end) if words.word(i) in people.heads}
        inside = {owner_at[i] for i in range(max(0, start - 3), end) if i in owner_at} - {entity.id}
        if start and words.text[start - 1] not in ("'s", "’s"):
            inside = {owner_at[i] for i in range(start, end) if i in owner_at} - {entity.id}
        referent.owners |= {(h, o) for h in heads for o in inside}


def owned_heads(words: Words, role_of: Mapping[int, str], possessive: int) -> set[str]:
    """What somebody is of the one that a possessive in a role stands for: *his wife*, *her lawyer, NAME*."""
    end = possessive
    while role_of.get(end) == role_of.get(possessive):
        end += 1
    return heads_of_role(words, (possessive, end))


def _owner_marks(words: Words, start: int, roles: Sequence[Range]) -> set[str]:
    """The place in *Ukraine's President NAME*."""
    begin = next((r[0] for r in roles if r[1] == start), start)
    if begin < 2 or words.text[begin - 1] not in ("'s", "’s"):
        return set()
    return marks_of(words, (max(0, begin - 3), begin - 1))


@cache
def _known_things() -> tuple[frozenset[str], frozenset[str]]:
    """Names that lists know for no person's, and words of bodies' and places' names."""
    places, orgs = place_words(), org_words()
    bodies = orgs.suffixes | orgs.heads | orgs.nominals | orgs.place_nominals | places.heads
    return places.known | places.demonyms | orgs.known | orgs.noted, bodies


def could_be_person(words: Words, entity: EntityRecord) -> bool:
    """Whether a name that is typed otherwise has the form of a person's: *Octavia* taken for a place.

    Only names that no list knows, never behind an article or a preposition of place, and without the
    words that bodies and places end in.
    """
    if entity.type not in ("PLACE", "ORG", "WORK", "PRODUCT", "NORP"):
        return False
    known, bodies = _known_things()
    for m in entity.mentions:
        parts = range(m.start, m.end)
        key = words.key(m.start, m.end)
        if len(parts) > MOST_PARTS or key in known:
            return False
        if m.start and words.low[m.start - 1] in BEFORE_THINGS:
            return False
        if is_of_class(words, NameSpan(m.start, m.end)):
            return False
        if not all(words.text[i][0].isupper() and not words.text[i].isupper() for i in parts):
            return False
        if any(words.low[i] in bodies or not words.text[i].replace(".", "").isalpha() for i in parts):
            return False
    return True


def _observe_pronouns(words: Words, entity: EntityRecord, referent: Referent, starts: set[int]) -> None:
    for m in entity.mentions:
        found = first_pronoun(words, NameSpan(m.start, m.end), starts)
        if found is not None:
            subject = role_of(words.root(m.start, m.end).dep_) == "subject"
            referent.firsts.add(found[0])
            referent.seen[found[0]] = found[1] * (1.0 if subject else OFF_SUBJECT)


def _observe(words: Words, entity: EntityRecord, referent: Referent, starts: set[int]) -> None:
    _observe_pronouns(words, entity, referent, starts)
    for m in entity.mentions:
        _, honorific = role_before(words, m.start)
        referent.gender += address_score(honorific) + rank_score(words, m.start)
        referent.marks |= party_note(words, m.end)
        referent.marks |= _owner_marks(words, m.start, entity.roles)
    for role in entity.roles:
        referent.gender += noun_score(words, role)
        for head in heads_of_role(words, role):
            referent.heads.add(head)
            referent.told[head] = min(role[0], referent.told.get(head, role[0]))
        referent.marks |= marks_of(words, role)
