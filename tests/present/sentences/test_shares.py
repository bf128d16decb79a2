"""Findings word for word: the same numbers in three languages, hidden ones said to be hidden."""

from dataclasses import replace

import pytest

from present.conftest import NEED_COUNTS, make, make_needs, one, variable
from rakelab import _seal, estimate, present
from rakelab.cells import HIDDEN, TOTAL, View, key, shown
from rakelab.errors import UsageError
from rakelab.present.sentences import wording
from rakelab.present.sentences.contrasts import factor

NBSP = "\u00a0"


def said(sentence: present.Sentence, lang: str = "fi") -> str:
    return sentence.text(lang).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fi", "Tuen tarpeet: yleisin on ”Talous”, 59 % (417/707; 95 %:n luottamusväli 55–63 %). Seuraavina "
               "”Asuminen” 34 % (241/707) ja ”Psyykkinen hyvinvointi ja mielenterveys” 33 % (233/707)."),
        ("sv", "Behov av stöd: vanligast är ”Ekonomi”, 59 % (417/707; 95 % konfidensintervall 55–63 %). Därefter "
               "följer ”Boende” 34 % (241/707) och ”Psykisk hälsa” 33 % (233/707)."),
        ("en", "Needs for support: the most common is “Economy”, 59% (417/707; 95% confidence interval 55–63%). "
               "Next: “Housing” 34% (241/707) and “Mental health” 33% (233/707)."),
    ],
)  # fmt: skip
def test_leading_gives_share_count_base_and_interval(lang, expected):
    assert said(present.leading(make_needs(vanhemmuus=25)), lang) == expected


def test_leading_says_that_a_hidden_option_may_be_larger(needs):
    told = said(present.leading(needs, 1))
    assert told == (
        "Tuen tarpeet: yleisin näytettävistä on ”Talous”, 59 % (417/707; 95 %:n luottamusväli 55–63 %). "
        "Yksi vaihtoehto on peitetty; se voi olla yleisempi."
    )


def test_leading_does_not_choose_between_equals():
    told = said(present.leading(make_needs(vanhemmuus=25, asuminen=417), 2))
    assert told == (
        "Tuen tarpeet: yleisimmät, yhtä monta kertaa mainitut ovat ”Talous” ja ”Asuminen”: "
        "59 % (417/707; 95 %:n luottamusväli 55–63 %)."
    )


def test_a_hidden_column_gives_no_number():
    told = said(present.leading(make_needs(**dict.fromkeys(
        ("talous", "asuminen", "psyykkinen", "paihteet", "koulutus", "arki", "verkosto")))))  # fmt: skip
    assert told == "Tuen tarpeet: lukuja ei voi näyttää tietosuojan vuoksi, koska ryhmä on liian pieni."


def test_small_groups_are_indicative(few):
    told = said(present.leading(few, 1))
    assert told == (
        "Tuen tarpeet: yleisin on ”Talous”, 64 % (16/25; 95 %:n luottamusväli 45–80 %). "
        "Luvut ovat suuntaa antavia, koska ryhmä on pieni (n = 25)."
    )


def test_share_of_one_group(needs):
    told = said(present.share(needs, "talous", column="2020"))
    assert told == "Tuen tarpeet, 2020: ”Talous” 52 % (170/330; 95 %:n luottamusväli 46–57 %)."


def test_a_hidden_share_is_said_to_be_hidden(needs):
    told = said(present.share(needs, "vanhemmuus"), "en")
    assert told == "Needs for support: the share of “Parenting” cannot be shown, to protect people."


def test_missing_answers_by_kind(needs):
    told = said(present.missing(needs))
    assert told == ("Tuen tarpeet, puuttuvat tiedot: ”Ei kysytty” 2 % (14/707) ja ”Jätetty tyhjäksi” 3 % (21/707).")


def test_hidden_missing_answers_are_not_told():
    told = said(present.missing(make_needs(ei_kysytty=None, tyhja=0)))
    assert told == "Tuen tarpeet, puuttuvat tiedot: ”Ei kysytty” ·· (peitetty)."


def test_nothing_missing():
    told = said(present.missing(make_needs(ei_kysytty=0, tyhja=0)), "sv")
    assert told == "Behov av stöd: inga uppgifter saknas (n = 707)."


def test_too_few_names_no_merge_on_a_page(few):
    told = said(present.small(few))
    assert told == (
        "Tuen tarpeet kunnittain: ryhmät ovat liian pieniä. Lukuja on 9, ja niistä pitäisi peittää 6, "
        "joten taulukkoa ei näytetä."
    )


@pytest.mark.parametrize("wrapped", [False, True])
def test_the_author_is_advised_in_jupyterlab_only(few, wrapped):
    exhibit = present.table(few)
    exhibit = present.several([exhibit, exhibit]) if wrapped else exhibit
    bundle, _ = exhibit._repr_mimebundle_()
    assert bundle["text/html"].count("”Puolanka” ja ”Ristijärvi” yhdistetään (muuttuja: Kunta)") == 1
    assert "yhdistetään" not in exhibit.html()
    assert "yhdistetään" not in present.render(exhibit.spec, exhibit.tables, "fi")


def test_mean_age(ages):
    assert said(present.mean_age(ages)) == "Keski-ikä: keskiarvo 43,1 vuotta (95 %:n luottamusväli 42,1–44,1; n = 700)."
    assert said(present.mean_age(ages), "en").startswith("Mean age: mean 43.1 years")


def test_a_hidden_mean_is_said_to_be_hidden(ages):
    told = said(present.mean_age(ages, column="2021"))
    assert told == "Keski-ikä, 2021: keskiarvoa ei voi näyttää tietosuojan vuoksi."


def test_pairs_that_meet(pairs):
    told = said(present.together(pairs, 2), "en")
    assert told == (
        "Needs for support: of those shown, most often together are “Economy” and “Housing”, "
        "25% (180/707; 95% confidence interval 22–29%). Next: “Economy” and “Mental health” 23% (160/707). "
        "Only the pairs of 4 options are compared. One option is hidden; it may be more common."
    )


def test_accumulation_tells_the_mode_and_the_highest_class(needs):
    told = said(present.accumulation(needs))
    assert told.startswith("Tuen tarpeet: näytettävistä useimmin samalla ihmisellä on ”Talous”, 59 % (417/707")
    assert told.endswith(
        "Yksi vaihtoehto on peitetty; se voi olla yleisempi. Niitä, joilla on ”Väkivalta”, on 0 % (0/707)."
    )


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fi", "Tuen tarpeet: useimmin samalla ihmisellä on kaksi tarvetta, 45 % (9/20; 95 %:n luottamusväli 26–66 %). "
               "Niitä, joilla on viisi tarvetta tai enemmän, on 30 % (6/20)."),
        ("sv", "Behov: oftast har samma person två behov, 45 % (9/20; 95 % konfidensintervall 26–66 %). "
               "Andelen som har fem behov eller fler är 30 % (6/20)."),
        ("en", "Needs: most often one person has two needs, 45% (9/20; 95% confidence interval 26–66%). "
               "The share with five needs or more is 30% (6/20)."),
    ],
)  # fmt: skip
def test_accumulation_tells_the_number_of_needs_in_words(lang, expected):
    levels = {"1": ("1",) * 3, "2": ("2",) * 3, "5-": ("5 tai enemmän",) * 3}
    counts = {TOTAL: 20} | {one(level, "maara"): n for level, n in zip(levels, (5, 9, 6), strict=True)}
    view = View("accumulation", "sample", "maara", tuple(k for k in counts if k))
    table = make(view, counts, {"maara": variable(("Tuen tarpeet", "Behov", "Needs"), levels)})
    assert said(present.accumulation(table), lang).startswith(expected)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fi", "Tuen tarpeet: suurin näytettävistä eroista (2020 → 2021) on kohdassa ”Talous”: 52 % (170/330) → "
               "66 % (247/377), ero +14 %-yksikköä (95 %:n luottamusväli +7 … +21). Ero ylittää sattuman, kun "
               "kaikki vertailut otetaan yhdessä huomioon (Holm). Vertailuja on 8, ja niistä sattuman ylittää 1."),
        ("sv", "Behov av stöd: den största av de skillnader som visas (2020 → 2021) gäller ”Ekonomi”: 52 % (170/330) "
               "→ 66 % (247/377), skillnad +14 procentenheter (95 % konfidensintervall +7 … +21). Skillnaden "
               "överskrider slumpen när alla jämförelser beaktas tillsammans (Holm). Av 8 jämförda skillnader "
               "överskrider 1 slumpen."),
    ],
)  # fmt: skip
def test_contrast_tells_the_largest_difference_and_whether_it_is_chance(needs, lang, expected):
    assert said(present.contrast(estimate.compare(needs)), lang) == expected


def test_contrast_within_chance():
    same = make_needs(talous=100, vanhemmuus=20)
    told = said(present.contrast(estimate.compare(same)))
    assert "Ero mahtuu sattumaan" in told
    assert told.endswith("Vertailuja on 9; yksikään ero ei ylitä sattumaa.")


def test_contrast_with_everything_hidden(few):
    told = said(present.contrast(estimate.compare(few)))
    assert told == "Tuen tarpeet: eroja (Puolanka → Ristijärvi) ei voi näyttää tietosuojan vuoksi."


def test_contrast_without_two_groups(needs):
    told = said(present.contrast(estimate.compare(needs.only(key(("vuosi", "2020"))))))
    assert told == "Tuen tarpeet: kahta vertailtavaa ryhmää ei ole."


def test_the_clearest_effect_is_not_called_a_cause(model):
    told = said(present.effects_sentence(estimate.effects(model)))
    assert told == (
        "Erityisen tuen tarve (Kyllä): selvin yhteys on tekijällä Nuori aikuinen: Kyllä (vrt. muut), "
        "+19 %-yksikköä (95 %:n luottamusväli +12 … +27; n = 640). Tämän taulukon 2 vertailua on otettu yhdessä "
        "huomioon (Holm). Yhteys ei kerro syystä."
    )


def test_a_sentence_is_the_same_after_json(needs):
    sentence = present.contrast(estimate.compare(needs))
    again = present.Sentence.of(sentence.spec, {"needs_vuosi": needs})
    assert again.text("fi") == sentence.text("fi")
    assert "417" not in str(sentence.spec)


def test_a_difference_of_a_small_group_is_indicative():
    small = make_needs()
    cells = {**small.cells, key(("vuosi", "2020")): shown(20)}
    cells |= {k: shown(8) for k in cells if ("vuosi", "2020") in k and len(k) > 1}
    table = _seal.release(view=small.view, cells=cells, variables=small.variables)
    assert said(present.contrast(estimate.compare(table))).endswith(
        "Luvut ovat suuntaa antavia, koska ryhmä on pieni (n = 20)."
    )


def test_a_factor_whose_words_say_it_needs_no_title(model):
    told = [factor(estimate.effects(model), one, "sv") for one in estimate.effects(model).rows]
    assert told == [("Ung vuxen: Ja", "jfr övriga"), ("Kvinna", "jfr övriga")]


def test_a_title_names_its_grouping(needs, few):
    titles = [wording.title(table, lang) for table in (needs, few) for lang in ("fi", "sv", "en")]
    assert titles == [
        "Tuen tarpeet vuosittain", "Behov av stöd per år", "Needs for support by year",
        "Tuen tarpeet kunnittain", "Behov av stöd per kommun", "Needs for support by municipality",
    ]  # fmt: skip
    by_sex = _seal.release(
        view=replace(few.view, by="sukupuoli"),
        cells=few.cells,
        variables={**few.variables, "sukupuoli": variable(("Sukupuoli", "Kön", "Sex"), {})},
    )
    assert wording.title(by_sex, "fi") == "Tuen tarpeet ryhmittäin: sukupuoli"


def test_no_effect_beyond_chance(model):
    even = {k: shown(80) for k in model.cells} | {TOTAL: shown(640)}
    rows = {k: shown(160 if len(k) == 2 else 80) for k in model.view.rows}
    table = _seal.release(view=model.view, cells={**even, **rows}, variables=model.variables)
    told = said(present.effects_sentence(estimate.effects(table)), "en")
    assert told == (
        "Special support (Yes): no factor's association stands out from chance (n = 640). "
        "The 2 comparisons of this table are taken together (Holm)."
    )


def test_together_needs_a_table_of_pairs(needs):
    with pytest.raises(UsageError) as caught:
        present.together(needs)
    assert caught.value.key == "present.no_pairs"


def test_accumulation_with_nothing_to_show(needs):
    nobody = make_needs(**dict.fromkeys(NEED_COUNTS, 0))
    assert said(present.accumulation(nobody)) == "Tuen tarpeet: yhtään mainintaa ei ole (n = 707)."


def test_pairs_with_nothing_to_show(pairs):
    cells = {k: v if k == TOTAL else HIDDEN for k, v in pairs.cells.items()}
    table = _seal.release(view=pairs.view, cells=cells, variables=pairs.variables)
    assert "lukuja ei voi näyttää tietosuojan vuoksi" in said(present.together(table))
    assert "<img" not in present.grid(table, alt=present.together(table)).html()
