"""What a reader knows of counts without being told: each such fact by hand, on six rows drawn by hand.

A fact is written with the counts that the rows give: ``sukupuoli=nainen:3 + sukupuoli=mies:2 == *:5``. It must be among
the tally's links, its counts must be the tally's, and it must be true. ``benchmarks/links.py`` takes each link out of
``indicators`` in turn, and these tests must notice.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from spec import BOOK, drawn

from rakelab import indicators, prepare
from rakelab.cells import TOTAL, Key, Tally, key
from rakelab.codebook import codebook
from rakelab.dataset import Dataset
from rakelab.fields import Category, Condition, Field
from rakelab.indicators import measure

from .test_indicators import SIX as PEOPLE
from .test_reporting import SHEET, WAITS
from .test_reporting import made as notifications

#: ``2 name=level|name=level:7``: twice a count that is 7 in these rows.
_TERM = re.compile(r"(?:(\d+) )?(\*|\S+?):(\d+)")


@cache
def people() -> Dataset:
    whole = prepare.bands(prepare.periods(drawn(PEOPLE)), "ikaryhma", "nuori", "keski_ika")
    return prepare.accumulation(whole, "tuen_tarpeet")


@cache
def answers() -> Dataset:
    """The same people in a form that lets blanks be told."""
    return prepare.periods(drawn(PEOPLE, replace(BOOK, nonresponse="open")))


def linked() -> tuple[Dataset, Dataset]:
    rows, sheet = drawn(WAITS, BOOK_OF_REPORTS), drawn(SHEET, codebook("toimeksiannot"))
    return prepare.years(prepare.linked(rows, sheet, "12.1.2021")), prepare.followed(sheet, rows, "12.1.2021")


BOOK_OF_REPORTS = codebook("sosiaalinen_raportointi")
#: Six clients: two stay in the first class and one in the second, two move, one has no class at the end.
PATHS = """
    asiakas | alussa | lopussa
    a | {0} | {0}
    b | {0} | {0}
    c | {1} | {1}
    d | {0} | {1}
    e | {1} | {2}
    f | {2} |
""".format(*codebook("asiakaspolut")["alussa"].values)
FIRST, SECOND, THIRD = codebook("asiakaspolut")["alussa"].values[:3]


def paths() -> Dataset:
    return prepare.moves(drawn(PATHS, codebook("asiakaspolut")), "alussa", "lopussa")


# --- reading what is written here -----------------------------------------------------------------------------


def terms_of(fact: str) -> tuple[dict[Key, int], dict[Key, int], str]:
    """Coefficients (left less right) and counts by key, and the relation."""
    left, relation, right = re.split(r" (==|<=) ", fact)
    found: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    for sign, side in ((1, left), (-1, right)):
        for times, name, n in _TERM.findall(side):
            found[key_of(name)], counts[key_of(name)] = sign * int(times or 1), int(n)
    return found, counts, relation


def key_of(name: str) -> Key:
    return TOTAL if name == "*" else key(*((v, level) for v, level in (one.split("=", 1) for one in name.split("|"))))


def known_by(tally: Tally, fact: str, counts: Mapping[Key, int]) -> bool:
    """The fact is among the links; a link may also name what nobody has."""
    wanted, _, relation = terms_of(fact)
    turned = {one: -n for one, n in wanted.items()}
    for link in tally.links:
        told = {one: n for one, n in link.terms if n and (one in wanted or counts.get(one, 0))}
        if link.relation == relation and (told == wanted or (relation == "==" and told == turned)):
            return True
    return False


def true(fact: str) -> bool:
    terms, counts, relation = terms_of(fact)
    total = sum(n * counts[one] for one, n in terms.items())
    return total == 0 if relation == "==" else total <= 0


def check(tally: Tally, fact: str, *beside: Tally) -> None:
    counts = {one: n for table in (*beside, tally) for one, n in table.counts.items()}
    _, stated, _ = terms_of(fact)
    assert true(fact)
    assert {one: counts.get(one, n) for one, n in stated.items()} == stated
    assert known_by(tally, fact, counts) or follows(tally, fact, counts)


def follows(tally: Tally, fact: str, counts: Mapping[Key, int]) -> bool:
    """No counts of people that keep all links of the tally, with nobody where nobody is, break the fact (asked of an
    integer program)."""
    wanted, _, relation = terms_of(fact)
    keys = list(dict.fromkeys([one for link in tally.links for one, _ in link.terms] + [*wanted]))
    place = {one: i for i, one in enumerate(keys)}
    rows, low = np.zeros((len(tally.links), len(keys))), np.full(len(tally.links), -np.inf)
    for i, link in enumerate(tally.links):
        for one, n in link.terms:
            rows[i, place[one]] += n
        low[i] = 0 if link.relation == "==" else -np.inf
    gain = np.zeros(len(keys))
    for one, n in wanted.items():
        gain[place[one]] = -n
    room = Bounds(0, [1000 if counts.get(one, 1) else 0 for one in keys])
    most = milp(gain, integrality=np.ones(len(keys)), constraints=LinearConstraint(rows, low, 0), bounds=room)
    return relation == "<=" and most.status == 0 and most.fun > -1e-6


# --- of one question ------------------------------------------------------------------------------------------

NEEDS = "tuen_tarpeet=talous:4 + tuen_tarpeet=asuminen:2 + tuen_tarpeet=arki:1 + tuen_tarpeet=terveys:1"
YEARS = "vuosi=2020:3 + vuosi=2021:3 == *:6"


@pytest.mark.parametrize(
    "fact",
    [
        f"*:6 <= {NEEDS} + tuen_tarpeet=ei_tarvetta:1 + tuen_tarpeet=tyhja:1",
        "tuen_tarpeet=talous:4 + tuen_tarpeet=ei_tarvetta:1 + tuen_tarpeet=tyhja:1 <= *:6",
        "tuen_tarpeet=terveys:1 + tuen_tarpeet=ei_tarvetta:1 + tuen_tarpeet=tyhja:1 <= *:6",
        YEARS,
    ],
)
def test_of_several_answers(fact: str) -> None:
    """Everybody ticked something or did not answer; nobody ticked one need and none, or ticked and did not answer."""
    check(indicators.needs(people(), by="vuosi"), fact)


def test_not_everybody_ticked_where_somebody_ticked_nothing() -> None:
    nothing = drawn("tuen_tarpeet\ntalous\n-\n")
    assert not any(link.terms[0] == (TOTAL, 1) for link in indicators.needs(nothing).links)


@pytest.mark.parametrize(
    "fact", ["sukupuoli=nainen:3 + sukupuoli=mies:2 + sukupuoli=tyhja:1 == *:6", YEARS],
)  # fmt: skip
def test_one_answer_each_adds_up_and_so_do_the_groups(fact: str) -> None:
    check(indicators.profile(people(), "sukupuoli", by="vuosi"), fact)


@pytest.mark.parametrize(
    "fact",
    [
        "tulojen_riittavyys=vastattu:5 + tulojen_riittavyys=ei_tietoa:1 == *:6",
        "tulojen_riittavyys=hyvin:2 + tulojen_riittavyys=juuri:1 + tulojen_riittavyys=huonosti:2"
        " == tulojen_riittavyys=vastattu:5",
    ],
)
def test_who_answered_gave_an_answer(fact: str) -> None:
    check(indicators.question(answers(), "tulojen_riittavyys"), fact)


@pytest.mark.parametrize("answer", ["talous:4", "asuminen:2", "arki:1", "terveys:1", "ei_tarvetta:1"])
def test_who_ticked_answered(answer: str) -> None:
    check(indicators.question(answers(), "tuen_tarpeet"), f"tuen_tarpeet={answer} <= tuen_tarpeet=vastattu:5")


# --- across questions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fact",
    [
        "ikaryhma=18-24:1 + ikaryhma=25-30:1 == nuori=18-30:2",
        "ikaryhma=31-64:1 + ikaryhma=65-:1 == nuori=31-:2",
        "ikaryhma=18-24:1 <= keski_ika=-27:2",
        "ikaryhma=65-:1 <= keski_ika=51-:1",
        "ikaryhma=tyhja:1 == nuori=tyhja:1",
        "ikaryhma=ei_tietoa:1 == nuori=ei_tietoa:1",
        "ikaryhma=tyhja:1 == keski_ika=tyhja:1",
    ],
)
def test_bands_lie_within_bands_and_the_same_people_have_none(fact: str) -> None:
    beside = [indicators.profile(people(), name) for name in ("nuori", "keski_ika")]
    check(indicators.profile(people(), "ikaryhma"), fact, *beside)
    check(indicators.needs(people(), by="ikaryhma"), fact, *beside)


def test_whom_a_question_does_not_concern_gave_an_answer_that_leads_past_it() -> None:
    fact = "vakivallan_ulottuvuus=ei_koske:2 == vakivalta=ei:2"
    check(indicators.violence_kinds(people()), fact, indicators.violence(people()))


def test_of_whom_it_is_not_known_whether_a_question_concerns_them_the_answer_is_missing_likewise() -> None:
    fact = "vakivalta=ei_kysytty:1 <= vakivallan_ulottuvuus=ei_kysytty:1"
    check(indicators.violence_kinds(people()), fact, indicators.violence(people()))


def test_they_are_fewer_where_some_were_asked_all_the_same() -> None:
    asked = drawn("vakivalta | vakivallan_ulottuvuus\nei | ei_koske\nei | ei_kysytty\nkokenut | fyysinen\n")
    check(indicators.violence_kinds(asked), "vakivallan_ulottuvuus=ei_koske:1 <= vakivalta=ei:2")


#: A question asked of those who ticked an option: four ticked it, of whom one did not answer; one answered otherwise
#: and one did not answer at all.
FOLLOWED = """
    tuen_tarpeet | tarkennus
    talous | a
    talous, asuminen | a
    talous | b
    talous, arki |
    asuminen | ei_koske
    | tyhja
"""
TICKED, OUTSIDE = "tuen_tarpeet=talous:4", "tarkennus=ei_koske:1"


@pytest.mark.parametrize(
    "fact",
    [
        f"{TICKED} + {OUTSIDE} <= *:6",
        f"*:6 <= {TICKED} + {OUTSIDE} + tuen_tarpeet=tyhja:1",
        "tuen_tarpeet=tyhja:1 <= tarkennus=tyhja:2",
    ],
)
def test_whom_a_question_after_a_tick_does_not_concern_did_not_tick(fact: str) -> None:
    options = tuple(Category(value, {"fi": value}) for value in "ab")
    asked = Field("tarkennus", "list", {"fi": "T"}, options, applies=Condition("tuen_tarpeet", ("talous",)))
    rows = drawn(FOLLOWED, replace(BOOK, fields=(*BOOK.fields, asked)))
    check(indicators.question(rows, "tarkennus"), fact, indicators.needs(rows))


def test_who_has_an_age_is_in_a_band() -> None:
    tally = indicators.mean_age(people(), by="vuosi")
    for fact in (
        "ika=vastattu:4 + ikaryhma=tyhja:1 + ikaryhma=ei_tietoa:1 == *:6",
        "ikaryhma=18-24:1 + ikaryhma=25-30:1 + ikaryhma=31-64:1 + ikaryhma=65-:1 + ikaryhma=tyhja:1"
        " + ikaryhma=ei_tietoa:1 == *:6",
        YEARS,
    ):
        check(tally, fact)


def test_groups_of_means_add_up() -> None:
    check(indicators.number(people(), "ika", by="vuosi"), YEARS)


@pytest.mark.parametrize("one", ["nuori=18-30:2 + nuori=!18-30:4", "sukupuoli=nainen:3 + sukupuoli=!nainen:3",
                                 "erityisen_tuen_tarve=kylla:3 + erityisen_tuen_tarve=!kylla:3"])  # fmt: skip
def test_who_has_not_a_trait_is_the_rest(one: str) -> None:
    check(indicators.special_support_patterns(people()), f"{one} == *:6")


def test_who_is_on_a_side_of_the_model() -> None:
    """Yes and no are not everybody, and who is on neither side is a rest to protect; who has “no” has not “yes”."""
    judged, woman = [("erityisen_tuen_tarve", one) for one in ("kylla", "ei")], [("sukupuoli", "nainen")]
    tally = measure.crossed(people(), (judged, woman))
    yes, no, not_yes = (key(("erityisen_tuen_tarve", one)) for one in ("kylla", "ei", "!kylla"))
    told = {(frozenset(link.terms), link.relation, link.rest) for link in tally.links}
    assert (frozenset([(yes, 1), (no, 1), (TOTAL, -1)]), "<=", True) in told
    assert (frozenset([(no, 1), (not_yes, -1)]), "<=", False) in told


# --- how many, and which together -----------------------------------------------------------------------------

HELD = "tuen_tarpeet_maara=1:1 + 2 tuen_tarpeet_maara=2:2 + 3 tuen_tarpeet_maara=3:1"
SOME = "tuen_tarpeet_maara=1:1 + tuen_tarpeet_maara=2:2 + tuen_tarpeet_maara=3:1"


@pytest.mark.parametrize(
    "fact",
    [
        f"{HELD} <= {NEEDS}",
        f"{NEEDS} <= {HELD}",
        f"tuen_tarpeet=talous:4 <= {SOME}",
        f"tuen_tarpeet=arki:1 <= {SOME}",
        "tuen_tarpeet=tyhja:1 == tuen_tarpeet_maara=tyhja:1",
        f"tuen_tarpeet_maara=0:1 + {SOME} + tuen_tarpeet_maara=tyhja:1 == *:6",
        "tuen_tarpeet=arki:1 + tuen_tarpeet=ei_tarvetta:1 + tuen_tarpeet=tyhja:1 <= *:6",
    ],
)
def test_how_many_needs_each_has_is_how_many_ticks_there_are(fact: str) -> None:
    check(indicators.accumulation(people()), fact)


def test_the_open_class_has_its_least_and_its_most() -> None:
    """One with all six needs: at least five, and at most six."""
    tally = indicators.accumulation(prepare.accumulation(ALL_SIX, "tuen_tarpeet"))
    ticks = " + ".join(f"tuen_tarpeet={need}:{n}" for need, n in zip(SIX, (2, 1, 1, 1, 1, 1), strict=True))
    check(tally, f"tuen_tarpeet_maara=1:1 + 5 tuen_tarpeet_maara=5-:1 <= {ticks}")
    check(tally, f"{ticks} <= tuen_tarpeet_maara=1:1 + 6 tuen_tarpeet_maara=5-:1")


SIX = ("talous", "asuminen", "arki", "paihteet", "terveys", "tyo")
ALL_SIX = drawn(f"tuen_tarpeet\n{', '.join(SIX)}\ntalous\n")
TWO, THREE = "tuen_tarpeet:talous+asuminen", "tuen_tarpeet:talous+arki"


@pytest.mark.parametrize(
    "fact",
    [
        f"{TWO}=molemmat:2 + {TWO}=vain_1:2 + {TWO}=ei_kumpaakaan:2 == *:6",
        f"{TWO}=molemmat:2 + {TWO}=vain_1:2 == tuen_tarpeet=talous:4",
        f"{THREE}=molemmat:1 + {THREE}=vain_1:3 == tuen_tarpeet=talous:4",
        f"{TWO}=molemmat:2 == tuen_tarpeet=asuminen:2",
        f"{TWO}=molemmat:2 <= tuen_tarpeet_maara=2:2 + tuen_tarpeet_maara=3:1",
        # three by three: who has the first with the second and with the third has the first
        f"{TWO}=molemmat:2 + {THREE}=molemmat:1 <= tuen_tarpeet:asuminen+arki=molemmat:1 + tuen_tarpeet=talous:4",
        f"{TWO}=molemmat:2 + tuen_tarpeet:asuminen+arki=molemmat:1 <= {THREE}=molemmat:1 + tuen_tarpeet=asuminen:2",
        f"{THREE}=molemmat:1 + tuen_tarpeet:asuminen+arki=molemmat:1 <= {TWO}=molemmat:2 + tuen_tarpeet=arki:1",
        # inclusion and exclusion: those with any of three are no more than everybody
        "tuen_tarpeet=talous:4 + tuen_tarpeet=asuminen:2 + tuen_tarpeet=arki:1"
        f" <= {TWO}=molemmat:2 + {THREE}=molemmat:1 + tuen_tarpeet:asuminen+arki=molemmat:1 + *:6",
        f"tuen_tarpeet=tyhja:1 <= {TWO}=ei_kumpaakaan:2",
        f"tuen_tarpeet=tyhja:1 <= {THREE}=ei_kumpaakaan:2",
        # pairs that are had: one by who has two needs, three by who has three
        f"{TWO}=molemmat:2 + {THREE}=molemmat:1 + tuen_tarpeet:talous+terveys=molemmat:1"
        " + tuen_tarpeet:asuminen+arki=molemmat:1 <= tuen_tarpeet_maara=2:2 + 3 tuen_tarpeet_maara=3:1",
        f"*:6 <= {NEEDS} + tuen_tarpeet=ei_tarvetta:1 + tuen_tarpeet=tyhja:1",
    ],
)
def test_which_needs_meet(fact: str) -> None:
    check(indicators.together(people()), fact, indicators.accumulation(people()))


@pytest.mark.parametrize(
    "fact",
    [
        f"{SOME} + tuen_tarpeet_maara=0:1 + tuen_tarpeet=tyhja:1 <= *:6",
        f"*:6 <= {SOME} + tuen_tarpeet_maara=0:1 + tuen_tarpeet=tyhja:1",
        f"tuen_tarpeet=talous:4 <= {SOME}",  # of the three that meet
        f"tuen_tarpeet=terveys:1 <= {SOME}",  # of the others: whoever ticked it has one need at least
        f"{HELD} <= {NEEDS}",
        f"{NEEDS} <= {HELD}",
    ],
)
def test_patterns_of_three_needs_hold_what_all_needs_say(fact: str) -> None:
    """Three needs meet, three do not; how many each has in all is known of both."""
    check(indicators.together(people(), options=SIX[:3]), fact, indicators.accumulation(people()))


def test_who_gave_no_answer_has_no_pattern_also_where_no_table_lists_them() -> None:
    """What stands among the patterns binds a report that shows the pairs alone."""
    tally = indicators.together(people())
    assert key(("tuen_tarpeet", "tyhja")) in tally.patterns
    assert tally.patterns[key(("tuen_tarpeet", "tyhja"))] == 1


def test_nobody_ticked_another_option_twice() -> None:
    """Two have all six needs: of the three that do not meet each is ticked by two, and no other count is possible."""
    whole = prepare.accumulation(drawn("tuen_tarpeet\n" + f"{', '.join(SIX)}\n" * 2 + "talous"), "tuen_tarpeet")
    tally = indicators.together(whole, options=SIX[:3])
    check(tally, "2 tuen_tarpeet_maara=5-:2 <= tuen_tarpeet=paihteet:2 + tuen_tarpeet=terveys:2 + tuen_tarpeet=tyo:2",
          indicators.accumulation(whole))  # fmt: skip


def test_pairs_of_the_open_class() -> None:
    """Of six needs fifteen pairs; where only three are counted, three."""
    whole = prepare.accumulation(ALL_SIX, "tuen_tarpeet")
    tally = indicators.together(whole, options=SIX[:3])
    pairs = " + ".join(
        f"tuen_tarpeet:{pair}=molemmat:1" for pair in ("talous+asuminen", "talous+arki", "asuminen+arki")
    )
    check(tally, f"{pairs} <= 3 tuen_tarpeet_maara=5-:1", indicators.accumulation(whole))


# --- reporting, paths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fact",
    [
        "odotus_paivia=vastattu:5 + palaute=ennen_ilmoitusta:1 == *:6",
        "palaute=annettu:3 + palaute=odottaa:2 + palaute=ennen_ilmoitusta:1 == *:6",
    ],
)
def test_who_waited_or_was_answered_has_a_time(fact: str) -> None:
    check(indicators.answer_time(notifications()), fact)


@pytest.mark.parametrize(
    "fact",
    [
        "toimeksianto_tilanne=ei_toimeksiantoa:4 == toimeksiannot=0:4",
        "toimeksianto_tilanne=ei_toimeksiantoa:4 + toimeksianto_tilanne=myohassa:2 == *:6",
        "toimeksiannot=0:4 + toimeksiannot=1:1 + toimeksiannot=2-:1 == *:6",
    ],
)
def test_without_an_assignment_none_is_late(fact: str) -> None:
    check(indicators.assignments_late(linked()[0]), fact)


def test_assignments_add_up_to_assignments() -> None:
    rows, sheet = linked()
    due, lost = indicators.assignments_due(sheet, rows), indicators.assignments_lost(sheet, rows)
    terms = {name: n for link in due.links for name, n in link.terms}
    assert terms == {TOTAL: -1, **{key(("maaraaika", one)): 1 for one in sheet.codebook["maaraaika"].values}}
    counted = {row[0][1]: due.counts[key(*row, ("yksikko", "toimeksiannot"))] for row in due.view.rows}
    assert {level: n for level, n in counted.items() if n} == {"valmis": 1, "myohassa": 1, "kesken": 1}
    assert due.counts[key(("yksikko", "toimeksiannot"))] == 3
    assert {name for link in lost.links for name, _ in link.terms} > {key(("ilmoitus_loytyi", "puuttuu"))}


@pytest.mark.parametrize(
    "fact",
    [
        f"siirtyma=sama:3 == alussa={FIRST}|lopussa={FIRST}:2 + alussa={SECOND}|lopussa={SECOND}:1",
        "siirtyma=sama:3 + siirtyma=toinen:2 + siirtyma=tyhja:1 == *:6",
    ],
)
def test_who_stays_stands_on_the_diagonal(fact: str) -> None:
    check(indicators.stays(paths()), fact, indicators.transitions(paths()))


@pytest.mark.parametrize("variable", ["alussa", "lopussa"])
def test_both_ends_of_a_path_add_up(variable: str) -> None:
    counts = {"alussa": (3, 2, 1), "lopussa": (2, 2, 1)}[variable]
    told = " + ".join(f"{variable}={one}:{n}" for one, n in zip((FIRST, SECOND, THIRD), counts, strict=True))
    missing = " + lopussa=tyhja:1" if variable == "lopussa" else ""
    check(indicators.transitions(paths()), f"{told}{missing} == *:6")
