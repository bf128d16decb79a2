"""The register of a plan on a page: a table for each year, values with date and source, years side by side."""

from re import findall, sub

import pytest

from present.conftest import make, one, variable
from rakelab import present
from rakelab.cells import HIDDEN, TOTAL, Cell, Filled, Record, Release, ReleasedAccount, State, View, join, key, shown
from rakelab.errors import WallError
from rakelab.protect import release_register

STATES = {
    "ei_aloitettu": ("Ei aloitettu", "Inte påbörjad", "Not started"),
    "kesken": ("Kesken", "Pågår", "Under way"),
    "toteutunut": ("Toteutunut", "Genomförd", "Carried out"),
}
YEARS = {year: (year,) * 3 for year in ("2021", "2022")}
TITLES = {"fi": "Sosiaalinen raportointi", "sv": "Social rapportering", "en": "Social reporting"}
SOURCE = (("raportti-2021", TITLES),)
COUNTED = {"indicator": "Ilmoitusten lukumäärä", "measure": "ilmoitusten_lukumaara"}
MEETINGS = {"indicator": "Tapaamiset", "action": "Työryhmä", "responsible": "Sosiaalijohtaja", "value": "6.5"}


def states() -> object:
    columns = (TOTAL, *(key(("period", year)) for year in YEARS))
    counts: dict = dict(zip(columns, (9, 4, 5), strict=True))
    for level, three in (("ei_aloitettu", (2, 0, 2)), ("kesken", (4, 1, 3)), ("toteutunut", (3, 3, 0))):
        counts |= {join(one(level, "state"), c): n for c, n in zip(columns, three, strict=True)}
    rows = tuple(one(level, "state") for level in STATES)
    words = {"state": variable(("Tila", "Läge", "State"), STATES, ordered=True)}
    words["period"] = variable(("Vuosi", "År", "Year"), YEARS)
    title = {"fi": "Suunnitelman mittarien tila", "sv": "Läget för mätarna", "en": "State of the plan's measures"}
    view = View("plan_states_vuosi", "plan_states", "state", rows, columns, by="period", title=title)
    return make(view, counts, words)


def release(*rows: tuple[dict[str, str], Filled | None]) -> Release:
    common = {"period": "2021", "goal": "Koordinaatio", "state": "kesken"}
    records = [Record(i, common | cells, filled) for i, (cells, filled) in enumerate(rows, 2)]
    entries = release_register(records, approved_by="Testi Hyväksyjä", date="2026-11-02")
    nothing = Cell(State.MISSING)
    account = ReleasedAccount("", "", "", "", TITLES, synthetic=True, read=nothing, used=nothing)
    return Release({"plan_states_vuosi": states()}, (), {}, {}, account, entries=entries)


def words(html: str) -> str:
    return " ".join(sub(r"<[^>]*>", " ", html).split())


def test_a_table_for_each_year_the_latest_first_with_headed_rows_and_columns() -> None:
    html = present.register(release((MEETINGS, None), (MEETINGS | {"period": "2022"}, None))).html()
    captions = [words(one) for one in findall(r"<caption.*?</caption>", html)]
    assert captions == ["Suunnitelman toteutuminen 2022", "Suunnitelman toteutuminen 2021"]
    heads = ["Mittari", "Toimenpide", "Vastuutaho", "Tila", "Arvo ja lähde", "Näyttö"]
    assert findall(r'<th scope="col">([^<]*)</th>', html) == heads * 2
    assert findall(r'<th scope="row" lang="fi">([^<]*)</th>', html) == ["Tapaamiset"] * 2
    assert findall(r'<th scope="rowgroup" colspan="6" lang="fi">([^<]*)</th>', html) == ["Koordinaatio"] * 2
    ids = findall(r'<table id="([^"]*)"', html)
    assert len(set(ids)) == 2


def test_a_value_by_hand_has_its_date_and_source_or_it_is_said_what_it_lacks() -> None:
    told = {"date": "2021-12-15", "source": "Muistiot"}
    html = present.register(release((MEETINGS | told, None), (MEETINGS, None))).html()
    assert "Arvo ja lähde 6,5 15.12.2021, Muistiot" in words(html)
    assert "Arvo ja lähde 6,5 päivä puuttuu, lähde puuttuu" in words(html)
    assert "6.5 15 December 2021, Muistiot" in words(present.register(release((MEETINGS | told, None))).html("en"))


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (Filled(shown(28), SOURCE), "28 laskettu julkaisusta 1 "),
        (Filled(HIDDEN, SOURCE), "·· peitetty laskettu julkaisusta 1 "),
        (Filled(Cell(State.MISSING)), "– ei tietoa annetuissa raporteissa ei ole tätä lukua "),
        (None, "– ei tietoa lasketaan, kun aiemmat raportit annetaan "),
    ],
)
def test_a_counted_value_names_its_release_or_says_why_there_is_none(filled: Filled | None, said: str) -> None:
    html = words(present.register(release((COUNTED, filled))).html())
    assert f"Arvo ja lähde {said}" in html
    assert ("Julkaisu 1: Sosiaalinen raportointi (kansio raportti-2021)." in html) == bool(filled and filled.sources)


def test_a_value_by_hand_stays_beside_a_counted_one() -> None:
    both = COUNTED | {"value": "27", "date": "2021-12-15", "source": "Muistio"}
    html = words(present.register(release((both, Filled(shown(28), SOURCE)))).html())
    assert "28 laskettu julkaisusta 1 27 15.12.2021, Muistio" in html


def test_who_approved_is_told_and_states_have_the_words_of_the_page() -> None:
    html = words(present.register(release((MEETINGS, None))).html("sv"))
    assert "Raderna godkändes för publicering av Testi Hyväksyjä 2.11.2026." in html
    assert "Läge Pågår" in html


def test_texts_of_the_plan_are_escaped_and_marked_as_finnish() -> None:
    html = present.register(release((MEETINGS | {"evidence": "<b>&"}, None))).html("en")
    assert '<span lang="fi">&lt;b&gt;&amp;</span>' in html


def test_years_stand_side_by_side_and_a_changed_state_is_told() -> None:
    later, bare = {"period": "2022"}, {name: text for name, text in MEETINGS.items() if name != "value"}
    html = present.followed(
        release(
            (MEETINGS, None),
            (COUNTED, Filled(shown(28), SOURCE)),
            ({"indicator": "Vain ennen"}, None),
            (bare | later | {"state": "toteutunut"}, None),
            (COUNTED | later, Filled(HIDDEN, SOURCE)),
            ({"indicator": "Uusi"} | later, None),
        )
    ).html()
    lines = [words(line) for line in findall(r'<tr><th scope="row".*?</tr>', html)]
    assert lines == [
        "Tapaamiset (Työryhmä) Kesken 6,5 Toteutunut kyllä",
        "Ilmoitusten lukumäärä Kesken 28 Kesken ·· peitetty ei",
        "Vain ennen Kesken – ei tietoa ei enää mukana",
        "Uusi – ei tietoa Kesken uusi mittari",
    ]


def test_one_year_cannot_be_compared_and_no_rows_is_said() -> None:
    assert "vain yksi vuosi" in present.followed(release((MEETINGS, None))).html()
    assert words(present.register(release()).html()) == "Suunnitelman rivejä ei ole."


def test_progress_tells_each_year_the_latest_first_without_noughts() -> None:
    told = present.progress(states())
    assert told.text("fi") == (
        "Suunnitelman mittarien tila: 2022: ”Ei aloitettu” 2 ja ”Kesken” 3; 2021: ”Kesken” 1 ja ”Toteutunut” 3."
    )
    assert told.text("en") == (
        "State of the plan's measures: 2022: “Not started” 2 and “Under way” 3; "
        "2021: “Under way” 1 and “Carried out” 3."
    )


def test_totals_are_counts_without_percentages() -> None:
    html = present.totals(states()).html()
    lines = [words(line) for line in findall(r"<tr>.*?</tr>", html)]
    assert lines == ["Tila 2021 2022", "Ei aloitettu 0 2", "Kesken 1 3", "Toteutunut 3 0"]


def test_only_a_release_comes_in() -> None:
    for show in (present.register, present.followed):
        with pytest.raises(WallError) as caught:
            show(states())
        assert caught.value.key == "present.not_released"
