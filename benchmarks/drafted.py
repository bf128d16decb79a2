"""How many columns of real files `rakelab draft` takes for what a person took them for (``drafted.toml``).

    python benchmarks/drafted.py FOLDER            a table in Markdown, of each folder of files in FOLDER
    python benchmarks/drafted.py FOLDER --misses   and which columns are taken for something else, by their numbers

A *type* is right where the draft has the same kind; with *order* also where it says the same of the options' order.
"""

import sys
import tomllib
from pathlib import Path

from rakelab.draft import draft
from rakelab.errors import RakelabError
from rakelab.loaders import Source

JUDGED = Path(__file__).with_suffix(".toml")
LETTERS = {
    "drop": "d",
    "choice": "s",
    "ordered": "o",
    "list": "m",
    "number": "n",
    "date": "a",
    "text": "t",
    "person": "d",
}


def drafted(path: Path, sheet: str, width: int) -> str:
    """A letter for each column: those that the draft does not have are dropped; ? where there is no draft."""
    try:
        questions = draft(path, source=Source(sheet=sheet)).questions
    except RakelabError:
        return "?" * width
    kinds = {
        column.heading.position: "ordered" if one.ordered else one.kind for one in questions for column in one.columns
    }
    return "".join(LETTERS[kinds.get(i, "drop")] for i in range(width))


def main(folder: Path, misses: bool) -> None:
    print("| data | columns | type | and order |\n|---|---|---|---|")
    whole, told = [0, 0, 0], []
    for name, files in tomllib.loads(JUDGED.read_text(encoding="utf-8")).items():
        counts = [0, 0, 0]
        for file, letters in files.items():
            right, sheet = letters.replace(" ", ""), file.partition("#")[2]
            found = drafted(folder / name / file.partition("#")[0], sheet, len(right))
            pairs = list(zip(right, found, strict=True))
            types = [a == b or {a, b} == {"s", "o"} for a, b in pairs]
            for i, n in enumerate((len(right), sum(types), sum(a == b for a, b in pairs))):
                counts[i] += n
            told += [f"{file} {i + 1}: {a} taken for {b}" for i, (a, b) in enumerate(pairs) if a != b]
        whole = [a + b for a, b in zip(whole, counts, strict=True)]
        print(f"| {name} | {row(counts)} |")
    print(f"| all | {row(whole)} |")
    print("\n".join(told) if misses else "")


def row(counts: list[int]) -> str:
    shares = (f"{n} ({100 * n / counts[0]:.0f} %)" for n in counts[1:])
    return " | ".join([str(counts[0]), *shares])


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--misses" in sys.argv)
