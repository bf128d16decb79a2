"""Weighted shares: what they are, and that nobody can work out of them who answered what."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from spec import drawn

from rakelab import archive, i18n, indicators, present
from rakelab.cells import State, Weighted, key
from rakelab.codebook import Codebook
from rakelab.errors import UsageError
from rakelab.fields import Category, Field
from rakelab.protect import Policy, protect
from rakelab.protect.weighted import accuracy, coarse

OPTIONS = tuple(Category(value, i18n.Written(fi=value)) for value in "abc")
BOOK = Codebook(
    "oma",
    i18n.Written(fi="Oma"),
    (
        Field("vastaus", "string", i18n.Written(fi="V"), OPTIONS),
        Field("useita", "list", i18n.Written(fi="U"), OPTIONS),
        Field("paino", "number", i18n.Written(fi="P"), weight=True),
    ),
)
#: Six rows by hand: weights sum to 8, those of a to 3; squares sum to 13.
SIX = """
    vastaus | useita | paino
    a | a, b | 1
    a | b | 2
    b | a | 0.5
    b | b | 0.5
    b | | 3
    tyhja | a | 1
"""


def tally(picture: str = SIX, book: Codebook = BOOK, variable: str = "vastaus"):
    return indicators.weighted(drawn(picture, book), variable)


def test_shares_and_the_design_effect_of_six_rows() -> None:
    made = tally()
    shares = {level: one.share for ((_, level),), one in made.weighted.items()}
    assert shares == pytest.approx({"a": 3 / 8, "b": 4 / 8, "c": 0})
    ((_, effect),) = made.statistics.items()
    assert effect == pytest.approx(6 * 15.5 / 64)  # Kish: n Σw² / (Σw)²


def test_of_those_who_answered_where_a_form_lets_blanks_be_told() -> None:
    made = tally(book=replace(BOOK, nonresponse="open"))
    assert {level: one.share for ((_, level),), one in made.weighted.items()} == pytest.approx(
        {"a": 3 / 7, "b": 4 / 7, "c": 0}
    )


def test_of_several_answers() -> None:
    shares = {level: one.share for ((_, level),), one in tally(variable="useita").weighted.items()}
    assert shares == pytest.approx({"a": 2.5 / 8, "b": 3.5 / 8, "c": 0})


def test_weights_that_are_all_alike_change_nothing() -> None:
    picture = "vastaus | paino\n" + "a | 2\n" * 30 + "b | 2\n" * 70
    table = protect([tally(picture)])["weighted_vastaus"]
    assert table.statistics[key(("vastaus", "a")), "weighted"].value == 0.3
    assert table.statistics[(), "deff"].value == 1


def survey(light: int, heavy: int, answered: dict[str, int]) -> str:
    """``light`` people of 0.8 and ``heavy`` of 1.2; ``answered``: how many of the heavy gave a."""
    n = answered["heavy"]
    rows = [("a", 1.2)] * n + [("b", 1.2)] * (heavy - n)
    rows += [("a", 0.8)] * answered["light"] + [("b", 0.8)] * (light - answered["light"])
    return "vastaus | paino\n" + "".join(f"{answer} | {weight}\n" for answer, weight in rows)


@pytest.mark.parametrize("few", [1, 2, 3, 4])
@pytest.mark.parametrize(("light", "heavy"), [(60, 60), (300, 100), (1500, 900)])
def test_whoever_knows_all_weights_cannot_count_the_few_among_those_who_gave_an_answer(light, heavy, few) -> None:
    """Twenty gave the answer, of whom few weigh 1.2. Every number of them from 1 to 4 remains possible."""
    table = protect([tally(survey(light, heavy, {"heavy": few, "light": 20 - few}))])["weighted_vastaus"]
    for answer, count in (("a", 20), ("b", light + heavy - 20)):
        told = table.statistics[key(("vastaus", answer)), "weighted"]
        within = table.statistics[key(("vastaus", answer)), "within"]
        if told.known:
            whole = 0.8 * light + 1.2 * heavy
            heavies = {v if answer == "a" else heavy - v for v in range(1, 5)}
            shares = {n: (1.2 * n + 0.8 * (count - n)) / whole for n in heavies}
            assert [n for n, share in shares.items() if abs(share - told.number) > within.number + 1e-9] == []


def test_not_one_is_told_of_a_hidden_count_nor_of_a_base_that_is() -> None:
    picture = "vastaus | paino\n" + "a | 1\n" * 3 + "b | 1\n" * 4 + "c | 1\n" * 200
    table = protect([tally(picture)])["weighted_vastaus"]
    for answer in "ab":
        assert table.cells[key(("vastaus", answer))].state is State.HIDDEN
        assert not table.statistics[key(("vastaus", answer)), "weighted"].known


def test_of_few_people_with_very_unlike_weights_nothing_is_told() -> None:
    picture = "vastaus | paino\n" + "a | 0.1\n" * 20 + "b | 9\n" * 20
    assert not any(one.known for (_, name), one in protect([tally(picture)])["weighted_vastaus"].statistics.items()
                   if name in ("weighted", "within"))  # fmt: skip


def test_what_is_sensitive_is_told_as_coarsely_as_the_stricter_limit_needs() -> None:
    fields = (replace(BOOK.fields[0], sensitivity="violence"), *BOOK.fields[1:])
    picture = survey(700, 300, {"heavy": 40, "light": 100})
    within = [
        protect([tally(picture, book)])["weighted_vastaus"].statistics[key(("vastaus", "a")), "within"].number
        for book in (BOOK, replace(BOOK, fields=fields))
    ]
    assert within == [0.01, 0.01] or within[0] < within[1]
    strict = protect([tally(picture, replace(BOOK, fields=fields))], Policy(5, 30))["weighted_vastaus"]
    assert strict.statistics[key(("vastaus", "a")), "within"].number > within[0]


def every() -> Iterator[tuple[Weighted, int, float]]:
    shares, swaps = [i / 97 for i in range(98)], [0, 1e-5, 1e-4, 3e-4, 0.001, 0.0024, 0.006]
    for share, swap, limit, draw in product(shares, swaps, (3, 5, 10), (0, 0.3, 0.999)):
        yield Weighted(share, swap), limit, draw


def test_the_exact_share_with_some_in_the_places_of_others_is_always_within_what_is_told() -> None:
    for exact, limit, draw in every():
        percent, within = coarse(exact, limit, draw)
        if within:
            moved = (limit - 1) * exact.swap
            assert 0 <= percent <= 100
            assert abs(percent / 100 - exact.share) + moved <= within / 100 + 1e-9, (exact, limit, draw)


def test_how_fine_it_is_hangs_on_no_share() -> None:
    assert [accuracy(swap, 5) for swap in (0, 0.001, 0.00126, 0.006, 0.0063)] == [1, 1, 2, 5, 0]


def test_what_is_told_is_the_same_when_a_file_is_read_back() -> None:
    picture = survey(300, 100, {"heavy": 20, "light": 60})
    made = protect([tally(picture), indicators.question(drawn(picture, BOOK), "vastaus")])
    back = archive.loads(archive.dumps(made))
    assert back["weighted_vastaus"].statistics == made["weighted_vastaus"].statistics


@pytest.mark.parametrize(
    ("lang", "said"), [("fi", "Asetelmakerroin (deff) on 1,04"), ("sv", "1,04"), ("en", "(deff) is 1.04")]
)
def test_the_page_tells_the_share_beside_the_unweighted_one_and_the_design_effect(lang, said) -> None:
    html = present.table(protect([tally(survey(300, 100, {"heavy": 20, "light": 60}))])["weighted_vastaus"]).html(lang)
    assert said in html
    assert re.search(r"±.?[12]<", html)
    assert re.search(r"<td[^>]*>20.?%</td>", html)  # 80 of 400, unweighted


def test_without_a_weight_there_is_nothing_to_weigh() -> None:
    book = replace(BOOK, fields=BOOK.fields[:2])
    with pytest.raises(UsageError) as caught:
        indicators.weighted(drawn("vastaus\na\n", book), "vastaus")
    assert caught.value.key == "indicators.no_weight"
