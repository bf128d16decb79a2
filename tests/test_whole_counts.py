"""What was counted whole and not sampled has no interval: declared by the form, a count by period, a remark."""

import json
from dataclasses import replace

import pytest
from spec import BOOK, drawn

from rakelab import archive, estimate, i18n, indicators, present
from rakelab.cells import Release, Released, key
from rakelab.codebook import Codebook, codebook
from rakelab.fields import Category, Field
from rakelab.indicators.measure import variable
from rakelab.protect import protect

WHOLE = replace(BOOK, counted="all")
HEAD = "vuosi | ika | tulojen_riittavyys\n"
ROWS = "\n".join(f"{2020 + i % 2} | {30 + i} | {('hyvin', 'juuri', 'huonosti')[i % 3]}" for i in range(60))
HOW = "tulojen_riittavyys"
INTERVAL = {"fi": "luottamusväli", "sv": "konfidensintervall", "en": "confidence interval"}


def released(book: Codebook) -> Release:
    people = drawn(HEAD + ROWS, book)
    return protect([indicators.profile(people, HOW), indicators.number(people, "ika")])


def table(book: Codebook, name: str = f"profile_{HOW}") -> Released:
    """As it comes back from the file: what a gathered page sees."""
    return archive.loads(archive.dumps(released(book)))[name]


def html(one: Released, lang: str) -> str:
    return present.table(one, lang=lang).html()


def test_the_share_of_a_sample_has_an_interval_and_that_of_all_there_are_has_none() -> None:
    row = key((HOW, "juuri"))
    some, every = (estimate.proportion(table(book), row) for book in (BOOK, WHOLE))
    assert some.share.value == every.share.value == pytest.approx(20 / 60)
    assert some.low.known
    assert (str(every.low), str(every.high)) == ("–", "–")


def test_released_json_holds_no_interval_of_all_there_are() -> None:
    document = json.loads(archive.dumps(released(WHOLE)))
    statistics = {one["statistic"] for one in document["numbers"] if one["table"] == f"profile_{HOW}"}
    assert statistics == {"count", "percent"}
    ends = {one["statistic"]: one["state"] for one in document["numbers"] if one["statistic"].startswith("mean_")}
    assert ends == {"mean_low": "missing", "mean_high": "missing"}
    assert document["verdicts"] == []


def test_a_file_made_before_forms_could_say_so_is_of_a_sample() -> None:
    document = json.loads(archive.dumps(released(BOOK)))
    for one in document["variables"].values():
        del one["counted"]
    again = archive.loads(json.dumps(document))
    assert again[f"profile_{HOW}"].sampled


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_table_and_the_figure_say_nothing_of_intervals(lang: str) -> None:
    one = table(WHOLE)
    figure = present.bars(one, alt=present.leading(one), lang=lang).html()
    for made in (html(one, lang), figure, present.leading(one).text(lang)):
        assert "20" in made
        assert INTERVAL[lang] not in made
    assert INTERVAL[lang] in html(table(BOOK), lang)
    assert INTERVAL[lang] in present.leading(table(BOOK)).text(lang)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_a_mean_of_all_there_are_is_told_without_an_interval(lang: str) -> None:
    release = released(WHOLE)
    one = next(found for found in release.values() if found.view.measure == "mean")
    found = estimate.mean(one)
    assert found.mean.value == pytest.approx(59.5)
    assert not found.low.known
    assert i18n.number(59.5, lang, 1) in present.mean_age(one).text(lang)


def test_groups_of_all_there_are_are_compared_without_a_test() -> None:
    found = estimate.compare(_grouped(WHOLE))
    known = [(one.difference.known, one.low.known, one.verdict.known) for one in found]
    assert known == [(True, False, False)] * 3
    for lang in i18n.LANGUAGES:
        assert INTERVAL[lang] not in present.contrast(found).text(lang)
        assert INTERVAL[lang] in present.contrast(estimate.compare(_grouped(BOOK))).text(lang)


def _grouped(book: Codebook) -> Released:
    people = drawn(HEAD + ROWS, book)
    years = Field("lukukausi", "string", BOOK[HOW].title, tuple(Category(v, BOOK[HOW].title) for v in ("a", "b")))
    frame = people.frame.assign(lukukausi=["a", "b"] * 30)
    frame["lukukausi"] = frame["lukukausi"].astype("category").cat.set_categories(list(years.levels))
    grouped = replace(people, frame=frame, codebook=people.codebook.with_field(years))
    (made,) = protect([indicators.profile(grouped, HOW, by="lukukausi")]).values()
    return made


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_a_page_says_once_what_an_interval_does_not_cover(lang: str) -> None:
    limits, whole = (i18n.text(f"present.method.{name}", lang) for name in ("limits", "whole"))
    told = {book.counted: present.made(released(book), lang=lang).html() for book in (BOOK, WHOLE)}
    assert (told["sample"].count(limits), told["sample"].count(whole)) == (1, 0)
    assert (told["all"].count(limits), told["all"].count(whole)) == (0, 1)


def test_a_count_by_period_and_a_remark_on_the_handling_are_whole_in_any_form() -> None:
    assert variable(codebook("osaamiskartoitus"), "aalto", ()).counted == "all"
    assert variable(codebook("osaamiskartoitus"), "osa_etuudet", ()).counted == "sample"
    mark = Field("huomio", "string", {}, (Category("ok", {}),), open=("ok",))
    words = dict.fromkeys(i18n.LANGUAGES, "w")
    mark = replace(mark, title=words, categories=(Category("ok", words),))
    assert variable(BOOK.with_field(mark), "huomio", ("ok",)).counted == "all"
    assert variable(BOOK.with_field(replace(mark, open=())), "huomio", ("ok",)).counted == "sample"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sosiaalinen_raportointi", "all"), ("toimeksiannot", "all"), ("paatokset", "all"),
        ("toteutussuunnitelma", "all"),
        ("palvelutarve", "sample"), ("aktivointisuunnitelma", "sample"), ("asiakaskysely", "sample"),
        ("havainnot", "sample"), ("tapahtumat", "all"), ("opintojaksopalaute", "sample"),
    ],
)  # fmt: skip
def test_what_the_forms_that_come_with_rakelab_say(name: str, said: str) -> None:
    assert codebook(name).counted == said


def test_notifications_have_counts_and_shares_only() -> None:
    book = codebook("sosiaalinen_raportointi")
    rows = "\n".join(f"i{i} | 2021-0{3 + i % 3}-01 | {('positiivinen', 'negatiivinen')[i % 2]}" for i in range(40))
    people = drawn("ilmoitus_id | pvm | suunta\n" + rows, book)
    (made,) = protect([indicators.reported(people, "suunta")]).values()
    assert not made.sampled
    assert INTERVAL["en"] not in html(made, "en")
