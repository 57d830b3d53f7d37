"""Which attributions make a claim of their source: those whose content is something that can be so.

A clause can. Without one the verb decides: some name an event by a noun (*announced the start of the
works*), some judge a thing (*called it a mistake*, *accused him of fraud*), some commit their subject to an
act (*vowed to sign*). After all others a phrase only says what was spoken of, felt or ordered (*discussed
the plan*, *told residents to leave*): that it was is the author's claim.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.verdicts import is_of_measure
from onrecord.pipeline.claims.clauses import MARKS, PREDICATES, SUBJECTS, head_of, is_asked, is_finite
from onrecord.pipeline.claims.proforms import find_pro_form, relation_words
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.language.quantities import figures_in
from onrecord.pipeline.language.undone import is_left_undone

__all__ = ["counts_answers", "reports_claim", "says_clause", "turns_down"]

UNSAID = frozenset({"negated", "declined_comment"})
NOMINAL = 5
"""Tokens from which a content without a verb says what happened (*announced the start of …*)."""
INTRODUCING = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"})
PARTS = frozenset({"ccomp", "conj", "parataxis", "dep", "csubj", "csubjpass"})
"""Links by which a clause is part of what is said, and not of a noun in it or an aside."""
PREDICATING = frozenset({"as", "of", "for", "with", "on", "to"})
"""Prepositions before what a verb of judging says of its object (Quirk et al. 1985, 16.56-16.57)."""
ANSWERED = frozenset({"to", "against", "from", "over"})
"""Prepositions between a verb of reacting and the claim of somebody else."""
TOPICAL = frozenset({"about", "on"})
"""Prepositions before what is spoken of."""
WONDERING = frozenset({"whether", "how", "why", "what", "who", "whom", "whose", "when", "where", "which"})
LEFT_OUT = 5
"""Tokens up to which a clause without content words leaves out what is meant (*she does not*)."""
CONTENT_WORDS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "INTJ", "X", "SYM"})

SUPPORTING = frozenset({"do", "be", "have", "so", "too", "not"})


def reports_claim(doc: Doc, attribution: Attribution) -> bool:
    """Whether the source of an attribution commits to its content.

    What was not said makes no claim. Evidence claims through documents and data (*the poll found*);
    what a glance or a moment *reveals* the author reads into it. Of beliefs those that somebody
    professes do, in the present or inside what they said (*thinks that P*, *said she felt that P*);
    what somebody once thought the author narrates. A name for a content (*citing privacy rules*)
    claims nothing, nor does a noun of asking or backing (*requests to*, *support of*).
    """
    if _commits_to_nothing(doc, attribution) or _inquires(doc, attribution):
        return False
    clause = says_clause(doc, attribution)
    if attribution.mode == "evidence":
        return clause and _is_record(doc, attribution)
    if attribution.mode == "belief":
        return clause and (_professed(doc, attribution) or _finds(doc, attribution))
    if attribution.type == "direct":
        return True
    if clause or _holds_quotation(doc, attribution):
        return not _deprives(doc, attribution) and not _elliptical(doc, attribution)
    if attribution.source is None and not attribution.speakers:
        return False
    if find_pro_form(doc, attribution) is not None:
        return True
    if attribution.cue and doc[head_of(doc, attribution.cue)].pos_ == "NOUN":
        words = load_lexicon("hedges")
        lemma = doc[head_of(doc, attribution.cue)].lemma_.lower()
        return lemma in words["denial"]["nouns"] or lemma in words["claiming"]["nouns"]
    long = attribution.end - attribution.start >= NOMINAL or attribution.type == "mixed"
    return long and _names_something(doc, attribution)


def counts_answers(doc: Doc, attribution: Attribution) -> bool:
    """*Two in three say P*: what is so is how many say it, which no one of them says."""
    if attribution.source is None:
        return False
    figures = figures_in(doc, *attribution.source)
    return any(f.unit == "%" or (f.value is not None and 0 < f.value < 1) for f in figures)


def _commits_to_nothing(doc: Doc, attribution: Attribution) -> bool:
    if UNSAID & set(attribution.flags) or counts_answers(doc, attribution):
        return True
    others = (_left_open, _rings_up, _withheld, _of_others, _polled)
    return any(applies(doc, attribution) for applies in others)


def says_clause(doc: Doc, attribution: Attribution) -> bool:
    """Whether a finite clause is what is said, and not part of a noun phrase or an infinitive in it."""
    first = doc[attribution.contents[0][0]]
    finite = [
        t for r in attribution.contents for t in doc[r[0] : r[1]] if t.pos_ in PREDICATES and is_finite(t)
    ]
    if first.lower_ in INTRODUCING and any(c.dep_ in SUBJECTS for t in finite for c in t.children):
        return True
    # *That his station “held on” to it*: after the conjunction stands a clause, however it is tagged.
    if first.lower_ == "that" and first.tag_ == "IN":
        return any(
            t.tag_ in FINITE or t.tag_ == "VBN" for r in attribution.contents for t in doc[r[0] : r[1]]
        )
    return any(_leads_content(t, attribution) for t in finite)


def _leads_content(verb: Token, attribution: Attribution) -> bool:
    while any(start <= verb.head.i < end for start, end in attribution.contents) and verb.head.i != verb.i:
        below, verb = verb, verb.head
        if below.dep_ not in PARTS or (below.dep_ in ("ccomp", "conj") and verb.pos_ == "NOUN"):
            return False
        if verb.tag_ == "VB" and not is_finite(verb):
            return False
    return True


def _cue_words(doc: Doc, attribution: Attribution) -> list[Token]:
    return list(doc[attribution.cue[0] : attribution.cue[1]]) if attribution.cue else []


def _names_something(doc: Doc, attribution: Attribution) -> bool:
    """Whether a content that is no clause still says what is so, by the verb before it."""
    words = load_lexicon("hedges")
    cue = _cue_words(doc, attribution)
    verbs = {lemma_of(t) for t in cue}
    if not cue or cue[0].lower_ in cue_lexicon().sources:
        return True
    if cue[-1].lower_ in TOPICAL or doc[attribution.contents[0][0]].lower_ in TOPICAL:
        return False  # *Boasted about his hotel*, *reported on a student who got in*: what was spoken of.
    if _infinitive(doc, attribution):
        own = {*words["prediction"]["verbs"], *words["prediction"]["cues"], *words["claiming"]["verbs"]}
        return bool(verbs & own) and not _addressed(cue, attribution)
    if verbs & set(words["demand"]["cues"]) and _acts(doc, attribution):
        return True
    if turns_down(doc, attribution):
        start, end = attribution.contents[0]
        return any(t.lower_ == "as" for t in doc[start:end])
    if verbs & {*words["naming"]["verbs"], *words["denial"]["verbs"], *words["prediction"]["verbs"]}:
        return True
    judging = any(cue_lexicon().mode(t, "naming") for t in cue) or verbs & {
        *words["judging"]["verbs"],
        *words["factive"]["verbs"],
    }
    return bool(judging) and _predicates(doc, attribution)


def turns_down(doc: Doc, attribution: Attribution) -> bool:
    """*Rejected the bill*, *dismissed him as an actor*: a thing or person is turned down, no claim."""
    verbs = {lemma_of(t) for t in _cue_words(doc, attribution)}
    if not verbs & relation_words("rejecting") or says_clause(doc, attribution):
        return False
    if find_pro_form(doc, attribution) is not None:
        return False
    start, end = attribution.contents[0]
    content = doc[start:end]
    root = doc[head_of(doc, (start, next((t.i for t in content[1:] if t.lower_ == "as"), end)))]
    if root.pos_ not in ("NOUN", "PROPN", "PRON") or content[0].lower_ in ("any", "all", "such"):
        return False
    named = root.lemma_.lower() in load_lexicon("hedges")["denial"]["rejected"]
    return not named and not any(c.dep_ in ("acl", "ccomp") and is_finite(c) for c in root.children)


def _infinitive(doc: Doc, attribution: Attribution) -> bool:
    """*To leave*, *not to leave*."""
    start, end = attribution.contents[0]
    first = next((t for t in doc[start:end] if t.dep_ != "neg" and not t.is_punct and t.pos_ != "ADV"), None)
    return first is not None and first.tag_ == "TO"


def _acts(doc: Doc, attribution: Attribution) -> bool:
    """*The government to open the border*: somebody and what he is to do."""
    start, end = attribution.contents[0]
    for t in doc[start + 1 : end]:
        led = t.dep_ in ("xcomp", "ccomp") and not start <= t.head.i < end
        if led and any(c.tag_ == "TO" and c.i > start for c in t.children):
            return True
    return False


def _addressed(cue: list[Token], attribution: Attribution) -> bool:
    """*Warned residents to leave*: somebody else is to act. Who *promised them to stay* stays himself."""
    if any(lemma_of(t) == "promise" for t in cue):
        return False
    start = attribution.contents[0][0]
    return any(c.dep_ in ("dobj", "dative") and c.i < start for t in cue for c in t.children)


def _predicates(doc: Doc, attribution: Attribution) -> bool:
    """Whether something is said of the object: *him a liar*, *the firm of fraud*, *it as a success*."""
    start = attribution.contents[0][0]
    for span in attribution.contents:
        top = head_of(doc, span)
        for t in doc[span[0] : span[1]]:
            outside = not span[0] <= t.head.i < span[1]
            if t.dep_ == "appos" and t.head.i == top and doc[t.left_edge.i - 1].text in MARKS:
                return True  # *The move “a betrayal”*: parsers take it for another name of the move.
            if t.dep_ == "oprd" or (t.dep_ in ("ccomp", "xcomp") and outside):
                return True
            passive = t.i == start and any(c.dep_ == "auxpass" for c in t.head.children)
            of_object = outside or t.head.i == top
            if (t.i > start or passive) and t.dep_ == "prep" and t.lower_ in PREDICATING and of_object:
                return True
    return False


def _withheld(doc: Doc, attribution: Attribution) -> bool:
    """*Refused to admit that P*, *came close to admitting that P*: nothing was said."""
    if attribution.type == "direct" or attribution.cue is None:
        return False
    verbs = load_lexicon("hedges")["withholding"]["verbs"]
    withheld = any(lemma_of(t) in verbs for t in _cue_words(doc, attribution))
    return withheld or is_left_undone(doc, attribution.cue)


def _inquires(doc: Doc, attribution: Attribution) -> bool:
    """*Explained why P*, *discussed how many will come*: a question is named, its answer is not.

    Who *told how it was done* tells that it was; a question that somebody asks is a claim of that kind.
    """
    first = next((t for t in doc[slice(*attribution.contents[0])] if t.text not in MARKS), None)
    if first is None or attribution.type == "direct" or "question" in attribution.flags:
        return False
    cut = len(attribution.contents) > 1 and first.i + 1 == attribution.contents[0][1]
    if cut and first.tag_ == "WDT":
        return False  # *Which it says will cut waits*
    if first.lower_ not in WONDERING or first.tag_ not in ("WRB", "WP", "WDT", "WP$", "IN"):
        return False
    after = first.nbor() if first.i + 1 < len(doc) else first
    if first.lower_ == "how" and after.pos_ not in ("ADJ", "ADV"):
        return False
    start, end = attribution.contents[0]
    t = first
    while start <= t.head.i < end and t.head.i != t.i:
        t = t.head
        if t.dep_ in (*SUBJECTS, "advcl"):
            return False  # *What he saw was a boat*, *when it rained the men left*: part of what is said.
    return True


def _of_others(doc: Doc, attribution: Attribution) -> bool:
    """*Responded to accusations that P*, *to a question whether P*: the claim is the others'."""
    cue = _cue_words(doc, attribution)
    words = load_lexicon("hedges")["claiming"]
    nouns = {*words["nouns"], *words["asking"]}
    first = attribution.contents[0][0]
    for t in cue:
        answered = t.dep_ == "pobj" and t.head.lower_ in ANSWERED and t.head.head.pos_ == "VERB"
        if answered and t.i < first and t.lemma_.lower() in nouns:
            return True
    return False


def _polled(doc: Doc, attribution: Attribution) -> bool:
    """*Asked whether P, 61 per cent said yes*: who was asked does not ask, and who agrees does not say so."""
    words = (*_cue_words(doc, attribution)[:1], doc[attribution.contents[0][0]])
    return any(is_asked(t) for t in words)


def _elliptical(doc: Doc, attribution: Attribution) -> bool:
    """*Half say she does not*: what they say stands in what was asked before."""
    if find_pro_form(doc, attribution) is not None:
        return False
    tokens = [t for r in attribution.contents for t in doc[r[0] : r[1]] if not t.is_punct]
    return len(tokens) <= LEFT_OUT and not any(
        t.pos_ in CONTENT_WORDS and t.lemma_.lower() not in SUPPORTING for t in tokens
    )


def _left_open(doc: Doc, attribution: Attribution) -> bool:
    """*Would neither confirm nor deny that P*."""
    if attribution.cue is None:
        return False
    verb = doc[head_of(doc, attribution.cue)]
    words = [t.lower_ for t in doc[max(0, verb.i - 4) : attribution.cue[1]]]
    if "neither" not in words or "nor" not in words:
        return False
    before = doc[max(verb.sent.start, verb.i - 4) : attribution.cue[1]]
    return {"neither", "nor"} <= {t.lower_ for t in before}


def _deprives(doc: Doc, attribution: Attribution) -> bool:
    """*Denied the rival a photograph of unity*: somebody goes without, nothing is said."""
    if attribution.cue is None or attribution.type == "direct":
        return False
    verb = doc[head_of(doc, attribution.cue)]
    whom = (c for c in verb.children if c.dep_ == "dative" and c.i >= attribution.start)
    return verb.lemma_.lower() == "deny" and any(whom)


def _rings_up(doc: Doc, attribution: Attribution) -> bool:
    """*Called the premier to arrange a meeting*: a telephone call and its purpose, nothing said."""
    if attribution.cue is None or attribution.type == "direct":
        return False
    verb = doc[head_of(doc, attribution.cue)]
    first = doc[attribution.contents[-1][0]]
    called = (
        verb.lemma_.lower() in load_lexicon("hedges")["ringing"]["verbs"] and verb.i + 1 == attribution.cue[1]
    )
    return called and first.lower_ == "to" and first.head.tag_ == "VB"


def _is_record(doc: Doc, attribution: Attribution) -> bool:
    if any(s.type == "DOCUMENT" for s in attribution.speakers) or is_of_measure(doc, attribution):
        return True
    if attribution.source is None:
        return False
    lemma = doc[head_of(doc, attribution.source)].lemma_.lower()
    return lemma in load_lexicon("hedges")["records"]["nouns"]


def _holds_quotation(doc: Doc, attribution: Attribution) -> bool:
    """*Sent a warning: "The town will not pay."*: of several contents one is all in marks and no scrap."""
    if len(attribution.contents) < 2:
        return False
    return any(
        doc[start].text in MARKS and doc[end - 1].text in MARKS and end - start > NOMINAL
        for start, end in attribution.contents
    )


def _finds(doc: Doc, attribution: Attribution) -> bool:
    """*The institute found that P*: what bodies find out they hold to be so."""
    verbs = load_lexicon("hedges")["records"]["finding"]
    body = any(s.type in ("ORG", "DOCUMENT") for s in attribution.speakers)
    return body and any(lemma_of(t) in verbs for t in _cue_words(doc, attribution))


def _professed(doc: Doc, attribution: Attribution) -> bool:
    if attribution.cue is None or (attribution.source is None and not attribution.speakers):
        return False
    if _is_record(doc, attribution):
        return True
    verb = doc[head_of(doc, attribution.cue)]
    if verb.lemma_.lower() not in load_lexicon("hedges")["professing"]["verbs"]:
        return False
    present = verb.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in verb.children)
    return present or attribution.parent is not None or attribution.type != "indirect"
