"""Every verdict of a whole output folder is that of its ``released.json``: tables, findings, alternative texts, marks
of figures and the page that gathers others, in three languages; and every number of the workbook and of the index."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from verdict_words import (
    TURNS,
    WORDS,
    Family,
    Verdict,
    agrees,
    figures,
    flagged,
    marks,
    plain,
    rows_of,
    squeezed,
    tables,
)
from verdict_words import texts as texts_of

LANGUAGES = tuple(WORDS)


@dataclass(frozen=True)
class Folder:
    """What one report says, and what it published."""

    name: str
    released: dict[str, Any]
    pages: Mapping[str, str]
    workbook: bytes

    @property
    def parts(self) -> list[dict[str, Any]]:
        return self.released.get("parts", [{"id": "", "released": self.released}])

    @property
    def words(self) -> dict[str, Any]:
        every = [part["released"] for part in self.parts] + [self.released]
        return {name: one for released in every for name, one in released.get("variables", {}).items()}

    def label(self, row: Mapping[str, str], lang: str) -> str:
        words = self.words
        titles = [words[name]["title"][lang] for name, level in row.items() if level == "vastattu"]
        levels = [words[name]["levels"].get(level, {}).get(lang, "") for name, level in row.items()]
        return plain((titles or levels or [""])[0])

    def levels(self, told: Mapping[str, str], lang: str) -> dict[str, str]:
        """The same by level, where it was by label."""
        words = [one["levels"] for one in self.words.values()]
        return {level: told[plain(said[lang])] for one in words for level, said in one.items()
                if plain(said[lang]) in told}  # fmt: skip

    def families(self, lang: str) -> list[dict[str, Verdict]]:
        """The verdicts that were taken together, by the words of their rows."""
        found: dict[str, dict[str, Verdict]] = {}
        for one in self.released["verdicts"]:
            of_rows = one["a"] == one["row"] or one["method"] == "model"
            place = [one["table"], one["method"], *([] if of_rows else [one["a"], one["b"]])]
            found.setdefault(json.dumps(place), {})[self.label(one["row"], lang)] = one
        return list(found.values())


def with_verdicts(one: Folder, change: Callable[[Verdict], None]) -> Folder:
    """The folder, had it published other verdicts."""
    released = json.loads(json.dumps(one.released))
    for said in released["verdicts"]:
        change(said)
    return Folder(one.name, released, one.pages, one.workbook)


# --- what does not agree ----------------------------------------------------------------------------------------


def wrong_tables(one: Folder, lang: str) -> list[str]:
    families, found = one.families(lang), []
    for table, under in tables(one.pages[lang]):
        rows = flagged(table, WORDS[lang])
        match = re.search(WORDS[lang].under, under)
        n = 0 if match is None else 1 if match[2] else int(match[1])
        if rows and not any(_flags_agree(rows, n, family) for family in families):
            found.append(f"{n}: {rows}")
    return found


def _flags_agree(rows: dict[str, str], n: int, family: Family) -> bool:
    said = {label: _row_of(label, family) for label in rows}
    return {one["family"] for one in said.values() if one} == {n} and all(
        one and (one["verdict"] in TURNS) == (rows[label] == "yes") for label, one in said.items()
    )


def _row_of(label: str, family: Mapping[str, Any]) -> Any:
    """A label can go on after the name of its row."""
    names = [name for name in family if label.startswith(name)]
    return family[max(names, key=len)] if names else None


def wrong_sentences(one: Folder, lang: str) -> list[str]:
    families = one.families(lang)
    return [text for text in texts_of(one.pages[lang]) if not agrees(text, families, WORDS[lang])]


def wrong_marks(one: Folder, lang: str) -> list[str]:
    """Figures whose marks are not those of one family."""
    families = one.families(lang)
    drawn = [marks(svg, WORDS[lang]) for svg in figures(one.pages[lang])]
    return [str(some) for some in drawn if some and not any(_drawn_as(some, family) for family in families)]


def _drawn_as(drawn: dict[str, bool], family: Family) -> bool:
    known = {squeezed(label): one["verdict"] in TURNS for label, one in family.items()}
    said = {label: _row_of(label, known) for label in drawn}
    return len(drawn) >= len(known) and said == drawn


def wrong_turns(one: Folder, lang: str) -> list[str]:
    """Turns of a matter in two sources, beside each other."""
    families, found, words = one.families(lang), [], WORDS[lang]
    for table, _ in tables(one.pages[lang]):
        heads, rows = rows_of(table)
        for place in (2, 4) if words.beside in heads else ():
            told = {label: words.turns.get(row[place], "") for label, row in rows.items()}
            if not any(_turns_in(one.levels(told, lang), family) for family in families):
                found.append(f"{told}")
    return found


def _turns_in(told: Mapping[str, str], family: Family) -> bool:
    """The same turns of the same answers, and none where none was published; the two sources word them otherwise."""
    said = {level: one["verdict"] for one in family.values() for level in one["row"].values()}
    return {level: said.get(level, "") for level in told} == told and any(told.values())


KINDS: dict[str, Callable[[Folder, str], list[str]]] = {
    "tables": wrong_tables, "sentences": wrong_sentences, "marks": wrong_marks, "turns": wrong_turns,
}  # fmt: skip


@pytest.fixture(scope="module")
def folders(demo_run: Any) -> list[Folder]:
    return [_read(path.parent) for path in sorted(demo_run.folder.glob("*/released.json"))]


def _read(place: Path) -> Folder:
    pages = {lang: (place / f"report.{lang}.html").read_text(encoding="utf-8") for lang in LANGUAGES}
    book = place / "tables.xlsx"
    released = json.loads((place / "released.json").read_text(encoding="utf-8"))
    return Folder(place.name, released, pages, book.read_bytes() if book.exists() else b"")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_what_was_published(folders: list[Folder], kind: str, lang: str) -> None:
    assert {one.name: wrong for one in folders if (wrong := KINDS[kind](one, lang))} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "least"), [("tables", 5), ("sentences", 6), ("marks", 5), ("turns", 1)])
def test_turned_verdicts_are_caught_wherever_they_are_told(
    folders: list[Folder], kind: str, least: int, lang: str
) -> None:
    def turn(said: Verdict) -> None:
        said["verdict"] = "up" if said["verdict"] == "still" else "still"

    assert sum(bool(KINDS[kind](with_verdicts(one, turn), lang)) for one in folders) >= least


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "least"), [("tables", 5), ("sentences", 1)])
def test_another_number_of_comparisons_is_caught(folders: list[Folder], kind: str, least: int, lang: str) -> None:
    def grow(said: Verdict) -> None:
        said["family"] += 1

    assert sum(bool(KINDS[kind](with_verdicts(one, grow), lang)) for one in folders) >= least


def changed(one: Folder, lang: str, text: str) -> Folder:
    return Folder(one.name, one.released, {**one.pages, lang: text}, one.workbook)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_turned_word_is_caught_in_a_table_and_in_a_sentence(folders: list[Folder], lang: str) -> None:
    one = next(one for one in folders if one.name.startswith("muutosmittaus-synteettinen-muutos"))
    page, words = one.pages[lang], WORDS[lang]
    yes, no = (next(word for word in reversed(words.flags) if words.flags[word] == said) for said in ("yes", "no"))
    at = page.index(f"<td>{yes}</td>", page.index(f">{words.head}<"))
    turned = page[:at] + page[at:].replace(yes, no, 1)
    assert wrong_tables(changed(one, lang, turned), lang)
    said = {"en": ("is for the better", "is within chance"), "fi": ("on parempaan suuntaan", "mahtuu sattumaan"),
            "sv": ("är till det bättre", "ryms inom slumpen")}[lang]  # fmt: skip
    first = page.index('<ul class="findings">')
    sentence = page[:first] + re.sub(said[0].replace(" ", r"\s"), said[1], page[first:], count=1)
    assert sentence != page
    assert wrong_sentences(changed(one, lang, sentence), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_way_of_speaking_of_chance_does_not_pass_unread(folders: list[Folder], lang: str) -> None:
    one = folders[0]
    new = one.pages[lang] + f'<ul class="findings"><li>{WORDS[lang].chance}an x x.</li></ul>'
    assert wrong_sentences(changed(one, lang, new), lang)


def test_a_gathered_page_repeats_its_parts_verdicts(folders: list[Folder]) -> None:
    (whole,) = (one for one in folders if "parts" in one.released and "compared" not in one.released)
    own = {json.dumps({**said, "table": f"{part.name}/{said['table']}"})
           for part in folders if part is not whole for said in part.released["verdicts"]}  # fmt: skip
    assert {json.dumps(one) for one in whole.released["verdicts"]} <= own


# --- the workbook and the index ---------------------------------------------------------------------------------

MARKS = {"hidden": "[c]", "missing": "[x]"}
Line = tuple[str, tuple[str, ...]]  # the label of a row, and all its cells in any order


def sheets(workbook: bytes) -> list[tuple[str, list[Line]]]:
    """Title and rows of every sheet that holds a table."""
    found = []
    for sheet in openpyxl.load_workbook(BytesIO(workbook)).worksheets[2:]:
        rows = [row for row in sheet.iter_rows(values_only=True) if row[0] is not None]
        body = [row for row in rows if row[1] is not None][1:]
        found.append((str(rows[0][0]), [(plain(str(row[0])), _cells(row[1:])) for row in body]))
    return found


#: How the workbook, which is in Finnish, tells the class of p.
CLASSES = {0.001: "< 0,001", 0.01: "< 0,01", 0.05: "< 0,05", 1: "≥ 0,05"}


def _cells(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Numbers, classes of p and marks of hidden ones; nothing where there is nothing to tell."""
    told = (f"{cell:g}" if isinstance(cell, int | float) else plain(cell) for cell in row if cell is not None)
    return tuple(sorted(cell for cell in told if cell != MARKS["missing"]))


def published(one: Folder) -> list[list[tuple[str, ...]]]:
    """Of every released table the same, row by row in the order of the table."""
    found = []
    for released in [part["released"] for part in one.parts] + [one.released]:
        numbers = released["numbers"]
        for table in released.get("tables", ()):
            own = [n for n in numbers if n["table"] == table["id"]]
            found.append([_told(own, row, table["columns"]) for row in table["rows"]])
    return found


def _told(numbers: list[dict[str, Any]], row: Mapping[str, str], columns: list[Mapping[str, str]]) -> tuple[str, ...]:
    cells = [dict(row) | dict(column) for column in columns]
    known = (_cell(n) for n in numbers if n["dimensions"] in cells)
    return tuple(sorted(cell for cell in known if cell != MARKS["missing"]))


def _cell(number: Mapping[str, Any]) -> str:
    if "value" not in number:
        return MARKS[number["state"]]
    return CLASSES[number["value"]] if number["statistic"] == "p" else f"{number['value']:g}"


def wrong_sheets(one: Folder) -> list[str]:
    """Sheets whose rows are not those of a released table."""
    known = published(one)
    return [title for title, rows in sheets(one.workbook) if not any(_holds(rows, table) for table in known)]


def _holds(rows: list[Line], table: list[tuple[str, ...]]) -> bool:
    """After its rows a sheet has its bases."""
    return [cells for _, cells in rows[: len(table)]] == table


def test_every_sheet_of_every_workbook_is_a_released_table(folders: list[Folder]) -> None:
    with_books = [one for one in folders if one.workbook]
    assert sum(len(sheets(one.workbook)) for one in with_books) > 100
    assert {one.name: wrong for one in with_books if (wrong := wrong_sheets(one))} == {}


def test_one_other_number_in_a_workbook_is_caught(folders: list[Folder]) -> None:
    for one in (one for one in folders if one.workbook):
        told = BytesIO()
        book = openpyxl.load_workbook(BytesIO(one.workbook))
        cell = next(c for row in book.worksheets[2].iter_rows() for c in row if isinstance(c.value, int) and c.value)
        cell.value += 1
        book.save(told)
        assert wrong_sheets(Folder(one.name, one.released, one.pages, told.getvalue()))


def test_the_index_and_the_workbook_make_no_verdicts_of_their_own(demo_run: Any, folders: list[Folder]) -> None:
    index = plain((demo_run.folder / "index.html").read_text(encoding="utf-8").partition("<body")[2])
    books = [ZipFile(BytesIO(one.workbook)) for one in folders if one.workbook]
    strings = [plain(book.read(name).decode("utf-8")) for book in books for name in book.namelist() if "trings" in name]
    assert strings
    for text in (index, *strings):
        assert not [words.chance for words in WORDS.values() if re.search(rf"\b{words.chance}", text)]
