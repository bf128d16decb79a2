"""How plain the house is: lines of each room, length of functions, names with several meanings, cells of notebooks.

    python benchmarks/house.py                    the files as they stand
    python benchmarks/house.py a9b8c3c HEAD       these commits, side by side, as a table in Markdown

As they stand, it also tells which files somebody writes to add something (``adding.py`` does it in a copy). Only the
standard library; files of a commit are read with ``git``. A *meaning* of a parameter's name is its annotation:
``one: Key`` and ``one: Cell`` are two. Names of two letters or fewer (``n``, ``by``) are not looked at.
"""

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median, quantiles

import adding

ROOT = Path(__file__).parents[1]
#: Loops that a social worker meets in a cell.
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Names that say nothing of what they hold.
_VAGUE = frozenset(("one", "found", "told", "fine", "barred", "able", "light", "near", "thin", "few", "some"))

Function = ast.FunctionDef | ast.AsyncFunctionDef
Files = Mapping[str, str]


def standing() -> Files:
    """Path → text of the package and of the notebooks, as they stand."""
    paths = [*(ROOT / "rakelab").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def of_commit(commit: str) -> Files:
    """The same of a commit."""
    listed = _git("ls-tree", "-r", "--name-only", commit, "rakelab", "notebooks").splitlines()
    kept = [path for path in listed if path.endswith((".py", ".ipynb"))]
    return {path: _git("show", f"{commit}:{path}") for path in kept}


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def rows(files: Files) -> dict[str, str]:
    """What is measured, in the order of the table."""
    code = {path: text for path, text in files.items() if path.startswith("rakelab/") and path.endswith(".py")}
    trees = [ast.parse(text) for text in code.values()]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    lengths = sorted(map(length, functions))
    several = meanings(functions)
    worst = sorted(several, key=lambda name: -len(several[name]))[:3]
    cells = [cell for path, text in files.items() if path.endswith(".ipynb") for cell in code_cells(text)]
    return {
        "lines of Python in `rakelab/`": f"{sum(map(lines, code.values())):,}",
        **{f"– {room}": f"{n:,}" for room, n in sorted(by_room(code).items())},
        "functions": f"{len(functions):,}",
        "length of a function: median, p90": f"{median(lengths):g}, {quantiles(lengths, n=10)[-1]:.0f}",
        "names of parameters with more than one meaning": str(len(several)),
        "– most meanings": ", ".join(f"`{name}` {len(several[name])}" for name in worst),
        "vague names, each use (`one`, `found`, `told` …)": f"{sum(map(vague, trees)):,}",
        "notebooks: lines of the longest cell": str(max(map(lines, cells))),
        "notebooks: comprehensions": str(sum(map(comprehensions, cells))),
    }


def lines(text: str) -> int:
    return len(text.splitlines())


def by_room(code: Files) -> dict[str, int]:
    """Lines of each package; the modules beside them are one room."""
    found: dict[str, int] = defaultdict(int)
    for path, text in code.items():
        parts = path.split("/")
        found[f"`{parts[1]}/`" if len(parts) > 2 else "modules"] += lines(text)
    return found


def length(node: Function) -> int:
    """Lines of the body, without its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def meanings(functions: Iterable[Function]) -> dict[str, set[str]]:
    """Parameters' names with their annotations, where there are several."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in functions:
        for given in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            if len(given.arg) > 2 and given.annotation is not None:
                found[given.arg].add(ast.unparse(given.annotation).strip("'\""))
    return {name: kinds for name, kinds in found.items() if len(kinds) > 1}


def vague(tree: ast.AST) -> int:
    names = (getattr(node, "id", "") or getattr(node, "arg", "") or "" for node in ast.walk(tree))
    return sum(name in _VAGUE for name in names)


def code_cells(notebook: str) -> list[str]:
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def comprehensions(source: str) -> int:
    return sum(isinstance(node, _COMPREHENSIONS) for node in ast.walk(ast.parse(source)))


def main(commits: list[str]) -> None:
    named = {commit: rows(of_commit(commit)) for commit in commits} or {"now": rows(standing())}
    heads = list(dict.fromkeys(head for told in named.values() for head in told))
    print("| |", " | ".join(named), "|")
    print("|---" * (len(named) + 1) + "|")
    for head in _ordered(heads):
        print("|", head, "|", " | ".join(told.get(head, "–") for told in named.values()), "|")
    for what, add in adding.ADDITIONS.items() if not commits else ():
        files = adding.touched(add)
        print(f"\nwritten for {what}: {len(files)} ({', '.join(files)})")


def _ordered(heads: list[str]) -> list[str]:
    """Rooms stand together, also those that are not in every commit."""
    rooms = sorted(head for head in heads if head.startswith("– `") or head == "– modules")
    others = [head for head in heads if head not in rooms]
    return [*others[:1], *rooms, *others[1:]]


if __name__ == "__main__":
    main(sys.argv[1:])
