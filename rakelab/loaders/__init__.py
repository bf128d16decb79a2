"""From the bytes of a file to typed rows, or to everything that is wrong with it.

``load`` gives the rows of a file that fit a form; ``check`` tells what became of every row. Both ``read`` the table in
the file, without who filled it in, and ``validate`` it. Nothing here says the value of a cell, except
``write_set_aside``.
"""

from rakelab.loaders.aside import write_set_aside
from rakelab.loaders.checking import as_json, check, load, sentences
from rakelab.loaders.findings import UnusableFileError
from rakelab.loaders.fitting import ACCEPTED
from rakelab.loaders.reading import read
from rakelab.loaders.sources import Source, source
from rakelab.loaders.validation import Check, validate

__all__ = [
    "ACCEPTED",
    "Check",
    "Source",
    "UnusableFileError",
    "as_json",
    "check",
    "load",
    "read",
    "sentences",
    "source",
    "validate",
    "write_set_aside",
]
