"""One variable of a form: its options, its kinds of missing, whom it concerns, how sensitive it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

#: Why an answer is missing. Four different things, never pooled: not asked, asked but unknown, left blank, and
#: a question that does not concern the person.
NOT_ASKED, UNKNOWN, BLANK, NOT_CONCERNED = "ei_kysytty", "ei_tietoa", "tyhja", "ei_koske"
MISSING_KINDS = (NOT_ASKED, UNKNOWN, BLANK)
#: What a code of a file can mean: a kind of missing, or in a multiple choice that the option was not ticked.
UNTICKED = "ei_valittu"
CODE_KINDS = (*MISSING_KINDS, UNTICKED)
#: The level of a multi-choice or numeric field that was answered.
ANSWERED = "vastattu"
#: Levels that mean something of their own, so that no option and no group is called so.
RESERVED_LEVELS = (*MISSING_KINDS, NOT_CONCERNED, ANSWERED)
TYPES = ("string", "integer", "number", "date", "list")
#: What a column is to the tool, whatever it is called: in a register of notifications, of assignments, of a plan.
REGISTER_ROLES = (
    "code", "codes", "theme", "state", "answered", "assignee", "outcome", "decider", "due", "finished", "measure",
    "value", "goal", "action", "responsible", "indicator", "source", "evidence",
)  # fmt: skip
ROLES = ("period", "region", "person", "group", "date", "point", "consent", *REGISTER_ROLES)
SENSITIVITIES = ("health", "violence", "crime", "text")
ORIGINS = ("source", "proposal")
#: May it be told how many did not answer a question, however few? ``open`` in surveys, and never of sensitive things.
NONRESPONSE = ("closed", "open")
#: Do the rows stand for more than themselves? Of what was counted whole nothing has an interval.
COUNTED = ("sample", "all")

Label = Mapping[str, str]


@dataclass(frozen=True)
class Category:
    """One answer option. ``exclusive``: cannot be ticked together with others (“none of these”)."""

    value: str
    label: Label
    exclusive: bool = False
    minimum: float | None = None  # of a band: both ends belong to it
    maximum: float | None = None
    aliases: tuple[str, ...] = ()  # other spellings of it in files


@dataclass(frozen=True)
class Condition:
    """The question concerns only those whose ``field`` has one of ``values``."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class MissingCode:
    """A spelling in the file that means that the answer is missing, and why (``kind``), or that nothing was ticked."""

    value: str
    kind: str


@dataclass(frozen=True)
class Field:
    """One variable of the form, or a variable derived from one (a band, a count)."""

    name: str
    type: str
    title: Label
    categories: tuple[Category, ...] = ()
    ordered: bool = False
    missing: tuple[MissingCode, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    role: str = ""
    sensitivity: str = ""
    threshold: int = 0
    origin: str = "proposal"
    number: int = 0
    applies: Condition | None = None
    aliases: tuple[str, ...] = ()
    weight: bool = False  # how many people a row stands for, of those who were not asked too
    catch_all: str = ""  # the option that an answer counts as which is none of the options
    description: Label = field(default_factory=dict)
    of: str = ""  # the field a band is made from
    lengths: Mapping[str, int] = field(default_factory=dict)  # of a period: how many days of each level the data cover
    open: tuple[str, ...] = ()  # levels whose counts may be told however small: they say nothing of anybody's life

    @property
    def trait(self) -> str:
        """The role, where it tells something of people; what a column is in a register does not."""
        return "" if self.role in REGISTER_ROLES else self.role

    @property
    def multiple(self) -> bool:
        """Select-all-that-apply."""
        return self.type == "list"

    @property
    def choice(self) -> bool:
        """Answers come from a closed list."""
        return bool(self.categories)

    @property
    def numeric(self) -> bool:
        return self.type in ("integer", "number")

    @property
    def free_text(self) -> bool:
        return self.type == "string" and not self.categories and self.role not in {"period", "person", "group"}

    @cached_property
    def values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.categories)

    @property
    def levels(self) -> tuple[str, ...]:
        """Every value a cell of this variable can have: options, then the kinds of missing."""
        concerned = (NOT_CONCERNED,) if self.applies else ()
        return self.values + concerned + MISSING_KINDS

    @property
    def states(self) -> tuple[str, ...]:
        """The levels of the column that tells whether it was answered, and if not, why (no column of a single choice,
        whose own levels tell that)."""
        return (ANSWERED, *self.levels[len(self.values) :])
