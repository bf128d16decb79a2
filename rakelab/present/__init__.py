"""Show released numbers: sentences, accessible tables and figures, in three languages from one execution.

Only ``Released`` tables come in; whatever else is a ``WallError`` that names the cure. What goes out is an
``Exhibit``, which carries its own language-neutral specification. The rooms, each over the next: ``parts`` of a page,
``figures``, ``tables``, and what is said (``sentences``).
"""

from rakelab.present.exhibit import MIME, Exhibit, render
from rakelab.present.figures.course import kehitys
from rakelab.present.figures.figure import (
    bars,
    changes,
    dots,
    effects,
    funnel,
    grid,
    mean_changes,
    means,
    paired,
    svg,
)  # fmt: skip
from rakelab.present.figures.matrices import matrix
from rakelab.present.figures.stacked import likert
from rakelab.present.parts.areas import (
    area_list,
    area_people,
    area_quoted,
    area_ranks,
    area_sources,
    area_summary,
    area_trend,
)  # fmt: skip
from rakelab.present.parts.claimed import claim
from rakelab.present.parts.method import findings, made, note, protection, respondents
from rakelab.present.parts.possible import possible
from rakelab.present.parts.quotes import answer, quotes
from rakelab.present.parts.rates import rates
from rakelab.present.parts.register import followed, register
from rakelab.present.parts.several import (
    change_findings,
    change_limits,
    each,
    opinions,
    said,
    say,
    several,
    specifications,
    survey_findings,
)  # fmt: skip
from rakelab.present.sentences.changes import change, changed, directions, left, reliable, stayed
from rakelab.present.sentences.contrasts import contrast, effects_sentence
from rakelab.present.sentences.course import course
from rakelab.present.sentences.events import beside_sentence, rising
from rakelab.present.sentences.means import extremes, mean, mean_contrast
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.shares import (
    accumulation,
    counted,
    leading,
    mean_age,
    missing,
    progress,
    share,
    small,
    together,
)  # fmt: skip
from rakelab.present.sentences.surveys import agreement_sentence, moved, response, statements, waiting
from rakelab.present.tables.background import background
from rakelab.present.tables.contrasts import beside, trends
from rakelab.present.tables.shares import table, totals
from rakelab.present.tables.statistics import agreement, reliability, times

__all__ = [
    "MIME", "Exhibit", "Sentence", "accumulation", "agreement", "agreement_sentence", "answer", "area_list",
    "area_people", "area_quoted", "area_ranks", "area_sources", "area_summary", "area_trend", "background", "bars",
    "beside", "beside_sentence", "change", "change_findings", "change_limits", "changed", "changes", "claim",
    "contrast", "counted", "course", "directions", "dots", "each", "effects", "effects_sentence", "extremes",
    "findings", "followed", "funnel", "grid", "kehitys", "leading", "left", "likert", "made", "matrix", "mean",
    "mean_age", "mean_changes", "mean_contrast", "means", "missing", "moved", "note", "opinions", "paired",
    "possible", "progress", "protection", "quotes", "rates", "register", "reliability", "reliable", "render",
    "respondents", "response", "rising", "said", "say", "several", "share", "small", "specifications", "statements",
    "stayed", "survey_findings", "svg", "table", "times", "together", "totals", "trends", "waiting",
]  # fmt: skip
