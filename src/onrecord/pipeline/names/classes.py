"""What class of thing the words beside a name say that it is of: *employers such as X*, *the town of X*.

A name that the text calls somebody by (*Mr.*, *the mayor*, *he*) is a person's whatever stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.context import CLOSERS, OPENERS
from onrecord.pipeline.names.genitives import has_genitive
from onrecord.pipeline.names.grouping_voice import speaks
from onrecord.pipeline.names.several import has_score, is_collective, is_counted, is_plural
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import DETERMINERS, Words, org_words, person_words, place_words
from onrecord.pipeline.names.workplaces import has_officer, is_home, is_workplace

Votes = defaultdict[str, float]

# Weights in the votes of `types`, where what the recognizer says of a name is capped at 5. One frame
# outweighs what it says of a single mention (at most 1.5), two what it says of several.
NOT_PERSON = 3.0
OF_CLASS = 1.0
MOST = 2
"""Frames of one class that count."""
CITED_BARE = 1.5
"""The same for *according to X*: now and then somebody is known by one name."""
CITED = 0.5
STORM = 4.0
PLURAL = 1.5

EXAMPLES = frozenset(("as", "including", "like"))
"""Prepositions behind a class before its members: *firms such as X*."""
CITING = (("according", "to"), ("reported", "by"))
VERBS = frozenset(("VERB",))
WARD = 6.0
"""As much as the words around a name can say: *(Independent, X)* behind a councillor is the ward, though what
stands last before *she* is taken for a person."""
TITLED = 5
"""Tokens before a bracket among which the title of the member stands: *Cllr Anna van der Berg (*."""


def class_votes(
    words: Words, group: Sequence[NameSpan], *, titled: bool, personal: bool, alone: bool
) -> Votes:
    """The votes for or against the types of a name by the classes that the words beside it tell.

    Args:
        words: the document.
        group: all mentions of the name.
        titled: whether a title or form of address goes with one of them.
        personal: whether a title, form of address or *he* or *she* goes with one of them.
        alone: whether the name is no word of a person's full name.
    """
    votes: Votes = defaultdict(float)
    if any(_is_storm(words, s) for s in group):
        votes["PERSON"] -= STORM
        votes["EVENT"] += STORM / 2
    if any(_is_ward(words, s) for s in group):
        votes["PERSON"] -= WARD
        votes["PLACE"] += WARD / 2
    if any(has_genitive(words, s) for s in group):
        votes["PERSON"] -= NOT_PERSON
        votes["ORG"] += OF_CLASS
    if not titled and alone:
        _add_named_classes(words, group, votes)
    _add_voices(words, group, votes)
    described = any(s.role for s in group) and not any(s.honorific for s in group)
    if alone and described and any(_has_which(words, s) for s in group):
        votes["PERSON"] -= NOT_PERSON  # *the rival X, which …*, *Spanish developer X, which …*
        votes["ORG"] += OF_CLASS
    if personal or not alone:
        return votes
    if all(_is_slogan(words, s) for s in group) or any(is_counted(words, s) for s in group):
        votes["PERSON"] -= NOT_PERSON
    elif any(is_plural(words, s) for s in group):
        votes["PERSON"] -= PLURAL
    if any(is_collective(words, s) or has_score(words, s) for s in group):
        votes["PERSON"] -= NOT_PERSON
        votes["ORG"] += OF_CLASS
    if any(_has_person(words, s) for s in group):
        votes["PERSON"] -= NOT_PERSON
        votes["ORG"] += OF_CLASS
    elif any(_is_somebodys_home(words, s) for s in group):
        votes["PERSON"] -= NOT_PERSON
        votes["ORG"] += OF_CLASS / 2
        votes["PLACE"] += OF_CLASS / 2
    if any(_is_title(words, s) for s in group):
        votes["ORG"] -= NOT_PERSON
    bodies = min(MOST, sum(_is_shown_body(words, s) for s in group))
    votes["PERSON"] -= NOT_PERSON * bodies
    votes["ORG"] += OF_CLASS * bodies
    places = min(MOST, sum(_is_shown_place(words, s) for s in group))
    votes["PERSON"] -= NOT_PERSON * places
    votes["PLACE"] += OF_CLASS * places
    if any(_is_cited(words, s) for s in group):
        votes["ORG"] += CITED
        if all(len(s) == 1 for s in group):
            votes["PERSON"] -= CITED_BARE
            votes["ORG"] += CITED
    return votes


def _add_voices(words: Words, group: Sequence[NameSpan], votes: Votes) -> None:
    """Add what a name shows that speaks or has an officer: events and places of several words do neither.

    *The Halden Forum said*, *Halden Accord leader Ada Lund*; of one word *Halden* stands for its government.
    """
    voice, office = (any(shows(words, s) for s in group) for shows in (_has_voice, has_officer))
    votes["EVENT"] -= NOT_PERSON * (voice or office)
    votes["LAW"] -= NOT_PERSON * office
    span = group[0]
    place = any(s.label in ("EVENT", "PLACE") for s in group) and len(span) > 1
    if voice and place and words.key(span.start, span.end) not in place_words().known:
        votes["PLACE"] -= OF_CLASS
        votes["ORG"] += OF_CLASS


def _has_voice(words: Words, span: NameSpan) -> bool:
    """Whether a name speaks, with its verb beside it: *the X said*, *X did not respond*, *says the X*."""
    if not speaks(words, span):
        return False
    verb = words.root(span.start, span.end).head.i
    between = range(span.end, verb) if verb >= span.end else range(verb + 1, span.start)
    return all(words.doc[i].pos_ in ("AUX", "PART", "ADV", "DET") for i in between)


def _add_named_classes(words: Words, group: Sequence[NameSpan], votes: Votes) -> None:
    """Add what a class word right before the name says, though *he* or *she* may follow it.

    *He told the daily X that he …*, *the town of X*, *the trawler X*.
    """
    orgs = org_words()
    vessels = any(_is_called(words, s, orgs.vessels) for s in group)
    nouns = orgs.nominals | orgs.kinds
    seen = [s for s in group if s.label]
    bodies = min(MOST, sum(_is_called(words, s, nouns) or is_workplace(words, s) for s in seen))
    places = min(MOST, sum(_is_of_place(words, s) for s in group))
    homes = min(MOST, sum(is_home(words, s) for s in seen))
    works = any(_is_called(words, s, _work_kinds()) and not _is_subject(words, s) for s in group)
    votes["WORK"] += NOT_PERSON * works
    votes["PERSON"] -= NOT_PERSON * (bodies + places + homes + works + MOST * vessels)
    votes["ORG"] += OF_CLASS * (bodies + homes / 2)
    votes["PLACE"] += OF_CLASS * (places + homes / 2)


def is_of_class(words: Words, span: NameSpan) -> bool:
    """Whether the words beside a name say that it is no person's, whoever *he* or *she* behind it is.

    *The daily X*, *the town of X*, *the trawler X*, *Cllr NAME (Independent, X)*.

    Args:
        words: the document.
        span: one mention.
    """
    orgs = org_words()
    called = _is_called(words, span, orgs.nominals | orgs.kinds | orgs.vessels)
    return called or _is_of_place(words, span) or _is_ward(words, span)


@cache
def _work_kinds() -> frozenset[str]:
    return frozenset(load_lexicon("organisations")["works"]["kinds"])


def _is_subject(words: Words, span: NameSpan) -> bool:
    """Whether the name has a verb of its own: *the play Berg is in*, not *the play Pygmalion*."""
    after = span.end
    verb = after < len(words) and words.doc[after].pos_ in ("VERB", "AUX")
    return verb or words.root(span.start, span.end).dep_ in ("nsubj", "nsubjpass")


def _is_of_place(words: Words, span: NameSpan) -> bool:
    """*The town of X*."""
    i = span.start - 1
    if i < 1 or words.line[i] != words.line[span.start] or words.shown[i] or words.low[i] != "of":
        return False
    return words.low[i - 1] in org_words().place_nominals and words.text[i - 1].islower()


def _is_storm(words: Words, span: NameSpan) -> bool:
    before = span.start - 1
    storms = org_words().storms
    return before >= 0 and words.line[before] == words.line[span.start] and words.low[before] in storms


def _is_slogan(words: Words, span: NameSpan) -> bool:
    """Whether the name stands in marks before a noun: *the “Stop Trask” movement*."""
    end = span.end + 1
    if span.start == 0 or end >= len(words):
        return False
    marked = words.text[span.start - 1] in OPENERS and words.text[span.end] in CLOSERS
    return marked and words.text[end].islower() and words.doc[end].pos_ == "NOUN"


def _is_shown_body(words: Words, span: NameSpan) -> bool:
    return bool(span.label) and (
        _is_example(words, span)
        or _has_which(words, span)
        or _has_its(words, span)
        or _is_bracketed(words, span)
        or _is_beside_bodies(words, span)
        or (span.end < len(words) and words.low[span.end] in org_words().bare_possessions)
        or _has_chairman(words, span)
    )


def _is_example(words: Words, span: NameSpan) -> bool:
    """Whether the name is one of the members of a class of bodies: *local employers such as X and Y*."""
    root = words.root(span.start, span.end)
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in EXAMPLES:
        return False
    noun = preposition.head
    bodies = org_words().nominals | org_words().kinds
    return noun.tag_ == "NNS" and noun.i < preposition.i and singular(noun.lower_) in bodies


def _has_which(words: Words, span: NameSpan) -> bool:
    """Whether *which* takes the name up as a subject: *X, which makes seeds*; not *…, which is sad*."""
    i = span.end + 1
    if i + 1 >= len(words) or words.text[span.end] != "," or words.low[i] != "which":
        return False
    which, root = words.doc[i], words.root(span.start, span.end)
    verb = which.head
    return (
        which.dep_ in ("nsubj", "nsubjpass")
        and verb.dep_ == "relcl"
        and verb.head == root
        and verb.pos_ in VERBS
    )


def _has_chairman(words: Words, span: NameSpan) -> bool:
    """Whether the name owns what bodies have: *X's chairman*, *X's chief executive*."""
    i = span.end
    if words.low[i : i + 1] not in (["'s"], ["'"]) or i + 1 >= len(words):
        return False
    return words.low[i + 1] in org_words().possessions or words.low[i + 1 : i + 3] == ["chief", "executive"]


def _has_person(words: Words, span: NameSpan) -> bool:
    """Whether somebody with a full name is the name's own, as of a party or a paper: *X's Anna Berg*.

    Who is named in full may be the author of a work that is called after somebody, who does not speak.
    """
    i, doc = span.end + 1, words.doc
    owner = words.low[span.end : i] in (["'s"], ["'"]) and i + 1 < len(words)
    full = owner and _in_person(words, i + 1) and doc[i].ent_iob_ == "B" and words.capital[i + 1]
    return full and (len(span) == 1 or speaks(words, NameSpan(i, i + 2)))


def _is_somebodys_home(words: Words, span: NameSpan) -> bool:
    """Whether somebody with a full name is of it, a body or a place: *Anna Berg of X*."""
    i = span.start - 2
    if i < 1 or words.low[i + 1] != "of" or words.line[i] != words.line[span.start]:
        return False
    return _in_person(words, i) and words.capital[i]


def _is_title(words: Words, span: NameSpan) -> bool:
    """Whether capitals right before somebody's full name are an office: *Opposition TD Anna Berg*."""
    end = span.end
    if len(span) > 1 or end + 1 >= len(words) or not words.text[span.start].isupper() or words.shown[end]:
        return False
    begins = words.doc[end].ent_type_ == "PERSON" and words.doc[end].ent_iob_ == "B"
    return begins and _in_person(words, end + 1) and words.line[end] == words.line[span.start]


def _in_person(words: Words, i: int) -> bool:
    """Whether a word goes on with a person's name."""
    return words.doc[i].ent_type_ == "PERSON" and words.doc[i].ent_iob_ == "I"


def _has_its(words: Words, span: NameSpan) -> bool:
    """Whether the name has something of its own: *X and its workers*."""
    i = span.end
    joint = words.low[i : i + 2]
    return joint == ["and", "its"] and words.line[i] == words.line[span.start]


def _is_bracketed(words: Words, span: NameSpan) -> bool:
    """Whether the name is a body's short one in brackets: *Department of Highways (Dehigh)*."""
    i = span.start - 2
    if i < 0 or len(span) > 1 or words.text[i + 1] != "(" or words.text[span.end : span.end + 1] != [")"]:
        return False
    return words.doc[i].ent_type_ == "ORG"


def _is_beside_bodies(words: Words, span: NameSpan) -> bool:
    """Whether the name is one of three or more side by side, the others all bodies'."""
    root = words.root(span.start, span.end)
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head
    members = [root]
    for t in members:
        members += [c for c in t.children if c.dep_ == "conj" and c.i > t.i]
    others = [t for t in members if not span.start <= t.i < span.end]
    return len(others) > 1 and all(t.ent_type_ == "ORG" for t in others)


def _is_called(words: Words, span: NameSpan, nouns: frozenset[str]) -> bool:
    """Whether a common noun stands in close apposition: *the daily X*; not *the party X leads*."""
    i = span.start - 1
    if i < 1 or words.low[i] not in nouns or not words.text[i].islower() or words.doc[i].pos_ == "VERB":
        return False
    apposed = words.root(span.start, span.end).head.i == i
    if words.line[i] != words.line[span.start] or (words.doc[i].head.i < i - 1 and not apposed):
        return False
    clause = span.end < len(words) and words.doc[span.end].pos_ in VERBS
    opened = words.low[i - 1] in DETERMINERS or words.doc[i - 1].pos_ in ("ADJ", "NOUN", "PROPN")
    return opened and not clause


def _is_shown_place(words: Words, span: NameSpan) -> bool:
    """*In X, Ohio*."""
    i, end = span.start - 1, span.end
    places = place_words()
    states = places.states | places.abbreviations
    if end + 1 < len(words) and words.text[end] == "," and words.text[end + 1].endswith("."):
        opens = words.line[i] != words.line[span.start]
        if opens and words.low[end + 1] in places.abbreviations:
            return True  # a letter's or a caption's line: *Salem Falls, Ore.*
    if i < 1 or words.line[i] != words.line[span.start]:
        return False
    if _is_reached(words, span):
        return True
    located = words.low[i] in ("in", "of", "near", "from", "to", "outside")
    return located and words.text[end : end + 1] == [","] and words.low[end + 1] in states


def _is_reached(words: Words, span: NameSpan) -> bool:
    """*As far as X*, *as far north as X*; not *as far as X knows*."""
    i, end = span.start - 1, span.end
    closed = end == len(words) or not words.text[end][0].isalnum()
    return (
        closed
        and words.low[i] == "as"
        and any(words.low[k - 1 : k + 1] == ["as", "far"] for k in (i - 1, i - 2))
    )


def _is_ward(words: Words, span: NameSpan) -> bool:
    """Whether somebody sits or serves for the name: *Cllr NAME (Independent, X)*, *the vicar of X,*."""
    start, end = span.start, span.end
    if start < 3 or words.shown[start]:
        return False
    if (
        words.low[start - 1] == "of"
        and words.low[start - 2] in person_words().of_places
        and words.text[start - 2].islower()
    ):
        return words.text[end : end + 1] == [","]
    if words.text[start - 1] != "," or words.text[end : end + 1] != [")"]:
        return False
    opened = next((i for i in range(start - 2, max(0, start - TITLED), -1) if words.text[i] == "("), 0)
    before = range(max(0, opened - TITLED), opened)
    titled = any(words.low[i] in person_words().titles and words.capital[i] for i in before)
    return titled and all(words.capital[i] for i in range(opened + 1, start - 1))


def _is_cited(words: Words, span: NameSpan) -> bool:
    """*According to X*, *as reported by The X*; not *according to the X average*."""
    if words.root(span.start, span.end).dep_ != "pobj":
        return False
    i = span.start - (words.low[span.start - 1] == "the")
    return i > 1 and tuple(words.low[i - 2 : i]) in CITING
