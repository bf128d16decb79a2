"""An attacker looks for people in a draft: whatever a file holds where, none of it may be there."""

import random
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from xlsxwriter import Workbook

from rakelab.draft import draft

#: Invented people, a code of the 900 series, and answers that few give.
PEOPLE = ("Maija Meikäläinen", "pekka virtanen", "Virtanen Liisa", "Xolani Dlamini", "KUMAR SINGH")
CODES = ("131052-900T", "maija@example.org", "050 123 4567", "Mannerheimintie 5 A 3")
RARE = ("Sain tietää asiasta naapurilta", "Nauru", "kolmoset", "harvinaistauti X")
SECRETS = (*PEOPLE, *CODES, *RARE)


def workbook(path: Path, seed: int) -> Path:
    """A workbook with a secret in every place that a draft could copy."""
    drawn = random.Random(seed)
    who, code = drawn.choice(PEOPLE), drawn.choice(CODES)
    with Workbook(path) as book:
        sheet = book.add_worksheet("Vastaukset")
        book.add_worksheet(drawn.choice(PEOPLE)[:31]).write_row(0, 0, ["A", "B"])
        sheet.write_row(0, 0, [f"Kyselyn teki {who}, {code}"])
        headings = [
            f"Miten {who} auttoi?",
            f"Soita {code}",
            "Kuka",
            "Kuka",
            "Tuki",
            "Kerro",
            f"Tuki (choice={who})",
            "Muu",
        ]
        sheet.write_row(2, 0, headings)
        for i in range(120):
            rare = SECRETS[i % len(SECRETS)] if i < 3 * len(SECRETS) else drawn.choice(["Nainen", "Mies"])
            parts = "; ".join([*drawn.sample(["Talous", "Työ", "Koti"], 2), *([drawn.choice(RARE)] if i < 4 else [])])
            told = f"{drawn.choice(SECRETS)} ja paljon muuta, {i}" if i % 3 == 0 else ""
            often = drawn.choice([who, "johtaja", "sihteeri"])
            sheet.write_row(
                3 + i, 0, [drawn.choice(["Hyvin", "Huonosti"]), rare, often, rare, parts, told, i % 2, CODES[1]]
            )
        sheet.write_row(125, 0, [f"Lisätietoja: {who}"])
    return path


@pytest.mark.parametrize("seed", range(12))
def test_nobody_and_nothing_rare_of_a_workbook_is_in_its_draft(tmp_path: Path, seed: int) -> None:
    text = draft(workbook(tmp_path / f"{PEOPLE[seed % len(PEOPLE)].replace(' ', '_')}.xlsx", seed)).text
    told = text.casefold().replace("_", " ")
    assert [secret for secret in SECRETS if secret.casefold() in told] == []
    assert "Hyvin" in text


def test_answers_that_a_program_made_into_labels_are_answers(tmp_path: Path) -> None:
    answers = sorted({*RARE, "Suomi", "Ruotsi"})
    codes = [answers.index("Suomi") + 1] * 60 + [answers.index("Ruotsi") + 1] * 40 + list(range(1, len(answers) + 1))
    frame = pd.DataFrame({"maa": codes, "kuka": [1 + i % 2 for i in range(len(codes))]})
    labels = {"maa": dict(enumerate(answers, 1)), "kuka": {1: "Nainen", 2: "Mies"}}
    pyreadstat.write_sav(frame.astype(float), tmp_path / "k.sav", variable_value_labels=labels)
    text = draft(tmp_path / "k.sav").text
    assert [rare for rare in RARE if rare in text] == []
    assert "Ruotsi" in text
