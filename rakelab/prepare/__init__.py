"""Adds columns and chooses rows. Every choice of rows becomes a ``Step`` that the report tells.

Inside the wall. A derived column is a field of the dataset's codebook as well, so its words are found the same way.
"""

from rakelab.prepare.choose import one_per_person, select
from rakelab.prepare.classes import MOST, accumulation, bands
from rakelab.prepare.groups import large_groups, merge, periods, present_levels

__all__ = [
    "MOST",
    "accumulation",
    "bands",
    "large_groups",
    "merge",
    "one_per_person",
    "periods",
    "present_levels",
    "select",
]
