"""Were those who left different at the start from those who stayed? Said for every scale."""

from collections.abc import Iterator

from rakelab import estimate, i18n
from rakelab.cells import Key, Released, key
from rakelab.fields import ANSWERED
from rakelab.names import LEFT, START, made_of, source_of
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences.sentence import Sentence, Told, about, joined, tells

#: The variables of a scale that ``indicators.dropouts`` puts side by side.
STAYED = START


def left(table: Released) -> Sentence:
    """For each scale the baseline of those who left less that of those who stayed, with its interval."""
    return about("left", table)


def _pairs(found: Released) -> Iterator[tuple[Key, Key]]:
    names = [row[0][0] for row in found.view.rows]
    for name in names:
        other = made_of(source_of(name, STAYED), LEFT)
        if other in names:
            yield key((name, ANSWERED)), key((other, ANSWERED))


@tells("left")
def _left(told: Told) -> str:
    pairs = list(_pairs(told.table))
    verdicts = (estimate.rows_apart(told.table, *pair).verdict for pair in pairs)
    return joined(*(_apart(told, *pair) for pair in pairs), verdict_text.sentence(verdicts, told.lang))


def _apart(told: Told, stayed: Key, gone: Key) -> str:
    found = estimate.rows_apart(told.table, stayed, gone)
    label = told.words("present.quoted", label=wording.line(told.table, stayed, told.lang))
    bases = {
        name: wording.count(told.table.cells[row], told.lang) for name, row in (("stayed", stayed), ("left", gone))
    }
    if not found.verdict.known:
        return told.words("left.hidden", label=label, **bases)
    digits = quantity.of_difference(told.table, (stayed, gone), found.difference)
    numbers = {
        "difference": quantity.signed(found.difference, told.lang, digits),
        "interval": quantity.margin(found.low, found.high, told.lang, digits),
    }
    word = "beyond" if found.verdict.beyond else "within"
    return i18n.text(f"left.{word}", told.lang, label=label, **bases, **numbers)
