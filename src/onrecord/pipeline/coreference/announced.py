"""Whom the opening of a story announces by a noun alone: *Senator quits*, *A judge ruled on Monday*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.pipeline.coreference.nominals import SAME_CLASS, SAME_HEAD, Nominal, complement_end
from onrecord.pipeline.coreference.referents import Referent, marks_of
from onrecord.pipeline.names.nominal_words import head_form, role_class
from onrecord.pipeline.names.words import Words

__all__ = ["resolve_headline"]

CONSULTED = frozenset(("scholar",))
"""Groups of whom a story asks several: *analyst says* is not yet whichever professor is named."""

LEAD = 4
"""Lines, empty ones too, after a headline in which the story's first person is introduced."""


def resolve_headline(
    words: Words, nominal: Nominal, referents: Sequence[Referent], first_lines: Mapping[str, int]
) -> tuple[Referent | None, float, str]:
    """The person whom an opening description announces: *Senator quits*, *A judge ruled on Monday*.

    After *a* the article must call one person, and only one, by the same noun.
    """
    head = head_form(words.word(nominal.head))
    indefinite = words.low[nominal.start] in ("a", "an")
    kind = role_class(head)
    marks = marks_of(words, (nominal.start, complement_end(words, nominal)))
    scored = []
    for r in referents:
        if r.kind != "person" or not r.entity:
            continue
        same = head in r.heads
        if not same and (
            indefinite or kind in CONSULTED or not (kind and kind in {role_class(h) for h in r.heads})
        ):
            continue
        if marks and r.marks and not marks & r.marks:
            continue
        scored.append((SAME_HEAD if same else SAME_CLASS, first_lines.get(r.entity, 0), r))
    if not scored or (indefinite and len(scored) > 1):
        return None, 0.0, ""
    # Of several, the one whom the opening introduces before the others.
    scored.sort(key=lambda s: (s[1] > words.line[nominal.start] + LEAD, -s[0], s[1]))
    rivals = [s for s in scored[1:] if s[:2] == scored[0][:2]]
    if rivals:
        return None, 0.0, ""
    return scored[0][2], 0.7, "the first person of that description in the article"
