import errno
import os
from pathlib import Path

import pytest

from rakelab.errors import OutputError
from rakelab.report import files

NEW = {"report.fi.html": b"uusi", "figures/01.svg": b"<svg/>"}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_is_written_whole_with_what_lies_beside_it(tmp_path):
    files.write_folder(tmp_path / "out" / "a", NEW, {"index.html": b"i"})
    assert contents(tmp_path) == {"out/index.html": b"i"} | {f"out/a/{name}": content for name, content in NEW.items()}


def test_what_was_ours_is_replaced_and_what_is_not_stays(tmp_path):
    files.write_folder(tmp_path / "a", {"vanha.txt": b"vanha", "figures/02.svg": b"vanha"}, {})
    others = {"muistio.docx": b"oma", "liitteet/a/kuva.png": b"oma", "figures/oma.svg": b"oma"}
    for name, content in others.items():
        (tmp_path / "a" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a" / name).write_bytes(content)
    (tmp_path / "a" / "tyhja").mkdir()
    (tmp_path / "a" / "linkki").symlink_to(tmp_path / "muualla")
    files.write_folder(tmp_path / "a", NEW, {}, ours={"vanha.txt", "figures/02.svg"})
    assert contents(tmp_path / "a") == NEW | others
    assert (tmp_path / "a" / "tyhja").is_dir()
    assert (tmp_path / "a" / "linkki").readlink() == tmp_path / "muualla"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (OSError(errno.ENOSPC, "x"), "report.disk_full"),
        (PermissionError(errno.EACCES, "x"), "report.read_only"),
        (OSError(errno.EROFS, "x"), "report.read_only"),
        (NotADirectoryError(errno.ENOTDIR, "x"), "report.not_folder"),
        (OSError(errno.EIO, "x"), "report.not_written"),
        (KeyboardInterrupt(), None),
    ],
)
@pytest.mark.parametrize("moment", ["write_bytes", "replace"])
def test_a_failure_leaves_what_stood_there_and_nothing_else(tmp_path, monkeypatch, fault, key, moment):
    files.write_folder(tmp_path / "out" / "a", {"vanha.txt": b"vanha"}, {})
    before = contents(tmp_path)
    broken(monkeypatch, moment, fault)
    with pytest.raises(OutputError if key else KeyboardInterrupt) as caught:
        files.write_folder(tmp_path / "out" / "a", NEW, {"index.html": b"i"})
    monkeypatch.undo()
    assert contents(tmp_path) == before
    if key:
        assert (caught.value.key, caught.value.values) == (key, {"folder": "out"})


def broken(monkeypatch, moment, fault):
    """The second write, or the move of the new folder into its place, fails."""
    if moment == "write_bytes":
        real, calls = Path.write_bytes, []

        def write(path, content):
            calls.append(path)
            if len(calls) == 2:
                raise fault
            return real(path, content)

        monkeypatch.setattr(Path, "write_bytes", write)
    else:
        real_move = os.replace

        def move(old, new):
            if Path(old).name == "new":
                raise fault
            return real_move(old, new)

        monkeypatch.setattr(os, "replace", move)


def test_folders_made_for_a_report_that_failed_are_gone(tmp_path, monkeypatch):
    broken(monkeypatch, "write_bytes", OSError(errno.ENOSPC, "x"))
    with pytest.raises(OutputError):
        files.write_folder(tmp_path / "x" / "y" / "a", NEW, {})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told_before_any_work(tmp_path):
    (tmp_path / "out").write_text("tiedosto")
    with pytest.raises(OutputError) as caught, files.ready(tmp_path / "out"):
        pass
    assert str(caught.value) == "out ei ole kansio. Anna toinen kansio valinnalla --out."


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_a_read_only_folder_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError) as caught, files.ready(tmp_path):
        pass
    assert caught.value.key == "report.read_only"


def test_files_are_put_beside_those_of_others_whole_or_not_at_all(tmp_path, monkeypatch):
    """Two at once must not write into one half-written file, and a full disk leaves what was there."""
    (tmp_path / "a.pdf").write_bytes(b"vanha")
    (tmp_path / "oma.txt").write_bytes(b"oma")
    files.write_files(tmp_path, {"a.pdf": b"uusi", "b.pdf": b"uusi"})
    assert contents(tmp_path) == {"a.pdf": b"uusi", "b.pdf": b"uusi", "oma.txt": b"oma"}

    def full(path, content):
        raise OSError(errno.ENOSPC, "levy")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError) as caught:
        files.write_files(tmp_path, {"a.pdf": b"uudempi"})
    assert caught.value.key == "report.disk_full"
    assert contents(tmp_path) == {"a.pdf": b"uusi", "b.pdf": b"uusi", "oma.txt": b"oma"}
