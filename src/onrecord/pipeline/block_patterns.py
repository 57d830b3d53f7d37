"""What single lines of an article look like: bylines, datelines, captions, furniture.

Each function looks at one line or paragraph and knows nothing of its neighbours. The words are in
`lexicons/en/structure.toml`; the forms are those of agency style guides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from onrecord.lexicons import load_lexicon

__all__ = [
    "begins_block",
    "byline_names",
    "dateline_end",
    "has_byline_lead",
    "is_boilerplate",
    "is_byline",
    "is_caption",
    "is_complete",
    "is_date",
    "is_heading_like",
    "is_kicker",
    "is_separator",
    "list_number",
    "list_style",
    "speaker_label",
    "title_share",
]

MAX_FURNITURE_WORDS = 45
"""Words. A longer line is prose, whatever it begins with; corrections and legal notes are shorter."""

MAX_HEADING_WORDS = 10
"""Words. *Read more about the election in Ghana and Togo*; longer lines of that kind are sentences."""

MAX_PLACE_WORDS = 4
"""Words. *PORT OF SPAIN*, *SAN PEDRO DE MACORIS*; more capitals are a heading."""

MAX_DATELINE_WORDS = 9
"""Words, dash included: place, region, day, month, year, agency."""

MAX_CREDIT_WORDS = 60
"""Words. Longest caption that is known by its credit alone; agency captions have 25 to 50."""

MAX_LABEL_CHARS = 48
"""Characters. Longest speaker label: *Prime Minister Mette Frederiksen of Denmark:* and the like."""

_DASH = r"(?:—|–|―|--+|-(?=\s))"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
_DATE = (
    rf"(?:(?:{_DAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)|\d{{4}}-\d\d-\d\d(?:T[\d:.+Z-]+)?|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_TIME = (
    r"(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?\s?m\.?)?|\d{1,2}\s*[ap]\.?\s?m\.?)"
    r"(?:\s*\(?(?:GMT|UTC|BST|IST|WAT|CAT|EAT|SAST|AEST|AEDT|CE?S?T|E[SD]?T|C[SD]T|M[SD]?T|P[SD]?T)(?:[+-]\d+)?\)?)?"
)

_DATE_LINE = re.compile(
    rf"(?:{_DAY}[,.]?\s*)?(?:(?:{_DATE}|{_TIME})(?:[\s,|·•@–—-]|at\b|on\b)*)+(?:{_DAY})?\.?", re.IGNORECASE
)
_UPPER_PLACE = (
    r"[A-Z][A-ZÀ-ÖØ-Þ.'’-]*(?:[ -](?:de|du|of|the|and|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*))*(?:/[A-Z][A-Z ]+)?"
)
_PLACE = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:[ -](?:de|du|of|the|and|[A-ZÀ-ÖØ-Þ][\w.'’-]*)){0,3}"
_REGION = rf"(?:,\s*{_PLACE})"
_AGENCY = r"\(\s*(?![RDI]-)[A-Z][\w./ &’'-]{1,30}\s*\)"
_SIGN = rf"(?:,?\s+{_DATE}(?:\s*{_AGENCY})?|\s*{_AGENCY})[,.:]?\s*{_DASH}\s*"
_SIGNED_DATELINES = (
    re.compile(rf"(?P<place>{_UPPER_PLACE}){_REGION}{{0,2}}{_SIGN}"),
    re.compile(rf"(?P<place>{_PLACE}){_REGION}{{0,2}}{_SIGN}"),
    re.compile(rf"(?P<place>){_AGENCY}\s*{_DASH}\s*"),
)
_PLACE_DATELINE = re.compile(rf"(?P<place>{_UPPER_PLACE}){_REGION}{{0,2}}[,.:]?\s*{_DASH}\s*")
_POSSESSIVE = re.compile(r"['’]S\b")
_COLON_DATELINE = re.compile(rf"(?P<place>{_UPPER_PLACE}){_REGION}{{0,1}}(?:,?\s+{_DATE})?:\s+(?=\S)")

_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|(?:[A-ZÀ-ÖØ-Þ]\.){1,3}|[A-ZÀ-ÖØ-Þ]\b)"
_EMAIL = r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+)"
_BULLET = re.compile(r"(?P<bullet>[•●◦▪■□▸►➤➢‣⁃∙·*+o]|--|[-–—])\s+(?=\S)")
_NUMBER = re.compile(r"\(?(?P<number>\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+(?=\S)")
_SEPARATOR = re.compile(r"(?:[\W_]+|-\s?30\s?-|#{2,}|\W*ENDS?\W*)")
_BRACKETED = re.compile(r"[(\[][^()\[\]]+[)\]]\.?$")
_WORD = re.compile(r"[^\W\d_][\w'’.&-]*")
_WORDS = re.compile(r"\S+")
_OPENING = "\"'“‘«„(["
_FINAL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")


@cache
def _lexicon() -> Mapping[str, Any]:
    return load_lexicon("structure")


def _alternatives(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace("'", "['’]").replace(r"\ ", r"\s+") for p in ordered)


@cache
def _byline_pattern() -> re.Pattern[str]:
    table = _lexicon()["bylines"]
    particles = _alternatives(table["name_particles"])
    name = rf"{_NAME}(?:\s+(?:(?:{particles})\s+){{0,2}}{_NAME}){{1,4}}"
    names = rf"(?:{name})(?:\s*(?:,|&|;|\band\b|,\s*and\b)\s*(?:{name}))*"
    roles = _alternatives(table["roles"])
    role = rf"(?:[\w’'.&-]+\s+){{0,5}}(?i:{roles})(?:\s+(?:for|at|of|in)\s+[\w .’'&-]{{2,40}})?"
    place = rf"(?:in|at|from)\s+{_PLACE}(?:\s+and\s+{_PLACE})?{_REGION}?"
    outlet = rf"(?:for|of|at)\s+(?:the\s+)?{_PLACE}|(?:The\s+)?{_PLACE}"
    date = rf"(?:(?:Published|Updated|Posted)(?:\s+on)?:?\s+)?(?:{_DATE}|{_TIME})"
    joint = r"\s*(?:[,|/·•;–—-]|\s)\s*"
    special = r"(?i:special\s+(?:to|for)|and\s+agencies\b|and\s+staff\b)(?:\s+[\w .’'&-]{2,40})?"
    tail = rf"(?:{joint}(?:{special}|{role}|{place}|{_EMAIL}|\(?{_EMAIL}\)?|{date}|{outlet}))*"
    leads = _alternatives(table["leads"])
    desks = _alternatives(table["desks"])
    with_lead = rf"(?i:{leads}):?\s+(?:(?P<names>{names})|(?i:(?:the\s+)?(?:{desks})))(?P<tail>{tail})"
    short = rf"{_NAME}(?:\s+(?:(?:{particles})\s+){{0,2}}{_NAME}){{1,2}}"
    bare = (
        rf"(?P<bare>{short}(?:\s*(?:,|&|\band\b)\s*{short})*)"
        rf"(?:(?:,\s*|\s+){place}|(?:,\s*|\s+[|–—-]\s+){role}|\s*[,|]?\s*\(?{_EMAIL}\)?)"
        rf"(?:{joint}(?:{role}|{place}|\(?{_EMAIL}\)?|{date}))*"
    )
    return re.compile(rf"(?:{with_lead}\s*[.;]?|{bare})")


@cache
def _desk_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?i:{_alternatives(_lexicon()['bylines']['desks'])})")


def is_byline(line: str) -> bool:
    """Whether the whole line names who wrote: *By Amara Obi in Enugu*, *Jon Doe, staff writer*."""
    if len(line) > 200:
        return False
    return _byline_pattern().fullmatch(line) is not None or _sign_off().fullmatch(line) is not None


@cache
def _sign_off() -> re.Pattern[str]:
    """The agency form at the end: *(Reporting by A in B; Editing by C)*."""
    leads = _alternatives(
        lead for lead in _lexicon()["bylines"]["leads"] if "by" in lead.split() and lead != "by"
    )
    return re.compile(rf"[(\[]?(?i:{leads})\s+{_NAME}[^()\n]{{2,180}}[)\]]?\.?")


def byline_names(line: str) -> tuple[str, ...]:
    """The authors that a byline names, in order, without titles, places and addresses."""
    match = _byline_pattern().fullmatch(line)
    if match is None:
        return ()
    names = match.group("names") or match.group("bare") or ""
    return tuple(n for part in re.split(r",|&|;|\band\b", names) if (n := part.strip()) and not _is_office(n))


@cache
def _offices() -> tuple[frozenset[str], re.Pattern[str]]:
    bylines = _lexicon()["bylines"]
    wholes = frozenset([*bylines["desks"], *_lexicon()["captions"]["agencies"]])
    return wholes, re.compile(rf".*\b(?:{_alternatives(bylines['roles'])})", re.I)


def _is_office(name: str) -> bool:
    """Whether a name in a byline is a role, a desk or an agency rather than a person."""
    wholes, role = _offices()
    return name.lower() in wholes or role.fullmatch(name) is not None


def is_date(line: str) -> bool:
    """Whether the line holds a date or a time and nothing else, with or without *Updated* before."""
    if len(line) > 120 or not any(c.isdigit() for c in line):
        return False
    return _DATE_LINE.fullmatch(_date_lead().sub("", line)) is not None


@cache
def _date_lead() -> re.Pattern[str]:
    return re.compile(rf"(?i:{_alternatives(_lexicon()['datelines']['leads'])})\s*:?\s+")


@cache
def _not_places() -> frozenset[str]:
    return frozenset(_lexicon()["datelines"]["not_places"])


def dateline_end(text: str, *, opening: bool = True, colon: bool = False) -> int | None:
    """Where a paragraph's dateline ends: *ACCRA, Ghana (Agency) —* with the dash.

    Args:
        text: a paragraph.
        opening: the paragraph is among the first; only there is a bare place a dateline, since
            capitals and a dash also head the items of a newsletter.
        colon: take a place before a colon too, as papers in South Asia write it.

    Returns:
        Characters from the start of `text` to the end of the dash; None if there is no dateline.
    """
    candidates = (
        *_SIGNED_DATELINES,
        *((_PLACE_DATELINE,) if opening else ()),
        *((_COLON_DATELINE,) if colon else ()),
    )
    for pattern in candidates:
        match = pattern.match(text)
        if match is None or match.end() >= len(text):
            continue
        place = match.group("place")
        if place.lower() in _not_places() or (place and len(place) < 3) or _POSSESSIVE.search(place):
            continue
        if len(place.split()) > MAX_PLACE_WORDS or len(match.group().split()) > MAX_DATELINE_WORDS:
            continue
        return len(match.group().rstrip())
    return None


@cache
def _caption_patterns() -> tuple[re.Pattern[str], ...]:
    table = _lexicon()["captions"]
    labels = _alternatives(table["labels"])
    agencies = _alternatives([*table["agencies"], *table["platforms"]])
    name = r"[\w.’' -]{2,40}"
    labelled = re.compile(rf"[(\[]?(?i:{labels})\s*[:/|]\s*\S.*", re.DOTALL)
    credit = re.compile(
        rf"(?:[(|—–/-]|[.”\"]\s|\s-)\s*(?:(?i:{labels})[:\s]+)?(?:{name}\s*(?:/|via|for)\s*)*"
        rf"(?i:{agencies})(?:\s*(?:/|via)\s*{name})?\)?\.?$"
    )
    whole = re.compile(
        rf"(?:{name}\s*(?:/|\bvia\b|\bfor\b)\s*)*(?i:{agencies})(?:\s*(?:/|\bvia\b)\s*{name})?\.?"
        rf"|{_NAME}(?:[ -]{_NAME}){{0,3}}/{_NAME}(?: {_NAME}){{0,3}}\.?"
    )
    bracketed = re.compile(rf"[(\[]\s*(?i:{labels})\b\s*[:/]?[^()\[\]]*[)\]]\.?$")
    trailing = re.compile(
        rf"(?:^|[\s.”)])(?i:{labels}):\s+{_NAME}(?:[\s,/&-]+(?:{_NAME}|for|of|via|and|the))*\.?$"
    )
    return labelled, whole, credit, bracketed, trailing


def is_caption(line: str) -> bool:
    """Whether the line stands under a picture: *Photo: A. Name*, *… in May. (A. Name/Reuters)*."""
    if len(line) > 400 or len(_WORDS.findall(line)) > MAX_CREDIT_WORDS:
        return False
    labelled, whole, *ends = _caption_patterns()
    if labelled.match(line) or whole.fullmatch(line):
        return True
    return any(pattern.search(line) for pattern in ends)


@cache
def _boilerplate_patterns() -> tuple[re.Pattern[str], ...]:
    table = _lexicon()["boilerplate"]
    starts = _alternatives([*table["starts"], *table["notes"]])
    labels = _alternatives(table["labels"])
    # Whoever says *Follow us!* in quotation marks is being quoted.
    lead = r"(?:_|[^\w\"'“‘«„])*"
    rights = r"\W*(?:(?:©|\(c\)).*\d{4}|copyright\W+(?:\d{4}|(?:[\w&'’.-]+\s+){1,5}\d{4}\W*$))"
    begins = re.compile(rf"{lead}(?:(?:{starts})(?!\w)|(?:{labels})\s*[:|»>])|{rights}", re.I)
    whole = re.compile(rf"[\W_]*(?:{_alternatives(table['whole'])})[\W_]*", re.I)
    inside = re.compile(rf"(?:{_alternatives(table['inside'])})(?!\w)", re.I)
    heading = re.compile(rf"{lead}(?:{_alternatives(table['headings'])})(?!\w)[^.]*", re.I)
    return begins, whole, inside, heading


def is_boilerplate(line: str) -> bool:
    """Whether the line is furniture of the site or a note of the desk, not of the article."""
    words = len(_WORDS.findall(line))
    if words > MAX_FURNITURE_WORDS:
        return False
    begins, whole, inside, heading = _boilerplate_patterns()
    if whole.fullmatch(line) or begins.match(line) or inside.search(line):
        return True
    return words <= MAX_HEADING_WORDS and heading.fullmatch(line) is not None


def is_separator(line: str) -> bool:
    """Whether the line is a rule of signs: `* * *`, `___`, `-30-`."""
    return _SEPARATOR.fullmatch(line) is not None


@cache
def _kickers() -> frozenset[str]:
    return frozenset(_lexicon()["kickers"]["words"])


def is_kicker(line: str) -> bool:
    """Whether the line is a section's label above the headline: *POLITICS*, *Opinion |*."""
    return line.strip(" |:»>·/-").lower() in _kickers()


def list_style(line: str) -> str | None:
    """The bullet with which a list item begins, `1` for numbers and letters, or None."""
    match = _BULLET.match(line)
    if match:
        return match.group("bullet")
    return "1" if _NUMBER.match(line) else None


def list_number(line: str) -> str | None:
    """The number or letter of a list item, lower case, without stop or brackets."""
    match = _NUMBER.match(line)
    return match.group("number").lower() if match else None


@cache
def _not_speakers() -> frozenset[str]:
    return frozenset(p.replace("’", "'") for p in _lexicon()["speakers"]["not_speakers"])


_LABEL = re.compile(
    rf"(?P<label>(?:[A-ZÀ-ÖØ-Þ][\w.,'’&/() -]{{0,{MAX_LABEL_CHARS}}}?)|[QA]\d{{0,2}})"
    r"\s?[:.](?:\s+|$)(?P<rest>.*)",
    re.DOTALL,
)
_LABEL_WORDS = {"of", "the", "and", "for", "de", "van", "von", "al", "el", "bin", "da", "del", "la", "ibn"}


def speaker_label(line: str) -> str | None:
    """The label of a turn in a transcript or interview: `Q`, `SMITH`, `Jane Doe`; None if none.

    Labels are names, so each of their words begins with a capital.
    """
    match = _LABEL.match(line)
    if match is None:
        return None
    label = match.group("label").strip()
    if label.lower().rstrip("0123456789") in ("q", "a"):
        return label[0]
    if line[match.end("label") :].lstrip()[:1] != ":":
        return None
    words = re.findall(r"[^\s(),/&]+", label)
    if not words or len(words) > 7 or label.lower().replace("’", "'") in _not_speakers():
        return None
    if not all(w[0].isupper() or w.lower() in _LABEL_WORDS or w[0].isdigit() for w in words):
        return None
    if match.group("rest") and not any(c.isalpha() for c in match.group("rest")):
        return None
    return label


@cache
def _small_words() -> frozenset[str]:
    return frozenset(_lexicon()["titles"]["small_words"])


@cache
def _sentence_verbs() -> frozenset[str]:
    return frozenset(_lexicon()["titles"]["sentence_verbs"])


def title_share(line: str) -> tuple[float, int]:
    """Share of the content words that begin with a capital, and how many content words there are."""
    words = [w for w in _WORD.findall(line) if w.lower() not in _small_words()]
    return (sum(w[0].isupper() for w in words) / len(words) if words else 0.0), len(words)


def is_heading_like(line: str, *, stops: bool = False, questions: bool = True) -> bool:
    """Whether a line by itself could head a section: short, no sentence's end, no reporting verb.

    Args:
        line: one line.
        stops: a line all in title case may end in a stop.
        questions: a short question in sentence case counts, if it addresses nobody; in an
            interview it is the interviewer's.
    """
    words = _WORDS.findall(line)
    if not 1 <= len(words) <= 14 or len(line) > 100 or not any(c.isalpha() for c in line):
        return False
    first = line.lstrip(_OPENING)[:1]
    if not (first.isupper() or first.isdigit()) or line[-1] in ",;:—–-":
        return False
    plain = {w.lower().replace("’", "'").partition("'")[0] for w in _WORD.findall(line)}
    share, content = title_share(line)
    reporting = bool(plain & _sentence_verbs())
    stop = _FINAL_STOP.search(line)
    if stop is None:
        return (share >= 0.8 and content >= 2) or (not reporting and len(words) <= 10)
    if reporting:
        return False
    if "?" in stop.group():
        return (share > 0.9 and content >= 2) or (questions and len(words) <= 8 and not plain & _ADDRESS)
    return stops and share == 1.0 and content >= 3 and not plain & _ADDRESS


_ADDRESS = frozenset({"i", "me", "my", "you", "your", "we", "our", "us", "yourself", "oh"})


_SHOUTED_LABEL = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:\s|(?=:))){1,5}:?\s?:\s|[QA]\d{0,2}:\s")


def begins_block(line: str) -> bool:
    """Whether a line that follows another without an empty line between cannot go on from it."""
    if line[0] == ">" or is_separator(line) or is_byline(line):
        return True
    bullet = _BULLET.match(line)
    if bullet is not None:
        return bullet.group("bullet") not in ("—", "–", "--", "o")
    number = _NUMBER.match(line)
    if number is not None and number.group("number").isdigit():
        return True
    if _SHOUTED_LABEL.match(line):
        return True
    return _caption_patterns()[0].match(line) is not None


def is_complete(line: str) -> bool:
    """Whether nothing can go on from the line: a byline, a date, a rule, a section's label."""
    return is_byline(line) or is_date(line) or is_separator(line) or is_kicker(line)


def has_byline_lead(line: str) -> bool:
    """Whether a byline begins with *By* or a word like it, rather than with the name."""
    match = _byline_pattern().fullmatch(line)
    return match is None or match.group("bare") is None
