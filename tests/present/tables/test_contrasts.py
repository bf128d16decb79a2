"""Two sources side by side on the page: shares, places, turns and verdicts; hidden numbers stay hidden."""

import re
from dataclasses import replace
from html import unescape

import pytest

from present.conftest import make, make_needs, needs_variable, one
from rakelab import _seal, i18n, present
from rakelab.cells import Released, Variable, join, key
from rakelab.errors import WallError
from rakelab.i18n import LANGUAGES


def second(**counts: int | None) -> Released:
    """Notifications of 60 about some of the same matters, without periods."""
    table = make_needs()
    view = replace(
        table.view, id="reported", indicator="sample", rows=tuple(one(level) for level in counts), columns=((),), by=""
    )
    numbers = {(): 60, **{one(level): n for level, n in counts.items()}}
    return make(view, numbers, {"tuen_tarpeet": needs_variable(uusi=("Uusi", "Ny", "New"))})


def rows(html: str) -> dict[str, list[str]]:
    found = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2])
    cells = ([re.sub(r"<[^>]*>", "", one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in found)
    return {head: rest for head, *rest in cells}


@pytest.fixture
def both() -> tuple[Released, Released]:
    return make_needs(), second(talous=5, asuminen=20, arki=40, vanhemmuus=9, vakivalta=None, uusi=7)


@pytest.fixture
def whole() -> tuple[Released, Released]:
    """The same with nothing hidden."""
    return make_needs(vanhemmuus=12), second(talous=5, asuminen=20, arki=40, vanhemmuus=9, vakivalta=2, uusi=7)


def test_shared_matters_with_share_count_place_and_verdict(whole: tuple[Released, Released]) -> None:
    found = rows(present.beside(*whole).html("en"))
    assert list(found) == ["Economy", "Housing", "Managing everyday life", "Parenting", "Violence"]
    assert found["Economy"][0] == "59% (417; no. 1)"
    assert found["Economy"][2] == "8% (5; no. 4)"
    assert found["Economy"][4] == i18n.text("beside.apart", "en")
    assert found["Managing everyday life"][2] == "67% (40; no. 1)"


def test_a_place_beside_a_hidden_matter_is_among_those_shown(both: tuple[Released, Released]) -> None:
    found = rows(present.beside(*both).html("en"))
    assert found["Economy"][0] == "59% (417; no. 1 of those shown)"
    assert found["Economy"][2] == "8% (5; no. 4 of those shown)"
    assert found["Economy"][4] == i18n.text("beside.unknown", "en")


def test_a_hidden_number_has_its_mark_no_place_and_no_verdict(both: tuple[Released, Released]) -> None:
    found = rows(present.beside(*both).html("en"))
    for name, place in (("Parenting", 0), ("Violence", 2)):
        assert found[name][place].startswith("··")
        assert not re.search(r"[\d(]", found[name][place])
        assert found[name][4] == i18n.text("beside.unknown", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_caption_scopes_and_sources_in_each_language(both: tuple[Released, Released], lang: str) -> None:
    html = present.beside(*both, lang=lang).html()
    assert '<caption id="beside-' in html
    assert html.count('scope="col"') == 6
    assert html.count('scope="row"') == 5
    assert '<p class="key">' in html


def test_sources_that_share_nothing_say_so() -> None:
    html = present.beside(make_needs(), second(uusi=7)).html("en")
    assert "<table" not in html
    assert "share no matters" in html


def test_the_sentence_names_what_points_in_different_directions(whole: tuple[Released, Released]) -> None:
    said = present.beside_sentence(*whole).text("en")
    assert "different directions on these matters: ”Economy”" in said
    assert "They share 5 matters; of 4 of them nothing can be said. Numbers are hidden, or" in said


def test_the_sentence_of_sources_that_are_not_known_to_differ() -> None:
    """The notifications have no years: that both stay as they are is not known."""
    said = present.beside_sentence(make_needs(), second(talous=40, asuminen=20, arki=5)).text("en")
    assert "on no matter of which something can be said" in said
    assert "They share 3 matters; of 3" in said


def test_words_of_a_form_are_text() -> None:
    hostile = needs_variable(talous=("<i>x", "<i>x", "<i>x"))
    tables = [
        replace(table, variables=table.variables | {"tuen_tarpeet": hostile})
        for table in (make_needs(), second(talous=9))
    ]
    html = present.beside(*tables).html()
    assert "<i>" not in html
    assert "&lt;i&gt;x" in html


def test_only_released_tables_are_compared() -> None:
    for make_ in (present.beside, present.beside_sentence):
        with pytest.raises(WallError):
            make_(make_needs(), {"talous": 3})  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sources_of_other_years_are_said_to_be_so(both: tuple[Released, Released], lang: str) -> None:
    clients, workers = (_of_years(one, *years) for one, years in zip(both, (("2020", "2021"), ("2022",)), strict=True))
    said = present.beside_sentence(clients, workers).text(lang)
    assert said == i18n.text("beside.no_common", lang, first="2020, 2021", second="2022")
    html = present.beside(clients, workers, lang=lang).html()
    assert "(2020, 2021)" in html
    assert "(2022)" in html


def _of_years(table: Released, *years: str) -> Released:
    words = {year: dict.fromkeys(LANGUAGES, year) for year in years}
    about = Variable(dict.fromkeys(LANGUAGES, "v"), words, role="period")
    columns = tuple(key(("aika", year)) for year in years)
    cells = {join(k, column): cell for column in columns for k, cell in table.cells.items() if not dict(k).get("vuosi")}
    plain = {k: cell for k, cell in table.cells.items() if not dict(k).get("vuosi")}
    view = replace(table.view, by="aika", columns=((), *columns))
    return _seal.release(view=view, cells=plain | cells, variables={**table.variables, "aika": about})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_the_workers_periods_are_not_as_long_is_told(both: tuple[Released, Released], lang: str) -> None:
    clients, workers = (_of_years(table, "2020", "2021") for table in both)
    about = replace(workers.variables["aika"], lengths={"2020": 366, "2021": 90})
    view = replace(workers.view, indicator="reported")
    uneven = _seal.release(view=view, cells=workers.cells, variables={**workers.variables, "aika": about})
    known = _seal.release(view=view, cells=workers.cells, variables=workers.variables)
    said = i18n.text("events.uneven", lang, a="2020", b="2021", first="366", second="90")
    told = [said in present.beside(clients, one, lang=lang).html() for one in (uneven, known)]
    assert told == [True, False]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("clients", "workers"), [("Essote", "Kainuu"), ("Essote", ""), ("", "Kainuu")])
def test_sources_of_other_areas_are_not_set_side_by_side(
    whole: tuple[Released, Released], lang: str, clients: str, workers: str
) -> None:
    first, other = (replace(table, area=area) for table, area in zip(whole, (clients, workers), strict=True))
    html, said = present.beside(first, other).html(lang), present.beside_sentence(first, other).text(lang)
    assert "<table" not in html
    assert said in unescape(html)
    assert all(area in said for area in (clients, workers))
    assert "59" not in html


def test_of_one_area_it_is_named_and_of_unknown_ones_the_reader_is_asked(whole: tuple[Released, Released]) -> None:
    named = tuple(replace(table, area="Kainuu") for table in whole)
    assert "Both sources are of the area Kainuu." in present.beside(*named).html("en")
    assert "check that both are of the same area" in present.beside(*whole).html("en")
    assert rows(present.beside(*named).html("en")) == rows(present.beside(*whole).html("en"))


def test_an_area_is_the_same_in_small_letters(whole: tuple[Released, Released]) -> None:
    first, other = (replace(table, area=area) for table, area in zip(whole, ("Kainuu", "kainuu"), strict=True))
    assert rows(present.beside(first, other).html("en")) == rows(present.beside(*whole).html("en"))
