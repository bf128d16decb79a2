"""Those who left beside those who stayed, by hand; and the limit of reliable change: points, deviation, reliability
and source, and the data's own alpha."""

import pytest
from judged import judged

from present.conftest import make, one, variable
from present.invented import ANSWERED, mean
from present.sentences.test_shares import said
from rakelab import estimate, present
from rakelab._seal import release
from rakelab.cells import HIDDEN, TOTAL, Cell, Mean, Released, State, Variable, View, key, shown
from rakelab.errors import UsageError
from rakelab.i18n import LANGUAGES
from rakelab.instrument import instrument

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


# --- reliable change ----------------------------------------------------------------------

SCALE = "eurohis8_keskiarvo"
USED = (instrument("core10"), instrument("eurohis8"))


def classes(scale: str = SCALE) -> Released:
    name = f"{scale}_luokka"
    words = {level: (level,) * 3 for level in ("parani", "ennallaan", "huononi")}
    counts = {one(level, name): 20 for level in words}
    view = View("classes", "classes", name, tuple(counts))
    return make(view, {TOTAL: 60, **counts}, {name: variable(("EUROHIS-8: Elämänlaatu",) * 3, words)})


def ends(sd: Mean) -> Released:
    row = one("vastattu", f"{SCALE}_alku")
    view = View("ends", "ends", f"{SCALE}_alku", (row,), measure="mean")
    return make(view, {TOTAL: 70, row: 60}, {f"{SCALE}_alku": variable(("Alku",) * 3, ANSWERED)}, means={row: sd})


def alphas(alpha: Cell) -> Released:
    row = one("vastattu", SCALE)
    found = {(row, "alpha"): alpha, (row, "items"): shown(8)}
    view = View("reliability", "reliability", SCALE, (row,), measure="statistic")
    return make(view, {TOTAL: 70, row: 66}, {SCALE: variable(("E",) * 3, ANSWERED)}, statistics=found)


def test_the_limit_is_told_with_all_it_rests_on():
    """1,96 · √2 · 0,6 · √0,28 = 0,880; with the alpha 0,9 it is 0,526."""
    told = said(present.reliable(classes(), ends(mean(3.1, 0.6)), USED, alphas(shown(0.9))))
    assert "yli 0,88 pistettä" in told
    assert "0,6 (n = 60, tästä aineistosta)" in told
    assert "0,72 (julkaisuissa Cronbachin alfa 0,72–0,85; pienin niistä)" in told
    assert "alfa on 0,90, ja sillä raja olisi 0,53 pistettä" in told
    assert "näyttää pysyneen ennallaan" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hidden_deviation_tells_no_limit(lang):
    told = said(present.reliable(classes(), ends(Mean(HIDDEN, HIDDEN)), USED, alphas(shown(0.9))), lang)
    assert not any(digit in told.replace("EUROHIS-8", "") for digit in "0123456789")


@pytest.mark.parametrize("alpha", [HIDDEN, Cell(State.MISSING), shown(-0.2), shown(1.0)])
def test_an_alpha_that_is_not_told_or_no_reliability_gives_no_second_limit(alpha):
    told = said(present.reliable(classes(), ends(mean(3.1, 0.6)), USED, alphas(alpha)))
    assert "ei voi näyttää, joten sillä laskettua rajaa ei kerrota" in told


def test_a_scale_without_a_reliability_is_refused():
    with pytest.raises(UsageError):
        present.reliable(classes("core10_summa"), ends(mean(3.1)), USED)


def test_a_mean_of_thoughts_of_suicide_never_stands_bare():
    """Found by the table alone, so on a page gathered from released figures, too."""
    name = "core10_6_muutos"
    row = one("vastattu", name)
    view = View("change", "change", name, (row,), measure="mean")
    label = ("CORE-10: kohta 6, itsemurha-ajatukset (0–4, pienempi on parempi)",) * 3
    moved = {row: mean(-0.6, 0.8)}
    table = make(view, {TOTAL: 40, row: 40}, {name: variable(label, ANSWERED)}, means=moved)
    told = said(present.changed(table))
    assert "itsemurha-ajatukset (0–4, pienempi on parempi)” −0,6" in told
    assert "ei kerro yhdenkään ihmisen turvallisuudesta" in told
    assert "turvallisuudesta" not in said(present.changed(make(view, {TOTAL: 40, row: 40},
        {name: variable(label, ANSWERED)}, means={row: mean(-0.1, 0.8)})))  # fmt: skip
    assert key(("core10_6_muutos", "vastattu")) == row
