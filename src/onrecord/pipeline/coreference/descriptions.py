"""Descriptions in the pass over a document: whom or what each takes up."""

from __future__ import annotations

from onrecord.pipeline.annotations import LinkRecord
from onrecord.pipeline.coreference.announced import resolve_headline
from onrecord.pipeline.coreference.bodies import fitting, resolve_body, resolve_heading_body, resolve_society
from onrecord.pipeline.coreference.delayed import resolve_delayed, resolve_protagonist
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.identified import body_beside, person_beside
from onrecord.pipeline.coreference.just_spoken import resolve_just_spoken
from onrecord.pipeline.coreference.layout import role_of
from onrecord.pipeline.coreference.nominals import (
    Nominal,
    is_of_a_people,
    resolve_nominal,
    sex_of_noun,
)
from onrecord.pipeline.coreference.only_person import resolve_only_person
from onrecord.pipeline.coreference.own_words import named_in_own_words
from onrecord.pipeline.coreference.owned import resolve_inverse, resolve_owned
from onrecord.pipeline.coreference.owned_bodies import resolve_owned_body
from onrecord.pipeline.coreference.protagonist import resolve_professed
from onrecord.pipeline.coreference.referents import Referent, marks_of
from onrecord.pipeline.coreference.variations import (
    is_bare,
    nearer_speaker,
    resolve_headed,
    resolve_variation,
)
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.nominal_words import head_form, nominal_words
from onrecord.pipeline.names.words import DETERMINERS, person_words

TWO_REACH = 3
"""Sentences in which exactly two people must have been mentioned for *the two men*."""

CROWD_REACH = 3
"""Sentences, those in marks too, that *the group* looks back for people who are not named."""

_HEARING = frozenset(("hear", "tell"))
"""Verbs that in a headline have a body for their hearer: *Boat was unsafe, court hears*, *inquiry told*."""

IDENTIFIED = 0.8
"""Confidence in *a spokesman* for who is later *the spokesman, NAME*; set by hand."""

COUPLE = 0.75
"""Confidence in the only two spouses named for *the couple*; set by hand."""

NEARER = 0.65
"""Confidence in a description for who has just spoken beside one whom it fits as well; set by hand."""

OPENING_LINES = 4
"""Lines, empty ones too, in which a headline and its deck stand."""


def link_description(state: Discourse, nominal: Nominal) -> None:
    """Link a description to whom or what it takes up, or note somebody new."""
    words = state.words
    apposed = nominal.head in state.role_of or any(
        nominal.head in r.called.values() for r in state.named.values()
    )
    if apposed and nominal.kind == "person":
        return  # part of a name's apposition: no other person
    beside = state.named.get(body_beside(words, nominal, state.owner_at))
    if beside is not None and beside.kind == "organisation":
        return
    owned = state.named.get(person_beside(words, nominal, state.role_of, state.owner_at))
    if owned is not None and nominal.owned:
        whose = _owner(state, nominal)
        owned.owners |= {(h, whose) for h in _heads(state, nominal) if whose and whose != owned.entity}
        return
    own = named_in_own_words(state, nominal)
    known = [r for r in state.referents if id(r) not in own]
    referent, confidence, reason = resolve_headed(words, nominal, known)
    if nominal.start in state.identified:
        referent, confidence = state.named[state.identified[nominal.start]], IDENTIFIED
        reason = f"“{words.surface((nominal.start, nominal.end))}” is named later on"
    if referent is None:
        referent, confidence, reason = resolve_nominal(words, nominal, known, state.sentences[nominal.start])
    nearer = referent and nearer_speaker(words, nominal, known, state.sentences[nominal.start], referent)
    if nearer is not None:
        text = words.surface((nominal.start, nominal.end))
        referent, confidence, reason = nearer, NEARER, f"“{text}” goes on about who has just spoken"
    if referent is None and nominal.plural and (nominal.definite or words.low[nominal.start] == "both"):
        referent, confidence, reason = _plural_description(state, nominal)
    if referent is None and words.word(nominal.head) in person_words().couples and nominal.definite:
        referent, confidence, reason = _couple(state, nominal)
    if referent is None and nominal.plural:
        group = _same_group(state, nominal)
        if group is not None:
            state.mention(group, nominal.start, nominal.end, "nominal")
            return
    if referent is None and nominal.owned and nominal.kind == "person":
        owner = _owner(state, nominal)
        if owner:
            referent, confidence, reason = resolve_owned(words, nominal, list(state.named.values()), owner)
        if owner in state.named and referent is None:
            referent, confidence, reason = resolve_inverse(words, nominal, state.named, owner)
    if referent is None and nominal.owned and nominal.kind == "organisation":
        referent, confidence, reason = resolve_owned_body(state, nominal, _owner(state, nominal))
    if referent is None and _announces(state, nominal):
        referent, confidence, reason = resolve_headline(
            words, nominal, list(state.named.values()), state.first_lines
        )
        if referent is not None and _of_another_body(state, nominal, referent):
            referent, confidence, reason = None, 0.0, ""
        if referent is None and words.line[nominal.start] in state.grounds.heading:
            referent, confidence, reason = resolve_protagonist(
                words, nominal, state.grounds.opening, state.ahead
            )
    if referent is None and _heads_story(state, nominal):
        places = (option for places in state.ahead.values() for option in places)
        referent, confidence, reason = resolve_heading_body(
            words, nominal, list(state.named.values()), places
        )
    if referent is None:
        referent, confidence, reason = resolve_delayed(words, nominal, state.grounds.opening, state.ahead)
        if referent is not None:
            _call(state, referent, nominal)
    if not nominal.plural and (referent is None or not referent.entity):
        later = _taken_up(state, nominal, referent, own)
        referent, confidence, reason = later if later[0] is not None else (referent, confidence, reason)
    low, lexicon = words.word(nominal.head), nominal_words()
    shown = 3.0 * ((low in lexicon.masculine) - (low in lexicon.feminine))
    if referent is not None:
        ids = tuple(m.entity for m in referent.members if m.entity) or (
            (referent.entity,) if referent.entity else ()
        )
        phrase = referent.phrase if not ids else None
        referent.gender = referent.gender or shown
        state.links.append(LinkRecord(nominal.start, nominal.end, "nominal", ids, phrase, confidence, reason))
    else:
        referent = Referent(nominal.kind, phrase=(nominal.start, nominal.end), plural=nominal.plural)
        referent.gender = shown
        referent.heads |= _heads(state, nominal)
        referent.marks |= marks_of(words, (nominal.start, nominal.end))
    state.mention(referent, nominal.start, nominal.end, "nominal")


def _heads(state: Discourse, nominal: Nominal) -> set[str]:
    """What a description calls somebody: nothing in *the 41-year-old*, *the German*."""
    words, head = state.words, nominal.head
    nothing = words.doc[head].tag_ == "JJ" or is_of_a_people(words, head)
    return set() if nothing else {head_form(state.words.word(nominal.head))}


def _call(state: Discourse, referent: Referent, nominal: Nominal) -> None:
    """Note what somebody is called from here on."""
    for head in _heads(state, nominal) - referent.heads_before(nominal.end):
        referent.heads.add(head)
        referent.told[head] = nominal.start


def _taken_up(
    state: Discourse, nominal: Nominal, described: Referent | None, own: frozenset[int]
) -> tuple[Referent | None, float, str]:
    """The named body or person that a description means, if mentioned since it was used of nobody named.

    Not those in `own`, whom its own words name.
    """
    words, sentence = state.words, state.sentences[nominal.start]
    if words.low[nominal.start] != "the":
        return None, 0.0, ""
    if described is not None and nominal.kind == "person" and _only_announced(state, described):
        described = None
    if nominal.kind == "organisation":
        if words.low[nominal.start : nominal.end] == ["the", "group"] and _people_acted(state, sentence):
            return None, 0.0, ""
        since = [
            r
            for r in _mentioned_since(state, nominal, described)
            if described is None or not _is_beside(r, described)
        ]
        found = resolve_body(words, nominal, since, sentence)
        known = described is not None or found[0] is not None
        return found if known else resolve_society(words, nominal, since, sentence)
    if described is not None:
        return None, 0.0, ""
    since = [r for r in _mentioned_since(state, nominal, None) if id(r) not in own]
    found = resolve_variation(words, nominal, since, sentence, state.grounds.opening)
    if found[0] is None:
        found = resolve_professed(words, nominal, since)
    if found[0] is None:
        found = resolve_just_spoken(words, nominal, since, sentence)
    if found[0] is None:
        found = resolve_only_person(words, nominal, [r for r in state.referents if id(r) not in own])
    if found[0] is not None:
        if not is_bare(words, nominal):  # what a passage calls one of a team is no office
            _call(state, found[0], nominal)
        found[0].marks |= marks_of(words, (nominal.start, nominal.end))
    return found


def _mentioned_since(state: Discourse, nominal: Nominal, described: Referent | None) -> list[Referent]:
    """Whoever is of a description's kind and was mentioned since it was last used of somebody not named."""
    since = described.places[-1].start if described is not None else -1
    asides = state.grounds.asides
    return [
        r
        for r in state.referents
        if r.kind == nominal.kind
        and r.places
        and r.places[-1].start > since
        and any(p.line not in asides for p in r.places)
    ]


def _is_beside(named: Referent, described: Referent) -> bool:
    """Whether a body came in by a name for another kind after one was described: *the council*, *NAME*."""
    later = named.places[0].start > described.places[0].start
    return later and bool(described.heads) and bool(named.heads) and not described.heads & named.heads


def _people_acted(state: Discourse, sentence: int) -> bool:
    """Whether a crowd not named is the last subject spoken of, which *the group* may mean as well."""
    before = [
        (p, r)
        for r in state.referents
        for p in r.places
        if p.subject and not p.quoted and sentence - CROWD_REACH <= p.sentence < sentence
    ]
    last = max(before, key=lambda b: b[0].start, default=None)
    return last is not None and not last[1].entity and (last[1].plural or last[1].kind == "group")


def _only_announced(state: Discourse, described: Referent) -> bool:
    """Whether somebody not named is spoken of in the headline and its deck alone: who the story is about."""
    return all(state.words.line[p.start] in state.grounds.heading for p in described.places)


def _of_another_body(state: Discourse, nominal: Nominal, referent: Referent) -> bool:
    """Whether a description is of a body that the person is not known to be of: *a TV7 representative*."""
    owners = {state.owner_at[i] for i in range(nominal.start, nominal.head) if i in state.owner_at}
    bodies = {o for o in owners if o in state.named and state.named[o].kind == "organisation"}
    return bool(bodies - {o for _, o in referent.owners})


def _same_group(state: Discourse, nominal: Nominal) -> Referent | None:
    """A group described before by the same noun: *lawmakers* … *the black lawmakers*."""
    head = state.words.word(nominal.head)
    same = (r for r in reversed(state.referents) if r.plural and not r.entity and not r.members)
    return next((r for r in same if r.phrase and state.words.word(r.phrase[1] - 1) == head), None)


def _owner(state: Discourse, nominal: Nominal) -> str:
    """The entity that possesses a description: by name, or by a pronoun that was resolved."""
    for i in range(nominal.start, nominal.head):
        if i in state.owner_at:
            return state.owner_at[i]
    link = next(
        (k for k in reversed(state.links) if k.start == nominal.start and k.end == nominal.start + 1), None
    )
    return link.entities[0] if link is not None and len(link.entities) == 1 else ""


def _announces(state: Discourse, nominal: Nominal) -> bool:
    """Whether the opening lines have a bare description, as headlines do, or *a judge* as their subject."""
    words, start = state.words, nominal.start
    if nominal.kind != "person" or nominal.plural or nominal.owned or nominal.definite:
        return False
    if words.line[start] > OPENING_LINES:
        return False
    if words.low[start] in ("a", "an"):
        return role_of(words.doc[nominal.head].dep_) == "subject"
    opens = words.first[start] or (start > 0 and words.text[start - 1] in (";", ":", ","))
    opens = opens or (nominal.speaks and words.doc[nominal.head].head.i == start - 1)  # *…, says man*
    return opens and words.low[start] not in DETERMINERS


def _heads_story(state: Discourse, nominal: Nominal) -> bool:
    """Whether a heading has a body speak by a bare noun: *Court rules that …*."""
    bare = nominal.kind == "organisation" and not (nominal.plural or nominal.owned or nominal.definite)
    in_heading = state.words.line[nominal.start] in state.grounds.heading
    if state.words.doc[nominal.head].head.lemma_.lower() in _HEARING:
        return False
    return bare and nominal.speaks and in_heading and state.words.low[nominal.start] not in DETERMINERS


def _plural_description(state: Discourse, nominal: Nominal) -> tuple[Referent | None, float, str]:
    """The pair that *the senators*, *the two men*, *both companies* take up."""
    words = state.words
    single = head_form(singular(words.word(nominal.head)))
    pairs = [r for r in state.referents if len(r.members) > 1 and len({m.kind for m in r.members}) == 1]
    for r in reversed(pairs):
        if r.members[0].kind == "person" and all(single in m.heads for m in r.members):
            return r, 0.8, "the description fits two people named together"
    both = words.low[nominal.start] == "both"
    if not both and (
        words.low[nominal.start] != "the" or "two" not in words.low[nominal.start : nominal.end]
    ):
        return None, 0.0, ""
    here = state.sentences[nominal.start]
    near = [
        r
        for r in _who_may_be_two(state, single)
        if any(here - p.sentence <= TWO_REACH for p in r.places if p.start < nominal.start)
    ]
    if len(near) != 2:
        return None, 0.0, ""
    known = next((r for r in pairs if {id(m) for m in r.members} == {id(m) for m in near}), None)
    if known is None:
        known = Referent("group", plural=True, members=(near[0], near[1]))
    return known, 0.75, "only two such were named just before"


def _couple(state: Discourse, nominal: Nominal) -> tuple[Referent | None, float, str]:
    """The only two named before of whom one is the other's spouse: *NAME … His wife, NAME … The couple*."""
    spouses = person_words().spouses
    known = {r.entity: r for r in state.referents if r.kind == "person" and r.entity}
    pairs = {
        frozenset((r.entity, o)): (known[o], r)
        for r in known.values()
        for h, o in r.owners
        if h in spouses and o in known
    }
    if len(pairs) != 1:
        return None, 0.0, ""
    (two,) = pairs.values()
    joined = next((r for r in state.referents if {id(m) for m in r.members} == {id(m) for m in two}), None)
    pair = joined or Referent("group", plural=True, members=two)
    return pair, COUPLE, f"“{state.words.surface((nominal.start, nominal.end))}” is the two of them"


def _who_may_be_two(state: Discourse, single: str) -> list[Referent]:
    """The named people or bodies of whom a noun may make two."""
    if single in nominal_words().paired:
        sex = sex_of_noun(single)
        people = (r for r in state.referents if r.kind == "person" and r.entity)
        return [r for r in people if not (sex and r.sex and r.sex != sex)]
    return fitting(single, state.referents)
