from __future__ import annotations

import unicodedata

import pytest

from onrecord.corrections.names import fold, forms, renaming


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Fepulea’i", "ana  fepulea'i"),
        ("Ana Fepuleaʼi", "Ana Fepulea'i"),
        ("José Núñez", unicodedata.normalize("NFD", "José Núñez")),
        ("“Red” Harlan", '"Red" Harlan'),
    ],
)
def test_spellings_of_one_name_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_other_letters_stay_others() -> None:
    assert fold("Berg") != fold("Bërg")


def test_forms_keep_what_was_typed() -> None:
    assert {"Mrs. O'Neil"} == forms("Mrs. O’Neil")
    assert len(forms("Núñez")) == 2


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("disputed by Berg", "disputed by Anna Berg"),
        ("disputed by Berg and Holm", "disputed by Anna Berg and Holm"),
        ("“Berg” is Berg: “Berg” is the surname", "“Berg” is Anna Berg: “Berg” is the surname"),
        ("model: source 'Berg’s son'", "model: source 'Berg’s son'"),
        ("denied by Karin Berg", "denied by Karin Berg"),
        ("denied by Berg’s lawyer", "denied by Berg’s lawyer"),
        ("the source names Berg-Holm", "the source names Berg-Holm"),
        ("Bergen is far", "Bergen is far"),
    ],
)
def test_a_whole_name_outside_of_quoted_words_is_told_anew(reason: str, told: str) -> None:
    known = {"Berg", "Karin Berg", "Berg’s lawyer", "Holm"}
    assert renaming({"Berg"}, "Anna Berg", known=known)(reason) == told
