"""From how many points on a change of one person is more than the scale's noise, and what that rests on."""

from collections.abc import Iterable

from rakelab.cells import HIDDEN, Key, Released, key, shown
from rakelab.errors import UsageError
from rakelab.fields import ANSWERED
from rakelab.formulas import reliable_change
from rakelab.instrument import Instrument
from rakelab.names import CLASS, START, made_of, source_of
from rakelab.present.gate import pack, released, unpack
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.sentence import Sentence, Told, joined, tells
from rakelab.present.tables.statistics import statistic


def reliable(
    table: Released, ends: Released, instruments: Iterable[Instrument], alphas: Released | None = None
) -> Sentence:
    """The limit of reliable change behind a table of classes: in points, with the deviation at baseline (of ``ends``),
    the key's reliability and its source. With ``alphas`` also the limit that the data's own alpha would give."""
    found, other = released(table), released(ends)
    scale = source_of(found.view.variable, CLASS)
    known = {used.score_column(one.name): one.reliability for used in instruments for one in used.scales}
    reliability = known.get(scale)
    if reliability is None:
        raise UsageError("reliable.not_known", table=found.view.id)
    chosen = {
        "table": found.view.id, "ends": other.view.id, "row": pack(key((made_of(scale, START), ANSWERED))),
        "reliability": reliability.value, "source": dict(reliability.source),
    }  # fmt: skip
    tables = {found.view.id: found, other.view.id: other}
    if alphas is not None:
        own = released(alphas)
        chosen |= {"alphas": own.view.id, "scale": pack(key((scale, ANSWERED)))}
        tables[own.view.id] = own
    return Sentence("reliable", chosen, tables)


@tells("reliable")
def _reliable(told: Told) -> str:
    ends, row = told.tables[told.options["ends"]], unpack(told.options["row"])
    sd = ends.means[row].sd if row in ends.means else HIDDEN
    if not sd.known:
        return told.words("reliable.hidden", title=told.title)
    return joined(_limit(told, ends, row), _own(told, float(sd.value or 0)), told.words("reliable.caution"))


def _limit(told: Told, ends: Released, row: Key) -> str:
    sd, reliability = ends.means[row].sd, told.options["reliability"]
    numbers = {
        "least": _points(told, reliable_change(reliability, float(sd.value or 0))),
        "sd": quantity.written(sd, told.lang, quantity.decimals(ends, row)),
        "base": told.words("present.n", n=wording.count(ends.cells[row], told.lang)),
        "reliability": _points(told, reliability),
        "source": told.options["source"][told.lang],
    }
    return told.words("reliable.limit", title=told.title, **numbers)


def _own(told: Told, sd: float) -> str:
    """The same with the alpha of these people's own answers, where that was released and lies between 0 and 1."""
    if "alphas" not in told.options:
        return ""
    table, one = told.tables[told.options["alphas"]], unpack(told.options["scale"])
    alpha = statistic(table, one, "alpha")
    if not alpha.known or not 0 < float(alpha.value or 0) < 1:
        return told.words("reliable.no_alpha")
    value = float(alpha.value or 0)
    return told.words("reliable.own", alpha=_points(told, value), least=_points(told, reliable_change(value, sd)))


def _points(told: Told, value: float) -> str:
    return quantity.written(shown(value), told.lang, quantity.MOST)
