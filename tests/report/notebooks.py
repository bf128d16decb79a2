"""A notebook in the fixed order with an invented release, so that the report is tested without any file of data."""

from functools import cache

import nbformat

from rakelab import archive
from rakelab.cells import TOTAL, Account, Link, Release, Tally, Variable, View, join, key
from rakelab.protect import protect

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


def _words(*three):
    return dict(zip(("fi", "sv", "en"), three, strict=True))


def release(money=(70, 40, 30)) -> Release:
    """Needs by year, protected by the real rule; the labels are hostile on purpose."""
    needs = {"talous": _words("=Talous", "=Ekonomi", "=Money"), "muu": _words(HOSTILE, HOSTILE, HOSTILE)}
    years = {year: _words(year, year, year) for year in ("2020", "2021")}
    columns = (TOTAL, *(key(("vuosi", year)) for year in years))
    rows = tuple(key(("tuki", need)) for need in needs)
    counts = dict(zip(columns, (100, 60, 40), strict=True))
    for row, three in zip(rows, (money, (23, 20, 3)), strict=True):
        counts |= {join(row, column): n for column, n in zip(columns, three, strict=True)}
    links = (Link(((("vuosi", "2020"), 1), (("vuosi", "2021"), 1), (None, -1))),)
    tally = Tally(
        view=View("needs", "needs", "tuki", rows, columns, by="vuosi", multiple=True),
        counts=counts,
        links=links,
        variables={
            "tuki": Variable(_words("Tuen tarve", "Behov", "Need"), needs, multiple=True),
            "vuosi": Variable(_words("Vuosi", "År", "Year"), years, role="period"),
        },
        account=Account("koe.csv", "1a" * 32, "koe", "1", _words("Koe <b>", "Prov", "Test"), True, 100, 100, "0"),
    )
    return protect([tally])


@cache
def released(money=(70, 40, 30)) -> str:
    return archive.dumps(release(money))


def markdown(name: str, text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(text, id=name)


def code(name: str, source: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, id=name, metadata={"tags": list(tags)} if tags else {})


TABLE = "present.table(released['needs'], lang=lang)"
CHECK = "from rakelab import parameters\n\nparameters.check(globals())"


def build(*extra: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cells = [
        markdown("otsikko", "# Koeraportti\n\nJohdanto <script>alert(1)</script>."),
        code(
            "asetukset",
            'data = ""  # tiedosto\nkunta = ""  # rajaus: kunta\nvalmistelija = ""\nkynnys = 5\nlang = "fi"',
            "parameters",
        ),
        code("tarkistus", CHECK),
        markdown("suojaus", "## Suojaus\n\nLuvut suojataan."),
        code("lue", f"from rakelab import archive, present\n\nreleased = archive.loads({released()!r})"),
        code("suojaa", "present.protection(released, lang=lang)"),
        markdown("havainnot", "## Havainnot"),
        code("tiivis", "finding = present.leading(released['needs'])\npresent.findings(finding, lang=lang)"),
        code("nayta", "display(present.bars(released['needs'], alt=finding, lang=lang))\n" + TABLE),
        *extra,
        markdown("teko", "## Näin raportti tehtiin"),
        code("tapa", "present.made(released, parameters={'data': data, 'kunta': kunta}, lang=lang)"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


TEXTS = {
    "sv": {"otsikko": "# Provrapport", "suojaus": "## Skydd", "havainnot": "## Fynd", "teko": "## Så gjordes den"},
    "en": {"otsikko": "# Test report", "suojaus": "## Protection", "havainnot": "## Findings", "teko": "## How made"},
}
