"""Who says what a passive reports, behind the words in marks: *was branded “a disgrace” | by the union*."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import agent_of, is_passive, source_range, trim
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.places import is_amid_marks, marks_in
from onrecord.pipeline.ranges import touch


def with_agent(doc: Doc, found: Attribution) -> Attribution:
    """The statement with the agent of its passive cue for its source.

    Parsers hang *by* on the noun before it, so the agent is looked for right behind the last words in marks,
    and whoever was taken for the source in its place, the subject or nobody, is who was spoken of.
    """
    if found.cue is None or not _is_bare_participle(root_of(doc, found.cue)):
        return found
    if (
        found.source is not None
        and found.source[0] > found.cue[0]
        and doc[found.source[0] - 1].lower_ == "by"
    ):
        return found
    behind = [i for i, (start, _) in enumerate(found.contents) if start >= found.cue[1]]
    places = ((i, _agent_behind_marks(doc, found.contents[i])) for i in behind)
    number, at = next(((i, at) for i, at in places if at is not None), (0, None))
    if at is None:
        return found
    agent = next((c for c in doc[at].children if c.dep_ == "pobj"), None)
    source = source_range(agent, low=at + 1, high=agent.sent.end) if agent is not None else None
    if source is None:
        return found
    start, end = found.contents[number]
    return replace(found, source=source, contents=(*found.contents[:number], (start, min(end, at))))


def without_agent(doc: Doc, found: Attribution) -> Attribution:
    """The statement up to the agent of its passive cue: *was called | a quack | by rivals for selling cures*.

    The agent is its source, and why he says so the reporter tells. Where all that is said stands behind the
    agent nothing changes: *was told by two rivals | to leave |*.
    """
    verb = root_of(doc, found.cue) if found.cue is not None else None
    agent = _agent(verb) if verb is not None and is_passive(verb) else None
    if found.cue is None or agent is None or not is_somebody(agent):
        return found
    by = agent.head.i
    if is_amid_marks(doc, by) or not any(found.cue[1] <= s < by for s, _ in found.contents):
        return found
    source = source_range(agent, low=by + 1, high=agent.sent.end)
    if source is None or (found.source is not None and not touch(found.source, source)):
        return found
    kept = (trim(doc, (s, min(e, by))) for s, e in found.contents if s < by)
    contents = tuple(span for span in kept if span is not None)
    return replace(found, source=source, contents=contents)


def _agent(verb: Token) -> Token | None:
    """The agent, also where parsers hang it on the name that is given: *was called a quack by two rivals*."""
    agent = agent_of(verb)
    if agent is not None or cue_lexicon().mode(verb, "naming") is None:
        return agent
    names = (c for c in verb.children if c.dep_ in ("oprd", "attr", "dobj") and c.i > verb.i)
    by = (p for name in names for p in name.children if p.lower_ == "by" and p.i > name.i)
    return next((c for p in by for c in p.children if c.dep_ == "pobj"), None)


def without_means(doc: Doc, found: Attribution) -> Attribution:
    """No source that is only how somebody was told: *was informed by | return of post |*, *by | email |*."""
    if found.cue is None or found.source is None or found.source[0] <= found.cue[0]:
        return found
    start, end = found.source
    words = doc[start:end]
    head = words.root
    by = doc[start - 1].lower_ == "by" and head.i == start and head.tag_ == "NN" and head.text.islower()
    if not by or is_somebody(head) or any(c.dep_ in ("det", "poss", "compound") for c in head.children):
        return found
    return replace(found, source=None) if is_passive(root_of(doc, found.cue)) else found


def _is_bare_participle(verb: Token) -> bool:
    """Whether a verb is a passive participle, with its auxiliary or alone."""
    if verb.tag_ != "VBN":
        return False
    if is_passive(verb):
        return True
    helped = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return not helped and not any(c.dep_ == "nsubj" for c in verb.children)


def _agent_behind_marks(doc: Doc, span: Range) -> int | None:
    """The *by* that follows the last quotation that a content holds or ends with."""
    ends = [m.end for m in marks_in(doc, span) if span[0] <= m.start and m.end <= span[1]]
    behind = max(ends, default=-1)
    return behind if 0 <= behind < len(doc) and doc[behind].lower_ == "by" else None
