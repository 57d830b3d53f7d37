"""A finding of the model beside the rules' reading of the same words: which of them says what.

The model knows what is said and by whom better than the rules do; grammar knows where a sentence
begins and ends, what the commas of a parenthesis set off and which verbs share a subject.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.interruptions import from_own_clause, leaves_governor, leaves_subject
from onrecord.pipeline.attribution.loose_pieces import without_loose_pieces
from onrecord.pipeline.attribution.other_owners import (
    before_next_report,
    with_noun_owner,
    with_possessor,
    with_verdict,
    without_next_report,
    without_other_sentences,
)
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.quoted import is_partly_quoted
from onrecord.pipeline.attribution.silence import says_nothing
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import trim
from onrecord.pipeline.language.function_words import FINITE_VERBS
from onrecord.pipeline.language.patients import is_told
from onrecord.pipeline.language.subjects import who_is_quoted
from onrecord.pipeline.places import block_at, blocks_in, is_quoted, marks_in
from onrecord.pipeline.ranges import touch, within

_HEADINGS = frozenset(("headline", "subhead"))
_ADDED = frozenset(("IN", "VBG", "WRB", "WP", "WDT", "CC", "RB"))
MAX_ADJUNCT = 3
"""Words. What follows a parenthesis and is longer, if it begins as an adjunct, is the reporter's."""
MAX_GAP = 3
"""Words. A comma, a conjunction or an adverb, and the cue."""


def reconcile(doc: Doc, found: Attribution, rules: Proposals) -> Attribution | None:
    """What the model found as the sentence has it, or None where nobody says anything.

    Args:
        doc: the doc.
        found: a finding of the model, in the form of the contract.
        rules: what the rules propose for the same doc.
    """
    if says_nothing(doc, found, rules):
        return None
    inside = in_blocks(doc, found)
    if inside is None:
        return None
    out = inside
    for rule in rules.with_cue_in(inside.cue) if inside.cue is not None else ():
        out = with_rule(doc, out, rule)
    out = before_next_report(doc, without_next_report(with_relayer(out, rules), rules), rules)
    out = without_other_sentences(doc, with_verdict(doc, with_possessor(doc, with_noun_owner(doc, out))))
    out = without_loose_pieces(doc, before_next_deed(doc, over_relayed_cues(out, rules)))
    if not out.contents or _names_the_cue_of(doc, out, rules):
        return None
    return _with_awaited_cue(doc, out, rules)


def is_relayed(doc: Doc, inner: Attribution, outer: Attribution) -> bool:
    """Whether one statement is the whole of what another reports: *A argues | that B claimed that P*.

    Args:
        doc: the doc.
        inner: what a rule proposes, by a cue of speech and with a source of its own.
        outer: what the model found.
    """
    if inner.cue is None or inner.source is None or outer.source is None or inner.mode != "speech":
        return False
    quoted = inner.rule == "naming" and is_partly_quoted(doc, inner)
    if not (inner.rule in rule_names.CLAUSES or quoted) or outer.mode != "speech" or len(outer.contents) != 1:
        return False
    content = outer.contents[0]
    if not all(within(span, content) for span in (inner.cue, inner.source, *inner.contents)):
        return False
    root = root_of(doc, content)
    verb = root_of(doc, inner.cue)
    # *told him that P, adding that Q*: the relayed speaker goes on.
    goes_on = verb.tag_ == "VBG" and cue_lexicon().reports(root) == "speech" and root.i < verb.i
    # *quoted | Captain Lee as saying that P |*.
    return verb == root or goes_on or who_is_quoted(verb) is not None


def in_blocks(doc: Doc, found: Attribution) -> Attribution | None:
    """Contents that do not run over the end of a block, unless a quotation does.

    A heading reports nothing outside itself, and a source stands in the block of its cue.
    """
    anchor = found.cue[0] if found.cue else found.contents[0][0]
    home = block_at(doc, anchor)
    if home is None:
        return found
    contents: list[Range] = []
    for start, end in found.contents:
        for block in blocks_in(doc, (start, end)):
            span = max(start, block.start), min(end, block.end)
            here = home.kind in _HEADINGS or not is_quoted(doc, span) or _asked(doc, found)
            if block != home and here:
                continue
            kept = trim(doc, span, keep_stop=True) if span != (start, end) else span
            if kept is not None:
                contents.append(kept)
    source = found.source
    reasons = found.reasons
    if source is not None and not home.start <= source[0] < home.end and found.cue is not None:
        source, reasons = None, (*reasons, "the source stands in another paragraph")
    if not contents:
        return None
    return replace(found, contents=tuple(contents), source=source, reasons=reasons)


def _told(doc: Doc, rule: Attribution) -> bool:
    """Whether the rule takes who was told for the source: *‘took £30,000’, jury | told*."""
    if rule.source is None or rule.cue is None:
        return False
    return is_told(root_of(doc, rule.cue), root_of(doc, rule.source))


def with_rule(doc: Doc, found: Attribution, rule: Attribution) -> Attribution:
    """The model's finding with what a rule with the same cue knows better.

    The commas of a parenthesis say what it interrupts; the subject of a reporting verb stands for a
    source that the model left out; what is refused or declined begins with its *to*.
    """
    if rule.rule == "parenthetical" and rule.source is not None:
        governed = leaves_governor(doc, found, rule)
        if governed or leaves_subject(doc, found, rule) or _interrupts(doc, found, rule):
            contents = from_own_clause(doc, rule).contents if governed else rule.contents
            reasons = (*found.reasons, *rule.reasons)
            return replace(found, contents=contents, source=rule.source, reasons=reasons)
    if rule.rule == "infinitive" and _declines(doc, found, rule):
        return replace(found, contents=rule.contents, cue=rule.cue, reasons=(*found.reasons, *rule.reasons))
    known = rule.source is not None and rule.mode == "speech" and not _told(doc, rule)
    if found.source is None and known and not _asked(doc, found):
        return replace(found, source=rule.source, reasons=(*found.reasons, *rule.reasons))
    if rule.rule == "according_to" and _interrupts(doc, found, rule):
        return replace(found, contents=rule.contents, reasons=(*found.reasons, *rule.reasons))
    if rule.source is not None and _drops_participle(doc, found, rule.source):
        return replace(found, source=rule.source)
    longer = (
        rule.rule == "according_to"
        and found.source is not None
        and rule.source is not None
        and found.source[0] == rule.source[0]
        and found.source[1] < rule.source[1]
        and not any(touch(rule.source, c) for c in found.contents)
    )
    return replace(found, source=rule.source) if longer else found


def _interrupts(doc: Doc, found: Attribution, rule: Attribution) -> bool:
    """Whether the rule's parenthesis stands inside one plain clause that the model saw only in part."""
    if len(rule.contents) != 2 or rule.source is None or is_quoted(doc, (rule.start, rule.end)):
        return False
    first, second = rule.contents
    if doc[second[0]].tag_ in _ADDED and second[1] - second[0] > MAX_ADJUNCT:
        return False
    one = (
        len(found.contents) == 1
        and _same(found.contents[0], second)
        and not any(t.tag_ in FINITE_VERBS for t in doc[first[0] : first[1]])
    )
    return any(touch(rule.source, c) for c in found.contents) or _same(found.contents[0], first) or one


def _asked(doc: Doc, found: Attribution) -> bool:
    """*Asked whether she agreed, …*: the subject of the sentence is not who asked."""
    if found.cue is None or found.source is not None:
        return False
    verb = root_of(doc, found.cue)
    return verb.tag_ == "VBN" and lemma_of(verb) == "ask"


def _drops_participle(doc: Doc, found: Attribution, source: Range) -> bool:
    """*Ann Lee | , speaking in Oslo after a meeting*: set off by a comma, it is no part of the source."""
    if found.source is None or found.source[0] != source[0] or found.source[1] <= source[1] + 1:
        return False
    return doc[source[1]].text == "," and doc[source[1] + 1].tag_ in ("VBG", "VBN", "WP", "WP$", "WDT")


def _declines(doc: Doc, found: Attribution, rule: Attribution) -> bool:
    """*refused to discuss | the case*, where the contract's content is *to discuss the case*."""
    declining = cue_lexicon().comment["declining"]
    if found.cue is None or rule.cue is None or lemma_of(root_of(doc, rule.cue)) not in declining:
        return False
    return found.cue[0] <= rule.cue[0] and rule.start < found.cue[1] and found.end == rule.end


def with_relayer(found: Attribution, rules: Proposals) -> Attribution:
    """The content with who says the quotation that it begins with: *| Lee told him “P” |, according to …*.

    Args:
        found: a finding of the model.
        rules: what the rules propose for the same doc.
    """
    if found.cue is None or found.cue[0] < found.end:
        return found
    start, end = found.start, found.end
    for whole in rules.with_cue_in(found.cue):
        if whole.rule != "according_to" or len(whole.contents) != 1:
            continue
        first, last = whole.contents[0]
        relayed = any(
            r.source is not None
            and r.cue is not None
            and first <= r.source[0]
            and r.source[1] <= r.cue[0] < start
            for r in rules.with_content_in((start, start + 1))
        )
        if first < start and abs(last - end) <= 1 and relayed:
            return replace(found, contents=((first, end),), reasons=(*found.reasons, *whole.reasons))
    return found


def over_relayed_cues(found: Attribution, rules: Proposals) -> Attribution:
    """Contents joined where only the cue of a statement that the source relays stands between them.

    *According to the Post, Lee told him “P”, | adding | that Q*: both are what the Post says.
    """
    contents = list(found.contents[:1])
    for span in found.contents[1:]:
        low = contents[-1][1]
        relayed = (
            found.cue is not None
            and span[0] - low <= MAX_GAP
            and any(
                r.cue is not None
                and not touch(r.cue, found.cue)
                and r.mode == "speech"
                and low <= r.cue[0]
                and r.cue[1] <= span[0] <= r.start + 1
                and r.end <= span[1]
                for r in rules.with_cue_in((low, span[0]))
            )
        )
        if relayed and found.cue is not None and not low <= found.cue[0] < span[0]:
            contents[-1] = (contents[-1][0], span[1])
        else:
            contents.append(span)
    return replace(found, contents=tuple(contents))


def before_next_deed(doc: Doc, found: Attribution) -> Attribution:
    """The content cut where the reporter goes on with what else the speaker did or said.

    *called it “a promise kept” | and left*, *praised the crew | and asked for more*: the next verb stands
    right after the coordination, in the tense of the cue, and the parser joins it to the cue.
    """
    if found.cue is None:
        return found
    verb = root_of(doc, found.cue)
    start, end = found.contents[-1]
    marks = marks_in(doc, (start, end))
    for joint in verb.children:
        if joint.dep_ != "cc" or not start < joint.i < end or any(m.start < joint.i < m.end for m in marks):
            continue
        following = next((t for t in doc[joint.i + 1 : end] if t.pos_ != "ADV"), None)
        if (
            following is not None
            and following.dep_ == "conj"
            and following.head == verb
            and following.tag_ == verb.tag_
            and following.tag_ in FINITE_VERBS
        ):
            kept = trim(doc, (start, joint.i), keep_stop=True)
            if kept is not None:
                return replace(found, contents=(*found.contents[:-1], kept))
    return found


def _names_the_cue_of(doc: Doc, found: Attribution, rules: Proposals) -> bool:
    """Whether the content is another statement's noun and clause: *rejected | her argument that …*.

    Not *said | they share the belief that …*, whose content has a verb of its own.
    """
    start, end = found.contents[0]
    noun = root_of(doc, (start, end))
    return len(found.contents) == 1 and any(
        r.rule == "noun_clause"
        and r.source is not None
        and r.cue is not None
        and r.source[0] == start
        and r.cue[0] <= noun.i < r.cue[1]
        and within(r.cue, (start, end))
        and abs(r.contents[-1][1] - end) <= 1
        for r in rules.with_cue_in((start, end))
    )


def _with_awaited_cue(doc: Doc, found: Attribution, rules: Proposals) -> Attribution | None:
    """What somebody will say, where nobody is who expects it: *Lawyers are expected | to argue | that …*."""
    if found.source is not None or found.cue is None or doc[found.start].tag_ != "TO":
        return found
    for rule in rules.with_cue_in((found.start, found.start + 2)):
        if rule.cue is None or rule.source is None or rule.mode != "speech":
            continue
        if found.start <= rule.cue[0] <= found.start + 1 and rule.end == found.end:
            pending = cue_lexicon().words["predicates"]["pending"]
            if lemma_of(root_of(doc, found.cue)) not in pending:
                return None  # *Asked | to describe it*
            return replace(found, cue=rule.cue, source=rule.source, contents=rule.contents, mode=rule.mode)
    return found


def _same(a: Range, b: Range) -> bool:
    return abs(a[0] - b[0]) <= 1 and abs(a[1] - b[1]) <= 1
