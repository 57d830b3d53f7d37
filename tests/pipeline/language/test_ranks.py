"""Places in an order, over sentences parsed by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from onrecord.pipeline.language.ranks import find_ranks
from onrecord.schema import RANK

VOCAB = English().vocab


def told(doc: Doc) -> list[tuple[str, float | None]]:
    return [(doc.text[f.start : f.end], f.value) for f in find_ranks(doc, 0, len(doc))]


def parsed(words: list[str], tags: list[str], pos: list[str], deps: list[str], heads: list[int]) -> Doc:
    return Doc(VOCAB, words=words, tags=tags, pos=pos, deps=deps, heads=heads)


def test_superlative_takes_its_noun() -> None:
    doc = parsed(
        ["the", "longest", "bridge"],
        ["DT", "JJS", "NN"],
        ["DET", "ADJ", "NOUN"],
        ["det", "amod", "ROOT"],
        [2, 2, 2],
    )
    assert told(doc) == [("longest bridge", 1.0)]
    assert next(find_ranks(doc, 0, 3)).unit == RANK


def test_ordinal_counts_for_the_superlative_behind_it() -> None:
    doc = parsed(
        ["second", "largest", "city"],
        ["RB", "JJS", "NN"],
        ["ADV", "ADJ", "NOUN"],
        ["advmod", "amod", "ROOT"],
        [1, 2, 2],
    )
    assert told(doc) == [("second largest city", 2.0)]


def test_label_and_adverb_tell_no_place() -> None:
    floor = parsed(["33rd", "floor"], ["JJ", "NN"], ["ADJ", "NOUN"], ["amod", "ROOT"], [1, 1])
    said = parsed(["first", "reported"], ["RB", "VBD"], ["ADV", "VERB"], ["advmod", "ROOT"], [1, 1])
    assert told(floor) == told(said) == []


WORDS = st.sampled_from(["first", "largest", "most", "-", "2nd", "bank", "time", "ever", "is"])
TAGS = st.sampled_from(["JJ", "JJS", "RBS", "NN", "VBZ", "RB", "HYPH"])


@given(
    st.lists(st.tuples(WORDS, TAGS, st.sampled_from(["amod", "advmod", "ROOT", "attr"])), min_size=1),
    st.data(),
)
def test_any_words_give_places_inside_them(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    heads = [data.draw(st.integers(0, len(rows) - 1)) for _ in rows]
    words, tags, deps = (list(column) for column in zip(*rows, strict=True))
    doc = Doc(VOCAB, words=words, tags=tags, pos=["NOUN"] * len(rows))
    for token, head, dep in zip(doc, heads, deps, strict=True):
        token.head, token.dep_ = doc[head], dep
    end = 0
    for figure in find_ranks(doc, 0, len(doc)):
        assert end <= figure.start < figure.end <= len(doc.text)
        end = figure.end
