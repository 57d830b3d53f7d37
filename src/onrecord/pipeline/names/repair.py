"""The base pipeline's name spans repaired: cut, trimmed, stripped of titles, completed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.pipeline.language.hyphens import HYPHENS
from onrecord.pipeline.name_labels import KIND_OF_LABEL
from onrecord.pipeline.names.extensions import extended, is_participle, labels_caption
from onrecord.pipeline.names.joins import joined
from onrecord.pipeline.names.letters import (
    are_letters,
    ends_in_letters,
    is_degree,
    is_sum,
    person_start,
    without_letters,
)
from onrecord.pipeline.names.roles import title_length
from onrecord.pipeline.names.span import ORDINAL, NameSpan, is_second_part
from onrecord.pipeline.names.words import (
    DETERMINERS,
    MARKS,
    POSSESSIVES,
    Words,
    org_words,
    person_words,
    place_words,
)

CLOSERS = frozenset(("/", ";", "|", "(", "“", '"', ":"))
JOINTS = frozenset(
    ("of", "for", "to", "in", "on", "and", "at", "with", "by", "from", "against", "&", "before", "under")
)
NO_NAME_TAGS = frozenset(("VBG", "IN", "RB", "CC"))
FUNCTION_TAGS = frozenset(("IN", "RP", "CC", "DT", "TO"))
DEICTIC = frozenset(("yesterday", "today", "tonight", "tomorrow"))
SUBORDINATORS = frozenset(
    (
        "although",
        "because",
        "but",
        "if",
        "since",
        "so",
        "though",
        "unless",
        "until",
        "when",
        "whereas",
        "while",
        "yet",
    )
)
"""Words that open a sentence before a name (Quirk et al. 1985, 14.12), however the tagger reads them."""
DASHES = frozenset(("-", "–", "—", "--"))
NO_NAME_MARKS = frozenset("[]<>{}=(")
"""Inside a word these are an altered quotation (*[W]e*) or what is left of markup."""
SEATED = frozenset(("member",))
"""Who sits for a place: *Member for Oakley Ada Lund*."""
STANCES = frozenset(("pro", "anti", "non", "ex", "pan", "post", "pre", "out"))
"""What a hyphen ties to a name that is no part of the next: *pro-Beijing*, *to out-Berg Karl Berg*."""


def repaired_spans(words: Words) -> list[NameSpan]:
    """The base pipeline's names in text order, repaired; none overlaps another."""
    taken = [False] * len(words)
    spans: list[NameSpan] = []
    for ent in words.doc.ents:
        if ent.label_ not in KIND_OF_LABEL:
            continue
        for piece in _pieces(words, ent.start, ent.end, ent.label_):
            for span in _repaired(words, piece):
                if not any(taken[span.start : span.end]):
                    spans.append(span)
                    taken[span.start : span.end] = [True] * len(span)
    spans = joined(words, sorted(spans, key=lambda s: s.start))
    out = []
    for span in spans:
        longer = extended(words, span, taken)
        taken[longer.start : longer.end] = [True] * len(longer)
        out.append(longer)
    return out


def _pieces(words: Words, start: int, end: int, label: str) -> Iterator[NameSpan]:
    """A span cut where a line ends inside it."""
    begin = start
    for i in range(start, end + 1):
        if i == end or words.breaks[i] or (i > begin and words.line[i] != words.line[begin]):
            if begin < i:
                yield NameSpan(begin, i, KIND_OF_LABEL[label])
            begin = i + 1 if i < end and words.breaks[i] else i


def _repaired(words: Words, span: NameSpan) -> Iterator[NameSpan]:
    span = trim(words, span)
    if span.start >= span.end:
        return
    cuts = _cuts(words, span)
    if cuts:
        begin = span.start
        for cut in [*cuts, span.end]:
            yield from _repaired(words, replace(span, start=begin, end=cut))
            begin = cut + 1
        return
    start = span.start
    if (
        span.label == "PERSON"
        and len(span) > 1
        and words.first[start]
        and (
            words.doc[start].tag_ in NO_NAME_TAGS
            or words.low[start] in DEICTIC | SUBORDINATORS
            or is_participle(words, start, span.end)
        )
    ):
        start += 1  # *Replacing NAME*
    if span.label in ("ORG", "PLACE") and len(span) > 1 and words.first[start]:
        start += words.low[start] in person_words().past and words.doc[start].tag_ != "NNP"
    if span.label == "PERSON" and span.end - start > 2 and words.low[start] in person_words().epithets:
        start += 1 + (words.text[start + 1] in POSSESSIVES)  # *Lyin' Karl Berg*
    if span.label == "PERSON" or (
        span.label in ("ORG", "NORP", "PRODUCT", "PLACE") and not _is_body(words, span)
    ):
        if span.label == "PERSON" or words.low[start] not in person_words().in_place_names:
            start += title_length(words, start, span.end)
        if start >= span.end:
            return
        if _is_complement(words, start, span.end):
            start += 1
    end = _without_tail(words, start, span.end, span.label)
    if start < end:
        yield from worth(words, trim(words, replace(span, start=start, end=end)))


def _is_complement(words: Words, start: int, end: int) -> bool:
    """Whether the first word belongs to the title before: *Secretary of State NAME*, *Member for X NAME*."""
    people = person_words()
    if end - start < 3 or start < 2 or words.low[start - 1] not in ("of", "for"):
        return False
    return (
        words.capital[start - 2]
        and words.low[start - 2]
        in (SEATED if words.low[start - 1] == "for" else people.offices - people.relational)
        and words.low[end - 1] not in org_words().suffixes
    )


def _is_body(words: Words, span: NameSpan) -> bool:
    """Whether a title at the start belongs to the name: *General Assembly*, *Presidents Cup*."""
    orgs = org_words()
    last = words.low[span.end - 1]
    return last in orgs.suffixes or last in orgs.heads or last in orgs.events


def worth(words: Words, span: NameSpan) -> Iterator[NameSpan]:
    """The span if it can be a name at all."""
    inside = range(span.start, span.end)
    if not any(words.capital[i] or words.text[i][0].isdigit() for i in inside):
        return
    if not any(c.isalpha() for i in inside for c in words.text[i]):
        return
    if any(len(words.text[i]) > 1 and NO_NAME_MARKS.intersection(words.text[i]) for i in inside):
        return
    if words.text[span.start] in ("R", "D", "I") and (len(span) == 1 or words.text[span.start + 1] == "-"):
        return  # party and state: *D-Mass.*
    if words.low[span.start][:2] in ("r-", "d-", "i-") and words.text[span.start - 1] in ("(", ","):
        return
    if words.key(span.start, span.end) in org_words().common:
        return
    if span.start and words.text[span.start - 1] == "#" and not words.doc[span.start - 1].whitespace_:
        return  # *#FloodsInOslo*
    if words.text[span.end - 1].endswith("-") and len(words.text[span.end - 1]) > 1:
        return  # *Hamil- ton*: a line's end in the print
    if is_degree(words, span.start, span.end):
        return
    if len(span) == 1:
        word = words.text[span.start]
        low = words.low[span.start]
        stressed = word.isupper() and len(word) > 3 and "." not in word and low in words.plain
        if stressed and not words.shown[span.start]:
            return  # a word in capitals for emphasis; *U.S.* is none where the text has *us*
        if (
            low in org_words().calendar
            or low in DETERMINERS
            or (len(low) < 2 and not (span.label == "ORG" and low in org_words().noted))
        ):
            return
        if low in person_words().epithets and words.text[span.end : span.end + 1] in (["'"], ["’"]):
            return  # *“Lyin' Karl”*
        if is_sum(words, span.start):
            return
        if ORDINAL.fullmatch(low) or _is_no_name(words, span.start) or _ends_phrase(words, span.start):
            return
    yield span


def _is_stressed_verb(words: Words, i: int) -> bool:
    """Whether capitals stress the verb of a clause: *boats that | FLOAT*, *we must | WIN*."""
    if i == 0 or not words.text[i].isupper() or len(words.text[i]) < 3 or words.shouted[i]:
        return False
    if words.doc[i - 1].tag_ == "MD" or words.doc[i].dep_ == "relcl":
        return True
    ends = i + 1 == len(words) or words.doc[i + 1].is_punct
    return ends and words.low[i - 1] in ("that", "which", "who")


def _is_no_name(words: Words, i: int) -> bool:
    """Whether a capital is due to something else: degrees, numerals, offices, a sentence's first word."""
    people, places, orgs = person_words(), place_words(), org_words()
    low, text = words.low[i], words.text[i]
    before = words.low[i - 1] if i else ""
    led = i > 1 and (words.capital[i - 2] or words.low[i - 2] in people.particles | HYPHENS)
    behind = led and text.isupper() and words.capital[i - 1]
    if low in people.postnominals and (before == "," or behind):
        return True  # *NAME KC*
    if are_letters(words, i):
        return True
    if ends_in_letters(words, person_start(words, i), i + 1):
        return True
    if text.isupper() and len(text) > 1 and set(text) <= set("IVXLCM"):
        return True
    if _is_stressed_verb(words, i):
        return True
    if before == "of" and low in people.modifiers | {"state"} and i > 1 and words.low[i - 2] in people.heads:
        return True
    if words.first[i] and words.doc[i].tag_ in FUNCTION_TAGS:
        return True  # *On came NAME*
    common = words.doc[i].tag_ == "NNS" or low in people.heads
    if common and (words.first[i] or words.shown[i]):
        # *Lawmakers said*, unless the text writes it so where nothing asks for a capital.
        return not any(
            words.low[j] == low and words.capital[j] and not (words.first[j] or words.shown[j])
            for j in range(len(words))
        )
    described = i + 1 < len(words) and words.text[i + 1].islower() and words.doc[i + 1].pos_ == "NOUN"
    if words.first[i] and words.doc[i].tag_ in ("NN", "JJ") and low in words.plain and not text.isupper():
        # *Insurgent tops …* where the text has *an insurgent* too
        return not any(
            words.low[j] == low and words.capital[j] and not words.first[j] for j in range(len(words))
        )
    if words.first[i] and described and words.doc[i].dep_ in ("compound", "amod", "nmod"):
        known = low in places.known or low in places.demonyms or low in orgs.known or text.isupper()
        named = any(
            words.low[j] == low and words.capital[j] and not words.first[j] for j in range(len(words))
        )
        return not known and not named
    return False


def _ends_phrase(words: Words, i: int) -> bool:
    """Whether a word for a body only ends what another capital begins: *her State of the Union speech*."""
    if i < 3 or words.low[i - 2 : i] != ["of", "the"] or not words.capital[i - 3] or words.first[i - 3]:
        return False
    people, orgs = person_words(), org_words()
    leads = people.offices | orgs.heads | orgs.suffixes
    proper = words.doc[i - 3].tag_ == "NNP"  # *the States of the Union* are not
    return proper and words.low[i] in orgs.suffixes and words.low[i - 3] not in leads


def is_abbreviated(words: Words, i: int) -> bool:
    """Whether a state is written short: with a point, or behind the letter of a party (*I-VT*)."""
    party = i > 1 and words.text[i - 1] == "-" and words.text[i - 2] in ("R", "D", "I")
    return party or words.text[i].endswith(".")


def trim(words: Words, span: NameSpan) -> NameSpan:
    """The span without articles, marks, possessives and lower-case words at its edges."""
    start, end = span.start, span.end
    while start < end and _is_edge(words, start, leading=True):
        start += 1
    start += _attitude(words, start, end)
    while (
        start < end and _is_edge(words, end - 1, leading=False) and not is_second_part(words, start, end - 1)
    ):
        end -= 1
    return replace(span, start=start, end=end) if (start, end) != (span.start, span.end) else span


def _attitude(words: Words, start: int, end: int) -> int:
    """Length of *pro-Beijing* and the like before a name; the place alone stays a name."""
    if end - start > 3 and words.low[start] in STANCES and words.text[start + 1] == "-":
        return 3
    if end - start > 1 and start > 1 and words.text[start - 1] == "-" and words.low[start - 2] in STANCES:
        return 1
    return 0


def _is_edge(words: Words, i: int, *, leading: bool) -> bool:
    text, low = words.text[i], words.low[i]
    if text in MARKS or text.isspace() or text == ".":
        return True
    lower = text.islower() and not any(c.isdigit() for c in text)
    if leading:
        return low in DETERMINERS or (lower and low not in person_words().particles)
    return text in POSSESSIVES or lower


def _cuts(words: Words, span: NameSpan) -> list[int]:
    """Tokens inside a span at which it falls apart."""
    inside = range(span.start + 1, span.end - 1)
    if span.label in ("WORK", "EVENT", "LAW"):
        return [i for i in inside if words.text[i] in ("|", "“", '"')]
    # *Rathbun the church*, *the U.S. The minister*: an article begins another phrase.
    cuts = [
        i for i in range(span.start + 1, span.end) if words.low[i] == "the" and words.low[i - 1] not in JOINTS
    ]
    cuts += [i for i in inside if words.text[i] in CLOSERS]
    if span.label == "PERSON":
        # *BERG WINS - Anna Lund:*
        cuts += [i for i in inside if words.text[i] in DASHES and _is_apart(words, i)]
        joints = [i for i in inside if words.low[i] in ("and", "or", "vs", "versus") or words.text[i] == ","]
        cuts += [i for i in joints if words.low[i + 1] not in person_words().suffixes]
        # *Alleanza Nuova* | *MEP Ada Lund*
        titles = (i for i in inside if words.text[i].isupper() and words.low[i] in person_words().titles)
        cuts += [i for i in titles if i - span.start > 1]
        # *NAME of the Daily Post*; *Catherine of Aragon* stays whole.
        cuts += [i for i in inside if words.low[i] == "of" and i - span.start > 1]
    if span.label != "ORG":
        hyphens = (i for i in inside if words.text[i] in ("-", "–") and not _in_surname(words, span, i))
        cuts += [i for i in hyphens if _is_range(words, i)]
    else:
        # A possessor is no part of what it owns, save in names of shops and papers.
        cuts += [i for i in inside if words.text[i] in ("’s", "'s") and not words.capital[i + 1]]
    return sorted(set(cuts))


def _is_apart(words: Words, i: int) -> bool:
    return bool(words.doc[i - 1].whitespace_ and words.doc[i].whitespace_)


def _in_surname(words: Words, span: NameSpan, i: int) -> bool:
    """Whether a given name or form of address shows a double surname: *Denise Pham-Boudreaux*.

    Its second part may be of two words (*Ana Lie-Delos Santos*), but for a full name that stands elsewhere.
    """
    addressed = span.start > 0 and words.low[span.start - 1] in person_words().honorifics
    behind = span.end - i - 1
    if span.label != "PERSON" or behind > 2 or not (i - span.start > 1 or addressed):
        return False
    rest = words.low[i + 1 : span.end]
    return behind == 1 or not any(
        words.low[j : j + behind] == rest and words.text[j - 1] != "-" for j in range(1, len(words))
    )


def _is_range(words: Words, i: int) -> bool:
    """Whether the hyphen joins two names that stand alone too: *Peru-Chile*, not *Hart-Mendes*."""
    known = place_words().known

    def alone(word: str) -> bool:
        return word in known or any(
            words.low[j] == word and words.capital[j] and "-" not in words.text[max(0, j - 1) : j + 2]
            for j in range(len(words))
        )

    return (
        words.capital[i - 1] and words.capital[i + 1] and alone(words.low[i - 1]) and alone(words.low[i + 1])
    )


def _without_tail(words: Words, start: int, end: int, label: str) -> int:
    """The end without the title of a following name."""
    people = person_words()
    if end - start > 1 and labels_caption(words, end - 1):
        end -= 1
    if label == "PERSON":
        while end - start > 1 and words.low[end - 1] in people.postnominals:
            end -= 1
        return end - ends_in_letters(words, start, end)
    end = without_letters(words, start, end)
    if label == "ORG" and end - start > 1:
        cut = end
        while cut - start > 1 and words.word(cut - 1) in people.offices | people.modifiers:
            cut -= 1
        follows = end < len(words) and words.capital[end] and words.line[end] == words.line[end - 1]
        if cut < end and (words.low[end - 1] in people.spoken or (follows and not words.first[end])):
            return cut
    if (
        label in ("PLACE", "ORG")
        and end - start > 1
        and words.text[end - 2].endswith(".")
        and end < len(words)
    ):
        # *Washington D.C. Image:* — a caption's next word
        return end - 1 if words.text[end] == ":" else end
    return end
