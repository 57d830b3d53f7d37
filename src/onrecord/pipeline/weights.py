"""Which learned weights are installed beside the package."""

from __future__ import annotations

import importlib.util
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

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
            out[name] = str(_read(folder)["version"])
    return out


def weight_heads(name: str) -> tuple[str, ...]:
    """The further heads that the installed weights called `name` bring along."""
    folder = find_weights(name)
    if folder is None:
        return ()
    return tuple(_read(folder).get("heads", ()))


def made_for(folder: Path, encoder: Path) -> bool:
    """Whether the weights in `folder` read the states of this encoder: their meta.json tells its digest."""
    if not all((f / "meta.json").is_file() for f in (folder, encoder)):
        return False
    known = _read(folder).get("encoder")
    return known is not None and known == _read(encoder).get("files", {}).get("model.int8.onnx")


def _read(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    return meta
