"""``Exhibit``: something shown, kept as a language-neutral specification that names released tables by id.

One execution serves every language: ``render`` makes the page of any language from the specification and the release.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from json import dumps
from typing import Any

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import Released, key
from rakelab.errors import UsageError
from rakelab.present import markup
from rakelab.present.gate import language, released, unpack
from rakelab.present.markup import Column, Grid, Place
from rakelab.present.numbering import COMMON, Numbers
from rakelab.present.origin import merged, origins
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Given, Kinds, Options, Sentence, Specified, Tables
from rakelab.present.sentences.spoken import refuse_strange

FORMAT = "rakelab-exhibit-1"
MIME = "application/vnd.rakelab+json"


@dataclass(frozen=True)
class Scene(Given):
    """What a renderer gets, with an id unique on the page."""

    id: str
    numbers: Numbers | None = None  # of the page; none in JupyterLab
    inside: bool = False  # a figure, which says what the table is of

    @property
    def table(self) -> Released:
        """The exhibit's table with the columns that the exhibit shows."""
        table = super().table
        return table.only(*map(unpack, self.options["columns"])) if "columns" in self.options else table

    @cached_property
    def effects(self) -> estimate.Effects:
        """The model of the exhibit's counts, fitted once for picture, table and words."""
        return estimate.effects(self.table)

    @property
    def finding(self) -> Sentence:
        """What the figure shows."""
        return Sentence.of(self.options["alt"], self.tables)

    def head(self, name: str) -> str:
        """One of the headings of tables."""
        return self.words(f"present.table.{name}")

    def variable(self, name: str | None = None) -> str:
        """The title of a variable; where none is named, of the one that is counted."""
        return wording.variable_title(self.table, self.table.view.variable if name is None else name, self.lang)

    def notes(self, *names: str, small: bool = False, **values: object) -> list[str]:
        """Lines under a table; ``small``: some numbers are of few people."""
        every = {name: self.words(f"present.key.{name}", n=estimate.INDICATIVE_BASE, **values)
                 for name in (*names, *(("indicative",) if small else ()))}  # fmt: skip
        if self.numbers is None:
            return list(every.values())
        self.numbers.notes |= {name: words for name, words in every.items() if name in COMMON}
        return [words for name, words in every.items() if name not in COMMON]

    def grid(
        self, caption: str, columns: Sequence[Column], items: Sequence[Any], keys: Sequence[str] = (), *ids: str,
    ) -> Markup:  # fmt: skip
        """A table of one section; ``ids`` of the released tables in it, where it is not the exhibit's own."""
        return self.written(Grid(self.id, self.lang, caption, columns, [("", items)], keys), *ids)

    def written(self, grid: Grid, *ids: str) -> Markup:
        """A table with its number on the page."""
        title = self.head("data") if self.inside else ""
        if self.numbers is None:
            return markup.table(replace(grid, title=title))
        named = [self.options[name] for name in ("table", "first", "second") if name in self.options]
        n = self.numbers.table(*(ids or self.options.get("tables") or named))
        place = Place(f"taulukko-{n}", self.words("present.table.number", n=n), self.numbers.notes)
        return markup.table(replace(grid, title=title, place=place))


Renderer = Callable[[Scene], Markup]
renders: Kinds[Renderer] = Kinds()
#: What makes the style that exhibits bring with them to JupyterLab; ``figures`` knows the colours.
STYLES: list[Callable[[], str]] = []


@dataclass(frozen=True, repr=False)
class Exhibit(Specified):
    """One thing on the page."""

    lang: str = ""
    extra: Options = field(default_factory=dict, repr=False)  # rides along in the bundle, e.g. the whole release

    def __post_init__(self) -> None:
        object.__setattr__(self, "lang", language(self.lang or i18n.spoken()))

    @property
    def spec(self) -> dict[str, Any]:
        """The exhibit as JSON: format, kind and options."""
        return {"format": FORMAT, **super().spec}

    def html(self, lang: str | None = None) -> str:
        """The exhibit in its own language, or in another."""
        return render(self.spec, self.tables, lang or self.lang)

    @property
    def stamp(self) -> dict[str, Any]:
        """Output metadata by which the report publishes: it has passed the wall, and in which release."""
        return {"rakelab": {"released": True, "of": origins(self.tables)}}

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        html = self.html()
        refuse_strange(html)
        style = "".join(make() for make in STYLES)  # pages have their own, and are drawn from the specification
        shown = f"{style}{html}{advice(self.spec, self.tables, self.lang)}"
        bundle = {"text/html": shown, "text/plain": repr(self), MIME: {**self.spec, **self.extra}}
        return bundle, self.stamp


def render(spec: Options, release: Tables, lang: str, number: int = 0, numbers: Numbers | None = None) -> str:
    """The HTML of an exhibit from its specification.

    ``release`` maps table ids to released tables (a ``Release`` does). ``number`` sets apart two equal exhibits on
    one page, and ``numbers`` are those of its figures and tables. Raises UsageError for a format, kind, table or
    language that does not exist.
    """
    with i18n.marking():
        scene = replace(scene_of(spec, release, lang, number), numbers=numbers)
        return markup.with_languages(str(draw(scene)))


def draw(scene: Scene) -> Markup:
    """The HTML of one scene; of what the file has no column for, that it was not asked."""
    if not scene.asked:
        title = wording.title(scene.table, scene.lang, grouped=False)
        return markup.note("not-asked", scene.words("present.not_asked", title=title))
    return renders.of(scene.kind)(scene)


def scene_of(spec: Options, release: Tables, lang: str, number: int = 0) -> Scene:
    """What the renderer of ``spec`` gets; raises UsageError as ``render`` does."""
    language(lang)
    renders.of(spec.get("kind") if spec.get("format") == FORMAT else None)
    for table in (*([spec["table"]] if "table" in spec else []), *spec.get("tables", [])):
        if table not in release:
            raise UsageError("present.no_table", table=table, known=", ".join(release))
    options = {name: value for name, value in spec.items() if name not in ("format", "kind")}
    return Scene(spec["kind"], release, options, lang, ident(spec, number))


def ident(spec: Options, number: int = 0) -> str:
    """An id for the page, the same in every run: kind, and a digest of the specification."""
    known = {name: value for name, value in spec.items() if name != "release"}
    digest = sha256(dumps(known, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:8]
    return f"{spec['kind']}-{digest}" + (f"-{number}" if number else "")


def exhibit_of(kind: str, table: object, lang: str, **options: Any) -> Exhibit:
    """An exhibit of one table; WallError for what has not passed the wall."""
    passed = released(table)
    return Exhibit(kind, {"table": passed.view.id, **options}, {passed.view.id: passed}, lang)


def figure_of(kind: str, table: object, alt: Sentence, lang: str, **options: Any) -> Exhibit:
    """A figure of one table; of several, where ``options`` name the others in ``tables``."""
    passed, spoken = released(table), alternative(alt)
    others = merged({other.view.id: other} for other in options.pop("others", ()))
    named = {"tables": [passed.view.id, *others]} if others else {}
    chosen = {"table": passed.view.id, **named, **options, "alt": spoken.spec}
    return Exhibit(kind, chosen, merged([spoken.tables, others, {passed.view.id: passed}]), lang)


def alternative(alt: object) -> Sentence:
    """``alt`` itself, if it is a finding. A bare text cannot be told in three languages, nor checked."""
    if isinstance(alt, Sentence):
        return alt
    raise UsageError("present.no_alt", kind=type(alt).__name__)


# --- what is shown to the author of a notebook only, never on a page ------------------------------------------


def advice(spec: Options, tables: Tables, lang: str) -> Markup:
    """Which answers could be one, as the tables of an exhibit advise; empty where they do not."""
    named = (tables[name] for name in dict.fromkeys(_tables_of(spec)) if name in tables)
    return markup.together(*(markup.paragraph(_merge(table, lang), "advice") for table in named if table.advice))


def _tables_of(spec: Mapping[str, Any]) -> Iterator[str]:
    yield from ([spec["table"]] if "table" in spec else [])
    for part in spec.get("exhibits", ()):
        yield from _tables_of(part)


def _merge(table: Released, lang: str) -> str:
    assert table.advice is not None
    name = table.advice.variable
    labels = (wording.label(table, key((name, level)), lang) for level in table.advice.levels)
    levels = i18n.listing((i18n.text("present.quoted", lang, label=label) for label in labels), lang)
    return i18n.text("present.text.merge", lang, levels=levels, variable=wording.variable_title(table, name, lang))
