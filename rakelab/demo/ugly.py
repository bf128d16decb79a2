"""An export as ugly as real ones: cp1252, semicolons, decimal commas, notes around the table, two heading rows, three
shapes of multi-choice questions, columns about the respondent, free text with identity codes, and unusable rows.

Everything that looks like a person is invented: identity codes use the individual numbers 900–999, which are given to
nobody, addresses of machines are from the range for documentation, and e-mail ends in ``.invalid``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import Codebook, Field
from rakelab.demo.plain import SPELLING, ticked, written

_FIRST = ("Aino", "Eino", "Helmi", "Väinö", "Lempi", "Toivo", "Hilma", "Onni", "Saima", "Urho")
_LAST = ("Esimerkkilä", "Mallikas", "Testinen", "Kuvitelma", "Keksimäki")
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"

#: One sentence that stands nowhere else in the project.
SENTENCE = "Kanarialintu lauloi Oulujärven jäällä kolmesti ennen aamunkoittoa."
_REMARKS = (
    "Pitkä välimatka vaikeutti tapaamisiin pääsyä.",
    "Odotus hoitoon venyi; tavoitteet siirtyivät.",
    "Yhteistyö sujui hyvin.",
    "Puhelinta ei ollut, tavoittaminen vaikeaa.",
    "Asunnon löytyminen ratkaisi monta asiaa.",
)


def identity_code(birth: str, number: int) -> str:
    """A code of the temporary series (``number`` 900–999) with a valid check character; ``birth`` is ddmmyy, 1900s."""
    if not 900 <= number <= 999:
        raise ValueError(number)
    return f"{birth}-{number}{_CHECK[int(f'{birth}{number}') % 31]}"


CODES = tuple(identity_code(birth, 901 + 7 * i) for i, birth in enumerate(("010170", "311285", "150692", "240299")))
_PEOPLE = ("Aino Esimerkkilä", "Väinö Kuvitelma", "Hilma Testinen", "Urho Keksimäki")
_PLANTED = (
    f"Puhuttu asiakkaan {_PEOPLE[0]} ({CODES[0]}) kanssa vuokrarästeistä.",
    f"Hetu {CODES[1]}, omainen {_PEOPLE[1]}, puh. 050 000 0000.",
    f"{_PEOPLE[2]} {CODES[2]} ei saapunut sovittuun aikaan.",
    f"Lisätiedot: hilma.testinen@esimerkki.invalid, {CODES[3]}, {_PEOPLE[3]}.",
    SENTENCE,
)
CANARIES = (*CODES, *_PEOPLE, SENTENCE, "esimerkki.invalid", "192.0.2.", "Mallikas")

#: Questions asked as one 0/1 column for each option, as option text or blank, and as one cell with a separator.
_BOXES, _TEXTS = ("mukana_olleet", "tuen_tarpeet"), ("sairaudet",)
_SEPARATORS = {"palvelun_tarpeet": ", ", "vakivallan_ulottuvuus": ", ", "tyomenetelmat": "\n"}

Spoil = Callable[[dict[str, str]], None]


@dataclass(frozen=True)
class Column:
    """One column of the export: its two headings and its cells."""

    question: str
    option: str
    cells: Sequence[str]


def table(rows: pd.DataFrame, form: Codebook, *, seed: int) -> bytes:
    """The answers, and ``UNUSABLE`` rows more, as the bytes of an ugly CSV file."""
    rng = np.random.default_rng(seed)
    columns = [*_respondent(len(rows) + len(UNUSABLE), rng), *_answers(_spoiled(rows, rng), form, rng)]
    body = [list(cells) for cells in zip(*(column.cells for column in columns), strict=True)]
    body.insert(len(body) // 3, [""] * len(columns))
    return written([*_above(), *_headings(columns), *body, *_below(len(body) - 1)], encoding="cp1252")


def _above() -> list[list[str]]:
    return [["SYNTEETTINEN AINEISTO – palvelutarpeen arvioinnit, Kainuu 2020–2021"], ["Viety 10.1.2022 klo 9.30"], []]


def _below(count: int) -> list[list[str]]:
    return [[], [f"Vastauksia yhteensä {count} kpl"], ["Lähde: rakelab, keksitty aineisto"]]


def _headings(columns: Sequence[Column]) -> list[list[str]]:
    """The question stands over its first option only, as in merged cells."""
    questions = [column.question for column in columns]
    merged = ["" if i and q and q == questions[i - 1] else q for i, q in enumerate(questions)]
    return [merged, [column.option for column in columns]]


def _respondent(n: int, rng: np.random.Generator) -> list[Column]:
    """What survey tools add about the worker who filled in the form."""
    who = [f"{_FIRST[i]} {_LAST[j]}" for i, j in rng.integers(0, [len(_FIRST), len(_LAST)], size=(n, 2))]
    start = datetime(2020, 1, 7, 8, 15)
    began = [start + timedelta(days=i, hours=i % 8) for i in range(n)]
    times = [f"{t.day}.{t.month}.{t.year} {t:%H.%M}" for t in began]
    mail = [name.lower().replace(" ", ".").replace("ä", "a").replace("ö", "o") + "@esimerkki.invalid" for name in who]
    return [
        Column("Vastaajan nimi", "", who),
        Column("Sähköposti", "", mail),
        Column("IP-osoite", "", [f"192.0.2.{i}" for i in rng.integers(1, 255, size=n)]),
        Column("Aloitusaika", "", times),
        Column("Lomakkeen versio", "", ["2"] * n),
    ]


def _answers(rows: pd.DataFrame, form: Codebook, rng: np.random.Generator) -> list[Column]:
    columns = [column for field in form.fields if field.name in rows for column in _question(rows[field.name], field)]
    return [*columns, Column(_heading(form["muuta"]), "", _remarks(len(rows), rng)), Column("", "", [""] * len(rows))]


def _heading(field: Field) -> str:
    """The question as the form words it."""
    return (field.aliases[0] if field.aliases else field.title["fi"]).capitalize()


def _question(answers: pd.Series, field: Field) -> list[Column]:
    if field.name in _BOXES:
        return [Column(_heading(field), o.label["fi"], list(ticked(answers, o.value))) for o in field.categories]
    if field.name in _TEXTS:
        return [Column(_heading(field), o.label["fi"], _said(answers, o.value, field)) for o in field.categories]
    return [Column(_heading(field), "", [_cell(answer, field) for answer in answers])]


def _said(answers: pd.Series, option: str, field: Field) -> list[str]:
    label = _label(field, option)
    return [label if isinstance(a, frozenset) and option in a else "" for a in answers]


def _cell(answer: object, field: Field) -> str:
    if isinstance(answer, frozenset):
        return _SEPARATORS[field.name].join(_label(field, option) for option in field.values if option in answer)
    return SPELLING.get(str(answer), _label(field, str(answer)))


def _label(field: Field, value: str) -> str:
    return next((option.label["fi"] for option in field.categories if option.value == value), value)


def _remarks(n: int, rng: np.random.Generator) -> list[str]:
    """Free text in every fifth row, and the planted sentences."""
    remarks = [str(rng.choice(_REMARKS)) if rng.random() < 0.2 else "" for _ in range(n)]
    for place, sentence in zip(rng.choice(n, len(_PLANTED), replace=False), _PLANTED, strict=True):
        remarks[place] = sentence
    return remarks


def _spoiled(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Ages with a decimal comma and their missing codes, municipality codes beside names, and the unusable rows."""
    rows = rows.drop(columns="asiakas")
    rows["ika"] = [f"{age},0" for age in rows["ika"]]
    odd = rng.permutation(len(rows))
    rows.loc[odd[:6], "ika"] = "99"
    rows.loc[odd[6:11], "ika"] = ""
    bad = rows.loc[odd[20 : 20 + len(UNUSABLE)]].copy().astype(object)
    for place, (variable, answer) in zip(bad.index, UNUSABLE, strict=True):
        bad.at[place, variable] = answer
    everybody = pd.concat([rows, bad]).iloc[rng.permutation(len(rows) + len(bad))]
    return everybody.sort_values("vuosi", key=lambda years: years.astype(str), kind="stable")


#: What makes each unusable row unusable: an option nobody declared, an impossible age, a number that can be read in
#: two ways, “none” ticked together with an illness, and no year.
UNUSABLE: tuple[tuple[str, Any], ...] = (
    ("kunta", "Vaala"),
    ("kunta", "Vaala"),
    ("erityisen_tuen_tarve", "ehkä"),
    ("ika", "430"),
    ("ika", "1.043"),
    ("sairaudet", frozenset({"ei_mainintaa", "somaattinen"})),
    ("vuosi", ""),
)
