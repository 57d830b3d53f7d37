"""Any report that the data contract allows, for properties."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from onrecord import schema as s

ALPHABET = st.characters(codec="utf-8") | st.sampled_from(
    [
        "\x1b",
        "\x9b",
        "\u202e",
        "\u2028",
        "\x00",
        "\n",
        "\t",
        "“",
        "”",
        "=",
        "[",
        "]",
        "*",
        "<",
        "&",
        "漢",
        "\U0001f680",
    ]
)
WORDS = st.text(ALPHABET, max_size=24)
SCORES = st.floats(0, 1)


def literal(kind: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(kind))


def several(element: st.SearchStrategy, most: int = 3, **more: object) -> st.SearchStrategy[tuple]:
    return st.lists(element, max_size=most, **more).map(tuple)  # type: ignore[arg-type]


@st.composite
def reports(draw: st.DrawFn) -> s.Report:
    text = draw(st.text(ALPHABET, min_size=1, max_size=120))

    def bounds() -> tuple[int, int]:
        start = draw(st.integers(0, len(text)))
        return start, draw(st.integers(start, len(text)))

    def span() -> s.Span:
        start, end = bounds()
        return s.Span(start, end, text[start:end])

    spans = st.builds(span)
    speaker = st.builds(
        s.Speaker, WORDS, literal(s.SpeakerType), st.none() | st.sampled_from(["e1", "e2", "e9"])
    )
    speakers = several(speaker)

    def mention() -> s.Mention:
        x = span()
        return s.Mention(x.start, x.end, x.text, draw(literal(s.MentionKind)), draw(SCORES))

    def quantity() -> s.Quantity:
        x = span()
        value = draw(st.none() | st.floats(allow_nan=False, allow_infinity=False))
        return s.Quantity(x.start, x.end, x.text, value, draw(st.none() | WORDS))

    def notice() -> s.Notice:
        start, end = draw(st.just((None, None)) | st.builds(bounds))
        return s.Notice(draw(WORDS), draw(WORDS), start, end)

    def entity(number: int) -> s.Entity:
        return s.Entity(
            f"e{number}",
            draw(literal(s.EntityType)),
            draw(WORDS),
            draw(several(WORDS)),
            draw(several(spans)),
            draw(several(st.builds(mention))),
            draw(several(st.sampled_from(["e1", "e7"]))),
        )

    def quote(number: int) -> s.Quote:
        return s.Quote(
            f"q{number}",
            draw(literal(s.QuoteType)),
            draw(literal(s.Mode)),
            tuple(draw(st.lists(spans, min_size=1, max_size=3))),
            draw(st.none() | spans),
            draw(st.none() | spans),
            draw(speakers),
            draw(several(literal(s.Flag), unique=True)),
            draw(st.none() | st.sampled_from(["q1", "q2", "q3"])),
            draw(SCORES),
            draw(several(WORDS)),
        )

    def claim(number: int) -> s.Claim:
        x = span()
        relation = st.builds(
            s.Relation, st.sampled_from(["c1", "c2"]), literal(s.RelationKind), several(WORDS)
        )
        return s.Claim(
            f"c{number}",
            x.start,
            x.end,
            x.text,
            span(),
            s.Claimant(draw(literal(s.ClaimantKind)), draw(speakers), draw(st.none() | spans)),
            draw(several(WORDS)),
            draw(st.none() | st.just("q1")),
            draw(literal(s.ClaimAttribution)),
            draw(literal(s.Modality)),
            draw(several(spans)),
            draw(several(literal(s.ClaimType), unique=True)),
            draw(several(st.builds(quantity))),
            draw(several(st.just("e1"))),
            draw(SCORES),
            draw(SCORES),
            draw(several(WORDS)),
            draw(several(relation)),
        )

    def block() -> s.Block:
        return s.Block(draw(literal(s.BlockKind)), *bounds())

    article = s.Article(
        id=draw(WORDS),
        text=text,
        path=draw(WORDS),
        title=draw(st.none() | WORDS),
        byline=draw(several(WORDS)),
        published=draw(st.none() | WORDS),
        outlet=draw(st.none() | WORDS),
        blocks=draw(several(st.builds(block)).map(lambda bs: tuple(sorted(bs, key=lambda b: b.start)))),
    )
    count = st.integers(0, 3)
    return s.Report(
        article,
        s.Provenance(
            draw(WORDS),
            s.PipelineInfo(draw(WORDS), draw(WORDS), draw(st.booleans())),
            draw(st.dictionaries(WORDS, WORDS, max_size=2)),
        ),
        tuple(entity(i + 1) for i in range(draw(count))),
        tuple(quote(i + 1) for i in range(draw(count))),
        tuple(claim(i + 1) for i in range(draw(count))),
        draw(several(st.builds(notice))),
    )
