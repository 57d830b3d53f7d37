"""What the model takes for a statement and is none: orders, titles, calls, meetings, silence."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.attribution.quoted import is_partly_quoted
from onrecord.pipeline.attribution.rules_object import is_called_up
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import cue_range, is_passive, is_reflexive, subject_of
from onrecord.pipeline.language.function_words import BREAKS, CLAUSAL, FINITE, OBJECT_PRONOUNS, PAUSES
from onrecord.pipeline.language.neighbours import before
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.places import block_at, marks_in
from onrecord.pipeline.ranges import within

MIN_TITLE_WORD = 5
"""Letters. Shorter words of a title may be in lower case: *Abide with Me*."""

_POINTERS = frozenset(("that", "this"))
_US = frozenset(("us", "'s", "’s"))
_COMPARING = frozenset(("as", "to", "in", "with"))
_VERBS = CLAUSAL | {"VBG", "VBN"}


def says_nothing(doc: Doc, found: Attribution, rules: Proposals) -> bool:
    """Whether the words report nothing: *That said, …*, *Say the word*, *called the police*, a title.

    Args:
        doc: the doc.
        found: a finding of the model.
        rules: what the rules propose for the same doc.
    """
    if found.cue is None:
        return False
    verb = root_of(doc, found.cue)
    if found.source is not None and found.source[1] - found.source[0] == 1:
        source = doc[found.source[0]]
        if source.lower_ in _POINTERS and lemma_of(verb) == "say":
            return True
    return (
        is_nobodys(doc, found)
        or (found.source is None and _opens_bare(verb))
        or _is_plain_call(doc, found, verb, rules)
        or _is_title(doc, found, verb)
        or _is_phoning(doc, found, verb)
        or _is_listener(doc, found, found.cue)
        or _is_silence(doc, verb, found.cue)
        or _is_raised(doc, found, found.cue)
    )


def _is_attribute(verb: Token) -> bool:
    """*his acclaimed concert*: a participle before its noun."""
    return verb.dep_ == "amod" and verb.tag_ in ("VBN", "VBG", "JJ") and verb.i < verb.head.i


def _is_open_infinitive(verb: Token) -> bool:
    """*It is time for Trent to address the flood*, *There is much to be said for it*: nobody has done so."""
    if not any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children):
        return False
    links = {c.dep_ for c in verb.children}
    passive = verb.dep_ in ("relcl", "acl") and "auxpass" in links and "agent" not in links
    return passive or any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)


def _is_authors_own(verb: Token) -> bool:
    """*it is worth pointing out that*, *it is fair to say that*: who writes says so."""
    if verb.dep_ not in ("xcomp", "ccomp", "advcl", "pcomp", "csubj") or verb.tag_ not in ("VBG", "VB"):
        return False
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return False
    clause = verb.head.head if verb.head.dep_ == "acomp" else verb.head
    lexicon = cue_lexicon()
    quality = next((c for c in clause.children if c.dep_ == "acomp"), None)
    if quality is None or quality.lower_ in lexicon.words["predicates"]["of_subjects"]:
        return False
    if lexicon.mode(quality, "adjectives"):
        return False
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "expl")), None)
    return clause.pos_ == "AUX" and subject is not None and subject.lower_ == "it"


def is_nobodys(doc: Doc, found: Attribution) -> bool:
    """Whether by its place or form the cue reports nothing, whoever proposes it.

    Args:
        doc: the doc.
        found: what a rule or the model proposes.
    """
    block = block_at(doc, found.start)
    if block is not None and block.kind == "boilerplate":
        # *This story has been updated to note that …*: the page speaks of itself.
        return True
    if found.cue is None:
        return False
    cue = doc[found.cue[0] : found.cue[1]]
    verb = cue.root
    judged = any(_is_authors_own(t) for t in cue if t.tag_ in ("VB", "VBG"))
    # The parser takes the verb in *Prado surprised farmer Brandl: “…”* for a participle.
    attribute = _is_attribute(verb) and not is_partly_quoted(doc, found)
    nobodys = judged or is_purpose(verb) or attribute or _is_open_infinitive(verb)
    if (
        _is_supposed(verb)
        or _is_unsaid(verb)
        or _is_anyones(doc, found, verb)
        or _is_withholding(doc, found, verb)
    ):
        return True
    return nobodys or _is_gloss(doc, found, verb) or _is_going_on(doc, found, verb)


def _is_supposed(verb: Token) -> bool:
    """*Let’s say the roof holds*, *Let us suppose that …*: whoever reads is asked to think so."""
    clause = verb if verb.lower_ == "let" else verb.head
    if clause.lower_ != "let" or clause.tag_ != "VB" or subject_of(clause) is not None:
        return False
    asked = (c for word in {clause, verb} for c in word.children if clause.i < c.i <= clause.i + 2)
    return any(c.lower_ in _US for c in asked)


def _is_unsaid(verb: Token) -> bool:
    """*It goes without saying that …*: it is no one."""
    subject = subject_of(verb)
    return (
        subject is not None
        and subject.lower_ == "it"
        and lemma_of(verb) == "go"
        and any(t.tag_ == "VBG" for c in verb.children if c.lower_ == "without" for t in c.children)
    )


def _is_anyones(doc: Doc, found: Attribution, verb: Token) -> bool:
    """*One wonders whether …*, *one might think that …*: whoever reads, not one of those spoken of before."""
    if found.source is None or [t.lower_ for t in doc[slice(*found.source)]] != ["one"]:
        return False
    supposed = any(c.tag_ == "MD" for c in verb.children)
    return supposed or (verb.tag_ == "VBZ" and cue_lexicon().mode(verb, "clause") != "speech")


def _is_withholding(doc: Doc, found: Attribution, verb: Token) -> bool:
    """*denied | him bail |*, *to deny | the visitors a win |*: kept from somebody, and nothing said.

    Of 7 such in PolNeAR train, counted by a pattern, none is marked.
    """
    if lemma_of(verb) not in cue_lexicon().words["deeds"]["of_withholding"] or len(found.contents) > 1:
        return False
    start, end = found.contents[0]
    words = doc[start:end]
    if start == verb.i + 1 < end - 1 and doc[start].tag_ == "PRP" and doc[start].lower_ in OBJECT_PRONOUNS:
        return not any(t.tag_ in FINITE for t in words)
    if start < verb.i or any(t.tag_ in CLAUSAL or t.tag_ in ("VBG", "VBN", "IN") for t in words[:2]):
        return False
    thing = words.root
    given = next((c for c in verb.children if c.dep_ == "dative" and c.i >= start), None)
    if given is not None:
        return any(c.dep_ == "dobj" and c.i > given.i for c in verb.children)
    # *deny | Lund the title*, which parsers take for one phrase.
    inner = thing.left_edge.i if thing.dep_ == "dobj" else end
    later = next((t for t in doc[start + 1 : end] if t.dep_ in ("det", "poss") and t.pos_ != "PROPN"), None)
    beside = later is not None and later.nbor(-1).pos_ in ("PROPN", "PRON", "NOUN")
    return beside and thing.head == verb and inner <= start + 1


def _is_gloss(doc: Doc, found: Attribution, verb: Token) -> bool:
    """*“It is over,” Reed said, | referring to | the strike*: the reporter explains what was said.

    Of 68 such after a comma in PolNeAR train none is marked. Not what somebody is referred to as.
    """
    lexicon = cue_lexicon()
    if verb.tag_ != "VBG" or lemma_of(verb) not in lexicon.words["reporting"]["glossing"]:
        return False
    pause = before(doc, verb.i)
    while pause is not None and pause.pos_ == "ADV":
        pause = before(doc, pause.i)
    if pause is None or pause.text not in PAUSES or lexicon.reports(verb.head) != "speech":
        return False
    return not is_partly_quoted(doc, found) and not any(c.lower_ == "as" for c in verb.children)


def is_purpose(verb: Token) -> bool:
    """*a meeting with leaders to discuss the war*: what they will speak of, and nothing that they said."""
    lexicon = cue_lexicon()
    return (
        verb.tag_ == "VB"
        and lemma_of(verb) in lexicon.words["reporting"]["topical"]
        and verb.dep_ in ("acl", "advcl", "relcl", "xcomp", "conj", "ROOT")
        and any(c.tag_ == "TO" for c in verb.children)
        and lexicon.reports(verb.head) != "speech"
    )


def _is_listener(doc: Doc, found: Attribution, cue: Range) -> bool:
    """*issued a statement to the state agency*: the content is who was told."""
    to = doc[cue[1] - 1]
    if to.lower_ != "to" or (to.tag_ == "TO" and any(t.tag_ == "VB" for t in doc[cue[1] : cue[1] + 1])):
        return False
    lexicon = cue_lexicon()
    told = any(lexicon.mode(t, "nouns") == "speech" for t in doc[cue[0] : cue[1] - 1] if t.pos_ == "NOUN")
    words = [t for s, e in found.contents for t in doc[s:e]]
    return (
        told
        and not is_partly_quoted(doc, found)
        and not any(t.tag_ in _VERBS and t.dep_ != "amod" for t in words)
    )


def _is_silence(doc: Doc, verb: Token, cue: Range) -> bool:
    """*has remained silent on the matter*: nobody said anything."""
    comment = cue_lexicon().comment
    words = {t.lower_ for t in doc[cue[0] : cue[1]]}
    return bool(words & comment["quiet"]) and (
        lemma_of(verb) in comment["keeping"] or verb.lower_ in comment["quiet"]
    )


def _is_raised(doc: Doc, found: Attribution, cue: Range) -> bool:
    """*The figures raise questions about whether …*: nobody asks."""
    words = cue_lexicon().words["statements"]
    nouns = (t for t in doc[cue[0] : cue[1]] if t.lemma_.lower() in words["questions"] and t.pos_ == "NOUN")
    noun = next(nouns, None)
    if noun is None or noun.dep_ not in ("dobj", "attr", "nsubj"):
        return False
    if lemma_of(noun.head) not in words["raising"]:
        return False
    if found.source is not None:
        return not is_somebody(root_of(doc, found.source))
    subject = subject_of(noun.head)
    return subject is None or subject == noun or not is_somebody(subject)


def _is_going_on(doc: Doc, found: Attribution, verb: Token) -> bool:
    """*As long as Reed continues to lead, | farmers will follow*: what he goes on with is no speaking."""
    if lemma_of(verb) not in cue_lexicon().entries["continuing"] or is_partly_quoted(doc, found):
        return False
    deed = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    inside = deed is not None and any(s <= deed.i < e for s, e in (*found.contents, found.cue or (0, 0)))
    return deed is not None and not inside and cue_lexicon().reports(deed) != "speech"


def _opens_bare(verb: Token) -> bool:
    """*Say the word and we leave*: an order to the reader, whatever the parser makes of it."""
    return verb.tag_ == "VB" and verb.is_sent_start is True


def _is_plain_call(doc: Doc, found: Attribution, verb: Token, rules: Proposals) -> bool:
    """*called the police*, *reportedly called Lund*: a verb that names, with no name given and no clause."""
    lexicon = cue_lexicon()
    plain = lexicon.mode(verb, "naming") and not (
        lexicon.mode(verb, "clause")
        or lexicon.mode(verb, "object")
        or any(c.dep_ == "xcomp" for c in verb.children)
    )
    himself = any(is_reflexive(c) for c in verb.children)
    if not plain or found.cue is None or is_passive(verb):
        return False
    beside = any(t != verb and t.pos_ != "ADV" for t in doc[found.cue[0] : found.cue[1]])
    if beside and not (himself and within(found.cue, cue_range(verb))):
        return False
    behind = [c for c in verb.children if c.i > verb.i and not is_reflexive(c)]
    named = [c for c in behind if c.dep_ == "oprd" or c.lower_ in _COMPARING]
    if named and not is_called_up(verb, named):
        return False
    return not rules.with_cue_in(found.cue) and not is_partly_quoted(doc, found)


def _is_title(doc: Doc, found: Attribution, verb: Token) -> bool:
    """*sang “Abide with Me”*: capitals throughout, after a word that reports no clause."""
    lexicon = cue_lexicon()
    if lexicon.reports(verb) or lexicon.mode(verb, "nouns"):
        return False
    if len(found.contents) != 1 or not verb.tag_.startswith("VB"):
        return False
    start, end = found.contents[0]
    if not any(m.start <= start and end <= m.end for m in marks_in(doc, (start, end))):
        return False
    words = [t for t in doc[start:end] if t.is_alpha]
    long = [t for t in words if len(t) >= MIN_TITLE_WORD]
    stop = any(t.text in BREAKS for t in doc[start:end])
    return len(words) > 1 and not stop and words[0].is_title and all(t.text[0].isupper() for t in long)


def _is_phoning(doc: Doc, found: Attribution, verb: Token) -> bool:
    """*called Ann Lee to arrange a meeting*: a person, and what the call was for."""
    if lemma_of(verb) != "call":
        return False
    last = doc[found.contents[-1][0]]
    to = last.tag_ == "TO" and last.i > verb.i + 1 and last.head.tag_ == "VB" and lemma_of(last.head) != "be"
    return to and any(c.dep_ == "dobj" and verb.i < c.i < last.i and is_somebody(c) for c in verb.children)
