"""Instruments: a key is refused with all its faults at once; those that come along say what their sources say."""

import re
from pathlib import Path

import pytest

from rakelab import instrument as reader
from rakelab.codebook import codebook
from rakelab.errors import CodebookError, RakelabError, UsageError
from rakelab.i18n import LANGUAGES
from rakelab.instrument import Cutoff, Instrument, instrument, names
from rakelab.scales import DIRECTIONS, GAS, RULES, gas

DOCUMENT = Path(__file__).parents[1] / "docs" / "instruments.md"
TITLE = 'title = { fi = "F", sv = "S", en = "E" }\n'
HEAD = f'[instrument]\nname = "oma"\n{TITLE}'
ITEMS = "[items]\ncount = 3\nminimum = 0\nmaximum = 4\n"
SCALE = f'[[scale]]\nname = "summa"\n{TITLE}'
ALL = "items = [1, 2, 3]\n"


@pytest.fixture
def made(tmp_path: Path):
    def make(text: str) -> Instrument:
        path = tmp_path / "oma.toml"
        path.write_text(text, encoding="utf-8")
        return instrument(path)

    return make


@pytest.fixture
def faults(made):
    """The faults of a broken key as (key, place)."""

    def find(text: str) -> list[tuple[str, object]]:
        with pytest.raises(CodebookError) as caught:
            made(text)
        assert caught.value.key == "instrument.broken"
        return [(fault.key, fault.values.get("place")) for fault in caught.value.faults]

    return find


# --- a key of one's own ---------------------------------------------------------------------------------------


def test_every_fault_of_a_key_is_told_at_once_with_its_place(made):
    text = (
        HEAD
        + 'direcion = "none"\n'
        + ITEMS
        + "[[item]]\nnumber = 2\nrisk = true\nvalues = [0, 9]\n"
        + SCALE
        + "items = [1, 2, 33]\nallowed_missing = 5\n"
    )
    with pytest.raises(CodebookError) as caught:
        made(text)
    assert caught.value.sentence("fi").splitlines() == [
        "oma.toml: mittarin avainta ei voi käyttää. Korjaa nämä:",
        "– instrument: avainta direcion ei tunneta. Lähin on direction.",
        "– item 2.values: arvo puuttuu tai on rajojen ulkopuolella.",
        "– scale summa.items: mittarissa ei ole kohtaa 33. Kohdat ovat 1–3.",
        "– scale summa.allowed_missing: luvun pitää olla välillä 0–1.",
        "– scale summa: kohta 2 on riskikohta, eikä se saa hukkua summaan. Lisää se beside-luetteloon.",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("instrument.no_items", "oma.toml")),
        ('[instrument]\nname = "3x"\n' + TITLE + ITEMS, ("instrument.bad_identifier", "instrument")),
        (HEAD + 'sensitivity = "text"\n' + ITEMS, ("codebook.not_one_of", "instrument.sensitivity")),
        (HEAD + "allowed_missing = 3\n" + ITEMS, ("instrument.allowed_missing", "instrument.allowed_missing")),
        (HEAD + "note = 3\n" + ITEMS, ("codebook.wrong_type", "instrument.note")),
        (HEAD + "[items]\ncount = 1\nminimum = 0\n", ("instrument.no_limit", "item 1")),
        (HEAD + "[items]\ncount = 1\nminimum = 2\nmaximum = 1\n", ("codebook.limits", "item 1")),
        (HEAD + ITEMS + "reversed = [4]\n", ("instrument.unknown_item", "items.reversed")),
        (HEAD + ITEMS + 'reversed = ["1"]\n', ("codebook.wrong_type", "items.reversed")),
        (HEAD + ITEMS + "reversed = [1, 1]\n", ("codebook.twice", "items.reversed")),
        (HEAD + ITEMS + "[[item]]\nrisk = true\n", ("instrument.bad_number", "item 1")),
        (HEAD + ITEMS + "[[item]]\nnumber = 2\n[[item]]\nnumber = 2\n", ("codebook.twice", "oma.toml")),
        (HEAD + ITEMS + '[[item]]\nnumber = 2\nlabel = { sv = "S" }\n', ("codebook.no_label", "item 2.label")),
        (HEAD + ITEMS + '[[item]]\nnumber = 2\nrecode = { "0" = 1 }\n', ("instrument.recode_gap", "item 2.recode")),
        (HEAD + ITEMS + '[[item]]\nnumber = 2\nrecode = { "x" = 1 }\n', ("codebook.wrong_type", "item 2.recode")),
        (
            HEAD + ITEMS + '[[item]]\nnumber = 1\nvalues = [0, 1]\nreversed = true\nrecode = { "0" = 1, "1" = 2 }\n',
            ("instrument.twice_turned", "item 1"),
        ),
        (HEAD + ITEMS + SCALE, ("instrument.no_scale_items", "scale summa")),
        (HEAD + ITEMS + SCALE + ALL + 'rule = "median"\n', ("codebook.not_one_of", "scale summa.rule")),
        (HEAD + ITEMS + SCALE + ALL + 'rule = "mean4_100"\n', ("instrument.one_to_five", "scale summa")),
        (HEAD + ITEMS + SCALE + ALL + "maximum = 15\n", ("instrument.other_limit", "scale summa.maximum")),
        (HEAD + ITEMS + SCALE + ALL + "weights = true\n", ("instrument.weights", "scale summa")),
        (HEAD + ITEMS + SCALE + ALL + "beside = [7]\n", ("instrument.unknown_item", "scale summa.beside")),
        (
            HEAD + ITEMS + SCALE + ALL + "reliability = { value = 0.8 }\n",
            ("instrument.bad_reliability", "scale summa.reliability"),
        ),
        (
            HEAD + ITEMS + SCALE + ALL + f"cutoffs = [{{ value = 13, {TITLE.strip()} }}]\n",
            ("instrument.outside", "scale summa.cutoffs 1"),
        ),
        (HEAD + 'kind = "sum"\n' + ITEMS, ("codebook.not_one_of", "instrument.kind")),
        (HEAD + 'kind = "ready score"\n', ("instrument.no_ready", "oma.toml")),
        (HEAD + 'kind = "ready score"\n' + SCALE + "minimum = 1\n", ("instrument.no_limit", "scale summa")),
        (HEAD + 'kind = "ready score"\n' + SCALE + "minimum = 1\nmaximum = 1\n", ("codebook.limits", "scale summa")),
        (HEAD + 'kind = "ready score"\n' + SCALE + ALL, ("codebook.unknown_key", "scale summa")),
        (HEAD + "alone = [9]\n" + ITEMS, ("instrument.unknown_item", "instrument.alone")),
        (HEAD + ITEMS + "printed = [2, 1]\n", ("instrument.printed_gap", "items.printed")),
        (HEAD + ITEMS + "[[edition]]\nreversed = [1]\n", ("instrument.outside", "edition 1")),
        (HEAD + ITEMS + "[[edition]]\nvalue = 1\n[[edition]]\nvalue = 1\n", ("codebook.twice", "oma.toml")),
        (
            HEAD + ITEMS + "reversed = [1]\n[[edition]]\nvalue = 1\nreversed = [1]\n",
            ("instrument.twice_turned", "item 1"),
        ),
        (HEAD + ITEMS + "[[skip]]\nwhen = [1]\n", ("instrument.empty_skip", "skip 1")),
        (HEAD + ITEMS + "[[skip]]\nwhen = [1]\nitems = [4]\n", ("instrument.unknown_item", "skip 1.items")),
        (HEAD + ITEMS + (SCALE + ALL) * 2, ("codebook.twice", "oma.toml")),
        (HEAD + ITEMS + SCALE.replace("summa", "2") + ALL, ("instrument.bad_identifier", "scale 2")),
    ],
)
def test_a_fault_is_told_with_its_place(faults, text: str, found: tuple[str, object]):
    assert found in faults(text)


def test_an_unknown_instrument_names_the_nearest():
    with pytest.raises(CodebookError) as caught:
        instrument("core1")
    assert caught.value.sentence("en") == (
        "There is no instrument core1. The nearest is core10. "
        "The key of an instrument of your own can be given as the path of a TOML file."
    )


def test_a_key_may_have_items_and_no_scales(made):
    """AVHV and Kykyviisari: nobody has published a key, but the items' distributions can be shown."""
    own = made(HEAD + ITEMS)
    assert own.scales == ()
    assert [one.name for one in own.fields()] == ["oma_1", "oma_2", "oma_3"]


def test_an_item_has_what_all_items_have_and_what_it_has_itself(made):
    text = HEAD + ITEMS + "reversed = [3]\n[[item]]\nnumber = 2\nmaximum = 1\naliases = ['K2']\n[[item]]\nnumber = 5\n"
    own = made(text)
    assert [(one.number, one.maximum, one.reversed) for one in own.items] == [
        (1, 4, False), (2, 1, False), (3, 4, True), (5, 4, False),
    ]  # fmt: skip
    assert own.item(2).aliases == ("K2",)
    assert dict(own.item(3).points) == {0: 4, 1: 3, 2: 2, 3: 1, 4: 0}


def test_a_scale_has_the_direction_of_its_instrument_unless_it_has_its_own(made):
    other = SCALE.replace("summa", "toinen") + ALL + 'direction = "higher_worse"\n'
    own = made(HEAD + 'direction = "higher_better"\nformative = true\n' + ITEMS + SCALE + ALL + other)
    assert [one.direction for one in own.scales] == ["higher_better", "higher_worse"]
    assert [one.formative for one in own.scales] == [True, True]


def test_cutoffs_stand_in_rising_order(made):
    both = ", ".join(f"{{ value = {value}, {TITLE.strip()} }}" for value in (9, 4))
    own = made(HEAD + ITEMS + SCALE + ALL + f"cutoffs = [{both}]\n")
    assert [one.value for one in own.scale("summa").cutoffs] == [4, 9]


def test_the_document_tells_of_every_key():
    told = set(re.findall(r"`(\w+)`", DOCUMENT.read_text(encoding="utf-8")))
    tables = (reader._HEAD, reader._ITEMS, reader._ITEM, reader._SCALE, reader._RELIABILITY, reader._CUTOFF,
              reader._EDITION, reader._SKIP)  # fmt: skip
    assert {key for table in tables for key in table} - told == set()
    assert {*names(), *RULES, GAS, *DIRECTIONS} - told == set()


def test_the_key_of_the_document_is_one(made):
    (text,) = re.findall(r"^```toml oma_mittari.toml\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S)
    own = made(text)
    assert [one.name for one in own.scales] == ["arki", "mieli"]
    assert own.scale("mieli").reliability.value == 0.8


# --- fields ---------------------------------------------------------------------------------------------------


def test_items_become_fields_as_secret_as_the_instrument():
    fields = {one.name: one for one in instrument("core10").fields()}
    six = fields["core10_6"]
    assert len(fields) == 10
    assert (six.type, six.minimum, six.maximum, six.sensitivity) == ("integer", 0, 4, "health")
    assert fields["core10_5"].title["sv"] == "CORE-10: punkt 5"
    assert dict(six.title) == {
        "fi": "CORE-10: kohta 6, itsemurha-ajatukset", "sv": "CORE-10: punkt 6, självmordstankar",
        "en": "CORE-10: item 6, thoughts of suicide",
    }  # fmt: skip


def test_a_form_of_promis_has_the_questions_in_the_order_they_are_printed():
    """HealthMeasures, Global Health 1.1 and 1.2: Global01 … 05, 09r, 06, 10(r), 08(r), 07(r)."""
    fields = instrument("promis10").fields()
    numbers = [one.name.partition("_")[2] for one in fields]
    assert numbers == ["versio", "1", "2", "3", "4", "5", "9", "6", "10", "8", "7"]
    assert "question 6." in fields[6].description["en"]
    assert fields[0].values == ("1.1", "1.2")


READY = (
    """[instrument]
name = "oma"
kind = "ready score"
direction = "higher_worse"
"""
    + TITLE
    + "[[scale]]\nname = 'pisteet'\n"
    + TITLE
)


def test_a_ready_score_is_a_number_with_a_range_and_a_direction(made):
    own = made(READY + "minimum = 1\nmaximum = 5.5\n")
    (field,) = own.fields()
    assert (field.name, field.type, field.minimum, field.maximum) == ("oma_pisteet", "number", 1, 5.5)
    assert (own.items, own.scales[0].direction) == ((), "higher_worse")


def test_one_area_of_life_is_about_health():
    secret = {one.name: one.sensitivity for one in instrument("mittari_3x10d").fields()}
    assert {name for name, kind in secret.items() if kind} == {"mittari_3x10d_1"}


def test_goals_have_weights_of_their_own():
    names_ = [one.name for one in instrument("gas").fields()]
    assert names_ == [f"gas_{n}" for n in range(1, 6)] + [f"gas_{n}_paino" for n in range(1, 6)]


def test_a_form_takes_instruments_by_name_and_by_file(tmp_path: Path):
    (tmp_path / "avain.toml").write_text(HEAD + ITEMS, encoding="utf-8")
    form = tmp_path / "lomake.toml"
    form.write_text(f'[codebook]\nname = "lomake"\n{TITLE}instruments = ["core10", "avain.toml"]\n', encoding="utf-8")
    book = codebook(form)
    assert [one.name for one in book.instruments] == ["core10", "oma"]
    assert [one.name for one in book.fields][-4:] == ["core10_10", "oma_1", "oma_2", "oma_3"]


# --- asking ---------------------------------------------------------------------------------------------------


def told(act, *arguments: object) -> RakelabError:
    with pytest.raises(UsageError) as caught:
        act(*arguments)
    return caught.value


def test_a_scale_and_an_item_that_are_not_there():
    core = instrument("core10")
    assert told(core.scale, "suma").sentence("fi") == "Mittarissa core10 ei ole asteikkoa suma. Lähin on summa."
    assert told(core.item, 11).key == "instrument.no_item"


def test_alpha_is_refused_for_a_formative_scale(made):
    one = SCALE.replace("summa", "yksi") + "items = [1]\n"
    arki = made(HEAD + ITEMS + SCALE + ALL + "formative = true\n" + one)
    assert told(arki.reflective, "summa").sentence("en") == (
        "The scale summa of oma is formative: its items need not go together, so alpha is not computed."
    )
    assert told(arki.reflective, "yksi").key == "instrument.one_item"
    assert told(instrument("gas").reflective, "t").key == "instrument.formative"
    assert instrument("core10").reflective("summa").name == "summa"


# --- those that come along ------------------------------------------------------------------------------------

SHIPPED = ("audit", "core10", "eurohis8", "gas", "mittari_3x10d", "promis10", "whoqol_bref")


def test_which_come_along():
    assert names() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_each_says_its_source_and_licence(name: str):
    one = instrument(name)
    assert one.name == name
    assert one.source
    assert one.licence
    assert one.direction != "none"


LIMITS = {
    "audit": {"summa": (0, 40), "kulutus": (0, 12), "riippuvuus": (0, 12), "haitat": (0, 16)},
    "core10": {"summa": (0, 40)},
    "eurohis8": {"keskiarvo": (1, 5)},
    "gas": {"t": (19.85, 80.15)},
    "mittari_3x10d": {},
    "promis10": {"fyysinen": (4, 20), "psyykkinen": (4, 20)},
    "whoqol_bref": dict.fromkeys(("fyysinen", "psyykkinen", "sosiaalinen", "ymparisto"), (0, 100)),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_floor_and_ceiling(name: str):
    found = {one.name: (round(one.minimum, 2), round(one.maximum, 2)) for one in instrument(name).scales}
    assert found == LIMITS[name]


@pytest.mark.parametrize("name", [name for name in SHIPPED if name not in ("mittari_3x10d", "gas")])
def test_items_have_no_texts_where_no_licence_lets_them(name: str):
    topics = {"core10": [6], "whoqol_bref": [1, 2]}  # what they are about, as the key's note says: never bare
    assert [one.number for one in instrument(name).items if one.label] == topics.get(name, [])


def test_reversals_and_recodings():
    turned = {name: [one.number for one in instrument(name).items if one.reversed] for name in SHIPPED}
    assert {name: numbers for name, numbers in turned.items() if numbers} == {
        "core10": [2, 3],
        "whoqol_bref": [3, 4, 26],
    }
    promis = instrument("promis10").editions
    assert {one.value: one.reversed for one in promis} == {"1.1": (8, 10), "1.2": ()}
    pain = instrument("promis10").item(7)
    assert list(pain.points.values()) == [5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1]
    assert instrument("audit").item(9).allowed == instrument("audit").item(10).allowed == (0, 2, 4)


ITEMS_OF = {
    "whoqol_bref.fyysinen": (3, 4, 10, 15, 16, 17, 18),
    "whoqol_bref.psyykkinen": (5, 6, 7, 11, 19, 26),
    "whoqol_bref.sosiaalinen": (20, 21, 22),
    "whoqol_bref.ymparisto": (8, 9, 12, 13, 14, 23, 24, 25),
    "promis10.fyysinen": (3, 6, 7, 8),
    "promis10.psyykkinen": (2, 4, 5, 10),
    "audit.kulutus": (1, 2, 3),
    "audit.riippuvuus": (4, 5, 6),
    "audit.haitat": (7, 8, 9, 10),
}


def test_items_of_the_scales_that_do_not_take_all():
    scales = {f"{name}.{one.name}": one for name in SHIPPED for one in instrument(name).scales}
    whole = {f"{name}.{one.name}" for name in SHIPPED for one in instrument(name).scales
             if len(one.items) == len(instrument(name).items)}  # fmt: skip
    assert {key: one.items for key, one in scales.items() if key not in whole} == ITEMS_OF


def test_a_risk_item_may_be_a_scale_of_its_own(made):
    one = SCALE.replace("summa", "riski") + "items = [2]\n"
    own = made(HEAD + ITEMS + "[[item]]\nnumber = 2\nrisk = true\n" + one)
    assert own.scale("riski").items == (2,)


def test_the_risk_item_is_always_shown_by_itself():
    core = instrument("core10")
    assert [one.number for one in core.items if one.risk] == [6]
    assert core.scale("summa").beside == (6,)


def test_cutoffs_and_reliability_that_were_found():
    cutoffs = {
        f"{name}.{scale.name}": [one.value for one in scale.cutoffs]
        for name in SHIPPED
        for scale in instrument(name).scales
        if scale.cutoffs
    }
    assert cutoffs == {"audit.summa": [8, 16, 20], "audit.riippuvuus": [4], "core10.summa": [11], "gas.t": [50]}
    known = {name for name in SHIPPED for scale in instrument(name).scales if scale.reliability}
    assert known == {"eurohis8"}


def test_a_cutoff_has_words_in_three_languages():
    found: Cutoff = instrument("core10").scale("summa").cutoffs[0]
    assert set(found.title) == set(LANGUAGES)


@pytest.mark.parametrize(("goals", "t"), [([0] * 5, 50), ([0], 50), ([-2], 30), ([2], 70)])
def test_the_t_score_of_goals_that_weigh_the_same(goals: list[int], t: float):
    assert gas(sum(goals), len(goals), len(goals)) == pytest.approx(t)
