"""Hard cases of suppression that others have published, as facts: counts, and which cells were hidden.

Statistics Norway: the vignette “Small count frequency table suppression” of the R package GaussSuppression (tables 1,
2, 4, 5, 7, 8 and 9, data “example1” of SSBtools). sdcTable: issues 135, 136 and 160 of sdcTools/UserSupport on GitHub.
"""

from collections.abc import Mapping
from dataclasses import dataclass

AREAS = {"EU": ("Portugal", "Spain"), "nonEU": ("Iceland",)}
AGES = ("old", "young")
#: Of 2014, 2015 and 2016; old and young, of Iceland, Portugal and Spain.
COUNTS = {
    "2014": {"old": (3, 4, 6), "young": (2, 0, 5)},
    "2015": {"old": (3, 4, 6), "young": (0, 0, 5)},
    "2016": {"old": (4, 3, 5), "young": (1, 1, 7)},
}
COUNTRIES = ("Iceland", "Portugal", "Spain")


@dataclass(frozen=True)
class Example:
    """A table of one year and the cells that Statistics Norway hid: those below its limit, and others."""

    year: str
    primary: frozenset[str]
    secondary: frozenset[str]
    areas: bool = True

    @property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """(Age, place) → count, with totals."""
        inner = {(age, one): n for age in AGES for one, n in zip(COUNTRIES, COUNTS[self.year][age], strict=True)}
        places = {one: (one,) for one in COUNTRIES} | (AREAS if self.areas else {}) | {"Total": COUNTRIES}
        ages = {one: (one,) for one in AGES} | {"Total": AGES}
        return {
            (age, place): sum(inner[a, p] for a in some for p in parts)
            for age, some in ages.items()
            for place, parts in places.items()
        }

    @property
    def rows(self) -> list[dict[str, str]]:
        """A row for each cell, as the vignette prints them."""
        return [
            {"age": age, "geo": place, "freq": str(n), "primary": str(f"{age} {place}" in self.primary).upper(),
             "suppressed": str(f"{age} {place}" in self.primary | self.secondary).upper()}
            for (age, place), n in self.counts.items()
        ]  # fmt: skip


def _example(year: str, primary: str, secondary: str, *, areas: bool = True) -> Example:
    return Example(year, frozenset(primary.split(", ")), frozenset(secondary.split(", ")), areas)


#: Zeros are small as well in the first, second and fifth; in the fourth they may be cover.
TABLE_1 = _example("2014", "young Portugal", "old Iceland, old Portugal, young Iceland", areas=False)
TABLE_2 = _example(
    "2014", "young nonEU, young Iceland, young Portugal", "old EU, old nonEU, old Iceland, old Portugal, young EU"
)
TABLE_4 = _example(
    "2014", "Total Portugal, old nonEU, old Iceland, old Portugal, young nonEU, young Iceland",
    "Total Spain, old EU, young EU, young Spain",
)  # fmt: skip
TABLE_5 = _example(
    "2014", "old nonEU, old Iceland, young nonEU, young Iceland", "old EU, old Portugal, young EU, young Portugal"
)
TABLE_7 = _example(
    "2015", "young nonEU, young Iceland, young Portugal",
    "old EU, old nonEU, old Iceland, old Portugal, old Spain, young EU, young Spain",
)  # fmt: skip
#: Of 2016 two ones are young (table 8): with Spain shown, and zeros never hidden, they are two ones.
TABLE_8 = COUNTS["2016"]
#: All years together (table 9).
TABLE_9 = {age: tuple(sum(COUNTS[y][age][i] for y in COUNTS) for i in range(3)) for age in AGES}

#: Issue 135: three ones in two rows of five, with the limit three; two of the three could each learn of the third.
SINGLETONS = ((1, 1, 7, 1, 0), (1, 0, 0, 2, 8))
#: Issue 136: two groupings of the same regions, protected one after the other, give cells of the other away; the
#: limit is four. With the small regions alone hidden, K is 20 less what is shown.
REGIONS = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
COUNTIES = {"county-1": "ABIJ", "county-2": "KLMN"}
GROUPS = {"small": "ABIJKN", "BIG": "LM"}
#: Issue 160, in people: of enterprises the three hidden groups together still told the largest one approximately,
#: and a fourth, large enough, was to be hidden beside them. Its figures are of turnover; these are ours.
APPROXIMATE = {"B05": 1, "B06": 1, "B07": 2, "B08": 40, "B09": 9}
