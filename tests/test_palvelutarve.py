"""The service-need form: the 24 variables of the Kainuu form in its order, and what Essote adds."""

import re

import pytest

from rakelab.codebook import Codebook, codebook, names
from rakelab.i18n import LANGUAGES

#: The variables as the Kainuu report lists them, and the words the form used for them.
FORM = [
    ("kunta", "kunta jossa palvelutarpeen arvio tehdään"),
    ("sukupuoli", "sukupuoli"),
    ("ika", "ikä"),
    ("arvioinnin_vaihe", "arvioinnin vaihe"),
    ("mukana_olleet", "arvioinnissa mukana olleet tahot"),
    ("asuminen", "asuminen"),
    ("vireilletulo", "asiakkuuden vireilletulo"),
    ("status", "status"),
    ("tulojen_riittavyys", "kokemus tulojen riittävyydestä"),
    ("luottohairiot", "luottohäiriömerkinnät"),
    ("sairaudet", "sairaudet"),
    ("perhetyyppi", "perhetyyppi"),
    ("verkoston_riittavyys", "kokemus sosiaalisen verkoston riittävyydestä"),
    ("vakivalta", "väkivalta"),
    ("vakivallan_ulottuvuus", "väkivallan ulottuvuus"),
    ("lainvastainen_toiminta", "lainvastainen toiminta"),
    ("tuen_tarpeet", "tuen tarpeet"),
    ("palvelun_tarpeet", "palvelun tarpeet"),
    ("erityisen_tuen_tarve", "erityisen tuen tarve"),
    ("oma_tyontekija", "oma työntekijä"),
    ("asiakkuuden_luonne", "asiakkuuden luonne"),
    ("sitoutuminen", "tunne yhteistyön/palveluihin sitoutumisen onnistumisesta"),
    ("tyomenetelmat", "mitä tukevia työmenetelmiä otat käyttöösi"),
    ("muuta", "muuta huomioitavaa (esim. mitkä tekijät estivät tavoitteiden toteutumista)"),
]
BUILT_IN = [codebook(name) for name in names()]


@pytest.fixture(scope="module")
def form() -> Codebook:
    return codebook("palvelutarve")


def test_the_24_variables_are_in_the_forms_order_and_answer_to_the_forms_words(form):
    numbered = [field for field in form.fields if field.number]
    assert [field.number for field in numbered] == list(range(1, 25))
    assert [field.name for field in numbered] == [name for name, _ in FORM]
    for field, (_, words) in zip(numbered, FORM, strict=True):
        assert words in {field.title["fi"].lower(), *(alias.lower() for alias in field.aliases)}


def test_only_what_the_sources_forced_is_not_marked_as_our_proposal(form):
    given = {field.name for field in form.fields if field.origin == "source"}
    assert given == {"kunta", "ika", "luottohairiot", "erityisen_tuen_tarve", "asiakkuuden_luonne", "muuta"}


def test_what_may_hurt_is_marked(form):
    assert {field.name: field.sensitivity for field in form.fields if field.sensitivity} == {
        "sairaudet": "health",
        "tuen_tarpeet": "health",
        "palvelun_tarpeet": "health",
        "vakivalta": "violence",
        "vakivallan_ulottuvuus": "violence",
        "lainvastainen_toiminta": "crime",
        "muuta": "text",
    }


def test_roles_and_free_text(form):
    roles = {role: form.role(role).name for role in ("period", "region", "person")}
    assert roles == {"period": "vuosi", "region": "kunta", "person": "asiakas"}
    assert [field.name for field in form.fields if field.free_text] == ["muuta"]
    assert [field.name for field in form.fields if field.required] == ["vuosi"]


def test_the_form_of_violence_concerns_those_who_met_violence(form):
    condition = form["vakivallan_ulottuvuus"].applies
    assert condition.field == "vakivalta"
    assert set(form["vakivalta"].values) - set(condition.values) == {"ei"}


def test_none_of_these_excludes_the_illnesses(form):
    alone = {f.name: [o.value for o in f.categories if o.exclusive] for f in form.fields}
    assert {name: found for name, found in alone.items() if found} == {"sairaudet": ["ei_mainintaa"]}


@pytest.mark.parametrize("band", ["ikaryhma", "nuori", "nuori_shl"])
def test_every_whole_age_is_in_exactly_one_band(form, band):
    for age in range(form["ika"].minimum, form["ika"].maximum + 1):
        within = [
            option.value
            for option in form[band].categories
            if (option.minimum is None or option.minimum <= age) and (option.maximum is None or age <= option.maximum)
        ]
        assert len(within) == 1, age


@pytest.mark.parametrize("coarse", ["nuori", "nuori_shl"])
def test_the_youth_bands_are_made_of_whole_age_groups(form, coarse):
    """Their counts are then sums of age groups, and the protection rule sees them as such."""
    cuts = {option.minimum for option in form["ikaryhma"].categories}
    assert {option.minimum for option in form[coarse].categories} <= cuts


def test_both_youths_are_there(form):
    limits = {name: {(o.minimum, o.maximum) for o in form[name].categories} for name in ("nuori", "nuori_shl")}
    assert (18, 30) in limits["nuori"]
    assert (18, 24) in limits["nuori_shl"]


@pytest.mark.parametrize("book", BUILT_IN, ids=[book.name for book in BUILT_IN])
def test_names_and_values_are_plain_words(book):
    named = [field.name for field in (*book.fields, *book.bands)]
    values = [value for field in book.fields for value in field.values]
    assert [name for name in (*named, *values) if not re.fullmatch(r"[a-z0-9_-]+", name)] == []


@pytest.mark.parametrize("book", BUILT_IN, ids=[book.name for book in BUILT_IN])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reader_can_tell_questions_and_options_apart(book, lang):
    titles = [book.title_of(field.name, lang) for field in (*book.fields, *book.bands)]
    assert len(titles) == len(set(titles))
    for field in (*book.fields, *book.bands):
        labels = [book.label(field.name, level, lang) for level in field.levels]
        assert len(labels) == len(set(labels)), field.name


@pytest.mark.parametrize("book", BUILT_IN, ids=[book.name for book in BUILT_IN])
def test_every_question_is_explained_in_a_note_that_excel_can_show(book):
    for field in book.fields:
        assert {lang for lang, words in field.description.items() if 0 < len(words) < 200} == set(LANGUAGES)


def test_essote_adds_what_it_published_and_has_its_own_municipalities(form):
    essote = codebook("palvelutarve_essote")
    added = [field.name for field in essote.fields if field.name not in form]
    assert added == ["koulutus", "ammatilliset_opinnot", "tyottomyyden_kesto", "tyokokemus"]
    assert essote["tyottomyyden_kesto"].applies.values == ("tyoton",)
    assert set(essote["kunta"].values) & set(form["kunta"].values) == {"muu"}


@pytest.mark.shared
def test_municipalities_have_the_official_codes_and_names():
    import csv
    from pathlib import Path

    path = Path(__file__).parents[1] / "../shared/data/regions/municipality_key_2026_subset.csv"
    if not path.exists():
        pytest.skip("the shared data is not here")
    with path.open(encoding="utf-8", newline="") as file:
        key = list(csv.DictReader(file))
    for name, county in (("palvelutarve", "20"), ("palvelutarve_essote", "12")):
        official = {
            (row["kunta"].zfill(3), row["municipality_name_fi"], row["municipality_name_sv"])
            for row in key
            if row["hyvinvointialue_code"] == county
        }
        ours = {(o.value, o.label["fi"], o.label["sv"]) for o in codebook(name)["kunta"].categories if o.value != "muu"}
        assert ours == official
