"""Decisions on what was reported: how far upwards each notification was taken, what was decided of it, and when."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.fields import MISSING_KINDS
from rakelab.names import DECISION, DECISION_DAYS, OUTCOME, RAISED
from rakelab.prepare.assignments import PROMISES, Pairs, pairs_of, with_lost
from rakelab.prepare.derived import states, with_column, with_finding, with_levels
from rakelab.prepare.people import role_of
from rakelab.prepare.reporting import last_day, open_field, waited

#: What ends the handling; “passed upwards” and “not yet decided” do not.
FINAL = (*PROMISES, "ei_toimenpiteita")
NOT_YET = "ei_paatetty"


def decided(notifications: Dataset, decisions: Dataset, until: object = "") -> Dataset:
    """The notifications with ``paatoksen_vaihe`` (every body that has taken it up or is below one that has),
    ``paatoksen_tulos`` (the last decision, of one day that of the highest body; or not yet decided),
    ``ilmoituksen_paatos`` (made, still waiting, dated before its notification) and ``ilmoituksen_paatos_paivia``.

    ``until`` as in ``answer_times``: what was handled after it has not been. A decision dated before the notification
    has no days, is counted, and its row in the sheet is a finding; so is one that names no known notification.
    """
    pairs = pairs_of(notifications, decisions)
    end = last_day(until, *(sheet.frame[role_of(sheet, "date").name] for sheet in (notifications, decisions)))
    handled = _handled(notifications, decisions, pairs.known, end.normalize())
    final = handled[handled["outcome"].isin(FINAL)]
    outcomes = _last(final, "outcome")
    levels = [outcomes.get(row, NOT_YET) for row in notifications.frame.index]
    made = with_levels(notifications, open_field(OUTCOME, (*FINAL, NOT_YET)), levels)
    made = _raised(_waiting(made, final, end.normalize()), decisions, handled)
    backwards = sorted(set(handled.loc[handled["before"], "line"]))
    made = with_finding(made, "decision_before", role_of(decisions, "date").name, rows=tuple(backwards))
    return with_lost(made, decisions, pairs, "decision_without_notification")


def _handled(notifications: Dataset, decisions: Dataset, pairs: Pairs, end: pd.Timestamp) -> pd.DataFrame:
    """A row for each notification that a body has taken up by the day ``end``, the latest last."""
    body, outcome, day = (role_of(decisions, role) for role in ("decider", "outcome", "date"))
    rows = decisions.frame.iloc[pairs.assignment]
    asked = notifications.frame[role_of(notifications, "date").name].dt.normalize().iloc[pairs.notification]
    days, order = rows[day.name].dt.normalize().to_numpy(), {level: i for i, level in enumerate(body.values)}
    made = pd.DataFrame({
        "row": asked.index, "line": rows.index, "day": days, "outcome": rows[outcome.name].astype(str).to_numpy(),
        "body": np.array([order.get(level, -1) for level in rows[body.name]], dtype=float),
        "before": days < asked.to_numpy(),
    })  # fmt: skip
    return made[~(made["day"] > end)].sort_values(["day", "body", "line"], na_position="first")


def _last(rows: pd.DataFrame, column: str) -> dict[int, Any]:
    return dict(zip(rows["row"], rows[column], strict=True))


def _waiting(notifications: Dataset, final: pd.DataFrame, end: pd.Timestamp) -> Dataset:
    """The first decision on or after the day of the notification counts; one before it only where there is no other."""
    dated = final[final["day"].notna()].sort_values(["before", "day"]).drop_duplicates("row")
    index = notifications.frame.index
    first = pd.Series(map(_last(dated, "day").get, index), index=index, dtype="datetime64[ns]")
    why = np.where(first.isna() & index.isin(final["row"]), BLANK, "").astype(object)
    return waited(notifications, (DECISION, DECISION_DAYS), first, end, why)


def _raised(notifications: Dataset, decisions: Dataset, handled: pd.DataFrame) -> Dataset:
    body = role_of(decisions, "decider")
    highest = handled.groupby("row")["body"].max().reindex(notifications.frame.index).to_numpy()
    reached = {level: highest >= place for place, level in enumerate(body.values)}
    field = open_field(RAISED, ())
    field = replace(field, type="list", ordered=True, categories=body.categories,
                    open=(*reached, ANSWERED, *MISSING_KINDS))  # fmt: skip
    ticks = {option_column(RAISED, level): has for level, has in reached.items()}
    return with_column(notifications, field, states([ANSWERED] * len(notifications)), **ticks)
