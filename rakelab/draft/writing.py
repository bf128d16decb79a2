"""A codebook as TOML: fields, options, and questions for a human as comments."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from rakelab import i18n
from rakelab.draft import words
from rakelab.draft.conditions import REST
from rakelab.draft.questions import CHOICE, DROP, LIST, NUMBER, PERSON, TEXT, Question
from rakelab.fields import RESERVED_LEVELS
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.names import is_reserved

_UNSEEN = re.compile(r"[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
#: Longer names are cut, and longer titles: their column is found by an alias.
_NAME, _TITLE = 48, 400


@dataclass(frozen=True)
class Form:
    """A drafted form: its own language, the language of the questions for a human, how few is too few, and what was
    noticed on reading."""

    title: str
    questions: Sequence[Question]
    lang: str
    spoken: str
    limit: int
    notes: Sequence[str] = ()

    @property
    def name(self) -> str:
        return _slug(self.title) or "kysely"


def toml(form: Form) -> str:
    """The text of the codebook."""
    titles = ["" if one.kind == DROP else one.title for one in form.questions]
    names, lines = _names(titles), _head(form)
    regions = (place for place, one in enumerate(form.questions) if one.kind == CHOICE and _is(one, "region"))
    region = next(regions, -1)
    for place, question in enumerate(form.questions):
        if question.kind != DROP:
            role = PERSON if question.kind == PERSON else "region" if place == region else ""
            lines += ["", *_field(form, names, place, role)]
    ages = (name for name, one in zip(names, form.questions, strict=True) if one.kind == NUMBER and _is(one, "age"))
    for age in list(ages)[:1]:
        lines += ["", _said(form, "ask.bands"), i18n.text("draft.bands", form.lang, lang=form.lang, of=age).strip()]
    return "\n".join(lines) + "\n"


def _is(question: Question, kind: str) -> bool:
    return words.is_of(kind, question.title)


def quoted(text: str) -> str:
    """``text`` as a TOML string; what nobody can see is written by its number."""
    whole = json.dumps(unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode()), ensure_ascii=False)
    return _UNSEEN.sub(lambda mark: f"\\u{ord(mark[0]):04x}", whole)


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]" if texts else ""


def _said(form: Form, key: str, **values: object) -> str:
    return "# " + i18n.text(f"draft.{key}", form.spoken, **values)


def _label(form: Form, text: str) -> str:
    return f"{{ {form.lang} = {quoted(' '.join(text.split()))} }}"


def _head(form: Form) -> list[str]:
    dropped = [(one.dropped, one.columns[0].heading.shown) for one in form.questions if one.kind == DROP]
    return [
        *(_said(form, key, limit=form.limit) for key in ("made", "look", "rare_ones")),
        *("# " + note for note in form.notes),
        *([_said(form, "dropped.head")] if dropped else []),
        *(_said(form, f"dropped.{why}", column=quoted(shown)) for why, shown in dropped),
        'missing = [\n    { value = "", kind = "tyhja" },',
        *("    " + " ".join(f'{{ value = {quoted(word)}, kind = "ei_tietoa" }},' for word in of_language)
          for of_language in words.WORDS["unknown"].values()),
        f"]\n\n[codebook]\nname = {quoted(form.name)}\ntitle = {_label(form, form.title)}",
        'nonresponse = "open"',
    ]  # fmt: skip


def _field(form: Form, names: Sequence[str], place: int, role: str) -> Iterator[str]:
    question = form.questions[place]
    sensitive = words.sensitivity((question.title, *question.options))
    yield from (_said(form, f"ask.{ask}") for ask in (*question.asks, *(["sensitive"] if sensitive else [])))
    title = question.title if len(question.title) <= _TITLE else question.title[: _TITLE - 1] + "…"
    numeric = "integer" if question.whole else NUMBER
    kinds = {CHOICE: "string", TEXT: "string", PERSON: "string", NUMBER: numeric}
    options, values, other = _options(form, question)
    keys = {
        "name": quoted(names[place]),
        "type": quoted(kinds.get(question.kind, question.kind)),
        "title": _label(form, title),
        "aliases": _listed([question.title] if title != question.title else []),
        "sensitivity": quoted(sensitive or TEXT) if sensitive or question.kind == TEXT else "",
        "role": quoted(role) if role else "",
        "constraints": "{{ minimum = {}, maximum = {} }}".format(*question.limits) if question.limits else "",
        "categories": "\n".join(["[", *_categories(form, question, options, values), "]"]) if options else "",
        "categoriesOrdered": "true" if question.ordered else "",
        "catch_all": quoted(other) if other else "",
        "applies": _applies(form, question, names),
    }
    yield "[[field]]"
    yield from (f"{key} = {value}" for key, value in keys.items() if value)


def _applies(form: Form, question: Question, names: Sequence[str]) -> str:
    if question.applies is None:
        return ""
    leading, levels = question.applies
    _, values, other = _options(form, form.questions[leading])
    met = _listed([other if level == REST else values[level] for level in levels])
    return f"{{ field = {quoted(names[leading])}, values = {met} }}"


def _categories(form: Form, question: Question, options: Sequence[str], values: Sequence[str]) -> Iterator[str]:
    for option, value in zip(options, values, strict=True):
        more = f", aliases = {_listed([question.spelt[option]])}" if option in question.spelt else ""
        more += ", exclusive = true" if option in question.alone else ""
        yield f"    {{ value = {quoted(value)}, label = {_label(form, option)}{more} }},"


def _options(form: Form, question: Question) -> tuple[list[str], list[str], str]:
    """The options, a code for each that is no other's words, and the code of what takes in the rest; an option is made
    for that where the form has none."""
    options, own = list(question.options), [text for text in question.options if words.is_of("other", text)]
    catches = question.kind in (CHOICE, LIST) and (question.rest or not options)
    options += [i18n.text("draft.other", form.lang)] if catches and not own else []
    values: list[str] = []
    for i, option in enumerate(options):
        taken = {*map(fold, options[:i]), *map(fold, options[i + 1 :]), *values, *RESERVED_LEVELS}
        values.append(next(name for name in _numbered(_slug(option) or str(i + 1)) if name not in taken))
    return options, values, values[options.index(own[-1]) if own else -1] if catches else ""


def _names(titles: Sequence[str]) -> list[str]:
    """A name for each question, made of its words, that is no other's heading and none that the tool makes."""
    headings, made = list(map(fold_heading, titles)), list[str]()
    for i, heading in enumerate(headings):
        taken = {*headings[:i], *headings[i + 1 :], *map(fold_heading, made)}
        stem = _slug(heading) or f"kysymys_{i + 1}"
        tries = _numbered(f"kysymys_{stem}" if is_reserved(stem) else stem)
        made.append(next(name for name in tries if fold_heading(name) not in taken and not is_reserved(name)))
    return made


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}_{n}" for n in count(2))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return slug if len(slug) <= _NAME else slug[:_NAME].rpartition("_")[0] or slug[:_NAME]
