"""Titles and descriptions of people: before the name and by *is*."""

from __future__ import annotations

from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, get_marks
from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.words import DETERMINERS, MARKS, Words, org_words, person_words, place_words

MAX_ROLE = 8
"""Tokens. Longer runs of capitalised words before a name are headline remains, not roles."""

MAX_COMPLEMENT = 12
"""Tokens of what *of*, *for* or *at* adds to a description behind *is*."""

LOOSE = frozenset(("IN", "TO", "DT"))
"""Tags of words that a phrase goes on behind."""

SHORTEST_AGENT = 5
"""Letters up to which the end of a word says nothing of whom it is for: *order*, *error*."""

QUOTES = frozenset(("“", "”", '"', "``", "''"))

OPENING_TAGS = frozenset(("IN", "TO", "DT", "PRP$", "VBD", "VBZ"))
"""A phrase that ends in one of these is no whole description."""


def is_title(words: Words, i: int) -> bool:
    """Whether token `i` can stand before a name as a title, rank or form of address."""
    people = person_words()
    return words.low[i] in people.titles or words.low[i] in people.honorifics


def title_length(words: Words, start: int, end: int) -> int:
    """How many tokens at the start of a span are titles or roles and no part of the name.

    All of them where the whole span is a title: *Vice President*.
    """
    people, demonyms = person_words(), place_words().demonyms
    last = start
    for i in range(start, end):
        if i in words.addressed:
            break
        low = words.word(i)
        if is_title(words, i) or (low in people.heads and words.parts(i)[1] < end):
            last = i + 1
        elif i + 2 < end and words.text[i + 1] == "-" and words.word(i + 2) in people.heads:
            if words.low[i + 3 : i + 4] in (["for"], ["of"]):
                break  # *Directorate-General for Fisheries*
            continue  # *Pan-democrat NAME*
        elif words.low[i] in ("-", "of", "state") or low in people.modifiers or low in demonyms:
            continue
        elif i == start and words.first[i] and low.endswith(people.endings) and end - i > 2:
            last = i + 1  # *Bioacoustician NAME*
        else:
            break
    return last - start


def role_before(words: Words, start: int, *, known: bool = True) -> tuple[Range | None, str]:
    """The title or description right before a name, and the form of address in it.

    Args:
        words: the document.
        start: first token of the name.
        known: whether the head has to be a known office or occupation. Where the name is a person's beyond
            doubt, any noun for whoever does something is one (*builder NAME*), and plurals before two names.

    Returns:
        The tokens of the role (a bare *Mr.* is none), and the folded honorific, empty if there is none.
    """
    people = person_words()
    i = start
    honorific = ""
    while i > 0 and words.line[i - 1] == words.line[start] and words.low[i - 1] in people.honorifics:
        if words.text[i - 1][0].islower() and words.low[i - 1] not in ("doctor", "professor"):
            break
        honorific = words.low[i - 1]
        i -= 1
    courtesy = (people.masculine | people.feminine) - people.heads | {"dr", "mx", "rev", "messrs"}
    end = i if honorific in courtesy else start  # *Crown Prince NAME* has a rank, *Mr.* is none
    head = role_start(words, i, known=known)
    if head is None and i < start:
        head = role_start(words, start, known=known)  # *Law professor NAME*, *King NAME*
    if head is None and i > 1 and words.low[i - 1] == "and" and words.word(i - 2) in people.heads:
        head = role_start(words, i - 1)
    begin = head if head is not None else i
    end -= end > begin and words.text[end - 1] == ","
    # *An adviser to | Mrs. NAME* is another, and so is *the senator mocked | NAME*.
    opens = begin < end and words.doc[end - 1].tag_ in OPENING_TAGS
    return ((begin, end) if begin < end and not opens else None), honorific


def role_start(words: Words, end: int, *, known: bool = True) -> int | None:
    """First token of the role whose last word is the token before `end`, as in `role_before`."""
    people, places = person_words(), place_words()
    j = end - 1
    if j < 0 or words.line[j] != words.line[end if end < len(words) else j]:
        return None
    complement = _complement_start(words, end)
    j -= _length_behind(words, j)
    if complement is not None:
        j = complement
    elif (
        words.word(j) not in people.heads
        and words.low[j] not in people.titles
        and not _compound_head(words, j)
        and not _is_occupation(words, j)
        and (known or not (_is_plural(words, j) or (is_agent(words, j) and words.doc[j].head.i >= end)))
    ):
        return None
    begin = words.parts(j)[0]
    while begin > 0 and end - begin < MAX_ROLE and words.line[begin - 1] == words.line[j]:
        low = words.word(begin - 1)
        if (
            low in people.heads
            or low in people.titles
            or low in people.modifiers
            or low in places.demonyms
            or words.low[begin - 1] in ("-", "/")
            or (_is_capital_word(words, begin - 1) and low not in DETERMINERS)
            or (words.first[begin - 1] and words.doc[begin - 1].dep_ == "compound")
            or (
                words.doc[begin - 1].tag_ in ("NN", "JJ", "NNP", "VBG")
                and words.doc[begin - 1].head.i in range(begin, end + 6)
            )
        ):
            begin -= 1
            continue
        if low == "and" and begin > 1 and words.word(begin - 2) in people.offices:
            begin -= 2
            continue
        if _is_conjoined(words, begin - 1) or (low.isspace() and not words.breaks[begin - 1]):
            begin -= 1
            continue
        break
    if words.text[begin] == "-" and begin and not words.doc[begin - 1].whitespace_:
        return begin - 1  # *One-time aide NAME*
    while begin < end and (words.low[begin] in ("-", "/", "and") or words.text[begin].isspace()):
        begin += 1
    return begin


def _length_behind(words: Words, last: int) -> int:
    """Length of what follows an office: *President* **Pro Tempore**, *Bishop* **Emeritus**."""
    for behind in _behind_offices():
        i = last - len(behind)
        if (
            i >= 0
            and tuple(words.low[i + 1 : last + 1]) == behind
            and words.word(i) in person_words().offices
        ):
            return len(behind)
    return 0


@cache
def _behind_offices() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in load_lexicon("persons")["roles"]["behind"])


def _is_conjoined(words: Words, i: int) -> bool:
    """Whether *and* ties a noun before the head to an office: *millionaire and | climate activist*."""
    token = words.doc[i]
    tied = i > 1 and words.low[i - 1] == "and" and token.dep_ == "conj" and token.head.i == i - 2
    return tied and token.tag_ in ("NN", "JJ") and words.word(i - 2) in person_words().offices


def _is_capital_word(words: Words, i: int) -> bool:
    """Whether a capital shows a name or title: in a headline verbs and prepositions have one too."""
    joint = words.shown[i] and words.doc[i].tag_ in FINITE | {"IN", "TO", "VB", "VBG", "CC"}
    return words.capital[i] and not words.first[i] and not joint


def is_agent(words: Words, j: int) -> bool:
    """Whether a noun is one for whoever does or knows something: *toxicologist*, *builder*."""
    people, orgs = person_words(), org_words()
    low, token = words.low[j], words.doc[j]
    plain = words.text[j].islower() or (words.first[j] and low.endswith(people.endings))
    return (
        plain
        and token.tag_ in ("NN", "NNP")
        and len(low) > SHORTEST_AGENT
        and low.endswith(people.agents)
        and low not in people.no_agents | orgs.nominals | orgs.kinds | orgs.suffixes | orgs.place_nominals
    )


def _is_plural(words: Words, j: int) -> bool:
    """Whether a plural describes two people or more: *co-founders NAME and NAME*."""
    people = person_words()
    nouns = people.heads - people.relational
    return singular(words.word(j)) in nouns and words.doc[words.parts(j)[1] - 1].tag_ in ("NNS", "NNPS")


def _is_occupation(words: Words, j: int) -> bool:
    """Whether an unknown noun is an occupation because somebody has left it: *retired neurosurgeon NAME*."""
    orgs = org_words()
    return (
        j > 0
        and words.low[j - 1] in person_words().states
        and words.doc[j].tag_ == "NN"
        and words.text[j].islower()
        and words.low[j] not in orgs.nominals | orgs.place_nominals | orgs.suffixes
    )


def _compound_head(words: Words, j: int) -> bool:
    low = words.low[j]
    return "-" in low and low.rsplit("-", 1)[-1] in person_words().heads


def _complement_start(words: Words, end: int) -> int | None:
    """The head in *Secretary of State NAME*, *spokesman on Finance NAME*, *envoy to Peru NAME*."""
    people = person_words()
    if words.low[end - 1] in ("and", "&") or words.text[end - 1] in (".", ";", ":"):
        return None  # *a friend of Rosa and NAME*, *as secretary of state. NAME …*
    if words.doc[end - 1].pos_ == "ADJ" and words.text[end - 1].islower():
        return None  # *the nephew of the late | King NAME*
    for i in range(end - 2, max(0, end - 7) - 1, -1):
        low = words.low[i]
        if low in ("of", "to", "for", "on"):
            # *A front-runner to fill NAME's seat*; in a headline *Moderator To Fact Check NAME*
            if words.doc[i].tag_ == "TO" or (words.shown[i] and words.capital[i]):
                return None
            if _has_own_title(words, i, end):
                return None
            return i - 1 if i > 0 and words.word(i - 1) in people.offices else None
        plain = words.doc[i].pos_ in ("NOUN", "ADJ", "NUM")  # *director of digital learning NAME*
        if not (words.capital[i] or plain or low in ("the", "and", "in", "&")):
            return None
        if words.line[i] != words.line[end - 1]:
            return None
    return None


def _has_own_title(words: Words, joint: int, end: int) -> bool:
    """Whether what follows *of*, *to* or *for* is the title of the name itself: *aide to Sen. NAME*.

    *Secretary of Justice NAME* holds the field of an office; there the word stands by itself.
    """
    people = person_words()
    end -= words.text[end - 1] == ","
    last = words.low[end - 1]
    if words.doc[end - 1].tag_ == "NNS" and words.text[end - 1].islower() and words.low[joint] == "to":
        return True  # *compared her to predecessors NAME and NAME*
    if last not in people.offices:
        return False
    field = end - 1 == joint + 1 and last in people.modifiers and words.low[joint] in ("of", "for")
    return not (field and words.low[joint - 1] in people.titles)


def past_letters(words: Words, end: int) -> int:
    """The end of a name with the letters behind it: *Anna Berg KC*."""
    letters = person_words().postnominals
    while end < len(words) and words.low[end] in letters and words.line[end] == words.line[end - 1]:
        end += 1
    return end


def describes_person(words: Words, span: Range) -> bool:
    """Whether the span is a noun phrase with an office, occupation or kinship at its head."""
    head = head_of(words, span)
    if not _is_office(words, head) and "'s" in words.low[head : span[1]]:
        owner = words.low.index("'s", head)
        if "and" not in words.low[span[0] : owner]:
            head = head_of(words, (owner + 1, span[1]))  # *Democracy for Ohio's executive director*
    if not _is_office(words, head):
        return False
    first = words.doc[span[0]]
    if _begins_clause(words, span) or _is_named(words, head):
        return False
    return first.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "VERB", "ADV", "NUM")


def _is_office(words: Words, i: int) -> bool:
    people, low = person_words(), words.word(i)
    return low in people.heads or low in people.titles or _compound_head(words, i)


def _is_named(words: Words, i: int) -> bool:
    """Whether the word is the surname of a person named in full: *Clare Pope*."""
    doc = words.doc
    return i > 0 and doc[i].ent_type_ == doc[i - 1].ent_type_ == "PERSON" and doc[i].ent_iob_ == "I"


def _begins_clause(words: Words, span: Range) -> bool:
    """Whether the span is what somebody did rather than who that is: *openly disagreed with his father*."""
    verb = next((i for i in range(*span) if words.doc[i].pos_ != "ADV"), span[0])
    return words.doc[verb].tag_ in FINITE and words.word(verb) not in person_words().modifiers


def head_of(words: Words, span: Range) -> int:
    """The head noun of a noun phrase: the last noun before *of*, *for*, *at* and the like."""
    head = span[0]
    for i in range(*span):
        token = words.doc[i]
        modifier = i > span[0] and (words.text[i - 1] == "-" or token.dep_ == "amod")
        ends = token.pos_ in ("ADP", "SCONJ", "VERB", "AUX", "CCONJ") and not modifier
        if ends and i > span[0] and words.doc[head].pos_ in ("NOUN", "PROPN"):
            break
        if token.pos_ in ("NOUN", "PROPN"):
            head = i
    return head


def role_by_copula(words: Words, end: int, *, marked: bool = False) -> Range | None:
    """The description in *NAME is the head of the agency* and *NAME, who was secretary of state*.

    Not in a quotation, unless it may be `marked`: there it is what somebody says of somebody else.
    """
    doc = words.doc
    if words.low[end : end + 2] == [",", "who"]:
        end += 2
    if end >= len(words) or words.low[end] not in ("is", "was", "became", "remains"):
        return None
    start = end + 1
    people = person_words()
    if start >= len(words) or not (
        words.low[start] in ("the", "a", "an") or words.word(start) in people.offices
    ):
        return None
    if marked != any(m.start <= end < m.end for m in get_marks(doc)):
        return None
    attribute = next((c for c in doc[end].children if c.dep_ in ("attr", "acomp") and c.i >= start), None)
    if attribute is None or attribute.pos_ not in ("NOUN", "PROPN"):
        return None
    parts = words.parts(attribute.i)
    stop = parts[1]
    for child in (c for i in range(*parts) for c in doc[i].children):
        if child.dep_ == "prep" and child.i == stop:
            stop = min(child.right_edge.i + 1, stop + MAX_COMPLEMENT)
    clause = (i for i in range(parts[1], stop) if words.doc[i].tag_ in ("WDT", "WP", "WP$", "WRB"))
    stop = next(clause, stop)
    if "(" in words.text[start:stop] and ")" not in words.text[start:stop]:
        stop = words.text.index("(", start)
    while stop > start + 1 and (words.doc[stop - 1].tag_ in LOOSE or words.text[stop - 1] in MARKS - QUOTES):
        stop -= 1  # the limit of length falls anywhere
    if sum(t in QUOTES for t in words.text[start:stop]) % 2:
        closed = closing_mark(words, stop)
        if closed is None:
            return None
        stop = closed
    span = (start, stop)
    return span if describes_person(words, span) else None


def closing_mark(words: Words, stop: int) -> int | None:
    """The end of a description with the mark that closes what it quotes: *the author of “Duty,” | a life*."""
    while stop < len(words) and words.text[stop] in (",", "."):
        stop += 1
    return stop + 1 if words.text[stop : stop + 1] and words.text[stop] in QUOTES else None
