"""How a page says what is beyond chance, in three languages, written apart from rakelab's own texts."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

Verdict = dict[str, Any]
Family = Mapping[str, Verdict]  # by the words of its rows
TURNS = ("up", "down")


@dataclass(frozen=True)
class Words:
    """One language: heads and words of tables, the words of a verdict, and how each kind of sentence goes."""

    head: str
    trend: tuple[str, str]  # a table with the first head says in the last one what rises
    flags: Mapping[str, str]
    beside: str  # a head of the table of two sources
    turns: Mapping[str, str]
    chance: str  # whatever speaks of chance
    beyond: str  # what a match of a verdict begins with, where it is beyond
    legend: str
    under: str  # how many were taken together, under a table
    sentences: Mapping[str, str]


EN = Words(
    head="Beyond chance (Holm)",
    trend=("Ratio", "Change"),
    flags={"rises beyond chance": "yes", "falls beyond chance": "yes", "no": "no", "yes": "yes"},
    beside="Change among clients",
    turns={"rose": "up", "fell": "down", "not beyond chance": "still"},
    chance="chance",
    beyond="beyond",
    legend=">beyond chance<",
    under=r"with the (\d+) comparisons of this table taken together|There is (one) comparison\.",
    sentences={
        "family": r"The (\d+) comparisons of this table are",
        "counted": r"Differences compared: (\d+); beyond chance: (\d+)|Differences compared: (\d+); none is beyond",
        "changed": r"the change is beyond chance in these (\d+): (.*?)\. (?:The|There)",
        "none_changed": r"(the change is beyond chance in none)\.",
        "contrast": r"the largest difference(?: shown)? \(.*? → .*?\) is in “(.*?)”"
        r".*?The difference is (beyond|within)",
        "risen": r"\S+ → \S+?: (?:beyond chance rose (.*?)\.|(nothing rose beyond chance))",
        "change": r"^([^“]+): mean change .*?\. The change is (?:for the \w+ and )?(beyond|within) chance",
        "left": r"“([^”]+)”: the means of those who left .*?That is (beyond|within) chance",
        "chosen": r", “([^”]+)”: \d+%.*?The difference is (beyond|within) chance",
        "means": r"(\d+) compared; (\d+) rose and (\d+) fell beyond chance",
        "clearest": r"the clearest association is with (.+?) \(vs\.",
        "unclear": r"no factor's (association) stands out from chance",
        "rose": r"“([^”]+)” (rose|fell) from",
        "apart": r"“([^”]+)”: \S+ \([^)]*\) and \S+ \([^)]*\)(; the difference is within chance|\. +difference .*?95%)",
        "still": r"(do not differ beyond chance)",
        "more": r"(one|\d+) other differences? (?:is|are) beyond chance too",
        "of_all": r"[Oo]f (\d+) changes (\d+) are beyond chance|[Nn]one of (\d+) changes is beyond chance",
        "rises": r"((?:“[^”]+” \(\d+ → \d+\)(?:, | and )?)+) rose beyond chance|: (nothing rose) beyond chance",
        "moves": r"^([^“]+): mean change .*?\. The change is (for|beyond|within)",
        "of_means": r"of (\d+) means (\d+) rose(?: and (\d+) fell)? beyond chance|none of (\d+) means changed",
        "link": r"the clearest link is with (.+?) \(vs\.",
        "no_link": r"no (factor) stands out from chance",
    },
)
FI = Words(
    head="Ylittää sattuman (Holm)",
    trend=("Suhde", "Muutos"),
    flags={"nousee yli sattuman": "yes", "laskee yli sattuman": "yes", "ei": "no", "kyllä": "yes"},
    beside="Muutos asiakkailla",
    turns={"nousi": "up", "laski": "down", "ei ylitä sattumaa": "still"},
    chance="sattum",
    beyond="ylittää",
    legend=">ylittää sattuman<",
    under=r"tämän taulukon (\d+) vertailua otetaan|Vertailuja on (yksi)\.",
    sentences={
        "family": r"Tämän taulukon (\d+) vertailua on",
        "counted": r"Vertailuja on (\d+), ja niistä sattuman ylittää (\d+)|Vertailuja on (\d+); yksikään ero ei ylitä",
        "changed": r"muutos ylittää sattuman näissä (\d+): (.*?)\. (?:Muut|Tämän|Yhtä|Vertailuja|\d)",
        "none_changed": r"(eikä muutos ylitä sattumaa missään)\.",
        "contrast": r"suurin (?:ero|näytettävistä eroista) \(.*? → .*?\) on kohdassa ”(.*?)”.*?Ero (ylittää|mahtuu)",
        "risen": r"\S+ → \S+?: (?:yli sattuman nousi (.*?)\.|(mikään ei noussut yli sattuman))",
        "change": r"^([^”]+): keskimääräinen muutos .*?\. Muutos (?:on \w+ suuntaan ja )?(ylittää|mahtuu) sattuma",
        "left": r"”([^”]+)”: poisjääneiden .*?Ero (ylittää|mahtuu) sattuma",
        "chosen": r", ”([^”]+)”: \d+ %.*?Ero (ylittää|mahtuu) sattuma",
        "means": r"vertailtuja on (\d+); yli sattuman nousi (\d+) ja laski (\d+)",
        "clearest": r"selvin yhteys on tekijällä (.+?) \(vrt\.",
        "unclear": r"minkään tekijän (yhteys) ei erotu sattumasta",
        "rose": r"”([^”]+)” (kasvoi|väheni) \S+ prosentista",
        "apart": r"”([^”]+)”: \S+ % \([^)]*\) ja \S+ % \([^)]*\)(; ero mahtuu sattumaan|\. +ero .*?95 %)",
        "still": r"(eivät eroa enempää kuin sattuma)",
        "more": r"myös (yksi|\d+) muuta? eroa? on suure",
        "of_all": r"(\d+) muutoksesta (\d+) on suurempi kuin sattuma|[Yy]ksikään (\d+) muutoksesta ei ole suurempi",
        "rises": r"sattuma selittäisi yleistyi ((?:”[^”]+” \(\d+ → \d+\)(?:, | ja )?)+)|: (mikään ei yleistynyt)",
        "moves": r"^([^”]+): keskimääräinen muutos .*?\. Muutos (on|mahtuu)",
        "of_means": r"(\d+) keskiarvosta (\d+) nousi(?: ja (\d+) laski)? enemmän|yksikään (\d+) keskiarvosta ei",
        "link": r"selvin yhteys on tekijällä (.+?) \(vrt\.",
        "no_link": r"minkään (tekijän) yhteys ei erotu",
    },
)
SV = Words(
    head="Överskrider slumpen (Holm)",
    trend=("Kvot", "Förändring"),
    flags={"ökar mer än slumpen": "yes", "minskar mer än slumpen": "yes", "nej": "no", "ja": "yes"},
    beside="Förändring hos klienterna",
    turns={"steg": "up", "sjönk": "down", "inte utöver slumpen": "still"},
    chance="slump",
    beyond="överskrider",
    legend=">överskrider slumpen<",
    under=r"då tabellens (\d+) jämförelser beaktas|Jämförelsen är (en) enda",
    sentences={
        "family": r"Tabellens (\d+) jämförelser har",
        "counted": r"Av (\d+) jämförda skillnader överskrider (\d+)|Jämförda skillnader: (\d+); ingen överskrider",
        "changed": r"förändringen överskrider slumpen i dessa (\d+): (.*?)\. (?:De|Tabellens|En|Jämförelsen|\d)",
        "none_changed": r"(förändringen överskrider inte slumpen i någon)\.",
        "contrast": r"den största (?:skillnaden|av de skillnader som visas) \(.*? → .*?\) gäller ”(.*?)”"
        r".*?Skillnaden (överskrider|ryms)",
        "risen": r"\S+ → \S+?: (?:mer än slumpen ökade (.*?)\.|(inget ökade mer än slumpen))",
        "change": r"^([^”]+): genomsnittlig förändring .*?\. Förändringen (?:går åt det \w+ hållet och )?"
        r"(överskrider|ryms)",
        "left": r"”([^”]+)”: skillnaden mellan medelvärdena .*?Den (överskrider|ryms)",
        "chosen": r", ”([^”]+)”: \d+ %.*?Skillnaden (överskrider|ryms)",
        "means": r"(\d+) jämförda; (\d+) steg och (\d+) sjönk mer än slumpen",
        "clearest": r"tydligast är sambandet med faktorn (.+?) \(jfr",
        "unclear": r"ingen faktors (samband) skiljer sig från slumpen",
        "rose": r"”([^”]+)” (ökade|minskade) från",
        "apart": r"”([^”]+)”: \S+ % \([^)]*\) och \S+ % \([^)]*\)(; skillnaden ryms inom slumpen|\. +skillnad .*?95 %)",
        "still": r"(skiljer sig (?:\S+ (?:och|\S+) \S+ )?inte mer än slumpen|inte mer än slumpen kan förklara)",
        "more": r"även (en|\d+) andra? skillnad(?:er)? är större",
        "of_all": r"[Aa]v (\d+) förändringar är (\d+) större än slumpen|[Ii]ngen av (\d+) förändringar är större",
        "rises": r"mer än slumpen kan förklara ökade ((?:”[^”]+” \(\d+ → \d+\)(?:, | och )?)+)|: (inget ökade mer)",
        "moves": r"^([^”]+): förändringen är i medeltal .*?\. Förändringen (är|ryms)",
        "of_means": r"av (\d+) medelvärden ökade (\d+)(?: och minskade (\d+))? mer|inget av (\d+) medelvärden ändrades",
        "link": r"tydligast är sambandet med (.+?) \(jfr",
        "no_link": r"ingen (faktors) samband skiljer",
    },
)
WORDS = {"fi": FI, "sv": SV, "en": EN}


# --- what a page shows ------------------------------------------------------------------------------------------


def plain(html: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("\u2060", "").strip()


def rows_of(table: str) -> tuple[list[str], dict[str, list[str]]]:
    """The heads of a table, and its cells by the label of their row."""
    heads = [plain(one) for one in re.findall(r"<th scope=\"col\".*?</th>", table, flags=re.S)]
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", table, flags=re.S)
    cells = [[plain(one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)] for row in rows]
    return heads, {row[0]: row for row in cells}


def flagged(table: str, words: Words) -> dict[str, str]:
    """yes or no by row, of a table that tells what is beyond chance; else nothing."""
    heads, rows = rows_of(table)
    head = words.head if words.head in heads else words.trend[1] if words.trend[0] in heads else None
    if head is None:
        return {}
    told = {label: row[heads.index(head)] for label, row in rows.items()}
    return {label: words.flags[word] for label, word in told.items() if word in words.flags}


def tables(page: str) -> Iterator[tuple[str, str]]:
    """Every table of a page, and what stands under it."""
    for found in re.finditer(r"(<table.*?</table>)(.*?)(?=<table|$)", page, flags=re.S):
        yield found[1], plain(found[2])[:3000]


def texts(page: str) -> list[str]:
    """Findings, and the titles of figures."""
    lists = re.findall(r'<ul class="findings">(.*?)</ul>', page, flags=re.S)
    found = [one for some in lists for one in re.findall(r"<li>(.*?)</li>", some, flags=re.S)]
    return [plain(one) for one in (*found, *re.findall(r"<figcaption><h3[^>]*>(.*?)</h3>", page))]


def figures(page: str) -> list[str]:
    """Every figure as SVG."""
    return re.findall(r'<svg class="fig wide".*?</svg>', page, flags=re.S)


def squeezed(label: str) -> str:
    """A label as it can be compared however its lines are broken."""
    return re.sub(r"[\s\u00ad-]", "", label)


def marks(svg: str, words: Words) -> dict[str, bool]:
    """Whether the mark of each row is filled, of a figure whose legend says what that means: its first two marks.
    A row begins with a line across."""
    if words.legend not in svg:
        return {}
    paths = re.findall(r'<path class="(m accent|o muted)"[^>]* d="([^"]*)"', svg)
    starts = [(look, d, float(y)) for look, d in paths for y in re.findall(r"M[\d.]+ ([\d.]+)", d)]
    found = [(round(y if "a" in d else y - 3.75, 1), look.startswith("m")) for look, d, y in starts]
    tops = [float(y) for path in re.findall('class="l hairline"[^>]* d="([^"]*)"', svg)
            for y in re.findall(r"M2\.9 ([\d.]+)H", path)]  # fmt: skip
    filled = {sum(top < y for top in tops): is_filled for y, is_filled in sorted(found)[2:]}
    labels: dict[int, str] = dict.fromkeys(range(len(tops) + 1), "")
    for y, text in re.findall(r'<text [^>]*x="2\.9" y="([\d.]+)"[^>]*>([^<]*)<', svg):
        labels[sum(top < float(y) for top in tops)] += squeezed(unescape(text))
    return {labels[row]: is_filled for row, is_filled in filled.items()}


# --- what a sentence claims -------------------------------------------------------------------------------------

Rule = Callable[[re.Match[str], Family, Words], bool]
QUOTED = re.compile("[“”]([^“”]*)”")


def _risen(family: Family, *turns: str) -> set[str]:
    return {label for label, one in family.items() if one["verdict"] in turns}


def _named(match: re.Match[str], family: Family, words: Words) -> bool:
    """One row, and whether it is beyond chance."""
    return match[1] in family and (match[1] in _risen(family, *TURNS)) == match[2].startswith(words.beyond)


def _sized(match: re.Match[str], family: Family, words: Words) -> bool:
    return all(one["family"] == int(match[1]) for one in family.values())


def _counted(match: re.Match[str], family: Family, words: Words) -> bool:
    told = int(match[1] or match[3]), int(match[2] or 0)
    return told == (len(family), len(_risen(family, *TURNS)))


def _changed(match: re.Match[str], family: Family, words: Words) -> bool:
    beyond = _risen(family, *TURNS)
    return len(beyond) == int(match[1]) and beyond == set(QUOTED.findall(match[2]))


def _none(match: re.Match[str], family: Family, words: Words) -> bool:
    return not _risen(family, *TURNS)


def _rising(match: re.Match[str], family: Family, words: Words) -> bool:
    poisson = all(one["method"] == "poisson" for one in family.values())
    return poisson and _risen(family, "up") == set(QUOTED.findall(match[1] or ""))


def _means(match: re.Match[str], family: Family, words: Words) -> bool:
    counts = (len(family), len(_risen(family, "up")), len(_risen(family, "down")))
    return counts == tuple(int(match[i]) for i in (1, 2, 3))


def _clearest(match: re.Match[str], family: Family, words: Words) -> bool:
    return any(one["method"] == "model" for one in family.values()) and match[1] in _risen(family, *TURNS)


def _went(match: re.Match[str], family: Family, words: Words) -> bool:
    return match[1] in _risen(family, "up" if match[2] in ("rose", "kasvoi", "ökade") else "down")


def _apart(match: re.Match[str], family: Family, words: Words) -> bool:
    return match[1] in family and (match[1] in _risen(family, *TURNS)) != match[2].startswith(";")


def _more(match: re.Match[str], family: Family, words: Words) -> bool:
    return len(_risen(family, *TURNS)) - 1 == (int(match[1]) if match[1].isdigit() else 1)


def _of_all(match: re.Match[str], family: Family, words: Words) -> bool:
    return (int(match[1] or match[3]), int(match[2] or 0)) == (len(family), len(_risen(family, *TURNS)))


def _rises(match: re.Match[str], family: Family, words: Words) -> bool:
    poisson = all(one["method"] == "poisson" for one in family.values())
    return poisson and _risen(family, "up") == set(QUOTED.findall(match[1] or ""))


def _moves(match: re.Match[str], family: Family, words: Words) -> bool:
    within = match[2] in ("within", "mahtuu", "ryms")
    return match[1] in family and (match[1] in _risen(family, *TURNS)) != within


def _of_means(match: re.Match[str], family: Family, words: Words) -> bool:
    told = tuple(int(match[i] or 0) for i in (2, 3))
    return (int(match[1] or match[4]), *told) == (len(family), len(_risen(family, "up")), len(_risen(family, "down")))


RULES: dict[str, Rule] = {
    "rose": _went, "apart": _apart, "still": _none, "more": _more, "of_all": _of_all, "rises": _rises, "moves": _moves,
    "of_means": _of_means, "link": _clearest, "no_link": _none,
    "family": _sized, "counted": _counted, "changed": _changed, "none_changed": _none, "contrast": _named,
    "risen": _rising, "change": _named, "left": _named, "chosen": _named, "means": _means, "clearest": _clearest,
    "unclear": _none,
}  # fmt: skip


def agrees(text: str, families: list[dict[str, Verdict]], words: Words) -> bool:
    """Whether everything that a sentence says of chance is so of some of the published families."""
    found = [(RULES[kind], match) for kind, pattern in words.sentences.items() for match in re.finditer(pattern, text)]
    known = any(RULES[kind] is not _sized for kind, pattern in words.sentences.items() if re.search(pattern, text))
    if not known:
        return words.chance not in text
    return any(all(rule(match, family, words) for rule, match in found) for family in families)
