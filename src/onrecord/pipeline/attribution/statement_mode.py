"""Speech, belief or evidence: what the complement and the source of a cue say beyond its word.

*Confirmed the sale* reports what somebody said, *confirmed the judge* what a chamber did; *the figures
suggest* and *a number of teachers suggested* share a verb and no more.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.flags import declines_comment, is_of_a_request
from onrecord.pipeline.attribution.quoted import whole_quotations
from onrecord.pipeline.attribution.saying_phrases import (
    estimates,
    keeps_back,
    may_have_said,
    says_by_phrase,
    wants_to_tell,
)
from onrecord.pipeline.attribution.speech_acts import asserts, contradicts, judges, rates, speaks_by_noun
from onrecord.pipeline.attribution.verdicts import is_by_judges, is_heard, is_of_measure, is_verdict
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of, names_person
from onrecord.pipeline.language.edges import SUBJECTS, agent_of, is_passive, subject_of
from onrecord.pipeline.language.function_words import CLAUSAL, FINITE, INTERROGATIVES, OBJECT_PRONOUNS
from onrecord.pipeline.language.negation import negates
from onrecord.pipeline.language.neighbours import before
from onrecord.pipeline.language.subjects import is_somebody, opens_as_asked
from onrecord.pipeline.places import marks_in
from onrecord.schema import Mode

_THOUSANDS = frozenset(("thousand", "million", "billion", "lakh", "crore"))
_OF_TOPICS = frozenset(("about", "of"))
"""After them stands what was spoken of, and the lexicon's word for the verb holds."""


def with_mode(doc: Doc, found: Attribution) -> Attribution:
    """The attribution in the mode that source and complement of its cue ask for.

    Args:
        doc: the doc.
        found: an attribution with its final edges, in the mode that its cue's word has.
    """
    if found.cue is None or found.rule in rule_names.LAYOUT or found.rule in rule_names.SPOKEN:
        return found
    if is_heard(doc, found):
        # Who hears is no source.
        return replace(found, mode="speech", source=None)
    mode = _mode(doc, found, _reporting_word(doc, found.cue))
    return found if mode == found.mode else replace(found, mode=mode)


def _reporting_word(doc: Doc, cue: Range) -> Token:
    """The head of a cue, or the verb in it that reports: *went on air to **praise***."""
    root = root_of(doc, cue)
    reports = cue_lexicon().reports
    if not root.tag_.startswith("VB") or reports(root):
        return root
    return next((t for t in doc[cue[0] : cue[1]] if t.tag_.startswith("VB") and reports(t)), root)


def _mode(doc: Doc, found: Attribution, cue: Token) -> Mode:
    if declines_comment(doc, found, cue) or _is_set_off(doc, found, cue):
        return "speech"
    if found.mode == "speech" and any(c.dep_ == "csubj" for c in cue.children):
        # *To work where nobody listens | says | that …*: no mouth has said it.
        return "evidence"
    if _amounts_to(cue) or _is_taken(doc, found, cue):
        return "belief"
    if is_of_measure(doc, found) and (_is_according(doc, found) or estimates(doc, found)):
        # What a study is quoted with it says, whatever it measures.
        return "speech" if _holds_quotation(doc, found, cue) else "evidence"
    if (
        says_by_phrase(doc, found)
        or wants_to_tell(doc, found)
        or keeps_back(doc, found)
        or _is_given(doc, found)
    ):
        return "speech"
    if is_verdict(doc, found) or _is_who_is_asked(doc, found, cue):
        return "speech"
    if judges(doc, found) or rates(doc, found) or speaks_by_noun(doc, found) or contradicts(doc, found):
        return "speech"
    if found.mode == "belief" and asserts(doc, found) and not _is_no_speech_act(doc, found, cue):
        return "speech"
    if found.mode != "speech":
        return "speech" if _is_said(doc, found, cue) else found.mode
    if found.rule in rule_names.MARKED or _holds_quotation(doc, found, cue):
        return "speech"
    if _is_law(doc, found) and cue_lexicon().mode(cue, "object") and not _has_clause(doc, found):
        return "evidence"
    return "belief" if _is_no_speech_act(doc, found, cue) else "speech"


def _is_according(doc: Doc, found: Attribution) -> bool:
    assert found.cue is not None
    return doc[found.cue[0]].lower_ == "according"


def _is_given(doc: Doc, found: Attribution) -> bool:
    """*The union put the losses at Rs4bn*, *a leaked paper put the cost at £9m*: whoever gives the figure."""
    if not estimates(doc, found):
        return False
    assert found.source is not None
    head = doc[found.source[0] : found.source[1]].root
    return may_have_said(head) or head.pos_ == "NOUN"


def _is_who_is_asked(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*Asked which bridge he meant, she said …*: a question, whoever put it; a topic alone asks nothing."""
    return found.source is None and lemma_of(cue) == "ask" and opens_as_asked(cue) and _has_clause(doc, found)


def _amounts_to(cue: Token) -> bool:
    """*Reform means | admitting | that …*: the author judges what something comes to, and nobody admits."""
    if cue.tag_ != "VBG" or lemma_of(cue.head) not in cue_lexicon().words["predicates"]["entailing"]:
        return False
    owner = subject_of(cue.head)
    return owner is not None and owner.head == cue.head and not is_somebody(owner)


def _is_said(doc: Doc, found: Attribution, cue: Token) -> bool:
    """Whether people say what a verb of showing or thinking tells: *she stressed P, suggesting that Q*."""
    if found.source is None or not cue.tag_.startswith("VB") or is_passive(cue):
        return False
    if not is_somebody(root_of(doc, found.source)):
        return False
    subject = subject_of(cue)
    if subject is not None and found.source[0] <= subject.left_edge.i < found.source[1] <= subject.i:
        # *| Lin |’s attack indicates that she is losing*: whose it is does not say so.
        return False
    lexicon = cue_lexicon()
    if found.mode == "evidence":
        quoted = found.rule in rule_names.MARKED and _holds_sentence(doc, found)
        told = lexicon.mode(cue, "clause") == "speech" and _is_clause_without_that(doc, found, cue)
        return quoted or told or lexicon.says.get(lemma_of(cue), False)
    if _holds_sentence(doc, found):
        return True
    return lexicon.mode(cue, "quote") == "speech" and _holds_quotation(doc, found, cue)


def _is_clause_without_that(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*She revealed | Tom wept |*: parsers take the subject for an object, the verb for its rest."""
    start, end = found.contents[0]
    verbs = [t for t in doc[start:end] if t.head == cue and t.dep_ in ("ccomp", "xcomp")]
    return any(t.tag_ in FINITE and t.i > start for t in verbs)


def _holds_sentence(doc: Doc, found: Attribution) -> bool:
    """Whether a clause in marks is quoted: words that somebody has said, whatever verb is beside them."""
    held = [(m.start, m.end) for m in whole_quotations(doc, found)]
    roots = [t for s, e in held for t in doc[s:e] if t.head == t or not s <= t.head.i < e]
    return any(r.tag_ in CLAUSAL and any(c.dep_ in SUBJECTS for c in r.children) for r in roots)


def _holds_quotation(doc: Doc, found: Attribution, cue: Token) -> bool:
    """Whether marks in the content hold a quotation, and not a term, a title or a word before its noun.

    After a verb that reports nothing, what another verb names inside the content does not count: *stood for
    what we call “honest weight”*.
    """
    unknown = cue_lexicon().reports(cue) is None
    for mark in whole_quotations(doc, found):
        words = [t for t in doc[mark.start : mark.end] if not t.is_punct]
        root = next((t for t in words if not mark.start <= t.head.i < mark.end or t.head == t), None)
        if root is None:
            return True
        if not _is_modifier(root, mark.end) and not (unknown and _is_named(root, found)):
            return True
    return False


def _is_named(root: Token, found: Attribution) -> bool:
    verb = root.head
    named = root.dep_ in ("oprd", "dobj", "attr") and cue_lexicon().mode(verb, "naming") is not None
    return named and any(s <= verb.i < e for s, e in found.contents)


def _is_modifier(root: Token, end: int) -> bool:
    """*“organic” honey*: the marked word belongs to a noun after the marks."""
    return root.dep_ in ("amod", "compound", "nmod") and root.head.i >= end


def _has_clause(doc: Doc, found: Attribution) -> bool:
    """Whether the content is a clause or an infinitive; a clause about a noun in it does not count."""
    first = doc[found.start]
    root = root_of(doc, found.contents[0])
    if first.tag_ == "TO" or first.dep_ == "mark" or root.tag_ in CLAUSAL or root.pos_ == "AUX":
        return True
    # *said | life would be worse |*, where the parser hangs the subject on the cue too.
    start, end = found.contents[0]
    return any(t.dep_ == "ccomp" and t.tag_ in CLAUSAL and t.head.i < start for t in doc[start:end])


def _is_set_off(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*The sheepdogs, | a boy | told | me*: a comma parts the words from the verb of saying behind them."""
    assert found.cue is not None
    end = found.contents[0][1]
    if found.source is None or end > min(found.cue[0], found.source[0]) or doc[end].text != ",":
        return False
    between = [t for t in doc[end + 1 : found.cue[0]] if not found.source[0] <= t.i < found.source[1]]
    said = cue.tag_ in FINITE and not is_passive(cue) and cue_lexicon().mode(cue, "clause") == "speech"
    return said and all(t.pos_ == "ADV" for t in between) and is_somebody(root_of(doc, found.source))


def _is_law(doc: Doc, found: Attribution) -> bool:
    """Whether the source is a law, or the short form that goes with one: *the Tolls Act, or HTA, which …*."""
    if found.source is None:
        return False
    head = root_of(doc, found.source)
    while head.dep_ in ("conj", "appos") and head.head != head:
        head = head.head
    return head.ent_type_ == "LAW"


def _is_no_speech_act(doc: Doc, found: Attribution, cue: Token) -> bool:
    """Whether nobody need have said anything for the sentence to be true."""
    lexicon = cue_lexicon()
    clause = _has_clause(doc, found)
    assert found.cue is not None
    words = tuple(t.lower_ for t in doc[found.cue[0] : found.cue[1]])
    if any(words[: len(p)] == p for p in lexicon.sources.get(words[0], ())):
        return False
    if cue.pos_ == "ADP":
        # *left | without saying | whether he would run*
        verbs = (t for t in doc[found.cue[0] : found.cue[1]] if t.tag_.startswith("VB"))
        return not (clause and any(lexicon.reports(t) == "speech" for t in verbs))
    if not cue.tag_.startswith("VB"):
        return False
    if _is_bare_pronoun(doc, found):
        return True
    infinitive = doc[found.start].tag_ == "TO"
    if lemma_of(cue) in lexicon.refusing and infinitive:
        return not (_communicates(doc[found.start].head) or is_by_judges(doc, found))
    # *stood for | what we call “honest weight”*: a free relative is a noun phrase.
    free = doc[found.start].lower_ == "what" and _is_unknown(doc, found, cue)
    free = free and lexicon.mode(cue, "question") is None
    if _is_discord(doc, found, cue):
        return True
    if clause:
        return free
    return (
        _holds_feeling(doc, found, cue)
        or _is_thing_made(found, cue)
        or _names_somebody(found, cue)
        or _is_unknown(doc, found, cue)
        or _has_no_object_frame(doc, found, cue)
    )


def _is_discord(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*cannot agree on a date*, *do not agree which is first*: they differ, and nobody says what."""
    first, on = doc[found.start], before(doc, found.start)
    asked = first.lower_ in INTERROGATIVES or (on is not None and on.lower_ == "on")
    return lemma_of(cue) == "agree" and asked and any(negates(c) for c in cue.children)


def _is_taken(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*claimed the title*, *cast their votes for her*, *recalls 410,000 scooters*: done, and not said."""
    assert found.cue is not None
    lexicon = cue_lexicon()
    spans = (found.cue, *found.contents)
    thing = next(
        (c for c in cue.children if c.dep_ == "dobj" and any(s <= c.i < e for s, e in spans)),
        None,
    )
    if thing is None or any(t.is_quote for s, e in found.contents for t in doc[s:e]):
        return False
    if lemma_of(cue) in lexicon.words["deeds"]["of_taking"]:
        return thing.lemma_.lower() in lexicon.words["deeds"]["taken"]
    return lemma_of(cue) in lexicon.words["deeds"]["of_goods"] and _is_by_the_thousand(thing)


def _is_by_the_thousand(noun: Token) -> bool:
    """*recalled 2.3 million batteries*, *410,000 scooters*: more than anybody remembers one by one.

    Asked of *recall* alone, the one verb of memory that is a deed of makers too (`deeds.of_goods`).
    """
    numbers = [t for c in noun.children if c.dep_ == "nummod" for t in c.subtree]
    return any(t.lower_ in _THOUSANDS or "," in t.text or t.lower_.endswith(("m", "bn")) for t in numbers)


def _is_bare_pronoun(doc: Doc, found: Attribution) -> bool:
    """*Voters rejected | him*: whom, and nothing of what."""
    words = [t for s, e in found.contents for t in doc[s:e] if not t.is_punct]
    return len(words) == 1 and words[0].lower_ in OBJECT_PRONOUNS


def _communicates(verb: Token) -> bool:
    """*refused to admit*, *declined to name him*, *to be named*: the infinitive is a verb of saying."""
    comment = cue_lexicon().comment
    if lemma_of(verb) in comment["named"]:
        return True
    if any(c.dep_ == "auxpass" for c in verb.children):
        return False
    if not is_of_a_request(verb):
        return False
    return cue_lexicon().mode(verb, "clause") == "speech" or lemma_of(verb) in comment["words"]


def _holds_feeling(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*offered condolences for | the deaths*: the noun in the cue is no word for something said."""
    assert found.cue is not None
    if lemma_of(cue) in cue_lexicon().voicing:
        return False
    # *as she put it*: the pronoun takes up what was said.
    things = (t for t in doc[found.cue[0] : found.cue[1]] if t.dep_ == "dobj" and t.head == cue)
    nouns = [t for t in things if t.lower_ != "it"]
    return bool(nouns) and all(cue_lexicon().mode(t, "nouns") != "speech" for t in nouns)


def _is_thing_made(found: Attribution, cue: Token) -> bool:
    """*tweeted | a photo of it*, *wrote | the rules of the club*: what was made, and not what it says."""
    thing = next((c for c in cue.children if c.dep_ == "dobj" and found.start <= c.i < found.end), None)
    if thing is None or lemma_of(cue) not in cue_lexicon().making:
        return False
    if any(t.is_quote for s, e in found.contents for t in thing.doc[s:e]):
        return False
    return thing.pos_ in ("NOUN", "PROPN") and cue_lexicon().mode(thing, "nouns") is None


def _names_somebody(found: Attribution, cue: Token) -> bool:
    """*confirmed | a judge*: of a person one cannot say that it is so."""
    if lemma_of(cue) not in cue_lexicon().propositional:
        return False
    thing = next((c for c in cue.children if c.dep_ == "dobj" and found.start <= c.i < found.end), None)
    if thing is None or any(c.dep_ == "oprd" or c.lower_ == "as" for c in cue.children if c.i > thing.i):
        return False
    return thing.ent_type_ == "PERSON" or names_person(thing)


def _is_unknown(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*stood for | what we call “honest weight”*: a term in marks makes no cue of a verb."""
    if _is_characterised(doc, found):
        return False
    lexicon = cue_lexicon()
    feels = is_passive(cue) and agent_of(cue) is not None
    return feels or (lexicon.reports(cue) is None and lexicon.mode(cue, "quote") is None)


def _is_characterised(doc: Doc, found: Attribution) -> bool:
    """*played it down as | “part of the race”*: what somebody is said to be, in the speaker's words."""
    marks = [
        m for s, e in found.contents for m in marks_in(doc, (s, e)) if m.role == "scare" and s <= m.start
    ]
    leads = (before(doc, m.start) for m in marks)
    return any(word is not None and word.lower_ == "as" for word in leads)


def _has_no_object_frame(doc: Doc, found: Attribution, cue: Token) -> bool:
    """*agrees | only on its dislike*, *reckoned with | the guild*: a verb of clauses with a noun phrase."""
    lexicon = cue_lexicon()
    if any(lexicon.mode(cue, frame) for frame in ("object", "naming", "question")):
        return False
    root = root_of(doc, found.contents[0])
    negated = any(c.dep_ == "neg" for c in cue.children)
    if root.pos_ not in ("NOUN", "PROPN", "ADP") or (negated and lemma_of(cue) in lexicon.comment["words"]):
        return False
    prepositions = [c for c in cue.children if c.dep_ == "prep" and cue.i < c.i <= found.start + 1]
    return bool(prepositions) and prepositions[-1].lower_ not in _OF_TOPICS
