"""Descriptions that tell something new of the person just spoken of: *the 41-year-old mayor*.

News writes them for variety; nothing said before links them to the name, only what the passage is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.annotations import BlockRecord
from onrecord.pipeline.coreference.just_spoken import has_just_spoken
from onrecord.pipeline.coreference.layout import role_of
from onrecord.pipeline.coreference.mention_places import heads_item
from onrecord.pipeline.coreference.nominals import BROUGHT, Nominal, is_of_a_people, tells_age
from onrecord.pipeline.coreference.referents import (
    TOLD_BESIDE,
    Place,
    Referent,
    marks_of,
    may_be_called,
    may_hold,
)
from onrecord.pipeline.names.nominal_words import head_form, nominal_words, role_class
from onrecord.pipeline.names.words import Words, person_words

REACH = 1
"""Paragraphs back in which the person must have been spoken of."""

TELLS = ("relcl", "prep", "appos")
"""What makes a noun a description of somebody else."""
TOLD_BEFORE = frozenset(("amod", "compound", "nmod", "nummod"))


KNOWN = frozenset(("candidate",))
"""What people are who need no word more: *the candidate*. Of artists a story often has another."""

LEADING = frozenset(("leader", "lawmaker", "legislator", "politician", "congressman", "congresswoman"))
"""Nouns for those in office that several may be called: *the minority leader*."""

CLOSING = frozenset(("”", '"', "’", "''"))
"""Marks that end a quotation."""

CONFIDENCE = 0.65


def resolve_variation(
    words: Words,
    nominal: Nominal,
    referents: Sequence[Referent],
    sentence: int,
    opening: Sequence[BlockRecord] = (),
) -> tuple[Referent | None, float, str]:
    """The person just spoken of whom a description with an age, an origin, a party or *former* means.

    Args:
        words: the document.
        nominal: the description.
        referents: those mentioned so far.
        sentence: index of its sentence.
        opening: the first two paragraphs.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    if nominal.kind != "person" or nominal.plural or nominal.owned or not _may_vary(words, nominal):
        return None, 0.0, ""
    inside = (nominal.start, nominal.head)
    aged = tells_age(words, (nominal.start, nominal.end)) or _is_former(words, nominal)
    aged = aged or is_of_a_people(words, nominal.head)  # *the German* tells no office either
    epithet = not aged and not marks_of(words, inside)
    bare = epithet and not _is_epithet(words, nominal)
    second = bare and _opens_second(words, nominal, opening)
    if bare and not second and not is_bare(words, nominal):
        return None, 0.0, ""
    focus = _focus(words, nominal, referents, sentence)
    if bare and (focus is None or focus.heads_before(nominal.start)):
        return None, 0.0, ""
    if bare and focus is not None and not second and not has_just_spoken(words, focus, nominal, sentence):
        return None, 0.0, ""
    if second and not _is_only_one(referents, opening[0]):
        return None, 0.0, ""
    if focus is None or not _compatible(words, nominal, focus, aged=aged, epithet=epithet):
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return focus, CONFIDENCE, f"“{text}” goes on about the person just spoken of"


def _may_vary(words: Words, nominal: Nominal) -> bool:
    """Whether it is *the* and a noun, the subject, without a complement that makes it another.

    An office once held may have one: *the former secretary of state*, at the head of a paragraph.
    """
    head = words.doc[nominal.head]
    behind = next((c for c in head.children if c.i == nominal.end and c.dep_ in TELLS), None)
    opens = nominal.start == 0 or words.line[nominal.start - 1] != words.line[nominal.start]
    office = behind is not None and behind.lower_ == "of" and opens and _is_former(words, nominal)
    return (
        words.low[nominal.start] == "the"
        and (nominal.speaks or role_of(head.dep_) == "subject")
        and (behind is None or office)
    )


def _is_epithet(words: Words, nominal: Nominal) -> bool:
    """Whether a description tells what somebody known is: *the vulture fund manager*, *the Democrat*.

    Words before the noun tell it, or a noun for who is known to many. Not of those whom an event brings
    along: *the defence lawyer*, *the senior official*.
    """
    low, lexicon = words.word(nominal.head), nominal_words()
    known = low in person_words().heads or low in lexicon.parties
    if not known or any(c.dep_ == "appos" for c in words.doc[nominal.head].children):
        return False
    if not nominal.speaks or low in lexicon.anonymous:
        return False
    if low in lexicon.parties or role_class(head_form(low)) in KNOWN:
        return True
    before = range(nominal.start + 1, words.parts(nominal.head)[0])
    told = any(words.doc[i].dep_ in TOLD_BEFORE for i in before)
    return told and (low in LEADING or role_class(head_form(low)) not in BROUGHT)


def is_bare(words: Words, nominal: Nominal) -> bool:
    """Whether a noun for what people are beside an office opens a sentence: *The striker said …*.

    Words in marks may stand before it: *“I was ill,” the striker said*.
    """
    told = role_class(head_form(words.word(nominal.head))) in TOLD_BESIDE
    opens = words.first[nominal.start] or (nominal.speaks and words.text[nominal.start - 1] in CLOSING)
    return told and opens and nominal.end - nominal.start == 2


def _opens_second(words: Words, nominal: Nominal, opening: Sequence[BlockRecord]) -> bool:
    """Whether the second paragraph opens with *the* and an office with words before it: *The Troy mayor*."""
    if len(opening) < 2 or not opening[1].start <= nominal.start < opening[1].end:
        return False
    head = words.word(nominal.head)
    told = nominal.head - nominal.start > 1 and head in person_words().heads
    at_the_start = all(words.text[i].isspace() for i in range(opening[1].start, nominal.start))
    return told and at_the_start and head not in nominal_words().anonymous


def _is_only_one(referents: Sequence[Referent], lead: BlockRecord) -> bool:
    """Whether a paragraph names one person."""
    people = [r for r in referents if r.kind == "person" and r.entity]
    return sum(any(lead.start <= p.start < lead.end for p in r.places) for r in people) == 1


def nearer_speaker(
    words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int, best: Referent
) -> Referent | None:
    """Who has just spoken in the paragraph, where only the sort of occupation leads to somebody else.

    *Her colleague Neil Ro said it was not. The analyst said …* is not about an economist named before.

    Args:
        words: the document.
        nominal: a description that opens a sentence and speaks.
        referents: those mentioned so far.
        sentence: index of its sentence.
        best: whom the description fits by the sort of occupation.
    """
    head = head_form(words.word(nominal.head))
    told = head in best.heads_before(nominal.start) or best.is_called(head, nominal.start)
    if nominal.kind != "person" or nominal.plural or told or not words.first[nominal.start]:
        return None
    if not role_class(head) or not any(role_class(h) == role_class(head) for h in best.heads):
        return None
    speaking = [
        r
        for r in referents
        if r.kind == "person" and r.entity and has_just_spoken(words, r, nominal, sentence)
    ]
    one = speaking[0] if len(speaking) == 1 and speaking[0] is not best else None
    return (
        one if one is not None and not one.heads_before(nominal.start) - person_words().relational else None
    )


def _is_former(words: Words, nominal: Nominal) -> bool:
    past = person_words().past
    return any(words.word(i) in past for i in range(nominal.start, nominal.head))


def _focus(words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int) -> Referent | None:
    """The named person who is the subject of the last sentence with any, or the only one in it."""
    leads = words.doc[nominal.head].head.dep_ == "ROOT"
    spoken = [
        (p, r)
        for r in referents
        if r.kind == "person" and r.entity
        for p in r.places
        if p.end <= nominal.start and not p.quoted and (p.sentence < sentence or (leads and p.subject))
    ]
    beside = _beside_the_subject(words, nominal, referents, sentence)
    if beside is not None:
        return beside
    last = max((p for p, _ in spoken), key=lambda p: p.start, default=None)
    if last is None or words.line[nominal.start] - last.line > REACH:
        return None
    here = [(p, r) for p, r in spoken if p.sentence == last.sentence]
    subjects = _distinct([(p, r) for p, r in here if p.subject])
    everyone = _distinct(here)
    if len(subjects) == 1:
        return subjects[0]
    leading = _distinct([(p, r) for p, r in here if p.subject and _leads(words, p)])
    if len(leading) == 1:
        return leading[0]
    return everyone[0] if len(everyone) == 1 else None


def _beside_the_subject(
    words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int
) -> Referent | None:
    """The only other person before a description in a clause below the subject's verb.

    *Reed left Berg out after | the goalkeeper | said …*: such a clause does not describe the subject.
    """
    verb = words.doc[nominal.head].head
    if verb.dep_ != "advcl":
        return None
    here = [
        (p, r)
        for r in referents
        if r.kind == "person" and not r.plural
        for p in r.places
        if p.sentence == sentence and p.end <= nominal.start and not p.quoted
    ]
    above = {t.i for t in verb.ancestors}
    subjects = {id(r) for p, r in here if p.subject and words.root(p.start, p.end).head.i in above}
    others = _distinct([(p, r) for p, r in here if id(r) not in subjects])
    return others[0] if subjects and len(others) == 1 and others[0].entity else None


def _leads(words: Words, place: Place) -> bool:
    """Whether a mention is the subject of the main clause, or a name beside it: *his coach, NAME, said*."""
    root = words.root(place.start, place.end)
    while root.dep_ == "appos":
        root = root.head
    return root.head.dep_ == "ROOT"


def _distinct(spoken: Sequence[tuple[Place, Referent]]) -> list[Referent]:
    return list({id(r): r for _, r in spoken}.values())


def _compatible(words: Words, nominal: Nominal, referent: Referent, *, aged: bool, epithet: bool) -> bool:
    """Whether nothing known of the person speaks against the description."""
    head = head_form(words.word(nominal.head))
    marks = marks_of(words, (nominal.start, nominal.end))
    if marks and referent.marks and not marks & referent.marks:
        return False
    epithet = epithet or role_class(head) in TOLD_BESIDE
    return aged or may_hold(referent, head) or (epithet and may_be_called(referent, head))


def resolve_headed(
    words: Words, nominal: Nominal, referents: Sequence[Referent]
) -> tuple[Referent | None, float, str]:
    """Who is named alone right before a description: *1. Anna Berg. The mayor of Troy is …*.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    subject = role_of(words.doc[nominal.head].dep_) == "subject"
    if nominal.kind != "person" or words.low[nominal.start] != "the" or not subject:
        return None, 0.0, ""
    for referent in referents:
        last = referent.places[-1] if referent.places else None
        if last is None or last.kind != "name" or not heads_item(words, last.start, last.end):
            continue
        if all(t == "." or t.isspace() for t in words.text[last.end : nominal.start]):
            return referent, CONFIDENCE, "the name that heads a paragraph is the subject of what follows"
    return None, 0.0, ""
