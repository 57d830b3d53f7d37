"""What must hold of a marked article, and doubts that are no errors."""

from __future__ import annotations

import re

from marked import Article, CorpusError, Entity, Quote

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
