"""A new form of each kind needs only TOML: written here in a folder of its own, filled with drawn answers, rendered."""

import csv
import json
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from rakelab.report.run import Order, report

WORDS = 'title = {{ fi = "{0}", sv = "{0} (sv)", en = "{0} (en)" }}\n'
OPTION = '{{ value = "{0}", label = {{ fi = "{0}", sv = "{0} (sv)", en = "{0} (en)" }} }}'


def head(name: str, title: str, *more: str) -> str:
    return "\n".join(["[codebook]", f'name = "{name}"', 'nonresponse = "open"', WORDS.format(title), *more]) + "\n"


def field(name: str, type_: str, title: str, *more: str) -> str:
    head = ["[[field]]", f'name = "{name}"', f'type = "{type_}"']
    return "\n".join([*head, WORDS.format(title) + "\n".join(more)]) + "\n"


def options(*values: str) -> str:
    return f"categories = [{', '.join(OPTION.format(value) for value in values)}]"


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), delimiter=";")
        out.writeheader()
        out.writerows(rows)
    return path


def made(kind: str, data: Path, **settings: object) -> dict[str, str]:
    """Language → the words of the page."""
    folder = report(kind, data, settings=settings, order=Order(data.parent / "out", ("fi", "sv", "en"), quiet=True))
    assert json.loads((folder / "released.json").read_text(encoding="utf-8"))["tables"]
    pages = {lang: (folder / f"report.{lang}.html").read_text(encoding="utf-8") for lang in ("fi", "sv", "en")}
    return {lang: " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()) for lang, html in pages.items()}


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_a_competence_survey_with_other_areas(tmp_path, rng):
    areas = {"taito_a": "Kirjaaminen", "taito_b": "Verkostotyö", "taito_c": "Neuvottelu"}
    limits = "constraints = { minimum = 0, maximum = 10 }"
    form = head("oma_osaaminen", "Oman kunnan osaaminen")
    form += field("kerta", "integer", "Kyselyvuosi", 'role = "period"', "constraints = { required = true }")
    form += "".join(field(name, "integer", title, limits) for name, title in areas.items())
    form += field("tyokokemus", "string", "Työkokemus", options("alle_5_v", "yli_5_v"))
    (tmp_path / "oma.toml").write_text(form, encoding="utf-8")
    years = [2024] * 40 + [2026] * 30
    rows = [
        {"kerta": year, "tyokokemus": rng.choice(["alle_5_v", "yli_5_v"])}
        | {name: int(rng.integers(1, 8)) + (3 if (year, name) == (2026, "taito_b") else 0) for name in areas}
        for year in years
    ]
    told = made("osaamiskartoitus", written(tmp_path / "a.csv", rows), lomake=str(tmp_path / "oma.toml"))
    assert "Suurin nousu on kohdassa ”Verkostotyö”" in told["fi"]
    assert {lang for lang, page in told.items() if "Kirjaaminen" in page and "2024 → 2026" in page} == set(told)


def test_a_client_survey_with_other_questions(tmp_path, rng):
    scale = ("en lainkaan", "vähän", "paljon")
    form = head("oma_kysely", "Kahvilan kävijät")
    for name, title in (("apua_sain", "Sain apua"), ("aikaa_oli", "Minulle oli aikaa")):
        form += field(name, "string", title, "categoriesOrdered = true", options(*scale))
    form += field("miksi_tulit", "list", "Miksi tulit", options("kahvi", "seura", "ohjaus"))
    (tmp_path / "oma.toml").write_text(form, encoding="utf-8")
    rows = [
        {
            "apua_sain": rng.choice([*scale, ""]),
            "aikaa_oli": rng.choice(scale),
            **{f"miksi_tulit:{option}": int(rng.random() < 0.5) for option in ("kahvi", "seura", "ohjaus")},
        }
        for _ in range(90)
    ]
    told = made("asiakaskysely", written(tmp_path / "a.csv", rows), lomake=str(tmp_path / "oma.toml"))
    assert "Väittämät (2)" in told["fi"]
    assert "Miksi tulit: yleisin" in told["fi"]
    assert {lang for lang, page in told.items() if "Minulle oli aikaa" in page} == set(told)


def test_a_measured_group_with_an_instrument_of_its_own(tmp_path, rng):
    """The key is the one in docs/instruments.md."""
    told = (Path(__file__).parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")
    key = re.search(r"```toml oma_mittari\.toml\n(.*?)```", told, re.DOTALL)[1]
    (tmp_path / "oma_mittari.toml").write_text(key, encoding="utf-8")
    form = head("oma_ryhma", "Arjen ryhmä", 'instruments = ["oma_mittari.toml"]')
    form += field("asiakas", "string", "Osallistuja", 'role = "person"', "constraints = { required = true }")
    form += field("mittauskerta", "string", "Kerta", 'role = "point"', options("alku", "loppu"))
    form += field("suostumus", "string", "Suostumus", 'role = "consent"', options("kylla", "ei"))
    (tmp_path / "oma.toml").write_text(form, encoding="utf-8")
    rows = []
    for person in range(30):
        before = rng.integers(1, 4, 5)
        for point, rise in (("alku", 0), ("loppu", 1)):
            items = {f"oma_mittari_{i}": int(a) + rise for i, a in enumerate(before, 1)}
            rows.append({"asiakas": f"p{person}", "mittauskerta": point, "suostumus": "kylla"} | items)
            rows[-1]["oma_mittari_6"] = int(rng.choice([1, 3, 5]))
    settings = {"lomake": str(tmp_path / "oma.toml"), "tutkimuslupa": "lupa 1, 1.1.2026"}
    pages = made("muutosmittaus", written(tmp_path / "a.csv", rows), **settings)
    words = {"fi": ("Arki", "Mieli"), "sv": ("Vardag", "Sinne"), "en": ("Everyday life", "Mind")}
    assert {lang for lang, page in pages.items() if all(word in page for word in words[lang])} == set(pages)


def test_client_paths_that_ask_one_thing_more(tmp_path, rng):
    form = head("oma_polut", "Oman kunnan asiakaspolut", 'extends = "asiakaspolut"')
    form += field("palvelu", "string", "Palvelu", options("aikuissosiaalityo", "paihdepalvelu"))
    (tmp_path / "oma.toml").write_text(form, encoding="utf-8")
    from rakelab.codebook import codebook

    classes = codebook("asiakaspolut")["alussa"].values
    rows = []
    for person in range(60):
        one = {"asiakas": f"p{person}", "kuukausia": 12 + person % 9, "palvelu": "paihdepalvelu"}
        for point in ("alussa", "lopussa"):
            agreed = str(rng.choice(classes))
            other = agreed if rng.random() < 0.8 else str(rng.choice(classes))
            one |= {point: agreed, f"{point}_koodaaja1": agreed, f"{point}_koodaaja2": other}
        rows.append(one)
    told = made(str(tmp_path / "oma.toml"), written(tmp_path / "a.csv", rows))
    assert "Oman kunnan asiakaspolut" in told["fi"]
    assert {lang for lang, page in told.items() if "kappa" in page.casefold()} == set(told)
