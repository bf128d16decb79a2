"""How released numbers and their names are written: labels, shares, intervals, differences. No HTML here."""

from collections.abc import Callable

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join, shown
from rakelab.fields import ANSWERED, NOT_CONCERNED

MINUS = "\u2212"
THIN = "\u202f"

# --- names ----------------------------------------------------------------------------------------------------


def label(table: Released, key: Key, lang: str) -> str:
    """The words of a row or a column; the empty key is everybody."""
    if key == TOTAL:
        return i18n.text("common.total", lang)
    return " · ".join(table.label(pair, lang) for pair in key)


def line(table: Released, row: Key, lang: str) -> str:
    """The words of a row: the titles of its variables where the row is everybody who answered them."""
    if row and all(level == ANSWERED for _, level in row):
        return " · ".join(dict.fromkeys(variable_title(table, variable, lang) for variable, _ in row))
    return label(table, row, lang)


def variable_title(table: Released, variable: str, lang: str) -> str:
    return table.variables[variable].title[lang] if variable in table.variables else ""


def title(table: Released, lang: str, *, grouped: bool = True) -> str:
    """The indicator's title and, where ``grouped``, the words of its grouping, ``Tuen tarpeet vuosittain``; one that
    has no words of its own is named by its title. Of a gathered table also the release that it comes from."""
    words, by = table.title[lang], table.view.by
    group = variable_title(table, by, lang) if grouped and by else ""
    if group and group.casefold() not in words.casefold():
        named = f"indicators.by.{by}"
        inside = group if group[1:2].isupper() else group[:1].lower() + group[1:]  # abbreviations stay
        words = i18n.text(named if named in i18n.words(lang) else "indicators.by.any", lang, title=words, by=inside)
    return with_source(table, words, lang)


def with_source(table: Released, title: str, lang: str) -> str:
    """A title followed by the release that a gathered table comes from."""
    return i18n.text("present.from", lang, title=title, source=table.source[lang]) if table.source else title


def placed(table: Released, title: str, column: Key, lang: str) -> str:
    """A title followed by the group that it is told of."""
    return (
        title if column == TOTAL else i18n.text("present.place", lang, title=title, column=label(table, column, lang))
    )


def compared(table: Released, a: Key, b: Key, lang: str) -> str:
    """``Tuen tarpeet: 2020 → 2021``."""
    names = {"a": label(table, a, lang), "b": label(table, b, lang)}
    return i18n.text("present.figure.compared", lang, title=title(table, lang, grouped=False), **names)


# --- bases ----------------------------------------------------------------------------------------------------


def base(table: Released, column: Key, lang: str) -> str:
    """``n = 707``, or ``n = ··``; ``n = 25, vastaamatta 2`` where percentages are of those who answered."""
    answered = i18n.text("present.n", lang, n=count(base_cell(table, column), lang))
    silent = unanswered(table, column)
    if silent.state is State.ZERO:
        return answered
    return i18n.text("present.silent", lang, base=answered, n=count(silent, lang))


def base_cell(table: Released, column: Key) -> Cell:
    """How many the percentages of ``column`` are of."""
    return table.cells[table.view.base(column)]


def indicative(table: Released, column: Key) -> bool:
    """The group is so small that its percentages are indicative only."""
    cell = base_cell(table, column)
    return cell.state is State.SHOWN and cell.number < estimate.INDICATIVE_BASE


def unanswered(table: Released, column: Key) -> Cell:
    """How many were asked and gave no answer; zero where everybody is in the base anyway."""
    if not table.view.answered or not table.view.apart:  # nobody, or the table is of those who answered only
        return shown(0)
    silent = not_answers(table)
    if silent["not_concerned"]:  # those were not asked
        return sum((table.cells[join(row, column)] for row in silent["missing"]), shown(0))
    return table.cells[column] - base_cell(table, column)


# --- numbers --------------------------------------------------------------------------------------------------


def count(cell: Cell, lang: str) -> str:
    """A count, or the marker that stands in its place."""
    return i18n.number(cell.number, lang) if cell.known else str(cell)


def share(cell: Cell, lang: str) -> str:
    """``59 %``; a share that is not 0 or 1 is never rounded to it."""
    if not cell.known:
        return str(cell)
    whole = int(i18n.rounded(100 * cell.number))
    if whole == 0 and cell.number > 0:
        return "<" + THIN + i18n.percent(0.01, lang)
    if whole == 100 and cell.number < 1:
        return ">" + THIN + i18n.percent(0.99, lang)
    return i18n.percent(cell.number, lang)


def hundredths(cell: Cell, lang: str) -> str:
    """The number of a percentage, without its sign."""
    return share(cell, lang).replace("%", "").strip("\u00a0 ")


def no_number(cell: Cell, lang: str) -> str:
    """Why a figure has no number here."""
    return i18n.text(f"present.figure.{'hidden' if cell.state is State.HIDDEN else 'none'}", lang)


def briefly(count_: Cell, base_: Cell, lang: str) -> str:
    """``59 % (417/707)``."""
    counts = {"count": count(count_, lang), "base": count(base_, lang)}
    return i18n.text("present.briefly", lang, share=share(count_ / base_, lang), **counts)


def ends(low: Cell, high: Cell, write: Callable[[], str]) -> str:
    """What ``write`` makes of two ends, or the marker of the one that cannot be told."""
    return write() if low.known and high.known else str(high if low.known else low)


def interval(low: Cell, high: Cell, lang: str) -> str:
    """``55–63 %``, or the marker."""
    return ends(low, high, lambda: f"{i18n.number(100 * low.number, lang)}–{i18n.percent(high.number, lang)}")


def points(cell: Cell, lang: str) -> str:
    """A difference of shares in percentage points: ``+7``, ``−3``, ``0``."""
    if not cell.known:
        return str(cell)
    whole = int(i18n.rounded(100 * cell.number))
    sign = "+" if whole > 0 else MINUS if whole < 0 else ""
    return sign + i18n.number(abs(whole), lang)


def points_unit(cell: Cell, lang: str) -> str:
    """``+7 %-yksikköä``, ``+1 %-yksikkö``."""
    if not cell.known:
        return str(cell)
    form = "one" if abs(int(i18n.rounded(100 * cell.number))) == 1 else "other"
    return i18n.text(f"present.points.{form}", lang, n=points(cell, lang))


def between(low: str, high: str, lang: str) -> str:
    """``+1 … +13``; a dash would be read as a minus."""
    return i18n.text("present.range", lang, low=low, high=high)


def points_interval(low: Cell, high: Cell, lang: str) -> str:
    return ends(low, high, lambda: between(points(low, lang), points(high, lang), lang))


# --- which rows -----------------------------------------------------------------------------------------------


def is_missing(table: Released, row: Key) -> bool:
    """The row is a kind of missing answer."""
    return any(level in table.variables[variable].missing for variable, level in row if variable in table.variables)


def answers(table: Released) -> tuple[Key, ...]:
    """The rows that are answers, and no kinds of missing."""
    return tuple(row for row in table.view.rows if not is_missing(table, row))


def not_answers(table: Released) -> dict[str, tuple[Key, ...]]:
    """The rows that are not answers: those whose answer is missing, and those whom the question does not concern."""
    absent = [row for row in table.view.rows if is_missing(table, row)]
    outside = tuple(row for row in absent if any(level == NOT_CONCERNED for _, level in row))
    return {"missing": tuple(row for row in absent if row not in outside), "not_concerned": outside}


def mostly_hidden(table: Released) -> bool:
    """Most is hidden, or next to nothing but zeros is shown: a sentence serves better than the table."""
    inner = [table.cells[cell_key].state for cell_key, _ in table.view.cells()]
    return table.too_few or inner.count(State.HIDDEN) > 2 * inner.count(State.SHOWN)


def ordered(table: Released) -> bool:
    """The rows have an order of their own, which sorting by size would break."""
    variable = table.variables.get(table.view.variable)
    return bool(variable and variable.ordered)


def has(table: Released, column: Key) -> bool:
    """Every cell of ``column`` is at hand, also where the view does not show it."""
    return column in table.cells and all(join(row, column) in table.cells for row in table.view.rows)
