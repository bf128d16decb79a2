"""The register of an implementation plan: where each measure's value comes from, and what is not told of it."""

import numpy as np
import pandas as pd

from rakelab.dataset import Dataset
from rakelab.prepare.derived import with_column
from rakelab.prepare.reporting import open_field, with_finding

#: The derived field: filled in from released results, entered by hand, entered without date or source, no value.
VALUE = "arvon_alkupera"
COUNTED, BY_HAND, UNTOLD, NONE = "lasketaan", "kirjattu", "tiedot_puuttuvat", "ei_arvoa"


def plan_values(dataset: Dataset) -> Dataset:
    """Adds ``arvon_alkupera``. A value entered by hand needs its date and its source: one without is a finding."""
    frame, form = dataset.frame, dataset.codebook
    counted = frame["lasketaan"].isin(form["lasketaan"].values)
    entered = frame["arvo"].notna()
    told = frame["arvo_pvm"].notna() & frame["lahde"].notna()
    level = np.select([counted, entered & told, entered], [COUNTED, BY_HAND, UNTOLD], NONE)
    field = open_field(VALUE, (COUNTED, BY_HAND, UNTOLD, NONE))
    made = with_column(dataset, field, pd.Categorical(level, categories=list(field.levels)))
    return with_finding(made, "value_untold", "arvo", rows=tuple(frame.index[level == UNTOLD].tolist()))
