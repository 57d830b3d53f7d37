"""Labels of names: OntoNotes', as recognizers write them, and the kinds of the data contract."""

from __future__ import annotations

KIND_OF_LABEL = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "WORK_OF_ART": "WORK",
    "LAW": "LAW",
    "PRODUCT": "PRODUCT",
}
"""OntoNotes labels of the base pipeline, as the data contract calls them."""

KINDS = tuple(dict.fromkeys(KIND_OF_LABEL.values()))
"""Every kind once; of two with equal votes the earlier one is taken."""
