"""Attribution gold (JSON Lines) to arrays that the trainer reads."""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray

from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.encoder.decoding import ROLES
from onrecord.pipeline.encoder.names import NAME_LABELS
from onrecord.pipeline.encoder.wordpieces import Encoded, WordPieces, encode_tokens
from training.naming import (
    UNKNOWN_NAME,
    Named,
    base_pipeline,
    conll_names,
    gold_names,
    gum_names,
    marked_names,
    read_conll,
    read_marked,
    silver_names,
)
from training.renaming import build_inventory, renamed

EDGE = " \t\r\n\xa0\"“”„«»'‘’`.,;:"
"""What the scorer trims from a span's ends: spans are labelled without it and get it back after."""

NONE, UNKNOWN = -1, -2
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document with its labels; rows as in `Encoded`.

    Attributes:
        id: document id.
        encoded: what the encoder reads.
        chars: character start and end of each row's token.
        labels: index into `encoder.decoding.LABELS` for each row.
        cues: row of the first cue token of the attribution a row belongs to; `NONE`, `UNKNOWN`.
        sources: the same for the first source token.
        names: index into `encoder.names.NAME_TAGS` for each row, or `IGNORE`.
        worth: whether a row's sentence is worth checking, 1 or 0, or `IGNORE`.
        sentences: number of each row's sentence; 0 throughout where `worth` is unknown.

    Labels are `IGNORE` throughout in documents without gold attributions.
    """

    id: str
    encoded: Encoded
    chars: NDArray[np.int32]
    labels: NDArray[np.int32]
    cues: NDArray[np.int32]
    sources: NDArray[np.int32]
    names: NDArray[np.int32]
    worth: NDArray[np.int32]
    sentences: NDArray[np.int32]

    @property
    def attributed(self) -> bool:
        """Whether it has gold attributions."""
        return bool((self.labels != IGNORE).any())


def read_documents(path: Path) -> Iterator[dict[str, Any]]:
    """Documents of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def attributions_of(document: dict[str, Any]) -> list[dict[str, list[list[int]]]]:
    """Gold attributions as lists of spans by role.

    Documents in the report's own form hold quotes; nested ones are left out, for the model learns the
    outermost only, as its main corpus marks them.
    """
    if "attributions" in document or "quotes" not in document:
        return list(document.get("attributions", ()))

    def spans(value: Any) -> list[list[int]]:
        value = value if isinstance(value, list) else [value] if value else []
        return [[v["start"], v["end"]] for v in value]

    return [
        {role: spans(q.get(role)) for role in ROLES} for q in document["quotes"] if q.get("parent") is None
    ]


def packed(sentences: Sequence[dict[str, Any]], most: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Documents of one to `most` labelled sentences in random order.

    Sentences in company are read as in an article, single ones as in the sets they are scored on.
    """
    rng = random.Random(seed)
    order = rng.sample(range(len(sentences)), len(sentences))
    k = 0
    while k < len(order):
        size = rng.randint(1, most)
        text, worth = "", []
        for i in order[k : k + size]:
            start, text = len(text), text + sentences[i]["text"].strip()
            worth.append((start, len(text), int(sentences[i]["label"])))
            text += " "
        yield {"id": f"sentences-{k}", "text": text, "worth": worth}
        k += size


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take marks and white space off both ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


class Converter:
    """Turns gold documents into `Labelled` ones."""

    def __init__(self, vocab: Path) -> None:
        self.vocab = WordPieces(vocab)
        self.nlp = spacy.blank("en")
        adapt_tokenizer(self.nlp)

    def __call__(self, document: dict[str, Any], names: Sequence[Named] | None = None) -> Labelled:
        """Tokenise and label one document.

        Args:
            document: with `attributions` or `quotes`; without them its labels are unknown.
            names: its names; unknown if None.
        """
        text = document["text"]
        doc = self.nlp.make_doc(text)
        encoded = encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], self.vocab)
        chars = np.asarray([(doc[int(i)].idx, doc[int(i)].idx + len(doc[int(i)])) for i in encoded.tokens])
        chars = chars.reshape(-1, 2).astype(np.int32)
        n = len(encoded)
        labels = np.zeros(n, dtype=np.int32)
        cues = np.full(n, UNKNOWN, dtype=np.int32)
        sources = np.full(n, UNKNOWN, dtype=np.int32)

        def inside(start: int, end: int) -> tuple[int, int]:
            low = int(np.searchsorted(chars[:, 1], start, side="right"))
            return low, int(np.searchsorted(chars[:, 0], end, side="left"))

        def rows(span: list[int]) -> tuple[int, int]:
            start, end = trim(text, *span)
            return inside(start, end) if start < end else (0, 0)

        for attribution in attributions_of(document):
            spans = {
                role: sorted(filter(lambda r: r[1] > r[0], map(rows, attribution.get(role) or [])))
                for role in ROLES
            }
            cue = spans["cue"][0][0] if spans["cue"] else NONE
            source = spans["source"][0][0] if spans["source"] else NONE
            for k, role in enumerate(ROLES):
                for low, high in spans[role]:
                    if labels[low:high].any():
                        continue
                    labels[low:high] = 2 + 4 * k
                    labels[low] = 1 + 4 * k
                    labels[high - 1] = (4 if high == low + 1 else 3) + 4 * k
                    if role != "source":
                        cues[low:high] = cue
                        sources[low:high] = source
        if not {"attributions", "quotes"} & document.keys():
            labels[:] = IGNORE
        tags = np.full(n, IGNORE if names is None else 0, dtype=np.int32)
        for name in names or ():
            low, high = inside(name.start, name.end)
            if high <= low:
                continue
            if name.label == UNKNOWN_NAME:
                tags[low:high] = IGNORE
                continue
            first = 1 + 4 * NAME_LABELS.index(name.label)
            tags[low:high] = first + 1
            tags[low] = first
            tags[high - 1] = first + (3 if high == low + 1 else 2)
        worth = np.full(n, IGNORE, dtype=np.int32)
        sentences = np.zeros(n, dtype=np.int32)
        for i, (start, end, label) in enumerate(document.get("worth", ())):
            low, high = inside(start, end)
            worth[low:high] = label
            sentences[low:high] = i
        return Labelled(document["id"], encoded, chars, labels, cues, sources, tags, worth, sentences)


LABEL_ARRAYS = ("labels", "cues", "sources", "names", "worth", "sentences")


def with_names(documents: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Named]]]:
    """Each document and its names, by hand where it has them, else as the repaired base pipeline does."""
    nlp = base_pipeline()
    for document, doc in zip(documents, nlp.pipe(d["text"] for d in documents), strict=True):
        silver = silver_names(doc)
        if "entities" in document:
            yield document, gold_names(document, silver)
        elif "named" in document:
            yield document, marked_names(document, silver)
        elif "mentions" in document:
            yield document, gum_names(document, silver)
        elif "spans" in document:
            yield document, conll_names(document, silver)
        else:
            yield document, silver


def save(documents: list[Labelled], path: Path) -> None:
    """Write documents to one `.npz`."""
    arrays: dict[str, Any] = {"ids": np.asarray([d.id for d in documents])}
    for i, d in enumerate(documents):
        e = d.encoded
        arrays |= {f"{i}.tokens": e.tokens, f"{i}.pieces": e.pieces, f"{i}.starts": e.starts}
        arrays |= {f"{i}.features": e.features, f"{i}.cuts": e.cuts, f"{i}.chars": d.chars}
        arrays |= {f"{i}.{k}": getattr(d, k) for k in LABEL_ARRAYS}
    np.savez(path, **arrays)


def load(path: Path) -> list[Labelled]:
    """Read what `save` wrote."""
    with np.load(path) as a:
        out = []
        for i, name in enumerate(a["ids"]):
            encoded = Encoded(*(a[f"{i}.{k}"] for k in ("tokens", "pieces", "starts", "features", "cuts")))
            out.append(Labelled(str(name), encoded, a[f"{i}.chars"], *(a[f"{i}.{k}"] for k in LABEL_ARRAYS)))
        return out


def read_gold(path: Path, member: str) -> Iterator[dict[str, Any]]:
    """Documents of a JSON Lines file, of a CoNLL file in an archive, or of a folder of marked texts."""
    if path.is_dir():
        return read_marked(path)
    return read_conll(path, member) if member else read_documents(path)


def part_of(documents: Sequence[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    """All documents, every fourth by id (kept for measuring), or the rest."""
    if part == "all":
        return list(documents)
    ordered = sorted(documents, key=lambda d: str(d["id"]))
    fourth = {id(d) for d in ordered[::4]}
    return [d for d in documents if (id(d) in fourth) == (part == "fourth")]


def main() -> None:
    """Convert gold files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--vocab", type=Path, required=True)
    parser.add_argument("--names", action="store_true", help="label names too; runs the base pipeline")
    parser.add_argument("--member", default="", help="CoNLL file to read in GOLD, then a tar archive")
    parser.add_argument(
        "--pack", type=int, default=0, help="GOLD holds sentences; so many at most a document"
    )
    parser.add_argument(
        "--renamed",
        type=int,
        default=0,
        help="with --names: instead of the documents, so many versions of each with other names",
    )
    parser.add_argument("--part", choices=("all", "rest", "fourth"), default="all", help="which documents")
    args = parser.parse_args()
    convert = Converter(args.vocab)
    source = list(read_gold(args.gold, args.member))
    source = part_of(source, args.part)
    if args.pack:
        source = list(packed(source, args.pack))
    if args.names:
        labelled = list(with_names(source))
        if args.renamed:
            inventory, rng = build_inventory(labelled), random.Random(args.gold.name)
            labelled = [renamed(*pair, inventory, rng) for _ in range(args.renamed) for pair in labelled]
        documents = [convert(d, names) for d, names in labelled]
    else:
        documents = [convert(d) for d in source]
    save(documents, args.out)
    print(len(documents), "documents", sum(len(d.encoded.pieces) for d in documents), "pieces")


if __name__ == "__main__":
    main()
