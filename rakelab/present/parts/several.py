"""Several exhibits as one output of a cell: as many figures, tables or sentences as the data have questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from rakelab.cells import Release, Released
from rakelab.instrument import Instrument
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, draw, renders, scene_of
from rakelab.present.figures.stacked import likert
from rakelab.present.gate import flat
from rakelab.present.origin import merged
from rakelab.present.parts.method import findings
from rakelab.present.sentences import wording
from rakelab.present.sentences.changes import change, changed, directions, reliable, stayed
from rakelab.present.sentences.contrasts import contrast
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.shares import leading, share
from rakelab.present.sentences.surveys import statements

KIND = "several"


def several(exhibits: Iterable[Exhibit | Iterable[Exhibit]], *, lang: str = "", silent: bool = False) -> Exhibit:
    """The exhibits one after another, also those in lists within the list; where there are none, a sentence that the
    data have nothing of the kind or, if ``silent``, nothing."""
    parts = flat(exhibits, Exhibit, "present.not_an_exhibit")
    options = {"exhibits": [part.spec for part in parts], **({"silent": True} if silent else {})}
    return Exhibit(KIND, options, merged(part.tables for part in parts), lang)


def specifications(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The specification itself, or those of the exhibits that it holds."""
    if spec.get("kind") != KIND:
        yield spec
        return
    for part in spec["exhibits"]:
        yield from specifications(part)


@renders(KIND)
def _several(scene: Scene) -> Markup:
    parts = scene.options["exhibits"]
    if not parts:
        return Markup("") if "silent" in scene.options else markup.note(KIND, scene.words("present.nothing_here"))
    scenes = (scene_of(part, scene.tables, scene.lang) for part in parts)
    drawn = (draw(replace(own, id=f"{scene.id}-{i}", numbers=scene.numbers)) for i, own in enumerate(scenes, 1))
    return markup.exhibit(KIND, *drawn)


def each(
    tables: Iterable[Any], draw: Callable[..., Exhibit], *, alt: Callable[..., Sentence] | None = None,
    silent: bool = False,
) -> Exhibit:  # fmt: skip
    """``draw`` of each table one after another, with the finding ``alt`` of the same table where it is a figure; as
    ``several`` where there is none."""
    return several((draw(table, alt=alt(table)) if alt else draw(table) for table in tables), silent=silent)


def say(tables: Iterable[Any], sentence: Callable[..., Sentence], *given: Any, **named: Any) -> list[Sentence]:
    """The same finding of each table."""
    return [sentence(table, *given, **named) for table in tables]


def said(sentences: Sequence[Sentence], *, ranked: bool = False) -> Exhibit:
    """The sentences in their order, or ``ranked`` as a summary; nothing where there is none."""
    return findings(*sentences, ranked=ranked) if sentences else several([], silent=True)


def opinions(tables: Sequence[Released], *, silent: bool = True) -> Exhibit:
    """Statements as centred bars, those with the same answers together; as ``several`` where there is none."""
    drawn = (likert(battery, alt=statements(battery)) for battery in batteries(tables))
    return several(drawn, silent=silent)


def batteries(tables: Sequence[Released]) -> list[list[Released]]:
    """Statements with the same answers together, in the order of their first."""
    by_answers: dict[tuple[str, ...], list[Released]] = {}
    for table in tables:
        levels = tuple(level for row in wording.answers(table) for _, level in row)
        by_answers.setdefault(levels, []).append(table)
    return list(by_answers.values())


def survey_findings(release: Release) -> list[Sentence]:
    """What the summary may say of a survey: of each battery of statements, of every other question, and of how groups
    differ; of one that asks for texts only how many wrote."""
    asked, opinions = release.of("question", by=""), release.of("statement", by="")
    alone = [*map(statements, batteries(opinions)), *say(asked, leading, 2)]
    texts = say(release.of("written"), share, "kirjoitti") if not alone else []
    return [*alone, *say(release.of("question", "statement", grouped=True, enough=True), contrast), *texts]


def change_findings(release: Release, instruments: Iterable[Instrument] = (), goal: str = "") -> list[Sentence]:
    """What the summary may say of a measured change: of each scale, of all together, and of those who stayed."""
    used, tables = tuple(instruments), release.of("change")
    scales = ((table, name, better) for table in tables for name, better in directions(table, used).items())
    of_scales = [change(table, name, better=better) for table, name, better in scales]
    classes = release.of("classes")[:1]
    return [*of_scales, *say(tables, changed, used), *say(classes, stayed, goal=goal)]


def change_limits(release: Release, instruments: Iterable[Instrument]) -> list[Sentence]:
    """From how many points on a change is more than noise, of each scale whose classes are told."""
    used, alphas = tuple(instruments), next(iter(release.of("reliability")), None)
    return [reliable(table, release["ends"], used, alphas) for table in release.of("classes", enough=True)]
