"""The follow-up of a plan: its register year by year, what changed between years, and how far its measures have come.

The register's own texts are shown as they were written, marked as Finnish; states and values get their words here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import cast

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import Entry, Filled, Key, Release, Released, State, join
from rakelab.errors import WallError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.markup import Grid, Row, Section
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence, Told, about, tells

#: Columns of the register after the measure, which is the row's header.
COLUMNS = ("toimenpide", "vastuutaho", "tila", "arvo", "naytto")
Sources = Mapping[str, int]  # folder of a release -> its number under the table


def register(release: Release, *, lang: str = "") -> Exhibit:
    """The register, a table for each year, the latest first: goal, measure, action, owner, state, value, evidence."""
    return Exhibit("register", {}, _whole(release), lang)


def followed(release: Release, *, lang: str = "") -> Exhibit:
    """Each measure's state and value in every year side by side, and whether its state changed."""
    return Exhibit("followed", {}, _whole(release), lang)


def totals(table: Released, *, lang: str = "") -> Exhibit:
    """Counts without percentages: a register of ten measures is no sample of anything."""
    return exhibit_of("totals", table, lang)


def progress(table: Released) -> Sentence:
    """How many of the table's rows there are in each group, the latest group first."""
    return about("progress", table)


def _whole(release: object) -> Release:
    if not isinstance(release, Release):
        raise WallError("present.not_released", kind=type(release).__name__)
    return release


# --- the register ---------------------------------------------------------------------------------------------


@renders("register")
def _register(scene: Scene) -> Markup:
    entries = _entries(scene)
    if not entries:
        return markup.note("register", i18n.text("register.none", scene.lang))
    numbers = _numbered(entries)
    tables = (_year(scene, year, numbers) for year in _years(entries))
    under = [*_legend(entries, numbers, scene.lang), *_signatures(entries, scene.lang)]
    return markup.exhibit("register", *tables, markup.keys(under))


def _year(scene: Scene, year: str, numbers: Sources) -> Markup:
    mine = sorted((one for one in _entries(scene) if _of(one, "vuosi") == year), key=_first(_entries(scene)))
    sections = tuple(
        Section(goal, tuple(_row(scene, one, numbers) for one in some))
        for goal, some in groupby(mine, key=lambda one: _of(one, "tavoite"))
    )
    grid = Grid(
        id=f"{scene.id}-{year}",
        lang=scene.lang,
        caption=i18n.text("register.caption", scene.lang, year=year),
        headers=[_head(name, scene.lang) for name in ("mittari", *COLUMNS)],
        sections=sections,
        tongue="fi",
        absent="register.absent",
    )
    return markup.table(grid)


def _row(scene: Scene, one: Entry, numbers: Sources) -> Row:
    cells = (
        _text(one, "toimenpide", scene.lang),
        _text(one, "vastuutaho", scene.lang),
        _cell("tila", _state(scene, one), scene.lang),
        _cell("arvo", _value(one, numbers, scene.lang), scene.lang),
        _text(one, "naytto", scene.lang),
    )
    return Row(_of(one, "mittari"), cells)


def _text(one: Entry, name: str, lang: str) -> Markup:
    said = _of(one, name)
    return _cell(name, markup.element("span", said, lang="fi") if said else markup.marker("–", lang), lang)


def _cell(name: str, inner: str, lang: str) -> Markup:
    """A cell that carries its column's heading, for screens too narrow for columns."""
    return markup.element("td", markup.small("heading", _head(name, lang)), " ", inner)


# --- values ---------------------------------------------------------------------------------------------------


def _value(one: Entry, numbers: Sources, lang: str) -> Markup:
    """The value with where it comes from: released results first, then what was entered by hand."""
    counted = _of(one, "lasketaan")
    parts = [_counted(one.filled, numbers, lang)] if counted and one.filled else []
    parts += [_by_hand(one, lang)] if _of(one, "arvo") else []
    return markup.LINE_BREAK.join(parts) or markup.marker("–", lang) + _unvalued(one, lang)


def _unvalued(one: Entry, lang: str) -> Markup:
    """What is said where there is no value: that it could be counted, or the source of the evidence."""
    if _of(one, "lasketaan"):
        return _small(i18n.text("register.not_counted", lang))
    source = _of(one, "lahde")
    return " " + markup.element("span", source, class_="count", lang="fi") if source else Markup("")


def _counted(filled: Filled, numbers: Sources, lang: str) -> Markup:
    if filled.value.state is State.MISSING:
        return markup.marker("–", lang) + _small(i18n.text("register.not_found", lang))
    listed = i18n.listing((str(numbers[folder]) for folder, _ in filled.sources), lang)
    said = _small(i18n.text("register.counted", lang, numbers=listed))
    value = wording.count(filled.value, lang)
    return (markup.element("b", value) if filled.value.known else markup.marker(value, lang)) + said


def _by_hand(one: Entry, lang: str) -> Markup:
    day, source = _of(one, "arvo_pvm"), _of(one, "lahde")
    dated = i18n.day(date.fromisoformat(day), lang) if day else i18n.text("register.no_date", lang)
    named = markup.element("span", source, lang="fi") if source else i18n.text("register.no_source", lang)
    where = markup.small("count", markup.together(dated, ", ", named))
    return markup.together(markup.element("b", _number(_of(one, "arvo"), lang)), " ", where)


def _small(text: str) -> Markup:
    return " " + markup.small("count", text)


def _number(text: str, lang: str) -> str:
    return i18n.number(float(text), lang, len(text.partition(".")[2]))


def _bare(one: Entry, lang: str) -> str:
    """The value alone: as a number or a marker; empty where there is none."""
    if _of(one, "lasketaan") and one.filled and one.filled.value.state is not State.MISSING:
        return wording.count(one.filled.value, lang)
    return _number(_of(one, "arvo"), lang) if _of(one, "arvo") else ""


def _numbered(entries: Sequence[Entry]) -> dict[str, int]:
    folders = dict.fromkeys(folder for one in entries if one.filled for folder, _ in one.filled.sources)
    return {folder: i for i, folder in enumerate(folders, 1)}


def _legend(entries: Sequence[Entry], numbers: Sources, lang: str) -> list[str]:
    titles = {folder: title[lang] for one in entries if one.filled for folder, title in one.filled.sources}
    return [i18n.text("register.source", lang, number=n, title=titles[f], folder=f) for f, n in numbers.items()]


def _signatures(entries: Sequence[Entry], lang: str) -> list[str]:
    signed = dict.fromkeys((one.approved_by, one.date) for one in entries)
    days = ((name, i18n.day(date.fromisoformat(day), lang)) for name, day in signed)
    return [i18n.text("register.approved", lang, name=name, day=day) for name, day in days]


# --- between years --------------------------------------------------------------------------------------------

_Line = tuple[str, str, str]


@renders("followed")
def _followed(scene: Scene) -> Markup:
    entries = _entries(scene)
    years = sorted(_years(entries))
    if len(years) < 2:
        return markup.note("followed", i18n.text("register.one_year", scene.lang))
    lines = dict.fromkeys(_line(one) for one in sorted(entries, key=_first(entries)))
    found = {(_line(one), _of(one, "vuosi")): one for one in entries}
    sections = tuple(
        Section(goal, tuple(_across(scene, [found.get((line, year)) for year in years], line) for line in some))
        for goal, some in groupby(lines, key=lambda line: line[0])
    )
    grid = Grid(
        id=scene.id,
        lang=scene.lang,
        caption=i18n.text("register.followed", scene.lang, first=years[0], last=years[-1]),
        headers=[_head("mittari", scene.lang), *years, i18n.text("register.changed", scene.lang)],
        sections=sections,
        keys=[i18n.text("register.key", scene.lang, before=years[-2], after=years[-1])],
        tongue="fi",
        absent="register.absent",
    )
    return markup.exhibit("followed", markup.table(grid))


def _across(scene: Scene, row: Sequence[Entry | None], line: _Line) -> Row:
    cells = [_standing(scene, one) for one in row]
    before, after = row[-2], row[-1]
    word = "new" if before is None else "gone" if after is None else ""
    word = word or ("same" if _of(before, "tila") == _of(after, "tila") else "differs")  # type: ignore[arg-type]
    cells.append(i18n.text(f"register.change.{word}", scene.lang))
    return Row(f"{line[2]} ({line[1]})" if line[1] else line[2], tuple(cells))


def _standing(scene: Scene, one: Entry | None) -> str:
    if one is None:
        return "–"
    value = _bare(one, scene.lang)
    if not value:
        return _state(scene, one)
    told = markup.marker(value, scene.lang) if value == "··" else value
    return markup.element("td", _state(scene, one), " ", markup.element("b", told))


def _line(one: Entry) -> _Line:
    return _of(one, "tavoite"), _of(one, "toimenpide"), _of(one, "mittari")


def _first(entries: Iterable[Entry]) -> Callable[[Entry], int]:
    """The order of goals as they first come up in the file."""
    goals = list(dict.fromkeys(_of(one, "tavoite") for one in entries))
    return lambda one: goals.index(_of(one, "tavoite"))


# --- words ----------------------------------------------------------------------------------------------------


def _entries(scene: Scene) -> tuple[Entry, ...]:
    return cast(Release, scene.tables).entries  # the tables of a page are a release


def _years(entries: Iterable[Entry]) -> list[str]:
    return sorted({_of(one, "vuosi") for one in entries}, reverse=True)


def _of(one: Entry, name: str) -> str:
    return one.cells.get(name, "")


def _head(name: str, lang: str) -> str:
    return i18n.text(f"register.head.{name}", lang)


def _state(scene: Scene, one: Entry) -> str:
    """The state's words, from a released table that knows the variable; else the state itself."""
    level = _of(one, "tila")
    known = (table.variables["tila"] for table in scene.tables.values() if "tila" in table.variables)
    words = next((one.levels for one in known if level in one.levels), {})
    return words[level][scene.lang] if level in words else level


# --- counts ---------------------------------------------------------------------------------------------------


@renders("totals")
def _totals(scene: Scene) -> Markup:
    found, lang = scene.table, scene.lang
    heads = (wording.variable_title(found, found.view.variable, lang), *_names(found, lang))
    rows = tuple(
        Row(wording.label(found, row, lang), tuple(_count(found, join(row, column), lang) for column in _groups(found)))
        for row in found.view.rows
    )
    return markup.exhibit("totals", markup.table(Grid(scene.id, lang, wording.title(found, lang), heads, rows)))


def _groups(found: Released) -> tuple[Key, ...]:
    """The groups without everybody, where there are groups."""
    return tuple(one for one in found.view.columns if one) or found.view.columns


def _names(found: Released, lang: str) -> list[str]:
    return [wording.label(found, column, lang) for column in _groups(found)]


def _count(found: Released, one: Key, lang: str) -> str:
    return wording.count(found.cells[one], lang)


@tells("progress")
def _progress(told: Told) -> str:
    parts = [_told(told, column) for column in reversed(_groups(told.table))]
    return told.words("register.progress", title=told.title, items="; ".join(parts))


def _told(told: Told, column: Key) -> str:
    cells = ((row, told.table.cells[join(row, column)]) for row in told.table.view.rows)
    some = [(row, cell) for row, cell in cells if cell.state is not State.ZERO]
    items = (
        told.words("register.item", label=told.quoted(row), n=wording.count(cell, told.lang)) for row, cell in some
    )
    group = wording.label(told.table, column, told.lang)
    return told.words("register.group", group=group, items=i18n.listing(items, told.lang))
