"""What an office file tells of itself besides its text: its authors and the day when it was made."""

from __future__ import annotations

__all__ = ["authors_of_file", "day_of_file"]

_NOBODY = (
    "microsoft office user",
    "user",
    "author",
    "admin",
    "administrator",
    "python-docx",
    "unknown",
)
"""What programs write where nobody has given a name."""

_TEMPLATE = "2013-12-23T23:15:00"
"""When the template of python-docx was made; every file made from it says so."""


def authors_of_file(value: str) -> tuple[str, ...]:
    """The people in a file's author field."""
    names = (name.strip() for name in value.split(";"))
    return tuple(name for name in names if name and name.lower() not in _NOBODY)


def day_of_file(value: str) -> str | None:
    """When a file says that it was made; None if it does not, or only names its template's day."""
    return None if not value or value.startswith(_TEMPLATE) else value
