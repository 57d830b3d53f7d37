"""What was said where in a document, for whoever goes on speaking: *“It is safe,” he added*."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range, get_blocks
from onrecord.pipeline.names.words import Words

__all__ = ["Saying", "last_before", "lines_of", "read_sayings", "saying_by", "speaking_since"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement that stands inside no other.

    Attributes:
        source: who is said to say it.
        contents: what else is the speaker's in the same breath: all contents given to this source.
        marked: whether words of it stand in marks.
        begin: first token of it with its source.
        continues: its cue says that the same speaker has spoken before: *added*, *also said*.
        answers: its cue says that somebody else has: *replied*.
        asks: it is a question.
    """

    source: Range
    contents: tuple[Range, ...]
    marked: bool
    begin: int
    continues: bool = False
    answers: bool = False
    asks: bool = False

    def holds(self, token: int) -> bool:
        """Whether a token is part of what was said."""
        return any(start <= token < end for start, end in self.contents)


def read_sayings(words: Words, attributions: Sequence[Attribution]) -> list[Saying]:
    """The outermost statements by source, in order of the sources."""
    by_source: dict[Range, list[Attribution]] = {}
    for a in attributions:
        if a.source is not None:
            by_source.setdefault(a.source, []).append(a)
    found = []
    inside = {i for a in attributions for start, end in a.contents for i in range(start, end)}
    for source in sorted(by_source):
        if source[0] in inside:
            continue
        own = by_source[source]
        if not any(a.mode == "speech" for a in own):
            continue
        contents = tuple(content for a in own for content in a.contents)
        marked = any(a.type != "indirect" for a in own)
        begin = min(source[0], *(a.start for a in own))
        first = min(own, key=lambda a: a.start)
        found.append(
            Saying(
                source,
                contents,
                marked,
                begin,
                _continues(words, first.cue),
                _is_cue_of(words, first.cue, "answering"),
                _asks(words, own),
            )
        )
    return found


def last_before(sayings: Sequence[Saying], token: int) -> Saying | None:
    """The last saying whose source begins before a token."""
    count = bisect_left(sayings, token, key=lambda s: s.source[0])
    return sayings[count - 1] if count else None


def saying_by(sayings: Sequence[Saying], source: Range) -> Saying | None:
    """The saying of a source."""
    i = bisect_left(sayings, source, key=lambda s: s.source)
    return sayings[i] if i < len(sayings) and sayings[i].source == source else None


def speaking_since(sayings: Sequence[Saying]) -> dict[int, int]:
    """For each token of a source the first token of the first source that it is part of."""
    since: dict[int, int] = {}
    for saying in sayings:
        for i in range(*saying.source):
            since.setdefault(i, saying.source[0])
    return since


def _continues(words: Words, cue: Range | None) -> bool:
    if cue is None:
        return False
    adverbs = {c.lower_ for i in range(*cue) for c in words.doc[i].children if c.dep_ == "advmod"}
    return "also" in {*words.low[cue[0] : cue[1]], *adverbs} or _is_cue_of(words, cue, "continuing")


def _is_cue_of(words: Words, cue: Range | None, kind: str) -> bool:
    """Whether a cue is one of the verbs of speech of a kind, with its particle."""
    if cue is None:
        return False
    verbs = load_lexicon("cues")["speech"][kind]
    lemmas = [words.doc[i].lemma_.lower() for i in range(*cue)]
    return any(
        one in verbs or f"{one} {two}" in verbs for one, two in zip(lemmas, [*lemmas[1:], ""], strict=True)
    )


def _asks(words: Words, own: Sequence[Attribution]) -> bool:
    """Whether a speaker's last statement here is a question: by its cue, or by its mark."""
    last = max(own, key=lambda a: a.end)
    return _is_cue_of(words, last.cue, "question") or "?" in words.text[max(0, last.end - 2) : last.end]


def lines_of(words: Words, kinds: Sequence[str]) -> frozenset[int]:
    """The lines of blocks of these kinds."""
    return frozenset(
        line
        for b in get_blocks(words.doc)
        if b.kind in kinds
        for line in range(words.line[b.start], words.line[b.end - 1] + 1)
    )
