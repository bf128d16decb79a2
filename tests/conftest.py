"""What several rooms' tests share: the demo's reports, made once in a run, and a real browser."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from uuid import uuid4

import pytest
from pages import name_of
from together import PATIENCE, alone, shared_folder

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: Not of this machine's own settings: the same cells are hidden wherever the tests run.
os.environ["RAKELAB_SECRET"] = "kokeiden oma, kaikille kerrottu salaisuus"


#: Nor of one another: each module and each test has a ledger of its own, so none is held against another's reports.
LEDGER = "RAKELAB_LEDGER"


@pytest.fixture(scope="module", autouse=True)
def ledger_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LEDGER, str(tmp_path_factory.getbasetemp() / f"ledger-{uuid4()}"))
        yield


@pytest.fixture(autouse=True)
def ledger_of_test(
    ledger_of_module: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEDGER, str(tmp_path_factory.getbasetemp() / f"ledger-{uuid4()}"))


@pytest.fixture
def ledger_beside_data(ledger_of_test: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere where nothing is said of it."""
    monkeypatch.delenv(LEDGER)


@dataclass(frozen=True)
class Demo:
    """One run of ``rakelab demo``: its folder, what it printed, and the folder it had for temporary files."""

    folder: Path
    said: str
    temporary: Path

    @property
    def pages(self) -> list[Path]:
        return sorted(self.folder.glob("*/report.??.html"))

    @property
    def data(self) -> list[Path]:
        return sorted(path for path in (self.folder / "data").iterdir() if path.is_file())

    def file(self, name: str) -> Path:
        """The demo file of a name: ``palvelutarve_kainuu``."""
        return next(path for path in self.data if path.stem == f"synteettinen_{name}")

    def report(self, name: str) -> Path:
        """The folder of the report of a name (``pages.NAMES``)."""
        return next(path for path, told in self.provenances().items() if name_of(told) == name)

    def provenances(self) -> dict[Path, dict]:
        found = self.folder.glob("*/provenance.json")
        return {path.parent: json.loads(path.read_text(encoding="utf-8")) for path in found}


def _run(*words: object, temporary: Path | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **({"TMPDIR": str(temporary)} if temporary else {}), "PYTHONUTF8": "1"}
    env.pop("RAKELAB_LANG", None)
    if words[0] == "demo":
        env.pop(LEDGER, None)
    command = [sys.executable, "-m", "rakelab", *map(str, words)]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, encoding="utf-8", timeout=PATIENCE)


@pytest.fixture(scope="session")
def rakelab() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The real command line in a process of its own; ``temporary``: its folder for temporary files."""
    return _run


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo's reports in all languages; one worker makes them, the others wait."""
    home = shared_folder(tmp_path_factory, "demo")
    told = home / "said.json"
    with alone(home / "lock"):
        if not told.exists():
            told.write_text(json.dumps(_made(home)), encoding="utf-8")
    code, said = json.loads(told.read_text(encoding="utf-8"))
    assert code == 0, said
    return Demo(home / "reports", said, home / "tmp")


def _made(home: Path) -> tuple[int, str]:
    (home / "tmp").mkdir()
    done = _run("demo", "--out", home / "reports", temporary=home / "tmp")
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """Chromium with no user data, closed with the module: its event loop must not live on beside papermill's."""
    program = next(filter(None, map(which, BROWSERS)), None)
    if program is None:
        (pytest.fail if os.environ.get("RAKELAB_REQUIRE_BROWSER") == "1" else pytest.skip)("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()
