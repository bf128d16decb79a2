"""What the clients need: needs, illnesses and services (select-all questions), how they pile up and meet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Link, Sign, Tally, Variable, View, key
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.indicators import measure
from rakelab.indicators.declaration import indicator
from rakelab.indicators.measure import Pattern
from rakelab.names import BOTH, FIRST_ONLY, NEITHER, NUMBER, SECOND_ONLY, made_of, pair_name
from rakelab.prepare import MOST

PLACES = (BOTH, FIRST_ONLY, SECOND_ONLY, NEITHER)
#: How many options meet each other where none are named, and at most: patterns double with each.
SHOWN, MOST_MET = 6, 7


@indicator(
    title={"fi": "Tuen tarpeet", "sv": "Stödbehov", "en": "Needs for support"},
    numerator="assessments where the need was ticked (select all that apply)",
    denominator="all assessments of the group (people, not ticks)",
    who="every row",
    missing="not asked, not known and blank are rows of their own and stay in the denominator: the percentages say “at "
    "least”",
    source="SHL 1301/2014 11 § and SOSRAKE Kainuu 3.2.2",
)
def needs(dataset: Dataset, *, by: str = "", variable: str = "tuen_tarpeet") -> Tally:
    return measure.distribution(dataset, variable, by=by)


@indicator(
    title={"fi": "Sairaudet ja riippuvuudet", "sv": "Sjukdomar och beroenden", "en": "Illnesses and addictions"},
    numerator="assessments where the illness or addiction was ticked (select all that apply; health data)",
    denominator="all assessments of the group",
    who="every row",
    missing="rows of their own, in the denominator; “no mention” is an answer, not a missing one",
    source="Essote's PTA results, SOSRAKE-kalvot (52 % + 45 % + 37 % + 6 %: several for one person)",
)
def illnesses(dataset: Dataset, *, by: str = "", variable: str = "sairaudet") -> Tally:
    return measure.distribution(dataset, variable, by=by)


@indicator(
    title={"fi": "Palvelun tarpeet", "sv": "Servicebehov", "en": "Needs for services"},
    numerator="assessments where the service was ticked (select all that apply), or the need that no service answers",
    denominator="all assessments of the group",
    who="every row",
    missing="rows of their own, in the denominator",
    source="SHL 1301/2014 14 § and SOSRAKE Kainuu 3.2.2",
)
def services(dataset: Dataset, *, by: str = "", variable: str = "palvelun_tarpeet") -> Tally:
    return measure.distribution(dataset, variable, by=by)


@indicator(
    title={
        "fi": "Tuen tarpeiden kasautuminen",
        "sv": "Anhopning av stödbehov",
        "en": "Accumulation of needs for support",
    },
    numerator="assessments with that many options ticked at once: 0, 1, 2, 3, 4, 5 or more",
    denominator="all assessments of the group",
    who="every row; ``prepare.accumulation`` made the variable",
    missing="rows of their own, in the denominator",
    source="SOSRAKE-kalvot (“usean yhtäaikaisen tuen tarve”; SHL 3 §)",
)
def accumulation(dataset: Dataset, *, by: str = "", variable: str = "tuen_tarpeet") -> Tally:
    derived = made_of(variable, NUMBER)
    tally = measure.distribution(dataset, derived, by=by)
    ticks = measure.distribution(dataset, variable, by=by)
    return replace(
        tally,
        counts={**tally.counts, **ticks.counts},
        links=(*tally.links, *ticks.links, *_ticks(dataset, variable), *_same_missing(ticks, variable, derived)),
        variables={**ticks.variables, **tally.variables},
    )


def _ticks(dataset: Dataset, variable: str) -> Iterator[Link]:
    """All ticks = Σ (how many) × people with that many; the open class holds at least ``MOST``. And whoever has
    one given need has at least one."""
    options = [key((variable, o.value)) for o in dataset.codebook[variable].categories if not o.exclusive]
    classes = _classes(variable)
    most = [*range(MOST), len(options)]
    yield Link(
        (*((cell_key, -1) for cell_key in options), *((cell_key, n) for n, cell_key in enumerate(classes))),
        Sign.AT_MOST,
    )
    yield Link(
        (
            *((cell_key, 1) for cell_key in options),
            *((cell_key, -n) for n, cell_key in zip(most, classes, strict=True)),
        ),
        Sign.AT_MOST,
    )
    yield from (Link(((cell_key, 1), *((c, -1) for c in classes[1:])), Sign.AT_MOST) for cell_key in options)


def _classes(variable: str) -> list[Key]:
    """The keys of 0, 1 … needs; the last one is open."""
    return [key((made_of(variable, NUMBER), name)) for name in (*map(str, range(MOST)), f"{MOST}-")]


def _same_missing(ticks: Tally, variable: str, derived: str) -> Iterator[Link]:
    """Who did not answer has no count of needs either: the same people."""
    for level in ticks.variables[variable].missing:
        yield Link(((key((variable, level)), 1), (key((derived, level)), -1)))


@indicator(
    title={
        "fi": "Yhdessä esiintyvät tuen tarpeet",
        "sv": "Stödbehov som förekommer tillsammans",
        "en": "Needs for support that occur together",
    },
    numerator="assessments with both needs ticked, for each two of the ``options``",
    denominator="all assessments",
    who="every row",
    missing="counts as having neither, as nothing was ticked",
    source="SOSRAKE-kalvot (D2)",
)
def together(dataset: Dataset, *, variable: str = "tuen_tarpeet", options: tuple[str, ...] = ()) -> Tally:
    """``options`` are the first six of the form unless named; they are not chosen by how common they are, because that
    choice would tell of counts that are not shown. All four places of each pair (both, only one, only the other,
    neither) go through protection, because a reader can work them out; so do the patterns that they are sums of.
    Raises UsageError for more than ``MOST_MET`` options."""
    counts: dict[Key, int] = {TOTAL: len(dataset)}
    links: list[Link] = []
    used: dict[str, Variable] = {}
    counted = tuple(o.value for o in dataset.codebook[variable].categories if not o.exclusive)
    options = options or counted[:SHOWN]
    if len(options) > MOST_MET:
        raise UsageError("indicators.too_many_met", n=len(options), most=MOST_MET)
    for first, second in combinations(options, 2):
        name = pair_name(variable, first, second)
        four = measure.both(dataset, variable, first, second)
        counts |= {key((name, place)): n for place, n in four.items()}
        links += _pair_links(variable, first, second)
        used[name] = _pair_variable(dataset, variable, (first, second))
    single = measure.distribution(dataset, variable)
    patterns = measure.patterns(dataset, variable, options)
    kinds, others = list(patterns), [key((variable, option)) for option in counted if option not in options]
    # sums of the pairs and of the patterns, also where no table lists them: who did not answer has no pattern
    unlisted = [key((variable, level)) for level in (*counted, *single.variables[variable].missing)]
    return Tally(
        view=View(variable=variable, rows=tuple(k for k in counts if k)),
        counts={**counts, **single.counts},
        links=(*links, *pattern_links(single, options, kinds), *other_ticks(kinds, others), *single.links),
        variables={**used, **single.variables},
        account=dataset.account,
        patterns={**measure.unlisted(patterns), **{one: single.counts[one] for one in unlisted}},
    )


def _pair_links(variable: str, first: str, second: str) -> Iterator[Link]:
    name = pair_name(variable, first, second)
    both, only_first, only_second, neither = ((key((name, place)), 1) for place in PLACES)
    yield Link((both, only_first, only_second, neither, (TOTAL, -1)))
    yield Link((both, only_first, (key((variable, first)), -1)))
    yield Link((both, only_second, (key((variable, second)), -1)))


def pattern_links(single: Tally, options: tuple[str, ...], patterns: Sequence[Pattern]) -> Iterator[Link]:
    """Which counts of the options are sums of which patterns. Together they hold all that anybody can know of several
    options at once in these people: everybody who answered has one pattern."""
    variable = single.view.variable
    missing = [key((variable, level)) for level in single.variables[variable].missing]
    alone = [key((variable, option)) for option in options]
    yield Link((*_each(patterns), *((cell_key, 1) for cell_key in missing), (TOTAL, -1)))
    for i, cell_key in enumerate(alone):
        yield Link((*_each(p for p in patterns if p.ticked[i]), (cell_key, -1)))
    for (i, first), (j, second) in combinations(enumerate(options), 2):
        both = key((pair_name(variable, first, second), BOTH))
        yield Link((*_each(p for p in patterns if p.ticked[i] and p.ticked[j]), (both, -1)))
    for number, cell_key in zip([*map(str, range(MOST)), f"{MOST}-"], _classes(variable), strict=True):
        yield Link((*_each(p for p in patterns if p.number == number), (cell_key, -1)))


def _each(patterns: Iterable[Pattern]) -> Iterator[tuple[Key, int]]:
    return ((pattern.key, 1) for pattern in patterns)


def other_ticks(patterns: Sequence[Pattern], others: Sequence[Key]) -> Iterator[Link]:
    """Ticks of the options that do not meet: a person with so many of them ticked each only once. That can be just
    where it can be in every group of the options (Gale 1957, Ryser 1957)."""
    kinds = {pattern.others: pattern for pattern in patterns}
    for rest in kinds if others else ():
        yield Link((*_each(pattern for pattern in patterns if pattern.others == rest), (rest, -1)))
    for size in range(1, len(others) + 1):
        most = [(rest, -min(kind.most, size)) for rest, kind in kinds.items() if kind.most]
        fewest = [(rest, max(kind.fewest - len(others) + size, 0)) for rest, kind in kinds.items()]
        fewest = [(rest, n) for rest, n in fewest if n]
        for group in combinations(others, size):
            yield Link((*most, *((tick, 1) for tick in group)), Sign.AT_MOST)
            yield from [Link((*fewest, *((tick, -1) for tick in group)), Sign.AT_MOST)] if fewest else ()


def _pair_variable(dataset: Dataset, variable: str, pair: tuple[str, str]) -> Variable:
    book = dataset.codebook
    a, b = (book.words(variable, option) for option in pair)
    levels = {place: i18n.label(f"indicators.place.{place}", a=a, b=b) for place in PLACES}
    title = i18n.composed(lambda lang: f"{a[lang]} + {b[lang]}", a, b)
    field = book[variable]
    return Variable(title=title, levels=levels, sensitivity=field.sensitivity, threshold=field.threshold)
