"""The register of events and the feedback on a course, from the file to the page, the plan and the yearly report."""

import json
import re
from html import unescape
from pathlib import Path

from rakelab import demo
from rakelab.report.run import Order, report


def made(recipe: demo.Recipe, folder: Path) -> tuple[dict[str, int], str]:
    """The counts of a report of the demo, and the words of its page."""
    file = demo.write(folder / "data", recipes=[recipe])[0]
    return run(file.kind, file.path, folder / "out", **file.settings(folder))


def run(kind: str, data: Path, place: Path, **settings: object) -> tuple[dict[str, int], str]:
    folder = report(kind, data, settings=settings, order=Order(place, ("fi",), quiet=True))
    released = json.loads((folder / "released.json").read_text(encoding="utf-8"))
    page = (folder / "report.fi.html").read_text(encoding="utf-8")
    counts = {number["cell"]: number.get("value") for number in released["numbers"] if number["statistic"] == "count"}
    return counts, " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_published_numbers_of_events_come_to_the_page(tmp_path: Path) -> None:
    counts, page = made(demo.TAPAHTUMAT, tmp_path)
    kinds = {kind: counts[f"laji={kind}"] for kind in ("uutiskirje", "infograafi", "video")}
    assert kinds == {"uutiskirje": 17, "infograafi": 8, "video": 38}
    came = {kind: counts[f"laji={kind}|yksikko=osallistujat"] for kind in ("tilaisuus", "koulutus", "opintojakso")}
    assert came == {"tilaisuus": 38, "koulutus": 123, "opintojakso": 65}
    assert counts["osallistujat_mista=osallistujat_essote|yksikko=osallistujat"] == 37
    assert (counts["yksikko=suorittaneet"], counts["laji=verkkosivu|yksikko=katselut"]) == (35, 1511)
    assert counts["osallistujatieto=puuttuu"] == 1
    assert "Opintojakso 22 % 65" in page
    assert "ei laske näitä" not in page


def test_the_feedback_on_the_course_is_compared_as_competence_is(tmp_path: Path) -> None:
    counts, page = made(demo.PALAUTE, tmp_path)
    assert (counts["aalto=jalkeen|taso=perehtyva"], counts["aalto=jalkeen"]) == (15, 22)
    assert "3 keskiarvosta 2 nousi enemmän kuin sattuma selittäisi" in page
    assert "Ennen 62 % (40/65); Jälkeen 63 % (22/35)" in page


def test_an_empty_register_of_participants_is_no_table_of_them(tmp_path: Path) -> None:
    path = tmp_path / "tapahtumat.csv"
    path.write_text(
        "pvm;laji;aihe\n1.2.2024;tapaaminen;a\n" + "".join(f"{i}.3.2024;koulutus;b\n" for i in range(1, 6)),
        encoding="utf-8",
    )
    counts, page = run("tapahtumat", path, tmp_path / "out")
    assert counts["osallistujatieto=puuttuu"] == 6
    assert not [name for name in counts if "yksikko" in name]
    assert "Tapaaminen 1" in page


def test_the_yearly_report_has_the_events(tmp_path: Path) -> None:
    made(demo.TAPAHTUMAT, tmp_path)
    _, page = run("sosiaalinen_raportti", tmp_path / "out", tmp_path / "yearly")
    assert "Tapahtumat ja julkaisut" in page
    assert "Tapaaminen 6 3" in page
