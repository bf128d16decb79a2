"""Measures how well ``rakelab.identifiers`` finds, given a folder of test data that is not part of the project.

    python benchmarks/identifiers.py ../shared/data

The folder holds ``ner/dev.tsv`` (Turku NER corpus, IOB2) and ``pii-finnish/`` (identity codes, names, parts of
addresses). Prints shares only, never a name or a code. What the figures mean: docs/identifiers.md.
"""

import argparse
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rakelab.identifiers import ADDRESS, IDENTITY_CODE, NAME, find

_TIGHT = frozenset(".,;:!?)…%”'")
_CODE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")
_VOWELS = "aeiouyäö"
# Strong and weak ends of a word, longest first.
_WEAK = {"kk": "k", "pp": "p", "tt": "t", "nk": "ng", "mp": "mm", "nt": "nn", "lt": "ll", "rt": "rr", "ht": "hd"}
_OLD = re.compile(r"(?:järvi|niemi|koski|lahti|lampi|salmi|nurmi|saari|tuomi|vuori|kivi|mäki|korpi|kärki|kurki)$")
CASES = ("nominative", "genitive", "partitive", "illative", "elative", "adessive", "ablative", "allative", "essive",
         "translative")  # fmt: skip


# --- running text -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    """A text with the places of its words (``person`` tells gold) and of the persons' names."""

    text: str
    words: tuple[tuple[int, int, bool], ...]
    persons: tuple[tuple[int, int], ...]


@dataclass
class Score:
    """Counts over documents; the properties are shares."""

    persons: int = 0
    touched: int = 0
    exact: int = 0
    words: int = 0
    words_found: int = 0
    words_hit: int = 0
    hits: int = 0
    right: int = 0

    def add(self, one: Document) -> None:
        spans = {(hit.start, hit.end) for hit in find(one.text) if hit.kind == NAME}
        found, gold = _mask(spans, len(one.text)), _mask(one.persons, len(one.text))
        self.persons += len(one.persons)
        self.touched += sum(any(found[start:end]) for start, end in one.persons)
        self.exact += len(spans.intersection(one.persons))
        self.words += sum(person for *_, person in one.words)
        self.words_found += sum(person and any(found[start:end]) for start, end, person in one.words)
        self.words_hit += sum(any(found[start:end]) for start, end, _ in one.words)
        self.hits += len(spans)
        self.right += sum(any(gold[start:end]) for start, end in spans)

    @property
    def recall(self) -> float:
        return self.touched / self.persons

    @property
    def precision(self) -> float:
        return self.right / self.hits

    def __str__(self) -> str:
        return (
            f"names {self.persons}, found {self.recall:.3f}, exactly {self.exact / self.persons:.3f}; "
            f"words {self.words}, found {self.words_found / self.words:.3f}; "
            f"finds {self.hits}, right {self.precision:.3f}; words right {self.words_found / self.words_hit:.3f}"
        )


def _mask(spans: Iterable[tuple[int, int]], length: int) -> bytearray:
    mask = bytearray(length)
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


def documents(path: Path) -> list[Document]:
    """The documents of an IOB2 file, one sentence a line; a document begins with ``-DOCSTART-``."""
    texts = re.split(r"^-DOCSTART-\tO\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_document(text) for text in texts if text.strip()]


def _document(lines: str) -> Document:
    text, words, persons = "", [], []
    for block in filter(None, lines.strip().split("\n\n")):
        before = ""
        for word, tag in (line.split("\t")[:2] for line in block.splitlines()):
            text += " " if before and word not in _TIGHT and before not in "(”" else ""
            words.append((len(text), len(text) + len(word), tag.endswith("PER")))
            text, before = text + word, word
            if tag == "B-PER":
                persons.append(words[-1][:2])
            elif tag == "I-PER":
                persons[-1] = (persons[-1][0], len(text))
        text += "\n"
    return Document(text, tuple(words), tuple(persons))


def running_text(folder: Path) -> dict[str, Score]:
    """The finder was built by looking at every second document; the others were only counted."""
    every = documents(folder / "ner" / "dev.tsv")
    parts = {"looked at": every[0::2], "held out": every[1::2], "all": every}
    scores = {name: Score() for name in parts}
    for name, part in parts.items():
        for one in part:
            scores[name].add(one)
    return scores


# --- lists --------------------------------------------------------------------------------------------------------


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "pii-finnish" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def identity_codes(folder: Path) -> tuple[int, int]:
    """How many values have the form of an identity code, and how many of them are found in full."""
    codes = [row["value"] for row in _rows(folder, "hetu_vectors.csv") if _CODE.fullmatch(row["value"])]
    carrier = "asiakas {} tuli"
    return len(codes), sum(_covers(carrier, code, IDENTITY_CODE) for code in codes)


def _covers(carrier: str, value: str, kind: str) -> bool:
    """One find of the kind holds the whole value."""
    start = carrier.index("{}")
    return any(
        hit.kind == kind and hit.start <= start and hit.end >= start + len(value) for hit in find(carrier.format(value))
    )


def forms(name: str, first: bool) -> tuple[str, ...]:
    """A name in the ten ``CASES``, by rules of thumb."""
    strong, weak = _stems(name, first)
    a = "a" if re.search("[aou]", name.casefold()) else "ä"
    partitive = f"{strong}{a}"
    if name.endswith(("nen", "s")):
        partitive = f"{name.removesuffix('nen').removesuffix('s')}st{a}"
    elif strong[-2:-1] == strong[-1]:
        partitive = f"{name}tt{a}" if name.endswith("e") else f"{strong}t{a}"
    into = f"{strong}seen" if strong[-2:] in ("ee", "aa", "ää") else f"{strong}{strong[-1]}n"
    ends = (f"st{a}", f"ll{a}", f"lt{a}", "lle")
    return name, f"{weak}n", partitive, into, *(weak + end for end in ends), f"{strong}n{a}", f"{weak}ksi"


def _stems(name: str, first: bool) -> tuple[str, str]:
    if name.endswith("nen"):
        return name[:-3] + "se", name[:-3] + "se"
    if name.endswith(("as", "is", "us", "es", "os")):
        strong = name[:-1] + "kse"
        return strong, strong
    if name[-1] not in _VOWELS:
        return name + "i", name + "i"
    strong = name[:-1] + "e" if not first and _OLD.search(name.casefold()) else name
    strong += "e" if name.endswith("e") else ""
    return strong, strong if strong.endswith("ee") else _weak(strong)


def _weak(stem: str) -> str:
    body, vowel = stem[:-1], stem[-1]
    for strong, soft in _WEAK.items():
        if body.endswith(strong):
            return body.removesuffix(strong) + soft + vowel
    if len(body) > 2 and body[-1] in "kpt" and (body[-2] in _VOWELS or body[-2] in "lr"):
        return body[:-1] + {"k": "", "p": "v", "t": "d"}[body[-1]] + vowel
    return stem


def names(folder: Path, file: str) -> dict[str, tuple[int, int]]:
    """Forms of the listed names, and how many are found: inside a sentence, at its start, and all in small letters."""
    listed = [(row["name"], row["type"]) for row in _rows(folder, file)]
    written = [form for name, kind in listed for form in forms(name, kind.startswith("first"))]
    ways: dict[str, tuple[str, Callable[[str], str]]] = {
        "inside a sentence": ("Eilen tapasin {} uudestaan.", str),
        "first in a sentence": ("{} oli puhetta.", str),
        "small letters": ("eilen tapasin {} uudestaan", str.casefold),
    }
    return {
        way: (len(written), sum(_covers(carrier, change(form), NAME) for form in written))
        for way, (carrier, change) in ways.items()
    }


def addresses(folder: Path) -> tuple[int, int]:
    """Streets made of the listed parts, with a number and a town, in two cases; how many are found in full."""
    parts = _rows(folder, "faker_fi_address_parts.csv")
    prefixes = [row["value"] for row in parts if row["type"] == "street_prefixes"]
    suffixes = [row["value"] for row in parts if row["type"] == "street_suffixes"]
    streets = list(_streets(prefixes, suffixes))
    return len(streets), sum(_covers("Hän asuu {} nyt.", street, ADDRESS) for street in streets)


def _streets(prefixes: Iterable[str], suffixes: list[str]) -> Iterator[str]:
    for prefix in prefixes:
        for suffix in suffixes:
            yield f"{prefix}{suffix} 5 A 3, 87100 Kajaani"
            yield f"{prefix}{_weak(suffix) if suffix != 'tie' else suffix}ll{'ä' if suffix == 'tie' else 'a'} 12"


def _share(total: int, found: int) -> str:
    return f"{found}/{total} = {found / total:.3f}"


def lines(folder: Path) -> Iterator[str]:
    """Everything that is measured, one line each."""
    for part, score in running_text(folder).items():
        yield f"running text, {part}: {score}"
    yield f"identity codes: {_share(*identity_codes(folder))}"
    for file in ("faker_fi_names.csv", "finnish_name_generator_names.csv"):
        for way, share in names(folder, file).items():
            yield f"{file}, {way}: {_share(*share)}"
    yield f"addresses: {_share(*addresses(folder))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    for line in lines(parser.parse_args().folder):
        print(line)


if __name__ == "__main__":
    main()
