"""Who stands behind the letters of an interview: *Q:* and *A:*."""

from __future__ import annotations

from onrecord.pipeline.annotations import EntityRecord, Range
from onrecord.pipeline.names.people import People, speaker_of
from onrecord.pipeline.names.words import Words
from onrecord.pipeline.speakers.sources import Resolved
from onrecord.pipeline.speakers.turns import Setting, author_of

QUESTIONS = frozenset(("q", "question"))
ANSWERS = frozenset(("a", "answer"))


def resolve_letters(setting: Setting) -> dict[Range, Resolved]:
    """The interviewee behind each *A:*, the article's one author behind each *Q:*; none who is not known.

    The interviewee is the person named most often before the first turn, else in the whole article.

    Args:
        setting: the document's quotations and blocks.

    Returns:
        Who speaks, by the tokens of the letter.
    """
    words = setting.people.words
    letters = [b.start for b in setting.blocks if _is_letter(words, b.start)]
    if not letters:
        return {}
    asks, answers = _author(setting), _interviewee(setting.people, min(letters))
    behind = {i: asks if words.low[i] in QUESTIONS else answers for i in letters}
    return {(i, i + 1): who for i, who in behind.items() if who is not None}


def _author(setting: Setting) -> Resolved | None:
    author = author_of(setting)
    return Resolved((author,), ("the questions are the author's",), confidence=0.8) if author else None


def _interviewee(people: People, first: int) -> Resolved | None:
    person = _most_named(people, first) or _most_named(people, len(people.words))
    if person is None:
        return None
    reason = f"the answers are those of {person.name}, whom the interview introduces"
    return Resolved((speaker_of(person),), (reason,), confidence=0.8)


def _is_letter(words: Words, token: int) -> bool:
    following = words.text[token + 1] if token + 1 < len(words) else ""
    stopped = following in (":", "|") or words.text[token].endswith(".")
    return words.low[token] in QUESTIONS | ANSWERS and stopped


def _most_named(people: People, end: int) -> EntityRecord | None:
    counts = {
        key: sum(m.kind == "name" and m.start < end for m in e.mentions)
        for key, e in people.entities.items()
        if e.type == "PERSON"
    }
    ranked = sorted(((n, key) for key, n in counts.items() if n), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return people.entities[ranked[0][1]]
