"""Names and levels that the tool makes of what it derives. The rooms that make them take them from here, and a codebook
that declares one of them is refused: so a derived variable is never taken for somebody's question."""

from collections.abc import Iterable

#: Variables derived of pairs of measurements, of visits, of paths and of a plan.
PAIR, REMARKS, VISITS, MOVE, ORIGIN = "pari", "mittaushuomiot", "kaynteja", "siirtyma", "arvon_alkupera"
#: Of notifications and their assignments.
HALF, YEAR, ANSWER, DAYS, REACHED = "puolivuosi", "vuosi", "palaute", "odotus_paivia", "kasittely_vaihe"
DUE, FOUND, HELD, STANDING = "maaraaika", "ilmoitus_loytyi", "toimeksiannot", "toimeksianto_tilanne"
#: What a table counts where it does not count the release's own people, and the release a gathered number is from.
UNIT, RELEASE = "yksikko", "julkaisu"
#: Tables that are called after what they count; other tables are called after a question.
MODEL, MEAN, REPORTED = "support_model", "mean", "reported"

#: What stands after the name of what a variable was made from.
START, END, CHANGE, LEFT, CLASS = "alku", "loppu", "muutos", "keskeyttaneet", "luokka"
AT_START, AT_END, NUMBER, AS_LEVELS = "alussa", "lopussa", "maara", "vastaus"
FIRST_CODER, SECOND_CODER = "koodaaja_a", "koodaaja_b"

_NAMES = frozenset((
    PAIR, REMARKS, VISITS, MOVE, ORIGIN, HALF, YEAR, ANSWER, DAYS, REACHED, DUE, FOUND, HELD, STANDING, UNIT, RELEASE,
    MODEL,
))  # fmt: skip
_PARTS = frozenset((
    START, END, CHANGE, LEFT, CLASS, AT_START, AT_END, NUMBER, AS_LEVELS, FIRST_CODER, SECOND_CODER,
))  # fmt: skip
_TABLES = frozenset((MEAN, REPORTED))
_JOINT = "+"


def made_of(name: str, part: str) -> str:
    """The variable made of ``name``: ``core10_summa_muutos``."""
    if part not in _PARTS:
        raise ValueError(part)  # a name of this kind is not kept free
    return f"{name}_{part}"


def table_of(kind: str, *names: str) -> str:
    """The table of one or more variables: ``reported_taso_vuosi``."""
    if kind not in _TABLES:
        raise ValueError(kind)
    return "_".join(filter(None, (kind, *names)))


def joined(levels: Iterable[str]) -> str:
    """The level that several are joined to, and the pair of two options: ``205+620``."""
    return _JOINT.join(levels)


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
        return any(_JOINT in one.rstrip(_JOINT) for one in options)
    known = {*options, *missing}
    return any(_JOINT in one and set(one.split(_JOINT)) <= known for one in options)
