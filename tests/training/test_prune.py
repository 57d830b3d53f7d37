"""Which pieces stay in a smaller vocabulary, and how texts are spelt in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onrecord.pipeline.encoder.wordpieces import Encoded, WordPieces
from training.data import Labelled
from training.prune import FIXED, SPELLING, Respelling, counted, kept

LETTERS = [*SPELLING, *(f"##{c}" for c in SPELLING)]
RARE = ["##bourine", "tam", "tambourine", "ша"]
VOCAB = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]"),
    *(f"[unused{i}]" for i in range(FIXED - 4)),
    *LETTERS,
    *(".", ",", "the", "##ing"),
    *RARE,
]


def document(texts: list[str], vocab: WordPieces) -> Labelled:
    rows = [vocab(text) for text in texts]
    pieces = np.asarray([i for row in rows for i in row], dtype=np.int32)
    starts = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    nothing = np.zeros(len(rows), dtype=np.int32)
    encoded = Encoded(nothing, pieces, starts, np.zeros((len(rows), 3), dtype=np.int32), nothing)
    return Labelled("one", encoded, *([nothing] * 7))


def written(folder: Path, pieces: list[str]) -> Path:
    path = folder / f"{len(pieces)}.txt"
    path.write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
    return path


@pytest.fixture
def texts() -> list[str]:
    return ["The", "tambourines", ",", "U.S.", "ша", "♞"]


def test_the_rarest_and_last_pieces_go_but_never_what_words_are_spelt_with() -> None:
    counts = np.zeros(len(VOCAB), dtype=np.int64)
    counts[VOCAB.index("tam")] = 5
    counts[VOCAB.index("ша")] = 1
    safe = FIXED + len(LETTERS) + 2
    stay = [VOCAB[i] for i in kept(VOCAB, counts, safe + 3)]
    assert [piece for piece in VOCAB[safe:] if piece in stay] == ["the", "tam", "ша"]
    assert set(VOCAB[:safe]) <= set(stay)


def test_respelling_is_what_the_smaller_vocabulary_makes_of_the_words(
    tmp_path: Path, texts: list[str]
) -> None:
    old = WordPieces(written(tmp_path, VOCAB))
    smaller = written(tmp_path, [piece for piece in VOCAB if piece not in RARE[:3]])
    respelt = Respelling(VOCAB, smaller).document(document(texts, old)).encoded
    direct = document(texts, WordPieces(smaller)).encoded
    assert respelt.pieces.tolist() == direct.pieces.tolist()
    assert respelt.starts.tolist() == direct.starts.tolist()
    assert len(respelt.pieces) > len(document(texts, old).encoded.pieces)


def test_nothing_changes_where_every_piece_stays(tmp_path: Path, texts: list[str]) -> None:
    path = written(tmp_path, VOCAB)
    before = document(texts, WordPieces(path))
    after = Respelling(VOCAB, path).document(before)
    assert after.encoded.pieces.tolist() == before.encoded.pieces.tolist()
    assert counted([before, after], len(VOCAB)).sum() == 2 * len(before.encoded.pieces)
