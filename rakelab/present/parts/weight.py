"""How much a sentence has to say in a summary: beyond chance first, then by size, outcomes before background."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import asin, sqrt

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Released, State, join
from rakelab.estimate import Difference, MeanGap, Together
from rakelab.present.gate import unpack
from rakelab.present.sentences.changes import changes_of
from rakelab.present.sentences.contrasts import differences_of, gaps_of
from rakelab.present.sentences.events import view_in
from rakelab.present.sentences.sentence import Sentence

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
    still: bool = False

    @property
    def place(self) -> tuple[float, bool, bool, bool]:
        return -self.size, self.still, self.empty, self.background


def chosen(sentences: tuple[Sentence, ...]) -> list[Sentence]:
    """Of those that say something the first, which tells what the data are about, and of the others those with most to
    say; at most ``MOST``, and only one of nothing but differences within chance."""
    telling = [sentence for sentence in sentences if sentence.news(i18n.LANGUAGES[0])[0]]
    weights = [(weight(sentence).place, sentence) for sentence in telling[1:]]
    rest = [sentence for _, sentence in sorted(weights, key=lambda pair: pair[0])]
    still = [sentence for sentence in rest if within_chance(sentence)]
    return [*telling[:1], *(own for own in rest if own not in still[1:])][:MOST]


def within_chance(sentence: Sentence) -> bool:
    """A comparison of which nothing is beyond chance."""
    table, kind = sentence.tables[sentence.options["table"]], sentence.kind
    return kind == "contrast" and "level" not in sentence.options and not any(_contrast(sentence, table))


def weight(sentence: Sentence) -> Weight:
    table = sentence.tables[sentence.options["table"]]
    sizes = _SIZES[sentence.kind](sentence, table) if sentence.kind in _SIZES else ()
    about = table.variables.get(table.view.variable)
    background = table.view.variable in BACKGROUND or bool(about and about.role)
    empty = all(table.cells[cell_key].state is not State.SHOWN for cell_key, _ in table.view.cells())
    return Weight(max(sizes, default=0.0), background, empty, within_chance(sentence))


def _contrast(sentence: Sentence, table: Released) -> Iterable[float]:
    level, every = sentence.options.get("level"), differences_of(table, sentence.options)
    named = (own for own in every if level in (None, *(name for _, name in own.row)))
    return (_between(table, own) for own in named if own.verdict.beyond)


def _between(table: Released, difference: Difference) -> float:
    """Cohen's h: from 20 to 10 % is more than from 50 to 40 %."""
    columns = (difference.a, difference.b)
    shares = (_value(estimate.proportion(table, difference.row, column).share) for column in columns)
    first, second = (2 * asin(sqrt(share)) for share in shares)
    return abs(second - first)


def _mean_contrast(sentence: Sentence, table: Released) -> Iterable[float]:
    return (_apart(table, gap) for gap in gaps_of(table, sentence.options) if gap.verdict.beyond)


def _apart(table: Released, gap: MeanGap) -> float:
    spread = max(_value(table.means[join(gap.row, column)].sd) for column in (gap.a, gap.b))
    return abs(_value(gap.difference)) / spread if spread else 0.0


def _value(cell: Cell) -> float:
    return cell.value or 0.0


def _changed(sentence: Sentence, table: Released) -> Iterable[float]:
    row = unpack(sentence.options["row"]) if "row" in sentence.options else None
    own = (own for own in changes_of(table) if row in (None, own.row) and own.verdict.beyond)
    return (abs(_value(change.standardised)) for change in own)


def _rising(_: Sentence, table: Released) -> Iterable[float]:
    every = _value(table.cells[TOTAL])
    rises = (_value(trend.after) - _value(trend.before) for trend in estimate.trends(table) if trend.rises)
    return (rise / every for rise in rises if every)


def _beside(sentence: Sentence, table: Released) -> Iterable[float]:
    view = view_in(sentence.options, sentence.tables)
    matters = estimate.beside(table, sentence.tables[sentence.options["second"]], view)
    apart = (matter for matter in matters if matter.verdict is Together.APART)
    return (abs(_value(matter.first.share.share) - _value(matter.second.share.share)) for matter in apart)


_SIZES: dict[str, Callable[[Sentence, Released], Iterable[float]]] = {
    "contrast": _contrast,
    "mean_contrast": _mean_contrast,
    "change": _changed,
    "changed": _changed,
    "rising": _rising,
    "beside": _beside,
}
