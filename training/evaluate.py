"""Run a checkpoint or an exported model over gold documents, and score what the decoder makes of it."""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.pipeline.encoder import decoding as learned
from onrecord.pipeline.encoder.component import LINKER_PARTS, Encoder, load_heads
from onrecord.pipeline.encoder.linking import Linker
from onrecord.pipeline.encoder.wordpieces import plan_windows
from training.batches import collate
from training.data import Labelled, attributions_of, load, read_documents
from training.model import FORKS, Attributor, States, config_of
from training.teacher import build

Outputs = tuple[np.ndarray, ...]
"""Tag, arc, name and sentence scores of a document's rows."""


def heads_of(model: Attributor) -> learned.Heads:
    """The decoder's weights from the network."""
    move = model.crf.transitions().detach().numpy()
    distance = torch.stack([model.to_cue.distance, model.to_source.distance]).detach().numpy()
    return learned.Heads(move, distance)


def project(model: Attributor, states: States) -> tuple[torch.Tensor, ...]:
    """Tag scores, arc columns, name scores and sentence scores, each of the states that it reads."""
    x = states.attribution
    columns = []
    for arcs in (model.to_cue, model.to_source):
        d, none, h, bias = arcs.project(x)
        columns += [d, h, none, bias]
    return model.tags(x), torch.cat(columns, -1), model.names(states.names), model.worth(states.sense)


def run_model(
    model: Attributor,
    documents: Sequence[Labelled],
    *,
    limit: int = 254,
    context: int = 64,
    bf16: bool = False,
    hidden: bool = False,
) -> list[Outputs]:
    """Outputs of each document's rows, each from the window in which it stands most central.

    With `hidden` attribution's states come last, in half precision.
    """
    model.eval()
    windows = [
        (d, low, high)
        for d, doc in enumerate(documents)
        for low, high in plan_windows(doc.encoded, limit, context=context)
    ]
    order = sorted(windows, key=lambda w: w[2] - w[1])
    results: list[list[tuple[int, int, Outputs]]] = [[] for _ in documents]
    with torch.inference_mode():
        for k in range(0, len(order), 16):
            batch = collate(order[k : k + 16], list(documents))
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                found = model.rows(batch.pieces, batch.features, batch.mask, batch.first)
            outputs = [o.numpy() for o in project(model, States(*(x.float() for x in found)))]
            if hidden:
                outputs.append(found.attribution.half().numpy())
            for i, (d, low, high) in enumerate(batch.origin):
                results[d].append((low, high, tuple(y[i, : high - low] for y in outputs)))
    return [merge(parts, len(doc.encoded)) for parts, doc in zip(results, documents, strict=True)]


def merge(parts: list[tuple[int, int, Outputs]], rows: int) -> Outputs:
    """Join a document's windows."""
    merged = [np.zeros((rows, y.shape[1]), y.dtype) for y in parts[0][2]]
    room = np.full(rows, -1)
    for low, high, outputs in parts:
        at = np.arange(low, high)
        left = np.where(low == 0, 10**6, at - low)
        right = np.where(high == rows, 10**6, high - 1 - at)
        mine = np.minimum(left, right)
        better = at[mine > room[low:high]]
        for whole, part in zip(merged, outputs, strict=True):
            whole[better] = part[better - low]
        room[better] = mine[better - low]
    return tuple(merged)


def decode_one(
    doc: Labelled, outputs: Outputs, heads: learned.Heads, settings: learned.Settings
) -> list[learned.Found]:
    """Decode one document."""
    return learned.decode(*outputs[:2], doc.encoded.features[:, 1], doc.encoded.cuts, heads, settings)


def report(doc: Labelled, found: Sequence[learned.Found]) -> dict[str, Any]:
    """A prediction in the contract's form."""

    def span(rows: learned.Range | None) -> dict[str, int] | None:
        return {"start": int(doc.chars[rows[0], 0]), "end": int(doc.chars[rows[1] - 1, 1])} if rows else None

    quotes = []
    for f in found:
        states = np.concatenate([doc.encoded.features[a:b, 1] for a, b in f.contents])
        kind = (
            "direct"
            if (states > 0).all()
            else "mixed"
            if ((states == 1) | (states == 4)).any()
            else "indirect"
        )
        quotes.append(
            {
                "content": [span(c) for c in f.contents],
                "cue": span(f.cue),
                "source": span(f.source),
                "type": kind,
                "confidence": f.confidence,
            }
        )
    return {"id": doc.id, "quotes": quotes}


def load_scorer(path: Path) -> Any:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_model(checkpoint: Path) -> Attributor:
    """A network with a checkpoint's weights, small or a teacher."""
    saved = torch.load(checkpoint, map_location="cpu")
    state = saved["model"]
    model = build(saved["frozen"]) if "frozen" in saved else Attributor(config_of(state))
    model.load_state_dict({**{k: v for k, v in model.state_dict().items() if k == FORKS}, **state})
    return model


def shipped_decoder(folder: Path, model: Attributor) -> tuple[learned.Heads, learned.Settings]:
    """What decodes shipped weights, confidence and all, with this network's distances of arcs."""
    heads, settings = load_heads(folder)
    return replace(heads, distance=heads_of(model).distance), settings


def run_weights(folder: Path, documents: Sequence[Labelled]) -> list[list[learned.Found]]:
    """What the exported model finds in each document, by the run time's own code."""
    encoder = Encoder(folder)
    return [
        [learned.Found(*f) for f in output["found"]] for output in encoder.run([d.encoded for d in documents])
    ]


def with_links(heads: learned.Heads, linkers: Path | None) -> learned.Heads:
    """The heads with linkers from `training.link`."""
    return replace(heads, linkers=load_linkers(linkers)) if linkers else heads


def load_linkers(path: Path) -> tuple[Linker, Linker]:
    """Read what `training.link` wrote."""
    with np.load(path) as a:
        first, second = (Linker(*(a[f"{k}.{part}"] for part in LINKER_PARTS)) for k in (0, 1))
    return first, second


def main() -> None:
    """Score a checkpoint or exported weights on gold documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="a checkpoint, or a folder of exported weights")
    parser.add_argument("data", type=Path, help=".npz of the gold")
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--linkers", type=Path)
    parser.add_argument("--decoder", type=Path, help="weights whose decoder takes the place of the others")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--outputs", type=Path, help="keep the network's outputs here")
    parser.add_argument("--context", type=int, default=64)
    parser.add_argument("--settings", type=json.loads, default={}, help="JSON over learned.Settings")
    parser.add_argument("--bf16", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(2)
    documents = load(args.data)
    if args.model.is_dir():
        found = run_weights(args.model, documents)
    else:
        model = load_model(args.model)
        outputs = run_model(model, documents, context=args.context, bf16=args.bf16)
        if args.outputs:
            arrays = {f"{i}.{k}": x for i, o in enumerate(outputs) for k, x in zip("tanw", o, strict=True)}
            np.savez(args.outputs, **arrays)
        if args.decoder:
            heads, settings = shipped_decoder(args.decoder, model)
            settings = replace(settings, **args.settings)
        else:
            heads, settings = with_links(heads_of(model), args.linkers), learned.Settings(**args.settings)
        found = [decode_one(d, o, heads, settings) for d, o in zip(documents, outputs, strict=True)]
    predictions = [report(d, f) for d, f in zip(documents, found, strict=True)]
    if args.predictions:
        args.predictions.write_text("".join(json.dumps(p) + "\n" for p in predictions), encoding="utf-8")
    gold = [{**g, "attributions": attributions_of(g)} for g in read_documents(args.gold)]
    result = load_scorer(args.scorer).score(gold, {p["id"]: p for p in predictions})
    for key, value in result.items():
        print(f"{key:26} {value}")


if __name__ == "__main__":
    main()
