"""``Exhibit``: something shown, kept as a language-neutral specification that names released tables by id.

One execution serves every language: ``render`` makes the page of any language from the specification and the release.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from json import dumps
from typing import Any

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import Released
from rakelab.errors import UsageError
from rakelab.estimate import Effects, effects
from rakelab.present.advised import advised
from rakelab.present.gate import language, released, unpack
from rakelab.present.origin import merged, origins
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.specified import Given, Kinds, Options, Specified, Tables
from rakelab.present.sentences.spoken import refuse_strange

FORMAT = "rakelab-exhibit-1"
MIME = "application/vnd.rakelab+json"


@dataclass(frozen=True)
class Scene(Given):
    """What a renderer gets, with an id unique on the page."""

    id: str

    @property
    def table(self) -> Released:
        """The exhibit's table with the columns that the exhibit shows."""
        found = super().table
        if "columns" not in self.options:
            return found
        return found.only(*(unpack(one) for one in self.options["columns"]))

    @cached_property
    def effects(self) -> Effects:
        """The model of the exhibit's counts, fitted once for picture, table and words."""
        return effects(self.table)

    @property
    def alt(self) -> str:
        """The finding of the figure, with its numbers."""
        return Sentence.of(self.options["alt"], self.tables).text(self.lang)


Renderer = Callable[[Scene], Markup]
renders: Kinds[Renderer] = Kinds()


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
        html += advised(self.spec, self.tables, self.lang)  # pages are drawn from the specification
        bundle = {"text/html": html, "text/plain": repr(self), MIME: {**self.spec, **self.extra}}
        return bundle, self.stamp


def render(spec: Options, release: Tables, lang: str, number: int = 0) -> str:
    """The HTML of an exhibit from its specification.

    ``release`` maps table ids to released tables (a ``Release`` does). ``number`` sets apart two equal exhibits on
    one page. Raises UsageError for a format, kind, table or language that does not exist.
    """
    return str(draw(spec["kind"], scene_of(spec, release, lang, number)))


def draw(kind: str, scene: Scene) -> Markup:
    """The HTML of one scene."""
    return renders.of(kind)(scene)


def scene_of(spec: Options, release: Tables, lang: str, number: int = 0) -> Scene:
    """What the renderer of ``spec`` gets; raises UsageError as ``render`` does."""
    language(lang)
    renders.of(spec.get("kind") if spec.get("format") == FORMAT else None)
    for table in (*([spec["table"]] if "table" in spec else []), *spec.get("tables", [])):
        if table not in release:
            raise UsageError("present.no_table", table=table, known=", ".join(release))
    options = {name: value for name, value in spec.items() if name not in ("format", "kind")}
    return Scene(release, options, lang, ident(spec, number))


def ident(spec: Options, number: int = 0) -> str:
    """An id for the page, the same in every run: kind, and a digest of the specification."""
    known = {name: value for name, value in spec.items() if name != "release"}
    digest = sha256(dumps(known, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:8]
    return f"{spec['kind']}-{digest}" + (f"-{number}" if number else "")


def exhibit_of(kind: str, table: object, lang: str, **options: Any) -> Exhibit:
    """An exhibit of one table; WallError for what has not passed the wall."""
    found = released(table)
    return Exhibit(kind, {"table": found.view.id, **options}, {found.view.id: found}, lang)


def figure_of(kind: str, found: Released, alt: Sentence, lang: str, **options: Any) -> Exhibit:
    """A figure of one table; of several, where ``options`` name the others in ``tables``."""
    spoken = alternative(alt)
    others = merged({one.view.id: one} for one in options.pop("others", ()))
    named = {"tables": [found.view.id, *others]} if others else {}
    chosen = {"table": found.view.id, **named, **options, "alt": spoken.spec}
    return Exhibit(kind, chosen, merged([spoken.tables, others, {found.view.id: found}]), lang)


def alternative(alt: object) -> Sentence:
    """``alt`` itself, if it is a finding. A bare text cannot be told in three languages, nor checked."""
    if isinstance(alt, Sentence):
        return alt
    raise UsageError("present.no_alt", kind=type(alt).__name__)
