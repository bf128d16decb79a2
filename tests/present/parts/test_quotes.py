"""Quotations on the page: under the words of their answer, signed, in Finnish, and never as anything but text."""

import re
from dataclasses import replace

import pytest

from present.conftest import make_needs
from rakelab import present
from rakelab.cells import Cell, Excerpt, Release, ReleasedAccount, State
from rakelab.errors import WallError
from rakelab.i18n import LANGUAGES
from rakelab.protect import release_quotes

PLAIN = "Asunnon saaminen kesti kauan."
HOSTILE = (
    '<script>alert("x")</script> sanoi hän.',
    "Ihan hyvä </p></blockquote><h1>otsikko",
    "A & B <img src=x onerror=y>",
)
BIDI = "Tämä \u202eon nurin\u202c päin \u2066ja\u2069 \u200fnäin."


def release(*passages: tuple[str, str]) -> Release:
    excerpts = [Excerpt(i, text, about) for i, (text, about) in enumerate(passages, 2)]
    nothing = Cell(State.MISSING)
    account = ReleasedAccount("", "", "palvelutarve", "1", {}, synthetic=True, read=nothing, used=nothing)
    quotes = release_quotes(excerpts, approved_by="Aino <Testaaja>", date="2026-11-05")
    return Release({"needs_vuosi": make_needs()}, (), {}, {}, account, quotes=quotes)


def html(made: Release, lang: str = "fi", of: str = "") -> str:
    return present.quotes(made, of=of, lang=lang).html()


def texts(page: str) -> list[str]:
    return re.findall(r"<blockquote[^>]*><p>(.*?)</p></blockquote>", page)


# --- where it stands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "label"), [("fi", "Talous"), ("sv", "Ekonomi"), ("en", "Economy")])
def test_under_the_words_of_its_answer_and_itself_in_finnish(lang: str, label: str) -> None:
    page = html(release((PLAIN, "palvelutarve/tuen_tarpeet=talous")), lang)
    assert f'<p class="about">{label}</p>' in page
    assert f'<blockquote lang="fi"><p>{PLAIN}</p></blockquote>' in page


@pytest.mark.parametrize(
    ("lang", "signed"),
    [
        ("fi", "5.11.2026"),
        ("sv", "5.11.2026"),
        ("en", "Approved for publication by Aino &lt;Testaaja&gt;, 5 November 2026"),
    ],
)
def test_signed_with_name_and_day(lang: str, signed: str) -> None:
    page = html(release((PLAIN, "")), lang)
    caption = re.findall(r"<figcaption>(.*?)</figcaption>", page)
    assert len(caption) == 1
    assert caption[0].endswith(signed)
    assert "Aino &lt;Testaaja&gt;" in caption[0]


def test_passages_under_one_answer_stand_together() -> None:
    two = [("Toinen.", "p/tuen_tarpeet=talous"), ("Muu.", "p/tuen_tarpeet=arki"), ("Kolmas.", "p/tuen_tarpeet=talous")]
    page = html(release(*two))
    assert texts(page) == ["Muu.", "Toinen.", "Kolmas."]
    assert page.count('class="about"') == 2


@pytest.mark.parametrize(
    "about", ["", "palvelutarve/", "palvelutarve/tuntematon=x", "palvelutarve/tuen_tarpeet=tuntematon"]
)
def test_what_has_no_words_has_no_heading(about: str) -> None:
    assert 'class="about"' not in html(release((PLAIN, about)))


def test_only_those_of_one_form() -> None:
    """One form's name may begin another's."""
    made = release(
        (PLAIN, "muutos/"), ("Toinen.", "muutos_palaute/"), ("Kolmas.", "muutos/tuen_tarpeet=arki"), ("Neljäs.", "")
    )
    assert texts(html(made, of="muutos")) == [PLAIN, "Kolmas."]
    assert texts(html(made, of="muutos_palaute")) == ["Toinen."]
    assert len(texts(html(made))) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_none_is_said_in_words(lang: str) -> None:
    page = html(release(), lang)
    assert '<p class="note">' in page
    assert "<figure" not in page


# --- never anything but text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_passage_is_text(text: str) -> None:
    page = html(release((text, "palvelutarve/tuen_tarpeet=talous")))
    tags = set(re.findall(r"<(/?\w+)", page))
    assert tags <= {
        "div",
        "/div",
        "p",
        "/p",
        "figure",
        "/figure",
        "blockquote",
        "/blockquote",
        "figcaption",
        "/figcaption",
    }
    assert len(texts(page)) == 1


def test_marks_that_turn_the_direction_stay_within_their_own_block() -> None:
    """A paragraph ends what such marks began: the name and the day after it stand in a block of their own."""
    page = html(release((BIDI, "")))
    assert texts(page) == [BIDI]
    after = page.partition("</blockquote>")[2]
    assert not set(after) & set("\u202e\u202c\u2066\u2069\u200f")
    assert after.startswith("<figcaption>")


def test_the_specification_holds_no_passage() -> None:
    made = release((PLAIN, ""))
    shown = present.quotes(made)
    assert PLAIN not in str(shown.spec)
    assert present.render(shown.spec, made, "sv") == shown.html("sv")


@pytest.mark.parametrize("thing", [{}, None, [PLAIN], {"quotes": PLAIN}])
def test_only_a_release_has_quotations(thing: object) -> None:
    with pytest.raises(WallError) as caught:
        present.quotes(thing)  # type: ignore[arg-type]
    assert caught.value.key == "present.not_released"


def test_a_gathered_or_changed_release_keeps_its_order() -> None:
    made = release(("B.", "p/"), ("A.", "p/"))
    assert texts(html(made)) == ["B.", "A."]
    assert texts(html(replace(made, quotes=made.quotes[::-1]))) == ["A.", "B."]
