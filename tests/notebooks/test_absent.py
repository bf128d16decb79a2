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


def unasked(title: str, page: str) -> bool:
    """Is it said of this, alone or among others, that it was not asked?"""
    return bool(re.search(rf"{title}[^.]*: ei kysytty\. Ei ole lomakkeessa tai tiedostossa\.", page))


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
    assert [title for title in said if not unasked(title, page)] == []
    assert page.count("Tuen tarpeet: ei kysytty.") == ("tuen_tarpeet" in without)  # of four tables


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
    assert unasked("Keski-ikä", page)
    assert "tuen_tarpeet" in counted(release)


TEN = """
[codebook]
name = "kahvila"
title = { fi = "Kahvilan <kävijät> *2026*" }
nonresponse = "open"
[[field]]
name = "vuosi"
type = "integer"
role = "period"
title = { fi = "Kyselyn vuosi" }
[[field]]
name = "ika"
type = "integer"
title = { fi = "Kävijän ikä" }
[[field]]
name = "kunta"
type = "string"
role = "region"
title = { fi = "Kotikunta" }
categories = [{ value = "a", label = { fi = "Aava" } }, { value = "b", label = { fi = "Belta" } }]
[[field]]
name = "syy"
type = "list"
title = { fi = "Miksi tulit" }
categories = [{ value = "kahvi", label = { fi = "Kahvi" } }, { value = "seura", label = { fi = "Seura" } }]
[[field]]
name = "arvosana"
type = "integer"
title = { fi = "Arvosana kahville" }
constraints = { minimum = 0, maximum = 10 }
[[field]]
name = "euroa"
type = "number"
title = { fi = "Rahaa mukana" }
[[field]]
name = "hyva"
type = "string"
title = { fi = "Oliko hyvä" }
categoriesOrdered = true
categories = [{ value = "1", label = { fi = "Ei" } }, { value = "2", label = { fi = "Kai" } },
              { value = "3", label = { fi = "On" } }]
[[field]]
name = "lammin"
type = "string"
title = { fi = "Oliko lämmin" }
categoriesOrdered = true
categories = [{ value = "1", label = { fi = "Ei" } }, { value = "2", label = { fi = "Kai" } },
              { value = "3", label = { fi = "On" } }]
[[field]]
name = "kaynti"
type = "date"
title = { fi = "Käynnin päivä" }
[[field]]
name = "sana"
type = "string"
title = { fi = "Vapaa sana" }
[[field]]
name = "paino"
type = "number"
weight = true
title = { fi = "Vastaajan paino" }
[[field]]
name = "kello"
type = "string"
title = { fi = "Kellonaika" }
categories = [{ value = "aamu", label = { fi = "Aamulla" } }, { value = "ilta", label = { fi = "Illalla" } }]
"""


@pytest.mark.parametrize("kind", ["asiakaskysely", "osaamiskartoitus"])
def test_every_question_is_on_the_page_or_named_with_the_reason(tmp_path, kind):
    (tmp_path / "oma.toml").write_text(TEN, encoding="utf-8")
    rows = ["vuosi;ika;kunta;syy;arvosana;euroa;hyva;lammin;kaynti;sana;paino"] + [
        f"{2024 + i % 2};{20 + i % 40};{'ab'[i % 2]};{'Kahvi' if i % 3 else 'Seura'};{i % 8};{i % 9},5;"
        f"{1 + i % 3};{1 + i % 2};{1 + i % 9}.5.2024;hei;{0.9 + i % 3 / 10}" for i in range(80)
    ]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    order = Order(tmp_path / "out", ("fi",), quiet=True)
    folder = report(kind, tmp_path / "a.csv", settings={"lomake": str(tmp_path / "oma.toml")}, order=order)
    html = (folder / "report.fi.html").read_text(encoding="utf-8")
    page = " ".join(unescape(WORDS.sub(" ", html)).split())
    last = page.partition("Lomakkeen kysymykset, joita sivulla ei ole")[2]
    assert "Ei kysytty, koska tiedostossa ei ole saraketta: ”Kellonaika”." in last
    whole = kind == "asiakaskysely"  # of days it has the years, of texts how many wrote one
    assert ("hyväksyttyinä lainauksina: ”Vapaa sana”." in last) != whole
    assert ("Päivistä ei tehdä taulukkoa: ”Käynnin päivä”." in last) != whole
    assert "Tämä muistikirja ei laske" not in last
    counted_there = counted(json.loads((folder / "released.json").read_text(encoding="utf-8")))
    assert {"ika", "kunta", "syy", "arvosana", "euroa", "hyva", *(("kaynti", "sana") if whole else ())} <= counted_there
    assert "paino" not in counted_there
    assert "Vastaajan paino" not in page
    assert "Kotikunta, painotettuna (n = 80)" in page
    assert "Asetelmakerroin (deff) on 1,01" in page
    assert "Kahvilan <kävijät> *2026*" in unescape(re.search("<h1.*?</h1>", html)[0])
    assert "<kävijät>" not in html


def test_the_page_of_our_form_has_the_notebooks_heading(tmp_path):
    folder = report(
        "asiakaspolut", demo.write(tmp_path, recipes=[demo.POLUT])[0].path, settings={},
        order=Order(tmp_path / "out", ("fi",), quiet=True),
    )  # fmt: skip
    heading = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))["cells"][0]["source"]
    html = (folder / "report.fi.html").read_text(encoding="utf-8")
    assert "".join(heading).startswith(f"# {re.search('<h1[^>]*>(.*?)</h1>', html)[1]}\n")
