"""What it takes to add a form with its own report, an indicator, and a language: each done in a copy of the project.

Each function writes into the copy what somebody writes by hand, and nothing else; ``tests/test_adding.py`` looks at
what comes of it, ``house.py`` counts the files.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]

FORM = """
[codebook]
name = "uusi"
title = { fi = "Uusi lomake", sv = "Ny blankett", en = "A new form" }
description = { fi = "uuden lomakkeen vastaukset", sv = "svar på den nya blanketten", en = "answers to the new form" }
[[field]]
name = "vuosi"
type = "integer"
role = "period"
title = { fi = "Vuosi", sv = "År", en = "Year" }
[[field]]
name = "apu"
title = { fi = "Saiko apua", sv = "Fick hjälp", en = "Got help" }
categories = [
    { value = "kylla", label = { fi = "Kyllä", sv = "Ja", en = "Yes" } },
    { value = "ei", label = { fi = "Ei", sv = "Nej", en = "No" } },
]
"""
PARAMETERS = 'data = ""\nlomake = "uusi"\nsource = ""\nkaksoset = ""\nlang = "fi"'
CELLS = (
    (
        "parametrit",
        "from rakelab import indicators, loaders, parameters, present, protect\n\nparameters.check(globals())",
    ),
    ("luku", "vastaukset = loaders.load(data, lomake, source=source)"),
    (
        "suojaus",
        "apu = indicators.Indicator(\n    'apu', indicators.of('apu'), title=indicators.OF_VARIABLE, numerator='–',\n"
        "    denominator='–', who='–', missing='–', source='–')\n"
        "released = protect.protect([apu(vastaukset)])\npresent.protection(released)",
    ),
    ("taulukko", "present.table(released['apu'])"),
)
TEXTS = {"fi": "# Uusi raportti", "sv": "# En ny rapport", "en": "# A new report"}
INDICATOR = """
from rakelab.indicators.declaration import Indicator, of

asuminen = Indicator("asuminen", of("asuminen"), title={"fi": "Asuminen", "sv": "Boende", "en": "Housing"},
                     numerator="a", denominator="b", who="c", missing="d", source="e")
"""


def form(project: Path) -> None:
    """A form with a report of its own: a codebook, a notebook, its translations."""
    (project / "rakelab" / "codebooks" / "uusi.toml").write_text(FORM, encoding="utf-8")
    text = {"cell_type": "markdown", "id": "otsikko", "metadata": {}, "source": TEXTS["fi"]}
    cells = [text, _code("asetukset", PARAMETERS, "parameters"), *(_code(*cell) for cell in CELLS)]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    (project / "notebooks" / "uusi.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    for lang in ("sv", "en"):
        translated = f'otsikko = "{TEXTS[lang]}"\n'
        (project / "notebooks" / "kaannokset" / f"uusi.{lang}.toml").write_text(translated, encoding="utf-8")


def _code(name: str, source: str, *tags: str) -> dict[str, object]:
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": source, "outputs": [],
            "execution_count": None}  # fmt: skip


def indicator(project: Path) -> None:
    """An indicator: a declared value in a module of its own."""
    (project / "rakelab" / "indicators" / "housing.py").write_text(INDICATOR, encoding="utf-8")


def language(project: Path) -> None:
    """A language: a folder of words (here the English ones under another name)."""
    words = project / "rakelab" / "locales"
    shutil.copytree(words / "en", words / "nn")
    told = (words / "nn" / "language.toml").read_text(encoding="utf-8")
    told = told.replace('place = "3"', 'place = "4"').replace("en_GB", "nn_NO").replace("{n}%", "{n} pst")
    (words / "nn" / "language.toml").write_text(told, encoding="utf-8")


ADDITIONS: dict[str, Callable[[Path], None]] = {
    "a form with its own report": form,
    "an indicator": indicator,
    "a language": language,
}


def copy(home: Path) -> Path:
    """The project without its tests."""
    for name in ("rakelab", "notebooks", "data_templates"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, home)
    return home


def texts(project: Path) -> dict[str, bytes]:
    """Every file of a project by its path."""
    files = (path for path in project.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def touched(add: Callable[[Path], None]) -> list[str]:
    """The files that ``add`` writes or changes; those of one new folder are one."""
    with tempfile.TemporaryDirectory() as home:
        project = copy(Path(home))
        before = texts(project)
        add(project)
        changed = [path for path, text in texts(project).items() if before.get(path) != text]
    folders = {str(Path(path).parent) for path in before}
    return sorted({path if str(Path(path).parent) in folders else f"{Path(path).parent}/" for path in changed})
