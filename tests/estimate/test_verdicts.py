"""Every verdict of a whole output folder is that of its ``released.json``: tables, findings, alternative texts."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

Verdict = dict[str, Any]
HEAD, TURNS = "Beyond chance (Holm)", ("up", "down")
#: What a table of events says in its last column.
FLAGS = {"rises beyond chance": "yes", "falls beyond chance": "yes", "no": "no"}
FAMILY = re.compile(r"with the (\d+) comparisons of this table taken together|There is (one) comparison\.")
CHANGED = re.compile(r"the change is beyond chance in these (\d+): (.*?)\. (?:The|There)")
NONE_CHANGED = "the change is beyond chance in none."
CONTRAST = re.compile(
    r"the largest difference(?: shown)? \((.*?) → (.*?)\) is in “(.*?)”.*?The difference is (beyond|within) chance"
)
RISEN = re.compile(r"(\S+) → (\S+?): (?:beyond chance rose (.*?)\.|(nothing rose beyond chance))")
CHANGE = re.compile(r"^([^“]+): mean change .*?\. The change is (?:for the \w+ and )?(beyond|within) chance")
LEFT = re.compile(r"“([^”]+)”: the means of those who left .*?That is (beyond|within) chance")
CHOSEN = re.compile(r", “([^”]+)”: \d+%.*?The difference is (beyond|within) chance")
MEANS = re.compile(r"(\d+) compared; (\d+) rose and (\d+) fell beyond chance")
QUOTED = re.compile(r"“(.*?)”")


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").strip()


def tables(page: str) -> Iterator[tuple[list[str], dict[str, str], str]]:
    """Heads, the cell under ``HEAD`` by row, and what stands under the table, of every table that has verdicts."""
    for found in re.finditer(r"<table.*?</table>(.*?)(?=<table|$)", page, flags=re.S):
        heads = [plain(one) for one in re.findall(r"<th scope=\"col\".*?</th>", found[0], flags=re.S)]
        head = HEAD if HEAD in heads else "Change" if "Ratio" in heads else None
        if head is None:
            continue
        rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", found[0], flags=re.S)
        cells = [[plain(one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)] for row in rows]
        told = {row[0]: row[heads.index(head)] for row in cells}
        yield heads, {label: FLAGS.get(word, word) for label, word in told.items()}, plain(found[1])[:3000]


def texts(page: str) -> list[str]:
    """Findings and alternative texts."""
    lists = re.findall(r'<ul class="findings">(.*?)</ul>', page, flags=re.S)
    found = [one for some in lists for one in re.findall(r"<li>(.*?)</li>", some, flags=re.S)]
    return [plain(one) for one in (*found, *(alt for alt in re.findall(r' alt="(.*?)"', page)))]


class Folder:
    """One report's published verdicts, with the words of its rows."""

    def __init__(self, released: dict[str, Any]) -> None:
        parts = released.get("parts", [{"released": released}])
        self.words: dict[str, Any] = {}
        for part in parts:
            self.words |= part["released"]["variables"]
        self.verdicts: list[Verdict] = released["verdicts"]

    def label(self, row: dict[str, str]) -> str:
        titles = [self.words[name]["title"]["en"] for name, level in row.items() if level == "vastattu"]
        levels = [self.words[name]["levels"].get(level, {}).get("en", "") for name, level in row.items()]
        return (titles or levels or [""])[0].replace("\u00a0", " ")

    def families(self) -> list[dict[str, Verdict]]:
        """The verdicts that were taken together, by the words of their rows."""
        found: dict[str, dict[str, Verdict]] = {}
        for one in self.verdicts:
            place = json.dumps([one["table"], one["method"], one["a"], one["b"]])
            of_rows = one["a"] == one["row"] or one["method"] == "model"
            place = json.dumps([one["table"], one["method"]]) if of_rows else place
            found.setdefault(place, {})[self.label(one["row"])] = one
        return list(found.values())


def rows_agree(rows: dict[str, str], n: int, family: dict[str, Verdict]) -> bool:
    told = {label: cell for label, cell in rows.items() if cell in ("yes", "no")}
    said = {label: next((one for name, one in family.items() if label.startswith(name)), None) for label in told}
    return {one["family"] for one in said.values() if one} == {n} and all(
        one and (one["verdict"] in TURNS) == (told[label] == "yes") for label, one in said.items()
    )


def text_agrees(text: str, families: list[dict[str, Verdict]]) -> bool:
    """Whether every verdict of a sentence is one of the published ones."""
    if match := CHANGED.search(text):
        beyond = set(QUOTED.findall(match[2]))
        return any({label for label, one in f.items() if one["verdict"] in TURNS} == beyond for f in families)
    if NONE_CHANGED in text:
        return any(not any(one["verdict"] in TURNS for one in f.values()) for f in families)
    if match := CONTRAST.search(text):
        want = match[4] == "beyond"
        return any(match[3] in f and (f[match[3]]["verdict"] in TURNS) == want for f in families)
    if single := [match for one in (CHANGE, LEFT, CHOSEN) for match in one.findall(text)]:
        return all(any(label in f and (f[label]["verdict"] in TURNS) == (word == "beyond") for f in families)
                   for label, word in single)  # fmt: skip
    if match := RISEN.search(text):
        up = set(QUOTED.findall(match[3] or ""))
        poisson = [f for f in families if all(one["method"] == "poisson" for one in f.values())]
        return any({label for label, one in f.items() if one["verdict"] == "up"} == up for f in poisson)
    if match := MEANS.search(text):
        counts = tuple(int(match[i]) for i in (1, 2, 3))
        turns = [[one["verdict"] for one in f.values()] for f in families]
        return counts in {(len(some), *map(some.count, TURNS)) for some in turns}
    return not re.search(r"beyond chance", text)


def contradictions(page: str, released: dict[str, Any]) -> list[str]:
    """What a page says and its ``released.json`` does not."""
    families = Folder(released).families()
    found = []
    for _, rows, under in tables(page):
        match = FAMILY.search(under)
        n = 0 if match is None else 1 if match[2] else int(match[1])
        if any(cell in ("yes", "no") for cell in rows.values()) and not any(rows_agree(rows, n, f) for f in families):
            found.append(f"{n}: {rows}")
    known = [text for text in texts(page) if "chance" in text]
    return found + [text for text in known if not text_agrees(text, families)]


def read(folder: Path) -> tuple[str, dict[str, Any]]:
    page = (folder / "report.en.html").read_text(encoding="utf-8")
    return page, json.loads((folder / "released.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folders(demo_run: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    return {path.parent.name: read(path.parent) for path in sorted(demo_run.folder.glob("*/released.json"))}


def test_every_page_says_what_was_published(folders: dict[str, tuple[str, dict[str, Any]]]) -> None:
    assert {name: wrong for name, one in folders.items() if (wrong := contradictions(*one))} == {}
    pages = [page for page, _ in folders.values()]
    assert sum(len(list(tables(page))) + sum("chance" in one for one in texts(page)) for page in pages) > 30


def test_a_gathered_page_repeats_its_parts_verdicts(folders: dict[str, tuple[str, dict[str, Any]]]) -> None:
    ((name, (_, whole)),) = [(name, one) for name, one in folders.items() if "parts" in one[1]]
    parts = {part: one["verdicts"] for part, (_, one) in folders.items() if part != name}
    own = {json.dumps({**said, "table": f"{part}/{said['table']}"}) for part, some in parts.items() for said in some}
    assert {json.dumps(one) for one in whole["verdicts"]} <= own


@pytest.mark.parametrize("turned", ["verdict", "family"])
def test_a_seeded_contradiction_is_caught(folders: dict[str, tuple[str, dict[str, Any]]], turned: str) -> None:
    """Turned verdicts in released.json: every page that tells one is caught."""
    caught = 0
    for page, released in folders.values():
        wrong = json.loads(json.dumps(released))
        for one in wrong["verdicts"]:
            other = {"verdict": "up" if one["verdict"] == "still" else "still", "family": one["family"] + 1}
            one[turned] = other[turned]
        if list(tables(page)):
            assert contradictions(page, wrong)
            caught += 1
    assert caught > 3


def test_one_turned_word_on_a_page_is_caught(folders: dict[str, tuple[str, dict[str, Any]]]) -> None:
    page, released = next(one for name, one in folders.items() if name.startswith("muutosmittaus-synteettinen-muutos"))
    first = page.index(f">{HEAD}<")
    at = page.index("<td>yes</td>", first)
    assert contradictions(page[:at] + "<td>no</td>" + page[at + len("<td>yes</td>") :], released)
