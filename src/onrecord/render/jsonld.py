"""schema.org `Claim` as JSON-LD: one graph a report, with the article and who makes each claim.

One report is one object, several are a list of them.

What a source denies has it as author too: `description` says how firmly the claim is made, and gives the
sentence in full. The verdict is a human's: no `ClaimReview` is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote

from onrecord.render.facts import headline
from onrecord.render.jsonfmt import write_values
from onrecord.render.selection import Selection, select, with_names
from onrecord.schema import Article, Claim, Report, Speaker

TYPES = {"PERSON": "Person", "ORG": "Organization", "DOCUMENT": "CreativeWork"}
"""schema.org types of claimants; groups and the unnamed are things with a name."""


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection | None = None) -> None:
    """Write the graph of one report, a list of graphs for none or several.

    Raises:
        UsageError: the selection leaves claims out.
    """
    wanted = with_names(selection or Selection(), "JSON-LD")
    graphs = (graph(select(report, wanted)) for report in reports)
    write_values((json.dumps(g, ensure_ascii=False, indent=2) for g in graphs), out)


def graph(report: Report) -> dict[str, Any]:
    """The article and its claims."""
    article = _article(report.article)
    return {
        "@context": "https://schema.org",
        "@graph": [article, *(_claim(c, report, article["@id"]) for c in report.claims)],
    }


def _article(article: Article) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": article.url or _urn(article),
        "headline": headline(article),
        "inLanguage": article.language,
    }
    if article.url:
        node["url"] = article.url
    if article.published:
        node["datePublished"] = article.published
    if article.byline:
        node["author"] = [{"@type": "Person", "name": name} for name in article.byline]
    if article.outlet:
        node["publisher"] = {"@type": "Organization", "name": article.outlet}
    return node


def _urn(article: Article) -> str:
    """A name for an article without an address; one file may hold many articles."""
    return f"urn:sha256:{article.sha256}:{quote(article.id, safe='')}"


def _claim(claim: Claim, report: Report, article: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"{article}#{claim.id}",
        "text": claim.text,
        "description": f"{claim.modality}: {claim.sentence.text}",
        "appearance": {"@id": article},
    }
    speakers = [_speaker(s) for s in claim.claimant.speakers]
    if speakers:
        node["author"] = speakers[0] if len(speakers) == 1 else speakers
    elif claim.claimant.kind == "author":
        node["author"] = _author(report.article)
    if claim.via:
        node["citation"] = [{"@type": "CreativeWork", "name": name} for name in claim.via]
    named = {e.id: e.name for e in report.entities}
    about = [{"@type": "Thing", "name": named[e]} for e in claim.entities if e in named]
    if about:
        node["about"] = about
    return node


def _author(article: Article) -> Any:
    people = [{"@type": "Person", "name": name} for name in article.byline]
    if people:
        return people[0] if len(people) == 1 else people
    if article.outlet:
        return {"@type": "Organization", "name": article.outlet}
    return {"@type": "Thing", "name": "the author of the article"}


def _speaker(speaker: Speaker) -> dict[str, str]:
    return {"@type": TYPES.get(speaker.type, "Thing"), "name": speaker.name}
