"""An indicator is a declared value: a county's own goes all the way to the page, and one more of ours is one file."""

import json
import shutil
import subprocess
import sys
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


def test_an_indicator_without_words_in_a_language_is_refused_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        replace(county_income, title={"fi": "Tulot", "sv": " "})
    assert caught.value.sentence("en") == (
        "The indicator county_income has no title in these languages: sv, en. Give a title in each language (title)."
    )


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


ONE_MORE = """
from rakelab.indicators.declaration import Indicator, of

asuminen = Indicator("asuminen", of("asuminen"), title={"fi": "Asuminen", "sv": "Boende", "en": "Housing"},
                     numerator="a", denominator="b", who="c", missing="d", source="e")
"""


def test_one_more_indicator_is_one_file(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "rakelab", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rakelab" / "indicators" / "housing.py").write_text(ONE_MORE, encoding="utf-8")
    ask = "from rakelab import indicators; print(indicators.asuminen.title['sv'])"
    done = subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)},
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == "Boende"
