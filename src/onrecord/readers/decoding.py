"""From bytes to text, never silently changed.

Statistical detectors misread English news with curly quotation marks and names such as *José
Núñez*, so the order is fixed: what the user says, byte-order mark, strict UTF-8, what the file
declares, the zero bytes of UTF-16, Windows-1252 with a warning.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.schema import Notice

__all__ = ["Decoded", "decode", "normalize_newlines"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

SAMPLE = 65_536
"""Bytes looked at for the zero bytes of UTF-16."""

MIN_ZERO_SHARE = 0.3
"""Share of zero bytes at even or odd places in UTF-16 of English text: about 1.0 without curly
marks and dashes, and never below 0.9 in the news texts tried; .3 allows for mixed scripts."""

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

MAX_CONTROL_SHARE = 0.01
"""Share of control characters above which decoded bytes are no text. News texts have none; a stray
one comes with bad copying; random bytes have about 0.11."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was decoded with, and warnings."""

    text: str
    encoding: str
    warnings: tuple[Notice, ...] = ()


def normalize_newlines(text: str) -> str:
    """CRLF and CR as LF; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(
    data: bytes,
    *,
    thing: str,
    encoding: str | None = None,
    declared: str | None = None,
    placed: bool = False,
) -> Decoded:
    """Decode the bytes of a text file.

    Args:
        data: the bytes.
        thing: what to call the input in an error.
        encoding: the encoding that the user names; nothing else is tried.
        declared: the encoding that the file itself declares.
        placed: whether the article's text is the decoded text, so that warnings may tell places in it.

    Raises:
        InputError: the named encoding does not exist or does not fit, or the bytes are no text.
    """
    decoded = _decode(data, thing, encoding, declared)
    text = normalize_newlines(decoded.text)
    return _checked(Decoded(text, decoded.encoding, decoded.warnings), thing, placed=placed)


def _decode(data: bytes, thing: str, encoding: str | None, declared: str | None) -> Decoded:
    if encoding is not None:
        return _decode_named(data, thing, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(*_strict_or_replaced(data[len(mark) :], name))
    if utf16 := _zero_pattern(data):
        return Decoded(*_strict_or_replaced(data, utf16))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        position = error.start
    if declared is not None:
        try:
            name = codecs.lookup(declared).name
            return Decoded(data.decode(name), name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return _decode_damaged(data, position)


def _decode_named(data: bytes, thing: str, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except LookupError as error:
        raise InputError(
            thing, f"unknown encoding {encoding!r}", "use a name such as utf-8, windows-1252 or utf-16"
        ) from error
    except (UnicodeDecodeError, ValueError) as error:
        place = f" (byte {error.start + 1})" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(
            thing, f"not valid {encoding}{place}", "leave --encoding out, or name another"
        ) from error
    if not isinstance(text, str):
        raise InputError(thing, f"{encoding!r} is no text encoding", "use a name such as utf-8")
    return Decoded(text.removeprefix("\ufeff"), name)


def _strict_or_replaced(data: bytes, name: str) -> tuple[str, str, tuple[Notice, ...]]:
    try:
        return data.decode(name), name, ()
    except UnicodeDecodeError as error:
        notice = Notice(
            "undecodable_bytes",
            f"not valid {name} at byte {error.start + 1}; what cannot be read is shown as \ufffd",
        )
        return data.decode(name, errors="replace"), name, (notice,)


def _zero_pattern(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where the zero bytes lie as in UTF-16 of Latin text."""
    sample = data[: min(SAMPLE, len(data)) // 2 * 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd >= MIN_ZERO_SHARE and even < odd / 10:
        return "utf-16-le"
    if even >= MIN_ZERO_SHARE and odd < even / 10:
        return "utf-16-be"
    return None


def _decode_damaged(data: bytes, position: int) -> Decoded:
    """Bytes that are not valid UTF-8: Windows-1252, or UTF-8 with such bytes in it."""
    sequences = _MULTIBYTE.findall(data)
    high = sum(byte >= 0x80 for byte in data)
    stray = high - sum(len(s) for s in sequences)
    if len(sequences) > stray:
        message = f"UTF-8 with {stray} stray bytes, first at byte {position + 1}, read as Windows-1252"
        text = data.decode("utf-8", errors=_WINDOWS_FALLBACK)
        return Decoded(text, "utf-8", (Notice("mixed_encoding", message),))
    message = "encoding guessed as Windows-1252; if names look wrong, give --encoding"
    text = data.decode("ascii", errors=_WINDOWS_FALLBACK)
    return Decoded(text, "windows-1252", (Notice("guessed_encoding", message),))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Each undecodable byte as browsers read Windows-1252: its five gaps are C1 controls."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_WINDOWS[byte] for byte in bad), error.end


_WINDOWS = [bytes([byte]).decode("windows-1252", errors="ignore") or chr(byte) for byte in range(256)]
_WINDOWS_FALLBACK = "onrecord_windows_1252"
codecs.register_error(_WINDOWS_FALLBACK, _as_windows)


def _checked(decoded: Decoded, thing: str, *, placed: bool) -> Decoded:
    text = decoded.text
    controls = len(_CONTROLS.findall(text))
    if controls > max(MAX_CONTROL_SHARE * len(text), 2):
        raise InputError(thing, "binary data, not text", "save the article as text, .docx, .html or .pdf")
    if controls:
        first = _CONTROLS.search(text) if placed else None
        place = first.span() if first else (None, None)
        notice = Notice("control_characters", f"{controls} control characters in the text", *place)
        return Decoded(text, decoded.encoding, (*decoded.warnings, notice))
    return decoded
