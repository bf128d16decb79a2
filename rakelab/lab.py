"""A workspace for a workshop, opened in JupyterLab: copies of the notebooks, invented data, empty forms, a start page.

What is there already is never written over: it may be a participant's work. The notebooks that come with rakelab stay
out of reach of JupyterLab's autosave.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rakelab import demo, i18n, parameters
from rakelab.codebook import codebook
from rakelab.errors import OutputError, UsageError
from rakelab.report import notebook as notebooks
from rakelab.report.run import find
from rakelab.templates import write_template

#: Folders of the workspace: invented data, empty forms, and what JupyterLab keeps for itself.
DATA, FORMS, OWN = "aineistot", "lomakkeet", ".jupyter"
#: JupyterLab's language packs that there are; in Swedish there is none.
_PACKS = {"fi": ("jupyterlab_language_pack_fi_FI", "fi_FI")}


Make = Callable[[Path], object]


@dataclass(frozen=True)
class Workspace:
    """What was made: the folder, its start page, and how many files are new."""

    folder: Path
    start: Path
    new: int


def workspace(folder: Path, lang: str) -> Workspace:
    """Makes the workspace, or what is missing of it. Raises OutputError where the disk refuses."""
    if folder.is_file():
        raise UsageError("lab.not_folder", folder=folder.name)
    start = folder / f"{i18n.text('lab.start', lang)}.ipynb"
    wanted = {start: lambda path: _save(path, _start(lang)), **_data(folder), **_notebooks(folder, lang)}
    wanted |= _forms(folder, lang) | _settings(folder, lang)
    return Workspace(folder, start, sum(_made(path, make) for path, make in wanted.items()))


def _made(path: Path, make: Make) -> bool:
    if path.exists():
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path)
    except OSError:
        raise OutputError("lab.not_written", file=path.name) from None
    return True


def _save(path: Path, content: Any) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


# --- what is in it --------------------------------------------------------------------------------------------


def _data(folder: Path) -> dict[Path, Make]:
    def of(recipe: demo.Recipe) -> Make:
        return lambda path: path.write_bytes(recipe.make(demo.SEED))

    return {folder / DATA / f"synteettinen_{recipe.file}": of(recipe) for recipe in demo.all_recipes()}


def _forms(folder: Path, lang: str) -> dict[Path, Make]:
    kinds = dict.fromkeys(recipe.kind for recipe in demo.all_recipes())

    def of(kind: str) -> Make:
        return lambda path: write_template(codebook(kind), path, lang=lang)

    return {folder / FORMS / f"{kind}.xlsx": of(kind) for kind in kinds}


def _notebooks(folder: Path, lang: str) -> dict[Path, Make]:
    def of(own: Path) -> Make:
        return lambda path: _save(path, _copy(own, lang))

    return {folder / own.name: of(own) for own in notebooks.kinds().values()}


def _copy(own: Path, lang: str) -> dict[str, Any]:
    """The notebook in ``lang``, reading invented data that lie beside it, so that *Run All Cells* works at once."""
    content: dict[str, Any] = json.loads(own.read_text(encoding="utf-8"))
    words = notebooks.every_text(own)[lang]
    given = {
        "lang": lang,
        **next(map(_given, sorted(_recipes(own.stem), key=lambda recipe: recipe.kind != own.stem)), {}),
    }
    for cell in content["cells"]:
        source = words.get(cell["id"], "".join(cell["source"]))
        if "parameters" in cell["metadata"].get("tags", ()):
            source = "\n".join(_line(line, given) for line in source.splitlines())
        cell["source"] = source.strip().splitlines(keepends=True)
    return {**content, "metadata": {**content.get("metadata", {}), **_about(lang)}}


def _about(lang: str) -> dict[str, Any]:
    """What JupyterLab needs to open a notebook without asking, and in which language its text is."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"kernelspec": kernel, "rakelab": {"written": lang}}


def _recipes(name: str) -> Iterator[demo.Recipe]:
    return (recipe for recipe in demo.all_recipes() if find(recipe.kind).path.stem == name)


def _given(recipe: demo.Recipe) -> dict[str, Any]:
    shown = {name: value for name, value in recipe.parameters.items() if value != demo.REPORTS}
    return {"data": f"{DATA}/synteettinen_{recipe.file}", "lomake": recipe.kind, **shown}


def _line(line: str, given: Mapping[str, Any]) -> str:
    """A line of the parameters with the value of the invented data, its comment kept."""
    names = list(parameters.declared(line))
    if not names or not set(names) & set(given):
        return line
    values = parameters.declared(line) | {name: given[name] for name in names if name in given}
    _, mark, comment = line.partition("  #")
    return f"{', '.join(names)} = {', '.join(json.dumps(values[n], ensure_ascii=False) for n in names)}{mark}{comment}"


def _start(lang: str) -> dict[str, Any]:
    """The start page: a notebook of text alone."""
    titles = {own.stem: _title(own, lang) for own in notebooks.kinds().values()}
    links = "\n".join(f"- [{title}]({name}.ipynb)" for name, title in titles.items())
    parts = (i18n.text(f"lab.page.{part}", lang, links=links, data=DATA, forms=FORMS) for part in _PARTS)
    cells = [{"cell_type": "markdown", "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
             for name, text in zip(_PARTS, parts, strict=True)]  # fmt: skip
    return {"cells": cells, "metadata": _about(lang), "nbformat": 4, "nbformat_minor": 5}


_PARTS = ("welcome", "steps", "notebooks", "help")


def _title(own: Path, lang: str) -> str:
    first = next(iter(notebooks.every_text(own)[lang].values()))
    return notebooks.heading(first)[1]


# --- JupyterLab -----------------------------------------------------------------------------------------------


def _settings(folder: Path, lang: str) -> dict[Path, Make]:
    """No news from the network, the chosen language, and errors in it from the first cell on."""
    settings = folder / OWN / "settings" / "@jupyterlab"
    made: dict[Path, Any] = {
        settings / "apputils-extension" / "notification.jupyterlab-settings":
            {"fetchNews": "false", "checkForUpdates": False},
    }  # fmt: skip
    pack, locale = _PACKS.get(lang, ("", ""))
    if pack and find_spec(pack):
        made[settings / "translation-extension" / "plugin.jupyterlab-settings"] = {"locale": locale}
    config = folder / OWN / "ipython" / "profile_default" / "ipython_config.py"
    return {**{path: _saved(content) for path, content in made.items()}, config: lambda path: path.write_text(
        _CONFIG.format(lang=lang), encoding="utf-8")}  # fmt: skip


def _saved(content: Any) -> Make:
    return lambda path: _save(path, content)


_CONFIG = """from rakelab import i18n

i18n.speak("{lang}")
get_config().InteractiveShellApp.extensions = ["rakelab.incell"]
"""


def command(made: Workspace) -> list[str]:
    """What opens the workspace."""
    home = made.folder.resolve()
    options = {"ServerApp.root_dir": home, "LabApp.user_settings_dir": home / OWN / "settings",
               "LabApp.workspaces_dir": home / OWN / "workspaces",
               "LabApp.default_url": f"/lab/tree/{made.start.name}"}  # fmt: skip
    return ["-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]


def open_lab(made: Workspace) -> int:
    """Opens JupyterLab and waits for it; its exit code. Raises UsageError where it is not installed."""
    if find_spec("jupyterlab") is None:
        raise UsageError("lab.no_jupyterlab")
    own = {"IPYTHONDIR": str(made.folder.resolve() / OWN / "ipython")}
    return subprocess.run([sys.executable, *command(made)], env={**os.environ, **own}, check=False).returncode
