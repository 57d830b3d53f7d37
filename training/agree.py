"""Names that two annotators agree on: the labels of a file beside those of a names head.

Labels made by machine hold its mistakes. Where a head that has seen names by hand reads them otherwise,
neither is believed and nothing is learnt.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from onrecord.pipeline.encoder.names import NAME_TAGS, decode_names
from onrecord.pipeline.name_labels import KIND_OF_LABEL
from training.data import IGNORE, Labelled, load, save
from training.evaluate import load_model, run_model

Name = tuple[int, int, str]
"""First row, end row, contract type."""


def tagged_names(doc: Labelled) -> set[Name]:
    """The labelled names of a document."""
    out, start = set(), 0
    for i, tag in enumerate(doc.names.tolist()):
        if tag <= 0:
            continue
        place, _, label = NAME_TAGS[tag].partition("-")
        start = i if place in "BS" else start
        if place in "ES":
            out.add((start, i + 1, KIND_OF_LABEL.get(label, label)))
    return out


def agreed(doc: Labelled, read: Iterable[Name]) -> Labelled:
    """The document with every name unknown that only one of the two has, or has otherwise."""
    names = doc.names.copy()
    for start, end, _ in tagged_names(doc) ^ set(read):
        names[start:end] = IGNORE
    for start, end, _ in tagged_names(doc) & set(read):
        names[start:end] = doc.names[start:end]
    return replace(doc, names=names)


def main() -> None:
    """Write the documents anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="with a names head")
    parser.add_argument("data", type=Path, help=".npz from training.data, with names")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(2)
    documents = load(args.data)
    outputs = run_model(load_model(args.checkpoint), documents, context=16, bf16=True)
    out = []
    for doc, output in zip(documents, outputs, strict=True):
        found = decode_names(output[2], doc.encoded.cuts)
        out.append(agreed(doc, ((s, e, KIND_OF_LABEL.get(label, label)) for s, e, label, _ in found)))
    save(out, args.out)
    before, after = (sum(int((d.names > 0).sum()) for d in x) for x in (documents, out))
    unknown = np.mean(np.concatenate([d.names == IGNORE for d in out]))
    print(f"{after} of {before} rows in names agreed, {unknown:.1%} of all rows unknown")


if __name__ == "__main__":
    main()
