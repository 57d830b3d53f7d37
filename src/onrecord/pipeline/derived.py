"""What components beside attribution take from the encoder's states, where their weights fit them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from onrecord.pipeline.claims import readings as claim_readings
from onrecord.pipeline.coreference import pairing, scorers
from onrecord.pipeline.encoder.window_reader import Floats
from onrecord.pipeline.weights import find_weights, made_for

__all__ = ["derivations"]


def derivations(encoder: Path | None = None) -> dict[str, Callable[[Floats], Floats]]:
    """By key among the encoder's outputs, a function from states (rows, hidden) to values for each row.

    Args:
        encoder: folder of its weights; the newest installed ones if None.
    """
    encoder = encoder or find_weights("attribution")
    out: dict[str, Callable[[Floats], Floats]] = {}
    if encoder is None:
        return out
    folder = find_weights(scorers.NAME)
    forms = tuple(pairing.read_pairings(folder).values()) if folder and made_for(folder, encoder) else ()
    if forms:
        out[pairing.KEY] = partial(pairing.project, forms)
    folder = find_weights("claims")
    readings = claim_readings.Readings.load(folder) if folder and made_for(folder, encoder) else None
    if readings:
        out[claim_readings.KEY] = readings.project
    return out
