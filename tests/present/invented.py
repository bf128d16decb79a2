"""Released tables of means, changes, items and classes, made by hand."""

from collections.abc import Mapping, Sequence

from rakelab.cells import HIDDEN, TOTAL, Key, Mean, Released, View, join, key, shown

from .conftest import make, one, variable

AREAS = {
    "kolmas_sektori": ("Kolmannen sektorin toiminnan ja palveluiden tunteminen", 3.1, 3.8),
    "kulttuuri": ("Kulttuurisensitiivisen työn osaaminen", 2.7, 3.2),
    "palvelut": ("Sosiaalipalvelujärjestelmän tunteminen", 3.4, 3.8),
    "alue": ("Oman maantieteellisen työskentelyalueen erityispiirteiden tuntemus", 3.6, 3.9),
    "media": ("Mediavaikuttaminen", 2.1, 2.3),
    "tilastot": ("Tilastojen käyttö", 2.9, 2.6),
}
WAVES = {"2020": ("2020",) * 3, "2022": ("2022",) * 3}
ANSWERED = {"vastattu": ("Vastattu", "Besvarat", "Answered")}


def mean(value: float | None, sd: float = 0.8) -> Mean:
    return Mean(HIDDEN, HIDDEN) if value is None else Mean(shown(value), shown(sd))


def skills(sd: float = 0.8, hidden: Sequence[str] = ()) -> Released:
    """Six areas of competence in two waves: 61 people and then 16, of whom one left an area out."""
    columns = tuple(key(("aineisto", wave)) for wave in WAVES)
    counts: dict[Key, int | None] = {TOTAL: 77, columns[0]: 61, columns[1]: 16}
    means = {}
    variables = {"aineisto": variable(("Aineisto", "Material", "Wave"), WAVES, ordered=True, role="period")}
    for name, (title, *ends) in AREAS.items():
        variables[name] = variable((title,) * 3, ANSWERED)
        counts[one("vastattu", name)] = 77
        for column, value, n in zip(columns, ends, (61 if name != "media" else 60, 16), strict=True):
            known = join(one("vastattu", name), column)
            counts[known], means[known] = n, mean(None if name in hidden else value, sd)
    rows = tuple(one("vastattu", name) for name in AREAS)
    view = View("skills", "skills", "kolmas_sektori", rows, columns, by="aineisto", measure="mean")
    return make(view, counts, variables, means=means)


SCALES = {
    "audit": ("AUDIT-pisteet", 14.2, 11.4, -2.8, 3.6, 0.05),
    "fyysinen": ("Fyysinen hyvinvointi", 11.9, 12.3, 0.4, 1.9, 1.0),
}


def pairs_of(n: int = 16, **change: float | None) -> Released:
    """Two scales measured twice, with Wilcoxon's p."""
    counts: dict[Key, int | None] = {TOTAL: 20}
    means, statistics, variables = {}, {}, {}
    for name, (title, before, after, moved, sd, p) in SCALES.items():
        moved = change.get(name, moved)
        for suffix, value, base, spread in (
            ("alku", before, 20, 5.2),
            ("loppu", after, n, 5.4),
            ("muutos", moved, n, sd),
        ):
            own = f"{name}_{suffix}"
            variables[own] = variable((title,) * 3, ANSWERED)
            counts[one("vastattu", own)] = base
            means[one("vastattu", own)] = mean(value, spread)
        statistics[one("vastattu", f"{name}_muutos"), "p"] = HIDDEN if moved is None else shown(p)
    rows = tuple(one("vastattu", name) for name in variables)
    view = View("pairs", "pairs", "audit_muutos", rows, measure="mean")
    return make(view, counts, variables, means=means, statistics=statistics)


OPINIONS = {
    "taysin_eri": ("Täysin eri mieltä", "Helt av annan åsikt", "Strongly disagree"),
    "eri": ("Jokseenkin eri mieltä", "Delvis av annan åsikt", "Disagree"),
    "ei_kumpikaan": ("Ei samaa eikä eri mieltä", "Varken eller", "Neither"),
    "sama": ("Jokseenkin samaa mieltä", "Delvis av samma åsikt", "Agree"),
    "taysin_sama": ("Täysin samaa mieltä", "Helt av samma åsikt", "Strongly agree"),
}
BLANK = {"tyhja": ("Jätetty tyhjäksi", "Lämnat tomt", "Left blank")}


def item(name: str, title: str, counts: Sequence[int | None], silent: int | None = 2) -> Released:
    """One statement with five answers, and those who left it blank."""
    rows = tuple(one(level, name) for level in OPINIONS)
    blank, answered = one("tyhja", name), one("vastattu", name)
    known = sum(n for n in counts if n is not None)
    base = known if None not in counts else known + 5
    cells = {TOTAL: 27 if silent is None else base + silent, **dict(zip(rows, counts, strict=True)), blank: silent}
    words = {**OPINIONS, **BLANK, **ANSWERED}
    asked = variable((title,) * 3, words, ordered=True)
    view = View(name, "sample", name, (*rows, blank), answered=True, apart=(blank,))
    return make(view, cells | {answered: base}, {name: asked})


CLASSES = {
    "satunnainen": ("Satunnainen asiakaskontakti",) * 3,
    "torjunta": ("Negatiivisten muutosten torjunta",) * 3,
    "yllapito": ("Ylläpitävä työskentely",) * 3,
    "hidas": ("Hitaat positiiviset muutosprosessit",) * 3,
    "sitoutunut": ("Sitoutunut muutostyöskentely",) * 3,
}


def moves(counts: Sequence[Sequence[int | None]]) -> Released:
    """How many went from each class to each."""
    froms = tuple(one(level, "luokka_alku") for level in CLASSES)
    tos = tuple(one(level, "luokka_loppu") for level in CLASSES)
    cells: dict[Key, int | None] = {TOTAL: 123}
    for row, line in zip(froms, counts, strict=True):
        cells[row] = None if None in line else sum(n or 0 for n in line)
        cells |= {join(row, column): n for column, n in zip(tos, line, strict=True)}
    for j, column in enumerate(tos):
        of = [line[j] for line in counts]
        cells[column] = None if None in of else sum(n or 0 for n in of)
    variables = {
        "luokka_alku": variable(("Luokka alussa", "Klass i början", "Class at first"), CLASSES),
        "luokka_loppu": variable(("Luokka lopussa", "Klass i slutet", "Class at last"), CLASSES),
    }
    view = View("moves", "moves", "luokka_loppu", tos, (TOTAL, *froms), by="luokka_alku")
    return make(view, cells, variables)


def numbers(variables: Mapping[str, tuple[str, int, Mapping[str, float | None]]], name: str = "numbers") -> Released:
    """Named numbers of several variables, each with its base."""
    counts: dict[Key, int | None] = {TOTAL: 61}
    statistics, words = {}, {}
    for own, (title, n, found) in variables.items():
        row = one("vastattu", own)
        counts[row], words[own] = n, variable((title,) * 3, ANSWERED)
        statistics |= {(row, which): HIDDEN if value is None else shown(value) for which, value in found.items()}
    rows = tuple(one("vastattu", own) for own in variables)
    view = View(name, "sample", next(iter(variables)), rows, measure="statistic")
    return make(view, counts, words, statistics=statistics)
