"""Imported by the warm process only: everything that a notebook or a page will import, brought in before any data is.

Names, not imports: the report knows nothing of the rooms that hold rows, and a room that is missing is no error here.
"""

import os
from importlib import import_module

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process that forks must not own threads
os.environ.setdefault("MPLBACKEND", "Agg")

ROOMS = (
    "IPython.core.interactiveshell",
    "IPython.core.completer",
    "pandas",
    "rakelab.loaders",
    "rakelab.prepare",
    "rakelab.indicators",
    "rakelab.protect",
    "rakelab.archive",
    "rakelab.estimate",
    "rakelab.present",
    "babel.dates",
    "babel.numbers",
    "scipy.stats",
    "statsmodels.stats.proportion",
    "statsmodels.discrete.discrete_model",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "gptables",
)


def warm() -> None:
    """Import every room that there is."""
    for room in ROOMS:
        try:
            import_module(room)
        except ImportError:
            continue


warm()
