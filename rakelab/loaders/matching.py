"""Which column of the file is which variable, or which option of a multiple-choice variable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rakelab.codebook import Codebook, Field
from rakelab.dataset import Finding, Severity
from rakelab.errors import nearest
from rakelab.loaders import wide
from rakelab.loaders.body import Heading
from rakelab.loaders.choices import options
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.loaders.wide import spellings

_JOINTS = " :_-–—.,/[(|"
Target = tuple[str, str]  # (variable, option); the option is empty for a whole variable


@dataclass(frozen=True)
class Places:
    """Where one variable lies in the file, as column positions."""

    whole: tuple[int, ...] = ()
    options: Mapping[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[int, ...]:
        return (*self.whole, *self.options.values())


@dataclass(frozen=True)
class Plan:
    """Variable → its places, and what was found while matching. ``matched`` is how many columns found a variable."""

    places: Mapping[str, Places]
    matched: int
    findings: tuple[Finding, ...]


class _Index:
    """The spellings of a codebook's variables and of the options of its multiple-choice variables."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.variables: dict[str, Field] = {}
        for one in codebook.fields:
            for name in spellings(one):
                self.variables.setdefault(name, one)
        for one in codebook.fields:  # a name beats another variable's alias or title
            self.variables[fold_heading(one.name)] = one
        self.options = {one.name: self._options(one) for one in codebook.fields if one.multiple}
        self.lists = sorted((n for n, one in self.variables.items() if one.multiple), key=len, reverse=True)

    def _options(self, one: Field) -> dict[str, str]:
        return {fold_heading(spelling): value for spelling, value in options(one, self.codebook).values.items()}

    def targets(self, heading: Heading) -> Iterable[Target]:
        """Every reading of a heading, best first."""
        for question, option in heading.pairs:
            if target := self._pair(question, option):
                yield target
        for name in heading.names:
            if variable := self.variables.get(fold_heading(name)):
                yield variable.name, ""
        for name in heading.names:
            if target := self._joined(fold_heading(name)):
                yield target

    def _pair(self, question: str, option: str) -> Target | None:
        variable = self.variables.get(fold_heading(question))
        if variable is None or not variable.multiple:
            return None
        value = self.options[variable.name].get(fold_heading(option))
        return (variable.name, value) if value else None

    def _joined(self, name: str) -> Target | None:
        """“Tuen tarpeet: Talous”, ``tuen_tarpeet_talous``, “Tuen tarpeet [Talous]”."""
        for question in self.lists:
            rest = name[len(question) :]
            if name.startswith(question) and rest[:1] and rest[0] in _JOINTS + "?":
                option = rest.strip(_JOINTS + "?*])")
                known = self.options[self.variables[question].name]
                if value := known.get(option) or known.get(rest.lstrip(_JOINTS + "?*")):
                    return self.variables[question].name, value
        return None


def known_headings(codebook: Codebook) -> frozenset[str]:
    """Every folded heading that a file of this codebook may have."""
    return frozenset(name for one in codebook.fields for name in spellings(one)) | wide.headings(codebook)


def plan(headings: tuple[Heading, ...], codebook: Codebook, source: Source) -> Plan:
    """Matches every column by the source map, by name, by alias, by title in any language."""
    index = _Index(codebook)
    taken: dict[Target, list[int]] = {}
    findings = list(_unknown_targets(source, index))
    unmatched = []
    for i, heading in enumerate(headings):
        target = _target(heading, index, source, taken)
        if target is None:
            unmatched.append(heading)
        else:
            taken.setdefault(target, []).append(i)
    places = {one.name: _places(one, taken) for one in codebook.fields}
    findings += _twice(taken, headings, codebook)
    if taken:  # where nothing matches, the headings may be the first row of data: they are not told
        findings += [_unmatched(heading, index) for heading in unmatched]
    findings += _absent(codebook, places, unmatched if taken else [])
    return Plan(places, len(headings) - len(unmatched), tuple(findings))


def _target(heading: Heading, index: _Index, source: Source, taken: Mapping[Target, list[int]]) -> Target | None:
    mapped = {fold_heading(text): target for text, target in source.columns.items()}
    for name in (heading.text, *heading.names):
        if target := mapped.get(fold_heading(name)):
            return target if _exists(target, index) else None
    readings = list(index.targets(heading))
    return next((one for one in readings if one not in taken), readings[0] if readings else None)


def _exists(target: Target, index: _Index) -> bool:
    variable, option = target
    if variable not in index.codebook:
        return False
    return not option or option in index.codebook[variable].values


def _places(one: Field, taken: Mapping[Target, list[int]]) -> Places:
    chosen = {option: found[0] for (variable, option), found in taken.items() if variable == one.name and option}
    whole = taken.get((one.name, ""), [])
    return Places(tuple(whole if one.multiple else whole[:1]), chosen)


def _unknown_targets(source: Source, index: _Index) -> Iterable[Finding]:
    for variable, option in source.columns.values():
        if not _exists((variable, option), index):
            known = [one.name for one in index.codebook.fields]
            if variable in known and option:
                known = [f"{variable}:{value}" for value in index.codebook[variable].values]
            wanted = f"{variable}:{option}" if option else variable
            values = {"target": wanted, "nearest": nearest(wanted, known) or "–"}
            yield Finding("source_unknown", severity=Severity.FILE, values=values)


def _twice(taken: Mapping[Target, list[int]], headings: tuple[Heading, ...], codebook: Codebook) -> Iterable[Finding]:
    for (variable, option), found in taken.items():
        if len(found) > 1 and (option or not codebook[variable].multiple):
            columns = tuple(headings[i].shown for i in found)
            yield Finding("column_twice", variable, severity=Severity.FILE, values={"columns": columns})


def _unmatched(heading: Heading, index: _Index) -> Finding:
    near = nearest(fold_heading(heading.text), index.variables)
    name = index.variables[near].name if near else ""
    return Finding("unmatched_column", severity=Severity.NOTE, values={"column": heading.shown, "nearest": name})


def _absent(codebook: Codebook, places: Mapping[str, Places], unmatched: list[Heading]) -> Iterable[Finding]:
    texts = {fold(heading.text): heading for heading in unmatched if heading.text}
    for one in codebook.fields:
        place = places[one.name]
        if not place.columns:
            yield _missing_column(one, texts)
        elif place.options and not place.whole and len(place.options) < len(one.values):
            absent = tuple(value for value in one.values if value not in place.options)
            yield Finding("option_column_absent", one.name, severity=Severity.NOTE, values={"options": absent})


def _missing_column(one: Field, texts: Mapping[str, Heading]) -> Finding:
    if not one.required:
        return Finding("column_absent", one.name, severity=Severity.NOTE)
    near = next((texts[found] for name in spellings(one) if (found := nearest(name, texts))), None)
    values = {"nearest": near.shown if near else ""}
    return Finding("column_missing", one.name, severity=Severity.FILE, values=values)
