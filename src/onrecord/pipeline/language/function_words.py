"""Closed classes that many rules ask for: finite verbs, pronouns, conjunctions, dashes and stops.

Words are in lower case. A rule whose class differs by a word takes it from here and says by which:
*PAUSES | {"("}*. Open classes, verbs and nouns chosen for what they mean, stand in the lexicons.
"""

from __future__ import annotations

FINITE_VERBS = frozenset(("VBD", "VBZ", "VBP"))
"""Tags of finite verbs without the modals."""
FINITE = FINITE_VERBS | {"MD"}
"""Tags of finite verbs and modals."""
CLAUSAL = FINITE | {"VB"}
"""Tags of the verbs of which a clause has one, bare infinitives with them: headlines have no others."""
WH_TAGS = frozenset(("WDT", "WP", "WP$", "WRB"))

MODALS = frozenset(
    (
        *("will", "would", "may", "might", "could", "should", "must", "shall", "can"),
        *("ca", "wo", "'ll", "’ll", "'d", "’d"),
    )
)
"""With the halves that the tokenizer makes of *can't*, *won't*, *she'll* and *she'd*."""

SUBJECT_RELATIVES = frozenset(("that", "which", "who"))
"""Relative pronouns that can be the subject of their clause."""
RELATIVES = SUBJECT_RELATIVES | {"whom", "whose"}
COMPLEMENTISERS = frozenset(("if", "that", "whether"))
INTERROGATIVES = frozenset(
    ("whether", "if", "what", "why", "how", "who", "when", "where", "which", "whose", "whom")
)
"""What a reported question begins with."""
CONDITIONS = frozenset(("if", "unless"))
SUBORDINATORS = frozenset(
    ("after", "as", "because", "before", "since", "though", "although", "unless", "until", "while", "once")
)
"""What begins a clause of time, reason or concession."""

THIRD_PERSONS = frozenset(("he", "she", "they"))
SUBJECT_PRONOUNS = THIRD_PERSONS | {"i", "we", "you"}
"""Personal pronouns that are subjects and stand for people."""
OBJECT_PRONOUNS = frozenset(("him", "her", "them", "me", "us"))
"""The same as objects; *you* has one form for both."""
IN_CONVERSATION = frozenset(("i", "me", "my", "we", "us", "our", "you", "your"))
"""Words for who speaks and who is spoken to: a report that has them outside marks is no report."""
REFLEXIVES = frozenset(("itself", "himself", "herself", "themselves", "myself", "yourself", "ourselves"))
DEMONSTRATIVES = frozenset(("this", "that", "these", "those"))

LONG_DASHES = frozenset(("—", "–", "--"))
DASHES = LONG_DASHES | {"-"}
PAUSES = DASHES | {","}
"""Commas and dashes, which set off what a sentence could do without."""
CLAUSE_PAUSES = LONG_DASHES | {",", ";"}
"""What parts clauses."""
BREAKS = frozenset((".", "!", "?"))
STOPS = BREAKS | {"…", "..."}
"""What ends a sentence, or breaks it off."""
