"""Rows that stand twice in a file, or a person who does: nothing is counted before the user has said what they are."""

from dataclasses import replace

from rakelab.dataset import Dataset, Severity, Step
from rakelab.errors import UsageError, nearest
from rakelab.loaders import twins
from rakelab.loaders.findings import UnusableFileError

#: They are copies, and one of them is counted; or they are rows of their own.
REMOVE, APART = "poista", "eri"


def each_once(dataset: Dataset, said: str) -> Dataset:
    """The rows as they were read, if none stands there twice. ``said`` tells what those are that do: ``poista`` leaves
    the copies out, and of each person keeps the last row of a period; ``eri`` counts all of them.

    Call it before anything else. Raises UnusableFileError, with the rows, where nothing was said; UsageError for
    another word.
    """
    if said not in ("", REMOVE, APART):
        near = nearest(said, (REMOVE, APART)) or REMOVE
        raise UsageError("prepare.twins_word", known=f"{REMOVE}, {APART}", nearest=near)
    found = twins.findings(dataset)
    if found and not said:
        told = tuple(replace(one, severity=Severity.ROW) for one in found)
        raise UnusableFileError("prepare.twins", file=dataset.origin.file, findings=told)
    if said == REMOVE:
        return _without(dataset)
    step = Step("prepare.why.apart", len(dataset), len(dataset))
    return replace(dataset, steps=(*dataset.steps, step)) if found else dataset


def _without(dataset: Dataset) -> Dataset:
    for find in (twins.rows_again, twins.person_again):
        again = find(dataset)
        dataset = dataset.narrowed(dataset.frame[~again], "prepare.why.twins", by=()) if again.any() else dataset
    return dataset
