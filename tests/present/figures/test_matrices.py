"""The matrix of moves: lines are where people were, hidden squares without a shade, shares of each line."""

import pytest

from present.invented import moves
from rakelab import present
from rakelab.errors import UsageError

from .test_figure import pictures, words

SHOWN = [[12, 6, 0, 5, 0], [0, 20, 8, 7, 5], [0, 6, 22, 9, 0], [0, 0, 6, 10, 7], [0, 0, 0, 0, 5]]
HIDDEN = [[12, 6, 0, 5, 0], [0, 20, 8, 7, None], [0, 6, 22, 9, 0], [0, 0, 6, 10, 7], [0, 0, 0, None, 5]]


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_it_has_two_widths_and_the_share_of_each_line(lang):
    table = moves(SHOWN)
    html = present.matrix(table, alt=present.moved(table)).html(lang)
    assert len(pictures(html)) == 2
    assert '<td>12 <span class="count">(52' in html


def test_what_is_hidden_has_no_shade_and_gives_no_share():
    table = moves(HIDDEN)
    html = present.matrix(table, alt=present.moved(table)).html()
    assert words(pictures(html)[0]).count("··") == 2
    assert '<th scope="row">Negatiivisten muutosten torjunta</th><td>0</td><td>20</td><td>8</td><td>7</td>' in html


def test_a_class_of_few_is_indicative():
    table = moves(SHOWN)
    html = present.matrix(table, alt=present.moved(table)).html()
    assert html.count('<span class="indicative">suuntaa antava</span>') == 3
    assert "Luokkien järjestys ei ole paremmuusjärjestys." in html


def test_a_table_without_groups_is_no_matrix(pairs):
    with pytest.raises(UsageError) as caught:
        present.matrix(pairs, alt=present.together(pairs))
    assert caught.value.key == "present.no_matrix"


def test_mostly_hidden_is_a_sentence_and_the_table():
    table = moves([[None] * 5] * 4 + [[0, 0, 0, 6, 5]])
    html = present.matrix(table, alt=present.moved(table)).html()
    assert "<svg" not in html
    assert "<table" in html
