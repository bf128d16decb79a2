"""Synthetic social reporting: a workbook with a sheet of notifications, one of assignments and one of decisions.

The counts by half-year are the published ones (17 in 1–6/2021, 28 in 2021) and invented for 2022. Every text, name,
date and code is invented; some texts hold planted identifiers, as real ones do.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import Codebook, codebook
from rakelab.demo import phrases
from rakelab.demo.book import workbook
from rakelab.demo.ugly import identity_code

KIND, SECOND, THIRD, NAME = "sosiaalinen_raportointi", "toimeksiannot", "paatokset", "raportointi"
SHEETS = ("ilmoitukset", "toimeksiannot", "päätökset")
#: The day the invented file was made: what has no answer by then is waiting.
MADE = date(*(_DAY := (2022, 12, 30)))

_CODES = tuple(identity_code(birth, 931 + 5 * i) for i, birth in enumerate(("120388", "050579", "230995", "171166")))
#: One sentence that stands nowhere else in the project.
SENTENCE = "Telkkä jäi Nuasjärven jäihin samana yönä kun postilaatikko katosi."
_PLANTED = (
    ("ilmio_teksti", f"Asia tuli esille Kerttu Satulaisen ({_CODES[0]}) kohdalla."),
    ("ilmio_teksti", SENTENCE),
    ("syyt_teksti", f"Sulo Tarusen hetu {_CODES[1]} oli väärin järjestelmässä."),
    ("vaikutus_asiakkaaseen_teksti", f"{_CODES[2]}: asuu nyt osoitteessa Olemattomankuja 7 B 12, puh. 050 000 0017."),
    ("toimenpide_ehdotus_teksti", "Lisätietoja: kerttu.satulainen@esimerkki.invalid tai Sulo Tarunen."),
)
_PLANTED_DONE = f"Soitettu Kerttu Satulaiselle ({_CODES[3]})."
CANARIES = (
    *_CODES, "Kerttu Satulai", "kerttu.satulainen", "Sulo Taru", "Olemattomankuja", "050 000 0017", SENTENCE,
    "Hilpi Tarunen",
)  # fmt: skip
_REPORTERS = ("Hilpi Tarunen", "Otso Satulainen", "Lahja Tarunen", "Ilmo Satulainen")
_HEADINGS = {"ilmio_teksti": "Ilmiö", "palaute_annettu_pvm": "Palaute annettu pvm"}

Row = dict[str, Any]


def rows(seed: int) -> pd.DataFrame:
    """85 notifications by date; cells as in ``draw.rows``, dates as dates."""
    rng, made = np.random.default_rng(seed), phrases.plan(NAME)
    planned = [(half, *counted) for half, counts in made["periods"].items() for counted in counts.items()]
    notifications = [_row(half, theme, made, rng) for half, theme, n in planned for _ in range(n)]
    notifications.sort(key=lambda row: row["pvm"])
    for i, row in enumerate(notifications, 1):
        row["ilmoitus_id"] = f"SR-{row['pvm'].year}-{i:03d}"
    early = next(row for row in notifications[3:] if row["palaute_annettu_pvm"])
    early["palaute_annettu_pvm"] = early["pvm"] - timedelta(days=9)
    for place, (field, text) in zip(
        rng.choice(len(notifications), len(_PLANTED), replace=False), _PLANTED, strict=True
    ):
        notifications[place][field] += f" {text}"
    return pd.DataFrame(notifications)[[asked.name for asked in codebook(KIND).fields]]


def _row(half: str, theme: str, made: Mapping[str, Any], rng: np.random.Generator) -> Row:
    about, shares = made["theme"][theme], made["shares"]
    day = _day(half, rng)
    state = phrases.drawn(made["states"][str(_age(day))], rng)
    answered = day + timedelta(days=int(rng.exponential(shares["days"] / np.log(2))))
    has_answer = state == "suljettu" or (state != "uusi" and rng.random() < shares["answered"])
    assigned = state == "toimeksianto" or (state == "suljettu" and rng.random() < 0.6)
    return {
        "pvm": day,
        "hyvinvointialue": "20",
        "kunta": "" if rng.random() < shares["no_kunta"] else phrases.drawn(shares["kunnat"], rng),
        "palvelutehtava": str(rng.choice(about["service"])),
        "ilmoittajan_rooli": phrases.drawn(shares["roles"], rng),
        "suunta": about["direction"] if rng.random() < 0.93 else "muu",
        "signaali": phrases.drawn(shares["signals"], rng),
        "ilmio_teema": _themes(theme, made, rng),
        **_texts(about, rng),
        "hyva_kaytanto": "kylla" if about["direction"] == "positiivinen" else "ei",
        "shl11_tuen_tarve": _some(about["needs"], rng),
        "hallinnonala": _some(about["fields"], rng),
        "taso": about["level"] if rng.random() < 0.8 else "mikro",
        "kasittely_tila": state,
        "palaute_annettu_pvm": answered if has_answer and answered <= MADE else None,
        "toimeksianto_taho": about["receiver"] if assigned else "",
        "toimenpide_toteutunut": _carried_out(state, rng, assigned=assigned),
    }


def _texts(about: Mapping[str, Any], rng: np.random.Generator) -> Row:
    parts = {"ilmio_teksti": "phenomenon", "syyt_teksti": "cause", "vaikutus_asiakkaaseen_teksti": "effect",
             "toimenpide_ehdotus_teksti": "proposal"}  # fmt: skip
    return {field: str(rng.choice(about[part])) for field, part in parts.items()}


def _day(half: str, rng: np.random.Generator) -> date:
    """A day of the half-year, not in its last fortnight."""
    year, part = map(int, half.split("-"))
    return date(year, 6 * part - 5, 4) + timedelta(days=int(rng.integers(0, 165)))


def _age(day: date) -> int:
    """How many half-years before the file's day."""
    return 2 * (MADE.year - day.year) + (MADE.month > 6) - (day.month > 6)


def _themes(theme: str, made: Mapping[str, Any], rng: np.random.Generator) -> frozenset[str]:
    others = [name for name in made["theme"] if name != theme]
    more = rng.random() < made["shares"]["second_theme"]
    return frozenset({theme, str(rng.choice(others))}) if more else frozenset({theme})


def _some(options: Sequence[str], rng: np.random.Generator) -> frozenset[str]:
    """The first option, and each of the others as often as not."""
    return frozenset({options[0], *(option for option in options[1:] if rng.random() < 0.5)})


def _carried_out(state: str, rng: np.random.Generator, *, assigned: bool) -> str:
    if state == "suljettu":
        return phrases.drawn({"kylla": 0.5, "osin": 0.3, "ei": 0.2}, rng)
    return "kesken" if assigned else ""


# --- assignments ----------------------------------------------------------------------------------------------


def assignments(notified: pd.DataFrame, seed: int) -> pd.DataFrame:
    """An assignment for each one or two notifications that led to one, and one for a notification nobody has."""
    rng, made = np.random.default_rng(seed + 1), phrases.plan(NAME)
    led = notified[notified["toimeksianto_taho"] != ""]
    given = [_assignment(group, receiver, made, rng) for receiver, group in _grouped(led)]
    given.sort(key=lambda row: row["annettu_pvm"])
    given[1]["ilmoitukset"] = "SR-2020-999"
    next(row for row in given if row["tila"] == "kesken")["maarapaiva"] = None
    done = next(row for row in given if row["tila"] == "tehty")
    done["tehty_teksti"] += f" {_PLANTED_DONE}"
    for i, row in enumerate(given, 1):
        row["toimeksianto_id"] = f"T{i:02d}"
    return pd.DataFrame(given)[[field.name for field in codebook(SECOND).fields]]


def _grouped(led: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    for receiver, group in led.groupby("toimeksianto_taho", sort=True):
        for start in range(0, len(group), 2):
            yield str(receiver), group.iloc[start : start + 2]


def _assignment(group: pd.DataFrame, receiver: str, made: Mapping[str, Any], rng: np.random.Generator) -> Row:
    given = min(max(group["pvm"]) + timedelta(days=int(rng.integers(15, 45))), MADE)
    due = given + timedelta(days=int(rng.integers(60, 180)))
    finished = bool((group["kasittely_tila"] == "suljettu").any())
    ready = min(due + timedelta(days=int(rng.integers(-50, 40))), MADE) if finished else None
    first = next(theme for theme in made["theme"] if theme in group["ilmio_teema"].iloc[0])
    return {
        "ilmoitukset": "; ".join(group["ilmoitus_id"]),
        "vastuutaho": receiver,
        "annettu_pvm": given,
        "maarapaiva": due,
        "tila": "tehty" if finished else str(rng.choice(["kesken", "kesken", "avoin"])),
        "valmis_pvm": ready,
        "tehty_teksti": made["theme"][first]["done"] if finished else "",
    }


# --- decisions ------------------------------------------------------------------------------------------------


def decisions(notified: pd.DataFrame, seed: int) -> pd.DataFrame:
    """What became of each half-year's themes upwards: the working group takes them up, some go on, some wait; one
    decision is dated before its notifications."""
    rng, made = np.random.default_rng(seed + 2), phrases.plan(NAME)["decisions"]
    ready = notified[~notified["kasittely_tila"].isin(["uusi", "esihenkilolla"])]
    themes = ready["ilmio_teema"].map(lambda ticked: min(ticked))
    halves = ready["pvm"].map(lambda day: f"{day.year}-{1 + (day.month > 6)}")
    taken = [row for (half, _), group in ready.groupby([halves, themes], sort=True) for row in
             _upwards(group["ilmoitus_id"], made["meetings"][half], made, rng)]  # fmt: skip
    alone = (row for row in taken if row["paatos"] == "toimenpide" and ";" not in row["ilmoitukset"])
    next(alone)["pvm"] -= timedelta(days=730)
    for i, row in enumerate(taken, 1):
        row["paatos_id"] = f"P{i:02d}"
    return pd.DataFrame(taken)[[field.name for field in codebook(THIRD).fields]]


def _upwards(codes: pd.Series, meeting: date, made: Mapping[str, Any], rng: np.random.Generator) -> Iterator[Row]:
    """The way of some notifications through the bodies, until one of them decides or time is out."""
    for place, body in enumerate(codebook(THIRD)["toimielin"].values):
        day, outcome = meeting + timedelta(days=21 * place), phrases.drawn(made["outcomes"][body], rng)
        if day > MADE:
            return
        due = day + timedelta(days=made["follow_up"]) if outcome in made["texts"] else None
        done = due is not None and rng.random() < made["kept"]
        yield {
            "ilmoitukset": "; ".join(codes), "toimielin": body, "pvm": day, "paatos": outcome,
            "omistaja": made["owner"][body] if due else "", "seuranta_pvm": due,
            "tila": "" if due is None else "tehty" if done else "kesken",
            "toteutunut_pvm": min(due + timedelta(days=int(rng.integers(-60, 20))), MADE) if due and done else None,
            "paatos_teksti": made["texts"].get(outcome, ""),
        }  # fmt: skip
        if outcome != "siirretty":
            return


# --- the workbook ---------------------------------------------------------------------------------------------


def table(seed: int) -> bytes:
    """All sheets as a workbook: labels as they are read, several options in one cell, native dates."""
    notified = rows(seed)
    first = _lines(notified, codebook(KIND))
    names = ["Ilmoittajan nimi", *(_REPORTERS[i % len(_REPORTERS)] for i in range(len(notified)))]
    for line, name in zip(first, names, strict=True):
        line.insert(2, name)
    others = {SHEETS[1]: (assignments, SECOND), SHEETS[2]: (decisions, THIRD)}
    sheets = {name: _lines(make(notified, seed), codebook(kind)) for name, (make, kind) in others.items()}
    return workbook({SHEETS[0]: first, **sheets}, _DAY)


def _lines(answers: pd.DataFrame, form: Codebook) -> list[list[Any]]:
    heads = [_HEADINGS.get(field.name, field.title["fi"]) for field in form.fields]
    labels = [{option.value: option.label["fi"] for option in field.categories} for field in form.fields]
    body = [[_cell(cell, known) for cell, known in zip(row, labels, strict=True)]
            for row in answers.itertuples(index=False)]  # fmt: skip
    return [heads, *body]


def _cell(cell: Any, labels: Mapping[str, str]) -> Any:
    if isinstance(cell, frozenset):
        return "; ".join(label for value, label in labels.items() if value in cell)
    return labels.get(cell, cell) if isinstance(cell, str) else cell
