"""Background variables in one table: a section each, everybody in one column, and what is too small by name."""

import re
from dataclasses import replace

import pytest

from present.conftest import NEED_COUNTS, make_needs
from rakelab import present
from rakelab.errors import UsageError
from rakelab.present.numbering import Numbers


def test_a_table_by_group_shows_everybody_only(needs):
    html = present.background(needs).html()
    assert '<th scope="rowgroup" colspan="4">Tuen tarpeet</th>' in html
    assert '<th scope="row">Talous</th><td>59\u00a0%</td><td>55–63\u00a0%</td><td>417</td>' in html
    assert "2020" not in re.sub("<summary>.*?</summary>", "", html)


def test_what_is_too_small_is_named_and_not_shown(needs):
    few = make_needs(**dict.fromkeys(NEED_COUNTS))
    few = replace(few, view=replace(few.view, id="few"))
    html = present.background([needs, few]).html()
    assert html.count('scope="rowgroup"') == 1
    assert "Ei voi näyttää, koska ryhmät ovat liian pieniä:" in html
    assert "<table" not in present.background(few).html()


def test_nothing_given_is_an_error():
    with pytest.raises(UsageError):
        present.background()


def test_on_a_page_it_is_closed_and_numbered_with_every_table_in_it(needs):
    numbers = Numbers()
    exhibit = present.background(needs)
    html = present.render(exhibit.spec, exhibit.tables, "sv", 0, numbers)
    assert '<details class="data"><summary><h3 id="taulukko-1">Tabell 1. Bakgrundsuppgifter' in html
    assert numbers.tables == [("needs_vuosi",)]
    assert list(numbers.notes) == ["percent", "hidden"]
    assert 'class="key"' not in html
