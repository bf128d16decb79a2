"""Names that the tool derives are nobody's question: a form is refused that would use one."""

import pytest

from rakelab.codebook import Codebook, codebook, names
from rakelab.errors import CodebookError, UsageError
from rakelab.fields import Field

WORDS = '{ fi = "a", sv = "a", en = "a" }'


def form(tmp_path, *fields: str, head: str = ""):
    path = tmp_path / "oma.toml"
    path.write_text("\n".join([f'[codebook]\nname = "oma"\ntitle = {WORDS}\n{head}', *fields]), encoding="utf-8")
    return path


def question(name: str, more: str = "", options: tuple[str, ...] = (), kind: str = "string") -> str:
    made = ", ".join(f'{{ value = "{one}", label = {WORDS} }}' for one in options)
    choices = f"categories = [{made}]\n" if options else ""
    return f'[[field]]\nname = "{name}"\ntype = "{kind}"\ntitle = {WORDS}\n{choices}{more}'


def faults(path) -> list[tuple[str, str]]:
    with pytest.raises(CodebookError) as stopped:
        codebook(path)
    return [(one.key.rpartition(".")[2], one.values.get("place", "")) for one in stopped.value.faults]


@pytest.mark.parametrize(
    "name",
    [
        "pari", "mittaushuomiot", "palaute", "odotus_paivia", "puolivuosi", "kuukausi", "kasittely_vaihe", "maaraaika",
        "ilmoitus_loytyi", "toimeksiannot", "toimeksianto_tilanne", "siirtyma", "arvon_alkupera", "kaynteja",
        "kaynteja_luokka", "yksikko", "julkaisu", "hyvinvointi_muutos", "ika_alku", "ika_loppu", "ika_alussa",
        "ika_lopussa", "ika_keskeyttaneet", "ika_luokka", "tarpeet_maara", "kysymys_vastaus", "teksti_koodaaja_a",
        "teksti_koodaaja_b", "vuosi", "reported_vuosi", "mean_ika", "support_model", "Pari", "OMA_Muutos",
    ],
)  # fmt: skip
def test_a_question_called_as_something_that_is_derived_is_refused(tmp_path, name):
    assert faults(form(tmp_path, question("hyva"), question(name))) == [("reserved_name", f"field {name}")]


def test_all_are_told_at_once_also_in_a_form_that_extends_another_and_in_bands(tmp_path):
    option = f'{{ value = "0-", label = {WORDS}, minimum = 0 }}'
    band = f'[[bands]]\nname = "ika_luokka"\nof = "ika"\ntitle = {WORDS}\ncategories = [{option}]'
    found = faults(form(tmp_path, question("pari"), question("palaute"), band, head='extends = "palvelutarve"'))
    assert found == [("reserved_name", f"field {name}") for name in ("pari", "palaute")] + [
        ("reserved_name", "bands ika_luokka")
    ]


@pytest.mark.parametrize("name", ["alussa", "lopussa", "muutos", "parisuhde", "palaute_hyoty", "muutostarve", "tila"])
def test_names_that_only_look_alike_are_free(tmp_path, name):
    assert name in codebook(form(tmp_path, question(name)))


def test_the_year_is_free_as_the_period_of_the_form(tmp_path):
    assert "vuosi" in codebook(form(tmp_path, question("vuosi", 'role = "period"', kind="integer")))


@pytest.mark.parametrize("value", ["vastattu", "tyhja", "ei_koske"])
def test_levels_that_mean_something_else_are_refused(tmp_path, value):
    assert faults(form(tmp_path, question("k", options=("a", value)))) == [
        ("reserved_value", f"field k.categories {value}")
    ]


def test_a_level_that_looks_like_others_joined_is_refused(tmp_path):
    assert faults(form(tmp_path, question("k", options=("a", "b", "a+b")))) == [("reserved_join", "field k")]
    assert faults(form(tmp_path, question("k", options=("a", "a+tyhja")))) == [("reserved_join", "field k")]
    assert codebook(form(tmp_path, question("k", options=("alle 65", "65+", "a+b"))))["k"].values[1] == "65+"


def test_options_of_a_select_all_have_no_plus_as_pairs_of_them_do(tmp_path):
    found = faults(form(tmp_path, question("k", options=("x+y", "z", "x", "y+z"), kind="list")))
    assert found == [("reserved_join", "field k")]


def test_the_score_of_an_instrument_is_no_question_of_the_form(tmp_path):
    path = form(tmp_path, question("core10_summa"), head='instruments = ["core10"]')
    assert [key for key, _ in faults(path)] == ["twice"]


@pytest.mark.parametrize("name", names())
def test_every_form_that_comes_along_still_loads(name):
    assert codebook(name).fields


# --- the codebook itself --------------------------------------------------------------------------------------


def words(name: str) -> Field:
    return Field(name, "number", dict.fromkeys(("fi", "sv", "en"), name))


BOOK = Codebook("lomake", {}, (words("a"),))


def test_a_derived_field_takes_no_name_in_use():
    for book in (BOOK, BOOK.with_field(words("b"))):
        with pytest.raises(UsageError) as stopped:
            book.with_field(words(book.bands[0].name if book.bands else "a"))
        assert stopped.value.key == "codebook.name_in_use"


def test_a_field_can_be_replaced_on_purpose_but_only_one_that_is_there():
    assert BOOK.with_replaced(words("a"))["a"] == words("a")
    with pytest.raises(CodebookError):
        BOOK.with_replaced(words("b"))
