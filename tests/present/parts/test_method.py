"""The page's first and last words: findings, what was hidden, how it was made."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rakelab import _seal, archive, i18n, present
from rakelab.cells import HIDDEN, Part, Release, ReleasedAccount, shown
from rakelab.errors import UsageError
from rakelab.i18n import LANGUAGES


@pytest.fixture
def release(needs, few) -> Release:
    account = ReleasedAccount(
        file="pta.csv", sha256="ab" * 32, codebook="palvelutarve", version="1",
        title={"fi": "Palvelutarpeen arvioinnit", "sv": "Bedömningar", "en": "Assessments"},
        synthetic=True, read=HIDDEN, used=shown(707),
        steps=((i18n.Word("prepare.why.last"), HIDDEN), ("ika >= 18", shown(707))),
    )  # fmt: skip
    tables = {"needs_vuosi": needs}
    thresholds = dict.fromkeys(needs.cells, 5)
    rule = {"threshold": 5, "sensitive_threshold": 10, "floor": 3}
    return Release(tables=tables, relations=(), thresholds=thresholds, rule=rule, account=account)


def test_findings_are_a_list_of_sentences(needs):
    html = present.findings(present.leading(needs), present.missing(needs), lang="sv").html()
    assert html.count("<li>") == 2
    assert "Behov av stöd: av dem som visas är ”Ekonomi” vanligast, 59\u00a0%.<br>" in html


def test_findings_of_too_few_people_say_so_first(few, needs):
    html = present.findings(present.leading(few), present.small(few)).html()
    assert html.index("Aineisto on pieni (n\u00a0=\u00a025)") < html.index("<ul")
    assert "Aineisto on pieni" not in present.findings(present.leading(needs)).html()


@pytest.mark.parametrize(("given", "key"), [((), "nothing_given"), (("Lause",), "not_a_sentence")])
def test_findings_need_sentences(given, key):
    with pytest.raises(UsageError) as caught:
        present.findings(*given)
    assert caught.value.key == f"present.{key}"


def test_protection_tells_what_was_hidden_and_by_which_rule(release):
    html = present.protection(release).html()
    assert "Tietosuoja: julkaisun 36 eri luvusta peitettiin 2." in html
    assert "on 1–4" in html
    assert "luvut 1–9" in html
    assert "Synteettinen aineisto" in html


def test_protection_carries_the_release(release):
    data, metadata = present.protection(release)._repr_mimebundle_()
    carried = json.loads(json.dumps(data[present.MIME]))["release"]
    assert metadata["rakelab"]["released"] is True
    again = archive.loads(carried)
    assert again["needs_vuosi"].cells == release["needs_vuosi"].cells


def test_protection_of_an_open_release(release, ages):
    opened = Release(
        tables={"mean_age": ages}, relations=(), thresholds=dict.fromkeys(ages.cells, 5), rule=release.rule,
        account=release.account,
    )  # fmt: skip
    assert "yhtään ei tarvinnut peittää" in present.protection(opened).html()


def test_a_mapping_of_tables_is_not_a_release(needs):
    with pytest.raises(UsageError) as caught:
        present.made({"needs_vuosi": needs})
    assert caught.value.sentence("fi") == "Tähän tarvitaan koko julkaisu, jonka protect palauttaa (dict ei kelpaa)."


def test_made_tells_rows_steps_and_versions_but_no_path(release):
    data = Path("/home/anna/salainen/pta.csv")
    choices = {"data": data, "vuodet": [2020, 2021], "kunta": "", "kynnys": 5, "synt": True}
    exhibit = present.made(release, parameters=choices, lang="en")
    html = exhibit.html()
    assert "<li>File: pta.csv</li><li>Years: 2020, 2021</li><li>Municipality: not given</li>" in html
    assert "<li>synt: yes</li>" in html
    assert "anna" not in html + json.dumps(exhibit.spec)
    assert "<dt>Rows used</dt><dd>707</dd>" in html
    assert "could not be used" not in html  # of a release made before this was told
    assert "<li>ika &gt;= 18: 707 left</li>" in html
    assert "prepare.why" not in html
    assert "<li>pandas: " in html


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/srv/data/a.csv", "a.csv"),
        (r"C:\Users\anna\a.xlsx", "a.xlsx"),
        ("~/a.csv", "a.csv"),
        ("data/a.csv", "a.csv"),
        ("2020/2021", "2020/2021"),
        ("1.1.2020/31.12.2020", "1.1.2020/31.12.2020"),
        ("", ""),
        (None, None),
    ],
)
def test_paths_become_file_names(release, given, kept):
    assert present.made(release, parameters={"x": given}).spec["parameters"] == {"x": kept}


def test_a_frame_among_the_parameters_is_refused(release, needs):
    with pytest.raises(UsageError) as caught:
        present.made(release, parameters={"aineisto": needs})
    assert caught.value.sentence("sv") == (
        "Värdet aineisto kan inte skrivas på sidan (Released). Ge ett tal eller en text."
    )


def test_made_renders_in_any_language_from_its_specification(release):
    exhibit = present.made(release, parameters={"lang": "fi"})
    spec = json.loads(json.dumps(exhibit.spec))
    assert present.render(spec, release, "sv") == exhibit.html("sv")
    assert "Så här" not in exhibit.html("fi")


def test_a_note_is_one_of_our_sentences():
    assert '<p class="note">Yhteys ei kerro syystä.</p>' in present.note("present.text.no_cause").html()


@pytest.mark.parametrize(("two", "told"), [(shown(760), "53)"), (HIDDEN, "··)")])
def test_how_many_people_had_several_rows_is_told_unless_they_are_few(release, two, told):
    steps = ((i18n.Word("prepare.why.two_rows"), two), (i18n.Word("prepare.why.last"), shown(707)))
    made = replace(release, account=replace(release.account, steps=steps))
    html = present.made(made, parameters={}, lang="en").html()
    assert f"(clients with several rows: {told}" in html


def test_numbers_that_are_shown_though_small_are_told_of(release, needs):
    variables = {name: replace(one, open=("tyhja",)) for name, one in needs.variables.items()}
    opened = _seal.release(view=needs.view, cells=needs.cells, variables=variables)
    said = [present.protection(replace(release, tables={"needs_vuosi": one})).html() for one in (opened, needs)]
    assert ["näytetään pieninäkin" in html for html in said] == [True, False]


@pytest.mark.parametrize(("shown_of", "named"), [(("first",), ["first"]), (None, ["first", "second"])])
def test_only_sources_with_a_number_on_the_page_are_named(release, needs, shown_of, named):
    parts = tuple(Part(name, "0" * 64, release) for name in ("first", "second"))
    tables = {
        f"{part.id}/needs_vuosi": _seal.release(
            view=replace(needs.view, id=f"{part.id}/needs_vuosi"), cells=needs.cells, variables=needs.variables
        )
        for part in parts
    }
    whole = replace(release, parts=parts, tables=tables)
    of = None if shown_of is None else [tables[f"{name}/needs_vuosi"] for name in shown_of]
    html = present.made(whole, of=of).html()
    assert [part.id for part in parts if f"kansio {part.id}" in html] == named


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whether_the_same_people_answered_is_told_as_the_author_knows_it(lang):
    told = [present.respondents(known, lang=lang).html() for known in ("ei tiedetä", "eri", "samat", " Ei Tiedetä ")]
    assert len(set(told)) == 3
    assert told[0] == told[3]
    assert {"fi": "Ei tiedetä", "sv": "Det är inte känt", "en": "It is not known"}[lang] in told[0]


@pytest.mark.parametrize("known", ["", "joo", "different"])
def test_what_is_no_word_on_the_respondents_is_refused(known):
    with pytest.raises(UsageError) as caught:
        present.respondents(known)
    assert "ei tiedetä, eri, samat" in caught.value.sentence("sv")
