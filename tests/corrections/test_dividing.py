"""A split divides aliases and roles as it divides mentions."""

from __future__ import annotations

from onrecord.corrections import Correction, apply_corrections
from onrecord.schema import Article, Entity, Mention, PipelineInfo, Provenance, Report, Span

TEXT = (
    "Mayor Anna Berg, sister of Mrs. Berg, met the banker [Karin] Berg at noon. "
    "K. Berg, a treasurer, said no. A. Berg agreed. She said so, the minister Eva Lund said."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def mention(words: str, part: str = "") -> Mention:
    start = TEXT.index(words) + words.index(part or words)
    return Mention(start, start + len(part or words), part or words)


SHE = Mention(TEXT.index("She"), TEXT.index("She") + 3, "She", "pronoun")
ANNA = Entity(
    "e1",
    "PERSON",
    "Anna Berg",
    ("Karin Berg", "K. Berg", "A. Berg", "Berg", "Anna Lind"),
    (span("a treasurer"), span("the banker"), span("Mayor"), span("sister of Mrs. Berg")),
    (
        mention("Anna Berg"),
        mention("Mrs. Berg", "Berg"),
        mention("[Karin] Berg"),
        mention("K. Berg"),
        mention("A. Berg"),
        SHE,
    ),
)
EVA = Entity("e2", "PERSON", "Eva Lund", ("Lund",), (span("the minister"),), (mention("Eva Lund"),))
REPORT = Report(Article("a", TEXT), Provenance("0", PipelineInfo("p", "0", False)), (ANNA, EVA))


def split(into: str, *mentions: str) -> tuple[Entity, Entity]:
    """The old entry and the one that the mentions went to."""
    report = apply_corrections(REPORT, [Correction("split", ("Anna Berg",), (into,), mentions)]).report
    return report.entities[0], next(e for e in report.entities if e.name == into)


def roles(entity: Entity) -> list[str]:
    return [r.text for r in entity.roles]


def test_aliases_go_with_their_mentions_and_those_without_any_stay() -> None:
    anna, karin = split("Karin Berg", "Mrs. Berg", "[Karin] Berg", "K. Berg")
    assert anna.aliases == ("A. Berg", "Anna Lind")
    assert karin.aliases == ("K. Berg", "Berg")


def test_an_alias_of_both_stays_and_goes() -> None:
    both = mention("sister of Mrs. Berg", "Berg")
    anna = Entity(
        "e1", "PERSON", "Anna Berg", ("Berg",), (), (*ANNA.mentions[:2], mention("K. Berg", "Berg"))
    )
    report = Report(REPORT.article, REPORT.onrecord, (anna,))
    done = apply_corrections(report, [Correction("split", ("Anna Berg",), ("Karin Berg",), ("K. Berg",))])
    assert [e.aliases for e in done.report.entities] == [("Berg",), ("Berg",)]
    assert both in done.report.entities[0].mentions


def test_roles_go_with_the_name_beside_them() -> None:
    anna, karin = split("Karin Berg", "Mrs. Berg", "[Karin] Berg", "K. Berg")
    assert roles(anna) == ["Mayor", "sister of Mrs. Berg"]
    assert roles(karin) == ["a treasurer", "the banker"]


def test_a_pronoun_takes_nothing_along() -> None:
    anna, she = split("Karin Holm", "She said")
    assert (anna.aliases, anna.roles) == (ANNA.aliases, ANNA.roles)
    assert (she.aliases, she.roles, she.mentions) == ((), (), (SHE,))


def test_who_is_there_already_keeps_what_it_has() -> None:
    anna, eva = split("Eva Lund", "K. Berg")
    assert "K. Berg" not in anna.aliases
    assert eva.aliases == ("Lund", "K. Berg")
    assert roles(eva) == ["the minister", "a treasurer"]
    assert [m.text for m in eva.mentions] == ["K. Berg", "Eva Lund"]


def test_a_name_moved_is_an_alias_of_the_new_entry() -> None:
    anna, eva = split("Eva Berg", "Mayor Anna Berg")
    assert anna.name == "Anna Berg"
    assert (eva.aliases, roles(eva)) == (("Anna Berg",), ["Mayor", "sister of Mrs. Berg"])
