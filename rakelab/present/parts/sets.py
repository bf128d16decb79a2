"""One verb for several tables: an exhibit, or a sentence, of each; what a notebook says of all its scales."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rakelab.cells import Release, Released
from rakelab.instrument import Instrument
from rakelab.present.exhibit import Exhibit
from rakelab.present.figures.stacked import likert
from rakelab.present.parts.method import findings
from rakelab.present.parts.several import several
from rakelab.present.sentences.means import change, changed, directions
from rakelab.present.sentences.reliable import reliable
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.surveys import statements, stayed


def each(
    tables: Iterable[Any],
    draw: Callable[..., Exhibit],
    *,
    alt: Callable[..., Sentence] | None = None,
    silent: bool = False,
) -> Exhibit:
    """``draw`` of each table one after another, with the finding ``alt`` of the same table where it is a figure; as
    ``several`` where there is none."""
    drawn = (draw(table, alt=alt(table)) if alt else draw(table) for table in tables)
    return several(drawn, silent=silent)


def say(tables: Iterable[Any], sentence: Callable[..., Sentence], *given: Any, **named: Any) -> list[Sentence]:
    """The same finding of each table."""
    return [sentence(table, *given, **named) for table in tables]


def said(sentences: Sequence[Sentence]) -> Exhibit:
    """The sentences in their order; nothing where there is none."""
    return findings(*sentences, ranked=False) if sentences else several([], silent=True)


def opinions(tables: Sequence[Released]) -> Exhibit:
    """Statements as centred bars; nothing where there is none."""
    return likert(tables, alt=statements(tables)) if tables else several([], silent=True)


def change_findings(release: Release, instruments: Iterable[Instrument] = (), goal: str = "") -> list[Sentence]:
    """What the summary may say of a measured change: of each scale, of all together, and of those who stayed."""
    used = tuple(instruments)
    tables = release.of("change")
    of_scales = [
        change(table, name, better=better) for table in tables for name, better in directions(table, used).items()
    ]
    stayed_put = [stayed(table, goal=goal) for table in release.of("classes")[:1]]
    return [*of_scales, *(changed(table, used) for table in tables), *stayed_put]


def change_limits(release: Release, instruments: Iterable[Instrument]) -> list[Sentence]:
    """From how many points on a change is more than noise, of each scale whose classes are told."""
    used, alphas = tuple(instruments), next(iter(release.of("reliability")), None)
    return [reliable(table, release["ends"], used, alphas) for table in release.of("classes", enough=True)]
