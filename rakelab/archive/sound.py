"""What a file shows must keep the rule that it states: whoever gathers reports answers for all of them."""

from collections.abc import Iterator, Mapping

from rakelab.cells import TOTAL, Cell, Key, Link, Release, ReleasedAccount, State, Variable
from rakelab.errors import FileError, UsageError
from rakelab.protect.policy import FLOOR, Limits, Policy, is_open


def sound(release: Release) -> Release:
    """The release as it is. Raises FileError where its counts break its rule, or contradict each other."""
    if release.tables and not _kept(release):
        raise FileError("archive.breaks_rule")
    return release


def _kept(release: Release) -> bool:
    words = {name: one for table in release.values() for name, one in table.variables.items()}
    return (
        _limits(release, words)
        and all(_large(release, cell, base, words) for cell, base in _bases(release))
        and all(_possible(one, release.cells) for one in release.relations)
        and _figures(release)
        and _rows(release.account, release.cells[TOTAL], release.rule["threshold"])
    )


def _limits(release: Release, words: Mapping[str, Variable]) -> bool:
    """The rule is one that there can be, and no cell has a lower limit than it gives."""
    try:
        policy = Policy(release.rule["threshold"], release.rule["sensitive_threshold"])
    except (KeyError, UsageError):
        return False
    closed = {cell for cell, base in _bases(release) if not _open(cell, base, words)}
    limits = Limits(policy, words, release.account.population)
    return release.rule.get("floor") == FLOOR and all(
        release.thresholds[one] >= limits.of(one) for one in release.cells if one in closed
    )


def _bases(release: Release) -> Iterator[tuple[Key, Key]]:
    """Every cell with what it is a part of."""
    for table in release.values():
        yield from table.view.cells()
        for column in table.view.columns:
            if column:
                yield column, TOTAL


def _open(cell: Key, base: Key, words: Mapping[str, Variable]) -> bool:
    return is_open((pair for pair in cell if pair not in base), words)


def _large(release: Release, cell: Key, base: Key, words: Mapping[str, Variable]) -> bool:
    """A count that is told is as large as its limit, and so is the rest of its base; nothing is told of a group whose
    size is hidden."""
    one, whole = release.cells[cell], release.cells[base]
    if not one.known or cell == base:
        return True
    if not whole.known:
        return False
    limit = 1 if _open(cell, base, words) else release.thresholds[cell]
    rest = (whole.value or 0) - (one.value or 0)
    return rest >= 0 and not 0 < (one.value or 0) < limit and not 0 < rest < limit


def _possible(relation: Link, cells: Mapping[Key, Cell]) -> bool:
    """Some numbers of people agree with a relation: what is hidden is nought or more."""
    known = sum(n * (cells[one].value or 0) for one, n in relation.terms) - relation.value
    signs = {n > 0 for one, n in relation.terms if not cells[one].known}
    return (known <= 0 or False in signs) and (relation.relation == "<=" or known >= 0 or True in signs)


def _figures(release: Release) -> bool:
    """A mean or another figure is told only where the number of people behind it is."""
    told = {one for table in release.values() for one, mean in table.means.items() if mean.mean.known or mean.sd.known}
    told |= {one for table in release.values() for (one, _), cell in table.statistics.items() if cell.known}
    return all((release.cells[one].value or 0) >= release.rule["threshold"] for one in told)


def _rows(account: ReleasedAccount, total: Cell, threshold: int) -> bool:
    """Rows read, chosen and used fall, by nothing or by as many as the limit; those used are all that are counted."""
    left = account.read - account.set_aside
    every = (account.read, left, *(cell for _, cell in account.steps), account.used)
    told = [one.value or 0 for one in every if one.known]
    steps = (a - b for i, a in enumerate(told) for b in told[i + 1 :])
    states = {account.read.state, account.used.state, *(cell.state for _, cell in account.steps)}
    same = account.used == total and State.MISSING not in states and _reasons(account, threshold)
    return same and all(step == 0 or step >= threshold for step in steps)


def _reasons(account: ReleasedAccount, threshold: int) -> bool:
    """Why rows were set aside: as many as were, each as many as the limit."""
    told = [cell.value or 0 for _, cell in account.reasons]
    return not told or (sum(told) == account.set_aside.value and min(told) >= threshold)
