"""The component that sets the encoder to work before spaCy begins.

The encoder needs a document's tokens alone. Started here, it reads while the tagger and the parser
work on the same documents and the later components on the ones before; `onrecord_encoder` waits for
what is not ready.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.pipeline.encoder.component import DOCUMENTS_AHEAD, Encoder


class HeadStart:
    """Begins the readings that `onrecord_encoder` delivers; without it they begin there.

    Args:
        nlp: the pipeline, which is asked for the encoder when the first document comes.
        encoder: the name of the encoder's component in it.
    """

    def __init__(self, nlp: Language, encoder: str) -> None:
        self._nlp, self._name = nlp, encoder

    def __call__(self, doc: Doc) -> Doc:
        """Begin on one doc."""
        self._encoder().begin(doc)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = DOCUMENTS_AHEAD) -> Iterator[Doc]:
        """The same for many, some documents ahead of those that the caller has taken."""
        encoder = self._encoder()
        ahead: deque[Doc] = deque()
        try:
            for doc in stream:
                encoder.begin(doc)
                ahead.append(doc)
                if len(ahead) > min(batch_size, DOCUMENTS_AHEAD):
                    yield ahead.popleft()
            while ahead:
                yield ahead.popleft()
        finally:
            for doc in ahead:
                encoder.abandon(doc)

    def _encoder(self) -> Encoder:
        encoder: Encoder = self._nlp.get_pipe(self._name)  # type: ignore[assignment]
        return encoder
