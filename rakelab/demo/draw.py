"""Synthetic answers from a plan: exact numbers of each answer, given to those it suits best.

A plan (TOML) says how many people give each answer in each group and which hidden traits pull towards it. Numbers are
exact, so a published percentage can be met; who gets an answer depends on the traits, so answers go together as they
do in life.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Codebook, Field
from rakelab.demo import phrases

_TRAITS = ("kuormitus", "psyyke", "paihde", "terveys", "raha", "vakivalta", "koulutus", "aika")
_GROUPS = {"kaikki": (0, 200), "nuoret": (18, 30), "muut": (31, 200)}


@dataclass(frozen=True)
class Plan:
    """``age``: group → [lowest, highest, people]; ``counts``: variable → group → answer → people; ``pull``: variable →
    answer → trait → weight."""

    age: Mapping[str, list[list[int]]]
    counts: Mapping[str, Mapping[str, Mapping[str, int]]]
    pull: Mapping[str, Mapping[str, Mapping[str, float]]]

    def changed(self, other: "Plan") -> "Plan":
        """This plan with the variables of ``other`` in place of its own."""
        return Plan(other.age or self.age, {**self.counts, **other.counts}, {**self.pull, **other.pull})


def plan(name: str) -> Plan:
    """The plan in the file ``<name>.toml`` beside this module."""
    data = phrases.plan(name)
    return Plan(data.get("age", {}), data["counts"], data.get("pull", {}))


def rows(made: Plan, form: Codebook, n: int, *, seed: int) -> pd.DataFrame:
    """``n`` synthetic answers to ``form``, one row each, columns in the form's order.

    A single choice holds a level; a multi-choice holds a frozenset of options, or a kind of missing. Ages are integers.
    """
    rng = np.random.default_rng(seed)
    ages = _ages(made, n, rng)
    answers: dict[str, Any] = {"ika": ages}
    traits = {name: rng.standard_normal(n) for name in _TRAITS} | {"ika": (ages - ages.mean()) / ages.std()}
    for name in sorted(made.counts, key=lambda name: name != "sukupuoli"):
        if name in form:
            answers[name] = _Question(form[name], made, traits, rng).answers(ages, answers)
        if name == "sukupuoli":
            traits["nainen"] = np.where(answers[name] == "nainen", 1.0, 0.0)
    answers["asiakas"] = np.array([f"A{number:05d}" for number in rng.permutation(n) + 1])
    frame = pd.DataFrame(answers)
    return frame.reindex(columns=[field.name for field in form.fields if field.name in frame])


def _ages(made: Plan, n: int, rng: np.random.Generator) -> np.ndarray:
    bands = [band for group in made.age.values() for band in group]
    sizes = shared_out(np.array([people for *_, people in bands]), n)
    spread = [np.resize(np.arange(low, high + 1), size) for (low, high, _), size in zip(bands, sizes, strict=True)]
    return rng.permutation(np.concatenate(spread))


def shared_out(weights: np.ndarray, n: int) -> np.ndarray:
    """Whole numbers in proportion to ``weights`` that sum to ``n`` (largest remainders)."""
    exact = weights * n / weights.sum()
    whole: np.ndarray = np.floor(exact).astype(int)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: n - whole.sum()]] += 1
    return whole


class _Question:
    """Answers to one question by everybody."""

    def __init__(self, field: Field, made: Plan, traits: Mapping[str, np.ndarray], rng: np.random.Generator) -> None:
        self.field, self.groups, self.pull = field, made.counts[field.name], made.pull.get(field.name, {})
        self.traits, self.rng = traits, rng

    def answers(self, ages: np.ndarray, given: Mapping[str, Any]) -> np.ndarray:
        asked = concerned(self.field, given, len(ages))
        filled = np.full(len(ages), NOT_CONCERNED, dtype=object)
        for group, counts in self.groups.items():
            low, high = _GROUPS[group]
            who = np.flatnonzero(asked & (ages >= low) & (ages <= high))
            filled[who] = self._many(who, counts) if self.field.multiple else self._one(who, counts)
        return filled

    def _score(self, option: str, who: np.ndarray) -> np.ndarray:
        weights = [*self.pull.get("*", {}).items(), *self.pull.get(option, {}).items()]
        return sum((self.traits[trait][who] * weight for trait, weight in weights), self.rng.standard_normal(len(who)))

    def _one(self, who: np.ndarray, counts: Mapping[str, int]) -> np.ndarray:
        """One answer each: the first option takes those it suits best, the next of the rest, and so on."""
        filled = np.empty(len(who), dtype=object)
        left = np.arange(len(who))
        for option, size in zip(counts, shared_out(np.array([*counts.values()]), len(who)), strict=True):
            best = np.argsort(-self._score(option, who[left]), kind="stable")[:size]
            filled[left[best]] = option
            left = np.delete(left, best)
        return filled

    def _many(self, who: np.ndarray, counts: Mapping[str, int]) -> np.ndarray:
        """A set of options each, nobody's empty; first those who answer nothing or “none of these”."""
        sizes = {option: round(k * len(who) / counts["base"]) for option, k in counts.items() if option != "base"}
        alone = {option: k for option, k in sizes.items() if option in self._alone()}
        filled = self._one(who, {**alone, "": len(who) - sum(alone.values())})
        rest = np.flatnonzero(filled == "")
        options = [option for option in sizes if option not in alone]
        scores = np.column_stack([self._score(option, who[rest]) for option in options])
        ticked = ticks(scores, [sizes[option] for option in options])
        filled[rest] = [frozenset(np.array(options)[row]) for row in ticked]
        return np.array([_as_set(answer, self.field) for answer in filled], dtype=object)

    def _alone(self) -> set[str]:
        return {*MISSING_KINDS, *(option.value for option in self.field.categories if option.exclusive)}


def _as_set(answer: Any, field: Field) -> Any:
    return frozenset({answer}) if answer in field.values else answer


def concerned(field: Field, given: Mapping[str, Any], n: int) -> np.ndarray:
    """Whom the question concerns, by what they answered to the one that it hangs on."""
    if field.applies is None:
        return np.ones(n, dtype=bool)
    return np.isin(given[field.applies.field].astype(str), field.applies.values)


def ticks(scores: np.ndarray, counts: list[int]) -> np.ndarray:
    """Who ticks which option (people × options): exact ``counts``, and at least one tick for everybody."""
    ticked = np.zeros(scores.shape, dtype=bool)
    for option, k in enumerate(counts):
        ticked[np.argsort(-scores[:, option], kind="stable")[:k], option] = True
    for person in np.flatnonzero(~ticked.any(axis=1)).tolist():
        _pass_on(ticked, scores, person)
    return ticked


def _pass_on(ticked: np.ndarray, scores: np.ndarray, person: int) -> None:
    """Give ``person`` the tick of somebody who has another: the option that suits best, from whom it suits least."""
    for option in np.argsort(-scores[person]):
        donors = np.flatnonzero(ticked[:, option] & (ticked.sum(axis=1) > 1))
        if len(donors):
            ticked[donors[np.argmin(scores[donors, option])], option] = False
            ticked[person, option] = True
            return
