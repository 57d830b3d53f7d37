"""Words that the model gives to one statement and that another cue or another sentence owns."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import SUBJECTS, is_passive, source_range, subtree_range, trim
from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.language.subjects import may_speak
from onrecord.pipeline.places import is_quoted, marks_in
from onrecord.pipeline.ranges import touch, within

_BY = frozenset(("by", "from"))


def with_noun_owner(doc: Doc, found: Attribution) -> Attribution:
    """Who makes a claim, and not who answers it: *responded to complaints by Lee | that it leaked*."""
    if found.cue is None:
        return found
    start, end = found.contents[-1]
    if doc[start].lower_ != "that" or doc[start].tag_ != "IN":
        return found
    for noun in reversed(doc[found.cue[0] + 1 : start]):
        if noun.pos_ != "NOUN" or cue_lexicon().mode(noun, "nouns") != "speech":
            continue
        owner = _owner_before(noun, start)
        if owner is None or noun.dep_ != "pobj":
            return found
        span = source_range(owner, low=noun.i, high=start)
        reasons = (*found.reasons, f"'{noun.text}' is made by {owner.text}")
        cue = (noun.i, noun.i + 1)
        return replace(found, contents=((start, end),), cue=cue, source=span, reasons=reasons)
    return found


def with_possessor(doc: Doc, found: Attribution) -> Attribution:
    """Whose noun the cue is, and not who takes it up: *The Argus seized on | Lund |'s | claim | that P*.

    A noun in the genitive says it alone; a pronoun may stand for the source.
    """
    if found.cue is None or found.source is None or found.cue[0] > found.contents[0][0]:
        return found
    noun = root_of(doc, found.cue)
    own = next((c for c in noun.children if c.dep_ == "poss" and c.pos_ in ("PROPN", "NOUN")), None)
    if (
        noun.pos_ != "NOUN"
        or own is None
        or own.ent_type_ in TIMES
        or cue_lexicon().mode(noun, "nouns") is None
    ):
        return found
    span = source_range(own, low=own.sent.start, high=noun.i)
    if span is None or touch(span, found.source) or touch(span, found.contents[0]):
        return found
    reasons = (*found.reasons, f"'{noun.text}' is made by {own.text}")
    return replace(found, source=span, cue=(max(found.cue[0], span[1]), found.cue[1]), reasons=reasons)


def with_verdict(doc: Doc, found: Attribution) -> Attribution:
    """Whose word a quotation was: *“Never a goal,” was | Brun |'s | verdict*."""
    if found.cue is None or found.source is None or root_of(doc, found.cue).lemma_ != "be":
        return found
    noun = root_of(doc, found.source)
    own = next((c for c in noun.children if c.dep_ == "poss" and found.source[0] <= c.i), None)
    if noun.pos_ != "NOUN" or own is None or not _is_marked(doc, found.contents[0]):
        return found
    if own.pos_ != "PROPN" and not may_speak(own):
        return found
    span = source_range(own, low=found.source[0], high=noun.i)
    return replace(found, source=span, cue=(noun.i, noun.i + 1)) if span is not None else found


def _is_marked(doc: Doc, span: Range) -> bool:
    return any(
        m.role in ("quote", "scare") and m.start in (span[0] - 1, span[0]) for m in marks_in(doc, span)
    )


def _owner_before(noun: Token, end: int) -> Token | None:
    """The noun after *by* or *from* whose phrase is all that stands between `noun` and `end`."""
    doc = noun.doc
    by = doc[noun.i + 1]
    owner = next((c for c in by.children if c.dep_ == "pobj"), None) if by.lower_ in _BY else None
    if owner is None:
        return None
    last = subtree_range(owner, high=end)[1]
    return owner if all(t.is_punct for t in doc[last:end]) else None


def without_other_sentences(doc: Doc, found: Attribution) -> Attribution:
    """Without a later piece of another sentence that is no clause and stands in no marks.

    Nor with a question before the sentence that answers it: *Was there none? | There was |, she admitted*.
    """
    if len(found.contents) == 1:
        return found
    first = 1 if _is_answered(doc, found) else 0
    kept = [found.contents[first]]
    for span in found.contents[first + 1 :]:
        near = doc[span[0]].sent == doc[kept[-1][1] - 1].sent
        home = found.cue is not None and doc[span[0]].sent == doc[found.cue[0]].sent
        if near or home or is_quoted(doc, span) or any(t.tag_ in FINITE for t in doc[span[0] : span[1]]):
            kept.append(span)
    return replace(found, contents=tuple(kept))


def _is_answered(doc: Doc, found: Attribution) -> bool:
    """Whether the first piece is a question without marks and the second stands before its cue."""
    (start, end), (following, _) = found.contents[:2]
    if found.cue is None or found.source is None or is_quoted(doc, (start, end)):
        return False
    answer = doc[following].sent
    asked = any(t.text == "?" for t in doc[end - 1 : answer.start])
    here = following == answer.start and answer.start < found.cue[0] < answer.end
    return asked and here and not any(t.text == "?" for t in answer)


def without_next_report(found: Attribution, rules: Proposals) -> Attribution:
    """Without a later piece that the speaker's next verb reports.

    *said it leaked | and called the plan “a joke”* are two statements.
    """
    if len(found.contents) == 1 or found.cue is None or found.source is None:
        return found
    kept: list[Range] = [found.contents[0]]
    for span in found.contents[1:]:
        low = kept[-1][1]
        next_one = any(
            r.cue is not None
            and low <= r.cue[0]
            and r.cue[1] <= span[0] <= r.start + 1
            and r.end <= span[1] + 1
            and r.mode == "speech"
            and r.source is not None
            and touch(r.source, found.source)
            for r in rules.with_cue_in((low, span[0]))
        )
        if not next_one or low <= found.cue[0] < span[0]:
            kept.append(span)
    return replace(found, contents=tuple(kept))


def before_next_report(doc: Doc, found: Attribution, rules: Proposals) -> Attribution:
    """Without the words from the speaker's next verb on, which the model took in.

    *said the files had lain open | and called the safeguards “negligible”*: the tense is that of the cue, a
    conjunction or a comma stands before it, and by the rules the same source is its subject.

    Args:
        doc: the doc.
        found: a finding of the model.
        rules: what the rules propose for the same doc.
    """
    if found.cue is None or found.source is None:
        return found
    tag = doc[found.cue[0] : found.cue[1]].root.tag_
    start, end = found.contents[-1]
    if tag not in FINITE or within(found.source, (start, end)):
        return found
    marks = marks_in(doc, (start, end))
    for rule in sorted(rules.with_cue_in((start, end)), key=lambda r: r.start):
        if rule.cue is None or rule.source is None or not start < rule.cue[0] < rule.start < end:
            continue
        verb = doc[rule.cue[0] : rule.cue[1]].root
        joint = verb.i - 1
        while joint > start and doc[joint].pos_ == "ADV":
            joint -= 1
        joined = doc[joint].tag_ == "CC" or doc[joint].text == ","
        inside = any(m.start < joint < m.end for m in marks)
        if verb.tag_ != tag or not joined or inside or is_passive(verb) or rule.source != found.source:
            continue
        if not _is_the_cues(verb, found):
            continue
        kept = trim(doc, (start, joint), keep_stop=True)
        if kept is not None and kept[1] - kept[0] > 1:
            return replace(found, contents=(*found.contents[:-1], kept))
    return found


def _is_the_cues(verb: Token, found: Attribution) -> bool:
    """Whether a verb goes on with the cue, by the parse or because nobody in the content could do it."""
    assert found.cue is not None
    head = verb
    while head.dep_ == "conj" and head.head != head:
        head = head.head
        if found.cue[0] <= head.i < found.cue[1]:
            return True
    subject = next((c for c in head.children if c.dep_ in SUBJECTS), None)
    return subject is not None and not may_speak(subject)
