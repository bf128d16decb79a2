"""What the report needs to know of an executed notebook: its parameters, texts, released outputs and release."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from rakelab import identifiers, parameters
from rakelab.errors import NotebookError
from rakelab.i18n import LANGUAGES

Notebook = Mapping[str, Any]
MIME = "application/vnd.rakelab+json"


@dataclass(frozen=True)
class Place:
    """Where a code cell stands: its number among the notebook's code cells (from 1) and the heading above it."""

    number: int
    heading: str

    def error(self, key: str, **values: object) -> NotebookError:
        return NotebookError(key, cell=self.number, heading=self.heading or "–", **values)


@dataclass(frozen=True)
class Shown:
    """One released output: the index of its cell, and the exhibit's specification without the release."""

    cell: int
    spec: Mapping[str, Any]


def places(notebook: Notebook) -> dict[int, Place]:
    """Cell index → place, for every code cell. The cell that papermill adds is counted with the one it follows."""
    by_cell: dict[int, Place] = {}
    number, above = 0, ""
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "markdown":
            above = heading(cell["source"])[1] or above
        elif cell["cell_type"] == "code":
            number += not tagged(cell, "injected-parameters")
            by_cell[index] = Place(max(number, 1), above)
    return by_cell


def heading(source: str) -> tuple[int, str]:
    """Level and words of the heading a text begins with; (0, "") where it begins with none."""
    match = re.match(r"\s*(#{1,6})\s+([^\n]+)", source)
    return (len(match[1]), match[2].strip().rstrip("#").strip()) if match else (0, "")


def tagged(cell: Mapping[str, Any], tag: str) -> bool:
    return tag in cell.get("metadata", {}).get("tags", ())


def declared(notebook: Notebook) -> dict[str, Any]:
    """The parameters that the notebook declares, with their defaults."""
    cells = (cell["source"] for cell in notebook["cells"] if tagged(cell, "parameters"))
    return parameters.declared(next(cells, ""))


def choosing(notebook: Notebook) -> set[str]:
    """The parameters that the notebook says choose rows."""
    return {name for c in notebook["cells"] if tagged(c, "parameters") for name in parameters.choosing(c["source"])}


def given(notebook: Notebook) -> dict[str, Any]:
    """The parameters a run had, as they were."""
    injected = [parameters.declared(c["source"]) for c in notebook["cells"] if tagged(c, "injected-parameters")]
    return declared(notebook) | (injected[0] if injected else {})


def settings(notebook: Notebook) -> dict[str, Any]:
    """The parameters a run had, paths cut to file names."""
    return {name: without_folders(value) for name, value in given(notebook).items()}


def without_folders(value: Any) -> Any:
    """A path of the machine as a file name, without what points at a person; any other value as it is."""
    if not isinstance(value, str):
        return value
    windows = PureWindowsPath(value)
    if windows.drive or (windows.root and "\\" in value):
        return identifiers.shown(windows.name)
    a_file = windows.suffix[1:2].isalpha()  # “lupa 1/2026, 2.3.2026” is no path
    if value.startswith(("/", "~", "./", "../")) or (("/" in value or "\\" in value) and a_file):
        return identifiers.shown(windows.name if "\\" in value else PurePosixPath(value).name)
    return value


def bundles(cell: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rakelab bundles among the outputs of a cell."""
    for output in cell.get("outputs", ()):
        if MIME in output.get("data", {}):
            yield output["data"][MIME]


def shown(notebook: Notebook) -> list[Shown]:
    """Every released output in order. Keys are sorted, as they are in a notebook that was written to a file."""
    return [
        Shown(index, _sorted({name: value for name, value in bundle.items() if name != "release"}))
        for index, cell in enumerate(notebook["cells"])
        for bundle in bundles(cell)
    ]


def _sorted(spec: Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(spec, sort_keys=True)))


def release_cell(notebook: Notebook) -> int:
    """The index of the cell that protects: its output carries the whole release. NotebookError if there is none."""
    for index, cell in enumerate(notebook["cells"]):
        if any("release" in bundle for bundle in bundles(cell)):
            return index
    raise NotebookError("report.no_release")


def release(notebook: Notebook) -> Mapping[str, Any]:
    """The released.json of the run, as it stands in the notebook."""
    cell = notebook["cells"][release_cell(notebook)]
    return next(bundle["release"] for bundle in bundles(cell) if "release" in bundle)


def texts(notebook: Notebook, folder: Path | None, name: str) -> dict[str, dict[str, str]]:
    """Language → cell id → text: those kept in the notebook, else those of ``texts_beside``."""
    kept = notebook["metadata"].get("rakelab", {}).get("texts")
    if kept is not None:
        return {lang: dict(words) for lang, words in kept.items()}
    for place, stem in _homes(notebook, folder, name):
        if words := texts_beside(place / f"{stem}.ipynb"):
            return words
    return {}


def _homes(notebook: Notebook, folder: Path | None, name: str) -> Iterator[tuple[Path, str]]:
    if folder is not None:
        yield folder, name
    origin = notebook["metadata"].get("papermill", {}).get("input_path")
    if isinstance(origin, str):
        yield Path(origin).parent, Path(origin).stem


#: The folder of translations beside a notebook.
TRANSLATIONS = "kaannokset"


def texts_beside(path: Path) -> dict[str, dict[str, str]]:
    """The translations of a notebook's text cells: files ``<name>.sv.toml`` and so on in the folder ``kaannokset``
    beside it, or beside it."""
    import tomllib

    homes = (path.parent / TRANSLATIONS, path.parent)
    kept = {lang: [home / f"{path.stem}.{lang}.toml" for home in homes] for lang in LANGUAGES[1:]}
    file_of = {lang: next((file for file in files if file.is_file()), None) for lang, files in kept.items()}
    return {lang: _strings(tomllib, file) for lang, file in file_of.items() if file} or _texts_of_copy(path)


def _texts_of_copy(path: Path) -> dict[str, dict[str, str]]:
    """Of a copy of one that comes with rakelab: the words of the text cells that nobody has changed."""
    own = kinds().get(path.stem)
    if own is None or own.parent == path.parent or not path.is_file():
        return {}
    copy = json.loads(path.read_text(encoding="utf-8"))
    every = every_text(own)
    original = every[written(copy)]
    same = {name for name, source in _sources(copy).items() if original.get(name, "").strip() == source.strip()}
    return {lang: {name: text for name, text in words.items() if name in same} for lang, words in every.items()}


def every_text(path: Path) -> dict[str, dict[str, str]]:
    """The text cells of a notebook that comes with rakelab, by language, its own first."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return {LANGUAGES[0]: _sources(content), **texts_beside(path)}


def written(notebook: Notebook) -> str:
    """The language in which its text cells are written."""
    return str(notebook.get("metadata", {}).get("rakelab", {}).get("written", LANGUAGES[0]))


def _sources(content: Notebook) -> dict[str, str]:
    cells = (cell for cell in content["cells"] if cell["cell_type"] == "markdown")
    return {cell.get("id", ""): "".join(cell["source"]) for cell in cells}


def _strings(tomllib: Any, path: Path) -> dict[str, str]:
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        raise NotebookError("report.broken_texts", file=path.name) from None


def scrubbed(source: str) -> str:
    """The source of a parameters cell with every path cut to a file name; other cells as they are."""
    values = parameters.declared(source)
    if all(without_folders(value) == value for value in values.values()):
        return source
    lines = ast.parse(source).body
    kept = source.splitlines()
    for line, (name, value) in zip(lines, values.items(), strict=True):
        if without_folders(value) != value:
            kept[line.lineno - 1 : line.end_lineno] = [f"{name} = {without_folders(value)!r}"] + [""] * (
                (line.end_lineno or line.lineno) - line.lineno
            )
    return "\n".join(kept)


_PACKAGE = Path(__file__).parents[1]


def kinds() -> dict[str, Path]:
    """The reports that come with rakelab: name → notebook."""
    checkout = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").exists() else _PACKAGE
    homes = (_PACKAGE / "notebooks", checkout / "notebooks")
    return {path.stem: path for home in homes for path in sorted(home.glob("*.ipynb"))}
