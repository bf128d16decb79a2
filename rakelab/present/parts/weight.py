"""How much a sentence has to say in a summary: beyond chance first, then by size, outcomes before background."""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, sqrt

from rakelab import estimate
from rakelab.cells import TOTAL, Cell, Released, State, join
from rakelab.estimate import Difference, MeanGap, Together
from rakelab.present.gate import unpack
from rakelab.present.sentences.contrasts import differences_of
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.tables.means import changes_of

#: A summary has no more findings than this.
MOST = 5
#: Who people are; what they need, think and get are outcomes.
BACKGROUND = {
    "sukupuoli", "ika", "ikaryhma", "nuori", "kunta", "koulutus", "elamantilanne", "status", "asuminen", "perhetyyppi",
    "tulot", "aidinkieli", "asiakkuuden_luonne",
}  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """``size`` is a difference in standard deviations (of shares Cohen's h); 0 where chance may explain it."""

    size: float = 0.0
    background: bool = False
    empty: bool = False

    @property
    def place(self) -> tuple[float, bool, bool]:
        return -self.size, self.empty, self.background


def chosen(sentences: tuple[Sentence, ...]) -> list[Sentence]:
    """The first, which tells what the data are about, and of the others those with most to say; at most ``MOST``."""
    first, *rest = sentences
    return [first, *sorted(rest, key=lambda one: weight(one).place)[: MOST - 1]]


def weight(sentence: Sentence) -> Weight:
    table = sentence.tables[sentence.options["table"]]
    size = _SIZES[sentence.kind](sentence, table) if sentence.kind in _SIZES else 0.0
    about = table.variables.get(table.view.variable)
    background = table.view.variable in BACKGROUND or bool(about and about.role)
    return Weight(size, background, _empty(table))


def _empty(table: Released) -> bool:
    """Nothing of the table can be told."""
    cells = [table.cells[one].state for one, _ in table.view.cells()]
    return State.SHOWN not in cells


def _contrast(sentence: Sentence, table: Released) -> float:
    level = sentence.options.get("level")
    every = differences_of(table, sentence.options)
    found = [one for one in every if level in (None, *(own for _, own in one.row)) and one.verdict.beyond]
    return max((_between(table, one) for one in found), default=0.0)


def _between(table: Released, one: Difference) -> float:
    """Cohen's h: from 20 to 10 % is more than from 50 to 40 %."""
    shares = (_value(estimate.proportion(table, one.row, column).share) for column in (one.a, one.b))
    first, second = (2 * asin(sqrt(share)) for share in shares)
    return abs(second - first)


def _mean_contrast(sentence: Sentence, table: Released) -> float:
    if "a" not in sentence.options:
        return 0.0
    a, b = (unpack(sentence.options[end])[0][1] for end in "ab")
    found = [one for one in estimate.mean_differences(table, a, b).rows if one.verdict.beyond]
    return max((_apart(table, one) for one in found), default=0.0)


def _apart(table: Released, one: MeanGap) -> float:
    spread = max(_value(table.means[join(one.row, column)].sd) for column in (one.a, one.b))
    return abs(_value(one.difference)) / spread if spread else 0.0


def _value(cell: Cell) -> float:
    return cell.value or 0.0


def _changed(sentence: Sentence, table: Released) -> float:
    row = unpack(sentence.options["row"]) if "row" in sentence.options else None
    found = [one for one in changes_of(table) if row in (None, one.row) and one.verdict.beyond]
    return max((abs(_value(one.standardised)) for one in found), default=0.0)


def _rising(_: Sentence, table: Released) -> float:
    every = table.cells[TOTAL].value or 0.0
    found = [_value(one.after) - _value(one.before) for one in estimate.trends(table) if one.rises]
    return max(found, default=0.0) / every if every else 0.0


def _beside(sentence: Sentence, table: Released) -> float:
    apart = [
        abs(_value(one.first.share.share) - _value(one.second.share.share))
        for one in estimate.beside(table, sentence.tables[sentence.options["second"]])
        if one.verdict is Together.APART
    ]
    return max(apart, default=0.0)


_SIZES: dict[str, Callable[[Sentence, Released], float]] = {
    "contrast": _contrast,
    "mean_contrast": _mean_contrast,
    "change": _changed,
    "changed": _changed,
    "rising": _rising,
    "beside": _beside,
}
