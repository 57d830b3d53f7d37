"""Which learned weights are installed beside the package."""

from __future__ import annotations

import importlib.util
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(str(files("onrecord"))) / "weights"

META = "meta.json"
"""What the weights tell of themselves: version, digests, sizes, settings."""

NEED_ONNXRUNTIME = {"attribution"}
"""Weights that are a network; the others are small arrays that NumPy runs."""


def find_weights(name: str) -> Path | None:
    """The folder of the newest installed weights called `name`; None if there are none."""
    found = sorted(ROOT.glob(f"{name}-*/{META}"), key=_version_of)
    return found[-1].parent if found else None


def _version_of(meta: Path) -> tuple[int, ...]:
    number = meta.parent.name.rpartition("-")[2]
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def installed_weights() -> dict[str, str]:
    """Name and version of all weights that this installation can run."""
    names = {meta.parent.name.rpartition("-")[0] for meta in ROOT.glob(f"*/{META}")}
    if importlib.util.find_spec("onnxruntime") is None:
        names -= NEED_ONNXRUNTIME
    out = {}
    for name in sorted(names):
        folder = find_weights(name)
        if folder is not None:
            out[name] = str(read_meta(folder)["version"])
    return out


def weight_heads(name: str) -> tuple[str, ...]:
    """The further heads that the installed weights called `name` bring along."""
    folder = find_weights(name)
    if folder is None:
        return ()
    return tuple(read_meta(folder).get("heads", ()))


def made_for(folder: Path, encoder: Path) -> bool:
    """Whether the weights in `folder` read the states of this encoder: their meta.json tells its digest."""
    if not all((f / META).is_file() for f in (folder, encoder)):
        return False
    known = read_meta(folder).get("encoder")
    return known is not None and known == read_meta(encoder).get("files", {}).get("model.int8.onnx")


def read_meta(folder: Path) -> dict[str, Any]:
    """The meta.json of the weights in `folder`."""
    meta: dict[str, Any] = json.loads((folder / META).read_text("utf-8"))
    return meta
