"""Build the gold files of the corpus from its marked articles.

``python corpus/build.py`` reads every ``articles/*.txt`` (format: FORMAT.md), checks it and writes
``gold/train.jsonl``, ``gold/dev.jsonl`` and ``gold/test.jsonl``, one article a line. With ``--check``
nothing is written: the exit status says whether the gold files and the figures in README.md are up to
date. ``--stats`` prints the figures, ``--hints`` also prints doubts that are no errors.

``python corpus/build.py articles/0007-*.txt`` checks only the files named and writes nothing.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
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
MIN_WORDS, MAX_WORDS = 300, 900
FIGURES = "<!-- written by build.py from here on -->"

OPEN = re.compile(r"\{([a-z][a-z0-9._,]*)\|")
TAG = re.compile(r"(?P<letter>[cvsr])(?P<number>\d+)|e(?P<entity>\d+)(?P<kind>[np]?)|b\.(?P<block>[a-z_]+)")
ENTITY = re.compile(r"e(\d+) ([A-Z]+) (\S.*)")
QUOTE = re.compile(r"q(\d+) (direct|mixed|indirect) (speech|belief|evidence)((?: [a-z_]+(?:=q\d+)?)*) ?:(.*)")
OTHER_SPEAKER = re.compile(r"(GROUP|UNNAMED|DOCUMENT|ORG|PERSON): (\S.*)")
PRONOUN = re.compile(r"(?i)\b(?:he|she|him|his|her|hers|himself|herself|they|their|them)\b")
CUE = re.compile(
    r"(?i)\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|according to|warn\w*|claim\w*|den(?:y|ie[sd])|added|"
    r"ask(?:ed|s)|argu\w*|insist\w*|announc\w*|believ\w*|hop(?:es?|ed|ing)|expect\w*|think\w*|thought|fear\w*|show(?:ed|s)|"
    r"found|suggest\w*|admit\w*|promis\w*|urged?|describ\w*|call(?:ed|s)|wrote|report(?:ed|s)|confirm\w*|explain\w*|"
    r"accus\w*|agree[sd]?|alleg\w*|reveal\w*|predict\w*|conced\w*|acknowledg\w*)\b"
)
DOUBLE_MARKS = re.compile(r"[“\"]|``|(?<!\w)['‘](?=\w)")
CAPITALS = re.compile(
    r"(?<![.?!:“\"‘'\n] )(?<![“\"‘'\n])(?<!^)\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)[A-Z][a-z]\w+"
)
QUOTE_MARKS = re.compile(r"[“”\"„«»‹›]|''|``|(?<!\w)['‘]|['’](?!\w)")

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


def attach(text: str, marks: list[Mark], entities: dict[int, Entity], quotes: dict[int, Quote]) -> None:
    """Put every mark where its definition is."""
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        match = TAG.fullmatch(mark.tag)
        if match is None or match["block"]:
            continue
        words = text[mark.start : mark.end]
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


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Say whether two half-open spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def check_quotes(quotes: dict[int, Quote], text: str) -> list[str]:
    """Check that the roles of each quote hold together.

    Args:
        quotes: the quotes of an article by number.
        text: the plain text.

    Returns:
        Doubts that are no errors.

    Raises:
        CorpusError: a quote lacks content, its roles overlap, or its parent does not hold it.
    """
    hints: list[str] = []
    for n, quote in quotes.items():
        if not quote.content:
            raise CorpusError(f"q{n} has no content mark")
        if quote.source and not quote.cue:
            hints.append(f"q{n} has a source and no cue")
        roles = [*quote.content, *filter(None, (quote.cue, quote.source))]
        for start, end in filter(None, (quote.cue, quote.source)):
            if text[end - 1] in ",;:":
                raise CorpusError(f"q{n}: a comma ends {text[start:end]!r}")
        for start, end in quote.content:
            if text[end - 1] in ",;:" or (text[end - 1] == "." and quote.type == "indirect"):
                hints.append(f"q{n}: a stop ends the content …{text[max(start, end - 30) : end]!r}")
        for i, a in enumerate(roles):
            for b in roles[i + 1 :]:
                if overlaps(a, b) and {a, b} != {quote.cue, quote.source}:
                    raise CorpusError(f"q{n}: {text[slice(*a)]!r} and {text[slice(*b)]!r} overlap")
        if quote.parent is not None:
            if quote.parent not in quotes or quote.parent == n:
                raise CorpusError(f"q{n} has the parent q{quote.parent}")
            held = quotes[quote.parent].content
            for a in quote.content:
                if not any(b[0] <= a[0] and a[1] <= b[1] for b in held):
                    raise CorpusError(f"q{n} is not inside its parent: {text[slice(*a)][:60]!r}")
        body = " ".join(text[slice(*c)] for c in quote.content)
        marked = bool(QUOTE_MARKS.search(body))
        if quote.type != "indirect" and not marked:
            hints.append(f"q{n} is {quote.type} without marks: {body[:60]!r}")
        if quote.type == "indirect" and re.search(r"[“”\"]|''|``|[‘]", body):
            hints.append(f"q{n} is indirect with marks: {body[:80]!r}")
        if not quote.speakers and quote.source:
            hints.append(f"q{n} has a source and no speaker: {text[slice(*quote.source)]!r}")
    outer = [(n, q) for n, q in quotes.items() if q.parent is None]
    for i, (n, quote) in enumerate(outer):
        for m, other in outer[i + 1 :]:
            if any(overlaps(a, b) for a in quote.content for b in other.content):
                raise CorpusError(f"q{n} and q{m} overlap and neither is the parent")
    return hints


def check_entities(entities: dict[int, Entity], quotes: dict[int, Quote], text: str) -> list[str]:
    """Check that every entity is mentioned; give doubts about names and unmarked mentions."""
    hints: list[str] = []
    spoken = {s["entity"] for q in quotes.values() for s in q.speakers}
    taken = {(s, e) for entity in entities.values() for s, e, _ in entity.mentions}
    for n, entity in entities.items():
        if not entity.mentions and not (f"e{n}" in spoken and entity.roles):
            raise CorpusError(f"e{n} {entity.name} is never mentioned")
        if len({m[:2] for m in entity.mentions}) != len(entity.mentions):
            raise CorpusError(f"e{n} has one mention twice")
        names = {text[s:e] for s, e, kind in entity.mentions if kind == "name"}
        if entity.name not in names and entity.name not in text:
            hints.append(f"e{n} {entity.name} is not in the text in these words")
        for name in sorted(names):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                if not any(s <= match.start() and match.end() <= e for s, e in taken):
                    around = text[max(0, match.start() - 25) : match.end() + 15]
                    hints.append(f"e{n} {name} is unmarked in {around!r}")
    return hints


def check_unmarked(article: Article) -> list[str]:
    """Point at words that are often marks and are none here: for the second reading."""
    text = article.text
    hints: list[str] = []
    mentions = [(s, e) for entity in article.entities for s, e, _ in entity.mentions]
    mentions += [role for entity in article.entities for role in entity.roles]
    contents = [span for quote in article.quotes for span in quote.content]
    cues = [quote.cue for quote in article.quotes if quote.cue]
    kinds = {block["start"]: block["kind"] for block in article.blocks}
    for what, pattern, spans in (
        ("pronoun", PRONOUN, mentions),
        ("cue", CUE, cues),
        ("marks", DOUBLE_MARKS, contents),
        ("name", CAPITALS, mentions),
    ):
        for match in re.finditer(pattern, text):
            if any(s <= match.start() and match.end() <= e for s, e in spans):
                continue
            line = text.rfind("\n", 0, match.start()) + 1
            skipped = ("byline", "boilerplate", "headline") if what == "name" else ("byline", "boilerplate")
            if kinds.get(line) in skipped:
                continue
            around = text[max(0, match.start() - 30) : match.end() + 30].replace("\n", " ")
            hints.append(f"{what} {match[0]!r} is unmarked in {around!r}")
    return hints


def read_article(path: Path) -> Article:
    """Read and check one article.

    Args:
        path: a file of ``articles/``.

    Returns:
        The article with its text, blocks, quotes and entities.

    Raises:
        CorpusError: the file breaks a rule of FORMAT.md.
    """
    parts = re.split(r"^---[ \t]*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if len(parts) != 3:
        raise CorpusError(f"{len(parts) - 1} lines '---' where there should be two")
    header = parse_header(parts[0])
    if header["id"] != path.stem:
        raise CorpusError(f"id is {header['id']!r}")
    text, marks = parse_marks(parts[1].strip() + "\n")
    entities, quotes = parse_definitions(parts[2])
    blocks = find_blocks(text, marks)
    attach(text, marks, entities, quotes)
    hints = check_quotes(quotes, text) + check_entities(entities, quotes, text)
    words = len(text.split())
    if not MIN_WORDS <= words <= MAX_WORDS:
        raise CorpusError(f"{words} words; {MIN_WORDS} to {MAX_WORDS} are allowed")
    ordered = sorted(quotes.values(), key=lambda q: q.content[0])
    return Article(header, text, blocks, ordered, sorted(entities.values(), key=lambda e: e.number), hints)


def span_json(text: str, span: tuple[int, int]) -> Json:
    """Write a span with its text."""
    return {"start": span[0], "end": span[1], "text": text[span[0] : span[1]]}


def to_json(article: Article) -> Json:
    """Turn an article into its line of the gold file."""
    text = article.text
    head = {key: article.header[key] for key in ("id", "beat", "country", "style")}
    quotes = [
        {
            "id": f"q{q.number}",
            "type": q.type,
            "mode": q.mode,
            "content": [span_json(text, c) for c in q.content],
            "cue": span_json(text, q.cue) if q.cue else None,
            "source": span_json(text, q.source) if q.source else None,
            "speakers": q.speakers,
            "flags": q.flags,
            "parent": None if q.parent is None else f"q{q.parent}",
        }
        for q in article.quotes
    ]
    entities = [
        {
            "id": f"e{e.number}",
            "type": e.type,
            "name": e.name,
            "roles": [span_json(text, r) for r in e.roles],
            "mentions": [{**span_json(text, (s, end)), "kind": kind} for s, end, kind in sorted(e.mentions)],
        }
        for e in article.entities
    ]
    attributions = [
        {
            "id": f"q{q.number}",
            "source": [list(q.source)] if q.source else [],
            "cue": [list(q.cue)] if q.cue else [],
            "content": [list(c) for c in q.content],
        }
        for q in article.quotes
        if q.parent is None
    ]
    line: Json = {
        **head,
        "text": text,
        "blocks": article.blocks,
        "quotes": quotes,
        "entities": entities,
        "attributions": attributions,
    }
    assert_offsets(line, text)
    return line


def assert_offsets(value: object, text: str) -> None:
    """Assert that every span with a text in a line of gold is that slice of the article."""
    if isinstance(value, dict):
        if "start" in value and "text" in value and text[value["start"] : value["end"]] != value["text"]:
            raise CorpusError(f"offsets do not give {value['text']!r}")
        for item in value.values():
            assert_offsets(item, text)
    elif isinstance(value, list):
        for item in value:
            assert_offsets(item, text)


def figures(articles: list[Article]) -> str:
    """Write the figures of the corpus as a Markdown table."""
    rows: list[tuple[str, collections.Counter[str]]] = []
    for split in (*SPLITS, "all"):
        count: collections.Counter[str] = collections.Counter()
        for article in articles:
            if split not in (article.header["split"], "all"):
                continue
            count["articles"] += 1
            count["words"] += len(article.text.split())
            for q in article.quotes:
                count["quotes"] += 1
                count[q.type] += 1
                count[q.mode] += 1
                count["nested"] += q.parent is not None
                count["without source"] += q.source is None
            for e in article.entities:
                count["entities"] += 1
                for _, _, kind in e.mentions:
                    count[kind] += 1
        rows.append((split, count))
    names = (
        "articles words quotes direct mixed indirect speech belief evidence nested without_source "
        "entities name nominal pronoun"
    )
    keys = [key.replace("_", " ") for key in names.split()]
    lines = ["| split | " + " | ".join(keys) + " |", "|---|" + "---:|" * len(keys)]
    lines += [f"| {split} | " + " | ".join(str(count[key]) for key in keys) + " |" for split, count in rows]
    beats = collections.Counter(a.header["beat"] for a in articles)
    countries = collections.Counter(a.header["country"] for a in articles)
    for title, counter in (("Beats", beats), ("Countries", countries)):
        lines += ["", f"{title}: " + ", ".join(f"{name} {n}" for name, n in counter.most_common()) + "."]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Run the command line; see the module's own text."""
    parser = argparse.ArgumentParser(description="Build the gold files of the corpus.")
    parser.add_argument("files", nargs="*", type=Path, help="check only these articles, write nothing")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if gold is out of date")
    parser.add_argument("--stats", action="store_true", help="print figures")
    parser.add_argument("--hints", action="store_true", help="print doubts that are no errors")
    args = parser.parse_args(argv)
    articles: list[Article] = []
    failed = 0
    seen: set[str] = set()
    for path in args.files or sorted((HERE / "articles").glob("*.txt")):
        try:
            article = read_article(path)
            to_json(article)
            number = article.header["id"].partition("-")[0]
            if number in seen:
                raise CorpusError(f"a second article {number}")
            seen.add(number)
        except CorpusError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            failed += 1
            continue
        articles.append(article)
        if args.hints:
            for hint in article.hints + check_unmarked(article):
                print(f"{path.name}: {hint}")
    if args.stats:
        print(figures(articles))
    if failed:
        print(f"{failed} articles with errors are left out", file=sys.stderr)
    if args.files:
        print(f"{len(articles)} articles are fine")
        return 1 if failed else 0
    stale = 0
    for split in SPLITS:
        lines = [
            json.dumps(to_json(a), ensure_ascii=False) + "\n" for a in articles if a.header["split"] == split
        ]
        target = HERE / "gold" / f"{split}.jsonl"
        new = "".join(lines)
        if not target.exists() or target.read_text(encoding="utf-8") != new:
            stale += 1
            if args.check:
                print(f"gold/{split}.jsonl is out of date: run python corpus/build.py", file=sys.stderr)
            else:
                target.parent.mkdir(exist_ok=True)
                target.write_text(new, encoding="utf-8")
    readme = HERE / "README.md"
    old = readme.read_text(encoding="utf-8")
    head, mark, _ = old.partition(FIGURES)
    new = f"{head}{mark}\n\n{figures(articles)}\n"
    if mark and old != new:
        if args.check:
            stale += 1
            print("the figures in README.md are out of date: run python corpus/build.py", file=sys.stderr)
        else:
            readme.write_text(new, encoding="utf-8")
    print(f"{len(articles)} articles; {stale} files {'out of date' if args.check else 'written'}")
    return 1 if failed or (args.check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
