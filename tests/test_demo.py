"""The demo's people are invented, meet every published figure, and are as ugly in a file as real exports are."""

import csv
import io
import re
from collections import Counter
from functools import partial

import numpy as np
import pandas as pd
import pytest
from canary import search as canary
from hypothesis import given, settings
from hypothesis import strategies as st

from rakelab import demo, loaders
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Codebook, codebook
from rakelab.demo import draw, raportointi, ugly
from rakelab.errors import OutputError

IDENTITY = re.compile(r"\b\d{6}[-+A-FU-Y](\d{3})[0-9A-Y]\b")

#: Every percentage of the Essote slides: what, published, of whom, who.
PUBLISHED = [
    ("naisia", 35, "kaikki", "sukupuoli", "nainen"),
    ("miehiä", 65, "kaikki", "sukupuoli", "mies"),
    ("ei mainintaa terveydellisistä haasteista", 6, "kaikki", "sairaudet:ei_mainintaa", "1"),
    ("psyykeen sairaus", 52, "kaikki", "sairaudet:psyykkinen", "1"),
    ("päihderiippuvuus", 45, "kaikki", "sairaudet:paihderiippuvuus", "1"),
    ("somaattinen sairaus", 37, "kaikki", "sairaudet:somaattinen", "1"),
    ("eläkkeellä", 31, "kaikki", "status", "elakkeella"),
    ("työttömänä", 41, "kaikki", "status", "tyoton"),
    ("työttömyys yli 5 v", 58, "työttömät", "tyottomyyden_kesto", "yli_5v"),
    ("asiakkuus pitkäaikainen", 57, "kaikki", "asiakkuuden_luonne", "pitkaaikainen"),
    ("ammatillinen koulutus", 51, "kaikki", "koulutus", "ammatillinen"),
    ("vain peruskoulu", 28, "kaikki", "koulutus", "peruskoulu"),
    ("erityisen tuen tarve", 57, "kaikki", "erityisen_tuen_tarve", "kylla"),
    ("erityisen tuen tarve, nuoret", 72, "nuoret", "erityisen_tuen_tarve", "kylla"),
    ("tuen tarve: talous", 59, "kaikki", "tuen_tarpeet:talous", "1"),
    ("tuen tarve: koulutus ja/tai työelämä", 24, "kaikki", "tuen_tarpeet:koulutus_tyo", "1"),
    ("tulot riittävät hyvin", 18, "kaikki", "tulojen_riittavyys", "hyvin"),
    ("nuoret: ammatillinen koulutus", 30, "nuoret", "koulutus", "ammatillinen"),
    ("nuoret: opinnot keskeytyneet", 29, "nuoret", "ammatilliset_opinnot", "keskeytyneet"),
    ("nuoret: ei lainkaan ammatillisia opintoja", 32, "nuoret", "ammatilliset_opinnot", "ei_lainkaan"),
    ("nuoret: mielenterveyden haasteita", 57, "nuoret", "sairaudet:psyykkinen", "1"),
    ("nuoret: päihderiippuvuus", 44, "nuoret", "sairaudet:paihderiippuvuus", "1"),
    ("nuoret: tarkkaavaisuushäiriö", 26, "nuoret", "sairaudet:tarkkaavaisuus", "1"),
    ("nuoret: vailla palkkatyökokemusta", 63, "nuoret", "tyokokemus", "ei"),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return demo.write(tmp_path_factory.mktemp("demo") / "new")


@pytest.fixture(scope="module")
def files(written):
    """Kind → its first file."""
    return {file.kind: file for file in reversed(written)}


@pytest.fixture(scope="module")
def essote(files) -> pd.DataFrame:
    return pd.read_csv(
        files["palvelutarve_essote"].path, sep=";", encoding="utf-8-sig", dtype=str, keep_default_na=False
    )


@pytest.fixture(scope="module")
def export(files) -> str:
    return files["palvelutarve"].path.read_bytes().decode("cp1252")


@pytest.fixture(scope="module")
def lines(export) -> list[list[str]]:
    return list(csv.reader(io.StringIO(export, newline=""), delimiter=";"))


def reproduced(frame: pd.DataFrame) -> list[tuple[str, int, int, int]]:
    """(what, published, reproduced, base) straight from the cells of the file."""
    groups = {
        "kaikki": frame,
        "nuoret": frame[frame["ika"].astype(int).between(18, 30)],
        "työttömät": frame[frame["status"] == "tyoton"],
    }
    counted = []
    for what, published, group, column, cell in PUBLISHED:
        share = (groups[group][column] == cell).mean()
        counted.append((what, published, round(100 * share), len(groups[group])))
    return counted


def test_every_published_percentage_comes_out_the_same(essote, capsys):
    table = reproduced(essote)
    with capsys.disabled():
        print(f"\n{'Essote':45} published reproduced  base")
        for what, published, ours, base in table:
            print(f"{what:45} {published:8} % {ours:8} % {base:5}")
    assert [(what, ours) for what, _, ours, _ in table] == [(what, published) for what, published, _, _ in table]
    assert len(essote) == 707
    assert round(essote["ika"].astype(int).mean()) == 43


def test_finances_are_the_most_common_need_as_published(essote):
    needs = essote.filter(regex="^tuen_tarpeet:").eq("1").sum()
    assert needs.idxmax() == "tuen_tarpeet:talous"
    assert needs.nlargest(2).iloc[1] < needs.max()


@pytest.mark.parametrize("seed", [0, 7, 2**31])
def test_another_seed_is_other_people_with_the_same_figures(seed):
    form = codebook("palvelutarve_essote")
    text = demo.plain.table(demo.essote_rows(seed), form).decode("utf-8-sig")
    frame = pd.read_csv(io.StringIO(text), sep=";", dtype=str, keep_default_na=False)
    assert [row[1] for row in reproduced(frame)] == [row[2] for row in reproduced(frame)]
    assert not demo.essote_rows(seed).equals(demo.essote_rows())


def test_answers_go_together_as_in_life(essote):
    ticked = partial(lambda column: essote[column] == "1")
    ill, need = ticked("sairaudet:paihderiippuvuus"), ticked("tuen_tarpeet:paihteet")
    assert need[ill].mean() > 2 * need[~ill].mean()
    both_years = [group for _, group in essote.groupby("vuosi")]
    shares = [(group["tuen_tarpeet:talous"] == "1").mean() for group in both_years]
    assert 0.02 < abs(shares[0] - shares[1]) < 0.2
    assert (essote.filter(regex="^tuen_tarpeet:") == "1").sum(axis=1).nunique() > 6
    trained = essote["koulutus"] == "ammatillinen"
    assert (trained == (essote["ammatilliset_opinnot"] == "suoritettu")).all()


@pytest.mark.parametrize(
    ("make", "name"), [(demo.essote_rows, "palvelutarve_essote"), (demo.kainuu_rows, "palvelutarve")]
)
def test_rows_obey_their_codebook(make, name):
    form, rows = codebook(name), make(seed=3)
    assert rows.equals(make(seed=3))
    assert list(rows) == [field.name for field in form.fields if field.name != "muuta"]
    assert rows["asiakas"].is_unique
    for field in (field for field in form.fields if field.choice):
        levels = {level for answer in rows[field.name] for level in (answer if field.multiple else [answer]) if level}
        if not field.multiple:
            assert levels <= set(field.levels), field.name
    assert rows["ika"].between(18, form["ika"].maximum).all()


def test_multiple_answers_are_sets_of_options_and_nobodys_is_empty():
    form, rows = codebook("palvelutarve"), demo.kainuu_rows()
    for field in (field for field in form.fields if field.multiple):
        answers = rows[field.name]
        sets = [answer for answer in answers if isinstance(answer, frozenset)]
        assert all(answer and answer <= set(field.values) for answer in sets), field.name
        assert {answer for answer in answers if isinstance(answer, str)} <= {*MISSING_KINDS, NOT_CONCERNED}
        alone = {option.value for option in field.categories if option.exclusive}
        assert all(len(answer) == 1 for answer in sets if answer & alone)


def test_a_question_that_does_not_concern_is_not_answered():
    rows, condition = demo.kainuu_rows(), codebook("palvelutarve")["vakivallan_ulottuvuus"].applies
    concerned = rows["vakivalta"].isin(condition.values)
    assert concerned.equals(rows["vakivallan_ulottuvuus"] != NOT_CONCERNED)


def test_kainuu_has_its_municipalities_by_population_and_cells_of_one_to_four():
    rows = demo.kainuu_rows()
    sizes = rows["kunta"].value_counts()
    assert list(sizes.index[:8]) == ["205", "765", "290", "777", "578", "620", "105", "697"]
    assert 5 < sizes["697"] < 16
    assert sorted(rows["vuosi"].unique()) == ["2020", "2021"]
    small = pd.crosstab(rows["kunta"], [rows["vuosi"], rows["vakivalta"]])
    assert ((small > 0) & (small < 5)).to_numpy().sum() > 20
    assert len(demo.kainuu_rows(n=100)) == 100


def test_the_ugly_export_has_notes_around_two_heading_rows_and_every_shape(lines):
    width = Counter(map(len, lines)).most_common(1)[0][0]
    assert [len(line) for line in lines[:3]] == [1, 1, 0]
    questions, options = lines[3], lines[4]
    assert len(questions) == len(options) == width
    assert questions[-1] == options[-1] == ""
    first = questions.index("Tuen tarpeet")
    assert questions[first + 1 : first + 13] == [""] * 12
    body = [line for line in lines[5:] if len(line) == width and any(line)]
    assert {line[first] for line in body} == {"0", "1", ""}
    texts = questions.index("Terveydelliset haasteet")
    assert {line[texts] for line in body} == {"Psyykkinen sairaus", ""}
    one_cell = {line[questions.index("Palvelun tarpeet")] for line in body}
    assert any("Sosiaaliohjaus, Toimeentulotuki (täydentävä, ehkäisevä)" in cell for cell in one_cell)
    assert {"ei kysytty", "ei tietoa", ""} <= one_cell
    methods = [line[questions.index("Mitä tukevia työmenetelmiä otat käyttöösi")] for line in body]
    assert any("\n" in cell for cell in methods)
    ages = [line[questions.index("Ikä vuosina")] for line in body]
    assert {"99", "", "430", "1.043"} <= set(ages)
    assert sum(age.endswith(",0") for age in ages) > 600
    assert sum(not any(line) for line in lines[5:-3]) == 1
    assert len(body) == demo.KAINUU_N + len(ugly.UNUSABLE)
    assert lines[-2] == [f"Vastauksia yhteensä {len(body)} kpl"]


def test_every_canary_sits_in_its_own_file_and_nowhere_else(export, written):
    assert [canary for canary in ugly.CANARIES if canary not in export] == []
    own, seen = {"palvelutarve_kainuu.csv": ugly.CANARIES, "sosiaalinen_raportointi.xlsx": raportointi.CANARIES}, {}
    for file in written:
        texts = [text for _, text in canary.texts(file.path.name, file.path.read_bytes())]
        seen[file.path.name.removeprefix("synteettinen_")] = {one for text in texts for one in canary.found(text)}
    assert [name for name, planted in own.items() if not set(planted) <= seen[name]] == []
    assert set(demo.CANARIES) == set().union(*own.values())
    elsewhere = {name for name, found in seen.items() if found} - set(own)
    assert elsewhere == {"asiakaskysely.xlsx", "muutosmittaus.xlsx"}  # free text of theirs


def test_identity_codes_are_of_the_series_given_to_nobody(export, essote):
    found = IDENTITY.findall(export)
    assert len(found) == len(ugly.CODES)
    assert all(900 <= int(number) <= 999 for number in found)
    assert IDENTITY.findall(essote.to_csv()) == []


def test_the_check_character_is_right_and_a_real_number_is_refused():
    # 131052-308T is the textbook example of the check; its remainder decides the last character
    assert ugly._CHECK[131052308 % 31] == "T"
    assert ugly.identity_code("131052", 900) == "131052-900" + ugly._CHECK[131052900 % 31]
    with pytest.raises(ValueError, match="899"):
        ugly.identity_code("131052", 899)


def test_files_are_marked_synthetic_and_titled_in_three_languages(written, export):
    names = {file.path.name for file in written}
    assert names == {f"synteettinen_{recipe.file}" for recipe in demo.RECIPES}
    assert names >= {"synteettinen_palvelutarve_essote.csv", "synteettinen_palvelutarve_kainuu.csv"}
    assert export.startswith("SYNTEETTINEN")
    for file in written:
        assert set(file.title) == {"fi", "sv", "en"}
        assert "synte" in file.title["fi"]


def test_writing_twice_gives_the_same_bytes(written, tmp_path):
    for file, before in zip(demo.write(tmp_path), written, strict=True):
        assert (file.path.name, file.path.read_bytes()) == (before.path.name, before.path.read_bytes())


def test_a_folder_that_cannot_be_made_is_an_error_with_what_to_do(tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(OutputError) as caught:
        demo.write(tmp_path / "data")
    assert caught.value.sentence("fi") == (
        "synteettinen_palvelutarve_essote.csv: tiedostoa ei voi kirjoittaa. "
        "Tarkista, että kansioon saa kirjoittaa ja että levyllä on tilaa."
    )


@pytest.mark.parametrize(
    ("kind", "make", "unusable"),
    [("palvelutarve_essote", demo.essote_rows, 0), ("palvelutarve", demo.kainuu_rows, len(ugly.UNUSABLE))],
)
def test_the_loaders_read_back_exactly_what_was_drawn(files, kind, make, unusable):
    form, rows = codebook(kind), make()
    found = loaders.check(files[kind].path, form)
    assert (found.read, found.set_aside) == (len(rows) + unusable, unusable)
    frame = found.dataset.frame
    for field in (field for field in form.fields if field.choice):
        drawn = _asked_of(rows, field)
        if field.multiple:
            ticked = {o: sum(isinstance(a, frozenset) and o in a for a in drawn) for o in field.values}
            assert {o: int(frame[f"{field.name}:{o}"].sum()) for o in field.values} == ticked, field.name
            drawn = drawn.where(drawn.map(lambda a: isinstance(a, str)), "vastattu")
        assert frame[field.name].value_counts().loc[lambda c: c > 0].to_dict() == Counter(drawn), field.name


def _asked_of(rows, field):
    """Where the leading answer is missing, so is the answer that hangs on it."""
    if not field.applies:
        return rows[field.name]
    leading = rows[field.applies.field].astype(object)
    return rows[field.name].where(~leading.isin(MISSING_KINDS), leading)


def test_the_loaders_tell_of_every_planted_trap(files):
    found = loaders.check(files["palvelutarve"].path, codebook("palvelutarve"))
    told = sorted(finding.variable for finding in found.findings if finding.severity == "row")
    assert told == ["erityisen_tuen_tarve", "ika", "kunta", "sairaudet", "vuosi"]
    said = "\n".join(sentence for lang in ("fi", "sv", "en") for sentence in loaders.sentences(found, lang))
    assert [canary for canary in demo.CANARIES if canary in said] == []
    assert found.dataset.origin.synthetic


@given(st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any), st.integers(0, 500))
def test_people_are_shared_out_whole_and_within_one_of_the_exact_share(weights, n):
    sizes = draw.shared_out(np.array(weights), n)
    assert sizes.sum() == n
    assert (abs(sizes - np.array(weights) * n / sum(weights)) < 1).all()


@settings(max_examples=50)
@given(st.data())
def test_ticks_keep_the_counts_and_leave_nobody_out(data):
    people = data.draw(st.integers(1, 30))
    counts = data.draw(st.lists(st.integers(0, people), min_size=2, max_size=6).filter(lambda c: sum(c) >= people))
    scores = np.random.default_rng(data.draw(st.integers(0, 99))).standard_normal((people, len(counts)))
    ticked = draw.ticks(scores, counts)
    assert ticked.sum(axis=0).tolist() == counts
    assert ticked.any(axis=1).all()


PLANS = {
    "essote": "palvelutarve_essote",
    "kainuu": "palvelutarve",
    "aktivointi": "aktivointisuunnitelma",
    "kysely": "asiakaskysely",
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_names_only_what_the_form_has(name):
    form: Codebook = codebook(PLANS[name])
    made = draw.plan(name)
    assert [variable for variable in {*made.counts, *made.pull} if variable not in form] == []
    for variable, groups in made.counts.items():
        allowed = {*form[variable].levels, *(["base"] if form[variable].multiple else [])}
        if form[variable].choice:
            assert {answer for counts in groups.values() for answer in counts} <= allowed, variable
            assert set(made.pull.get(variable, {})) <= {*form[variable].levels, "*"}, variable


def test_where_there_are_too_few_ticks_for_everybody_some_go_without():
    assert draw.ticks(np.zeros((3, 2)), [1, 1]).any(axis=1).tolist() == [True, True, False]
