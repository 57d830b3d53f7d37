"""Whom a pronoun cannot stand for by grammar, and whom a gloss in brackets says it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.layout import SUBJECTS
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.language.edges import agent_of
from onrecord.pipeline.names.words import Words

APART = frozenset(("parataxis", "dep", "appos", "attr", "oprd", "punct", "relcl"))
"""Dependents that a pronoun does not reach into: asides, what a copula equates, misread attachments, and
relative clauses, which go on with the story (*his essay, where X argues*)."""

REACHED_BY_OBJECT = frozenset(("ccomp", "xcomp", "prep"))
OBJECTS = frozenset(("dobj", "dative"))
OF_THE_VERB = frozenset(("to", "by", "against"))
"""Prepositions whose object is the verb's own participant; *behind him* may be the subject's."""

OF_TIME = frozenset(("when", "while", "before", "after", "until", "once", "whenever"))
"""What opens a clause of time; *as* and *since* may give a reason as well."""

LATEST = 4
"""Mentions of a person among which one in the pronoun's clause must be."""

GLOSS_MOST = 8
"""Tokens of a gloss: *he [former Foreign Minister NAME]*."""


def commanded(words: Words, pronoun: Pronoun) -> frozenset[int]:
    """Tokens at which no name means the same as the pronoun.

    A subject reaches its whole clause with what is embedded in it (*he called X*, *he said that X
    left*), an object the complements behind it, a possessor the complements of what is owned (*his
    belief in X's motives*).
    """
    token = words.doc[pronoun.token]
    if token.dep_ == "poss" or token.dep_ in SUBJECTS:
        tops = list(token.head.children)
    elif token.dep_ in OBJECTS:
        tops = [c for c in token.head.children if c.dep_ in REACHED_BY_OBJECT]
    else:
        return frozenset()
    found: set[int] = set()
    for top in tops:
        if top.i != token.i:
            _reach(top, token.i, words.line[token.i], words, found)
    return frozenset(found)


def _reach(token: Token, start: int, line: int, words: Words, found: set[int]) -> None:
    """Collect a subtree behind `start`, without asides and further clauses that are only joined on."""
    if token.dep_ in APART or (token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")):
        return
    if token.i > start and words.line[token.i] == line:
        found.add(token.i)
    for child in token.children:
        _reach(child, start, line, words, found)


def clause_subjects(words: Words, pronoun: Pronoun) -> frozenset[int]:
    """Heads of the subject that an object pronoun of the same verb cannot stand for, with their conjuncts."""
    token = words.doc[pronoun.token]
    if pronoun.reflexive:
        return frozenset()
    if token.dep_ in OBJECTS:
        verb = token.head
    elif token.dep_ == "pobj" and token.head.lower_ in OF_THE_VERB:
        verb = token.head.head
    else:
        return frozenset()
    if verb.pos_ not in ("VERB", "AUX"):
        return frozenset()
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if not subjects and verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        # *accused | Reed | of briefing against her*: who does what the preposition governs
        subjects = [c for c in verb.head.head.children if c.dep_ in OBJECTS]
    if not subjects and verb.dep_ == "conj":
        subjects = [c for c in verb.head.children if c.dep_ in SUBJECTS]
    return frozenset(t.i for s in subjects for t in (s, *s.conjuncts))


def participle_agents(words: Words, pronoun: Pronoun) -> frozenset[int]:
    """Who does what a participle before a subject says was done to it: *Asked by | Reed | why, he said*."""
    token = words.doc[pronoun.token]
    if token.dep_ not in SUBJECTS:
        return frozenset()
    clauses = [c for c in token.head.children if c.dep_ in ("advcl", "acl", "csubj", "ccomp", "dep")]
    # *Cross-examined* is read as a word that the participle depends on
    parts = [
        *clauses,
        *(words.doc[c.i + 2] for c in clauses if c.i + 2 < token.i and words.text[c.i + 1] == "-"),
    ]
    fronted = [c for c in parts if c.tag_ == "VBN" and c.i < token.i]
    bare = [c for c in fronted if not any(k.dep_ in SUBJECTS or k.dep_ == "auxpass" for k in c.children)]
    agents = [a for c in bare if (a := agent_of(c)) is not None]
    # *NAME KC*: the letters are the head, the name stands before them
    whole = (t for a in agents for t in (a, *a.conjuncts, *(c for c in a.lefts if c.dep_ == "compound")))
    return frozenset(t.i for t in whole)


def excluded(
    words: Words,
    pronoun: Pronoun,
    referents: Iterable[Referent],
    ahead: Sequence[tuple[Place, Referent]],
) -> set[int]:
    """The referents, by `id`, that the pronoun cannot stand for.

    Args:
        words: the document.
        pronoun: the pronoun.
        referents: those mentioned so far.
        ahead: names in the pronoun's sentence, those behind it too.
    """
    out: set[int] = set()
    domain = commanded(words, pronoun)
    if domain:
        out |= {id(r) for place, r in ahead if place.start in domain and not _is_gloss(words, pronoun, place)}
    subjects = clause_subjects(words, pronoun) | participle_agents(words, pronoun)
    if subjects:
        out |= {
            id(r)
            for r in referents
            if any(p.start <= s < p.end for p in r.places[-LATEST:] for s in subjects)
        }
    return out


def _is_gloss(words: Words, pronoun: Pronoun, place: Place) -> bool:
    between = range(pronoun.token + 1, min(place.start, pronoun.token + 3))
    return any(words.text[i] in ("[", "(") for i in between)


def glossed(words: Words, pronoun: Pronoun, ahead: Sequence[tuple[Place, Referent]]) -> Referent | None:
    """The one person whom square brackets right behind the pronoun name: *he [President NAME]*."""
    i = pronoun.token + 1
    if i >= len(words) or words.text[i] != "[":
        return None
    end = next((j for j in range(i, min(len(words), i + GLOSS_MOST)) if words.text[j] == "]"), 0)
    inside = {id(r): r for place, r in ahead if i < place.start < end and r.kind == "person" and not r.plural}
    return next(iter(inside.values())) if len(inside) == 1 else None


def outranked(words: Words, place: Place, others: Iterable[Place]) -> bool:
    """Whether the phrase that holds a mention is about another person.

    A possessor inside the phrase that names another (*X's colleague Y*) stands behind that one, and so
    does who stands in the complement of what another owns (*Y's summit with X*, *his belief in X's
    motives*): the possessor is the subject of such a phrase.
    """
    if place.kind == "pronoun" or place.subject:
        return False
    root = words.root(place.start, place.end)
    above = _owners_above(root)
    if not above and not place.possessive:
        return False
    near = [p for p in others if p.sentence == place.sentence]
    if place.possessive:
        heads = [words.root(p.start, p.end) for p in near if p.start >= place.end and p.kind == "name"]
        if any(h.is_ancestor(root) or (h.dep_ == "appos" and h.head.i == root.head.i) for h in heads):
            return True
    owners = {i for p in near for i in range(p.start, p.end) if p.start < place.start}
    return any(i in owners for i in above)


def _owners_above(token: Token) -> list[int]:
    """Possessors of the nouns in whose complements a token stands."""
    found = []
    while token.head.i != token.i and token.dep_ in ("poss", "pobj", "prep", "conj", "compound", "appos"):
        if token.dep_ == "prep" and token.head.pos_ in ("NOUN", "PROPN"):
            found += [c.i for c in token.head.children if c.dep_ == "poss"]
        token = token.head
    return found


def is_inside(words: Words, place: Place, others: Iterable[Place]) -> bool:
    """Whether a mention stands in the complement of a noun that is itself mentioned: *a spokesman for | X*.

    Args:
        words: the document.
        place: the mention.
        others: mentions of somebody or something else.
    """
    token = words.root(place.start, place.end)
    above = set()
    while token.head.i != token.i and token.dep_ in ("poss", "pobj", "prep", "conj", "compound", "appos"):
        above.add(token.head.i)
        token = token.head
    heads = (words.root(p.start, p.end).i for p in others if p.start < place.start and p.kind == "nominal")
    return any(head in above for head in heads)


def only_owns(pronoun: Pronoun, place: Place, others: Iterable[Place]) -> bool:
    """Whether a mention owns something in a sentence that already has *he* for another, who says more.

    *He left, he said after meeting | X |'s aides, because | he | said he was ill*.
    """
    if not (pronoun.speaks and place.possessive and place.sentence == pronoun.sentence):
        return False
    return any(p.sentence == place.sentence and p.subject and p.kind == "pronoun" for p in others)


def told_of(words: Words, pronoun: Pronoun, place: Place) -> bool:
    """Whether it is in the clause that tells of somebody: *an aide who left because | he | was ill*."""
    if not (pronoun.subject or pronoun.possessive):
        return False  # *Lee, who taught | him |*, is another
    root = words.root(place.start, place.end)
    for token in words.doc[pronoun.token].ancestors:
        if token.dep_ == "relcl" and token.head == root:
            return any(c.lower_ == "who" and c.dep_ in SUBJECTS for c in token.children)
    return False


def acts_at_once(words: Words, pronoun: Pronoun, place: Place) -> bool:
    """Whether it is the subject of a clause of time under the other's verb: *Berg left when | he | fell*.

    Of one of reason too, where both report: *he was going, he said, because | he | said it was late*.
    """
    token = words.doc[pronoun.token]
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.dep_ != "advcl" or not place.subject:
        return False
    openers = OF_TIME | {"because"} if pronoun.speaks else OF_TIME
    opened = any(c.lower_ in openers and c.i < token.i for c in verb.children)
    above = words.root(place.start, place.end)
    while above.dep_ == "appos":
        above = above.head
    return opened and above.head == verb.head and above.i < verb.i


def is_own(words: Words, pronoun: Pronoun) -> bool:
    """Whether it is *his own*, *her own*, which takes up somebody of its own sentence if it can."""
    i = pronoun.token + 1
    return pronoun.possessive and i < len(words) and words.low[i] == "own"
