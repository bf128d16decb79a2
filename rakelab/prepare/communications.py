"""The register of events and communications: which participants are told, and a row for each participant or view.

It holds no persons. A number of the form is told in parts, one for each unit: ``osallistujat_kainuu``.
"""

from dataclasses import replace

import numpy as np

from rakelab import i18n
from rakelab.codebook import Category, Field
from rakelab.dataset import Dataset, state_column
from rakelab.fields import NOT_CONCERNED
from rakelab.names import ATTENDED, FROM, made_of
from rakelab.prepare.derived import opened, with_finding, with_levels
from rakelab.prepare.reporting import open_field

TOLD, UNTOLD, NOT_ASKED_OF = "kirjattu", "puuttuu", "ei_kuulu"


def events(register: Dataset, number: str = "osallistujat") -> Dataset:
    """Adds ``osallistujatieto``: whether the ``number`` of participants is told, missing (or none), or not asked of the
    kind. An event without participants is a finding.

    A register holds no persons, so from here on the counts of its single choices are told however small (``open``).
    """
    parts, frame = _parts(register, number), register.frame
    told = sum(np.nan_to_num(frame[part.name].to_numpy(dtype=float)) for part in parts) > 0
    asked = [(frame[state_column(part.name)] != NOT_CONCERNED).to_numpy() for part in parts]
    level = np.select([told, np.logical_or.reduce(asked)], [TOLD, UNTOLD], NOT_ASKED_OF)
    made = with_levels(register, open_field(ATTENDED, (TOLD, UNTOLD, NOT_ASKED_OF)), level)
    made = opened(made, *(field.name for field in register.codebook.fields if field.choice and not field.multiple))
    fields = tuple(replace(field, role="value") if field.numeric else field for field in made.codebook.fields)
    made = replace(made, codebook=replace(made.codebook, fields=fields))  # told in sums, so no question is left out
    return with_finding(made, "event_without_participants", number, rows=tuple(frame.index[level == UNTOLD].tolist()))


def repeated(register: Dataset, number: str) -> Dataset:
    """A row for each of those whom the ``number`` counts (participants, views), with ``osallistujat_mista``: which part
    of it, as a rule from which unit."""
    parts = _parts(register, number)
    times = [np.nan_to_num(register.frame[part.name].to_numpy(dtype=float)).astype(int) for part in parts]
    places = np.concatenate([np.empty(0, dtype=int), *(np.repeat(np.arange(len(register)), n) for n in times)])
    made = replace(register, frame=register.frame.iloc[places].reset_index(drop=True))
    options = tuple(Category(part.name, part.title) for part in parts)
    levels = np.repeat([part.name for part in parts], [n.sum() for n in times])
    return with_levels(made, Field(made_of(number, FROM), "string", i18n.label("prepare.from"), options), levels)


def _parts(register: Dataset, number: str) -> tuple[Field, ...]:
    fields = (field for field in register.codebook.fields if field.name in register.frame)
    return tuple(field for field in fields if field.name.startswith(f"{number}_"))
