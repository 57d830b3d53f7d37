"""The names of the rules that find attributions, and the families that the joining tells apart."""

from __future__ import annotations

from onrecord.pipeline.annotations import Attribution

LEARNED = "learned"
"""What the model found."""

MARKED = frozenset(("quote_then_cue", "cue_then_quote", "second_sentence", "split"))
"""Reporting clauses beside quotation marks."""

MOVED = "moved"
"""A quotation after a colon, by whom a thing moves: *The result pleased Lena Quist: “…”*."""

TURN = "speaker_turn"
"""A turn of a transcript or an interview, with its speaker's label."""

DIALOGUE = "dialogue"
"""A turn that a dash opens."""

SPOKEN = frozenset((TURN, DIALOGUE, "signature", "headline_colon", MOVED))
"""Layout or a colon that names who speaks."""

SET_OFF = frozenset(("signature", DIALOGUE))
"""Words set as a quotation, in a block of their own, behind a dash, or with who said them behind one."""

ALONE = frozenset(("free_standing",))
"""Quotations without a reporting clause; the model may know who speaks where they do not."""

SILENCE = "silence"
"""Somebody says nothing, or leaves a request unanswered."""

LAYOUT = frozenset((TURN, DIALOGUE, "signature", "free_standing", SILENCE, MOVED))
"""Rules that see the speech itself. PolNeAR marks some of them otherwise (what is said within the turns of an
interview, an orphan paragraph as part of the one before); their rates come from this repository’s corpus."""

CLAUSES = frozenset(("that_clause", "bare_clause", "question_clause"))
"""Finite clauses under a reporting verb."""

STATING = CLAUSES | {"parenthetical", "according_to"}
"""Clauses and the words that frame them."""

INFINITIVES = frozenset(("infinitive", "addressee_infinitive", "passive_infinitive"))
OBJECTS = frozenset(("object", "naming"))

CONTRACT = frozenset(("addressee_infinitive",))
"""Rules that the data contract wants and that corpus marks otherwise (the addressee as content)."""

BEGINNING = CLAUSES | {"noun_clause", "addressee_infinitive", "passive_infinitive"}
"""Rules that know where a content begins: after the addressee."""

RAISING = frozenset(("passive_infinitive",))
"""Rules whose first content is the subject that was raised out of the second."""

RATED_AS = {DIALOGUE: TURN}
"""Rules whose rate is that of another: no article of the training corpus sets its dialogue with dashes."""

NOUN = "noun_clause"
"""A noun governs the content."""

ENDING = frozenset((NOUN,))
"""Rules that know where a content ends."""

RUNNING_ON = frozenset(("object", "naming", "infinitive", "addressee_infinitive"))
"""Rules whose content the parser lets run on over commas."""

NESTING = CLAUSES | MARKED | {"parenthetical", "according_to", "noun_clause", LEARNED}
"""Rules trusted inside another statement; objects and infinitives there are mostly plain narration."""


def is_learned(found: Attribution) -> bool:
    """Whether the model found it."""
    return found.rule == LEARNED


_FAMILIES = {
    **dict.fromkeys(MARKED, "quotation"),
    **dict.fromkeys(CLAUSES, "clause"),
    **dict.fromkeys(INFINITIVES, "to_clause"),
    **{name: name for name in ("object", "naming", "noun_clause", "according_to", "parenthetical")},
    LEARNED: "model",
}


def family(rule: str) -> str:
    """The kind of construction that a rule reads."""
    return _FAMILIES.get(rule, "other_rule")
