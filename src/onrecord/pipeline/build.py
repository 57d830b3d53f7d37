"""Assembling the pipeline: the base, with the onrecord components in their places."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language

from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.loading import BasePipeline, find_base, load_base

COMPONENTS = (
    "onrecord_marks",
    "onrecord_encoder",
    "onrecord_recognizer",
    "onrecord_names",
    "onrecord_attribution",
    "onrecord_coreference",
    "onrecord_speakers",
    "onrecord_claims",
)
"""In order, after the base. Before it stand `onrecord_structure`, to hold sentences in blocks, and
`onrecord_head_start`, so that the encoder works beside the base."""

MAX_LENGTH = 20_000_000
"""Characters. spaCy's own limit guards memory for one text; articles beyond it are bound files."""


@dataclass(frozen=True, slots=True)
class LoadedPipeline:
    """A pipeline ready to run and where it comes from."""

    nlp: Language
    base: BasePipeline
    weights: dict[str, str]


def load_pipeline(
    model: str | None = None, *, encoder: bool = True, learned_names: bool = True
) -> LoadedPipeline:
    """Load the whole pipeline; nothing is downloaded.

    Args:
        model: the base pipeline, a package or a folder; by preference order if None.
        encoder: use the learned attribution and names where their weights are installed.
        learned_names: take names from the encoder; else from the base pipeline's recognizer.

    Raises:
        ModelError: no base pipeline is installed, or it cannot be read.
    """
    from onrecord.pipeline.weights import installed_weights, weight_heads

    base = find_base(model)
    weights = installed_weights()
    if not encoder:
        weights.pop("attribution", None)
    left_out = set()
    if "attribution" not in weights:
        left_out |= {"onrecord_encoder", "onrecord_recognizer"}
    elif not learned_names or "names" not in weight_heads("attribution"):
        left_out.add("onrecord_recognizer")
    # The encoder's recognizer takes the place of the base pipeline's, which costs a third of its time.
    nlp = load_base(base, exclude=() if "onrecord_recognizer" in left_out else ("ner",), fast=True)
    adapt_tokenizer(nlp)
    nlp.max_length = MAX_LENGTH
    nlp.add_pipe("onrecord_structure", first=True)
    configs = {"onrecord_encoder": {"names": learned_names}}
    for name in COMPONENTS:
        if name not in left_out:
            nlp.add_pipe(name, config=configs.get(name, {}))
    if "onrecord_encoder" not in left_out:
        nlp.add_pipe("onrecord_head_start", first=True)
    return LoadedPipeline(nlp, base, weights)
