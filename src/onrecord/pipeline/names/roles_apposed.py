"""Descriptions of people set off by commas: *his wife, NAME*, *NAME, the mayor of Oslo, said*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.names.roles import describes_person, head_of, is_agent, past_letters, role_start
from onrecord.pipeline.names.words import DETERMINERS, MARKS, Words, org_words, person_words, place_words

MAX_APPOSITIVE = 18
"""Tokens of a description after a name that are kept as its role."""

OTHER_MARKS = MARKS - {"-", "'", "’", "/", ",", ")", ";", ":", "—", "–", "--"}
ENDS = frozenset((",", ")", ";", ".", "—", "–", "--"))
QUOTES = frozenset(("“", "”", '"', "``", "''"))
ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ism", "ance", "ence", "ship", "dom", "ure")
"""Ends of nouns for what is no person (Quirk et al. 1985, appendix I.34 to I.39)."""
CLAUSE_WORDS = frozenset(("who", "whose", "which", "that", "said", "says"))


def role_apposed(words: Words, start: int, end: int) -> Range | None:
    """The description set off by a comma before a name: *his wife, NAME*, *the mayor of Oslo, NAME*."""
    end = past_letters(words, end)
    if start < 2 or words.text[start - 1] != "," or words.line[start - 2] != words.line[start]:
        return None
    root = words.root(start, end)
    if root.dep_ == "appos" and root.head.i < start - 1:
        for noun in _described(root.head):
            begin = max(words.left_edge(noun.i), start - 1 - MAX_APPOSITIVE)
            begin += words.low[begin] == "whose"  # whose son he is stands further back
            begin = _behind_comma(words, begin, start - 1)
            span = (begin, start - 1)
            told = describes_person(words, span) or _is_owned_doer(words, span)
            if words.line[begin] == words.line[start] and told:
                return span
    # The parser often makes the name the subject and leaves the description hanging.
    last = start - 2
    if root.dep_ == "nsubj" and words.doc[last].dep_ in ("pobj", "attr", "dobj"):
        # *Against a single opponent, NAME went*, *were he the nominee, NAME would*: a phrase of its own ends
        return None
    people = person_words()
    if words.word(last) in people.kinship and last > 0:
        begin = words.parts(last)[0]
        return (begin - 1 if begin and words.low[begin - 1] in DETERMINERS else begin, start - 1)
    first = role_start(words, start - 1) if words.word(last) in people.offices else None
    if first is None or first == 0 or end >= len(words):
        return None
    opened = words.low[first - 1] in DETERMINERS or words.low[first - 1] == "'s"
    closed = words.text[end] == "," or words.doc[end].pos_ in ("VERB", "AUX")
    return (first, start - 1) if opened and closed else None


def _behind_comma(words: Words, begin: int, end: int) -> int:
    """Start of what an owner opens behind another phrase: *because the brochure, | its head of …*."""
    owners = (
        i + 1 for i in range(begin, end - 1) if words.text[i] == "," and words.doc[i + 1].tag_ == "PRP$"
    )
    return max(owners, default=begin)


def _described(noun: Token) -> list[Token]:
    """The noun beside a name and those that it is a complement of: *her editor at | Tolliver Press, NAME*."""
    nouns = [noun]
    beside = noun.dep_ == "appos" and noun.pos_ == "PROPN" and noun.head.i < noun.left_edge.i
    if beside and all(t.text != "," for t in noun.doc[noun.head.i : noun.i]):
        # *A spokesman for the group | Harbour Lights, NAME*: what bears the name of a body.
        noun = noun.head
        nouns.append(noun)
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head.head
        nouns.append(noun)
    return nouns


def _is_owned_doer(words: Words, span: Range) -> bool:
    """Whether *the* or an owner introduces whoever does something: *my winchman*, *the band's drummer*."""
    head = head_of(words, span)
    return words.doc[span[0]].pos_ in ("DET", "PRON") and is_agent(words, head)


def role_after(words: Words, end: int, *, known: bool = True) -> Range | None:
    """The description set off by commas after a name: *Anna Berg, the mayor of Oslo, said*.

    Its head has to be `known` unless the name is a person's beyond doubt: *Anna Berg, a toxicologist, said*.
    """
    n = len(words)
    end = past_letters(words, end)
    if end + 1 >= n or words.text[end] not in (",", "(") or words.line[end] != words.line[end - 1]:
        return None
    start = end + 1
    while start < n and words.text[start].isspace() and not words.breaks[start]:
        start += 1
    if start + 1 < n and words.text[start].isdigit() and words.text[start + 1] == ",":
        start += 2
    start = _past_home(words, start)
    stop = start
    while stop < n and stop - start <= MAX_APPOSITIVE and words.line[stop] == words.line[end]:
        ends = words.text[stop] in ENDS and not _is_seat(words, stop)
        if ends or words.low[stop] in CLAUSE_WORDS or _is_main_verb(words, stop):
            break
        stop += 1
    if not start < stop < n or words.text[stop] in OTHER_MARKS:
        return None
    if words.low[stop] in CLAUSE_WORDS:
        if words.low[stop] in ("said", "says") or stop - start < 2:
            return None
        stop -= words.low[stop - 1] == "and"
    elif _is_main_verb(words, stop):
        if not _is_unclosed(words, (start, stop), end):
            return None
    elif words.text[stop] not in ENDS:
        return None
    if sum(t in QUOTES for t in words.text[start:stop]) % 2:
        if words.text[stop] not in (",", ".") or words.text[stop + 1 : stop + 2] not in ([q] for q in QUOTES):
            return None
        stop += 2  # *the author of “Duty and Rank,” a life*
    if "(" in words.text[start:stop] and ")" not in words.text[start:stop]:
        stop = words.text.index("(", start)  # *chairman of the Halden Doctors' Union (HDU), said*
    described = describes_person(words, (start, stop)) or (not known and _is_doer(words, (start, stop)))
    return (start, stop) if described else None


def _past_home(words: Words, start: int) -> int:
    """Start of what stands behind where somebody is from: *of Oslo, | a nurse*, *of Salem, Ore., |*."""
    if words.low[start] not in ("of", "from"):
        return start
    stop, places = start + 1, place_words()
    for part in range(2):
        first = stop
        while stop < len(words) and (words.capital[stop] or words.text[stop] == "-"):
            stop += 1
        if stop == first or words.text[stop : stop + 1] != [","] or words.line[stop] != words.line[start]:
            return start
        stop += 1
        state = words.low[stop] in places.known | places.abbreviations and words.text[
            stop + 1 : stop + 2
        ] == [","]
        if part or not state:
            break
    return stop


def _is_doer(words: Words, span: Range) -> bool:
    """Whether *a* or *an* introduces what somebody is: *a motorcycle taxi rider*, *a stonemason*.

    With *the* it has to be one who does something: *the organist at St. Olav's*.
    """
    head = words.doc[head_of(words, span)]
    if head.tag_ != "NN" or not head.text.islower():
        return False
    if is_agent(words, head.i):
        return words.low[span[0]] in ("a", "an") or (
            words.low[span[0]] == "the" and _is_beside(head, span[0])
        )
    clause = any(words.doc[i].tag_ in FINITE for i in range(*span))
    known = words.low[span[0]] in ("a", "an") and _is_beside(head, span[0]) and not clause
    return known and not _is_thing(words, head.i)


def _is_beside(noun: Token, start: int) -> bool:
    """Whether the parser takes a noun for another description of what stands before."""
    return noun.dep_ == "appos" and noun.head.i < start


def _is_thing(words: Words, i: int) -> bool:
    """Whether a noun is for a body, a place, a work or something abstract: *a movement*, *a decision*."""
    orgs, low = org_words(), words.low[i]
    things = orgs.nominals | orgs.kinds | orgs.place_nominals | orgs.suffixes | orgs.works | orgs.vessels
    return low in things or low.endswith(ABSTRACT)


def _is_seat(words: Words, comma: int) -> bool:
    """Whether a comma stands inside the seat of a firm: *the head of Red Hill, Nevada-based Fernway*."""
    following = words.text[comma + 1 : comma + 5]
    hyphen = following.index("-") if "-" in following else 0
    based = words.low[comma + 1 + hyphen + 1 : comma + 1 + hyphen + 2] == ["based"]
    return hyphen > 0 and based and all(t[0].isupper() for t in following[:hyphen])


def _is_main_verb(words: Words, i: int) -> bool:
    """Whether a sentence goes on with the token: what is before it is no description alone."""
    token = words.doc[i]
    if token.tag_ not in FINITE or token.pos_ not in ("VERB", "AUX"):
        return False
    return token.dep_ == "ROOT" or any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def _is_unclosed(words: Words, span: Range, end: int) -> bool:
    """Whether a description lacks only its second comma: *Anna Berg, a friend of his was there*.

    With *the* it may as well be the subject: *After the talk with Anna Berg, the mayor left*.
    """
    head = words.doc[head_of(words, span)]
    return words.low[span[0]] in ("a", "an") and head.dep_ == "appos" and head.head.i < end
