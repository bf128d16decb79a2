"""What a file shows must keep the rule that it states: whoever gathers reports answers for all of them."""

from collections.abc import Iterator, Mapping

from rakelab.cells import TOTAL, Cell, Key, Link, Release, ReleasedAccount, Sign, State, Variable
from rakelab.errors import FileError, UsageError
from rakelab.names import UNIT
from rakelab.protect.policy import FLOOR, Limits, Policy, is_open


def sound(release: Release) -> Release:
    """The release as it is. Raises FileError where its counts break its rule, or contradict each other."""
    if release.tables and not _kept(release):
        raise FileError("archive.breaks_rule")
    return release


def _kept(release: Release) -> bool:
    words = {name: variable for table in release.values() for name, variable in table.variables.items()}
    return (
        _limits(release, words)
        and all(_large(release, cell, base, words) for cell, base in _bases(release))
        and all(_possible(relation, release.cells) for relation in release.relations)
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
        release.thresholds[cell_key] >= limits.of(cell_key) for cell_key in release.cells if cell_key in closed
    )


def _bases(release: Release) -> Iterator[tuple[Key, Key]]:
    """Every cell with what it is a part of; what a table counts instead of the release's people is no part of these."""
    for table in release.values():
        yield from table.view.cells()
        for column in table.view.columns:
            if column and UNIT not in dict(column):
                yield column, TOTAL


def _open(cell: Key, base: Key, words: Mapping[str, Variable]) -> bool:
    return is_open((pair for pair in cell if pair not in base), words)


def _large(release: Release, cell: Key, base: Key, words: Mapping[str, Variable]) -> bool:
    """A count that is told is as large as its limit, and so is the rest of its base; nothing is told of a group whose
    size is hidden."""
    part, whole = release.cells[cell], release.cells[base]
    if not part.known or cell == base:
        return True
    if not whole.known:
        return False
    limit = 1 if _open(cell, base, words) else release.thresholds[cell]
    rest = (whole.value or 0) - (part.value or 0)
    return rest >= 0 and not 0 < (part.value or 0) < limit and not 0 < rest < limit


def _possible(relation: Link, cells: Mapping[Key, Cell]) -> bool:
    """Some numbers of people agree with a relation: what is hidden is nought or more."""
    known = sum(n * (cells[cell_key].value or 0) for cell_key, n in relation.terms) - relation.value
    signs = {n > 0 for cell_key, n in relation.terms if not cells[cell_key].known}
    return (known <= 0 or False in signs) and (relation.relation == Sign.AT_MOST or known >= 0 or True in signs)


def _figures(release: Release) -> bool:
    """A mean or another figure is told only where the number of people behind it is."""
    threshold = release.rule["threshold"]
    return all(
        (release.cells[base].value or 0) >= threshold
        for table in release.values()
        for base, cell in (
            *((base, cell) for base, mean in table.means.items() for cell in (mean.mean, mean.sd)),
            *((base, cell) for (base, _), cell in table.statistics.items()),
        )
        if cell.known
    )


def _rows(account: ReleasedAccount, total: Cell, threshold: int) -> bool:
    """Rows read, chosen and used fall, by nothing or by as many as the limit; those used are all that are counted."""
    left = account.read - account.set_aside
    every = (account.read, left, *(cell for _, cell in account.steps), account.used)
    sizes = [rows.value or 0 for rows in every if rows.known]
    steps = (a - b for i, a in enumerate(sizes) for b in sizes[i + 1 :])
    states = {account.read.state, account.used.state, *(cell.state for _, cell in account.steps)}
    same = account.used == total and State.MISSING not in states and _reasons(account, threshold)
    return same and all(step == 0 or step >= threshold for step in steps)


def _reasons(account: ReleasedAccount, threshold: int) -> bool:
    """Why rows were set aside: as many as were, each as many as the limit."""
    sizes = [cell.value or 0 for _, cell in account.reasons]
    return not sizes or (sum(sizes) == account.set_aside.value and min(sizes) >= threshold)
