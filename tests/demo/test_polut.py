"""The client paths' demo: 23 clients, two coders who sometimes differ by one class."""

import pytest

from rakelab.codebook import codebook
from rakelab.demo import phrases, polut

CLASSES = codebook("asiakaspolut")["alussa"].values


@pytest.mark.parametrize("seed", [2021, 0, 7])
def test_23_clients_each_followed_for_a_year_or_more(seed):
    rows = polut.rows(seed)
    assert len(rows) == 23
    assert rows["asiakas"].is_unique
    assert rows["kuukausia"].min() >= 12
    pairs = rows.groupby(["alussa", "lopussa"]).size()
    planned = phrases.plan("polut")["paths"]
    assert pairs.to_dict() == {(start, end): k for start, ends in planned.items() for end, k in ends.items()}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("point", "differ"), [("alussa", 5), ("lopussa", 4)])
def test_coders_differ_by_one_class_and_one_of_them_had_the_agreed_one(seed, point, differ):
    rows = polut.rows(seed)
    agreed, first, second = (
        rows[name].map(CLASSES.index) for name in (point, f"{point}_koodaaja1", f"{point}_koodaaja2")
    )
    assert (first != second).sum() == differ
    assert (first - second).abs().max() == 1
    assert ((first == agreed) | (second == agreed)).all()


def test_the_classes_are_the_same_in_all_six_columns_and_are_called_no_ranking():
    form = codebook("asiakaspolut")
    columns = [field for field in form.fields if field.choice]
    assert len(columns) == 6
    assert all(field.categories == columns[0].categories for field in columns)
    assert "eivät ole paremmuusjärjestys" in form["alussa"].description["fi"]
