"""Observations from their file to their page and to the yearly report: three views, their contradictions, no name."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from rakelab import cli, demo
from rakelab.errors import RakelabError
from rakelab.report.run import Order, report

NAME = "Kerttu Satulainen"


def observed(folder: Path, rows: list[str]) -> Path:
    path = folder / "havainnot.csv"
    head = "pvm;nakokulma;paikka;mitä nähtiin;teema;jarjestelman_puute"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def few(view: str, theme: str, n: int, year: int = 2024) -> list[str]:
    return [f"{i % 27 + 1}.{i % 11 + 1}.{year};{view};koti;Nähtiin jotakin {view} {i}.;{theme};jono" for i in range(n)]


def made(kind: str, data: Path, place: Path, lang: str = "fi", **settings: object) -> tuple[Path, str]:
    """The folder of a report, and the words of its page."""
    folder = report(kind, data, settings=settings, order=Order(place, (lang,), quiet=True))
    page = (folder / f"report.{lang}.html").read_text(encoding="utf-8")
    return folder, " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_views_stand_side_by_side_with_their_contradictions(tmp_path: Path) -> None:
    rows = few("etsivä työ", "Asuminen", 30) + few("asiakasraati", "Toimeentulotuen käytännöt", 20)
    rows += few("asiakasraati", "Asuminen", 10) + few("yhteisöreportteri", "Asuminen", 25)
    folder, page = made("havainnot", observed(tmp_path, rows), tmp_path / "out")
    released = json.loads((folder / "released.json").read_text(encoding="utf-8"))
    shown = {cell["cell"]: cell["value"] for cell in released["numbers"] if cell["statistic"] == "count"}
    assert shown["ilmio_teema=toimeentulotuki|nakokulma=asiakas"] == 20
    assert [shown[f"nakokulma={who}"] for who in ("tyontekija", "asiakas", "asukas")] == [30, 30, 25]
    assert "”Asuminen”: 33 % (Asiakas) ja 100 % (Työntekijä)." in page
    assert "Työntekijä (n = 30)" in page
    beyond = [
        v for v in released["verdicts"] if v["table"] == "ilmio_teema_nakokulma" and v["verdict"] in ("up", "down")
    ]
    assert {tuple(sorted((v["a"]["nakokulma"], v["b"]["nakokulma"]))) for v in beyond} == {
        ("asiakas", "tyontekija"), ("asiakas", "asukas"),
    }  # fmt: skip


def test_a_view_that_nobody_has_is_no_contradiction(tmp_path: Path) -> None:
    rows = few("tyontekija", "Asuminen", 30) + few("asiakas", "Asuminen", 30)
    _, page = made("havainnot", observed(tmp_path, rows), tmp_path / "out")
    assert "Asukas (n = 0)" in page
    assert "ero on" not in page.partition("Missä näkökulmat ovat ristiriidassa")[2].partition("Missä havaittiin")[0]


def test_a_name_in_an_observation_is_told_by_its_row_and_never_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = few("tyontekija", "Asuminen", 12)
    rows[4] = f"3.2.2024;asukas;koti;{NAME} asuu kellarissa.;Asuminen;jono"
    path = observed(tmp_path, rows)
    cli.main(["check", "havainnot", str(path)])
    said = capsys.readouterr()
    assert "mahdollinen nimi (rivit 6)" in said.out + said.err
    signed = {"lainaukset_hyvaksyi": "Testi Hyväksyjä", "lainaukset_pvm": "2026-11-02"}
    with pytest.raises(RakelabError) as refused:
        made("havainnot", path, tmp_path / "out", lainaukset=[6], **signed)
    told = said.out + said.err + refused.value.sentence("fi")
    folder, page = made("havainnot", path, tmp_path / "other", lainaukset=[5], **signed)
    assert "Nähtiin jotakin tyontekija 3." in page
    assert "Satulai" not in told + page + (folder / "released.json").read_text(encoding="utf-8")


def test_the_yearly_report_sets_each_view_beside_the_notifications_of_its_years(tmp_path: Path) -> None:
    for recipe in (demo.RAPORTOINTI, demo.HAVAINNOT):
        file = demo.write(tmp_path / "data", recipes=[recipe])[0]
        made(recipe.kind, file.path, tmp_path / "out", **file.settings(tmp_path))
    _, page = made("sosiaalinen_raportti", tmp_path / "out", tmp_path / "yearly")
    apart = "Asukas: havainnot ja työntekijöiden ilmoitukset osoittavat eri suuntiin näissä teemoissa: "
    assert apart + "”Toimeentulotuen käytännöt”." in page
    assert re.search(r"Asukas, n = 72 \(sija\)", page)
    assert page.count("kyllä, eri suuntiin") == 1


def test_views_of_other_years_are_not_compared_with_the_notifications(tmp_path: Path) -> None:
    file = demo.write(tmp_path / "data", recipes=[demo.RAPORTOINTI])[0]
    made(file.kind, file.path, tmp_path / "out", **file.settings(tmp_path))
    rows = few("asukas", "Asuminen", 30, 2025) + few("asiakas", "Asuminen", 30, 2025)
    made("havainnot", observed(tmp_path, rows), tmp_path / "out")
    _, page = made("sosiaalinen_raportti", tmp_path / "out", tmp_path / "yearly", "en")
    assert "(2025) and workers’ notifications (2021, 2022) cannot be compared" in page
    assert "yes, in different directions" not in page
