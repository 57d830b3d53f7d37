"""Bodies that are called by what they are, with a capital: *the Survey* of the *Northern Water Survey*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, person_words

JOINTS = frozenset(("of", "for", "on"))


def first_of_heads(bodies: Mapping[str, Sequence[NameSpan]]) -> dict[str, int]:
    """The words that say what a body is, and where the first body of that kind is named in full.

    Args:
        bodies: the names of bodies of two words and more, folded, with their mentions in text order.
    """
    found: dict[str, int] = {}
    for key, group in bodies.items():
        parts = key.split()
        head = parts[0] if len(parts) > 2 and parts[1] in JOINTS else parts[-1]
        found[head] = min(found.get(head, group[0].start), group[0].start)
    return found


def with_initials(words: Words, spans: Iterable[NameSpan]) -> Iterator[tuple[str, str]]:
    """The folded names of those that are also known by initials, with these: *X, also known as XYZ*.

    Args:
        words: the document.
        spans: all names.
    """
    ordered = sorted(spans, key=lambda s: s.start)
    for long, short in pairwise(ordered):
        between = tuple(w for w in words.low[long.end : short.start] if w not in (",", "("))
        initials = len(short) == 1 < len(long) and words.text[short.start].isupper()
        if (
            initials
            and between in person_words().known_as
            and words.line[long.start] == words.line[short.start]
        ):
            yield words.key(long.start, long.end), words.key(short.start, short.end)


def is_head_of_body(words: Words, group: Sequence[NameSpan], named: int | None) -> bool:
    """Whether all mentions of one word take up a body that the text has named in full before.

    The article shows it, and an office behind it: the capital of *the Survey* is not due to its place, and
    *Guild secretary NAME* is the secretary of the guild that was named.

    Args:
        words: the document.
        group: all mentions of the word.
        named: first token of the body named in full; None where no body is of that kind.
    """
    if named is None or any(len(s) > 1 or words.shown[s.start] or s.start < named for s in group):
        return False
    return all(is_definite(words, s) for s in group)


def is_definite(words: Words, span: NameSpan) -> bool:
    """Whether *the* or an office says that a word means one body: *the Survey*, *Guild secretary NAME*."""
    before, after = span.start - 1, span.end
    if words.low[before] == "the" and words.line[before] == words.line[span.start]:
        return True
    follows = after < len(words) and words.line[after] == words.line[span.start]
    return follows and words.text[after].islower() and words.word(after) in person_words().offices
