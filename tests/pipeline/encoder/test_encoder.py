"""The encoder component with the installed weights."""

import pytest
import spacy
from spacy.tokens import Doc
from threadpoolctl import threadpool_info, threadpool_limits

from onrecord.errors import ModelError
from onrecord.pipeline.attribution.learned_finder import find_learned
from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.weights import find_weights

pytest.importorskip("onnxruntime")
if find_weights("attribution") is None:
    pytest.skip("no attribution weights installed", allow_module_level=True)

from onrecord.pipeline.encoder.component import OUTPUTS, Encoder, encode_doc

NLP = spacy.blank("en")
adapt_tokenizer(NLP)
TEXT = (
    "Fishing crews in Harlmouth will lose a third of their quota, the ministry said on Monday.\n\n"
    "“Nobody asked us,” said Ingrid Solheim, who has run two boats since 1994. She added that her sons "
    "were looking for work ashore.\n\nAccording to a report by the port, landings fell by half in ten years."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


def words(doc: Doc) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (
            doc[a.source[0] : a.source[1]].text if a.source else None,
            doc[a.cue[0] : a.cue[1]].text if a.cue else None,
            [doc[s:e].text for s, e in a.contents],
        )
        for a in find_learned(doc)
    ]


def test_finds_quotations_and_statements(encoder: Encoder) -> None:
    found = words(encoder(NLP.make_doc(TEXT)))
    assert any(s == "the ministry" and c and c.startswith("said") for s, c, _ in found)
    assert any(s and s.startswith("Ingrid Solheim") and c == "said" for s, c, _ in found)
    assert ("She", "added") in [f[:2] for f in found]
    assert ["that her sons were looking for work ashore"] in [f[2] for f in found]
    assert any(cue == "According to" for _, cue, _ in found)


def test_many_and_single_agree(encoder: Encoder) -> None:
    texts = [TEXT, "", " \n ", "No quotation here.", TEXT * 3] * 5
    single = [encoder(NLP.make_doc(t)).user_data[OUTPUTS]["found"] for t in texts]
    found = encoder.run([encode_doc(NLP.make_doc(t), encoder.vocab) for t in texts])
    assert any(single)
    assert [f["found"] for f in found] == single


def test_hidden_states_on_request() -> None:
    doc = Encoder(hidden=True, threads=1)(NLP.make_doc(TEXT))
    outputs = doc.user_data[OUTPUTS]
    assert outputs["hidden"].shape == (len(outputs["rows"]), 384)


def test_linear_algebra_keeps_to_one_thread_while_decoding(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def threads() -> list[int]:
        return [x["num_threads"] for x in threadpool_info() if x["user_api"] == "blas"]

    seen: list[list[int]] = []
    decode = encoder._decode
    monkeypatch.setattr(encoder, "_decode", lambda *args: (seen.append(threads()), decode(*args)))
    with threadpool_limits(limits=2, user_api="blas"):
        before = threads()
        if max(before, default=1) == 1:
            pytest.skip("no linear algebra library here has threads to wake")
        encoder(NLP.make_doc(TEXT))
        assert threads() == before
    assert seen and all(count == 1 for counts in seen for count in counts)


def test_long_documents_are_read_in_blocks(encoder: Encoder) -> None:
    doc = encoder(NLP.make_doc("\n\n".join([TEXT] * 60)))
    assert len(find_learned(doc)) >= 60 * 3


def test_findings_survive_bytes(encoder: Encoder) -> None:
    doc = encoder(NLP.make_doc(TEXT))
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert words(again) == words(doc)


def test_missing_weights_are_named() -> None:
    with pytest.raises(ModelError, match="nowhere"):
        Encoder("nowhere")
