"""An error in a cell, in a real kernel as JupyterLab runs it: one sentence, and the technical message folded below."""

import nbformat
import pytest
from nbclient import NotebookClient

FIRST = 'vuodet = []  # vuodet\nlang = "{lang}"  # kieli'
CHECK = "from rakelab import parameters\n\nparameters.check(globals())"
AGAIN = "Ajo pysähtyi tähän soluun. Korjaa se ja aja muistio alusta: Run → Run All Cells."


def outputs(code, lang="fi", first=FIRST):
    cells = [nbformat.v4.new_code_cell(source) for source in (first.format(lang=lang), CHECK, code)]
    book = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(book, kernel_name="python3", allow_errors=True).execute()
    return book.cells[-1].outputs


def told(code, lang="fi"):
    (error,) = (output for output in outputs(code, lang) if output.output_type == "error")
    return " ".join("\n".join(error.traceback).split("\n"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("lukumaara = 3\nlukumara + 1", "Nimeä lukumara ei ole. Tarkoititko: lukumaara? Jos nimi on oikein, aja ensin "
         f"ylempänä olevat solut. Kohta on solun rivillä 2: lukumara + 1 {AGAIN}"),
        ("print((1, 2)", f"Rivillä 1 jokin jää auki: sulku, hakasulku tai lainausmerkki. Lisää se, joka puuttuu. "
         f"Rivi on: print((1, 2) {AGAIN}"),
        ("x = 1,,2", "Rivillä 1 on kirjoitusvirhe. Tarkista pilkut, sulut ja lainausmerkit. Rivi on: "
         f"x = 1,,2 {AGAIN}"),
        ("from rakelab import prepare\nprepare.seelct", "Nimeä seelct ei ole. Tarkoititko: select? Kohta on solun "
         f"rivillä 2: prepare.seelct {AGAIN}"),
        ('{"a": 1}["b"]', "Nimeä b ei löydy. Tarkista kirjoitusasu. Kohta on solun rivillä 1: "
         f'{{"a": 1}}["b"] {AGAIN}'),
        ("len(3)", "Jokin annettu arvo on väärää lajia, esimerkiksi luku tekstin paikalla tai yksi arvo luettelon "
         "paikalla. Luettelo kirjoitetaan hakasulkeisiin, teksti lainausmerkkeihin. Kohta on solun rivillä 1: len(3) "
         + AGAIN),
    ],
)  # fmt: skip
def test_what_a_beginner_mistypes_is_told_in_one_sentence(code, said):
    assert told(code) == said


def test_our_own_error_is_its_sentence_in_the_language_of_the_notebook():
    code = 'from rakelab import loaders\nloaders.load("ei_ole.csv", "palvelutarve")'
    swedish = told(code, "sv")
    assert "ei_ole.csv" in swedish
    assert "Körningen stannade i den här cellen." in swedish
    assert "Traceback" not in swedish


def test_a_value_of_a_row_is_not_said_and_the_whole_is_folded():
    """The key that is looked up is data, not what somebody typed in the cell."""
    code = "rivi = {'nimi': chr(77) + 'atti'}\n{}[rivi['nimi']]"
    shown = outputs(code)
    assert "Matti" not in "\n".join(shown[0].traceback)
    (folded,) = (output.data["text/html"] for output in shown if output.output_type == "display_data")
    assert folded.startswith("<details><summary>Tekninen virheilmoitus</summary>")
    assert "KeyError" in folded


def test_the_cells_after_it_are_not_run():
    """Papermill and Run All learn of the stop from the kernel as before."""
    from nbclient.exceptions import CellExecutionError

    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FIRST.format(lang="fi")),
                                           nbformat.v4.new_code_cell(CHECK), nbformat.v4.new_code_cell("1 / 0"),
                                           nbformat.v4.new_code_cell("2")])  # fmt: skip
    with pytest.raises(CellExecutionError):
        NotebookClient(book, kernel_name="python3").execute()
    assert not book.cells[-1].outputs


def test_one_year_is_as_good_as_a_list_of_one():
    cells = [FIRST.format(lang="fi"), "# Parameters\nvuodet = 2021", CHECK, "vuodet"]
    book = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    NotebookClient(book, kernel_name="python3").execute()
    assert book.cells[-1].outputs[0].data["text/plain"] == "[2021]"
