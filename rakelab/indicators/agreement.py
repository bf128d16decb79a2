"""How alike two coders coded: themes of texts, or one class for each person."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rakelab.cells import TOTAL, Key, Quantity, Tally, View, join, key
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.indicators import measure
from rakelab.indicators.declaration import indicator
from rakelab.indicators.measure.agreement import AGREED, FIRST, SECOND, Agreement, Level, between
from rakelab.names import coded_name

AGREEMENT = {
    "fi": "Kahden koodaajan yksimielisyys",
    "sv": "Två kodares samstämmighet",
    "en": "Agreement of two coders",
}


@indicator(
    id="agreement",
    title=AGREEMENT,
    numerator="texts that both coders gave the theme, or neither did; ``disagreements`` counts those that one coder "
    "gave the theme and the other did not",
    denominator="all texts that were coded (``coding.coded`` made the columns)",
    who="rows with a text",
    missing="a row without a text is left out; an unfinished sheet was refused",
    source="Cohen 1960; Fleiss, Cohen & Everitt 1969; Krippendorff 2011; interval of alpha: Zapf et al. 2016",
    shown_as=Quantity.STATISTIC,
)
def theme_agreement(dataset: Dataset, field: str) -> Tally:
    """Kappa, alpha and their limits are None where both used one answer only. The statistics belong to the number of
    texts that were agreed to have the theme, and are told where that is."""
    name, first, second = (coded_name(field, part) for part in (AGREED, FIRST, SECOND))
    agreed = measure.distribution(dataset, name)
    themes = tuple(option.value for option in dataset.codebook[name].categories if not option.exclusive)
    coded = _answered(dataset, first) & _answered(dataset, second)
    statistics: dict[tuple[Key, str], float | None] = {}
    for theme in themes:
        marks = (dataset.frame[option_column(coder, theme)].to_numpy(dtype=bool)[coded] for coder in (first, second))
        coefficients = between(*(column.tolist() for column in marks), classes=(False, True))
        statistics |= {(key((name, theme)), what): value for what, value in coefficients.for_tally().items()}
    rows = tuple(key((name, theme)) for theme in themes)
    view = View(id=f"agreement_{name}", variable=name, rows=rows, measure=Quantity.STATISTIC)
    return replace(agreed, view=view, statistics=statistics)


def _answered(dataset: Dataset, name: str) -> np.ndarray:
    return (dataset.frame[name] == ANSWERED).to_numpy()


@indicator(
    id="agreement",
    title=AGREEMENT,
    numerator="persons whom both coders gave the same class",
    denominator="persons whom both gave a class",
    who="every row with both",
    missing="a row that either left without a class is left out",
    source="Cohen 1960 and 1968; Fleiss, Cohen & Everitt 1969; Krippendorff 2011; interval of alpha: Zapf et al. 2016",
    shown_as=Quantity.STATISTIC,
)
def coders_agreement(dataset: Dataset, pairs: Sequence[tuple[str, str]], *, level: Level = "nominal") -> Tally:
    """``pairs`` are the columns of the first and the second coder, of the same classes. ``level`` is ordinal where the
    classes have an order: kappa is then weighed by the square of the distance. Of fewer than 30 persons kappa and
    alpha are None."""
    rows = {join(_with_class(first), _with_class(second)): (first, second) for first, second in pairs}
    agreements = {row: _between(dataset, pair, level) for row, pair in rows.items()}
    names = dict.fromkeys(name for pair in pairs for name in pair)
    view = View(variable=pairs[0][0], rows=tuple(rows), measure=Quantity.STATISTIC)
    return Tally(
        view=view,
        counts={TOTAL: len(dataset), **{row: agreement.n for row, agreement in agreements.items()}},
        links=(),
        variables=measure.variables(dataset.codebook, dict.fromkeys(names, (ANSWERED,))),
        account=dataset.account,
        statistics={
            (row, name): value
            for row, agreement in agreements.items()
            for name, value in agreement.of_classes().items()
        },
    )


def _with_class(name: str) -> Key:
    return key((name, ANSWERED))


def _between(dataset: Dataset, pair: tuple[str, str], level: Level) -> Agreement:
    first, second = (_classes(dataset, name) for name in pair)
    return between(first, second, level=level, classes=dataset.codebook[pair[0]].values)


def _classes(dataset: Dataset, name: str) -> list[str | None]:
    known = set(dataset.codebook[name].values)
    return [given if given in known else None for given in dataset.frame[name].astype(object)]
