"""Quotations: what an author in a hurry, or somebody with a text editor, could try to get out."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from spec import one_way, two_way

from rakelab import archive, indicators
from rakelab.cells import Excerpt, Quote, Record, key
from rakelab.codebook import codebook
from rakelab.dataset import Dataset, Origin
from rakelab.errors import RakelabError
from rakelab.protect import protect, release_quotes, release_register

from .attack import possible
from .model import load

WHO, DAY = "Aino Testaaja", "2026-11-20"
PLAIN = "Asunnon saaminen kesti kauan."
OTHER = "Olisin toivonut useampia kertoja."
TELLING = (
    "Matti Meikäläinen sanoi näin.", "Soita 050 000 0017.", "Hetu on 010190-900A.", "matti@esimerkki.invalid",
    "Mat\u00adti Meikäläinen sanoi.", "Hetu on 0101\u200b90-900A.", "Hetu on ０１０１９０-900A.",
    "Asuu osoitteessa Kauppakatu 5 A 12.",
)  # fmt: skip


def quoted(*excerpts: Excerpt, who: str = WHO, day: str = DAY) -> tuple[Quote, ...]:
    return release_quotes(list(excerpts), approved_by=who, date=day)


def dataset(counts: dict[str, int]) -> Dataset:
    """So many answers to one question of the client survey."""
    book = codebook("asiakaskysely")
    answers = np.repeat(list(counts), list(counts.values()))
    frame = pd.DataFrame({"sukupuoli": pd.Categorical(answers, categories=list(book["sukupuoli"].levels))})
    origin = Origin("random.csv", "0" * 64, "random", synthetic=True)
    return Dataset(frame, book, origin, read=len(frame), set_aside=0)


def released(quotes: tuple[Quote, ...]) -> Any:
    """A report in which the count of “muu” is small and hidden."""
    tally = indicators.question(dataset({"mies": 20, "nainen": 14, "muu": 3}), "sukupuoli")
    return archive.as_dict(protect([tally], quotes=quotes))


def forged(**changes: str) -> str:
    document = released(quoted(Excerpt(2, PLAIN)))
    document["quotes"] = [{**document["quotes"][0], **changes}]
    return json.dumps(document)


@pytest.mark.parametrize("text", TELLING)
def test_a_passage_that_points_at_somebody_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(RakelabError) as refused:
        quoted(Excerpt(2, PLAIN), Excerpt(3, text))
    assert text.split()[-1] not in str(refused.value)
    assert "3" in str(refused.value)


@pytest.mark.parametrize("who", ["", "   ", "\u200b", "-", "010190-900A"])
def test_nobody_cannot_approve(who: str) -> None:
    with pytest.raises(RakelabError):
        quoted(Excerpt(2, PLAIN), who=who)


@pytest.mark.parametrize("day", ["", "eilen", "20261120", "2026-W47-5", "20.11.2026", "9999-12-31"])
def test_a_day_that_is_none_does_not_do(day: str) -> None:
    with pytest.raises(RakelabError):
        quoted(Excerpt(2, PLAIN), day=day)


def test_a_quotation_is_made_by_the_wall_alone() -> None:
    with pytest.raises(TypeError):
        Quote(PLAIN, "", WHO, DAY)
    with pytest.raises(RakelabError):
        protect([indicators.question(dataset({"mies": 20}), "sukupuoli")], quotes=[Excerpt(2, PLAIN)])  # type: ignore[list-item]


@pytest.mark.parametrize("text", TELLING)
def test_a_sealed_quotation_that_was_altered_is_refused_at_the_wall(text: str) -> None:
    (one,) = quoted(Excerpt(2, PLAIN))
    with pytest.raises(RakelabError):
        released((replace(one, text=text),))


@pytest.mark.parametrize("text", TELLING)
def test_a_forged_file_with_an_identifier_is_refused(text: str) -> None:
    with pytest.raises(RakelabError):
        archive.loads(forged(text=text))


@pytest.mark.parametrize("change", [{"approved_by": ""}, {"date": "x"}, {"text": "  "}, {"text": "a" * 601}])
def test_a_forged_file_with_an_unsigned_or_endless_quotation_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(RakelabError):
        archive.loads(forged(**change))


def test_what_was_not_changed_is_read_back_as_it_was() -> None:
    text = forged()
    assert [one.text for one in archive.loads(text).quotes] == [PLAIN]


@pytest.mark.parametrize("key", ["rivi", "row", "name"])
def test_a_row_number_or_a_name_beside_a_quotation_is_not_carried_along(key: str) -> None:
    document = json.loads(archive.dumps(archive.loads(forged(**{key: "SALAINEN 17"}))))
    assert set(document["quotes"][0]) == {"text", "about", "approved_by", "date"}


ABOUT: Callable[[str], str] = "asiakaskysely/sukupuoli={}".format


def test_quotations_do_not_count_the_people_of_a_hidden_cell() -> None:
    """Two of three passages under a hidden “muu” would say that there are two at least, and one that there is one."""
    some = [Excerpt(2, PLAIN, ABOUT("muu")), Excerpt(3, OTHER, ABOUT("muu"))]
    for told in (some, some[:1], some[1:]):
        with pytest.raises(RakelabError):
            released(quoted(*told))
    assert released(quoted(*(replace(one, about=ABOUT("nainen")) for one in some)))["quotes"]


@pytest.mark.parametrize("form", ["asiakaskysely", "toimeksiannot", "oma-lomake"])
def test_nor_do_those_of_another_form(form: str) -> None:
    """Answers to assignments are put under the themes of notifications, whose counts the report hides."""
    for told in ((PLAIN, OTHER), (PLAIN,)):
        with pytest.raises(RakelabError):
            released(quoted(*(Excerpt(i, text, f"{form}/sukupuoli=muu") for i, text in enumerate(told))))


def told_by(document: Any, *about: str) -> Any:
    """A release as a reader sees it who counts the passages under each answer: at least so many gave it."""
    lower = {one: [{"cell": one, "coefficient": -1}] for one in about}
    told = [{"terms": terms, "relation": "<=", "value": -about.count(one)} for one, terms in lower.items()]
    return {**document, "relations": [*document["relations"], *told]}


FIVE = (PLAIN, OTHER, "Olisi pitänyt kysyä.", "Jonotimme ulkona.", "En saanut vastausta.")


def test_one_passage_under_each_of_several_hidden_answers_tells_all_of_them() -> None:
    """Five people in five hidden answers: what the attacker makes of a passage under each, and that it is refused."""
    one = one_way("v", {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 20})
    document = json.loads(archive.dumps(protect([one])))
    cells = ["v=a", "v=b", "v=c", "v=d", "v=e"]
    assert possible(load(document), "v=a", range(1, 5)) == {1, 2, 3, 4}
    assert possible(load(told_by(document, *cells)), "v=a", range(6)) == {1}
    with pytest.raises(RakelabError):
        protect([one], quotes=quoted(*(Excerpt(i, text, f"t/{cells[i]}") for i, text in enumerate(FIVE))))


def test_a_passage_under_cover_narrows_what_it_covers() -> None:
    """“b” is hidden only because “a” is: somebody in b takes the largest number from a."""
    one = one_way("v", {"a": 3, "b": 0, "c": 5, "d": 30})
    document = json.loads(archive.dumps(protect([one])))
    hidden = [cell["id"] for cell in document["cells"] if cell["state"] == "hidden"]
    cover = next(cell for cell in hidden if cell != "v=a")
    whole = possible(load(document), "v=a", range(60))
    assert possible(load(told_by(document, cover)), "v=a", range(60)) < whole
    with pytest.raises(RakelabError):
        protect([one], quotes=quoted(Excerpt(2, PLAIN, f"t/{cover}")))


@pytest.mark.parametrize(
    "about", ["asiakaskysely/ikaryhma=45-", "muu/kielto=on", "asiakaskysely/sukupuoli=x", "t/sukupuoli=mies+nainen",
              "t/Sukupuoli=mies", "t/sukupuoli=ei_kysytty"],
)  # fmt: skip
def test_an_answer_that_the_report_does_not_count_is_no_way_around(about: str) -> None:
    for texts in ((PLAIN,), (PLAIN, OTHER)):
        with pytest.raises(RakelabError):
            released(quoted(*(Excerpt(i, text, about) for i, text in enumerate(texts))))


def test_an_answer_that_nobody_gave_is_not_quoted() -> None:
    with pytest.raises(RakelabError):
        protect([one_way("v", {"a": 0, "b": 20})], quotes=quoted(Excerpt(2, PLAIN, "t/v=a")))


def test_not_more_passages_than_people() -> None:
    words = ("yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi")
    texts = [Excerpt(i, f"Teksti {word} kertoo muusta.", "t/v=a") for i, word in enumerate(words)]
    with pytest.raises(RakelabError):
        protect([one_way("v", {"a": 5, "b": 20})], quotes=quoted(*texts))
    assert protect([one_way("v", {"a": 5, "b": 20})], quotes=quoted(*texts[:5]))


def test_a_ticked_option_is_an_answer_too() -> None:
    """Of a question with several answers: three ticked one option, and quotations must not count them."""
    ticks = one_way("v", {"a": 3, "b": 30}, base=60, multiple=True)
    assert protect([ticks], quotes=quoted(Excerpt(2, PLAIN, "t/v=b"), Excerpt(3, OTHER, "t/v=b"))).quotes
    with pytest.raises(RakelabError):
        protect([ticks], quotes=quoted(Excerpt(2, PLAIN, "t/v=a")))


def test_the_rest_is_not_counted_by_quoting_the_others() -> None:
    """57 of 60 ticked “a”: passages of three who did not must not stand under the answer that says so."""
    other = one_way("v", {"a": 57, "ei": 3})
    with pytest.raises(RakelabError):
        protect([other], quotes=quoted(Excerpt(2, PLAIN, "t/v=ei")))
    with pytest.raises(RakelabError):
        protect([other], quotes=quoted(Excerpt(2, PLAIN, "t/v=a")))


def test_a_blank_that_is_told_however_small_is_a_place_for_as_many_texts() -> None:
    """Two left the question blank, which may be told: it is no fact of their lives. A third is too many."""
    blank = indicators.question(dataset({"mies": 20, "nainen": 14, "tyhja": 2}), "sukupuoli")
    assert protect([blank]).cells[key(("sukupuoli", "tyhja"))].value == 2
    texts = [Excerpt(i, text, ABOUT("tyhja")) for i, text in enumerate(FIVE)]
    assert len(protect([blank], quotes=quoted(*texts[:2])).quotes) == 2
    with pytest.raises(RakelabError):
        protect([blank], quotes=quoted(*texts[:3]))


def test_several_passages_beside_a_hidden_group_are_refused() -> None:
    """33 gave the answer, three of them in one year: several texts, each of its time, would count those."""
    table = two_way([[3, 30], [20, 20]])
    assert table.counts[key(("v", "a"))] == 33
    made = protect([table])
    assert made.cells[key(("v", "a"))].known
    with pytest.raises(RakelabError):
        protect([table], quotes=quoted(Excerpt(2, PLAIN, "t/v=a"), Excerpt(3, OTHER, "t/v=a")))
    assert protect([table], quotes=quoted(Excerpt(2, PLAIN, "t/v=a"))).quotes


SAME = (
    PLAIN, PLAIN.upper(), PLAIN.replace(" ", "\n  "), PLAIN.rstrip("."), f"{PLAIN} Muuten kaikki meni hyvin.",
    "Kerron vielä: asunnon saaminen kesti kauan, sanoin.", PLAIN.replace("saaminen", "saa\u00adminen"),
    PLAIN.replace("A", "\uff21"), "Ensin näin. Asunnon  SAAMINEN kesti kauan! Sitten en.",
)  # fmt: skip


@pytest.mark.parametrize("text", SAME)
@pytest.mark.parametrize("about", ["asiakaskysely/sukupuoli=nainen", "muu/sukupuoli=nainen", "muu/", ""])
def test_one_passage_does_not_tie_two_answers_of_a_person_together(text: str, about: str) -> None:
    for pair in ((PLAIN, text), (text, PLAIN)):
        with pytest.raises(RakelabError):
            released(quoted(Excerpt(2, pair[0], ABOUT("mies")), Excerpt(2, pair[1], about)))


def test_what_several_say_in_a_word_or_two_is_not_one_passage() -> None:
    some = quoted(Excerpt(2, "Jono oli pitkä. Ei muuta.", ABOUT("nainen")), Excerpt(3, "Ei muuta.", ABOUT("nainen")))
    assert len(released(some)["quotes"]) == 2


def test_a_forged_file_with_a_passage_under_a_hidden_answer_is_refused() -> None:
    with pytest.raises(RakelabError):
        archive.loads(forged(about=ABOUT("muu")))
    document = released(quoted(Excerpt(2, PLAIN)))
    document["quotes"] *= 2
    with pytest.raises(RakelabError):
        archive.loads(json.dumps(document))


def test_a_place_that_is_no_answer_is_refused_or_says_nothing() -> None:
    """Words where the answer should stand must not be a way out for a name."""
    with pytest.raises(RakelabError):
        released(quoted(Excerpt(2, PLAIN, "Matti Meikäläinen, puh. 050 000 0017")))


@pytest.mark.parametrize("text", TELLING)
@pytest.mark.parametrize("field", ["goal", "evidence", "responsible"])
def test_a_plan_does_not_carry_an_identifier(field: str, text: str) -> None:
    with pytest.raises(RakelabError) as refused:
        release_register([Record(2, {field: text})], approved_by=WHO, date=DAY)
    assert text.split()[-1] not in str(refused.value)


def test_an_altered_entry_of_a_plan_is_refused_at_the_wall() -> None:
    (one,) = release_register([Record(2, {"goal": "Lyhyempi jono"})], approved_by=WHO, date=DAY)
    altered = replace(one, cells={"goal": TELLING[0]})
    with pytest.raises(RakelabError):
        protect([indicators.question(dataset({"mies": 20}), "sukupuoli")], entries=[altered])


def test_a_text_does_not_fit_where_a_plan_has_a_number() -> None:
    with pytest.raises(RakelabError):
        release_register([Record(2, {"arvo": "Matti Meikäläinen"})], approved_by=WHO, date=DAY)
