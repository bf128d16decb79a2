"""Findings in plain words: true of the numbers shown, and of nothing else."""

import re
from fractions import Fraction

import pytest

from rakelab import estimate, present
from rakelab.cells import Released, shown
from rakelab.estimate import Proportion
from rakelab.i18n import LANGUAGES
from rakelab.present.sentences.plain import plainly, share

#: What each way of saying a share claims: the share and how far it can be from it.
CLAIMS = {
    r"noin puolet": lambda _: (Fraction(1, 2), Fraction(1, 20)),
    r"noin (\d+) kymmenestä": lambda n: (Fraction(int(n), 10), Fraction(1, 20)),
    r"noin (\d+) sadasta": lambda n: (Fraction(int(n), 100), Fraction(1, 200)),
    r"kaikki": lambda _: (Fraction(1), Fraction(0)),
    r"ei yhtään": lambda _: (Fraction(0), Fraction(0)),
    r"melkein kaikki": lambda _: (Fraction(1), Fraction(1, 200)),
    r"hyvin harva": lambda _: (Fraction(0), Fraction(1, 200)),
}


def part(k: int, n: int) -> Proportion:
    return Proportion(shown(k), shown(n), shown(k) / shown(n), shown(0), shown(1), indicative=False)


@pytest.mark.parametrize("n", [7, 16, 40, 707, 1999])
@pytest.mark.parametrize("of", [10, 100])
def test_every_share_in_words_is_true_of_its_number(n: int, of: int) -> None:
    for k in range(n + 1):
        words = share(part(k, n), "fi", of)
        (claim,) = (
            make(*found.groups() or ("",)) for way, make in CLAIMS.items() if (found := re.fullmatch(way, words))
        )
        told, room = claim
        assert abs(Fraction(k, n) - told) <= room, (k, n, words)


def told(*sentences: present.Sentence, lang: str = "fi") -> list[str]:
    tables = {name: table for sentence in sentences for name, table in sentence.tables.items()}
    every = plainly([own.spec for own in sentences], tables, lang)
    return [said for own in every for finding in own.told for said in finding]


def test_a_difference_is_told_one_thing_a_sentence(needs: Released) -> None:
    said = told(present.contrast(estimate.compare(needs, "2020", "2021")))
    assert said[0].endswith(("on yleisempi kuin ennen.", "on harvinaisempi kuin ennen.", "selvää eroa.", "2021."))
    assert all(sentence.count(".") == 1 for sentence in said)
    assert not any("%" in sentence for sentence in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_of_one_table_stand_under_one_heading_and_hold_no_percentage(needs: Released, lang: str) -> None:
    sentences = [present.leading(needs), present.share(needs, "asuminen"), present.share(needs, "vanhemmuus")]
    tables = {name: own for sentence in sentences for name, own in sentence.tables.items()}
    (only,) = plainly([own.spec for own in sentences], tables, lang)
    assert len(only.told) == 2  # of what is hidden there is nothing to tell
    assert not any("%" in sentence for finding in only.told for sentence in finding)


def test_a_hidden_number_is_told_as_no_share(needs: Released) -> None:
    said = told(present.share(needs, "vanhemmuus"))
    assert not any(word in sentence for sentence in said for word in ("noin", "kaikki", "harva"))


def test_of_a_hidden_difference_it_is_not_said_that_there_is_none(needs: Released) -> None:
    compared = estimate.compare(needs, "2020", "2021")
    hidden = next(own.row[0][1] for own in compared if not own.difference.known)
    assert told(present.contrast(compared, hidden)) == []
