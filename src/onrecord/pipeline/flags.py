"""What a reader must know about an attribution beyond its words: denied, pending, asked, second-hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.cues import cue_lexicon, lemma_of
from onrecord.pipeline.negation import follows_nor, is_negated, is_nobody, negates
from onrecord.pipeline.rule_names import SILENCE
from onrecord.schema import Flag

ORDER: tuple[Flag, ...] = (
    "negated",
    "modal",
    "question",
    "second_hand",
    "declined_comment",
    "repaired_mark",
    "uncertain_speaker",
)
_MODALS = frozenset(
    (
        "will",
        "would",
        "may",
        "might",
        "could",
        "should",
        "must",
        "shall",
        "can",
        "ca",
        "'ll",
        "’ll",
        "wo",
        "'d",
        "’d",
    )
)
_PENDING = frozenset(
    ("expect", "plan", "intend", "prepare", "due", "set", "want", "hope", "schedule", "slate", "likely")
)
_QUESTION_WORDS = frozenset(
    ("whether", "if", "what", "why", "how", "who", "when", "where", "which", "whose", "whom")
)


def with_flags(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution with the flags that its cue and content carry; those it has are kept."""
    found = set(attribution.flags)
    verb = _cue_head(doc, attribution)
    if verb is not None:
        found |= _cue_flags(doc, attribution, verb)
    if _asks(doc, attribution):
        found.add("question")
    if attribution.parent is not None:
        found.add("second_hand")
    return replace(attribution, flags=tuple(f for f in ORDER if f in found))


def _cue_head(doc: Doc, attribution: Attribution) -> Token | None:
    return doc[attribution.cue[0] : attribution.cue[1]].root if attribution.cue else None


def _cue_flags(doc: Doc, attribution: Attribution, verb: Token) -> set[Flag]:
    out: set[Flag] = set()
    moved = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if moved is not None and attribution.source and attribution.source[0] <= moved.i < attribution.source[1]:
        return (
            out  # *does not surprise | NAME |: “…”*: the verb tells how it was taken, not that it was said.
        )
    auxiliaries = [
        c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod", "det") and c.i < verb.i
    ]
    words = {c.lower_ for c in auxiliaries}
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    # What stands behind the verb belongs to the content: *said nothing new*, *promised never to sell*.
    before = follows_nor(verb) or any(negates(c) for c in verb.children if c.i < verb.i)
    if before or (subject is not None and is_nobody(subject)):
        out.add("negated")
    if any(
        c.tag_ == "MD" or c.lower_ in _MODALS for c in auxiliaries if c.dep_ in ("aux", "auxpass")
    ) or _is_pending(verb):
        out.add("modal")
    if words & _hearsay("adverbs") or _is_relayed(verb):
        out.add("second_hand")
    if declines_comment(doc, attribution, verb):
        out.add("declined_comment")
        out.discard("negated")
    return out


def _is_pending(verb: Token) -> bool:
    """*is expected to say*, *plans to announce*, *was due to speak*."""
    if not any(c.tag_ == "TO" for c in verb.children):
        return False
    return verb.dep_ in ("xcomp", "ccomp", "advcl") and (
        lemma_of(verb.head) in _PENDING or verb.head.lower_ in _PENDING
    )


def _is_relayed(verb: Token) -> bool:
    """*was quoted as saying*, *was heard to say*, *is reported to have said*."""
    head = verb.head
    if verb.dep_ in ("pcomp", "prep"):
        head = head.head
    passive = any(c.dep_ == "auxpass" for c in head.children)
    return head != verb and passive and lemma_of(head) in _hearsay("verbs") | _hearsay("relaying")


@cache
def _hearsay(key: str) -> frozenset[str]:
    return frozenset(load_lexicon("hedges")["hearsay"][key])


def declines_comment(doc: Doc, attribution: Attribution, verb: Token) -> bool:
    """*declined to comment*, *did not respond to a request for comment*, *has stayed silent on it*."""
    if attribution.rule == SILENCE:
        return True
    comment = cue_lexicon().comment
    lemma = lemma_of(verb)
    content = {t.lemma_.lower() for s, e in attribution.contents for t in doc[s:e]}
    if lemma in comment["declining"]:
        first = [t.lemma_.lower() for t in doc[attribution.start : attribution.start + 4]]
        return bool(comment["words"].intersection(first))
    if lemma in comment["silence"] or lemma == "reach":
        return is_negated(verb) and bool(comment["requests"] & content)
    return lemma in ("have", "make", "offer", "give") and "comment" in content and "no" in content


def _asks(doc: Doc, attribution: Attribution) -> bool:
    """Whether the content is a question: *whether* and question words after *asked*, or a question mark."""
    head = _cue_head(doc, attribution)
    if head is not None and cue_lexicon().entries["question"].get(lemma_of(head)) == "speech":
        first = next((t for t in doc[attribution.start : attribution.end] if not t.is_punct), None)
        if first is not None and first.lower_ in _QUESTION_WORDS:
            return True
    last = attribution.contents[-1]
    tail = [t.text for t in doc[max(last[0], last[1] - 2) : last[1]]]
    return "?" in tail
