"""Gold sets: the repository's own and the published ones, by path."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "gold"
GUM_TYPES = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
EXAMPLES = ROOT / "examples" / "gold.jsonl"
HELD, HELD_SEED = 40, 11
"""As `training.train` holds articles of PolNeAR back from the network."""


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Documents to score on.

    Attributes:
        documents: with `id` and `text`, and what the measures need.
        speakers: resolved speakers for a part of the attributions, in gold-speakers form.
    """

    name: str
    documents: list[dict[str, Any]]
    speakers: list[dict[str, Any]]

    def has(self, key: str) -> bool:
        """Whether the documents carry this layer."""
        return bool(self.documents) and key in self.documents[0]


def own_sets() -> Iterator[GoldSet]:
    """The sets that the repository holds."""
    for name, path in (("corpus/dev", CORPUS / "dev.jsonl"), ("examples", EXAMPLES)):
        documents = [as_news(d) for d in read_lines(path)] if path.is_file() else []
        if documents:
            yield GoldSet(name, documents, [])


def held_back(documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents that `training.train.held_back` splits off; that module needs torch."""
    chosen = set(random.Random(HELD_SEED).sample(sorted(d["id"] for d in documents), HELD))
    return [d for d in documents if d["id"] in chosen]


def other_sets(corpora: Path | None) -> Iterator[GoldSet]:
    """What is measured only when it is asked for.

    The corpus's training part, read for errors; its test part, to be run and not to be read; and the articles
    of PolNeAR train under `corpora` that the network has not seen and the arbiter is fitted on.
    """
    polnear = corpora / "polnear" / "train.jsonl.gz" if corpora else None
    if polnear is not None and polnear.is_file():
        yield GoldSet("polnear/held", held_back(read_lines(polnear)), [])
    for name in ("train", "test"):
        path = CORPUS / f"{name}.jsonl"
        if path.is_file():
            yield GoldSet(f"corpus/{name}", [as_news(d) for d in read_lines(path)], [])


def published_sets(corpora: Path) -> Iterator[GoldSet]:
    """The dev sets under `corpora` that are there."""
    polnear, news = corpora / "polnear" / "dev.jsonl", corpora / "gold-news" / "dev.jsonl"
    speakers = corpora / "gold-speakers" / "dev.jsonl"
    if polnear.is_file():
        wanted = read_lines(speakers) if speakers.is_file() else []
        yield GoldSet("polnear/dev", read_lines(polnear), wanted)
    if news.is_file():
        yield GoldSet("gold-news/dev", read_lines(news), [])
    gum = [gum_document(d) for path in _gum_files(corpora) for d in _every_fourth(read_lines(path))]
    if gum:
        yield GoldSet("gum/fourth", gum, [])


def _gum_files(corpora: Path) -> list[Path]:
    """GUM's genres but for news, of which gold-news is made."""
    return [p for p in sorted(corpora.glob("gum/*.jsonl.gz")) if not p.name.startswith("news")]


def _every_fourth(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents that `training.data --part rest` leaves out."""
    return sorted(documents, key=lambda d: str(d["id"]))[::4]


def gum_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document of GUM with its entities, in the form of gold-news.

    An entity is a cluster of mentions that names a person, an organisation or a place. A name mention
    is a whole noun phrase in GUM, titles and relative clauses included, so exact spans cannot be scored.
    """
    clusters: dict[str, list[Mapping[str, Any]]] = {}
    for mention in document["mentions"]:
        clusters.setdefault(mention["cluster"], []).append(mention)
    entities = []
    for mentions in clusters.values():
        kinds = {GUM_TYPES[m["type"]] for m in mentions if m["type"] in GUM_TYPES}
        names = [(m["start"], m["end"]) for m in mentions if m["kind"] == "name"]
        if names and len(kinds) == 1:
            name = max((document["text"][s:e] for s, e in names), key=len)
            entities.append({"name": name, "type": kinds.pop(), "names": names, "optional": False})
    return {"id": document["id"], "text": document["text"], "entities": entities}


def as_news(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document of our own corpus with its quotes and entities in the form of gold-news."""
    out = dict(document)
    out["quotes"] = [_news_quote(q) for q in document["quotes"] if q["mode"] == "speech"]
    out["entities"] = [
        _news_entity(e) for e in document["entities"] if e["type"] in ("PERSON", "ORG", "PLACE")
    ]
    return out


def _news_quote(quote: Mapping[str, Any]) -> dict[str, Any]:
    speakers = quote["speakers"]
    named = [s["name"] for s in speakers if s["type"] in ("PERSON", "ORG")]
    kind = speakers[0]["type"] if speakers else None
    return {
        "content_spans": [(s["start"], s["end"]) for s in quote["content"]],
        "speaker": ";".join(named) if named else ("anonymous" if speakers else None),
        "speaker_type": kind,
        "borderline": False,
        "nested": quote.get("parent") is not None,
    }


def _news_entity(entity: Mapping[str, Any]) -> dict[str, Any]:
    names = [(m["start"], m["end"]) for m in entity["mentions"] if m["kind"] == "name"]
    return {"name": entity["name"], "type": entity["type"], "names": names, "optional": False}
