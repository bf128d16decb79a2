"""Released tables made by hand, with what the wall would say beside their means."""

from dataclasses import replace

from rakelab import _seal
from rakelab.cells import Released
from rakelab.formulas import Summary
from rakelab.protect.margins import Margins, families

FINE = 1e-6


def judged(table: Released) -> Released:
    """As the wall makes it of moments that are the released ones, with ends to six decimals."""
    told = {one: mean for one, mean in table.means.items() if mean.mean.known and table.cells[one].known}
    known = {
        one: Summary(float(mean.mean.value or 0), float(mean.sd.value or 0), int(table.cells[one].value or 0))
        for one, mean in told.items()
    }
    margins = Margins(known, dict.fromkeys(known, FINE), ())
    means = {one: replace(mean, **dict(zip(("low", "high"), margins.ends(one), strict=True))) if one in told else mean
             for one, mean in table.means.items()}  # fmt: skip
    found = (margins.judged(family) for family in families(table.view, table.variables))
    said = {compared: one for some in found for compared, one in some.items()}
    parts = {name: getattr(table, name) for name in ("view", "cells", "variables", "statistics", "advice", "source")}
    return _seal.release(**parts, means=means, judged=said)
