"""From parsed JSON to a report: every key, type, range and slice is checked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar, cast, get_args

from onrecord.errors import ReportError
from onrecord.schema import (
    SCHEMA_VERSION,
    Article,
    Block,
    BlockKind,
    Claim,
    Claimant,
    ClaimantKind,
    ClaimAttribution,
    ClaimType,
    Entity,
    EntityType,
    Flag,
    Mention,
    MentionKind,
    Modality,
    Mode,
    Notice,
    PipelineInfo,
    Provenance,
    Quantity,
    Quote,
    QuoteType,
    Relation,
    RelationKind,
    Report,
    Span,
    Speaker,
    SpeakerType,
)

_T = TypeVar("_T")


def report_from_dict(value: object) -> Report:
    """The report that `report_to_dict` wrote; keys that a later minor version added are passed over.

    Raises:
        ReportError: a key is missing, a value has the wrong type or range, or a span is not the
            slice of the text that it claims to be. `thing` names the place, as `quotes[3].cue`.
    """
    root = _Node(value, "", "")
    version = root.string("schema_version")
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        problem = f"schema version {version} is not readable here (this is version {SCHEMA_VERSION})"
        raise ReportError("report", problem, "install a newer version of onrecord")
    article = _read_article(root.child("article"))
    root = _Node(value, "", article.text)
    return Report(
        article=article,
        onrecord=_read_provenance(root.child("onrecord")),
        entities=tuple(_read_entity(n) for n in root.children("entities")),
        quotes=tuple(_read_quote(n) for n in root.children("quotes")),
        claims=tuple(_read_claim(n) for n in root.children("claims")),
        warnings=tuple(_read_notice(n) for n in root.children("warnings")),
        schema_version=version,
    )


def _read_provenance(node: _Node) -> Provenance:
    pipeline = node.child("pipeline")
    weights = node.child("weights")
    return Provenance(
        node.string("version"),
        PipelineInfo(pipeline.string("name"), pipeline.string("version"), pipeline.boolean("verified")),
        {name: weights.string(name) for name in weights.value},
    )


def _read_article(node: _Node) -> Article:
    text = node.string("text")
    blocks = _Node(node.value, node.where, text).children("blocks")
    return Article(
        id=node.string("id"),
        text=text,
        path=node.string("path"),
        format=node.string("format"),
        sha256=node.string("sha256"),
        encoding=node.optional_string("encoding"),
        title=node.optional_string("title"),
        byline=node.strings("byline"),
        published=node.optional_string("published"),
        outlet=node.optional_string("outlet"),
        url=node.optional_string("url"),
        language=node.string("language"),
        blocks=tuple(Block(cast(BlockKind, b.choice("kind", BlockKind)), *b.range()) for b in blocks),
    )


def _read_speaker(node: _Node) -> Speaker:
    kind = cast(SpeakerType, node.choice("type", SpeakerType))
    return Speaker(node.string("name"), kind, node.optional_string("entity"))


def _read_entity(node: _Node) -> Entity:
    return Entity(
        id=node.code("e"),
        type=cast(EntityType, node.choice("type", EntityType)),
        name=node.string("name"),
        aliases=node.strings("aliases"),
        roles=tuple(r.span() for r in node.children("roles")),
        mentions=tuple(
            Mention(*m.slice(), cast(MentionKind, m.choice("kind", MentionKind)), m.score("confidence"))
            for m in node.children("mentions")
        ),
        candidates=node.strings("candidates"),
    )


def _read_quote(node: _Node) -> Quote:
    return Quote(
        id=node.code("q"),
        type=cast(QuoteType, node.choice("type", QuoteType)),
        mode=cast(Mode, node.choice("mode", Mode)),
        content=tuple(s.span() for s in node.children("content", least=1)),
        cue=node.optional_span("cue"),
        source=node.optional_span("source"),
        speakers=tuple(_read_speaker(s) for s in node.children("speakers")),
        flags=tuple(cast(Flag, f) for f in node.choices("flags", Flag)),
        parent=node.optional_string("parent"),
        confidence=node.score("confidence"),
        reasons=node.strings("reasons"),
    )


def _read_claim(node: _Node) -> Claim:
    claimant = node.child("claimant")
    sentence = node.child("sentence").range()
    return Claim(
        node.code("c"),
        *node.slice(),
        sentence=Span(*sentence, node.text[sentence[0] : sentence[1]]),
        claimant=Claimant(
            cast(ClaimantKind, claimant.choice("kind", ClaimantKind)),
            tuple(_read_speaker(s) for s in claimant.children("speakers")),
            claimant.optional_span("mention"),
        ),
        via=node.strings("via"),
        quote=node.optional_string("quote"),
        attribution=cast(ClaimAttribution, node.choice("attribution", ClaimAttribution)),
        modality=cast(Modality, node.choice("modality", Modality)),
        hedges=tuple(h.span() for h in node.children("hedges")),
        types=tuple(cast(ClaimType, t) for t in node.choices("types", ClaimType)),
        quantities=tuple(
            Quantity(*x.slice(), x.optional_number("value"), x.optional_string("unit"))
            for x in node.children("quantities")
        ),
        entities=node.strings("entities"),
        verifiable=node.score("verifiable"),
        check_worthy=node.score("check_worthy"),
        reasons=node.strings("reasons"),
        relations=tuple(
            Relation(
                r.string("claim"), cast(RelationKind, r.choice("kind", RelationKind)), r.strings("reasons")
            )
            for r in node.children("relations")
        ),
    )


def _read_notice(node: _Node) -> Notice:
    start, end = node.optional_offset("start"), node.optional_offset("end")
    return Notice(node.string("code"), node.string("message"), start, end)


class _Node:
    """A JSON object on its way in: each getter checks one key and names the place when it fails."""

    def __init__(self, value: object, where: str, text: str) -> None:
        self.where = where
        self.text = text
        if not isinstance(value, Mapping):
            raise ReportError(where or "report", f"is {_name(value)}, not an object")
        self.value: Mapping[str, object] = value

    def _at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _get(self, key: str, kind: type[_T] | tuple[type[_T], ...], wanted: str) -> _T:
        if key not in self.value:
            raise ReportError(self._at(key), "is missing")
        value = self.value[key]
        # JSON's true and false are integers to Python, but not to the contract.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ReportError(self._at(key), f"is {_name(value)}, not {wanted}")
        return value

    def _is_null(self, key: str) -> bool:
        return key in self.value and self.value[key] is None

    def string(self, key: str) -> str:
        return self._get(key, str, "a string")

    def optional_string(self, key: str) -> str | None:
        return None if self._is_null(key) else self.string(key)

    def code(self, letter: str) -> str:
        """An id: the letter and a number."""
        name = self.string("id")
        if not re.fullmatch(rf"{letter}[0-9]+", name):
            raise ReportError(self._at("id"), f"is {name!r}, not {letter} and a number")
        return name

    def boolean(self, key: str) -> bool:
        return self._get(key, bool, "true or false")

    def number(self, key: str) -> float:
        number = self._get(key, (int, float), "a number")
        try:
            value = float(number)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            raise ReportError(self._at(key), "is not a finite number")
        return value

    def optional_number(self, key: str) -> float | None:
        return None if self._is_null(key) else self.number(key)

    def score(self, key: str) -> float:
        score = self.number(key)
        if not 0.0 <= score <= 1.0:
            raise ReportError(self._at(key), f"is {score}, not between 0 and 1")
        return score

    def offset(self, key: str) -> int:
        offset = self._get(key, int, "a whole number")
        if not 0 <= offset <= len(self.text):
            raise ReportError(self._at(key), f"is {offset}, outside the text of {len(self.text)} characters")
        return offset

    def optional_offset(self, key: str) -> int | None:
        return None if self._is_null(key) else self.offset(key)

    def range(self) -> tuple[int, int]:
        start, end = self.offset("start"), self.offset("end")
        if start > end:
            raise ReportError(self._at("start"), f"is {start}, after the end {end}")
        return start, end

    def slice(self) -> tuple[int, int, str]:
        start, end = self.range()
        text = self.string("text")
        if self.text[start:end] != text:
            raise ReportError(self._at("text"), f"is not the article's text from {start} to {end}")
        return start, end, text

    def span(self) -> Span:
        return Span(*self.slice())

    def child(self, key: str) -> _Node:
        return _Node(self._get(key, Mapping, "an object"), self._at(key), self.text)

    def optional_span(self, key: str) -> Span | None:
        return None if self._is_null(key) else self.child(key).span()

    def children(self, key: str, *, least: int = 0) -> Iterator[_Node]:
        values = self._get(key, list, "a list")
        if len(values) < least:
            raise ReportError(self._at(key), "is empty")
        return (_Node(v, f"{self._at(key)}[{i}]", self.text) for i, v in enumerate(values))

    def strings(self, key: str) -> tuple[str, ...]:
        values = self._get(key, list, "a list")
        for i, value in enumerate(values):
            if not isinstance(value, str):
                raise ReportError(f"{self._at(key)}[{i}]", f"is {_name(value)}, not a string")
        return tuple(values)

    def choice(self, key: str, literal: object) -> str:
        return _one_of(self.string(key), get_args(literal), self._at(key))

    def choices(self, key: str, literal: object) -> tuple[str, ...]:
        return tuple(_one_of(v, get_args(literal), self._at(key)) for v in self.strings(key))


def _one_of(value: str, allowed: Sequence[str], where: str) -> str:
    if value not in allowed:
        raise ReportError(where, f"is {value!r}, not one of {', '.join(allowed)}")
    return value


def _name(value: object) -> str:
    names = {type(None): "null", bool: "true or false", str: "a string", list: "a list"}
    return names.get(type(value), "a number" if isinstance(value, int | float) else "an object")
