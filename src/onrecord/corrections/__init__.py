"""Corrections that last: merge, split, rename, retype, ignore, speakers, aliases.

A reporter writes them once, in `onrecord.toml` or a CSV file beside the articles; every later run
honours them. Needs the data contract only.
"""

from onrecord.corrections.applying import Corrected, apply_corrections
from onrecord.corrections.reading import (
    ACTIONS,
    FILE_NAME,
    Correction,
    find_corrections,
    parse_csv,
    parse_toml,
    read_corrections,
)
from onrecord.corrections.template import starting_file

__all__ = [
    "ACTIONS",
    "FILE_NAME",
    "Corrected",
    "Correction",
    "apply_corrections",
    "find_corrections",
    "parse_csv",
    "parse_toml",
    "read_corrections",
    "starting_file",
]
