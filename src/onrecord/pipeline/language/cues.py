"""The cue lexicon as the rules ask it: which constructions does this word report in?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from spacy.tokens import Token

from onrecord.lexicons import load_lexicon
from onrecord.schema import Mode

Frame = Literal[
    "clause",
    "clause_needs_that",
    "question",
    "infinitive",
    "addressee_infinitive",
    "object",
    "naming",
    "quote",
    "passive_infinitive",
    "nouns",
    "adjectives",
]
_PERSON_ENDINGS = (
    "ist",
    "ists",
    "man",
    "men",
    "woman",
    "women",
    "person",
    "persons",
    "people",
    "crat",
    "crats",
    "ologist",
    "ologists",
)
_NO_STEM = (1, 2)
"""Letters before an ending that make another word of it: *list*, *twist*; *artist* has three, *men* none."""
MODES: tuple[Mode, ...] = ("speech", "belief", "evidence")
_WORDS = (
    *("phrases", "bodies", "documents", "hearers", "reporting", "statements", "predicates", "speakers"),
    "deeds",
)
"""Sections of the lexicon that rules ask for by name."""
PARTICLE_DEPS = frozenset(("prt", "prep", "advmod", "acomp", "dobj", "oprd", "ccomp"))


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Words by frame and mode.

    Attributes:
        evidence: verbs that show when a thing is their subject.
        says: verbs that say when a person is their subject.
        entries: frame to lemma (with its particle, if any) to mode; the first mode that lists it wins.
        sources: prepositions and phrases that a source follows, by their first word.
        heads: first words of the entries that have a particle.
        propositional: verbs whose object, if a noun, stands for something that is so or not.
        refusing: verbs of turning down, which an infinitive of saying makes reports.
        judging: verbs of praise and attack that report with grounds only.
        contradicting: verbs of speaking against what was said.
        making: verbs of writing and sending, whose object may be a thing.
        voicing: verbs of putting something into words, whose object is a noun for it.
        personal: verbs of speaking whose subject can be nothing but somebody.
        words: other lists, by section and name: *phrases*, *bodies*, *hearers*.
    """

    entries: Mapping[str, Mapping[str, Mode]]
    heads: frozenset[str]
    sources: Mapping[str, tuple[tuple[str, ...], ...]]
    manner: frozenset[str]
    comment: Mapping[str, frozenset[str]]
    evidence: Mapping[str, bool]
    says: Mapping[str, bool]
    propositional: frozenset[str]
    refusing: frozenset[str]
    judging: frozenset[str]
    voicing: frozenset[str]
    making: frozenset[str]
    contradicting: frozenset[str]
    personal: frozenset[str]
    words: Mapping[str, Mapping[str, frozenset[str]]]

    def mode(self, word: Token, frame: Frame) -> Mode | None:
        """The mode in which `word` reports in `frame`; None if it does not."""
        table = self.entries.get(frame, {})
        for form in self._forms(word):
            if form in table:
                return table[form]
        return None

    def _forms(self, word: Token) -> Sequence[str]:
        """What the lexicon may have `word` under: with a particle first (*point out*), then alone."""
        lemma = lemma_of(word)
        if lemma not in self.heads:
            return (lemma,)
        return [*(f"{lemma} {particle}" for particle in particles(word)), lemma]

    def reports(self, word: Token) -> Mode | None:
        """The mode of `word` as a verb in any frame but the one that needs quotation marks."""
        forms = self._forms(word)
        for frame in ("clause", "question", "infinitive", "addressee_infinitive", "object", "naming"):
            table = self.entries.get(frame, {})
            for form in forms:
                if form in table:
                    return table[form]
        return None


@cache
def cue_lexicon() -> CueLexicon:
    """The English cue lexicon."""
    table = load_lexicon("cues")
    entries: dict[str, dict[str, Mode]] = {}
    for mode in MODES:
        for frame, words in table[mode].items():
            if frame != "plain_forms":
                for word in words:
                    entries.setdefault(frame, {}).setdefault(word, mode)
    heads = {w.split()[0] for words in entries.values() for w in words if " " in w}
    return CueLexicon(
        entries,
        frozenset(heads),
        _by_first_word(table["prepositions"]["source"]),
        frozenset(table["prepositions"]["manner"]),
        _frozen(table["comment"]),
        _verbs(table["evidence"]),
        _verbs(table["speech"]),
        frozenset(table["complements"]["propositional"]),
        frozenset(table["complements"]["refusing"]),
        frozenset(table["complements"]["judging"]),
        frozenset(table["complements"]["voicing"]),
        frozenset(table["complements"]["making"]),
        frozenset(table["complements"]["contradicting"]),
        frozenset(table["complements"]["personal"]),
        {section: _frozen(table[section]) for section in _WORDS},
    )


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    out: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        out[words[0]] = (*out.get(words[0], ()), words)
    return out


def _verbs(table: Mapping[str, Any]) -> dict[str, bool]:
    """All verbs of a mode."""
    frames = ("clause", "object", "infinitive")
    return {word: True for frame in frames for word in table.get(frame, ())}


def _frozen(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in table.items()}


@cache
def _known_lemmas() -> frozenset[str]:
    words: Iterable[str] = (w for t in cue_lexicon_words() for w in t)
    return frozenset(w.split()[0] for w in words)


def cue_lexicon_words() -> list[list[str]]:
    """All lists of words of the lexicon's modes."""
    table = load_lexicon("cues")
    return [words for mode in MODES for words in table[mode].values()]


def lemma_of(word: Token) -> str:
    """The lemma, lower case, with the small lemmatiser's slips on -ed and -ing put right.

    It undoes a doubled consonant that was not one (*hoped* to *hop*) and keeps a final e too many.
    """
    return _mended(word.lemma_.lower(), word.lower_)


@lru_cache(maxsize=16_384)
def _mended(lemma: str, lower: str) -> str:
    known = _known_lemmas()
    if lower.endswith(("ed", "ing", "es", "s")):
        stem = lower[: -3 if lower.endswith("ing") else -2 if lower.endswith(("ed", "es")) else -1]
        if lemma == stem or lemma not in known:
            for guess in (stem + "e", stem):
                if guess in known and guess != lemma:
                    return guess
    return lemma


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(load_lexicon("cues")["speakers"]["nouns"])


def names_person(word: Token) -> bool:
    """Whether a common noun stands for somebody who can speak: a person, a group, an institution."""
    low = word.lower_
    ends = any(low.endswith(e) and len(low) - len(e) not in _NO_STEM for e in _PERSON_ENDINGS)
    return word.lemma_.lower() in _person_nouns() or ends


def particles(word: Token) -> list[str]:
    """Words that may belong to `word` as in *point out*, *call for*, *be like*, *make clear*."""
    out = [c.lower_ for c in word.children if c.i > word.i and c.i <= word.i + 4 and c.dep_ in PARTICLE_DEPS]
    if word.i + 1 < len(word.doc) and word.nbor().lower_ not in out:
        out.append(word.nbor().lower_)
    return out
