"""One page of HTML: the article with its quotes marked, and a list of people, quotes and claims.

The page is whole in itself: no script, no font, no image, no address is fetched, and its own
content security policy forbids it. All text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import TextIO

from onrecord.render.facts import facts_line, headline, in_the_story
from onrecord.render.html_lists import claim_list, people_list, quote_list, warning_list
from onrecord.render.html_text import Colors, article_html, text_html
from onrecord.render.phrases import made_with
from onrecord.render.selection import Selection, select, spoken
from onrecord.schema import Report

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection | None = None) -> None:
    """Write all reports as one page, an article after the other."""
    selection = selection or Selection()
    sections, titles = [], []
    for number, report in enumerate(reports, start=1):
        sections.append(_section(report, selection, f"a{number}"))
        titles.append(f'<li><a href="#a{number}">{text_html(headline(report.article))}</a></li>')
    style = (files("onrecord.render") / "page.css").read_text("utf-8")
    title = f"{len(sections)} articles" if len(sections) != 1 else None
    out.write(
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_title(title, sections, titles)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    if len(sections) > 1:
        out.write(f'<nav aria-label="Articles">\n<ol>\n{"".join(titles)}\n</ol>\n</nav>\n')
    out.write("".join(sections) if sections else "<p>No articles.</p>\n")
    out.write("</body>\n</html>\n")


def _title(title: str | None, sections: list[str], titles: list[str]) -> str:
    if title is not None or not sections:
        return title or "onrecord"
    return titles[0].partition('">')[2].removesuffix("</a></li>")


def _section(report: Report, selection: Selection, prefix: str) -> str:
    shown = select(report, selection)
    colors = Colors(shown.quotes)
    lists = []
    if selection.shows("people"):
        cast = in_the_story(shown.entities, report.article)
        lists.append(people_list(cast, spoken(report, selection), colors, report.article.text))
    if selection.shows("quotes"):
        lists.append(quote_list(report, shown.quotes, colors, prefix))
    if selection.shows("claims"):
        lists.append(claim_list(report, shown.claims, prefix))
    lists.append(warning_list(report))
    foot = made_with(report.onrecord)
    return (
        f'<section id="{prefix}" class="report">\n<header>\n<h1>{text_html(headline(report.article))}</h1>\n'
        f'<p class="facts">{text_html(facts_line(report.article))}</p>\n</header>\n'
        f'<div class="columns">\n<article lang="{text_html(report.article.language)}">\n'
        f"{article_html(report.article, shown.quotes, shown.claims, colors, prefix)}</article>\n"
        f"<aside>\n{''.join(lists)}</aside>\n</div>\n"
        f"<footer>{text_html(foot)}. A claim is no verdict: “check” ranks what is worth checking.</footer>\n"
        "</section>\n"
    )
