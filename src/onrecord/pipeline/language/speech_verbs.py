"""Verbs by which somebody reports, as lemmas: the commonest, whose subjects are people most of the time."""

from __future__ import annotations

from onrecord.pipeline.language.cues import cue_lexicon


def speech_verbs() -> frozenset[str]:
    """The lemmas, from the cue lexicon."""
    return cue_lexicon().words["reporting"]["commonest"]
