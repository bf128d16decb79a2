"""The second door in the wall: who approved, when, what is refused, and what several passages together would tell."""

import datetime
import json
from dataclasses import replace

import pytest
from spec import one_way, two_way

from rakelab import archive
from rakelab.cells import Excerpt, Quote, key
from rakelab.errors import RakelabError, UsageError, WallError
from rakelab.protect import protect, release_quotes
from rakelab.protect.quotes import checked, signed

WHO, DAY = "Aino Testaaja", "2026-11-20"
PLAIN, OTHER = "Asunnon saaminen kesti kauan.", "Olisin toivonut useampia kertoja."


def quoted(*some: tuple[str, str] | str, who: str = WHO, day: str = DAY) -> tuple[Quote, ...]:
    pairs = [(one, "") if isinstance(one, str) else one for one in some]
    return release_quotes([Excerpt(i, *pair) for i, pair in enumerate(pairs, 2)], approved_by=who, date=day)


def report(quotes: tuple[Quote, ...] = ()) -> str:
    """``v``: a (3, hidden), b (4, hidden), c (20)."""
    return archive.dumps(protect([one_way("v", {"a": 3, "b": 4, "c": 20})], quotes=quotes))


def refused(act: object, *arguments: object, **named: object) -> RakelabError:
    with pytest.raises(RakelabError) as caught:
        act(*arguments, **named)  # type: ignore[operator]
    return caught.value


# --- made -----------------------------------------------------------------------------------------------------


def test_a_quotation_is_the_passage_without_its_row_under_a_name_and_a_day() -> None:
    (one,) = quoted((f"  {PLAIN}\n", "t/v=c"), who=f" {WHO} ")
    assert (one.text, one.about, one.approved_by, one.date) == (PLAIN, "t/v=c", WHO, DAY)
    assert "row" not in repr(one)


def test_no_passages_need_no_name() -> None:
    assert release_quotes([], approved_by="", date="") == ()


def test_an_excerpt_shows_nothing_of_itself() -> None:
    assert repr(Excerpt(7, PLAIN)) == "<Excerpt of row 7: not released>"


@pytest.mark.parametrize("thing", [PLAIN, None, ("2", PLAIN)])
def test_anything_but_an_excerpt_is_refused_before_it_is_read(thing: object) -> None:
    found = refused(release_quotes, [thing], approved_by=WHO, date=DAY)
    assert (found.key, found.values["kind"]) == ("protect.not_excerpt", type(thing).__name__)


# --- who and when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["", " ", "A", "12", "- -", "010190-900A", "aino@esimerkki.invalid", "050 000 0017"])
def test_nobody_approves_without_a_name(who: str) -> None:
    assert refused(quoted, PLAIN, who=who).key == "protect.no_approver"


def test_two_letters_are_a_name() -> None:
    assert quoted(PLAIN, who="Bo")[0].approved_by == "Bo"


@pytest.mark.parametrize(
    "day", ["", "eilen", "20261120", "2026-11-31", "2026-1-2", "20.11.2026", "2026-11-20T10:00", "２０２６-11-20"]
)
def test_the_day_is_a_day(day: str) -> None:
    assert refused(quoted, PLAIN, day=day).key == "protect.no_day"


def test_the_day_is_not_to_come() -> None:
    today = datetime.date.today()
    signed(WHO, today.isoformat())
    signed(WHO, (today + datetime.timedelta(days=1)).isoformat())  # it may be tomorrow already where they are
    assert refused(signed, WHO, (today + datetime.timedelta(days=2)).isoformat()).key == "protect.no_day"


def test_other_words_for_the_same_rule() -> None:
    assert refused(signed, "", DAY, no_name="protect.too_few_rows").key == "protect.too_few_rows"
    assert isinstance(refused(signed, WHO, "", no_day="protect.nothing"), UsageError)


# --- what may be said -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "a" * 601])
def test_a_passage_is_neither_empty_nor_endless(text: str) -> None:
    found = refused(quoted, PLAIN, text)
    assert (found.key, found.values) == ("protect.long_quote", {"rows": "3", "longest": 600})


def test_the_shortest_passage_goes_out() -> None:
    assert quoted("x")[0].text == "x"


def test_the_longest_passage_goes_out() -> None:
    text = ("Asunnon saaminen kesti kauan. " * 40)[:598] + "on"
    assert len(text) == 600
    assert quoted(text)[0].text == text


@pytest.mark.parametrize("text", ["Hetu on 010190-900A.", "Soita 050 000 0017.", "Kirjoita aino@esimerkki.invalid."])
def test_an_identifier_is_told_by_its_row_and_not_repeated(text: str) -> None:
    found = refused(quoted, PLAIN, text, OTHER, text)
    assert (found.key, found.values) == ("protect.telling_quote", {"rows": "3, 5", "n": 2})
    assert all(text.split()[-1].rstrip(".") not in found.sentence(lang) for lang in ("fi", "sv", "en"))


@pytest.mark.parametrize("about", ["", "kysely/", "kysely/v=c", "oma-lomake/ika=18-24", "t/kunta=205+620"])
def test_a_place_is_an_answer_of_a_form_or_none(about: str) -> None:
    assert quoted((PLAIN, about))[0].about == about


@pytest.mark.parametrize("about", ["v=a", "kysely", "t/v", "t/v=a b", "t/v=a/w=b", "t/v=a\n", "Matti Virtanen", "/v=a"])
def test_anything_else_is_no_place(about: str) -> None:
    assert refused(quoted, (PLAIN, about)).key == "protect.telling_quote"


# --- looked at again ------------------------------------------------------------------------------------------

CHANGES = (
    {"text": ""}, {"text": "x" * 601}, {"text": "Hetu on 010190-900A."}, {"approved_by": ""},
    {"approved_by": "010190-900A"}, {"date": ""}, {"date": "9999-12-31"}, {"about": "v=a"},
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_sealed_quotation_is_looked_at_again(change: dict[str, str]) -> None:
    (one,) = quoted(PLAIN)
    assert checked([one]) == (one,)
    refused(checked, [replace(one, **change)])
    refused(protect, [one_way("v", {"c": 20})], quotes=[replace(one, **change)])


def test_the_place_of_a_changed_quotation_is_told() -> None:
    first, second = quoted(PLAIN, OTHER)
    assert refused(checked, [first, replace(second, text="")]).values["rows"] == "2"


@pytest.mark.parametrize("change", CHANGES)
def test_a_forged_file_is_not_read(change: dict[str, str]) -> None:
    document = json.loads(report(quoted(PLAIN)))
    assert archive.loads(json.dumps(document)).quotes == quoted(PLAIN)
    document["quotes"][0] |= change
    refused(archive.loads, json.dumps(document))


@pytest.mark.parametrize("quotes", [[None], [{}], [{"text": PLAIN}], "x", 3])
def test_a_broken_list_of_quotations_is_one_sentence(quotes: object) -> None:
    document = json.loads(report())
    assert refused(archive.loads, json.dumps(document | {"quotes": quotes})).key == "archive.not_released"


def test_a_quotation_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        Quote(PLAIN, "", WHO, DAY)
    assert refused(checked, [Excerpt(2, PLAIN)]).key == "protect.not_excerpt"


# --- what several tell ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["t", "muu"])
def test_a_passage_under_a_hidden_answer_is_refused_whatever_its_form(form: str) -> None:
    found = refused(report, quoted((PLAIN, f"{form}/v=a")))
    assert (found.key, found.values) == ("protect.hidden_quotes", {"answers": "v=a"})
    assert isinstance(found, WallError)


def test_so_is_one_under_an_answer_that_is_not_counted() -> None:
    found = refused(report, quoted((PLAIN, "t/v=x"), (OTHER, "t/w=a")))
    assert (found.key, found.values) == ("protect.hidden_quotes", {"answers": "v=x, w=a"})


def test_more_passages_than_people_are_refused() -> None:
    many = [(f"Teksti numero {word} tästä.", "t/v=b") for word in ("yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi")]
    tally = one_way("v", {"b": 5, "c": 20})
    found = refused(protect, [tally], quotes=quoted(*many))
    assert (found.key, found.values) == ("protect.counted_quotes", {"answers": "v=b"})
    assert len(protect([tally], quotes=quoted(*many[:5])).quotes) == 5


def test_several_passages_beside_a_hidden_group_are_refused() -> None:
    found = refused(protect, [two_way([[3, 30], [20, 20]])], quotes=quoted((PLAIN, "t/v=a"), (OTHER, "t/v=a")))
    assert (found.key, found.values) == ("protect.counted_quotes", {"answers": "v=a"})


def test_an_answer_that_is_counted_by_group_only_is_told_where_every_group_is() -> None:
    for counts, told in (([[20, 3], [20, 30]], False), ([[20, 9], [20, 30]], True)):
        tally = two_way(counts)
        tally = replace(tally, view=replace(tally.view, columns=tally.view.columns[1:]))
        under = quoted((PLAIN, "t/v=a"))
        assert told or refused(protect, [tally], quotes=under).key == "protect.hidden_quotes"
        assert not told or protect([tally], quotes=under).quotes == under


def test_one_passage_stands_under_a_blank_of_one_person_and_none_under_one_of_nobody() -> None:
    under = quoted((PLAIN, "t/v=tyhja"))
    one, nobody = (one_way("v", {"a": 20, "b": 20, "tyhja": n}, open=("tyhja",), missing=("tyhja",)) for n in (1, 0))
    assert protect([one], quotes=under).quotes == under
    assert refused(protect, [nobody], quotes=under).key == "protect.hidden_quotes"


@pytest.mark.parametrize("about", [("t/v=c", "t/v=c"), ("t/", "t/"), ("muu/v=c", "t/v=c"), ("", ""), ("", "t/v=c")])
def test_several_passages_elsewhere_are_not(about: tuple[str, str]) -> None:
    text = report(quoted((PLAIN, about[0]), (OTHER, about[1])))
    assert [one.text for one in archive.loads(text).quotes] == [PLAIN, OTHER]


@pytest.mark.parametrize(
    "other", [PLAIN, PLAIN.lower(), PLAIN.replace(" ", "  "), PLAIN[:-1], f"Niin. {PLAIN}", f"{PLAIN[:-1]}, ja sitten"]
)
def test_one_text_twice_ties_two_answers_together(other: str) -> None:
    for pair in ((PLAIN, other), (other, PLAIN)):
        assert refused(report, quoted((pair[0], "t/v=c"), (pair[1], ""))).key == "protect.doubled_quotes"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jono oli pitkä", "Minusta jono oli pitkä ja hidas"),
        ("Aika kului hukkaan. Muuten meni hyvin.", "Asunto löytyi. Aika kului hukkaan."),
        ("Ei muuta. Aika kului hukkaan. Kiitos.", "Ei muuta. Aika kului hukkaan. Anteeksi."),
    ],
)
def test_three_words_in_a_row_are_somebodys_own(first: str, second: str) -> None:
    assert refused(report, quoted((first, "t/v=c"), (second, ""))).key == "protect.doubled_quotes"


def test_two_words_are_not_somebodys_own() -> None:
    assert report(quoted(("Ei muuta. Jono oli pitkä.", "t/v=c"), ("Ei muuta.", "t/v=c")))


def test_quotations_are_not_lost_on_the_way() -> None:
    release = protect([one_way("v", {"a": 3, "b": 4, "c": 20})], quotes=quoted((PLAIN, "t/v=c")))
    assert release.account.codebook == "t"
    assert key(("v", "a")) in release.cells
    assert archive.loads(archive.dumps(release)).quotes == release.quotes
