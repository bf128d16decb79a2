"""The demo's other files: they read back as drawn, are marked synthetic, and are the same each time."""

from collections import Counter

import pandas as pd
import pytest

from rakelab import demo, loaders
from rakelab.codebook import MISSING_KINDS, codebook
from rakelab.demo import havainnot, kysely, osaaminen, polut, tapahtumat

DRAWN = {
    "aktivointisuunnitelma": demo.aktivointi_rows,
    "osaamiskartoitus": lambda: osaaminen.rows(demo.SEED),
    "asiakaskysely": lambda: kysely.rows(demo.SEED),
    "asiakaspolut": lambda: polut.rows(demo.SEED),
    "havainnot": lambda: havainnot.rows(demo.SEED),
    "tapahtumat": tapahtumat.rows,
    "opintojaksopalaute": lambda: tapahtumat.feedback(demo.SEED),
}
RECIPES = (demo.AKTIVOINTI, demo.OSAAMINEN, demo.KYSELY, demo.POLUT, demo.HAVAINNOT, demo.TAPAHTUMAT, demo.PALAUTE)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return {file.kind: file for file in demo.write(tmp_path_factory.mktemp("demo"), recipes=RECIPES)}


@pytest.mark.parametrize("kind", DRAWN)
def test_the_loaders_read_back_exactly_what_was_drawn(files, kind):
    form, rows = codebook(kind), DRAWN[kind]()
    found = loaders.check(files[kind].path, form)
    assert (found.read, found.set_aside) == (len(rows), 0)
    assert found.dataset.origin.synthetic
    frame = found.dataset.frame
    for field in (field for field in form.fields if field.name in rows and not field.free_text):
        drawn = rows[field.name]
        if field.applies:  # of whom it is not known whether it concerns them
            before = rows[field.applies.field]
            drawn = drawn.where(~(drawn.eq("ei_koske") & before.isin(MISSING_KINDS)), before)
        if field.multiple:
            ticked = {o: sum(isinstance(a, frozenset) and o in a for a in drawn) for o in field.values}
            assert {o: int(frame[f"{field.name}:{o}"].sum()) for o in field.values} == ticked, field.name
            drawn = drawn.where(drawn.map(lambda a: isinstance(a, str)), "vastattu")
        if field.type == "integer":
            numbers = pd.to_numeric(drawn, errors="coerce").astype(float)
            assert frame[field.name].reset_index(drop=True).equals(numbers.rename(field.name)), field.name
        elif field.type == "date":
            assert [f"{day.day}.{day.month}.{day.year}" for day in frame[field.name]] == list(drawn)
        else:
            assert frame[field.name].value_counts().loc[lambda c: c > 0].to_dict() == Counter(drawn), field.name


def test_writing_twice_gives_the_same_bytes_and_another_seed_other_people(files, tmp_path):
    for file in demo.write(tmp_path, recipes=RECIPES):
        assert file.path.read_bytes() == files[file.kind].path.read_bytes()
    drawn = [recipe for recipe in RECIPES if recipe is not demo.TAPAHTUMAT]  # in it nothing is drawn
    for file in demo.write(tmp_path, recipes=drawn, seed=1):
        assert file.path.read_bytes() != files[file.kind].path.read_bytes()


def test_every_file_says_that_it_is_synthetic_and_the_plans_say_that_the_numbers_are_invented(files):
    assert all(file.path.name.startswith("synteettinen_") for file in files.values())
    assert all("synteettinen aineisto" in file.title["fi"] for file in files.values())
    assert "kaikki luvut on keksitty" in files["aktivointisuunnitelma"].title["fi"]


def test_activation_plans_agree_with_themselves():
    rows = demo.aktivointi_rows()
    assert len(rows) == 675
    agreed = rows["toimenpiteet"].map(lambda a: isinstance(a, frozenset) and "kuntouttava_tyotoiminta" in a)
    going_on = rows["kuntouttava_tyotoiminta"].isin(["alkaa", "jatkuu"])
    assert agreed.equals(going_on)
    assert (rows.loc[rows["status"] == "kuntouttava_tyotoiminta", "kuntouttava_tyotoiminta"] == "jatkuu").all()
    assert ((rows["paivia_viikossa"] != "ei_koske") == going_on).all()
    assert not rows["status"].isin(["elakkeella", "palkkatyo"]).any()
    assert rows["ika"].between(18, 64).all()
