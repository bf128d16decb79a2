"""Rows that stand twice: copies are found however they lie, and what repeats by chance is left in peace."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from rakelab import demo, loaders
from rakelab.codebook import codebook
from rakelab.demo import plain

BOOK = codebook("palvelutarve")


def read(tmp_path, rows: pd.DataFrame, book=BOOK):
    path = tmp_path / "vienti.csv"
    path.write_bytes(plain.table(rows, book))
    check = loaders.check(path, book)
    assert check.used == len(rows)
    return check


def again(check, code: str = "rows_again") -> tuple[int, ...]:
    return next((found.rows for found in check.findings if found.code == code), ())


def people(n: int) -> pd.DataFrame:
    """Assessments of people without a code."""
    return demo.kainuu_rows(n=max(n, 16)).head(n).drop(columns="asiakas", errors="ignore")


def small(n: int, seed: int = 1, questions: int = 3) -> pd.DataFrame:
    """A small form: a few questions with yes or no."""
    dice = np.random.default_rng(seed)
    names = ["sitoutuminen", "luottohairiot", "oma_tyontekija", "lainvastainen_toiminta"][:questions]
    return pd.DataFrame({"vuosi": 2020, **{name: dice.choice(BOOK[name].values[:2], n) for name in names}})


def stack(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


@pytest.mark.parametrize("n", [4, 5, 16, 300])
@pytest.mark.parametrize("times", [2, 3])
def test_a_file_under_itself_is_found(tmp_path, n, times):
    check = read(tmp_path, stack(*[people(n)] * times))
    assert again(check) == tuple(range(n + 2, times * n + 2))
    assert (check.exit_code, check.set_aside) == (0, 0)


@pytest.mark.parametrize("n", [20, 500, 5000])
def test_a_small_form_under_itself_is_found(tmp_path, n):
    assert len(again(read(tmp_path, stack(small(n), small(n))))) == n


def test_the_heading_between_the_copies_hides_nothing(tmp_path):
    lines = plain.table(people(30), BOOK)
    path = tmp_path / "kaksi.csv"
    path.write_bytes(lines + lines.removeprefix(b"\xef\xbb\xbf"))
    check = loaders.check(path, BOOK)
    assert (check.set_aside, again(check)) == (0, tuple(range(33, 63)))


@pytest.mark.parametrize("n", [4, 30, 300])
def test_each_row_twice_in_a_row_is_found(tmp_path, n):
    rows = people(n)
    assert again(read(tmp_path, rows.loc[rows.index.repeat(2)])) == tuple(range(3, 2 * n + 2, 2))


def test_each_row_of_a_small_form_twice_in_a_row_is_found(tmp_path):
    rows = small(200)
    assert len(again(read(tmp_path, rows.loc[rows.index.repeat(2)]))) == 200


@pytest.mark.parametrize("n", [4, 30, 300])
def test_a_copy_in_another_order_is_found(tmp_path, n):
    rows = people(n)
    for copy in (rows.sort_values("ika"), rows[::-1]):
        assert len(again(read(tmp_path, stack(rows, copy)))) == n
    whole = stack(rows, rows).sort_values(["kunta", "ika", "sukupuoli"])
    assert len(again(read(tmp_path, whole))) == n


@pytest.mark.parametrize("n", [12, 300, 3000])
@pytest.mark.parametrize("k", [6, 11])
def test_a_part_pasted_again_is_found(tmp_path, n, k):
    """In another place, with a row between; with a few rows more after it."""
    rows = people(n)
    part = rows.iloc[1 : k + 1]
    found = again(read(tmp_path, stack(rows, part)))
    assert found == tuple(range(n + 2, n + k + 2))
    assert again(read(tmp_path, stack(part, rows.iloc[[0]], rows.iloc[k + 1 :], part))) == found


def test_a_long_part_of_a_small_form_is_found(tmp_path):
    rows = small(3000)
    found = again(read(tmp_path, stack(rows, rows.iloc[1000:1200])))
    assert set(range(3002, 3202)) <= set(found)
    assert len(found) < 220


# --- what must not stop ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [50, 1000, 10_000])
def test_a_small_form_repeats_by_chance(tmp_path, n, seed):
    assert again(read(tmp_path, small(n, seed))) == ()


@pytest.mark.parametrize("n", [101, 10_000])
def test_a_small_form_that_was_sorted(tmp_path, n):
    rows = small(n, questions=4)
    assert again(read(tmp_path, rows.sort_values(list(rows)))) == ()


def test_a_small_form_sorted_within_each_worker_who_is_not_in_the_file(tmp_path):
    rows = small(8000)
    rows["worker"] = np.arange(8000) // 12
    ordered = rows.sort_values(["worker", *list(rows)[1:4]]).drop(columns="worker")
    assert again(read(tmp_path, ordered)) == ()


def test_rare_answers_and_long_stretches_of_the_same(tmp_path):
    dice = np.random.default_rng(3)
    rows = pd.DataFrame({"vuosi": 2020, "luottohairiot": np.where(dice.random(5001) < 0.01, "kylla", "ei")})
    assert again(read(tmp_path, rows)) == ()


def test_forms_left_blank_among_others_are_no_copies(tmp_path):
    blank = people(1).astype(object)
    blank.loc[:, [name for name in blank if name not in ("vuosi", "kunta")]] = "tyhja"
    assert again(read(tmp_path, stack(people(6), *[blank] * 8))) == ()


@pytest.mark.parametrize("recipe", demo.RECIPES, ids=lambda recipe: recipe.file)
def test_no_file_of_the_demo_has_twins(tmp_path, recipe):
    (file,) = demo.write(tmp_path, recipes=(recipe,))
    check = loaders.check(file.path, codebook(file.kind), source=file.source or None)
    assert (again(check), again(check, "person_again")) == ((), ())


# --- people ---------------------------------------------------------------------------------------------------


def coded(*codes: object) -> pd.DataFrame:
    return people(len(codes)).assign(asiakas=list(codes), vuosi=[2020] * len(codes))


def test_a_person_twice_in_a_year_is_told_with_the_rows(tmp_path):
    check = read(tmp_path, coded("a", "b", "a", "", "", "c", "b", "b"))
    assert again(check, "person_again") == (2, 3, 8)
    sentence = next(one for one in loaders.sentences(check, "en") if "later row" in one)
    assert "2, 3" in sentence
    assert "kaksoset=poista" in sentence


def test_a_person_in_two_years_is_no_twin(tmp_path):
    assert again(read(tmp_path, coded("a", "b", "a").assign(vuosi=[2020, 2020, 2021])), "person_again") == ()


def test_a_person_in_a_form_without_years(tmp_path):
    book = codebook("asiakaspolut")
    rows = pd.DataFrame({"asiakas": ["a", "b", "a"], "kuukausia": [12, 13, 14]})
    assert again(read(tmp_path, rows, book), "person_again") == (2,)


@pytest.mark.parametrize("kind", ["muutosmittaus", "muutosmittaus_palaute", "muutosmittaus_interventio"])
def test_forms_in_which_a_person_has_many_rows(tmp_path, kind):
    book = codebook(kind)
    rows = pd.DataFrame({"asiakas": ["a", "b", "a"], "ryhma": "x"})
    if "mittauskerta" in book:
        rows = rows.assign(mittauskerta=["alku", "alku", "loppu"], suostumus="kylla")
    check = read(tmp_path, rows, replace(book))
    assert check.dataset is not None
    assert again(check, "person_again") == ()
