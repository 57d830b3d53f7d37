"""The component that finds entities by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from onrecord.pipeline.annotations import (
    EntityRecord,
    MentionRecord,
    Range,
    get_blocks,
    get_marks,
    set_entities,
)
from onrecord.pipeline.names.aliases import join_aliases
from onrecord.pipeline.names.grouping import group_people
from onrecord.pipeline.names.grouping_records import Group, NamedMention
from onrecord.pipeline.names.grouping_things import group_things
from onrecord.pipeline.names.match import (
    headline_first,
    known_names,
    match_names,
    supported,
    without_subheads,
)
from onrecord.pipeline.names.roles import head_of
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.spans import VALUE_LABELS, find_name_spans
from onrecord.pipeline.names.types import decide_types
from onrecord.pipeline.names.words import (
    DETERMINERS,
    Words,
    drop_words,
    kept_words,
    org_words,
    person_words,
)
from onrecord.pipeline.structure.bylines import authors_of

SHORTEST_YEAR = 4
"""Digits."""

FIRST_PERSON = frozenset(("i", "me", "my", "myself"))

MAX_CREDIT = 7
"""Tokens of an agency's name behind a photographer's, with its marks and the end of the line."""

LETTER_AND_STOP = 2
"""Letters of a name of one letter with the stop behind it, which the tokenizer leaves at it: *on X.*"""

MAX_ROLES = 6
"""Roles kept of one entity; an article that names more repeats itself."""


class Names:
    """Writes the entities that a document names: repaired, typed and grouped."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities and store them in the doc."""
        set_entities(doc, predict_entities(doc))
        return doc


def predict_entities(doc: Doc) -> list[EntityRecord]:
    """The entities that a document names, in the order of their first mention."""
    if not len(doc):
        return []
    drop_words(doc)
    words = kept_words(doc)
    typed = find_typed_spans(words)
    groups = group_people(words, [s for s, kind in typed if kind == "PERSON"])
    groups += group_things(words, [(s, kind) for s, kind in typed if kind != "PERSON"])
    join_aliases(words, groups, complete=True)
    groups += _values(words, [s for s, _ in typed])
    groups.sort(key=lambda g: g.start)
    return list(_records(words, groups))


def find_typed_spans(words: Words) -> list[tuple[NameSpan, str]]:
    """All names with their types, in text order."""
    spans = _outside_furniture(words, find_name_spans(words))
    known = known_names(words, spans)
    spans = supported(words, headline_first(words, spans, known))
    spans = sorted([*spans, *match_names(words, spans, known)], key=lambda s: s.start)
    spans = without_subheads(words, spans)
    types = decide_types(words, spans)
    typed = []
    for span in spans:
        kind = types.get(words.key(span.start, span.end), "")
        if kind:
            typed.append((span, kind))
    return typed


def _outside_furniture(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans without those of names that only a byline, a credit or furniture of the site has.

    Who wrote an article stands with the article itself and is nobody in the story, but for an *I*.
    """
    furniture = [b for b in get_blocks(words.doc) if b.kind == "boilerplate"]
    inside = {i for b in furniture for i in range(b.start, b.end)}
    inside |= set() if _is_told_by_author(words) else _authors(words)
    inside |= {s.start for s in spans if _is_credited(words, s)}
    if not inside:
        return list(spans)
    told = {words.key(s.start, s.end) for s in spans if s.start not in inside}
    return [s for s in spans if s.start not in inside or words.key(s.start, s.end) in told]


def _authors(words: Words) -> set[int]:
    """The tokens of the people's names in the bylines, not of a paper's."""
    found: set[int] = set()
    doc, orgs = words.doc, org_words()
    for block in get_blocks(doc):
        if block.kind != "byline":
            continue
        line = doc[block.start : block.end].text
        for name in authors_of(line.strip()):
            begin = doc[block.start].idx + line.find(name)
            span = doc.char_span(begin, begin + len(name), alignment_mode="expand")
            if span is not None and words.low[span.end - 1] not in orgs.suffixes:
                found |= set(range(span.start, span.end))
    return found


def _is_told_by_author(words: Words) -> bool:
    """Whether the author says *I* outside quotations, as in a column."""
    quoted = {i for m in get_marks(words.doc) for i in range(m.start, m.end)}
    return any(t.lower_ in FIRST_PERSON and t.i not in quoted for t in words.doc if t.tag_ in ("PRP", "PRP$"))


def _is_credited(words: Words, span: NameSpan) -> bool:
    """Whether a line is nothing but a credit for a photograph: *NAME via Getty Images*, *NAME/Reuters*."""
    line, n = words.line[span.start], len(words)
    opens = span.start == 0 or words.line[span.start - 1] != line
    if span.label != "PERSON" or not opens or words.low[span.end : span.end + 1] not in (["via"], ["/"]):
        return False
    end = next((i for i in range(span.end, n) if words.line[i] != line), n)
    return end - span.end <= MAX_CREDIT and not any(t.pos_ == "VERB" for t in words.doc[span.end : end])


def _values(words: Words, taken: Iterable[NameSpan]) -> list[Group]:
    """Dates, times, sums, shares and measures, one group a wording."""
    covered = {i for s in taken for i in range(s.start, s.end)}
    groups: dict[tuple[str, str], Group] = {}
    for ent in words.doc.ents:
        kind = VALUE_LABELS.get(ent.label_)
        if kind is None:
            continue
        start, end = ent.start, next((i for i in range(ent.start, ent.end) if words.breaks[i]), ent.end)
        if kind == "MONEY" and start and words.doc[start - 1].is_currency:
            start -= not words.doc[start - 1].whitespace_
        if start == end or covered.intersection(range(start, end)) or _is_age(words, start, end):
            continue
        mention = group_things(words, [(NameSpan(start, end, kind), kind)])[0].mentions[0]
        groups.setdefault((kind, words.key(start, end)), Group(kind)).mentions.append(mention)
    return list(groups.values())


def _is_age(words: Words, start: int, end: int) -> bool:
    """*Ann Moss, 61, a baker*: a bare number, taken for a date."""
    bare = end == start + 1 and words.text[start].isdigit() and len(words.text[start]) < SHORTEST_YEAR
    return bare and start > 1 and words.text[start - 1] == "," and words.capital[start - 2]


def _records(words: Words, groups: Sequence[Group]) -> Iterator[EntityRecord]:
    ids = {id(g): f"e{i + 1}" for i, g in enumerate(groups)}
    for g in groups:
        name, aliases = name_forms(words, g)
        yield EntityRecord(
            id=ids[id(g)],
            type=g.type,  # type: ignore[arg-type]
            name=name,
            mentions=tuple(
                MentionRecord(m.span.start, m.span.end, "name", m.confidence, m.reason) for m in g.mentions
            ),
            aliases=tuple(aliases),
            roles=tuple(_roles(words, g.mentions)),
            candidates=tuple(sorted((ids[id(r)] for r in g.rivals), key=lambda e: int(e[1:]))),
            reasons=tuple(dict.fromkeys(g.reasons)),
        )


def _roles(words: Words, mentions: Iterable[NamedMention]) -> list[Range]:
    """The descriptions of somebody, each wording once, the most telling first."""
    seen: dict[str, Range] = {}
    for m in mentions:
        for r in m.roles:
            seen.setdefault(words.key(*r), r)
    ordered = sorted(seen.values(), key=lambda r: _standing(words, r))
    kept = [r for r in ordered if not any(_is_repeated(words, r, o) for o in ordered if o != r)]
    return kept[:MAX_ROLES]


def _is_repeated(words: Words, role: Range, other: Range) -> bool:
    """Whether another description says all that this one does: *candidate*, *the Republican candidate*."""
    short, long = (words.low[r[0] + (words.low[r[0]] in DETERMINERS) : r[1]] for r in (role, other))
    if short == long:
        return role > other
    if len(short) == 1 and short[0] in person_words().titles:
        return False  # the office alone, as it stands before the name
    return len(short) < len(long) and long[-len(short) :] == short and "of" not in long[: -len(short)]


def _standing(words: Words, role: Range) -> tuple[bool, bool, bool, bool]:
    """What makes a description worth less than others of the same person, the gravest first.

    It says whose somebody is, stands in a headline, is a rank or a party, is past or only wished for.
    """
    people = person_words()
    low = words.low[slice(*role)]
    ranks = people.ranks | people.honorifics - people.heads
    head = words.low[head_of(words, role)]
    rank = head in people.vague or all(w in ranks for w in low)
    unreal = "and" not in low and bool(people.unreal.intersection(low))
    return head in people.relational, words.shown[role[0]], rank, unreal


def name_forms(words: Words, group: Group) -> tuple[str, list[str]]:
    """The fullest form in the best casing, and the other forms."""
    forms: dict[str, tuple[int, int, int, int, int, int, str]] = {}
    for i, m in enumerate(group.mentions):
        text = words.surface((m.span.start, m.span.end)).replace("[", "").replace("]", "").lstrip("-")
        text = text.replace("(", "").replace(")", "") if group.type == "PERSON" else text
        if m.span.surname is not None:
            text = f"{text} {words.text[m.span.surname]}"
        parts = len(m.name.given) + (" of " in text) if group.type == "PERSON" else len(text)
        located = m.span.origin == "dateline" and group.type == "PLACE"
        loud = text.isupper() and (group.type == "PERSON" or " " in text or located)
        text = _recased(text) if located else text
        text = text.rstrip(".") if len(text) == LETTER_AND_STOP else text
        key = text.casefold()
        given = sum(map(len, m.name.given)) if group.type == "PERSON" else 0
        marked = sum(not c.isascii() for c in text)  # *Junot Díaz* rather than *Junot Diaz*
        rank = (-int(m.alias), parts, -int(loud), given, marked, -i, text)
        forms[key] = max(forms[key], rank) if key in forms else rank
    ordered = sorted(forms.values(), reverse=True)
    names = [_recased(f[-1]) if group.type == "PERSON" else f[-1] for f in ordered]
    return names[0], list(dict.fromkeys(n for n in names[1:] if n != names[0]))


def _recased(name: str) -> str:
    """A person's or a dateline's name that the text has in capitals only, with the usual casing."""
    if not name.isupper() or len(name) < 4 or "." in name:
        return name
    small = person_words().particles | {"of", "the"}
    told = (w.lower() if i and w.lower() in small else w for i, w in enumerate(name.split()))
    return " ".join(w if w.islower() else "-".join(p.capitalize() for p in w.split("-")) for w in told)
