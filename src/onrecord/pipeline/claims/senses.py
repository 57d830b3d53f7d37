"""Whether a word that makes a claim worth checking is meant as it says: harm, cause, record, public body.

A lemma alone does not tell: *lead* is a metal, a deal is *killed* in a figure of speech, and *her record on
housing* is none that was broken. The part of speech and what the word governs decide.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.lexicons import load_lexicon

__all__ = ["is_cause", "is_first", "is_harm", "is_matter", "is_public", "is_record", "is_rule", "worth_words"]

OBJECTS = frozenset({"dobj", "nsubjpass"})
NAMING = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "PRODUCT", "WORK_OF_ART"})
"""Entities whose names say nothing of what happened (*Nathan Law*, *the Crime Agency*); those of laws and
events do."""


@cache
def worth_words(table: str) -> frozenset[str]:
    """The words of a table of the lexicon `worthiness`."""
    return frozenset(load_lexicon("worthiness")[table]["words"])


def is_cause(t: Token) -> bool:
    """Whether the word says what brought something about: *led to*, *the result of*, *because*."""
    lemma = t.lemma_.lower()
    if lemma not in worth_words("causal"):
        return False
    if t.pos_ == "VERB":
        return lemma not in worth_words("driving") or _drives(t)
    if t.pos_ in ("NOUN", "PROPN"):
        return lemma in worth_words("effects") and any(c.lower_ == "of" for c in t.children)
    if lemma == "due":
        after = t.doc[t.i + 1] if t.i + 1 < len(t.doc) else None
        return after is not None and after.lower_ == "to" and not any(c.dep_ == "xcomp" for c in t.children)
    return True


def _drives(verb: Token) -> bool:
    """*Led to a shortage*, *led the crane to fall*, *resulted in*; not *led the council*."""
    return any(
        (c.dep_ == "prep" and c.lower_ in ("to", "in", "from")) or c.dep_ == "xcomp" for c in verb.children
    )


def is_harm(t: Token) -> bool:
    """Whether somebody comes to harm: not *kill the deal*, *a flood of money*, *under fire*."""
    if t.lemma_.lower() not in worth_words("harm") or _in_name(t):
        return False
    if t.pos_ == "VERB":
        return not _figurative(t)
    if t.pos_ in ("NOUN", "PROPN"):
        return not _in_words(t)
    return True


def is_rule(t: Token) -> bool:
    """Whether the word speaks of what is allowed: not *Nathan Law*, *Constitution Hall*."""
    return t.lemma_.lower() in worth_words("rule") and not _in_name(t)


def _in_name(t: Token) -> bool:
    return t.pos_ == "PROPN" and t.ent_type_ in NAMING


def _figurative(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if lemma == "threaten" and any(c.dep_ == "xcomp" for c in verb.children):
        return True
    if lemma == "fire":  # Who fires somebody dismisses him.
        return any(_is_person(o) for o in objects)
    if lemma == "shoot" and any(o.lemma_.lower() in worth_words("filmed") for o in objects):
        return True
    if any(_is_abstract(o) for o in objects):
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if lemma == "flood":  # People flood a hall, messages an inbox; water floods it, or nobody is said to.
        crowd = subject is not None and (subject.pos_ == "PRON" or _is_person(subject))
        return crowd or any(c.lower_ == "with" for c in verb.children)
    if lemma == "attack" and subject is not None and objects:
        # Somebody the news knows by name attacks in words, as a rule.
        return subject.ent_type_ == "PERSON" or subject.pos_ == "PRON"
    return not objects and subject is not None and _is_abstract(subject)


def _in_words(noun: Token) -> bool:
    """*A flood of money*, *the charge that P*, *under fire*, *traffic*."""
    lemma = noun.lemma_.lower()
    if lemma in worth_words("verbal"):
        return True
    if lemma == "fire" and _of_service(noun):
        return True
    if lemma in worth_words("amounts"):
        of = (g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
        if any(
            g.dep_ == "pobj" and not g.like_num and g.lemma_.lower() not in worth_words("harm") for g in of
        ):
            return True
    # *Under fire*, *under political attack*.
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "under"
        and not any(c.dep_ == "det" for c in noun.children)
    ):
        return True
    if lemma == "attack" and _of_words(noun):
        return True
    if noun.dep_ == "compound" and noun.head.lemma_.lower() in worth_words("figurative"):
        return True  # *The crime bill*.
    if lemma == "charge":
        clause = any(c.dep_ in ("acl", "ccomp") and c.tag_ != "VBG" for c in noun.children)
        return clause or (noun.i > 0 and noun.nbor(-1).lower_ == "in")
    return (
        lemma == "attack" and noun.dep_ == "compound" and noun.head.lemma_.lower() not in worth_words("harm")
    )


def _of_service(fire: Token) -> bool:
    """*The fire chief*, *police and fire precepts*: those who put fires out, or their money."""
    first = fire
    while first.dep_ == "conj":
        first = first.head
    return first.dep_ == "compound" and first.head.lemma_.lower() not in worth_words("harm")


def _of_words(attack: Token) -> bool:
    """*His attacks on the rival*: between people whom the news knows by name an attack is one in words."""
    if any(c.dep_ == "poss" and (c.pos_ == "PRON" or c.ent_type_ == "PERSON") for c in attack.children):
        return True
    targets = (g for c in attack.children if c.lower_ in ("on", "against") for g in c.children)
    return any(g.dep_ == "pobj" and (g.ent_type_ == "PERSON" or g.tag_ == "PRP") for g in targets)


def _is_abstract(noun: Token) -> bool:
    words = load_lexicon("hedges")
    lemma = noun.lemma_.lower()
    if noun.ent_type_ in ("LAW", "EVENT") or lemma in worth_words("figurative"):
        return True
    return lemma in words["claiming"]["nouns"]


def _is_person(noun: Token) -> bool:
    return noun.ent_type_ == "PERSON" or noun.pos_ == "PRON" or noun.lemma_.lower() in worth_words("public")


def is_record(t: Token) -> bool:
    """*A record turnout*, *broke the record*; not *her record on housing*, *a criminal record*."""
    if t.lemma_.lower() not in worth_words("superlative"):
        return False
    if t.lemma_.lower() != "record":
        return True
    if t.pos_ == "ADJ" or t.dep_ in ("amod", "compound"):
        return True
    return t.pos_ == "NOUN" and t.dep_ in OBJECTS and t.head.lemma_.lower() in worth_words("breaking")


def is_first(t: Token) -> bool:
    """*The first woman to lead the bank*, *the first strike since 1990*: nobody and nothing did before."""
    noun = t.head
    if t.lower_ != "first" or t.dep_ != "amod" or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if noun.lemma_.lower() in load_lexicon("quantities")["ranks"]["labels"]:
        return False
    if any(x.lower_ == "ever" for x in noun.rights) or (t.i + 1 < len(t.doc) and t.nbor().lower_ == "ever"):
        return True
    return any(
        (c.dep_ in ("relcl", "acl") and any(g.tag_ == "TO" for g in c.children))
        or (c.dep_ == "prep" and c.lower_ in ("since", "in") and _of_time(c))
        for c in noun.rights
    )


def _of_time(preposition: Token) -> bool:
    """*Since 1990*, *in a decade*, *in history*; a month or a day alone compares with nothing."""
    return any(
        c.dep_ == "pobj"
        and (
            c.lower_ == "history"
            or c.lemma_.lower() in worth_words("duration")
            or (preposition.lower_ == "since")
        )
        for c in preposition.children
    )


def is_public(t: Token) -> bool:
    """Whether a noun names those who act for the public; *President* before a name says who."""
    if t.pos_ not in ("NOUN", "PROPN", "ADJ") or t.lemma_.lower() not in worth_words("public"):
        return False
    return not (t.dep_ == "compound" and t.head.pos_ == "PROPN" and t.head.ent_type_ == "PERSON")


def is_matter(t: Token) -> bool:
    """Whether a noun names what is decided for many: taxes, votes, borders."""
    return t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() in worth_words("matters")
