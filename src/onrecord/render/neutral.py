"""Article text made harmless for a screen: it can neither command a terminal nor reorder a line."""

from __future__ import annotations

import re

_WHITE = re.compile("[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0 and C1 controls, delete
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks, overrides, isolates
    "\ud800-\udfff"  # lone surrogates, which no encoding can write
    "\U000e0000-\U000e007f]"  # tag characters, which nothing shows
)
_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def neutral(text: str) -> str:
    """Replace what a terminal or a browser would obey, one character for one.

    White space other than the space becomes a space, C0 controls their pictures (escape becomes
    U+241B), other controls, bidirectional overrides and lone surrogates U+FFFD.
    """
    return _UNSAFE.sub(_picture, _WHITE.sub(" ", text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def escape_json(text: str) -> str:
    r"""Write the same characters as `\u` escapes in finished JSON: equal to a parser, safe to show."""
    return _ESCAPED_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
