"""Synthetic measurements of change: a small rehabilitation group with four sheets, and a larger service in one table.

No results of such groups were published, so every number is invented. Both hold what real files hold: people who left
before the end, somebody measured twice, an end measured late, somebody without consent, ids that begin again in each
group, a score outside its range, rows of people who were never measured.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from rakelab.codebook import Codebook, codebook
from rakelab.demo import phrases, ugly
from rakelab.demo.book import workbook
from rakelab.demo.plain import written
from rakelab.instrument import Instrument

KIND, NAME = "muutosmittaus", "muutos"
#: What the report of either file is told: an invented permit, and how many days from start to end is not late.
PARAMETERS = {"tutkimuslupa": "synteettinen lupa 1/2025, 1.8.2025"}
WINDOW = {"kuntoutus": 120, "paihde": 140}
ALONE, REFUSED = "alone", "refused"

_PEOPLE = [canary for canary in ugly.CANARIES if " " in canary and canary != ugly.SENTENCE]
_THANKS = ("Ryhmä tuli oikeaan aikaan.", "Olisin toivonut useampia kertoja.", "Sain voimia arkeen.", "Matka oli pitkä.")
_NOTES = (
    "Puhui ryhmässä ensimmäistä kertaa.",
    "Sovittiin käynnistä velkaneuvonnassa.",
    "Väsynyt, mutta tuli paikalle.",
)

Row = dict[str, Any]


def kuntoutus(seed: int) -> bytes:
    """A workbook of two groups, 16 pairs: sheets Mittaukset, Interventio, Palaute and Havainto."""
    people = _Group("kuntoutus", seed)
    sheets = {"Mittaukset": _doubled(people.measured()), "Interventio": _visits(people)}
    sheets |= {"Palaute": _feedback(people), "Havainto": _notes(people)}
    return workbook({name: _lines(rows) for name, rows in sheets.items()}, (2026, 1, 1))


def paihde(seed: int) -> bytes:
    """A table of 85 people, 64 pairs; those who left were worse at the start. Some have a follow-up, too."""
    people = _Group("paihde", seed)
    rows = _doubled(people.measured())
    rows[4]["core10_4"] = "7"  # outside its range: the answer is blanked
    return written(_lines(rows), encoding="utf-8-sig")


class _Group:
    """The people of one file: who they are, how they were at the start and at the end, what they answer."""

    def __init__(self, name: str, seed: int) -> None:
        plan = phrases.plan(NAME)
        self.rng, self.plan, self.items = np.random.default_rng(seed), plan[name], plan["items"]
        self.form: Codebook = codebook(KIND)
        self.people = [row for group in self.plan["groups"] for row in _ids(group)]
        n = len(self.people)
        self.before = self._spread_out(self.rng.standard_normal(n))
        self.after = self.before + self.plan["change"] + self.plan["spread"] * self.rng.standard_normal(n)
        self.prevent = self.rng.random(n) < self.plan["prevent"]

    def _spread_out(self, trait: np.ndarray) -> np.ndarray:
        """Those who leave were worse at the start, where the plan says so."""
        alone = np.array([person["fate"] == ALONE for person in self.people])
        return np.asarray(trait - alone * self.plan.get("worse", 0.0))

    def measured(self) -> list[Row]:
        """A row for each measurement, by person."""
        start = [self._answers(level) for level in self.before]
        end = [self._answers(level) for level in self.after]
        rows: list[Row] = []
        for i, person in enumerate(self.people):
            begun = self.plan["start"] + timedelta(days=int(self.rng.integers(0, 15)))
            rows.append(self._row(i, "Alku", begun, start[i]))
            if person["fate"] != ALONE:
                ended = begun + timedelta(days=self.plan["days"] + int(self.rng.integers(-6, 15)))
                rows.append(self._row(i, "Loppu", ended + timedelta(days=self._delay(i)), end[i]))
                if self.rng.random() < self.plan.get("follow_up", 0.0):
                    rows.append(self._row(i, "Seuranta", ended + timedelta(days=180), self._answers(self.after[i])))
        return rows

    def _delay(self, i: int) -> int:
        """Every fifteenth end is late."""
        return int(self.plan["late"]) if i % 15 == 3 else 0

    def _row(self, i: int, point: str, day: date, answers: Mapping[str, str]) -> Row:
        person = self.people[i]
        known = {
            "asiakas": person["id"],
            "ryhma": person["group"],
            "mittauskerta": point,
            "pvm": f"{day.day}.{day.month}.{day.year}",
            "suostumus": "Ei" if person["fate"] == REFUSED else "Kyllä",
            "tavoite": "Estää tilanteen huononeminen" if self.prevent[i] else "Muutos parempaan",
        }
        return {**known, **answers}

    def _answers(self, level: float) -> dict[str, str]:
        answers: dict[str, str] = {}
        for used in self.form.instruments:
            answers |= self._instrument(used, level)
        blank = self.rng.random(len(answers)) < 0.004
        return {name: "" if gone else cell for (name, cell), gone in zip(answers.items(), blank, strict=True)}

    def _instrument(self, used: Instrument, level: float) -> dict[str, str]:
        how = self.items[used.name]
        answers = {}
        for item in used.items:
            share = how["level"] + how["pull"] * level + how["noise"] * self.rng.standard_normal()
            if item.risk:
                share -= 0.3
            share = 1 - share if item.reversed else share
            points = round(item.minimum + float(np.clip(share, 0, 1)) * (item.maximum - item.minimum))
            answers[used.column(item.number)] = str(points)
        return answers


def _ids(group: Mapping[str, Any]) -> Iterable[Row]:
    """Ids begin again in every group."""
    fates = ["pair"] * group["pairs"] + [ALONE] * group["alone"] + [REFUSED] * group["refused"]
    for number, fate in enumerate(fates, 1):
        yield {"id": f"{number:02d}", "group": group["name"], "fate": fate}


def _doubled(rows: list[Row]) -> list[Row]:
    """Somebody was measured twice at the start on one day: the second answers are a little different."""
    again = {**rows[2], "eurohis8_1": "3", "mittari_3x10d_1": "6"}
    return [*rows[:3], again, *rows[3:]]


# --- the other sheets -----------------------------------------------------------------------------------------


def _visits(people: _Group) -> list[Row]:
    rows = []
    for meeting in range(people.plan["meetings"]):
        day = people.plan["start"] + timedelta(days=7 * meeting + 2)
        for person in people.people:
            left = person["fate"] == ALONE and meeting > 2
            came = not left and people.rng.random() < 0.8
            rows.append(_about(person, pvm=day, osallistui="kyllä" if came else "ei", muoto=_form(meeting)))
    guest = {"id": "30", "group": people.people[0]["group"]}
    return [*rows, _about(guest, pvm=people.plan["start"], osallistui="kyllä", muoto=_form(0))]


def _form(meeting: int) -> str:
    return "Yksilötapaaminen" if meeting % 4 == 3 else "Ryhmätapaaminen"


def _feedback(people: _Group) -> list[Row]:
    form = codebook(f"{KIND}_palaute")
    asked = [field for field in form.fields if field.choice]
    rows = []
    for i, person in enumerate(people.people):
        if person["fate"] != ALONE:
            steps = np.clip(people.rng.integers(3, 6, len(asked)) - (people.after[i] < people.before[i]), 1, 5)
            labels = {
                field.name: field.categories[step - 1].label["fi"] for field, step in zip(asked, steps, strict=True)
            }
            rows.append(_about(person, **labels, palaute_avoin=str(people.rng.choice(_THANKS))))
    rows[1]["palaute_avoin"] = f"Kiitos {_PEOPLE[0]}lle, {ugly.CODES[0]}."
    rows[4]["palaute_avoin"] = ugly.SENTENCE
    return rows


def _notes(people: _Group) -> list[Row]:
    field = codebook(f"{KIND}_havainto")["havainto_teema"]
    labels = [option.label["fi"] for option in field.categories if not option.exclusive]
    rows = []
    for i, person in enumerate(people.people):
        for k in range(int(people.rng.integers(1, 4))):
            themes = people.rng.choice(labels, size=int(people.rng.integers(1, 3)), replace=False)
            day = people.plan["start"] + timedelta(days=14 * k + 9)
            text = str(people.rng.choice(_NOTES)) if i % 2 else ""
            rows.append(_about(person, pvm=day, havainto_teema="; ".join(map(str, themes)), havainto_teksti=text))
    rows[2]["havainto_teksti"] = f"Soitettu omaiselle ({_PEOPLE[1]}, {ugly.CODES[1]}), hilma@esimerkki.invalid."
    return rows


def _about(person: Mapping[str, Any], **cells: Any) -> Row:
    return {"asiakas": person["id"], "ryhma": person["group"], **cells}


def _lines(rows: Sequence[Row]) -> list[list[Any]]:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
