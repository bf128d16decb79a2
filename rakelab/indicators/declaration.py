"""An indicator as a declared value that carries its own words: all that a page, a reader and a colleague must know.

A county declares its own in a notebook or in a module, exactly as the rooms here do: its words travel with its tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from typing import Any

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Quantity, Tally
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.indicators import measure
from rakelab.names import table_of
from rakelab.prepare.people import role_of

#: What stands in a title for the title of the variable that is counted, and a title of nothing else.
_VARIABLE = "{variable}"
OF_VARIABLE = dict.fromkeys(i18n.LANGUAGES, _VARIABLE)


@dataclass(frozen=True)
class Indicator:
    """What is counted of whom. Called as its function ``count`` is, it gives that tally with its own words.

    ``title``: words by language, with ``{variable}`` for the title of what is counted. ``who``: who is in;
    ``missing``: what a missing answer does; ``shown_as``: what a cell of its tables holds; ``of_each``: a table of
    each of several variables, whose id tells which.
    """

    id: str
    count: Callable[..., Tally]
    _: KW_ONLY
    title: Mapping[str, str]
    numerator: str
    denominator: str
    who: str
    missing: str
    source: str
    shown_as: Quantity = Quantity.COUNT
    of_each: bool = False

    def __post_init__(self) -> None:
        if not self.title or not all(map(str.strip, self.title.values())):
            raise UsageError("indicators.no_title", indicator=self.id)
        object.__setattr__(self, "title", i18n.Written(self.title))

    def __call__(self, *given: Any, **named: Any) -> Tally:
        """The tally of ``count``, called after this indicator: the table's id as well, where ``count`` gave none."""
        tally = _of_asked(self.count(*given, **named), *given[:1])
        view = tally.view
        if view.measure != self.shown_as:
            raise UsageError("indicators.shown_otherwise", indicator=self.id, said=self.shown_as, counted=view.measure)
        counted = tally.variables[view.variable].title
        parts = (counted, self.title) if _VARIABLE in "".join(self.title.values()) else (self.title,)
        title = i18n.composed(lambda lang: self.title[lang].replace(_VARIABLE, counted[lang]), *parts)
        name = view.id or table_of(self.id, view.variable if self.of_each else "", view.by)
        return replace(tally, view=replace(view, id=name, indicator=self.id, title=title))

    @property
    def __wrapped__(self) -> Callable[..., Tally]:
        """What Jupyter and ``help`` show the parameters of."""
        return self.count


def _of_asked(tally: Tally, dataset: object = None) -> Tally:
    """Without what the file has no column for: not even a zero is told of what nobody was asked. A table of nothing
    else has no rows."""
    if not isinstance(dataset, Dataset) or (tally.view.rows and all(map(dataset.asked, tally.variables))):
        return tally
    rows = tuple(row for row in tally.view.rows if _asked(dataset, row))
    columns = tuple(column for column in tally.view.columns if rows and _asked(dataset, column)) or (TOTAL,)
    return replace(
        tally,
        view=replace(tally.view, rows=rows, columns=columns, answered=tally.view.answered and bool(rows)),
        counts={k: n for k, n in tally.counts.items() if _asked(dataset, k) and (rows or not k)},
        links=tuple(link for link in tally.links if rows and all(_asked(dataset, k) for k, _ in link.terms)),
        moments={k: one for k, one in tally.moments.items() if _asked(dataset, k)},
        distribution=tuple(k for k in tally.distribution if rows),
        statistics={named: n for named, n in tally.statistics.items() if _asked(dataset, named[0])},
        patterns={k: n for k, n in tally.patterns.items() if rows},
    )


def _asked(dataset: Dataset, cell_key: Key) -> bool:
    return all(dataset.asked(name) for name, _ in cell_key)


def of(variable: str) -> Callable[..., Tally]:
    """The function that counts the answers to one question of a form, in total and ``by`` groups."""
    return partial(measure.distribution, variable=variable)


def of_role(role: str, by_role: str = "") -> Callable[..., Tally]:
    """As ``of``, of the field that plays ``role`` in its form, by that which plays another; a call may name others."""

    def count(dataset: Dataset, variable: str = "", *, by: str = "") -> Tally:
        groups = by or (role_of(dataset, by_role).name if by_role else "")
        return measure.distribution(dataset, variable or role_of(dataset, role).name, by=groups)

    return count


def indicator(**declared: Any) -> Callable[[Callable[..., Tally]], Indicator]:
    """Makes the function below it an ``Indicator``, called after the function unless an ``id`` is given."""
    return lambda count: Indicator(**{"id": count.__name__, "count": count, **declared})
