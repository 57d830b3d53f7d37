"""What a claim is about, reduced to what two claims can be compared by.

Words become keys: a mention of an entity (name, description or pronoun) the entity's id, a country,
its people, its capital and its seat of government one key, any other content word the class of its
lemma. The predicate keeps apart who acts and what is acted on, also in the passive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range, get_attributions, get_entities, root_of
from onrecord.pipeline.claims.proforms import ProForm, find_pro_form, is_verdict, relation_words
from onrecord.pipeline.language.negation import is_negated
from onrecord.schema import Claim

__all__ = ["Gist", "Roles", "gists_of"]

CONTENT_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
SUBJECTS = ("nsubj", "nsubjpass")
FUTURE = frozenset({"will", "would", "'ll", "’ll", "wo"})
PLACED = frozenset({"PLACE", "NORP", "ORG"})
"""Types of entities that can stand for a country."""
BACK = frozenset({"such", "that", "this", "these", "those"})
EMPTY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Roles:
    """Keys of who acts and of what is acted on; a general noun (*the material*) says what without naming it.

    Attributes:
        open_agent: who acts is a pronoun that is not resolved.
        open_patient: what is acted on is a general noun: it takes up something named before.
    """

    agent: frozenset[str] = EMPTY
    patient: frozenset[str] = EMPTY
    open_agent: bool = False
    open_patient: bool = False


@dataclass(frozen=True, slots=True)
class Gist:
    """A claim in keys.

    Attributes:
        topic: its content words, without those too common to tell two topics apart.
        words: a key as the claim words it.
        head: class of the governing predicate; empty where none governs or it is too common.
        negated: whether the claim rejects what it speaks of.
        possible: whether the verb stands under *can*, *should* and the like: nothing happened.
        agents: keys of all who act in it, owners of acts (*Putin’s agreement*) included.
        party: keys of the claimant, with the country that the claimant's description names.
        sentence: index of its sentence in the doc.
        acts: whether a verb that says something stands in it.
        back: keys of nouns that point back (*any such deal*, *these charges*).
        rejects: what it denies can be so or not so: a clause, *any …*, a noun for a claim.
        nominal: a noun leads it, no clause (*any presence at the airfield*).
        of_claim: a noun for a claim leads it (*the allegation that …*).
        form: how it takes up what somebody claimed (*that account*, *that's rubbish*), if it does only that.
        which: keys of the word that says which claim it takes up (*the bribery claim*).
    """

    claim: Claim
    topic: frozenset[str]
    words: Mapping[str, str]
    head: str
    negated: bool
    possible: bool
    roles: Roles
    agents: frozenset[str]
    party: frozenset[str]
    sentence: int
    acts: bool
    back: frozenset[str]
    rejects: bool
    nominal: bool
    of_claim: bool
    form: ProForm | None
    which: frozenset[str]

    def share(self, other: Gist) -> float:
        """Share of the smaller topic that both have, in [0, 1]."""
        return len(self.topic & other.topic) / max(1, min(len(self.topic), len(other.topic)))

    def covered(self, other: Gist) -> float:
        """Share of its own topic that the other has too, in [0, 1]."""
        return len(self.topic & other.topic) / max(1, len(self.topic))

    def likeness(self, other: Gist) -> float:
        """Common keys over all keys of both topics, in [0, 1]."""
        return len(self.topic & other.topic) / max(1, len(self.topic | other.topic))


def gists_of(doc: Doc, claims: Sequence[Claim]) -> list[Gist]:
    """The gists of claims in order; those whose offsets lie outside of the doc are left out."""
    keys = _Keys(doc)
    attributions = get_attributions(doc)
    sents = doc.sents if doc.has_annotation("SENT_START") else ()
    sentences = {i: n for n, s in enumerate(sents) for i in range(s.start, s.end)}
    out = []
    for claim in claims:
        span = doc.char_span(claim.start, claim.end, alignment_mode="expand")
        if span is not None:
            form = _form(claim, span, attributions)
            out.append(_gist(claim, span, keys, sentences.get(span.start, 0), form))
    return out


class _Keys:
    """The key of each token of a doc."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._read: dict[int, str] = {}
        self._entities: dict[int, str] = {}
        for e in get_entities(doc):
            country = _country(e.name) if e.type in PLACED else ""
            key = country or f"@{e.id}"
            for m in sorted(e.mentions, key=lambda m: m.end - m.start, reverse=True):
                head = root_of(doc, (m.start, m.end)).i
                tokens = range(m.start, m.end) if m.kind == "name" else (head,)
                self._entities.update(dict.fromkeys(tokens, key))
                for i in range(m.start, m.end):
                    people = _people(doc[i].text)
                    if people:
                        self._entities[i] = people

    def of(self, t: Token) -> str:
        """The token's key; empty for words that say nothing by themselves."""
        key = self._read.get(t.i)
        if key is None:
            key = self._read[t.i] = self._entities.get(t.i) or _named_country(t) or _content_class(t)
        return key

    def of_phrase(self, t: Token) -> frozenset[str]:
        """Keys of a noun and its conjuncts, by their heads and names."""
        heads = [t, *t.conjuncts] if t.dep_ != "conj" else [t]
        return frozenset(k for h in heads for k in self._phrase(h) if k)

    def _phrase(self, t: Token) -> Iterator[str]:
        yield self.of(t)
        yield from (self.of(c) for c in t.children if c.dep_ in ("compound", "nummod", "amod", "poss"))

    def of_range(self, span: Range) -> frozenset[str]:
        """Keys of the entities and countries in a token range."""
        found = (self._entities.get(t.i) or _named_country(t) for t in self.doc[span[0] : span[1]])
        return frozenset(k for k in found if k)


def _content_class(t: Token) -> str:
    if t.is_stop or len(t) < 3 or t.pos_ not in CONTENT_TAGS:
        return ""
    word = _class(t)
    return "" if word in relation_words("common") or word.endswith(".") else word


def _form(claim: Claim, span: Span, attributions: Sequence[Attribution]) -> ProForm | None:
    if claim.modality != "denied":
        return None
    if claim.quote is not None:
        form = find_pro_form(span.doc, attributions[int(claim.quote[1:]) - 1])
        if form is not None:
            return form
    return ProForm("verdict") if is_verdict(span) else None


def _gist(claim: Claim, span: Span, keys: _Keys, sentence: int, form: ProForm | None) -> Gist:
    words: dict[str, str] = {}
    tokens = list(span)
    for t in tokens:
        key = keys.of(t)
        if key:
            words.setdefault(key, t.text)
    root = span.root
    head = _predicate(span)
    verb = head is not None and head.pos_ in ("VERB", "AUX", "ADJ")
    return Gist(
        claim=claim,
        topic=frozenset(words),
        words=words,
        head=_head_class(head) if head is not None and verb else "",
        negated=claim.modality == "denied" or is_negated(root) or _neither(span),
        possible=verb and head is not None and _is_possible(head),
        roles=_roles(head, span, keys) if head is not None and verb else Roles(),
        agents=_agents(tokens, keys),
        party=_party(claim, span.doc, keys),
        sentence=sentence,
        acts=any(t.pos_ == "VERB" and _head_class(t) for t in tokens),
        back=frozenset(k for t in tokens if t.lower_ in BACK and (k := keys.of(t.head))),
        rejects=_can_be_false(span, head),
        nominal=root.pos_ not in ("VERB", "AUX"),
        of_claim=root.lemma_.lower() in relation_words("accounts"),
        form=form,
        which=frozenset(k for k in [keys.of(span.doc[form.of])] if k)
        if form and form.of is not None
        else EMPTY,
    )


def _can_be_false(span: Span, head: Token | None) -> bool:
    """Not *critics who called it sexist*, *the president's actions*: who dismisses these denies no fact."""
    clause = head is not None and any(c.dep_ in SUBJECTS for c in head.children)
    act = span.root.pos_ in ("VERB", "AUX") or span[0].lower_ in ("any", "all", "such")
    return clause or act or span.root.lemma_.lower() in relation_words("accounts")


def _is_possible(head: Token) -> bool:
    verb = head.head if head.dep_ in ("acomp", "attr") else head
    return any(c.tag_ == "MD" and c.lower_ not in FUTURE for c in verb.children)


def _predicate(span: Span) -> Token | None:
    """What governs the claim: of a copula its complement, of *the claim that P* the verb of P."""
    head = span.root
    if head.lemma_.lower() == "be":
        inside = (c for c in head.children if span.start <= c.i < span.end)
        return next((c for c in inside if c.dep_ in ("acomp", "attr")), head)
    if head.pos_ == "NOUN" and head.lemma_.lower() in load_lexicon("hedges")["claiming"]["nouns"]:
        for c in head.children:
            if c.dep_ in ("acl", "ccomp") and c.i > head.i and any(g.dep_ in SUBJECTS for g in c.children):
                return c
    return head


def _head_class(head: Token) -> str:
    word = _class(head)
    return "" if word in relation_words("common") or not word.isalpha() else word


def _roles(head: Token, span: Span, keys: _Keys) -> Roles:
    verb = head if head.dep_ not in ("acomp", "attr") else head.head
    agents: list[Token] = []
    patients: list[Token] = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    subject = _subject(verb, span)
    if subject is not None and subject not in patients:
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        (agents if head is verb and not passive else patients).append(subject)
    agents += [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    return Roles(
        EMPTY.union(*(keys.of_phrase(t) for t in agents)),
        EMPTY.union(*(keys.of_phrase(t) for t in patients)),
        any(t.pos_ == "PRON" and not keys.of(t) for t in agents),
        any(_takes_up(t) or (t.pos_ == "PRON" and not keys.of(t)) for t in patients),
    )


def _takes_up(t: Token) -> bool:
    return bool({t.lemma_.lower(), t.lower_} & relation_words("general"))


def _subject(verb: Token, span: Span) -> Token | None:
    """The verb's subject, or the noun before it that the parser gave to a word before the claim."""
    for c in verb.children:
        if c.dep_ in SUBJECTS:
            return c
    before = span.doc[span.start : max(span.start, verb.i)]
    nouns = (t for t in before if t.pos_ in ("NOUN", "PROPN", "PRON") and t.head.i < span.start)
    return next(nouns, None)


def _agents(tokens: Sequence[Token], keys: _Keys) -> frozenset[str]:
    found = EMPTY
    for t in tokens:
        if t.dep_ in ("nsubj", "poss") or (t.dep_ == "pobj" and t.head.dep_ == "agent"):
            found |= keys.of_phrase(t)
    return found


def _party(claim: Claim, doc: Doc, keys: _Keys) -> frozenset[str]:
    who = claim.claimant
    found = {f"@{s.entity}" for s in who.speakers if s.entity}
    found |= {country for s in who.speakers if (country := _country(s.name))}
    mention = who.mention and doc.char_span(who.mention.start, who.mention.end, alignment_mode="expand")
    return frozenset(found | keys.of_range((mention.start, mention.end))) if mention else frozenset(found)


def _neither(span: Span) -> bool:
    """*Neither A nor B did it*, also where the first half of it was cut off."""
    subject = next((c for c in span.root.children if c.dep_ in SUBJECTS), None)
    return subject is not None and any(c.dep_ == "cc" and c.lower_ == "nor" for c in subject.children)


@cache
def _classes() -> Mapping[str, str]:
    return {word: row[0] for row in load_lexicon("opposites")["opposites"]["same"] for word in row}


def _class(t: Token) -> str:
    """The class of a word; that of a verb with its particle first (*gave the keys back*)."""
    lemma, classes = t.lemma_.lower(), _classes()
    phrases = (f"{lemma} {c.lower_}" for c in t.children if c.dep_ in ("prt", "advmod"))
    return next((classes[p] for p in phrases if p in classes), classes.get(lemma, lemma))


@cache
def _countries() -> Mapping[str, str]:
    """Names of countries, peoples, capitals and seats, with the country they can stand for."""
    peoples: Mapping[str, str] = load_lexicon("places")["demonyms"]["of"]
    seats: Mapping[str, Sequence[str]] = load_lexicon("polities")["seats"]
    out = dict(peoples)
    out |= {f"{word}s": country for word, country in peoples.items()}
    out |= {country.casefold(): country for country in (*peoples.values(), *seats)}
    return out | {word: country for country, words in seats.items() for word in words}


def _people(word: str) -> str:
    """The country of an adjective or people (*Russian*): no surname, as capitals can be."""
    found: str = load_lexicon("places")["demonyms"]["of"].get(word.casefold(), "")
    return found


def _named_country(t: Token) -> str:
    """The country that a word with a capital can stand for: *us*, *polish* and *turkey* are words."""
    return "" if t.is_lower else _country(t.text)


def _country(name: str) -> str:
    bare = name.casefold().removeprefix("the ")
    return _countries().get(bare, "")
