import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rakelab.report import run

NOTEBOOKS = run.kinds()


def papermill(path: Path, made: Path, **parameters: str) -> subprocess.CompletedProcess[str]:
    """Plain papermill: a real Jupyter kernel, nothing of ours but what the notebook imports."""
    given = [word for name, value in parameters.items() for word in ("-r", name, value)]
    command = [sys.executable, "-m", "papermill", str(path), str(made), "-k", "python3", "--no-progress-bar", *given]
    env = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=400, env=env)


@pytest.fixture(scope="session", params=NOTEBOOKS)
def kind(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def ours(kind, demo_run) -> Path:
    """The folder that ``rakelab report`` made of the notebook with its demo file, in all languages."""
    told = {
        path.parent: json.loads(path.read_text(encoding="utf-8")) for path in demo_run.folder.glob("*/provenance.json")
    }
    found = [folder for folder, one in told.items() if one["kind"] == kind]
    assert found, f"the demo has no file for the notebook {kind}"
    return found[0]


@pytest.fixture(scope="session")
def plain(kind, ours, demo_run, tmp_path_factory) -> Path:
    """The notebook as plain papermill leaves it."""
    made = tmp_path_factory.mktemp("plain") / "ajettu.ipynb"
    file = json.loads((ours / "provenance.json").read_text(encoding="utf-8"))["file"]["name"]
    done = papermill(NOTEBOOKS[kind], made, data=str(demo_run.folder / "data" / file))
    assert done.returncode == 0, done.stderr[-2000:]
    return made
