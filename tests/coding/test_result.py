"""The coded result joins the rows: themes are counted like any answer, and no text goes any further."""

from dataclasses import replace
from pathlib import Path

import pytest

from rakelab import archive, coding, indicators, loaders
from rakelab.cells import State, key
from rakelab.codebook import codebook
from rakelab.coding.themes import NONE
from rakelab.dataset import Dataset
from rakelab.protect import protect

from .conftest import codes, fill

FORM = """
[codebook]
name = "kysely"
title = { fi = "Kysely", sv = "Enkät", en = "Survey" }

[[field]]
name = "asia_teksti"
type = "string"
title = { fi = "Asia", sv = "Sak", en = "Matter" }

[[field]]
name = "ryhma"
type = "string"
title = { fi = "Ryhmä", sv = "Grupp", en = "Group" }
categories = [
    { value = "a", label = { fi = "A", sv = "A", en = "A" } },
    { value = "b", label = { fi = "B", sv = "B", en = "B" } },
]
"""
#: Row i of the file has text i - 2; every sixth has none.
COUNT = 60


@pytest.fixture
def rows(tmp_path: Path) -> Dataset:
    (tmp_path / "kysely.toml").write_text(FORM, encoding="utf-8")
    lines = ["asia_teksti;ryhma"]
    lines += [f"{'' if i % 6 == 5 else f'Kanariansana{i} kertoo asiasta'};{'ab'[i % 2]}" for i in range(COUNT)]
    (tmp_path / "kysely.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    form = codebook(tmp_path / "kysely.toml")
    return loaders.load(tmp_path / "kysely.csv", form)


def marks(coder: str) -> dict[int, list[str]]:
    """Money on every other text, queues on every third; coder b forgets the money of the rows 2 and 4."""
    found = {}
    for row in range(2, COUNT + 2):
        themes = [*(["Talous"] if row % 2 == 0 else []), *(["Jonot"] if row % 3 == 0 else [])]
        if coder == "b" and row in (2, 4):
            themes = []
        found[row] = themes or ["Ei mitään näistä"]
    return found


@pytest.fixture
def result(rows: Dataset, themes: coding.Themes, tmp_path: Path) -> Path:
    made = coding.export(coding.texts_of(rows, "asia_teksti"), themes, coding.Order(tmp_path / "k.xlsx"))
    sheets = (coding.read_sheet(fill(path, marks(one))) for one, path in zip("ab", made.files, strict=True))
    compared = coding.compare(*sheets)
    coding.write_coded(compared, compared.first.marks, tmp_path / "koodattu.csv")
    return tmp_path / "koodattu.csv"


@pytest.fixture
def coded(rows: Dataset, result: Path, themes: coding.Themes) -> Dataset:
    return coding.coded(rows, result, field="asia_teksti", themes=themes)


def test_themes_are_a_multiple_choice(coded: Dataset) -> None:
    field = coded.codebook["asia_teema"]
    assert (field.values, field.multiple, field.title["en"]) == (("talous", "jono", NONE), True, "Matter: themes")
    counts = {name: int(coded.frame[f"asia_teema:{name}"].sum()) for name in field.values}
    assert counts == {"talous": 30, "jono": 20, NONE: 10}
    assert coded.frame["asia_teema"].value_counts().to_dict() == {
        "vastattu": 50, "tyhja": 10, "ei_kysytty": 0, "ei_tietoa": 0,
    }  # fmt: skip


def test_each_coder_has_a_variable_too(coded: Dataset) -> None:
    assert int(coded.frame["asia_koodaaja_b:talous"].sum()) == 28
    assert "koodaajan B" in coded.codebook.title_of("asia_koodaaja_b", "fi")


def test_rows_that_were_left_out_since_do_not_matter(rows: Dataset, result: Path, themes: coding.Themes) -> None:
    fewer = rows.narrowed(rows.frame[rows.frame["ryhma"] == "a"], "ryhmä a")
    assert len(coding.coded(fewer, result, field="asia_teksti", themes=themes)) == 30


def test_the_result_of_other_rows(rows: Dataset, result: Path, themes: coding.Themes) -> None:
    frame = rows.frame.copy()
    frame.loc[3, "asia_teksti"] = "Kanariansana muuttui"
    frame.loc[7, "asia_teksti"] = "Uusi teksti"
    with pytest.raises(coding.CodingError) as caught:
        coding.coded(replace(rows, frame=frame), result, field="asia_teksti", themes=themes)
    assert codes(caught.value) == [("not_coded", (7,), ""), ("other_text", (3,), "")]
    assert "Kanaria" not in str(caught.value)


def test_a_theme_that_is_not_in_the_list(rows: Dataset, result: Path, themes: coding.Themes) -> None:
    fewer = replace(themes, themes=themes.themes[:1])
    with pytest.raises(coding.CodingError) as caught:
        coding.coded(rows, result, field="asia_teksti", themes=fewer)
    assert caught.value.sentence("fi") == (
        "koodattu.csv: koodausta ei voi käyttää. Korjaa nämä:\n"
        "– koodattu.csv: 1 teemaa ei ole luettelossa koe. Anna sama luettelo kuin koodattaessa."
    )


def test_themes_and_agreement_go_through_the_wall_and_no_text_does(coded: Dataset) -> None:
    tallies = [indicators.themes(coded, variable="asia_teema"), indicators.theme_agreement(coded, "asia_teksti")]
    release = protect(tallies)
    table = release["agreement_asia_teema"]
    money = key(("asia_teema", "talous"))
    assert table.cells[money].value == 30
    assert table.statistics[money, "disagreements"].value == 2
    assert table.statistics[money, "agreement"].value == pytest.approx(0.96)
    assert 0.85 < table.statistics[money, "kappa"].value < 0.95
    assert table.statistics[key(("asia_teema", "jono")), "kappa"].value == 1
    assert table.statistics[key(("asia_teema", "jono")), "kappa_low"].state is State.MISSING  # nobody differed
    assert "anariansana" not in str(archive.as_dict(release))


def test_the_form_s_own_question_gives_way(rows: Dataset, result: Path, themes: coding.Themes) -> None:
    """The form of social reporting asks for themes itself: what was agreed takes that place."""
    old = coding.coded(rows, result, field="asia_teksti", themes=themes)
    frame = old.frame.rename(columns={"asia_teema:jono": "asia_teema:muu"})
    new = coding.coded(replace(old, frame=frame), result, field="asia_teksti", themes=themes)
    assert [name for name in new.frame.columns if name.startswith("asia_teema:")] == [
        "asia_teema:talous", "asia_teema:jono", f"asia_teema:{NONE}",
    ]  # fmt: skip


def test_themes_that_the_form_asks_for_and_the_file_does_not_have_are_counted(
    rows: Dataset, result: Path, themes: coding.Themes, tmp_path: Path
) -> None:
    asked = FORM.replace("ryhma", "asia_teema").replace('"string"', '"list"').replace('"list"', '"string"', 1)
    (tmp_path / "teemat.toml").write_text(asked, encoding="utf-8")
    without = loaders.load(tmp_path / "kysely.csv", codebook(tmp_path / "teemat.toml"))
    assert not without.asked("asia_teema")
    made = coding.coded(without, result, field="asia_teksti", themes=themes)
    table = indicators.themes(made, variable="asia_teema")
    assert table.counts[key(("asia_teema", "talous"))] == 30
    assert table.view.rows


WRITTEN_FORM = """
[codebook]
name = "oma"
title = { fi = "Oma" }
[[field]]
name = "tuki"
type = "list"
sensitivity = "health"
title = { fi = "Tuki" }
catch_all = "muu"
categories = [{ value = "a", label = { fi = "A" } }, { value = "muu", label = { fi = "Muu" } }]
"""


def test_what_was_written_in_the_place_of_an_option_is_coded_like_an_open_answer(
    tmp_path: Path, themes: coding.Themes
) -> None:
    (tmp_path / "oma.toml").write_text(WRITTEN_FORM, encoding="utf-8")
    cells = ["A"] * 20 + ["muu"] * 8 + ["omasana kertoo"] * 12 + ["ei tietoa"]
    (tmp_path / "oma.csv").write_text("rivi\ttuki\n" + "".join(f"1\t{cell}\n" for cell in cells), encoding="utf-8")
    rows = loaders.load(tmp_path / "oma.csv", codebook(tmp_path / "oma.toml"))
    texts = coding.texts_of(rows, "tuki_omin_sanoin")
    made = coding.export(texts, themes, coding.Order(tmp_path / "k.xlsx", 1))
    sheet = coding.read_sheet(fill(made.files[0], {row: ["Talous"] for row in texts.rows}))
    coding.write_one_coder(sheet, tmp_path / "koodattu.csv")
    coded = coding.coded(rows, tmp_path / "koodattu.csv", field="tuki_omin_sanoin", themes=themes)
    state = coded.frame["tuki_omin_sanoin_teema"].value_counts().to_dict()
    assert {level: n for level, n in state.items() if n} == {"vastattu": 12, "tyhja": 8, "ei_koske": 20, "ei_tietoa": 1}
    assert coded.codebook["tuki_omin_sanoin_teema"].sensitivity == "health"
    tables = [indicators.question(coded, name) for name in ("tuki", "tuki_omin_sanoin_teema")]
    assert "omasana" not in str(archive.as_dict(protect(tables)))
