import pytest

from rakelab import parameters
from rakelab.errors import UsageError

DECLARED = 'kunta = ""  # kuntanumero\nkynnys = 5\nosuus = 0.5\nkaikki = False\nvuodet = []\nlang = "fi"'
DEFAULTS = parameters.declared(DECLARED)


def refused(act):
    with pytest.raises(UsageError) as caught:
        act()
    return caught.value


def test_a_cell_of_plain_values_declares_parameters():
    assert DEFAULTS == {"kunta": "", "kynnys": 5, "osuus": 0.5, "kaikki": False, "vuodet": [], "lang": "fi"}
    assert parameters.declared('kunta: str = "091"') == {"kunta": "091"}
    assert parameters.declared('a, b = "", 2  # two of one kind') == {"a": "", "b": 2}


@pytest.mark.parametrize("source", ["import os", "a = b", "a, b = c, 2", "a, b = 1", "a = 1\nprint(a)", "a ="])
def test_any_other_cell_declares_nothing(source):
    assert parameters.declared(source) == {}


def test_text_becomes_the_declared_type_and_codes_keep_their_zeros():
    given = {"kunta": "091", "kynnys": " 7", "osuus": "0,25", "kaikki": "kyllä", "vuodet": "2020, 2021", "lang": "sv"}
    assert parameters.settle(given, DEFAULTS) == {
        "kunta": "091",
        "kynnys": 7,
        "osuus": 0.25,
        "kaikki": True,
        "vuodet": ["2020", "2021"],
        "lang": "sv",
    }


def test_a_whole_number_is_fine_where_a_decimal_one_is_declared_and_not_the_other_way_round():
    assert parameters.settle({"osuus": 1}, DEFAULTS) == {"osuus": 1}
    parameters.check(namespace(DECLARED, osuus=1))
    whole = "Parametrin kynnys pitää olla kokonaisluku."
    assert refused(lambda: parameters.settle({"kynnys": 5.0}, DEFAULTS)).sentence("fi") == whole
    assert refused(lambda: parameters.check(namespace(DECLARED, kynnys=5.0))).sentence("fi") == whole


def test_a_list_of_numbers_stays_one():
    assert parameters.settle({"vuodet": "2020,2021"}, {"vuodet": [2019]}) == {"vuodet": [2020, 2021]}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kuntaa": "091"}, "Parametria kuntaa ei ole. Tarkoititko: kunta?"),
        (
            {"xyz": "1"},
            "Parametria xyz ei ole. Tämän raportin parametrit ovat: kunta, kynnys, osuus, kaikki, vuodet, lang.",
        ),
        ({"kynnys": "viisi"}, "Parametrin kynnys pitää olla kokonaisluku."),
        ({"osuus": "puolet"}, "Parametrin osuus pitää olla luku."),
        ({"kaikki": "ehkä"}, "Parametrin kaikki pitää olla kyllä tai ei."),
        ({"kynnys": True}, "Parametrin kynnys pitää olla kokonaisluku."),
        ({"lang": "de"}, "Parametri lang: kielen pitää olla jokin näistä: fi, sv, en."),
        (
            {"kunta": 91},
            "Parametrin kunta pitää olla tekstiä. Anna se papermillille valinnalla -r "
            "(esimerkiksi -r kunta 091), niin etunollat säilyvät.",
        ),
    ],
)
def test_a_wrong_parameter_is_refused_in_words(given, sentence):
    assert refused(lambda: parameters.settle(given, DEFAULTS)).sentence("fi") == sentence


def namespace(*cells, **values):
    return {"In": ["", *cells], **DEFAULTS, **values}


def test_check_passes_declared_parameters():
    parameters.check(namespace(DECLARED))
    parameters.check(namespace(DECLARED, '# Parameters\nkunta = "091"\n', kunta="091"))


def test_check_finds_a_parameter_that_papermill_put_in():
    error = refused(lambda: parameters.check(namespace(DECLARED, "# Parameters\nkuntaa = 91\n")))
    assert (error.key, error.values["nearest"]) == ("parameters.misspelt", "kunta")


def test_check_finds_a_mistyped_value():
    error = refused(lambda: parameters.check(namespace(DECLARED, "# Parameters\nkunta = 91\n", kunta=91)))
    assert error.key == "parameters.not_text"


def test_check_looks_at_the_latest_version_of_the_cell():
    parameters.check({"In": ["", "kynnys = 'x'", "kynnys = 5"], "kynnys": 6})


def test_check_outside_a_notebook_has_nothing_to_say():
    parameters.check({"lang": "de"})
