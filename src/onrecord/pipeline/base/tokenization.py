"""The base pipeline's tokenizer: quotation marks always tokens of their own, abbreviated titles whole."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from onrecord.lexicons import load_lexicon

DOUBLE_MARKS = ('"', "“", "”", "„", "‟", "«", "»", "″", "''", "``")
"""Marks that are split off wherever they stand, so that a quotation's edges are token edges."""

_SPLIT = r"(?:''|``|[\"“”„‟«»])"

_AFTER_UNIT = r"(?<=[0-9][A-Z])\."
"""The stop after *$300M*, *40K* and *30C*: a letter that follows a figure is a unit and no initial."""

_TURNED_CASE = r"(?<=[^\W\d_])[‘`][sS]"
"""The case of *Lund‘s plan*, whose apostrophe an editor's software turned the wrong way."""

_UNITS = frozenset(("m.", "g."))
"""Units that the English tokenizer splits from their figure and takes for initials: *£300m. Norrland*."""


def adapt_tokenizer(nlp: Language) -> None:
    """Make the tokenizer of `nlp` split marks and stops after units off, and keep abbreviated titles whole.

    The English tokenizer already splits most of them; this adds the ones glued to other
    punctuation (`word."Next`, `(“word”),`) and TeX marks. A tokenizer of another kind is left alone.
    """
    old = nlp.tokenizer
    if not isinstance(old, Tokenizer):
        return
    defaults = nlp.Defaults
    kept = {text: rule for text, rule in old.rules.items() if not _is_unsplit(text)}
    # A new one, since spaCy reads all special cases anew whenever a part of a tokenizer is set.
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        rules=kept | {text: [{ORTH: text}] for text in _whole()},
        prefix_search=compile_prefix_regex([_SPLIT, *(defaults.prefixes or [])]).search,
        suffix_search=compile_suffix_regex(
            [_SPLIT, _AFTER_UNIT, _TURNED_CASE, *(defaults.suffixes or [])]
        ).search,
        infix_finditer=compile_infix_regex([_SPLIT, *(defaults.infixes or [])]).finditer,
        token_match=old.token_match,
        url_match=old.url_match,
        faster_heuristics=old.faster_heuristics,
    )
    for turned in ("‘s", "`s"):  # the tagger reads the norm
        nlp.vocab[turned].norm_ = "'s"


def _is_unsplit(text: str) -> bool:
    """Whether a special case of the English tokenizer keeps together what news does not mean as one."""
    return text in _UNITS or _is_face(text)


def _is_face(text: str) -> bool:
    """Whether it is an emoticon with a bracket: *(Daily Torch): Is it true?* has none."""
    return len(text) > 1 and any(c in "()[]" for c in text) and not any(c.isalpha() for c in text)


def _whole() -> Iterator[str]:
    """*s/o*, and short forms before names (*Capt.*), whose stop would else end a sentence there."""
    persons = load_lexicon("persons")
    yield from (f"{word}." for word in persons["titles"]["abbreviated"])
    yield from (particle for particle in persons["names"]["particles"] if "/" in particle)
