"""Published formulas: numbers in, frozen values out. They know no tables, no words and nothing of the other rooms."""

from rakelab.formulas.agreement import Kappa, cohen_kappa, krippendorff_alpha, krippendorff_interval
from rakelab.formulas.careful import careful_difference, careful_mean
from rakelab.formulas.interval import Interval
from rakelab.formulas.means import MeanDifference, Summary, standardised_change, summary
from rakelab.formulas.paired import Wilcoxon, wilcoxon, wilcoxon_counted
from rakelab.formulas.percentages import fits, possible_bases
from rakelab.formulas.rates import Ratio, Standardised, byar_interval, poisson_interval, rate_ratio, standardised_rate
from rakelab.formulas.reliability import cronbach_alpha, feldt_interval, reliable_change
from rakelab.formulas.several import holm
from rakelab.formulas.survival import Median, median_time
from rakelab.formulas.weights import design_effect
