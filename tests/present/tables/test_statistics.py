"""Reliability, agreement of coders, times until an answer: named numbers in tables; and the way from new to closed."""

import pytest

from present.conftest import make, one, variable
from present.figures.test_figure import pictures, words
from present.invented import numbers
from rakelab import present
from rakelab.cells import TOTAL, View, key
from rakelab.errors import UsageError

KAPPA = {
    "kappa": 0.7, "kappa_low": 0.5, "kappa_high": 1.0, "alpha": 0.7, "alpha_low": 0.4, "alpha_high": 0.9,
    "agreement": 0.88, "disagreements": 7,
}  # fmt: skip


def test_alpha_has_feldts_interval_and_its_items():
    table = numbers(
        {"a": ("WHOQOL", 58, {"alpha": 0.81, "items": 7}), "b": ("AUDIT", 40, {"alpha": None, "items": 10})}
    )
    html = present.reliability(table).html()
    assert "<td>7</td><td>0,81</td><td>0,72–0,88</td><td>58</td>" in html
    assert '<th scope="row">AUDIT</th><td>10</td><td class="hidden">' in html


def test_agreement_tells_two_coefficients_and_what_to_discuss():
    html = present.agreement(numbers({"a": ("Asuminen", 60, KAPPA)})).html()
    assert "<td>88\u00a0%</td><td>0,7</td><td>0,5–1,0</td><td>0,7</td><td>0,4–0,9</td><td>7</td><td>60</td>" in html


def test_a_median_without_an_upper_limit_says_so():
    html = present.times(numbers({"a": ("Aika", 58, {"median": 21.5, "low": 14})})).html()
    assert "<td>21,5</td><td>14–</td><td>58</td>" in html
    assert "yläraja puuttuu" in html


def test_a_plain_table_finds_its_kind():
    table = numbers({"a": ("Asuminen", 60, KAPPA)})
    assert present.table(table).html().count("<th") == present.agreement(table).html().count("<th")
    other = present.table(numbers({"a": ("Jokin", 60, {"outo": 1.234})})).html()
    assert "outo</th><td>1,23</td>" in other


def test_another_table_is_refused(needs):
    with pytest.raises(UsageError) as caught:
        present.reliability(needs)
    assert caught.value.key == "present.no_statistic"


@pytest.fixture
def stages():
    names = {
        "esihenkilolla": ("Esihenkilöllä",) * 3,
        "tyoryhmassa": ("Työryhmässä",) * 3,
        "suljettu": ("Suljettu",) * 3,
    }
    rows = tuple(one(name, "vaihe") for name in names)
    counts = {TOTAL: 28, rows[0]: 26, rows[1]: None, rows[2]: 9}
    view = View("funnel", "sample", "vaihe", rows, multiple=True)
    return make(view, counts, {"vaihe": variable(("Matka",) * 3, names, ordered=True)})


def test_the_funnel_begins_with_everybody_and_keeps_its_order(stages):
    html = present.funnel(stages, alt=present.share(stages, "suljettu")).html()
    found = words(pictures(html)[0])
    assert found.index("Kaikki") < found.index("Esihenkilöllä") < found.index("Työryhmässä") < found.index("Suljettu")
    assert {"28", "26 (93\u00a0%)", "·· peitetty", "9 (32\u00a0%)"} <= set(found)
    assert "<td>9</td><td>32\u00a0%</td><td>18–51\u00a0%</td>" in html
    assert stages.cells[key(("vaihe", "tyoryhmassa"))].value is None
