"""Scores of a large sentence model on many sentences, for the small claim head to learn from.

    python -m training.worth_teacher CHECKPOINT VOCAB CORPORA ARTICLES.jsonl… --out runs/taught.npz

The checkpoint is MiniLM taught on CheckThat! 2024 alone (`training.train` with its sentences and no other
data). Sentences: CheckThat! 2024's training part, then those of the articles, each text once.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import spacy
import torch
from numpy.typing import NDArray

from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.encoder.component import encode_doc
from onrecord.pipeline.encoder.wordpieces import Encoded, WordPieces
from training.batches import collate
from training.claim_heads import FILES, read_rows
from training.data import IGNORE, Labelled, read_documents
from training.evaluate import load_model
from training.model import Attributor

SHORTEST, LONGEST = 4, 60
"""Words of the sentences that are taken from articles."""
AT_ONCE = 128


def sentences_of(paths: Iterable[Path]) -> Iterator[str]:
    """The sentences of articles, paragraph by paragraph."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for path in paths:
        for document in read_documents(path):
            for paragraph in document["text"].split("\n"):
                yield from (s.text.strip() for s in nlp(paragraph).sents if paragraph.strip())


def unlabelled(encoded: Encoded) -> Labelled:
    """A sentence as a document without labels."""
    none = np.full(len(encoded), IGNORE, dtype=np.int32)
    chars = np.zeros((len(encoded), 2), dtype=np.int32)
    return Labelled("", encoded, chars, none, none, none, none, none, np.zeros_like(none))


def score(model: Attributor, vocab: WordPieces, texts: Sequence[str]) -> NDArray[np.float64]:
    """Log-odds of each sentence, read by itself; 0 for empty ones."""
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    documents = [unlabelled(encode_doc(nlp.make_doc(t.strip()), vocab)) for t in texts]
    order = sorted(
        (i for i, d in enumerate(documents) if len(d.encoded)), key=lambda i: len(documents[i].encoded)
    )
    out = np.zeros(len(texts))
    for k in range(0, len(order), AT_ONCE):
        chosen = order[k : k + AT_ONCE]
        batch = collate([(i, 0, len(documents[i].encoded)) for i in chosen], documents)
        with torch.no_grad():
            states = model.rows(batch.pieces, batch.features, batch.mask, batch.first)
        worth = model.worth(states.sense.float())[..., 0].detach()
        rows = batch.rows.float()
        out[chosen] = ((worth * rows).sum(1) / rows.sum(1)).numpy()
    return out


def main() -> None:
    """Score and write texts and scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocab", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("articles", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(2)
    model = load_model(args.checkpoint).eval()
    first = [str(r["text"]) for r in read_rows(args.corpora / "claims" / FILES["ct24-train"])]
    more = dict.fromkeys(s for s in sentences_of(args.articles) if SHORTEST <= len(s.split()) <= LONGEST)
    texts = [*first, *more]
    np.savez_compressed(args.out, texts=np.array(texts), scores=score(model, WordPieces(args.vocab), texts))


if __name__ == "__main__":
    main()
