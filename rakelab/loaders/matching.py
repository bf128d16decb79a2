"""Which column of the file is which variable, or which option of a multiple-choice variable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rakelab.codebook import Codebook, Field
from rakelab.dataset import ABSENT, Finding, Severity
from rakelab.errors import nearest
from rakelab.fields import CODE_KINDS
from rakelab.loaders import wide
from rakelab.loaders.choices import headings_of, options
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.loaders.table import Heading, Table

_JOINTS = " :_-–—.,/[(|"
Target = tuple[str, str]  # (variable, option); the option is empty for a whole variable


@dataclass(frozen=True)
class Places:
    """Where one variable lies in the file, as column positions."""

    whole: tuple[int, ...] = ()
    options: Mapping[str, int] = field(default_factory=dict)
    written: tuple[int, ...] = ()  # people's own words, beside the columns of the options

    @property
    def columns(self) -> tuple[int, ...]:
        return (*self.whole, *self.options.values(), *self.written)


@dataclass(frozen=True)
class Plan:
    """Variable → its places, and what was found while matching. ``matched`` is how many columns found a variable."""

    places: Mapping[str, Places]
    matched: int
    findings: tuple[Finding, ...]
    strange: bool = False  # few of the file's columns are the form's, and few of the form's questions are there


class _Index:
    """The spellings of a codebook's variables and of the options of its multiple-choice variables."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.variables = {name: one for one in reversed(codebook.fields) for name in headings_of(one)}
        self.variables |= {fold_heading(one.name): one for one in codebook.fields}  # a name beats another's alias
        self.options = {
            one.name: {
                fold_heading(text): value
                for text, value in options(one, codebook).values.items()
                if one.multiple or value == one.catch_all
            }
            for one in codebook.fields
            if one.multiple or one.catch_all
        }
        asked = (name for name, one in self.variables.items() if one.name in self.options)
        self.questions = sorted(asked, key=len, reverse=True)

    def knows(self, target: Target) -> bool:
        variable, option = target
        return variable in self.codebook and (not option or option in self.options.get(variable, {}).values())

    def option(self, variable: str, text: str) -> str:
        """The option that a folded heading names; “Muu, mikä?” names the one that catches the rest."""
        known, rest = self.options.get(variable, {}), self.codebook[variable].catch_all
        if text in known or not rest:
            return known.get(text, "")
        words = (word for word, value in known.items() if value == rest)
        return rest if any(text.startswith(word) and text[len(word)] in _JOINTS for word in words) else ""

    def targets(self, heading: Heading) -> Iterator[Target]:
        """Every reading of a heading, best first."""
        names = list(map(fold_heading, heading.names))
        for question, option in heading.pairs:
            variable = self.variables.get(fold_heading(question))
            value = self.option(variable.name, fold_heading(option)) if variable else ""
            if variable and value:
                yield variable.name, value
        if self._under_options(heading):
            return
        yield from ((self.variables[name].name, "") for name in names if name in self.variables)
        for name in names:
            if target := self._joined(name):
                yield target

    def _under_options(self, heading: Heading) -> bool:
        """A lower heading under a select-all question: one that names no option of it is not another question."""
        asked = (self.variables.get(fold_heading(question)) for question, option in heading.pairs
                 if heading.text == f"{question}: {option}")  # fmt: skip
        return any(variable is not None and variable.multiple for variable in asked)

    def _joined(self, name: str) -> Target | None:
        """“Tuen tarpeet: Talous”, ``tuen_tarpeet_talous``, “Tuen tarpeet [Talous]”."""
        for question in self.questions:
            rest = name[len(question) :].replace("choice=", "", 1)  # as REDCap names an option's column
            if name.startswith(question) and rest[:1] and rest[0] in _JOINTS + "?":
                variable = self.variables[question].name
                tries = (rest.strip(_JOINTS + "?*])"), rest.lstrip(_JOINTS + "?*"))
                if value := self.option(variable, tries[0]) or self.option(variable, tries[1]):
                    return variable, value
        return None


def known_headings(codebook: Codebook) -> frozenset[str]:
    """Every folded heading that a file of this codebook may have."""
    return frozenset(name for one in codebook.fields for name in headings_of(one)) | wide.headings(codebook)


def plan(table: Table, codebook: Codebook) -> Plan:
    """Matches every column by the source map, by name, by alias, by title in any language."""
    index, headings = _Index(codebook), table.headings
    mapped = {fold_heading(text): target for text, target in table.source.columns.items()}
    taken: dict[Target, list[int]] = {}
    unmatched = []
    for i, heading in enumerate(headings):
        target = _target(heading, index, mapped, taken)
        if target is None:
            unmatched.append(heading)
        else:
            taken.setdefault(target, []).append(i)
    places = {one.name: _places(one, taken) for one in codebook.fields}
    matched = len(headings) - len(unmatched)
    told = unmatched if matched else []  # where nothing matches, the headings may be the first row of data
    findings = (
        *_unknown_targets(table.source, index),
        *_twice(taken, headings, codebook),
        *(_unmatched(heading, index) for heading in told),
        *_absent(codebook, places, told),
    )
    there = sum(bool(place.columns) for place in places.values())
    strange = 3 * matched < len(headings) and 4 * there < len(places) and not table.source.columns
    return Plan(places, matched, findings, strange)


def _target(
    heading: Heading, index: _Index, mapped: Mapping[str, Target], taken: Mapping[Target, object]
) -> Target | None:
    for name in map(fold_heading, (heading.text, *heading.names)):
        if name in mapped:
            return mapped[name] if index.knows(mapped[name]) else None
    readings = list(index.targets(heading))
    return next((target for target in readings if target not in taken), readings[0] if readings else None)


def _places(variable: Field, taken: Mapping[Target, list[int]]) -> Places:
    by_option = {option: columns[0] for (name, option), columns in taken.items() if name == variable.name and option}
    whole, written = taken.get((variable.name, ""), []), taken.get((variable.name, variable.catch_all or "-"), [])
    if variable.multiple:
        return Places(tuple(whole), by_option, tuple(written[1:]))
    return Places(tuple(whole[:1]), {}, tuple(written))


def _unknown_targets(source: Source, index: _Index) -> Iterator[Finding]:
    coded = ((name, option) for name, codes in source.values.items() for option in codes.values())
    named = [(target, index.knows(target)) for target in source.columns.values()]
    for (variable, option), known_there in (*named, *((target, _codes(*target, index.codebook)) for target in coded)):
        if not known_there:
            known = [one.name for one in index.codebook.fields]
            if variable in known and option:
                known = [f"{variable}:{value}" for value in index.codebook[variable].values]
            wanted = f"{variable}:{option}" if option else variable
            values = {"target": wanted, "nearest": nearest(wanted, known) or "–"}
            yield Finding("source_unknown", severity=Severity.FILE, values=values)


def _codes(variable: str, option: str, book: Codebook) -> bool:
    """Can a code of a source map mean this option, or this kind of missing?"""
    return variable in book and option in (*book[variable].values, *CODE_KINDS)


def _twice(taken: Mapping[Target, list[int]], headings: tuple[Heading, ...], codebook: Codebook) -> Iterator[Finding]:
    for (variable, option), columns in taken.items():
        most = 2 if option and option == codebook[variable].catch_all else 1  # ticks, and what was written
        if len(columns) > most and (option or not codebook[variable].multiple):
            shown = tuple(headings[i].shown for i in columns)
            yield Finding("column_twice", variable, severity=Severity.FILE, values={"columns": shown})


def _unmatched(heading: Heading, index: _Index) -> Finding:
    near = nearest(fold_heading(heading.text), index.variables)
    name = index.variables[near].name if near else ""
    return Finding("unmatched_column", severity=Severity.NOTE, values={"column": heading.shown, "nearest": name})


def _absent(codebook: Codebook, places: Mapping[str, Places], unmatched: Iterable[Heading]) -> Iterator[Finding]:
    texts = {fold(heading.text): heading for heading in unmatched if heading.text}
    for variable in codebook.fields:
        place = places[variable.name]
        if not place.columns and variable.required:
            close = next((texts[text] for name in headings_of(variable) if (text := nearest(name, texts))), None)
            values = {"nearest": close.shown if close else ""}
            yield Finding("column_missing", variable.name, severity=Severity.FILE, values=values)
        elif not place.columns:
            yield Finding(ABSENT, variable.name, severity=Severity.NOTE)
        elif place.options and not place.whole and len(place.options) < len(variable.values):
            absent = tuple(value for value in variable.values if value not in place.options)
            yield Finding("option_column_absent", variable.name, severity=Severity.NOTE, values={"options": absent})
