import pandas as pd
import pytest

from rakelab import present
from rakelab.cells import Account, Tally, View
from rakelab.errors import UsageError, WallError

ACCOUNT = Account("a.csv", "0" * 64, "palvelutarve", "1", {}, True, 10, 10, "x")
TALLY = Tally(View("needs", "sample", "tuen_tarpeet", ()), {}, (), {}, ACCOUNT)
SHOWERS = (
    present.table,
    present.leading,
    present.small,
    present.missing,
    present.mean_age,
    present.accumulation,
    present.together,
    lambda thing: present.share(thing, "talous"),
    lambda thing: present.bars(thing, alt=None),
    lambda thing: present.dots(thing, alt=None),
    lambda thing: present.grid(thing, alt=None),
    lambda thing: present.changes(thing, alt=None),
    lambda thing: present.effects(thing, alt=None),
    present.contrast,
    present.effects_sentence,
    present.protection,
    present.made,
)


INSIDE = (TALLY, pd.DataFrame({"ika": [1, 2]}), [1, 2], "nimi")


@pytest.mark.parametrize("thing", INSIDE, ids=lambda thing: type(thing).__name__)
@pytest.mark.parametrize("show", SHOWERS)
def test_only_released_tables_come_in(show, thing):
    with pytest.raises(WallError):
        show(thing)


def test_the_refusal_names_the_cure_and_no_value():
    with pytest.raises(WallError) as caught:
        present.table(pd.DataFrame({"nimi": ["Salainen Nimi"]}))
    assert caught.value.sentence("fi") == (
        "Tätä ei voi näyttää (DataFrame): esille pääsevät vain suojatut taulukot. Suojaa se ensin: "
        'released = protect([…], policy), ja näytä released["…"].'
    )


def test_the_whole_release_is_too_much_for_one_table(needs, few):
    with pytest.raises(WallError) as caught:
        present.table({"needs_vuosi": needs, "needs_kunta": few})
    assert caught.value.sentence("en") == (
        'Choose one table, for example released["…"]. Protected tables: needs_vuosi, needs_kunta.'
    )


def test_an_unknown_column_is_told_with_those_that_exist(needs):
    with pytest.raises(UsageError) as caught:
        present.table(needs, columns=["2022"])
    assert caught.value.sentence("fi") == "Taulukossa needs_vuosi ei ole saraketta 2022. Sarakkeet: 2020, 2021."


def test_an_unknown_row_names_the_nearest(needs):
    with pytest.raises(UsageError) as caught:
        present.share(needs, "talouss")
    assert caught.value.sentence("sv") == "Tabellen needs_vuosi har ingen rad talouss. Närmast är talous."


@pytest.mark.parametrize("alt", ["", "Kuva", None, 3])
def test_a_figure_without_a_finding_as_its_alt_text_is_refused(needs, alt):
    with pytest.raises(UsageError) as caught:
        present.bars(needs, alt=alt)
    assert caught.value.key == "present.no_alt"


def test_an_unknown_language_is_refused_at_once(needs):
    with pytest.raises(UsageError) as caught:
        present.table(needs, lang="de")
    assert caught.value.sentence("fi") == "Kieltä de ei ole. Kielet: fi, sv, en."


def test_a_table_without_pairs_has_no_matrix(needs):
    with pytest.raises(UsageError) as caught:
        present.grid(needs, alt=present.leading(needs))
    assert caught.value.key == "present.no_pairs"


def test_nothing_to_compare_is_an_error_when_no_table_is_known():
    with pytest.raises(UsageError) as caught:
        present.contrast(())
    assert caught.value.key == "present.nothing_given"
