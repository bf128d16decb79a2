"""A run that fails on purpose, with a row's value in the message: nothing of it leaves the process."""

import json
import logging
import os
import subprocess
import sys

import pytest

from rakelab import cli
from rakelab.report import run

from .search import found, leaks

TEXTS = 'arvioinnit.frame["muuta"].dropna().tolist()'
FAILING = {
    "a message": f"raise ValueError(str({TEXTS}))",
    "a key": f"{{}}[str({TEXTS})]",
    "pandas": 'arvioinnit.frame["muuta"].dropna().astype(str).astype(float)',
    "an assertion": f"assert not {TEXTS}, {TEXTS}",
    "an exit": f"import sys\nsys.exit(str({TEXTS}))",
    "a chain": f"try:\n    raise ValueError({TEXTS})\nexcept ValueError:\n    raise KeyError({TEXTS})",
    "an exception's name": f"raise type(' '.join({TEXTS}), (Exception,), {{}})(1)",
    "the frame": "arvioinnit.frame",
    "the raw table": "display(loaders.read(data).frame)",
    "a print": f"print({TEXTS})",
    "an error stream": f"import sys\nsys.stderr.write(str({TEXTS}))",
    "a warning": f"import warnings\nwarnings.warn(str({TEXTS}))",
    "a log": f"import logging\nlogging.error(str({TEXTS}))",
    "a shell": f"import os\nos.system('echo ' + ascii({TEXTS}))",
    "a figure": f"import matplotlib.pyplot as plt\n_ = plt.figure().suptitle(str({TEXTS}))",
    "a thread": f"import threading\nt = threading.Thread(target=lambda: print({TEXTS}))\nt.start(); t.join(); 1 / 0",
    "released by hand": f"display({{'text/html': {TEXTS}[0]}}, raw=True, metadata={{'rakelab': {{'released': True}}}})",
    "handed to present": f"present.made(released, parameters={{'teksti': {TEXTS}}}, lang=lang)",
    "as a sentence": f"present.findings({TEXTS}[0], lang=lang)",
}
SLOW = ("pandas", "a print", "a warning")


@pytest.fixture
def failing(tmp_path):
    """The notebook of the service-need form with one bad cell more, just before its last section."""

    def write(source):
        book = json.loads(run.kinds()["palvelutarve"].read_text(encoding="utf-8"))
        cells = book["cells"]
        wall = next(i for i, cell in enumerate(cells) if cell["id"] == "suojaa") + 1
        bad = {**cells[wall - 1], "id": "huono", "source": source}
        book["cells"] = [*cells[:wall], bad, cells[-2], cells[-1]]
        path = tmp_path / "vihko.ipynb"
        path.write_text(json.dumps(book), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("case", FAILING)
def test_neither_the_terminal_nor_a_file_tells_it(demo_run, failing, tmp_path, capfd, caplog, case):
    out = tmp_path / "out"
    words = ["report", str(failing(FAILING[case])), str(demo_run.file("palvelutarve_kainuu")), "--out", str(out)]
    with caplog.at_level(logging.DEBUG):
        code = cli.main(words)
    said = capfd.readouterr()
    assert (found(said.out + said.err + caplog.text), leaks(out) if out.exists() else []) == ([], [])
    if case not in ("a shell",):
        assert (code in (2, 4), said.out, said.err != "") == (True, "", True)
        assert list(out.rglob("*")) == []


@pytest.mark.parametrize("case", SLOW)
def test_nothing_is_left_among_the_temporary_files(demo_run, rakelab, failing, tmp_path, case):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    data = demo_run.file("palvelutarve_kainuu")
    words = ("report", failing(FAILING[case]), data, "--out", tmp_path / "out", "--lang", "en")
    done = rakelab(*words, temporary=temporary, cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    assert (done.stdout, found(done.stderr), "Traceback" in done.stderr) == ("", [], False)
    assert [path for path in temporary.rglob("*") if path.is_file()] == []


def test_papermills_log_and_what_it_keeps_of_a_failed_run_tell_nothing(demo_run, failing, tmp_path, tmp_path_factory):
    """``papermill --engine rakelab`` writes the notebook that failed: its outputs so far are there, and no value."""
    path, kept, temporary = failing(FAILING["pandas"]), tmp_path / "ajettu.ipynb", tmp_path_factory.mktemp("t")
    command = [
        sys.executable,
        "-m",
        "papermill",
        path,
        kept,
        "--engine",
        "rakelab",
        "-r",
        "data",
        demo_run.file("palvelutarve_kainuu"),
    ]
    command += ["--log-output", "--log-level", "DEBUG"]
    env = {**os.environ, "TMPDIR": str(temporary)}
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=env, cwd=tmp_path, timeout=300)
    assert done.returncode != 0
    assert "Executing Cell" in done.stderr  # it did log
    assert found(done.stdout + done.stderr) == []
    assert leaks(tmp_path) + leaks(temporary) == []
