"""Statements as stacked bars: the middle in the middle, no bar where an answer is hidden."""

import pytest

from present.invented import item
from rakelab import present
from rakelab.errors import UsageError
from rakelab.present.figures import stacked, theme

from .test_figure import pictures, words

COUNTS = (1, 2, 5, 10, 7)


def three():
    return [
        item("a", "Minut on kohdattu arvostavasti", COUNTS),
        item("b", "Sain tietoa palveluista", (6, 7, 5, 5, 2)),
        item("c", "Työntekijäni vaihtui", (None, 5, None, 8, 6)),
    ]


def test_the_middle_answer_is_centred():
    begun = stacked.offsets([0.1, 0.2, 0.4, 0.2, 0.1])
    assert begun == pytest.approx([-0.5, -0.4, -0.2, 0.2, 0.4])
    assert stacked.offsets([0.3, 0.2, 0.1, 0.4]) == pytest.approx([-0.5, -0.2, 0.0, 0.1])


@pytest.mark.parametrize("n", range(1, 9))
def test_there_is_a_fill_for_every_answer(n):
    fills = stacked.shades(n)
    assert len(fills) == n
    assert (theme.DIVERGING["middle"][0] in fills) == (n % 2 == 1)


def test_numbers_are_readable_on_every_fill():
    for fills in theme.DIVERGING.values():
        assert all(theme.contrast(theme.on(fill), fill) >= 4.5 for fill in fills)


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_each_statement_has_its_n_and_its_table_row(lang):
    items = three()
    exhibit = present.likert(items, alt=present.statements(items))
    html = exhibit.html(lang)
    assert len(pictures(html)) == 2
    assert html.count("<tr>") == 1 + len(items)
    assert exhibit.spec["tables"] == ["a", "b", "c"]


def test_a_statement_with_a_hidden_answer_has_no_bar_but_its_n_and_what_can_be_told():
    items = three()
    html = present.likert(items, alt=present.statements(items)).html()
    found = words(pictures(html)[0])
    assert "·· peitetty" in found
    assert "21" not in found  # 5 of 24 stands in the table only
    assert '<td>21\u00a0% <span class="count">(5)</span></td>' in html
    assert "ei piirretä, koska mikään palkki ei olisi tosi" in html


def test_the_title_names_only_statements_that_have_a_bar():
    """20 of 24 agree with the third, but two of its answers are hidden: the figure shows nothing of it."""
    items = [*three()[:2], item("c", "Työntekijäni vaihtui", (None, 1, None, 12, 8))]
    html = present.likert(items, alt=present.statements(items)).html()
    title = html[html.index("<h3") : html.index("</h3>")]
    assert "Minut on kohdattu arvostavasti" in title
    assert "vaihtui" not in title
    assert "vaihtui" in present.statements(items).text("fi")


def test_those_who_left_it_blank_are_told():
    items = three()
    html = present.likert(items, alt=present.statements(items)).html()
    assert "n\u00a0=\u00a025, puuttuu 2" in html


def test_statements_with_other_answers_are_refused(needs):
    with pytest.raises(UsageError) as caught:
        present.likert([*three(), needs], alt=present.leading(needs))
    assert caught.value.key == "present.unlike_items"
    with pytest.raises(UsageError):
        present.likert([], alt=present.leading(needs))


def test_a_table_that_the_release_lacks_is_named():
    items = three()
    exhibit = present.likert(items, alt=present.statements(items))
    with pytest.raises(UsageError) as caught:
        present.render(exhibit.spec, {"a": items[0]}, "fi")
    assert caught.value.key == "present.no_table"


def test_percentages_are_of_those_who_answered():
    html = present.table(item("a", "Apu auttoi", COUNTS)).html()
    assert '<span class="n">(n\u00a0=\u00a025, puuttuu 2)' in html
    assert '<th scope="row">Jätetty tyhjäksi</th><td>7\u00a0%</td>' in html
    assert "Prosentit on laskettu niistä, joista tieto on." in html


def test_a_hidden_number_of_blanks_stays_hidden():
    asked = item("a", "Apu auttoi", (5, 5, 5, 5, 5), silent=0)
    cells = {**asked.cells, (("a", "tyhja"),): asked.cells[(("a", "tyhja"),)]}
    assert present.sentences.wording.base(asked, (), "fi") == "n\u00a0=\u00a025"
    assert cells == asked.cells
    hidden = item("b", "Apu auttoi", (5, None, 5, 5, 5), silent=None)
    assert "··" in present.table(hidden).html()
