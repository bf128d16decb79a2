"""The competence survey's demo: the published changes come out the same, and what was not published is there too."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rakelab.codebook import codebook
from rakelab.demo import osaaminen, phrases

#: Table 5 of the final report: the rises it lists.
PUBLISHED = {
    "osa_kolmas_sektori": 0.7,
    "osa_kulttuurisensitiivisyys": 0.5,
    "osa_sosiaalipalvelut": 0.4,
    "osa_sahkoiset_palvelut": 0.4,
    "osa_yksityiset": 0.4,
    "osa_oma_alue": 0.3,
    "osa_lainsaadanto": 0.3,
    "osa_reunaehdot": 0.2,
    "osa_etuudet": 0.2,
    "osa_tyollisyyspalvelut": 0.2,
    "osa_terveydenhuolto": 0.1,
}
AREAS = [field.name for field in codebook("osaamiskartoitus").fields if field.name.startswith("osa_")]


def waves(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The scores of 2020 and of 2022; unanswered is NaN."""
    rows = osaaminen.rows(seed)
    scores = rows[AREAS].apply(pd.to_numeric, errors="coerce")
    return tuple(scores[rows["aalto"] == year] for year in ("2020", "2022"))


@pytest.fixture(scope="module")
def both():
    return waves(2021)


@pytest.mark.parametrize("decimals", [(9, 9), (2, 2), (2, 1), (1, 1)])
@pytest.mark.parametrize("seed", [2021, 0, 2**31])
def test_the_eleven_published_changes_come_out_the_same_however_the_means_are_rounded(seed, decimals):
    both = waves(seed)
    assert [len(wave) for wave in both] == [61, 16]
    before, after = (wave.mean().round(places) for wave, places in zip(both, decimals, strict=True))
    assert (after - before).round(1)[list(PUBLISHED)].to_dict() == PUBLISHED


def test_what_the_sources_say_in_words_holds(both):
    before, after = both
    assert before.mean().max() < 4
    rise = after.mean() - before.mean()
    assert rise.idxmax() == "osa_sosiaalinen_raportointi"
    assert before.mean().nsmallest(2).index.tolist() == ["osa_valtakunnallinen", "osa_media"]
    assert 0 < rise["osa_media"] < 0.5
    assert {"osa_sosiaalipalvelut", "osa_oma_alue"} == set(after.mean().nlargest(2).index)


def test_only_two_of_the_published_rises_exceed_their_margin_and_a_fall_does(both):
    before, after = both
    clear = {}
    for area in AREAS:
        ends = stats.ttest_ind(after[area], before[area], equal_var=False, nan_policy="omit").confidence_interval()
        clear[area] = int(ends.low > 0) - int(ends.high < 0)
    assert {area for area in PUBLISHED if clear[area]} == {"osa_kolmas_sektori", "osa_kulttuurisensitiivisyys"}
    assert {area for area in AREAS if clear[area] and area not in PUBLISHED} == {
        "osa_sosiaalinen_raportointi",
        "osa_tutkimustieto",
    }
    assert clear["osa_tutkimustieto"] == -1


def test_scores_spread_as_assumed_go_together_and_some_are_missing(both):
    for wave in both:
        assert wave.std().between(0.65, 0.9).all()
        assert wave.count().between(len(wave) - 3, len(wave)).all()
        assert wave.isna().to_numpy().any()
    together = both[0].corr().to_numpy()[np.triu_indices(len(AREAS), 1)]
    assert 0.2 < together.mean() < 0.7


def test_open_answers_say_what_their_themes_say():
    rows, known = osaaminen.rows(2021), phrases.plan("osaaminen")["phrases"]
    assert rows.groupby("aalto")["kehittamistarve_teema"].apply(lambda a: (a != "tyhja").sum()).to_dict() == {
        "2020": 34,
        "2022": 9,
    }
    for themes, said in zip(rows["kehittamistarve_teema"], rows["kehittamistarve"], strict=True):
        told = {theme for theme, choices in known.items() if any(choice in said for choice in choices)}
        assert told == (themes if isinstance(themes, frozenset) else set())
        assert (said == "tyhja") == (themes == "tyhja")


def test_the_plan_covers_every_area_and_theme_of_the_form():
    made, form = phrases.plan("osaaminen"), codebook("osaamiskartoitus")
    assert list(made["areas"]) == AREAS
    assert set(made["themes"]) == set(made["phrases"]) == set(form["kehittamistarve_teema"].values)


@given(st.integers(1, 80).flatmap(lambda n: st.tuples(st.just(n), st.integers(n, 5 * n))))
def test_scores_sum_to_what_was_asked_and_stay_on_the_scale(asked):
    count, total = asked
    scores = osaaminen._spread(total, count, 0.75)
    assert (len(scores), scores.sum()) == (count, total)
    assert scores.min() >= 1
    assert scores.max() <= 5
