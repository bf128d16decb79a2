"""The questions: can each protected count still be anything below its threshold?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from .knowledge import AGES, ANSWERED, UNIT, Context
from .model import InconsistentError, Model, load
from .numbers import attached
from .solve import Answers, answer

__all__ = ["InconsistentError", "Model", "Violation", "attack", "load", "possible", "violations"]

Released = Mapping[str, Any]
Known = Sequence[Mapping[str, Any]]
SHARES = ("count", "percent", "low", "high")
SENSITIVE = ("health", "violence", "crime")


@dataclass(frozen=True)
class Violation:
    """What the release tells too much of: a protected count (``count``), the rest of its base (``rest``), that a whole
    group has a sensitive answer (``everybody``), or a number that hangs on a hidden cell (``number``)."""

    cell: str
    kind: str
    base: str
    values_excluded: tuple[int, ...]
    proved: bool = True


@dataclass(frozen=True)
class Question:
    """Can ``cell`` (or the rest of ``base``) have each of ``values``? Of “everybody has it”, one of them will do."""

    cell: str
    base: str
    values: tuple[int, ...]
    kind: str = "count"

    def leaks(self, answers: set[int]) -> bool:
        return not answers if self.kind == "everybody" else not set(self.values) <= answers


@dataclass(frozen=True)
class Verdict:
    """The outcome for one release: how many were protected, what leaked, how much work it was."""

    protected: int
    violations: tuple[Violation, ...]
    programs: int


def possible(model: Model, cell: str, values: Iterable[int], *, rest_of: str = "") -> set[int]:
    """Which of ``values`` the count of ``cell`` can have, or the count of ``rest_of`` less that of ``cell``."""
    question = Question(cell, rest_of, tuple(values), "rest" if rest_of else "count")
    return _ask(model, [question])[0][question]


def violations(released: Released, truth: Mapping[str, int], known: Known = ()) -> list[Violation]:
    """Every way in which ``released`` tells too much of the counts in ``truth`` (cell id -> count)."""
    return list(attack(released, truth, known).violations)


def attack(released: Released, truth: Mapping[str, int], known: Known = ()) -> Verdict:
    """As ``violations``, with the figures of the work. ``known``: the traits of what everybody counted is known to be,
    as whoever asked for the report knows. Raises InconsistentError if the truth breaks a constraint."""
    model = load(released)
    check_truth(model, truth)
    questions = list(protected(released, truth, known))
    answers, report = _ask(model, questions)
    undecided = {model.hidden[i] for i, _ in report.undecided if i < len(model.hidden)}
    found = [
        Violation(q.cell, q.kind, q.base, tuple(v for v in q.values if v not in answers[q]), q.cell not in undecided)
        for q in questions
        if q.leaks(answers[q])
    ]
    loose = [Violation(n["cell"], "number", n.get("base_cell") or "", ()) for n in attached(released)]
    return Verdict(len({q.cell for q in questions}), (*found, *loose), report.programs)


def check_truth(model: Model, truth: Mapping[str, int]) -> None:
    """The attacker may only use what is so: the true counts must keep every constraint."""
    for row in model.all_rows:
        if all(cell in truth for cell, _ in row.terms):
            total = sum(truth[cell] * c for cell, c in row.terms)
            if not row.low - 1e-6 <= total <= row.high + 1e-6:
                raise InconsistentError(f"not true: {row.why}: {', '.join(cell for cell, _ in row.terms)}")


def bases(released: Released) -> set[tuple[str, str]]:
    """Every (cell, base) that the report shows a share of, and every group in the total."""
    names = {frozenset(cell["dimensions"].items()): cell["id"] for cell in released["cells"]}
    found = set()
    for table in released.get("tables", ()):
        for column in table["columns"]:
            group = frozenset(column.items())
            for row in table["rows"]:
                found.add((names.get(group | frozenset(row.items())), names.get(_base(table, group, row))))
            if group and UNIT not in column:
                found.add((names.get(group), names.get(frozenset())))
    shares = [n for n in released.get("numbers", ()) if n["statistic"] in SHARES]
    numbered = {(n.get("cell"), n.get("base_cell")) for n in shares}
    return {(cell, base) for cell, base in found | numbered if cell and base and cell != base}


def _base(table: Mapping[str, Any], group: Context, row: Mapping[str, str]) -> Context:
    """Of whom a row is a share: those of the group who answered, where the table says so."""
    return group | {(table["variable"], ANSWERED)} if table.get("answered") and row not in table["apart"] else group


def protected(released: Released, truth: Mapping[str, int], known: Known = ()) -> Iterator[Question]:
    """What the rule set out to protect: counts below the limit, and rests of a base below it."""
    dimensions = {cell["id"]: frozenset(cell["dimensions"].items()) for cell in released["cells"]}
    asked = set()
    for cell, base in sorted(bases(released)):
        limit = limit_of(released, dimensions[cell], dimensions[base], known)
        values = tuple(range(1, min(limit, truth["*"] + 1)))  # the number of all is always told
        if 0 < truth[cell] < limit and cell not in asked:
            asked.add(cell)
            most = truth["*"] - known_others(released, dimensions[cell])
            yield Question(cell, "", tuple(v for v in values if v <= most))
        if 0 < truth[base] - truth[cell] < limit:
            least = known_others(released, dimensions[cell]) if base == "*" else 1
            most = truth["*"] - _listed_missing(released, dimensions[cell])
            yield Question(cell, base, tuple(v for v in values if least <= v <= most), "rest")
        if truth[cell] == truth[base] > 0 and limit > 1 and _sensitive(released, (cell, base)):
            yield Question(cell, base, values, "everybody")


def known_others(released: Released, cell: Context) -> int:
    """How many of those without a level anybody knows of: each kind of missing that is listed holds somebody."""
    ((name, level),) = cell if len(cell) == 1 else ((("", "")),)
    there = {one["id"] for one in released["cells"]}
    of = [name, *(AGES if name == "ika" else ())]
    kinds = [{k for k in released["variables"].get(v, {}).get("missing", ()) if f"{v}={k}" in there} for v in of]
    return max((len(one - {level}) for one in kinds), default=0)


def _listed_missing(released: Released, cell: Context) -> int:
    """1 for a kind of missing: it is listed because somebody is so."""
    words = released["variables"]
    return int(len(cell) == 1 and all(level in words.get(v, {}).get("missing", ()) for v, level in cell))


def limit_of(released: Released, cell: Context, base: Context, known: Known = ()) -> int:
    """Below what a count of ``cell`` among ``base`` is hidden, from the rule itself: 1 where it tells only of the
    collecting of data (who left a question blank), which may be told however small the number."""
    variables = released["variables"]
    told = [level in variables.get(name, {}).get("open", ()) for name, level in cell - base]
    if told and all(told):
        return 1
    met = [*known, *(variables[name] for name, _ in cell if name in variables)]
    rule = released["rule"]
    sensitive = any(one.get("sensitivity") in SENSITIVE for one in met)
    regional = any(one.get("role") == "region" for one in met)
    start = rule["sensitive_threshold"] if sensitive and regional else rule["threshold"]
    return max([int(start), *(int(one.get("threshold") or 0) for one in met)])


def _sensitive(released: Released, pair: tuple[str, str]) -> bool:
    """The cell says something sensitive that its base does not."""
    cell, base = (set() if one == "*" else {tuple(p.split("=", 1)) for p in one.split("|")} for one in pair)
    about = [(released["variables"].get(name, {}), level) for name, level in cell - base]  # type: ignore[misc]
    telling = [(one, level) for one, level in about if not level.startswith("!")]  # that nobody has it may be shown
    return any(one.get("sensitivity") and level not in one.get("missing", ()) for one, level in telling)


def _ask(model: Model, questions: list[Question]) -> tuple[dict[Question, set[int]], Answers]:
    """Turns questions on counts and rests into questions on unknowns, answers all at once."""
    answers: dict[Question, set[int]] = {}
    places: dict[Question, tuple[int, int]] = {}  # unknown, and the base to count back from (0: count itself)
    doubled = [q for q in questions if q.base in model.place and q.cell in model.place]
    wide = _with_rests(model, doubled)
    for q in questions:
        if q in doubled:
            places[q] = (len(model.hidden) + doubled.index(q), 0)
        elif q.cell in model.known and q.base not in model.place:
            fact = abs(model.known.get(q.base, 0) - model.known[q.cell])
            answers[q] = {fact} & set(q.values)
        elif q.cell in model.known:
            places[q] = (model.place[q.base], -model.known[q.cell])
        else:
            places[q] = (model.place[q.cell], model.known[q.base] if q.base else 0)
    wanted: dict[int, set[int]] = {}
    for q, (i, base) in places.items():
        wanted.setdefault(i, set()).update(_value(base, v) for v in q.values)
    report = answer(wide, wanted)
    for q, (i, base) in places.items():
        answers[q] = {v for v in q.values if _value(base, v) in report.possible[i]}
    return answers, report


def _value(base: int, value: int) -> int:
    """The unknown's value when the count (base 0), the rest of a known base, or the rest over a known cell is so."""
    return base - value if base > 0 else value - base


def _with_rests(model: Model, questions: list[Question]) -> Model:
    """The model with one more unknown for each rest of a hidden base: base − cell."""
    n, extra = len(model.hidden), len(questions)
    if not extra:
        return model
    place, at = model.place, []
    for k, q in enumerate(questions):
        at += [(k, place[q.base], 1.0), (k, place[q.cell], -1.0), (k, n + k, -1.0)]
    i, j, c = zip(*at, strict=True)
    more = sparse.csr_array((c, (i, j)), shape=(extra, n + extra))
    old = model.rows
    padded = sparse.csr_array((old.data, old.indices, old.indptr), (old.shape[0], n + extra))
    top = np.array([model.most[place[q.base]] for q in questions])
    return replace(
        model,
        rows=sparse.vstack([padded, more]).tocsr(),
        low=np.concatenate([model.low, np.zeros(extra)]),
        high=np.concatenate([model.high, np.zeros(extra)]),
        least=np.concatenate([model.least, np.zeros(extra)]),
        most=np.concatenate([model.most, top]),
    )
