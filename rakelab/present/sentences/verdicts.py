"""The words of verdicts: every table, figure and sentence that says *beyond chance* takes them from here."""

from collections.abc import Iterable

from rakelab import i18n
from rakelab.cells import Cell
from rakelab.estimate import Verdict


def family(verdicts: Iterable[Verdict]) -> int:
    """How many comparisons were taken together."""
    return max((one.family for one in verdicts), default=0)


def yes_or_no(verdict: Verdict, number: Cell, lang: str) -> str:
    """Whether it is beyond chance; where there was no test, the marker of the ``number`` that it would be of."""
    if not verdict.known:
        return str(number) if not number.known else i18n.text("present.table.untested", lang)
    return i18n.text(f"present.table.{'yes' if verdict.beyond else 'no'}", lang)


def key(verdicts: Iterable[Verdict], lang: str) -> list[str]:
    """Under a table: what beyond chance means, and among how many; nothing where nothing was tested."""
    n = family(verdicts)
    return [i18n.counted("present.key.holm", n, lang)] if n else []


def reading(verdicts: Iterable[Verdict], lang: str) -> str:
    """Beside a figure: what a filled mark says, and why the line of an open one can leave out zero."""
    n = family(verdicts)
    return i18n.counted("present.figure.family", n, lang) if n else ""


def sentence(verdicts: Iterable[Verdict], lang: str) -> str:
    """After a finding: how many comparisons were taken together."""
    n = family(verdicts)
    return i18n.counted("present.text.family", n, lang) if n > 1 else ""
