"""Shipped weights back to a checkpoint, so that training can go on where the last release stood."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export import HALF, LAYER
from training.model import FORKS, Attributor, Config

DECODING = (FORKS, "crf.", "to_cue.distance", "to_source.distance")
"""What lies in files of its own, `heads.npz` and `meta.json`."""

TURNED = "_Transposed"
"""Ends the names of the heads' matrices: the quantiser turns them round and leaves them in fp32."""


def restore(folder: Path) -> Attributor:
    """The network of `folder`, its int8 matrices as floats.

    Raises:
        ValueError: the graph lacks a part of the network.
    """
    graph = onnx.load(folder / "model.int8.onnx").graph
    stored = {i.name.removesuffix(HALF): numpy_helper.to_array(i) for i in graph.initializer}
    arrays = {k: v.astype(np.float32) if v.dtype == np.float16 else v for k, v in stored.items()}
    own = {node.name.split("/")[1] for node in graph.node if LAYER.search(node.name)}
    count = {part: sum(name.startswith(part) for name in own) for part in ("layers", "branch", "sense")}
    words = len(arrays["table"])
    places = len(arrays["model.encoder.places.weight"])
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    fork, sense_fork = meta.get("forks") or (count["layers"] - count[part] for part in ("branch", "sense"))
    config = Config(
        layers=count["layers"],
        vocab=words,
        positions=places,
        fork=fork,
        names=count["branch"],
        sense_fork=sense_fork,
        sense=count["sense"],
    )
    model = Attributor(config)
    state = model.state_dict()
    found = {k.removeprefix("model."): v for k, v in arrays.items() if k.startswith("model.")}
    found["encoder.words.weight"] = arrays["table"].astype(np.float32) * arrays["scale"]
    for node in graph.node:
        if node.op_type == "MatMulInteger" and LAYER.search(node.name):
            _, layer, part, _ = node.name.split("/")
            found[f"encoder.{layer}.{part}.weight"] = _floats(arrays, node.input[1], node.input[3]).T
        elif node.op_type == "MatMul" and node.input[1].endswith(TURNED):
            name = node.input[1].removesuffix(TURNED).removeprefix("model.")
            found[name] = arrays[node.input[1]].T
        elif node.op_type == "MatMul" and node.input[1] in arrays:
            arcs = "to_source" if "_1/" in node.name else "to_cue"
            found[f"{arcs}.weight.weight"] = arrays[node.input[1]].T
    for key, value in found.items():
        if key in state and tuple(value.shape) == tuple(state[key].shape):
            state[key] = torch.from_numpy(value.copy())
    missing = [key for key in state if key not in found and not key.startswith(DECODING)]
    if missing:
        raise ValueError(f"{folder}: no {', '.join(missing)} in the graph")
    with np.load(folder / "heads.npz") as heads:
        state["crf.move"] = torch.from_numpy(heads["move"]) - state["crf.illegal"]
        state["to_cue.distance"], state["to_source.distance"] = torch.from_numpy(heads["distance"])
    model.load_state_dict(state)
    return model


def _floats(arrays: dict[str, np.ndarray], weight: str, zero: str) -> np.ndarray:
    scale = arrays[weight.removesuffix("_quantized") + "_scale"]
    return (arrays[weight].astype(np.float32) - arrays[zero]) * scale


def main() -> None:
    """Write a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="folder of shipped weights")
    parser.add_argument("out", type=Path, help="checkpoint to write")
    args = parser.parse_args()
    torch.save({"model": restore(args.weights).state_dict()}, args.out)


if __name__ == "__main__":
    main()
