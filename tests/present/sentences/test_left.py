"""Those who left beside those who stayed: the difference of two rows, by hand."""

import pytest
from judged import judged

from rakelab import estimate, present
from rakelab._seal import release
from rakelab.cells import HIDDEN, TOTAL, Mean, Variable, View, key, shown
from rakelab.i18n import LANGUAGES

STAYED, LEFT = key(("x_alku", "vastattu")), key(("x_keskeyttaneet", "vastattu"))


def table(left: int = 9, mean: float = 6.0):
    words = {"vastattu": dict.fromkeys(LANGUAGES, "w")}
    variables = {row[0][0]: Variable(dict.fromkeys(LANGUAGES, "Mitta"), words) for row in (STAYED, LEFT)}
    cells = {TOTAL: shown(30), STAYED: shown(16), LEFT: shown(left)}
    means = {STAYED: Mean(shown(3.0), shown(2.0)), LEFT: Mean(shown(mean), shown(3.0))}
    view = View("dropouts", "dropouts", "x_alku", (STAYED, LEFT), measure="mean")
    return judged(release(view=view, cells=cells, variables=variables, means=means))


def test_the_difference_of_two_rows_by_hand() -> None:
    """Errors 4/16 and 9/9 make 1.25; t(0.975) of eight degrees of freedom is 2.3060; margin 2.5782."""
    found = estimate.rows_apart(table(), STAYED, LEFT)
    assert found.difference == shown(3.0)
    assert (found.low.value, found.high.value) == pytest.approx((0.4218, 5.5782), abs=1e-3)


def test_beyond_chance_within_it_and_hidden_are_said_differently() -> None:
    beyond, within = (present.left(table(mean=mean)).text("en") for mean in (6.0, 3.5))
    assert "differed by +3.0" in beyond
    assert "beyond chance" in beyond
    assert "within chance" in within
    one = table()
    means = {**one.means, LEFT: Mean(HIDDEN, HIDDEN)}
    hidden = judged(release(view=one.view, cells=one.cells, variables=one.variables, means=means))
    assert not estimate.rows_apart(hidden, STAYED, LEFT).verdict.known
    assert "cannot be compared" in present.left(hidden).text("en")
