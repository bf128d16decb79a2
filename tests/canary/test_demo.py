"""A run that goes well leaves nothing of a person behind."""

import base64
import json
import zipfile

import pytest
from pages import NAMES, name_of

from rakelab import cli, indicators, loaders, prepare
from rakelab.codebook import codebook
from rakelab.demo import CANARIES, ugly
from rakelab.i18n import LANGUAGES

from .search import found, leaks


@pytest.fixture(scope="module")
def raw(demo_run):
    return loaders.read(demo_run.file("palvelutarve_kainuu"))


def test_the_search_finds_what_is_hidden_in_every_way(tmp_path):
    code, name, *_ = CANARIES
    (tmp_path / "a.json").write_text(json.dumps([ugly.SENTENCE]))
    svg = base64.b64encode(f"<svg><text>{code}</text></svg>".encode()).decode()
    (tmp_path / "b.html").write_text(f'<img src="data:image/svg+xml;base64,{svg}"><p>V&auml;in&ouml; Kuvitelma</p>')
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{name}</t>")
    (tmp_path / "d.bin").write_bytes("VÄINÖ  KUVITELMA".encode("cp1252"))
    assert {leak.partition(":")[0] for leak in leaks(tmp_path)} == {
        "a.json",
        "b.html",
        "b.html (embedded)",
        "c.xlsx!xl/sharedStrings.xml",
        "d.bin",
    }


def test_every_canary_is_in_a_file_that_was_read(demo_run):
    read = {told["file"]["name"] for told in demo_run.provenances().values()}
    assert {path.name for path in demo_run.data} <= read
    planted = {leak.partition(": ")[2] for leak in leaks(demo_run.folder / "data")}
    assert [canary for canary in CANARIES if canary not in planted] == []


def test_no_file_of_the_reports_holds_a_canary(demo_run):
    folders = demo_run.provenances()
    assert sorted(map(name_of, folders.values())) == NAMES
    assert [leak for folder in folders for leak in leaks(folder)] == []
    assert found((demo_run.folder / "index.html").read_text(encoding="utf-8")) == []


def test_nothing_that_was_printed_holds_a_canary(demo_run):
    assert demo_run.said
    assert found(demo_run.said) == []


def test_nothing_is_left_among_the_temporary_files(demo_run):
    left = [path for path in demo_run.temporary.rglob("*") if path.is_file()]
    assert (left, leaks(demo_run.temporary)) == ([], [])


@pytest.mark.parametrize("more", [[], ["--json"], *(["--lang", lang] for lang in LANGUAGES)])
def test_check_says_no_canary(demo_run, capfd, more):
    assert cli.main(["check", "palvelutarve", str(demo_run.file("palvelutarve_kainuu")), *more]) == 1
    said = capfd.readouterr()
    assert said.out
    assert found(said.out + said.err) == []


def shown(thing):
    """Everything that a notebook, a terminal or a log may show of a value."""
    from IPython.core.formatters import DisplayFormatter

    data, metadata = DisplayFormatter().format(thing)
    return "\n".join([repr(thing), str(thing), f"{thing}", f"{[thing]}", *map(str, data.values()), str(metadata)])


def test_no_value_with_rows_in_it_shows_them(demo_run, raw):
    form = codebook("palvelutarve")
    rows = loaders.validate(raw, form)
    assert found("\n".join(rows.frame["muuta"].dropna().astype(str)))  # they are in there
    bands = prepare.accumulation(prepare.bands(rows, "ikaryhma"), "tuen_tarpeet")
    tallies = [indicators.needs(bands, by="kunta"), indicators.mean_age(bands)]
    checked = loaders.check(demo_run.file("palvelutarve_kainuu"), form)
    things = [raw, rows, bands, *tallies, checked, *rows.findings, rows.account]
    assert [type(thing).__name__ for thing in things if found(shown(thing))] == []
