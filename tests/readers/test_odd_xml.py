"""Office files whose XML is well-formed and odd: changed before it is zipped, so that readers see it."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from reading import DATA, read_one

from onrecord.errors import FaultError, InputError
from onrecord.readers import read_bytes
from onrecord.readers.source import Source

PARTS = {
    "tracked.docx": ["word/document.xml", "word/styles.xml", "word/footnotes.xml", "docProps/core.xml"],
    "harbour.docx": ["word/document.xml"],
    "harbour.odt": ["content.xml", "meta.xml"],
}
VALUED = {
    "docx": [
        ("sym", "char"),
        ("br", "type"),
        ("outlineLvl", "val"),
        ("numId", "val"),
        ("pStyle", "val"),
        ("vanish", "val"),
        ("footnote", "type"),
        ("style", "styleId"),
        ("basedOn", "val"),
        ("created", "type"),
    ],
    "odt": [("s", "c"), ("p", "style-name"), ("style", "parent-style-name"), ("date", "data-style-name")],
}
"""Elements with the attribute that a reader looks at."""

NESTED = {
    "docx": [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "ins",
        "del",
        "pPr",
        "rPr",
        "txbxContent",
        "body",
        "rt",
    ],
    "odt": ["p", "h", "list", "table", "table-row", "table-cell", "note-body", "text-box", "span", "text"],
}
ODD = [
    "",
    "-1",
    "-9999999999",
    "²",
    "٣",
    "9" * 5000,
    "1e9",
    "0",
    "0x41",
    "D800",
    "110000",
    "F_0",
    "Heading",
    " ",
]


def members(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(DATA / name) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def change(data: st.DataObject, root: Any, kind: str) -> None:
    """One change somewhere in a tree that leaves it well-formed."""
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    element = data.draw(st.sampled_from(elements))
    space = element.tag.rpartition("}")[0].removeprefix("{")

    def named(local: str) -> str:
        return f"{{{space}}}{local}" if space else local

    match data.draw(st.sampled_from(["valued", "value", "text", "rename", "wrap", "copy", "drop"])):
        case "valued":
            tag, attribute = data.draw(st.sampled_from(VALUED[kind]))
            child = etree.SubElement(element, named(tag))
            child.set(named(attribute), data.draw(st.sampled_from(ODD)))
        case "value" if element.attrib:
            element.set(data.draw(st.sampled_from(sorted(element.attrib))), data.draw(st.sampled_from(ODD)))
        case "text":
            element.text = data.draw(st.sampled_from([*ODD, None, "\n\n\t"]))
        case "rename":
            element.tag = named(data.draw(st.sampled_from(NESTED[kind])))
        case "wrap" if element.getparent() is not None:
            place = element.getparent()
            index = place.index(element)
            for _ in range(data.draw(st.integers(1, 30))):
                outer = etree.Element(named(data.draw(st.sampled_from(NESTED[kind]))))
                outer.append(element)
                element = outer
            place.insert(index, element)
        case "copy" if len(elements) < 2_000:
            data.draw(st.sampled_from(elements)).append(copy.deepcopy(element))
        case "drop" if element.getparent() is not None:
            element.getparent().remove(element)


@given(st.sampled_from(sorted(PARTS)), st.data())
@settings(max_examples=100, deadline=None)
def test_any_xml_gives_articles_or_an_error_that_was_foreseen(name: str, data: st.DataObject) -> None:
    parts = members(name)
    for part in PARTS[name]:
        root = etree.fromstring(parts[part])
        for _ in range(data.draw(st.integers(0, 8))):
            change(data, root, name.rpartition(".")[2])
        parts[part] = etree.tostring(root)
    try:
        for article in read_bytes(Source(name, zipped(parts))):
            assert article.text.strip()
    except InputError as error:
        assert not isinstance(error, FaultError), error.problem
        assert error.remedy


@pytest.mark.parametrize(
    ("code", "text"),
    [("-1", ""), ("0", ""), ("7", ""), ("", ""), ("D800", ""), ("F0B7", ""), ("110000", ""), ("2022", "•")],
)
def test_a_symbol_in_word(code: str, text: str) -> None:
    body = f"<w:body><w:p><w:t>Rain</w:t><w:sym w:char='{code}'/></w:p></w:body>"
    document = f"<w:document xmlns:w='w'>{body}</w:document>"
    article = read_one(Source("a.docx", zipped({"word/document.xml": document.encode()})))
    assert article.text == f"Rain{text}"


@pytest.mark.parametrize(
    ("count", "blanks"),
    [("3", 3), ("", 1), ("²", 1), ("-2", 0), ("x", 1), ("9" * 30, 80), ("9" * 5000, 1)],
)
def test_blanks_in_open_document(count: str, blanks: int) -> None:
    parts = members("harbour.odt")
    old = b"The terminal opened in 1974."
    assert old in parts["content.xml"]
    new = f'The<text:s text:c="{count}"/>terminal opened.'.encode()
    parts["content.xml"] = parts["content.xml"].replace(old, new)
    assert f"The{' ' * blanks}terminal opened." in read_one(Source("a.odt", zipped(parts))).text
