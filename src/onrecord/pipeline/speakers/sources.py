"""From the words of a source to the people, bodies, groups or documents they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.pipeline.annotations import EntityRecord, Range
from onrecord.pipeline.coreference.nominals import is_of_a_people, kind_of
from onrecord.pipeline.coreference.pronouns import IT, THEY, is_pronoun
from onrecord.pipeline.coreference.referents import ReferentKind
from onrecord.pipeline.language.function_words import IN_CONVERSATION, RELATIVES, SUBJECT_RELATIVES
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.subjects import QUANTIFIERS
from onrecord.pipeline.names.gender import HE, SHE
from onrecord.pipeline.names.people import People, speaker_of
from onrecord.pipeline.names.words import Words, org_words
from onrecord.pipeline.speakers.bearers import bearer_of
from onrecord.pipeline.speakers.both import both_before
from onrecord.pipeline.speakers.document_before import document_before
from onrecord.pipeline.speakers.document_issuer import document_issuer
from onrecord.pipeline.speakers.document_owner import document_owner, is_utterance
from onrecord.pipeline.speakers.press_before import press_before
from onrecord.pipeline.speakers.source_heads import source_heads
from onrecord.pipeline.speakers.source_names import COORDINATING, named_people
from onrecord.pipeline.speakers.unnamed import NOBODY, unnamed
from onrecord.schema import Speaker

PERSONAL = HE | SHE | THEY | IT | IN_CONVERSATION | {"one"}
"""Personal pronouns, of which *I* and *we* stand for speakers."""
APPOSED_TYPE: Mapping[ReferentKind | None, str] = {"person": "PERSON", "organisation": "ORG"}
"""Of the name that a description of the kind can go with."""


WHOLE = frozenset(("all", "both"))
"""Quantifiers that leave nobody out."""

_ONE_MORE = frozenset(("another", "other", "one"))

TELLING = frozenset(("of", "for", "at", "in", "from"))
"""Prepositions right behind a noun for somebody that tell who it is."""

RELATIVE_TAGS = frozenset(("WDT", "WP"))


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speakers of one source, with the steps that led there.

    `certain` is False where a pronoun or description stayed open.
    """

    speakers: tuple[Speaker, ...]
    reasons: tuple[str, ...]
    certain: bool = True
    confidence: float = 1.0


def resolve_source(people: People, source: Range) -> Resolved:
    """The speakers that a source stands for.

    Coordinated sources are resolved part by part; each part by name, by link, or by its words.
    """
    source = _without_edges(people.words, source)
    if source[0] >= source[1]:
        return Resolved((), ("the source is empty",), certain=False)
    relative = _relative_at_end(people, source)
    if relative is not None:
        return _relative(people, relative)
    named = named_people(people, source)
    if named:
        note = f"“{people.words.surface(source)}” describes the name" if _describes(people, source) else ""
        return _together([_by_name(people, i, note=note) for i in named])
    heads = list(source_heads(people, source))
    parts = (_resolve_head(people, head, _conjunct(people.words, heads, head, source)) for head in heads)
    return _together(list(parts))


def _together(parts: Sequence[Resolved]) -> Resolved:
    """All who speak together, as sure as the least sure of them."""
    speakers = tuple(dict.fromkeys(s for part in parts for s in part.speakers))
    reasons = tuple(reason for part in parts for reason in part.reasons)
    certain = all(part.certain for part in parts)
    return Resolved(speakers, reasons, certain, min((part.confidence for part in parts), default=1.0))


def _describes(people: People, source: Range) -> bool:
    """Whether a source tells more of somebody than name and title."""
    return any(people.words.doc[i].pos_ == "NOUN" for i in range(*source) if i not in people.names)


def _relative_at_end(people: People, source: Range) -> int | None:
    """The relative pronoun before nothing but adverbs, *which together vowed*, or at the end of a source."""
    words = people.words
    if not any(i in people.names for i in range(*source)):
        if source[0] and all(words.doc[i].pos_ == "ADV" for i in range(*source)):
            return source[0] - 1 if words.low[source[0] - 1] in RELATIVES else None
        last = source[1] - 1
        if (
            last > source[0]
            and words.low[last] in SUBJECT_RELATIVES
            and words.doc[last].tag_ in RELATIVE_TAGS
        ):
            return last
    return None


def _conjunct(words: Words, heads: Sequence[int], head: int, source: Range) -> Range:
    """The words of a coordinated source that belong to one of its heads."""
    if len(heads) < 2:
        return source
    following = min((h for h in heads if h > head), default=-1)
    start = source[0] if head == min(heads) else max(source[0], words.left_edge(head))
    end = source[1]
    if following > 0:
        end = max(head + 1, words.left_edge(following))
        while end > head + 1 and (words.low[end - 1] in COORDINATING or words.text[end - 1] == ","):
            end -= 1
    return start, end


def _without_edges(words: Words, source: Range) -> Range:
    start, end = source
    while start < end and (
        words.text[start].isspace() or words.text[start] in (",", ":", "“", "”", '"', "(", "—", "-")
    ):
        start += 1
    while end > start and (
        words.text[end - 1].isspace() or words.text[end - 1] in (",", ":", "'s", "’s", "’", "'", "“", '"')
    ):
        end -= 1
    return start, end


def _resolve_head(people: People, head: int, source: Range) -> Resolved:
    words = people.words
    low = words.low[head]
    text = words.surface(source)
    if head in people.names and is_of_a_people(words, head) and head in people.links:
        return _by_link(people, head)
    if head in people.names:
        span = people.names[head][1]
        if people.entities[people.names[head][0]].type == "NORP" and _counts(words, (source[0], span[0])):
            return _by_words(people, head, source)
        owner = _possessed(people, span, source)
        if owner is None:
            return _by_name(people, head)
        head, low = owner, words.low[owner]
    beside = people.names.get(head - 1)
    if words.text[head] in org_words().beside_names and beside and people.entities[beside[0]].type == "ORG":
        return _by_name(people, head - 1)
    if low in RELATIVES:
        return _relative(people, head)
    if low in PERSONAL - NOBODY and is_pronoun(words, head, people.names):
        return _by_link(people, head)
    named = _apposed_name(people, head, source)
    if named is not None:
        return _by_name(people, named, note=f"“{text}” describes the name")
    if head in people.roles:
        entity = people.entities[people.roles[head]]
        return Resolved(
            (speaker_of(entity),), (f"“{text}” is what the article calls {entity.name}",), confidence=0.85
        )
    link = people.links.get(head)
    if link is not None and (link.entities or _tells_whose_body(people, link.phrase, head)):
        return _by_link(people, head)
    two = both_before(people, head, source)
    if two:
        speakers = tuple(speaker_of(people.entities[e]) for e in two)
        return Resolved(speakers, (f"“{text}”: only these two were spoken of just before",), confidence=0.7)
    return _by_words(people, head, source)


def _counts(words: Words, before: Range) -> bool:
    """Whether only some of a people or party are meant: *several Democrats*, *four in 10 Republicans*."""
    return any(words.doc[i].tag_ == "CD" or words.low[i] in QUANTIFIERS - WHOLE for i in range(*before))


def _possessed(people: People, span: Range, source: Range) -> int | None:
    """The noun that a name only modifies: *Obama* in *the Obama administration*."""
    words = people.words
    token = words.doc[span[0] : span[1]].root
    if token.dep_ in ("compound", "nmod", "amod", "poss") and source[0] <= token.head.i < source[1]:
        head = token.head.i
        if head not in people.names and words.doc[head].pos_ in ("NOUN", "PROPN"):
            return head
    return None


def _by_name(people: People, i: int, note: str = "") -> Resolved:
    entity_id, span = people.names[i]
    entity = people.entities[entity_id]
    written = people.words.surface(span)
    whole = _body_called(people, i, (span[0] - 1, span[1])) if entity.type in ("ORG", "PLACE") else None
    if whole is not None and whole.id != entity_id:
        note = f"“the {written}” is the one body before whose name ends so"
        return Resolved((speaker_of(whole),), (note,), confidence=0.7)
    mention = next((m for m in entity.mentions if (m.start, m.end) == span), None)
    reasons = [note] if note else []
    if entity.candidates:
        names = ", ".join(people.entities[c].name for c in entity.candidates if c in people.entities)
        reasons.append(f"“{written}” may be {names}")
        likely = bearer_of(people, entity, i) or entity
        return Resolved((speaker_of(likely),), tuple(reasons), certain=False, confidence=0.5)
    if written != entity.name:
        reasons.append(f"“{written}” is {entity.name}: {mention.reason if mention else 'name'}")
    else:
        reasons.append(f"the source names {entity.name}")
    return Resolved((speaker_of(entity),), tuple(reasons), confidence=mention.confidence if mention else 0.9)


def _by_link(people: People, i: int) -> Resolved:
    words = people.words
    link = people.links.get(i)
    if link is None:
        document = document_before(words, i) if words.low[i] == "it" else None
        if document is not None:
            shown = words.surface(document)
            return _with_note(
                resolve_source(people, document), f"“{words.text[i]}” is “{shown}” in the sentence before"
            )
        return Resolved((), (f"nobody decided on for “{words.text[i]}”",), certain=False, confidence=0.4)
    known = [people.entities[e] for e in link.entities if e in people.entities]
    speakers = tuple(speaker_of((e.candidates and bearer_of(people, e, i)) or e) for e in known)
    if not speakers and link.phrase is not None:
        phrase = people.names.get(link.phrase[1] - 1)
        if phrase is None:
            speaker = unnamed(people, link.phrase[1] - 1, _with_complement(words, link.phrase))
            return Resolved((speaker,), (link.reason,), confidence=link.confidence)
    return Resolved(speakers, (link.reason,), bool(speakers), link.confidence)


def _tells_whose_body(people: People, phrase: Range | None, head: int) -> bool:
    """Whether *the board* was first *the Penwick school board*, and no other body is named since."""
    if phrase is None or phrase[1] > head or kind_of(people.words, head) != "organisation":
        return False
    since = (i for i in range(phrase[1], head) if i in people.names)
    if any(people.entities[people.names[i][0]].type == "ORG" for i in since):
        return False
    return any(i in people.names for i in range(phrase[0], phrase[1] - 1))


def _with_complement(words: Words, phrase: Range) -> Range:
    """A phrase with what follows it by *of*, *for*: *a clerk | at the bank*, named alike every time."""
    head = words.doc[phrase[1] - 1]
    for child in head.children:
        if child.i == phrase[1] and child.dep_ == "prep" and words.low[child.i] in TELLING:
            end = child.right_edge.i + 1
            cut = next((i for i in range(child.i, end) if words.text[i] in (",", "—", "(", "“")), end)
            return phrase[0], cut
    return phrase


def _relative(people: People, i: int) -> Resolved:
    """The noun that a relative clause hangs on."""
    words = people.words
    token = words.doc[i]
    for _ in range(6):
        if token.dep_ == "relcl" and token.head.i < i:
            return _with_note(
                _antecedent(people, token.head.i, i), f"“{words.text[i]}” takes up the words before it"
            )
        if token.head.i == token.i:
            break
        token = token.head
    for j in range(i - 1, max(-1, i - 8), -1):
        if words.doc[j].ent_type_ in TIMES:
            continue  # *Sen. NAME this year, | who endorsed it*
        if j in people.names or words.doc[j].pos_ in ("NOUN", "PROPN"):
            return _with_note(_antecedent(people, j, i), f"“{words.text[i]}” takes up the words before it")
    return Resolved((), (f"nobody decided on for “{words.text[i]}”",), certain=False, confidence=0.4)


def _antecedent(people: People, head: int, end: int) -> Resolved:
    """The noun phrase that a relative clause takes up; of an apposition, what it stands beside."""
    token = people.words.doc[head]
    while token.dep_ == "appos" and token.head.i < token.i:
        token = token.head
    return resolve_source(people, (min(token.left_edge.i, token.i), max(end, token.i + 1)))


def _with_note(resolved: Resolved, note: str) -> Resolved:
    return Resolved(resolved.speakers, (note, *resolved.reasons), resolved.certain, resolved.confidence)


def _apposed_name(people: People, head: int, source: Range) -> int | None:
    """The name that a description in the source goes with: *the mayor, NAME*, *spokesman NAME*."""
    words = people.words
    doc = words.doc
    kind = kind_of(words, head)
    for child in doc[head].children:
        apposed = child.dep_ in ("appos", "flat") and source[0] <= child.i < source[1]
        if apposed and child.i in people.names and _may_speak(people, people.names[child.i][0]):
            return child.i
    last = _before_brackets(words, source) - 1
    if kind in APPOSED_TYPE and last in people.names:
        # *An attorney for the owner, NAME*, *the agency that built it, NAME (ABC)*: a name set off at the end
        entity_id, span = people.names[last]
        fits = people.entities[entity_id].type == APPOSED_TYPE[kind]
        if fits and words.text[span[0] - 1] == "," and span[0] - 1 > head:
            return span[0]
    after = head + 1
    while after < source[1] and words.text[after] in (",", "—", "–", "(", ":"):
        after += 1
    if after < source[1] and after in people.names and kind == "person":
        entity = people.entities[people.names[after][0]]
        return after if entity.type == "PERSON" else None
    if after < source[1] and after in people.names and words.low[head] in _ONE_MORE and after > head + 1:
        return after if _may_speak(people, people.names[after][0]) else None  # *Another, NAME, said*
    if kind == "person" and source[1] + 1 in people.names and words.text[source[1]] == ",":
        # *the sheriff's sister, | NAME, who said*: the source was cut before the name beside it
        cut = doc[slice(*people.names[source[1] + 1][1])].root
        if cut.dep_ == "appos" and cut.head.i == head and people.names_person(cut.i):
            return cut.i
    beside = doc[head].head.i
    if doc[head].dep_ != "appos" or beside not in people.names:
        return None
    # *NAME, a driver at the depot who said*: the clause hangs on the description, the name stands before it.
    entity_id, span = people.names[beside]
    fits = people.entities[entity_id].type in ("PERSON", APPOSED_TYPE.get(kind, "ORG"))
    hangs = any(c.dep_ in ("relcl", "acl") and c.i > head for c in doc[head].children)
    before = span[1] == source[0] - 1 and words.text[span[1]] == "," and fits and hangs
    return beside if source[0] <= beside or before else None


def _before_brackets(words: Words, source: Range) -> int:
    """The end of a source without brackets at its end: *NAME (ABC)*."""
    start, end = source
    if words.text[end - 1] == ")":
        return next((i for i in range(end - 1, start, -1) if words.text[i] == "("), end)
    return end


def _may_speak(people: People, entity: str) -> bool:
    return people.entities[entity].type not in ("NORP", "PLACE")


def _by_words(people: People, head: int, source: Range) -> Resolved:
    """Somebody never named, by the words used; a document is whose it is, if that is said."""
    words = people.words
    kind = kind_of(words, head)
    press = press_before(people, head)
    if press is not None:
        paper = people.entities[press]
        note = f"“{words.surface(source)}” goes on about {paper.name}"
        return Resolved((speaker_of(paper),), (note,), confidence=0.65)
    if kind == "document" or is_utterance(words.low[head]):
        owner = document_owner(people, head, source)
        if owner is not None:
            who = _by_name(people, owner) if owner in people.names else _by_link(people, owner)
            return _with_note(who, f"“{words.text[head]}”: whose words these are")
        issuer = document_issuer(words, head)
        if issuer is not None and not issuer[0] <= head < issuer[1]:
            note = f"“{words.text[head]}” is what “{words.surface(issuer)}” issued before"
            return _with_note(resolve_source(people, issuer), note)
    body = _body_called(people, head, source)
    if body is not None:
        note = f"“{words.surface(source)}” is the one body before whose name ends so"
        return Resolved((speaker_of(body),), (note,), confidence=0.7)
    at = next(
        (i for i in range(head + 1, source[1]) if people.words.low[i] in ("including", "like")), source[1]
    )
    speaker = unnamed(people, head, (source[0], at))
    return Resolved((speaker,), (f"“{speaker.name}” is not named in the article",), confidence=0.9)


def _body_called(people: People, head: int, source: Range) -> EntityRecord | None:
    """The one body so far that *the* and the last word of its name, or the first before *of*, can mean.

    With a capital, *the Centre*, only a noun for bodies or places, which is taken for a name of its own.
    """
    words = people.words
    if head < 1 or source != (head - 1, head + 1) or words.low[head - 1] != "the":
        return None
    if words.capital[head] and not (
        head in people.names and kind_of(words, head) in ("organisation", "place")
    ):
        return None
    called = [
        e
        for e in people.entities.values()
        if e.type in ("ORG", "PLACE")
        and any(
            m.kind == "name"
            and m.end - m.start > 1
            and (
                words.low[m.end - 1] == words.low[head]
                or words.low[m.start : m.start + 2] == [words.low[head], "of"]
            )
            for m in e.mentions
        )
    ]
    before = [e for e in called if any(m.kind == "name" and m.end <= source[0] for m in e.mentions)]
    one = before or called
    return one[0] if len(one) == 1 else None
