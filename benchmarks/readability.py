"""How long and how heavy the tool's own sentences are in each language: words a sentence, passives, nominal chains.

    python benchmarks/readability.py           the table of docs/readability.md
    python benchmarks/readability.py --long    every sentence of more than 25 words, with its key

A placeholder counts as one word. What is passive or a chain is told by the form of words alone, so both are estimates:
a passive is a verb's ending (``lasketaan``, ``visas``) or *be* with a participle; a chain is three genitives in a row
in Finnish, three prepositions close together in Swedish, two *of* close together in English. Standard library only.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parents[1]
LOCALES, NOTEBOOKS = ROOT / "rakelab" / "locales", ROOT / "notebooks"
LONG, LONGER = 20, 25
#: Where a sentence is met; all other rooms are messages to whoever works with the tool.
PAGES = ("present", "events", "beside", "indicators", "report", "review", "plain", "contact", "infographic", "register",
         "possible", "quotes", "left", "reliable", "export", "common")  # fmt: skip
_END = re.compile(r"(?<=[.!?:])\s+(?=[”“A-ZÅÄÖ{–])|\n+")
_WORD = re.compile(r"\{[^}]*\}|[^\W\d_][\w’'/-]*|\d[\d.,]*")
_BE = r"\b(?:is|are|was|were|be|been)\s+(?:\w+\s){0,1}"
_PASSIVE = {
    "fi": re.compile(r"\b\w{2,}(?:[tdlnr]aan|[tdlnr]ään|ttiin|iin)\b|"
                     r"\b(?:on|ei ole|oli|olla)\s+(?:\w+\s){0,2}\w+(?:ttu|tty|tu|ty)\b"),
    "sv": re.compile(r"\b\w{2,}(?:as|ts|ades)\b|"
                     r"\b(?:är|har|blir|blev)\s+(?:\w+\s){0,1}\w+(?:ad|ade|at|ats|dd|tt|t|na)\b"),
    "en": re.compile(_BE + r"(?:\w+ed|written|shown|hidden|known|taken|given|told|made|read|kept|left)\b"),
}  # fmt: skip
_PREPOSITION = r"\b(?:av|för|i|på|till|om|med|från)\s+\S+(?:\s\S+)?\s+"
_CHAIN = {
    "fi": re.compile(r"(?:\b[a-zåäö]{3,}(?:en|an|än|on|ön|in|un|yn)\s+){3,}", re.IGNORECASE),
    "sv": re.compile(f"(?:{_PREPOSITION}){{3}}"),
    "en": re.compile(r"\bof\s+\S+(?:\s\S+){0,2}\s+of\b"),
}


@dataclass(frozen=True)
class Said:
    """One sentence of one text."""

    key: str
    text: str

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.text))


def texts(lang: str) -> Iterator[tuple[str, str]]:
    """Every text of the tool by its key, and those of the notebooks in this language."""
    for path in sorted((LOCALES / lang).glob("*.toml")):
        yield from _flat(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    for path in sorted((NOTEBOOKS / "kaannokset").glob(f"*.{lang}.toml")):
        yield from _flat(tomllib.loads(path.read_text(encoding="utf-8")), f"notebook.{path.stem}")
    if lang == "fi":
        yield from _notebooks()


def _notebooks() -> Iterator[tuple[str, str]]:
    import json

    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield f"notebook.{path.stem}.{cell['id']}", "".join(cell["source"])


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}.{name}")
        elif isinstance(value, str):
            yield f"{prefix}.{name}", value


def sentences(lang: str) -> list[Said]:
    """Texts of four words or more, sentence by sentence, without the help of commands."""
    every = ((key, part.strip()) for key, text in texts(lang) if not key.startswith("cli.help")
             for part in _END.split(text))  # fmt: skip
    return [said for key, part in every if (said := Said(key, part)).words > 3]


def group(said: Said) -> str:
    room = said.key.partition(".")[0]
    return "notebooks" if room == "notebook" else "pages and files" if room in PAGES else "messages"


def row(lang: str, name: str, told: list[Said]) -> str:
    lengths = [said.words for said in told]
    cells = [
        len(told), median(lengths), round(quantiles(lengths, n=10)[-1]), max(lengths),
        *(f"{100 * sum(n > limit for n in lengths) / len(lengths):.0f} %" for limit in (LONG, LONGER)),
        *(f"{100 * sum(bool(kind[lang].search(said.text)) for said in told) / len(told):.0f} %"
          for kind in (_PASSIVE, _CHAIN)),
    ]  # fmt: skip
    return f"| {lang} | {name} | {' | '.join(map(str, cells))} |"


def table() -> str:
    head = "| | where | sentences | words: median | p90 | longest | over 20 | over 25 | passive | chain |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|---|"]
    for lang in ("fi", "sv", "en"):
        every = sentences(lang)
        for name in ("pages and files", "notebooks", "messages"):
            lines.append(row(lang, name, [said for said in every if group(said) == name]))
    return "\n".join(lines)


if __name__ == "__main__":
    if "--long" in sys.argv:
        for lang in ("fi", "sv", "en"):
            for said in sorted(sentences(lang), key=lambda said: -said.words):
                if said.words > LONGER:
                    print(f"{lang} {said.words} {said.key}: {said.text}")
    else:
        print(table())
