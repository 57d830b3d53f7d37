"""The base pipeline's English lemmatizer, faster and with the same lemmas.

spaCy's searches its word lists from end to end (57,000 nouns) and analyses the morphology of every
base form anew. Here the lists are keyed, and a lemma is remembered by all that it depends on: word,
part of speech and morphology.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

MOST_REMEMBERED = 200_000
"""Lemmas after which remembering starts afresh."""

INDEX = "lemma_index"


class Lemmas(EnglishLemmatizer):
    """spaCy's English lemmatizer with remembered lemmas."""

    def __init__(self, vocab: Vocab, model: Model[Any, Any] | None, name: str, **settings: Any) -> None:
        super().__init__(vocab, model, name, **settings)
        self._known: dict[tuple[int, int, int], int] = {}
        self._keyed = False

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas that no rule before has set."""
        if self.mode != "rule" or self.overwrite or not len(doc):
            return super().__call__(doc)
        if not self._keyed:
            self._validate_tables()
            self._key_index()
        self._apply(doc)
        return doc

    def _key_index(self) -> None:
        if INDEX in self.lookups:
            table = self.lookups.get_table(INDEX)
            for part, words in list(table.items()):
                if isinstance(words, list):
                    table[part] = dict.fromkeys(words)
        self._keyed = True

    def _apply(self, doc: Doc) -> None:
        known = self._known
        if len(known) > MOST_REMEMBERED:
            known.clear()
            self.cache.clear()
        lemmas = []
        for i, (orth, pos, morph, lemma) in enumerate(doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()):
            if lemma == 0:
                lemma = known.get((orth, pos, morph))
                if lemma is None:
                    lemma = self.vocab.strings.add(self.lemmatize(doc[i])[0])
                    known[orth, pos, morph] = lemma
            lemmas.append(lemma)
        values: Any = np.array(lemmas, dtype=np.uint64)
        doc.from_array([LEMMA], values)
