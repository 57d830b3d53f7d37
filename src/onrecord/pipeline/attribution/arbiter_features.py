"""What speaks for and against a proposed attribution, as numbers: score, neighbours, form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log, log1p

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, get_blocks, get_marks
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.function_words import COMPLEMENTISERS, FINITE

LEAST_CHANCE = 0.01
"""Scores are kept this far from 0 and 1, where their odds would have no bounds."""

FARTHEST = 20
"""Words between cue and content beyond which distance says nothing more."""

_NAMED = frozenset(("PERSON", "ORG", "GPE", "NORP"))

Features = Mapping[str, float]


class Evidence:
    """The numbers for every candidate of one doc.

    Args:
        doc: the doc.
        rules: what the rules propose, with their measured rates as confidence.
        learned: what the model found, in contract form.
    """

    def __init__(self, doc: Doc, rules: Sequence[Attribution], learned: Sequence[Attribution]) -> None:
        self.doc = doc
        self._rules, self._learned = _Places(rules), _Places(learned)
        self._marked = {i for m in get_marks(doc) if m.role == "quote" for i in range(m.start, m.end)}
        headings = [b for b in get_blocks(doc) if b.kind in ("headline", "subhead")]
        self._heading = {i for b in headings for i in range(b.start, b.end)}

    def __call__(self, found: Attribution) -> dict[str, float]:
        """The numbers for one candidate, by name; what is left out is 0."""
        tokens = {i for s, e in found.contents for i in range(s, e)}
        learned = rule_names.is_learned(found)
        out = {"score": odds(found.confidence), rule_names.family(found.rule): 1.0}
        out |= self._agreement(found, tokens, self._rules if learned else self._learned)
        out |= self._content(found, tokens)
        out |= self._source(found)
        out |= self._cue(found)
        out["inside"] = float(self.is_inside(found))
        return {name: value for name, value in out.items() if value}

    def is_inside(self, found: Attribution) -> bool:
        """Whether the cue stands in the content of another finding of the model."""
        if found.cue is None:
            return False
        holders = self._learned.holding(found.cue[0]) & self._learned.holding(found.cue[1] - 1)
        return any(self._learned.items[k] is not found for k in holders)

    def partner(self, found: Attribution) -> Attribution | None:
        """The finding of the other kind with the same cue whose content is most alike."""
        places = self._rules if rule_names.is_learned(found) else self._learned
        tokens = {i for s, e in found.contents for i in range(s, e)}
        return places.likest(found, tokens)[0]

    def _agreement(self, found: Attribution, tokens: set[int], others: _Places) -> dict[str, float]:
        partner, likeness = others.likest(found, tokens)
        counts: dict[int, int] = defaultdict(int)
        for i in tokens:
            for k in others.holding(i):
                counts[k] += 1
        out = {"covered": max(counts.values(), default=0) / len(tokens)}
        if found.cue is not None:
            out["cue_in_other"] = float(any(others.holding(i) for i in range(*found.cue)))
        if partner is not None:
            out |= {"agrees": 1.0, "likeness": likeness, "other_score": odds(partner.confidence)}
            out["beside_" + rule_names.family(partner.rule)] = 1.0
        return out

    def _content(self, found: Attribution, tokens: set[int]) -> dict[str, float]:
        first = self.doc[found.start]
        size = log(len(tokens))
        return {
            "length": size,
            "length_squared": size * size / 4,
            "several": float(len(found.contents) > 1),
            "finite": float(any(self.doc[i].tag_ in FINITE for i in tokens)),
            "marked": float(bool(tokens & self._marked)),
            "opens_clause": float(first.lower_ in COMPLEMENTISERS),
            "opens_to": float(first.tag_ == "TO"),
            "opens_preposition": float(first.tag_ == "IN" and first.lower_ not in COMPLEMENTISERS),
            "opens_gerund": float(first.tag_ == "VBG"),
            "heading": float(found.start in self._heading),
            "belief": float(found.mode == "belief"),
            "evidence": float(found.mode == "evidence"),
        }

    def _source(self, found: Attribution) -> dict[str, float]:
        if found.source is None:
            return {"no_source": 1.0}
        words = self.doc[found.source[0] : found.source[1]]
        return {
            "source_pronoun": float(words[0].tag_ == "PRP"),
            "source_first_person": float(words[0].lower_ in ("i", "we")),
            "source_length": log(len(words)),
            "source_named": float(any(t.ent_type_ in _NAMED for t in words)),
        }

    def _cue(self, found: Attribution) -> dict[str, float]:
        if found.cue is None:
            return {"no_cue": 1.0}
        words = self.doc[found.cue[0] : found.cue[1]]
        root = words.root
        lexicon = cue_lexicon()
        mode = lexicon.reports(root) or lexicon.mode(root, "nouns") or lexicon.mode(root, "quote")
        gap = min(abs(found.cue[1] - found.start), abs(found.end - found.cue[0]), FARTHEST)
        return {
            "cue_noun": float(root.pos_ in ("NOUN", "PROPN")),
            "cue_verb": float(root.tag_.startswith("VB")),
            "cue_length": log(len(words)),
            "cue_to": float(any(t.tag_ == "TO" for t in words)),
            "cue_participle": float(root.tag_ == "VBG"),
            "cue_modal": float(any(t.tag_ == "MD" for t in words)),
            "cue_after": float(found.cue[0] > found.start),
            "cue_gap": log1p(gap),
            "cue_speech": float(mode == "speech"),
            "cue_unknown": float(mode is None),
            "cue_main": float(root.dep_ in ("ROOT", "ccomp")),
            "cue_relative": float(root.dep_ in ("relcl", "acl")),
        }


class _Places:
    """Attributions by the tokens of their cues and contents."""

    def __init__(self, items: Sequence[Attribution]) -> None:
        self.items = items
        self._cues: dict[int, list[int]] = defaultdict(list)
        self._contents: dict[int, set[int]] = defaultdict(set)
        for k, a in enumerate(items):
            for i in range(*(a.cue or (0, 0))):
                self._cues[i].append(k)
            for s, e in a.contents:
                for i in range(s, e):
                    self._contents[i].add(k)

    def holding(self, token: int) -> set[int]:
        """Numbers of those whose content holds the token."""
        return self._contents.get(token, set())

    def likest(self, found: Attribution, tokens: set[int]) -> tuple[Attribution | None, float]:
        """Of those with the same cue, the one whose content is most alike, and how alike."""
        best: tuple[Attribution | None, float] = (None, -1.0)
        for k in sorted({k for i in range(*(found.cue or (0, 0))) for k in self._cues.get(i, ())}):
            theirs = set(_tokens(self.items[k].contents))
            likeness = len(tokens & theirs) / len(tokens | theirs)
            if likeness > best[1] and self.items[k] is not found:
                best = self.items[k], likeness
        return best


def _tokens(spans: Iterable[tuple[int, int]]) -> Iterable[int]:
    return (i for s, e in spans for i in range(s, e))


def odds(chance: float) -> float:
    """The logarithm of the odds."""
    p = min(max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE)
    return log(p / (1 - p))
