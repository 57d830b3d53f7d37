"""Verbs by which somebody reports, as lemmas: the commonest, whose subjects are people most of the time."""

from __future__ import annotations

SPEECH = frozenset(
    (
        *(
            "say",
            "tell",
            "add",
            "ask",
            "write",
            "note",
            "claim",
            "argue",
            "insist",
            "warn",
            "explain",
            "tweet",
        ),
        *("reply", "respond", "recall", "admit", "concede"),
    )
)
