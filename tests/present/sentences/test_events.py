"""What was reported more often than before, and the answer to the reporters: hidden stays hidden, words are escaped."""

import re
from dataclasses import replace

import pytest

from present.conftest import YEARS, make, variable
from rakelab import i18n, present
from rakelab.cells import Cell, Excerpt, Release, Released, ReleasedAccount, State, View, join, key
from rakelab.errors import WallError
from rakelab.i18n import LANGUAGES
from rakelab.protect import release_quotes

THEMES = {
    "asunto": ("Asunto", "Bostad", "Housing"), "raha": ("Raha", "Pengar", "Money"),
    "hoito": ("<b>Hoito & apu", "<b>Vård", "<b>Care"), "tyhja": ("Tyhjä", "Tomt", "Blank"),
}  # fmt: skip


def themes(
    counts: dict[str, tuple[int | None, int | None]],
    *,
    years: tuple[str, ...] = ("2020", "2021"),
    days: dict[str, int] | None = None,
) -> Released:
    columns = tuple(key(("vuosi", year)) for year in years)
    cells: dict = {(): 120, **dict.fromkeys(columns, 60)}
    for level, two in counts.items():
        row = key(("teema", level))
        cells[row] = None if None in two else sum(two)  # type: ignore[arg-type]
        cells |= {join(row, column): n for column, n in zip(columns, two, strict=False)}
    words = {"teema": variable(("Teema", "Tema", "Theme"), THEMES, multiple=True),
             "vuosi": replace(variable(("Vuosi", "År", "Year"), YEARS), lengths=days or {})}  # fmt: skip
    missing = (key(("teema", "tyhja")),) if "tyhja" in counts else ()
    rows = tuple(key(("teema", level)) for level in counts)
    view = View("reported_vuosi", "sample", "teema", rows, ((), *columns), by="vuosi", multiple=True, apart=missing)
    return make(view, cells, words)


PLAIN = {"asunto": (10, 40), "raha": (20, 22), "hoito": (None, None)}


def lines(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


# --- trends ---------------------------------------------------------------------------------------------------


def test_both_counts_their_ratio_and_whether_it_rises() -> None:
    rows = lines(present.trends(themes(PLAIN)).html())
    assert rows[0][:4] == ["Asunto", "10", "40", "4,0"]
    assert rows[0][5] == "nousee yli sattuman"
    assert (rows[1][0], rows[1][3], rows[1][5]) == ("Raha", "1,1", "ei")


def test_a_hidden_trend_shows_its_mark_in_every_place_and_no_number() -> None:
    row = lines(present.trends(themes(PLAIN)).html())[2]
    assert len(row) == 6
    assert all("··" in one and "peitetty" in one and not re.search(r"\d", one) for one in row[1:])


def test_nothing_before_has_no_ratio_and_says_so_with_a_mark() -> None:
    row = lines(present.trends(themes({"asunto": (0, 12)})).html("en"))[0]
    assert row[1] == "0"
    assert "–" in row[3]
    assert row[5] == "rises beyond chance"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_trend_table_has_caption_scopes_and_escaped_words(lang: str) -> None:
    html = present.trends(themes(PLAIN), lang=lang).html()
    assert '<caption id="trends-' in html
    assert html.count('scope="col"') == 6
    assert html.count('scope="row"') == 3
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_one_period_is_said_in_words() -> None:
    one = themes({"asunto": (10, None)}, years=("2020",))
    html = present.trends(one).html("en")
    assert "<table" not in html
    assert "only one period" in html
    assert "only one period" in present.rising(one).text("en")


PARTLY = {"2020": 366, "2021": 81}
UNEVEN = {"fi": ("366 päivää", "81 päivää", "vuodenajasta"), "sv": ("366 dagar", "81 dagar", "årstiden"),
          "en": ("366 days", "81 days", "season")}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_long_the_periods_are_is_told_and_that_they_are_not_alike(lang: str) -> None:
    found = themes(PLAIN, days=PARTLY)
    for said in (present.trends(found, lang=lang).html(), present.rising(found).text(lang)):
        assert [word in said for word in UNEVEN[lang]] == [True] * 3
    whole = themes(PLAIN, days={"2020": 366, "2021": 365})
    assert "365" in present.trends(whole, lang=lang).html()
    assert "365" not in present.rising(whole).text(lang)
    assert UNEVEN[lang][2] not in present.trends(whole, lang=lang).html() + present.rising(whole).text(lang)


def test_where_lengths_are_not_known_the_page_says_so() -> None:
    assert "not known" in present.trends(themes(PLAIN), lang="en").html()
    assert "not known" not in present.trends(themes(PLAIN, days=PARTLY), lang="en").html()


# --- in words -------------------------------------------------------------------------------------------------


def test_what_rises_is_named_and_what_is_hidden_is_counted_only() -> None:
    said = present.rising(themes(PLAIN)).text("en")
    assert "2020 → 2021" in said
    assert "Housing” (10 → 40)" in said or "Housing (10 → 40)" in said
    assert "Money" not in said
    assert said.endswith("One comparison cannot be made, because a number is hidden.")


def test_that_nothing_rises_is_said() -> None:
    said = present.rising(themes({"asunto": (10, 11), "raha": (20, 5)})).text("en")
    assert "nothing rose beyond chance" in said
    assert "hidden" not in said


def test_how_many_of_each_and_in_all() -> None:
    said = present.counted(themes({"asunto": (10, 40), "hoito": (None, None), "tyhja": (9, 9)})).text("en")
    assert said.endswith("Housing 50 and <b>Care ·· (n\u00a0=\u00a0120).")


# --- the answer to the reporters ------------------------------------------------------------------------------

DONE = "Avasimme neuvonnan torille."


def release(*done: tuple[str, str], counts: dict | None = None) -> Release:
    table = themes(counts or PLAIN | {"tyhja": (3, 3)})
    excerpts = [Excerpt(i, text, f"toimeksiannot/teema={level}") for i, (level, text) in enumerate(done, 2)]
    quotes = release_quotes(excerpts, approved_by="Aino Testaaja", date="2026-11-20")
    nothing = Cell(State.MISSING)
    account = ReleasedAccount("", "", "sosiaalinen_raportointi", "1", {}, synthetic=True, read=nothing, used=nothing)
    return Release({table.view.id: table}, (), {}, {}, account, quotes=quotes)


def answer(made: Release, lang: str = "en") -> str:
    return present.answer(made, made["reported_vuosi"], of="toimeksiannot", lang=lang).html()


def parts(html: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))


def test_each_theme_with_what_came_and_what_was_done() -> None:
    found = parts(answer(release(("asunto", DONE))))
    assert list(found) == ["Housing", "Money", "&lt;b&gt;Care"]
    assert (
        found["Housing"] == f'<p>50 notifications came.</p><p>What has been done:</p><ul><li lang="fi">{DONE}</li></ul>'
    )
    assert i18n.text("events.answer.open", "en") in found["Money"]


def test_a_hidden_number_of_notifications_is_not_told() -> None:
    found = parts(answer(release(("hoito", DONE))))["&lt;b&gt;Care"]
    assert found.startswith("<p>The number of notifications is not told")
    assert not re.search(r"\d", found)
    assert DONE in found


def test_a_theme_that_nobody_reported_is_left_out_and_one_is_one() -> None:
    found = parts(answer(release(counts={"asunto": (0, 0), "raha": (0, 1)})))
    assert found.keys() == {"Money"}
    assert "<p>One notification came.</p>" in found["Money"]


def test_the_same_deed_is_told_once_and_another_forms_not_at_all() -> None:
    made = release(("asunto", DONE), ("asunto", DONE), ("raha", "Neuvonta jatkuu."))
    assert answer(made).count(DONE) == 1
    other = replace(made, quotes=tuple(replace(q, about=q.about.replace("toimeksiannot", "muu")) for q in made.quotes))
    assert DONE not in answer(other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_words_are_text(lang: str) -> None:
    html = answer(release(("asunto", "<script>alert(1)</script> & <img src=x>")), lang)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_only_what_passed_the_wall_is_answered() -> None:
    table = themes(PLAIN)
    with pytest.raises(WallError):
        present.answer({"reported_vuosi": table}, table, of="toimeksiannot")  # type: ignore[arg-type]
    for make_ in (present.trends, present.rising, present.counted):
        with pytest.raises(WallError):
            make_({"rows": 3})  # type: ignore[arg-type]
