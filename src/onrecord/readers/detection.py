"""Which format a file has: by its content, then by its name."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from typing import Final

from onrecord.errors import InputError
from onrecord.readers.own_files import own_file
from onrecord.readers.source import Source

__all__ = ["SUFFIXES", "detect_format"]

SUFFIXES: Final = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "html",
    ".mhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}
"""File name suffix to format; the suffixes that a folder is searched for."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
    (b"RIFF", "an audio, video or image file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
"""First bytes of formats that hold no readable text (from the formats' own specifications)."""

_REMEDIES = {
    "image": "run text recognition (OCR) and give its text",
    "audio": "give a transcript as text",
    "archive": "unpack it first",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body|article|meta)\b",
    re.I | re.DOTALL,
)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_SAVE_AS = "open it in a word processor and save it as .docx"


def detect_format(source: Source) -> str:
    """The format of `source`: a value of `SUFFIXES`.

    What the content says comes before the suffix, so that a PDF named `.txt` is read as a PDF.

    Raises:
        InputError: the file is empty, or of a kind that cannot be read; with what to do instead.
    """
    data = source.data
    if not data.strip():
        raise InputError(source.path, "empty file", "check that it was saved")
    own = own_file(source.path, data)
    if own is not None:
        raise InputError(source.path, f"{own.kind}, not an article", own.remedy)
    head = data[:1024]
    if b"%PDF-" in head and not head.lstrip().startswith(b"<"):
        return "pdf"
    if head.startswith(_ZIP):
        return _zip_format(source)
    if head.startswith(_OLE):
        raise _ole_error(source)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    for magic, name in _FOREIGN:
        if head.startswith(magic) and not _is_plain(head):
            remedy = next((r for word, r in _REMEDIES.items() if word in name), "give the article as text")
            raise InputError(source.path, f"{name}, not an article", remedy)
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) or _MHTML.match(data[:4096]):
        return "html"
    return _format_by_suffix(source)


def _is_plain(head: bytes) -> bool:
    """Whether bytes are printable ASCII: *BZh* or *RIFF* may begin an article as well."""
    return all(byte >= 0x20 or byte in b"\t\r\n" for byte in head) and head.isascii()


def _format_by_suffix(source: Source) -> str:
    found = SUFFIXES.get(source.suffix, "text")
    if found in ("docx", "odt", "rtf"):
        raise InputError(
            source.path,
            f"damaged, or no {source.suffix} file",
            "open it in a word processor and save it again",
        )
    if found == "pdf":
        raise InputError(source.path, "damaged, or no PDF", "download or export it again")
    if source.suffix in (".doc", ".pages", ".wpd"):
        raise InputError(source.path, f"{source.suffix} is not supported", _SAVE_AS)
    if found in ("text", "json"):
        return _json_format(source.data) or found
    return found


def _json_format(data: bytes) -> str | None:
    """`json` for an object or a list of them, `jsonl` for one a line; None for prose that begins so."""
    if not _JSON.match(data):
        return None
    text = data.decode("utf-8-sig", "replace").strip()
    first, _, rest = text.partition("\n")
    if rest and isinstance(_parsed(first), dict):
        return "jsonl"
    value = _parsed(text)
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, dict)), None)
    return "json" if isinstance(value, dict) and value else None


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _zip_format(source: Source) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError) as error:
        if SUFFIXES.get(source.suffix) in ("docx", "odt"):
            raise InputError(
                source.path,
                "damaged: the file is cut off",
                "copy it again, or open and save it in a word processor",
            ) from error
        raise InputError(source.path, "a damaged zip archive", "copy or download it again") from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    for prefix, kind in (("xl/", "a spreadsheet"), ("ppt/", "a slide show"), ("OEBPS/", "an e-book")):
        if any(name.startswith(prefix) for name in names):
            raise InputError(source.path, f"{kind}, not an article", "save the text as .docx, .txt or .csv")
    raise InputError(source.path, "a zip archive, not an article", "unpack it first")


def _ole_error(source: Source) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in source.data:
        return InputError(source.path, "password-protected", "save a copy without a password")
    return InputError(source.path, "an old Word format (.doc)", _SAVE_AS)
