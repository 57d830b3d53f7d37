"""From articles to reports: the only place where a Doc becomes a Report."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from spacy.tokens import Doc

from onrecord import __version__
from onrecord.dates import publication_day
from onrecord.evidence import Evidence
from onrecord.pipeline.annotations import (
    char_blocks,
    char_range,
    get_attributions,
    get_entities,
    get_links,
    get_notices,
    text_of,
    text_span,
)
from onrecord.pipeline.build import LoadedPipeline, load_pipeline
from onrecord.pipeline.claims.records import get_claims
from onrecord.pipeline.structure.component import (
    BLOCK_HINTS,
    PUBLISHED,
    Hint,
    byline_of,
    find_blocks,
    headline_of,
    published_of,
)
from onrecord.schema import (
    Article,
    Entity,
    Mention,
    PipelineInfo,
    Provenance,
    Quote,
    Report,
)

__all__ = ["analyze", "evidence", "explain", "load_pipeline", "to_report"]

FILE_DATED = frozenset(("docx", "odt", "pdf"))
"""Formats whose readers know only when the file was made: often the day of a template or of a copy."""

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that waits for the interpreter gets it while articles are analyzed. The
encoder's thread asks for it between two windows and would wait ten times as long: of 0.005, 0.001, 0.0005
and 0.0002 the third takes 3 % less time on two cores."""

COLLECT_AFTER = 20_000
"""New objects after which Python looks for garbage in cycles while articles are analyzed. It looks after 700
otherwise and spends 4 % of our own time on it, most of it on weights and word lists, which stay."""


def analyze(loaded: LoadedPipeline, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:
    """Analyze articles one by one, in order.

    Args:
        loaded: the pipeline, from `load_pipeline`.
        articles: any iterable; it is read lazily.
        batch_size: how many articles the pipeline sees at once.
    """
    pairs = ((_to_doc(loaded, article), article) for article in map(_dated, articles))
    with _working_pace():
        for doc, article in loaded.nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
            yield to_report(doc, article, provenance=provenance(loaded))


@contextmanager
def _working_pace() -> Iterator[None]:
    """Let threads change over sooner meanwhile, and look for garbage less often than the process does."""
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(min(interval, SWITCH_INTERVAL))
    if thresholds[0]:
        gc.set_threshold(max(thresholds[0], COLLECT_AFTER), *thresholds[1:])
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*thresholds)


def explain(loaded: LoadedPipeline, article: Article) -> tuple[Report, Evidence]:
    """Analyze one article and keep why its parts are what they are."""
    article = _dated(article)
    doc = loaded.nlp(_to_doc(loaded, article))
    return to_report(doc, article, provenance=provenance(loaded)), evidence(doc)


def evidence(doc: Doc) -> Evidence:
    """What the components of a processed doc noted down beside their results."""
    links = {char_range(doc, (k.start, k.end)): k.reason for k in get_links(doc) if k.reason}
    entities = get_entities(doc)
    links |= {char_range(doc, (m.start, m.end)): m.reason for e in entities for m in e.mentions if m.reason}
    rules = {f"q{i + 1}": a.rule for i, a in enumerate(get_attributions(doc)) if a.rule}
    return Evidence(rules, {e.id: e.reasons for e in entities if e.reasons}, links)


def provenance(loaded: LoadedPipeline) -> Provenance:
    """What made a report with this pipeline."""
    base = loaded.base
    return Provenance(__version__, PipelineInfo(base.name, base.version, base.verified), dict(loaded.weights))


def _dated(article: Article) -> Article:
    """With the day that the text tells, where there is one, in place of that of the file."""
    if article.format not in FILE_DATED or article.published is None:
        return article
    told = published_of(article.text, find_blocks(article.text, hints=_hints(article)))
    return replace(article, published=told or article.published)


def _hints(article: Article) -> list[Hint]:
    return [(b.kind, b.start, b.end) for b in article.blocks]


def _to_doc(loaded: LoadedPipeline, article: Article) -> Doc:
    doc = loaded.nlp.make_doc(article.text)
    doc.user_data[BLOCK_HINTS] = _hints(article)
    doc.user_data[PUBLISHED] = article.published
    return doc


def to_report(doc: Doc, article: Article, *, provenance: Provenance) -> Report:
    """Turn a processed doc into a report."""
    text = article.text
    blocks = char_blocks(doc)
    title = article.title or headline_of(text, blocks)
    byline = article.byline or byline_of(text, blocks)
    published = article.published
    if publication_day(published) is None:
        published = published_of(text, blocks, published) or published
    return Report(
        article=replace(article, title=title, byline=byline, published=published, blocks=blocks, warnings=()),
        onrecord=provenance,
        entities=tuple(_entities(doc)),
        quotes=tuple(_quotes(doc)),
        claims=tuple(get_claims(doc)),
        warnings=article.warnings + get_notices(doc),
    )


def _entities(doc: Doc) -> Iterator[Entity]:
    for e in get_entities(doc):
        mentions = []
        for m in e.mentions:
            tokens = m.start, m.end
            text = text_of(doc, tokens)
            mentions.append(Mention(*char_range(doc, tokens), text, m.kind, round(m.confidence, 3)))
        roles = tuple(text_span(doc, r) for r in e.roles)
        yield Entity(e.id, e.type, e.name, e.aliases, roles, tuple(mentions), e.candidates)


def _quotes(doc: Doc) -> Iterator[Quote]:
    for i, a in enumerate(get_attributions(doc)):
        yield Quote(
            id=f"q{i + 1}",
            type=a.type,
            mode=a.mode,
            content=tuple(text_span(doc, r) for r in a.contents),
            cue=text_span(doc, a.cue) if a.cue else None,
            source=text_span(doc, a.source) if a.source else None,
            speakers=a.speakers,
            flags=a.flags,
            parent=f"q{a.parent + 1}" if a.parent is not None else None,
            confidence=round(a.confidence, 3),
            reasons=a.reasons,
        )
