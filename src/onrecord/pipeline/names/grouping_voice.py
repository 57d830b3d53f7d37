"""Which bearer of a surname the text lets speak, and whom it calls by the given name."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.annotations import get_marks
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.misread import misread_verb
from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.grouping_records import Group, NamedMention
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

__all__ = ["called_by_given_name", "speaks", "voice_score"]

SPOKE = 3.0
"""Evidence that a bare surname that speaks is the only bearer's who speaks by the full name; set by hand, as
much as a role of the same words."""

CALLED = -3.0
"""Evidence against whom alone the text calls by the bare given name; set by hand."""


def called_by_given_name(words: Words, rivals: Sequence[Group]) -> Group | None:
    """The only bearer of a surname whom the text calls by the given name alone."""
    called = [g for g in rivals if _called_by_given_name(words, g)]
    return called[0] if len(called) == 1 else None


def voice_score(
    words: Words, group: Group, mention: NamedMention, rivals: Sequence[Group], *, called: Group | None
) -> float:
    """What speaks for a bearer of a bare surname: *Mary's father, Al Berg, said … Berg denied …*.

    Args:
        words: the document.
        group: one of those who bear the name.
        mention: the bare surname.
        rivals: all who bear it.
        called: the one of them that `called_by_given_name` has.
    """
    value = 0.0
    if speaks(words, mention.span) and not _is_taken(words, group, mention, rivals):
        before = [(g, m) for g in rivals for m in g.mentions if m.name.is_full]
        before = [(g, m) for g, m in before if m.span.start < mention.span.start]
        speaking = [g for g in rivals if any(o is g and speaks(words, m.span) for o, m in before)]
        value += SPOKE * (speaking == [group])
    if mention.name.surname in {m.name.surname for m in group.mentions}:
        value += CALLED * (called is group)
    return value


def speaks(words: Words, span: NameSpan) -> bool:
    """Whether a name is, itself or in apposition, the subject of a verb that reports speech."""
    root = words.root(span.start, span.end)
    while root.dep_ == "appos" and root.head.i != root.i:
        root = root.head
    if misread_verb(root) is not None:
        return True
    lemma = lemma_of(root.head)
    return root.dep_ == "nsubj" and (lemma in speech_verbs() or lemma in cue_lexicon().contradicting)


def _is_taken(words: Words, group: Group, mention: NamedMention, rivals: Sequence[Group]) -> bool:
    """Whether the text has the surname alone before it brings this bearer in: it is another's then."""
    low = words.low[mention.span.end - 1]
    full = {i for g in rivals for m in g.mentions for i in range(m.span.start, m.span.end) if m.name.is_full}
    return any(words.low[i] == low and i not in full and not words.shown[i] for i in range(group.start))


def _called_by_given_name(words: Words, group: Group) -> bool:
    """Whether the author calls somebody by the given name alone, the one first given."""
    marks = get_marks(words.doc)
    full = [m for m in group.mentions if m.name.is_full]
    inside = {i for m in full for i in range(m.span.start, m.span.end)}
    given = {min(full, key=lambda m: m.span.start).name.given[0]}
    return any(
        words.low[i] in given
        and words.capital[i]
        and i not in inside
        and not words.shown[i]
        and not any(m.start <= i < m.end for m in marks)
        and (i + 1 == len(words) or not words.capital[i + 1])
        for i in range(len(words))
    )
