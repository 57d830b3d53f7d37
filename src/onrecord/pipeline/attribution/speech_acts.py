"""Which verbs make a bare object a statement: *denied this*, *announced job cuts*, *attacked her for lying*.

What somebody asserts, demands or promises is speech with any object (*denied it*, *promised a review*): the
object stands for a clause; whom somebody praises or attacks tells nothing by itself, and *for what* or *as
what* does (`corpus/FORMAT.md`, and its articles for training throughout).
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, root_of
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of, names_person, particles
from onrecord.pipeline.language.edges import is_passive
from onrecord.pipeline.language.function_words import DEMONSTRATIVES, OBJECT_PRONOUNS
from onrecord.pipeline.language.neighbours import before
from onrecord.pipeline.language.subjects import is_somebody

_GROUNDS = frozenset(("for", "as", "over", "because"))
"""What begins the grounds of a judgement, or what somebody is judged to be."""
_TAKING_UP = DEMONSTRATIVES | {"it", "which"}
_EMPTY = OBJECT_PRONOUNS | {"you", "what", "who", "whom"}
_SCANT = frozenset(("few", "little"))


def asserts(doc: Doc, found: Attribution) -> bool:
    """Whether somebody says an object: *denied this*, *announced job cuts*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    verb = _finite_verb(doc, found)
    if verb is None:
        return False
    lexicon = cue_lexicon()
    voices = lemma_of(verb) in lexicon.voicing
    if not voices and not any(lexicon.mode(verb, frame) == "speech" for frame in ("clause", "infinitive")):
        # Of verbs of judgement alone (*defended the plan*) the corpora mark few with a bare object.
        return False
    target = root_of(doc, found.contents[0])
    if lexicon.mode(verb, "object") != "speech" or _is_somebody_or_nothing(target):
        return False
    return target.pos_ != "ADP" or f"{lemma_of(verb)} {target.lower_}" in lexicon.entries["object"]


def speaks_by_noun(doc: Doc, found: Attribution) -> bool:
    """Whether a verb has a noun for what is said as its object: *made comments about*, *voiced fears over*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    verb = _finite_verb(doc, found)
    if verb is None:
        return False
    lexicon = cue_lexicon()
    assert found.cue is not None
    nouns = [t for t in doc[found.cue[0] : found.cue[1]] if t.dep_ == "dobj" and t.head == verb]
    if lemma_of(verb) in lexicon.voicing:
        return bool(nouns)
    light = lemma_of(verb) in lexicon.words["statements"]["holding"]
    return light and bool(nouns) and all(lexicon.mode(t, "nouns") == "speech" for t in nouns)


def contradicts(doc: Doc, found: Attribution) -> bool:
    """Whether somebody speaks against what was said: *disputes this*, *have contested that view*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    verb = _finite_verb(doc, found)
    if verb is None or lemma_of(verb) not in cue_lexicon().contradicting:
        return False
    target = root_of(doc, found.contents[0])
    return target.lower_ in _TAKING_UP or cue_lexicon().mode(target, "nouns") is not None


def judges(doc: Doc, found: Attribution) -> bool:
    """Whether somebody is praised or attacked in words, and on stated grounds.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    verb = _finite_verb(doc, found)
    if verb is None or not _is_judging(verb):
        return False
    return any(
        t is not None and t.lower_ in _GROUNDS for s, e in found.contents for t in (before(doc, s), *doc[s:e])
    )


def rates(doc: Doc, found: Attribution) -> bool:
    """Whether a word that is speech in any case has grounds or a name beside it: *hailed it as a model*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    verb = _finite_verb(doc, found)
    if verb is None:
        return False
    lexicon = cue_lexicon()
    if "speech" not in (lexicon.mode(verb, "object"), lexicon.mode(verb, "naming")):
        return False
    if lexicon.mode(verb, "clause") or lexicon.mode(verb, "infinitive"):
        return False
    first, end = found.start, found.contents[-1][1]
    return any(
        t.lower_ in _GROUNDS and first - 1 <= t.i < end and (t.head == verb or t.i <= first)
        for t in doc[max(first - 1, 0) : end]
    )


def _finite_verb(doc: Doc, found: Attribution) -> Token | None:
    """The cue's verb if somebody has done what it names: no passive, no *to defend her*."""
    if found.cue is None or found.source is None:
        return None
    verb = root_of(doc, found.cue)
    if not verb.tag_.startswith("VB") or is_passive(verb) or any(c.tag_ == "TO" for c in verb.children):
        return None
    return verb if is_somebody(root_of(doc, found.source)) or _is_only_somebodys(verb) else None


def _is_only_somebodys(verb: Token) -> bool:
    """*it pledged refunds*, *both denied it*: what only somebody can do, whatever stands for him."""
    return lemma_of(verb) in cue_lexicon().personal


def _is_somebody_or_nothing(target: Token) -> bool:
    """*criticised Lee*, *described what*, *offered few details*: no word of what was said."""
    if target.ent_type_ in ("PERSON", "NORP") or names_person(target) or target.lower_ in _EMPTY:
        return True
    return any(c.lower_ in _SCANT for c in target.children)


def _is_judging(verb: Token) -> bool:
    words = cue_lexicon().judging
    lemma = lemma_of(verb)
    return lemma in words or any(f"{lemma} {p}" in words for p in particles(verb))
