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
from pathlib import Path

from checks import check_entities, check_quotes, check_unmarked
from marked import (
    SPLITS,
    Article,
    CorpusError,
    Json,
    attach,
    find_blocks,
    parse_definitions,
    parse_header,
    parse_marks,
)

HERE = Path(__file__).resolve().parent
FIGURES = "<!-- written by build.py from here on -->"

MIN_WORDS, MAX_WORDS = 300, 900
"""Words of an article at least and at most. Our choice: what a news report usually has."""


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
