"""Show released numbers: sentences, accessible tables and figures, in three languages from one execution.

Only ``Released`` tables come in; whatever else is a ``WallError`` that names the cure. What goes out is an
``Exhibit``, which carries its own language-neutral specification.
"""

from rakelab.present.exhibit import MIME, Exhibit, render
from rakelab.present.figures.figure import bars, changes, dots, effects, grid, svg
from rakelab.present.figures.means import mean_changes, means, paired
from rakelab.present.figures.stacked import likert
from rakelab.present.figures.stages import funnel
from rakelab.present.figures.transitions import matrix
from rakelab.present.parts.beside import beside, beside_sentence
from rakelab.present.parts.events import answer, counted, rising, trends
from rakelab.present.parts.method import findings, made, note, protection, respondents
from rakelab.present.parts.possible import possible
from rakelab.present.parts.quotes import quotes
from rakelab.present.parts.register import followed, progress, register, totals
from rakelab.present.parts.sets import change_findings, change_limits, each, opinions, said, say
from rakelab.present.parts.several import several, specifications
from rakelab.present.sentences.contrasts import contrast, effects_sentence
from rakelab.present.sentences.left import left
from rakelab.present.sentences.means import change, changed, directions, extremes, mean, mean_contrast
from rakelab.present.sentences.reliable import reliable
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.shares import accumulation, leading, mean_age, missing, share, small, together
from rakelab.present.sentences.surveys import agreement_sentence, moved, response, statements, stayed, waiting
from rakelab.present.tables.shares import table
from rakelab.present.tables.statistics import agreement, reliability, times

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
