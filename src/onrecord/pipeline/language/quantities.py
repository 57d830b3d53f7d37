"""Numbers in a text with value, unit, approximator and range: *nearly two thirds*, *£1.2bn*.

The grammar is a cardinal in digits or words with an optional scale, a fraction, a rate (*one in
three*) or a vague count (*hundreds of*), each with an optional approximator before it and a unit
after it. Dates, clock times, ordinary years and numbers that only label (*Article 5*, *33rd floor*)
are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.tokens import Doc, Span

from onrecord.dates import MONTH_NAMES
from onrecord.lexicons import load_lexicon

__all__ = ["Figure", "figures_in", "find_figures", "number_value"]


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = load_lexicon("quantities")["quantities"]
    return words


@cache
def _pattern() -> re.Pattern[str]:
    """The grammar over the lexicon's words.

    Alternatives in order: a range, a rate, a fraction, a vague count, a single number.
    """
    words = _words()
    small = "|".join([*words["units"], *words["tens"]])
    scale = "|".join(words["scales"])
    short = "|".join(words["short_scales"])
    spelled = rf"(?:(?:a|{small})(?:[\s-](?:and\s)?(?:{small}|{scale}))+|(?:{small})|a\s(?:{scale}))"
    digits = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    number = rf"(?:{digits}(?:\s?(?:{scale}|{short})\b)?|{spelled}\b)"
    signs = "|".join(re.escape(s) for s in words["currencies"] if len(s) == 1)
    sign = rf"(?:(?:US|A|C|NZ|HK|S|R)?\s?(?:{signs}))\s?"
    approx = "|".join(words["approximators"])
    parts = "|".join(w for w in words["fractions"] if w != "half")
    half = r"(?:a\s+)?half\b(?=\s+(?:of|the|a|an|his|her|its|their|our|as)\b)"
    vague = "|".join(words["vague"])
    ranged = rf"{number}(?:\s?%|\s?per\s?cent\b)?"
    return re.compile(
        rf"(?<![\w.,#/:–-])(?P<approx>(?:{approx})\s+)?(?:"
        rf"(?P<between>between\s+)(?P<sign1>{sign})?(?P<low>{ranged})\s+and\s+(?P<sign2>{sign})?(?P<high>{number})"
        rf"|(?:from\s+)?(?P<sign3>{sign})?(?P<low2>{ranged})(?:\s+(?:to|or)\s+|\s?[–—-]\s?)"
        rf"(?P<sign4>{sign})?(?P<high2>{number})"
        rf"|(?P<rate>{number}\s+(?:in|out\s+of)\s+(?:every\s+)?{number})"
        rf"|(?P<fraction>(?P<parts>{small}|an?)[\s-](?P<of>{parts})\b(?!-\w)|{half})"
        rf"|(?P<vague>(?:(?:many|several|a\s+few)\s+)?(?:{vague})(?=\s+(?:of|more)\b))"
        rf"|(?P<sign>{sign})?(?P<number>{number})(?P<fold>-?\s?fold\b)?"
        rf")(?![\d:])",
        re.IGNORECASE,
    )


@cache
def _dates() -> re.Pattern[str]:
    """Dates, times, years, ordinals and numbers that label: none of them counts anything."""
    month = rf"(?-i:(?:{MONTH_NAMES}|{MONTH_NAMES.upper()})(?![a-z]))"
    year = r"(?:1[5-9]|20)\d\d"
    labels = "|".join(_words()["labels"])
    return re.compile(
        rf"\b(?:{month}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?:\s+\d{{4}})?|{month}\s+{year}"
        rf"|\d{{1,2}}[:.]\d{{2}}(?:\s?[ap]\.?m\.?)|\d{{1,2}}:\d{{2}}|\d{{1,2}}\s?[ap]\.?m\b\.?"
        rf"|{year}[–/-]\d{{2,4}}"
        rf"|(?:in|since|of|by|until|from|during|late|early|mid|before|after|year|to|and|the)[\s-]+{year}\b(?!,\d)"
        rf"|(?:{labels})\s+\d+|\d+(?:st|nd|rd|th)\b|\d{{4}}s\b|{year}(?=\s*[,.;:)]|\s*$))",
        re.IGNORECASE,
    )


_PERCENT = re.compile(r"\s?-?(?:%|per\s?cent(?:age)?\b|pc\b)(?P<points>(?:[\s-]points?)\b)?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[\s-]+(?P<word>[^\W\d_][\w’'-]*)")


REACH = 6
"""Tokens between a number and the noun it counts (*two hundred mostly elderly island residents*)."""


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
    words = _words()
    scales = {**words["scales"], **words["short_scales"]}
    digits = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)\s?([a-z]*)", text)
    if digits:
        if digits[2] and digits[2] not in scales:
            return None
        return float(digits[1].replace(",", "")) * float(scales.get(digits[2], 1.0))
    total = group = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text):
        if word in words["units"] or word in words["tens"]:
            group += words["units"].get(word, words["tens"].get(word, 0))
            seen = True
        elif word == "a":
            group = group or 1.0
        elif word == "hundred":
            group = (group or 1.0) * 100
            seen = True
        elif word in words["scales"]:
            total += (group or 1.0) * words["scales"][word]
            group, seen = 0.0, True
        elif word != "and":
            return None
    return total + group if seen else None


def find_figures(text: str) -> list[Figure]:
    """All figures of `text`, in order, not overlapping."""
    out: list[Figure] = []
    if not _may_count(text):
        return out
    dates = [m.span() for m in _dates().finditer(text)]
    position = 0
    while True:
        m = _pattern().search(text, position)
        if m is None:
            return out
        core = m.end("approx") if m["approx"] else m.start()
        dated = [d for d in dates if d[0] < m.end() and core < d[1]]
        figure = None if dated else _read(text, m)
        if figure is not None:
            out.append(figure)
        position = figure.end if figure is not None else max(_next(text, core), *(d[1] for d in dated), 0)


def _may_count(text: str) -> bool:
    """Whether a digit or a word for a number stands in a text; the whole grammar says no much slower."""
    return bool(_DIGIT.search(text)) or not _number_words().isdisjoint(_LETTERS.findall(text.casefold()))


@cache
def _number_words() -> frozenset[str]:
    words = _words()
    tables = (words["units"], words["tens"], words["scales"], words["fractions"])
    return frozenset(w for table in (*tables, words["vague"]) for entry in table for w in entry.split())


def _next(text: str, start: int) -> int:
    """Where to go on after a number that counts nothing: behind its first word."""
    m = re.compile(r"\S\w*").match(text, start)
    return m.end() if m else start + 1


def _read(text: str, m: re.Match[str]) -> Figure | None:
    low: float | None
    high: float | None
    signs = [m[g] for g in ("sign", "sign1", "sign2", "sign3", "sign4") if m[g]]
    ranged = m["low"] or m["low2"]
    if ranged:
        low, high = _bounds(ranged, m["high"] or m["high2"])
        if low is None or high is None or low >= high:
            return None
    elif m["rate"]:
        low = high = _rate(m["rate"])
        if low is None:
            return None
    elif m["fraction"]:
        low = high = (number_value(m["parts"] or "one") or 1.0) / _words()["fractions"][
            (m["of"] or "half").lower()
        ]
    elif m["vague"]:
        low = high = None
    else:
        low = high = number_value(m["number"])
        if low is None or (not signs and not m["fold"] and _labels(text, m)):
            return None
    approximator = m["approx"].strip() if m["approx"] else None
    if m["fold"]:
        return Figure(m.start(), m.end(), low, high, "times", approximator)
    if signs:
        currency = _words()["currencies"].get(re.sub(r"\s", "", signs[0]).lower())
        return Figure(m.start(), m.end(), low, high, currency, approximator)
    unit, end = _unit(text, m.end())
    return Figure(m.start(), end, low, high, unit, approximator)


def _bounds(low: str, high: str) -> tuple[float | None, float | None]:
    """The ends of a range; a scale said once (*1-2 million*) holds for both."""
    first = number_value(re.sub(r"\s?(?:%|per\s?cent)$", "", low, flags=re.IGNORECASE))
    last = number_value(high)
    scales = {**_words()["scales"], **_words()["short_scales"]}
    scale = re.search(r"[a-z]+$", high.lower())
    if (
        first is not None
        and last is not None
        and scale
        and scale[0] in scales
        and first < last / scales[scale[0]]
    ):
        first *= scales[scale[0]]
    return first, last


def _rate(text: str) -> float | None:
    above, below = (
        number_value(part)
        for part in re.split(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", text, flags=re.IGNORECASE)
    )
    return above / below if above and below and above < below else None


def _labels(text: str, m: re.Match[str]) -> bool:
    """A pronoun *one*, or the number of a list item: nothing is counted."""
    if m["number"].lower() == "one":
        word = _WORD.match(text, m.end())
        return word is None or word["word"].lower() in _words()["not_units"] or word["word"].lower() == "day"
    before = text[: m.start()].rstrip(" ")
    return text[m.end() : m.end() + 1] == ")" and (not before or before[-1] in "(\n;,:")


def _unit(text: str, end: int) -> tuple[str | None, int]:
    """The unit after a number and where it ends: a percentage or the next noun."""
    percent = _PERCENT.match(text, end)
    if percent:
        return ("percentage points" if percent["points"] else "%"), percent.end()
    words = _words()
    position = end
    link = re.compile(r"\s+of\s+(?:(?:the|its|his|her|their|our|all)\s+)?", re.IGNORECASE).match(text, end)
    m = _WORD.match(text, link.end() - 1 if link else end)
    while m is not None and m["word"].lower() in words["modifiers"]:
        position = m.end()
        m = _WORD.match(text, position)
    if m is None or m["word"].lower() in words["not_units"]:
        return None, end
    unit = m["word"]
    return words["money"].get(unit.lower(), unit), m.end()


def figures_in(doc: Doc, start: int, end: int) -> list[Figure]:
    """The figures of the tokens `start` to `end`, character offsets into the doc's text.

    The parser tells which noun a number counts, over the modifiers between them.
    """
    offset = doc[start].idx
    text = doc[start:end].text
    out = []
    for figure in find_figures(text):
        figure = replace(figure, start=figure.start + offset, end=figure.end + offset)
        figure = _counting(doc, figure, end)
        if not _is_pronoun(doc, figure) and not _only_labels(doc, figure):
            out.append(figure)
    return out


def _is_pronoun(doc: Doc, figure: Figure) -> bool:
    """*One wonders*, *the one that got away*."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None or span[0].lower_ != "one":
        return False
    rate = len(span) > 1 and span[1].lower_ in ("in", "out")
    return not rate and span[0].dep_ not in ("nummod", "compound")


def _only_labels(doc: Doc, figure: Figure) -> bool:
    """*A third splash* comes after two others; *Interstate 15*, *Expo 2016* are names."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None:
        return False
    last = span[-1]
    if any(t.lower_ in _words()["fractions"] and t.tag_ == "JJ" and t.dep_ == "amod" for t in span):
        return True
    named = last.dep_ == "nummod" and last.head.i == last.i - 1 and last.head.pos_ == "PROPN"
    return named and len(span) == 1 and figure.unit is None


def _is_age(span: Span) -> bool:
    """*Ann Moss, 61, a baker*: the number between commas behind somebody's name."""
    t = span[0]
    if len(span) > 1 or t.i < 2 or t.nbor(-1).text != "," or t.nbor(-2).ent_type_ != "PERSON":
        return False
    return t.i + 1 == len(t.doc) or t.nbor().is_punct


def _counting(doc: Doc, figure: Figure, limit: int) -> Figure:
    if figure.unit in (*_words()["currencies"].values(), "%", "percentage points", "times"):
        return figure
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if figure.unit is None and span is not None and _is_age(span):
        return replace(figure, unit="years")
    for t in span or ():
        noun = t.head
        if noun.lower_ in _words()["fractions"]:
            return figure
        counted = t.dep_ == "nummod" and noun.pos_ in ("NOUN", "PROPN") and t.i < noun.i <= t.i + REACH
        if counted and noun.i < limit:
            end = max(figure.end, noun.idx + len(noun))
            return replace(figure, end=end, unit=_words()["money"].get(noun.lower_, noun.text))
    return figure
