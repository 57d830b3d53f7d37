"""Which learned weights are installed beside the package."""

from __future__ import annotations

import importlib.util
import json
from importlib.resources import files
from pathlib import Path

ROOT = Path(str(files("onrecord"))) / "weights"

NEED_ONNXRUNTIME = {"attribution"}
"""Weights that are a network; the others are small arrays that NumPy runs."""


def find_weights(name: str) -> Path | None:
    """The folder of the newest installed weights called `name`; None if there are none."""
    found = sorted(ROOT.glob(f"{name}-*/meta.json"), key=_version_of)
    return found[-1].parent if found else None


def _version_of(meta: Path) -> tuple[int, ...]:
    number = meta.parent.name.rpartition("-")[2]
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def installed_weights() -> dict[str, str]:
    """Name and version of all weights that this installation can run."""
    names = {meta.parent.name.rpartition("-")[0] for meta in ROOT.glob("*/meta.json")}
    if importlib.util.find_spec("onnxruntime") is None:
        names -= NEED_ONNXRUNTIME
    out = {}
    for name in sorted(names):
        folder = find_weights(name)
        if folder is not None:
            out[name] = str(json.loads((folder / "meta.json").read_text("utf-8"))["version"])
    return out


def weight_heads(name: str) -> tuple[str, ...]:
    """The further heads that the installed weights called `name` bring along."""
    folder = find_weights(name)
    if folder is None:
        return ()
    return tuple(json.loads((folder / "meta.json").read_text("utf-8")).get("heads", ()))
