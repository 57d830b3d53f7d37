"""What a reader must know about an attribution beyond its words: denied, pending, asked, second-hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, root_of
from onrecord.pipeline.attribution.quoted import whole_quotations
from onrecord.pipeline.attribution.rule_names import SILENCE
from onrecord.pipeline.attribution.saying_phrases import is_not_drawn, wants_no_name
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.function_words import INTERROGATIVES, MODALS
from onrecord.pipeline.language.negation import follows_nor, is_negated, is_nobody, negates, opens_negative
from onrecord.pipeline.language.neighbours import before
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.language.undone import is_left_undone
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
    return root_of(doc, attribution.cue) if attribution.cue else None


def _cue_flags(doc: Doc, attribution: Attribution, verb: Token) -> set[Flag]:
    out: set[Flag] = set()
    # *“Nor can I,” said Lund*: parsers hang words of the quotation on the cue.
    own = [c for c in verb.children if not any(s <= c.i < e for s, e in attribution.contents)]
    auxiliaries = [c for c in own if c.dep_ in ("aux", "auxpass", "neg", "advmod", "det") and c.i < verb.i]
    words = {c.lower_ for c in auxiliaries}
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if _is_only_beside_marks(doc, attribution, verb):
        return out
    # What stands behind the verb belongs to the content: *said nothing new*, *promised never to sell*.
    denied = follows_nor(verb) or opens_negative(verb)
    denied = denied or any(negates(c) for c in own if c.i < verb.i)
    denied = denied and not wants_no_name(verb)
    assert attribution.cue is not None
    undone = is_left_undone(doc, attribution.cue) or _is_kept_back(doc, attribution, verb)
    if denied or undone or (subject is not None and is_nobody(subject)):
        out.add("negated")
    modals = [c for c in auxiliaries if c.dep_ in ("aux", "auxpass") and _is_modal(c)]
    if (modals and not _was_said_so(doc, attribution, verb, modals[0])) or _is_pending(verb):
        out.add("modal")
    if words & _hearsay("adverbs") or _is_relayed(verb):
        out.add("second_hand")
    if declines_comment(doc, attribution, verb):
        out.add("declined_comment")
        out -= {"negated", "modal"}
    elif _withholds(doc, attribution, verb):
        out.add("negated")
    return out


def _is_kept_back(doc: Doc, attribution: Attribution, verb: Token) -> bool:
    """*has been criticised for | not condemning | the raid*: its last word is what was not said."""
    assert attribution.cue is not None
    verbs = [t for t in doc[slice(*attribution.cue)] if t.tag_.startswith("VB")]
    last = verbs[-1] if verbs else verb
    return last != verb and last.tag_ == "VBG" and any(negates(c) for c in last.children if c.i < last.i)


def _is_modal(word: Token) -> bool:
    return word.tag_ == "MD" or word.lower_ in MODALS


def _was_said_so(doc: Doc, attribution: Attribution, verb: Token, modal: Token) -> bool:
    """Whether a modal leaves that the words were said.

    *may have put it best: “…”* guesses at the best and has the words; *it is strange that he would denounce
    it* judges a fact (Huddleston & Pullum 2002, chapter 11, on emotive *should*).
    """
    perfect = any(c.lower_ in ("have", "'ve", "’ve") and modal.i < c.i < verb.i for c in verb.children)
    if verb.dep_ == "relcl" and verb.head.lower_ == "all":
        # *“We will see,” was all he would say*: that much he said.
        return bool(whole_quotations(doc, attribution))
    if modal.lower_ in ("may", "might") and perfect:
        return bool(whole_quotations(doc, attribution))
    if modal.lower_ not in ("would", "should") or verb.dep_ not in ("ccomp", "csubj"):
        return False
    quality = next((c for c in verb.head.children if c.dep_ == "acomp"), None)
    judged = quality is not None and quality.lower_ in load_lexicon("hedges")["emotive"]["adjectives"]
    return judged and verb.head.pos_ == "AUX"


def _withholds(doc: Doc, attribution: Attribution, verb: Token) -> bool:
    """*refused to admit that P*: P was not said."""
    first = doc[attribution.start]
    lexicon = cue_lexicon()
    declined = first.tag_ == "TO" and lemma_of(verb) in lexicon.comment["declining"]
    return declined and lexicon.entries["clause"].get(lemma_of(first.head)) == "speech"


def _is_only_beside_marks(doc: Doc, attribution: Attribution, verb: Token) -> bool:
    """*The walkout does not surprise Lena Quist: “…”*: what is denied is not that she said it."""
    colon = before(doc, attribution.contents[-1][0])
    if attribution.source is None or colon is None or colon.text != ":":
        return False
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return cue_lexicon().reports(verb) != "speech" and not any(
        attribution.source[0] <= c.i < attribution.source[1] for c in subjects
    )


def _is_pending(verb: Token) -> bool:
    """*is expected to say*, *plans to announce*, *was due to speak*."""
    if not any(c.tag_ == "TO" for c in verb.children):
        return False
    pending = cue_lexicon().words["predicates"]["pending"]
    above = lemma_of(verb.head) in pending or verb.head.lower_ in pending
    return above and verb.dep_ in ("xcomp", "ccomp", "advcl")


def _is_relayed(verb: Token) -> bool:
    """*was quoted as saying*, *was heard to say*, *is reported to have said*."""
    head = verb.head
    if verb.dep_ in ("pcomp", "prep"):
        head = head.head
    if verb.dep_ == "advcl" and any(c.dep_ in ("mark", "nsubj", "nsubjpass") for c in verb.children):
        # *Ever since he announced it, she’s said …*: a clause of time has a cue of its own.
        return False
    passive = any(c.dep_ == "auxpass" for c in head.children)
    return head != verb and passive and lemma_of(head) in _hearsay("verbs") | _hearsay("relaying")


@cache
def _hearsay(key: str) -> frozenset[str]:
    return frozenset(load_lexicon("hedges")["hearsay"][key])


def declines_comment(doc: Doc, attribution: Attribution, verb: Token) -> bool:
    """Whether somebody gives no account: *declined to comment*, *would not elaborate*.

    What is declined is of the class of saying; whoever refuses to admit *that P* is silent on P alone.
    """
    if attribution.rule == SILENCE:
        return True
    comment = cue_lexicon().comment
    lemma = lemma_of(verb)
    content = {t.lemma_.lower() for s, e in attribution.contents for t in doc[s:e]}
    if lemma in comment["declining"]:
        return _is_account(doc, attribution)
    negated = is_negated(verb)
    if is_not_drawn(verb):
        return True
    if lemma in comment["silence"] or lemma == "reach":
        asked = content | {t.lemma_.lower() for t in doc[slice(*(attribution.cue or (0, 0)))]}
        requested = bool(comment["requests"] & (asked - {lemma}))
        return negated and (requested or (lemma in comment["plain"] and _has_topic(verb)))
    if lemma in comment["plain"]:
        return negated and _has_topic(verb)
    return lemma in ("have", "make", "offer", "give") and "comment" in content and "no" in content


def _is_account(doc: Doc, attribution: Attribution) -> bool:
    """Whether the content names speaking: *comment*, *to speculate on the vote*, *to give a figure*."""
    lexicon = cue_lexicon()
    first = doc[attribution.start]
    if first.tag_ != "TO":
        return bool(lexicon.comment["words"] & {t.lemma_.lower() for t in doc[first.i : first.i + 4]})
    verb = first.head
    lemma = lemma_of(verb)
    if any(c.dep_ == "auxpass" for c in verb.children):
        return lemma in lexicon.comment["drawn"]
    if lemma in lexicon.comment["particular"]:
        return True
    if any(c.dep_ == "ccomp" and _has_that(c) for c in verb.children):
        return False
    if lemma in lexicon.comment["giving"]:
        given = [c for c in verb.children if c.dep_ == "dobj"]
        return any(c.lemma_.lower() in lexicon.comment["given"] or lexicon.mode(c, "nouns") for c in given)
    if lemma in lexicon.comment["words"]:
        return is_of_a_request(verb)
    # To concede or to promise is more than to give an account.
    yields = lemma in lexicon.propositional or lemma in lexicon.entries["infinitive"]
    return lemma in lexicon.entries["clause"] and not yields


def is_of_a_request(verb: Token) -> bool:
    """Whether what a verb of answering has as object asks: a question or somebody, no *survey*."""
    comment = cue_lexicon().comment
    if lemma_of(verb) not in comment["silence"]:
        return True
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    asked = (t for c in objects for t in c.subtree)
    return (
        not objects or is_somebody(objects[0]) or any(t.lemma_.lower() in comment["requests"] for t in asked)
    )


def _has_that(clause: Token) -> bool:
    """Whether a clause begins with *that*."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _has_topic(verb: Token) -> bool:
    """Whether at most a topic follows: *elaborate*, *comment on the plan*, not *say when*."""
    return not any(c.i > verb.i and c.dep_ in ("dobj", "ccomp", "xcomp") for c in verb.children)


def _asks(doc: Doc, attribution: Attribution) -> bool:
    """Whether the content is a question: *whether* and question words after *asked*, or a question mark."""
    head = _cue_head(doc, attribution)
    if head is not None and cue_lexicon().entries["question"].get(lemma_of(head)) == "speech":
        first = next((t for t in doc[attribution.start : attribution.end] if not t.is_punct), None)
        if first is not None and first.lower_ in INTERROGATIVES:
            return True
    last = attribution.contents[-1]
    tail = [t.text for t in doc[max(last[0], last[1] - 2) : last[1]]]
    # *Was it, Lee asked, wise to go?* is his question, *Did Lee say it was wise?* the reporter's.
    whole = len(attribution.contents) > 1 and bool(doc[attribution.start].is_sent_start)
    return "?" in tail or (whole and last[1] < len(doc) and doc[last[1]].text == "?")
