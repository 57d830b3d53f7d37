"""What the components hand to one another: frozen records kept in `doc.spans` groups.

Offsets in records are token offsets, half-open. Records are written as span groups linked by
span id, with what is no span in the group's `attrs`: two spans with equal bounds would share
their `._` attributes, groups do not. Each kind of record has one getter and one setter; setters
replace what was there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, Literal, cast

from spacy.tokens import Doc, Span, SpanGroup, Token

from onrecord.schema import (
    Block,
    BlockKind,
    EntityType,
    Flag,
    MentionKind,
    Mode,
    Notice,
    QuoteType,
    Speaker,
)
from onrecord.schema import Span as TextSpan

Range = tuple[int, int]
MarkRole = Literal["quote", "scare", "title", "other"]

BLOCKS = "onrecord_blocks"
MARKS = "onrecord_marks"
MENTIONS = "onrecord_mentions"
ROLES = "onrecord_roles"
LINKS = "onrecord_links"
CONTENTS = "onrecord_contents"
CUES = "onrecord_cues"
SOURCES = "onrecord_sources"
NOTICES = "onrecord_notices"


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A block in tokens."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch between quotation marks, marks included.

    Attributes:
        depth: 0 for outermost, 1 for a quotation inside one.
        style: the opening mark as written.
        closed: False for a paragraph that opens marks which only a later paragraph closes.
        repaired: the closing mark was missing and its place was inferred.
        continues: this span goes on with the quotation of the paragraph before.
        role: what the marks are for; only `quote` is a quotation.
    """

    start: int
    end: int
    depth: int = 0
    style: str = '"'
    closed: bool = True
    repaired: bool = False
    continues: bool = False
    role: MarkRole = "quote"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation or reported statement.

    `parent` is the index, in the doc's list of attributions, of the one that holds this one.
    `rule` names the rule or model that found it.
    """

    contents: tuple[Range, ...]
    cue: Range | None = None
    source: Range | None = None
    type: QuoteType = "indirect"
    mode: Mode = "speech"
    speakers: tuple[Speaker, ...] = ()
    flags: tuple[Flag, ...] = ()
    parent: int | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    rule: str = ""

    @property
    def start(self) -> int:
        """First token of the content."""
        return self.contents[0][0]

    @property
    def end(self) -> int:
        """Token after the last of the content."""
        return self.contents[-1][1]


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """One mention of an entity. `reason` says why it was linked to the entity."""

    start: int
    end: int
    kind: MentionKind = "name"
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One entity with its mentions in text order.

    `candidates` are ids of entities that this one may be the same as. `reasons` holds one line a
    merge, for `explain`.
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[MentionRecord, ...]
    aliases: tuple[str, ...] = ()
    roles: tuple[Range, ...] = ()
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """What a pronoun or description refers to.

    Attributes:
        entities: ids of the entities; several for a plural, none if `phrase` or nothing is known.
        phrase: tokens of the description of somebody who is never named.
        confidence: in [0, 1].
        reason: why, for `explain`.
    """

    start: int
    end: int
    kind: MentionKind
    entities: tuple[str, ...] = ()
    phrase: Range | None = None
    confidence: float = 0.0
    reason: str = ""


def _write(doc: Doc, key: str, rows: Iterable[tuple[Range, str, str]], records: Sequence[Any] = ()) -> None:
    spans = [Span(doc, start, end, label=label, span_id=name) for (start, end), label, name in rows]
    doc.spans[key] = SpanGroup(doc, name=key, attrs={"records": list(records)}, spans=spans)


def _records(doc: Doc, key: str) -> list[dict[str, Any]]:
    return list(doc.spans[key].attrs.get("records", ())) if key in doc.spans else []


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cast(Any, kind)))


def plain(record: Any, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """A record as a dict, as `asdict` makes it; the values are immutable, so none is copied."""
    row = {
        name: getattr(record, name) for name in _names(cast(Hashable, type(record))) if name not in without
    }
    for name, value in row.items():
        kind = cast(Hashable, type(value))
        if kind is tuple:
            if value and _is_record(cast(Hashable, type(value[0]))):
                row[name] = tuple([plain(part) for part in value])
        elif _is_record(kind):
            row[name] = plain(value)
    return row


@cache
def _is_record(kind: Hashable) -> bool:
    return is_dataclass(kind)


GROUPS_REMEMBERED = 8
"""Span groups of a kind whose records are kept in readable form: what one document has, a few times over."""


def set_blocks(doc: Doc, blocks: Sequence[BlockRecord]) -> None:
    """Store the blocks."""
    _write(doc, BLOCKS, (((b.start, b.end), b.kind, f"b{i}") for i, b in enumerate(blocks)))


def get_blocks(doc: Doc) -> tuple[BlockRecord, ...]:
    """The blocks in text order; one paragraph over the whole doc where none were found."""
    if BLOCKS not in doc.spans:
        return (BlockRecord(0, len(doc), "paragraph"),) if len(doc) else ()
    return _read_blocks(doc.spans[BLOCKS])


@lru_cache(maxsize=GROUPS_REMEMBERED)
def _read_blocks(group: Any) -> tuple[BlockRecord, ...]:
    # Setters make new groups, so that a group's records never change.
    return tuple(BlockRecord(s.start, s.end, s.label_) for s in group)


def char_blocks(doc: Doc) -> tuple[Block, ...]:
    """The blocks in character offsets."""
    return tuple(
        Block(b.kind, doc[b.start].idx, doc[b.end - 1].idx + len(doc[b.end - 1])) for b in get_blocks(doc)
    )


def set_marks(doc: Doc, marks: Sequence[MarkedSpan]) -> None:
    """Store the quotation marks' spans."""
    rows = (((m.start, m.end), m.role, f"m{i}") for i, m in enumerate(marks))
    _write(doc, MARKS, rows, [plain(m) for m in marks])


def get_marks(doc: Doc) -> tuple[MarkedSpan, ...]:
    """The quotation marks' spans in text order."""
    return _read_marks(doc.spans[MARKS]) if MARKS in doc.spans else ()


@lru_cache(maxsize=GROUPS_REMEMBERED)
def _read_marks(group: SpanGroup) -> tuple[MarkedSpan, ...]:
    return tuple(MarkedSpan(**r) for r in group.attrs.get("records", ()))


def set_attributions(doc: Doc, attributions: Sequence[Attribution]) -> None:
    """Store the attributions: contents, cue and source of number i carry the span id `q<i+1>`."""
    contents, cues, sources, records = [], [], [], []
    for i, a in enumerate(attributions):
        name = f"q{i + 1}"
        contents += [(r, a.type, name) for r in a.contents]
        if a.cue:
            cues.append((a.cue, a.mode, name))
        if a.source:
            sources.append((a.source, "source", name))
        records.append(plain(a, without=("contents", "cue", "source")))
    _write(doc, CONTENTS, contents, records)
    _write(doc, CUES, cues)
    _write(doc, SOURCES, sources)


def get_attributions(doc: Doc) -> tuple[Attribution, ...]:
    """The attributions in the order they were stored."""
    if CONTENTS not in doc.spans:
        return ()
    return _read_attributions(doc.spans[CONTENTS], doc.spans[CUES], doc.spans[SOURCES])


@lru_cache(maxsize=GROUPS_REMEMBERED)
def _read_attributions(content: Any, cue: Any, source: Any) -> tuple[Attribution, ...]:
    contents: dict[str, list[Range]] = {}
    for s in content:
        contents.setdefault(s.id_, []).append((s.start, s.end))
    cues = {s.id_: (s.start, s.end) for s in cue}
    sources = {s.id_: (s.start, s.end) for s in source}
    out = []
    for i, record in enumerate(content.attrs.get("records", ())):
        name = f"q{i + 1}"
        record = dict(record)
        record["speakers"] = tuple(Speaker(**s) for s in record["speakers"])
        for key in ("flags", "reasons"):
            record[key] = tuple(record[key])
        out.append(
            Attribution(
                contents=tuple(contents[name]), cue=cues.get(name), source=sources.get(name), **record
            )
        )
    return tuple(out)


def set_entities(doc: Doc, entities: Sequence[EntityRecord]) -> None:
    """Store entities: mentions and roles carry the entity's id as span id."""
    mentions, roles, records = [], [], []
    for e in entities:
        mentions += [((m.start, m.end), e.type, e.id) for m in e.mentions]
        roles += [(r, e.type, e.id) for r in e.roles]
        records.append(plain(e, without=("roles",)))
    _write(doc, MENTIONS, mentions, records)
    _write(doc, ROLES, roles)


def get_entities(doc: Doc) -> tuple[EntityRecord, ...]:
    """The entities in the order they were stored."""
    if MENTIONS not in doc.spans:
        return ()
    return _read_entities(doc.spans[MENTIONS], doc.spans.get(ROLES))


@lru_cache(maxsize=GROUPS_REMEMBERED)
def _read_entities(mentions: Any, named_roles: Any) -> tuple[EntityRecord, ...]:
    roles: dict[str, list[Range]] = {}
    for s in named_roles or ():
        roles.setdefault(s.id_, []).append((s.start, s.end))
    out = []
    for record in mentions.attrs.get("records", ()):
        record = dict(record)
        record["mentions"] = tuple(MentionRecord(**m) for m in record["mentions"])
        for key in ("aliases", "candidates", "reasons"):
            record[key] = tuple(record[key])
        out.append(EntityRecord(roles=tuple(roles.get(record["id"], ())), **record))
    return tuple(out)


def set_links(doc: Doc, links: Sequence[LinkRecord]) -> None:
    """Store what pronouns and descriptions refer to."""
    rows = (((k.start, k.end), k.kind, f"r{i + 1}") for i, k in enumerate(links))
    _write(doc, LINKS, rows, [plain(k) for k in links])


def get_links(doc: Doc) -> list[LinkRecord]:
    """What pronouns and descriptions refer to, in text order."""
    out = []
    for record in _records(doc, LINKS):
        record = dict(record)
        record["entities"] = tuple(record["entities"])
        record["phrase"] = tuple(record["phrase"]) if record["phrase"] else None
        out.append(LinkRecord(**record))
    return out


def add_notice(doc: Doc, notice: Notice) -> None:
    """Add a warning about the input; character offsets."""
    doc.user_data.setdefault(NOTICES, []).append(asdict(notice))


def get_notices(doc: Doc) -> tuple[Notice, ...]:
    """The warnings about the input, in the order they were added."""
    return tuple(Notice(**n) for n in doc.user_data.get(NOTICES, ()))


def char_range(doc: Doc, span: Range) -> Range:
    """The character offsets of a token range."""
    last = doc[span[1] - 1]
    return doc[span[0]].idx, last.idx + len(last)


def text_span(doc: Doc, tokens: Range) -> TextSpan:
    """A token range as a slice of the text."""
    start, end = char_range(doc, tokens)
    return TextSpan(start, end, text_of(doc, tokens))


def text_of(doc: Doc, tokens: Range) -> str:
    """The text of a token range."""
    # doc.text joins all tokens anew at every access; a span joins its own.
    start, end = tokens
    return doc[start].text if end == start + 1 else Span(doc, start, end).text


def root_of(doc: Doc, tokens: Range) -> Token:
    """The token that governs the others of a range; most have one token alone."""
    start, end = tokens
    return doc[start] if end == start + 1 else Span(doc, start, end).root
