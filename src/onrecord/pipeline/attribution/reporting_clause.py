"""Reporting clauses beside quotation marks: *“…,” said Ann Lee* and *Ann Lee said on Monday: “…”*.

The parser is unreliable across marks, so the words beside a mark are read in order and the parse is
asked only inside the clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import BlockRecord, MarkedSpan, Range
from onrecord.pipeline.language.clauses import is_complement
from onrecord.pipeline.language.comings import what_comes
from onrecord.pipeline.language.cues import CueLexicon, cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import agent_of, cue_range, is_passive, source_range
from onrecord.pipeline.language.function_words import BREAKS, FINITE_VERBS, SUBJECT_PRONOUNS
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.schema import Mode

MAX_LEAD = 30
"""Most words between a cue and the mark that it belongs to. In PolNeAR train 98 % of the clauses that
stand directly beside a mark are shorter; longer ones are cues of other sentences."""

MAX_BRACKETS = 30
"""Most words from a full stop in brackets to their end: of 47 such in PolNeAR train 42 are shorter. What
stays open for longer was never closed."""

_SOMEBODY = SUBJECT_PRONOUNS - {"you"}
_NO_SUBJECT_DEPS = frozenset(("compound", "poss", "pobj", "npadvmod", "appos", "dobj", "amod", "nummod"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause.

    Attributes:
        verb: the cue's head.
        start: first token of the clause.
        end: token after it.
        stops: it ends its sentence.
        leads: it leads on to what follows, by a colon, a comma or nothing at all.
        moved: the source is whom something moves, before a colon.
    """

    verb: Token
    cue: Range
    source: Range | None
    mode: Mode
    start: int
    end: int
    stops: bool
    leads: bool
    moved: bool = False


def last_inner(doc: Doc, mark: MarkedSpan) -> str:
    """The last word or stop inside the marks."""
    for i in range(mark.end - 1, mark.start, -1):
        text = doc[i].text.strip("\"'“”‘’`«»„‹› \u00a0")
        if text:
            # Between marks without spaces the tokenizer leaves a comma with its word.
            return text[-1] if text[-1] in ",.?!…" else text
    return ""


def clause_after(doc: Doc, mark: MarkedSpan, high: int, lexicon: CueLexicon) -> Clause | None:
    """The clause directly after a mark, *”, said X*, if there is one before `high`."""
    start = mark.end
    end = _clause_end(doc, start, high)
    if end == start or doc[start].text == ";":
        # *alleged “A”; B called it “C”*: another sentence, which leads to what follows.
        return None
    stops = end >= high or doc[end].text in BREAKS
    verb = _first_verb(doc, start, end, lexicon)
    if verb is None:
        return _coming_after(doc, mark, end)
    if _has_content(verb, high):
        return None
    leads = not stops or doc[end - 1].text in ",:"
    inner = last_inner(doc, mark)
    opening = next(t.i for t in doc[start:end] if not t.is_punct and not t.is_space)
    plain = lemma_of(verb) in lexicon.words["reporting"]["plain"]
    if inner == "." and not (doc[opening].text.islower() or plain):
        return None
    if inner in (".", ";") and leads and doc[end - 1].text in ",:":
        # “A.” He added: “B.” The clause belongs to what follows.
        return None
    source = _subject(doc, verb, start, end)
    if source is not None and not _stands_at(doc, opening, min(source[0], verb.i)):
        return None
    if source is None and (verb.i > start + 3 or inner not in (",", "?", "!")):
        return None
    return Clause(verb, cue_range(verb), source, mode_of(verb, lexicon), start, end, stops, leads)


def _coming_after(doc: Doc, mark: MarkedSpan, end: int) -> Clause | None:
    """*“Exactly,” | came the reply | from the minister.*: a noun of saying comes, and whom it comes from."""
    verb = next((t for t in doc[mark.end : end] if not t.is_punct and not t.is_space), None)
    noun = what_comes(verb) if verb is not None else None
    if verb is None or noun is None:
        return None
    giver = next((c for t in doc[noun.i + 1 : end] if t.lower_ == "from" for c in t.children), None)
    source = source_range(giver, low=noun.i + 1, high=end) if giver is not None else None
    stops = end >= len(doc) or doc[end].text in BREAKS
    return Clause(verb, (verb.i, noun.i + 1), source, "speech", mark.end, end, stops, not stops)


def _clause_end(doc: Doc, start: int, high: int) -> int:
    """The next end of a sentence; one in brackets ends nothing: *said Ann Lee (born in St. Ives) today*."""
    end, depth = start, 0
    while end < high and doc[end].text not in BREAKS:
        depth += _opened(doc[end])
        end += 1
    if depth <= 0:
        return end
    for i in range(end, min(end + MAX_BRACKETS, high)):
        depth += _opened(doc[i])
        if depth <= 0:
            return i + 1
    return end


def _opened(token: Token) -> int:
    return token.text.count("(") - token.text.count(")")


def _stands_at(doc: Doc, opening: int, first: int) -> bool:
    """Whether nothing but adverbs stands between a mark and the clause."""
    return first <= opening or all(
        t.pos_ in ("ADV", "DET", "PUNCT", "ADJ", "PROPN", "NOUN", "PART") for t in doc[opening:first]
    )


def _first_verb(doc: Doc, start: int, end: int, lexicon: CueLexicon) -> Token | None:
    """The cue of a clause that begins at `start`: only its subject may stand before it."""
    opening = next((t for t in doc[start:end] if not t.is_punct and not t.is_space), None)
    if (
        opening is None
        or opening.pos_ in ("SCONJ", "CCONJ")
        or opening.tag_ in ("IN", "TO", "CC", "VBG", "WDT", "WP")
    ):
        return None
    for token in doc[start : min(end, start + MAX_LEAD)]:
        if token.tag_ in FINITE_VERBS or (token.tag_ in ("VBN", "VB", "NN", "NNS") and _looks_finite(token)):
            if token.dep_ in ("aux", "auxpass", "amod") or (token.i > opening.i and _in_modifier(token)):
                continue
            return token if quotes(token, lexicon) or _is_inverted(token, opening) else None
        helped = any(c.dep_ in ("aux", "auxpass") for c in token.children)
        if token.tag_ in ("VBN", "VB") and helped and not _in_modifier(token):
            return token if quotes(token, lexicon) else None
    return None


def _is_inverted(token: Token, opening: Token) -> bool:
    """*“Nor can I”, | confided she |*: any verb before its subject after marks and a comma reports.

    In PolNeAR train and the corpus all 338 are cues (counted by a pattern, script not kept).
    """
    subject = next((c for c in token.children if c.dep_ == "nsubj" and c.i > token.i), None)
    if token.i != opening.i or token.pos_ != "VERB" or subject is None:
        return False
    paused = any(sign in token.doc[max(0, token.i - 2) : token.i].text for sign in ",?!")
    return paused and (subject.pos_ == "PROPN" or subject.lower_ in _SOMEBODY)


def _looks_finite(token: Token) -> bool:
    """Reporting verbs that taggers take for participles or nouns beside marks: *says Ann*, *Ann says*."""
    if token.tag_ in ("NN", "NNS"):
        return token.lower_ in cue_lexicon().words["reporting"]["like_nouns"]
    return (
        token.tag_ == "VBN"
        and not any(c.dep_ in ("aux", "auxpass") for c in token.children)
        and token.dep_ == "ROOT"
    )


def _in_modifier(token: Token) -> bool:
    """Whether a verb stands in a relative or participle clause about the subject."""
    word = token
    for _ in range(4):
        if word.dep_ in ("relcl", "acl") and word.head.i < word.i:
            return True
        if word.dep_ not in ("conj", "xcomp", "ccomp", "advcl", "aux", "auxpass"):
            return False
        word = word.head
    return False


def _has_content(verb: Token, high: int) -> bool:
    """Whether the verb has a finite complement of its own on the right: then the mark is not its content."""
    return any(c.dep_ == "ccomp" and verb.i < c.i < high and is_complement(c) for c in verb.children)


def clause_before(doc: Doc, low: int, mark: MarkedSpan, lexicon: CueLexicon) -> Clause | None:
    """The clause directly before a mark, *X said, “*, *X told Y on Monday: “*."""
    end = mark.start
    while end > low and doc[end - 1].is_space:
        # A no-break space after the colon is a token of its own.
        end -= 1
    if end == low:
        return None
    last = doc[end - 1]
    start = end - 1
    while start > low and not doc[start].is_sent_start and doc[start - 1].text not in BREAKS:
        start -= 1
    verb = _last_verb(doc, start, end, lexicon, colon=last.text == ":")
    if verb is None:
        return _phrase_before(doc, start, end, lexicon)
    direct = last.text in (",", ":", "—", "–", "-", "―") or (last.lower_ == "that" and end - 2 > low)
    direct = direct or _is_adjunct(doc, verb, mark)
    told = _takes_hearer(verb) and end - verb.i <= 4 and _is_addressee(doc, verb.i + 1, end)
    if not direct and not told and not (verb.i == end - 1 and lexicon.mode(verb, "clause") == "speech"):
        return None
    if lexicon.mode(verb, "clause") == "belief" and _earlier_speech(doc, start, verb, lexicon):
        # *said she wanted to let them know that “…”*: the first cue reports it all.
        return None
    moved = experiencer(verb, start, end)
    if moved is not None:
        return Clause(verb, cue_range(verb), moved, "speech", start, end, False, True, moved=True)
    source = _subject(doc, verb, start, end) or _lead_subject(verb, low, end)
    return Clause(verb, cue_range(verb), source, mode_of(verb, lexicon), start, end, False, True)


def _colon_after(verb: Token) -> int:
    """The token after the next colon, or after the verb if there is none in its sentence."""
    return next((t.i + 1 for t in verb.doc[verb.i : verb.sent.end] if t.text == ":"), verb.i + 1)


def experiencer(verb: Token, start: int, end: int) -> Range | None:
    """Who is moved by a thing, right before a colon: *The walkout did not surprise | Lena Quist |: “…”*."""
    if verb.doc[end - 1].text != ":" or lemma_of(verb) in cue_lexicon().says:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    moved = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if subject is None or is_somebody(subject) or moved is None or not is_somebody(moved):
        return None
    span = source_range(moved, low=start, high=end)
    return span if span is not None and span[1] == end - 1 else None


def _earlier_speech(doc: Doc, start: int, verb: Token, lexicon: CueLexicon) -> bool:
    return any(t.tag_ in FINITE_VERBS and lexicon.mode(t, "clause") == "speech" for t in doc[start : verb.i])


def _phrase_before(doc: Doc, start: int, end: int, lexicon: CueLexicon) -> Clause | None:
    """*According to Ann Lee, “* and *in the words of Ann Lee, “*."""
    if doc[end - 1].text not in (",", ":"):
        return None
    for i in range(start, end - 1):
        for phrase in lexicon.sources.get(doc[i].lower_, ()):
            stop = i + len(phrase)
            if tuple(t.lower_ for t in doc[i:stop]) != phrase or end - stop > MAX_LEAD:
                continue
            head = next((t for t in doc[stop:end] if t.dep_ == "pobj" and i <= t.head.i < stop), None)
            source = source_range(head, low=stop, high=end) if head is not None else None
            if source is not None and source[1] >= end - 2:
                return Clause(doc[i], (i, stop), source, "speech", start, end, False, True)
    return None


def _is_adjunct(doc: Doc, verb: Token, mark: MarkedSpan) -> bool:
    """*wrote in a blog post “We …”*: only a phrase stands between the verb and a sentence in marks."""
    words = [t for t in doc[mark.start + 1 : mark.end] if t.is_alpha]
    between = doc[verb.i + 1 : mark.start]
    if len(words) < 5 or not words[0].text[:1].isupper() or not between or len(between) > 12:
        return False
    return between[0].pos_ == "ADP" and all(t.pos_ not in ("VERB", "AUX", "PUNCT") for t in between)


def _takes_hearer(verb: Token) -> bool:
    """Whether the object of a verb of saying is who is told: *told him*, *urged them*."""
    hearers, lemma = cue_lexicon().words["hearers"], lemma_of(verb)
    return any(lemma in hearers[key] for key in ("needed", "optional", "urging"))


def _is_addressee(doc: Doc, start: int, end: int) -> bool:
    """Whether the words between a verb and a mark are who was told: *told me “*, *asked Ann Lee “*."""
    return start < end and all(t.pos_ in ("PRON", "PROPN", "DET", "NOUN") for t in doc[start:end])


def clause_ending(doc: Doc, block: BlockRecord, lexicon: CueLexicon) -> Clause | None:
    """A reporting clause that ends a block with a colon; what it reports stands in the next block."""
    end = block.end
    while end > block.start and doc[end - 1].is_space:
        end -= 1
    if end == block.start or doc[end - 1].text != ":":
        return None
    return clause_before(doc, block.start, MarkedSpan(end, end), lexicon)


def _last_verb(doc: Doc, start: int, end: int, lexicon: CueLexicon, *, colon: bool) -> Token | None:
    for i in range(end - 1, max(start - 1, end - 1 - MAX_LEAD), -1):
        token = doc[i]
        if token.tag_.startswith("VB") and quotes(token, lexicon) and token.dep_ != "amod":
            return _main_cue(doc, start, token, lexicon)
        if i == start and colon and token.text.istitle() and quotes(token, lexicon):
            # *Continued Stone:* taggers take the first word for a name.
            return token
        if (
            token.tag_ in FINITE_VERBS
            and token.dep_ not in ("relcl", "aux", "auxpass", "acl")
            and not _in_modifier(token)
        ):
            # Any verb whose clause a colon ends announces what follows, if somebody acts in it.
            return token if colon and _own_person(token) else None
    return None


def _main_cue(doc: Doc, start: int, verb: Token, lexicon: CueLexicon) -> Token:
    """*he said, smiling, “*: a gesture beside a cue only accompanies it."""
    if verb.tag_ != "VBG" or lexicon.mode(verb, "clause") == "speech":
        return verb
    for i in range(verb.i - 1, start - 1, -1):
        if doc[i].tag_ in FINITE_VERBS and lexicon.mode(doc[i], "clause") == "speech":
            return doc[i]
    return verb


def _own_person(verb: Token) -> bool:
    if experiencer(verb, verb.sent.start, _colon_after(verb)) is not None:
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return False
    return subject.ent_type_ in ("PERSON", "ORG") or subject.lower_ in _SOMEBODY


def _lead_subject(verb: Token, low: int, end: int) -> Range | None:
    if is_passive(verb):
        return None
    word = verb
    for _ in range(6):
        if word.dep_ not in ("conj", "advcl", "xcomp", "acl", "dep", "pcomp", "prep", "relcl"):
            break
        word = word.head
        if word.i < low:
            break
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubjpass") and low <= child.i < end:
                head = word.head if child.tag_ in ("WP", "WDT") and word.dep_ == "relcl" else child
                return source_range(head, low=low, high=end)
    return None


def _subject(doc: Doc, verb: Token, start: int, end: int) -> Range | None:
    """The subject inside the clause: by the parse, else the noun phrase beside the verb."""
    if is_passive(verb):
        if lemma_of(verb) == "quote":
            # *he is quoted as saying*: the words are those of whom others quote.
            quoted = next((c for c in verb.children if c.dep_ == "nsubjpass" and start <= c.i < end), None)
            return source_range(quoted, low=start, high=end) if quoted is not None else None
        agent = agent_of(verb)
        return source_range(agent, low=start, high=end) if agent is not None else None
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and start <= c.i < end]
    if verb.dep_ == "conj" and not subjects:
        subjects = [c for c in verb.head.children if c.dep_ == "nsubj" and start <= c.i < end]
    before = [
        t
        for t in doc[start : verb.i]
        if t.pos_ in ("PROPN", "NOUN", "PRON") and t.dep_ not in _NO_SUBJECT_DEPS
    ]
    for child in subjects:
        if child.i < verb.i or not before:
            head = verb.head if child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl" else child
            return source_range(head, low=start, high=end)
    if before:
        return source_range(before[0], low=start, high=verb.i)
    if verb.i > start + 1 and _takes_hearer(verb) and any(c.dep_ == "dobj" for c in verb.children):
        return None
    for token in doc[verb.i + 1 : end]:
        if token.pos_ in ("PROPN", "NOUN", "PRON") and token.dep_ not in (
            "compound",
            "poss",
            "pobj",
            "npadvmod",
        ):
            return source_range(token, low=verb.i + 1, high=end)
        # No bare verb follows *said*: the tagger took a job for one (*said engineer Tomas Reyes*).
        if token.text in (",", ":") or token.pos_ == "ADP" or (token.pos_ == "VERB" and token.tag_ != "VB"):
            break
    return None


def quotes(token: Token, lexicon: CueLexicon) -> bool:
    """Whether the word can report what stands in marks beside it."""
    return (
        lexicon.mode(token, "clause") in ("speech", "belief")
        or lexicon.mode(token, "question") == "speech"
        or lexicon.mode(token, "quote") is not None
    )


def mode_of(token: Token, lexicon: CueLexicon) -> Mode:
    """Beside marks nearly every cue reports speech."""
    if lexicon.mode(token, "quote") or lexicon.mode(token, "question") == "speech":
        return "speech"
    return lexicon.mode(token, "clause") or "speech"
