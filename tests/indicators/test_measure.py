"""What the tallies say of themselves is true: every sum that they claim holds in the counts, whatever the rows."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from spec import BOOK, adds_up, dataset, drawn, holds, one_way, said, together, untrue

from rakelab import indicators, prepare
from rakelab.cells import TOTAL, Link, Tally, key
from rakelab.dataset import Dataset
from rakelab.errors import RakelabError
from rakelab.fields import Field
from rakelab.indicators import measure
from rakelab.protect import Policy
from rakelab.protect.policy import variables_of
from rakelab.protect.system import build

#: Without shrinking: one example takes a tenth of a second, and a failure names the sum that is false anyway.
FAST = settings(max_examples=10, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
KINDS = ("ei_kysytty", "ei_tietoa", "tyhja")


def single(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from((*BOOK[name].values, *KINDS))


def ticks(name: str) -> st.SearchStrategy[str]:
    field = BOOK[name]
    plain = [o.value for o in field.categories if not o.exclusive]
    alone = [o.value for o in field.categories if o.exclusive]
    some = st.sets(st.sampled_from(plain), min_size=1).map(lambda one: ",".join(sorted(one)))
    # "-" is no option: a form whose boxes were all left at “no” is answered, with nothing ticked
    return st.one_of(some, st.sampled_from((*alone, *KINDS, "-")))


ROW = st.fixed_dictionaries(
    {
        "vuosi": st.sampled_from(("2020", "2021")),
        "kunta": single("kunta"),
        "sukupuoli": single("sukupuoli"),
        "ika": st.one_of(st.integers(18, 90).map(str), st.sampled_from(KINDS)),
        "vakivalta": single("vakivalta"),
        "vakivallan_ulottuvuus": ticks("vakivallan_ulottuvuus"),
        "sairaudet": ticks("sairaudet"),
        "tuen_tarpeet": ticks("tuen_tarpeet"),
        "erityisen_tuen_tarve": single("erityisen_tuen_tarve"),
    }
)


def concerned(row: dict[str, str]) -> dict[str, str]:
    """As ``validate`` leaves a conditional question: blank is “not concerned”, or the kind of missing of the leading
    answer; a reason given stays, an answer stands only where the leading answer allows it or is missing."""
    answer, leading = row["vakivallan_ulottuvuus"], row["vakivalta"]
    if leading in BOOK["vakivallan_ulottuvuus"].applies.values:
        return row
    stays = answer in ("ei_kysytty", "ei_tietoa") or (leading in KINDS and answer not in ("tyhja", "-"))
    return row if stays else {**row, "vakivallan_ulottuvuus": leading if leading in KINDS else "ei_koske"}


PEOPLE = st.lists(ROW.map(concerned), min_size=1, max_size=25).map(dataset)


def prepared(people: Dataset) -> Dataset:
    whole = prepare.bands(prepare.periods(people), "ikaryhma", "nuori", "keski_ika")
    return prepare.accumulation(whole, "tuen_tarpeet")


def tallies(people: Dataset) -> list[Tally]:
    """Tables of one report that know most of each other."""
    made = [indicators.profile(people, name, by="vuosi") for name in ("sukupuoli", "kunta", "vakivalta", "ikaryhma")]
    made += [indicators.profile(people, name, by="kunta") for name in ("ikaryhma", "nuori", "keski_ika")]
    made += [make(people, by=by) for make in (indicators.needs, indicators.accumulation) for by in ("vuosi", "nuori")]
    made += [indicators.illnesses(people, by="ikaryhma"), indicators.violence_kinds(people, by="vuosi")]
    made += [indicators.violence(people, by="vuosi"), indicators.mean_age(people, by="vuosi")]
    made += [indicators.special_support_patterns(people), indicators.special_support(people, by="nuori")]
    made += [indicators.together(people), indicators.together(people, variable="sairaudet")]
    return list({tally.view.id: tally for tally in made}.values())


Shaping = Callable[[Dataset], Dataset]
SHAPINGS: dict[str, Shaping] = {
    "nothing": lambda people: people,
    "years joined": lambda people: prepare.large_groups(people, "vuosi", at_least=8, rest="muu"),
    "municipalities joined": lambda people: prepare.large_groups(people, "kunta", at_least=8, rest="muu"),
    "young joined": lambda people: prepare.large_groups(people, "nuori", at_least=10, rest="31-"),
    "age groups joined": lambda people: prepare.large_groups(people, "ikaryhma", at_least=6, rest="65-"),
    "age groups merged": lambda people: prepare.merge(people, "ikaryhma", ["31-64", "18-24"]),
    "neighbours merged": lambda people: prepare.merge(people, "ikaryhma", ["18-24", "25-30"]),
    "violence merged": lambda people: prepare.merge(people, "vakivalta", ["kokenut", "molemmat"]),
    "violence joined": lambda people: prepare.large_groups(people, "vakivalta", at_least=10, rest="molemmat"),
    "many needs merged": lambda people: prepare.merge(people, "tuen_tarpeet_maara", ["3", "4", "5-"]),
    "many needs joined": lambda people: prepare.large_groups(people, "tuen_tarpeet_maara", at_least=6, rest="5-"),
}


@pytest.mark.parametrize("shaping", SHAPINGS)
@FAST
@given(people=PEOPLE)
def test_every_link_is_true_in_every_context(shaping: str, people: Dataset) -> None:
    assert untrue(together(*tallies(SHAPINGS[shaping](prepared(people))))) == []


@FAST
@given(people=PEOPLE)
def test_every_relation_of_a_report_is_true(people: Dataset) -> None:
    made = tallies(prepared(people))
    system = build(made, Policy(), variables_of(made))
    sums = system.matrix @ system.counts
    assert (sums[system.equal] == 0).all()
    assert (sums[~system.equal] <= 0).all()


@FAST
@given(people=PEOPLE)
def test_links_of_a_conditional_question_that_is_counted_up(people: Dataset) -> None:
    whole = prepare.accumulation(people, "vakivallan_ulottuvuus")
    kinds = indicators.accumulation(whole, variable="vakivallan_ulottuvuus")
    assert untrue(together(kinds, indicators.violence(whole), indicators.violence_kinds(whole))) == []
    concerned_by_it = said(indicators.violence_kinds(whole)).get("ei_koske", 0)
    assert said(kinds).get("ei_koske", 0) == concerned_by_it


@FAST
@given(people=PEOPLE)
def test_a_single_choice_counts_everybody_once(people: Dataset) -> None:
    tally = measure.distribution(prepared(people), "kunta", by="nuori")
    assert sum(said(tally).values()) == len(people)
    for column in tally.view.columns:
        assert sum(said(tally, column).values()) == tally.counts[column]


def test_untrue_finds_a_link_that_is_false() -> None:
    false = Link(((key(("v", "a")), 1), (key(("v", "b")), -1)), "<=")
    tally = one_way("v", {"a": 3, "b": 2}, links=[false])
    assert [one.terms for one in untrue(tally)] == [false.terms]
    assert holds(untrue(one_way("v", {"a": 2, "b": 2}, links=[adds_up("v", "a")]))[0], {key(("v", "a")): 4, TOTAL: 4})


# --- what a facilitator may do wrong --------------------------------------------------------------------------

FOUR = """
    vuosi | sukupuoli | ika | tuen_tarpeet
    2020  | nainen    | 20  | talous
    2020  | mies      | 40  | talous, asuminen
    2021  | mies      | 70  | ei_tarvetta
    2021  | tyhja     |     |
"""


@pytest.mark.parametrize("by", ["vuosi", "ikaryhma", "ika", "tuen_tarpeet", "asiakas"])
def test_groups_that_are_not_groups_are_refused_with_words(by: str) -> None:
    with pytest.raises(RakelabError):
        indicators.needs(drawn(FOUR), by=by)


@pytest.mark.parametrize("variable", ["ika", "vuosi", "ikaryhma", "asiakas"])
def test_a_number_or_a_text_has_no_distribution(variable: str) -> None:
    with pytest.raises(RakelabError):
        indicators.profile(drawn(FOUR), variable)


def test_one_group_makes_no_columns() -> None:
    people = prepare.select(drawn(FOUR), "vuosi == 2020", why="vuosi")
    tally = indicators.needs(prepare.periods(people), by="vuosi")
    assert tally.view.columns == (TOTAL,)
    assert said(tally) == {"talous": 2, "asuminen": 1, "arki": 0, "paihteet": 0, "terveys": 0, "tyo": 0,
                           "ei_tarvetta": 0}  # fmt: skip


def test_what_is_listed_tells_of_nobody() -> None:
    people = prepared(drawn(FOUR.replace("| 70 ", "| 30 ")))
    assert said(indicators.profile(people, "ikaryhma")) == {"18-24": 1, "25-30": 1, "31-64": 1, "65-": 0, "tyhja": 1}
    assert said(indicators.needs(people))["tyo"] == 0


def test_words_come_from_the_codebook() -> None:
    tally = indicators.profile(drawn(FOUR), "sukupuoli")
    told = tally.variables["sukupuoli"]
    assert told.title == {"fi": "Sukupuoli", "sv": "Kön", "en": "Gender"}
    assert told.levels["tyhja"] == {"fi": "Jätetty tyhjäksi", "sv": "Lämnat tomt", "en": "Left blank"}
    assert told.missing == ("tyhja",)


def test_a_band_is_as_sensitive_as_its_field() -> None:
    from dataclasses import replace

    fields = tuple(replace(f, threshold=8, sensitivity="health") if f.name == "ika" else f for f in BOOK.fields)
    people = replace(drawn(FOUR), codebook=replace(BOOK, fields=fields))
    band = indicators.profile(prepare.bands(people, "ikaryhma"), "ikaryhma").variables["ikaryhma"]
    assert (band.threshold, band.sensitivity) == (8, "health")


def test_a_tally_shows_nothing_of_itself() -> None:
    assert repr(indicators.needs(drawn(FOUR))) == "<Tally needs: not released>"


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ([1.5, 2.0, 3.5], 0.5),
        ([1.3, 1.4, 2.7], 0.1),  # what was written with one decimal
        ([1.35, 2.1, 0.4], 0.05),
        ([1 / 3, 2 / 3, 2], 1 / 3),
        ([1.35, 1.36, 2.01], None),  # two decimals are as good as any number
        ([2.0, 2.0], None),
    ],
)
def test_the_steps_of_a_score_that_was_computed_elsewhere(values: list[float], step: float | None) -> None:
    grid = measure.numbers.grid(Field("p", "number", {"fi": "P"}, minimum=0, maximum=4), np.array(values))
    assert (grid and grid.step) == (step and pytest.approx(step))
