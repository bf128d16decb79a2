"""A codebook as TOML: fields, options, and questions for a human as comments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rakelab import i18n
from rakelab.declared import listed, quoted
from rakelab.draft.questions import CHOICE, DROP, LIST, NUMBER, PERSON, REST, TEXT, Question
from rakelab.fields import RESERVED_LEVELS
from rakelab.loaders import vocabulary
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.names import is_reserved, numbered, slug

#: Longer titles are cut: their column is found by an alias.
_TITLE = 400


@dataclass(frozen=True, repr=False)
class Draft:
    """A drafted form: its own language, that of the questions for a human, how few is too few, remarks."""

    title: str
    questions: Sequence[Question]
    lang: str
    spoken: str
    limit: int
    notes: Sequence[str] = ()

    @property
    def name(self) -> str:
        return slug(self.title) or "kysely"

    @property
    def text(self) -> str:
        titles = ["" if one.kind == DROP else one.title for one in self.questions]
        names, lines = _names(titles), _head(self)
        region, age, weight = (self._first(*of) for of in ((CHOICE, "region"), (NUMBER, "age"), (NUMBER, "weight")))
        for place, question in enumerate(self.questions):
            if question.kind != DROP:
                role = {region: "region", weight: "weight"}.get(place, PERSON if question.kind == PERSON else "")
                lines += ["", *_field(self, names, place, role)]
        if age >= 0:
            bands = i18n.text("draft.bands", self.lang, lang=self.lang, of=names[age])
            lines += ["", _said(self, "ask.bands"), bands.strip()]
        return "\n".join(lines) + "\n"

    def _first(self, kind: str, of: str) -> int:
        called = (i for i, one in enumerate(self.questions) if one.kind == kind and vocabulary.is_of(of, one.title))
        return next((i for i in called if of != "weight" or self.questions[i].answered.all()), -1)


def _said(form: Draft, key: str, **values: object) -> str:
    return "# " + i18n.text(f"draft.{key}", form.spoken, **values)


def _label(form: Draft, text: str) -> str:
    return f"{{ {form.lang} = {quoted(' '.join(text.split()))} }}"


def _head(form: Draft) -> list[str]:
    dropped = [(one.dropped, one.columns[0].heading.shown) for one in form.questions if one.kind == DROP]
    return [
        *(_said(form, key, limit=form.limit) for key in ("made", "look", "rare_ones")),
        *("# " + note for note in form.notes),
        *([_said(form, "dropped.head")] if dropped else []),
        *(_said(form, f"dropped.{why}", column=quoted(shown)) for why, shown in dropped),
        'missing = [\n    { value = "", kind = "tyhja" },',
        *("    " + " ".join(f'{{ value = {quoted(word)}, kind = "ei_tietoa" }},' for word in of_language)
          for of_language in vocabulary.WORDS["unknown"].values()),
        f"]\n\n[codebook]\nname = {quoted(form.name)}\ntitle = {_label(form, form.title)}",
        'nonresponse = "open"',
    ]  # fmt: skip


def _field(form: Draft, names: Sequence[str], place: int, role: str) -> Iterator[str]:
    question = form.questions[place]
    sensitive = vocabulary.sensitivity((question.title, *question.options))
    asks = (*question.asks, sensitive and "sensitive", "weight" if role == "weight" else "")
    yield from (_said(form, f"ask.{ask}") for ask in filter(None, asks))
    title = question.title if len(question.title) <= _TITLE else question.title[: _TITLE - 1] + "…"
    kinds = dict.fromkeys((CHOICE, TEXT, PERSON), "string") | {NUMBER: "integer" if question.whole else NUMBER}
    options, values, other = _options(form, question)
    keys = {
        "name": quoted(names[place]),
        "type": quoted(kinds.get(question.kind, question.kind)),
        "title": _label(form, title),
        "aliases": listed([question.title] if title != question.title else []),
        "sensitivity": quoted(sensitive or TEXT) if sensitive or question.kind == TEXT else "",
        "weight": "true" if role == "weight" else "",
        "role": quoted(role) if role not in ("", "weight") else "",
        "constraints": "{{ minimum = {}, maximum = {} }}".format(*question.limits) if question.limits else "",
        "categories": "\n".join(["[", *_categories(form, question, options, values), "]"]) if options else "",
        "categoriesOrdered": "true" if question.ordered else "",
        "catch_all": quoted(other) if other else "",
        "applies": _applies(form, question, names),
    }
    yield "[[field]]"
    yield from (f"{key} = {value}" for key, value in keys.items() if value)


def _applies(form: Draft, question: Question, names: Sequence[str]) -> str:
    if question.applies is None:
        return ""
    leading, levels = question.applies
    _, values, other = _options(form, form.questions[leading])
    met = listed([other if level == REST else values[level] for level in levels])
    return f"{{ field = {quoted(names[leading])}, values = {met} }}"


def _categories(form: Draft, question: Question, options: Sequence[str], values: Sequence[str]) -> Iterator[str]:
    for option, value in zip(options, values, strict=True):
        more = f", aliases = {listed([question.spelt[option]])}" if option in question.spelt else ""
        alone = vocabulary.is_of("alone", option) and option not in question.beside and question.kind == LIST
        more += ", exclusive = true" if alone else ""
        yield f"    {{ value = {quoted(value)}, label = {_label(form, option)}{more} }},"


def _options(form: Draft, question: Question) -> tuple[list[str], list[str], str]:
    """The options, with one for the rest where there is any; codes that are no other's words; the code of the rest."""
    options, own = list(question.options), [text for text in question.options if vocabulary.is_of("other", text)]
    catches = question.kind in (CHOICE, LIST) and (question.rest or not options)
    options += [i18n.text("draft.catch_all", form.lang)] if catches and not own else []
    values: list[str] = []
    for i, option in enumerate(options):
        taken = {*map(fold, options[:i]), *map(fold, options[i + 1 :]), *values, *RESERVED_LEVELS}
        values.append(next(name for name in numbered(slug(option) or str(i + 1)) if name not in taken))
    return options, values, values[options.index(own[-1]) if own else -1] if catches else ""


def _names(titles: Sequence[str]) -> list[str]:
    headings, made = list(map(fold_heading, titles)), list[str]()
    for i, heading in enumerate(headings):
        taken = {*headings[:i], *headings[i + 1 :], *map(fold_heading, made)}
        stem = slug(heading) or f"kysymys_{i + 1}"
        tries = numbered(f"kysymys_{stem}" if is_reserved(stem) else stem)
        made.append(next(name for name in tries if fold_heading(name) not in taken and not is_reserved(name)))
    return made
