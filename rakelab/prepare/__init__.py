"""Adds columns and chooses rows. Every choice of rows becomes a ``Step`` that the report tells.

Inside the wall. A derived column is a field of the dataset's codebook as well, so its words are found the same way.
"""

from rakelab.prepare.assignments import followed, linked
from rakelab.prepare.choose import each_once, one_per_person, select
from rakelab.prepare.classes import MOST, accumulation, bands, moves
from rakelab.prepare.communications import events, repeated
from rakelab.prepare.decisions import decided
from rakelab.prepare.groups import condensed, every_band, large_groups, merge, periods, present_levels
from rakelab.prepare.measured import Measure, keyless, measures
from rakelab.prepare.pairs import paired
from rakelab.prepare.people import permitted
from rakelab.prepare.plan import plan_values, records
from rakelab.prepare.questions import choices, derived, quantities, ratings, reflective, statements
from rakelab.prepare.reporting import (
    answer_times,
    half_years,
    handling_reached,
    looked_at,
    months,
    notifications,
    years,
)
from rakelab.prepare.scores import answers, keyless_answers, score
from rakelab.prepare.sheets import attended, has_sheet, joined, with_sheets
from rakelab.prepare.survey import backgrounds, by_year, compared, days, free_texts, written
from rakelab.prepare.texts import excerpts
