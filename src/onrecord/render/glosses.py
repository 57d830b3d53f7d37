"""Claims that stand alone: whom their first pronoun means, in brackets as newspapers have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.schema import Claim, Entity, Mention

FIRST_WORDS = 4
"""Words of a claim within which a pronoun is its subject or stands before it."""

LEAST_LINK = 0.9
"""Links less sure than this are not spelled out: a wrong name in brackets is worse than a bare pronoun."""

_SHORTENED = re.compile(r"[’'](?:s|d|ll|re|ve|m)\b", re.IGNORECASE)
"""What is left of a verb behind a pronoun."""

_OWNING = frozenset({"his", "its", "their", "whose"})


class Glossed(NamedTuple):
    """The claim's words with what is put into them, which is not the article's.

    Attributes:
        before: the words up to the gloss; all of them where there is none.
        gloss: a name in brackets, or nothing.
        after: the words behind it.
    """

    before: str
    gloss: str = ""
    after: str = ""


def glossed(claim: Claim, entities: Sequence[Entity]) -> Glossed:
    """The claim's words, with a name behind a pronoun that opens them: *He [Rewi Castell] signed it*.

    Nothing is added where the claimant speaks of himself, or where the name stands before in the claim.
    """
    own = {s.entity for s in claim.claimant.speakers}
    found: list[tuple[Mention, Entity]] = []
    for entity in entities:
        inside = [m for m in entity.mentions if claim.start <= m.start and m.end <= claim.end]
        first = min(inside, key=lambda m: m.start, default=None)
        if first is not None and first.kind == "pronoun" and entity.id not in own:
            found.append((first, entity))
    for mention, entity in sorted(found, key=lambda pair: pair[0].start):
        at = mention.end - claim.start
        if len(claim.text[:at].split()) <= FIRST_WORDS and mention.confidence >= LEAST_LINK:
            before, after = claim.text[:at], claim.text[at:]
            short = _SHORTENED.match(after)
            if short:  # *He’s [Rewi Castell] signed*
                before, after = before + short.group(), after[short.end() :]
            case = "’s" if _owns(mention.text, after) else ""
            return Glossed(f"{before} ", f"[{entity.name}{case}]", after)
        break
    return Glossed(claim.text)


def _owns(pronoun: str, after: str) -> bool:
    """Whether the pronoun stands before what is somebody's; *her* may be whom something befalls, too."""
    return pronoun.casefold() in _OWNING and after[:1].isspace()
