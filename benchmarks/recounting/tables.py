"""The tables of the English pages as they are printed, held against the raw rows: part of ``recount.py``.

Among them are the figures that no ``released.json`` holds: differences, ratios, models, standardised changes, and
whether something is beyond chance.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import inf

from scipy import stats

from recounting import figures
from recounting.claims import Claim, Page, model, plain, value
from recounting.report import Found, View, views
from recounting.rows import known

NUMBER = re.compile(r"[+−]?\d+(?:\.\d+)?")
AGAIN = "\u200b"
Rule = Callable[["Printed", View], Iterator[Claim]]


@dataclass(frozen=True)
class Printed:
    """One table of a page: the parts of a cell are parted by ``|``."""

    caption: str
    heads: Sequence[str]
    rows: Mapping[str, Sequence[str]]

    def column(self, head: str) -> int:
        return {one[: len(head)]: i for i, one in reversed(list(enumerate(self.heads)))}[head]

    def told(self, view: View) -> Iterator[tuple[str, Mapping[str, str], Sequence[str]]]:
        """The rows with a number, by their row in the released table."""
        known = view.labels(missing=True)
        for label, cells in self.rows.items():
            if any(NUMBER.search(cell) for cell in cells):
                yield label, known[label], cells


def printed(page: str) -> Iterator[Printed]:
    for table in re.findall(r"<table.*?</table>", page, flags=re.S):
        rows = re.findall(r"<tr.*?</tr>", table, flags=re.S)
        caption = re.search(r"<caption.*?</caption>", table, flags=re.S)
        title = re.sub(r"^Table \d+\. ", "", _plain(caption[0])) if caption else ""
        head, *below = map(_cells, rows)
        if head[0] == "Background":
            yield from _sections(title, head, table)
        else:
            yield Printed(title, head[1:], _by_label(below))


def _cells(row: str) -> list[str]:
    return [_plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)]


def _sections(title: str, head: Sequence[str], table: str) -> Iterator[Printed]:
    """Each variable of a table of backgrounds as a table of its own; the mean of a number has another head."""
    for body in re.findall(r"<tbody>(.*?)</tbody>", table, flags=re.S):
        (name, *_), *rows = map(_cells, re.findall(r"<tr.*?</tr>", body, flags=re.S))
        if rows[0][0] == "Mean":
            yield Printed(f"{title}: {name}", ("Mean", "95% confidence interval", "n"), {name: rows[0][1:]})
        else:
            yield Printed(f"{title}: {name}", head[1:], _by_label(rows))


def _by_label(rows: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
    """A label that comes again has a mark after it."""
    found: dict[str, Sequence[str]] = {}
    for label, *cells in (row for row in rows if len(row) > 1):
        name = label.split("|")[0]
        while name in found:
            name += AGAIN
        found[name] = cells
    return found


def _plain(text: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>", "|", text)))
    return re.sub(r"[\u00a0\u202f\u2060]+", " ", text).strip()


def tables(page: Page, text: str) -> Iterator[Found]:
    """What each printed table says. Of several released tables that have its rows, the one that fits best counts."""
    for one in printed(text):
        heads = " § ".join(one.heads)
        name, _, rule, wanted = next((r for r in RULES if re.search(r[1], heads)), ("", "", None, {}))
        found = _best(page, one, rule, wanted) if rule else None
        if found is None:
            yield Found(page.name, "table unread", f"{one.caption} ({heads[:80]})", "no rule reads this table")
        for what, why in found or []:
            yield Found(page.name, f"table of {name}", f"{one.caption}: {what}", why)


def _best(page: Page, one: Printed, rule: Rule, wanted: Mapping[str, object]) -> list[Claim] | None:
    best: list[Claim] | None = None
    for view in page.views(**wanted):
        try:
            found = list(rule(one, view))
        except (KeyError, IndexError, ValueError, ZeroDivisionError):
            continue
        if found and (best is None or sum(bool(why) for _, why in found) < sum(bool(why) for _, why in best)):
            best = found
    return best


def _fits(cell: str, truths: Sequence[float], units: float = 0.5) -> str:
    """Every number of a cell against its truth; a limit may be rounded outwards (``units`` = 1)."""
    told = NUMBER.findall(cell)
    if not told:
        return ""
    fits = len(told) == len(truths) and all(
        abs(value(text) - one) <= units * figures.unit(plain(text)) + 1e-9
        for text, one in zip(told, truths, strict=True)
    )
    wanted = ", ".join(f"{one:.4g}" for one in truths)
    return "" if fits else f"raw rows give {wanted}, printed {cell.replace('|', ' ')}"


# --- rules ----------------------------------------------------------------------------------------------------


def _share(view: View, row: Mapping[str, str], column: Mapping[str, str], cell: str) -> Iterator[Claim]:
    """``54%|(114)|47–60%``: share, count and interval, in this order where they are there."""
    percent = re.search(r"(\d+)%(?= |\||$)", cell)
    count = re.search(r"\((\d+)\)|\|(\d+)$", cell)
    limits = re.search(r"\d+–\d+%", cell)
    k = view.count(row, column)
    n = view.report.count(column) if row in view.table["apart"] else view.base(column)
    if count and int(count[1] or count[2]) != k:
        yield "count", f"raw rows give {k}, printed {cell}"
    if percent:
        truth = figures.half_up(Fraction(100 * k, n), 0)
        yield "share", "" if int(percent[1]) == truth else f"half up it is {truth} ({k}/{n}), printed {percent[1]} %"
    if limits:
        yield "interval", _fits(limits[0], [100 * one for one in figures.wilson(k, n)])


def _one_group(one: Printed, view: View) -> Iterator[Claim]:
    """Of what was counted whole there are no intervals."""
    places = [one.column(head) for head in ("Share", "95%", "Count") if head in " ".join(one.heads)]
    if {} not in view.table["columns"] and len(view.table["columns"]) > 1:
        raise KeyError
    total = view.table["columns"][0]
    for label, row, cells in one.told(view):
        for what, why in _share(view, row, total, "|".join(cells[place] for place in places)):
            yield f"{label} {what}", why


def _groups(one: Printed, view: View) -> Iterator[Claim]:
    columns = [_column(view, head) for head in one.heads]
    for label, row, cells in one.told(view):
        for column, cell in zip(columns, cells, strict=True):
            for what, why in _share(view, row, column, cell):
                yield f"{label} {what}", why


def _column(view: View, head: str) -> Mapping[str, str]:
    name = head.split("|")[0].strip()
    return {view.label(c) if c else "All": c for c in view.table["columns"]}[name]


def _differences(one: Printed, view: View) -> Iterator[Claim]:
    pair = [_column(view, head) for head in one.heads[:2]]
    told = [(label, row, cells) for label, row, cells in one.told(view) if NUMBER.search(cells[2])]
    raw = {label: [(view.count(row, c), view.base(c)) for c in pair] for label, row, _ in told}
    adjusted = figures.holm({label: figures.fisher(*two) for label, two in raw.items()})
    for label, _, cells in told:
        (k, n), (j, m) = raw[label]
        for cell, (count, base) in zip(cells, raw[label], strict=False):
            yield f"{label} share", _fits(cell, [float(figures.half_up(Fraction(100 * count, base), 0))], 0)
        yield f"{label} difference", _fits(cells[2], [100 * (j / m - k / n)])
        yield f"{label} interval", _fits(cells[3], [100 * limit for limit in figures.newcombe((k, n), (j, m))])
        yield f"{label} verdict", _verdict(cells[4], adjusted[label])


def _verdict(cell: str, p: float) -> str:
    return "" if (cell.split("|")[0] != "no") == (p < 0.05) else f"after Holm p is {p:.3g}, printed {cell}"


def _mean_differences(one: Printed, view: View) -> Iterator[Claim]:
    pair = [_column(view, head) for head in one.heads[:2]]
    told = {label: [view.values(row, c) for c in pair] for label, row, _ in one.told(view)}
    raw = {label: figures.welch(*two) for label, two in told.items()}
    adjusted = figures.holm({name: raw[name][3] for name, cells in one.rows.items() if NUMBER.search(cells[2])})
    for label, _, cells in one.told(view):
        for cell, values in zip(cells, told[label], strict=False):
            yield f"{label} mean", _fits(cell, [figures.mean(values), len(values)])
        yield f"{label} difference", _fits(cells[2], raw[label][:1])
        yield f"{label} interval", _fits(cells[3], raw[label][1:3], 1)
        if label in adjusted:
            yield f"{label} verdict", _verdict(cells[4], adjusted[label])


def _paired(one: Printed, view: View) -> Iterator[Claim]:
    for label, row, cells in one.told(view):
        values = view.values(row, {})
        name = next(iter(row)).removesuffix("_muutos")
        ends = [view.values({f"{name}_{end}": "vastattu"}, {}) for end in ("alku", "loppu")]
        for what, cell, truth in zip(("before", "after"), cells, map(figures.mean, ends), strict=False):
            yield f"{label} {what}", _fits(cell, [truth])
        at = {head: cells[one.column(head)] for head in ("Change", "95%", "Pairs", "Standardised", "Wilcoxon")}
        yield f"{label} change", _fits(at["Change"], [figures.mean(values)])
        yield f"{label} interval", _fits(at["95%"], figures.t_limits(values), 1)
        yield f"{label} pairs", _fits(at["Pairs"], [len(values)])
        yield f"{label} standardised", _fits(at["Standardised"], [figures.mean(values) / figures.deviation(values)])
        yield f"{label} p", _told_p(at["Wilcoxon"], figures.wilcoxon(values))


def _told_p(cell: str, p: float) -> str:
    if cell[0].isdigit() and len(NUMBER.findall(cell)) == 1:
        return _fits(cell, [p])
    low, high = [0.0, *map(value, NUMBER.findall(cell)), 1.0][-3:][:2] if cell[0] != "≥" else (value(cell[1:]), 1.1)
    return "" if low <= p < high else f"raw rows give {p:.2g}, printed {cell}"


def _model(one: Printed, view: View) -> Iterator[Claim]:
    named = [label.rstrip(")").split(" (vs. ") for label in one.rows]
    n, effects = model(view.report, dict(named), int(NUMBER.findall(one.caption)[-1]))
    adjusted = figures.holm({name: figures.wald(effects[name]) for name, _ in named})
    for (name, _), cells in zip(named, one.rows.values(), strict=True):
        found = [100 * effect for effect in effects[name]]
        for what, cell, truths in (("effect", cells[0], found[:1]), ("interval", cells[1], found[1:])):
            why = _fits(cell, truths)
            yield f"{name} {what}", f"n = {n}: {why}" if why else ""
        yield f"{name} verdict", _verdict(cells[2], adjusted[name])


def _trends(one: Printed, view: View) -> Iterator[Claim]:
    pair = [_column(view, head) for head in one.heads[:2]]
    raw = {label: tuple(view.count(row, c) for c in pair) for label, row, _ in one.told(view)}
    days = _days(view, pair)
    tested = {name: _ratio(*two, days) for name, two in raw.items() if NUMBER.search(one.rows[name][2])}
    adjusted = figures.holm({name: found[3] for name, found in tested.items()})
    for label, two in raw.items():
        cells = one.rows[label]
        yield f"{label} counts", _fits(cells[0], two[:1]) or _fits(cells[1], two[1:])
        if label in tested:
            yield f"{label} ratio", _fits(cells[2], tested[label][:1]) or _fits(cells[3], tested[label][1:3], 1)
            yield f"{label} verdict", _verdict(cells[4], adjusted[label] if two[1] * days[0] > two[0] * days[1] else 1)


def _days(view: View, columns: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    """Of two years: the days from the month of the first notification to that of the last."""
    seen = [row["pvm"] for row in view.report.sheets[""].rows if isinstance(row["pvm"], date)]
    first, last = min(seen).replace(day=1), (max(seen).replace(day=1) + timedelta(days=31)).replace(day=1)
    years = [int(next(iter(column.values()))) for column in columns]
    ends = [(max(first, date(year, 1, 1)), min(last, date(year + 1, 1, 1))) for year in years]
    return tuple((end - start).days for start, end in ends)  # type: ignore[return-value]


def _ratio(before: int, after: int, days: tuple[int, int]) -> tuple[float, float, float, float]:
    """Of two Poisson counts, given their sum (Przyborowski & Wilenski 1940)."""
    tested, scale = stats.binomtest(after, before + after, days[1] / sum(days)), days[0] / days[1]
    low, high = (one / (1 - one) * scale if one < 1 else inf for one in tested.proportion_ci(0.95, "exact"))
    return after / before * scale if before else inf, low, high, float(tested.pvalue)


def _reliability(one: Printed, view: View) -> Iterator[Claim]:
    for label, row, cells in one.told(view):
        whole = [person[f"{next(iter(row))}:whole"] for person in view.report.sheets[""].rows]
        points = [one for one in whole if one]
        n, k, alpha = len(points), len(points[0]), figures.cronbach(points)
        limits = [1 - (1 - alpha) * float(stats.f.ppf(tail, n - 1, (n - 1) * (k - 1))) for tail in (0.975, 0.025)]
        yield label, _fits(cells[0], [k]) or _fits(cells[1], [alpha]) or _fits(cells[3], [n])
        yield f"{label} interval", _fits(cells[2], limits, 1.5)  # made from alpha as rounded


def _means(one: Printed, view: View) -> Iterator[Claim]:
    """One group (mean, interval, n), or several with all of it in one cell."""
    apart = "Mean" in one.heads
    columns: Sequence[Mapping[str, str]] = [{}] if apart else [_column(view, head) for head in one.heads]
    told = one.told(view) if len(view.rows) > 1 else zip(one.rows, view.rows, one.rows.values(), strict=True)
    for label, row, cells in told:
        joined = [f"{cells[0]} (n = {NUMBER.findall(cells[2])[0]})|{cells[1]}"] if apart else cells
        for column, cell in zip(columns, joined, strict=True):
            values = view.values(row, column)
            mean, _, limits = cell.partition("|")
            if NUMBER.match(mean):
                yield f"{label} mean", _fits(mean, [figures.mean(values), len(values)])
                yield f"{label} interval", _fits(limits, figures.t_limits(values), 1)


def _waits(one: Printed, view: View) -> Iterator[Claim]:
    rows = view.report.sheets[""].rows
    for label, cells in one.rows.items():
        column = next((c for c in view.columns() if label.endswith(f"· {view.label(c)}")), {})
        mine = [row for row, has in zip(rows, view.report.mask(column), strict=True) if has]
        days = view.table["variable"]
        state = "palaute" if days == "odotus_paivia" else "ilmoituksen_paatos"
        times = [(row[days], "annettu" in row[state]) for row in mine if isinstance(row[days], float)]
        median, *limits = figures.waiting(times)
        limits = [limit for limit in limits if limit < inf]
        yield label, _fits(cells[0], [median]) or _fits(cells[1], limits) or _fits(cells[2], [len(times)])


def _agreement(one: Printed, view: View) -> Iterator[Claim]:
    for label, row in ((view.both(row), row) for row in view.rows):
        pairs = view.report.pairs(row)
        same = [a == b for a, b in pairs]
        cells, apart = one.rows[label], len(same) - sum(same)
        yield f"{label} alike", _fits(cells[0], [100 * sum(same) / len(same)]) or _fits(cells[-2], [apart])
        yield f"{label} kappa", _fits(cells[1], [figures.kappa(pairs)])
        yield f"{label} alpha", _fits(cells[3], [figures.krippendorff(pairs)])
        yield f"{label} interval", _fits(cells[4], figures.krippendorff_limits(pairs), 3)


def _counts(one: Printed, view: View) -> Iterator[Claim]:
    columns = [_column(view, head) for head in one.heads]
    for label, row, cells in one.told(view):
        yield label, _fits(" | ".join(cells), [view.count(row, column) for column in columns])


def _statements(one: Printed, view: View) -> Iterator[Claim]:
    """A row for each statement: the table is that of the first; the others lie beside it."""
    beside = {other.title(): other for other in views([view.report]) if other.table["indicator"] == "statement"}
    for label, cells in one.rows.items():
        known = beside[label].labels()
        for head, cell in zip(one.heads, cells[:-1], strict=False):
            for what, why in _share(beside[label], known[head], {}, cell):
                yield f"{label} {what}", why


def _together(one: Printed, view: View) -> Iterator[Claim]:
    """Who has both needs; on the diagonal, who has the one."""
    name, words = view.table["variable"], view.report.released["variables"][view.table["variable"]]["levels"]
    level = {said["en"]: key for key, said in words.items()}
    for label, cells in one.rows.items():
        for head, cell in zip(one.heads, cells, strict=True):
            a, b = level[label], level[head]
            row = {name: a} if a == b else {f"{name}:{a}+{b}": "molemmat"}
            for what, why in _share(view, row, {}, cell):
                yield f"{label} + {head} {what}", why


def _possible(one: Printed, _: View) -> Iterator[Claim]:
    """Of how many respondents a published percentage can be."""
    bases = [int(NUMBER.findall(head)[0]) for head in one.heads]
    for label, cells in one.rows.items():
        for base, cell in zip(bases, cells, strict=True):
            rounded = {k: figures.half_up(Fraction(100 * k, base), 0) for k in range(base + 1)}
            fits = [k for k in rounded if rounded[k] == int(label.strip("% "))]
            right = [int(n) for n in NUMBER.findall(cell)] == fits
            yield f"{label} of {base}", "" if right else f"these fit: {fits}, printed {cell}"


def _beside(one: Printed, view: View) -> Iterator[Claim]:
    """The same matters among clients and in notifications: shares, places (hidden ones too) and turns."""
    told = [other for other in views(list(view.report.beside.values()))
            if other.table["indicator"] == "reported" and other.table["variable"] == "shl11_tuen_tarve"]  # fmt: skip
    levels = {label: next(iter(row.values())) for label, row in view.labels().items()}
    for side, place in ((view, 0), (told[0], 2)):
        known_as = {
            next(iter(row.values())): name for name, row in side.labels().items()
        }  # the same level, other words
        names = {label: known_as[levels[label]] for label in one.rows}
        raw = {label: side.count(side.labels()[name], {}) for label, name in names.items()}
        turns = {label: found for label, name in names.items() for found in [_turns(side).get(name)] if found}
        for label, cells in one.rows.items():
            if NUMBER.search(cells[place]):
                k, n = raw[label], side.base({})
                share = float(figures.half_up(Fraction(100 * k, n), 0))
                some = "of those shown" in cells[place]
                among = [n for other, n in raw.items() if not some or NUMBER.search(one.rows[other][place])]
                rank = 1 + sum(other > k for other in among)
                yield f"{label} share and place", _fits(cells[place], [share, k, rank], 0)
            if cells[place + 1] != "not known" and label in turns:
                right = cells[place + 1] == turns[label]
                yield f"{label} turn", "" if right else f"raw rows: {turns[label]}, printed {cells[place + 1]}"


def _viewed(one: Printed, view: View) -> Iterator[Claim]:
    """One group's shares and places beside those of the notifications, and which themes are surely apart."""
    other = next(each for each in views(list(view.report.beside.values())) if each.table["indicator"] == "themes")
    group = next(c for c in view.columns() if one.heads[0].startswith(f"{view.label(c)}, n = "))
    yield f"{one.caption} base", _fits(one.heads[0].split(" (")[0], [view.base(group)])
    raws = [{label: side.count(side.labels()[label], column) for label in one.rows}
            for side, column in ((view, group), (other, {}))]  # fmt: skip
    for label, cells in one.rows.items():
        for place, (raw, n) in enumerate(zip(raws, (view.base(group), other.base({})), strict=True)):
            if NUMBER.search(cells[place]):
                some = "of those shown" in cells[place]
                among = {name: k for name, k in raw.items() if not some or NUMBER.search(one.rows[name][place])}
                share = float(figures.half_up(Fraction(100 * raw[label], n), 0))
                yield f"{label} share and place", _fits(cells[place], [share, raw[label], _place(among, raw[label])], 0)
        if cells[3].startswith("yes"):
            ranks, third = [_place(raw, raw[label]) for raw in raws], len(one.rows) / 3
            apart = min(ranks) <= third and max(ranks) > 2 * third
            yield f"{label} apart", "" if apart else f"raw rows: places {ranks} of {len(one.rows)}"


def _place(counts: Mapping[str, int], count: int) -> int:
    return 1 + sum(other > count for other in counts.values())


def _turns(view: View) -> dict[str, str]:
    """Holm's verdict on each row that both groups show."""
    pair = view.columns()
    shown = {label: row for label, row in view.labels().items() if all(view.shown(row, column) for column in pair)}
    raw = {label: [(view.count(row, c), view.base(c)) for c in pair] for label, row in shown.items()}
    if view.table["indicator"] == "reported":  # compared by their numbers a day, people by their shares
        days = _days(view, pair)
        numbers = {label: (k, j) for label, ((k, _), (j, _)) in raw.items() if k or j}
        p_of = {label: _ratio(*two, days)[3] for label, two in numbers.items()}
        up = {label: j * days[0] > k * days[1] for label, (k, j) in numbers.items()}
    else:
        p_of = {label: figures.fisher(*two) for label, two in raw.items()}
        up = {label: Fraction(*two[1]) > Fraction(*two[0]) for label, two in raw.items()}
    adjusted = figures.holm(p_of)
    return {name: "not beyond chance" if p >= 0.05 else "rose" if up[name] else "fell" for name, p in adjusted.items()}


def _followed(one: Printed, view: View) -> Iterator[Claim]:
    """A measure of the plan in two years: its state and its value."""
    for label, cells in one.rows.items():
        measure, _, action = label.rstrip(AGAIN).removesuffix(")").partition(" (")
        states = []
        for year, cell in zip(one.heads, cells[:2], strict=False):
            state, why = _entered(view, (measure, action, year), cell)
            states.append(state)
            yield f"{label} {year}", why
        yield f"{label} changed", "" if (len(set(states)) > 1) == (cells[2] == "yes") else f"raw rows: {states}"


def _register(one: Printed, view: View) -> Iterator[Claim]:
    for label, cells in one.rows.items():
        action, state, worth = (cells[one.column(head)].split(" ", words)[-1] for head, words in
                                (("Action", 1), ("State", 1), ("Value", 3)))  # fmt: skip
        year = NUMBER.findall(one.caption)[0]
        worth = worth if worth[0].isdigit() else ""
        entered = _entered(view, (label.rstrip(AGAIN), action, year), f"{state} {worth.split()[0] if worth else ''}")
        yield f"{label} {year}", entered[1]


#: Which events each measure of the plan counts.
KINDS_OF = {
    "tapaamiset": ("tapaaminen",), "koulutukset": ("koulutus", "opintojakso", "tilaisuus"),
    "julkaisut": ("uutiskirje", "infograafi", "video"),
}  # fmt: skip


def _entered(view: View, about: tuple[str, str, str], cell: str) -> tuple[str, str]:
    """What the register says of a measure in a year, and where the page says otherwise."""
    row = next(row for row in view.report.sheets[""].rows if (row["mittari"], row["toimenpide"]) == about[:2]
               and about[2] in f"{row['vuosi']:g}")  # fmt: skip
    state, counted = next(iter(row["tila"])), row["lasketaan"]
    forms = {one.released["account"]["codebook"]: one for one in view.report.beside.values()}
    told = forms.get("sosiaalinen_raportointi")
    notified = [told.count({"vuosi": about[2]})] if told else []
    found = sum(notified) if "ilmoitusten_lukumaara" in counted else sum(map(bool, notified))
    kinds = next((some for name, some in KINDS_OF.items() if name in counted), ())
    if kinds and "tapahtumat" in forms:
        found = sum(forms["tapahtumat"].count({"laji": kind, "vuosi": about[2]}) for kind in kinds)
    wanted = [float(found)] if known(counted) else [row["arvo"]] if known(row["arvo"]) else []
    words = view.report.released["variables"]["tila"]["levels"][state]["en"]
    fits = cell.startswith(words) and [value(n) for n in NUMBER.findall(cell)] == wanted
    return state, "" if fits else f"raw rows: {words} {wanted}, printed {cell}"


RULES: tuple[tuple[str, str, Rule, Mapping[str, object]], ...] = (
    ("shares", r"^Share|^Count § Share", _one_group, {"measure": "count"}),
    ("differences", r"Difference, percentage points", _differences, {"measure": "count"}),
    ("mean differences", r"Difference § 95%", _mean_differences, {"measure": "mean"}),
    ("means", r"^Before § After\|indicative only$", _means, {"indicator": "competence"}),
    ("changes", r"^Before § After", _paired, {"indicator": "change"}),
    ("model", r"^Average effect", _model, {"indicator": "support_model"}),
    ("trends", r"Ratio § 95%", _trends, {"indicator": "themes"}),
    ("reliability", r"Cronbach", _reliability, {"indicator": "reliability"}),
    ("means", r"^Mean §", _means, {"measure": "mean"}),
    ("times", r"^Median", _waits, {"measure": "statistic"}),
    ("agreement", r"kappa", _agreement, {"indicator": "agreement"}),
    ("means", r"^\d{4} § \d{4}\|indicative only$", _means, {"indicator": "competence"}),
    ("totals", r"^\d{4} § \d{4}$", _counts, {"measure": "count", "by": "vuosi"}),
    ("together", r"Finances § ", _together, {"indicator": "together"}),
    ("views in two sources", r"n = \d+ \(place\)", _viewed, {"by": "nakokulma"}),
    ("the same in two sources", r"^Of clients", _beside, {"indicator": "needs", "by": "vuosi"}),
    ("plan", r"State changed$", _followed, {"indicator": "plan_states"}),
    ("plan", r"^Action §", _register, {"indicator": "plan_states"}),
    ("possible", r"^When n", _possible, {}),
    ("statements", r"§ n$", _statements, {"indicator": "statement"}),
    ("groups", r"n = \d+", _groups, {"measure": "count"}),
)
