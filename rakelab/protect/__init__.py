"""The wall: from counts inside to released tables, all tables of a report in one call.

The rule (``policy``) says which cells are too small; ``solve`` adds as few more as it takes; ``advice`` tells what
could be shown instead. There is no way to release a table without going through ``protect``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from rakelab._seal import release
from rakelab.cells import (
    HIDDEN,
    NOTHING,
    TOTAL,
    Account,
    Cell,
    Entry,
    Key,
    Mean,
    Quote,
    Release,
    Released,
    ReleasedAccount,
    Tally,
    shown,
)
from rakelab.errors import WallError
from rakelab.population import Population, sensitive
from rakelab.protect.advice import advise
from rakelab.protect.earlier import earlier_of
from rakelab.protect.means import Telling, statistics, telling
from rakelab.protect.policy import FLOOR, Policy, variables_of
from rakelab.protect.quotes import checked, not_counted_by, release_quotes
from rakelab.protect.register import known, release_register
from rakelab.protect.solve import choose
from rakelab.protect.system import System, build
from rakelab.protect.weighted import weighted
from rakelab.protect.weights import secret_of

__all__ = ["FLOOR", "Policy", "protect", "release_quotes", "release_register"]


def protect(
    tallies: Sequence[Tally | Sequence[Tally]] | Tally,
    policy: Policy | None = None,
    *,
    quotes: Sequence[Quote] = (),
    entries: Sequence[Entry] = (),
) -> Release:
    """All tables of one report (also those in lists within ``tallies``), with small cells and those that would give
    them away hidden, its quotations and the entries of its register.

    Raises WallError for something that is not a tally, tables of different people, two tables of one name, or
    fewer people than the threshold.
    """
    policy = policy or Policy()
    tallies = _listed(tallies)
    _same_people(tallies)
    account = tallies[0].account
    least = policy.of(TOTAL, {}, account.population)
    if account.used < least:
        raise WallError("protect.too_few_rows", threshold=least)
    variables = variables_of(tallies)
    system = build(tallies, policy, variables)
    beside = earlier_of(tallies, system, policy, variables)
    hidden, promises = beside.hidden(_chosen(system))
    cells = {one: HIDDEN if hidden[i] else shown(int(system.counts[i])) for i, one in system.listed}
    means = telling(tallies, cells, policy, beside.barred(tallies))
    tables = {tally.view.id: _released(tally, cells, policy, means) for tally in tallies}
    beside.keep(tallies, cells, means, promises)
    made = Release(
        tables=tables,
        relations=system.known,
        thresholds=system.thresholds,
        rule=policy.as_dict(),
        account=_account(account, policy),
        quotes=checked(quotes),
        entries=known(entries),
        ledger=beside.name,
    )
    not_counted_by(made.quotes, made)
    return made


def _chosen(system: System) -> np.ndarray:
    """Which cells are hidden. Where nothing will do and people are few beside the strictest limit, says so."""
    try:
        return choose(system)
    except WallError:
        strictest = max(system.thresholds.values())
        if system.counts[0] >= 2 * strictest:
            raise
        raise WallError("protect.too_few_for_limit", threshold=strictest) from None


def _listed(given: object) -> list[Tally]:
    """Tallies, also those in lists within the list."""
    if isinstance(given, list | tuple):
        return [tally for some in given for tally in _listed(some)]
    return [given]  # type: ignore[list-item]  # what is no tally is refused below, in words


def _same_people(tallies: Sequence[Tally]) -> None:
    for tally in tallies:
        if not isinstance(tally, Tally):
            raise WallError("protect.not_tally", kind=type(tally).__name__)
    if not tallies:
        raise WallError("protect.nothing")
    if len({tally.account for tally in tallies}) > 1:
        raise WallError("protect.other_people")
    names = [tally.view.id for tally in tallies]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise WallError("protect.same_name", names=", ".join(doubled))


def _released(tally: Tally, cells: dict[Key, Cell], policy: Policy, means: Telling) -> Released:
    view = tally.view.inhabited(cells)
    table = release(
        view=view,
        cells={one: cells[one] for one in tally.view.all_keys()},
        variables=tally.variables,
        means={one: means.mean(one, moments) for one, moments in tally.moments.items()},
        statistics={**statistics(tally, cells, policy, means), **_weighted(tally, cells, policy)},
        judged=means.judged(tally, view),
    )
    parts = {part.name: getattr(table, part.name) for part in fields(table) if part.name != "token"}
    parts |= {} if table.sampled else {"means": {one: _bare(mean) for one, mean in table.means.items()}, "judged": {}}
    return release(**{**parts, "advice": advise(table) if table.too_few else None})


def _weighted(tally: Tally, cells: Mapping[Key, Cell], policy: Policy) -> dict[tuple[Key, str], Cell]:
    secret = secret_of(synthetic=tally.account.synthetic) if tally.weighted else b""
    return weighted(tally, cells, policy, secret)


def _bare(mean: Mean) -> Mean:
    """A mean of all there are: nothing was sampled, so that it has no interval."""
    return replace(mean, low=NOTHING, high=NOTHING) if mean.mean.known else mean


def _account(account: Account, policy: Policy) -> ReleasedAccount:
    """Rows read and used, and what each choice of rows left."""
    chosen = [Chosen(rows, policy.of(TOTAL, {}, one), sensitive(one)) for rows, one in _choices(account)]
    counts = _tellable(chosen)
    aside = _aside(account, chosen, counts)
    return ReleasedAccount(
        **account.provenance,
        read=counts[0],
        used=counts[-1],
        steps=tuple((why, cell) for (why, _), cell in zip(account.steps, counts[1:-1], strict=True)),
        population=account.population,
        set_aside=aside,
        reasons=_reasons(account.aside, chosen[0].limit) if aside.known else (),
    )


#: Reasons of so few rows that they are told together.
REST = "rest"


def _aside(account: Account, chosen: Sequence["Chosen"], told: Sequence[Cell]) -> Cell:
    """The rows that could not be used: told where the limit lets those be told that were left after them, too."""
    n = sum(rows for _, rows in account.aside)
    left = replace(chosen[0], rows=chosen[0].rows - n)
    later = [one for one, cell in zip(chosen[1:], told[1:], strict=True) if cell.known]
    close = 0 < n < chosen[0].limit or any(_close(left, one) for one in later)
    return shown(n) if told[0].known and not close else HIDDEN


def _reasons(aside: Iterable[tuple[str, int]], limit: int) -> tuple[tuple[str, Cell], ...]:
    """Each reason with its rows, the most common first; those of fewer than the limit together, and with them as many
    others as it takes."""
    rest, alone = 0, sorted(aside, key=lambda one: -one[1])
    while alone and (alone[-1][1] < limit or 0 < rest < limit):
        rest += alone.pop()[1]
    told = [*alone, *([(REST, rest)] if rest else [])]
    return tuple((why, shown(rows)) for why, rows in told)


def _choices(account: Account) -> list[tuple[int, Population]]:
    """The rows read, left after each step, and used, with what they are known to be."""
    rows = [account.read, *(left for _, left in account.steps), account.used]
    known = [*account.populations, *[account.population] * len(rows)]
    return list(zip(rows, known, strict=False))


@dataclass(frozen=True)
class Chosen:
    """Rows at one step: how many, the limit for people who left on the way to it, and whether nobody's leaving would
    tell something sensitive of everybody."""

    rows: int
    limit: int
    sensitive: bool


def _tellable(counts: Sequence[Chosen]) -> list[Cell]:
    """A falling row of counts ending in a public one: each is told unless those who left between it and a later one
    that is told are too few; or nobody, where that says that all of a file have met violence."""
    told: list[Cell] = [shown(counts[-1].rows)]
    public = [counts[-1]]
    for one in reversed(counts[:-1]):
        close = any(_close(one, later) for later in public)
        told.append(HIDDEN if close else shown(one.rows))
        public += [] if close else [one]
    return list(reversed(told))


def _close(one: Chosen, later: Chosen) -> bool:
    left = abs(one.rows - later.rows)
    return 0 < left < later.limit or (left == 0 and later.sensitive and not one.sensitive)
