"""One type for each name of a document, by all the evidence that the document has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from onrecord.pipeline.language.hyphens import HYPHENS
from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.acronyms import common_acronyms
from onrecord.pipeline.names.beliefs import NAMED, is_elsewhere
from onrecord.pipeline.names.bodies import DESIGNATION, is_body
from onrecord.pipeline.names.classes import class_votes
from onrecord.pipeline.names.context import (
    CLOSERS,
    MODIFIERS,
    OPENERS,
    Votes,
    context_votes,
    is_told_for_a_body,
)
from onrecord.pipeline.names.families import in_families
from onrecord.pipeline.names.forms import SUFFIX, form_votes, reads_as_person
from onrecord.pipeline.names.gender import pronoun_score
from onrecord.pipeline.names.heads import first_of_heads, is_head_of_body, with_initials
from onrecord.pipeline.names.peers import is_rank
from onrecord.pipeline.names.peoples import is_of_many, origin_of
from onrecord.pipeline.names.shapes import shape_votes
from onrecord.pipeline.names.span import NameSpan, is_second_part
from onrecord.pipeline.names.storms import storm_in
from onrecord.pipeline.names.words import BRACKETS, Words, org_words, person_words, place_words

# Weights of single observations, in votes of the base pipeline on one mention. Their order follows what
# the observations are worth on the genres of GUM other than news: of names of one or two words that the base
# pipeline calls ORG, 53 % are people's where they are subjects, 57 % with a possessive, 60 % after *by*, 40 %
# with *he* or *she* to follow, 27 % of those in two words are organisations' at all.
NER_VOTE = 1.0
HEADLINE_VOTE = 0.4
WORD_AS_ORG = 0.4
"""A vote ORG for a single word that is no acronym: the small model's commonest error on surnames."""
NAME_AS_ORG = 0.5
"""The same for two or three words that read as a person's name."""
LEARNED_LABEL = 0.5
LEARNED_CUES = 0.3
LEARNED_LEAST = 0.6
"""Where the encoder gives chances: weight of the label that its decoder chose beside them, of what the words
around say, which the encoder has read itself, and the votes below which a name is none. Swept together on
gold-news/dev, corpus/dev, gum/fourth and the examples, with the weights before the last: half F1 moves by
less than a point and a half for cues from .2 to .5 and a least from .4 to .8."""
BARE = 0.3
"""What a name of one word without title or role lacks to a person's: news introduces people in full.
Of 0, .3, .6 and 1 on the same sets."""
TURN = 4.0
"""A label of a speaking turn names whoever speaks."""
DATELINE = 4.0
"""As much for where an article was written, and for the agency in brackets."""
TITLE = 8.0
"""Marks that hold a work's title outweigh what the words inside are otherwise: *“Mercy Street”*."""
NER_CAP = 5.0
CUE_CAP = 6.0
SURNAME = 4.0
GIVEN_NAME = 0.8
"""What a surname or given name inherits from a full name: given names are places and months too."""

AGAIN_BY_SURNAME = 1.5
SHORT_BODY = 3.0
"""What a name inherits from an organisation's that differs from it by a legal form."""

FIRST_WORD = 2.0
"""What a word that names nobody in full inherits from a body's name that begins with it: *Varnell* of the
*Varnell Packaging Corp.*"""


MARKS_AROUND = 2
"""Around a nickname."""

STORM = 6.0
"""For the name of a storm that the text has behind *Typhoon* too: as much as for a name of a list."""

PEOPLE = 6.0
"""For the adjective of a place in the document: as much as for one of a list."""

NO_PERSON = 6.0
"""A vote against a person where most mentions stand behind *the*, past what the encoder says: of 900 such
names in the corpus's training part two are people's (a title of nobility, a stage name; counted once, script
not kept). *The Obama team* is another matter."""
BODY = 1.0
"""A vote for an organisation where a group, an owner or a president is named beside it: one mention's."""


def count_votes(words: Words, by_key: Mapping[str, Sequence[NameSpan]]) -> dict[str, Votes]:
    """The votes for each type of each folded name, over all its mentions.

    A surname or given name shares the fate of the full name of a person that it is part of.
    """
    starts = {s.start for group in by_key.values() for s in group}
    people = (k for k, group in by_key.items() if " " in k and any(s.label == "PERSON" for s in group))
    parts = {w for k in people for w in k.split()}
    scores = {k: _score(words, k, group, starts, alone=k not in parts) for k, group in by_key.items()}
    for key, group in by_key.items():
        # Somebody named in full and then by the last word alone is a person more often than not.
        last = key.rpartition(" ")[2]
        if (
            last != key
            and last in by_key
            and last not in org_words().suffixes
            and reads_as_person(words, group[0])
            and not (is_elsewhere(words, group) and is_elsewhere(words, by_key[last]))
        ):
            scores[key]["PERSON"] += AGAIN_BY_SURNAME
    for key in in_families(by_key):
        scores[key]["ORG"] -= SUFFIX
    full = _people(words, by_key, scores)
    least = _least(words)
    bodies = [key.split() for key, votes in scores.items() if _best(votes, least) == "ORG" and " " in key]
    for long, short in with_initials(words, (s for group in by_key.values() for s in group)):
        scores[long]["ORG"] += SHORT_BODY * (_best(scores[short], least) == "ORG")
    heads = first_of_heads({" ".join(long): by_key[" ".join(long)] for long in bodies})
    storms = {storm for key in by_key if (storm := storm_in(key))}
    for key, votes in scores.items():
        if key in storms and key not in full:
            votes["PERSON"] -= STORM
            votes["EVENT"] += STORM
        votes["PERSON"] += 0.0 if _is_known(key) else full.get(key, 0.0)
        if any(_is_short_body(key.split(), long, seen=votes["ORG"] > least) for long in bodies):
            votes["ORG"] += SHORT_BODY
        elif _best(votes, least) == "PERSON" and key not in full and any(long[0] == key for long in bodies):
            votes["ORG"] += FIRST_WORD
        elif is_head_of_body(words, by_key[key], heads.get(key)):
            votes["ORG"] += SHORT_BODY
        if origin_of(words, key, by_key):
            votes["NORP"] += PEOPLE
        elif not {key, key.removesuffix("s")} & (full.keys() | parts) and is_of_many(words, key, by_key):
            votes["PERSON"] -= NO_PERSON
            votes["NORP"] += BODY
    return scores


def _is_short_body(short: Sequence[str], long: Sequence[str], *, seen: bool) -> bool:
    """Whether a name is an organisation's without its legal form: *Halden Shipping* of *… Group*.

    Two words may as well be the person that it is called after (*Amara Bell* of the *Amara Bell
    Foundation*), unless somewhere the name was `seen` as an organisation.
    """
    rest = long[len(short) :]
    if not rest or list(long[: len(short)]) != list(short):
        return False
    orgs = org_words()
    long_enough = len(short) > 2 or (seen and len(short) == 2)
    return all(w in orgs.legal for w in rest) or (long_enough and all(w in orgs.suffixes for w in rest))


def decide_types(words: Words, spans: Sequence[NameSpan]) -> dict[str, str]:
    """The type of each folded name among the spans; names that are none are left out."""
    by_key: dict[str, list[NameSpan]] = defaultdict(list)
    common = common_acronyms(words)
    for span in spans:
        if (key := words.key(span.start, span.end)) not in common:
            by_key[key].append(span)
    least = _least(words)
    return {key: kind for key, votes in count_votes(words, by_key).items() if (kind := _best(votes, least))}


def _is_known(key: str) -> bool:
    places = place_words()
    return key in places.known or key in places.org_aliases


def _people(
    words: Words, by_key: Mapping[str, Sequence[NameSpan]], scores: Mapping[str, Votes]
) -> dict[str, float]:
    """Shorter forms of the names of two and more words that are people's, with what they inherit."""
    parts: dict[str, float] = {}
    suffixes = person_words().suffixes
    for key, group in by_key.items():
        names = [w for w in key.split() if w not in suffixes and w != ","]
        if len(names) > 1 and _best(scores[key], _least(words)) == "PERSON":
            parts[names[-1]] = SURNAME
            if (surname := _surname(names)) != key:
                parts[surname] = SURNAME
            if (shorter := f"{names[0]} {names[-1]}") != key:
                parts[shorter] = SURNAME
            parts |= dict.fromkeys(_marked(names), SURNAME)
            if is_second_part(words, group[0].start, group[0].end - 1):
                parts[names[0]] = SURNAME  # *Park Ji-woo*: the surname stands first
            elif words.capital[group[0].start]:
                parts.setdefault(names[0], GIVEN_NAME)
    return parts


def _marked(names: Sequence[str]) -> Iterator[str]:
    """What stands in marks inside a name: *big len* of *leonard “big len” lund*."""
    marks = [i for i, word in enumerate(names) if word in OPENERS | CLOSERS | {"'"}]
    if len(marks) == MARKS_AROUND:
        yield " ".join(names[marks[0] + 1 : marks[1]])


def _surname(names: Sequence[str]) -> str:
    """The last word with what belongs to it: *dos Santos*, *Cho-Landry*."""
    start = len(names) - 1
    joints = HYPHENS | person_words().particles
    while start > 1 and (names[start - 1] in joints or names[start] in HYPHENS):
        start -= 1
    return " ".join(names[start:])


def _least(words: Words) -> float:
    """Votes that a name's type has to have more of."""
    return 0.0 if words.chances is None else LEARNED_LEAST


def _best(votes: Votes, least: float) -> str:
    if not votes:
        return ""
    kind = max(KINDS, key=lambda t: votes[t])
    return kind if votes[kind] > least else ""


def _score(
    words: Words, key: str, group: Sequence[NameSpan], starts: Collection[int], *, alone: bool
) -> Votes:
    ner: Votes = defaultdict(float)
    cues: Votes = defaultdict(float)
    acronym = all(words.text[s.start].isupper() and len(s) == 1 for s in group)
    taken_up = [bool(pronoun_score(words, span, starts)) for span in group]
    for span, by_pronoun in zip(group, taken_up, strict=True):
        weight = HEADLINE_VOTE if words.shown[span.start] else NER_VOTE
        if words.chances is not None:
            # The mean without what NumPy's own does around it: names are of a token or two.
            inside = len(span) - sum(words.text[i] in BRACKETS for i in range(span.start, span.end))
            chances = np.add.reduce(words.chances[span.start : span.end]) / np.float32(inside)
            if np.add.reduce(chances) >= NAMED:
                for kind, chance in zip(KINDS, chances.tolist(), strict=True):
                    ner[kind] += weight * chance
            weight *= LEARNED_LABEL
        if span.label:
            if span.label == "ORG" and len(span) == 1 and not acronym:
                weight *= WORD_AS_ORG
            elif span.label == "ORG" and reads_as_person(words, span):
                weight *= NAME_AS_ORG
            ner[span.label] += weight
        for kind, value in context_votes(words, span).items():
            cues[kind] += value
        if by_pronoun:
            cues["PERSON"] += 1.0
    total: Votes = defaultdict(float)
    mass = max(sum(ner.values()), 1e-9)
    for kind, votes in ner.items():
        total[kind] += votes * min(1.0, NER_CAP / mass)
    share = 1.0 if words.chances is None else LEARNED_CUES
    strongest = max((abs(v) for v in cues.values()), default=0.0)
    for kind, value in cues.items():
        total[kind] += share * value * min(1.0, CUE_CAP / strongest) if strongest else 0.0
    for kind, value in form_votes(words, key, group).items():
        total[kind] += value
    if words.chances is not None and all(_is_bare(span) for span in group):
        total["PERSON"] -= BARE
    if any(_has_capital_article(words, span) for span in group) or (
        2 * sum(_has_article(words, span) for span in group) > len(group)
    ):
        total["PERSON"] -= NO_PERSON
    if any(is_body(words, span) for span in group):
        total["PERSON"] -= NO_PERSON
        total["ORG"] += BODY
    # A mention comes as people's do: with a title, a form of address, *he* or *she*.
    personal = any(taken_up) or any(span.honorific or span.role for span in group)
    for kind, value in shape_votes(words, key, group, alone=alone, personal=personal).items():
        total[kind] += value
    titled = any(s.honorific or s.role for s in group)
    for kind, value in class_votes(words, group, titled=titled, personal=personal, alone=alone).items():
        total[kind] += value
    if DESIGNATION.fullmatch(key) and all(words.root(s.start, s.end).dep_ in MODIFIERS for s in group):
        total["ORG"] -= NO_PERSON
    if all(span.origin == "title" for span in group):
        total["WORK"] += TITLE
    if any(span.origin == "turn" or is_told_for_a_body(words, span) for span in group):
        total["PERSON"] += TURN
    for kind in {span.label for span in group if span.origin == "dateline"}:
        total[kind] += DATELINE
    return total


def _has_article(words: Words, span: NameSpan) -> bool:
    """Whether *the* is the name's own: *the Halden Express*, not *the Halden team*."""
    i = span.start
    if (
        is_rank(words.key(i, span.end))
        or not i
        or words.low[i - 1] != "the"
        or words.line[i - 1] != words.line[i]
        or words.shown[i]
    ):
        return False
    return words.root(i, span.end).dep_ not in MODIFIERS


def _has_capital_article(words: Words, span: NameSpan) -> bool:
    """Whether *The* with a capital inside a sentence begins the name: *her show* The *Lund Files*."""
    i = span.start - 1
    if len(span) < 2 or i < 1 or words.text[i] != "The" or words.line[i] != words.line[span.start]:
        return False
    i -= words.text[i - 1].isspace()
    return not (words.first[i] or words.shown[i]) and i > 0 and words.doc[i - 1].is_alpha


def _is_bare(span: NameSpan) -> bool:
    return len(span) == 1 and span.role is None and not span.honorific
