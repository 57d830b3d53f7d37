"""Who has just asked, where somebody answers: *Reed asked who was paid. He replied that …*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.last_speaker import putting_to, saying_of
from onrecord.pipeline.coreference.layout import SUBJECTS
from onrecord.pipeline.coreference.pronouns import THEY
from onrecord.pipeline.coreference.referents import Referent
from onrecord.pipeline.coreference.sayings import last_before
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.names.gender import HE, SHE

__all__ = ["questioners"]

REACH = 2
"""Lines, empty ones too, between the question and its answer."""


def questioners(state: Discourse, pronoun: Pronoun) -> set[int]:
    """The people, by `id`, who put the question that the pronoun is said to answer.

    Whoever made the last statement if that is a question, and whoever acts upon somebody of the pronoun's
    gender in the sentence before: *Reed pressed her on the date. She answered …*. Whoever asks somebody
    is not the subject of the next sentence, whatever its verb: *Reed asked him who paid. He named two men*;
    whoever accuses one person seldom is.
    """
    this = saying_of(state, pronoun)
    if this is not None and this.continues:
        return set()
    words = state.words
    put = putting_to(state, pronoun) if this is not None else []
    if put:
        return _mentioned(state, put)
    if this is None or not this.answers:
        return _mentioned(state, _askers(state, pronoun)) if pronoun.opens else set()
    if any(t.tag_ == "VBN" and t.dep_ == "advcl" for t in words.doc[this.begin : pronoun.token]):
        return set()  # *Pressed further, he replied*: somebody else may have asked since.
    before = last_before(state.grounds.sayings, this.begin)
    found: set[int] = set()
    if before is not None and before.asks and words.line[this.begin] - words.line[before.source[0]] <= REACH:
        found |= _mentioned(state, range(*before.source))
    if this.begin:
        found |= _mentioned(state, _actors(state, this.begin - 1, pronoun.sex))
    return found


def _askers(state: Discourse, pronoun: Pronoun) -> list[int]:
    """The subjects of a verb of asking somebody, or of accusing one person, in the sentence before."""
    doc, token = state.words.doc, pronoun.token - 1
    if token < 0 or state.words.line[token] != state.words.line[pronoun.token]:
        return []
    root = doc[token].sent.root
    hearers = [c for c in root.children if c.dep_ in ("dobj", "dative") and is_somebody(c)]
    hearers = [h for h in hearers if _may_answer(state, h, pronoun.sex)]
    asks = cue_lexicon().mode(root, "question") == "speech"  # *knew him* is no question
    accuses = lemma_of(root) in cue_lexicon().words["hearers"]["accusing"]
    one = any(c.tag_ in ("NN", "NNP", "PRP") and c.lower_ not in THEY for c in hearers)
    if not (asks and hearers) and not (accuses and one):
        return []
    asking = [c for c in root.children if c.dep_ in SUBJECTS]
    return [t.i for c in asking for t in (c, *(a for a in c.children if a.dep_ == "appos"))]


def _may_answer(state: Discourse, hearer: Token, sex: str) -> bool:
    """Whether who is asked or accused may be a *he* or a *she*: not *her* a *he*."""
    if hearer.tag_ == "PRP":
        return hearer.lower_ in (HE if sex == "m" else SHE)
    heard = [r for r in state.referents if any(p.start <= hearer.i < p.end for p in r.places)]
    return not heard or any(r.sex in ("", sex) for r in heard)


def _actors(state: Discourse, token: int, sex: str) -> list[int]:
    """The subjects of the sentence at a token whose verbs have a pronoun of that gender for their object."""
    group = HE if sex == "m" else SHE
    doc = state.words.doc
    while token > 0 and doc[token].is_space:
        token -= 1
    found = []
    for word in doc[token].sent:
        if word.dep_ in ("dobj", "dative") and word.lower_ in group:
            found += [c.i for c in word.head.children if c.dep_ in SUBJECTS]
    return found


def _mentioned(state: Discourse, tokens: range | list[int]) -> set[int]:
    if not tokens:
        return set()
    people = (r for r in state.referents if r.kind == "person" and not r.plural)
    return {id(r) for r in people if _stands_at(r, tokens)}


def _stands_at(referent: Referent, tokens: range | list[int]) -> bool:
    return any(p.start <= i < p.end for p in referent.places for i in tokens if not p.possessive)
