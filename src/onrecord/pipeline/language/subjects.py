"""Who the grammar says is speaking: the source of a cue."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of, names_person
from onrecord.pipeline.language.edges import (
    agent_of,
    is_passive,
    source_range,
    subject_of,
    subtree_range,
)
from onrecord.pipeline.language.function_words import DASHES, DEMONSTRATIVES, FINITE_VERBS, SUBJECT_PRONOUNS
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.patients import has_hearer, is_told
from onrecord.schema import Mode

_PERSONAL = SUBJECT_PRONOUNS | {"who", "everyone", "everybody", "nobody", "somebody"}
QUANTIFIERS = frozenset(("one", "some", "many", "most", "several", "few", "all", "none", "each", "both"))
"""Pronouns that head a partitive phrase as the lexicon's nouns do."""
_ALL = frozenset(("them", "us", "you", "whom", "these", "those"))
_THINGS = DEMONSTRATIVES | {"it", "which", "what"}
_SPEAKING_ENTITIES = frozenset(("PERSON", "ORG", "NORP", "GPE"))
"""Types of entities that can make a statement."""


def source_of(cue: Token, *, low: int, high: int, marked: Mapping[int, int]) -> tuple[Range | None, str]:
    """The source of a verb or adjective, and the reason in words.

    Args:
        cue: the cue's head.
        low: first token of the sentence.
        high: token after it.
        marked: tokens between outermost quotation marks, to their mark's number.
    """
    verb = cue if cue.pos_ in ("VERB", "AUX") or cue.tag_.startswith("VB") else cue.head
    bare = verb.dep_ == "acl" and verb.tag_ == "VBN" and has_hearer(verb) and agent_of(verb) is not None
    if bare or is_passive(verb) or opens_as_asked(verb):
        agent = agent_of(verb)
        if agent is None:
            return None, "passive without agent"
        return source_range(agent, low=low, high=high), f"agent of cue is {agent.text}"
    subject = who_is_quoted(verb) or _subject(verb, low, marked)
    if subject is None or subject.dep_ == "expl" or subject.lower_ == "there":
        return None, ""
    if is_told(verb, subject):
        return None, "passive without agent"
    found = source_range(subject, low=low, high=high)
    if found is not None and found[0] < verb.i < found[1]:
        # The verb stands in a clause about its subject: *a shepherd | who claimed …*.
        found = _without_clause(subject, verb, found)
    return found, f"subject of cue is {subject.text}"


def who_is_quoted(verb: Token) -> Token | None:
    """The object of quoting, who says what is passed on: *The Star quoted | Captain Lee | as saying so*."""
    above = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or is_passive(above):
        return None
    if lemma_of(above) not in cue_lexicon().words["reporting"]["passing_on"]:
        return None
    return next((c for c in above.children if c.dep_ == "dobj" and above.i < c.i < verb.i), None)


def is_asked(verb: Token) -> bool:
    """Whether a participle of asking tells who is asked: *asked whether it was safe, she said*."""
    if verb.tag_ not in ("VBN", "VBD") or lemma_of(verb) not in cue_lexicon().entries["question"]:
        return False
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "csubj")), None)
    if subject is not None:
        # *Reed, asked whether it was safe, said*: no single comma parts a verb from its own subject.
        return [t.text for t in verb.doc[subject.i + 1 : verb.i]] == [","]
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT":
        return (
            False  # *The chair, Ann Reed, asked for more time*: the verb of the sentence after an apposition.
        )
    return verb.dep_ in ("advcl", "acl") and not any(c.dep_ == "aux" for c in verb.children)


def is_order(verb: Token) -> bool:
    """Whether a verb orders something: *Say the word*, the main verb with nothing before it."""
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not any(c.i < verb.i for c in verb.children)


def opens_as_asked(token: Token) -> bool:
    """Whether a word tells who is asked or told, or opens its sentence as if it did.

    *Asked if it was safe, …*, *Told that it was not, she left*.
    """
    opens = token.is_sent_start and token.tag_ in ("VBN", "VBD") and has_hearer(token)
    return bool(opens) or is_asked(token)


def _subject(verb: Token, low: int, marked: Mapping[int, int]) -> Token | None:
    subject = subject_of(verb)
    if subject is not None and marked.get(subject.i) != marked.get(verb.i):
        # A subject on the other side of a quotation mark: the parser has hung the verb on the quotation.
        subject = _subject_before(verb, low, marked)
    if verb.dep_ == "conj" and (subject is None or not may_speak(subject)):
        subject = _matrix_subject(verb) or subject
    if verb.tag_ == "VBG" and (subject is None or subject.lower_ in _THINGS or not may_speak(subject)):
        # *…, adding that it might work, calling the idea “crazy”*: the one who reports above.
        subject = _speaker_before(verb, low, marked) or subject
    if subject is None and verb.dep_ in ("ccomp", "parataxis", "dep") and verb.tag_ == verb.head.tag_:
        # A verb in a row, *told …, insisted …, and urged …*, taken for a complement.
        subject = subject_of(verb.head) if verb.head.i < verb.i else None
    if subject is None and verb.tag_ in FINITE_VERBS:
        subject = _subject_before(verb, low, marked)
    if subject is None:
        return None
    if verb.dep_ == "relcl" and (subject.tag_ in ("WP", "WDT") or subject.lower_ == "that"):
        subject = described(verb.head, subject)
    if verb.dep_ == "acl" and subject == verb.head and not may_speak(subject):
        # *issued a statement saying*: who issued it.
        above = subject.head
        if subject.dep_ == "dobj" and lemma_of(above) in cue_lexicon().words["statements"]["publishing"]:
            return subject_of(above) or subject
    return subject


def described(antecedent: Token, relative: Token) -> Token:
    """Whom an apposition before a relative clause after a comma describes; else the antecedent itself.

    *China and the United States, the two biggest polluters, which vowed*: the countries did. Behind an aside
    between dashes it is what stands before it: *heavyweights — from NAME to NAME — who spoke*. A noun with
    no word before it is an office and nobody: *the candidate for mayor, who said*.
    """
    office = antecedent.tag_ == "NN" and antecedent.dep_ == "pobj" and antecedent.n_lefts == 0
    if relative.lower_ == "who" and office and antecedent.head.head.pos_ in ("NOUN", "PROPN"):
        antecedent = antecedent.head.head
    before = antecedent.doc[antecedent.sent.start : relative.i]
    dashes = [t.i for t in before if t.text in DASHES]
    if len(dashes) > 1 and dashes[-1] == relative.i - 1 and dashes[-2] < antecedent.i:
        noun = antecedent.doc[dashes[-2] - 1]
        if dashes[-2] > antecedent.sent.start and noun.pos_ in ("NOUN", "PROPN"):
            return noun
    after_comma = relative.i > 0 and relative.nbor(-1).text == ","
    return antecedent.head if antecedent.dep_ == "appos" and after_comma else antecedent


def _without_clause(subject: Token, verb: Token, span: Range) -> Range | None:
    word = verb
    while word.head != subject and word.head != word and span[0] <= word.head.i < span[1]:
        word = word.head
    left = subtree_range(word)[0]
    return (span[0], left) if subject.i < left else (subject.i, subject.i + 1)


def may_speak(subject: Token) -> bool:
    """Whether a noun can be a speaker at all; only clear cases say no."""
    return subject.pos_ in ("PROPN", "PRON") or bool(subject.ent_type_) or names_person(subject)


def is_somebody(subject: Token) -> bool:
    """Whether a subject is clearly a person, a group or an institution; *a number of teachers* is one."""
    if subject.pos_ == "NUM" or _is_part(subject.lemma_.lower()):
        counted = next((n for c in subject.children if c.lower_ == "of" for n in c.children), None)
        if counted is not None:
            return is_somebody(counted) or counted.lower_ in _ALL
    if subject.pos_ == "PRON":
        return subject.lower_ in _PERSONAL
    return subject.ent_type_ in _SPEAKING_ENTITIES or names_person(subject)


def _is_part(lemma: str) -> bool:
    """Whether a word can head a partitive phrase: *dozens of*, *most of*."""
    return lemma in QUANTIFIERS or lemma in cue_lexicon().words["speakers"]["partitive"]


def mode_by_subject(verb: Token, mode: Mode) -> Mode:
    """Evidence for *the figures reveal*, speech for *the minister revealed*."""
    lexicon = cue_lexicon()
    lemma = lemma_of(verb)
    subject = subject_of(verb)
    shows = lexicon.evidence.get(lemma, False)
    if not shows or subject is None or is_passive(verb):
        return mode
    if subject.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
        subject = verb.head
    if not is_somebody(subject):
        return "evidence"
    return "speech" if lexicon.says.get(lemma, False) else mode


def _matrix_subject(verb: Token) -> Token | None:
    """The subject of the reporting verb above the clause in which the parser put `verb`."""
    head = verb.head
    while head.dep_ in ("conj", "ccomp") and head.head != head:
        if head.dep_ == "ccomp" and cue_lexicon().mode(head.head, "clause") == "speech":
            return subject_of(head.head)
        head = head.head
    return None


def _subject_before(verb: Token, low: int, marked: Mapping[int, int]) -> Token | None:
    """The subject of the nearest finite verb to the left that stands on the same side of the marks."""
    side = marked.get(verb.i)
    for i in range(verb.i - 1, low - 1, -1):
        token = verb.doc[i]
        if marked.get(i) == side and token.tag_ in FINITE_VERBS:
            for child in token.children:
                if child.dep_ in ("nsubj", "nsubjpass") and marked.get(child.i) == side:
                    return child
    return None


def _speaker_before(verb: Token, low: int, marked: Mapping[int, int]) -> Token | None:
    """The subject of the nearest reporting verb to the left that may speak, on the same side of the marks."""
    side = marked.get(verb.i)
    for i in range(verb.i - 1, low - 1, -1):
        token = verb.doc[i]
        if marked.get(i) == side and token.tag_ in FINITE_VERBS and cue_lexicon().reports(token) == "speech":
            for child in token.children:
                if child.dep_ == "nsubj" and may_speak(child) and child.lower_ not in _THINGS:
                    return child
    return None


def holder_of(noun: Token, *, low: int, high: int) -> Range | None:
    """Whose claim: the possessive, or the noun after *by*, *from*, *of*; the subject of *made a claim*."""
    for child in noun.children:
        if child.dep_ == "poss" and child.ent_type_ not in TIMES:
            return source_range(child, low=low, high=high)
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "among"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return source_range(inner, low=low, high=high)
    if noun.dep_ in ("dobj", "attr", "pobj") and noun.head.pos_ in ("VERB", "AUX", "ADP"):
        verb = noun.head if noun.head.pos_ != "ADP" else noun.head.head
        subject = subject_of(verb)
        if lemma_of(verb) in cue_lexicon().words["statements"]["holding"] and subject is not None:
            return source_range(subject, low=low, high=high)
    return None
