"""The follow-up of a plan: its register year by year, and what changed between years.

The register's own texts are shown as they were written, marked as Finnish; states and values get their words here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any, cast

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import NOTHING, Entry, Filled, Release, State
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.gate import whole
from rakelab.present.markup import Column, Grid

#: What the columns of the register hold, and what a column is called in the form.
YEAR, GOAL, ACTION, OWNER, MEASURE, STATE = "period", "goal", "action", "responsible", "indicator", "state"
VALUE, VALUE_DATE, SOURCE, COUNTED, EVIDENCE = "value", "date", "source", "measure", "evidence"
#: The texts of a register are Finnish, and what is missing is what nobody wrote.
_STYLE: dict[str, Any] = {"tongue": "fi", "absent": "register.absent", "folded": False}
Sources = Mapping[str, int]  # folder of a release -> its number under the table
Line = tuple[str, str, str]  # goal, action, measure


def register(release: Release, *, lang: str = "") -> Exhibit:
    """The register, a table for each year, the latest first: goal, measure, action, owner, state, value, evidence."""
    return Exhibit("register", {}, whole(release), lang)


def followed(release: Release, *, lang: str = "") -> Exhibit:
    """Each measure's state and value in every year side by side, and whether its state changed."""
    return Exhibit("followed", {}, whole(release), lang)


@renders("register")
def _register(scene: Scene) -> Markup:
    entries = _entries(scene)
    if not entries:
        return markup.note("register", scene.words("register.none"))
    sources = [source for entry in entries if entry.filled for source in entry.filled.sources]
    numbers = {folder: i for i, folder in enumerate(dict.fromkeys(folder for folder, _ in sources), 1)}
    titles = {folder: title[scene.lang] for folder, title in sources}
    under = [scene.words("register.source", number=n, title=titles[f], folder=f) for f, n in numbers.items()]
    for name, day in dict.fromkeys((entry.approved_by, entry.date) for entry in entries):
        under.append(scene.words("register.approved", name=name, day=i18n.day(date.fromisoformat(day), scene.lang)))
    tables = (_year(scene, year, numbers) for year in reversed(_years(entries)))
    return markup.exhibit("register", *tables, markup.keys(under))


def _year(scene: Scene, year: str, numbers: Sources) -> Markup:
    def column(name: str, text: Callable[[Entry], str]) -> Column:
        """Its cells carry its heading, for screens too narrow for columns."""
        heading = markup.small("heading", _head(scene, name))
        return Column(_head(scene, name), lambda entry: markup.element("td", heading, " ", text(entry)))

    def written(name: str) -> Column:
        return column(name, lambda entry: _as_written(_text(entry, name)) or markup.marker("–", scene.lang))

    columns = [
        Column(_head(scene, MEASURE), lambda entry: _text(entry, MEASURE)), written(ACTION), written(OWNER),
        column(STATE, lambda entry: _state(scene, entry)), column(VALUE, lambda entry: _value(scene, entry, numbers)),
        written(EVIDENCE),
    ]  # fmt: skip
    entries = _entries(scene)
    own = sorted((entry for entry in entries if _text(entry, YEAR) == year), key=_first(entries))
    goals = [(goal, tuple(part)) for goal, part in groupby(own, key=lambda entry: _text(entry, GOAL))]
    return scene.written(
        Grid(f"{scene.id}-{year}", scene.lang, scene.words("register.caption", year=year), columns, goals, **_STYLE)
    )


# --- values ---------------------------------------------------------------------------------------------------


def _value(scene: Scene, entry: Entry, numbers: Sources) -> Markup:
    """The value with where it comes from: released results first, then what was entered by hand; where there is none,
    that it could be counted, or the source of the evidence."""
    counted, source = _text(entry, COUNTED), _text(entry, SOURCE)
    parts = [_counted(scene, entry.filled, numbers)] if counted and entry.filled else []
    parts += [_by_hand(scene, entry)] if _text(entry, VALUE) else []
    if parts:
        return markup.LINE_BREAK.join(parts)
    quiet = _small(scene.words("register.not_counted")) if counted else Markup("")
    evidence = " " + markup.element("span", source, class_="count", lang="fi") if source and not counted else quiet
    return markup.marker("–", scene.lang) + evidence


def _counted(scene: Scene, filled: Filled, numbers: Sources) -> Markup:
    if filled.value.state is State.MISSING:
        return markup.marker("–", scene.lang) + _small(scene.words("register.not_found"))
    listed = scene.listing(str(numbers[folder]) for folder, _ in filled.sources)
    value = scene.count(filled.value)
    shown = markup.element("b", value) if filled.value.known else markup.marker(value, scene.lang)
    return shown + _small(scene.words("register.counted", numbers=listed))


def _by_hand(scene: Scene, entry: Entry) -> Markup:
    day = _text(entry, VALUE_DATE)
    dated = i18n.day(date.fromisoformat(day), scene.lang) if day else scene.words("register.no_date")
    named = _as_written(_text(entry, SOURCE)) or scene.words("register.no_source")
    return markup.element("b", _number(entry, scene.lang)) + _small(markup.together(dated, ", ", named))


def _as_written(text: str) -> Markup:
    return markup.element("span", text, lang="fi") if text else Markup("")


def _small(text: str) -> Markup:
    return " " + markup.small("count", text)


def _number(entry: Entry, lang: str) -> str:
    text = _text(entry, VALUE)
    return i18n.number(float(text), lang, len(text.partition(".")[2]))


# --- between years --------------------------------------------------------------------------------------------


@renders("followed")
def _followed(scene: Scene) -> Markup:
    entries = _entries(scene)
    years = _years(entries)
    if len(years) < 2:
        return markup.note("followed", scene.words("register.one_year"))
    lines = dict.fromkeys(_line(entry) for entry in sorted(entries, key=_first(entries)))
    known = {(_line(entry), _text(entry, YEAR)): entry for entry in entries}

    def standing(year: str, line: Line) -> str:
        return _standing(scene, known.get((line, year)))

    def change(line: Line) -> str:
        before, after = (known.get((line, year)) for year in years[-2:])
        if before and after:
            word = "same" if _text(before, STATE) == _text(after, STATE) else "differs"
        else:
            word = "gone" if before else "new"
        return scene.words(f"register.change.{word}")

    columns = [
        Column(_head(scene, MEASURE), lambda line: f"{line[2]} ({line[1]})" if line[1] else line[2]),
        *markup.crossed(years, str, standing), Column(scene.words("register.changed"), change),
    ]  # fmt: skip
    goals = [(goal, tuple(part)) for goal, part in groupby(lines, key=lambda line: line[0])]
    keys = [scene.words("register.key", before=years[-2], after=years[-1])]
    caption = scene.words("register.followed", first=years[0], last=years[-1])
    return markup.exhibit(
        "followed", scene.written(Grid(scene.id, scene.lang, caption, columns, goals, keys, **_STYLE))
    )


def _standing(scene: Scene, entry: Entry | None) -> str:
    """The state with the value alone: a number or a marker."""
    if entry is None:
        return "–"
    state, cell = _state(scene, entry), entry.filled.value if entry.filled and _text(entry, COUNTED) else NOTHING
    if cell.state is State.MISSING:
        value: str = _number(entry, scene.lang) if _text(entry, VALUE) else ""
    else:
        value = scene.count(cell) if cell.known else markup.marker(str(cell), scene.lang)
    return markup.element("td", state, " ", markup.element("b", value)) if value else state


def _line(entry: Entry) -> Line:
    return _text(entry, GOAL), _text(entry, ACTION), _text(entry, MEASURE)


def _first(entries: Iterable[Entry]) -> Callable[[Entry], int]:
    """The order of goals as they first come up in the file."""
    goals = list(dict.fromkeys(_text(entry, GOAL) for entry in entries))
    return lambda entry: goals.index(_text(entry, GOAL))


# --- words ----------------------------------------------------------------------------------------------------


def _entries(scene: Scene) -> tuple[Entry, ...]:
    return cast(Release, scene.tables).entries  # the tables of a page are a release


def _years(entries: Iterable[Entry]) -> list[str]:
    return sorted({_text(entry, YEAR) for entry in entries})


def _text(entry: Entry, name: str) -> str:
    return entry.cells.get(name, "")


def _head(scene: Scene, name: str) -> str:
    return scene.words(f"register.head.{name}")


def _state(scene: Scene, entry: Entry) -> str:
    """The state's words, from a released table that knows the variable; else the state itself."""
    level = _text(entry, STATE)
    known = (variable.levels for table in scene.tables.values() for variable in table.variables.values())
    return next((levels[level][scene.lang] for levels in known if level in levels), level)
