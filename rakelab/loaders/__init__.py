"""From the bytes of a file to typed rows, or to everything that is wrong with it.

``read`` finds the table in a file and drops who filled it in; ``validate`` holds it against a codebook; ``check`` does
both and tells what became of every row. Nothing here says the value of a cell, except ``write_set_aside``.
"""

from rakelab.loaders.aside import write_set_aside
from rakelab.loaders.checking import Check, check
from rakelab.loaders.faults import UnusableFileError
from rakelab.loaders.matching import known_headings
from rakelab.loaders.reading import read, sheets
from rakelab.loaders.report import as_json, sentences
from rakelab.loaders.sources import Source, source
from rakelab.loaders.validation import validate

__all__ = [
    "Check",
    "Source",
    "UnusableFileError",
    "as_json",
    "check",
    "known_headings",
    "read",
    "sentences",
    "sheets",
    "source",
    "validate",
    "write_set_aside",
]
