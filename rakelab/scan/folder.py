"""A folder of finished files looked through, one at a time: one that cannot be read stops no other."""

import json
import math
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

from rakelab import archive, identifiers
from rakelab.errors import RakelabError, UsageError
from rakelab.identifiers.lexicon import lexicon
from rakelab.identifiers.telling import explained
from rakelab.scan import counts, sums, texts
from rakelab.scan.counts import Rule
from rakelab.scan.document import Cells, Notice, Parts, Piece, Text, UnreadableError
from rakelab.scan.grid import Spot, Table, bases
from rakelab.scan.reading import pieces

LIMIT = 5
#: What points at a person on a page; what looks like a car's plate there is mostly another code.
POINTING = tuple(kind for kind in identifiers.KINDS if kind != identifiers.PLATE)
SUFFIXES = (
    ".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods", ".docx", ".docm", ".dotx", ".doc", ".pptx", ".pptm", ".ppsx",
    ".ppt", ".odt", ".odp", ".rtf", ".csv", ".tsv", ".tab", ".txt", ".md", ".html", ".htm", ".xhtml", ".pdf",
)  # fmt: skip
#: The kinds of flaw in the order of a list: what tells of people first.
GROUPS = {
    "privacy": ("small_count", "small_share", "given_back", *POINTING, "rows", "pivot_rows"),
    "unseen": (
        "embedded",
        "changes",
        "comments",
        "hidden_sheet",
        "hidden_rows",
        "hidden_columns",
        "hidden_slide",
        "notes",
    ),
    "numbers": ("impossible_share", "impossible_mean", "no_base"),
    "access": ("no_alt", "no_heading"),
    "unread": ("unread",),
}
#: Tables are kept until their folder ends, but not more cells than this.
KEPT = 20_000
#: A cell of more words than this is read as text, too.
SENTENCE = 5


@dataclass(frozen=True)
class Flaw:
    """What to mend, and where: never what stands there. ``cells`` are rows and columns from 0; ``why`` of what cannot
    be read."""

    kind: str
    file: str
    parts: Parts = ()
    cells: tuple[Spot, ...] = ()
    n: int = 1
    why: str = ""

    @property
    def group(self) -> str:
        return next(group for group, kinds in GROUPS.items() if self.kind in kinds)


@dataclass
class Scanned:
    """What was looked at, and what to mend."""

    folder: str
    limit: int
    files: int = 0
    others: int = 0  # files of other kinds
    flaws: list[Flaw] = field(default_factory=list)


@dataclass
class _Folder:
    """The tables of one folder, kept to be held against each other."""

    rule: Rule
    kept: list[tuple[str, Cells, sums.Sums]] = field(default_factory=list)

    def given_back(self) -> Iterator[Flaw]:
        below = self.rule.limit if self.rule.released else math.inf  # else any hidden cell was hidden for a reason
        told = sorted({place for place, n in sums.given_back([one for _, _, one in self.kept]) if n < below})
        for t, spots in groupby(told, lambda place: place[0]):
            file, cells, _ = self.kept[t]
            yield _placed("given_back", file, cells, [spot for _, spot in spots])
        self.kept.clear()


def scan(folder: Path, limit: int = 0, show: Callable[[list[Path]], Iterable[Path]] = iter) -> Scanned:
    """Looks through every file in the folder and the folders in it. ``limit`` of 0: that of a released.json beside
    them, else 5. ``show`` tells how far it is. Raises UsageError where there is nothing to look at."""
    if not folder.is_dir():
        raise UsageError("scan.no_folder", folder=folder.name or str(folder))
    every = [path for path in _walk(folder) if path.name not in ("scan.html", "scan.xlsx")]
    listed = [path for path in every if path.suffix.casefold() in SUFFIXES]
    if not listed:
        raise UsageError("scan.nothing", folder=folder.resolve().name, n=len(every))
    found = Scanned(identifiers.shown(folder.resolve().name), limit or LIMIT, len(listed), len(every) - len(listed))
    here, parent = _Folder(Rule(LIMIT)), Path()
    for path in show(listed):
        if path.parent != parent or sum(len(one.cells) for _, _, one in here.kept) > KEPT:
            found.flaws += here.given_back()
            here, parent = _Folder(_rule(path.parent, folder, limit)), path.parent
        found.flaws += _one(path, str(path.relative_to(folder).as_posix()), here)
    found.flaws += here.given_back()
    order = [kind for kinds in GROUPS.values() for kind in kinds]
    found.flaws.sort(key=lambda one: (order.index(one.kind), one.file))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith((".", "~$")))


def _rule(place: Path, root: Path, limit: int) -> Rule:
    """The limit, and what a release that lies beside the files says may be told however small. A release is looked at
    whole before it is believed."""
    for folder in (place, *place.parents):
        try:
            text = (folder / "released.json").read_text(encoding="utf-8")
            release, stated = archive.loads(text), json.loads(text).get("rule", {}).get("threshold")
        except (OSError, ValueError, RakelabError):
            if folder == root:
                break
            continue
        variables = [variable for table in release.values() for variable in table.variables.values()]
        opened = (one.levels.get(level, one.title).values() for one in variables for level in one.open)
        told = frozenset(word.casefold() for some in opened for word in some)
        return Rule(limit or stated or LIMIT, told, released=bool(stated))
    return Rule(limit or LIMIT)


def _one(path: Path, name: str, here: _Folder) -> list[Flaw]:
    """The flaws of one file."""
    shown = identifiers.shown(name)
    made = [Flaw(kind, shown, (("name", ""),)) for kind in _pointing(path.stem.replace("_", " "))]
    try:
        return list(dict.fromkeys([*made, *_looked(list(pieces(path)), shown, here)]))
    except UnreadableError as error:
        return [*made, Flaw("unread", shown, why=str(error))]
    except Exception:  # a reader raises whatever the bytes make it raise
        return [*made, Flaw("unread", shown, why="broken")]


def _looked(listed: list[Piece], file: str, here: _Folder) -> Iterator[Flaw]:
    paragraphs = [piece for piece in listed if isinstance(piece, Text)]
    yield from (Flaw(one.kind, file, one.parts, n=one.n) for one in listed if isinstance(one, Notice))
    bases_of_all = {
        n for text in paragraphs for n in bases(text.text)
    }  # where the file states one, it is that of its tables
    stated = list(bases_of_all) if len(bases_of_all) == 1 else []
    for cells in (piece for piece in listed if isinstance(piece, Cells)):
        yield from _table(cells, file, here, stated)
    for _, some in groupby(paragraphs, lambda one: one.section):
        section = list(some)
        for kind, text in dict.fromkeys(texts.found(section, here.rule)):
            yield Flaw(kind, file, text.parts)
        for text in section:
            yield from (Flaw(kind, file, text.parts) for kind in _pointing(text.text))
    if all(piece.loose for piece in listed if isinstance(piece, Cells)):
        yield from (Flaw("no_base", file, text.parts) for text in texts.unfounded(paragraphs))


def _table(cells: Cells, file: str, here: _Folder, stated: list[int]) -> Iterator[Flaw]:
    table = Table.of(cells)
    spots: dict[str, set[Spot]] = defaultdict(set)
    for kind, spot in _said(cells, here.rule, table.of_rows):
        spots[kind].add(spot)
    if table.of_rows:
        yield _placed("rows", file, cells, [])
    elif any(True for _ in table.spots()):
        if not (table.top if cells.headed is None else cells.headed):
            yield _placed("no_heading", file, cells, [])
        for kind, spot in counts.found(table, here.rule, stated):
            spots[kind].add(spot)
        if (tied := sums.sums_of(table, here.rule.limit)) is not None:
            here.kept.append((file, Cells(cells.parts, (), "", cells.start), tied))
    yield from (_placed(kind, file, cells, some) for kind, some in spots.items())


def _said(cells: Cells, rule: Rule, of_rows: bool) -> Iterator[tuple[str, Spot]]:
    """Who is pointed at in the cells, and what is wrong with the sentences in them."""
    known: dict[str, list[str]] = {}
    for i, row in enumerate(cells.rows):
        for j, text in enumerate(row):
            if text not in known:
                sentence = [Text((), text)] if len(text.split()) > SENTENCE and not of_rows else []
                known[text] = (
                    [*_pointing(text), *(kind for kind, _ in texts.found(sentence, rule))] if len(text) > 3 else []
                )
            yield from ((kind, (i, j)) for kind in known[text])


def _pointing(text: str) -> list[str]:
    """The kinds of what points at a person. A name is a first name and another: a report is full of other capitals."""
    plain = re.sub(r"\b[0-9a-fA-F]{32,}\b", "…", text)  # a check sum
    plain = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))", "", plain)  # thousands are no telephone number
    hits = ((hit.kind, plain[hit.start : hit.end]) for hit in identifiers.find(plain, POINTING))
    return list(dict.fromkeys(kind for kind, found in hits if _points(kind, found, plain)))


def _points(kind: str, found: str, text: str) -> bool:
    if kind == identifiers.ADDRESS:
        figure = re.search(rf"{re.escape(found)}\s?%", text) or re.match(r"\w*[tk]tori", found)  # “indikaattori 4”
        return found[:1].isupper() and not figure
    return kind != identifiers.NAME or _full_name(found, text)


def _full_name(name: str, text: str) -> bool:
    pairs = [pair for pair in pairwise(name.split()) if all(word[:1].isupper() for word in pair)]
    return any(lexicon().is_first(first.casefold()) and not explained(f"{first} {last}", text) for first, last in pairs)


def _placed(kind: str, file: str, cells: Cells, spots: Iterable[Spot]) -> Flaw:
    (down, right), listed = cells.start, sorted(spots)
    return Flaw(kind, file, cells.parts, tuple((i + down, j + right) for i, j in listed), max(len(listed), 1))
