from __future__ import annotations

from spacy.language import Language

from onrecord.pipeline.annotations import Attribution, get_attributions, set_attributions
from onrecord.pipeline.speakers.component import Speakers


def test_who_speaks_inside_a_quotation_is_not_who_says_it(nlp: Language) -> None:
    text = "Georg Amberg sells his boat.\n\n“It came back to me. Many said they want the hull.”"
    doc = nlp(text)
    at = {t.text: t.i for t in doc}
    outer = Attribution(((at["“"], at["”"] + 1),), type="direct", rule="orphan")
    inner = Attribution(
        ((at["they"], at["hull"] + 1),),
        cue=(at["said"], at["said"] + 1),
        source=(at["Many"], at["Many"] + 1),
        parent=0,
    )
    set_attributions(doc, [outer, inner])
    spoken = get_attributions(Speakers()(doc))
    assert [s.name for s in spoken[0].speakers] == ["Georg Amberg"]


def test_who_is_only_said_to_have_spoken_does_not_go_on(nlp: Language) -> None:
    told = "Anna Lee said that Ben Kim had told her that the port would close."
    for behind in (" “We are done.”", " It was late.\n\n“We are done.”"):
        doc = nlp(told + behind)
        at = {t.text: t.i for t in doc}
        first = next(t.i for t in doc if t.text == "that")
        outer = Attribution(
            ((first, at["close"] + 1),), cue=(at["said"], at["said"] + 1), source=(0, at["Lee"] + 1)
        )
        inner = Attribution(
            ((at["that"], at["close"] + 1),),
            cue=(at["told"], at["told"] + 1),
            source=(at["Ben"], at["Kim"] + 1),
            parent=0,
        )
        last = Attribution(((at["“"], at["”"] + 1),), type="direct", rule="orphan")
        set_attributions(doc, [outer, inner, last])
        spoken = get_attributions(Speakers()(doc))
        assert [s.name for s in spoken[2].speakers] == ["Anna Lee"]


def test_i_in_a_free_standing_quotation_is_who_speaks_there(nlp: Language) -> None:
    doc = nlp("Georg Amberg sells his boat.\n\n“It came back. I said it was wrong.”")
    at = {t.text: t.i for t in doc}
    inner = Attribution(
        ((at["it"], at["wrong"] + 1),),
        cue=(at["said"], at["said"] + 1),
        source=(at["I"], at["I"] + 1),
        parent=1,
    )
    outer = Attribution(((at["“"], at["”"] + 1),), type="direct", rule="orphan")
    set_attributions(doc, [inner, outer])
    spoken = get_attributions(Speakers()(doc))
    assert [[s.name for s in a.speakers] for a in spoken] == [["Georg Amberg"]] * 2
