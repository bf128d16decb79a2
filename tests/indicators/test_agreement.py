"""Two coders' agreement: by hand, with gaps, and what goes through the wall."""

from dataclasses import replace
from itertools import chain
from math import inf

import pandas as pd
import pytest

from rakelab import indicators
from rakelab.cells import State, key
from rakelab.codebook import codebook
from rakelab.dataset import Dataset, Origin
from rakelab.indicators.measure.agreement import STATISTICS, between
from rakelab.protect import protect

CLASSES = ("satunnainen", "torjunta", "yllapitava", "hitaat", "sitoutunut")


def test_kappa_and_alpha_by_hand() -> None:
    """20 yes–yes, 5 yes–no, 10 no–yes, 15 no–no: agreement 0.7, by chance 0.5, kappa 0.4 (a textbook's example)."""
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    found = between(first, second, classes=(False, True))
    assert (found.n, found.agreement, found.disagreements) == (50, 0.7, 15)
    assert found.kappa == pytest.approx(0.4)
    assert found.alpha == pytest.approx(1 - 99 * 15 * 2 / (100**2 - 55**2 - 45**2))
    assert found.kappa_low < found.kappa < found.kappa_high
    assert found.alpha_low < found.alpha < found.alpha_high
    assert tuple(found.named()) == STATISTICS


def test_a_unit_that_one_left_out_does_not_count() -> None:
    assert between(["a", None, "b", "b"], ["a", "a", None, "b"]).n == 2


def test_nothing_was_coded() -> None:
    found = between([None], ["a"])
    assert (found.n, found.kappa, found.alpha, found.agreement) == (0, None, None, None)


def test_one_class_only_has_no_kappa() -> None:
    found = between(["a"] * 9, ["a"] * 9)
    assert (found.kappa, found.alpha, found.agreement) == (None, None, 1)


def test_a_coder_who_used_one_class_leaves_no_interval() -> None:
    found = between([True, True, *[False] * 30], [False] * 32)
    assert (found.kappa, found.kappa_low, found.kappa_high) == (0, None, None)


def test_what_everybody_alike_would_tell_is_left_for_the_wall_to_hide() -> None:
    alike, one_class = between([True, False], [True, False]).for_tally(), between(["a"] * 9, ["a"] * 9).for_tally()
    assert (alike["kappa"], alike["kappa_low"], alike["alpha_high"]) == (1, inf, inf)
    assert (one_class["kappa"], one_class["kappa_low"], one_class["alpha_high"]) == (None, None, None)


def test_an_order_of_classes_makes_a_near_miss_a_small_one() -> None:
    first, second = list(CLASSES) * 4, [*CLASSES[1:], CLASSES[4]] * 4
    near = between(first, second, level="ordinal", classes=CLASSES)
    plain = between(first, second, classes=CLASSES)
    assert near.kappa > 0.7 > 0.2 > plain.kappa
    assert near.alpha > 0.7 > 0.2 > plain.alpha


def paths(first: list[str], second: list[str]) -> Dataset:
    form = codebook("asiakaspolut")
    columns = {
        name: pd.Categorical(given, categories=list(form[name].levels))
        for name, given in (("alussa_koodaaja1", first), ("alussa_koodaaja2", second))
    }
    frame = pd.DataFrame(columns, index=range(2, len(first) + 2))
    return Dataset(frame, form, Origin("polut.csv", "0" * 64), len(first), 0)


PAIRS = [("alussa_koodaaja1", "alussa_koodaaja2")]


def test_coders_of_one_class_for_each_client() -> None:
    first = list(chain.from_iterable([one] * 8 for one in CLASSES)) + ["tyhja"] * 6
    second = [*first[:38], "hitaat", "hitaat", *["satunnainen"] * 6]
    release = protect([indicators.coders_agreement(paths(first, second), PAIRS)])
    (row,) = release["agreement"].view.rows
    assert row == key(*((name, "vastattu") for name in PAIRS[0]))
    assert release["agreement"].cells[row].value == 40
    assert release["agreement"].statistics[row, "disagreements"].value == 2
    assert release["agreement"].statistics[row, "kappa"].value == 0.9
    ends = [release["agreement"].statistics[row, f"kappa_{end}"].value for end in ("low", "high")]
    assert ends == [0.8, 1.0]  # 0.85 and 1, outwards


@pytest.mark.parametrize(("n", "is_told"), [(29, False), (30, True)])
def test_of_fewer_than_thirty_only_disagreements_are_told(n: int, is_told: bool) -> None:
    """Chance agreement follows from how many are in each class: it narrows counts that are hidden."""
    first = [CLASSES[i % 5] for i in range(n)]
    found = protect([indicators.coders_agreement(paths(first, [*first[1:], "hitaat"]), PAIRS)])["agreement"]
    told = {name for (_, name), cell in found.statistics.items() if cell.state is not State.HIDDEN}
    assert {"agreement", "disagreements"} <= told
    assert {"kappa", "alpha", "alpha_low", "kappa_high"} <= told if is_told else told == {"agreement", "disagreements"}


def test_the_agreement_on_few_is_not_told() -> None:
    first = [*CLASSES[:3], *["tyhja"] * 30]
    tally = indicators.coders_agreement(paths(first, first), PAIRS)
    closed = replace(tally, variables={name: replace(one, open=()) for name, one in tally.variables.items()})
    table = protect([closed])["agreement"]
    assert {cell.state for cell in table.statistics.values()} == {State.HIDDEN}
