"""The sentences of the English pages, held against the raw rows, hidden ones too: part of ``recount.py``.

Each rule reads one kind of sentence and tells what is not so. A sentence that claims something (``CLAIM``) and that no
rule reads is told as not verified, so that new wording cannot pass unseen.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import permutations, product

from recounting import figures
from recounting.report import Found, Report, View, views

Claim = tuple[str, str]  # what is claimed, and why it is not so
Counts = tuple[int, int]  # how many, of how many
Rule = Callable[["Page", re.Match[str]], Iterator[Claim]]

CI = r"; 95% confidence interval ([+−–\d.]+?)(?:–| to )([+−\d.]+)%?"
FIGURE = re.compile(rf"“([^”]+)”(?: and “([^”]+)”)?,? (\d+)% \((\d+)/(\d+)(?:{CI})?\)")
REST = (r"\.(?: Next(?P<later> of those shown)?: (?P<next>.*?)\.(?= |$))?"
        r"(?: Only the pairs of (?P<options>\d+) options are compared\.)?"
        r"(?P<may>[^.]*?options? (?:is|are) hidden; (?:it|one of them) may be more common\.)?")  # fmt: skip
LEADER = re.compile(
    r"(?:the most common(?P<some> of those shown)? is|(?P<pair>(?P<few>of those shown, )?most often together are)) "
    + FIGURE.pattern + REST
)  # fmt: skip
LEVEL = re.compile(
    r"(?:(?P<word>the most common(?P<some> of those shown)?, mentioned equally often, are) (?P<names>[^:]*)|"
    r"(?P<n>\d+) (?P<few>of the )?options (?:shown )?are equally common and the most common): (?:each )?"
    rf"(?P<percent>\d+)% \((?P<count>\d+)/(?P<base>\d+)(?:{CI})?\)" + REST
)
PILED = re.compile(r"(?P<some>of those shown, )?(?P<tied>equally and )?most often one person has "
                   r"(?P<names>(?:\w+ needs?(?: or more)?(?:, | and )?)+)(?:: each )?(?P<percent>\d+)% "
                   rf"\((?P<count>\d+)/(?P<base>\d+){CI}\)\.(?P<may>[^.]*may be more common\.)?"
                   r"(?: The share with (?P<many>\w+) needs or more is \d+% \((?P<top>\d+)/\d+\))?")  # fmt: skip
MANY = r"(?:“[^”]+” \d+% \(\d+/\d+\)(?:, | and )?)+"
STATEMENT = re.compile(r"(?P<some>Of the statements shown, t|T)he answers “(?P<answer>[^”]+)” are (?:equally common "
                       rf"for every statement that can be shown: (?P<all>{MANY})|most common for the statements? "
                       rf"(?P<most>{MANY}) and least common for the statements? (?P<least>{MANY}))")  # fmt: skip
CONTRAST = re.compile(
    r"(?:the largest difference(?P<some> shown)? \((?P<a>.+?) → (?P<b>.+?)\) is in )?“(?P<label>[^”]+)”: "
    r"\d+% \((?P<k1>\d+)/(?P<n1>\d+)\)"
    r" → \d+% \((?P<k2>\d+)/(?P<n2>\d+)\)(?: \([^)]*\))?"
    r"(?:,(?: a)? difference(?: of)? (?P<gap>[+−\d]+) percentage points? "
    r"\(95% confidence interval (?P<low>[+−\d]+) to (?P<high>[+−\d]+)\))?\."
    r"(?: The difference is as large in (?P<level>“.*?”)\.)? "
    r"The difference is (?P<verdict>beyond|within)[^.]*\."
    r"(?: Differences compared: (?:(?P<m>\d+); beyond chance: (?P<j>\d+)|(?P<none>\d+); none is beyond chance)\.)?"
)
LARGEST = re.compile(r"the largest difference(?P<some> shown)? \([^)]+ → [^)]+\) is in “(?P<label>[^”]+)”: \d+% "
                     r"→ \d+%, difference (?P<gap>[+−\d]+) percentage points? "
                     r"\(95% confidence interval (?P<low>[+−\d]+) to (?P<high>[+−\d]+)\)\."
                     r"(?: The difference is as large in “.*?”\.)? "
                     r"The difference is (?P<verdict>beyond|within)")  # fmt: skip
CHANGE = re.compile(r"(?P<title>[^.]+?): mean change (?P<mean>[+−\d.]+) \(n = (?P<n>\d+); 95% confidence interval "
                    r"(?P<low>[+−\d.]+) to (?P<high>[+−\d.]+)\)\. (?P<say>The change is (?:for the \w+ and )?"
                    r"(?:beyond|within) chance)")  # fmt: skip
CHANGED = re.compile(r"\(n = [\d–]+\): (\d+) were measured, and the change is beyond chance in (?:none|"
                     r"these \d+: (.*?))\. "
                     r"(?:The other changes are within chance|With |There |The \d+ comparisons)")  # fmt: skip
COMPETENCE = re.compile(r"(\d+) compared; (\d+) rose and (\d+) fell beyond chance\.")
GAP = re.compile(r"“([^”]+)”: ([\d.]+) → ([\d.]+), difference ([+−\d.]+) "
                 r"\(95% confidence interval ([+−\d.]+) to ([+−\d.]+)\)")  # fmt: skip
MOVED = re.compile(r"The largest (?P<way>rise|fall)s?(?P<some> shown)? (?:is in|are nearly equal:) "
                   r"(?P<gaps>“.*?\))\.(?= |$)")  # fmt: skip
EXTREMES = re.compile(r"(?P<year>\d{4})(?: \(n = [\d–]+\))?: (?P<some>of those shown, )?highest (?:mean )?"
                      r"(?P<high>.+?), lowest "
                      r"(?P<low>(?:“[^”]+” [\d.]*\d(?:, | and )?)+)")  # fmt: skip
LEFT = re.compile(r"“([^”]+) \(start\)”: the means of those who left \((\d+)\) and those who stayed \((\d+)\) "
                  r"differed by ([+−\d.]+) \(95% confidence interval ([+−\d.]+) to ([+−\d.]+)\)")  # fmt: skip
RISING = re.compile(r"(\d{4}) → (\d{4}): (?:beyond chance rose ((?:“[^”]+” \(\d+ → \d+\)(?:, | and )?)+)|"
                    r"nothing rose beyond chance\.)(?P<hidden>.*?comparisons? cannot be made)?")  # fmt: skip
COUNTED = re.compile(r"(?:Half-year[^:]*|new to closed): (.*?) \(n = (\d+)\)")
WAITED = re.compile(r"median (\d+) days \(n = (\d+); 95% confidence interval (\d+)–(\d+)\)")
COMMONEST = re.compile(r"The most common (?P<some>of the )?moves?(?: shown)? (?:is|are) (?P<moves>.+?) "
                       r"\((?P<n>\d+)(?: each)?\)")  # fmt: skip
KAPPA = re.compile(r"kappa ranges from ([\d.]+) to ([\d.]+), lowest for “[^”]*”\. Differences to discuss: (\d+)")
EFFECT = re.compile(r"\(Yes\): the clearest association is with (.+?) \(vs\. (.+?)\), ([+−\d]+) percentage points "
                    r"\(95% confidence interval ([+−\d]+) to ([+−\d]+); n = (\d+)\)")  # fmt: skip
RELIABLE = re.compile(
    r"A change is reliable when it is more than ([\d.]*\d) points\. .*?first measurement is ([\d.]+) "
    r"\(n = \d+[^)]*\), and the reliability ([\d.]+) \([^)]*?([\d.]+)(?:–[\d.]+)? in publications"
)
RESPONSE = re.compile(r"Response rate: (\d{4}) (\d+)% \((\d+)/(\d+)\)")
BY_YEAR = re.compile(r"((?:[A-Z]\w+–[A-Z]\w+ )?\d{4}): ((?:“[^”]+” \d+(?:, | and )?)+)")
BESIDE = re.compile(r"Clients' data and workers' reports point in different directions on (?P<matters>.*?)\. "
                    r"They share (?P<n>\d+) matters; of (?P<unknown>\d+) of them [^.]*\. [^.]*is not known\.|"
                    r"Clients' data \([^)]*\) and workers' reports \([^)]*\) cannot be compared[^.]*\.")  # fmt: skip
#: News: a plain sentence, and what it rests on after it, or the title of a figure and what it is of in brackets.
UNDER = rf"(?: (?P<count>\d+)/(?P<base>\d+)(?:{CI})?)?"
TOP = re.compile(r"(?:^|: )(?:(?P<one>[Mm]ost common is|[Oo]f those shown,) “(?P<label>[^”]+)”(?: is most common)?, "
                 rf"(?P<percent>\d+)%\.{UNDER})")  # fmt: skip
TURNED = re.compile(r"“(?P<label>[^”]+)” (?P<way>rose|fell) from (?P<first>[\d<]+) to (?P<second>[\d<]+) per cent\."
                    r"(?: difference (?P<gap>[+−\d]+) percentage points? \((?P<k1>\d+)/(?P<n1>\d+), "
                    r"(?P<k2>\d+)/(?P<n2>\d+)\); 95% confidence interval (?P<low>[+−\d]+) to (?P<high>[+−\d]+))?"
                    r"(?:; (?P<more>one|\d+) other differences? (?:is|are) beyond chance too)?")  # fmt: skip
PARTED = re.compile(r"“(?P<label>[^”]+)”: (?P<second>\d+)% \((?P<b>[^)]*)\) and (?P<first>\d+)% \((?P<a>[^)]*)\)"
                    r"(?P<within>; the difference is within chance)?\."
                    r"(?: difference (?P<gap>[+−\d]+) percentage points? "
                    r"\((?P<k1>\d+)/(?P<n1>\d+), (?P<k2>\d+)/(?P<n2>\d+)\)(?:; 95% confidence interval "
                    r"(?P<low>[+−\d]+) to (?P<high>[+−\d]+))?)?"
                    r"(?:; (?P<more>one|\d+) other differences? (?:is|are) beyond chance too)?")  # fmt: skip
STILL = re.compile(r"(?P<some>[Ii]n the numbers shown, )?(?P<a>\S[^:.]*?) and (?P<b>[^:.]*?) "
                   r"do not differ beyond chance\.")  # fmt: skip
#: News that older rules read once its interval and its base are put where they stood.
SAID_BEFORE = (
    (r"the clearest link is with (.+?), ([+−\d]+ percentage points?)\. n = (\d+); (95% confidence interval [^;]+)",
     r"(Yes): the clearest association is with \1, \2 (\4; n = \3)"),
    (r"(The change is for the \w+)\.", r"\1 and beyond chance."),
    (r"(mean change [+−\d.]+\d)\. (The change is [^.]*)\. (n = \d+; 95% confidence interval [^;]+)", r"\1 (\3). \2"),
    (r"of (\d+) changes (\d+) are beyond chance\. (.*?); n = ([\d–]+)",
     r"(n = \4): \1 were measured, and the change is beyond chance in these \2: \3. There "),
    (r"none of (\d+) changes is beyond chance\.",
     r"(n = 1): \1 were measured, and the change is beyond chance in none. The other changes are within chance"),
    (r"of (\d+) means (\d+) rose beyond chance\.", r"\1 compared; \2 rose and 0 fell beyond chance."),
    (r"of (\d+) means (\d+) fell beyond chance\.", r"\1 compared; 0 rose and \2 fell beyond chance."),
    (r"of (\d+) means (\d+) rose and (\d+) fell beyond chance\.", r"\1 compared; \2 rose and \3 fell beyond chance."),
    (r"none of (\d+) means changed beyond chance\.", r"\1 compared; 0 rose and 0 fell beyond chance."),
    (r"((?:“[^”]+” \(\d+ → \d+\)(?:, | and )?)+) rose beyond chance\. (\d{4}), (\d{4})",
     r"\2 → \3: beyond chance rose \1"),
    (r"half had been decided within (\d+) days\. (n = \d+; 95% confidence interval [\d–]+)",
     r"decided: median \1 days (\2)"),
    (r"half were answered within (\d+) days\. (n = \d+; 95% confidence interval [\d–]+)", r"median \1 days (\2)"),
    (r"(Half-year[^:]*|new to closed)[^.]*: (\d+) in all\. (.*)", r"\1: \3 (n = \2)"),
    (r"(most often one person has .*?), (?:each )?(\d+%)\. (\d+/\d+); (95% confidence interval [\d–]+%)",
     r"\1, \2 (\3; \4)."),
    (r"(“[^”]+” and “[^”]+”) meet most often, (\d+%)\. (\d+/\d+); (95% confidence interval [\d–]+%)",
     r"most often together are \1 \2 (\3; \4)."),
)  # fmt: skip
CLAIM = re.compile(
    r"most|least|large|(?<!too )small(?! \()|highest|lowest|rose|rise|fell|fall|beyond chance|better|worse|clearest"
)
WORDS = {"no": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5-"}


def plain(text: str) -> str:
    return text.replace("−", "-").replace("+", "")


def value(text: str) -> float:
    return float(plain(text))


@dataclass(frozen=True)
class Page:
    """An English page, and the reports whose numbers it shows."""

    name: str
    reports: Sequence[Report]
    factors: Mapping[str, str] = field(default_factory=dict)  # of the model, each with what it is compared with

    def views(self, **wanted: object) -> list[View]:
        return [one for one in views(self.reports) if all(one.table[k] == v for k, v in wanted.items())]

    def totals(self) -> list[View]:
        """The tables of counts that have a column of everybody."""
        return [one for one in self.views(measure="count") if {} in one.table["columns"]]

    def with_share(self, said: Counts, label: str, lead: str = "") -> list[Place]:
        """Where the raw rows give this answer so many people: of such places those that the words before name best."""
        found: list[Place] = []
        for one in (*self.totals(), *(other for other in self.views(measure="count") if other not in self.totals())):
            row = one.labels().get(label)
            for column in [{}, *one.columns()] if row and {} in one.table["columns"] else one.columns():
                if row and (one.count(row, column), one.base(column)) == said:
                    found.append((one, column))
        named = [_named(lead, *place) for place in found]
        return [place for place, n in zip(found, named, strict=True) if n == max(named)]


Place = tuple[View, Mapping[str, str]]


def _named(lead: str, view: View, *columns: Mapping[str, str]) -> int:
    """How many of a table's title and groups the words before a claim name."""
    titles = (view.title(), view.table["title"]["en"])
    return any(one in lead for one in titles) + sum(view.label(column) in lead for column in columns if column)


def _lead(match: re.Match[str]) -> str:
    return match.string[: match.start()].split(". ")[-1]


def _best(readings: Iterable[Iterable[Claim]], otherwise: Claim) -> list[Claim]:
    """Of places that fit equally well, the one that bears out most."""
    found = [list(one) for one in readings]
    return min(found, key=lambda one: sum(bool(why) for _, why in one), default=[otherwise])


def claims(page: Page, text: str) -> Iterator[Found]:
    page = replace(page, factors=dict(FACTOR.findall(text)))
    for one in sentences(text):
        yield from _read(page, one)


FACTOR = re.compile(r'<th scope="row"[^>]*>(?:<[^>]*>)*([^<(]+?) \(vs\. ([^<)]+)\)')


def sentences(page: str) -> list[str]:
    """The findings, and of the titles of the figures those that a rule of news reads, each once."""
    lists = re.findall(r'<ul class="findings">(.*?)</ul>', page, flags=re.S)
    items = [one for some in lists for one in re.findall(r"<li>(.*?)</li>", some, flags=re.S)]
    found = [re.sub(r"<[^>]+>", "", one.replace("<br>", " ")) for one in items]
    titles = re.findall(r"<figcaption><h3[^>]*>(.*?)</h3><p>(.*?)</p>", page, flags=re.S)
    said = (f"{re.sub('<span.*?</span>', '', title)}. ({under.partition('.')[0]})" for title, under in titles)
    found += [one for one in said if any(news.search(one) for news in (TOP, TURNED, PARTED, STILL))]
    written = dict.fromkeys(re.sub(r"[\u00a0\u202f\u2060]+", " ", html.unescape(one)) for one in found if one)
    return [_as_before(one) for one in written]


def _as_before(text: str) -> str:
    for pattern, before in SAID_BEFORE:
        text = re.sub(pattern, before, text)
    return text


def _read(page: Page, text: str) -> Iterator[Found]:
    rest = text
    for pattern, kind, rule in RULES:
        for match in pattern.finditer(text):
            rest = rest.replace(match[0], " ")
            for what, why in rule(page, match):
                yield Found(page.name, kind, f"{what} · {match[0][:140]}", why)
    if CLAIM.search(rest.split(": ", 1)[-1]) and rest == text:
        yield Found(page.name, "unread", text[:160], "no rule reads this sentence")


# --- rules ----------------------------------------------------------------------------------------------------


def _top_news(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """The most common, by its share: where a count is told, of that count."""
    label, percent, some = match["label"], int(match["percent"]), match["one"].startswith(("Of", "of"))
    found = []
    for view in page.views(measure="count"):
        row = view.labels().get(label)
        for column in [{}, *view.columns()] if row else []:
            with suppress(KeyError, ZeroDivisionError):
                count, base = view.count(row, column), view.base(column)
                said = (int(match["count"]), int(match["base"])) if match["count"] else (count, base)
                if (count, base) == said and figures.half_up(Fraction(100 * count, base), 0) == percent:
                    found.append((view, column, count))
    named = [_named(match.string, view, column) for view, column, _ in found]
    best = [place for place, n in zip(found, named, strict=True) if n == max(named)]
    yield from _best((_is_top(*place, some=some) for place in best), NOWHERE)


def _is_top(view: View, column: Mapping[str, str], count: int, *, some: bool) -> Iterator[Claim]:
    every = [view.count(row, column) for row in view.labels().values() if not some or view.shown(row, column)]
    yield "superlative", "" if count == max(every) else f"raw rows: {max(every)}"


def _turned(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """A rise or a fall from one period to another, beyond chance, and how many others are."""
    yield from _compared_news(page, match, within=False)


def _parted(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    yield from _compared_news(page, match, within=bool(match["within"]))


def _compared_news(page: Page, match: re.Match[str], *, within: bool) -> Iterator[Claim]:
    told = match["first"], match["second"]
    found = [(view, two) for view in page.views(measure="count") if match["label"] in view.labels()
             for two in permutations(view.columns(), 2) if _written(view, match["label"], two) == told]  # fmt: skip
    named = [_named(match.string, view, *two) for view, two in found]
    best = [place for place, n in zip(found, named, strict=True) if n == max(named)]
    yield from _best(
        (_verdict_news(*place, match, within=within) for place in best), ("shares", "raw rows: other shares")
    )


def _written(view: View, label: str, two: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    row = view.labels()[label]
    try:
        return tuple(f"{figures.half_up(Fraction(100 * view.count(row, c), view.base(c)), 0):g}" for c in two)
    except ZeroDivisionError:
        return ()


def _verdict_news(
    view: View, two: Sequence[Mapping[str, str]], match: re.Match[str], *, within: bool
) -> Iterator[Claim]:
    counts = [(view.count(view.labels()[match["label"]], column), view.base(column)) for column in two]
    if match["gap"]:
        said = [(int(match[f"k{i}"]), int(match[f"n{i}"])) for i in (1, 2)]
        yield "counts", "" if said == counts else f"raw rows: {counts}"
    if not match["low"] and "way" not in match.groupdict():
        return  # counted whole, or beside a figure of two groups: the figure's table is held against the rows
    p_of = _tested(view, two)
    beyond = {name for name, p in figures.holm(p_of).items() if p < 0.05}
    yield "verdict", "" if (match["label"] in beyond) != within else f"raw rows, beyond chance: {sorted(beyond)}"
    if match["more"]:
        more = 1 if match["more"] == "one" else int(match["more"])
        yield "how many", "" if len(beyond) - 1 == more else f"raw rows: {len(beyond) - 1}"


def _tested(view: View, two: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Fisher's p of each row that is shown in both groups."""
    shown = {name: row for name, row in view.labels().items() if all(view.shown(row, column) for column in two)}
    sides = {name: [(view.count(row, c), view.base(c)) for c in two] for name, row in shown.items()}
    return {
        name: float(figures.stats.fisher_exact([[k, n - k] for k, n in side]).pvalue) for name, side in sides.items()
    }


def _still(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """No row that is shown in both groups differs."""
    found = [(view, two) for view in page.views(measure="count") for two in permutations(view.columns(), 2)
             if tuple(map(view.label, two)) == (match["a"].split(": ")[-1], match["b"])]  # fmt: skip
    named = [_named(match.string, view) for view, _ in found]
    best = [place for place, n in zip(found, named, strict=True) if n == max(named)]
    yield from _best((_none_beyond(*place) for place in best), ("groups", "no such groups"))


def _none_beyond(view: View, two: Sequence[Mapping[str, str]]) -> Iterator[Claim]:
    beyond = [name for name, p in figures.holm(_tested(view, two)).items() if p < 0.05]
    yield "verdict", "" if not beyond else f"raw rows, beyond chance: {beyond}"


def _share(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """A percentage with its count and base, wherever it stands."""
    label, other, percent, count, base, low, high = match.groups()
    k, n = int(count), int(base)
    truth = figures.half_up(Fraction(100 * k, n), 0)
    yield f"{percent} %", "" if int(percent) == truth else f"half up it is {truth}"
    if other:
        return
    known = page.with_share((k, n), label) or any(_in_statement(one, label, k, n) for one in page.totals())
    yield f"{count} of {base}", "" if known else "no table of raw rows gives this count and base"
    if low:
        limits = [100 * one for one in figures.wilson(k, n)]
        fits = all(abs(value(told) - one) <= 0.5 + 1e-9 for told, one in zip((low, high), limits, strict=True))
        yield "interval", "" if fits else f"Wilson gives {limits[0]:.1f}–{limits[1]:.1f}"


def _in_statement(view: View, title: str, count: int, base: int) -> bool:
    return view.title() == title and base == view.base({}) and count in [view.count(row, {}) for row in view.rows]


NOWHERE = ("leader", "no table of raw rows gives this count and base")


def _leader(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    if match["pair"]:
        yield from _together(page, match)
        return
    said = next(FIGURE.finditer(match[0]))
    found = page.with_share((int(said[4]), int(said[5])), said[1], _lead(match))
    yield from _best((_places(*one, [said[1]], match) for one in found), NOWHERE)


def _level(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """Several that are the most common together: named, or only counted."""
    count, base = int(match["count"]), int(match["base"])
    named = re.findall("“([^”]+)”", match["names"] or "")
    if named:
        found = page.with_share((count, base), named[0], _lead(match))
        yield from _best((_places(*one, named, match) for one in found), NOWHERE)
        return
    told = [_top(one, some=bool(match["few"])) for one in page.totals() if one.base({}) == base]
    yield "how many are level", "" if (count, int(match["n"])) in told else f"raw rows: {told}"


def _top(view: View, *, some: bool) -> Counts:
    """The largest count, and how many have it."""
    raw = [view.count(row, {}) for row in view.rows if not some or view.shown(row, {})]
    return max(raw, default=0), raw.count(max(raw, default=0))


def _places(view: View, column: Mapping[str, str], first: Sequence[str], match: re.Match[str]) -> Iterator[Claim]:
    """The first and the next are so, of all or of those shown; a caution stands where it must, and only there."""
    raw = {name: view.count(row, column) for name, row in view.labels().items()}
    seen = {name: n for name, n in raw.items() if view.shown(view.labels()[name], column)}
    among = seen if match["some"] else raw
    level = {name for name in among if among[name] == max(among.values())}
    yield "superlative", "" if set(first) == level else f"raw rows: {sorted(level)} {max(among.values())}"
    named = [*first, *(one[1] for one in FIGURE.finditer(match["next"] or ""))]
    if match["next"]:
        yield "order", _order(named, seen if match["some"] or match["later"] else raw, len(first))
    hidden = {name: n for name, n in raw.items() if name not in seen}
    if hidden:
        yield "caution", _caution(view, column, seen, hidden, told=bool(match["may"]))


def _order(named: Sequence[str], raw: Mapping[str, int], firsts: int = 1) -> str:
    """Are these the first, in order, and is nobody level with one of them left out?"""
    if not {*named} <= raw.keys():
        return f"not among those meant: {sorted({*named} - raw.keys())}"
    others = {name: n for name, n in raw.items() if name not in named}
    above = [name for name, n in others.items() if n > raw[named[-1]]]
    falling = [raw[name] for name in named]
    if above or falling != sorted(falling, reverse=True):
        return f"raw rows: {dict(sorted(raw.items(), key=lambda one: -one[1])[:4])}"
    level = [name for name, n in others.items() if n == raw[named[-1]]]
    first = [name for name in raw if name not in named[:firsts] and raw[name] == raw[named[0]]]
    return f"a tie is not told: {', '.join(dict.fromkeys(first + level))}" if first or level else ""


def _caution(
    view: View, column: Mapping[str, str], seen: Mapping[str, int], hidden: Mapping[str, int], *, told: bool
) -> str:
    leader = max(seen.values(), default=0)
    room = view.base(column) - sum(seen.values())
    possible = view.table["multiple"] or room >= leader
    if told and not possible:
        return f"hidden ones cannot be more common: {room} < {leader}"
    return "a hidden one is more common, untold" if not told and max(hidden.values()) > leader else ""


def _together(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    said = next(FIGURE.finditer(match[0]))
    view = next((one for one in page.views(indicator="together") if one.base({}) == int(said[5])), None)
    if view is None:
        yield "pairs", "no such table"
        return
    levels = view.report.released["variables"][view.table["variable"]]["levels"]
    words = {one: names["en"] for one, names in levels.items() if one != "tyhja"}
    of = view.table["variable"]
    keys = {f"{words[a]} + {words[b]}": {f"{of}:{a}+{b}": "molemmat"} for a, b in figures.two(words)}
    if match["options"]:
        told = {row[0] for row in map(list, view.table["rows"])}
        keys = {name: row for name, row in keys.items() if next(iter(row)) in told}
        count = len({level for row in keys.values() for level in next(iter(row)).partition(":")[2].split("+")})
        yield "options", "" if count == int(match["options"]) else f"the table has {count}"
    raw = {name: view.report.count(row) for name, row in keys.items()}
    seen = {name: n for name, n in raw.items() if view.shown(keys[name], {})}
    first = f"{said[1]} + {said[2]}"
    named = [first, *(f"{one[1]} + {one[2]}" for one in FIGURE.finditer(match["next"] or ""))]
    yield "pair", "" if raw.get(first) == int(said[4]) else f"raw rows give {raw.get(first)}"
    yield "superlative", _order(named[:1], seen if match["few"] else raw)
    yield "order", _order(named, seen if match["few"] or match["later"] else raw)


def _piled(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    view = next(one for one in page.views(indicator="accumulation") if one.base({}) == int(match["base"]))
    raw = {next(iter(row.values())): view.count(row, {}) for row in view.rows}
    seen = {next(iter(row.values())): view.count(row, {}) for row in view.rows if view.shown(row, {})}
    named = [WORDS[one] for one in re.findall(r"(\w+) needs?", match["names"])]
    among = seen if match["some"] else raw
    right = all(raw[one] == int(match["count"]) for one in named)
    right &= not match["many"] or raw[WORDS[match["many"]]] == int(match["top"])
    level = {one for one in among if among[one] == max(among.values())}
    yield "counts", "" if right else f"raw rows give {raw}"
    yield "superlative", "" if set(named) == level else f"raw rows give {raw}"


def _statement(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    answer = match["answer"]
    own = [one for one in page.totals() if answer in one.labels() and one.table["answered"]]
    some = match["some"].startswith("Of") or match["all"]
    raw = {one.title(): Fraction(one.count(one.labels()[answer], {}), one.base({})) for one in own
           if not some or one.shown(one.labels()[answer], {})}  # fmt: skip
    told = {name: f"{float(share):.0%}" for name, share in raw.items()}
    if match["all"]:
        yield "all alike", "" if len(set(raw.values())) == 1 else f"raw rows: {told}"
        return
    for what, extreme in (("most", max(raw.values())), ("least", min(raw.values()))):
        named = {one[1] for one in FIGURE.finditer(match[what])}
        level = {other for other in raw if raw[other] == extreme}
        yield what, "" if level == named else f"raw rows, of those meant: {told}"


def _commonest(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    view = page.views(indicator="transitions")[0]
    raw = {(view.label(a), view.label(b)): view.count(b, a) for a in view.columns() for b in view.rows
           if view.label(a) != view.label(b) and (not match["some"] or view.shown(b, a))}  # fmt: skip
    level = {two for two in raw if raw[two] == max(raw.values())}
    named = set(re.findall("“([^”]+)” → “([^”]+)”", match["moves"]))
    fits = named == level and int(match["n"]) == max(raw.values())
    yield "superlative", "" if fits else f"raw rows: {level} {max(raw.values())}"


def _contrast(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    ends = [(int(match[f"k{i}"]), int(match[f"n{i}"])) for i in (1, 2)]
    found = _compared(page, match["label"], ends, _lead(match) + match[0].partition("“")[0])
    yield from _best((_gap(match, *one) for one in found), ("counts", "no table of raw rows gives these two"))


def _gap(match: re.Match[str], view: View, pair: Sequence[Mapping[str, str]]) -> Iterator[Claim]:
    """A difference, its verdict and its family, and whether it is the largest."""
    ends = [(int(match[f"k{i}"]), int(match[f"n{i}"])) for i in (1, 2)]
    raw = {name: [(view.count(row, c), view.base(c)) for c in pair] for name, row in view.labels().items()}
    gaps = {name: Fraction(*two[1]) - Fraction(*two[0]) for name, two in raw.items()}
    truth, limits = 100 * gaps[match["label"]], [100 * one for one in figures.newcombe(*ends)]
    told = [value(match[name]) for name in ("gap", "low", "high") if match[name]]
    fits = not told or all(abs(a - float(b)) <= 0.5 + 1e-9 for a, b in zip(told, (truth, *limits), strict=True))
    yield "difference", "" if fits else f"raw rows give {float(truth):.1f} ({limits[0]:.1f} to {limits[1]:.1f})"
    both = [name for name, row in view.labels().items() if all(view.shown(row, c) for c in pair)]
    adjusted = figures.holm({name: figures.fisher(*raw[name]) for name in both})
    beyond = [name for name, p in adjusted.items() if p < 0.05]
    yield "verdict", "" if (match["label"] in beyond) == (match["verdict"] == "beyond") else f"Holm: {adjusted}"
    if match["m"] or match["none"]:
        want = (int(match["m"] or match["none"]), int(match["j"] or 0))
        yield "family", "" if want == (len(both), len(beyond)) else f"raw rows: {len(both)} and {len(beyond)}"
    if match["a"]:
        among = {name: abs(gaps[name]) for name in (both if match["some"] else gaps)}
        level = {name for name in among if among[name] == max(among.values())}
        named = {match["label"], *re.findall("“([^”]+)”", match["level"] or "")}
        yield "superlative", "" if named == level else f"raw rows: {sorted(level)}, {float(max(among.values())):.1%}"


def _largest(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """A difference told without its counts: some table has it, and there it is the largest."""
    told = [value(match[name]) for name in ("gap", "low", "high")]
    for view in page.views(measure="count"):
        row = view.labels().get(match["label"])
        if row is None or len(view.columns()) != 2:
            continue
        ends = [(view.count(row, c), view.base(c)) for c in view.columns()]
        truth = [100 * float(one) for one in (Fraction(*ends[1]) - Fraction(*ends[0]), *figures.newcombe(*ends))]
        if all(abs(a - b) <= 0.5 + 1e-9 for a, b in zip(told, truth, strict=True)):
            gaps = {name: abs(Fraction(*b) - Fraction(*a)) for name, (a, b) in _ends(view, some=bool(match["some"]))}
            yield "difference", ""
            yield "superlative", "" if gaps[match["label"]] == max(gaps.values()) else f"raw rows: {gaps}"
            return
    yield "difference", "no table of raw rows gives it"


def _ends(view: View, *, some: bool) -> Iterator[tuple[str, list[Counts]]]:
    for name, row in view.labels().items():
        if not some or all(view.shown(row, column) for column in view.columns()):
            yield name, [(view.count(row, column), view.base(column)) for column in view.columns()]


def _compared(
    page: Page, label: str, ends: Sequence[Counts], lead: str
) -> list[tuple[View, Sequence[Mapping[str, str]]]]:
    found = []
    for view in page.views(measure="count"):
        row = view.labels().get(label)
        columns = [[one for one in view.columns() if row and (view.count(row, one), view.base(one)) == end]
                   for end in ends]  # fmt: skip
        found += [(view, pair) for pair in product(*columns) if pair[0] != pair[1]]
    named = [_named(lead, view, *pair) for view, pair in found]
    return [one for one, n in zip(found, named, strict=True) if n == max(named)]


def _change(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    title = re.sub(r" – source.*", "", match["title"]).strip()
    for view in page.views(indicator="change"):
        row = view.labels().get(title)
        if row and len(values := view.values(row, {})) == int(match["n"]):
            raw = (figures.mean(values), *figures.t_limits(values))
            yield "change", _three((match["mean"], match["low"], match["high"]), raw)
            tested = {name: figures.t_p(view.values(of, {})) for name, of in view.labels().items()}
            beyond = figures.holm(tested)[title] < 0.05
            yield "verdict", "" if beyond == ("beyond" in match["say"]) else f"Holm over {len(tested)} says otherwise"
            return
    yield "change", "no such change"


def _three(told: Sequence[str], raw: Sequence[float]) -> str:
    """A figure and its limits, which may be rounded outwards."""
    fits = [figures.near(plain(one), truth, units) for one, truth, units in zip(told, raw, (0.5, 1, 1), strict=True)]
    return "" if all(fits) else f"raw rows give {raw[0]:+.3f} ({raw[1]:+.3f} to {raw[2]:+.3f})"


def _changed(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    told = dict(re.findall(r"“([^”]+)” ([+−\d.]+\d)", match[2] or ""))
    found = (_judged(view, told, int(match[1])) for view in page.views(indicator="change"))
    yield from _best(found, ("changes told", "no such table"))


def _judged(view: View, told: Mapping[str, str], measured: int) -> Iterator[Claim]:
    """Of the changes shown: how many, each as it is told, and which Holm leaves."""
    raw = {name: view.values(row, {}) for name, row in view.labels().items() if view.shown(row, {})}
    yield "measured", "" if len(raw) == measured else f"{len(raw)} are shown"
    right = all(name in raw and figures.near(plain(n), figures.mean(raw[name])) for name, n in told.items())
    yield "changes told", "" if right else "no table of raw rows gives them"
    beyond = {name for name, p in figures.holm({k: figures.t_p(one) for k, one in raw.items()}).items() if p < 0.05}
    yield "verdict", "" if set(told) == beyond else f"Holm over {len(raw)} leaves {sorted(beyond)}"


def _left(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """Those who left less those who stayed, at the start."""
    title, gone, stayed, *told = match.groups()
    rows = [one for view in page.views(indicator="change") for one in view.labels().items()]
    name = next(next(iter(row)) for label, row in rows if label.partition(" (")[0] == title.partition(" (")[0])
    both = [page.reports[0].values({name.replace("muutos", end): "vastattu"}) for end in ("alku", "keskeyttaneet")]
    raw = figures.welch(*both)
    found = [len(one) for one in both]
    yield "numbers", "" if found == [int(stayed), int(gone)] else f"raw rows: {found}"
    yield "difference", _three(told, raw[:3])


def _survey(page: Page) -> View:
    """Of several surveys of competence the one that the yearly page speaks of: the last by name."""
    return max(page.views(indicator="competence"), key=lambda view: view.report.released["account"]["codebook"])


def _gaps(page: Page) -> tuple[View, dict[str, tuple[float, float, float, float]], list[str]]:
    view = _survey(page)
    raw = {name: figures.welch(*(view.values(row, c) for c in view.columns())) for name, row in view.labels().items()}
    both = [name for name, row in view.labels().items() if all(view.shown(row, c) for c in view.columns())]
    return view, raw, both


def _competence(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    _, raw, both = _gaps(page)
    adjusted = figures.holm({name: raw[name][3] for name in both})
    moved = [raw[name][0] > 0 for name, p in adjusted.items() if p < 0.05]
    truth = (len(both), sum(moved), len(moved) - sum(moved))
    told = tuple(int(one) for one in match.groups())
    yield "verdicts", "" if told == truth else f"Holm over {len(both)} leaves {truth[1]} risen, {truth[2]} fallen"


def _moved(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    view, raw, both = _gaps(page)
    told = [one.groups() for one in GAP.finditer(match["gaps"])]
    for name, first, second, *limits in told:
        ends = [figures.mean(view.values(view.labels()[name], c)) for c in view.columns()]
        yield "means", "" if all(map(figures.near, (first, second), ends)) else f"raw rows give {ends}"
        yield "difference", _three(limits, raw[name][:3])
    among = both if match["some"] else raw
    extreme = (max if match["way"] == "rise" else min)(among, key=lambda one: raw[one][0])
    named = [name for name, *_ in told]
    yield "superlative", "" if extreme in named else f"of those meant: {extreme} {raw[extreme][0]:+.2f}"


def _extremes(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """Means that are level as they are told are named together: the true one must be among them."""
    view = _survey(page)
    column = next(c for c in view.columns() if match["year"] in c.values())
    meant = {name: row for name, row in view.labels().items() if not match["some"] or view.shown(row, column)}
    raw = {name: round(figures.mean(view.values(row, column)), 9) for name, row in meant.items()}
    for what, extreme in (("high", max(raw.values())), ("low", min(raw.values()))):
        told = dict(re.findall(r"“([^”]+)” ([\d.]*\d)", match[what]))
        level = [one for one in raw if raw[one] == extreme]
        fits = set(level) <= set(told) and all(figures.near(n, raw[name]) for name, n in told.items())
        yield f"{match['year']} {what}est", "" if fits else f"raw rows, of those meant: {level} {extreme:.3f}"


def _rising(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    first, second, names = match[1], match[2], match[3] or ""
    told = {name: (int(a), int(b)) for name, a, b in re.findall(r"“([^”]+)” \((\d+) → (\d+)\)", names)}
    view = page.views(indicator="themes")[0]
    columns = [{"vuosi": first}, {"vuosi": second}]
    seen = {name for name, row in view.labels().items() if all(view.shown(row, column) for column in columns)}
    raw = {name: tuple(view.count(row, column) for column in columns) for name, row in view.labels().items()
           if name in seen or not match["hidden"]}  # fmt: skip
    yield "counts", "" if all(raw.get(name) == two for name, two in told.items()) else f"raw rows: {raw}"
    tested = {name: float(figures.stats.binomtest(b, a + b, 0.5).pvalue) for name, (a, b) in raw.items() if a + b}
    risen = {name for name, p in figures.holm(tested).items() if p < 0.05 and raw[name][1] > raw[name][0]}
    yield "verdict", "" if risen == set(told) else f"of those compared: {sorted(risen)}"


def _counted(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    best: tuple[int, list[str]] = (0, [match[1]])
    for view in page.totals():
        raw = {name: view.count(row, {}) for name, row in view.labels().items()}
        named = {name: int(n) for name in raw for n in re.findall(rf"{re.escape(name)} (\d+)(?!\d)", match[1])}
        if len(named) == len(raw) and len("".join(named)) > best[0]:
            best = (len("".join(named)), [name for name, n in named.items() if raw[name] != n])
    yield "counts", "" if not best[1] else f"raw rows differ in {best[1]}"


def _waited(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    decided = "decision" in match.string or "decided: " in match.string
    view = page.views(indicator="decision_time" if decided else "answer_time")[0]
    days, state = ("ilmoituksen_paatos_paivia", "ilmoituksen_paatos") if decided else ("odotus_paivia", "palaute")
    rows = [row for row in view.report.sheets[""].rows if isinstance(row[days], float)]
    truth = figures.waiting([(row[days], "annettu" in row[state]) for row in rows])
    told = [int(match[i]) for i in (1, 3, 4)]
    fits = len(rows) == int(match[2]) and all(abs(a - b) <= 0.5 for a, b in zip(told, truth, strict=True))
    yield "median", "" if fits else f"raw rows give {truth}, n = {len(rows)}"


def _kappa(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    rows = page.reports[0].sheets[""].rows
    sides = [[(next(iter(row[f"{end}_koodaaja1"])), next(iter(row[f"{end}_koodaaja2"]))) for row in rows]
             for end in ("alussa", "lopussa")]  # fmt: skip
    found = sorted(figures.kappa(one) for one in sides)
    apart = sum(a != b for one in sides for a, b in one)
    fits = figures.near(match[1], found[0]) and figures.near(match[2], found[-1]) and apart == int(match[3])
    yield "kappa", "" if fits else f"raw rows give {found}, {apart} apart"


SIDES = {"18–30": ("nuori", "18-30"), "Woman": ("sukupuoli", "nainen"),
         "Substance dependence": ("sairaudet", "paihderiippuvuus")}  # fmt: skip


def model(report: Report, compared: Mapping[str, str], told: int) -> tuple[int, dict[str, tuple[float, float, float]]]:
    """Need for special support by the factors compared, of those whose need is known, or of everybody where the page
    tells so many. Those compared with others are compared with everybody else, as the page says."""
    sides, rows = {name: SIDES[name] for name in compared}, report.sheets[""].rows
    known = [row for row in rows if told == len(rows) or row["erityisen_tuen_tarve"] & {"kylla", "ei"}]
    for name, (variable, _) in sides.items():
        if compared[name] != "others":
            gaps = {"tyhja", "ei_tietoa", "ei_kysytty", "muu"}
            known = [row for row in known if not row[variable] & gaps]
    cases = [("kylla" in row["erityisen_tuen_tarve"], [level in row[name] for name, level in sides.values()])
             for row in known]  # fmt: skip
    return len(known), dict(zip(sides, figures.logit(cases), strict=True))


def _effect(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """The model's other factors stand in its table."""
    n, effects = model(page.reports[0], page.factors, int(match[6]))
    clearest = max(effects, key=lambda name: abs(effects[name][0]) / (effects[name][2] - effects[name][1]))
    told, truth = [value(match[i]) for i in (3, 4, 5)], [100 * one for one in effects[match[1]]]
    fits = int(match[6]) == n and all(abs(a - b) <= 0.5 for a, b in zip(told, truth, strict=True))
    yield "model", "" if fits else f"n = {n}: {truth[0]:+.1f} ({truth[1]:+.1f} to {truth[2]:+.1f})"
    yield "clearest", "" if clearest == match[1] else f"clearest is {clearest}"


def _reliable(_: Page, match: re.Match[str]) -> Iterator[Claim]:
    """The limit follows from the deviation and the reliability as they are told; the reliability is the lowest."""
    limit, deviation, alpha, lowest = map(float, match.groups())
    truth = 1.96 * (2 * (1 - alpha)) ** 0.5 * deviation
    yield "limit", "" if abs(limit - truth) <= 0.01 * truth + 0.005 else f"it gives {truth:.3f}"
    yield "lowest", "" if alpha == lowest else f"the lowest told is {lowest}"


def _response(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    year, percent, count, asked = match.groups()
    truth = figures.half_up(Fraction(100 * int(count), int(asked)), 0)
    answered = page.reports[0].count({"aalto": year})
    yield "response", "" if (int(percent), int(count)) == (truth, answered) else f"raw rows: {answered}, {truth} %"


def _by_year(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    for name, told in re.findall(r"“([^”]+)” (\d+)", match[2]):
        columns = [(view, column) for view in page.views(measure="count") if name in view.labels()
                   for column in view.columns() if view.label(column) == match[1]]  # fmt: skip
        found = [view.count(view.labels()[name], column) for view, column in columns]
        yield f"{match[1]} {name}", "" if int(told) in found else f"raw rows give {found}"


def _beside(page: Page, match: re.Match[str]) -> Iterator[Claim]:
    """Sources without a common year are not compared; of others it is counted how many matters both know."""
    told = page.views(indicator="reported", variable="shl11_tuen_tarve")
    pairs = [(one, other) for one in page.views(indicator="needs") for other in told]
    yield from _best((_two_sources(match, *pair) for pair in pairs), ("sources", "no such tables"))


def _two_sources(match: re.Match[str], first: View, second: View) -> Iterator[Claim]:
    if "(area: " in match[0]:
        areas = [view.report.released["account"]["area"] or "not told" for view in (first, second)]
        said = re.findall(r"\(area: ([^)]*)\)", match[0])
        yield "areas", "" if said == areas and areas[0] != areas[1] else f"of {areas}"
        return
    one, other = ({year for column in view.columns() for year in column.values() if view.table["by"] == "vuosi"}
                  for view in (first, second))  # fmt: skip
    apart = bool(one and other and not one & other)
    yield "common years", "" if apart == ("cannot" in match[0]) else f"clients {one}, workers {other}"
    if match["n"]:
        both = _levels(first) & _levels(second)
        yield "matters", "" if len(both) == int(match["n"]) else f"raw rows: {len(both)}"
        named = re.findall("[“”]([^”]+)”", match["matters"] or "")
        yield "how many", "" if len(named) + int(match["unknown"]) <= len(both) else "more than there are"


def _levels(view: View) -> set[str]:
    return {level for row in view.rows for level in row.values()}


RULES: tuple[tuple[re.Pattern[str], str, Rule], ...] = (
    (TOP, "most common", _top_news),
    (TURNED, "difference", _turned),
    (PARTED, "difference", _parted),
    (STILL, "difference", _still),
    (FIGURE, "share", _share),
    (LEADER, "most common", _leader),
    (LEVEL, "most common", _level),
    (COMMONEST, "moves", _commonest),
    (PILED, "accumulation", _piled),
    (STATEMENT, "statements", _statement),
    (CONTRAST, "difference", _contrast),
    (LARGEST, "difference", _largest),
    (CHANGE, "mean change", _change),
    (CHANGED, "changes", _changed),
    (COMPETENCE, "competence", _competence),
    (MOVED, "competence", _moved),
    (LEFT, "who left", _left),
    (EXTREMES, "highest and lowest", _extremes),
    (RISING, "rising", _rising),
    (COUNTED, "counts", _counted),
    (WAITED, "waiting", _waited),
    (KAPPA, "agreement", _kappa),
    (EFFECT, "model", _effect),
    (RELIABLE, "reliable change", _reliable),
    (RESPONSE, "response", _response),
    (BY_YEAR, "plan", _by_year),
    (BESIDE, "side by side", _beside),
)
