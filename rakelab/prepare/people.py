"""Whose row it is. An id may restart in each group, so a person is a group and an id together."""

import re

import numpy as np
import pandas as pd

from rakelab import i18n, identifiers
from rakelab.codebook import Field
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.fields import NOT_ASKED, RESERVED_LEVELS

_FORBIDDEN = re.compile(r"[!:=|\n]")  # they part the names of columns and cells


def role_of(dataset: Dataset, role: str) -> Field:
    """The field that plays ``role``, as it was last made. UsageError where the form has none."""
    field = dataset.codebook.role(role)
    if field is None or field.name not in dataset.frame:
        raise UsageError("prepare.no_role", codebook=dataset.codebook.name, role=role)
    return dataset.codebook[field.name]


def group_names(dataset: Dataset) -> pd.Series:
    """The name of each row's group as it may stand in a cell's name; None where it has none.

    Raises UsageError where a name holds what points at a person.
    """
    field = dataset.codebook.role("group")
    if field is None or field.name not in dataset.frame:
        return pd.Series(None, index=dataset.frame.index, dtype=object)
    column = dataset.frame[field.name].astype(object)
    given = [text for text in column.dropna().unique() if text not in RESERVED_LEVELS]
    names = {text: _FORBIDDEN.sub("-", str(text)).strip() for text in given}
    if any(map(identifiers.find, names.values())):
        raise UsageError("prepare.group_names", file=dataset.origin.file, field=field.name)
    return column.map(names).astype(object).where(column.isin(list(names)), None)


def keys(dataset: Dataset) -> pd.Series:
    """Group and id of each row as one text; None where there is no id."""
    person = dataset.frame[role_of(dataset, "person").name].astype(object)
    groups = group_names(dataset).fillna("").astype(str).str.casefold()
    together = groups + "\n" + person.astype(str).str.strip().str.casefold()
    return together.astype(object).where(person.notna(), None)


def numbered(person_keys: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Person number of each row in order of appearance (−1: no id), and the position of each person's first row."""
    codes, _ = pd.factorize(person_keys.to_numpy(dtype=object))
    _, first = np.unique(codes[codes >= 0], return_index=True)
    return codes, np.flatnonzero(codes >= 0)[first]


def permitted(dataset: Dataset, permit: str) -> Dataset:
    """Only people who consented, and only under a research permit that is written down in ``permit``.

    The first option of the consent question means consent. It is the person's: given at one measurement it holds at
    the others, and a refusal at any one takes the person out. Raises UsageError without a permit, without the
    question, and where nobody consented.
    """
    if not str(permit).strip():
        raise UsageError("prepare.no_permit")
    field, file = dataset.codebook.role("consent"), dataset.origin.file
    if field is None or field.name not in dataset.frame or (dataset.frame[field.name] == NOT_ASKED).all():
        name = field.name if field else "–"
        raise UsageError("prepare.no_consent", file=file, field=name, codebook=dataset.codebook.name)
    answer = dataset.frame[field.name].astype(str).to_numpy()
    codes, _ = numbered(keys(dataset))
    given, refused = answer == field.values[0], np.isin(answer, field.values[1:])
    keep = _anywhere(given, codes) & ~_anywhere(refused, codes)
    if not keep.any():
        raise UsageError("prepare.nobody_consented", file=file, field=field.name)
    return dataset.narrowed(dataset.frame[keep], i18n.Word("prepare.why.consent"), by=())


def _anywhere(rows: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Rows of people who have one of ``rows``; a row without an id speaks for itself."""
    return np.where(codes >= 0, np.isin(codes, codes[rows]), rows)
