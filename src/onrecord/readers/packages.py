"""Word and OpenDocument files are zip archives of XML: reading them with bounds."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import Any

from onrecord.errors import InputError
from onrecord.readers.source import Source

__all__ = ["MAX_CELL_CHARS", "Package", "attribute", "local_name"]

MAX_CELL_CHARS = 80
"""Characters. A row whose cells are all shorter is a row of data and stays one line; longer cells
hold running text laid out in a table. A line of prose has 60 to 80."""

MAX_PART_BYTES = 64 * 1024 * 1024
"""Bytes of one part, unpacked. The text of a 1,000-page book is about 20 MB of Word XML; more is a
decompression bomb."""

_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on damaged archives."""

_DAMAGED = "damaged"
_SAVE_AGAIN = "open it in a word processor and save it again"


class Package:
    """The parts of a zipped document, each unpacked within bounds and parsed without entities."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.data))
            self.names = frozenset(self._archive.namelist())
        except _UNPACKING as error:
            raise InputError(self._path, _DAMAGED, _SAVE_AGAIN) from error

    def bytes(self, name: str) -> bytes | None:
        """One part unpacked; None if there is no such part.

        Raises:
            InputError: the part is damaged, encrypted or larger than `MAX_PART_BYTES`.
        """
        if name not in self.names:
            return None
        info = self._archive.getinfo(name)
        if info.flag_bits & 0x1:
            raise InputError(self._path, "password-protected", "save a copy without a password")
        try:
            with self._archive.open(info) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except _UNPACKING as error:
            raise InputError(self._path, _DAMAGED, _SAVE_AGAIN) from error
        if len(data) > MAX_PART_BYTES:
            limit = MAX_PART_BYTES // 2**20
            raise InputError(self._path, f"a part of it unpacks to more than {limit} MB", _SAVE_AGAIN)
        return data

    def xml(self, name: str) -> Any | None:
        """The root element of one part; None if there is no such part.

        Document types are refused: office files have none, and entities are a way to attack.

        Raises:
            InputError: as for `bytes`, or the part is no well-formed XML.
        """
        data = self.bytes(name)
        if data is None:
            return None
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputError(self._path, f"{_DAMAGED} ({name} is not well-formed)", _SAVE_AGAIN) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError(self._path, "an XML document type in an office file", _SAVE_AGAIN)
        return root


def local_name(element: Any) -> str:
    """An element's tag without its namespace; strict and transitional files differ in that only."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name in whatever namespace the file uses; empty if it is missing."""
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
