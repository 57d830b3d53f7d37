"""Reports for gold documents, as the command line would write them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.analyzer import analyze
from onrecord.pipeline.build import LoadedPipeline
from onrecord.schema import Article
from onrecord.serialize import report_to_dict


@dataclass(frozen=True, slots=True)
class Run:
    """Reports by document id, and how fast they came in words a second."""

    reports: dict[str, Any]
    words_per_second: float


def predict(loaded: LoadedPipeline, documents: Sequence[Mapping[str, Any]]) -> Run:
    """Analyze the documents with one pipeline."""
    articles = [Article(id=d["id"], path=f"{d['id']}.txt", text=d["text"]) for d in documents]
    start = time.perf_counter()
    reports = {r.article.id: report_to_dict(r) for r in analyze(loaded, articles)}
    seconds = time.perf_counter() - start
    words = sum(len(d["text"].split()) for d in documents)
    return Run(reports, round(words / seconds) if seconds else 0.0)
