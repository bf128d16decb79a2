"""Empty forms: the files in ``data_templates`` are what the codebook makes, and a filled-in form reads back."""

import csv
import io
import json
import os
from pathlib import Path

import openpyxl
import pytest

from rakelab import loaders
from rakelab.codebook import Codebook, codebook, names
from rakelab.errors import OutputError, UsageError
from rakelab.templates import ROWS, column_names, write_template

KEPT = Path(__file__).parents[1] / "data_templates"
CSV, XLSX, SCHEMA = "palvelutarve.csv", "palvelutarve.xlsx", "palvelutarve.schema.json"


@pytest.fixture(scope="module")
def form() -> Codebook:
    return codebook("palvelutarve")


@pytest.fixture
def book(form, tmp_path):
    return openpyxl.load_workbook(write_template(form, tmp_path / XLSX))


def cells(path: Path) -> dict[str, list[tuple]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(path)}


def lists(sheet) -> dict[str, list[str]]:
    """The range of cells with a rule → the options it offers."""
    options = sheet.parent["Valinnat"]
    found = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            place = rule.formula1.split("!")[1].replace("$", "")
            found[str(rule.sqref)] = [cell.value for column in options[place] for cell in column]
    return found


@pytest.mark.parametrize("ending", ["csv", "schema.json"])
@pytest.mark.parametrize("kind", names())
def test_the_kept_text_templates_are_what_the_codebook_makes(tmp_path, kind, ending):
    """Mend with: rakelab template <kind> --out data_templates/<kind>.<ending> (remove the old one first)."""
    name = f"{kind}.{ending}"
    assert write_template(codebook(kind), tmp_path / name).read_bytes() == (KEPT / name).read_bytes()


@pytest.mark.parametrize("kind", names())
def test_the_kept_workbook_is_what_the_codebook_makes(tmp_path, kind):
    made, kept = write_template(codebook(kind), tmp_path / f"{kind}.xlsx"), KEPT / f"{kind}.xlsx"
    assert cells(made) == cells(kept)
    assert lists(openpyxl.load_workbook(made)["Vastaukset"]) == lists(openpyxl.load_workbook(kept)["Vastaukset"])


def test_every_form_has_its_templates_and_nothing_else_is_kept():
    assert {path.name for path in KEPT.iterdir()} == {
        f"{kind}.{ending}" for kind in names() for ending in ("csv", "xlsx", "schema.json")
    }


def test_the_csv_form_opens_right_in_a_finnish_excel(form, tmp_path):
    data = write_template(form, tmp_path / CSV).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    (header,) = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    assert header == column_names(form)
    assert header[:7] == ["vuosi", "asiakas", "kunta", "sukupuoli", "ika", "arvioinnin_vaihe", "mukana_olleet:asiakas"]


def test_two_heading_rows_name_every_question_once_and_every_option(form, book):
    questions, options = list(book["Vastaukset"].iter_rows(max_row=2, values_only=True))
    assert [title for title in questions if title] == [field.title["fi"] for field in form.fields]
    expected = [o.label["fi"] for field in form.fields if field.multiple for o in field.categories]
    assert [option for option in options if option] == expected


def test_single_choices_offer_their_labels_and_the_two_words_for_no_answer(form, book):
    sheet = book["Vastaukset"]
    offered = lists(sheet)
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "Väkivalta")
    labels = [option.label["fi"] for option in form["vakivalta"].categories]
    assert offered[f"{column}3:{column}{ROWS + 2}"] == [*labels, "Ei kysytty", "Ei tietoa"]
    assert ["x", "Ei kysytty", "Ei tietoa"] in offered.values()
    assert len(offered) == sum(field.choice for field in form.fields)


def test_a_number_outside_its_limits_is_warned_of_but_not_stopped(book):
    rules = [r for r in book["Vastaukset"].data_validations.dataValidation if r.type == "whole"]
    assert {(r.formula1, r.formula2, r.errorStyle) for r in rules} == {
        ("2000", "2100", "warning"),
        ("15", "110", "warning"),
    }


def test_text_columns_keep_leading_zeros(form, book):
    sheet = book["Vastaukset"]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "Asiakkaan tunnus")
    assert sheet.column_dimensions[column].number_format == "@"


def test_the_instructions_tell_every_question_and_forbid_identifiers(form, book):
    guide = [[cell or "" for cell in row] for row in book["Ohje"].iter_rows(values_only=True)]
    said = "\n".join("\n".join(row) for row in guide)
    assert "Älä kirjoita henkilötunnuksia, nimiä" in said
    assert "Ei kysytty" in said
    assert "99 = Ei tietoa" in said
    named = {row[3]: row for row in guide if row[3] in form}
    assert list(named) == [field.name for field in form.fields]
    assert "– Psyykkinen sairaus" in named["sairaudet"][2]
    assert named["vuosi"][0] == "Vuosi (pakollinen)"


def test_free_text_cells_warn_of_names_while_writing(book):
    notes = [rule.prompt for rule in book["Vastaukset"].data_validations.dataValidation if rule.prompt]
    assert notes[-1].endswith("Älä kirjoita nimiä, henkilötunnuksia tai yhteystietoja.")
    assert max(map(len, notes)) <= 255


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_a_filled_in_form_reads_back_in_every_language(form, tmp_path, lang):
    path = write_template(form, tmp_path / "täytetty.xlsx", lang=lang)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    words = {"kunta": form["kunta"].categories[1].label[lang], "ika": 43, "vuosi": 2021, "asiakas": "007"}
    for name, word in words.items():
        for row in (3, 4):
            sheet.cell(row, titles.index(form[name].title[lang]) + 1, word)
    needs = titles.index(form["tuen_tarpeet"].title[lang]) + 1
    sheet.cell(3, needs, "x")
    for column in range(needs, needs + len(form["tuen_tarpeet"].values)):
        sheet.cell(4, column, form.label("tuen_tarpeet", "ei_kysytty", lang))
    book.save(path)
    found = loaders.check(path, form)
    assert (found.read, found.used) == (2, 2)
    frame = found.dataset.frame
    assert frame["kunta"].tolist() == ["205", "205"]
    assert frame["ika"].tolist() == [43, 43]
    assert frame["asiakas"].tolist() == ["007", "007"]
    assert frame["tuen_tarpeet"].tolist() == ["vastattu", "ei_kysytty"]
    assert frame["tuen_tarpeet:talous"].tolist() == [True, False]


def test_a_filled_in_csv_form_reads_back(form, tmp_path):
    path = write_template(form, tmp_path / CSV)
    row = {"vuosi": "2021", "kunta": "205", "tuen_tarpeet:talous": "1", "vakivalta": "ei kysytty"}
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerow(row.get(name, "") for name in column_names(form))
    found = loaders.check(path, form)
    assert (found.read, found.used) == (1, 1)
    assert found.dataset.frame["vakivalta"].tolist() == ["ei_kysytty"]
    assert found.dataset.frame["tuen_tarpeet:talous"].tolist() == [True]


@pytest.mark.parametrize(("lang", "sheets"), [("sv", ["Svar", "Anvisning", "Alternativ"]), ("en", None)])
def test_the_form_speaks_the_other_languages(form, tmp_path, lang, sheets):
    found = cells(write_template(form, tmp_path / XLSX, lang=lang))
    assert list(found) == (sheets or ["Answers", "Instructions", "Options"])
    assert form["ika"].title[lang] in found[next(iter(found))][0]


def test_a_form_of_ones_own_gets_its_template_even_with_a_single_option_and_every_type(tmp_path):
    title = 'title = { fi = "{}", sv = "S", en = "E" }\n'
    text = "[codebook]\n" + title.replace("{}", "=SUM(A1)")
    for type_ in ("string", "integer", "number", "date"):
        text += f'[[field]]\nname = "{type_}"\ntype = "{type_}"\n' + title.replace("{}", type_)
    text += '[[field]]\nname = "yksi"\ntype = "list"\n' + title.replace("{}", "=1+1")
    text += 'categories = [{ value = "a", label = { fi = "A", sv = "A", en = "A" } }]\n'
    path = tmp_path / "oma.toml"
    path.write_text(text, encoding="utf-8")
    made = openpyxl.load_workbook(write_template(codebook(path), tmp_path / "oma.xlsx"))
    assert [cell.value for cell in made["Vastaukset"][1]] == ["string", "integer", "number", "date", "=1+1"]
    assert {cell.data_type for cell in made["Vastaukset"][1]} == {"s"}


def test_the_schema_is_json_with_the_forms_name(form, tmp_path):
    assert json.loads(write_template(form, tmp_path / SCHEMA).read_bytes())["name"] == "palvelutarve"


def test_a_form_that_may_be_filled_in_is_never_written_over(form, tmp_path):
    path = tmp_path / XLSX
    path.write_bytes(b"answers")
    with pytest.raises(OutputError) as caught:
        write_template(form, path)
    assert path.read_bytes() == b"answers"
    assert caught.value.sentence("fi") == (
        "palvelutarve.xlsx: tiedosto on jo olemassa, eikä sitä korvata, koska se voi olla täytetty. Anna toinen nimi."
    )


def test_other_endings_and_missing_folders_are_refused(form, tmp_path):
    with pytest.raises(UsageError) as ending:
        write_template(form, tmp_path / "palvelutarve.pdf")
    assert ending.value.sentence("en") == (
        "palvelutarve.pdf: this file ending will not do. Use one of these: .xlsx, .csv, .json."
    )
    with pytest.raises(OutputError) as folder:
        write_template(form, tmp_path / "nowhere" / CSV)
    assert folder.value.key == "templates.not_written"
    assert str(tmp_path) not in str(folder.value)
    assert os.listdir(tmp_path) == []
