"""How released numbers and their names are written: labels, shares, intervals, differences. No HTML here."""

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join, shown
from rakelab.fields import ANSWERED, NOT_CONCERNED

MINUS = "\u2212"
THIN = "\u202f"


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


def quoted(table: Released, key: Key, lang: str) -> str:
    """A label inside a sentence, in the language's quotation marks, so that it need not be inflected."""
    return i18n.text("present.quoted", lang, label=label(table, key, lang))


def variable_title(table: Released, variable: str, lang: str) -> str:
    found = table.variables.get(variable)
    return found.title[lang] if found else ""


def title(table: Released, lang: str, *, grouped: bool = True) -> str:
    """The indicator's title; of a gathered table also the release that it comes from."""
    made = _title(table, lang, grouped=grouped)
    return with_source(table, made, lang)


def with_source(table: Released, title: str, lang: str) -> str:
    """A title followed by the release that a gathered table comes from."""
    return i18n.text("present.from", lang, title=title, source=table.source[lang]) if table.source else title


def _title(table: Released, lang: str, *, grouped: bool) -> str:
    """The indicator's title and, where ``grouped``, the words of its grouping."""
    view = table.view
    by = variable_title(table, view.by, lang) if grouped and view.by else ""
    made = table.title[lang]
    return _grouped(made, view.by, by, lang) if _unsaid(by, made) else made


def compared(table: Released, a: Key, b: Key, lang: str) -> str:
    """``Tuen tarpeet: 2020 → 2021``."""
    names = {"a": label(table, a, lang), "b": label(table, b, lang)}
    return i18n.text("present.figure.compared", lang, title=title(table, lang, grouped=False), **names)


def _grouped(made: str, variable: str, by: str, lang: str) -> str:
    """``Tuen tarpeet vuosittain``; a grouping that has no words of its own is named by its title."""
    own = f"indicators.by.{variable}"
    word = own if own in i18n.words(lang) else "indicators.by.any"
    return i18n.text(word, lang, title=made, by=_inside(by))


def _inside(title: str) -> str:
    """A title inside a sentence begins with a small letter, unless it is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _unsaid(by: str, made: str) -> bool:
    return bool(by) and by.casefold() not in made.casefold()


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


def few(table: Released, column: Key) -> bool:
    """The group is so small that its percentages are indicative only."""
    found = base_cell(table, column)
    return found.state is State.SHOWN and (found.value or 0) < estimate.INDICATIVE_BASE


def unanswered(table: Released, column: Key) -> Cell:
    """How many were asked and gave no answer; zero where everybody is in the base anyway."""
    if not table.view.answered or not table.view.apart:  # nobody, or the table is of those who answered only
        return shown(0)
    silent = not_answers(table)
    if silent["not_concerned"]:  # those were not asked
        return sum((table.cells[join(row, column)] for row in silent["missing"]), shown(0))
    return table.cells[column] - base_cell(table, column)


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


def interval(low: Cell, high: Cell, lang: str) -> str:
    """``55–63 %``, or the marker."""
    if not (low.known and high.known):
        return str(high if low.known else low)
    return f"{i18n.number(100 * low.number, lang)}–{i18n.percent(high.number, lang)}"


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


def points_interval(low: Cell, high: Cell, lang: str) -> str:
    """``+1 … +13``; a dash would be read as a minus."""
    if not (low.known and high.known):
        return str(high if low.known else low)
    return i18n.text("present.range", lang, low=points(low, lang), high=points(high, lang))


def is_missing(table: Released, row: Key) -> bool:
    """The row is a kind of missing answer."""
    return any(level in table.variables[variable].missing for variable, level in row if variable in table.variables)


def rows_by_kind(table: Released) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """The rows that are answers, and those that are kinds of missing."""
    rows = table.view.rows
    answers = tuple(row for row in rows if not is_missing(table, row))
    return answers, tuple(row for row in rows if is_missing(table, row))


def not_answers(table: Released) -> dict[str, tuple[Key, ...]]:
    """The rows that are not answers: those whose answer is missing, and those whom the question does not concern."""
    _, absent = rows_by_kind(table)
    outside = tuple(row for row in absent if any(level == NOT_CONCERNED for _, level in row))
    return {"missing": tuple(row for row in absent if row not in outside), "not_concerned": outside}


def thin(table: Released) -> bool:
    """Most is hidden, or next to nothing but zeros is shown: a sentence serves better than the table."""
    inner = [table.cells[one].state for one, _ in table.view.cells()]
    return table.too_few or inner.count(State.HIDDEN) > 2 * inner.count(State.SHOWN)


def ordered(table: Released) -> bool:
    """The rows have an order of their own, which sorting by size would break."""
    found = table.variables.get(table.view.variable)
    return bool(found and found.ordered)


def states(table: Released) -> set[State]:
    """The states that occur among the table's cells and bases."""
    inner = {table.cells[one].state for one, _ in table.view.cells()}
    bases = {cell.state for column in table.view.columns for cell in (table.cells[column], base_cell(table, column))}
    return inner | bases


def has(table: Released, column: Key) -> bool:
    """Every cell of ``column`` is at hand, also where the view does not show it."""
    return column in table.cells and all(join(row, column) in table.cells for row in table.view.rows)
