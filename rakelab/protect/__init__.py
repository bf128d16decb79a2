"""The wall: from counts inside to released tables, all tables of a report in one call.

The rule (``policy``) says which cells are too small; ``solve`` adds as few more as it takes; ``advice`` tells what
could be shown instead. There is no way to release a table without going through ``protect``.
"""

from collections.abc import Sequence

from rakelab._seal import release
from rakelab.cells import (
    HIDDEN,
    TOTAL,
    Account,
    Cell,
    Entry,
    Key,
    Quote,
    Release,
    Released,
    ReleasedAccount,
    Tally,
    shown,
)
from rakelab.errors import WallError
from rakelab.protect.advice import advise
from rakelab.protect.means import Telling, statistics, telling
from rakelab.protect.policy import FLOOR, Policy, variables_of
from rakelab.protect.quotes import checked, not_counted_by, release_quotes
from rakelab.protect.register import known, release_register
from rakelab.protect.solve import choose
from rakelab.protect.system import build

__all__ = ["FLOOR", "Policy", "protect", "release_quotes", "release_register"]


def protect(
    tallies: Sequence[Tally] | Tally,
    policy: Policy | None = None,
    *,
    quotes: Sequence[Quote] = (),
    entries: Sequence[Entry] = (),
) -> Release:
    """All tables of one report, with small cells and those that would give them away hidden, its quotations and the
    entries of its register.

    Raises WallError for something that is not a tally, tables of different people, two tables of one name, or
    fewer people than the threshold.
    """
    policy = policy or Policy()
    tallies = [tallies] if isinstance(tallies, Tally) else tallies
    _same_people(tallies)
    account = tallies[0].account
    if account.used < policy.threshold:
        raise WallError("protect.too_few_rows", threshold=policy.threshold)
    variables = variables_of(tallies)
    system = build(tallies, policy, variables)
    hidden = choose(system)
    cells = {one: HIDDEN if hidden[i] else shown(int(system.counts[i])) for i, one in enumerate(system.keys)}
    means = telling(tallies, cells, policy)
    made = Release(
        tables={tally.view.id: _released(tally, cells, policy, means) for tally in tallies},
        relations=system.relations,
        thresholds={one: 1 if one in system.told else policy.of(one, variables) for one in system.keys},
        rule=policy.as_dict(),
        account=_account(account, policy.threshold),
        quotes=checked(quotes),
        entries=known(entries),
    )
    not_counted_by(made.quotes, made)
    return made


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
    mine = {one: cells[one] for pair in tally.view.cells() for one in pair}
    table = release(
        view=tally.view,
        cells=mine | {TOTAL: cells[TOTAL]} | {column: cells[column] for column in tally.view.columns},
        variables=tally.variables,
        means={one: means.mean(one, moments) for one, moments in tally.moments.items()},
        statistics=statistics(tally, cells, policy, means),
    )
    if not table.too_few:
        return table
    return release(
        view=table.view,
        cells=table.cells,
        variables=table.variables,
        means=table.means,
        statistics=table.statistics,
        advice=advise(tally, policy),
    )


def _account(account: Account, threshold: int) -> ReleasedAccount:
    """Rows read and used; a difference smaller than the threshold hides the number before it."""
    counts = _tellable([account.read, *(rows for _, rows in account.steps), account.used], threshold)
    return ReleasedAccount(
        file=account.file,
        sha256=account.sha256,
        codebook=account.codebook,
        version=account.version,
        title=account.title,
        synthetic=account.synthetic,
        read=counts[0],
        used=counts[-1],
        steps=tuple((why, cell) for (why, _), cell in zip(account.steps, counts[1:-1], strict=True)),
    )


def _tellable(counts: Sequence[int], threshold: int) -> list[Cell]:
    """A falling row of counts ending in a public one: each is told unless it differs too little from one told."""
    told: list[Cell] = [shown(counts[-1])]
    public = [counts[-1]]
    for count in reversed(counts[:-1]):
        close = any(0 < abs(count - other) < threshold for other in public)
        told.append(HIDDEN if close else shown(count))
        public += [] if close else [count]
    return list(reversed(told))
