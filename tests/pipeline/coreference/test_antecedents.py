from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.pipeline.coreference.antecedent_features import FEATURES, Pronoun, Standing, values_of
from onrecord.pipeline.coreference.antecedents import RULE_WEIGHTS, RULES, Candidate, choose
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.scorer import read_scorer
from onrecord.pipeline.coreference.scorers import NAME, load_scorers
from onrecord.pipeline.coreference.they_and_it import THING_FEATURES
from onrecord.pipeline.weights import find_weights


def candidate(**values: float) -> Candidate:
    place = Place(0, 1, 0, 0, True, False, False, "name")
    features = tuple(values.get(name, 0.0) for name in FEATURES)
    return Candidate(Referent("person", "e1", places=[place]), place, features)


def test_rules_weigh_every_feature() -> None:
    assert set(RULE_WEIGHTS) == set(FEATURES)


def test_values_come_in_the_order_of_the_features() -> None:
    c = candidate()
    where = dict.fromkeys(("subject", "possessive", "reflexive", "quoted", "speaks", "opens"), False)
    pronoun = Pronoun(3, "she", "f", 1, 1, clause=4, over=frozenset(), **where)
    standing = Standing(-1, 0, True, 1.0, True, False)
    assert tuple(values_of(pronoun, c.referent, c.place, standing)) == FEATURES


def test_nothing_is_chosen_among_none() -> None:
    assert choose([], RULES) == (None, 0.0, [])


def test_an_improbable_candidate_is_not_chosen() -> None:
    chosen, share, _ = choose([candidate(same_clause_object=1.0)], RULES)
    assert chosen is None
    assert share < RULES.threshold


def test_shares_leave_room_for_nobody() -> None:
    good, bad = candidate(same_sentence=1.0, subject=1.0, gender_known=1.0), candidate(farther=1.0)
    chosen, _, shares = choose([bad, good], RULES)
    assert chosen is good
    assert 0.0 < sum(shares) < 1.0


def test_installed_scorers_fit_their_features() -> None:
    scorers = load_scorers()
    for scorer, features in ((scorers.people, FEATURES), (scorers.it, THING_FEATURES)):
        assert scorer.version
        assert 0.0 < scorer.threshold < 1.0
        assert scorer(np.zeros((2, len(features)), np.float32)).shape == (2,)


def test_forms_over_states_can_be_left_out() -> None:
    assert load_scorers().people.pairing is not None
    assert load_scorers().without_states().people.pairing is None


def test_without_weights_rules_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.pipeline.coreference.scorers.find_weights", lambda name: None)
    scorers = load_scorers()
    assert scorers.people is RULES
    assert not scorers.they.version
    assert not scorers.it.version


def test_weights_of_an_earlier_version_leave_it_to_rules(tmp_path: Path) -> None:
    folder = find_weights(NAME)
    assert folder is not None
    (tmp_path / "scorer.npz").write_bytes((folder / "scorer.npz").read_bytes())
    scorers = load_scorers(tmp_path)
    assert scorers.people.version
    assert not scorers.it.version


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no weights"])
def test_broken_weights_are_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "scorer.npz").write_bytes(content)
    with pytest.raises(ModelError):
        read_scorer(tmp_path / "scorer.npz", FEATURES)


def test_weights_for_other_features_are_an_error(tmp_path: Path) -> None:
    np.savez(tmp_path / "scorer.npz", features=np.array(["other"]), layers=np.array(0))
    with pytest.raises(ModelError, match="other features"):
        read_scorer(tmp_path / "scorer.npz", FEATURES)


def test_a_pronoun_is_no_evidence_for_itself() -> None:
    referent = Referent("person", "e1", seen={4: 1.0, 9: 1.0})
    assert referent.sex == "m"
    assert referent.shows(4) == 1.0
    assert Referent("person", "e1", seen={4: -1.0}).shows(4) == 0.0


def test_pronouns_do_not_outweigh_a_form_of_address() -> None:
    assert Referent("person", "e1", gender=-4.0, seen=dict.fromkeys(range(9), 1.0)).sex == "f"
