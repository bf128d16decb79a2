import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from rakelab import cli, i18n


@dataclass(frozen=True)
class Told:
    """What a command left: its exit code, what it printed, and the files in the output folder."""

    code: int
    out: str
    err: str
    left: list[str]

    @property
    def said(self) -> str:
        return self.out + self.err


@pytest.fixture
def tell(capfd, tmp_path, monkeypatch):
    """Runs the command line here; ``tmp_path / "out"`` is the output folder."""
    monkeypatch.delenv("RAKELAB_LANG", raising=False)

    def run(*words: object) -> Told:
        code = cli.main([str(word) for word in words])
        said = capfd.readouterr()
        return Told(code, said.out, said.err, inside(tmp_path / "out"))

    return run


def inside(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.is_dir() else []


def says(text: str, key: str, lang: str) -> bool:
    """The text has the sentence ``key`` of this language, whatever stands in its placeholders."""
    parts = re.split(r"\{\w+\}", i18n.words(lang)[key])
    return re.search("[^\n]+?".join(map(re.escape, parts)), text) is not None


def clear(told: Told) -> bool:
    """No traceback, no path of the machine, no word key in place of a sentence."""
    return not re.search(r'Traceback|File "|/tmp/|/work/|loaders\.|report\.[a-z_]+\b(?!html)|\bself\b', told.said)
