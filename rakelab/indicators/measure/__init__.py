"""The only room that aggregates rows: from a ``Dataset`` to counts of people by key.

Every indicator speaks through it. Beside the counts it writes down the ``Link``s: the sums that anybody can know
(options of a single choice add up to the base; nobody who left the question blank ticked an option …), because
protection must reckon with a reader who adds and subtracts.
"""

from rakelab.indicators.measure.counts import both, crossed, distribution, group_keys
from rakelab.indicators.measure.facts import facts, links
from rakelab.indicators.measure.masks import Counts
from rakelab.indicators.measure.numbers import Statistics, answered_counts, means, missing_kinds, moments, statistics
from rakelab.indicators.measure.patterns import Pattern, patterns, unlisted
from rakelab.indicators.measure.rank import alpha, signed_ranks
from rakelab.indicators.measure.times import times
from rakelab.indicators.measure.weights import weighted_shares
from rakelab.indicators.measure.words import variable, variables
