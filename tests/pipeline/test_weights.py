"""Weights that read an encoder's states go with that encoder only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.pipeline.weights import find_weights, made_for


@pytest.mark.parametrize("name", ["antecedent", "claims"])
def test_installed_weights_were_made_for_the_installed_encoder(name: str) -> None:
    folder, encoder = find_weights(name), find_weights("attribution")
    assert folder is not None
    assert encoder is not None
    assert made_for(folder, encoder)


def test_another_encoder_does_not_fit(tmp_path: Path) -> None:
    folder = find_weights("antecedent")
    assert folder is not None
    (tmp_path / "meta.json").write_text(json.dumps({"files": {"model.int8.onnx": "other"}}), "utf-8")
    assert not made_for(folder, tmp_path)
    assert not made_for(tmp_path, tmp_path)
