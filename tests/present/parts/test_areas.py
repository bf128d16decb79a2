"""What a page tells of an area, in three languages, from what comes along and from what was fetched."""

import json
import re
from pathlib import Path

import pytest

from rakelab import present, regional
from rakelab.errors import UsageError
from rakelab.i18n import LANGUAGES
from rakelab.opendata import OpenDataError
from rakelab.opendata.cache import VARIABLE, Cache, fetched
from rakelab.opendata.sotkanet import BASE

MAKERS = (present.area_summary, present.area_trend, present.area_ranks, present.area_quoted, present.area_people,
          present.area_list, present.area_sources)  # fmt: skip


def plain(html: str) -> str:
    text = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).replace("\xa0", " ").strip()


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))


def kainuu(**more: object) -> regional.Topic:
    return regional.topic("Kainuu", **more)


def test_the_summary_tells_change_rank_quoted_facts_and_how_much_of_the_list_there_is() -> None:
    said = plain(present.area_summary(kainuu(), lang="fi").html())
    assert "227 vuonna 2021 ja 197 vuonna 2024, muutos −13,22 %." in said
    assert "väli ulottuu nollan yli: muutosta ei voi sanoa" in said
    assert "sijalla 11/22 vuonna 2024. sama luku on alueilla Keski-Uusimaa ja Etelä-Pohjanmaa" in said
    assert "suurin luku 22 alueesta vuosina 2019–2021 näissä: ”itsemurhakuolleisuus”" in said
    assert "pienimpien lukujen joukossa vuosina 2019–2021 näissä: ”pitkäaikaistyöttömyys”" in said
    assert "12 indikaattorista 2 saatiin" in said


def test_the_table_under_the_figure_has_counts_margins_and_the_sums_of_all_areas() -> None:
    html = present.area_trend(kainuu(verrokit=["Pohjois-Savo"]), lang="en").html()
    assert "1.2% (197) 1.0–1.4%" in plain(html)
    assert "18,095 (2021), 17,866 (2022), 17,830 (2023) and 17,608 (2024)" in plain(html)
    assert "The source has no figure of the whole country." in plain(html)
    assert html.count('role="img"') == 2
    assert "Areas: Kainuu and North Savo." in html


def test_what_was_fetched_has_a_figure_of_its_own_with_the_country(tmp_path: Path) -> None:
    cache, years = Cache(tmp_path), "&".join(f"years={year}" for year in regional.YEARS)
    described = {"id": 186, "title": {"fi": "Kuolleisuus"}, "organization": {"title": {"fi": "Tilastokeskus"}}}
    rows = [{"indicator": 186, "region": region, "year": year, "gender": "total", "value": 900 + region}
            for region in (962, 658) for year in (2022, 2023)]  # fmt: skip
    for path, answer in (("indicators/186", described), (f"json?indicator=186&{years}&genders=total", rows)):
        cache.put(fetched(f"{BASE}/{path}", json.dumps(answer)))
    html = present.area_trend(kainuu(), lang="sv").html()
    assert html.count('role="img"') == 4
    assert "Kajanaland: 1\xa0862 år 2022 och 1\xa0862 år 2023" in html
    assert "Områden: Kajanaland och Hela landet." in html
    assert "Producent Tilastokeskus; används på producentens egna villkor." in plain(html)
    assert html.count("Källan har inget tal för hela landet.") == 1


def test_two_denominators_are_told_apart_and_with_their_municipalities() -> None:
    said = plain(present.area_people(kainuu(), lang="fi").html())
    assert "Kainuu, kaikki 8 kuntaa 73 061 72 306 71 664 71 255 70 521" in said
    assert "7 kuntaa (ilman Puolankaa) 70 464 69 778 69 173 68 809 68 141" in said
    assert "5 563 970" in said
    assert "69 639" in said


def test_quoted_facts_stand_with_both_versions_and_what_was_withdrawn() -> None:
    said = plain(present.area_quoted(kainuu(), lang="fi").html())
    assert "2017–2019 (v20211104) 2019–2021 (v20230224) itsemurhakuolleisuus 5/22 (122,2) 1/22 (148,3)" in said
    assert "itsensä yksinäiseksi tuntevat 2/22 (125,3) –" in said
    assert "poisti 22.2.2022 luvun ”päihdehuollon avopalveluissa asiakkaita”" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", ["Kainuu", "Lappi", "Kuhmo", "Kuopio", "Åland", "Pohjois-Suomen yhteistyöalue", "maa"])
def test_every_area_has_a_page_in_every_language(area: str, lang: str) -> None:
    topic = regional.topic("koko maa" if area == "maa" else area, ["Kainuu"])
    for make in MAKERS:
        assert plain(make(topic, lang=lang).html())


def test_years_that_are_asked_for_are_the_only_ones() -> None:
    said = plain(present.area_ranks(kainuu(vuodet=[2022]), lang="fi").html())
    assert "2022 1,3 % (219)" in said
    assert "2021 1,3 %" not in said
    none = plain(present.area_trend(kainuu(vuodet=[1999]), lang="fi").html())
    assert none == "Alueelta Kainuu ei ole tätä lukua."


def test_a_page_drawn_of_other_figures_than_it_was_made_of_stops() -> None:
    spec = present.area_list(kainuu()).spec
    spec["topic"] = {**spec["topic"], "of": "0" * 16}
    with pytest.raises(UsageError) as caught:
        present.render(spec, {}, "fi")
    assert caught.value.key == "regional.changed"


def test_a_specification_holds_no_number_and_names_what_its_author_chose(tmp_path: Path) -> None:
    (tmp_path / "oma.toml").write_text('title = { fi = "a" }\n[[indicator]]\nid = 127\nwords = ["väestö"]\n', "utf-8")
    spec = present.area_trend(kainuu(lista=str(tmp_path / "oma.toml"), vuodet=[2021])).spec
    assert spec["given"] == [2021, "oma.toml"]
    assert str(tmp_path) not in str(spec)
    assert "197" not in str(spec)


def test_years_may_be_texts_of_a_command_line_and_nothing_else() -> None:
    assert kainuu(vuodet=["2022", "2021"]).years == (2021, 2022)
    with pytest.raises(UsageError):
        kainuu(vuodet=["2021–2022"])


def test_words_of_an_indicator_come_from_a_file_only() -> None:
    """They may stand on a page, and nothing that a cell has computed may."""
    with pytest.raises(TypeError):
        regional.Wanted(1, ("97 vuotta",))


def test_an_area_that_is_none_and_too_many_peers_stop() -> None:
    with pytest.raises(OpenDataError):
        regional.topic("Kainu")
    with pytest.raises(UsageError) as caught:
        kainuu(verrokit=["Lappi", "Pohjanmaa", "Satakunta", "Kymenlaakso", "Pirkanmaa"])
    assert caught.value.key == "regional.many_peers"
    assert len(kainuu(verrokit=["kainuu", "Lappi", "LAPPI"]).peers) == 1
