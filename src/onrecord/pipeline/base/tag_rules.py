"""The base pipeline's rules from tags to parts of speech, looked up instead of matched.

spaCy's `attribute_ruler` runs a matcher over every document and writes each match through a span:
a tenth of the base pipeline's time. Nearly all of its patterns look at one token's word, tag and
label only, so what they do to such a token is worked out once and remembered. The results are the
same, token by token; a ruler with patterns that are not understood here works as spaCy's does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.lexeme import Lexeme
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs
from spacy.vocab import Vocab

WRITTEN = (POS, MORPH, LEMMA, TAG, DEP)
"""The attributes that a rule may set to be looked up."""

MOST_REMEMBERED = 200_000
"""Words, and combinations of word class, tag and label, after which remembering starts afresh."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What a pattern asks of one string: to be one of some, none of others, to be found by an expression."""

    strings: frozenset[str] | None = None
    barred: frozenset[str] = frozenset()
    expression: re.Pattern[str] | None = None

    def fits(self, text: str) -> bool:
        """Whether a string is as asked."""
        if text in self.barred or (self.strings is not None and text not in self.strings):
            return False
        return self.expression is None or self.expression.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Slot:
    """One token of a pattern; what is None does not matter.

    Attributes:
        lower: of the word in lower case.
        space: whether the token is whitespace.
        tag, dep: of the token.
    """

    lower: _Value | None = None
    space: bool | None = None
    tag: _Value | None = None
    dep: _Value | None = None

    def takes_word(self, word: Lexeme) -> bool:
        """Whether the word itself is as the pattern asks."""
        if self.space is not None and self.space != word.is_space:
            return False
        return self.lower is None or self.lower.fits(word.lower_)

    def takes(self, tag: str, dep: str) -> bool:
        """Whether tag and label are as the pattern asks."""
        return (self.tag is None or self.tag.fits(tag)) and (self.dep is None or self.dep.fits(dep))


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    """A pattern, and what happens where it fits; compared by identity, for classes are keyed by rules.

    Attributes:
        number: place in the ruler's `attrs`; later ones have precedence.
        first: the first token.
        rest: the tokens after it.
    """

    number: int
    first: _Slot
    rest: tuple[_Slot, ...] = ()


class TagRules(AttributeRuler):
    """spaCy's attribute ruler with remembered results for what its patterns do."""

    def __init__(self, vocab: Vocab, name: str = "attribute_ruler", **settings: Any) -> None:
        super().__init__(vocab, name, **settings)
        self._compiled = -1

    def __call__(self, doc: Doc) -> Doc:
        """Set parts of speech, morphology and the lemmas of irregular words."""
        if self._compiled != len(self.attrs):
            self._compile()
        if not self._known:
            return super().__call__(doc)
        if len(doc):
            self._apply(doc)
        return doc

    def _compile(self) -> None:
        rules: list[_Rule | None] = []
        entries: list[Any] = self.patterns
        for number, entry in enumerate(entries):
            plain = set(self.attrs[number]) <= set(WRITTEN)
            rules += [_rule(number, pattern) if plain else None for pattern in entry["patterns"]]
        self._known = None not in rules
        self._by_word: dict[str, list[_Rule]] = defaultdict(list)
        self._by_look: list[_Rule] = []
        for rule in rules:
            lower = rule.first.lower if rule is not None else None
            if rule is not None and lower is not None and lower.strings is not None:
                for word in lower.strings:
                    self._by_word[word].append(rule)
            elif rule is not None:
                self._by_look.append(rule)
        self._forget()
        self._compiled = len(self.attrs)

    def _forget(self) -> None:
        self._class_of: dict[int, int] = {}
        self._classes: dict[tuple[_Rule, ...], int] = {}
        self._members: list[tuple[_Rule, ...]] = []
        self._code_of: dict[tuple[int, int, int], int] = {}
        self._effects: list[_Effect] = []
        self._table: tuple[NDArray[np.uint64], NDArray[np.bool_], NDArray[np.bool_]] | None = None

    def _apply(self, doc: Doc) -> None:
        if max(len(self._class_of), len(self._code_of)) > MOST_REMEMBERED:
            self._forget()
        keys: Any = doc.to_array([ORTH, TAG, DEP])
        codes = self._codes(keys)
        if self._table is None:
            self._table = (
                np.array([e.values for e in self._effects], dtype=np.uint64),
                np.array([e.given for e in self._effects], dtype=bool),
                np.array([bool(e.opens) for e in self._effects], dtype=bool),
            )
        values, given, opens = self._table
        matched: dict[int, list[int]] = defaultdict(list)
        for i in np.flatnonzero(opens[codes]).tolist():
            for rule in self._effects[codes[i]].opens:
                if self._goes_on(doc, rule, i + 1):
                    index = self.indices[rule.number]
                    matched[i + index if index >= 0 else i + 1 + len(rule.rest) + index].append(rule.number)
        now = doc.to_array(list(WRITTEN))
        new: Any = np.where(given[codes], values[codes], now)
        doc.from_array(list(WRITTEN), new)
        for i, numbers in matched.items():
            # All rules anew, in their order, where a pattern of several tokens has a say.
            set_token_attrs(doc[i], dict(zip(WRITTEN, now[i].tolist(), strict=True)))
            for number in sorted([*numbers, *self._effects[codes[i]].numbers]):
                set_token_attrs(doc[i], self.attrs[number])

    def _goes_on(self, doc: Doc, rule: _Rule, start: int) -> bool:
        if start + len(rule.rest) > len(doc):
            return False
        tokens = doc[start : start + len(rule.rest)]
        return all(
            slot.takes_word(t.lex) and slot.takes(t.tag_, t.dep_)
            for slot, t in zip(rule.rest, tokens, strict=True)
        )

    def _codes(self, keys: NDArray[np.uint64]) -> list[int]:
        class_of, code_of = self._class_of, self._code_of
        codes = []
        for orth, tag, dep in keys.tolist():
            word = class_of.get(orth)
            if word is None:
                word = class_of[orth] = self._new_class(orth)
            code = code_of.get((word, tag, dep))
            if code is None:
                code = code_of[word, tag, dep] = self._new_code(word, tag, dep)
            codes.append(code)
        return codes

    def _new_class(self, orth: int) -> int:
        """Number of the class of the words that the same rules take."""
        word = self.vocab[orth]
        near = [*self._by_look, *self._by_word.get(word.lower_, ())]
        fitting = tuple(rule for rule in near if rule.first.takes_word(word))
        if fitting not in self._classes:
            self._classes[fitting] = len(self._members)
            self._members.append(fitting)
        return self._classes[fitting]

    def _new_code(self, word: int, tag: int, dep: int) -> int:
        """Number of what the rules do to a token of a class with this tag and label."""
        strings = self.vocab.strings
        shown = strings[tag], strings[dep]
        fitting = [r for r in self._members[word] if r.first.takes(*shown)]
        numbers = sorted({r.number for r in fitting if not r.rest})
        final: dict[int, int] = {}
        for number in numbers:
            final |= self.attrs[number]
        self._effects.append(
            _Effect(
                tuple(numbers),
                tuple(final.get(name, 0) for name in WRITTEN),
                tuple(name in final for name in WRITTEN),
                tuple(r for r in fitting if r.rest),
            )
        )
        self._table = None
        return len(self._effects) - 1


@dataclass(frozen=True, slots=True)
class _Effect:
    """What the rules do to a token.

    Attributes:
        numbers: of the rules of one token that take it.
        values: what they leave in `WRITTEN`.
        given: which of these they set.
        opens: rules of several tokens that it may begin.
    """

    numbers: tuple[int, ...]
    values: tuple[int, ...]
    given: tuple[bool, ...]
    opens: tuple[_Rule, ...]


def _rule(number: int, pattern: list[Mapping[str, Any]]) -> _Rule | None:
    """A pattern as a rule; None where it asks what is not known here."""
    slots = [_slot(token) for token in pattern]
    known = [slot for slot in slots if slot is not None]
    return _Rule(number, known[0], tuple(known[1:])) if known and len(known) == len(slots) else None


def _slot(token: Mapping[str, Any]) -> _Slot | None:
    asked: dict[str, Any] = {}
    for key, wanted in token.items():
        if key == "IS_SPACE" and isinstance(wanted, bool):
            asked["space"] = wanted
            continue
        value = _value(wanted)
        if value is None or key not in ("LOWER", "TAG", "DEP"):
            return None
        asked[key.lower()] = value
    return _Slot(**asked)


def _value(wanted: object) -> _Value | None:
    if isinstance(wanted, str):
        return _Value(frozenset((wanted,)))
    if not isinstance(wanted, Mapping) or not set(wanted) <= {"IN", "NOT_IN", "REGEX"}:
        return None
    sets = {key: frozenset(wanted[key]) for key in ("IN", "NOT_IN") if key in wanted}
    if not all(isinstance(text, str) for strings in sets.values() for text in strings):
        return None
    expression = re.compile(wanted["REGEX"]) if "REGEX" in wanted else None
    return _Value(sets.get("IN"), sets.get("NOT_IN", frozenset()), expression)
