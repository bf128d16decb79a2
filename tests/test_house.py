"""The house keeps its own rules: imports, the wall, small functions, and notebooks that see no rows after the wall."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from walls import imported, peeking, wall

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rakelab"
SOURCES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# --- imports --------------------------------------------------------------------------------------------------

CONTRACTS = (
    "Imports go down",
    "Right of the wall no rows",
    "Only the wall and the archive seal",
    "Only present draws",
    "Only report runs notebooks",
    "A file goes one way",
    "What is said stands under what is shown",
    "Open data stand alone",
    "Only open data ask the network",
    "A folder is looked through one way",
)
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def linted(folder: Path) -> tuple[int, str]:
    """import-linter's exit code and words for the package in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_all_contracts_are_kept() -> None:
    code, words = linted(ROOT)
    assert code == 0, words
    for contract in CONTRACTS:
        assert f"{contract} KEPT" in words


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(PACKAGE, folder / "rakelab", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


BAD_IMPORTS = {
    "upwards": ({"errors.py": "import rakelab.cells"}, CONTRACTS[0]),
    "rows in the estimates": ({"estimate/shares.py": "from rakelab import prepare"}, CONTRACTS[1]),
    "rows in a figure, through another room": (
        {"present/figures/theme.py": "import rakelab.parameters", "parameters.py": "import rakelab.dataset"},
        CONTRACTS[1],
    ),
    "rows in the report, in a function": (
        {"report/gate.py": "def read():\n    from rakelab import loaders"},
        CONTRACTS[1],
    ),
    "another seal": ({"report/gate.py": "from rakelab._seal import release"}, CONTRACTS[2]),
    "a seal among the rows": ({"indicators/measure/counts.py": "import rakelab._seal"}, CONTRACTS[2]),
    "a figure elsewhere": ({"report/gate.py": "def draw():\n    import matplotlib.pyplot"}, CONTRACTS[3]),
    "seaborn elsewhere": ({"cli.py": "import seaborn"}, CONTRACTS[3]),
    "papermill elsewhere": ({"cli.py": "def run():\n    import papermill"}, CONTRACTS[4]),
    "a turning back on a file's way": ({"loaders/findings.py": "from rakelab.loaders import checking"}, CONTRACTS[5]),
    "a reader that asks the table of readers": (
        {"loaders/workbook.py": "def read():\n    from rakelab.loaders import reading"},
        CONTRACTS[5],
    ),
    "a sentence that asks a table": (
        {"present/sentences/means.py": "import rakelab.present.tables.means"},
        CONTRACTS[6],
    ),
    "open data that lean on another room": ({"opendata/web.py": "import rakelab.formulas"}, CONTRACTS[7]),
    "the network elsewhere": ({"report/gate.py": "def ask():\n    import httpx"}, CONTRACTS[8]),
    "a reader of files that judges them": ({"scan/reading.py": "from rakelab.scan import counts"}, CONTRACTS[9]),
    "nbformat elsewhere": ({"present/sentences/shares.py": "from nbformat import read"}, CONTRACTS[4]),
}


@pytest.mark.parametrize("fault", BAD_IMPORTS)
def test_each_contract_can_fail(copy: Path, fault: str) -> None:
    lines, contract = BAD_IMPORTS[fault]
    before = {name: (copy / "rakelab" / name).read_text(encoding="utf-8") for name in lines}
    for name, line in lines.items():
        (copy / "rakelab" / name).write_text(f"{before[name]}\n{line}\n", encoding="utf-8")
    code, words = linted(copy)
    for name, text in before.items():
        (copy / "rakelab" / name).write_text(text, encoding="utf-8")
    assert code == 1
    assert f"{contract} BROKEN" in words


def test_a_new_room_must_find_its_place(copy: Path) -> None:
    (copy / "rakelab" / "helpers.py").write_text("", encoding="utf-8")
    code, words = linted(copy)
    (copy / "rakelab" / "helpers.py").unlink()
    assert code == 1
    assert "helpers" in words


# --- small things ---------------------------------------------------------------------------------------------


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT).as_posix()}:{node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_functions_are_small() -> None:
    lengths = {name: length(node) for name, node in functions()}
    assert median(lengths.values()) <= 8
    assert {name: n for name, n in lengths.items() if n > 60} == {}


def test_files_are_short() -> None:
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: n for name, n in lines.items() if n > 400} == {}


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = node.args
    named = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in named if name not in ("self", "cls")]


def test_functions_take_few_parameters() -> None:
    assert {name: parameters(node) for name, node in functions() if len(parameters(node)) > 5} == {}


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [path.name for path in SOURCES if marks.search(path.read_text(encoding="utf-8"))] == []


def test_no_place_of_one_machine_in_the_code() -> None:
    places = re.compile(r"/(?:home|Users|work|root)/\w|[A-Z]:\\\\\w")
    files = [*SOURCES, *NOTEBOOKS, *(ROOT / "notebooks").rglob("*.toml"), *PACKAGE.rglob("*.toml")]
    assert [path.name for path in files if places.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("call", ["print", "breakpoint", "eval", "exec", "globals"])
def test_calls_that_have_no_place_in_a_room(call: str) -> None:
    """Only the command line prints; nothing is evaluated."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == call:
                found.append(path.name)
    assert set(found) <= ({"cli.py"} if call == "print" else set())


# --- notebooks ------------------------------------------------------------------------------------------------


def cells(path: Path, kind: str = "code") -> list[dict]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_code_cells_are_short(self, path: Path) -> None:
        assert [cell["id"] for cell in cells(path) if len(source(cell).splitlines()) > 15] == []

    def test_nothing_is_defined(self, path: Path) -> None:
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
        found = [c["id"] for c in cells(path) for node in ast.walk(ast.parse(source(c))) if isinstance(node, kinds)]
        assert found == []

    def test_no_outputs_are_kept(self, path: Path) -> None:
        assert [cell["id"] for cell in cells(path) if cell["outputs"] or cell["execution_count"]] == []

    def test_cells_have_names_of_their_own(self, path: Path) -> None:
        ids = [cell["id"] for kind in ("code", "markdown") for cell in cells(path, kind)]
        assert len(set(ids)) == len(ids)
        assert [one for one in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", one)] == []

    def test_parameters_are_marked_once(self, path: Path) -> None:
        marked = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
        assert len(marked) == 1

    def test_one_wall(self, path: Path) -> None:
        assert wall([source(cell) for cell in cells(path)]) > 1

    def test_a_page_that_protects_nothing_reads_no_rows(self, path: Path) -> None:
        """Only a cell that calls ``protect`` lets rows out; a page that seals otherwise imports no room with any."""
        texts = [source(cell) for cell in cells(path)]
        protects = "protect([" in texts[wall(texts)]
        rooms = imported([ast.parse(text) for text in texts]) & {"loaders", "prepare", "indicators", "dataset", "demo"}
        assert protects == bool(rooms)

    def test_no_row_after_the_wall(self, path: Path) -> None:
        assert peeking([source(cell) for cell in cells(path)]) == set()

    def test_every_output_goes_through_present(self, path: Path) -> None:
        """The last line of a cell shows something only if it calls ``present``."""
        shown = []
        for cell in cells(path):
            last = ast.parse(source(cell)).body[-1]
            if isinstance(last, ast.Expr):
                shown.append(ast.unparse(last.value).split("(")[0])
        assert [one for one in shown if not one.startswith(("present.", "parameters."))] == []

    def test_all_languages_have_the_same_cells(self, path: Path) -> None:
        import tomllib

        texts = {cell["id"] for cell in cells(path, "markdown")}
        for lang in ("sv", "en"):
            translated = tomllib.loads(
                (path.parent / "kaannokset" / f"{path.stem}.{lang}.toml").read_text(encoding="utf-8")
            )
            assert texts <= set(translated) | set(translated.get("cells", {}))


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] != []


def test_peeking_over_the_wall_is_seen() -> None:
    read, wall = "rows = read(data)", "released = protect([needs(rows)], policy)"
    first = ["data = ''", "from rakelab import present, read, protect", read, wall]
    assert peeking([*first, "present.table(released['needs'])"]) == set()
    assert peeking([*first, "present.table(rows)"]) == {"rows"}
    assert peeking([*first, "table = released['needs']", "present.table(table)"]) == set()
    assert peeking([*first, "present.table(unknown)"]) == {"unknown"}
    assert peeking([*first, "present.made(data)"]) == set()
    assert peeking([*first, "names = [rows for rows in released]\npresent.several(names)"]) == set()
    assert peeking([*first, "names = [one for one in rows]\npresent.several(names)"]) == {"rows"}
    assert peeking([*first, "names = [rows for rows in rows]\npresent.several(names)"]) == {"rows"}
    assert peeking([*first, "names = {one: rows for one in released}\npresent.several(names)"]) == {"rows"}
    alone = ["n = 1", "import archive, present", "released = archive.without_rows(n)", "present.made(n)"]
    assert peeking(alone) == set()


def test_a_notebook_has_one_wall() -> None:
    for texts in (["x = 1"], ["released = protect([x])", "again = protect([y])"]):
        with pytest.raises(ValueError, match="unpack"):
            wall(texts)
