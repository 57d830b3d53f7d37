"""What a denial that says nothing itself takes up: *the mayor denied it*, *her version is disputed*.

The claim before it is meant: the nearest that another source makes, in the sentence before or in the
same one, with what else that source says there in one breath. Where the nearest cannot be meant, none is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from onrecord.pipeline.claims.gist import Gist
from onrecord.pipeline.claims.proforms import ProForm

__all__ = ["holds_another", "taken_up"]

REACH = 1
"""Sentences back to what a denial takes up."""
NAMED_REACH = 3
"""The same where the denial names which claim it means (*the bribery claim*)."""

Comparable = Callable[[Gist, Gist], bool]


def taken_up(gists: Sequence[Gist], comparable: Comparable) -> Mapping[tuple[str, str], Gist]:
    """The denials among `gists` by the ids of the claim taken up and of the denial.

    Args:
        gists: of one article, in text order.
        comparable: whether different people make two claims.
    """
    found: dict[tuple[str, str], Gist] = {}
    for n, denier in enumerate(gists):
        if denier.form is None:
            continue
        for other in _meant(gists[:n], denier, denier.form, comparable):
            found[other.claim.id, denier.claim.id] = denier
    return found


def _meant(before: Sequence[Gist], denier: Gist, form: ProForm, comparable: Comparable) -> Sequence[Gist]:
    reach = NAMED_REACH if denier.which else REACH
    sources = [
        g
        for g in before
        if g.claim.claimant.kind == "source"
        and denier.sentence - g.sentence <= reach
        and g.claim.end <= denier.claim.start
        and denier.which <= g.topic
    ]
    if form.kind == "noun":
        sources = _without_views(before, sources)
    if not sources:
        return ()
    nearest = _past_threats(sources)
    breath = [g for g in sources if g.claim.quote == nearest.claim.quote and g.sentence == nearest.sentence]
    one = breath if nearest.claim.quote is not None else [nearest]
    return [g for g in one if comparable(g, denier) and _deniable(g, form)]


def _without_views(before: Sequence[Gist], sources: Sequence[Gist]) -> list[Gist]:
    """What *the allegations* can be: no view, so that *I was told to lie. I was ashamed* gives the first."""
    held = [g for g in sources if g.claim.modality != "opinion"]
    spoken = {g.claim.quote for g in sources if g.claim.quote is not None}
    return held or [g for g in before if g.claim.quote in spoken and g.claim.modality != "opinion"]


def _past_threats(sources: Sequence[Gist]) -> Gist:
    """The last; where it looks ahead (*accused him of P and declared she would go*), one before it in its
    sentence, of the same claimant, that does not."""
    last = sources[-1]
    if last.claim.modality != "prediction":
        return last
    same = (g for g in reversed(sources) if g.sentence == last.sentence and g.party == last.party)
    return next((g for g in same if g.claim.modality != "prediction"), last)


def _deniable(claimed: Gist, form: ProForm) -> bool:
    """Whether something is said that can be denied; who *rejects that* may refuse what is demanded."""
    if claimed.form is not None or not claimed.topic or claimed.claim.modality == "question":
        return False
    return not form.weak or claimed.claim.modality in ("attributed", "hedged", "denied")


def holds_another(denier: Gist, other: Gist) -> bool:
    """*Denied the envoy's allegation that P*: the P that the envoy claims stands in what is denied."""
    outer, inner = denier.claim, other.claim
    inside = outer.start < inner.start and inner.end <= outer.end
    embedded = inner.claimant.kind == "source" and inner.quote is None and inner.modality != "denied"
    return inside and embedded and outer.modality == "denied" and denier.of_claim
