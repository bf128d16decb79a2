"""What is said of a figure is in the figure; what a summary says first is what has most to say."""

import pytest

from present.conftest import make, make_needs, one, variable
from rakelab import estimate, present
from rakelab.cells import TOTAL, View, join, key
from rakelab.errors import UsageError
from rakelab.i18n import LANGUAGES
from rakelab.present.sentences.spoken import refuse_strange, strange


def test_a_finding_of_another_table_is_refused_in_jupyterlab(needs) -> None:
    other = make_needs(talous=333)
    exhibit = present.bars(needs, alt=present.leading(needs, 1, column="2020"))
    with pytest.raises(UsageError) as caught:
        exhibit._repr_mimebundle_()
    assert caught.value.key == "present.strange_alt"
    present.bars(other, alt=present.leading(other))._repr_mimebundle_()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_by_year_is_told_by_year(needs, lang) -> None:
    html = present.dots(needs, alt=present.leading(needs, 1), lang=lang).html()
    title = html.split("<h3>")[1].split("</h3>")[0]
    assert "59" not in title
    assert all(n in title for n in ("52", "66"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_kind_of_figure_tells_its_own_numbers(needs, pairs, lang) -> None:
    gaps = estimate.compare(needs)
    made = (
        present.bars(needs, alt=present.leading(needs), lang=lang),
        present.dots(needs, alt=present.contrast(gaps), lang=lang),
        present.dots(needs, alt=present.contrast(gaps, "talous"), lang=lang),
        present.changes(gaps, alt=present.contrast(gaps), lang=lang),
        present.grid(pairs, alt=present.together(pairs), lang=lang),
    )
    for exhibit in made:
        assert "<h3>" in exhibit.html()
        refuse_strange(exhibit.html())


def test_a_number_that_is_not_in_the_figure_is_seen() -> None:
    data = "<table><tr><td>59 % (1 234/2 000)</td></tr></table>"
    assert strange("59 % (1 234/2 000), ”2021”", "Kuva", data) == set()
    assert strange("64 % (1 234/2 000)", "Kuva", data) == {"64"}


def test_every_title_of_a_figure_of_the_demo_is_of_its_own_figure(demo_run) -> None:
    pages = sorted(demo_run.folder.glob("*/report.??.html"))
    told = [page.read_text(encoding="utf-8") for page in pages]
    assert sum('<svg class="fig' in page for page in told) > 20
    for page in told:
        refuse_strange(page)


def changed(name: str, before: int, after: int, base: int = 300):
    """One answer of two, before and after."""
    columns = (TOTAL, key(("vuosi", "2020")), key(("vuosi", "2021")))
    yes, no = one("on", name), one("ei_ole", name)
    counts = dict(zip(columns, (2 * base, base, base), strict=True))
    for column, n, size in zip(columns, (before + after, before, after), (2 * base, base, base), strict=True):
        counts |= {join(yes, column): n, join(no, column): size - n}
    words = {
        name: variable((name,) * 3, {"on": ("On",) * 3, "ei_ole": ("Ei ole",) * 3}),
        "vuosi": variable(("Vuosi", "År", "Year"), {y: (y,) * 3 for y in ("2020", "2021")}),
    }
    return make(View(name, "sample", name, (yes, no), columns, by="vuosi"), counts, words)


def summary(*sentences: present.Sentence) -> list[str]:
    return [one["table"] for one in present.findings(*sentences).options["sentences"]]


def contrast(table) -> present.Sentence:
    return present.contrast(estimate.compare(table))


def test_what_is_beyond_chance_comes_before_what_is_not_and_the_largest_first(needs) -> None:
    small, large, chance = changed("pieni", 60, 100), changed("suuri", 60, 200), changed("sattuma", 60, 61)
    told = summary(
        present.leading(needs), contrast(chance), present.share(chance, "on"), contrast(small), contrast(large)
    )
    assert told == ["needs_vuosi", "suuri", "pieni", "sattuma", "sattuma"]


def test_a_halving_is_more_than_the_same_points_in_the_middle(needs) -> None:
    halved, middle = changed("puolittui", 60, 30), changed("keskella", 180, 148)
    assert summary(present.leading(needs), contrast(middle), contrast(halved))[1] == "puolittui"


def test_a_summary_tells_what_people_think_before_who_they_are(needs) -> None:
    who = [changed(name, 90, 91) for name in ("sukupuoli", "koulutus", "elamantilanne", "tulot")]
    think = [changed(name, 90, 91) for name in ("tyytyvaisyys", "apu")]
    told = summary(present.leading(needs), *(present.leading(table) for table in [*who, *think]))
    assert told == ["needs_vuosi", "tyytyvaisyys", "apu", "sukupuoli", "koulutus"]
    kept = present.findings(*(present.leading(table) for table in [*who, *think]), ranked=False)
    assert len(kept.options["sentences"]) == 6


def test_a_summary_says_once_that_its_numbers_are_indicative(needs) -> None:
    few = [changed(name, 5, 9, base=14) for name in ("a", "b")]
    html = present.findings(*(present.leading(table) for table in few)).html()
    assert html.count("suuntaa antavia") == 1
    mixed = present.findings(present.leading(needs), *(present.leading(table) for table in few)).html()
    assert "kohtien 2 ja 3 luvut ovat suuntaa antavia" in mixed
    assert mixed.count("suuntaa antavia") == 1
