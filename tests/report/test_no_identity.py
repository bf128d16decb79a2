"""The last look at a page: our own numbers, dates and check sums are no identity codes; a code in text is one."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rakelab import i18n
from rakelab.errors import NotebookError
from rakelab.report.companions import no_identity

PEOPLE = st.one_of(st.integers(0, 10**7), st.integers(10**5, 10**6))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SHAPES = (
    "{n}/{N}", "({n}/{N})", "{n} / {N}", "{n}–{N}", "{n} – {N}", "{n}-{N}", "{n}+{N}", "{n} − {N}", "n = {n}, {N}",
    "52 % ({n}/{N}; 95 %:n luottamusväli 50–54 %)", "{day} {n}/{N}", "{day}–{day}, {n}", "{day} – {n}", "{n} ({N})",
    "{n} {N}", "Tarve {n}/{N} x", "{iso} {n}–{N}", "{sum} {n}/{N}", "{n} {sum}", "{n}–{N}–{n}",
)  # fmt: skip


@example(n=7040211, whole=9857299, day=date(2020, 1, 1), shape="{n}/{N}", lang="sv")
@given(n=PEOPLE, whole=PEOPLE, day=DAYS, shape=st.sampled_from(SHAPES), lang=st.sampled_from(i18n.LANGUAGES))
def test_our_numbers_dates_and_check_sums_are_no_codes(n, whole, day, shape, lang):
    said = shape.format(
        n=i18n.number(n, lang),
        N=i18n.number(whole, lang),
        day=i18n.day(day, lang),
        iso=day.isoformat(),
        sum=sha256(f"{n}".encode()).hexdigest(),
    )
    no_identity(f'<p>{said}</p><td>{said}</td><img alt="{said}"><span title="{said}" aria-label="{said}">')


@pytest.mark.parametrize("n", ["(220\u00a0404/1\u00a0000\u00a0000)", "7\u00a0040\u00a0211–9\u00a0857\u00a0299"])
def test_the_numbers_that_once_stopped_a_report(n):
    no_identity(f"<td>{n}</td>")


CODES = (
    "010190-950X", "010190A950X", "010190–950X", "010190 950X", "0101 90-950X", "010190\u00a0-\u00a0950X",
    "210\u00a0190-950X", "210\u00a0190–950X", "210\u00a0190A950X", "210\u00a0190 - 9509", "210190/950X",
)  # fmt: skip


@pytest.mark.parametrize(
    "place", ["<p>{}</p>", '<img alt="{}">', "<p>123/456 {} 1\u00a0234</p>", "<p>Tunnus:{}, n</p>"]
)
@pytest.mark.parametrize("code", CODES)
def test_a_code_in_text_still_stops_the_report(code, place):
    with pytest.raises(NotebookError) as caught:
        no_identity(place.format(code))
    assert caught.value.values == {"n": 1}


@given(st.dates(date(1911, 1, 1), date(1999, 12, 31)), st.integers(900, 999), st.sampled_from("-+–"), PEOPLE)
def test_a_code_beside_our_numbers_is_found(born, individual, sign, n):
    code = f"{born:%d%m%y}{sign}{individual}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(f'{born:%d%m%y}{individual}') % 31]}"
    with pytest.raises(NotebookError):
        no_identity(f"<p>{i18n.number(n, 'fi')} {code} ({i18n.number(n, 'sv')}/{i18n.number(10**6, 'sv')})</p>")
