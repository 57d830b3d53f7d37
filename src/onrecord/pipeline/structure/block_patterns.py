"""What single lines of an article look like: bylines, datelines, captions, furniture.

Each function looks at one line or paragraph and knows nothing of its neighbours. The words are in
`lexicons/en/structure.toml`; the forms are those of agency style guides.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.function_words import IN_CONVERSATION
from onrecord.pipeline.language.phrases import alternatives, words
from onrecord.pipeline.structure.bylines import NAME, is_byline
from onrecord.pipeline.structure.datelines import is_date

__all__ = [
    "begins_block",
    "hash_mark",
    "is_boilerplate",
    "is_caption",
    "is_complete",
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

MAX_CREDIT_WORDS = 60
"""Words. Longest caption that is known by its credit alone; agency captions have 25 to 50."""

MAX_LABEL_CHARS = 48
"""Characters. Longest speaker label: *Prime Minister Mette Frederiksen of Denmark:* and the like."""

_BULLET = re.compile(r"(?P<bullet>[•●◦▪■□▸►➤➢‣⁃∙·*+o]|--|[-–—])\s+(?=\S)")
_NUMBER = re.compile(r"\(?(?P<number>\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+(?=\S)")
_HASHES = re.compile(r"(#{1,6})\s+[^\w#]*[^\Wa-z_]")
_SEPARATOR = re.compile(r"(?:[\W_]+|-\s?30\s?-|#{2,}|\W*ENDS?\W*)")
_WORD = re.compile(r"[^\W\d_][\w'’.&-]*")
_WORDS = re.compile(r"\S+")
_OPENING = "\"'“‘«„(["
_PROSE = re.compile(r".*[.!?][\"'”’»)\]]*\s+[\"'“‘«(\[]*[A-Z].*[.!?][\"'”’»)\]]*$")
"""Two sentences with their stops: more than the title of another article."""
_FINAL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")


@cache
def _caption_patterns() -> tuple[re.Pattern[str], ...]:
    table = load_lexicon("structure")["captions"]
    labels = alternatives(table["labels"])
    agencies = alternatives([*table["agencies"], *table["platforms"]])
    givers = alternatives(table["givers"])
    name = r"[\w.’' -]{2,40}"
    labelled = re.compile(rf"[(\[]?(?i:{labels})\s*[:/|]\s*\S.*", re.DOTALL)
    credit = re.compile(
        rf"(?:[(|—–/-]|[.”\"]\s|\s-)\s*(?:(?i:{labels})[:\s]+)?(?:{name}\s*(?:/|via|for)\s*)*"
        rf"(?i:{agencies})(?:\s*(?:/|via)\s*{name})?\)?\.?$"
    )
    whole = re.compile(
        rf"(?:{name}\s*(?:/|\bvia\b|\bfor\b)\s*)*(?i:{agencies})(?:\s*(?:/|\bvia\b)\s*{name})?\.?"
        rf"|{NAME}(?:[ -]{NAME}){{0,3}}/{NAME}(?: {NAME}){{0,3}}\.?"
    )
    bracketed = re.compile(rf"[(\[]\s*(?i:{labels})\b\s*[:/]?[^()\[\]]*[)\]]\.?$")
    trailing = re.compile(
        rf"(?:^|[\s.”)])(?i:{labels}):\s+(?:{NAME}|(?i:{givers}))(?:[\s,/&-]+(?:{NAME}|for|of|via|and|the))*\.?$"
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
    table = load_lexicon("structure")["boilerplate"]
    starts = alternatives([*table["starts"], *table["notes"]])
    labels = alternatives(table["labels"])
    # Whoever says *Follow us!* in quotation marks is being quoted.
    lead = r"(?:_|[^\w\"'“‘«„])*"
    rights = r"\W*(?:(?:©|\(c\)).*\d{4}|copyright\W+(?:\d{4}|(?:[\w&'’.-]+\s+){1,5}\d{4}\W*$))"
    begins = re.compile(rf"{lead}(?:{starts})(?!\w)|{rights}", re.I)
    labelled = re.compile(rf"{lead}(?:{labels})\s*[:|»>]\s*", re.I)
    whole = re.compile(rf"[\W_]*(?:{alternatives(table['whole'])})[\W_]*", re.I)
    inside = re.compile(rf"(?:{alternatives(table['inside'])})(?!\w)", re.I)
    heading = re.compile(rf"{lead}(?:{alternatives(table['headings'])})(?!\w)[^.]*", re.I)
    return begins, labelled, whole, inside, heading


def is_boilerplate(line: str) -> bool:
    """Whether the line is furniture of the site or a note of the desk, not of the article."""
    words = len(_WORDS.findall(line))
    if words > MAX_FURNITURE_WORDS:
        return False
    begins, labelled, whole, inside, heading = _boilerplate_patterns()
    if whole.fullmatch(line) or begins.match(line) or inside.search(line) or _calls_out().match(line):
        return True
    label = labelled.match(line)
    if label is not None and not _PROSE.match(line, label.end()):
        return True
    return words <= MAX_HEADING_WORDS and heading.fullmatch(line) is not None


@cache
def _calls_out() -> re.Pattern[str]:
    """*Have you stayed at the hotel? Contact our reporters*: a question to the reader, and how to answer."""
    answering = alternatives(load_lexicon("structure")["boilerplate"]["answering"])
    return re.compile(
        rf"(?:Have|Has|Do|Does|Did|Are|Is|Were|Was) your?\b[^.?!]*\?\s+"
        rf"(?:Please )?(?i:{answering})\b"
    )


def is_separator(line: str) -> bool:
    """Whether the line is a rule of signs: `* * *`, `___`, `-30-`."""
    return _SEPARATOR.fullmatch(line) is not None


@cache
def _kickers() -> frozenset[str]:
    return frozenset(words("kickers", "words"))


def is_kicker(line: str) -> bool:
    """Whether the line is a section's label above the headline: *POLITICS*, *Opinion |*."""
    return line.strip(" |:»>·/-.").lower() in _kickers()


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
    return frozenset(p.replace("’", "'") for p in words("speakers", "not_speakers"))


@cache
def _label_words() -> frozenset[str]:
    return frozenset(words("speakers", "label_words"))


_LABEL = re.compile(
    rf"(?P<label>[A-ZÀ-ÖØ-Þ][\w.,'’&/() -]{{0,{MAX_LABEL_CHARS}}}?)\s?:(?:\s+|$)(?P<rest>.*)", re.DOTALL
)
_LETTER = re.compile(r"(?P<letter>[QA])\d{0,2}\s?[:.](?:\s|$)")


def speaker_label(line: str) -> str | None:
    """The label of a turn in a transcript or interview: `Q`, `SMITH`, `Jane Doe`; None if none.

    Labels are names, so each of their words begins with a capital.
    """
    match, letter = _LABEL.match(line), _LETTER.match(line)
    label = match.group("label").strip() if match and _names_speaker(match) else None
    lettered = label is None or label.rstrip("0123456789") in ("Q", "A")
    return label if not lettered else letter.group("letter") if letter else None


def _names_speaker(match: re.Match[str]) -> bool:
    label = match.group("label").strip()
    words = re.findall(r"[^\s(),/&]+", label)
    if not words or len(words) > 7 or label.lower().replace("’", "'") in _not_speakers():
        return False
    small = _label_words()
    if not all(w[0].isupper() or w.lower() in small or w[0].isdigit() for w in words):
        return False
    return not match.group("rest") or any(c.isalpha() for c in match.group("rest"))


@cache
def _small_words() -> frozenset[str]:
    return frozenset(words("titles", "small_words"))


@cache
def _sentence_verbs() -> frozenset[str]:
    return frozenset(words("titles", "sentence_verbs"))


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
    plain = {w.lower().replace("’", "'").partition("'")[0].strip(".") for w in _WORD.findall(line)}
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


_ADDRESS = IN_CONVERSATION | {"yourself", "oh"}


_SHOUTED_LABEL = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:\s|(?=:))){1,5}:?\s?:\s|[QA]\d{0,2}:\s")


def hash_mark(line: str) -> str:
    """The signs before a heading in Markdown: *## What comes next*; empty where there are none."""
    match = _HASHES.match(line)
    return match[1] if match and line[-1] not in ".,;:" else ""


def begins_block(line: str) -> bool:
    """Whether a line that follows another without an empty line between cannot go on from it."""
    if line[0] == ">" or hash_mark(line) or is_separator(line) or is_byline(line):
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
    """Whether nothing can go on from the line: a byline, a date, a rule, a section's label, a heading."""
    return hash_mark(line) != "" or is_byline(line) or is_date(line) or is_separator(line) or is_kicker(line)
