"""Agreement of the second annotation with the first.

``python corpus/agreement.py`` reads the articles that were annotated a second time, blind, in
``second/*.txt`` (or another folder, ``--second``) and prints how far they agree with the first annotation
in ``articles/*.txt``. The first is taken as gold and the second as prediction, and both go through the
measures in ``evaluation/``. ``--list`` also prints every place where the two differ.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

sys.path[:0] = [str(HERE), str(HERE.parent)]

from build import CorpusError, read_article, to_json  # noqa: E402

from evaluation.gold import as_news  # noqa: E402
from evaluation.news import score_news  # noqa: E402
from evaluation.quotes import ROLES, score_quotes  # noqa: E402
from evaluation.spans import characters, match, percent, trim, trimmed  # noqa: E402
from evaluation.speakers import same_speakers  # noqa: E402

Document = Mapping[str, Any]
LABELS = ("type", "mode", "flags")


def read_documents(folder: Path, ids: Sequence[str]) -> list[Document]:
    """Read marked articles by their ids.

    Args:
        folder: holds one ``<id>.txt`` an article.
        ids: which to read.

    Returns:
        The articles as lines of gold, in the order of `ids`.
    """
    return [to_json(read_article(folder / f"{name}.txt")) for name in ids]


def as_report(document: Document, *, nested: bool) -> dict[str, Any]:
    """A line of gold as if the pipeline had written it.

    Args:
        document: a line of gold.
        nested: keep the quotes that stand inside another; the flat attributions have none.
    """
    quotes = [q for q in document["quotes"] if nested or q["parent"] is None]
    return {"quotes": quotes, "entities": document["entities"]}


def content(document: Document, quote: Mapping[str, Any]) -> frozenset[int]:
    """The characters of a quote's content, trimmed as the measures trim them."""
    return characters(trimmed(document["text"], ((s["start"], s["end"]) for s in quote["content"])))


def pairs(first: Document, second: Document) -> Iterator[tuple[Any, Any]]:
    """The quotes of two annotations of an article that match, inner with inner and outer with outer.

    Yields:
        Two quotes, or one and None where the other annotation has none that matches.
    """
    for inner in (False, True):
        a, b = ([q for q in d["quotes"] if (q["parent"] is not None) == inner] for d in (first, second))
        matched = match([content(first, q) for q in a], [content(second, q) for q in b])
        yield from ((a[i], b[j]) for i, j in sorted(matched.items()))
        yield from ((q, None) for i, q in enumerate(a) if i not in matched)
        yield from ((None, q) for j, q in enumerate(b) if j not in matched.values())


def speakers_agree(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two quotes have the same speakers; those without a proper name stand for each other."""
    mine = [{"name": s["name"], "kind": s["type"]} for s in a["speakers"]]
    return same_speakers(mine, b["speakers"]) or not (mine or b["speakers"])


def label_agreement(first: Sequence[Document], second: Sequence[Document]) -> dict[str, float]:
    """Agreement in percent on what stands beside the spans, over the quotes that match."""
    both = [p for a, b in zip(first, second, strict=True) for p in pairs(a, b) if None not in p]
    tests: dict[str, Callable[[Any, Any], bool]] = {"speakers": speakers_agree}
    for key in LABELS:
        tests[key] = lambda a, b, key=key: sorted(a[key]) == sorted(b[key])  # type: ignore[misc]
    return {key: percent(sum(test(a, b) for a, b in both), len(both)) for key, test in tests.items()}


def typed_names(document: Document) -> frozenset[tuple[int, int, str]]:
    """The name mentions of an article, each with its type."""
    return frozenset(
        (m["start"], m["end"], e["type"])
        for e in document["entities"]
        for m in e["mentions"]
        if m["kind"] == "name"
    )


def name_agreement(first: Sequence[Document], second: Sequence[Document]) -> float:
    """F1 in percent of the name mentions, where both ends and the type, of eight, must be the same."""
    sides = [(typed_names(a), typed_names(b)) for a, b in zip(first, second, strict=True)]
    return percent(2 * sum(len(a & b) for a, b in sides), sum(len(a) + len(b) for a, b in sides))


def measure(first: Sequence[Document], second: Sequence[Document]) -> dict[str, float]:
    """Measure the agreement of two annotations of the same articles.

    Args:
        first: lines of gold.
        second: lines of gold of the same articles, in the same order.

    Returns:
        Percentages; F1 where nothing else is said.

    Raises:
        CorpusError: the texts of an article differ.
    """
    for a, b in zip(first, second, strict=True):
        if a["text"] != b["text"]:
            raise CorpusError(f"{a['id']}: the second annotation has another text")
    flat = score_quotes(first, {d["id"]: as_report(d, nested=False) for d in second})
    news = score_news([as_news(d) for d in first], {d["id"]: as_report(d, nested=True) for d in second})
    labels = label_agreement(first, second)
    return {
        "attribution": flat["attribution"]["f"],
        "attribution + source": flat["attribution+source"]["f"],
        "attribution + source + cue": flat["attribution+source+cue"]["f"],
        **{f"exact {role}": flat["fragment_exact"][role]["f"] for role in ROLES},
        "quotes (speech)": news["quotes"]["f"],
        "quotes with speaker": news["quotes with speaker"]["f"],
        "speaker on matched (speech)": news["speaker on matched"],
        **{f"{key} on matched (all)": value for key, value in labels.items()},
        "entities, half": news["entities half"]["f"],
        "entities, whole (recall)": news["entities whole recall"],
        "names (span and type)": name_agreement(first, second),
    }


def span_text(document: Document, span: Mapping[str, Any] | None) -> str:
    """A span as the exact measures compare it, with its place."""
    if span is None:
        return "–"
    start, end = trim(document["text"], (span["start"], span["end"]))
    return f"{document['text'][start:end]!r}@{start}"


def quote_text(document: Document, quote: Mapping[str, Any]) -> str:
    """A quote on one line."""
    body = " … ".join(span_text(document, s) for s in quote["content"])
    where = " inside" if quote["parent"] else ""
    source, cue = (span_text(document, quote[role]) for role in ("source", "cue"))
    return f"{quote['type']} {quote['mode']}{where} [{source}] <{cue}> {body}"


def quote_differences(first: Document, second: Document) -> Iterator[str]:
    """What differs in the quotes of an article, one line a difference."""
    for a, b in pairs(first, second):
        if a is None or b is None:
            only, which, document = (a, "first", first) if b is None else (b, "second", second)
            yield f"{which} only: {quote_text(document, only)}"
            continue
        for role in ROLES:
            mine, theirs = ([q[role]] if isinstance(q[role], Mapping) else q[role] or [None] for q in (a, b))
            one, two = (" … ".join(span_text(first, s) for s in spans) for spans in (mine, theirs))
            if one != two:
                yield f"{a['id']} {role}: {one} | {two}"
        for key in LABELS:
            if sorted(a[key]) != sorted(b[key]):
                yield f"{a['id']} {key}: {a[key]} | {b[key]} in {quote_text(first, a)[:160]}"
        if not speakers_agree(a, b):
            one, two = ("; ".join(f"{s['type']} {s['name']}" for s in q["speakers"]) for q in (a, b))
            yield f"{a['id']} speakers: {one or '–'} | {two or '–'} in {quote_text(first, a)[:160]}"


def entity_differences(first: Document, second: Document) -> Iterator[str]:
    """What differs in the entities of an article: type and name mentions, one line an entity."""
    sides: list[dict[tuple[str, frozenset[tuple[int, int]]], str]] = []
    for document in (first, second):
        side: dict[tuple[str, frozenset[tuple[int, int]]], str] = {}
        for e in document["entities"]:
            names = frozenset((m["start"], m["end"]) for m in e["mentions"] if m["kind"] == "name")
            side[e["type"], names] = f"{e['type']} {e['name']} {sorted(names)}"
        sides.append(side)
    for which, mine, theirs in (("first", sides[0], sides[1]), ("second", sides[1], sides[0])):
        yield from (f"{which} only: {mine[key]}" for key in mine if key not in theirs and key[1])


def main(argv: list[str] | None = None) -> int:
    """Run the command line; see the module's own text."""
    parser = argparse.ArgumentParser(description="Agreement of the second annotation with the first.")
    parser.add_argument("--second", type=Path, default=HERE / "second", help="folder of second annotations")
    parser.add_argument("--first", type=Path, default=HERE / "articles", help="folder of first annotations")
    parser.add_argument("--list", action="store_true", help="print every difference")
    args = parser.parse_args(argv)
    ids = sorted(path.stem for path in args.second.glob("*.txt"))
    if not ids:
        print(f"no articles in {args.second}", file=sys.stderr)
        return 2
    try:
        first, second = (read_documents(folder, ids) for folder in (args.first, args.second))
        scores = measure(first, second)
    except (CorpusError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if args.list:
        for a, b in zip(first, second, strict=True):
            print(f"## {a['id']}")
            for line in (*quote_differences(a, b), *entity_differences(a, b)):
                print(line)
        print()
    outer = [sum(q["parent"] is None for d in side for q in d["quotes"]) for side in (first, second)]
    print(f"{len(ids)} articles, {outer[0]} and {outer[1]} attributions")
    for name, value in scores.items():
        print(f"| {name} | {value:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
