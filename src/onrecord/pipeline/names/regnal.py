"""What stands behind one name of kings, popes and peers: *Anselm III*, *Sand of Leith* are the *Anselm* and
the *Sand* of the rest of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.pipeline.names.grouping_records import NamedMention

NUMERAL = re.compile(r"[ivx]+|of .+")


def drop_numerals(mentions: Sequence[NamedMention]) -> None:
    """Take numeral or place off single names of which the text has no other; the mentions change in place.

    *Anselm II* beside *Anselm III* are two kings, and each keeps his; so does he beside an *Anselm Quist*.

    Args:
        mentions: people's, in any order.
    """
    given = {m.name.given[0] for m in mentions if m.name.is_full}
    single = [m for m in mentions if not m.name.is_full and NUMERAL.fullmatch(m.name.suffix)]
    numerals: dict[str, set[str]] = defaultdict(set)
    for m in single:
        numerals[m.name.surname].add(m.name.suffix)
    for m in single:
        if len(numerals[m.name.surname]) == 1 and m.name.surname not in given:
            m.name = replace(m.name, suffix="")
