"""The data contract, schema version 1: what a report holds.

Offsets are Python character offsets, half-open, into `Article.text`; for every span
`article.text[span.start:span.end] == span.text`. Everything is frozen: a stage that changes
something builds a new value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SCHEMA_VERSION = "1.0"
"""Major and minor version: a minor one adds keys, a major one changes or removes some."""

BlockKind = Literal[
    "headline",
    "subhead",
    "byline",
    "dateline",
    "paragraph",
    "list_item",
    "quote",
    "caption",
    "speaker_turn",
    "boilerplate",
]
EntityType = Literal[
    "PERSON",
    "ORG",
    "PLACE",
    "NORP",
    "EVENT",
    "WORK",
    "LAW",
    "PRODUCT",
    "DATE",
    "TIME",
    "MONEY",
    "PERCENT",
    "QUANTITY",
]
MentionKind = Literal["name", "nominal", "pronoun"]
QuoteType = Literal["direct", "mixed", "indirect"]
Mode = Literal["speech", "belief", "evidence"]
SpeakerType = Literal["PERSON", "ORG", "GROUP", "UNNAMED", "DOCUMENT"]
Flag = Literal[
    "negated",
    "modal",
    "question",
    "second_hand",
    "declined_comment",
    "repaired_mark",
    "uncertain_speaker",
]
ClaimantKind = Literal["author", "source"]
ClaimAttribution = Literal["none", "direct", "indirect", "mixed"]
Modality = Literal["question", "denied", "prediction", "opinion", "hedged", "attributed", "asserted"]
ClaimType = Literal[
    "event",
    "quantity",
    "comparison",
    "causal",
    "rule",
    "prediction",
    "quote",
    "position",
    "interpretation",
    "personal",
]
RelationKind = Literal["contradicts", "contrasts", "repeats"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A slice of the article's text, `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, a paragraph, a list item: sentences never cross its edges."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning: something the reader should know about the input; offsets where a place is meant."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from a file.

    Attributes:
        id: unique within a run; from the file name, with `#n` where one file holds many.
        path: the file as the user named it; `-` for standard input.
        format: `text`, `markdown`, `html`, `docx`, `odt`, `rtf`, `pdf`, `jsonl`, `csv`.
        sha256: hex digest of the file's bytes.
        encoding: the encoding that the bytes were decoded with; None where the format has none.
        text: the decoded text; CRLF and CR have become LF, nothing else has changed.
        blocks: in order, not overlapping. Empty until the structure has been found.
    """

    id: str
    text: str
    path: str = "-"
    format: str = "text"
    sha256: str = ""
    encoding: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named or referred to. `confidence` is in [0, 1]."""

    start: int
    end: int
    text: str
    kind: MentionKind = "name"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """One real person, organisation, place or other thing, with all its mentions.

    `name` is the fullest form the article gives, without title. `candidates` holds the ids of
    entities that this one may be the same as, where the evidence does not decide.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a name, or the words used for somebody who is never named."""

    name: str
    type: SpeakerType
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation or reported statement.

    Attributes:
        type: words between marks only or set as a block quotation, some between marks, or none.
        mode: said, thought, or shown by a document or figures.
        content: what is said, in text order; several spans where a cue or a paragraph cuts it.
        cue: the reporting word or phrase.
        source: the words that name the speaker where the statement is made.
        speakers: who those are, by their full names.
        parent: id of the quote that holds this one.
        confidence: that this is a quote with about this content, in [0, 1]; that the source, the cue and the
            speakers are right is not part of it.
        reasons: why it was found, in a reader's words.
    """

    id: str
    type: QuoteType
    mode: Mode
    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speakers: tuple[Speaker, ...] = ()
    flags: tuple[Flag, ...] = ()
    parent: str | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who commits to a claim: the article's author or one or more speakers."""

    kind: ClaimantKind
    speakers: tuple[Speaker, ...] = ()
    mention: Span | None = None


DATE, RANK = "date", "rank"
"""Units of a day, month or year, and of a place in an order. A noun that is counted has neither."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a date in a claim with its value and unit, where they can be read.

    Attributes:
        value: of a `DATE` a number in ISO 8601's basic format, a day, a month or a year: 20240514, 202405,
            2024; of a `RANK` the place: *third-largest* is 3, *longest* is 1.
        unit: ISO 4217 code, `%`, `percentage points`, `times`, the noun that is counted, `DATE` or `RANK`.
    """

    start: int
    end: int
    text: str
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What another claim (`claim` is its id) does to this one."""

    claim: str
    kind: RelationKind
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that can be asked: is it so? A claim is no verdict.

    Attributes:
        sentence: the sentence that holds it.
        via: names of those who pass it on, the nearest to the reader first.
        quote: id of the quote in which it is made.
        attribution: the type of that quote; `none` for the author's own claims.
        hedges: the words that weaken it.
        entities: ids of those named in it.
        verifiable: whether records could decide it, in [0, 1].
        check_worthy: how much it is worth a check, in [0, 1]; not how likely it is to be true.
        reasons: why it is worth a check, in a reader's words.
    """

    id: str
    start: int
    end: int
    text: str
    sentence: Span
    claimant: Claimant
    via: tuple[str, ...] = ()
    quote: str | None = None
    attribution: ClaimAttribution = "none"
    modality: Modality = "asserted"
    hedges: tuple[Span, ...] = ()
    types: tuple[ClaimType, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[str, ...] = ()
    verifiable: float = 0.0
    check_worthy: float = 0.0
    reasons: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """The base pipeline. `verified`: its weights have the published digests."""

    name: str
    version: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the report: the package, the base pipeline and the learned weights."""

    version: str
    pipeline: PipelineInfo
    weights: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one article."""

    article: Article
    onrecord: Provenance
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[Notice, ...] = ()
    schema_version: str = SCHEMA_VERSION
