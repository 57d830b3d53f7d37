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
