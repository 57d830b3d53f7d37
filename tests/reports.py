"""Reports made by hand: one rich article about a harbour dispute, and hostile variations of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from onrecord.schema import (
    Article,
    Block,
    BlockKind,
    Claim,
    Claimant,
    Entity,
    Mention,
    Notice,
    PipelineInfo,
    Provenance,
    Quantity,
    Quote,
    Relation,
    Report,
    Span,
    Speaker,
)

PARAGRAPHS: tuple[tuple[BlockKind, str], ...] = (
    ("headline", "Harbour tunnel is two years late, auditors find"),
    ("byline", "By Ines Okafor"),
    (
        "paragraph",
        "PORT VALE — The tunnel under Vale harbour will cost 412 million crowns, almost twice what "
        "voters were promised in 2021, the National Audit Office said on Tuesday.",
    ),
    (
        "paragraph",
        "“We were told again and again that the money was there,” said Auditor General Maren "
        "Lindqvist, 58. “It was not there. It was never there.”",
    ),
    (
        "paragraph",
        "Transport Minister Tomas Rey denied that his ministry had hidden the figures. He called the "
        "report “a snapshot” and said the harbour authority told him in March that “every invoice is "
        "accounted for.”",
    ),
    ("subhead", "Who signed what"),
    (
        "paragraph",
        "According to two engineers familiar with the contract, the drilling firm Brandt Tiefbau was "
        "paid before a single test bore had been made. The company declined to comment.",
    ),
    (
        "paragraph",
        "Harbour Authority director José Núñez-Adeyemi believes the tunnel can still open in 2027. "
        "“Ask me again in spring,” he said. “We have never missed a safety inspection.”",
    ),
    (
        "paragraph",
        "She expects parliament to vote on fresh money by 14 June, reportedly for a further 90 million "
        "crowns. Was the bidding fair? “Nobody can say,” they said.",
    ),
)

TEXT = "\n\n".join(text for _, text in PARAGRAPHS) + "\n"


def _blocks() -> tuple[Block, ...]:
    out, at = [], 0
    for kind, text in PARAGRAPHS:
        out.append(Block(kind, at, at + len(text)))
        at += len(text) + 2
    return tuple(out)


def span(words: str, *, after: str = "") -> Span:
    """Where `words` stands in the article, the first time after `after`."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start, start + len(words), words)


def mention(words: str, kind: str = "name", confidence: float = 0.97, *, after: str = "") -> Mention:
    s = span(words, after=after)
    return Mention(s.start, s.end, s.text, kind, confidence)  # type: ignore[arg-type]


LINDQVIST = Speaker("Maren Lindqvist", "PERSON", "e1")
REY = Speaker("Tomas Rey", "PERSON", "e2")
NUNEZ = Speaker("José Núñez-Adeyemi", "PERSON", "e3")
AUDITORS = Speaker("National Audit Office", "ORG", "e4")
AUTHORITY = Speaker("Harbour Authority", "ORG", "e5")
BRANDT = Speaker("Brandt Tiefbau", "ORG", "e6")
ENGINEERS = Speaker("two engineers familiar with the contract", "UNNAMED")

ENTITIES = (
    Entity(
        "e1",
        "PERSON",
        "Maren Lindqvist",
        (),
        (span("Auditor General"),),
        (mention("Maren Lindqvist"), mention("She", "pronoun", 0.41, after="inspection")),
    ),
    Entity(
        "e2",
        "PERSON",
        "Tomas Rey",
        (),
        (span("Transport Minister"),),
        (
            mention("Tomas Rey"),
            mention("his", "pronoun", 0.95, after="denied"),
            mention("He", "pronoun", 0.93, after="figures"),
            mention("him", "pronoun", 0.9, after="told him"),
        ),
    ),
    Entity(
        "e3",
        "PERSON",
        "José Núñez-Adeyemi",
        (),
        (span("Harbour Authority director"),),
        (mention("José Núñez-Adeyemi"), mention("he", "pronoun", 0.94, after="spring")),
    ),
    Entity("e4", "ORG", "National Audit Office", (), (), (mention("National Audit Office"),)),
    Entity(
        "e5",
        "ORG",
        "Harbour Authority",
        ("harbour authority",),
        (),
        (mention("harbour authority"), mention("Harbour Authority")),
    ),
    Entity(
        "e6",
        "ORG",
        "Brandt Tiefbau",
        (),
        (span("drilling firm"),),
        (mention("Brandt Tiefbau"), mention("The company", "nominal", 0.88)),
    ),
    Entity("e7", "PLACE", "Port Vale", (), (), (mention("PORT VALE"),), ("e8",)),
    Entity("e8", "PLACE", "Vale harbour", (), (), (mention("Vale harbour"),)),
    Entity("e9", "MONEY", "412 million crowns", (), (), (mention("412 million crowns"),)),
    Entity("e10", "DATE", "2021", (), (), (mention("2021"),)),
)

QUOTES = (
    Quote(
        "q1",
        "indirect",
        "speech",
        (
            span(
                "The tunnel under Vale harbour will cost 412 million crowns, almost twice what voters were "
                "promised in 2021"
            ),
        ),
        span("said"),
        span("the National Audit Office"),
        (AUDITORS,),
        (),
        None,
        0.91,
        ("cue 'said' follows its content after a comma", "subject of cue is the National Audit Office"),
    ),
    Quote(
        "q2",
        "direct",
        "speech",
        (
            span("“We were told again and again that the money was there,”"),
            span("“It was not there. It was never there.”"),
        ),
        span("said", after="money was there"),
        span("Auditor General Maren Lindqvist, 58"),
        (LINDQVIST,),
        (),
        None,
        0.98,
        ("quotation marks", "cue 'said' inverted", "second part goes on in the same paragraph"),
    ),
    Quote(
        "q3",
        "indirect",
        "speech",
        (span("that his ministry had hidden the figures"),),
        span("denied"),
        span("Transport Minister Tomas Rey"),
        (REY,),
        (),
        None,
        0.9,
        ("cue 'denied' with a that-clause",),
    ),
    Quote(
        "q4",
        "mixed",
        "speech",
        (span("the report “a snapshot”"),),
        span("called"),
        span("He", after="figures"),
        (REY,),
        (),
        None,
        0.86,
        ("quotation marks inside a clause", "'He' is Tomas Rey: the only man named before"),
    ),
    Quote(
        "q5",
        "mixed",
        "speech",
        (
            span(
                "the harbour authority told him in March that “every invoice is accounted for.”",
            ),
        ),
        span("said", after="a snapshot"),
        span("He", after="figures"),
        (REY,),
        (),
        None,
        0.84,
        ("cue 'said' shares its subject with 'called'",),
    ),
    Quote(
        "q6",
        "mixed",
        "speech",
        (span("that “every invoice is accounted for.”"),),
        span("told"),
        span("the harbour authority"),
        (AUTHORITY,),
        ("second_hand",),
        "q5",
        0.79,
        ("inside what Tomas Rey said",),
    ),
    Quote(
        "q7",
        "indirect",
        "speech",
        (
            span(
                "the drilling firm Brandt Tiefbau was paid before a single test bore had been made",
            ),
        ),
        span("According to"),
        span("two engineers familiar with the contract"),
        (ENGINEERS,),
        (),
        None,
        0.93,
        ("'according to' names the source",),
    ),
    Quote(
        "q8",
        "indirect",
        "speech",
        (span("to comment"),),
        span("declined"),
        span("The company"),
        (BRANDT,),
        ("declined_comment",),
        None,
        0.95,
        ("'declined to comment'",),
    ),
    Quote(
        "q9",
        "indirect",
        "belief",
        (span("the tunnel can still open in 2027"),),
        span("believes"),
        span("Harbour Authority director José Núñez-Adeyemi"),
        (NUNEZ,),
        (),
        None,
        0.82,
        ("cue 'believes' is one of belief",),
    ),
    Quote(
        "q10",
        "direct",
        "speech",
        (span("“Ask me again in spring,”"), span("“We have never missed a safety inspection.”")),
        span("said", after="in spring"),
        span("he", after="in spring"),
        (NUNEZ,),
        (),
        None,
        0.97,
        ("quotation marks", "'he' is José Núñez-Adeyemi: subject of the sentence before"),
    ),
    Quote(
        "q11",
        "direct",
        "speech",
        (span("“Nobody can say,”"),),
        span("said", after="Nobody can"),
        span("they", after="Nobody can"),
        (Speaker("they", "UNNAMED"),),
        ("uncertain_speaker",),
        None,
        0.47,
        ("quotation marks", "no group stands near that 'they' could mean"),
    ),
)


def _quantity(words: str, value: float, unit: str) -> Quantity:
    s = span(words)
    return Quantity(s.start, s.end, s.text, value, unit)


def _claim(number: int, words: str, claimant: Claimant, **more: object) -> Claim:
    s = span(words)
    block = next(b for b in _blocks() if b.start <= s.start < b.end)
    sentence = Span(block.start, block.end, TEXT[block.start : block.end])
    return Claim(f"c{number}", s.start, s.end, s.text, sentence, claimant, **more)  # type: ignore[arg-type]


CLAIMS = (
    _claim(
        1,
        "The tunnel under Vale harbour will cost 412 million crowns, almost twice what voters were "
        "promised in 2021",
        Claimant("source", (AUDITORS,), span("the National Audit Office")),
        quote="q1",
        attribution="indirect",
        modality="prediction",
        types=("quantity", "comparison", "prediction"),
        quantities=(_quantity("412 million crowns", 412_000_000.0, "crowns"),),
        entities=("e8",),
        verifiable=0.94,
        check_worthy=0.93,
        reasons=("an amount of money", "compares with a promise"),
    ),
    _claim(
        2,
        "the drilling firm Brandt Tiefbau was paid before a single test bore had been made",
        Claimant("source", (ENGINEERS,), span("two engineers familiar with the contract")),
        quote="q7",
        attribution="indirect",
        modality="attributed",
        types=("event",),
        entities=("e6",),
        verifiable=0.9,
        check_worthy=0.88,
        reasons=("past event", "names a company", "source is not named"),
    ),
    _claim(
        3,
        "We were told again and again that the money was there",
        Claimant("source", (LINDQVIST,), span("Auditor General Maren Lindqvist, 58")),
        quote="q2",
        attribution="direct",
        modality="attributed",
        types=("event", "quote"),
        verifiable=0.71,
        check_worthy=0.64,
        reasons=("past event",),
    ),
    _claim(
        4,
        "every invoice is accounted for",
        Claimant("source", (AUTHORITY,), span("the harbour authority")),
        via=("Tomas Rey",),
        quote="q6",
        attribution="mixed",
        modality="attributed",
        types=("quantity",),
        verifiable=0.83,
        check_worthy=0.81,
        reasons=("speaks of all of something", "second-hand"),
        relations=(Relation("c3", "contradicts", ("the money was there / every invoice",)),),
    ),
    _claim(
        5,
        "parliament to vote on fresh money by 14 June, reportedly for a further 90 million crowns",
        Claimant("author"),
        modality="hedged",
        hedges=(span("reportedly"),),
        types=("prediction", "quantity"),
        verifiable=0.6,
        check_worthy=0.41,
        reasons=("an amount of money", "lies in the future"),
    ),
    _claim(
        6,
        "his ministry had hidden the figures",
        Claimant("source", (REY,), span("Transport Minister Tomas Rey")),
        quote="q3",
        attribution="indirect",
        modality="denied",
        types=("event",),
        verifiable=0.7,
        check_worthy=0.6,
        reasons=("past event", "denied"),
    ),
)

WARNINGS = (
    Notice(
        "unclosed_quotation_mark",
        "an opening quotation mark has no closing one; the quotation was ended at the full stop",
        span("“Nobody").start,
        span("“Nobody").start + 1,
    ),
    Notice("encoding_guess", "no encoding was declared: read as Windows-1252; check names with accents"),
)

ARTICLE = Article(
    id="harbour",
    text=TEXT,
    path="desk/harbour.txt",
    sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    encoding="utf-8",
    title="Harbour tunnel is two years late, auditors find",
    byline=("Ines Okafor",),
    published="2024-05-14",
    outlet="The Vale Courier",
    blocks=_blocks(),
)

PROVENANCE = Provenance("0.1.0", PipelineInfo("en_core_web_sm", "3.8.0", True), {"attribution": "1.0.0"})

HARBOUR = Report(ARTICLE, PROVENANCE, ENTITIES, QUOTES, CLAIMS, WARNINGS)

HOSTILE_TEXT = (
    "[bold]Mayor[/bold] :smile: <script>alert(1)</script>\n\n"
    "“\x1b[31mRed\x1b[0m \x9b5m \x07 [link=file:///etc]here[/link] =HYPERLINK(1) | *stars* `code`,” "
    "said \u202eEvil\u202c Tester :rocket:.\n"
)


def hostile() -> Report:
    """Text that tries to be markup, an emoji code, a formula and a terminal command."""
    title_end = HOSTILE_TEXT.index("\n")
    start, end = HOSTILE_TEXT.index("“"), HOSTILE_TEXT.index("”") + 1
    who = HOSTILE_TEXT.index("\u202eEvil")
    name = HOSTILE_TEXT[who : who + 13]
    content = Span(start, end, HOSTILE_TEXT[start:end])
    article = Article(
        id="hostile",
        text=HOSTILE_TEXT,
        path="in\x1b]0;title\x07.txt",
        title=HOSTILE_TEXT[:title_end],
        outlet="=cmd|' /C calc'!A0",
        blocks=(
            Block("headline", 0, title_end),
            Block("paragraph", title_end + 2, len(HOSTILE_TEXT) - 1),
        ),
    )
    entity = Entity("e1", "PERSON", name, (), (), (Mention(who, who + 13, name),))
    speaker = Speaker(name, "PERSON", "e1")
    source = Span(who, who + 13, name)
    quote = Quote("q1", "direct", "speech", (content,), None, source, (speaker,), (), None, 0.9, ("\x1b[2J",))
    claim = Claim(
        "c1",
        start,
        end,
        content.text,
        content,
        Claimant("source", (speaker,), source),
        quote="q1",
        check_worthy=0.9,
        reasons=("[red]x[/red]",),
    )
    notice = Notice("odd\x1bcode", "control characters \x1b[5m in the text", 0, 1)
    return Report(article, PROVENANCE, (entity,), (quote,), (claim,), (notice,))


def empty() -> Report:
    """An article in which nothing was found."""
    text = "Nothing happened.\n"
    return Report(
        replace(
            ARTICLE,
            id="empty",
            path="empty.txt",
            text=text,
            title=None,
            byline=(),
            published=None,
            outlet=None,
            blocks=(Block("paragraph", 0, 17),),
        ),
        PROVENANCE,
    )
