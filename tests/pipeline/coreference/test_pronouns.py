"""Which words spelled like pronouns are pronouns, on words tagged by hand as the tagger does."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.pipeline.coreference.pronouns import is_pronoun
from onrecord.pipeline.names.words import read_words

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("they/PRP/PRON/nsubj told/VBD/VERB/ROOT us/PRP/PRON/dobj", "us", True),
        ("US/NNP/PROPN/nsubj says/VBZ/VERB/ROOT so/RB/ADV/advmod", "US", False),
        ("U.S./NNP/PROPN/nsubj says/VBZ/VERB/ROOT so/RB/ADV/advmod", "U.S.", False),
        ("neither/CC/CCONJ/cc do/VBP/AUX/ROOT I./NNP/PROPN/dobj", "I.", True),
        ("Sanders/NNP/PROPN/ROOT (/-LRB-/PUNCT/punct I/NNP/PROPN/nmod", "I", False),
        ("since/IN/SCONJ/ROOT Elizabeth/NNP/PROPN/compound I/NNP/PROPN/pobj", "I", False),
        ("in/IN/ADP/ROOT War/NNP/PROPN/compound I/PRP/PRON/nsubj", "I", False),
        ("the/DT/DET/det day/NN/NOUN/ROOT I/PRP/PRON/nsubj", "I", True),
        ("doubled/VBD/VERB/ROOT IT/PRP/PRON/compound costs/NNS/NOUN/dobj", "IT", False),
        ("STOP/VB/VERB/ROOT IT/PRP/PRON/dobj", "IT", True),
        ("the/DT/DET/det mine/NN/NOUN/ROOT", "mine", False),
        ("friends/NNS/NOUN/ROOT of/IN/ADP/prep mine/NN/NOUN/pobj", "mine", True),
        ("it/PRP/PRON/nsubj is/VBZ/AUX/ROOT hers/NNS/NOUN/attr", "hers", True),
        ("INVESTIGATED/NNP/PROPN/ROOT HIM/NN/NOUN/dobj", "HIM", True),
    ],
)
def test_a_word_is_a_pronoun_by_more_than_its_spelling(text: str, word: str, expected: bool) -> None:
    rows = [part.rsplit("/", 3) for part in text.split()]
    tokens, tags, pos, deps = (list(column) for column in zip(*rows, strict=True))
    root = deps.index("ROOT")
    doc = Doc(NLP.vocab, words=tokens, tags=tags, pos=pos, deps=deps, heads=[root] * len(tokens))
    assert is_pronoun(read_words(doc), tokens.index(word), frozenset()) is expected
    assert not is_pronoun(read_words(doc), tokens.index(word), {tokens.index(word)})
