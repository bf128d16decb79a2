"""An indicator is a declared value: a county's own goes all the way to the page, and one more of ours is one file."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from spec import drawn

from rakelab import archive, indicators, prepare, present, protect
from rakelab.cells import Quantity, Release, Tally
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.indicators import Indicator, indicator, measure

PACKAGE = Path(indicators.__file__).parents[1]
WORDS = {"fi": "Tulot Kainuussa", "sv": "Inkomster i Kajanaland", "en": "Income in Kainuu"}


@indicator(
    title=WORDS,
    numerator="those who gave the answer",
    denominator="everybody",
    who="every row",
    missing="rows of their own",
    source="the county",
)
def county_income(dataset: Dataset, *, by: str = "") -> Tally:
    return measure.distribution(dataset, "tulojen_riittavyys", by=by)


@pytest.fixture(scope="module")
def people() -> Dataset:
    rows = [f"{2020 + n % 2} | {('hyvin', 'huonosti')[n % 3 > 0]}" for n in range(120)]
    return prepare.periods(drawn("\n".join(["vuosi | tulojen_riittavyys", *rows])))


@pytest.fixture(scope="module")
def released(people: Dataset) -> Release:
    return protect.protect([county_income(people), county_income(people, by="vuosi")])


@pytest.mark.parametrize("lang", WORDS)
def test_a_countys_indicator_has_its_words_on_the_page(released: protect.Release, lang: str) -> None:
    shown = present.table(released["county_income"])
    assert WORDS[lang] in present.render(shown.spec, released, lang)


def test_its_words_travel_with_the_numbers_to_somebody_without_the_module(released: Release) -> None:
    back = archive.loads(archive.dumps(released))
    assert back["county_income_vuosi"].title == WORDS
    told = json.loads(archive.dumps(released))["tables"]
    assert [one["title"] for one in told] == [WORDS, WORDS]


def test_a_title_can_name_what_is_counted(people: Dataset) -> None:
    asked = replace(county_income, title=dict.fromkeys(WORDS, "Nyt: {variable} {0}"))
    assert asked(people).view.title["sv"] == f"Nyt: {people.codebook['tulojen_riittavyys'].title['sv']} {{0}}"


@pytest.mark.parametrize("title", [{}, {"fi": "Tulot", "sv": " "}])
def test_an_indicator_without_words_is_refused_at_once(title: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        replace(county_income, title=title)
    assert caught.value.sentence("en") == (
        "The indicator county_income has no title, or an empty one in some language. "
        "Give a title in at least one language (title)."
    )


def test_a_title_in_one_language_is_marked_with_it_on_the_page_of_another(people: Dataset) -> None:
    one = replace(county_income, title={"sv": "Inkomster <i>"})
    release = archive.loads(archive.dumps(protect.protect([one(people)])))
    page = present.render(present.table(release["county_income"]).spec, release, "fi")
    assert '<span lang="sv">Inkomster &lt;i&gt;</span>' in page
    assert "lang=" not in present.render(present.table(release["county_income"]).spec, release, "sv")


def test_an_indicator_counts_what_it_says(people: Dataset) -> None:
    with pytest.raises(UsageError) as caught:
        replace(county_income, shown_as=Quantity.MEAN)(people)
    assert "gives a table of the kind count, but declares mean" in caught.value.sentence("en")


def test_an_unknown_table_names_the_nearest_and_lists_the_known(released: Release) -> None:
    with pytest.raises(UsageError) as caught:
        released["county_incom_vuosi"]
    assert caught.value.sentence("en") == (
        "There is no table county_incom_vuosi. The nearest is county_income_vuosi. "
        "Released tables: county_income, county_income_vuosi."
    )
    assert released.get("nothing of the kind") is None
    assert "nothing of the kind" not in released


def test_each_indicator_says_what_it_is() -> None:
    assert len(indicators.KNOWN) > 30
    for name, declared in indicators.KNOWN.items():
        said = [
            getattr(declared, field.name) for field in fields(Indicator) if field.type == "str" or field.type is str
        ]
        assert all(map(str.strip, said)), name
        assert len(said) == 6, name
        assert set(declared.title) == set(WORDS), name
        assert getattr(indicators, name) is declared
