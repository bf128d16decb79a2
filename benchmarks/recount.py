"""A recount from outside: every number that the demo shows, derived again from its raw files.

    rakelab demo --out reports
    python benchmarks/recount.py reports [--json figures.json] [--all]

Nothing that reads, counts or estimates in rakelab is used. In ``recounting/``, ``rows.py`` reads files, ``kinds.py``
makes what each kind of file counts, ``figures.py`` has the formulas, ``claims.py`` holds the sentences of the English
pages against the rows (hidden ones too) and ``tables.py`` the printed tables. What differs, or could not be derived, is
listed by its cause.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from recounting import figures
from recounting.claims import Page, claims
from recounting.kinds import prepared
from recounting.report import Found, Number, Report, dimensions_of
from recounting.tables import tables

# --- numbers --------------------------------------------------------------------------------------------------


def checked(report: Report, number: Number) -> str:
    """Empty where the number is the one that the raw rows give; else why not."""
    statistic = number["statistic"]
    if number["table"] and report.tables[number["table"]]["measure"] == "statistic" and statistic in ("low", "high"):
        statistic = f"median_{statistic}"
    if report.tables[number["table"]]["measure"] == "mean" and statistic in ("low", "high"):
        statistic = f"mean_{statistic}"
    make = CHECKS.get(statistic)
    if make is None:
        return "no rule for this statistic"
    try:
        return make(report, number)
    except (KeyError, StopIteration, ValueError, ZeroDivisionError, IndexError) as fault:
        return f"could not be derived: {type(fault).__name__} {fault}"


def _told(printed: object, truth: float, units: float = 0.5) -> str:
    fits = figures.near(printed, truth, units) if isinstance(printed, (int, float)) else False
    return "" if fits else f"raw rows give {truth:.4g}"


def _count(report: Report, number: Number) -> str:
    truth = report.count(dimensions_of(number["cell"]))
    return "" if number["value"] == truth else f"raw rows give {truth}"


def _both(report: Report, number: Number) -> tuple[int, int]:
    return report.count(dimensions_of(number["cell"])), report.count(dimensions_of(number["base_cell"]))


def _percent(report: Report, number: Number) -> str:
    count, base = _both(report, number)
    truth = figures.half_up(Fraction(100 * count, base), 1)
    return "" if float(truth) == number["value"] else f"half up it is {truth} ({count}/{base})"


def _wilson(report: Report, number: Number) -> str:
    truth = 100 * figures.wilson(*_both(report, number))[number["statistic"] == "high"]
    return "" if abs(number["value"] - truth) <= 0.05 + 1e-9 else f"Wilson gives {truth:.3f}"


def _of_values(make: Callable[[list[float]], float], units: float = 0.5) -> Callable[[Report, Number], str]:
    def check(report: Report, number: Number) -> str:
        truth = make(report.values(dimensions_of(number["cell"])))
        fits = abs(number["value"] - truth) <= units * _step(report, number) + 1e-9
        return "" if fits else f"raw rows give {truth:.4g}"

    return check


def _step(report: Report, number: Number) -> float:
    """How finely a mean and its deviation are told: alike, and 2.10 stands in the file as 2.1."""
    beside = [one["value"] for one in report.numbers_of(number["table"]) if one["cell"] == number["cell"]
              and one["statistic"] in ("mean", "sd", number["statistic"]) and _shown(one)]  # fmt: skip
    return min(map(figures.unit, beside))


def _p(report: Report, number: Number) -> str:
    """Exact below 50 differences, else by the normal curve; the end of the class that it is in is told."""
    p, end = figures.wilcoxon(report.values(dimensions_of(number["cell"]))), number["value"]
    ends = (0.0, 0.001, 0.01, 0.05, 1.0)
    return "" if end in ends[1:] and ends[ends.index(end) - 1] <= p < end + (end == 1) else f"p is {p:.3g}"


def _alpha(report: Report, number: Number) -> str:
    """Cronbach's of a scale, or Krippendorff's of two coders."""
    if len(number["dimensions"]) > 1:
        return _told(number["value"], figures.krippendorff(report.pairs(dimensions_of(number["cell"]))))
    return _told(number["value"], figures.cronbach(_whole(report, number)))


def _whole(report: Report, number: Number) -> list[list[float]]:
    name = f"{next(iter(dimensions_of(number['cell'])))}:whole"
    return [row[name] for row in report.sheets[""].rows if row[name]]


def _bootstrap(report: Report, number: Number) -> str:
    """Another draw gives limits a little apart."""
    limits = figures.krippendorff_limits(report.pairs(dimensions_of(number["cell"])))
    truth = limits[number["statistic"] == "alpha_high"]
    return "" if abs(number["value"] - truth) <= 0.03 else f"another draw gives {truth:.2f}"


def _of_pairs(make: Callable[[list[tuple[str, str]]], float]) -> Callable[[Report, Number], str]:
    return lambda report, number: _told(number["value"], make(report.pairs(dimensions_of(number["cell"]))))


def _days(place: int) -> Callable[[Report, Number], str]:
    def check(report: Report, number: Number) -> str:
        rows = zip(report.sheets[""].rows, report.mask(dimensions_of(number["cell"])), strict=True)
        decided = "ilmoituksen_paatos_paivia" in number["cell"]
        days, state = ("ilmoituksen_paatos_paivia", "ilmoituksen_paatos") if decided else ("odotus_paivia", "palaute")
        times = [(row[days], "annettu" in row[state]) for row, has in rows if has]
        return _told(number["value"], figures.waiting(times)[place])

    return check


CHECKS: dict[str, Callable[[Report, Number], str]] = {
    "count": _count,
    "percent": _percent,
    "low": _wilson,
    "high": _wilson,
    "mean": _of_values(figures.mean),
    "sd": _of_values(figures.deviation),
    "mean_low": _of_values(lambda values: figures.t_limits(values)[0], 1),
    "mean_high": _of_values(lambda values: figures.t_limits(values)[1], 1),
    "p": _p,
    "alpha": _alpha,
    "items": lambda report, number: _told(number["value"], len(_whole(report, number)[0])),
    "alpha_low": _bootstrap,
    "alpha_high": _bootstrap,
    "kappa": _of_pairs(figures.kappa),
    "agreement": _of_pairs(lambda pairs: sum(a == b for a, b in pairs) / len(pairs)),
    "disagreements": _of_pairs(lambda pairs: sum(a != b for a, b in pairs)),
    "median": _days(0),
    "median_low": _days(1),
    "median_high": _days(2),
}


# --- the whole ------------------------------------------------------------------------------------------------


def reports(folder: Path) -> dict[str, Report]:
    """Every report made from a file of rows, by the name of its folder."""
    found: dict[str, Report] = {}
    for place in sorted(folder.glob("*/released.json")):
        released = json.loads(place.read_text(encoding="utf-8"))
        file = folder / "data" / str(released["account"]["file"])
        if released.get("numbers") and "tables" in released and file.is_file():
            settings = json.loads(place.with_name("provenance.json").read_text(encoding="utf-8"))["parameters"]
            sheets = prepared(file, released["account"]["codebook"], settings)
            found[place.parent.name] = Report(place.parent.name, released, sheets, found)
    return found


def pages(folder: Path, made: Mapping[str, Report]) -> Iterator[tuple[Page, str]]:
    """The English pages; a gathered one shows numbers of the reports that it was made of. What a page of two reports
    side by side says of their difference is not held against the rows."""
    for place in sorted(folder.glob("*/report.en.html")):
        name = place.parent.name
        released = json.loads((place.parent / "released.json").read_text(encoding="utf-8"))
        if "compared" in released:
            continue
        parts = [part["id"] for part in released.get("parts", ())]
        own = [made[name]] if name in made else [made[part] for part in parts]
        yield Page(name, own), place.read_text(encoding="utf-8")


def numbers(folder: Path, made: Mapping[str, Report]) -> Iterator[Found]:
    for report in made.values():
        yield from _account(report)
        yield from (_found(report.name, report, one) for one in report.released["numbers"] if _shown(one))
    for place in sorted(folder.glob("*/released.json")):
        gathered = json.loads(place.read_text(encoding="utf-8"))
        for one in filter(_shown, gathered["numbers"] if "parts" in gathered else []):
            part, slash, table = one["table"].partition("/")
            if not slash:  # of a table of two reports side by side: once more what stands in each
                continue
            yield _found(place.parent.name, made[part], {**one, "table": table})


def _shown(number: Number) -> bool:
    return number["state"] in ("shown", "zero")


def _found(name: str, report: Report, number: Number) -> Found:
    where = f"{number['table']} {number['cell']} {number['statistic']} = {number['value']}"
    return Found(name, number["statistic"], where, checked(report, number))


def _account(report: Report) -> Iterator[Found]:
    main = report.sheets[""]
    for name, truth in (("read", main.read), ("used", len(main.rows))):
        told = report.released["account"][name]
        if _shown(told):
            why = "" if told["value"] == truth else f"raw rows give {truth}"
            yield Found(report.name, "rows", f"{name} = {told['value']}", why)


def shares(found: list[Found], by: str) -> list[str]:
    all_, right = (Counter(getattr(one, by) for one in found if not (part and one.why)) for part in (0, 1))
    return [f"{name:<62} {right[name]:>6} of {n:>6} {100 * right[name] / n:6.2f} %" for name, n in sorted(all_.items())]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Derive every shown number of the demo from its raw files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--all", action="store_true", help="list every difference, not one of each cause")
    asked = parser.parse_args(arguments)
    made = reports(asked.folder)
    counted = list(numbers(asked.folder, made))
    said, shown = [], []
    for page, text in pages(asked.folder, made):
        said += claims(page, text)
        shown += tables(page, text)
    for title, found in (("Numbers", counted), ("Sentences", said), ("Tables of the pages", shown)):
        print(f"\n{title}: {sum(not one.why for one in found)} of {len(found)} verified")
        print("\n".join([*shares(found, "report"), "", *shares(found, "statistic")]))
        _list([one for one in found if one.why], every=asked.all)
    wrong = [one for one in counted + said + shown if one.why]
    if asked.json:
        asked.json.write_text(json.dumps([vars(one) for one in wrong], indent=1, ensure_ascii=False), encoding="utf-8")
    return int(bool(wrong))


def _list(wrong: list[Found], *, every: bool) -> None:
    """By cause: what is said about it, without its numbers."""
    kinds: dict[tuple[str, str], list[Found]] = {}
    for one in wrong:
        kinds.setdefault((one.statistic, re.split(r"[:\d+−(%-]", one.why)[0].strip()), []).append(one)
    for (statistic, cause), some in sorted(kinds.items(), key=lambda one: -len(one[1])):
        print(f"\n  {statistic} · {cause}: {len(some)} in {len({one.report for one in some})} reports")
        for one in some if every else some[:1]:
            print(f"    {one.report} · {one.where}: {one.why}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
