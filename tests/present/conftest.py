"""Released tables made by hand."""

from collections.abc import Mapping
from itertools import combinations, product

import pytest
from judged import judged

from rakelab import _seal, cells, i18n
from rakelab.cells import HIDDEN, TOTAL, Released, Variable, View, join, key, other_than, shown

NEEDS = {
    "talous": ("Talous", "Ekonomi", "Economy"),
    "asuminen": ("Asuminen", "Boende", "Housing"),
    "psyykkinen": ("Psyykkinen hyvinvointi ja mielenterveys", "Psykisk hälsa", "Mental health"),
    "paihteet": ("Päihteiden käyttö", "Missbruk", "Substance use"),
    "koulutus": ("Koulutus ja/tai työelämä", "Utbildning och/eller arbetsliv", "Education or working life"),
    "arki": ("Arjessa selviytyminen", "Att klara vardagen", "Managing everyday life"),
    "verkosto": ("Sosiaaliset suhteet ja osallisuus", "Sociala relationer och delaktighet", "Relations and inclusion"),
    "vanhemmuus": ("Vanhemmuuden tuki", "Stöd i föräldraskapet", "Parenting"),
    "vakivalta": ("Väkivalta", "Våld", "Violence"),
}
MISSING = {
    "ei_kysytty": ("Ei kysytty", "Inte frågat", "Not asked"),
    "tyhja": ("Jätetty tyhjäksi", "Lämnat tomt", "Left blank"),
}
YEARS = {year: (year, year, year) for year in ("2020", "2021")}


def variable(title: tuple[str, str, str], levels: Mapping[str, tuple[str, str, str]], **traits: object) -> Variable:
    def words(three: tuple[str, str, str]) -> dict[str, str]:
        return dict(zip(i18n.LANGUAGES, three, strict=True))

    missing = tuple(level for level in levels if level in MISSING)
    return Variable(words(title), {level: words(three) for level, three in levels.items()}, missing=missing, **traits)


def one(level: str, of: str = "tuen_tarpeet") -> cells.Key:
    return key((of, level))


def cell(n: int | None) -> cells.Cell:
    return HIDDEN if n is None else shown(n)


Counts = Mapping[cells.Key, int | None]


def make(view: View, counts: Counts, variables: Mapping[str, Variable], **more: object) -> Released:
    return judged(_seal.release(view=view, cells={k: cell(n) for k, n in counts.items()}, variables=variables, **more))


NEED_COUNTS = {
    "talous": (417, 170, 247), "asuminen": (241, 118, 123), "psyykkinen": (233, 101, 132), "paihteet": (198, 92, 106),
    "koulutus": (170, 74, 96), "arki": (120, 61, 59), "verkosto": (64, 30, 34), "vanhemmuus": (None, 5, None),
    "vakivalta": (0, 0, 0), "ei_kysytty": (14, 7, 7), "tyhja": (21, 6, 15),
}  # fmt: skip


def needs_variable(**levels: tuple[str, str, str]) -> Variable:
    title = ("Tuen tarpeet", "Behov av stöd", "Needs for support")
    return variable(title, {**NEEDS, **MISSING, **levels}, multiple=True)


@pytest.fixture
def needs() -> Released:
    """Needs by year: 707 people; one need hidden, one that nobody has, two kinds of missing."""
    return make_needs()


def make_needs(**change: int | None) -> Released:
    columns = (TOTAL, key(("vuosi", "2020")), key(("vuosi", "2021")))
    counts = dict(zip(columns, (707, 330, 377), strict=True))
    for level, three in NEED_COUNTS.items():
        three = (change[level],) * 3 if level in change else three
        counts |= {join(one(level), column): n for column, n in zip(columns, three, strict=True)}
    view = View(
        id="needs_vuosi", indicator="sample", variable="tuen_tarpeet", rows=tuple(one(level) for level in NEED_COUNTS),
        columns=columns, by="vuosi", multiple=True,
    )  # fmt: skip
    years = variable(("Vuosi", "År", "Year"), YEARS, ordered=True, role="period")
    return make(view, counts, {"tuen_tarpeet": needs_variable(), "vuosi": years})


@pytest.fixture
def few() -> Released:
    """Needs of a village: nearly everything hidden, and advice."""
    columns = (TOTAL, *(key(("kunta", k)) for k in ("620", "697")))
    rows = tuple(one(level) for level in ("talous", "asuminen", "arki"))
    counts: dict = dict(zip(columns, (25, 12, 13), strict=True))
    for i, row in enumerate(rows):
        counts |= {row: 16 - 4 * i, **{join(row, column): None for column in columns[1:]}}
    towns = variable(("Kunta", "Kommun", "Municipality"), {"620": ("Puolanka",) * 3, "697": ("Ristijärvi",) * 3})
    view = View("needs_kunta", "sample", "tuen_tarpeet", rows, columns, by="kunta", multiple=True)
    advice = cells.Advice("kunta", ("620", "697"))
    return make(view, counts, {"tuen_tarpeet": needs_variable(), "kunta": towns}, advice=advice)


@pytest.fixture
def ages() -> Released:
    """Mean age by year; the second year's is hidden."""
    columns = (TOTAL, key(("vuosi", "2020")), key(("vuosi", "2021")))
    known = one("vastattu", "ika")
    counts = {**dict(zip(columns, (707, 330, 377), strict=True)), known: 700}
    counts |= {join(known, columns[1]): 325, join(known, columns[2]): 375}
    means = {join(known, c): cells.Mean(shown(43.1), shown(13.2)) for c in columns[:2]}
    means[join(known, columns[2])] = cells.Mean(HIDDEN, HIDDEN)
    years = variable(("Vuosi", "År", "Year"), YEARS)
    age = variable(("Keski-ikä", "Medelålder", "Mean age"), {"vastattu": ("Vastattu", "Besvarat", "Answered")})
    view = View("mean_age", "sample", "ika", (known,), columns, by="vuosi", measure="mean")
    return make(view, counts, {"ika": age, "vuosi": years}, means=means)


@pytest.fixture
def pairs() -> Released:
    """Which needs meet, among four; one pair hidden."""
    levels = list(NEED_COUNTS)[:4]
    both = dict(zip(combinations(levels, 2), (180, 160, 150, 70, None, 110), strict=True))
    counts: dict = {TOTAL: 707}
    variables = {"tuen_tarpeet": needs_variable()}
    for (a, b), n in both.items():
        name = f"tuen_tarpeet:{a}+{b}"
        counts |= {key((name, place)): k for place, k in zip(PLACES, four(a, b, n), strict=True)}
        variables[name] = variable((f"{a} + {b}",) * 3, {place: (place,) * 3 for place in PLACES})
    view = View("together", "meeting", "tuen_tarpeet", tuple(k for k in counts if k))
    return make(view, counts, variables)


PLACES = ("molemmat", "vain_1", "vain_2", "ei_kumpaakaan")


def four(a: str, b: str, both: int | None) -> tuple[int | None, ...]:
    if both is None:
        return (None,) * 4
    first, second = NEED_COUNTS[a][0] - both, NEED_COUNTS[b][0] - both
    return both, first, second, 707 - both - first - second


@pytest.fixture
def model() -> Released:
    """The counts behind a model, laid out as ``measure.crossed`` does; young people need special support more."""
    yes = {"kylla": ("Kyllä", "Ja", "Yes")}
    variables = {
        "erityisen_tuen_tarve": variable(("Erityisen tuen tarve", "Behov av särskilt stöd", "Special support"), yes),
        "nuori": variable(("Nuori aikuinen", "Ung vuxen", "Young adult"), yes),
        "sukupuoli": variable(("Sukupuoli", "Kön", "Sex"), {"nainen": ("Nainen", "Kvinna", "Woman")}),
    }
    outcome, young, woman = ("erityisen_tuen_tarve", "kylla"), ("nuori", "kylla"), ("sukupuoli", "nainen")
    both = [(pair, other_than(pair)) for pair in (outcome, young, woman)]
    finest = dict(zip(product(*both), (62, 70, 118, 130, 23, 25, 100, 112), strict=True))
    counts: dict = {}
    for chosen in ((0, 1), (0, 2), (0, 1, 2)):
        for pairs, n in finest.items():
            row = key(*(pairs[i] for i in chosen))
            counts[row] = counts.get(row, 0) + n
    return make(View("support_model", "sample", outcome[0], tuple(counts)), {TOTAL: 640, **counts}, variables)
