"""Coreference gold of GUM, GAP, LitBank and our own corpus in one form; texts stay where they are."""

from __future__ import annotations

import csv
import gzip
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Chars = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CoreferenceDoc:
    """A text with its clusters.

    Attributes:
        genre: `gum-news`, `gap`, `litbank`, `corpus`.
        clusters: mentions of each cluster as character ranges.
        named: keys of the clusters that hold a name.
        partial: only the pronoun at hand and two names are annotated.
    """

    id: str
    genre: str
    text: str
    clusters: dict[str, list[Chars]]
    named: frozenset[str] = field(default=frozenset())
    partial: bool = False


def read_gum(folder: Path) -> Iterator[CoreferenceDoc]:
    """The documents of `gum/*.jsonl.gz`."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                doc = json.loads(line)
                clusters: dict[str, list[Chars]] = defaultdict(list)
                named = set()
                for m in doc["mentions"]:
                    clusters[m["cluster"]].append((m["start"], m["end"]))
                    if m["kind"] == "name":
                        named.add(m["cluster"])
                genre = "gum-" + doc["genre"]
                yield CoreferenceDoc(doc["id"], genre, doc["text"], dict(clusters), frozenset(named))


def read_gap(path: Path) -> Iterator[CoreferenceDoc]:
    """The pairs of a GAP file; clusters `a` and `b` hold the names, the right one the pronoun too."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            pronoun = _span(row["Pronoun"], row["Pronoun-offset"])
            a, b = _span(row["A"], row["A-offset"]), _span(row["B"], row["B-offset"])
            clusters = {"a": [a], "b": [b], "p": [pronoun]}
            for key, flag in (("a", "A-coref"), ("b", "B-coref")):
                if row[flag].upper() == "TRUE":
                    clusters[key].append(pronoun)
                    clusters.pop("p", None)
            yield CoreferenceDoc(row["ID"], "gap", row["Text"], clusters, frozenset("ab"), partial=True)


def read_corpus(path: Path) -> Iterator[CoreferenceDoc]:
    """The articles of a file of our own corpus (`corpus/gold/train.jsonl`)."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            clusters = {e["id"]: [(m["start"], m["end"]) for m in e["mentions"]] for e in doc["entities"]}
            _add_speakers(doc, clusters)
            named = frozenset(
                e["id"] for e in doc["entities"] if any(m["kind"] == "name" for m in e["mentions"])
            )
            yield CoreferenceDoc(doc["id"], "corpus", doc["text"], clusters, named)


def _add_speakers(doc: dict[str, Any], clusters: dict[str, list[Chars]]) -> None:
    """Add *they* and *it* that make a statement: with the entities that speak, or with a description.

    The gold's entities are the named ones; of those without a name it says who they are where they speak.
    """
    text = doc["text"]
    for quote in doc["quotes"]:
        source = quote["source"]
        if not source or source["text"].lower() not in ("they", "it"):
            continue
        span = source["start"], source["end"]
        for speaker in quote["speakers"]:
            key, name = speaker.get("entity") or f"described as {speaker['name']}", speaker["name"]
            if key not in clusters and name.lower() != source["text"].lower():
                clusters[key] = [(m.start(), m.end()) for m in re.finditer(re.escape(name), text, re.I)]
            if clusters.get(key) and span not in clusters[key]:
                clusters[key].append(span)


def _span(text: str, offset: str) -> Chars:
    return int(offset), int(offset) + len(text)


def read_litbank(path: Path) -> Iterator[CoreferenceDoc]:
    """The excerpts of `litbank.tar.gz` (brat); clusters are the labels with a number at the end."""
    with tarfile.open(path) as tar:
        members = {m.name: m for m in tar.getmembers()}
        for name in sorted(members):
            if not name.endswith(".ann"):
                continue
            text = _read(tar, members[name.removesuffix(".ann") + ".txt"])
            clusters: dict[str, list[Chars]] = defaultdict(list)
            proper: set[Chars] = set()
            for line in _read(tar, members[name]).splitlines():
                parts = line.split("\t")
                if len(parts) < 3 or not parts[0].startswith("T"):
                    continue
                label, start, end = re.split(r"[ ;]", parts[1])[0], *_ends(parts[1])
                if label.startswith("PROP_"):
                    proper.add((start, end))
                elif re.search(r"-\d+$", label):
                    clusters[label].append((start, end))
            named = frozenset(k for k, spans in clusters.items() if proper.intersection(spans))
            yield CoreferenceDoc(Path(name).stem, "litbank", text, dict(clusters), named)


def _ends(spec: str) -> Chars:
    numbers = [
        int(n) for n in re.findall(r"(?<= )\d+|(?<=;)\d+|\d+(?=;)", spec.partition(" ")[2].join((" ", "")))
    ]
    return min(numbers), max(numbers)


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    stream = tar.extractfile(member)
    if stream is None:
        raise ValueError(f"{member.name}: no file")
    return stream.read().decode("utf-8")
