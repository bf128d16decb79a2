"""``rakelab export``: what is refused, and with which words."""

import pytest

from rakelab import cli
from rakelab.errors import UsageError
from rakelab.export import Wanted, door, export

from .pages import PAGE


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"format": "doc"}, "export.format"),
        ({"format": ""}, "export.format"),
        ({"format": "csv", "lang": "sv"}, "export.language"),
        ({"format": "csv", "only": ("kuvio-9",)}, "export.no_exhibit"),
        ({"format": "csv", "only": ("kuvio-1",)}, "export.nothing"),
        ({"format": "docx", "template": "puuttuu.docx"}, "export.template"),
    ],
)
def test_a_wrong_word_is_told(folder, tmp_path, asked, key):
    with pytest.raises(UsageError) as caught:
        export(folder, Wanted(out=tmp_path / "ulos", **asked))
    assert caught.value.key == key
    assert not (tmp_path / "ulos").exists()


def test_a_page_that_somebody_has_changed_is_not_exported(folder, tmp_path):
    """Else a number could go out that never went through the wall."""
    (folder / "report.fi.html").write_text(PAGE.replace("··", "4"), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        export(folder, Wanted("csv", out=tmp_path / "ulos"))
    assert caught.value.key == "export.changed"


def test_a_folder_without_a_report_is_told(tmp_path):
    with pytest.raises(UsageError) as caught:
        export(tmp_path, Wanted("csv"))
    assert caught.value.key == "export.no_report"


def test_the_command_says_what_it_wrote(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", str(folder), "--to", "text", "--out", "ulos", "--lang", "fi"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len([*(tmp_path / "ulos").iterdir()]) == 4


def test_every_format_is_a_door():
    assert set(door.FORMATS) == {"pdf", "docx", "pptx", "csv", "text", "png", "infografiikka"}
