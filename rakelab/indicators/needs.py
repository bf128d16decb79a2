"""What the clients need: needs, illnesses and services (select-all questions), how they pile up and meet."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import comb

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Link, Tally, Variable, View, key
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.prepare import MOST
from rakelab.reserved import NUMBER, joined, made_of

#: The four places that two options of a multiple choice can have together.
PLACES = ("molemmat", "vain_1", "vain_2", "ei_kumpaakaan")
#: How many options meet each other where none are named.
SHOWN = 6


def needs(dataset: Dataset, *, by: str = "", variable: str = "tuen_tarpeet") -> Tally:
    """Needs for support (select all that apply).

    Numerator: assessments where the need was ticked. Denominator: all assessments of the group (people, not
    ticks). Who is in: every row. Missing: not asked, not known and blank are rows of their own and stay in the
    denominator, so the percentages say “at least”. Source: SHL 1301/2014 11 § and SOSRAKE Kainuu 3.2.2.
    """
    return measure.distribution(dataset, variable, indicator="needs", by=by)


def illnesses(dataset: Dataset, *, by: str = "", variable: str = "sairaudet") -> Tally:
    """Illnesses and addictions (select all that apply; health data).

    Numerator: assessments where it was ticked. Denominator: all assessments of the group. Who is in: every row.
    Missing: rows of their own, in the denominator; “no mention” is an answer, not a missing one.
    Source: Essote's PTA results, SOSRAKE-kalvot (52 % + 45 % + 37 % + 6 %: several for one person).
    """
    return measure.distribution(dataset, variable, indicator="illnesses", by=by)


def services(dataset: Dataset, *, by: str = "", variable: str = "palvelun_tarpeet") -> Tally:
    """Services needed (select all that apply), with the need that no service answers.

    Numerator: assessments where the service was ticked. Denominator: all assessments of the group. Who is in:
    every row. Missing: rows of their own, in the denominator. Source: SHL 1301/2014 14 § and SOSRAKE Kainuu 3.2.2.
    """
    return measure.distribution(dataset, variable, indicator="services", by=by)


def accumulation(dataset: Dataset, *, by: str = "", variable: str = "tuen_tarpeet") -> Tally:
    """How many needs one person has at once: 0, 1, 2, 3, 4, 5 or more.

    Numerator: assessments with that many options ticked. Denominator: all assessments of the group. Who is in:
    every row; ``prepare.accumulation`` made the variable. Missing: rows of their own, in the denominator.
    Source: SOSRAKE-kalvot ("usean yhtäaikaisen tuen tarve"; SHL 3 §).
    """
    derived = made_of(variable, NUMBER)
    tally = measure.distribution(dataset, derived, indicator="accumulation", by=by)
    ticks = measure.distribution(dataset, variable, indicator="accumulation", by=by)
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
    yield Link((*((one, -1) for one in options), *((one, n) for n, one in enumerate(classes))), "<=")
    yield Link((*((one, 1) for one in options), *((one, -n) for n, one in zip(most, classes, strict=True))), "<=")
    yield from (Link(((one, 1), *((c, -1) for c in classes[1:])), "<=") for one in options)


def _classes(variable: str) -> list[Key]:
    """The keys of 0, 1 … needs; the last one is open."""
    return [key((made_of(variable, NUMBER), name)) for name in (*map(str, range(MOST)), f"{MOST}-")]


def _same_missing(ticks: Tally, variable: str, derived: str) -> Iterator[Link]:
    """Who did not answer has no count of needs either: the same people."""
    for level in ticks.variables[variable].missing:
        yield Link(((key((variable, level)), 1), (key((derived, level)), -1)))


def together(dataset: Dataset, *, variable: str = "tuen_tarpeet", options: tuple[str, ...] = ()) -> Tally:
    """Which needs meet: for each two of the ``options``, how many people have both.

    ``options`` are the first six of the form unless named; they are not chosen by how common they are, because that
    choice would tell of counts that are not shown. Numerator: assessments with both needs ticked. Denominator: all
    assessments. Who is in: every row. Missing: counts as having neither, as nothing was ticked. All four places of
    each pair (both, only one, only the other, neither) go through protection, because a reader can work them out.
    Source: SOSRAKE-kalvot (D2).
    """
    counts: dict[Key, int] = {TOTAL: len(dataset)}
    links: list[Link] = []
    used: dict[str, Variable] = {}
    options = options or tuple(o.value for o in dataset.codebook[variable].categories if not o.exclusive)[:SHOWN]
    for first, second in combinations(options, 2):
        name = pair_name(variable, first, second)
        four = measure.both(dataset, variable, first, second)
        counts |= {key((name, place)): n for place, n in four.items()}
        links += _pair_links(variable, first, second)
        used[name] = _pair_variable(dataset, variable, (first, second))
    single = measure.distribution(dataset, variable, indicator="together")
    return Tally(
        view=View(id="together", indicator="together", variable=variable, rows=tuple(k for k in counts if k)),
        counts={**counts, **single.counts},
        links=(*links, *_all_pairs(single, options), *single.links),
        variables={**used, **single.variables},
        account=dataset.account,
    )


def pair_name(variable: str, first: str, second: str) -> str:
    """The derived variable that tells which of two options a person has."""
    return f"{variable}:{joined((first, second))}"


def _pair_links(variable: str, first: str, second: str) -> Iterator[Link]:
    name = pair_name(variable, first, second)
    both, one, other, neither = ((key((name, place)), 1) for place in PLACES)
    yield Link((both, one, other, neither, (TOTAL, -1)))
    yield Link((both, one, (key((variable, first)), -1)))
    yield Link((both, other, (key((variable, second)), -1)))
    yield Link((both, *((c, -1) for c in _classes(variable)[2:])), "<=")


def _all_pairs(single: Tally, options: tuple[str, ...]) -> Iterator[Link]:
    """What pairs say of each other: three by three, with those who ticked nothing, and with how many each has."""
    variable = single.view.variable
    both = {frozenset(pair): key((pair_name(variable, *pair), PLACES[0])) for pair in combinations(options, 2)}
    alone = {option: key((variable, option)) for option in options}
    for three in combinations(options, 3):
        for a, b, c in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
            ab, ac, bc = (both[frozenset((three[i], three[j]))] for i, j in ((a, b), (a, c), (b, c)))
            yield Link(((ab, 1), (ac, 1), (bc, -1), (alone[three[a]], -1)), "<=")
        inner = [(both[frozenset(pair)], -1) for pair in combinations(three, 2)]
        yield Link((*((alone[one], 1) for one in three), *inner, (TOTAL, -1)), "<=")
    nothing = [(key((variable, level)), 1) for level in single.variables[variable].missing]
    for pair in combinations(options, 2):
        yield Link((*nothing, (key((pair_name(variable, *pair), PLACES[3])), -1)), "<=")
    held = [(one, -comb(min(n, len(options)), 2)) for n, one in enumerate(_classes(variable)[:-1])]
    top = (_classes(variable)[-1], -comb(len(options), 2))
    yield Link((*((one, 1) for one in both.values()), *held[2:], top), "<=")


def _pair_variable(dataset: Dataset, variable: str, pair: tuple[str, str]) -> Variable:
    book = dataset.codebook
    names = {lang: [book.label(variable, option, lang) for option in pair] for lang in i18n.LANGUAGES}
    levels = {
        place: {lang: i18n.text(f"indicators.place.{place}", lang, a=names[lang][0], b=names[lang][1])
                for lang in i18n.LANGUAGES}
        for place in PLACES
    }  # fmt: skip
    title = {lang: " + ".join(names[lang]) for lang in i18n.LANGUAGES}
    field = book[variable]
    return Variable(title=title, levels=levels, sensitivity=field.sensitivity, threshold=field.threshold)
