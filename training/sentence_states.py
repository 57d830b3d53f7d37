"""What the encoder says of single sentences, each read by itself."""

from __future__ import annotations

import numpy as np
import spacy
from numpy.typing import NDArray

from onrecord.pipeline.encoder import Encoder, encode_doc
from onrecord.pipeline.tokenization import split_marks

Matrix = NDArray[np.float32]


def sentence_states(encoder: Encoder, texts: list[str]) -> tuple[Matrix, Matrix]:
    """Mean hidden state and mean score of worth of each sentence, read by itself."""
    nlp = spacy.blank("en")
    split_marks(nlp)
    states, scores = [], []
    for start in range(0, len(texts), 256):
        docs = [nlp.make_doc(t.strip()) for t in texts[start : start + 256]]
        for output in encoder.run([encode_doc(d, encoder.vocab) for d in docs]):
            if not len(output["rows"]):
                states.append(np.zeros(384, np.float32))
                scores.append(0.0)
                continue
            states.append(output["hidden"].astype(np.float32).mean(0))
            scores.append(float(output["worth"].mean()) if "worth" in output else 0.0)
    return np.asarray(states), np.asarray(scores, dtype=np.float32)
