"""Sotkanet as it is documented, and as it must not be believed."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rakelab.opendata import OpenDataError, Sotkanet, Standing
from rakelab.opendata.cache import Cache

from .conftest import CSV, HTML, JSON, POPULATION, Played, Reply, row

KAINUU, COUNTRY = 962, 658


def key_of(action) -> str:
    with pytest.raises(OpenDataError) as caught:
        action()
    for lang in ("fi", "sv", "en"):
        assert caught.value.sentence(lang)
    return caught.value.key


# --- the documented shapes ------------------------------------------------------------------------------------


def test_each_year_is_asked_for_by_itself_and_by_our_own_name(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", [row(KAINUU, 2021, value=71255, absValue=71255), row(KAINUU, 2022, value=70521)])
    answer = sotkanet.data(127, [2022, 2021, 2022])
    ((path, agent),) = server.asked
    assert path == "json?indicator=127&years=2021&years=2022&genders=total"
    assert "rakelab" in agent
    assert "httpx" not in agent
    assert [(r.year, r.value.value, r.absolute.value) for r in answer.rows] == [
        (2021, 71255, 71255),
        (2022, 70521, None),
    ]


def test_zero_withheld_and_missing_are_three_things(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", [row(KAINUU, 2021, value=0), row(974, 2021, value=None), row(COUNTRY, 2021)])
    answer = sotkanet.data(127, [2021])
    standing = {place: answer.at(place, 2021).standing for place in (KAINUU, 974, COUNTRY, 975)}
    assert standing == {
        KAINUU: Standing.ZERO, 974: Standing.WITHHELD, COUNTRY: Standing.WITHHELD, 975: Standing.MISSING
    }  # fmt: skip


def test_a_year_without_data_is_told(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", [row(KAINUU, 2021, value=1.5)])
    answer = sotkanet.data(127, [2021, 2031])
    assert answer.without == (2031,)
    assert answer.at(KAINUU, 2031).standing is Standing.MISSING


@pytest.mark.parametrize("number", ["1,5", "1.5"])
def test_csv_is_read_with_either_decimal_sign(server: Played, sotkanet: Sotkanet, number: str) -> None:
    head = "\ufeffindicator;region;year;gender;primary value;absolute value\r\n"
    lines = f"127;962;2021;total;{number};12 345\r\n127;974;2021;total;..;\r\n127;975;2021;total;0;0\r\n"
    server.say("csv", Reply(head + lines, kind=CSV))
    answer = sotkanet.data(127, [2021], kind="csv")
    assert [r.value.value for r in answer.rows] == [1.5, None, 0]
    assert [r.absolute.value for r in answer.rows] == [12345, None, 0]
    assert answer.rows[1].value.standing is Standing.WITHHELD


def test_an_indicator_tells_its_title_producer_and_licence(server: Played, sotkanet: Sotkanet) -> None:
    server.say("indicators/127", POPULATION)
    described = sotkanet.indicator(127, ["väestö"])
    assert (described.title["sv"], described.licence, described.limits) == ("Befolkning 31.12.", "CC BY 4.0", {})
    assert described.kind == "lukumäärä"
    cited = described.citation("fi")
    assert "Väestö 31.12. (ind. 127). Viitattu " in cited
    assert "CC BY 4.0" in cited


def test_another_producers_indicator_has_no_licence_of_thls(server: Played, sotkanet: Sotkanet) -> None:
    server.say("indicators/127", {**POPULATION, "organization": {"title": {"fi": "Kansaneläkelaitos (Kela)"}}})
    described = sotkanet.indicator(127, ["väestö"])
    assert described.licence == ""
    assert "Kansaneläkelaitos (Kela)" in described.citation("en")
    assert "CC BY" not in described.citation("en")


def test_places_have_their_codes_as_text(server: Played, sotkanet: Sotkanet) -> None:
    server.say("regions", [{"id": 962, "code": "20", "category": "HYVINVOINTIALUE", "title": {"fi": "Kainuun hva"}},
                           {"id": 5, "code": "005", "category": "KUNTA", "title": {"fi": "Alajärvi"}}])  # fmt: skip
    assert [(place.id, place.code, place.category) for place in sotkanet.places()] == [
        (962, "20", "HYVINVOINTIALUE"), (5, "005", "KUNTA"),
    ]  # fmt: skip


# --- an id that is something else -----------------------------------------------------------------------------


def test_an_id_whose_title_is_another_stops_and_tells_both(server: Played, sotkanet: Sotkanet) -> None:
    server.say("indicators/180", {**POPULATION, "id": 180, "title": {"fi": "Koulutustasomittari"}})
    with pytest.raises(OpenDataError) as caught:
        sotkanet.indicator(180, ["itsemurha"])
    assert caught.value.key == "opendata.title"
    assert "Koulutustasomittari" in str(caught.value)
    assert "itsemurha" in str(caught.value)


def test_the_expected_words_may_be_in_any_language_and_in_another_unicode_form(
    server: Played, sotkanet: Sotkanet
) -> None:
    server.say("indicators/127", POPULATION)
    assert sotkanet.indicator(127, ["VÄESTÖ", "31.12"]).id == 127
    assert sotkanet.indicator(127, ["Va\u0308esto\u0308"]).id == 127
    assert sotkanet.indicator(127, ["befolkning"]).id == 127
    assert key_of(lambda: sotkanet.indicator(127, ["befolkning", "väestö"])) == "opendata.title"
    assert key_of(lambda: sotkanet.indicator(127, [])) == "opendata.title"  # nothing expected is nothing checked


def test_rows_of_another_indicator_are_not_taken(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", [row(KAINUU, 2021, value=1), {**row(KAINUU, 2022, value=2), "indicator": 128}])
    assert key_of(lambda: sotkanet.data(127, [2021])) == "opendata.other_indicator"


@pytest.mark.parametrize("body", [{}, [{}], [1], "text", [{"indicator": "x"}]])
def test_another_shape_is_told(server: Played, sotkanet: Sotkanet, body: object) -> None:
    server.say("json", body)
    assert key_of(lambda: sotkanet.data(127, [2021])) == "opendata.shape"


def test_a_value_that_is_no_number_is_not_guessed(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", [row(KAINUU, 2021, value="1.234,5")])
    assert key_of(lambda: sotkanet.data(127, [2021])) == "opendata.not_number"


# --- servers that are ill -------------------------------------------------------------------------------------

GOOD = Reply(json.dumps([row(KAINUU, 2021, value=7)]))


@pytest.mark.parametrize(
    ("first", "why"),
    [
        (Reply("", 429, headers={"Retry-After": "600"}), "opendata.busy"),
        (Reply("", 500), "opendata.ill"),
        (Reply("", 503), "opendata.ill"),
        (Reply('[{"indicator": 127, "reg'), "opendata.not_whole"),
        (Reply("[]", length=500), "opendata.unreachable"),
    ],
)
def test_what_may_pass_is_tried_again(server: Played, sotkanet: Sotkanet, first: Reply, why: str) -> None:
    server.say("json", first, GOOD)
    assert sotkanet.data(127, [2021]).at(KAINUU, 2021).value == 7
    assert len(server.asked) == 2
    server.say("json", first)
    assert key_of(lambda: sotkanet.data(127, [2022])) == why
    assert len(server.asked) == 2 + 4


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply("", 403), "opendata.refused"),
        (Reply("", 407), "opendata.refused"),
        (Reply("", 400), "opendata.status"),
        (Reply("", 404), "opendata.status"),
        (Reply("<!DOCTYPE html><title>Kirjaudu</title>", kind=HTML), "opendata.page"),
        (Reply(" \n<html>", kind=JSON), "opendata.page"),
    ],
)
def test_what_another_try_would_not_mend_is_told_at_once(
    server: Played, sotkanet: Sotkanet, reply: Reply, why: str
) -> None:
    server.say("json", reply)
    assert key_of(lambda: sotkanet.data(127, [2021])) == why
    assert len(server.asked) == 1


def test_a_proxys_page_instead_of_csv_is_no_empty_table(server: Played, sotkanet: Sotkanet) -> None:
    server.say("csv", Reply("<html>login</html>", kind=CSV))
    assert key_of(lambda: sotkanet.data(127, [2021], kind="csv")) == "opendata.page"


def test_a_slow_server_is_not_waited_for(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", replace(GOOD, wait=0.6))
    hurried = replace(sotkanet, manners=replace(sotkanet.manners, seconds=0.1, tries=1))
    assert key_of(lambda: hurried.data(127, [2021])) == "opendata.slow"


def test_an_answer_without_end_is_not_taken(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", Reply("[" + " " * 5000 + "]"))
    small = replace(sotkanet, manners=replace(sotkanet.manners, most=1000))
    assert key_of(lambda: small.data(127, [2021])) == "opendata.large"


def test_a_server_that_is_not_there_is_told(sotkanet: Sotkanet) -> None:
    nobody = replace(sotkanet, base="http://127.0.0.1:9/rest/1.1")
    assert key_of(lambda: nobody.data(127, [2021])) == "opendata.unreachable"


def test_no_years_are_no_question(server: Played, sotkanet: Sotkanet) -> None:
    assert key_of(lambda: sotkanet.data(127, [])) == "opendata.no_years"
    assert server.asked == []


# --- the cache ------------------------------------------------------------------------------------------------


def test_what_was_asked_once_is_not_asked_again(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", GOOD)
    first, second = sotkanet.data(127, [2021]), sotkanet.data(127, [2021])
    assert len(server.asked) == 1
    assert first.answer == second.answer
    assert len(first.answer.sha256) == 64
    assert first.answer.day[:2] == "20"


def test_offline_asks_nobody_and_says_what_is_not_there(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", GOOD)
    sotkanet.data(127, [2021])
    offline = replace(sotkanet, offline=True, days=0)
    assert offline.data(127, [2021]).at(KAINUU, 2021).value == 7
    with pytest.raises(OpenDataError) as caught:
        offline.data(127, [2022])
    assert caught.value.key == "opendata.offline"
    assert "years=2022" in str(caught.value)
    assert len(server.asked) == 1


def test_an_old_answer_is_asked_for_again_and_used_where_nobody_answers(server: Played, sotkanet: Sotkanet) -> None:
    server.say("json", GOOD, Reply(json.dumps([row(KAINUU, 2021, value=8)])), Reply("", 403))
    assert not sotkanet.data(127, [2021]).answer.stale
    impatient = replace(sotkanet, days=-1)
    assert impatient.data(127, [2021]).at(KAINUU, 2021).value == 8
    kept = impatient.data(127, [2021])
    assert (kept.answer.stale, kept.at(KAINUU, 2021).value) == (True, 8)


def test_a_file_that_somebody_has_changed_is_not_believed(server: Played, sotkanet: Sotkanet, tmp_path: Path) -> None:
    server.say("json", GOOD)
    sotkanet.data(127, [2021])
    (file,) = tmp_path.glob("*.json")
    file.write_text(file.read_text("utf-8").replace('\\"value\\": 7', '\\"value\\": 9'), encoding="utf-8")
    assert sotkanet.data(127, [2021]).at(KAINUU, 2021).value == 7
    assert len(server.asked) == 2


def test_nothing_bad_is_kept(server: Played, sotkanet: Sotkanet, tmp_path: Path) -> None:
    server.say("json", Reply("<html>"))
    key_of(lambda: sotkanet.data(127, [2021]))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_costs_the_cache_only(server: Played, sotkanet: Sotkanet, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    server.say("json", GOOD)
    refused = replace(sotkanet, cache=Cache(tmp_path / "file" / "folder"))
    assert refused.data(127, [2021]).at(KAINUU, 2021).value == 7


def test_without_httpx_the_cache_still_answers(
    server: Played, sotkanet: Sotkanet, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.say("json", GOOD)
    sotkanet.data(127, [2021])
    monkeypatch.setitem(sys.modules, "httpx", None)
    assert sotkanet.data(127, [2021]).at(KAINUU, 2021).value == 7
    assert key_of(lambda: sotkanet.data(127, [2022])) == "opendata.no_httpx"


# --- the real one ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(not os.environ.get("RAKELAB_LIVE"), reason="asks Sotkanet itself: RAKELAB_LIVE=1")
def test_sotkanet_itself_answers_as_it_is_documented(tmp_path: Path) -> None:
    live = Sotkanet(Cache(tmp_path))
    assert live.indicator(127, ["väestö"]).licence == "CC BY 4.0"
    assert live.data(127, [2022]).at(COUNTRY, 2022).value == 5563970
