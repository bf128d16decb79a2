"""Disks that refuse and a user who changes their mind: exit code 3 or 130, a clear sentence, and nothing half-made."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from rakelab.i18n import LANGUAGES

from . import files
from .conftest import clear, inside, says

OLD = {"index.html": 'vanha <p class="dataset">rakelab</p>', "muu/report.fi.html": "vanha"}


@pytest.fixture
def out(tmp_path) -> Path:
    """An output folder that already holds something."""
    for name, content in OLD.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(content)
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_in_the_place_of_the_folder(tell, tmp_path, lang):
    (tmp_path / "out").write_text("tiedosto")
    told = tell("report", "palvelutarve", files.export(tmp_path, 40), "--out", tmp_path / "out", "--lang", lang)
    assert (told.code, told.out, clear(told)) == (3, "", True)
    assert says(told.err, "report.not_folder", lang)
    assert (tmp_path / "out").read_text() == "tiedosto"


@pytest.mark.parametrize(
    ("fault", "key", "lang"),
    [
        (errno.ENOSPC, "report.disk_full", "fi"),
        (errno.ENOSPC, "report.disk_full", "sv"),
        (errno.EROFS, "report.read_only", "en"),
    ],
)
def test_a_disk_that_refuses_in_the_middle(tell, tmp_path, out, monkeypatch, fault, key, lang):
    path, real = files.export(tmp_path, 40), Path.write_bytes

    def write(self, content):
        if out in self.parents and self.name.startswith("report."):
            raise OSError(fault, os.strerror(fault))
        return real(self, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    told = tell("report", "palvelutarve", path, "--out", out, "--lang", lang)
    assert (told.code, told.out, clear(told), contents(out)) == (3, "", True, OLD)
    assert told.left == inside(out) == ["index.html", "muu", "muu/report.fi.html"]
    assert says(told.err, key, lang), told.err


def test_a_file_size_limit_of_the_system(tmp_path, out):
    """A real refusal of the kernel, without any rights: no file may grow over 100 kB."""
    path = files.export(tmp_path, 40)
    command = [sys.executable, "-m", "rakelab", "report", "palvelutarve", path, "--out", out, "--lang", "en"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # noqa: E731
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, timeout=120)
    assert (done.returncode, done.stdout, contents(out)) == (3, "", OLD)
    assert says(done.stderr, "report.not_written", "en")
    assert "Traceback" not in done.stderr


@pytest.fixture
def tiny(tmp_path):
    """A real file system of 100 kB, where the test may make one."""
    place = tmp_path / "levy"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no right to mount a file system here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(tell, tmp_path, tiny):
    told = tell("report", "palvelutarve", files.export(tmp_path, 40), "--out", tiny / "raportit", "--lang", "sv")
    assert (told.code, told.out, clear(told)) == (3, "", True)
    assert says(told.err, "report.disk_full", "sv")
    assert [name for name in inside(tiny) if name != "raportit"] == []


def test_a_read_only_disk(tell, tmp_path, tiny):
    subprocess.run(["mount", "-o", "remount,ro", tiny], check=True)
    told = tell("report", "palvelutarve", files.export(tmp_path, 40), "--out", tiny, "--lang", "fi")
    assert (told.code, told.out, clear(told)) == (3, "", True)
    assert says(told.err, "report.read_only", "fi")


@pytest.fixture
def faulty(tmp_path) -> Path:
    """A file with one row to set aside."""
    path = tmp_path / "sivuun.csv"
    path.write_text("\n".join([files.HEADER, *[files.ROW] * 20, "2021;Atlantis;nainen;34"]), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_doors_that_cannot_write(tell, tmp_path, faulty, lang):
    nowhere = tmp_path / "puuttuu"
    told = tell("check", "palvelutarve", faulty, "--write-set-aside", nowhere / "rivit.csv", "--lang", lang)
    assert (told.code, clear(told), says(told.err, "loaders.aside.cannot_write", lang)) == (3, True, True)
    told = tell("template", "palvelutarve", "--out", nowhere / "pohja.csv", "--lang", lang)
    assert (told.code, clear(told), says(told.err, "templates.not_written", lang)) == (3, True, True)
    assert not nowhere.exists()


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as full, suppress(OSError):
        while True:
            full.write(b"x" * 4096)


def test_rows_set_aside_on_a_full_disk(tell, tiny, faulty):
    fill(tiny / "taynna")
    told = tell("check", "palvelutarve", faulty, "--write-set-aside", tiny / "rivit.csv", "--lang", "en")
    assert (told.code, clear(told), inside(tiny)) == (3, True, ["taynna"])


def test_rows_set_aside_never_take_the_place_of_what_is_no_file(tell, tmp_path, faulty):
    pipe = tmp_path / "putki.csv"
    os.mkfifo(pipe)
    told = tell("check", "palvelutarve", faulty, "--write-set-aside", pipe)
    assert (pipe.is_fifo(), told.code) == (True, 3)


def listens() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("wait", [0.0, 1.5])
def test_ctrl_c_to_the_whole_group_leaves_nothing(tmp_path, out, wait):
    """As a terminal sends it: to the command, the warm process and the workers at once. A shell that starts these tests
    in the background has them ignore Ctrl-C, and what they start with them: the command listens all the same.
    """
    path = files.export(tmp_path, 300)
    before = out.stat().st_mtime_ns
    command = [sys.executable, "-m", "rakelab", "report", "palvelutarve", path, "--out", out, "--lang", "all"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=listens
    ) as running:
        while out.stat().st_mtime_ns == before and running.poll() is None:  # the folder was tried: work begins
            time.sleep(0.01)
        time.sleep(wait)
        os.killpg(running.pid, signal.SIGINT)
        said, told = running.communicate()
    assert (running.returncode, said, contents(out)) == (130, "", OLD), told
    assert says(told, "cli.interrupted", "fi")
    assert "Traceback" not in told, told
    assert inside(out) == ["index.html", "muu", "muu/report.fi.html"]
