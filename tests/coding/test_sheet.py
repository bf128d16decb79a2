"""What goes into a coding sheet: no identifier, no formula, no other coder's mark, and no more than a cell holds."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from rakelab import coding, identifiers
from rakelab.errors import OutputError, UsageError
from rakelab.i18n import LANGUAGES, text


def texts(tmp_path: Path, *given: str) -> coding.Texts:
    book = openpyxl.Workbook()
    for row in (["nro", "teksti"], *([i, one] for i, one in enumerate(given, 1))):
        book.active.append(row)
    for row in book.active.iter_rows(min_row=2, min_col=2, max_col=2):
        row[0].data_type = "s"
    book.save(tmp_path / "tekstit.xlsx")
    return coding.texts_in(tmp_path / "tekstit.xlsx", "teksti")


def exported(tmp_path: Path, themes: coding.Themes, *given: str) -> tuple[coding.Exported, openpyxl.Workbook]:
    order = coding.Order(tmp_path / "k.xlsx", coders=1)
    made = coding.export(texts(tmp_path, *given), themes, order)
    return made, openpyxl.load_workbook(made.files[0])


def cells(book: openpyxl.Workbook) -> list[openpyxl.cell.Cell]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_two_coders_get_a_sheet_each_with_nothing_but_ids_texts_and_themes(sheets: tuple[Path, Path]) -> None:
    assert [path.name for path in sheets] == ["koodaus_a.xlsx", "koodaus_b.xlsx"]
    rows = [list(openpyxl.load_workbook(path).worksheets[0].values) for path in sheets]
    assert rows[0] == rows[1]
    assert rows[0][0] == ("Tunnus", "Teksti", "Talous", "Jonot", "Ei mitään näistä")
    assert [(row[0].split("-")[0], *row[1:]) for row in rows[0][1:]] == [
        ("2", "Vuokra on liian suuri.", None, None, None),
        ("4", "Jonossa kesti.", None, None, None),
        ("5", "Velkaa ja jonoja.", None, None, None),
        ("6", "Kaikki hyvin.", None, None, None),
    ]


def test_marks_are_chosen_from_a_list_and_the_heading_stays_in_sight(sheets: tuple[Path, Path]) -> None:
    sheet = openpyxl.load_workbook(sheets[0]).worksheets[0]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"x"', "C2:E5")
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_is_a_formula(start: str, tmp_path: Path, themes: coding.Themes) -> None:
    evil = f'{start}HYPERLINK("x.invalid";"osuma")'
    made, book = exported(tmp_path, themes, evil)
    assert {cell.data_type for cell in cells(book)} == {"s"}
    assert book.worksheets[0]["B2"].value == evil.strip()
    assert (
        book.worksheets[0]["B2"].style_array.quotePrefix if hasattr(book.worksheets[0]["B2"], "style_array") else True
    )
    with zipfile.ZipFile(made.files[0]) as packed:
        assert [name for name in packed.namelist() if b"<f>" in packed.read(name)] == []


def test_what_the_finder_finds_is_in_no_part_of_the_file(tmp_path: Path, themes: coding.Themes) -> None:
    secret = "Asiakas 010190-999X soitti numerosta 040 123 4567, posti matti@esimerkki.fi."
    made, book = exported(tmp_path, themes, secret, "Tavallinen.")
    assert made.masked == {"identity_code": 1, "phone": 1, "email": 1}
    shown = book.worksheets[0]["B2"].value
    assert shown == "Asiakas [henkilötunnus] soitti numerosta [puhelinnumero], posti [sähköposti]."
    with zipfile.ZipFile(made.files[0]) as packed:
        whole = b"".join(map(packed.read, packed.namelist())).decode("utf-8", "replace")
    assert [one for one in ("010190", "999X", "123 4567", "matti@") if one in whole] == []


def test_every_kind_of_identifier_has_words() -> None:
    assert all(text(f"coding.mark.{kind}", lang) for kind in identifiers.KINDS for lang in LANGUAGES)


def test_the_digest_is_of_the_masked_text(tmp_path: Path) -> None:
    """Else somebody could try identity codes until the digest fits."""
    one, other = texts(tmp_path, "Koodi 010190-999X."), texts(tmp_path, "Koodi 020290-999X.")
    assert one.ids == other.ids


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_told(tmp_path: Path, themes: coding.Themes) -> None:
    csv = tmp_path / "pitka.csv"
    csv.write_text("nro;teksti\n1;lyhyt\n2;" + "ä😀" * 25_000 + "\n", encoding="utf-8")
    made = coding.export(coding.texts_in(csv, "teksti"), themes, coding.Order(tmp_path / "k.xlsx", coders=1))
    shown = openpyxl.load_workbook(made.files[0]).worksheets[0]["B3"].value
    assert made.cut == (3,)
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    assert shown.endswith(" [… teksti katkaistiin tähän; koko tekstissä on 50000 merkkiä]")


def test_emoji_stay_and_direction_marks_go(tmp_path: Path, themes: coding.Themes) -> None:
    _, book = exported(tmp_path, themes, "Hyvä 👩‍👧 \u202eolleh\u202c \u2067loppu\u2069")
    assert book.worksheets[0]["B2"].value == "Hyvä 👩‍👧 olleh loppu"


def test_suggestions_stand_in_a_column_of_their_own(answers: Path, themes: coding.Themes, tmp_path: Path) -> None:
    given = coding.texts_in(answers, "vastaus")
    order = coding.Order(tmp_path / "k.xlsx", coders=1, lang="en")
    made = coding.export(given, themes, order, suggested=[("talous",), (), ("talous", "jono"), ()])
    rows = list(openpyxl.load_workbook(made.files[0]).worksheets[0].values)
    assert [row[2] for row in rows] == ["Suggested by the words", "Money", "", "Money, Queues", ""]


def test_a_sheet_that_is_there_is_not_written_over_and_no_other_is_written(
    answers: Path, themes: coding.Themes, tmp_path: Path
) -> None:
    (tmp_path / "k_b.xlsx").write_bytes(b"filled in")
    with pytest.raises(OutputError) as caught:
        coding.export(coding.texts_in(answers, "vastaus"), themes, coding.Order(tmp_path / "k.xlsx"))
    assert caught.value.key == "coding.exists"
    assert not (tmp_path / "k_a.xlsx").exists()
    assert (tmp_path / "k_b.xlsx").read_bytes() == b"filled in"


@pytest.mark.parametrize(("out", "coders", "key"), [("k.csv", 2, "coding.ending"), ("k.xlsx", 0, "coding.coders")])
def test_an_order_that_cannot_be(out: str, coders: int, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        coding.Order(Path(out), coders).paths()
    assert caught.value.key == key
