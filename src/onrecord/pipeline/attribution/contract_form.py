"""What the model found, brought into the form that the data contract asks for.

The corpus that the model learned from takes *who* and *Smith's* as sources; the contract wants the
antecedent and the name.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.source_edges import with_source_edges
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import agent_of, is_passive, source_range, subject_of, trim
from onrecord.pipeline.language.function_words import FINITE, RELATIVES, SUBORDINATORS, WH_TAGS
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.patients import has_hearer, is_told, takes_others
from onrecord.pipeline.language.subjects import described, is_asked, is_somebody, opens_as_asked
from onrecord.pipeline.places import block_at

MAX_ADDRESSEE = 8
"""Words. A model's content that begins earlier than this before the rule's begins with something else."""

_NOBODY = frozenset(("ORG", "GPE", "LOC", "FAC"))
"""Types of the base pipeline's names that *who* seldom takes up."""


def in_contract_form(doc: Doc, found: Attribution, rules: Proposals | None = None) -> Attribution:
    """The attribution with source and cue inside their block, and the source as the contract has it.

    Args:
        doc: the doc.
        found: what the model found.
        rules: what the rules found; one with the same cue says where the content begins.
    """
    named = without_bare_article(doc, inside_block(doc, found))
    formed = without_listener(doc, without_case(doc, with_apposition(doc, named)))
    formed = with_whole_subject(doc, without_carrier(doc, without_clause(doc, formed)))
    formed = with_its_object(doc, with_antecedent(doc, with_relative(doc, formed)))
    return with_rule_start(doc, with_source_edges(doc, formed), rules)


def without_bare_article(doc: Doc, found: Attribution) -> Attribution:
    """No source where it is an article alone: *| The | admission that the tapes were erased*."""
    bare = found.source is not None and all(t.dep_ == "det" for t in doc[slice(*found.source)])
    return replace(found, source=None) if bare else found


def with_rule_start(doc: Doc, found: Attribution, rules: Proposals | None) -> Attribution:
    """The content from where a rule with the same cue begins it: without the addressee.

    A subject raised out of the content (*| The veto | is expected | to come |*) is a part of it. After a
    noun cue the rule also says where the content ends; elsewhere the model knows better (PolNeAR dev,
    attribution + source F1: rule starts 73.7, rule ends too 73.4, the model's own 73.8). A rule that begins
    with a finite verb has left out its subject and knows nothing.
    """
    cue = found.cue
    if cue is None or rules is None:
        return found
    rule = next((r for r in rules.with_cue_in(cue) if _knows_start(r)), None)
    if rule is None:
        return found
    start, end = rule.contents[-1]
    if found.start < start and doc[start - 1].tag_ == "CC":
        # *documents the boom and | the profits that it brought |*: both are what is documented.
        start = found.start
    free = doc[found.start].tag_ in WH_TAGS and found.contents[0][1] == found.start + 1
    if free and len(found.contents) == 1 and rule.rule == "question_clause" and start == found.start:
        # *accepted | what | it called “lapses”*: what is accepted is the whole of it.
        return replace(found, contents=rule.contents)
    if doc[start].tag_ in FINITE and rule.rule not in rule_names.RAISING and not free:
        return found
    spans = [(max(s, start) if start - s <= MAX_ADDRESSEE else s, e) for s, e in found.contents if e > start]
    if rule.rule in rule_names.ENDING:
        spans = [(s, min(e, end)) for s, e in spans if s < end]
    if spans and len(rule.contents) > 1 and found.source is None:
        own = [span for span in found.contents if span[1] <= cue[0]]
        spans = [*(own or rule.contents[:1]), *spans]
    return replace(found, contents=tuple(spans)) if spans else found


def _knows_start(rule: Attribution) -> bool:
    one = len(rule.contents) == 1 or rule.rule in rule_names.RAISING
    return one and rule.rule in rule_names.BEGINNING


def inside_block(doc: Doc, found: Attribution) -> Attribution:
    """Source and cue cut where their block ends; what runs over a headline's end is another sentence."""

    def cut(span: Range | None) -> Range | None:
        if span is None:
            return None
        block = block_at(doc, span[0])
        return (span[0], min(span[1], block.end)) if block is not None else span

    contents = found.contents
    heading = block_at(doc, found.cue[0]) if found.cue is not None else None
    if heading is not None and heading.kind in ("headline", "subhead"):
        # A heading reports nothing outside itself.
        contents = tuple(c for c in contents if heading.start <= c[0] < heading.end) or contents
    return replace(found, source=cut(found.source), cue=cut(found.cue), contents=contents)


def with_apposition(doc: Doc, found: Attribution) -> Attribution:
    """The source with the bare name behind it that the content begins with.

    *According to | the coach |, Ada Okafor, | the robot fell*.
    """
    if found.source is None or found.cue is None or found.cue[1] > found.source[0]:
        return found
    start, end = found.contents[0]
    last = _end_of_person(doc, start)
    beside = found.source[1] == start - 1 and doc[start - 1].text == ","
    if last is None or not beside or root_of(doc, found.source).pos_ != "NOUN":
        return found
    closed = last < end and doc[last].text == ","
    rest = trim(doc, (last, end), keep_stop=True) if closed else None
    if rest is None:
        return found
    return replace(found, source=(found.source[0], last), contents=(rest, *found.contents[1:]))


def _end_of_person(doc: Doc, start: int) -> int | None:
    """Where the name of a person that begins there ends; `doc.ents` would make all names anew."""
    if doc[start].ent_iob_ != "B" or doc[start].ent_type_ != "PERSON":
        return None
    return next((i for i in range(start + 1, len(doc)) if doc[i].ent_iob_ != "I"), len(doc))


def without_case(doc: Doc, found: Attribution) -> Attribution:
    """The source without a possessive ending."""
    if found.source is None:
        return found
    start, end = found.source
    while end - 1 > start and doc[end - 1].tag_ == "POS":
        end -= 1
    return replace(found, source=(start, end))


def without_listener(doc: Doc, found: Attribution) -> Attribution:
    """No source that is the subject of a passive cue: *passengers were told*, *asked why, she said*.

    Nor of *expected*, *thought*, which others do; but who was *thrilled* or *divided* thinks it.
    """
    if found.source is None or found.cue is None:
        return found
    verb = root_of(doc, found.cue)
    subject = root_of(doc, found.source)
    agent = agent_of(verb)
    told = _undergoes(verb, subject, agent_of(verb)) or is_told(verb, subject)
    asked = is_asked(verb) or (opens_as_asked(verb) and subject.i > verb.i)
    if not told and (not asked or subject == agent):
        return _by_who_tells(found, verb, subject)
    span = source_range(agent, low=agent.i - 12 if agent.i > 12 else 0, high=len(doc)) if agent else None
    contents = found.contents
    if asked and found.source[0] > found.cue[0]:
        # *Asked whether it might, | Finch laughs. “It might.”*: the answer is no part of the question.
        contents = tuple(c for c in contents if c[0] < found.source[0]) or contents
    reason = f"'{subject.text}' is who was told"
    return replace(found, source=span, contents=contents, reasons=(*found.reasons, reason))


def _undergoes(verb: Token, subject: Token, agent: Token | None) -> bool:
    """Whether a noun is whom a passive of telling or thinking concerns.

    *She called | and was told*, *Reed, who is said to own it*, *Menna, told by Eleri*: the subject may be
    that of the verb before, the antecedent, or what a participle with its doer stands behind.
    """
    if subject == agent or _is_has(verb) or not takes_others(verb):
        return False
    if not is_passive(verb):
        return agent is not None and verb.dep_ == "acl" and verb.head == subject and has_hearer(verb)
    own = subject_of(verb)
    if own is not None and own.tag_ in WH_TAGS and verb.dep_ == "relcl":
        own = verb.head
    return own == subject and subject.i < verb.i


def _by_who_tells(found: Attribution, verb: Token, hearer: Token) -> Attribution:
    """The subject for a source that is the verb's own object: *Lund asked | the minister | who would pay*."""
    teller = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if hearer.head != verb or hearer.dep_ not in ("dobj", "dative") or teller is None:
        return found
    if not is_somebody(teller) or not has_hearer(verb):
        return found
    span = source_range(teller, low=teller.sent.start, high=verb.i)
    return replace(found, source=span, reasons=(*found.reasons, f"'{hearer.text}' is who was told"))


def _is_has(verb: Token) -> bool:
    """Whether *is*, as the parser has it, is *has*: *she's said that it will*, but *he's said to be ill*."""
    short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in verb.children)
    return short and not any(c.dep_ in ("xcomp", "agent") for c in verb.children)


def without_clause(doc: Doc, found: Attribution) -> Attribution:
    """The subject of the cue for a source that is a clause of reason or time.

    *One inspector, who asked not to be named | because she works there |, said*.
    """
    if found.source is None or found.cue is None:
        return found
    first = doc[found.source[0]]
    if first.dep_ != "mark" or first.lower_ not in SUBORDINATORS:
        return found
    verb = root_of(doc, found.cue)
    subject = subject_of(verb)
    if subject is None or found.source[0] <= subject.i < found.source[1]:
        return replace(found, source=None)
    span = source_range(subject, low=subject.sent.start, high=max(verb.i, subject.i + 1))
    return replace(found, source=span, reasons=(*found.reasons, f"subject of cue is {subject.text}"))


def without_carrier(doc: Doc, found: Attribution) -> Attribution:
    """Who is quoted in place of who quotes: *Reed was quoted by the agency as saying*."""
    quoted = _who_is_quoted(doc, found)
    if quoted is None:
        return found
    contents = tuple(c for c in found.contents if doc[slice(*c)].root != quoted) or found.contents
    span = source_range(quoted, low=quoted.sent.start, high=quoted.sent.end)
    reason = f"'{quoted.text}' is who is quoted"
    return replace(found, source=span, contents=contents, reasons=(*found.reasons, reason))


def is_who_is_quoted(doc: Doc, found: Attribution) -> bool:
    """Whether the content is no more than whom others quote: *| Reed | was quoted by the agency*."""
    quoted = _who_is_quoted(doc, found)
    return quoted is not None and all(doc[slice(*c)].root == quoted for c in found.contents)


def _who_is_quoted(doc: Doc, found: Attribution) -> Token | None:
    """The subject of the passive *quoted by* that has the source for its agent and the cue in its clause."""
    if found.source is None or found.cue is None:
        return None
    source = root_of(doc, found.source)
    agent = source if source.dep_ == "agent" else source.head
    passing_on = cue_lexicon().words["reporting"]["passing_on"]
    if agent.dep_ != "agent" or lemma_of(agent.head) not in passing_on:
        return None
    cue = root_of(doc, found.cue)
    if cue != agent.head and not agent.head.is_ancestor(cue):
        return None
    return next((c for c in agent.head.children if c.dep_ == "nsubjpass"), None)


def _before_the_time(antecedent: Token) -> Token:
    """What a clause is about that the parser hangs on a time: *her accounts in July, which showed*."""
    if antecedent.ent_type_ not in TIMES and antecedent.dep_ != "npadvmod":
        return antecedent
    above = antecedent.head.head if antecedent.dep_ == "pobj" else antecedent.head
    if above.pos_ in ("NOUN", "PROPN"):
        return above
    objects = [c for c in above.children if c.dep_ in ("dobj", "attr") and c.i < antecedent.i]
    return objects[-1] if objects else antecedent


def _person_above(antecedent: Token, relative: Token) -> Token:
    """The person whom a place or body goes with: *a cook at the Gannet, who said*; else the antecedent."""
    if relative.lower_ != "who" or antecedent.ent_type_ not in _NOBODY:
        return antecedent
    above = antecedent
    while above.dep_ in ("pobj", "prep", "compound") and above.head.i < above.i:
        above = above.head
        if above.pos_ in ("NOUN", "PROPN") and above.ent_type_ not in _NOBODY:
            return above
    return antecedent


def with_whole_subject(doc: Doc, found: Attribution) -> Attribution:
    """The cue's subject as source where the source is only what a preposition in it governs.

    *His aside to | Macron | reveals*.
    """
    if found.source is None or found.cue is None:
        return found
    verb, inner = root_of(doc, found.cue), root_of(doc, found.source)
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is None or inner.dep_ != "pobj" or inner == subject or not subject.is_ancestor(inner):
        return found
    span = source_range(subject, low=subject.sent.start, high=verb.i)
    if span is None or not (span[0] <= found.source[0] and found.source[1] <= span[1]):
        return found
    return replace(found, source=span, reasons=(*found.reasons, f"subject of cue is {subject.text}"))


def with_relative(doc: Doc, found: Attribution) -> Attribution:
    """The relative pronoun as source where it is the subject of the cue, and the source another verb's.

    *The ministers spread | rumours | that painted and showed the poor as thieves*: not the ministers. *| an
    ad | that, as Reed noted, promises cuts*: not Reed.
    """
    if found.source is None or found.cue is None:
        return found
    clause = verb = root_of(doc, found.cue)
    while clause.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children):
        clause = clause.head
    subject = next((c for c in clause.children if c.dep_ == "nsubj" and c.lower_ in RELATIVES), None)
    if subject is None or clause.dep_ != "relcl":
        return found
    source = root_of(doc, found.source)
    another = source.dep_ == "nsubj" and source.head not in (clause, verb)
    if found.source[1] > subject.i and (not another or source.head.is_ancestor(verb)):
        return found
    return replace(found, source=(subject.i, subject.i + 1))


def with_antecedent(doc: Doc, found: Attribution) -> Attribution:
    """The antecedent as source where the source is a relative pronoun, and no source where it has none."""
    if found.source is None:
        return found
    # *Which together vowed*: the model may take the adverb too, or the adverb alone.
    words = [t for t in doc[max(0, found.source[0] - 1) : found.source[1]] if t.lower_ in RELATIVES]
    rest = [t for t in doc[found.source[0] : found.source[1]] if t not in words]
    if len(words) != 1 or any(t.pos_ != "ADV" for t in rest):
        return found
    pronoun = words[0]
    clause = next((t for t in (pronoun, *pronoun.ancestors) if t.dep_ == "relcl"), None)
    if clause is not None:
        antecedent = _person_above(_before_the_time(clause.head), pronoun)
        head = described(antecedent, pronoun)
    elif pronoun.i and doc[pronoun.i - 1].pos_ in ("NOUN", "PROPN") and pronoun.lower_ == "who":
        # The parser took the relative clause for another: *tells voters who wonder*.
        head = doc[pronoun.i - 1]
    else:
        bare = not rest and pronoun.lower_ == "who"
        return replace(found, source=None) if bare else found
    span = source_range(head, low=head.sent.start, high=pronoun.i)
    reason = f"'{pronoun.text}' stands for {head.text}"
    return replace(found, source=span, reasons=(*found.reasons, reason)) if span else found


def with_its_object(doc: Doc, found: Attribution) -> Attribution:
    """The cue with the *it* that takes up what is said: *“peace”, as she put | it |, is near*."""
    if found.cue is None or found.cue[1] >= len(doc):
        return found
    start, end = found.cue
    verb = root_of(doc, found.cue)
    if doc[end].lower_ != "it" or doc[end].head != verb or not _is_comparing(verb):
        return found
    pieces = (_behind(doc, span) if span[0] == end else span for span in found.contents)
    contents = tuple(span for span in pieces if span is not None)
    if not contents:
        whole = _what_it_takes_up(doc, verb)
        return replace(found, cue=(start, end + 1), contents=(whole,)) if whole is not None else found
    return replace(found, cue=(start, end + 1), contents=contents)


def _what_it_takes_up(doc: Doc, verb: Token) -> Range | None:
    """The clause that *as she put it* follows."""
    clause, first = verb.head, verb.left_edge.i
    if verb.dep_ != "advcl" or clause.i > first or doc[first - 1].text not in (",", "”", '"', "''"):
        return None
    opener = clause.left_edge
    start = opener.i + 1 if opener.dep_ == "mark" and opener.head == clause else opener.i
    return trim(doc, (start, first))


def _is_comparing(verb: Token) -> bool:
    """*as she put it*: of what was said it tells how."""
    return any(c.lower_ == "as" and c.i < verb.i and c.dep_ in ("mark", "advmod") for c in verb.children)


def _behind(doc: Doc, span: Range) -> Range | None:
    """A piece without its first word and the comma behind that."""
    start = span[0] + 1
    while start < span[1] and doc[start].is_punct and not doc[start].is_quote:
        start += 1
    return (start, span[1]) if start < span[1] else None


def without_cue_debris(doc: Doc, found: Attribution) -> Attribution:
    """The cue without the beginning of a phrase about a noun in it: *wrote in the letter | to | the guild*.

    Not without *'s* in *'s said*: without it the F1 of cues on PolNeAR dev falls by 0.4.
    """
    if found.cue is None:
        return found
    start, end = found.cue
    last = doc[end - 1]
    inside = last.dep_ == "prep" and last.head.pos_ == "NOUN" and start <= last.head.i < end
    return found if not inside or _governs_content(last, found) else replace(found, cue=(start, end - 1))


def _governs_content(preposition: Token, found: Attribution) -> bool:
    objects = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    held = (*found.contents, *((found.source,) if found.source else ()))
    if not objects or any(s <= objects[0].i < e for s, e in held):
        return True
    return preposition.i + 1 == found.start
