"""Lines whose capitals say nothing: headlines in title case, lines of capitals."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

PLAIN = frozenset(("VERB", "AUX", "NOUN", "ADJ", "ADV"))
"""Parts of speech of longer words that a headline in title case never leaves in lower case."""

TITLE_CASE_SHARE = 0.7
"""Share of a line's words longer than three letters that begin with a capital, from which the line is
read as a headline: body paragraphs of polnear/train stay below .45, headlines lie above .8."""


def headline_lines(
    tokens: Sequence[Token], text: Sequence[str], line: Sequence[int]
) -> tuple[list[bool], list[bool]]:
    """For each token whether its line is in title case or capitals, and whether it is in capitals."""
    shown, shouted = [False] * len(text), [False] * len(text)
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and line[end] == line[start]:
            continue
        words = [t for t in text[start:end] if t[0].isalpha()]
        long = [t for t in words if len(t) > 3]
        if sum(t.isupper() for t in words) >= 0.8 * len(words) and len(words) > 2:
            shown[start:end] = shouted[start:end] = [True] * (end - start)
        elif len(long) > 2 and sum(t[0].isupper() for t in long) >= TITLE_CASE_SHARE * len(long):
            plain = any(
                len(text[i]) > 3 and text[i].islower() and tokens[i].pos_ in PLAIN for i in range(start, end)
            )
            shown[start:end] = [not plain] * (end - start)
        start = end
    return shown, shouted
