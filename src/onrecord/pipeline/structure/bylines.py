"""Bylines: who wrote an article."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.phrases import alternatives, words
from onrecord.pipeline.structure.datelines import DATE, PLACE, REGION, TIME

__all__ = ["authors_of", "byline_names", "has_byline_lead", "is_author_line", "is_byline"]

NAME = r"(?:(?:[a-z]{1,4}[-’'])?[A-ZÀ-ÖØ-Þ][\w'’-]+|(?:[A-ZÀ-ÖØ-Þ]\.){1,3}|[A-Z][a-z]{1,2}\.|[A-ZÀ-ÖØ-Þ]\b)"
_EMAIL = r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+)"


@cache
def _byline_pattern() -> re.Pattern[str]:
    table = load_lexicon("structure")["bylines"]
    particles = alternatives(table["name_particles"])
    name = rf"{NAME}(?:\s+(?:(?:{particles})\s+){{0,2}}{NAME}){{1,4}}"
    names = rf"(?:{name})(?:\s*(?:,|&|;|\band\b|,\s*and\b)\s*(?:{name}))*"
    roles = alternatives(table["roles"])
    role = rf"(?:[\w’'.&-]+\s+){{0,5}}(?i:{roles})(?:\s+(?:for|at|of|in)\s+[\w .’'&-]{{2,40}})?"
    place = rf"(?:in|at|from)\s+(?:the\s+)?{PLACE}(?:\s+and\s+{PLACE})?{REGION}?"
    outlet = rf"(?:for|of|at)\s+(?:the\s+)?{PLACE}|(?:The\s+)?{PLACE}"
    date = rf"(?:(?:Published|Updated|Posted)(?:\s+on)?:?\s+)?(?:{DATE}|{TIME})"
    joint = r"\s*(?:[,|/·•;–—-]|\s)\s*"
    special = r"(?i:special\s+(?:to|for)|and\s+agencies\b|and\s+staff\b)(?:\s+[\w .’'&-]{2,40})?"
    tail = rf"(?:{joint}(?:{special}|{role}|{place}|{_EMAIL}|\(?{_EMAIL}\)?|{date}|{outlet}))*"
    leads = alternatives(table["leads"])
    desks = alternatives(table["desks"]) + r"|the\s.{2,40}\s(?:desk|team|staff|editors|newsroom)"
    with_lead = rf"(?i:{leads}):?\s+(?:(?P<names>{names})|(?i:(?:the\s+)?(?:{desks})))(?P<tail>{tail})"
    short = rf"{NAME}(?:\s+(?:(?:{particles})\s+){{0,2}}{NAME}){{1,2}}"
    bare = (
        rf"(?!(?i:{alternatives(table['not_first'])})\s)(?P<bare>{short}(?:\s*(?:,|&|\band\b)\s*{short})*)"
        rf"(?:(?:,\s*|\s+){place}|(?:,\s*|\s+[|–—-]\s+){role}|\s*[,|]?\s*\(?{_EMAIL}\)?)"
        rf"(?:{joint}(?:{role}|{place}|\(?{_EMAIL}\)?|{date}))*"
    )
    return re.compile(rf"(?:{with_lead}\s*[.;]?|{bare})")


def is_byline(line: str) -> bool:
    """Whether the whole line names who wrote: *By Amara Obi in Enugu*, *Jon Doe, staff writer*."""
    if len(line) > 200:
        return False
    return _byline_pattern().fullmatch(line) is not None or _sign_off().fullmatch(line) is not None


@cache
def _sign_off() -> re.Pattern[str]:
    """The agency form at the end: *(Reporting by A in B; Editing by C)*."""
    leads = alternatives(lead for lead in words("bylines", "leads") if "by" in lead.split() and lead != "by")
    return re.compile(rf"[(\[](?i:{leads})\s[^()\[\]]{{2,180}}[)\]]\.?|(?i:{leads})\s+{NAME}[^()]{{2,180}}")


def byline_names(line: str) -> tuple[str, ...]:
    """The authors that a byline names, in order, without titles, places and addresses."""
    match = _byline_pattern().fullmatch(line)
    if match is None:
        return ()
    return _split_names(match.group("names") or match.group("bare") or "")


def _split_names(names: str) -> tuple[str, ...]:
    pieces = (piece.strip() for piece in re.split(r",|&|;|\band\b", names))
    return tuple(piece for piece in pieces if piece and not _is_office(piece))


@cache
def _offices() -> tuple[frozenset[str], re.Pattern[str]]:
    bylines = load_lexicon("structure")["bylines"]
    wholes = frozenset([*bylines["desks"], *words("captions", "agencies")])
    return wholes, re.compile(rf".*\b(?:{alternatives(bylines['roles'])})", re.I)


def _is_office(name: str) -> bool:
    """Whether a name in a byline is a role, a desk or an agency rather than a person."""
    wholes, role = _offices()
    return name.lower() in wholes or role.fullmatch(name) is not None


def has_byline_lead(line: str) -> bool:
    """Whether a byline begins with *By* or a word like it, rather than with the name."""
    match = _byline_pattern().fullmatch(line)
    return match is None or match.group("bare") is None


@cache
def _author_line() -> re.Pattern[str]:
    table = load_lexicon("structure")["bylines"]
    particles, roles = alternatives(table["name_particles"]), alternatives(table["roles"])
    name = rf"{NAME}(?:\s+(?:(?:{particles})\s+){{0,2}}{NAME}){{1,2}}"
    names = rf"{name}(?:(?:,|\s+and|,\s+and|\s+&)\s+{name})*"
    desk = rf"(?:From\s+)?(?:(?:Our|The|A|An)\s+)?(?:[\w’'-]+\s+){{0,3}}(?i:{roles})s?"
    return re.compile(
        rf"(?P<bare>{names})(?:,\s+[\w’'-]+(?:\s+[\w’'-]+){{0,3}}|\s+(?:writes|reports|reporting)\s+(?:from|in)\s+.{{2,40}})?"
        rf"|(?:[\w’'-]+\s+){{0,3}}(?i:{roles}):?\s+(?P<named>{names})|{desk}"
    )


def is_author_line(line: str) -> bool:
    """Whether a line directly below a headline names the author without *By*: *Jane Doe, Leeds*.

    Elsewhere such a line may be anything; its place decides.
    """
    match = _author_line().fullmatch(line)
    if match is None:
        return False
    name = match.group("bare") or match.group("named") or ""
    return not name.isupper() or (len(name.split()) > 1 and "," not in line)


def author_names(line: str) -> tuple[str, ...]:
    """The authors that a line below a headline names."""
    match = _author_line().fullmatch(line)
    return _split_names((match.group("bare") or match.group("named") or "") if match else "")


def authors_of(line: str) -> tuple[str, ...]:
    """The authors that a line of kind `byline` names, with *By* or without it."""
    return byline_names(line) or author_names(line)
