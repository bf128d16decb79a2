"""What the file has no column for, or the form removes, was not asked: no table of zeros in any report."""

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

from rakelab import demo
from rakelab.report.run import Order, report

WORDS = re.compile(r"<[^>]+>")
DERIVED = {"ika": ("ikaryhma", "nuori"), "tuen_tarpeet": ("tuen_tarpeet_maara",), "alussa": ("siirtyma",)}


def cut(recipe: demo.Recipe, folder: Path, *without: str) -> Path:
    """The demo's file of a recipe without the columns of these variables or options."""
    path = demo.write(folder, recipes=[recipe])[0].path
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    kept = [i for i, name in enumerate(rows[0]) if not {name, name.partition(":")[0]} & {*without}]
    assert len(rows[0]) - len(kept) >= len(without)
    path.write_text("".join(";".join(row[i] for i in kept) + "\n" for row in rows), encoding="utf-8")
    return path


def made(kind: str, path: Path) -> tuple[dict, str]:
    """The release, and the words of the page."""
    folder = report(kind, path, settings={}, order=Order(path.parent / "out", ("fi",), quiet=True))
    page = (folder / "report.fi.html").read_text(encoding="utf-8")
    return json.loads((folder / "released.json").read_text(encoding="utf-8")), unescape(WORDS.sub(" ", page))


def counted(release: dict) -> set[str]:
    """Every variable of which a cell tells something."""
    return {name.partition(":")[0] for cell in release["cells"] for name in cell["dimensions"]}


@pytest.mark.parametrize(
    ("recipe", "without", "said"),
    [
        (
            demo.ESSOTE,
            ["perhetyyppi", "ika", "vakivalta", "vakivallan_ulottuvuus", "tuen_tarpeet", "erityisen_tuen_tarve",
             "sukupuoli", "kunta"],
            ["Perhetyyppi", "Keski-ikä", "Väkivalta", "Tuen tarpeiden kasautuminen", "Erityisen tuen tarve"],
        ),
        (demo.ESSOTE, ["sairaudet"], ["Sairaudet ja riippuvuudet"]),
        (demo.AKTIVOINTI, ["toimenpiteet", "ika", "sairaudet"], ["Sairaudet ja riippuvuudet", "Ikäryhmä"]),
        (demo.POLUT, ["alussa", "lopussa_koodaaja1"], ["Siirtymät luokasta toiseen"]),
        (demo.OSAAMINEN, ["osa_etuudet", "kehittamistarve_teema"], []),
    ],
)  # fmt: skip
def test_of_a_column_that_is_not_there_nothing_is_counted(tmp_path, recipe, without, said):
    release, page = made(recipe.kind, cut(recipe, tmp_path, *without))
    made_of = [name for source, derived in DERIVED.items() if source in without for name in derived]
    assert not counted(release) & {*without, *made_of}
    assert [
        title for title in said if f"{title}: ei kysytty. Lomakkeessa tai tiedostossa ei ole tätä." not in page
    ] == []


def test_an_option_without_a_column_is_not_offered(tmp_path):
    """Nobody could tick it; the other options stay as they were."""
    path = cut(demo.ESSOTE, tmp_path, "tuen_tarpeet:paihteet", "sairaudet:paihderiippuvuus")
    release, page = made("palvelutarve_essote", path)
    ticked = {cell["id"]: cell.get("value") for cell in release["cells"]}
    assert ticked["tuen_tarpeet=talous"] == 417
    assert not [name for name in ticked if "paihteet" in name or "paihderiippuvuus" in name]
    assert "ei kysytty" not in page


def test_a_question_that_the_form_removes_is_as_one_without_a_column(tmp_path):
    form = tmp_path / "oma.toml"
    form.write_text(
        '[codebook]\nname = "oma"\nextends = "palvelutarve_essote"\nremove = ["perhetyyppi", "ika"]\n'
        'title = { fi = "Oma lomake" }\n',
        encoding="utf-8",
    )
    path = demo.write(tmp_path, recipes=[demo.ESSOTE])[0].path
    release, page = made(str(form), path)
    assert not counted(release) & {"perhetyyppi", "ika", "ikaryhma", "nuori"}
    assert "Keski-ikä: ei kysytty" in page
    assert "tuen_tarpeet" in counted(release)
