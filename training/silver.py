"""Mark statements in articles by a network, for others to learn from.

    python -m training.silver CHECKPOINT corpus/silver.jsonl --vocab VOCAB --decoder WEIGHTS

Reads `id` and `text` of each line and writes `attributions` anew, in the flat form of published corpora,
each with its confidence as the decoder of WEIGHTS reckons it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from onrecord.pipeline.encoder import decoding as learned
from training.data import Converter, Labelled, read_documents
from training.evaluate import decode_one, load_model, run_model, shipped_decoder


def attributions(doc: Labelled, found: list[learned.Found]) -> list[dict[str, Any]]:
    """What was found, by character spans."""

    def spans(*ranges: learned.Range | None) -> list[list[int]]:
        return [[int(doc.chars[r[0], 0]), int(doc.chars[r[1] - 1, 1])] for r in ranges if r]

    return [
        {
            "id": f"{doc.id}-{i}",
            "source": spans(f.source),
            "cue": spans(f.cue),
            "content": spans(*f.contents),
            "confidence": round(float(f.confidence), 3),
        }
        for i, f in enumerate(found)
    ]


def main() -> None:
    """Mark the statements of a file's articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("articles", type=Path, help="JSON Lines, rewritten in place")
    parser.add_argument("--vocab", type=Path, required=True)
    parser.add_argument("--decoder", type=Path, required=True, help="weights with linkers and confidence")
    args = parser.parse_args()
    torch.set_num_threads(2)
    convert = Converter(args.vocab)
    articles = [{"id": d["id"], "text": d["text"]} for d in read_documents(args.articles)]
    documents = [convert(article) for article in articles]
    model = load_model(args.checkpoint)
    heads, settings = shipped_decoder(args.decoder, model)
    lines = []
    for article, doc, outputs in zip(
        articles, documents, run_model(model, documents, bf16=True, context=40), strict=True
    ):
        found = decode_one(doc, outputs, heads, settings)
        lines.append(json.dumps(article | {"attributions": attributions(doc, found)}, ensure_ascii=False))
    args.articles.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
