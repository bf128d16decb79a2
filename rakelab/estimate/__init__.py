"""Statistics of released tables: shares with intervals, differences, means, changes, a model. Never rows.

Everything is computed from released cells, so a hidden cell hides whatever is made of it. Intervals are 95 %.
Sources: Wilson 1927 for a share; Newcombe 1998 (method 10) for a difference of independent shares; Holm 1979 for
several comparisons; Student's t for a mean; Welch 1947 for a difference of means. Under ``INDICATIVE_BASE`` people a
figure is indicative only.
"""

from rakelab.estimate.beside import Matter, Side, Together, View, beside, common, periods, same_area, views
from rakelab.estimate.course import MONTH_DAYS, Course, Measured, Point, course
from rakelab.estimate.events import EVENTS, Trend, trends
from rakelab.estimate.means import (
    MeanChange,
    MeanComparison,
    MeanEstimate,
    MeanGap,
    changes,
    mean,
    mean_differences,
    rows_apart,
)
from rakelab.estimate.model import Effect, Effects, effects
from rakelab.estimate.published import Published, beyond, verdicts
from rakelab.estimate.shares import (
    INDICATIVE_BASE,
    LEVEL,
    Comparison,
    Difference,
    Proportion,
    compare,
    differences,
    newcombe,
    proportion,
    wilson,
)
from rakelab.estimate.superlatives import (
    Extreme,
    Ranking,
    difference_limits,
    largest,
    ranking,
    rounded,
    share_limits,
    sizes,
    smallest,
)
from rakelab.estimate.verdicts import Method, Turn, Verdict
from rakelab.formulas import holm
from rakelab.formulas.course import ENOUGH_POINTS
