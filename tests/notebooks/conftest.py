import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pages import MADE_BY, NAMES
from together import alone, shared_folder

from rakelab.report import run

NOTEBOOKS = run.kinds()


def papermill(path: Path, made: Path, **parameters: object) -> subprocess.CompletedProcess[str]:
    """Plain papermill: a real Jupyter kernel, nothing of ours but what the notebook imports. Texts go as they are."""
    given = []
    for name, value in parameters.items():
        given += ["-r", name, value] if isinstance(value, str) else ["-y", json.dumps({name: value})]
    command = [sys.executable, "-m", "papermill", str(path), str(made), "-k", "python3", "--no-progress-bar", *given]
    env = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "RAKELAB_LEDGER": str(made.with_name("ledger"))}
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=400, env=env)


@pytest.fixture(scope="session", params=NAMES)
def name(request) -> str:
    """A page of the demo; every notebook has one at least."""
    return request.param


@pytest.fixture(scope="session")
def ours(name, demo_run) -> Path:
    """The folder that ``rakelab demo`` made of the notebook with one of its files, in all languages."""
    return demo_run.report(name)


@pytest.fixture(scope="session")
def plain(name, ours, demo_run, tmp_path_factory) -> Path:
    """The notebook as plain papermill leaves it, with the parameters that the report was made with; made once in a run,
    whichever worker asks first."""
    home = shared_folder(tmp_path_factory, f"plain-{name}")
    with alone(home / "lock"):
        if not (home / "ajettu.ipynb").exists():
            _run_plainly(home / "ajettu.ipynb", name, ours, demo_run)
    return home / "ajettu.ipynb"


def _run_plainly(made: Path, name: str, ours: Path, demo_run: Any) -> None:
    given = json.loads((ours / "provenance.json").read_text(encoding="utf-8"))["parameters"]
    places = {path.name: path for path in (*demo_run.data, demo_run.folder)}
    given |= {
        one: str(places[given[one]]) for one in ("data", "raportit") if isinstance(given.get(one), str) and given[one]
    }
    part = made.with_name("kesken.ipynb")
    done = papermill(NOTEBOOKS[MADE_BY[name]], part, **given)
    assert done.returncode == 0, done.stderr[-2000:]
    part.rename(made)
