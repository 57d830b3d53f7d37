"""Exit statuses."""

from __future__ import annotations

FINE = 0
FINDINGS = 1
USAGE = 2
SOME_FAILED = 3
INTERRUPTED = 130
"""128 + SIGINT, as shells count it."""
