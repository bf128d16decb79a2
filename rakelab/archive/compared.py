"""Two releases side by side, table by table: last year and this, or two counties. Made of what both have published.

A table of both has a column for each release, so that what is said of groups is said of these: shares with Newcombe's
interval and Holm's adjustment. Hidden in one is hidden in the comparison.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rakelab import estimate, i18n
from rakelab._seal import release
from rakelab.archive import gathered, released, shape
from rakelab.archive.agreed import same_verdicts
from rakelab.cells import TOTAL, Key, Part, Quantity, Release, Released, Variable, View, join, key
from rakelab.errors import FileError
from rakelab.names import MODEL, RELEASE

#: Of these the rows are no answers of one question, or events in periods that may differ in length.
_NOT_COMPARED = (MODEL, "together", *estimate.EVENTS)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: A longer name does not fit the head of a column.
LONGEST = 40
#: What somebody says who knows that nobody is in both.
APART = "eri"
Pair = tuple[Part, Part]


@dataclass(frozen=True, repr=False)
class Compared(Release):
    """Two releases side by side; ``names``: what they are called, where somebody has said it."""

    names: tuple[str, ...] = ()


def compare(place: str | Path, *, only: Sequence[str], names: Sequence[str] = (), people: str = "") -> Compared:
    """The two releases in the folders named, the earlier first where they tell of when they are, called by ``names``.
    ``people`` is ``eri`` where somebody answers for it that nobody is in both. Raises FileError where they are not
    two, and where their rules, forms, bases or people do not let them be compared."""
    parts = {part.id: part for part in gathered.parts_in(place, only=only)}
    if len(parts) != 2:
        raise FileError("archive.not_two", n=len(parts), folders=", ".join(parts))
    if people not in ("", APART) or (names and not only):
        raise FileError("archive.not_apart" if people not in ("", APART) else "archive.not_two_names")
    first, second = [parts[name] for name in only] if only else parts.values()
    turned = _before(second, first)
    pair = (second, first) if turned else (first, second)
    return compared(pair, names[::-1] if turned else names, apart=people == APART)


def _is_name(name: Any) -> bool:
    return shape.is_silent(name) and 0 < len(name.strip()) <= LONGEST


def compared(parts: Pair, names: Sequence[str], *, apart: bool) -> Compared:
    """As ``compare``, of two parts that were read."""
    if len(set(names)) not in (0, 2) or not all(map(_is_name, names)):
        raise FileError("archive.not_two_names")
    gathered.check(parts)
    first, second = (part.release for part in parts)
    forms = [f"{own.account.codebook} {own.account.version}" for own in (first, second)]
    if forms[0] != forms[1]:
        raise FileError("archive.forms_differ", forms=", ".join(forms))
    if _chosen_by(first) != _chosen_by(second):
        raise FileError("archive.people_differ", names=", ".join(sorted(_chosen_by(first) ^ _chosen_by(second))))
    _nobody_twice(parts, apart=apart)
    return _made(parts, tuple(names))


def _nobody_twice(parts: Pair, *, apart: bool) -> None:
    """Raises FileError where somebody can be in both: of one time and one area, as far as the releases tell."""
    first, second = (part.release for part in parts)
    areas, of = {first.account.area, second.account.area}, [set(_periods(own)) for own in (first, second)]
    twice = sorted(of[0] & of[1])
    if ("" not in areas and len(areas) == 2) or (all(of) and not twice):
        return
    if twice and not _of_region(first):
        raise FileError("archive.same_period", periods=", ".join(twice))
    if not apart:
        raise FileError("archive.perhaps_the_same", known=APART)


def _before(part: Part, other: Part) -> bool:
    """All that the one is of came before all of the other."""
    first, second = (_periods(own.release) for own in (part, other))
    return bool(first and second) and first[-1] < second[0]


def _chosen_by(made: Release) -> frozenset[str]:
    return frozenset(trait.name for trait in made.account.population if trait.role != "period")


def _of_region(made: Release) -> bool:
    """Everybody is of one region, which need not be that of the other release."""
    return any(trait.role == "region" for trait in made.account.population)


def _periods(made: Release) -> tuple[str, ...]:
    """The years or parts of years that it is of; before and after are none."""
    every = {period for table in made.values() for period in estimate.periods(table)}
    return tuple(sorted(period for period in every if _YEAR.match(period)))


def _made(parts: Pair, names: tuple[str, ...]) -> Compared:
    about = _variable(parts, names)
    tables = {table.view.id: table for table in _tables(parts, about)}
    if not tables:
        raise FileError("archive.nothing_shared")
    whole = gathered.gathered(parts, i18n.label("report.compared"))
    limits = {join(of, _column(part)): limit for part in parts for of, limit in part.release.thresholds.items()}
    return Compared(tables, (), limits, whole.rule, whole.account, parts, names=names)


def _column(part: Part) -> Key:
    return key((RELEASE, part.id))


def _variable(parts: Pair, names: tuple[str, ...]) -> Variable:
    """The two releases by what they are called; as periods where both names tell a year, and the first is of one area
    and of a time before the second."""
    called = dict(zip((part.id for part in parts), names or _called(parts), strict=True))
    levels = {part: dict.fromkeys(i18n.LANGUAGES, name) for part, name in called.items()}
    one_area = len({part.release.account.area for part in parts}) == 1
    periods = one_area and _before(*parts) and all(map(_YEAR.search, called.values()))
    return Variable(i18n.label("report.compared_by"), levels, ordered=periods, role="period" if periods else "")


def _called(parts: Pair) -> Sequence[str]:
    """By the periods that they are of, else by their areas, else by their files."""
    periods = [_periods(part.release) for part in parts]
    spans = ["–".join(dict.fromkeys((own[0], own[-1]))) for own in periods if own]
    areas = [part.release.account.area for part in parts]
    files = [Path(part.release.account.file).stem for part in parts]
    ways = (own for own in (spans, areas, files) if len(set(filter(None, own))) == len(parts))
    return next(ways, [part.id for part in parts])


def _tables(parts: Pair, about: Variable) -> Iterator[Released]:
    first, second = (part.release for part in parts)
    for table in first.values():
        other = next((own for own in second.values() if _alike(table, own)), None)
        if other is not None and table.view.measure == Quantity.COUNT and table.view.indicator not in _NOT_COMPARED:
            yield from _beside(parts, (table, other), about)


def _alike(table: Released, other: Released) -> bool:
    return (table.view.indicator, table.view.variable) == (other.view.indicator, other.view.variable)


def _beside(parts: Pair, tables: tuple[Released, Released], about: Variable) -> Iterator[Released]:
    """The rows that both tables have of everybody. Raises FileError where the percentages are of others."""
    table, other = tables
    if table.view.answered != other.view.answered:
        raise FileError("archive.bases_differ", table=table.view.id)
    rows = tuple(row for row in table.view.rows if all(row in own.cells for own in tables))
    if not rows:
        return
    view = View(
        id=f"{table.view.indicator}_{table.view.variable}", indicator=table.view.indicator,
        variable=table.view.variable, rows=rows, columns=tuple(map(_column, parts)), by=RELEASE,
        multiple=table.view.multiple, answered=table.view.answered,
        apart=tuple(row for row in table.view.apart if row in rows), title=table.view.title,
    )  # fmt: skip
    cells = {join(of, _column(part)): own.cells[of] for part, own in zip(parts, tables, strict=True)
             for of in (*rows, table.view.base(TOTAL), TOTAL)}  # fmt: skip
    cells[TOTAL] = table.cells[TOTAL] + other.cells[TOTAL]
    yield release(view=view, cells=cells, variables={**other.variables, **table.variables, RELEASE: about})


# --- there and back -------------------------------------------------------------------------------------------


def as_dict(made: Compared) -> dict[str, Any]:
    """Both releases whole, as one gathered of them, and every number of the tables side by side."""
    whole = gathered.as_dict(made)
    numbers = [number for table in made.values() for number in released.numbers(table)]
    about = next(iter(made.values())).variables[RELEASE]
    beside = {
        "compared": list(made.names),
        "variables": {RELEASE: shape.written(shape.VARIABLE, about)},
        "tables": list(map(released.table_as_dict, made.values())),
        "numbers": [*whole["numbers"], *numbers],
    }
    return {**whole, **beside, "verdicts": [*whole["verdicts"], *released.verdicts(made)]}


def from_dict(data: Mapping[str, Any]) -> Compared:
    """Raises as ``compare``, and ValueError for what is none. A verdict on the tables side by side must follow from
    the numbers of the two."""
    beside = [said for said in data["verdicts"] if "/" not in said["table"]]
    others = [said for said in data["verdicts"] if "/" in said["table"]]
    first, second = gathered.from_dict({**data, "verdicts": others}).parts
    made = compared((first, second), data["compared"], apart=True)  # whoever made it has answered for that
    same_verdicts(beside, released.verdicts(made))
    return made
