"""Show released numbers: sentences, accessible tables and figures, in three languages from one execution.

Only ``Released`` tables come in; whatever else is a ``WallError`` that names the cure. What goes out is an
``Exhibit``, which carries its own language-neutral specification.
"""

from rakelab.present.beside import beside, beside_sentence
from rakelab.present.compared import contrast, effects_sentence
from rakelab.present.events import answer, counted, rising, trends
from rakelab.present.exhibit import MIME, Exhibit, render
from rakelab.present.figure import bars, changes, dots, effects, grid, svg
from rakelab.present.left_text import left
from rakelab.present.mean_figures import mean_changes, means, paired
from rakelab.present.mean_text import change, changed, directions, extremes, mean, mean_contrast
from rakelab.present.method import findings, made, note, protection, respondents
from rakelab.present.possible import possible
from rakelab.present.quotes import quotes
from rakelab.present.register import followed, progress, register, totals
from rakelab.present.reliable_text import reliable
from rakelab.present.sentence import Sentence
from rakelab.present.sets import change_findings, change_limits, each, opinions, said, say
from rakelab.present.several import several, specifications
from rakelab.present.stacked import likert
from rakelab.present.stages import funnel
from rakelab.present.statistic_tables import agreement, reliability, times
from rakelab.present.survey_text import agreement_sentence, moved, response, statements, stayed, waiting
from rakelab.present.tables import table
from rakelab.present.text import accumulation, leading, mean_age, missing, share, small, together
from rakelab.present.transitions import matrix

__all__ = [
    "MIME",
    "Exhibit",
    "Sentence",
    "accumulation",
    "agreement",
    "agreement_sentence",
    "answer",
    "bars",
    "beside",
    "beside_sentence",
    "change",
    "change_findings",
    "change_limits",
    "changed",
    "changes",
    "contrast",
    "counted",
    "directions",
    "dots",
    "each",
    "effects",
    "effects_sentence",
    "extremes",
    "findings",
    "followed",
    "funnel",
    "grid",
    "leading",
    "left",
    "likert",
    "made",
    "matrix",
    "mean",
    "mean_age",
    "mean_changes",
    "mean_contrast",
    "means",
    "missing",
    "moved",
    "note",
    "opinions",
    "paired",
    "possible",
    "progress",
    "protection",
    "quotes",
    "register",
    "reliability",
    "reliable",
    "render",
    "respondents",
    "response",
    "rising",
    "said",
    "say",
    "several",
    "share",
    "small",
    "specifications",
    "statements",
    "stayed",
    "svg",
    "table",
    "times",
    "together",
    "totals",
    "trends",
    "waiting",
]
