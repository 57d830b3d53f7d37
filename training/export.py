"""Export a checkpoint: ONNX, int8 per channel, the decoder's small weights, parity, meta.json."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.evaluate import heads_of, load_model, project
from training.model import Attributor, States

LAYER = re.compile(r"/(?:layers|branch|sense)\.\d+/")
"""In the names of the graph's nodes that belong to a transformer layer."""

OUTPUTS = ("tags", "arcs", "names", "worth", "hidden")

WINDOW = 254
"""Pieces that the run time reads at once, beside the two that the encoder adds."""

CONTEXT = 0
"""Pieces by which its windows overlap: 16 find no more than none for an eighth more time
(training/ATTRIBUTION.md, *Where windows are cut*)."""

HALF = "_half"
"""Ends the name of a matrix stored in half precision."""

LEAST_HALVED = 4096
"""Numbers from which a matrix of the arcs is stored in half precision."""


class Exported(nn.Module):
    """The network as it ships: embeddings in int8 by row, outputs for the asked places only."""

    def __init__(self, model: Attributor) -> None:
        super().__init__()
        self.model = model
        table = model.encoder.words.weight.detach()
        scale = (table.abs().amax(1, keepdim=True) / 127).clamp(min=1e-8)
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)
        places = model.encoder.places.weight.detach()[: WINDOW + 2]
        model.encoder.places = nn.Embedding.from_pretrained(places)

    def forward(self, pieces: Tensor, features: Tensor, at: Tensor) -> tuple[Tensor, ...]:
        """The heads' outputs and the hidden states of the places `at`, counted through (b, t).

        Without a mask: the run time reads one window at a time, so nothing is padded.
        """
        e = self.model.encoder
        words = self.table[pieces].float() * self.scale[pieces]
        found = e.layered(e.embedded(words, features), None)
        states = States(*(h.reshape(-1, h.shape[-1]).index_select(0, at) for h in found))
        return (*project(self.model, states), states.attribution)


def export(model: Attributor, path: Path) -> None:
    """Write the fp32 graph (the word table is int8 already)."""
    model.eval()
    sample = (
        torch.randint(0, 1000, (2, 9)),
        torch.ones(2, 9, 3, dtype=torch.long),
        torch.tensor([1, 2, 10]),
    )
    torch.onnx.export(
        Exported(model),
        sample,
        str(path),
        input_names=["pieces", "features", "at"],
        output_names=list(OUTPUTS),
        dynamic_axes={
            "pieces": {0: "b", 1: "t"},
            "features": {0: "b", 1: "t"},
            **{name: {0: "m"} for name in ("at", *OUTPUTS)},
        },
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path, *, reduce_range: bool) -> None:
    """Dynamic int8 per channel for the encoder's matrices; the heads stay in fp32."""
    graph = onnx.load(source).graph
    heads = [n.name for n in graph.node if n.op_type in ("MatMul", "Gemm") and not LAYER.search(n.name)]
    # The quantiser turns a Gemm into a MatMul of this name before it looks at what to leave out.
    heads += [f"{name}_MatMul" for name in heads]
    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=heads,
    )


def halve(path: Path) -> None:
    """Store the arcs' matrices in half precision; they are read as floats when loaded."""
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if (
            not tensor.name.startswith("model.to_")
            or values.dtype != np.float32
            or values.size < LEAST_HALVED
        ):
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + HALF))
        casts.append(helper.make_node("Cast", [name + HALF], [name], name=name + HALF, to=TensorProto.FLOAT))
    for node in reversed(casts):
        graph.node.insert(0, node)
    onnx.save(model, path)


def sha256(path: Path) -> str:
    """Digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Export one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocab", type=Path)
    parser.add_argument("out", type=Path, help="folder of the weights, its name ends in the version")
    parser.add_argument("--linkers", type=Path, required=True, help=".npz from training.link")
    parser.add_argument("--details", type=Path, help="JSON merged into meta.json: settings, scores, data")
    parser.add_argument("--keep-fp32", type=Path, help="also write the fp32 graph here")
    parser.add_argument(
        "--reduce-range", action="store_true", help="7-bit weights: safe on processors without VNNI"
    )
    parser.add_argument(
        "--heads",
        nargs="*",
        choices=("names", "worth"),
        default=[],
        help="further heads that the run time is to use; `names` takes the base recognizer's place",
    )
    args = parser.parse_args()
    model = load_model(args.checkpoint)
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fp32 = args.keep_fp32 or Path(folder) / "model.onnx"
        export(model, fp32)
        quantise(fp32, args.out / "model.int8.onnx", reduce_range=args.reduce_range)
        halve(args.out / "model.int8.onnx")
    (args.out / "vocab.txt").write_bytes(args.vocab.read_bytes())
    heads = heads_of(model)
    with np.load(args.linkers) as linkers:
        arrays = {"move": heads.move, "distance": heads.distance, **linkers}
    np.savez(args.out / "heads.npz", **arrays)
    name, _, version = args.out.name.rpartition("-")
    meta: dict[str, Any] = {
        "name": name,
        "version": version,
        "window": WINDOW,
        "context": CONTEXT,
        "heads": args.heads,
        "forks": [model.config.fork, model.config.sense_fork],
        "parameters": sum(p.numel() for p in model.parameters()),
    }
    if args.details:
        meta |= json.loads(args.details.read_text(encoding="utf-8"))
    meta["files"] = {p: sha256(args.out / p) for p in ("model.int8.onnx", "vocab.txt", "heads.npz")}
    (args.out / "meta.json").write_text(
        json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print({p.name: p.stat().st_size for p in sorted(args.out.iterdir())})


if __name__ == "__main__":
    main()
