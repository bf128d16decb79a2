"""A long run of random reports: ``python -m tests.attacker.long --reports 20000 --seed 1 --processes 2 --out FILE``.

With ``--replay 500`` the rule is run backwards on so many tables instead (``replay``).
One line of JSON for each report is appended to ``FILE.lines`` at once, so an interrupted run goes on where it
stopped; ``FILE`` holds the figures of all reports done so far. Numbers of cells only, nothing of the counts.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from . import forms, pairs, replay
from .attack import InconsistentError
from .reports import PALVELUTARVE, case, judged

Outcome = dict[str, Any]
STATES = ("shown", "hidden", "zero")


def outcome(seed: int, kind: str = PALVELUTARVE) -> Outcome:
    """Makes, protects and attacks the report of ``seed``; figures only."""
    started = time.perf_counter()
    made = case(seed, kind)
    between = time.perf_counter()
    if made is None:
        return {"seed": seed, "refused": True, "protect_seconds": round(between - started, 3)}
    try:
        verdict, means = judged(made)
    except InconsistentError as fault:
        return {"seed": seed, "inconsistent": str(fault)}
    states = [cell["state"] for cell in made.released["cells"]]
    return {
        "seed": seed,
        "people": made.truth["*"],
        "cells": len(states),
        **{state: states.count(state) for state in STATES},
        "protected": verdict.protected,
        "means": means.means,
        "means_wide": means.wide,
        "violations": [
            *(f"{v.kind} {v.cell} {v.base} {v.values_excluded} {v.proved}" for v in verdict.violations),
            *(f"{leak.how} {leak.cell}" for leak in means.leaks),
        ],
        "protect_seconds": round(between - started, 3),
        "attack_seconds": round(time.perf_counter() - between, 3),
    }


def figures(outcomes: list[Outcome]) -> Outcome:
    """Sums over the reports done so far."""
    done = [one for one in outcomes if "cells" in one]
    faults = sorted(one["seed"] for one in outcomes if "inconsistent" in one)
    summed = ("cells", *STATES, "protected", "means", "means_wide")
    total = {name: sum(one.get(name, 0) for one in done) for name in summed}
    return {
        "reports": len(done),
        "refused": sum("refused" in one for one in outcomes),
        "seeds": [min((one["seed"] for one in done), default=0), max((one["seed"] for one in done), default=0)],
        **total,
        "shown_share": round(1 - total["hidden"] / max(total["cells"], 1), 4),
        "violations": sum(len(one["violations"]) for one in done),
        "seeds_with_violations": sorted(one["seed"] for one in done if one["violations"]),
        "seeds_inconsistent": faults,
        **{name: round(sum(one[name] for one in done), 1) for name in ("protect_seconds", "attack_seconds")},
        "by_people": _by_people(done),
    }


def _by_people(done: list[Outcome]) -> dict[str, Outcome]:
    """The share of cells shown, for small and large reports."""
    ends = (1, 16, 30, 60, 120, 250, 501, 10**6)
    found = {}
    for low, high in pairwise(ends):
        some = [one for one in done if low <= one["people"] < high]
        cells = sum(one["cells"] for one in some)
        if cells:
            share = round(1 - sum(one["hidden"] for one in some) / cells, 4)
            found[f"{low}-{min(high - 1, 700)}"] = {"reports": len(some), "shown_share": share}
    return found


def read(lines: Path) -> list[Outcome]:
    """The outcomes noted so far; a line that was cut off is left out."""
    found = []
    for line in lines.read_text(encoding="utf-8").splitlines() if lines.exists() else ():
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return found


def run(seeds: list[int], processes: int, make: Callable[[int], Outcome]) -> Iterator[Outcome]:
    """The outcomes as they come."""
    if processes == 1:
        yield from map(make, seeds)
        return
    with get_context("forkserver").Pool(processes, maxtasksperchild=500) as pool:
        yield from pool.imap_unordered(make, seeds, chunksize=1)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacker.long", description=__doc__)
    parser.add_argument("--reports", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kind", choices=(PALVELUTARVE, *forms.KINDS), default=PALVELUTARVE, help="the notebook")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after this long, with what is done")
    parser.add_argument("--replay", type=int, default=0, help="instead: run the rule again on this many 2 × 4 tables")
    parser.add_argument("--together", type=int, default=0, help="instead: this many pairs and triples of releases")
    options = parser.parse_args(argv)
    lines = options.out.with_name(options.out.name + ".lines")
    done = read(lines)
    known = {one["seed"] for one in done}
    attacked = partial(outcome, kind=options.kind) if options.kind != PALVELUTARVE else outcome
    make, summed = (replay.outcome, replay.figures) if options.replay else (attacked, figures)
    make, summed = (pairs.outcome, pairs.figures) if options.together else (make, summed)
    seeds = range(options.seed, options.seed + (options.together or options.replay or options.reports))
    left = [seed for seed in seeds if seed not in known]
    end = time.monotonic() + options.minutes * 60
    with lines.open("a", encoding="utf-8") as file:
        for one in run(left, options.processes, make):
            file.write(json.dumps(one) + "\n")
            file.flush()
            done.append(one)
            if len(done) % 100 == 0:
                _save(options.out, summed(done))
                print(f"{len(done)}/{len(known) + len(left)}", file=sys.stderr, flush=True)
            if time.monotonic() > end:
                break
    return _save(options.out, summed(done))


def _save(out: Path, found: Outcome) -> int:
    """Writes the figures; 1 where something leaked."""
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(bool(found.get("violations") or found.get("openings") or found.get("seeds_inconsistent")))


if __name__ == "__main__":
    sys.exit(main())
