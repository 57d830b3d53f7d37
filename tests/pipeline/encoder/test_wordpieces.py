"""Tokens as the encoder sees them."""

from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.encoder.wordpieces import (
    CLOSING_MARK,
    MAX_PIECES_PER_TOKEN,
    OPENING_MARK,
    Encoded,
    WordPieces,
    encode_tokens,
    mark_states,
    plan_windows,
    shape_of,
)

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "say",
    "##ing",
    "the",
    "mayor",
    ".",
    ",",
    "“",
    "”",
    "'",
    "muller",
]


@pytest.fixture(scope="module")
def vocab(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    path = Path(tmp_path_factory.mktemp("vocab")) / "vocab.txt"
    path.write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return WordPieces(path)


NLP = spacy.blank("en")
adapt_tokenizer(NLP)


def states(text: str) -> str:
    doc = NLP.make_doc(text)
    found = mark_states([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    return " ".join(f"{t.text}/{s}" for t, s in zip(doc, found, strict=True) if s)


def encode(text: str, vocab: WordPieces) -> Encoded:
    doc = NLP.make_doc(text)
    return encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], vocab)


def test_pieces_ignore_case_and_accents(vocab: WordPieces) -> None:
    assert vocab("Saying") == (4, 5)
    assert vocab("Müller") == (13,)
    assert vocab("zzz") == (1,)
    assert vocab("") == (1,)
    assert len(vocab("say," * 40)) == MAX_PIECES_PER_TOKEN


def plain_pieces(text: str) -> tuple[int, ...]:
    """The longest piece that fits, again and again, to the end of the text."""
    ids, rest, mark = [], text, ""
    while rest and (not ids or ids[-1] != PIECES.index("[UNK]")):
        sizes = (n for n in range(len(rest), 0, -1) if mark + rest[:n] in PIECES)
        size = next(sizes, 0)
        ids.append(PIECES.index(mark + rest[:size] if size else "[UNK]"))
        rest, mark = rest[size:], "##"
    return tuple(ids[:MAX_PIECES_PER_TOKEN]) or (PIECES.index("[UNK]"),)


@given(
    st.lists(st.sampled_from(["say", "ing", "the", "mayor", "muller", "in", "z"]), max_size=40).map("".join)
)
def test_the_first_pieces_are_those_of_the_whole_token(vocab: WordPieces, text: str) -> None:
    assert vocab(text) == plain_pieces(text)


def test_a_token_without_end_returns_at_once(vocab: WordPieces) -> None:
    start = perf_counter()
    assert vocab("say" + "ing" * 33_333) == (4, *(5,) * (MAX_PIECES_PER_TOKEN - 1))
    assert perf_counter() - start < 2


@pytest.mark.parametrize(
    ("word", "shape"),
    [("said", 0), ("Rutte", 1), ("A", 1), ("NATO", 2), ("McDonald", 3), ("2016", 4), ("B52", 1), (",", 5)],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('"Go," he said.', '"/2 Go/1 ,/1 "/3'),
        ("“Go,” he said.", "“/2 Go/1 ,/1 ”/3"),
        ("''Go,'' he said.", "''/2 Go/1 ,/1 ''/3"),
        ("‘Go,’ he said.", "‘/2 Go/1 ,/1 ’/3"),
        ("the workers’ union and the ’90s", ""),
        ("“I heard ‘Go’ twice.”", "“/2 I/1 heard/1 ‘/1 Go/1 ’/1 twice/1 ./1 ”/3"),
        ("“Never closed.\n\nNext one.", "“/2 Never/1 closed/1 ./1"),
    ],
)
def test_states(text: str, marked: str) -> None:
    assert states(text) == marked


def test_house_styles_look_alike(vocab: WordPieces) -> None:
    styles = ['"the mayor"', "“the mayor”", "''the mayor''", "«the mayor»", "‘the mayor’"]
    seen = {tuple(encode(text, vocab).pieces.tolist()) for text in styles}
    assert len(seen) == 1
    assert PIECES.index(OPENING_MARK) in next(iter(seen))
    assert PIECES.index(CLOSING_MARK) in next(iter(seen))


def test_white_space_has_no_row(vocab: WordPieces) -> None:
    e = encode("the mayor.\n\nthe  mayor", vocab)
    assert e.tokens.tolist() == [0, 1, 2, 4, 6]
    assert e.features[:, 2].tolist() == [2, 0, 0, 1, 0]
    assert e.cuts.tolist() == [2, 0, 0, 2, 0]


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="ab \n.\"“”'’‘", max_size=300), st.integers(4, 40), st.integers(0, 8))
def test_windows_cover_every_row(text: str, limit: int, context: int) -> None:
    e = _encode_plain(text)
    windows = plan_windows(e, limit, context=min(context, limit // 4))
    covered = np.zeros(len(e), dtype=bool)
    last = 0
    for start, end in windows:
        assert start < end
        assert start <= last
        covered[start:end] = True
        last = end
    assert covered.all()


def _encode_plain(text: str) -> Encoded:
    doc = NLP.make_doc(text)
    return encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], lambda _: (1,))
