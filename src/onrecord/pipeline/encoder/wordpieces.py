"""Tokens as the encoder sees them: word pieces, surface features and windows.

Training and run time share this module, so that a model is always fed what it was trained on.
Nothing here needs spaCy, PyTorch or onnxruntime.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

SHAPES = ("lower", "title", "upper", "mixed", "digit", "other")
STATES = ("outside", "inside", "opening", "closing", "nested")
PLACES = ("inner", "paragraph_start", "document_start")
MAX_PIECES_PER_TOKEN = 12
OPENING_MARK, CLOSING_MARK = "“", "”"
"""How the model is shown every outer quotation mark, whatever the house style."""

_OPENING = frozenset("“„«‟")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset(('"', "''", "``", "″"))
_SINGLE = frozenset("'‘’‛`")
_APOSTROPHE_WORDS = frozenset(
    ("em", "til", "tis", "twas", "cause", "n", "bout", "round", "cos", "s", "t", "re")
)
_BREAK = re.compile("[\n\r\u2028\u2029]")


class WordPieces:
    """The encoder's vocabulary: text of one token to piece ids.

    Pieces are made per token and remembered, because news repeats its words.
    """

    def __init__(self, vocab: Path) -> None:
        from curated_tokenizers import WordPieceProcessor  # type: ignore[attr-defined]

        pieces = vocab.read_text(encoding="utf-8").rstrip("\n").split("\n")
        ids = {piece: i for i, piece in enumerate(pieces)}
        self.cls, self.sep, self.pad, self.unk = (ids[p] for p in ("[CLS]", "[SEP]", "[PAD]", "[UNK]"))
        self._processor: Any = WordPieceProcessor(pieces)
        self._room = MAX_PIECES_PER_TOKEN * max(len(piece.removeprefix("##")) for piece in pieces)
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, text: str) -> tuple[int, ...]:
        """The piece ids of one token; at least one."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) > 200_000:
                self._known.clear()
            known = self._known[text] = self._encode(text)
        return known

    def _encode(self, text: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFD", text.lower())
        ids: list[int] = []
        for part in _split_punctuation("".join(c for c in plain if unicodedata.category(c) != "Mn")):
            # The processor tries the whole rest for each piece; what is kept never reaches beyond the room.
            found, _ = self._processor.encode(part[: self._room])
            ids += [self.unk if i < 0 else i for i in found]
            if len(ids) >= MAX_PIECES_PER_TOKEN:
                break
        return tuple(ids[:MAX_PIECES_PER_TOKEN]) or (self.unk,)


def _split_punctuation(text: str) -> list[str]:
    """Cut as BERT's basic tokenizer does: every mark is a word of its own."""
    parts: list[str] = []
    word = ""
    for char in text:
        category = unicodedata.category(char)
        if category[0] in "PS":
            if word:
                parts.append(word)
                word = ""
            parts.append(char)
        elif category[0] in "ZC":
            if word:
                parts.append(word)
                word = ""
        else:
            word += char
    if word:
        parts.append(word)
    return parts


@lru_cache(maxsize=65_536)
def shape_of(text: str) -> int:
    """Index into `SHAPES`: the case that an uncased vocabulary drops."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return 4 if any(c.isdigit() for c in text) else 5
    if text.islower():
        return 0
    if text.isupper() and len(letters) > 1:
        return 2
    if letters[0].isupper() and (len(letters) == 1 or not any(c.isupper() for c in letters[1:])):
        return 1
    return 3


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document ready for the encoder; rows are its tokens that are no whitespace.

    Attributes:
        tokens: index of each row's token in the document.
        pieces: piece ids of all rows, one after another.
        starts: where each row's pieces start in `pieces`; one longer than there are rows.
        features: columns shape, quotation-mark state and place.
        cuts: how good a window border is before each row: 2 paragraph, 1 sentence, 0 neither.
    """

    tokens: Ints
    pieces: Ints
    starts: Ints
    features: Ints
    cuts: Ints

    def __len__(self) -> int:
        return len(self.tokens)

    def part(self, start: int, end: int) -> Encoded:
        """Some of the rows, as if they were a document."""
        if start == 0 and end == len(self):
            return self
        low, high = self.starts[start], self.starts[end]
        return Encoded(
            self.tokens[start:end],
            self.pieces[low:high],
            self.starts[start : end + 1] - low,
            self.features[start:end],
            self.cuts[start:end],
        )


def encode_tokens(
    texts: Sequence[str], spaces: Sequence[bool], vocab: Callable[[str], Sequence[int]]
) -> Encoded:
    """Encode a document's tokens.

    Args:
        texts: every token's text, whitespace tokens too.
        spaces: whether a space follows the token.
        vocab: the piece vocabulary.
    """
    states = mark_states(texts, spaces)
    tokens: list[int] = []
    pieces: list[int] = []
    starts = [0]
    features: list[tuple[int, int, int]] = []
    cuts: list[int] = []
    place, cut = 2, 2
    for i, text in enumerate(texts):
        if text.isspace() or not text:
            if _BREAK.search(text):
                place, cut = max(place, 1), 2
            continue
        state = states[i]
        # One spelling for every house style, so that a model that has only seen one knows them all.
        shown = OPENING_MARK if state == 2 else CLOSING_MARK if state == 3 else text
        pieces += vocab(shown)
        starts.append(len(pieces))
        tokens.append(i)
        features.append((shape_of(text), state, place))
        cuts.append(cut)
        closes = text in (".", "?", "!", "…") or (state == 3 and i > 0 and texts[i - 1] in (".", "?", "!"))
        place, cut = 0, 1 if closes else 0
    return Encoded(
        np.asarray(tokens, dtype=np.int32),
        np.asarray(pieces, dtype=np.int32),
        np.asarray(starts, dtype=np.int32),
        np.asarray(features, dtype=np.int32).reshape(-1, 3),
        np.asarray(cuts, dtype=np.int32),
    )


def mark_states(texts: Sequence[str], spaces: Sequence[bool]) -> list[int]:
    """Index into `STATES` for every token, by a scan that starts afresh in each paragraph."""
    states = [0] * len(texts)
    start = 0
    for i, text in enumerate(texts):
        if text.isspace() and _BREAK.search(text):
            _scan(texts, spaces, start, i, states)
            start = i + 1
    _scan(texts, spaces, start, len(texts), states)
    return states


def _scan(texts: Sequence[str], spaces: Sequence[bool], start: int, end: int, states: list[int]) -> None:
    inside = False
    single = -1
    for i in range(start, end):
        text = texts[i]
        opens = closes = False
        if text in _OPENING:
            opens = True
        elif text in _CLOSING:
            closes = True
        elif text in _STRAIGHT:
            before = i == start or spaces[i - 1] or not texts[i - 1].strip()
            after = i + 1 == end or spaces[i]
            opens = (not inside and not (after and not before)) or (inside and before and not after)
            closes = not opens
        elif text in _SINGLE and not inside and single < 0:
            single = _single_close(texts, spaces, i, end, start)
            if single > 0:
                states[i] = 2
            continue
        if single >= 0:
            if i == single:
                states[i], single = 3, -1
            else:
                states[i] = 4 if opens or closes else 1
        elif opens:
            # A second opening mark without a close between is a fresh start, as after a lost mark.
            states[i], inside = 2, True
        elif closes:
            states[i], inside = 3, False
        else:
            states[i] = 1 if inside else 0


def _single_close(texts: Sequence[str], spaces: Sequence[bool], i: int, end: int, start: int) -> int:
    """Token that closes the single mark at `i`, or -1 if that is an apostrophe."""
    glued = i > start and not spaces[i - 1] and texts[i - 1].strip() and texts[i - 1][-1:].isalnum()
    if glued or i + 1 >= end or spaces[i]:
        return -1
    following = texts[i + 1]
    if texts[i] != "‘" and (following[:1].isdigit() or following.lower() in _APOSTROPHE_WORDS):
        return -1
    loose = -1
    for j in range(i + 2, end):
        if (
            texts[j] in ("'", "’")
            and not spaces[j - 1]
            and (j + 1 == end or spaces[j] or not texts[j + 1].isalnum())
        ):
            if not texts[j - 1][-1:].isalnum():
                return j
            # After a plural the mark may be a genitive: take it only if nothing better follows.
            if loose < 0 or texts[loose - 1].endswith("s"):
                loose = j
    return loose


def plan_windows(
    encoded: Encoded, limit: int, *, first: int | None = None, context: int = 0
) -> list[tuple[int, int]]:
    """Rows of each window, cut at paragraph or sentence borders where there are any.

    Args:
        encoded: the document.
        limit: most pieces a window holds, without the two that the encoder adds.
        first: most pieces of the first window; training varies it so that borders move.
        context: least pieces by which a window overlaps the one before.
    """
    starts, cuts, rows = encoded.starts, encoded.cuts, len(encoded)
    windows: list[tuple[int, int]] = []
    begin = 0
    room = first or limit
    while begin < rows:
        end = int(np.searchsorted(starts, starts[begin] + room, side="right")) - 1
        end = max(min(end, rows), begin + 1)
        if end < rows:
            end = _best_cut(cuts, begin + 1 + (end - begin) * 2 // 3, end)
        windows.append((begin, end))
        if end >= rows:
            break
        begin = end if not context else _step_back(encoded, begin, end, context)
        room = limit
    return windows


def _best_cut(cuts: Ints, low: int, high: int) -> int:
    tail = cuts[low : high + 1]
    if not len(tail) or not tail.max():
        return high
    return low + int(np.flatnonzero(tail == tail.max())[-1])


def _step_back(encoded: Encoded, begin: int, end: int, context: int) -> int:
    low = int(np.searchsorted(encoded.starts, encoded.starts[end] - 2 * context, side="right"))
    high = int(np.searchsorted(encoded.starts, encoded.starts[end] - context, side="right")) - 1
    low, high = max(low, begin + 1), max(high, begin + 1)
    return min(_best_cut(encoded.cuts, low, high), end)
