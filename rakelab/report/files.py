"""Writing a report whole or not at all: into a hidden folder beside the target, which then takes its place."""

import errno
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from rakelab.errors import OutputError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_folder(
    target: Path, files: Mapping[str, bytes], beside: Mapping[str, bytes], ours: Collection[str] = ()
) -> None:
    """Make ``target`` hold ``files`` (path inside it → content), and put ``beside`` next to it.

    Of what stood there, the files that are ``ours`` go and all others stay; the folder changes at the very end.
    Raises OutputError, and leaves everything as it was, where it cannot.
    """
    with as_output_errors(target.parent), _workshop(target.parent) as workshop:
        _keep(target, workshop / "new", gone={*ours, *files})
        for name, content in files.items():
            _write(workshop / "new" / name, content)
        for name, content in beside.items():
            _write(workshop / "beside" / name, content)
        _swap(workshop / "new", target, workshop / "old")
        for name in beside:
            os.replace(workshop / "beside" / name, target.parent / name)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder that others may be writing to as well, each whole or not at all. Raises OutputError."""
    with as_output_errors(folder), _workshop(folder) as workshop:
        for name, content in files.items():
            _write(workshop / name, content)
        for name in files:
            os.replace(workshop / name, folder / name)


@contextmanager
def ready(folder: Path) -> Iterator[None]:
    """Make the folder and see that it can be written to, before any long work; if that fails, it goes again.

    Raises OutputError.
    """
    made = not folder.exists()
    with as_output_errors(folder), _workshop(folder):
        pass
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def as_output_errors(folder: Path) -> Iterator[None]:
    """Turns a failed write into an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        name = folder.name or "."
        if error.errno in _FULL:
            raise OutputError("report.disk_full", folder=name) from None
        if error.errno in _CLOSED:
            raise OutputError("report.read_only", folder=name) from None
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise OutputError("report.not_folder", folder=name) from None
        raise OutputError("report.not_written", folder=name) from None


@contextmanager
def _workshop(parent: Path) -> Iterator[Path]:
    """A hidden folder, on the same disk as the target, that is gone afterwards; so are the folders made for it."""
    made = [folder for folder in (parent, *parent.parents) if not folder.exists()]
    parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix=".rakelab-", ignore_cleanup_errors=True) as workshop:
            yield Path(workshop)
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _keep(old: Path, new: Path, gone: Collection[str]) -> None:
    """Copy what others have put into the folder, empty folders too."""
    for path in old.rglob("*") if old.is_dir() else ():
        place = new / path.relative_to(old)
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                place.mkdir(parents=True, exist_ok=True)
        elif path.relative_to(old).as_posix() not in gone:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place, follow_symlinks=False)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _swap(new: Path, target: Path, old: Path) -> None:
    """Put ``new`` in the place of ``target``; if that fails, what was there stays."""
    there = target.exists()
    if there:
        os.replace(target, old)
    try:
        os.replace(new, target)
    except BaseException:
        if there:
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
