"""Encodings in their order, and text that is never changed silently."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.readers.decoding import decode, normalize_newlines

NEWS = "“We won’t,” said José Núñez — who runs Łódź’s café in Malmö. " * 3
WESTERN = "“We won’t,” said José Núñez — who runs a café in Malmö for €5. "


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8"])
def test_unicode_encodings(name: str) -> None:
    decoded = decode(NEWS.encode(name), thing="a")
    assert decoded.text == NEWS and not decoded.warnings


def test_windows_1252_with_a_warning() -> None:
    decoded = decode(WESTERN.encode("windows-1252"), thing="a")
    assert (decoded.text, decoded.encoding) == (WESTERN, "windows-1252")
    assert [w.code for w in decoded.warnings] == ["guessed_encoding"]


def test_gaps_of_windows_1252_are_kept() -> None:
    assert decode(b"na\xefve \x81 end of the line", thing="a").text == "naïve \x81 end of the line"


def test_stray_bytes_in_utf8_do_not_spoil_the_rest() -> None:
    data = NEWS.encode() + b" caf\xe9 \x93no\x94"
    decoded = decode(data, thing="a")
    assert decoded.text == NEWS + " café “no”" and decoded.encoding == "utf-8"
    assert [w.code for w in decoded.warnings] == ["mixed_encoding"]
    assert str(data.index(b"\xe9") + 1) in decoded.warnings[0].message


def test_named_encoding_is_the_only_one_tried() -> None:
    assert decode("Łódź".encode("iso8859-2"), thing="a", encoding="latin2").text == "Łódź"
    assert decode(b"caf\xc3\xa9", thing="a", encoding="latin-1").text == "cafÃ©"
    for name in ("utf-8", "no-such", "hex", "rot13", "idna\x00"):
        with pytest.raises(InputError) as caught:
            decode(b"caf\xe9 ", thing="a.txt", encoding=name)
        assert caught.value.thing == "a.txt" and caught.value.remedy


def test_declared_encoding_comes_after_utf8_and_before_windows() -> None:
    assert decode("Łódź".encode("iso8859-2"), thing="a", declared="iso-8859-2").text == "Łódź"
    assert decode("Łódź".encode(), thing="a", declared="iso-8859-2").text == "Łódź"
    assert decode(b"caf\xe9", thing="a", declared="no-such").text == "café"
    assert decode(b"caf\xe9", thing="a", declared="base64").text == "café"


def test_broken_utf16_says_so() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "Rain".encode("utf-16-le") + b"\x00\xd8", thing="a")
    assert decoded.text == "Rain\ufffd" and [w.code for w in decoded.warnings] == ["undecodable_bytes"]


def test_stray_control_character_is_kept_and_told() -> None:
    data = b"Rain fell\x00 in Accra, and then more rain fell."
    decoded = decode(data, thing="a", placed=True)
    assert decoded.text == "Rain fell\x00 in Accra, and then more rain fell."
    (notice,) = decoded.warnings
    assert notice.code == "control_characters" and (notice.start, notice.end) == (9, 10)
    (notice,) = decode(data, thing="a").warnings
    assert (notice.start, notice.end) == (None, None)


@given(st.binary())
def test_any_bytes_decode_or_give_an_input_error(data: bytes) -> None:
    try:
        decoded = decode(data, thing="a")
    except InputError as error:
        assert error.remedy
        return
    assert "\r" not in decoded.text


@given(st.text())
def test_newlines(text: str) -> None:
    normal = normalize_newlines(text)
    assert "\r" not in normal
    assert normal.replace("\n", "") == text.replace("\r", "").replace("\n", "")
