"""The project's own papers agree: what is needed, which versions, where it lies, what it is called."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import pytest
import yaml

import rakelab

ROOT = Path(__file__).parents[1]
TOP = {
    "notebooks", "rakelab", "data_templates", "tests", "environment.yml", "pyproject.toml", "README.md",
    "docs", "benchmarks", "constraints.txt", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
}  # fmt: skip
#: Needed, but never imported: the door itself.
NOT_IMPORTED = {"jupyterlab"}


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def conda() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {_plain(name): number for name, _, number in (line.partition("==") for line in lines)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _named(requirement: str) -> str:
    return _plain(re.match(r"[\w.-]+", requirement)[0])


def _needed(project: dict, *extras: str) -> list[str]:
    """What the project asks for by itself, and what the extras ask for."""
    more = [name for extra in extras for name in project["optional-dependencies"][extra]]
    return [_named(one) for one in (*project["dependencies"], *more)]


@pytest.fixture(scope="module")
def listed() -> list[str]:
    """The files of the project as git knows them."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return done.stdout.splitlines()


def test_nothing_lies_on_the_top_level_beside_what_belongs_there(listed: list[str]) -> None:
    top = {line.partition("/")[0] for line in listed}
    assert {name for name in top if not name.startswith(".")} - TOP == set()


def test_everything_that_belongs_on_the_top_level_is_there() -> None:
    assert [name for name in sorted(TOP) if not (ROOT / name).exists()] == []


def test_environment_holds_python_pip_and_the_project_itself(conda: dict) -> None:
    assert conda["name"] == "rakelab"
    assert conda["channels"] == ["conda-forge"]
    python, *rest = conda["dependencies"]
    assert rest == ["pip", {"pip": ["-c constraints.txt", "-e ."]}]
    assert python.partition("=")[0] == "python"


def test_environment_and_project_agree_on_python(conda: dict, project: dict) -> None:
    assert project["requires-python"] == ">=" + conda["dependencies"][0].partition("=")[2]


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.!]*", line)] == []
    names = [line.partition("==")[0].lower() for line in lines]
    assert names == sorted(set(names))


def test_every_dependency_is_pinned_and_listed_once(project: dict, pinned: dict[str, str]) -> None:
    needed = _needed(project, "export", "open", "test", "dev")
    assert set(project["optional-dependencies"]) == {"export", "open", "test", "dev"}
    assert sorted(set(needed) - set(pinned)) == []
    assert sorted(needed) == sorted(set(needed))
    assert "rakelab" not in pinned


def test_what_is_installed_is_what_is_pinned(project: dict, pinned: dict[str, str]) -> None:
    """Where this fails, install with ``-c constraints.txt`` as the README says."""
    found = {name: _installed(name) for name in _needed(project, "export", "open", "test")}
    assert found == {name: pinned[name] for name in found}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def test_what_the_package_imports_is_declared(project: dict) -> None:
    homes = packages_distributions()
    used = {_plain(home) for module in _imports() for home in homes.get(module, [module])}
    declared = set(_needed(project, "export", "open"))
    assert sorted(used - declared) == []
    assert sorted(declared - used - NOT_IMPORTED) == []


def _imports() -> set[str]:
    """Top-level names of everything imported in the package, from outside it and the standard library."""
    found: set[str] = set()
    for path in (ROOT / "rakelab").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name.partition(".")[0] for name in names}
    return found - set(sys.stdlib_module_names) - {"rakelab"}


def test_the_version_is_stated_once_and_the_changelog_knows_it(project: dict) -> None:
    assert project["dynamic"] == ["version"]
    assert "version" not in project
    heads = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased" or heads[0] == rakelab.__version__
    assert rakelab.__version__ in heads


def test_the_licence_is_mit(project: dict) -> None:
    assert project["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_the_run_of_the_ci_is_the_command_of_the_readme() -> None:
    fresh = "python3 -m venv .venv && . .venv/bin/activate && "
    demo = "python -m pip install -c constraints.txt -e . && rakelab demo"
    tests = 'python -m pip install -c constraints.txt -e ".[export,open,test]" && pytest'
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in readme if line.startswith(fresh)] == [fresh + demo, fresh + tests]
    run = ROOT / ".ci" / "run"
    lines = run.read_text(encoding="utf-8").splitlines()
    (place,) = (i for i, line in enumerate(lines) if line.startswith(tests))
    assert {"ruff check", "ruff format --check", "mypy"} <= set(lines[:place])
    assert lines[place] == tests + " || exit"  # the list alone would let a failed install pass
    assert any("pip install -q -c constraints.txt" in line and line.endswith(".whl") for line in lines[place:])
    assert run.stat().st_mode & 0o111


def test_the_hooks_before_a_commit_are_the_checks_of_the_ci() -> None:
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert local["repo"] == "local"
    assert {hook["entry"] for hook in local["hooks"]} == {"ruff check", "ruff format --check", "mypy"} <= set(run)
    assert {hook["language"] for hook in local["hooks"]} == {"system"}


#: Rooms of tests that look at the whole from outside, and have no counterpart in the package.
WHOLE = {"attacker", "badinput", "browser", "canary", "notebooks"}
#: Files about what several modules do together, about a document, or about a form from its file to its page.
TOGETHER = {
    "test_adding.py", "test_composed_names.py", "test_docs.py", "test_glossary.py", "test_house.py",
    "test_palvelutarve.py", "test_project.py", "test_recount.py", "test_reserved.py", "test_sentences.py",
    "test_surveys.py", "test_toteutussuunnitelma.py", "test_whole_counts.py", "demo/test_files.py",
    "formulas/test_coverage.py", "formulas/test_nist.py", "identifiers/test_find.py",
    "identifiers/test_measured.py", "indicators/test_links.py", "loaders/test_bad_files.py",
    "loaders/test_canary.py", "loaders/test_kanta.py", "loaders/test_reporting_sources.py",
    "loaders/test_silent.py", "present/test_superlatives.py", "protect/test_norway.py", "protect/test_open.py",
    "protect/test_rest.py", "protect/test_same.py", "report/test_no_identity.py", "report/test_one_release.py",
    "report/test_written.py",
}  # fmt: skip


def test_tests_lie_where_the_package_has_what_they_test() -> None:
    """``tests/room/test_x.py`` is about ``rakelab/room/x.py`` (or the room x), ``tests/room/test_room.py`` about all of
    the room."""
    tests = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    apart = {path.as_posix() for path in tests if path.parts[0] not in WHOLE and not _mirrors(path)}
    assert sorted(apart ^ TOGETHER) == []


def _mirrors(path: Path) -> bool:
    name, room = path.stem.removeprefix("test_"), ROOT / "rakelab" / path.parent
    return name == path.parent.name or (room / f"{name}.py").exists() or (room / name).is_dir()


def test_no_file_of_the_project_names_a_machine(listed: list[str]) -> None:
    """Paths of a home or a workplace, and addresses of a package index, are nobody else's business."""
    place = re.compile(r"/(?:root|work|opt)/\w|https?://[\w.-]+/(?:simple|repository)/")
    kinds = {".py", ".toml", ".md", ".ipynb", ".yml", ".txt", ".j2", ".css", ".json", ""}
    texts = {name: ROOT / name for name in listed if Path(name).suffix in kinds and (ROOT / name).is_file()}
    assert [name for name, path in texts.items() if place.search(path.read_text("utf-8", "replace"))] == []
