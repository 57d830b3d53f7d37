"""Whether a bare surname and a full name hold different offices."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.pipeline.names.grouping_records import NamedMention
from onrecord.pipeline.names.nominal_words import head_form
from onrecord.pipeline.names.words import Words, person_words


def have_other_office(words: Words, bare: Iterable[NamedMention], full: Iterable[NamedMention]) -> bool:
    """Whether a surname comes with another office before anybody is named by it in full.

    *Secretary Lund … in the years of President Karl Lund*: news introduces people by their full names.
    """
    one, other = _offices(words, bare), _offices(words, full)
    return bool(one) and bool(other) and not one & other


def _offices(words: Words, mentions: Iterable[NamedMention]) -> set[str]:
    """The offices that stand right before the mentions, each in one form: *Gov.*, *governor*."""
    ranks = person_words().titles
    last = (words.word(m.span.role[1] - 1) for m in mentions if m.span.role)
    return {head_form(w) for w in last if w in ranks}
