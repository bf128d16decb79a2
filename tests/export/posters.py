"""Releases that a sheet is made of: needs by two years, or something else."""

from collections.abc import Sequence
from dataclasses import replace

from spec import two_way

from rakelab import archive
from rakelab.cells import Release
from rakelab.protect import protect

from .pages import PAGE, write


def needs(counts: Sequence[Sequence[int]], indicator: str = "needs") -> Release:
    """Rows a, b, c … by two periods, 1 and 2; each row has words of its own."""
    tally = two_way(counts, column_traits={"role": "period"})
    words = {name: dict.fromkeys(("fi", "sv", "en"), f"Rivi {name}") for name in "abcdefgh"[: len(counts)]}
    variables = {**tally.variables, "v": replace(tally.variables["v"], levels=words)}
    return protect([replace(tally, variables=variables, view=replace(tally.view, indicator=indicator))])


def folder_of(place, release: Release, page: str = PAGE):
    """The folder of a report with these numbers."""
    return write(place, page, files={"released.json": archive.dumps(release)})
