"""The exceptions that onrecord raises. Each message names the thing and the remedy."""

from __future__ import annotations

__all__ = [
    "FAULT",
    "CorrectionsError",
    "FaultError",
    "InputError",
    "LexiconError",
    "ModelError",
    "OnrecordError",
    "OutputError",
    "ReportError",
    "UsageError",
]


FAULT = "this is a fault of onrecord: add --debug and report what it says"
"""What to do where onrecord itself failed."""


class OnrecordError(Exception):
    """Base of every error that onrecord raises on purpose.

    Attributes:
        thing: what the error is about, a path or a name; may be empty.
        problem: what is wrong, lower case, no full stop.
        remedy: what to do or type next; may be empty.
    """

    def __init__(self, thing: str, problem: str, remedy: str = "") -> None:
        self.thing = thing
        self.problem = problem
        self.remedy = remedy
        message = f"{thing}: {problem}" if thing else problem
        super().__init__(f"{message}; {remedy}" if remedy else message)


class UsageError(OnrecordError):
    """The command line asks for something that does not exist or does not fit together."""


class InputError(OnrecordError):
    """A file cannot be read as an article."""


class FaultError(InputError):
    """onrecord itself failed at a file, as nobody foresaw; what was raised is the cause.

    Args:
        thing: the file.
        problem: what could not be done.
        error: what was raised.
    """

    def __init__(self, thing: str, problem: str, error: Exception) -> None:
        super().__init__(thing, f"{problem} ({type(error).__name__}: {error})", FAULT)


class OutputError(OnrecordError):
    """A report cannot be written where it was asked for."""


class ModelError(OnrecordError):
    """A pipeline or weights cannot be loaded."""


class LexiconError(OnrecordError):
    """A lexicon file is malformed."""


class ReportError(OnrecordError):
    """A stored report does not follow the data contract."""


class CorrectionsError(OnrecordError):
    """A corrections file is malformed; `thing` holds the path and the line."""
