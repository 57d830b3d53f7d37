"""Attribution gold (JSON Lines) to arrays that the trainer reads."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray

from onrecord.pipeline.learned import ROLES
from onrecord.pipeline.tokenization import split_marks
from onrecord.pipeline.wordpieces import Encoded, WordPieces, encode_tokens

EDGE = " \t\r\n\xa0\"“”„«»'‘’`.,;:"
"""What the scorer trims from a span's ends: spans are labelled without it and get it back after."""

NONE, UNKNOWN = -1, -2


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document with its labels; rows as in `Encoded`.

    Attributes:
        id: document id.
        encoded: what the encoder reads.
        chars: character start and end of each row's token.
        labels: index into `learned.LABELS` for each row.
        cues: row of the first cue token of the attribution a row belongs to; `NONE`, `UNKNOWN`.
        sources: the same for the first source token.
    """

    id: str
    encoded: Encoded
    chars: NDArray[np.int32]
    labels: NDArray[np.int32]
    cues: NDArray[np.int32]
    sources: NDArray[np.int32]


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
    if "attributions" in document:
        return list(document["attributions"])

    def spans(value: Any) -> list[list[int]]:
        value = value if isinstance(value, list) else [value] if value else []
        return [[v["start"], v["end"]] for v in value]

    return [
        {role: spans(q.get(role)) for role in ROLES} for q in document["quotes"] if q.get("parent") is None
    ]


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
        split_marks(self.nlp)

    def __call__(self, document: dict[str, Any]) -> Labelled:
        """Tokenise and label one document."""
        text = document["text"]
        doc = self.nlp.make_doc(text)
        encoded = encode_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc], self.vocab)
        chars = np.asarray([(doc[int(i)].idx, doc[int(i)].idx + len(doc[int(i)])) for i in encoded.tokens])
        chars = chars.reshape(-1, 2).astype(np.int32)
        n = len(encoded)
        labels = np.zeros(n, dtype=np.int32)
        cues = np.full(n, UNKNOWN, dtype=np.int32)
        sources = np.full(n, UNKNOWN, dtype=np.int32)

        def rows(span: list[int]) -> tuple[int, int]:
            start, end = trim(text, *span)
            if start >= end:
                return 0, 0
            low = int(np.searchsorted(chars[:, 1], start, side="right"))
            return low, int(np.searchsorted(chars[:, 0], end, side="left"))

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
        return Labelled(document["id"], encoded, chars, labels, cues, sources)


def save(documents: list[Labelled], path: Path) -> None:
    """Write documents to one `.npz`."""
    arrays: dict[str, Any] = {"ids": np.asarray([d.id for d in documents])}
    for i, d in enumerate(documents):
        e = d.encoded
        arrays |= {f"{i}.tokens": e.tokens, f"{i}.pieces": e.pieces, f"{i}.starts": e.starts}
        arrays |= {f"{i}.features": e.features, f"{i}.cuts": e.cuts, f"{i}.chars": d.chars}
        arrays |= {f"{i}.labels": d.labels, f"{i}.cues": d.cues, f"{i}.sources": d.sources}
    np.savez(path, **arrays)


def load(path: Path) -> list[Labelled]:
    """Read what `save` wrote."""
    with np.load(path) as a:
        out = []
        for i, name in enumerate(a["ids"]):
            encoded = Encoded(*(a[f"{i}.{k}"] for k in ("tokens", "pieces", "starts", "features", "cuts")))
            out.append(
                Labelled(str(name), encoded, *(a[f"{i}.{k}"] for k in ("chars", "labels", "cues", "sources")))
            )
        return out


def main() -> None:
    """Convert gold files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--vocab", type=Path, required=True)
    args = parser.parse_args()
    convert = Converter(args.vocab)
    documents = [convert(d) for d in read_documents(args.gold)]
    save(documents, args.out)
    print(len(documents), "documents", sum(len(d.encoded.pieces) for d in documents), "pieces")


if __name__ == "__main__":
    main()
