"""What finders propose for one doc, found by the tokens of cues and contents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from onrecord.pipeline.annotations import Attribution, Range


class Proposals:
    """Attributions in the order in which they were proposed.

    Args:
        items: the attributions.
    """

    def __init__(self, items: Iterable[Attribution] = ()) -> None:
        self.items = tuple(items)

    def with_cue_in(self, span: Range) -> list[Attribution]:
        """Those whose cue shares a token with a range."""
        return self._found(self._by_cue, span)

    def with_content_in(self, span: Range) -> list[Attribution]:
        """Those of whose contents one shares a token with a range."""
        return self._found(self._by_content, span)

    def _found(self, numbers: Mapping[int, list[int]], span: Range) -> list[Attribution]:
        return [self.items[k] for k in sorted({k for i in range(*span) for k in numbers.get(i, ())})]

    @cached_property
    def _by_cue(self) -> Mapping[int, list[int]]:
        return _numbers([(a.cue,) if a.cue is not None else () for a in self.items])

    @cached_property
    def _by_content(self) -> Mapping[int, list[int]]:
        return _numbers([a.contents for a in self.items])


def _numbers(spans: Iterable[Iterable[Range]]) -> Mapping[int, list[int]]:
    """For each token the numbers of those one of whose spans holds it."""
    out: dict[int, list[int]] = {}
    for k, own in enumerate(spans):
        for span in own:
            for i in range(*span):
                out.setdefault(i, []).append(k)
    return out
