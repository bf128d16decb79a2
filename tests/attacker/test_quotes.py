"""Quotations: what an author in a hurry, or somebody with a text editor, could try to get out."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rakelab import archive, indicators
from rakelab.cells import Excerpt, Quote, Record
from rakelab.codebook import codebook
from rakelab.dataset import Dataset, Origin
from rakelab.errors import RakelabError
from rakelab.protect import protect, release_quotes, release_register

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
    """Two of three passages under a hidden “muu” would say that there are two at least."""
    some = [Excerpt(2, PLAIN, ABOUT("muu")), Excerpt(3, OTHER, ABOUT("muu"))]
    with pytest.raises(RakelabError):
        released(quoted(*some))
    assert released(quoted(some[0]))["quotes"]
    assert released(quoted(*(replace(one, about=ABOUT("mies")) for one in some)))["quotes"]


def test_one_passage_does_not_tie_two_answers_of_a_person_together() -> None:
    with pytest.raises(RakelabError):
        released(quoted(Excerpt(2, PLAIN, ABOUT("mies")), Excerpt(2, PLAIN, "asiakaskysely/ikaryhma=45-")))


def test_a_place_that_is_no_answer_is_refused_or_says_nothing() -> None:
    """Words where the answer should stand must not be a way out for a name."""
    with pytest.raises(RakelabError):
        released(quoted(Excerpt(2, PLAIN, "Matti Meikäläinen, puh. 050 000 0017")))


@pytest.mark.parametrize("text", TELLING)
@pytest.mark.parametrize("field", ["tavoite", "naytto", "vastuutaho"])
def test_a_plan_does_not_carry_an_identifier(field: str, text: str) -> None:
    with pytest.raises(RakelabError) as refused:
        release_register([Record(2, {field: text})], approved_by=WHO, date=DAY)
    assert text.split()[-1] not in str(refused.value)


def test_an_altered_entry_of_a_plan_is_refused_at_the_wall() -> None:
    (one,) = release_register([Record(2, {"tavoite": "Lyhyempi jono"})], approved_by=WHO, date=DAY)
    altered = replace(one, cells={"tavoite": TELLING[0]})
    with pytest.raises(RakelabError):
        protect([indicators.question(dataset({"mies": 20}), "sukupuoli")], entries=[altered])


def test_a_text_does_not_fit_where_a_plan_has_a_number() -> None:
    with pytest.raises(RakelabError):
        release_register([Record(2, {"arvo": "Matti Meikäläinen"})], approved_by=WHO, date=DAY)
