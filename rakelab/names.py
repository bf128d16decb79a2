"""Every composed name: made here, and read here. A key names a count, a part stands after the name of what a variable
was made from, a table is called after its indicator and what it counts.

A codebook that declares a name which the tool derives is refused, so a derived variable is never taken for somebody's
question.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

Pair = tuple[str, str]
Key = tuple[Pair, ...]
TOTAL: Key = ()

#: Variables derived of pairs of measurements, of visits, of paths and of a plan.
PAIR, REMARKS, VISITS, MOVE, ORIGIN = "pari", "mittaushuomiot", "kaynteja", "siirtyma", "arvon_alkupera"
#: Of notifications and their assignments.
HALF, YEAR, MONTH = "puolivuosi", "vuosi", "kuukausi"
ANSWER, DAYS, REACHED = "palaute", "odotus_paivia", "kasittely_vaihe"
DUE, FOUND, HELD, STANDING = "maaraaika", "ilmoitus_loytyi", "toimeksiannot", "toimeksianto_tilanne"
#: Of the decisions on notifications.
DECISION, DECISION_DAYS, OUTCOME = "ilmoituksen_paatos", "ilmoituksen_paatos_paivia", "paatoksen_tulos"
RAISED, PROMISE = "paatoksen_vaihe", "paatoksen_lupaus"
#: Whether an event's participants are told, and the table of events by kind.
ATTENDED, EVENTS = "osallistujatieto", "events"
#: What a table counts where it does not count the release's own people, and the release a gathered number is from.
UNIT, RELEASE = "yksikko", "julkaisu"
#: Tables that are called after what they count; other tables are called after a question.
MODEL, MEAN, REPORTED = "support_model", "mean", "reported"

#: What stands after the name of what a variable was made from.
START, END, CHANGE, LEFT, CLASS = "alku", "loppu", "muutos", "keskeyttaneet", "luokka"
AT_START, AT_END, NUMBER, AS_LEVELS = "alussa", "lopussa", "maara", "vastaus"
FIRST_CODER, SECOND_CODER = "koodaaja_a", "koodaaja_b"
#: Which of the parts of a number: from which unit.
FROM = "mista"
#: The words that people wrote where no option fitted.
WRITTEN = "omin_sanoin"

_NAMES = frozenset((
    PAIR, REMARKS, VISITS, MOVE, ORIGIN, HALF, YEAR, MONTH, ANSWER, DAYS, REACHED, DUE, FOUND, HELD, STANDING, UNIT,
    RELEASE, MODEL, DECISION, DECISION_DAYS, OUTCOME, RAISED, PROMISE, ATTENDED,
))  # fmt: skip
_PARTS = frozenset((
    START, END, CHANGE, LEFT, CLASS, AT_START, AT_END, NUMBER, AS_LEVELS, FIRST_CODER, SECOND_CODER,
    WRITTEN, FROM,
))  # fmt: skip
_TABLES = frozenset((MEAN, REPORTED))
_JOINT, _OPTION, _OTHER = "+", ":", "!"
_STATE, _PATTERN, _REST, _TEXT = "tila", "kuvio", "muita", "teksti"
#: The four places that two options of a multiple choice can have together.
BOTH, FIRST_ONLY, SECOND_ONLY, NEITHER = "molemmat", "vain_1", "vain_2", "ei_kumpaakaan"


# --- keys of counts -------------------------------------------------------------------------------------------


def key(*pairs: Pair) -> Key:
    """The canonical key of a conjunction of (variable, level) pairs."""
    return tuple(sorted(pairs))


def join(*keys: Key) -> Key:
    """The key of people who have all of ``keys``."""
    return tuple(sorted({pair for one_of_them in keys for pair in one_of_them}))


def other_than(pair: Pair) -> Pair:
    """Everybody who does not have ``pair``; the same again gives the pair back."""
    variable, level = pair
    return variable, level.removeprefix(_OTHER) if is_other(level) else _OTHER + level


def is_other(level: str) -> bool:
    return level.startswith(_OTHER)


def name_of(cell_key: Key) -> str:
    """``tuen_tarpeet=talous|vuosi=2020``: the cell's id in files. The total is ``*``."""
    return "|".join(f"{variable}={level}" for variable, level in cell_key) or "*"


# --- variables and tables made of others ----------------------------------------------------------------------


def made_of(name: str, part: str) -> str:
    """The variable made of ``name``: ``core10_summa_muutos``."""
    if part not in _PARTS:
        raise ValueError(part)  # a name of this kind is not kept free
    return f"{name}_{part}"


def source_of(name: str, part: str) -> str:
    """What a variable was made from: ``core10_summa`` of ``core10_summa_muutos``; empty where it is not made so."""
    stem = name.removesuffix(f"_{part}")
    return "" if stem == name else stem


def sources_of(name: str) -> frozenset[str]:
    """The variables that ``name`` can have been made from by its name, and itself."""
    own = column_parts(name)[0]
    return frozenset({own, *(source_of(own, part) for part in _PARTS)}) - {""}


def table_of(indicator: str, *names: str) -> str:
    """The table of an indicator, of these variables: ``reported_taso_vuosi``. Empty names are left out."""
    return "_".join(filter(None, (indicator, *names)))


def coded_name(field: str, part: str) -> str:
    """The variable made of a text field: ``ilmio_teksti`` gives ``ilmio_teema``, ``muuta`` gives ``muuta_teema``."""
    return f"{source_of(field, _TEXT) or field}_{part}"


def option_column(variable: str, option: str) -> str:
    """The name of the boolean column of one multi-choice option."""
    return variable + _OPTION + option


def column_parts(column: str) -> Pair:
    """The variable and the option (or ``tila``) of a column; one of a single value has no option."""
    variable, _, option = column.partition(_OPTION)
    return variable, option


def state_column(variable: str) -> str:
    """The name of the column that tells whether a number was given, and if not, why."""
    return option_column(variable, _STATE)


def joined(levels: Iterable[str]) -> str:
    """The level that several are joined to, and the pair of two options: ``205+620``."""
    return _JOINT.join(levels)


def parts_of(level: str) -> tuple[str, ...]:
    """The levels that were joined to one; a plain level is its own only part."""
    return tuple(level.split(_JOINT))


def pair_name(variable: str, first: str, second: str) -> str:
    """The derived variable that tells which of two options a person has: ``tuen_tarpeet:talous+asuminen``."""
    return option_column(variable, joined((first, second)))


def pattern_key(variable: str, ticked: Iterable[bool], number: str) -> Key:
    """People who ticked just these of some options, and so many options in all."""
    return key((option_column(variable, _PATTERN), "".join("01"[tick] for tick in ticked) + "/" + number))


def rest_key(variable: str, fewest: int, most: int) -> Key:
    """Everybody who ticked from ``fewest`` to ``most`` of the other options."""
    return key((option_column(variable, _REST), f"{fewest}-{most}"))


# --- what is kept free ----------------------------------------------------------------------------------------


def is_reserved(name: str, role: str = "") -> bool:
    """Is ``name`` one that the tool derives? The form's own period may be called a year: it is one."""
    plain = name.casefold()
    if plain == YEAR:
        return role != "period"
    return (
        plain in _NAMES
        or any(plain.endswith(f"_{part}") for part in _PARTS)
        or any(plain.startswith(f"{kind}_") for kind in _TABLES)
    )


def looks_joined(values: Iterable[str], missing: Iterable[str], *, multiple: bool) -> bool:
    """Could an option be taken for others joined to one, or two pairs of options for each other? “65+” could not."""
    options = list(values)
    if multiple:
        return any(_JOINT in option.rstrip(_JOINT) for option in options)
    known = {*options, *missing}
    return any(_JOINT in option and set(parts_of(option)) <= known for option in options)


# --- names made of words --------------------------------------------------------------------------------------

_LONGEST = 48


def slug(text: str) -> str:
    """A name made of somebody's words: plain letters and digits; empty where there are none."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return made if len(made) <= _LONGEST else made[:_LONGEST].rpartition("_")[0] or made[:_LONGEST]


def numbered(stem: str) -> Iterator[str]:
    """``stem``, ``stem_2``, ``stem_3`` …"""
    yield stem
    yield from (f"{stem}_{n}" for n in count(2))
