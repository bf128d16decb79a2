"""The written table: structure for screen readers, markers with their meaning, labels as text."""

from dataclasses import replace
from html.parser import HTMLParser
from re import findall

import pytest

from present.conftest import NEED_COUNTS, make, make_needs, needs_variable, one, variable
from rakelab import _seal, present
from rakelab.cells import HIDDEN, TOTAL, View, join, key

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'&\"<b>")


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.found if name == tag]


def test_every_header_has_a_scope_and_the_box_a_name(needs):
    html = Elements(present.table(needs).html())
    assert {attrs["scope"] for attrs in html.named("th")} == {"col", "row", "rowgroup"}
    (box,) = [attrs for attrs in html.named("div") if attrs.get("role") == "group"]
    (caption,) = html.named("caption")
    assert (box["tabindex"], box["aria-labelledby"]) == ("0", caption["id"])


def test_one_group_has_a_column_for_share_interval_and_count(needs):
    html = present.table(needs, columns=[TOTAL]).html()
    assert findall(r"<th scope=\"col\">([^<]*)</th>", html) == [
        "Tuen tarpeet", "Osuus", "95\u00a0%:n luottamusväli", "Määrä",
    ]  # fmt: skip
    assert "<td>59\u00a0%</td><td>55–63\u00a0%</td><td>417</td>" in html


def test_several_groups_print_their_bases(needs):
    html = present.table(needs, columns=["2020", "2021"]).html()
    assert "n\u00a0=\u00a0330</span></th>" in html
    assert '<td>52\u00a0% <span class="count">(170)</span><br><span class="interval">46–57\u00a0%</span></td>' in html


def test_a_hidden_cell_is_a_marker_with_its_meaning(needs):
    html = present.table(needs, columns=[TOTAL]).html("en")
    hidden = '<td class="hidden"><span aria-hidden="true">··</span><span class="vh"> hidden</span></td>'
    assert f'<th scope="row">Parenting</th>{hidden * 3}' in html
    assert "a number is hidden: it is small" in html


def test_a_meaning_is_given_only_for_marks_that_occur():
    html = present.table(make_needs(vanhemmuus=25), columns=[TOTAL]).html()
    assert "peitetty" not in html
    assert "Suuntaa antava" not in html


def test_a_hidden_base_hides_its_column(needs):
    column = key(("vuosi", "2021"))
    inner = {join(row, column) for row in needs.view.rows}
    cells = {k: HIDDEN if k == column or k in inner else v for k, v in needs.cells.items()}
    table = _seal.release(view=needs.view, cells=cells, variables=needs.variables)
    html = present.table(table, columns=["2020", "2021"]).html()
    assert "n\u00a0=\u00a0··" in html
    assert html.count('class="hidden"') == len(needs.view.rows)


def test_missing_answers_stand_apart(needs):
    html = present.table(needs).html()
    assert '<th scope="rowgroup" colspan="4">Tieto puuttuu</th>' in html
    assert html.index("Tieto puuttuu") < html.index('<tr class="missing"><th scope="row">Ei kysytty')


def test_a_small_group_is_marked_indicative(few):
    html = present.table(few.only(TOTAL)).html()
    assert '<span class="indicative">suuntaa antava</span>' in html
    assert "Suuntaa antava: ryhmässä alle 30." in html


def test_a_question_that_concerns_only_some_is_not_missing():
    levels = {"kylla": ("Kyllä",) * 3, "tyhja": ("Jätetty tyhjäksi",) * 3, "ei_koske": ("Kysymys ei koske",) * 3}
    asked = replace(variable(("Laji",) * 3, levels), missing=("tyhja", "ei_koske"))
    counts = {TOTAL: 100} | {one(level, "laji"): n for level, n in zip(levels, (30, 10, 60), strict=True)}
    table = make(View("laji", "sample", "laji", tuple(k for k in counts if k)), counts, {"laji": asked})
    html = present.table(table).html()
    order = ["Tieto puuttuu", "Jätetty tyhjäksi", "Kysymys ei koske kaikkia", "<td>60</td>"]
    assert [html.index(word) for word in order] == sorted(html.index(word) for word in order)
    assert present.missing(table).text("fi").endswith("puuttuvat tiedot: ”Jätetty tyhjäksi” 10\u00a0% (10/100).")


def test_nothing_but_zeros_is_too_few():
    made = make_needs(**dict.fromkeys(NEED_COUNTS, 0) | {"talous": None, "arki": None})
    html = present.table(made.only(TOTAL)).html()
    assert "<table" not in html
    assert "joten taulukkoa ei näytetä" in html


def test_too_few_tells_what_can_be_shown(few):
    hidden = dict.fromkeys(few.view.rows[:2], HIDDEN)
    table = _seal.release(view=few.view, cells={**few.cells, **hidden}, variables=few.variables)
    html = present.table(table).html()
    assert "Näytettävissä on ”Arjessa selviytyminen” 32\u00a0% (8/25)." in html
    assert "<table" not in html


def test_many_small_groups_are_marked_with_a_dagger():
    towns = {str(i): (f"Kunta {i}",) * 3 for i in range(6)}
    columns = (TOTAL, *(key(("kunta", town)) for town in towns))
    counts: dict = {TOTAL: 120} | dict.fromkeys(columns[1:], 20)
    counts |= {join(one("talous"), column): 12 for column in columns}
    view = View("needs_kunta", "sample", "tuen_tarpeet", (one("talous"),), columns, by="kunta")
    known = {"tuen_tarpeet": needs_variable(), "kunta": variable(("Kunta",) * 3, towns)}
    html = present.table(make(view, counts, known)).html()
    mark = '<span aria-hidden="true">†</span><span class="vh"> suuntaa antava</span>'
    assert html.count(mark) == 6
    assert "† Suuntaa antava: ryhmässä alle 30." in html
    assert 'class="dense"' in html


def test_too_few_is_a_sentence_and_the_total(few):
    html = Elements(present.table(few).html())
    assert "joten taulukkoa ei näytetä" in html.text
    assert "16" in html.text
    assert "peitetty tietosuojan" not in html.text
    assert len(html.named("table")) == 1


def test_too_few_without_a_total_is_a_sentence_only(few):
    html = present.table(few, columns=["620", "697"]).html()
    total_at_hand = "<table" in html
    bare = _seal.release(
        view=replace(few.view, columns=few.view.columns[1:]),
        cells={k: v for k, v in few.cells.items() if k not in few.view.rows},
        variables=few.variables,
    )
    assert total_at_hand
    assert "<table" not in present.table(bare).html()


def test_means_by_group(ages):
    html = present.table(ages).html()
    assert "<td>43,1</td><td>42,1–44,1</td><td>700</td>" in html
    assert '<th scope="row">2021</th><td class="hidden">' in html


def test_no_mean_at_all_is_a_sentence(ages):
    html = present.table(ages, columns=["2021"]).html()
    assert "keskiarvoa ei voi näyttää tietosuojan vuoksi" in html
    assert "<table" not in html


def test_a_group_without_a_mean_says_so(ages):
    means = {one: mean for one, mean in ages.means.items() if one != ages.view.rows[0]}
    table = _seal.release(view=ages.view, cells=ages.cells, variables=ages.variables, means=means)
    html = present.table(table).html()
    assert '<th scope="row">Kaikki</th><td class="none">' in html
    assert "– lukua ei ole." in html


@pytest.mark.parametrize("label", HOSTILE)
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_labels_from_a_file_are_text(label, lang):
    variable = needs_variable(talous=(label,) * 3)
    variable = replace(variable, title=dict.fromkeys(("fi", "sv", "en"), label))
    made = make_needs()
    hostile = _seal.release(view=made.view, cells=made.cells, variables={**made.variables, "tuen_tarpeet": variable})
    for exhibit in (present.table(hostile), present.bars(hostile, alt=present.leading(hostile))):
        html = Elements(exhibit.html(lang))
        assert label in html.text
        assert not html.named("script")
        assert not html.named("b")
        assert all("onerror" not in attrs for attrs in html.named("img"))


def test_a_share_is_never_rounded_to_none_or_all():
    rows = tuple(one(level) for level in list(NEED_COUNTS)[:2])
    view = replace(make_needs().view, rows=rows, columns=(TOTAL,), by="")
    made = make(view, {TOTAL: 2000, rows[0]: 5, rows[1]: 1995}, {"tuen_tarpeet": needs_variable()})
    html = present.table(made).html()
    assert "&lt;\u202f1\u00a0%" in html
    assert "&gt;\u202f99\u00a0%" in html


def test_rows_of_several_variables_stand_under_their_titles(pairs):
    html = present.table(pairs.only(TOTAL)).html()
    assert '<th scope="rowgroup" colspan="4">talous + asuminen</th>' in html


def test_of_one_group_nothing_is_compared():
    """Of one year the small table would say again what the table of everybody says."""
    made = make_needs(**dict.fromkeys(NEED_COUNTS, 0) | {"talous": None, "arki": None})
    html = present.table(made.only(TOTAL, key(("vuosi", "2020"))), lang="fi").html()
    assert "Tuen tarpeet vuosittain: kahta vertailtavaa ryhmää ei ole." in html
