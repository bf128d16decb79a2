"""Decisions from the third sheet of the workbook to the page, the answer to the reporters and the yearly report."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from rakelab import demo
from rakelab.codebook import codebook
from rakelab.demo.book import workbook
from rakelab.errors import RakelabError
from rakelab.report.run import Order, report

TEXT = "Jaosto antoi asiasta lausunnon ministeriölle."
SIGNED = {"lainaukset_hyvaksyi": "Testi Hyväksyjä", "lainaukset_pvm": "2026-11-02"}


def book(folder: Path, *decisions: tuple[object, ...], name: str = "Päätökset") -> Path:
    """Twenty notifications, six of them of housing; a sheet of decisions."""
    themes = ["Asuminen"] * 6 + ["Toimeentulotuen käytännöt"] * 14
    notified = [[f"N{i}", date(2024, 1, 10), theme] for i, theme in enumerate(themes, 1)]
    names = ("paatos_id", "ilmoitukset", "toimielin", "pvm", "paatos", "seuranta_pvm", "tila", "paatos_teksti")
    heads = [codebook("paatokset")[field].title["fi"] for field in names]
    assigned = [["Toimeksiannon tunnus", "Ilmoitukset", "Annettu", "Tila"], ["T1", "N1", date(2024, 2, 1), "Tehty"]]
    sheets = {
        "ilmoitukset": [["Ilmoituksen tunnus", "Ilmoituksen päivä", "Ilmiön teema"], *notified],
        "toimeksiannot": assigned,
        name: [heads, *([f"P{i}", *row] for i, row in enumerate(decisions, 1))],
    }
    path = folder / "raportointi.xlsx"
    path.write_bytes(workbook(sheets, (2024, 12, 1)))
    return path


def made(kind: str, data: Path, place: Path, **settings: object) -> tuple[dict[str, int], str]:
    """The counts of a report, and the words of its page."""
    folder = report(kind, data, settings=settings, order=Order(place, ("fi",), quiet=True))
    released = json.loads((folder / "released.json").read_text(encoding="utf-8"))
    page = (folder / "report.fi.html").read_text(encoding="utf-8")
    counts = {number["cell"]: number.get("value") for number in released["numbers"] if number["statistic"] == "count"}
    return counts, " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


SEVEN = "; ".join(f"N{i}" for i in range(1, 8))
ROWS = (
    (SEVEN, "RAKE-työryhmä", date(2024, 2, 9), "Siirretty eteenpäin", None, "", ""),
    (SEVEN, "Jaosto", date(2024, 3, 10), "Lausunto", date(2024, 6, 1), "Kesken", TEXT),
    ("N8", "RAKE-työryhmä", date(2023, 2, 9), "Toimenpide", date(2024, 9, 1), "Kesken", ""),
    ("N9; N10", "Johdon kokous", date(2024, 7, 8), "Ei vielä päätetty", None, "", ""),
)


def test_decisions_come_to_the_page_and_to_the_answer(tmp_path: Path) -> None:
    counts, page = made("sosiaalinen_raportointi", book(tmp_path, *ROWS), tmp_path / "out", paatostekstit=[3], **SIGNED)
    assert (counts["paatoksen_tulos=lausunto"], counts["paatoksen_tulos=ei_paatetty"]) == (7, 12)
    assert counts["ilmoituksen_paatos=ennen_ilmoitusta"] == 1
    assert counts["paatoksen_lupaus=myohassa|yksikko=paatokset"] == 1
    assert "RAKE-työryhmä 10 50 % Johdon kokous 9 45 % Jaosto 7 35 % Aluehallitus 0" in page
    said = page.partition("Vastaus ilmoittajille")[2]
    assert "Päätökset ilmoituksittain: Lausunto 7, Toimenpide 1, Ei toimenpiteitä 0 ja Ei vielä päätetty 12." in said
    assert f"Mitä on päätetty: {TEXT}" in said
    assert "Päätöksen päivä on ennen ilmoitusta" in page


def test_nothing_decided_is_an_answer_and_no_sheet_is_no_section_of_numbers(tmp_path: Path) -> None:
    waiting = ("N1", "RAKE-työryhmä", date(2024, 2, 9), "Ei vielä päätetty", None, "", "")
    _, page = made("sosiaalinen_raportointi", book(tmp_path, waiting), tmp_path / "out")
    assert "Toimenpide 0, Ei toimenpiteitä 0 ja Ei vielä päätetty 20." in page
    counts, page = made("sosiaalinen_raportointi", book(tmp_path, *ROWS, name="muut"), tmp_path / "other")
    assert not [name for name in counts if "paato" in name]
    assert "Päätökset ilmoituksittain" not in page


def test_a_name_in_a_decision_is_not_published(tmp_path: Path) -> None:
    named = (*ROWS[1][:-1], "Kerttu Satulainen soittaa asiakkaalle.")
    with pytest.raises(RakelabError) as refused:
        made("sosiaalinen_raportointi", book(tmp_path, named), tmp_path / "out", paatostekstit=[2], **SIGNED)
    assert refused.value.key == "protect.telling_quote"
    assert "Satulai" not in refused.value.sentence("fi")


def test_the_yearly_report_tells_the_decisions(tmp_path: Path) -> None:
    file = demo.write(tmp_path / "data", recipes=[demo.RAPORTOINTI])[0]
    counts, _ = made(file.kind, file.path, tmp_path / "out", **file.settings(tmp_path))
    assert [counts[f"puolivuosi=2021-{half}"] for half in (1, 2)] == [17, 11]  # as Kainuu published
    _, page = made("sosiaalinen_raportti", tmp_path / "out", tmp_path / "yearly")
    for title in (
        "Ilmoituksen matka päättäjille",
        "Mitä ilmoituksista päätettiin",
        "Päiviä päätökseen",
        "Lupausten pitäminen",
    ):
        assert title in page
