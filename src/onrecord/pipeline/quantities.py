"""Numbers in a text with value, unit, approximator and range: *nearly two thirds*, *£1.2bn*.

The grammar is a cardinal in digits or words with an optional scale, a fraction, a rate (*one in
three*) or a vague count (*hundreds of*), each with an optional approximator before it and a unit
after it. Dates, clock times, ordinary years and numbers that only label (*Article 5*, *33rd floor*)
are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Figure", "find_figures", "number_value"]

UNITS = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}
TENS = {
    w: 10 * (i + 2) for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
FRACTIONS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6,
    "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
CURRENCIES = {
    "$": "USD", "us$": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL",
    "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₦": "NGN", "₽": "RUB", "₪": "ILS", "₩": "KRW", "₺": "TRY",
}  # fmt: skip
MONEY_WORDS = {
    "dollars": "USD", "dollar": "USD", "pounds": "GBP", "euros": "EUR", "euro": "EUR", "yen": "JPY",
    "rupees": "INR", "naira": "NGN", "roubles": "RUB", "rubles": "RUB", "yuan": "CNY", "francs": "CHF",
}  # fmt: skip
"""A bare *dollar* or *pound* is read as the commonest currency of that name (ISO 4217 codes)."""

_WORD = "|".join([*UNITS, *TENS])
_SCALE = r"hundred|thousand|million|billion|trillion|lakh|crore"
_WORDS = rf"(?:(?:a|{_WORD})(?:[\s-](?:and\s)?(?:{_WORD}|{_SCALE}))+|{_WORD})"
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?:(?:{_DIGITS})(?:\s?(?:{_SCALE}|bn|mn|tn|m|k)\b)?|(?:{_WORDS})\b)"
_MONEY_SIGN = r"(?:(?:US|A|C|NZ|HK|S|R)\s?\$|[$£€¥₹₦₽₪₩₺])\s?"
_APPROX = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|over|under|above|below|some|more than|less than|"
    r"fewer than|at least|at most|up to|close to|just over|just under|well over|only|just|as many as|as much as|"
    r"as few as|as little as|no more than|no fewer than|no less than|an? estimated|an? average of|a total of|"
    r"a record|exactly|upwards of|in excess of)\s+)"
)
_FRACTION_WORD = "|".join(FRACTIONS)
_PLAIN = "|".join(w for w in FRACTIONS if w not in ("half",))
FIGURE = re.compile(
    rf"(?<![\w.,#/:–-])(?P<approx>{_APPROX})?(?:"
    rf"(?P<between>(?:between|from)\s+)?(?P<sign1>{_MONEY_SIGN})?(?P<low>{_NUMBER})"
    rf"\s?(?:%|per\s?cent\b)?(?P<join>\s+and\s+|\s+to\s+|\s?[–—-]\s?)(?P<sign2>{_MONEY_SIGN})?(?P<high>{_NUMBER})"
    rf"|(?P<rate>(?:{_NUMBER})\s+(?:in|out of)\s+(?:every\s+)?(?:{_NUMBER}))"
    rf"|(?P<fraction>(?:(?:(?P<parts>{_WORD}|an?)[\s-])(?P<of>{_PLAIN})\b|(?:a\s+)?half\b(?=\s+(?:of|the|a|an|his|her|its|their|as))))"
    rf"|(?P<vague>(?:(?:many|several|few)\s+)?(?:dozens|scores|hundreds|thousands|millions|billions)(?=\s+of|\s+more))"
    rf"|(?P<sign>{_MONEY_SIGN})?(?P<number>{_NUMBER})(?P<fold>-?\s?fold\b)?"
    rf")(?![\d:])",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}})?"
    r"|\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|(?:1[5-9]|20)\d\d[–/-]\d{2,4}"
    r"|(?:in|since|of|by|until|from|during|late|early|mid|before|after|year|to|and)[\s-]+(?:1[5-9]|20)\d\d\b(?!\s+[a-z]+s\b)"
    r"|(?:article|section|chapter|page|room|unit|number|no\.|act|title|route|flight|phase|grade|group|figure|level|world war)\s+\d+"
    r"|\d+(?:st|nd|rd|th)\b|\d{4}s\b|\b(?:1[89]|20)\d\d(?=\s+(?!\w+s\b)[a-z]|\s*[,.;)]|\s*$))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?-?(?:%|per\s?cent(?:age)?\b|pc\b)(?P<points>(?:[\s-]points?)\b)?", re.IGNORECASE)
_UNIT = re.compile(
    r"[\s-]+(?P<words>(?:(?:more|other|different|new|of the|of|million|billion)\s+)?[^\W\d_][\w’'-]*)"
)
_NOT_UNITS = frozenset(
    ["a", "an", "and", "as", "at", "after", "against", "among", "are", "before", "but", "by", "during", "for", "from", "had", "has", "have", "he", "in", "into", "is", "it", "of", "on", "or", "she", "since", "so", "than", "that", "the", "then", "there", "they", "this", "to", "under", "until", "was", "we", "were", "when", "where", "which", "while", "who", "with", "would", "will", "not", "per", "according"]
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as written.

    Attributes:
        start, end: character offsets into the text that was read.
        low, high: the bounds; equal for a single number, None for a vague count.
        unit: ISO 4217 code, `%`, `percentage points`, `times`, or the counted noun as written.
        approximator: the word that makes it less than exact, as written.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None = None
    approximator: str | None = None

    @property
    def value(self) -> float | None:
        """The number; None for a range or a vague count."""
        return self.low if self.low == self.high else None


def number_value(text: str) -> float | None:
    """The value of a cardinal in digits or English words; None if `text` is none.

    >>> number_value("two hundred and five"), number_value("1.2bn")
    (205.0, 1200000000.0)
    """
    text = text.strip().casefold()
    digits = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)\s?([a-z]*)", text)
    if digits:
        if digits[2] and digits[2] not in SCALES:
            return None
        return float(digits[1].replace(",", "")) * SCALES.get(digits[2], 1.0)
    total = group = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text):
        if word in UNITS or word in TENS:
            group += UNITS.get(word, TENS.get(word, 0))
            seen = True
        elif word == "a":
            group = group or 1.0
        elif word == "hundred":
            group = (group or 1.0) * 100
            seen = True
        elif word in SCALES and len(word) > 2:
            total += (group or 1.0) * SCALES[word]
            group, seen = 0.0, True
        elif word != "and":
            return None
    return total + group if seen else None


def find_figures(text: str) -> list[Figure]:
    """All figures of `text`, in order, not overlapping."""
    dates = [m.span() for m in _DATE.finditer(text)]
    out: list[Figure] = []
    for m in FIGURE.finditer(text):
        core = m.end("approx") if m["approx"] else m.start()
        if any(s < m.end() and core < e for s, e in dates):
            if m["low"] is None:
                continue
            out += _singly(text, m, dates)
            continue
        figure = _read(text, m)
        if figure:
            out.append(figure)
    return out


def _singly(text: str, m: re.Match[str], dates: list[tuple[int, int]]) -> Iterator[Figure]:
    """The members of what looked like a range but holds a date."""
    for name in ("low", "high"):
        start, end = m.span(name)
        value = number_value(text[start:end])
        if value is not None and not any(s < end and start < e for s, e in dates):
            unit, stop = _unit(text, end)
            yield Figure(start, stop, value, value, unit)


def _read(text: str, m: re.Match[str]) -> Figure | None:
    approximator = m["approx"].strip() if m["approx"] else None
    low: float | None
    high: float | None
    sign = m["sign"] or m["sign1"] or m["sign2"]
    unit: str | None = None
    end = m.end()
    if m["low"]:
        low, high = number_value(m["low"]), number_value(m["high"])
        if low is None or high is None:
            return None
        scale = re.search(rf"(?:{_SCALE}|bn|mn|tn|m|k)$", m["high"], re.IGNORECASE)
        if scale and low < high and number_value(m["low"]) == _bare(m["low"]):
            low *= SCALES[scale[0].casefold()] if low < SCALES[scale[0].casefold()] else 1.0
    elif m["rate"]:
        parts = re.split(r"\s+(?:in|out of)\s+(?:every\s+)?", m["rate"], flags=re.IGNORECASE)
        above, below = number_value(parts[0]), number_value(parts[1])
        if not above or not below or above >= below:
            return None
        low = high = above / below
    elif m["fraction"]:
        count = number_value(m["parts"] or "one") or 1.0
        low = high = count / FRACTIONS[(m["of"] or "half").casefold()]
    elif m["vague"]:
        low = high = None
    else:
        low = high = number_value(m["number"])
        if low is None or (not sign and not m["fold"] and _labels(text, m)):
            return None
        if m["fold"]:
            unit = "times"
    if sign:
        unit = CURRENCIES.get(re.sub(r"\s", "", sign).casefold())
    if unit is None:
        unit, end = _unit(text, m.end())
    return Figure(m.start(), end, low, high, unit, approximator)


def _bare(text: str) -> float | None:
    return number_value(re.sub(r"[^\d.,]", "", text)) if re.match(r"\d", text) else number_value(text)


def _labels(text: str, m: re.Match[str]) -> bool:
    """A pronoun *one*, or a number in brackets or a list: nothing is counted."""
    word = m["number"].casefold()
    following = text[m.end() : m.end() + 12]
    if word == "one":
        unit = _UNIT.match(following)
        return (
            unit is None
            or unit["words"].casefold() in _NOT_UNITS
            or (not m["approx"] and text[m.end() :].startswith(" day"))
        )
    return bool(re.match(r"\)|\.\s", following)) and bool(re.search(r"(?:^|\s)\(?$", text[: m.start()][-2:]))


def _unit(text: str, end: int) -> tuple[str | None, int]:
    """The unit after a number and where it ends."""
    percent = _PERCENT.match(text, end)
    if percent:
        return ("percentage points" if percent["points"] else "%"), percent.end()
    word = _UNIT.match(text, end)
    if word is None or word["words"].split()[-1].casefold() in _NOT_UNITS:
        return None, end
    unit = word["words"]
    return MONEY_WORDS.get(unit.casefold(), unit.split()[-1]), word.end()
