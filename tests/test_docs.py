"""What the README and docs/ say is so: links lead somewhere, commands work, and transcripts are what is printed.

Code blocks marked ``console`` are run, each document in a fresh folder, in order; lines below a command are what it
must print. The demo's data are there once the document has said ``rakelab demo``. Blocks marked ``sh`` take too long or
need a window: their rakelab commands must parse, their files must exist.
A block with a file name after its language (```toml oma_lomake.toml) is that file.
"""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest

from rakelab import archive, cli_parser, demo, indicators, loaders, prepare
from rakelab.codebook import codebook
from rakelab.demo import plain
from rakelab.protect import protect
from rakelab.report.run import kinds as run_kinds

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^ *```(\S+)([^\n]*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
#: Keys of released.json whose values have names of variables or levels for keys.
_NAMED = {"dimensions", "levels", "lengths", "rows", "columns", "column", "apart", "empty", "row", "a", "b"}
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """One code block: its language, the file name beside it, its text."""

    language: str
    file: str
    text: str


def blocks(document: Path) -> list[Block]:
    found = _BLOCK.findall(document.read_text(encoding="utf-8"))
    return [Block(language, name.strip(), dedent(text)) for language, name, text in found]


def transcript(text: str) -> list[tuple[str, str]]:
    """(command, what it must print) of a console block."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [(command, told) for command, _, told in (part.partition("\n") for part in parts)]


def rakelab_commands(document: Path) -> Iterator[list[str]]:
    """The words after ``rakelab`` of every command in the document's console and sh blocks."""
    shell = [block.text for block in blocks(document) if block.language in ("console", "sh")]
    for line in "\n".join(shell).splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        for i, word in enumerate(words):
            if word == "rakelab" and (i == 0 or words[i - 1] in ("&&", "|", "$")):
                end = next((j for j in range(i, len(words)) if words[j] in ("&&", "|", ">")), len(words))
                yield words[i + 1 : end]


# --- running --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's data, as ``rakelab demo`` writes them."""
    folder = tmp_path_factory.mktemp("docs")
    demo.write(folder / "reports" / "data")
    (folder / "oma_aineisto.csv").write_text(_own_rows(), encoding="utf-8")
    return folder


def _own_rows() -> str:
    """The demo's rows on the form of own_form.md: fewer kinds of housing, and a question more."""
    rows = plain.table(demo.kainuu_rows(), codebook("palvelutarve")).decode("utf-8-sig")
    heading, *people = csv.reader(io.StringIO(rows, newline=""), delimiter=";")
    housing = heading.index("asuminen")
    kept = {"", "vuokra", "omistus", "asunnoton", "ei kysytty", "ei tietoa"}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([*heading, "asiointikieli"])
    for i, row in enumerate(people):
        row[housing] = row[housing] if row[housing] in kept else "muu"
        writer.writerow([*row, ("suomi", "suomi", "ruotsi", "suomi", "muu")[i % 5]])
    return out.getvalue()


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line of a transcript as a shell runs it, with this Python's rakelab."""
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    env.pop("RAKELAB_LANG", None)
    env.pop("RAKELAB_LEDGER", None)  # as a reader has it
    return subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, encoding="utf-8")


def written(document: Path, folder: Path) -> None:
    """Writes the files that the document shows."""
    for block in blocks(document):
        if block.file:
            (folder / block.file).write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_transcript_is_what_is_printed(document: Path, tmp_path: Path, demo_run) -> None:
    written(document, tmp_path)
    if document.name == "own_form.md":
        (tmp_path / "oma_aineisto.csv").write_text(_own_rows(), encoding="utf-8")
    for block in blocks(document):
        if block.language == "sh" and block.text.splitlines()[0].endswith("&& rakelab demo"):
            copytree(demo_run.folder, tmp_path / "reports")
        if block.language == "console":
            for command, told in transcript(block.text):
                done = run(command, tmp_path)
                fine = (0, 1) if command.startswith("rakelab check") else (0,)  # 1: some rows were set aside
                assert done.returncode in fine, (command, done.stderr)
                assert told in ("", done.stdout), command


def test_the_readme_has_a_transcript_of_six_lines() -> None:
    first = next(block for block in blocks(ROOT / "README.md") if block.language == "console")
    assert len(first.text.splitlines()) == 6
    assert [command.split()[1] for command, _ in transcript(first.text)] == ["check", "report"]


def edited(added: dict[str, str], shows: str) -> str:
    """The notebook as JSON with lines added to the cell that holds each key, and ``shows`` in a cell of its own."""
    notebook = json.loads((ROOT / "notebooks" / "palvelutarve.ipynb").read_text(encoding="utf-8"))
    for place, line in added.items():
        (cell,) = (cell for cell in notebook["cells"] if place in "".join(cell["source"]))
        cell["source"] = "".join(cell["source"]) + f"\n{line}"
    last = {"cell_type": "code", "id": "lisatty", "metadata": {}, "outputs": [], "execution_count": None}
    return json.dumps({**notebook, "cells": [*notebook["cells"], {**last, "source": shows}]})


def page_of(command: str, folder: Path) -> str:
    """The Finnish page that a report command writes."""
    done = run(f"{command} --out muutettu", folder)
    assert done.returncode == 0, done.stderr
    page = max((folder / "muutettu").glob("*/report.fi.html"), key=lambda path: path.stat().st_mtime_ns)
    return page.read_text(encoding="utf-8")


def test_the_own_question_is_shown_by_the_notebook_that_the_document_describes(practice: Path) -> None:
    document = ROOT / "docs" / "own_form.md"
    written(document, practice)
    count, show, *_ = (block.text.strip() for block in blocks(document) if block.language == "python")
    (practice / "oma_vihko.ipynb").write_text(edited({"profiili = [": count}, show), encoding="utf-8")
    (command,) = re.findall(r"`(rakelab report oma_vihko[^`]*)`", document.read_text(encoding="utf-8"))
    assert "Ruotsi" in page_of(command, practice)


def test_the_changes_of_the_workshop_work(practice: Path) -> None:
    told = (ROOT / "docs" / "workshop.md").read_text(encoding="utf-8")
    code = re.findall(r"`([^`\n]+)`", told)
    first, second = (line for line in code if " += " in line)
    merge = next(line for line in code if "prepare.merge" in line)
    show = next(line for line in code if line.startswith("present.table"))
    assert {"vuodet = [2021]", 'kunta = "205"'} <= set(code)
    added = {"prepare.accumulation": merge, "profiili = [": first, "tarpeet = [": second}
    (practice / "kevat.ipynb").write_text(edited(added, show), encoding="utf-8")
    data = practice / "reports" / "data" / "synteettinen_palvelutarve_kainuu.csv"
    page = page_of(f"rakelab report kevat.ipynb {data} -p vuodet=2021 -p kunta=205", practice)
    assert "Tilapäinen asunto tai tuttavien luona ja Asunnoton" in page


# --- reading --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_its_heading(document: Path) -> None:
    for target in _LINK.findall(document.read_text(encoding="utf-8")):
        if "://" not in target:
            path, _, heading = target.partition("#")
            file = (document.parent / path).resolve() if path else document
            assert file.exists(), target
            assert not heading or heading in _headings(file), target


def _headings(document: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    found = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_parses(document: Path) -> None:
    for words in rakelab_commands(document):
        asked = cli_parser.parse(words)
        assert asked.command in (*cli_parser.COMMANDS, "help", "version"), words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_program_and_notebook_that_a_command_names_exists(document: Path) -> None:
    lines = [line for block in blocks(document) if block.language == "sh" for line in block.text.splitlines()]
    words = [word for line in lines for word in shlex.split(line, comments=True)]
    files = [word for word in words if re.match(r"(notebooks|benchmarks|tests|\.ci)/", word)]
    assert [file for file in files if not (ROOT / file).exists()] == []
    modules = [after for before, after in pairwise(words) if before == "-m" and after not in ("pip", "venv")]
    assert [name for name in modules if not (ROOT / f"{name.replace('.', '/')}.py").exists()] == []


def test_every_command_and_its_options_are_in_the_readme() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli_parser.COMMANDS if f"| `rakelab {name}" not in told] == []
    assert sorted(set(re.findall(r"\| `rakelab (\w+)", told)) - set(cli_parser.COMMANDS)) == []


def test_every_path_into_the_demos_folder_exists_after_the_demo(demo_run) -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    named = set(re.findall(r"\breports/((?:data|index)[\w./-]*\w)", told))
    assert len(named) >= 5
    assert sorted(name for name in named if not (demo_run.folder / name).exists()) == []
    assert "practice/" not in told


def test_every_document_is_reached_from_the_readme() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DOCUMENTS[1:] if f"({path.relative_to(ROOT).as_posix()})" not in told] == []


def test_the_picture_of_the_readme_is_light() -> None:
    assert (ROOT / "docs" / "images" / "report.png").stat().st_size < 300_000


def test_every_key_of_released_json_is_explained(practice: Path) -> None:
    data = practice / "reports" / "data" / "synteettinen_palvelutarve_kainuu.csv"
    rows = loaders.load(data, "palvelutarve")
    rows = prepare.bands(prepare.select(rows, "ika >= 18", why="x"), "ikaryhma")
    release = archive.as_dict(protect([indicators.mean_age(rows), indicators.profile(rows, "kunta", by="ikaryhma")]))
    told = set(re.findall(r"`([^`]+)`", (ROOT / "docs" / "released_json.md").read_text(encoding="utf-8")))
    assert sorted(_keys(release) - told) == []


def test_every_key_of_the_demos_releases_is_explained(demo_run) -> None:
    told = set(re.findall(r"`([^`]+)`", (ROOT / "docs" / "released_json.md").read_text(encoding="utf-8")))
    for folder in demo_run.provenances():
        release = json.loads((folder / "released.json").read_text(encoding="utf-8"))
        assert sorted(_keys(release) - told) == [], folder.name
        statistics = {number["statistic"] for number in release["numbers"]}
        assert sorted(statistics - told) == [], folder.name


def test_every_report_and_no_other_is_in_the_readme() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Reports\n")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", told, re.MULTILINE)) == sorted(run_kinds())


def test_every_room_is_in_the_architecture() -> None:
    told = set(re.findall(r"`(\w+)/?`", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))
    rooms = {path.stem for path in (ROOT / "rakelab").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert sorted(rooms - told - {"__init__", "__main__", "__pycache__"}) == []


def _keys(value: object) -> set[str]:
    """Every key in nested JSON, except those that are names of variables and levels."""
    if isinstance(value, list):
        return {name for one in value for name in _keys(one)}
    if not isinstance(value, dict):
        return set()
    found = set(value)
    for name, one in value.items():
        if name == "cells" and isinstance(one, dict):  # texts of a register by their field
            continue
        parts = list(one.values()) if name == "variables" and isinstance(one, dict) else one
        found |= set() if name in _NAMED else _keys(parts)
    return found
