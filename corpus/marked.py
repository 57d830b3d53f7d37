"""The format of a marked article (FORMAT.md): from its marks and definitions to spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SPLITS = ("train", "dev", "test")
STYLES = ("british", "american")
ENTITY_TYPES = ("PERSON", "ORG", "PLACE", "NORP", "EVENT", "WORK", "LAW", "PRODUCT")
BLOCK_KINDS = (
    "headline",
    "subhead",
    "byline",
    "dateline",
    "caption",
    "list_item",
    "quote",
    "speaker_turn",
    "boilerplate",
)
SPEAKER_TYPE = {"PERSON": "PERSON", "ORG": "ORG", "PLACE": "ORG", "NORP": "GROUP", "EVENT": "ORG"}
FLAGS = ("negated", "modal", "question", "second_hand", "declined_comment")
REQUIRED = ("id", "beat", "country", "style", "author", "split")

OPEN = re.compile(r"\{([a-z][a-z0-9._,]*)\|")
TAG = re.compile(r"(?P<letter>[cvsr])(?P<number>\d+)|e(?P<entity>\d+)(?P<kind>[np]?)|b\.(?P<block>[a-z_]+)")
ENTITY = re.compile(r"e(\d+) ([A-Z]+) (\S.*)")
QUOTE = re.compile(r"q(\d+) (direct|mixed|indirect) (speech|belief|evidence)((?: [a-z_]+(?:=q\d+)?)*) ?:(.*)")
OTHER_SPEAKER = re.compile(r"(GROUP|UNNAMED|DOCUMENT|ORG|PERSON): (\S.*)")

Json = dict[str, object]


class CorpusError(Exception):
    """An article that breaks a rule of the format."""


@dataclass(slots=True)
class Mark:
    """One mark of an article: a tag over a span of the plain text."""

    tag: str
    start: int
    end: int


@dataclass(slots=True)
class Quote:
    """A quotation as its definition line and its marks give it."""

    number: int
    type: str
    mode: str
    flags: list[str]
    parent: int | None
    speakers: list[Json]
    content: list[tuple[int, int]] = field(default_factory=list)
    cue: tuple[int, int] | None = None
    source: tuple[int, int] | None = None


@dataclass(slots=True)
class Entity:
    """An entity as its definition line and its marks give it."""

    number: int
    type: str
    name: str
    roles: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """A checked article."""

    header: dict[str, str]
    text: str
    blocks: list[Json]
    quotes: list[Quote]
    entities: list[Entity]
    hints: list[str]


def expand_tags(tags: str) -> list[str]:
    """Split ``s1,2,e4p`` into ``s1``, ``s2`` and ``e4p``: a bare number takes the letter before it."""
    out: list[str] = []
    letter = ""
    for tag in tags.split(","):
        full = letter + tag if tag.isdigit() else tag
        match = TAG.fullmatch(full)
        if not match or (match["block"] and match["block"] not in BLOCK_KINDS):
            raise CorpusError(f"unknown tag {full!r} in {{{tags}|")
        letter = full[0]
        out.append(full)
    if len(set(out)) != len(out):
        raise CorpusError(f"a tag twice in {{{tags}|")
    return out


def parse_marks(marked: str) -> tuple[str, list[Mark]]:
    """Take the marks out of a text.

    Args:
        marked: the text with inline marks.

    Returns:
        The plain text and the marks over it, in order of their ends.

    Raises:
        CorpusError: a mark is not closed, a brace stands alone, or a tag is unknown.
    """
    plain: list[str] = []
    length = 0
    stack: list[tuple[list[str], int, int]] = []
    marks: list[Mark] = []
    at = 0
    while at < len(marked):
        char = marked[at]
        if char == "{":
            match = OPEN.match(marked, at)
            if not match:
                raise CorpusError(f"a brace that opens no mark: {marked[at : at + 40]!r}")
            stack.append((expand_tags(match[1]), length, at))
            at = match.end()
            continue
        if char == "}":
            if not stack:
                raise CorpusError(f"a closing brace too many after {marked[max(0, at - 60) : at]!r}")
            tags, start, begun = stack.pop()
            if start == length:
                raise CorpusError(f"an empty mark: {marked[begun : at + 1]!r}")
            marks.extend(Mark(tag, start, length) for tag in tags)
        else:
            plain.append(char)
            length += 1
        at += 1
    if stack:
        raise CorpusError(f"a mark that is not closed: {marked[stack[-1][2] : stack[-1][2] + 60]!r}")
    return "".join(plain), marks


def parse_header(lines: str) -> dict[str, str]:
    """Read the header of an article: ``key: value`` lines with ``#`` comments."""
    header: dict[str, str] = {}
    for line in lines.strip().splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise CorpusError(f"header line without a colon: {line!r}")
        header[key.strip()] = value.partition(" #")[0].strip()
    missing = [key for key in REQUIRED if not header.get(key)]
    if missing:
        raise CorpusError(f"header lacks {', '.join(missing)}")
    if header["split"] not in SPLITS:
        raise CorpusError(f"split is {header['split']!r}")
    if header["style"] not in STYLES:
        raise CorpusError(f"style is {header['style']!r}")
    return header


def parse_definitions(lines: str) -> tuple[dict[int, Entity], dict[int, Quote]]:
    """Read the entity and quote definitions of an article."""
    entities: dict[int, Entity] = {}
    quotes: dict[int, Quote] = {}
    raw: list[tuple[Quote, str]] = []
    for line in lines.strip().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if "{" in line:
            raise CorpusError(f"a mark in a definition: {line!r}")
        if match := ENTITY.fullmatch(line):
            number = int(match[1])
            if number in entities:
                raise CorpusError(f"e{number} is defined twice")
            if match[2] not in ENTITY_TYPES:
                raise CorpusError(f"e{number} has the type {match[2]}")
            entities[number] = Entity(number, match[2], match[3])
        elif match := QUOTE.fullmatch(line):
            number = int(match[1])
            if number in quotes:
                raise CorpusError(f"q{number} is defined twice")
            flags: list[str] = []
            parent: int | None = None
            for word in match[4].split():
                if word.startswith("parent=q"):
                    parent = int(word.removeprefix("parent=q"))
                elif word in FLAGS:
                    flags.append(word)
                else:
                    raise CorpusError(f"q{number} has the flag {word!r}")
            quotes[number] = Quote(number, match[2], match[3], flags, parent, [])
            raw.append((quotes[number], match[5]))
        else:
            raise CorpusError(f"a definition that cannot be read: {line!r}")
    for quote, speakers in raw:
        quote.speakers = [
            parse_speaker(part.strip(), entities, quote) for part in speakers.split(";") if part.strip()
        ]
    return entities, quotes


def parse_speaker(part: str, entities: dict[int, Entity], quote: Quote) -> Json:
    """Read one speaker of a quote definition: ``e2`` or ``GROUP: two officials``."""
    if re.fullmatch(r"e\d+", part):
        number = int(part[1:])
        if number not in entities:
            raise CorpusError(f"q{quote.number} is spoken by {part}, which is not defined")
        entity = entities[number]
        return {"name": entity.name, "type": SPEAKER_TYPE.get(entity.type, "DOCUMENT"), "entity": part}
    if match := OTHER_SPEAKER.fullmatch(part):
        return {"name": match[2], "type": match[1], "entity": None}
    raise CorpusError(f"q{quote.number} has the speaker {part!r}")


def find_blocks(text: str, marks: list[Mark]) -> list[Json]:
    """Cut a text into blocks at its blank lines; an unmarked block is a paragraph."""
    kinds = {(m.start, m.end): m.tag[2:] for m in marks if m.tag.startswith("b.")}
    blocks: list[Json] = []
    for match in re.finditer(r"\S[^\n]*(?:\n(?!\n)[^\n]+)*", text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        blocks.append({"kind": kinds.pop((start, end), "paragraph"), "start": start, "end": end})
        if "\n" in text[start:end]:
            raise CorpusError(f"a block of several lines: {text[start : start + 50]!r}")
    if kinds:
        (start, end), kind = next(iter(kinds.items()))
        raise CorpusError(f"b.{kind} does not cover a block: {text[start:end][:50]!r}")
    return blocks


def inside_word(text: str, at: int) -> bool:
    """Whether a place in a text has a letter or a digit on both sides."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def attach(text: str, marks: list[Mark], entities: dict[int, Entity], quotes: dict[int, Quote]) -> None:
    """Put every mark where its definition is."""
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        match = TAG.fullmatch(mark.tag)
        if match is None or match["block"]:
            continue
        words = text[mark.start : mark.end]
        if inside_word(text, mark.start) or inside_word(text, mark.end):
            raise CorpusError(f"{mark.tag} begins or ends inside a word: {words[:60]!r}")
        if words != words.strip() or "\n" in words:
            raise CorpusError(f"{mark.tag} has white space at its edge or runs over a line: {words[:60]!r}")
        number = int(match["number"] or match["entity"])
        letter = match["letter"] or "e"
        known = entities if letter in "er" else quotes
        if number not in known:
            raise CorpusError(f"{mark.tag} is not defined: {words[:60]!r}")
        span = (mark.start, mark.end)
        if letter == "e":
            kind = {"": "name", "n": "nominal", "p": "pronoun"}[match["kind"]]
            entities[number].mentions.append((*span, kind))
        elif letter == "r":
            entities[number].roles.append(span)
        elif letter == "c":
            quotes[number].content.append(span)
        elif letter == "v":
            if quotes[number].cue:
                raise CorpusError(f"q{number} has two cues: {words!r}")
            quotes[number].cue = span
        else:
            if quotes[number].source:
                raise CorpusError(f"q{number} has two sources: {words!r}")
            quotes[number].source = span
