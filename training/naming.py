"""Names to learn: of the corpus by hand, of other texts by the base pipeline and the repair rules."""

from __future__ import annotations

import io
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.loading import find_base, load_base
from onrecord.pipeline.name_labels import KIND_OF_LABEL
from onrecord.pipeline.names.component import find_typed_spans
from onrecord.pipeline.names.words import fold_word, person_words, read_words

UNKNOWN_NAME = "?"
"""Label of characters about which a set says nothing."""

FINE = {"PLACE": "GPE", "WORK": "WORK_OF_ART"}
"""The OntoNotes label of a contract type where the base pipeline has none to offer."""

COMPLETE = frozenset(("PERSON", "ORG", "PLACE"))
"""Types that this repository's corpus annotates completely."""

GUM = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "event": "EVENT"}
"""Entity types of GUM that name what the contract names."""

CAPITALISED = re.compile(
    r"\b[A-Z0-9][\w.&-]*(?:(?: (?:of|and|for|the|de|la|del|von|van|du|in|al))*[ -][A-Z][\w.&'’-]*)*"
    r"(?<!['’]s)(?<![.,'’])"
)

CONLL = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of characters with its OntoNotes label, or `UNKNOWN_NAME`."""

    start: int
    end: int
    label: str


def base_pipeline() -> Language:
    """The base pipeline as onrecord runs it, up to the names."""
    nlp = load_base(find_base())
    adapt_tokenizer(nlp)
    nlp.add_pipe("onrecord_structure", first=True)
    return nlp


def silver_names(doc: Doc) -> list[Named]:
    """What the repaired base pipeline finds: names by contract type, and values."""
    words = read_words(doc)
    votes: Counter[tuple[str, str, str]] = Counter()
    labels = {i: e.label_ for e in doc.ents for i in range(e.start, e.end)}
    typed = find_typed_spans(words)
    for span, kind in typed:
        for i in range(span.start, span.end):
            if KIND_OF_LABEL.get(labels.get(i, "")) == kind:
                votes[words.key(span.start, span.end), kind, labels[i]] += 1
    out = []
    for span, kind in typed:
        key = words.key(span.start, span.end)
        options = [(n, fine) for (k, t, fine), n in votes.items() if (k, t) == (key, kind)]
        fine = max(options)[1] if options else FINE.get(kind, kind)
        last = doc[span.end - 1]
        out.append(Named(doc[span.start].idx, last.idx + len(last), fine))
    taken = {i for span, _ in typed for i in range(span.start, span.end)}
    for ent in doc.ents:
        if ent.label_ not in KIND_OF_LABEL and not taken.intersection(range(ent.start, ent.end)):
            out.append(Named(ent.start_char, ent.end_char, ent.label_))
    return sorted(out, key=lambda n: n.start)


def gold_names(document: dict[str, Any], silver: Sequence[Named]) -> list[Named]:
    """The corpus's names; silver adds values, peoples and finer labels.

    Other types are not complete in the corpus, and bylines are not annotated: what silver has there
    is marked as unknown.
    """
    gold = [
        Named(m["start"], m["end"], _finer(m, e["type"], silver))
        for e in document["entities"]
        for m in e["mentions"]
        if m["kind"] == "name"
    ]
    bylines = [(b["start"], b["end"]) for b in document.get("blocks", ()) if b["kind"] == "byline"]
    out = [*gold, *(Named(s, e, UNKNOWN_NAME) for s, e in bylines)]
    for name in silver:
        if any(name.start < g.end and g.start < name.end for g in out):
            continue
        kind = KIND_OF_LABEL.get(name.label)
        if kind is None or kind == "NORP":
            out.append(name)
        elif kind not in COMPLETE:
            out.append(Named(name.start, name.end, UNKNOWN_NAME))
    return sorted(out, key=lambda n: n.start)


def _finer(mention: dict[str, Any], kind: str, silver: Sequence[Named]) -> str:
    for name in silver:
        overlap = name.start < mention["end"] and mention["start"] < name.end
        if overlap and KIND_OF_LABEL.get(name.label) == kind:
            return name.label
    return FINE.get(kind, kind)


def gum_names(document: dict[str, Any], silver: Sequence[Named]) -> list[Named]:
    """GUM's people, organisations, places and events; silver adds values, peoples and finer labels.

    GUM marks whole noun phrases: silver's borders are taken where it sees a name of the same type in
    one, else its capitalised beginning. What silver has beside GUM's names is unknown.
    """
    text = document["text"]
    out: list[Named] = []
    # The innermost first, so that *Stuttgart* is not swallowed by *the mayor of Stuttgart*.
    for m in sorted(document["mentions"], key=lambda m: m["end"] - m["start"]):
        kind = GUM.get(m["type"])
        if m["kind"] != "name" or kind is None:
            continue
        low, high = m["start"], m["end"]
        same = [n for n in silver if low <= n.start and n.end <= high and KIND_OF_LABEL.get(n.label) == kind]
        core = _core(text[low:high])
        if any(low < g.end and g.start < high for g in out):
            continue
        if same:
            out.append(same[0])
        elif core and fold_word(text[low:][slice(*core)].split(" ")[0]) not in titles():
            out.append(Named(low + core[0], low + core[1], FINE.get(kind, kind)))
        else:
            out.append(Named(low, high, UNKNOWN_NAME))
    for name in silver:
        if any(name.start < g.end and g.start < name.end for g in out):
            continue
        values = KIND_OF_LABEL.get(name.label) in (None, "NORP")
        out.append(name if values else Named(name.start, name.end, UNKNOWN_NAME))
    return sorted(out, key=lambda n: n.start)


def _core(phrase: str) -> tuple[int, int] | None:
    """The first run of capitalised words in a noun phrase, with *of*, *and the* and the like inside."""
    found = CAPITALISED.search(phrase)
    return found.span() if found else None


def titles() -> frozenset[str]:
    """Forms of address, which are no part of a name."""
    words = person_words()
    return words.honorifics | words.titles


MARKED = re.compile(r"\[\[([A-Z]+)\|([^\[\]|]+)\]\]")


def read_marked(folder: Path) -> Iterator[dict[str, Any]]:
    """The texts of `corpus/names`, whose names of every contract type are marked as `[[TYPE|name]]`.

    Yields:
        `id`, `text` and `named`: (start, end, contract type).
    """
    for path in sorted(folder.glob("*.txt")):
        raw, text, named, last = path.read_text(encoding="utf-8").strip(), "", [], 0
        for found in MARKED.finditer(raw):
            text += raw[last : found.start()]
            named.append((len(text), len(text) + len(found[2]), found[1]))
            text += found[2]
            last = found.end()
        yield {"id": f"names-{path.stem}", "text": text + raw[last:], "named": named}


def marked_names(document: dict[str, Any], silver: Sequence[Named]) -> list[Named]:
    """The marked names, which are all there are; silver adds values and finer labels."""
    out = [
        Named(start, end, _finer({"start": start, "end": end}, kind, silver))
        for start, end, kind in document["named"]
    ]
    for name in silver:
        if KIND_OF_LABEL.get(name.label) is None and not any(
            name.start < g.end and g.start < name.end for g in out
        ):
            out.append(name)
    return sorted(out, key=lambda n: n.start)


def read_conll(archive: Path, member: str, *, sentences: int = 8) -> Iterator[dict[str, Any]]:
    """Documents of some sentences each from one CoNLL file of `ner.tar.gz`.

    Yields:
        `id`, `text` and `spans`: (start, end, contract type or `UNKNOWN_NAME`).
    """
    with tarfile.open(archive) as tar:
        handle = tar.extractfile(member)
        if handle is None:
            raise FileNotFoundError(member)
        lines = io.TextIOWrapper(handle, encoding="utf-8").read().splitlines()
    blocks: list[list[list[str]]] = [[]]
    for line in lines:
        columns = line.split()
        if len(columns) >= 2 and columns[0] != "-DOCSTART-":
            blocks[-1].append(columns)
        elif blocks[-1]:
            blocks.append([])
    for number in range(0, len(blocks), sentences):
        rows = [row for block in blocks[number : number + sentences] for row in block]
        if rows:
            yield {"id": f"{Path(member).stem}-{number}", **_joined(rows)}


def _joined(rows: Sequence[list[str]]) -> dict[str, Any]:
    """The text of CoNLL rows with a space after each token, and its spans."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for row in rows:
        start, text = len(text), f"{text}{row[0]} "
        tag = row[-1]
        if tag == "O":
            continue
        kind = CONLL.get(tag[2:], UNKNOWN_NAME)
        if tag[0] == "I" and spans and spans[-1][1] == start - 1 and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], len(text) - 1, kind)
        else:
            spans.append((start, len(text) - 1, kind))
    return {"text": text, "spans": spans}


def conll_names(document: dict[str, Any], silver: Sequence[Named]) -> list[Named]:
    """The set's people, places and organisations; silver adds values and finer labels."""
    out = []
    for start, end, kind in document["spans"]:
        if kind == UNKNOWN_NAME:
            same = [
                n
                for n in silver
                if (n.start, n.end) == (start, end) and KIND_OF_LABEL.get(n.label) not in COMPLETE
            ]
            out.append(same[0] if same else Named(start, end, UNKNOWN_NAME))
        else:
            out.append(Named(start, end, _finer({"start": start, "end": end}, kind, silver)))
    for name in silver:
        values = KIND_OF_LABEL.get(name.label) in (None, "NORP")
        if values and not any(name.start < g.end and g.start < name.end for g in out):
            out.append(name)
    return sorted(out, key=lambda n: n.start)
