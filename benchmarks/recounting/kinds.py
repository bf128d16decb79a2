"""What each kind of report counts beside the form's own questions, made from the raw rows: part of ``recount.py``.

One function for each kind of file; each adds columns to the rows, or makes rows of persons from rows of measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import stdev
from typing import Any

from recounting.rows import BLANK, UNKNOWN, People, Row, known, people

GAP = frozenset({BLANK})
Settings = Mapping[str, Any]


def one(level: str) -> frozenset[str]:
    return frozenset({level})


def prepared(path: Path, kind: str, settings: Settings) -> dict[str, People]:
    """The rows that a report of this kind counts; ``""`` is the main sheet."""
    make = KINDS.get(kind.split("_")[0], assessed)
    return make(path, kind, settings, people(path, kind))


def assessed(_path: Path, _kind: str, _settings: Settings, raw: People) -> dict[str, People]:
    """One row for each person and period: the last. Nothing else is added."""
    person, period = raw.form.role("person"), raw.form.role("period")
    last = {(row[person], row.get(period)) if known(row.get(person)) else i: row for i, row in enumerate(raw.rows)}
    return {"": replace(raw, rows=list(last.values()))}


def paths(_path: Path, _kind: str, settings: Settings, raw: People) -> dict[str, People]:
    """Clients followed long enough; whether the work stayed in its class."""
    long = [row for row in raw.rows if known(row["kuukausia"]) and row["kuukausia"] >= settings.get("kuukausia", 12)]
    for row in long:
        both = known(row["alussa"]) and known(row["lopussa"])
        row["siirtyma"] = one("sama" if row["alussa"] == row["lopussa"] else "toinen") if both else GAP
    return {"": replace(raw, rows=long)}


def planned(_path: Path, _kind: str, _settings: Settings, raw: People) -> dict[str, People]:
    """Where the value of a measure comes from."""
    for row in raw.rows:
        told = known(row["arvo_pvm"]) and known(row["lahde"])
        by_hand = ("kirjattu" if told else "tiedot_puuttuvat") if known(row["arvo"]) else "ei_arvoa"
        row["arvon_alkupera"] = one("lasketaan" if known(row["lasketaan"]) else by_hand)
    return {"": raw}


# --- social reporting -----------------------------------------------------------------------------------------


def reported(path: Path, _kind: str, _settings: Settings, raw: People) -> dict[str, People]:
    """Notifications with their period, answer and assignments; the assignments with their state and what they name."""
    rows = list({_code(row["ilmoitus_id"]): row for row in raw.rows}.values())
    given, handled = people(path, "toimeksiannot", "toimeksiannot"), people(path, "paatokset", "päätökset")
    come = ("pvm", "palaute_annettu_pvm", "annettu_pvm", "valmis_pvm", "toteutunut_pvm")
    every = (row.get(name) for row in (*rows, *given.rows, *handled.rows) for name in come)
    end = max(day for day in every if isinstance(day, date))
    for row in rows:
        _dated(row, end)
        _handled(row)
    for row in given.rows:
        row["maaraaika"] = one(_due(row, end))
    _linked(rows, given.rows)
    _decided(rows, handled.rows, end)
    return {"": replace(raw, rows=rows), "toimeksiannot": given, "paatokset": handled}


BODIES, FINAL = ("rake_tyoryhma", "johto", "jaosto", "aluehallitus"), ("lausunto", "toimenpide", "ei_toimenpiteita")


def _decided(rows: list[Row], handled: list[Row], end: date) -> None:
    """What became of each notification upwards, and what of each promise; every decision of the demo has a date."""
    codes = {_code(row["ilmoitus_id"]): row for row in rows}
    of: dict[str, list[Row]] = {code: [] for code in codes}
    for row in handled:
        names = [_code(part) for part in str(row["ilmoitukset"]).split(";")]
        there = [name for name in dict.fromkeys(names) if name in codes]
        for name in there:
            of[name].append(row)
        due = _due({"maarapaiva": row["seuranta_pvm"], "valmis_pvm": row["toteutunut_pvm"], "tila": row["tila"]}, end)
        row["paatoksen_lupaus"] = one(due if row["paatos"] & set(FINAL[:2]) else "ei_luvattu")
    for code, row in codes.items():
        own = sorted(of[code], key=lambda each: (each["pvm"], BODIES.index(next(iter(each["toimielin"])))))
        made = [each for each in own if each["paatos"] & set(FINAL)]
        after = [each["pvm"] for each in made if each["pvm"] >= row["pvm"]]
        outcome = made[-1]["paatos"] if made else one("ei_paatetty")
        highest = max((BODIES.index(next(iter(each["toimielin"]))) for each in own), default=-1)
        row["paatoksen_tulos"], row["paatoksen_vaihe"] = outcome, frozenset(BODIES[: highest + 1])
        row["ilmoituksen_paatos"] = one("annettu" if after else "ennen_ilmoitusta" if made else "odottaa")
        row["ilmoituksen_paatos_paivia"] = (
            GAP if made and not after else float((min(after, default=end) - row["pvm"]).days)
        )


def _code(text: Any) -> str:
    return str(text).strip().casefold()


def observed(_path: Path, _kind: str, _settings: Settings, raw: People) -> dict[str, People]:
    """Observations with their period."""
    for row in raw.rows:
        _timed(row)
    return {"": raw}


def held(_path: Path, _kind: str, _settings: Settings, raw: People) -> dict[str, People]:
    """Events with their year; each participant, completion and view as a row of its own."""
    sheets = {"": raw}
    for row in raw.rows:
        _timed(row)
        numbers = [n for name, n in row.items() if name.startswith("osallistujat_")]
        told = any(isinstance(n, float) and n > 0 for n in numbers)
        asked = next(iter(row["laji"])) in ("tapaaminen", "koulutus", "opintojakso", "tilaisuus")
        row["osallistujatieto"] = one("kirjattu" if told else "puuttuu" if asked else "ei_kuulu")
    for number in ("osallistujat", "suorittaneet", "katselut"):
        each = [{**row, f"{number}_mista": one(name)} for row in raw.rows for name, n in row.items()
                if name.startswith(f"{number}_") and isinstance(n, float) for _ in range(int(n))]  # fmt: skip
        sheets[number] = replace(raw, rows=each)
    return sheets


def _timed(row: Row) -> None:
    row["vuosi"] = one(str(row["pvm"].year))
    row["puolivuosi"] = one(f"{row['pvm'].year}-{1 if row['pvm'].month <= 6 else 2}")
    row["kuukausi"] = one(f"{row['pvm'].year}-{row['pvm'].month:02}")


def _dated(row: Row, end: date) -> None:
    asked, answered = row["pvm"], row["palaute_annettu_pvm"]
    _timed(row)
    given = isinstance(answered, date) and answered <= end
    backwards = given and answered < asked
    row["palaute"] = one("ennen_ilmoitusta" if backwards else "annettu" if given else "odottaa")
    row["odotus_paivia"] = GAP if backwards else float(((answered if given else end) - asked).days)


def _handled(row: Row) -> None:
    """A closed notification has passed the stages before; an assignment needs its state or a receiver."""
    order = ["uusi", "esihenkilolla", "tyoryhmassa", "toimeksianto", "suljettu"]
    state = row["kasittely_tila"]
    if not known(state):
        row["kasittely_vaihe"] = state
        return
    place = order.index(next(iter(state)))
    made = place == 3 or (place == 4 and known(row["toimeksianto_taho"]))
    reached = {"esihenkilolla": place >= 1, "tyoryhmassa": place >= 2, "toimeksianto": made, "suljettu": place == 4}
    row["kasittely_vaihe"] = frozenset(name for name, has in reached.items() if has)


def _due(row: Row, stop: date) -> str:
    """Where an assignment stands. Done with a day missing is known to be done, not to have been in time."""
    due, done = row["maarapaiva"], row["valmis_pvm"]
    if row["tila"] == one("peruttu"):
        return "peruttu"
    if isinstance(done, date) and done <= stop:
        if isinstance(due, date):
            return "valmis_myohassa" if done > due else "valmis"
        return "valmis_paiva_puuttuu"
    if row["tila"] == one("tehty"):
        return "valmis_paiva_puuttuu"
    if not isinstance(due, date):
        return "ei_maarapaivaa"
    return "myohassa" if due < stop else "kesken"


def _linked(rows: list[Row], given: list[Row]) -> None:
    codes = {_code(row["ilmoitus_id"]): row for row in rows}
    held: dict[str, list[str]] = {code: [] for code in codes}
    for row in given:
        names = [_code(part) for part in str(row["ilmoitukset"] if known(row["ilmoitukset"]) else "").split(";")]
        names = list(dict.fromkeys(filter(None, names)))
        there = [name for name in names if name in codes]
        for name in there:
            held[name] += row["maaraaika"]
        level = ("loytyi" if len(there) == len(names) else "osa_puuttuu") if there else "puuttuu"
        row["ilmoitus_loytyi"] = one(level if names else "ei_mainittu")
    for code, row in codes.items():
        row["toimeksiannot"] = one(str(len(held[code])) if len(held[code]) < 2 else "2-")
        row["toimeksianto_tilanne"] = one(_standing(set(held[code]) - {"peruttu"}, bool(held[code])))


def _standing(states: set[str], any_made: bool) -> str:
    """All withdrawn is not all done."""
    if not states:
        return "kaikki_peruttu" if any_made else "ei_toimeksiantoa"
    if "myohassa" in states:
        return "myohassa"
    return "kesken" if states & {"kesken", "ei_maarapaivaa"} else "valmis"


# --- change ---------------------------------------------------------------------------------------------------


def changed(path: Path, _kind: str, settings: Settings, raw: People) -> dict[str, People]:
    """One row for each person: measured at the start, at the end, and what changed."""
    rows: dict[tuple[str, ...], list[Row]] = {}
    for row in raw.rows:
        rows.setdefault(_person(row), []).append(_scored(raw, row))
    consented = {who: mine for who, mine in rows.items() if _consents(mine)}
    ends = (settings.get("alku", "alku"), settings.get("loppu", "loppu"))
    found = {who: _paired(mine, ends, settings.get("aikaraja", 0)) for who, mine in consented.items()}
    made = [_compared(raw, *pair) | {"tavoite": _first(consented[who], "tavoite")} for who, pair in found.items()]
    _classed(raw, made)
    if path.suffix == ".xlsx":
        _joined(path, list(found), made)
    return {"": replace(raw, rows=made)}


def _first(mine: list[Row], name: str) -> Any:
    """The person's first answer, or why the first row has none."""
    return next((row[name] for row in mine if known(row[name])), mine[0][name])


def _person(row: Row) -> tuple[str, ...]:
    return (_code(row["ryhma"]), _code(row["asiakas"]))


def _consents(mine: list[Row]) -> bool:
    said = {level for row in mine for level in row["suostumus"]}
    return "kylla" in said and "ei" not in said


def _scored(raw: People, row: Row) -> Row:
    """The row with a value for each measure: scales, items told beside a scale, and items of a profile."""
    for used in raw.form.instruments:
        name, every = used["instrument"]["name"], used["items"]
        turned, ends = set(every.get("reversed", [])), every.get("minimum", 0) + every.get("maximum", 0)
        for scale in used.get("scale", []):
            cells = {i: row.get(f"{name}_{i}", GAP) for i in scale["items"]}
            points = [ends - v if i in turned else v for i, v in cells.items() if isinstance(v, float)]
            row[f"{name}_{scale['name']}"] = _score(scale, points)
            row[f"{name}_{scale['name']}:whole"] = [ends - v if i in turned else v for i, v in cells.items()
                                                    if len(points) == len(cells)]  # fmt: skip
    return row


def _score(scale: Mapping[str, Any], points: list[float]) -> Any:
    if not points or len(scale["items"]) - len(points) > scale.get("allowed_missing", 0):
        return GAP
    mean = sum(points) / len(points)
    return mean * len(scale["items"]) if scale["rule"] == "sum" else mean


def measures(raw: People) -> Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Each measure's name, its scale (or the items' limits), and its instrument."""
    for used in raw.form.instruments:
        name = used["instrument"]["name"]
        if not used.get("scale"):
            yield from ((f"{name}_{i}", used["items"], used) for i in range(1, used["items"]["count"] + 1))
        for scale in used.get("scale", []):
            yield f"{name}_{scale['name']}", scale, used
            yield from ((f"{name}_{i}", used["items"], used) for i in scale.get("beside", []))


def _paired(mine: list[Row], ends: tuple[str, str], window: int) -> tuple[Row | None, Row | None, set[str]]:
    """The first start and the last end, by day; of two on one day the later row of the file. And what was odd."""
    some = [row for row in mine if any(isinstance(value, float) for value in row.values())]
    at = [[row for row in some if row["mittauskerta"] == one(end)] for end in ends]
    first, last = (_by_day(rows) for rows in at)
    start, end = (first[0] if first else None), (last[-1] if last else None)
    odd = {"kaksi_samana_paivana" for rows, days in zip(at, (first, last), strict=True) if len(rows) > len(days)}
    odd |= {"useita_mittauksia" for days in (first, last) if len(days) > 1}
    if start and end and known(start["pvm"]) and known(end["pvm"]):
        apart = (end["pvm"] - start["pvm"]).days
        odd |= {"loppu_ennen_alkua"} if apart < 0 else {"myohassa"} if 0 < window < apart else set()
    return (None, None, odd) if "loppu_ennen_alkua" in odd else (start, end, odd)


def _by_day(rows: list[Row]) -> list[Row]:
    days = {row["pvm"] if known(row["pvm"]) else i: row for i, row in enumerate(rows)}
    return sorted(days.values(), key=lambda row: str(row["pvm"]) if known(row["pvm"]) else "")


def _compared(raw: People, start: Row | None, end: Row | None, odd: set[str]) -> Row:
    state = ("pari" if end else "vain_alku") if start else "vain_loppu" if end else "ei_mittausta"
    made: Row = {"pari": one(state), "mittaushuomiot": frozenset(odd) or one("ei_huomioita")}
    for name, limits, _ in measures(raw):
        before, after = (row.get(name, GAP) if row else GAP for row in (start, end))
        both = isinstance(before, float) and isinstance(after, float)
        made |= {f"{name}_alku": before if both else GAP, f"{name}_loppu": after if both else GAP}
        made |= {f"{name}_muutos": after - before if both else GAP, f"{name}_keskeyttaneet": GAP if end else before}
        made |= {f"{name}_{end}": _place(value, limits) for end, value in (("alussa", before), ("lopussa", after))}
        whole = start.get(f"{name}:whole") if start else None
        made |= {f"{name}:whole": whole, name: one("on") if whole else GAP, f"{name}:before": before}
    return made


def _place(value: Any, limits: Mapping[str, Any]) -> frozenset[str]:
    if not isinstance(value, float):
        return GAP
    low, high = limits["minimum"], limits["maximum"]
    return one("pohja" if value <= low + 1e-9 else "katto" if value >= high - 1e-9 else "valissa")


def _classed(raw: People, made: list[Row]) -> None:
    """Reliable change (Jacobson & Truax 1991): more than 1.96 · √2 · SD of those classed at the start · √(1 − r)."""
    for name, scale, used in measures(raw):
        if "reliability" not in scale:
            continue
        spread = stdev([row[f"{name}_alku"] for row in made if isinstance(row[f"{name}_alku"], float)])
        least = 1.96 * sqrt(2) * spread * sqrt(1 - scale["reliability"]["value"]) + 1e-9
        sign = 1 if used["instrument"]["direction"] == "higher_better" else -1
        for row in made:
            moved = row[f"{name}_muutos"]
            if isinstance(moved, float):
                better = "parani" if moved * sign > least else "huononi" if moved * sign < -least else "ennallaan"
            row[f"{name}_luokka"] = one(better) if isinstance(moved, float) else moved


def _joined(path: Path, who: list[tuple[str, ...]], made: list[Row]) -> None:
    """Attendance, feedback (the last answer) and observations (every theme) of the same people."""
    sheets = {name: people(path, f"muutosmittaus_{name}", name.capitalize()).rows
              for name in ("interventio", "palaute", "havainto")}  # fmt: skip
    for person, row in zip(who, made, strict=True):
        mine = {name: [r for r in rows if _person(r) == person] for name, rows in sheets.items()}
        came = sum(r["osallistui"] == one("kylla") for r in mine["interventio"])
        band = "0" if came == 0 else "1-4" if came < 5 else "5-9" if came < 10 else "10-"
        row["kaynteja_luokka"] = one(band if mine["interventio"] else UNKNOWN)
        for name in ("palaute_hyoty", "palaute_turva", "palaute_tavoite", "palaute_suositus"):
            row[name] = ([GAP, *(r[name] for r in mine["palaute"] if known(r[name]))])[-1]
        themes = frozenset().union(*(r["havainto_teema"] for r in mine["havainto"] if known(r["havainto_teema"])))
        row["havainto_teema"] = themes or GAP


KINDS: dict[str, Callable[[Path, str, Settings, People], dict[str, People]]] = {
    "asiakaspolut": paths, "toteutussuunnitelma": planned, "sosiaalinen": reported, "muutosmittaus": changed,
    "havainnot": observed, "tapahtumat": held,
}  # fmt: skip
