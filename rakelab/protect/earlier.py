"""Before a release goes out: what the ledger knows of earlier ones of the same people, and what is kept of this one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rakelab.cells import TOTAL, Account, Cell, Key, Tally, Variable
from rakelab.errors import WallError
from rakelab.fields import ANSWERED
from rakelab.ledger import (
    Ledger,
    Promise,
    Record,
    Regions,
    Standing,
    ToldMean,
    differences,
    digested,
    home,
    identity,
    opened,
    regions,
    telling_differences,
)
from rakelab.population import Trait
from rakelab.protect.means import Telling
from rakelab.protect.policy import Limits, Policy
from rakelab.protect.system import System
from rakelab.protect.together import Together
from rakelab.protect.weights import PUBLISHED, secret_of

#: A difference of two releases is no mean of fewer people.
FEWEST_APART = 30


@dataclass(frozen=True)
class Earlier:
    """This release by its ``name`` in the ledger (empty where there is no file to keep one beside), and the earlier
    ones of the same people."""

    name: str = ""
    ledger: Ledger | None = None
    account: Account | None = None
    others: tuple[Standing, ...] = ()
    together: Together | None = None

    def hidden(self, own: np.ndarray) -> tuple[np.ndarray, tuple[Promise, ...]]:
        """Which cells are hidden, when what the earlier releases told is known too; and what then stays open."""
        if self.together is None or not self.others:
            return own, self.together.promises if self.together else ()
        try:
            return self.together.hidden(own)
        except WallError as fault:
            if fault.key.startswith("ledger"):
                raise
            raise WallError("ledger.opens", earlier=_listing(self.others)) from None

    def barred(self, tallies: Iterable[Tally]) -> frozenset[Key]:
        """Means that would tell something together with the earlier releases: of a difference of few people; of
        answers of which an earlier release hides how many there are, and did not tell the mean."""
        if self.together is None or not self.others:
            return frozenset()
        records = list(self.together.records.values())[1:]
        barred: set[Key] = set()
        for tally in tallies:
            about = _about(tally)
            for one in tally.moments:
                unknown = any(one not in r.means and _hides(r, about) for r in records)
                barred |= {one} if unknown or self._few_apart(one, tally.counts[one]) else set()
        return frozenset(barred)

    def _few_apart(self, one: Key, people: int) -> bool:
        assert self.together is not None
        records = list(self.together.records.values())
        behind = {0: people} | {i: r.means[one].people for i, r in enumerate(records) if i and one in r.means}
        return any(
            0 < sum(n * behind[i] for i, n in combined) < FEWEST_APART
            for combined in differences(self.together.regions)
            if all(i in behind for i, _ in combined)
        )

    def keep(
        self, tallies: Sequence[Tally], cells: Mapping[Key, Cell], means: Telling, promises: tuple[Promise, ...]
    ) -> None:
        """What is told goes into the ledger when the report is written: until then it waits."""
        if self.ledger is None or self.together is None or self.name in self.ledger.standing:
            return
        account = self.account
        assert account is not None
        about = {one: ToldMean(t.counts[one], _about(t)) for t in tallies for one in t.moments if one in means.told}
        record = replace(
            self.together.records[""],
            shown=frozenset(one for one, cell in cells.items() if cell.known),
            promises=promises,
            means=about,
        )
        told = {
            "form": account.codebook,
            "title": dict(account.title),
            "file": account.file,
            "people": account.used,
            "selection": [why for why, _ in account.steps],
            "tables": [tally.view.id for tally in tallies],
            "beside": [other.name for other in self.others],
            "replaces": self._replaced(record),
        }
        self.ledger.pend(self.name, record, told)

    def _replaced(self, record: Record) -> list[dict[str, object]]:
        """Withdrawn releases of the same people, and what they and this one tell together: how many people are in one
        of them only, and how many counts that both tell differ."""
        assert self.ledger is not None
        found: list[dict[str, object]] = []
        for other in self.ledger.standing.values():
            if other.withdrawn and (past := self.ledger.left(other.name)):
                parts = regions([record.rows, past.rows])
                if len(parts.together(0)) > 1:
                    apart = int(parts.sizes[parts.member[0] != parts.member[1]].sum())
                    differ = sum(record.counts[one] != past.counts[one] for one in record.shown & past.shown)
                    found.append({"entry": other.name, "people_apart": apart, "counts_apart": differ})
        return found


def earlier_of(tallies: Sequence[Tally], system: System, policy: Policy, variables: Mapping[str, Variable]) -> Earlier:
    """What the ledger says of the people of a report. Raises WallError where too few people are between its release
    and earlier ones, and for a ledger that cannot be trusted."""
    account = tallies[0].account
    if account.people is None or not account.folder:
        return Earlier()
    key = secret_of(synthetic=account.synthetic)
    record = _record(tallies, system, key)
    tables = [f"{t.view.id} {sorted(t.moments)} {sorted(t.statistics)}" for t in tallies]
    name = identity(record, tables, policy.as_dict(), key)
    ledger = opened(home(account.folder), key, PUBLISHED)
    others = ledger.before(name)
    records = {"": record} | {other: ledger.record(other) for other in others}
    near = _near(records)
    limits = Limits(policy, variables, account.population | {Trait("", role="region")})
    together = Together({one: records[one] for one in near}, _regions(near, records), system, limits)
    standing = tuple(others[one] for one in near[1:])
    _many_enough(together.regions, standing, max(records[one].thresholds[TOTAL] for one in near))
    return Earlier(name, ledger, account, standing, together)


def _record(tallies: Sequence[Tally], system: System, key: bytes) -> Record:
    account = tallies[0].account
    assert account.people is not None
    return Record(
        rows=digested(account.people, key),
        people=account.used,
        counts={one: int(n) for one, n in zip(system.keys, system.counts, strict=True)},
        thresholds=dict(system.thresholds),
        held=frozenset(system.keys[i] for i in np.flatnonzero(system.least)),
        links=tuple(dict.fromkeys(link for tally in tallies for link in tally.links)),
        alike=account.people.alike,
    )


def _near(records: Mapping[str, Record]) -> list[str]:
    """The new release, and the others that share people with it, directly or through others, and tell something of a
    question that another of them tells of."""
    names = list(records)
    some = [names[i] for i in regions([record.rows for record in records.values()]).together(0)]
    asked = {name: _questions(records[name]) for name in some}
    return [name for name in some if not name or any(asked[name] & asked[two] for two in some if two != name)]


def _questions(record: Record) -> set[str]:
    keys = [*record.counts, *(one for link in record.links for one, _ in link.terms)]
    return {name for one in keys for name, _ in one}


def _regions(names: Sequence[str], records: Mapping[str, Record]) -> Regions:
    return regions([records[name].rows for name in names])


def _many_enough(parts: Regions, others: Sequence[Standing], limit: int) -> None:
    """Raises WallError where fewer people than the limit stand between the releases; names the nearest one."""
    if not telling_differences(parts, limit):
        return
    for i, other in enumerate(others, 1):
        if telling_differences(parts.only([0, i]), limit):
            raise WallError("ledger.few_between", earlier=_listing([other]), threshold=limit)
    raise WallError("ledger.few_between", earlier=_listing(others), threshold=limit)


def _listing(others: Sequence[Standing]) -> str:
    """Where the earlier releases lie, and since when."""
    return ", ".join(f"{other.where[-1]} ({other.told['day'][:10]}, {other.name})" for other in others[:3])


def _about(tally: Tally) -> frozenset[str]:
    """The variables by which the values of a table's means are counted."""
    behind = [*tally.moments, *tally.distribution, *(c.at for m in tally.moments.values() for c in m.counted)]
    return frozenset(name for one in behind for name, level in one if name != tally.view.by)


def _hides(record: Record, variables: frozenset[str]) -> bool:
    hidden = set(record.listed) - record.shown
    return any(name in variables and level != ANSWERED for one in hidden for name, level in one)
