"""Assembling the pipeline: the base, with the onrecord components in their places."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language

from onrecord.pipeline.base import BasePipeline, find_base, load_base
from onrecord.pipeline.tokenization import split_marks

COMPONENTS = (
    "onrecord_marks",
    "onrecord_encoder",
    "onrecord_names",
    "onrecord_attribution",
    "onrecord_coreference",
    "onrecord_speakers",
    "onrecord_claims",
)
"""In order, after the base; `onrecord_structure` stands before it, to hold sentences in blocks."""

MAX_LENGTH = 20_000_000
"""Characters. spaCy's own limit guards memory for one text; articles beyond it are bound files."""


@dataclass(frozen=True, slots=True)
class LoadedPipeline:
    """A pipeline ready to run and where it comes from."""

    nlp: Language
    base: BasePipeline
    weights: dict[str, str]


def load_pipeline(model: str | None = None, *, encoder: bool = True) -> LoadedPipeline:
    """Load the whole pipeline; nothing is downloaded.

    Args:
        model: the base pipeline, a package or a folder; by preference order if None.
        encoder: use the learned attribution model where its weights are installed.

    Raises:
        ModelError: no base pipeline is installed, or it cannot be read.
    """
    from onrecord.pipeline.weights import installed_weights

    base = find_base(model)
    nlp = load_base(base)
    split_marks(nlp)
    nlp.max_length = MAX_LENGTH
    nlp.add_pipe("onrecord_structure", first=True)
    weights = installed_weights()
    if not encoder:
        weights.pop("attribution", None)
    for name in COMPONENTS:
        if name == "onrecord_encoder" and "attribution" not in weights:
            continue
        nlp.add_pipe(name)
    return LoadedPipeline(nlp, base, weights)
