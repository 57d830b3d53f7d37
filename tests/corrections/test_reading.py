from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.corrections import Correction, find_corrections, parse_csv, parse_toml, read_corrections
from onrecord.errors import CorrectionsError


def test_every_kind_of_table_is_read() -> None:
    text = """
[[merge]]
names = ["Anna Berg", "A. Berg"]

[[split]]
name = "Berg"
mentions = ["Mrs. Berg"]
into = "Karin Berg"

[[rename]]
name = "Berg"
to = "Anna Berg"

[[retype]]
name = "Berg"
type = "PERSON"

[[ignore]]
name = "Read More"
article = "council-*"

[[speaker]]
quote = "will open"
speaker = ["Anna Berg", "Karl Holm"]

[[alias]]
name = "Volodymyr Zelensky"
aliases = ["Zelenskyy"]
"""
    found = parse_toml(text, thing="onrecord.toml")
    assert [c.action for c in found] == ["merge", "split", "rename", "retype", "ignore", "speaker", "alias"]
    assert found[0] == Correction("merge", ("Anna Berg", "A. Berg"), ("Anna Berg",), place="onrecord.toml:2")
    assert found[4].article == "council-*"
    assert found[5].to == ("Anna Berg", "Karl Holm")
    assert found[6].names == ("Zelenskyy",)
    assert found[6].to == ("Volodymyr Zelensky",)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("[[merge]]\nnames = [\n\n[[", 4, "no valid TOML"),
        ('[[rename]]\nname = "A"\n', 1, "lacks “to”"),
        ('\n[[rename]]\nname = "A"\nto = "B"\nfrom = "C"\n', 2, "unknown key “from”"),
        (
            '[[rename]]\nname = "A"\nto = "B"\n\n[[rename]]\nname = ""\nto = "B"\n',
            5,
            "“name” is empty; write a name",
        ),
        ('[[speaker]]\nquote = "A"\nspeaker = ""\n', 1, "“speaker” is empty; write a name"),
        ('[[split]]\nname = "A"\nmentions = []\ninto = "B"\n', 1, "“mentions” is empty; write words"),
        ('[[rename]]\nname = 7\nto = "B"\n', 1, "“name” is no text"),
        ('# people\n[[marry]]\nname = "A"\n', 2, "unknown correction “marry”"),
        ('[[retype]]\nname = "A"\ntype = "HUMAN"\n', 1, "unknown type “HUMAN”"),
        ('[[merge]]\nnames = ["A"]\n', 1, "two names"),
        ('rename = "A"\n', 1, "no list of tables"),
        ('\n[[ignore]]\nname = "A"\narticle = ["a", "b"]\n', 2, "“article” is no text"),
        ('[[retype]]\nname = "A"\ntype = ["PERSON"]\n', 1, "“type” is no text"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(text: str, line: int, part: str) -> None:
    with pytest.raises(CorrectionsError) as caught:
        parse_toml(text, thing="c.toml")
    assert caught.value.thing == f"c.toml:{line}"
    assert part in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "table",
    [
        '[[rename]]\nname = ["A", "B"]\nto = "C"',
        '[[rename]]\nname = "A"\nto = ["B", "C"]',
        '[[split]]\nname = ["A", "B"]\nmentions = "A"\ninto = "C"',
        '[[split]]\nname = "A"\nmentions = ["A", "a"]\ninto = ["B", "C"]',
        '[[merge]]\nnames = ["A", "B"]\nname = ["C", "D"]',
        '[[alias]]\nname = ["A", "B"]\naliases = ["a", "b"]',
        '[[speaker]]\nquote = ["a", "b"]\nspeaker = "C"',
    ],
)
def test_several_names_where_one_can_be_are_refused(table: str) -> None:
    with pytest.raises(CorrectionsError) as caught:
        parse_toml(f"\n{table}\n", thing="c.toml")
    assert caught.value.thing == "c.toml:2"
    assert "takes one" in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize("row", ["rename,A;B,C,", "rename,A,B;C,", "split,A;B,C,a", "merge,A,B;C,"])
def test_several_names_in_a_row_where_one_can_be_are_refused(row: str) -> None:
    with pytest.raises(CorrectionsError, match="takes one") as caught:
        parse_csv(f"action,name,to,mention\n{row}\n", thing="c.csv")
    assert caught.value.thing == "c.csv:2"


def test_several_names_left_out_or_retyped_are_so_one_by_one() -> None:
    found = parse_toml('[[ignore]]\nname = ["A", "B", "A"]\narticle = "x"\n', thing="c.toml")
    assert found == tuple(Correction("ignore", (n,), article="x", place="c.toml:1") for n in "AB")
    found = parse_csv('action,name,type\nretype,"A; B",ORG\n', thing="c.csv")
    assert found == tuple(Correction("retype", (n,), type="ORG", place="c.csv:2") for n in "AB")


def test_csv_says_the_same() -> None:
    text = (
        "action,name,to,mention,type,article\n"
        "merge,A. Berg,Anna Berg,,,\n"
        "split,Berg,Karin Berg,Mrs. Berg,,\n"
        "retype,Berg,,,PERSON,\n"
        '# a note,"with, commas",,,,\n'
        "\n"
        'speaker,"it will open; he said",Anna Berg;Karl Holm,,,council-*\n'
    )
    found = parse_csv(text, thing="c.csv")
    assert [c.action for c in found] == ["merge", "split", "retype", "speaker"]
    assert found[0].names == ("Anna Berg", "A. Berg")
    assert found[1].mentions == ("Mrs. Berg",)
    assert found[3].names == ("it will open; he said",)
    assert found[3].to == ("Anna Berg", "Karl Holm")
    assert found[3].place == "c.csv:7"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("name,to\nA,B\n", 1, "header"),
        ("action,name,to\nrename,A\n", 2, "needs the column “to”"),
        ("action,name,to\nrename,A,B,C\n", 2, "more cells"),
        ("action,name,to\nrename,A,B\nmarry,A,B\n", 3, "unknown correction"),
        ("action,name,to\nrename,,B\n", 2, "name is empty"),
    ],
)
def test_a_malformed_row_is_told_with_its_line(text: str, line: int, part: str) -> None:
    with pytest.raises(CorrectionsError) as caught:
        parse_csv(text, thing="c.csv")
    assert caught.value.thing == f"c.csv:{line}"
    assert part in str(caught.value)


def test_files_are_found_beside_and_above(tmp_path: Path) -> None:
    folder = tmp_path / "march" / "week"
    folder.mkdir(parents=True)
    article = folder / "council.txt"
    article.write_text("…", "utf-8")
    assert find_corrections(article) is None
    above = tmp_path / "onrecord.toml"
    above.write_text('[[ignore]]\nname = "Read More"\n', "utf-8")
    assert find_corrections(article) == above
    assert read_corrections(above)[0].names == ("Read More",)


@pytest.mark.parametrize("typed", ["council.txt", "./council.txt", "../week/council.txt", "."])
def test_files_are_found_however_the_path_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    folder = tmp_path / "march" / "week"
    folder.mkdir(parents=True)
    (folder / "council.txt").write_text("…", "utf-8")
    (tmp_path / "onrecord.toml").write_text("", "utf-8")
    monkeypatch.chdir(folder)
    assert find_corrections(Path(typed)) == tmp_path / "onrecord.toml"


def test_a_folder_passed_through_on_the_way_is_not_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("march", "april"):
        (tmp_path / name).mkdir()
    (tmp_path / "march" / "onrecord.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path / "march")
    assert find_corrections(Path("../april/council.txt")) is None


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="check the path"):
        read_corrections(tmp_path / "missing.toml")
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"action,name,to\nrename,\xff,B\n")
    with pytest.raises(CorrectionsError, match="UTF-8"):
        read_corrections(bad)
