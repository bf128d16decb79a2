"""Each indicator on six people drawn by hand, with the answers counted by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from spec import drawn, said

from rakelab import indicators, prepare
from rakelab.cells import TOTAL, Grid, Key, Moments, Tally, join, key, other_than
from rakelab.dataset import Dataset

SIX = """
vuosi | kunta | sukupuoli | ika       | tulojen_riittavyys | verkoston_riittavyys | vakivalta  | vakivallan_ulottuvuus | sairaudet                     | tuen_tarpeet             | palvelun_tarpeet     | erityisen_tuen_tarve
2020  | 205   | nainen    | 20        | hyvin              | riittava             | kokenut    | fyysinen, henkinen    | psyykkinen, paihderiippuvuus  | talous, asuminen         | neuvonta             | kylla
2020  | 205   | nainen    | 25        | huonosti           | riittamaton          | ei         | ei_koske              | psyykkinen                    | talous, asuminen, arki   | neuvonta, ei_palvelua| kylla
2020  | 290   | mies      | 45        | huonosti           | tyhja                | molemmat   | henkinen              | ei_mainintaa                  | talous                   | tyhja                | ei
2021  | 205   | mies      |           | juuri              | riittava             | ei_kysytty | ei_kysytty            |                               | ei_tarvetta              | neuvonta             | kylla
2021  | 290   | nainen    | 70        | ei_tietoa          | riittava             | ei         | ei_koske              | paihderiippuvuus              |                          | ei_kysytty           | ei
2021  | muu   |           | ei_tietoa | hyvin              | riittamaton          | kokenut    |                       | ei_kysytty                    | talous, terveys          | ei_palvelua          |
"""  # noqa: E501 (a drawn table)
Y2020, Y2021 = key(("vuosi", "2020")), key(("vuosi", "2021"))


@pytest.fixture(scope="module")
def people() -> Dataset:
    whole = prepare.bands(prepare.periods(drawn(SIX)), "ikaryhma", "nuori")
    return prepare.accumulation(whole, "tuen_tarpeet")


def has(tally: Tally, *pairs: tuple[str, str]) -> int:
    return tally.counts[key(*pairs)]


def test_profile(people: Dataset) -> None:
    tally = indicators.profile(people, "sukupuoli", by="vuosi")
    assert tally.view.id == "profile_sukupuoli_vuosi"
    assert tally.view.columns == (TOTAL, Y2020, Y2021)
    assert said(tally) == {"nainen": 3, "mies": 2, "tyhja": 1}
    assert said(tally, Y2020) == {"nainen": 2, "mies": 1, "tyhja": 0}
    assert said(tally, Y2021) == {"nainen": 1, "mies": 1, "tyhja": 1}
    assert (tally.counts[TOTAL], tally.counts[Y2020], tally.counts[Y2021]) == (6, 3, 3)


def test_profile_without_groups(people: Dataset) -> None:
    tally = indicators.profile(people, "kunta")
    assert (tally.view.id, tally.view.by, tally.view.columns) == ("profile_kunta", "", (TOTAL,))
    assert said(tally) == {"205": 3, "290": 2, "muu": 1}
    assert tally.variables["kunta"].role == "region"


def test_needs(people: Dataset) -> None:
    tally = indicators.needs(people, by="vuosi")
    assert (tally.view.id, tally.view.multiple) == ("needs_vuosi", True)
    needs = {"talous": 4, "asuminen": 2, "arki": 1, "paihteet": 0, "terveys": 1, "tyo": 0, "ei_tarvetta": 1, "tyhja": 1}
    assert said(tally) == needs
    assert said(tally, Y2021) == {**dict.fromkeys(needs, 0), "talous": 1, "terveys": 1, "ei_tarvetta": 1, "tyhja": 1}


def test_illnesses_keep_no_mention_apart_from_not_asked(people: Dataset) -> None:
    tally = indicators.illnesses(people)
    assert said(tally) == {"psyykkinen": 2, "paihderiippuvuus": 2, "ei_mainintaa": 1, "ei_kysytty": 1, "tyhja": 1}
    assert tally.variables["sairaudet"].sensitivity == "health"
    assert tally.variables["sairaudet"].missing == ("ei_kysytty", "tyhja")


def test_services(people: Dataset) -> None:
    assert said(indicators.services(people)) == {"neuvonta": 3, "ei_palvelua": 2, "ei_kysytty": 1, "tyhja": 1}


def test_accumulation(people: Dataset) -> None:
    tally = indicators.accumulation(people, by="vuosi")
    assert said(tally) == {"0": 1, "1": 1, "2": 2, "3": 1, "4": 0, "5-": 0, "tyhja": 1}
    assert said(tally, Y2020) == {"0": 0, "1": 1, "2": 1, "3": 1, "4": 0, "5-": 0, "tyhja": 0}
    assert tally.view.rows[0] == key(("tuen_tarpeet_maara", "0"))


def places(tally: Tally, first: str, second: str) -> list[int]:
    name = f"tuen_tarpeet:{first}+{second}"
    return [has(tally, (name, place)) for place in ("molemmat", "vain_1", "vain_2", "ei_kumpaakaan")]


def test_needs_that_meet(people: Dataset) -> None:
    tally = indicators.together(people)
    assert places(tally, "talous", "asuminen") == [2, 2, 0, 2]
    assert places(tally, "talous", "terveys") == [1, 3, 0, 2]
    assert places(tally, "asuminen", "arki") == [1, 1, 0, 4]
    assert len(tally.view.rows) == 15 * 4  # each two of six needs, “no need” left out


def test_only_the_named_needs_meet(people: Dataset) -> None:
    tally = indicators.together(people, options=("talous", "asuminen"))
    assert {name for row in tally.view.rows for name, _ in row} == {"tuen_tarpeet:talous+asuminen"}
    assert [has(tally, *row) for row in tally.view.rows] == [2, 2, 0, 2]


def test_words_of_two_needs(people: Dataset) -> None:
    told = indicators.together(people, options=("talous", "asuminen")).variables["tuen_tarpeet:talous+asuminen"]
    assert told.title["en"] == "Money + Housing"
    assert [told.levels[place]["en"] for place in told.levels] == [
        "Money and Housing", "Money, not Housing", "Housing, not Money", "Neither",
    ]  # fmt: skip


def test_income(people: Dataset) -> None:
    assert said(indicators.income(people)) == {"hyvin": 2, "juuri": 1, "huonosti": 2, "ei_tietoa": 1}
    assert indicators.income(people).variables["tulojen_riittavyys"].ordered


def test_network(people: Dataset) -> None:
    assert said(indicators.network(people)) == {"riittava": 3, "riittamaton": 2, "tyhja": 1}


def test_violence_keeps_not_asked_apart_from_no(people: Dataset) -> None:
    assert said(indicators.violence(people)) == {"ei": 2, "kokenut": 2, "molemmat": 1, "ei_kysytty": 1}


def test_kinds_of_violence_keep_those_not_concerned_in_the_base(people: Dataset) -> None:
    tally = indicators.violence_kinds(people)
    assert said(tally) == {"fyysinen": 1, "henkinen": 2, "ei_koske": 2, "ei_kysytty": 1, "tyhja": 1}
    assert tally.counts[TOTAL] == 6
    assert tally.variables["vakivallan_ulottuvuus"].missing == ("ei_koske", "ei_kysytty", "tyhja")


def test_kinds_of_violence_are_told_of_those_who_met_it_too(people: Dataset) -> None:
    tally = indicators.violence_kinds_met(people)
    assert said(tally) == {"fyysinen": 1, "henkinen": 2}
    assert tally.counts[tally.view.base(TOTAL, tally.view.rows[0])] == 2


def test_special_support(people: Dataset) -> None:
    tally = indicators.special_support(people, by="nuori")
    assert tally.view.columns == (TOTAL, *(key(("nuori", one)) for one in ("18-30", "31-", "ei_tietoa", "tyhja")))
    assert said(tally, key(("nuori", "18-30"))) == {"kylla": 2, "ei": 0, "tyhja": 0}
    assert said(tally, key(("nuori", "31-"))) == {"kylla": 0, "ei": 2, "tyhja": 0}


YES, YOUNG, WOMAN = ("erityisen_tuen_tarve", "kylla"), ("nuori", "18-30"), ("sukupuoli", "nainen")


WOMEN, AGES = (WOMAN, ("sukupuoli", "mies")), (YOUNG, ("nuori", "31-"))


def some_more(people: Dataset, variable: str, level: str, n: int) -> Dataset:
    """The same six, and ``n`` more like the first, with that level."""
    more = pd.concat([people.frame, people.frame.iloc[[0] * n].assign(**{variable: level})], ignore_index=True)
    for name in people.frame.columns:
        more[name] = more[name].astype(people.frame[name].dtype)
    return replace(people, frame=more)


def test_patterns_are_of_those_on_a_side_and_of_everybody_without_need(people: Dataset) -> None:
    """Eleven lack the sex, so they are out: who needs support is two women and a man; another without a need."""
    tally = indicators.special_support_patterns(some_more(people, "sukupuoli", "ei_tietoa", 10), (WOMEN,))
    no, man = ("erityisen_tuen_tarve", "!kylla"), ("sukupuoli", "mies")
    counts = [has(tally, need, sex) for need in (YES, no) for sex in (WOMAN, man)]
    assert counts == [2, 1, 1, 1]
    assert len(tally.view.rows) == 4
    assert any(link.rest and (key(man), 1) in link.terms for link in tally.links)


def test_so_few_that_a_sum_would_tell_them_are_with_the_others(people: Dataset) -> None:
    tally = indicators.special_support_patterns(some_more(people, "sukupuoli", "ei_tietoa", 8), (WOMEN,))
    assert has(tally, YES, other_than(WOMAN)) == 9
    assert ("sukupuoli", "mies") not in {pair for row in tally.view.rows for pair in row}


def test_a_side_joined_to_others_is_compared_with_those(people: Dataset) -> None:
    joined = prepare.large_groups(some_more(people, "nuori", "ei_tietoa", 12), "nuori", at_least=2, rest="31-")
    rows = indicators.special_support_patterns(joined, (AGES,)).view.rows
    assert ("nuori", "31-+tyhja") in {pair for row in rows for pair in row}


# --- mean age -------------------------------------------------------------------------------------------------

KNOWN: Key = key(("ika", "vastattu"))


def test_mean_age_of_those_whose_age_is_known(people: Dataset) -> None:
    """20, 25, 45 and 70: mean 40; squared distances 400 + 225 + 25 + 900 = 1550, over three 516.7, root 22.73."""
    tally = indicators.mean_age(people, by="vuosi")
    assert tally.view.measure == "mean"
    assert tally.counts[KNOWN] == 4
    assert tally.moments[KNOWN].mean == 40
    assert tally.moments[KNOWN].sd == pytest.approx(22.7303, abs=1e-4)
    two = Moments(30.0, pytest.approx(13.2288, abs=1e-4), Grid(step=1.0))  # type: ignore[arg-type]  # whole years
    assert tally.moments[join(KNOWN, Y2020)] == two


def test_one_age_has_no_deviation_and_gives_no_mean(people: Dataset) -> None:
    tally = indicators.mean_age(people, by="vuosi")
    assert tally.counts[join(KNOWN, Y2021)] == 1
    assert Y2021 not in tally.moments


def test_a_mean_names_the_whole_distribution_behind_it(people: Dataset) -> None:
    tally = indicators.mean_age(people, by="vuosi")
    bands = indicators.profile(people, "ikaryhma", by="vuosi")
    assert set(tally.distribution) == {one for one, _ in bands.view.cells()}


def test_everything_counts_the_same_people(people: Dataset) -> None:
    tallies = [indicators.needs(people), indicators.mean_age(people), indicators.together(people),
               indicators.special_support_patterns(people)]  # fmt: skip
    assert len({tally.account for tally in tallies}) == 1
    assert {tally.counts[TOTAL] for tally in tallies} == {6}
