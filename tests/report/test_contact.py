"""The accessibility statement in the foot of a page, and whom to write to."""

import pytest

from rakelab.errors import CodebookError
from rakelab.i18n import LANGUAGES
from rakelab.report import contact


@pytest.fixture(autouse=True)
def no_setting(monkeypatch):
    monkeypatch.delenv("RAKELAB_CONTACT", raising=False)


@pytest.fixture
def setting(monkeypatch, tmp_path):
    def write(text):
        path = tmp_path / f"yhteys{len(list(tmp_path.iterdir()))}.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("RAKELAB_CONTACT", str(path))

    return write


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_setting_the_page_names_the_standard_and_how_to_set_the_contact(lang):
    html = contact.statement(lang)
    for word in ("WCAG 2.1", "306/2019", "axe-core", "RAKELAB_CONTACT", "saavutettavuusvaatimukset.fi"):
        assert word in html


def test_a_countys_own_contact_and_day(setting):
    setting('tested = 2026-05-04\n[contact]\nfi = "saavutettavuus@alue.fi <3"\nsv = "tillganglighet@alue.fi"\n')
    finnish = contact.statement("fi")
    assert "saavutettavuus@alue.fi &lt;3" in finnish
    assert "RAKELAB_CONTACT" not in finnish
    assert "4.5.2026" in finnish
    assert "tillganglighet@alue.fi" in contact.statement("sv")
    assert "saavutettavuus@alue.fi" in contact.statement("en")


def test_a_countys_own_statement_takes_the_place_of_ours(setting):
    setting('[contact]\nfi = "a@alue.fi"\n[statement]\nfi = "Täytämme vaatimukset osin."\n')
    html = contact.statement("fi")
    assert "Täytämme vaatimukset osin." in html
    assert "axe-core" not in html


@pytest.mark.parametrize("text", ['[contct]\nfi = "a"\n', 'tested = "eilen"\n[contact]\nfi = "a"\n', "x"])
def test_a_file_that_cannot_be_used_is_told(setting, text):
    setting(text)
    with pytest.raises(CodebookError):
        contact.statement("fi")
