"""Which mentions name the same person: evidence for links, and links that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.pipeline.annotations import Range, get_blocks
from onrecord.pipeline.names.aliases import join_aliases
from onrecord.pipeline.names.gender import (
    PRONOUN,
    address_score,
    decided,
    is_spoken_of,
    joins_spouses,
    noun_score,
    pronoun_score,
    rank_score,
    reporting_score,
)
from onrecord.pipeline.names.grouping_offices import have_other_office
from onrecord.pipeline.names.grouping_records import Group, NamedMention, coordinated
from onrecord.pipeline.names.grouping_short import join_short_forms, may_be_called
from onrecord.pipeline.names.grouping_variants import join_epithets, join_misspelt
from onrecord.pipeline.names.grouping_voice import called_by_given_name, voice_score
from onrecord.pipeline.names.introductions import is_held, is_taken_up
from onrecord.pipeline.names.nicknames import are_relatives, find_nicknames, without_particles
from onrecord.pipeline.names.person_names import SHORTER, PersonName, parse_person, part_of, same_person
from onrecord.pipeline.names.person_roles import roles_of, shared_roles
from onrecord.pipeline.names.regnal import drop_numerals
from onrecord.pipeline.names.roles import head_of
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.spouses import with_married_names
from onrecord.pipeline.names.words import Words, person_words

# Evidence for the owner of a surname that two people bear, in full mentions. Set by reading the
# same-surname cases of polnear/train; what gender counts, on corpus/train, where .7 to 1.5 are much the same.
FIRST_OF_NAME = 2.0
KIN = 3.0
SAME_PARAGRAPH = 1.5
SAME_ROLE = 3.0
SAME_SEX = 1.5
ADDRESSED = 3.0
MARGIN = 1.5
MOST = 3
"""Mentions of a bare name that one bearer has to each that is undecided, if nobody else has any."""

SURE = 2.0
"""Evidence of gender that outweighs a form of address: two pronouns."""


def group_people(words: Words, spans: Sequence[NameSpan]) -> list[Group]:
    """Group mentions of people.

    Full names first, then generations, then single names by surname and given name; a single
    name that two people bear goes to the one the evidence favours, else it stays alone with both
    as rivals.
    """
    roles = {s.start: roles_of(words, s) for s in spans}
    for start, role in shared_roles(words, spans, roles).items():
        roles[start] = [*roles[start], role]
    spans = with_married_names(words, spans, roles)
    mentions = [_mention(words, s, roles[s.start]) for s in spans]
    drop_numerals(mentions)
    starts = {s.start for s in spans}
    for m in mentions:
        m.gender += pronoun_score(words, m.span, starts) or reporting_score(words, m.span, starts)
    groups: list[Group] = []
    for m in sorted(
        (m for m in mentions if m.name.is_full), key=lambda m: (-len(m.name.given), m.span.start)
    ):
        _join_full(words, groups, m)
    _join_nicknames(words, groups, spans)
    join_aliases(words, groups, complete=False)
    join_short_forms(words, groups)
    join_misspelt(words, groups)
    join_epithets(groups)
    _tell_owners(words, groups)
    singles: dict[tuple[str, str, str], list[NamedMention]] = defaultdict(list)
    for m in mentions:
        if not m.name.is_full:
            address = decided(address_score(m.span.honorific))
            singles[m.name.surname, m.name.suffix, address].append(m)
    full = list(groups)
    # Forms with an address first: they show which of two bearers is meant.
    for key in sorted(singles, key=lambda k: (not k[2], not k[1])):
        _join_singles(words, groups, full, singles[key], key[2])
    for g in groups:
        g.mentions.sort(key=lambda m: m.span.start)
    return sorted(groups, key=lambda g: g.start)


def _mention(words: Words, span: NameSpan, roles: Sequence[Range]) -> NamedMention:
    text = [words.text[i] for i in range(span.start, span.end)]
    if span.surname is not None:
        text.append(words.text[span.surname])
    addressed = address_score(span.honorific) + rank_score(words, span.start)
    gender = addressed + sum(noun_score(words, r) for r in roles)
    return NamedMention(span, parse_person(text), words.shown[span.start], tuple(roles), gender)


def _is_kin(words: Words, m: NamedMention) -> bool:
    people = person_words()
    return any(
        (words.low[head_of(words, r)] in people.kinship and not _has_children(words, r))
        or any(" ".join(words.low[i : i + 2]) in people.consorts for i in range(*r))
        for r in m.roles
        if not any(joins_spouses(words, i) for i in range(*r))
    )


def _has_children(words: Words, role: Range) -> bool:
    """Whether a description tells of somebody's children, not of a relative: *a father of six*."""
    if words.low[role[0]] not in ("a", "an"):
        return False
    after = range(role[0], role[1] - 1)
    return any(words.low[i] == "of" and words.doc[i + 1].tag_ == "CD" for i in after)


def _join_full(words: Words, groups: list[Group], m: NamedMention) -> None:
    fits = [g for g in groups if all(same_person(m.name, o.name) for o in g.mentions)]
    for fit in SHORTER:
        fits = fits or [g for g in groups if any(fit(m.name, o.name) for o in g.mentions)]
    fits = [g for g in fits if not _gender_conflict(g, m.gender, strong=True)]
    fits = [g for g in fits if not _are_relatives(words, g, m)]
    if len(fits) == 1:
        group = fits[0]
        other = max((o.name for o in group.mentions), key=lambda n: len(n.given))
        if other != m.name:
            m.reason = f"“{words.surface((m.span.start, m.span.end))}” is a shorter form of the full name"
            group.reasons.append(m.reason)
        else:
            m.reason = "same full name"
    else:
        group = Group("PERSON")
        groups.append(group)
        m.reason = "full name"
    group.mentions.append(m)
    group.kin |= _is_kin(words, m) and not _holds_owner(words, m)


def _holds_owner(words: Words, m: NamedMention) -> bool:
    """Whether the description of a relative names the other: *Liv Berg, the daughter of Judge Karl Berg*."""
    surname = m.name.surname.rpartition(" ")[2]
    return any(words.low[i] == surname for r in m.roles for i in range(*r))


def _are_relatives(words: Words, group: Group, m: NamedMention) -> bool:
    """Whether another form of the name is told to be another relative's: *George* and *George W. Berg*."""
    if any(o.name == m.name for o in group.mentions):
        return False
    return are_relatives(words, (r for o in group.mentions for r in o.roles), m.roles)


def _join_nicknames(words: Words, groups: list[Group], spans: Sequence[NameSpan]) -> None:
    """Join two groups of full names that *NAME, known as NICKNAME* shows to be one person's."""
    for named, nickname in find_nicknames(words, spans):
        surname = parse_person([words.text[i] for i in range(named.start, named.end)]).surname
        given = words.low[nickname.start]
        family = [g for g in groups if any(m.name.surname == surname for m in g.mentions)]
        called = [g for g in family if any(m.name.given[:1] == (given,) for m in g.mentions)]
        score = address_score(named.honorific)
        before = [g for g in family if g.start <= named.start and not _gender_conflict(g, score)]
        if len(called) == len(before) == 1 and called[0] is not before[0]:
            before[0].mentions += called[0].mentions
            before[0].reasons.append(f"known as “{words.text[nickname.start]}”")
            before[0].kin |= called[0].kin
            groups.remove(called[0])


def _tell_owners(words: Words, groups: Sequence[Group]) -> None:
    """*Her brother, Dan Reed* shows that the only other person of that surname is a woman."""
    for relative in (g for g in groups if g.kin):
        surname = relative.mentions[0].name.surname
        owners = [g for g in groups if not g.kin and g.mentions[0].name.surname == surname]
        if len(owners) != 1:
            continue
        kin = (r for m in relative.mentions for r in m.roles if _is_kin(words, m))
        told = {words.low[i] for r in kin for i in range(*r)} & {"his", "her"}
        if len(told) == 1 and not decided(owners[0].gender):
            owners[0].mentions[0].gender += PRONOUN if told == {"his"} else -PRONOUN


def _gender_conflict(group: Group, score: float, *, strong: bool = False) -> bool:
    mine, theirs = decided(score), decided(group.gender)
    if not mine or not theirs or mine == theirs:
        return False
    return not strong or (abs(score) >= 3.0 and abs(group.gender) >= 3.0)


def _join_singles(
    words: Words, groups: list[Group], full: Iterable[Group], mentions: list[NamedMention], address: str
) -> None:
    """Link all mentions of one bare name, or those of them that the evidence reaches."""
    name = mentions[0].name
    score = sum(m.gender for m in mentions)
    known = list(full)
    parts = {i: next((p for o in g.mentions if (p := _part(name, o.name))), "") for i, g in enumerate(known)}
    named = {i: part for i, part in parts.items() if part}
    if not (named or address or any(_is_kin(words, m) for m in mentions)):
        called = [
            i for i, g in enumerate(known) if any(may_be_called(name.surname, o.name) for o in g.mentions)
        ]
        named = {i: "short given name" for i in called if len(called) == 1}
    bearers = {i: p for i, p in named.items() if not _gender_conflict(known[i], score, strong=not address)}
    if not bearers:
        bearers = {i: p for i, p in named.items() if not _is_shown(words, known[i], address)}
    if any(p == "surname" for p in bearers.values()):
        bearers = {i: p for i, p in bearers.items() if p == "surname"}
        bearers = without_particles(words, bearers, known, name)
    candidates = [known[i] for i in bearers]
    shown = words.surface((mentions[0].span.start, mentions[0].span.end))
    part = next(iter(bearers.values()), "")
    # A given name means nobody else, relative or not.
    if len(candidates) == 1 and (
        part.endswith(("given", "given name")) or not _foreign(words, candidates[0], mentions)
    ):
        target = candidates[0]
        for m in mentions:
            m.reason = f"“{shown}” is the {part} of the only bearer named in full"
            m.confidence = 0.95 if part == "surname" else 0.9
        target.mentions += mentions
        target.reasons.append(mentions[0].reason)
        return
    left = mentions
    if len(candidates) > 1:
        left = _share_out(words, candidates, mentions, shown)
        if not left:
            return
    existing = next(
        (
            g
            for g in groups
            if g not in known and g.mentions[0].name == name and not _gender_conflict(g, score)
        ),
        None,
    )
    if existing is None:
        existing = Group("PERSON", rivals=candidates if len(candidates) > 1 else [])
        groups.append(existing)
    for m in left:
        m.reason = m.reason or "same name"
        m.confidence = 0.9 if not existing.rivals else 0.7
    existing.mentions += left


def _is_shown(words: Words, group: Group, address: str) -> bool:
    """Whether more than one pronoun, which may be another's, speaks against a form of address."""
    told = 0.0
    for m in group.mentions:
        told += address_score(m.span.honorific) + sum(noun_score(words, r) for r in m.roles)
    return not address or bool(decided(told)) or abs(group.gender) >= SURE


def _part(single: PersonName, full: PersonName) -> str:
    if single.suffix and single.suffix != full.suffix:
        return ""
    return part_of(single.surname, full)


def _foreign(words: Words, group: Group, mentions: Sequence[NamedMention]) -> bool:
    """Whether a bare surname is somebody else's than the only person named in full by it.

    *Trump … his wife, Melania Trump*: the relative is named in full because the surname alone
    means another; so it is where both stand side by side.
    """
    body = [m for m in group.mentions if not m.shown and m.name.is_full]
    introduced = min((m.span.start for m in body), default=group.start)
    before = [m for m in mentions if m.span.start < introduced and not _is_above(words, m)]
    if (group.kin and before) or have_other_office(words, before, body):
        return True
    titles = {words.key(*r) for m in group.mentions for r in m.roles}
    if group.kin and any(m.span.role and words.key(*m.span.role) not in titles for m in mentions):
        return True  # *First lady Marguerite Lambert … President Lambert*
    if group.kin and any(m.span.honorific or m.roles for m in mentions) and len(mentions) > 2 * len(body):
        return True
    return any(coordinated(words, m.span, o.span) for m in mentions for o in group.mentions if o.name.is_full)


def _share_out(
    words: Words, candidates: Sequence[Group], mentions: Sequence[NamedMention], shown: str
) -> list[NamedMention]:
    """Give bare mentions to the bearer that the evidence favours; returns what is left undecided."""
    base = {id(g): _ownership(words, g, mentions, candidates) for g in candidates}
    # *Mrs. Lund and Mayor Karl Lund*: no *Mrs. Lund* is he.
    addressed = [m for m in mentions if m.span.honorific]
    apart = {
        id(g)
        for g in candidates
        if any(coordinated(words, m.span, o.span) for m in addressed for o in _in_full(g))
    }
    called = called_by_given_name(words, candidates)
    left = []
    given: list[tuple[NamedMention, Group]] = []
    likely: dict[int, Group] = {}
    for m in mentions:
        scores = []
        for g in candidates:
            value = base[id(g)] + _local(words, g, m, candidates)
            value += voice_score(words, g, m, candidates, called=called)
            if id(g) in apart or any(coordinated(words, m.span, o.span) for o in _in_full(g)):
                value -= 10.0
            scores.append((value, g))
        scores.sort(key=lambda s: -s[0])
        if scores[0][0] - scores[1][0] < MARGIN:
            left.append(m)
            likely[id(scores[0][1])] = scores[0][1]
            continue
        m.reason = f"“{shown}”: named first or most among {len(candidates)} bearers of the name"
        m.confidence = min(0.95, 0.75 + 0.05 * (scores[0][0] - scores[1][0]))
        given.append((m, scores[0][1]))
    owners = {id(g): g for _, g in given} | likely
    if len(owners) == 1 and len(given) >= MOST * len(left):
        (owner,) = owners.values()
        named = [(o.span.start, g) for g in candidates for o in g.mentions] + [
            (o.span.start, g) for o, g in given
        ]
        for m in list(left):
            last = max((p for p in named if p[0] < m.span.start), key=lambda p: p[0], default=None)
            if last is not None and last[1] is owner:  # nobody else goes by the bare name, or was named since
                m.confidence = 0.75
                m.reason = f"“{shown}”: all other mentions are of one bearer of the name"
                given.append((m, owner))
                left.remove(m)
    for m, owner in given:
        owner.mentions.append(m)
        if m.reason not in owner.reasons:
            owner.reasons.append(m.reason)
    return left


def _in_full(group: Group) -> Iterator[NamedMention]:
    return (m for m in group.mentions if m.name.is_full)


def _is_above(words: Words, m: NamedMention) -> bool:
    """Whether a mention stands in a headline, be it in title case or not."""
    headlines = (b for b in get_blocks(words.doc) if b.kind in ("headline", "subhead"))
    return m.shown or any(b.start <= m.span.start < b.end for b in headlines)


def _ownership(
    words: Words, group: Group, mentions: Sequence[NamedMention], rivals: Sequence[Group]
) -> float:
    full = [m for m in _in_full(group) if not is_held(m, [g for g in rivals if g is not group])]
    value = min(4.0, 0.75 * len(full))
    if group.kin:
        value -= KIN
    first = {id(g): min(m.span.start for m in g.mentions) for g in rivals}
    start = min(first.values())
    below = [m for m in mentions if not _is_above(words, m)]
    bare = min((m.span.start for m in below), default=start)
    others = [v for k, v in first.items() if k != id(group)]
    # A headline has the bare surname of whom the story is about.
    announced = any(_is_above(words, m) for m in mentions) and any(
        _part(mentions[0].name, m.name) == "surname" for m in full
    )
    alone = first[id(group)] < bare < min(others, default=bare + 1)
    taken_up = [g for g in rivals if is_taken_up(words, g, rivals, below)]
    if (first[id(group)] == start and (alone or announced)) or group in taken_up:
        value += FIRST_OF_NAME
    elif first[id(group)] == start and not taken_up:
        value += FIRST_OF_NAME / 2
    return value


def _agreement(words: Words, group: Group, m: NamedMention) -> float:
    """What a form of address or the pronoun after a bare name says for or against a bearer."""
    shown, known = decided(m.gender), decided(group.gender)
    if not shown or not known:
        return 0.0
    addressed = decided(address_score(m.span.honorific))
    if not addressed and not m.roles and is_spoken_of(words, m.span, shown):
        return 0.0
    weight = ADDRESSED if addressed else SAME_SEX
    return weight if shown == known else -weight


def _local(words: Words, group: Group, m: NamedMention, rivals: Sequence[Group]) -> float:
    value = _agreement(words, group, m)
    last = {
        id(g): max(
            (o.span.start for o in g.mentions if o.name.is_full and o.span.start < m.span.start), default=-1
        )
        for g in rivals
    }
    near = [k for k, v in last.items() if v >= 0 and words.line[v] == words.line[m.span.start]]
    if near == [id(group)]:
        value += SAME_PARAGRAPH
    roles = {words.key(*r) for o in group.mentions for r in o.roles}
    if any(words.key(*r) in roles for r in m.roles):
        value += SAME_ROLE
    return value
