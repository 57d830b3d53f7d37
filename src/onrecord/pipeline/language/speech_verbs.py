"""Verbs by which somebody reports, as lemmas: the commonest, whose subjects are people most of the time."""

from __future__ import annotations

from onrecord.pipeline.language.cues import cue_lexicon

SPEECH = cue_lexicon().words["reporting"]["commonest"]
