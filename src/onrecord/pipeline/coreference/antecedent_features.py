"""What is measured about a pronoun and somebody it may stand for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.names.gender import HE, SHE

FEATURES = (
    "same_sentence",
    "previous_sentence",
    "two_sentences",
    "three_sentences",
    "farther",
    "new_paragraph",
    "subject",
    "possessive",
    "other",
    "both_subjects",
    "mentions",
    "latest",
    "latest_subject",
    "first_in_paragraph",
    "gender_known",
    "gender_open",
    "reporting_source",
    "by_pronoun",
    "by_description",
    "unnamed",
    "quote_differs",
    "cataphora",
    "same_clause_object",
    "reflexive",
    "distance",
    "governs",
    "same_clause",
    "share",
    "recent",
    "first_named",
    "rank",
    "pronoun_subject",
    "pronoun_possessive",
    "quoted",
    "both_speak",
    "both_objects",
    "depth",
    "bracketed",
    "opens_sentence",
    "pronoun_opens",
    "subject_of_main",
    "gender_stated",
    "gender_conflict",
    "gender_sum",
    "first_after",
    "chained",
    "chained_near",
    "bare_name",
    "introduced",
    "orphans",
    "fronted",
    "fronted_subject",
    "conjoined",
    "object",
    "oblique",
    "locative",
    "doubtful",
    "same_role",
    "near_subject",
    "near_possessive",
    "owns_clause",
    "rivals",
    "only_fit",
    "subjects",
    "apposed_thing",
    "marked",
    "described",
    "spoke",
    "labelled_person",
    "with_article",
    "long_name",
)
"""Names of the features, in the order of the scorer's weights."""

GENDER_SHOWN = 0.6
"""Evidence of gender from which it counts as known: one pronoun that is likely the person's."""

GENDER_SURE = 4.0
"""Evidence of gender that counts in full: a form of address."""

LONG_NAME = 3
"""Words beyond which a name is seldom a person's."""

RECENT = 3
"""Sentences whose mentions count as recent."""


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun to resolve.

    Attributes:
        sex: `m`, `f`, or nothing for *they* and *it*.
        clause: token of the verb that governs it, -1 if there is none.
        over: the verbs above that one.
        quoted: it stands inside marked quotation.
        speaks: it is the subject of a verb of speech.
        opens: it opens its sentence.
        reporter: tokens of the source that reports the words around it; empty range if none.
        role: `subject`, `object`, `oblique`, `possessive` or `other`.
    """

    token: int
    low: str
    sex: str
    sentence: int
    line: int
    subject: bool
    possessive: bool
    reflexive: bool
    clause: int
    over: frozenset[int]
    quoted: bool
    speaks: bool
    opens: bool
    reporter: tuple[int, int] = (0, 0)
    role: str = "other"


def sex_of_pronoun(low: str) -> str:
    """The gender that a pronoun shows."""
    return "m" if low in HE else "f" if low in SHE else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate stands among the others.

    Attributes:
        clause: the verb that governs its nearest mention, -1 if none.
        rank: how many other candidates were mentioned in between.
        first: whether the mention is the first of a candidate in its paragraph.
        share: of all mentions of the candidates.
        earliest: whether the document's first person is meant.
        speaks: whether the nearest mention is the subject of a verb of speech.
        depth: clauses that the nearest mention's clause is embedded in.
        bracketed: whether the nearest mention stands in brackets.
        opens: whether it opens its sentence.
        chained: whether the pronoun of that gender before this one stands for the candidate.
        orphans: pronouns of that gender before the candidate's first mention that stand for nobody.
        fronted: whether the pronoun stands in a phrase before the subject of its sentence.
        fronted_subject: whether the candidate is that subject.
        rivals: how many candidates there are.
        only_fit: whether it is the only candidate whose gender is known to agree.
    """

    clause: int
    rank: int
    first: bool
    share: float
    earliest: bool
    speaks: bool
    depth: int = 0
    bracketed: bool = False
    opens: bool = False
    chained: bool = False
    orphans: int = 0
    fronted: bool = False
    fronted_subject: bool = False
    rivals: int = 0
    only_fit: bool = False


def measure(pronoun: Pronoun, referent: Referent, place: Place, standing: Standing) -> list[float]:
    """The features of one pair: one value for each of `FEATURES`, from `values_of`."""
    return list(map(float, values_of(pronoun, referent, place, standing).values()))


def values_of(pronoun: Pronoun, referent: Referent, place: Place, standing: Standing) -> dict[str, float]:
    """The features of one pair by name, in the order of `FEATURES`.

    Args:
        pronoun: the pronoun.
        referent: who it may stand for.
        place: the nearest mention of the referent: before the pronoun, or after it in cataphora.
        standing: the referent beside the other candidates.
    """
    away = abs(pronoun.sentence - place.sentence)
    source = pronoun.reporter[0] <= place.start < pronoun.reporter[1]
    shown = referent.shows(pronoun.token) * (1.0 if pronoun.sex == "m" else -1.0)
    near = away <= 1
    names = [p for p in referent.places if p.kind == "name"]
    same_clause = standing.clause == pronoun.clause >= 0
    latest = standing.rank == 0
    free = not pronoun.subject and not pronoun.possessive
    return {
        "same_sentence": away == 0,
        "previous_sentence": away == 1,
        "two_sentences": away == 2,
        "three_sentences": away == 3,
        "farther": away > 3,
        "new_paragraph": pronoun.line != place.line,
        "subject": place.subject,
        "possessive": place.possessive,
        "other": not place.subject and not place.possessive,
        "both_subjects": place.subject and pronoun.subject,
        "mentions": math.log1p(len(referent.places)),
        "latest": latest,
        "latest_subject": latest and place.subject,
        "first_in_paragraph": standing.first,
        "gender_known": shown >= GENDER_SHOWN,
        "gender_open": abs(shown) < GENDER_SHOWN,
        "reporting_source": source and not pronoun.quoted,
        "by_pronoun": place.kind == "pronoun",
        "by_description": place.kind == "nominal",
        "unnamed": not referent.entity,
        "quote_differs": place.quoted != pronoun.quoted,
        "cataphora": place.start > pronoun.token,
        "same_clause_object": same_clause and place.subject and free and not pronoun.reflexive,
        "reflexive": pronoun.reflexive and same_clause and place.subject,
        "distance": math.log1p(abs(pronoun.token - place.start)),
        "governs": place.subject and standing.clause in pronoun.over,
        "same_clause": same_clause,
        "share": standing.share,
        "recent": math.log1p(sum(pronoun.sentence - p.sentence <= RECENT for p in referent.places)),
        "first_named": standing.earliest,
        "rank": math.log1p(standing.rank),
        "pronoun_subject": pronoun.subject,
        "pronoun_possessive": pronoun.possessive,
        "quoted": pronoun.quoted,
        "both_speak": pronoun.speaks and standing.speaks,
        "both_objects": free and not place.subject and not place.possessive,
        "depth": math.log1p(standing.depth),
        "bracketed": standing.bracketed,
        "opens_sentence": standing.opens,
        "pronoun_opens": pronoun.opens,
        "subject_of_main": place.subject and standing.depth == 0,
        "gender_stated": bool(referent.gender) and (referent.gender > 0) == (pronoun.sex == "m"),
        "gender_conflict": shown <= -GENDER_SHOWN,
        "gender_sum": max(-1.0, min(1.0, shown / GENDER_SURE)),
        "first_after": pronoun.token in referent.firsts,
        "chained": standing.chained,
        "chained_near": standing.chained and near,
        "bare_name": bool(names) and all(p.parts == 1 for p in names),
        "introduced": len(referent.places) == 1 and place.parts > 1,
        "orphans": math.log1p(standing.orphans) * bool(names and names[0].parts == 1),
        "fronted": standing.fronted and not standing.fronted_subject,
        "fronted_subject": standing.fronted_subject,
        "conjoined": place.conjoined,
        "object": place.role == "object",
        "oblique": place.role == "oblique",
        "locative": place.locative,
        "doubtful": referent.doubtful,
        "same_role": place.role == pronoun.role,
        "near_subject": place.subject and near,
        "near_possessive": place.possessive and near,
        "owns_clause": pronoun.possessive and same_clause and place.subject,
        "rivals": math.log1p(standing.rivals),
        "only_fit": standing.only_fit,
        "subjects": math.log1p(sum(p.subject for p in referent.places)),
        "apposed_thing": place.apposed_thing,
        "marked": place.marked,
        "described": bool(referent.heads),
        "spoke": standing.speaks,
        "labelled_person": place.labelled,
        "with_article": place.article,
        "long_name": place.parts > LONG_NAME,
    }
