"""The follow-up of an implementation plan, from a workbook and the reports made before it to the page."""

import json
from dataclasses import replace
from html import unescape
from pathlib import Path
from re import findall, sub
from typing import Any

import pandas as pd
import pytest

from rakelab import archive, demo, loaders, prepare
from rakelab.cells import Release, State
from rakelab.codebook import codebook
from rakelab.demo import toteutus
from rakelab.errors import UsageError, WallError
from rakelab.indicators import plan_states, plan_values
from rakelab.protect import protect, release_register
from rakelab.report.run import Order, report

SIGNED = {"approved_by": "Testi Hyväksyjä", "date": "2026-11-02"}
GIVEN = {"hyvaksyi": "Testi Hyväksyjä", "hyvaksytty_pvm": "2026-11-02"}
COUNTED = {
    "Ilmoitusten lukumäärä": ("28", "57", 2), "Tehdyt yhteenvedot": ("1", "1", 2),
    "Tapaamisten toteutuminen": ("6", "3", 1), "Koulutusten ja tilaisuuksien määrä": ("1", "3", 1),
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of reports, with those of social reporting and of events."""
    out = tmp_path_factory.mktemp("raportit")
    for recipe, name in ((demo.RAPORTOINTI, "raportointi"), (demo.TAPAHTUMAT, "tapahtumat")):
        (file,) = demo.write(out / "data", recipes=(recipe,))
        report(file.kind, file.path, settings=file.settings(out), order=Order(out, quiet=True, folder=name))
    return out


@pytest.fixture(scope="module")
def folder(place: Path) -> Path:
    """The demo's plan, followed up beside it."""
    (file,) = demo.write(place / "data", recipes=(demo.TOTEUTUS,))
    order = Order(place, ("fi", "sv"), quiet=True, folder="suunnitelma")
    return report(file.kind, file.path, settings=file.settings(place), order=order)


def plan(path: Path, *changes: tuple[int, str, Any]) -> Path:
    """The demo's plan with some cells (row, field, value) changed."""
    titles = {field.name: field.title["fi"] for field in codebook(toteutus.KIND).fields}
    path.write_bytes(toteutus.table(years=(2021, 2022)))
    table = pd.read_excel(path, dtype=object, engine="openpyxl")
    for row, field, value in changes:
        table.loc[row - 2, titles[field]] = value
    table.to_excel(path, index=False)
    return path


def page(folder: Path, lang: str = "fi") -> str:
    html = (folder / f"report.{lang}.html").read_text(encoding="utf-8")
    return " ".join(unescape(sub(r"<[^>]*>", " ", html)).split())


def lines(folder: Path, measure: str) -> list[str]:
    """What the page tells of a measure: side by side first, then the latest year and the one before."""
    html = (folder / "report.fi.html").read_text(encoding="utf-8")
    rows = (" ".join(sub(r"<[^>]*>", " ", row).split()) for row in findall(r"<tr>.*?</tr>", html))
    return [row for row in rows if row.startswith(measure)]


def released(data: Path, place: Path | str = "") -> Release:
    read = loaders.load(data, toteutus.KIND)
    made = prepare.plan_values(prepare.periods(read))
    filled = archive.counted(archive.earlier(place), ["2021", "2022"]) if place else {}
    entries = release_register(prepare.records(made, filled), **SIGNED)
    return protect([plan_states(made), plan_values(made)], entries=entries)


# --- the page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", COUNTED)
def test_measures_that_the_tool_knows_are_filled_in_from_the_released_report(folder: Path, measure: str) -> None:
    before, after, number = COUNTED[measure]
    across, latest, first = lines(folder, measure)
    assert f" Toteutunut {before} Kesken {after} kyllä" in across
    assert f"Arvo ja lähde {after} laskettu julkaisusta {number} " in latest
    assert f"Arvo ja lähde {before} laskettu julkaisusta {number} " in first
    sources = (
        "Tapahtumat ja viestintä (kansio tapahtumat).",
        "Sosiaalinen raportointi: ilmoitukset (kansio raportointi).",
    )
    assert f"Julkaisu {number}: {sources[number - 1]}" in page(folder)


def test_the_number_is_that_of_the_reports_own_released_json(folder: Path, place: Path) -> None:
    told = json.loads((place / "raportointi" / "released.json").read_text(encoding="utf-8"))
    (cell,) = [one for one in told["cells"] if one["id"] == "vuosi=2021"]
    mine = json.loads((folder / "released.json").read_text(encoding="utf-8"))["entries"]
    values = [one["filled"] for one in mine if one["cells"].get("measure") == "ilmoitusten_lukumaara"]
    assert [one["value"] for one in values] == [cell["value"], 57]
    assert {one["sources"][0]["folder"] for one in values} == {"raportointi"}


def test_the_rest_is_by_hand_with_date_and_source(folder: Path) -> None:
    _, latest, first = lines(folder, "Toteutuneet tapaamiset")
    assert "Arvo ja lähde 5 10.6.2022, Kalenteri" in latest
    assert "Arvo ja lähde 10 15.12.2021, Kalenteri" in first
    assert "Arvo ja lähde – ei tietoa Intranet Näyttö" in lines(folder, "Tapaamisten tuotokset")[4]
    assert "lasketaan, kun aiemmat raportit annetaan" not in page(folder)
    assert "Rivit hyväksyi julkaistaviksi Testi Hyväksyjä 2.11.2026." in page(folder)
    assert "Toteutuneet tapaamiset" in page(folder, "sv")
    assert "räknat ur publikation 1" in page(folder, "sv")


def test_states_are_told_however_few(folder: Path) -> None:
    assert "2022: ”Ei aloitettu” 2 ja ”Kesken” 7." in page(folder)
    cells = json.loads((folder / "released.json").read_text(encoding="utf-8"))["cells"]
    assert {cell["state"] for cell in cells} == {"shown", "zero"}


def test_no_path_of_the_machine_is_left(folder: Path, place: Path) -> None:
    kinds = (".json", ".html", ".ipynb")
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.*") if path.suffix in kinds]
    assert len(texts) == 8
    assert [text for text in texts if str(place) in text] == []


# --- what is lacking, what is telling -------------------------------------------------------------------------


def test_without_earlier_reports_nothing_is_filled_in_and_a_value_without_date_is_said(tmp_path: Path) -> None:
    file = plan(tmp_path / "s.xlsx", (18, "arvo_pvm", None), (9, "lahde", None))
    made = report(toteutus.KIND, file, settings=GIVEN, order=Order(tmp_path / "out", quiet=True))
    assert "lasketaan, kun aiemmat raportit annetaan" in lines(made, "Ilmoitusten lukumäärä")[1]
    assert "Arvo ja lähde 5 päivä puuttuu, Kalenteri" in lines(made, "Toteutuneet tapaamiset")[1]
    assert "Arvo ja lähde 10 15.12.2021, lähde puuttuu" in lines(made, "Toteutuneet tapaamiset")[2]
    assert "Kirjattu käsin, päivä tai lähde puuttuu" in page(made)


def test_a_name_in_the_evidence_stops_the_report_with_its_row(tmp_path: Path) -> None:
    file = plan(tmp_path / "s.xlsx", (4, "naytto", "Koulutuksen piti Outi Virtanen."))
    with pytest.raises(WallError) as caught:
        report(toteutus.KIND, file, settings=GIVEN, order=Order(tmp_path / "out", quiet=True))
    assert caught.value.values["found"] == {"name": (4,)}
    assert "Virtanen" not in str(caught.value)
    assert list((tmp_path / "out").glob("*/*")) == []


def test_nobody_approved_stops_the_report(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        report(toteutus.KIND, plan(tmp_path / "s.xlsx"), order=Order(tmp_path / "out", quiet=True))
    assert caught.value.key == "protect.register.no_approver"


# --- released.json --------------------------------------------------------------------------------------------


def test_the_register_comes_back_from_the_archive_as_it_went(tmp_path: Path, place: Path) -> None:
    made = released(plan(tmp_path / "s.xlsx"), place)
    text = archive.dumps(made)
    again = archive.loads(text)
    assert (again.entries, archive.dumps(again), len(again.entries)) == (made.entries, text, 18)
    assert {cell.state for cell in made.cells.values()} <= {State.SHOWN, State.ZERO}


def test_an_older_file_without_entries_is_read(tmp_path: Path) -> None:
    data = json.loads(archive.dumps(released(plan(tmp_path / "s.xlsx"))))
    del data["entries"]
    assert archive.loads(json.dumps(data)).entries == ()


def test_what_is_read_back_is_looked_at_again(tmp_path: Path, place: Path) -> None:
    data = json.loads(archive.dumps(released(plan(tmp_path / "s.xlsx"), place)))
    named = json.loads(json.dumps(data))
    named["entries"][0]["cells"]["evidence"] = "Kirjasi Outi Virtanen."
    with pytest.raises(WallError):
        archive.loads(json.dumps(named))
    telling = json.loads(json.dumps(data))
    (filled, *_) = [one["filled"] for one in telling["entries"] if "filled" in one]
    filled["state"] = "hidden"  # a hidden value with its number
    with pytest.raises(Exception, match=r"released\.json"):
        archive.loads(json.dumps(telling))


def test_entries_are_looked_at_again_by_protect(tmp_path: Path) -> None:
    made = released(plan(tmp_path / "s.xlsx"))
    altered = replace(made.entries[0], date="eilen")
    read = loaders.load(plan(tmp_path / "s.xlsx"), toteutus.KIND)
    tally = plan_states(prepare.plan_values(prepare.periods(read)))
    with pytest.raises(UsageError):
        protect([tally], entries=[altered])
