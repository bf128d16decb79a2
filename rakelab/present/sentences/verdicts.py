"""The words of verdicts: every table, figure and sentence that says *beyond chance* takes them from here."""

from collections.abc import Iterable
from typing import Protocol

from rakelab import i18n
from rakelab.cells import Cell
from rakelab.estimate import Verdict


class Compared(Protocol):
    """A difference, a change, an effect or a trend: anything with a verdict."""

    @property
    def verdict(self) -> Verdict: ...


def yes_or_no(compared: Compared, number: Cell, lang: str) -> str:
    """Whether it is beyond chance; where there was no test, the marker of the ``number`` that it would be of."""
    if compared.verdict.known:
        return i18n.text(f"present.table.{'yes' if compared.verdict.beyond else 'no'}", lang)
    return str(number) if not number.known else i18n.text("present.table.untested", lang)


def key(compared: Iterable[Compared], lang: str) -> str:
    """Under a table: what beyond chance means, and among how many; empty where nothing was tested."""
    return _family("key.holm", compared, lang, least=1)


def reading(compared: Iterable[Compared], lang: str) -> str:
    """Beside a figure: what a filled mark says, and why the line of an open one can leave out zero."""
    return _family("figure.family", compared, lang, least=1)


def sentence(compared: Iterable[Compared], lang: str) -> str:
    """After a finding: how many comparisons were taken together."""
    return _family("text.family", compared, lang, least=2)


def _family(word: str, compared: Iterable[Compared], lang: str, *, least: int) -> str:
    n = max((each.verdict.family for each in compared), default=0)
    return i18n.counted(f"present.{word}", n, lang) if n >= least else ""
