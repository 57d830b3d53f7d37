"""Surnames that are words for offices too: *Mr. Bishop*, *Ms. King*, *Owen Judge*."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token


def addressed_places(
    tokens: Sequence[Token],
    low: Sequence[str],
    *,
    forms: Collection[str],
    titles: Collection[str],
    offices: Collection[str],
    before: Collection[str],
) -> frozenset[int]:
    """Tokens that a bare form of address before them shows to be surnames.

    Whoever chairs a meeting is addressed by the office: *Mr. Speaker*, *Mr. President*. Such a word is a
    surname only if somebody is named by it in full.

    Args:
        tokens: of the document.
        low: their folded words.
        forms: bare forms of address, folded: *mr*.
        titles: offices that are addressed so.
        offices: these and the other words for people that a name may follow: *Mr. Justice Stevens*.
        before: words that stand before an office and are no given name: *vice*, *Ohio*.
    """
    places = []
    for i in range(1, len(tokens)):
        if low[i - 1] not in forms or not tokens[i].text[0].isupper() or tokens[i - 1].text[0].islower():
            continue
        if low[i] in offices and i + 1 < len(tokens) and tokens[i + 1].tag_ == "NNP":
            continue
        if low[i] not in titles or _is_borne(tokens, low, low[i], offices=offices, before=before):
            places.append(i)
    return frozenset(places)


def _is_borne(
    tokens: Sequence[Token],
    low: Sequence[str],
    word: str,
    *,
    offices: Collection[str],
    before: Collection[str],
) -> bool:
    """Whether a given name stands before the word somewhere."""
    return any(
        low[j] == word
        and tokens[j].text[0].isupper()
        and tokens[j - 1].text.istitle()
        and tokens[j - 1].tag_ == "NNP"
        and low[j - 1] not in offices
        and low[j - 1] not in before
        for j in range(1, len(tokens))
    )
