"""Synthetic service-need assessments, so that everything can be tried without anybody's data.

Two files: one that reproduces every percentage Essote published, and one from Kainuu's municipalities written the way
real exports are ugly. Every file name starts with ``synteettinen_``; every person in them is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from rakelab.codebook import codebook
from rakelab.demo import draw, plain, ugly
from rakelab.errors import OutputError
from rakelab.i18n import LANGUAGES, text

SEED = 2021
ESSOTE_N, KAINUU_N = 707, 640

#: What no output may ever hold: planted names, identity codes, addresses and one sentence of the free text.
CANARIES = ugly.CANARIES


@dataclass(frozen=True)
class DemoFile:
    """One written file. ``kind`` is its codebook, ``source`` its source map or empty, ``parameters`` the report's."""

    path: Path
    kind: str
    title: Mapping[str, str]
    source: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)


def essote_rows(seed: int = SEED) -> pd.DataFrame:
    """707 answers to the Essote form that meet every published percentage; cells as in ``draw.rows``."""
    return draw.rows(draw.plan("essote"), codebook("palvelutarve_essote"), ESSOTE_N, seed=seed)


def kainuu_rows(seed: int = SEED, n: int = KAINUU_N) -> pd.DataFrame:
    """``n`` answers to the Kainuu form, municipalities in proportion to their population; cells as in ``draw.rows``."""
    made = draw.plan("essote").changed(draw.plan("kainuu"))
    return draw.rows(made, codebook("palvelutarve"), n, seed=seed)


def write(folder: str | Path, *, seed: int = SEED) -> tuple[DemoFile, ...]:
    """Write the demo's input files into ``folder`` (made when missing). OutputError when that cannot be done."""
    folder = Path(folder)
    files = {
        "essote": plain.table(essote_rows(seed), codebook("palvelutarve_essote")),
        "kainuu": ugly.table(kainuu_rows(seed), codebook("palvelutarve"), seed=seed),
    }
    kinds = {"essote": "palvelutarve_essote", "kainuu": "palvelutarve"}
    return tuple(DemoFile(_written(folder, name, data), kinds[name], _title(name)) for name, data in files.items())


def _title(name: str) -> dict[str, str]:
    return {lang: text(f"demo.title.{name}", lang) for lang in LANGUAGES}


def _written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"synteettinen_palvelutarve_{name}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        raise OutputError("demo.not_written", file=path.name) from None
    return path
