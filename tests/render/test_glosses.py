from __future__ import annotations

import io
from dataclasses import replace

import pytest
from reports import HARBOUR

from onrecord.render.formats import FORMATS, write
from onrecord.render.glosses import glossed
from onrecord.render.page import PageOptions, page
from onrecord.render.selection import Selection
from onrecord.schema import Article, Claim, Claimant, Entity, Mention, Report, Span, Speaker

TEXT = "Ilse Morau left. On Friday she sold the mill. Morau said the mill was hers."


def entity(*mentions: tuple[str, str, float]) -> Entity:
    found, at = [], 0
    for words, kind, confidence in mentions:
        at = TEXT.index(words, at)
        found.append(Mention(at, at + len(words), words, kind, confidence))  # type: ignore[arg-type]
        at += len(words)
    return Entity("e1", "PERSON", "Ilse Morau", (), (), tuple(found))


def claim(words: str, claimant: Claimant | None = None) -> Claim:
    start = TEXT.index(words)
    sentence = Span(start, start + len(words), words)
    return Claim("c1", start, start + len(words), words, sentence, claimant or Claimant("author"))


@pytest.mark.parametrize(
    ("words", "confidence", "shown"),
    [
        ("On Friday she sold the mill", 0.97, "On Friday she [Ilse Morau] sold the mill"),
        ("On Friday she sold the mill", 0.7, "On Friday she sold the mill"),
        ("Ilse Morau left", 0.97, "Ilse Morau left"),
    ],
    ids=["sure", "doubtful", "by name"],
)
def test_a_pronoun_that_opens_a_claim_is_spelled_out(words: str, confidence: float, shown: str) -> None:
    morau = entity(("Ilse Morau", "name", 0.99), ("she", "pronoun", confidence))
    assert "".join(glossed(claim(words), [morau])) == shown


@pytest.mark.parametrize(
    ("text", "pronoun", "shown"),
    [
        ("He’s a liar", "He", "He’s [Rewi Castell] a liar"),
        ("His harsh words were about more", "His", "His [Rewi Castell’s] harsh words were about more"),
        ("Asked if her mails were lost", "her", "Asked if her [Rewi Castell] mails were lost"),
    ],
)
def test_a_gloss_stands_where_an_editor_would_put_it(text: str, pronoun: str, shown: str) -> None:
    at = text.index(pronoun)
    mention = Mention(at, at + len(pronoun), pronoun, "pronoun", 0.97)
    castell = Entity("e1", "PERSON", "Rewi Castell", (), (), (mention,))
    made = Claim("c1", 0, len(text), text, Span(0, len(text), text), Claimant("author"))
    assert "".join(glossed(made, [castell])) == shown


def test_whoever_speaks_of_himself_needs_no_gloss() -> None:
    morau = entity(("Ilse Morau", "name", 0.99), ("she", "pronoun", 0.97))
    own = Claimant("source", (Speaker("Ilse Morau", "PERSON", "e1"),))
    words = "On Friday she sold the mill"
    assert "".join(glossed(claim(words, own), [morau])) == words


def test_a_pronoun_far_into_the_claim_stays_bare() -> None:
    morau = entity(("Ilse Morau", "name", 0.99), ("hers", "pronoun", 0.97))
    assert "".join(glossed(claim("the mill was hers"), [morau])) == "the mill was hers [Ilse Morau]"
    assert "".join(glossed(claim("Morau said the mill was hers"), [morau])) == "Morau said the mill was hers"


def report(text: str, pronoun: str) -> Report:
    mention = Mention(0, len(pronoun), pronoun, "pronoun", 0.97)
    who = Entity("e1", "PERSON", "Ilse <Morau>", (), (), (mention,))
    told = Claim("c1", 0, len(text) - 1, text[:-1], Span(0, len(text), text), Claimant("author"))
    return replace(HARBOUR, article=Article("mill", text), entities=(who,), quotes=(), claims=(told,))


def written(form: str, shown: Report) -> str:
    out = io.StringIO()
    write([shown], out, form=FORMATS[form], selection=Selection())
    return out.getvalue()


def test_a_gloss_is_told_from_the_brackets_of_the_article() -> None:
    shown = report("She [the mayor] sold it.", "She")
    told = written("html", shown)
    gloss = '<ins class="gloss" title="added by onrecord, not in the text">[{}]</ins>'
    assert f"<q>She {gloss.format('Ilse &lt;Morau&gt;')} [the mayor] sold it</q>" in told
    assert f"{gloss.format('Name')} added by onrecord, not in the text</p>" in told
    assert "   > She *\\[Ilse \\<Morau\\>\\]* \\[the mayor\\] sold it\n" in written("md", shown)
    colored = page(shown, options=PageOptions(color=True))
    assert "She \x1b[2m[Ilse <Morau>]\x1b[0m [the mayor] sold it" in colored


def test_without_a_gloss_there_is_no_word_of_it() -> None:
    assert "added by onrecord" not in written("html", HARBOUR)
