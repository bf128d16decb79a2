"""The forms beside the service-need assessment: what the sources give is there, word for word where they name it."""

import pytest

from rakelab.codebook import codebook

#: Table 5 of the final report of 2022, in its wording and order.
TABLE_5 = [
    "Sosiaalipalvelujärjestelmän tunteminen",
    "Oman maantieteellisen työskentelyalueen erityispiirteiden tuntemus",
    "Sähköisten palvelujen hyödyntäminen",
    "Kolmannen sektorin toiminnan ja palveluiden tunteminen",
    "Omaa työtä ohjaavien taloudellisten reunaehtojen tunteminen",
    "Sosiaaliturvaetuuksien tunteminen",
    "Työllisyyspalvelujärjestelmän tunteminen",
    "Sosiaalialaa ohjaavan lainsäädännön hallitseminen",
    "Kulttuurisensitiivisen työn osaaminen",
    "Yksityisten sosiaalipalvelujen tunteminen",
    "Terveydenhuollon palvelujärjestelmän tunteminen",
]
COMPETENCES = ("Tieto ja sen kokoaminen.", "Tietojen työstäminen käyttöä varten.", "Tiedolla vaikuttaminen.")


def test_the_competence_survey_has_27_areas_and_the_eleven_published_ones_in_their_words():
    areas = [field for field in codebook("osaamiskartoitus").fields if field.name.startswith("osa_")]
    assert [field.number for field in areas] == list(range(1, 28))
    assert set(TABLE_5) <= {field.title["fi"] for field in areas}
    assert {(field.type, field.minimum, field.maximum, field.origin) for field in areas} == {
        ("integer", 1, 5, "proposal")
    }


def test_every_area_belongs_to_one_of_the_three_competences_and_says_that_the_scale_is_a_proposal():
    areas = [field for field in codebook("osaamiskartoitus").fields if field.name.startswith("osa_")]
    told = [field.description["fi"] for field in areas]
    belongs = [next(i for i, words in enumerate(COMPETENCES) if one.startswith(words)) for one in told]
    assert belongs == sorted(belongs)
    assert set(belongs) == {0, 1, 2}
    assert all(one.endswith("Asteikko on ehdotus.") for one in told)


def test_the_client_surveys_statements_share_one_ordered_scale():
    statements = [field for field in codebook("asiakaskysely").fields if field.name.startswith("vaite_")]
    assert len(statements) == 4
    assert all(field.ordered and field.categories == statements[0].categories for field in statements)
    assert statements[0].values == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize("name", ["osaamiskartoitus", "asiakaskysely", "asiakaspolut"])
def test_that_somebody_did_not_answer_may_be_told_in_surveys(name):
    assert codebook(name).nonresponse == "open"
    assert codebook("palvelutarve").nonresponse == "closed"


@pytest.mark.parametrize("name", ["osaamiskartoitus", "asiakaskysely"])
def test_open_answers_are_marked_as_text_and_their_themes_can_be_counted(name):
    form = codebook(name)
    (open_,) = [field for field in form.fields if field.free_text]
    assert open_.sensitivity == "text"
    assert form[f"{open_.name}_teema"].multiple
    assert form.role("person") is None


def test_activation_plans_share_the_variables_of_the_assessments():
    plans, assessments = codebook("aktivointisuunnitelma"), codebook("palvelutarve_essote")
    added = [field.name for field in plans.fields if field.name not in assessments]
    assert added == ["tyollistymissuunnitelma", "toimenpiteet", "kuntouttava_tyotoiminta", "paivia_viikossa"]
    changed = [field.name for field in assessments.fields if plans[field.name] != field]
    assert changed == ["vuosi", "arvioinnin_vaihe"]


def test_client_paths_are_of_clients_in_five_classes():
    form = codebook("asiakaspolut")
    assert form.role("person").required
    assert [option.label["fi"] for option in form["alussa"].categories] == [
        "Satunnainen asiakaskontakti",
        "Negatiivisten muutosten torjunta",
        "Ylläpitävä työskentely",
        "Hitaat positiiviset muutosprosessit",
        "Sitoutunut muutostyöskentely",
    ]
    assert form["kuukausia"].minimum == 12
