"""Shipped weights back to a checkpoint, so that training can go on where the last release stood."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export import LAYER
from training.model import Attributor, Config


def restore(folder: Path) -> Attributor:
    """The network of `folder`, its int8 matrices as floats; heads that it lacks stay fresh."""
    graph = onnx.load(folder / "model.int8.onnx").graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    own = {node.name.split("/")[1] for node in graph.node if "/branch." in node.name}
    model = Attributor(Config(fork=Config.layers - len(own)))
    state = model.state_dict()
    found = {k.removeprefix("model."): v for k, v in arrays.items() if k.startswith("model.")}
    found["encoder.words.weight"] = arrays["table"].astype(np.float32) * arrays["scale"]
    for node in graph.node:
        if node.op_type == "MatMulInteger" and LAYER.search(node.name):
            _, layer, part, _ = node.name.split("/")
            found[f"encoder.{layer}.{part}.weight"] = _floats(arrays, node.input[1], node.input[3]).T
        elif node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            found[name.removeprefix("model.")] = _floats(arrays, node.input[1], node.input[3]).T
        elif node.op_type == "MatMul" and node.input[1] in arrays:
            arcs = "to_source" if "_1/" in node.name else "to_cue"
            found[f"{arcs}.weight.weight"] = arrays[node.input[1]].T
    for key, value in found.items():
        if key in state and tuple(value.shape) == tuple(state[key].shape):
            state[key] = torch.from_numpy(value.copy())
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
