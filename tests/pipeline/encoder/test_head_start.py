"""The encoder set to work ahead of spaCy: the same findings, no work left over."""

from collections.abc import Generator, Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.pipeline.weights import find_weights

pytest.importorskip("onnxruntime")
if find_weights("attribution") is None:
    pytest.skip("no attribution weights installed", allow_module_level=True)

from onrecord.pipeline.encoder.component import DOCUMENTS_AHEAD, OUTPUTS, READING, Encoder

TEXTS = [
    f"“Nobody asked us,” said Ingrid Solheim of the {n}th ward.\n\nShe added that crews were leaving."
    for n in range(2 * DOCUMENTS_AHEAD + 5)
]
TEXTS[3], TEXTS[4] = "", " \n "


@pytest.fixture(scope="module")
def plain() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_encoder")
    return nlp


@pytest.fixture(scope="module")
def started(plain: Language) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_encoder")
    nlp.add_pipe("onrecord_head_start", first=True)
    return nlp


def encoder_of(nlp: Language) -> Encoder:
    encoder = nlp.get_pipe("onrecord_encoder")
    assert isinstance(encoder, Encoder)
    return encoder


def found(doc: Doc) -> list[object]:
    return list(doc.user_data[OUTPUTS]["found"])


def test_findings_are_the_same_with_and_without(plain: Language, started: Language) -> None:
    expected = [found(plain(text)) for text in TEXTS]
    assert any(expected)
    assert [found(doc) for doc in started.pipe(TEXTS, batch_size=4)] == expected
    assert [found(started(text)) for text in TEXTS[:3]] == expected[:3]


def test_documents_do_not_keep_their_reading(started: Language) -> None:
    assert all(READING not in doc.user_data for doc in started.pipe(TEXTS))


def test_stream_is_read_ahead_but_not_to_its_end(started: Language) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for text in TEXTS * 3:
            taken += 1
            yield text

    stream = started.pipe(texts(), batch_size=1)
    next(stream)
    assert 1 < taken <= 2 * DOCUMENTS_AHEAD + 2


def test_work_on_a_stream_that_is_given_up_stops(started: Language) -> None:
    stream = started.pipe(iter(TEXTS * 3))
    next(stream)
    assert isinstance(stream, Generator)
    stream.close()
    assert not encoder_of(started)._reader.waiting


def test_an_error_in_the_network_reaches_the_caller(
    started: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def run(self, *_: object) -> None:
            raise RuntimeError("out of memory")

    monkeypatch.setattr(encoder_of(started)._reader, "_session", Broken())
    with pytest.raises(RuntimeError, match="out of memory"):
        list(started.pipe(TEXTS[:2]))
