"""Two coders: the same texts, where they differ, how alike they are, and what they agree on."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from rakelab import coding
from rakelab.errors import OutputError, UsageError

from .conftest import A, codes, fill

Sheets = tuple[Path, Path]


def compared(sheets: Sheets) -> coding.Compared:
    return coding.compare(*map(coding.read_sheet, sheets))


def refused(sheets: Sheets) -> coding.CodingError:
    with pytest.raises(coding.CodingError) as caught:
        compared(sheets)
    return caught.value


def test_where_they_differ(filled: Sheets) -> None:
    found = compared(filled)
    assert [(one.split("-")[0], theme) for one, theme in found.differ] == [("5", "talous"), ("6", "talous")]
    assert repr(found) == "<Compared koodaus_a.xlsx, koodaus_b.xlsx: 2 to discuss>"


def test_agreement_of_each_theme(filled: Sheets) -> None:
    """Money: A yes no yes no, B yes no no yes: half alike, as chance would have it. Queues: alike."""
    found = compared(filled).agreement()
    assert (found["talous"].kappa, found["talous"].agreement, found["talous"].disagreements) == (0, 0.5, 2)
    assert found["talous"].alpha == pytest.approx(1 - 7 * 4 / (8**2 - 4**2 - 4**2))
    assert (found["jono"].kappa, found["jono"].alpha, found["jono"].disagreements) == (1, 1, 0)
    assert found["jono"].alpha_low is None


def test_the_coders_are_told_theme_by_theme(filled: Sheets) -> None:
    assert coding.agreement_sentences(compared(filled), "en") == [
        "Both coded 4 texts.",
        "Talous: kappa 0.00, alpha 0.13 (-0.75 … 1.00), 2 to discuss",
        "Jonot: kappa 1.00, alpha 1.00, 0 to discuss",
    ]


def test_two_coders_with_different_rows(filled: Sheets, tmp_path: Path, themes: coding.Themes) -> None:
    other = tmp_path / "muu.csv"
    lines = ["nro;vastaus", "1;Vuokra on liian suuri.", "2;", "3;Aivan muuta.", "4;Velkaa ja jonoja.", "5;", "6;Uusi."]
    other.write_text("\n".join(lines), encoding="utf-8")
    order = coding.Order(tmp_path / "muu.xlsx")
    second = coding.export(coding.texts_in(other, "vastaus"), themes, order).files[1]
    fill(second, {row: ["Talous"] for row in range(2, 9)})
    error = refused((filled[0], second))
    assert codes(error) == [("other_text", (4,), ""), ("rows_missing", (6,), ""), ("rows_missing", (7,), "")]
    assert [fault.values["file"] for fault in error.faults[1:]] == ["muu_b.xlsx", "koodaus_a.xlsx"]
    assert "Aivan" not in error.sentence("fi")


def test_one_coder_twice_is_not_two(filled: Sheets) -> None:
    assert codes(refused((filled[0], filled[0]))) == [("same_coder", (), "")]


def test_other_themes_and_another_field(filled: Sheets, tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("nro;muu\n1;Vuokra on liian suuri.\n", encoding="utf-8")
    ours = coding.themes("sosiaalinen_raportointi")
    second = coding.export(coding.texts_in(tmp_path / "v.csv", "muu"), ours, coding.Order(tmp_path / "v.xlsx")).files[1]
    error = refused((filled[0], fill(second, {2: ["Asuminen"]})))
    assert [code for code, _, _ in codes(error)] == ["other_themes", "other_field", "rows_missing"]


# --- the talk -------------------------------------------------------------------------------------------------


def talked(filled: Sheets, path: Path, *marks: str) -> Path:
    """The workbook of differences, agreed on from the top."""
    coding.write_differences(compared(filled), path)
    book = openpyxl.load_workbook(path)
    for i, mark in enumerate(marks, 2):
        book.worksheets[0].cell(i, 6).value = mark
    book.save(path)
    return path


def test_what_to_discuss_stands_side_by_side(filled: Sheets, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(talked(filled, tmp_path / "s.xlsx"))
    head, *rows = book.worksheets[0].values
    assert head == ("Tunnus", "Teksti", "Teema", "Koodaaja A", "Koodaaja B", "Sovittu")
    assert [row[1:] for row in rows] == [
        ("Velkaa ja jonoja.", "Talous", "x", None, None),
        ("Kaikki hyvin.", "Talous", None, "x", None),
    ]
    assert [row[0] for row in book["Yksimielisyys"].values] == ["Teema", "Talous", "Jonot"]


def test_what_was_agreed(filled: Sheets, tmp_path: Path) -> None:
    agreed = coding.agreed_marks(compared(filled), talked(filled, tmp_path / "s.xlsx", "x", "ei"))
    assert [sorted(marks) for marks in agreed.values()] == [["talous"], ["jono"], ["jono", "talous"], []]


def test_something_is_not_agreed_yet(filled: Sheets, tmp_path: Path) -> None:
    with pytest.raises(coding.CodingError) as caught:
        coding.agreed_marks(compared(filled), talked(filled, tmp_path / "s.xlsx", "x"))
    assert codes(caught.value) == [("not_agreed", (6,), "")]
    with pytest.raises(UsageError) as needed:
        coding.agreed_marks(compared(filled), None)
    assert needed.value.key == "coding.no_talk"


def test_the_talk_of_another_coding(filled: Sheets, sheets: Sheets, tmp_path: Path) -> None:
    path = talked(filled, tmp_path / "s.xlsx", "x", "kenties")
    fill(sheets[1], {4: ["Talous"]})
    fill(sheets[0], {}, lambda sheet: sheet.__setitem__("C4", None))  # the coder changed a mark since
    with pytest.raises(coding.CodingError) as caught:
        coding.agreed_marks(compared(filled), path)
    assert codes(caught.value) == [("bad_agreed", (6,), ""), ("talk_missing", (4,), ""), ("talk_extra", (5,), "")]


def test_nothing_to_agree_on(sheets: Sheets) -> None:
    same = compared((fill(sheets[0], A), fill(sheets[1], A)))
    assert coding.agreed_marks(same, None) == same.first.marks


def test_a_talk_is_not_written_over(filled: Sheets, tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_bytes(b"agreed")
    with pytest.raises(OutputError):
        coding.write_differences(compared(filled), tmp_path / "s.xlsx")


# --- the result -----------------------------------------------------------------------------------------------


def test_the_result_holds_ids_and_marks_and_no_text(filled: Sheets, tmp_path: Path) -> None:
    found = compared(filled)
    coding.write_coded(
        found, coding.agreed_marks(found, talked(filled, tmp_path / "s.xlsx", "x", "ei")), tmp_path / "k.csv"
    )
    told = (tmp_path / "k.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == (
        "rivi;tarkiste;vastaus_teema:talous;vastaus_teema:jono;vastaus_koodaaja_a:talous;vastaus_koodaaja_a:jono;"
        "vastaus_koodaaja_b:talous;vastaus_koodaaja_b:jono"
    )
    assert [line.split(";")[0] + ":" + "".join(line.split(";")[2:]) for line in told[1:]] == [
        "2:101010",
        "4:010101",
        "5:111101",
        "6:000010",
    ]


def test_one_coder_alone(filled: Sheets, tmp_path: Path) -> None:
    coding.write_one_coder(coding.read_sheet(filled[0]), tmp_path / "k.csv")
    found = coding.read_coded(tmp_path / "k.csv", "vastaus")
    assert (list(found.parts), found.themes) == (["teema"], ("talous", "jono"))


SPOILT: dict[str, Callable[[str], str]] = {
    "coding.not_coded": lambda text: text.replace("tarkiste", "muu"),
    "coding.unusable": lambda text: text[:-3] + "7\r\n",
}


@pytest.mark.parametrize("key", SPOILT)
def test_a_result_that_was_spoilt(key: str, filled: Sheets, tmp_path: Path) -> None:
    coding.write_one_coder(coding.read_sheet(filled[0]), tmp_path / "k.csv")
    text = (tmp_path / "k.csv").read_bytes().decode("utf-8-sig")
    (tmp_path / "k.csv").write_text(SPOILT[key](text), encoding="utf-8", newline="")
    with pytest.raises(coding.CodingError.__base__) as caught:
        coding.read_coded(tmp_path / "k.csv", "vastaus")
    assert caught.value.key == key
