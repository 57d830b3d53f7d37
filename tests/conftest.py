"""Fixtures that several areas share."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.pipeline.build import LoadedPipeline, load_pipeline

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="session")
def loaded() -> LoadedPipeline:
    """The whole pipeline as the command line loads it."""
    return load_pipeline()


@pytest.fixture(scope="session")
def loaded_rules() -> LoadedPipeline:
    """The pipeline without the learned model."""
    return load_pipeline(encoder=False)


@pytest.fixture(scope="session")
def nlp(loaded: LoadedPipeline) -> Language:
    """The spaCy pipeline inside `loaded`."""
    return loaded.nlp
