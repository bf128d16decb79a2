"""A county's own list of indicators: filled from what comes along and from the cache, or why not."""

import json
from pathlib import Path

import pytest

from rakelab import regional
from rakelab.errors import CodebookError
from rakelab.opendata import OpenDataError, Sotkanet, area, web
from rakelab.opendata.cache import VARIABLE, Cache, fetched
from rakelab.opendata.sotkanet import BASE

KAINUU = area("Kainuu")


def written(folder: Path, text: str) -> str:
    (folder / "oma.toml").write_text(f'title = {{ fi = "Oma lista" }}\n{text}', encoding="utf-8")
    return str(folder / "oma.toml")


def entry(number: object, *words: str) -> str:
    return f"[[indicator]]\nid = {number}\nwords = {json.dumps(words, ensure_ascii=False)}\n"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return Cache(tmp_path / "cache")


def keep(cache: Cache, path: str, answer: object) -> None:
    cache.put(fetched(f"{BASE}/{path}", json.dumps(answer)))


def described(number: int, title: str, kind: str = "/ 100 000 asukasta") -> dict[str, object]:
    of = {"organization": {"title": {"fi": "Kela"}}, "primaryValueType": {"code": "x", "title": {"fi": kind}}}
    return {"id": number, "title": {"fi": title}, **of}


def data(number: int) -> str:
    years = "&".join(f"years={year}" for year in regional.YEARS)
    return f"json?indicator={number}&{years}&genders=total"


def test_the_list_that_comes_along_is_filled_as_far_as_the_figures_go(cache: Cache) -> None:
    lines = regional.listed(regional.entries(""), KAINUU, [])
    filled = {line.asked.id: (line.year, line.value.value) for line in lines if not line.why}
    assert filled == {127: (2022, 70521), 3563: (2024, 1.2)}
    assert {line.why for line in lines} == {"", "not_fetched"}
    assert len(lines) == 12


def test_what_was_fetched_fills_its_line_with_rank_and_terms(cache: Cache, tmp_path: Path) -> None:
    keep(cache, "indicators/186", described(186, "Kuolleisuus / 100 000 asukasta"))
    rows = [{"indicator": 186, "region": own.sotkanet, "year": 2023, "gender": "total", "value": 900 + int(own.code),
             "absValue": 640} for own in regional.compared()]  # fmt: skip
    keep(cache, data(186), rows)
    (line,) = regional.listed(regional.entries(written(tmp_path, entry(186, "kuolleisuus"))), KAINUU, [])
    assert (line.year, line.value.value, line.own.licence, line.own.producer["fi"]) == (2023, 920, "", "Kela")
    assert (line.rank.place, line.rank.of) == (3, 22)
    assert round(line.margin.low / 920 * 640, 2) == 591.37
    assert line.title["sv"] == "Kuolleisuus / 100 000 asukasta"


@pytest.mark.parametrize(
    ("title", "values", "why"),
    [("Jotakin muuta", [1], "other_title"), ("Kuolleisuus", [], "none"), ("Kuolleisuus", [None], "none")],
)
def test_a_line_without_a_figure_says_why(
    cache: Cache, tmp_path: Path, title: str, values: list[object], why: str
) -> None:
    keep(cache, "indicators/186", described(186, title))
    rows = [{"indicator": 186, "region": 962, "year": 2023, "gender": "total", "value": value} for value in values]
    keep(cache, data(186), rows)
    (line,) = regional.listed(regional.entries(written(tmp_path, entry(186, "kuolleisuus"))), KAINUU, [])
    assert (line.why, line.value) == (why, None)


@pytest.mark.parametrize(
    ("kind", "known"),
    [("%", True), ("Prosenttia väestöstä", True), ("/ 1000 asukasta", True),
     ("1 000 asukasta kohti", True), ("/ 10 000 asukasta", True), ("euroa / asukas", False), ("lukumäärä", False),
     ("", False)],
)  # fmt: skip
def test_only_of_a_share_of_people_the_count_makes_a_margin(
    cache: Cache, tmp_path: Path, kind: str, known: bool
) -> None:
    """Of euros per inhabitant the sum of euros is no count, and its margin would be a hair."""
    keep(cache, "indicators/186", described(186, "Menot", kind))
    keep(cache, data(186), [{"indicator": 186, "region": 962, "year": year, "gender": "total", "value": 5.0,
                             "absValue": 100} for year in (2022, 2023)])  # fmt: skip
    (line,) = regional.listed(regional.entries(written(tmp_path, entry(186, "menot"))), KAINUU, [])
    assert (line.margin.low is not None) is known
    assert (regional.change(line.own, KAINUU, 2022, 2023) is not None) is known


def test_an_id_that_comes_along_under_another_title_gives_no_figure(cache: Cache, tmp_path: Path) -> None:
    (line,) = regional.listed(regional.entries(written(tmp_path, entry(127, "itsemurha"))), KAINUU, [])
    assert line.why == "other_title"


@pytest.mark.parametrize(
    "text",
    [
        "[[indicator]]\nid = 127\n",
        entry(0, "väestö"),
        entry(127, " "),
        entry('"127"', "väestö"),
        entry(127, "väestö") + entry(127, "väestö"),
        entry(127, "väestö") + "nimi = 1\n",
        "x = ",
    ],
)
def test_a_list_that_is_wrong_tells_every_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises(CodebookError) as caught:
        regional.entries(written(tmp_path, text))
    for lang in ("fi", "sv", "en"):
        assert "oma.toml" in caught.value.sentence(lang)


# --- fetching -------------------------------------------------------------------------------------------------


def test_a_list_is_fetched_into_the_cache_and_then_told_without_a_network(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a server would answer is played by the one function that asks it."""
    years = "years=2021&years=2022"
    answers = {
        "regions": [{"id": 5, "code": "290", "category": "KUNTA", "title": {"fi": "Kuhmo"}}],
        "indicators/186": described(186, "Kuolleisuus"),
        f"json?indicator=186&{years}&genders=total": [
            {"indicator": 186, "region": 5, "year": 2022, "gender": "total", "value": 7.5}
        ],
    }
    asked = []

    def played(url: str, *_: object, **__: object) -> str:
        asked.append(url.removeprefix(f"{BASE}/"))
        return json.dumps(answers[asked[-1]])

    monkeypatch.setattr(web, "get", played)
    lines = regional.entries(written(tmp_path, entry(186, "kuolleisuus")))
    regional.fetched(lines, ["2022", 2021], Sotkanet())
    assert sorted(asked) == sorted(answers)
    monkeypatch.setattr(web, "get", lambda *_, **__: pytest.fail("no network here"))
    (line,) = regional.listed(lines, area("Kuhmo"), [2021, 2022])
    assert (line.year, line.value.value, line.margin.low, line.rank) == (2022, 7.5, None, None)


def test_an_id_with_another_title_stops_the_fetching(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "get", lambda url, *_, **__: json.dumps([] if "regions" in url else described(186, "Muu")))
    with pytest.raises(OpenDataError) as caught:
        regional.fetched(regional.entries(written(tmp_path, entry(186, "kuolleisuus"))), [], Sotkanet())
    assert caught.value.key == "opendata.title"
