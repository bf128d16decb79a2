"""A codebook as TOML: fields, options, and questions for a human as comments."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rakelab import i18n
from rakelab.draft import words
from rakelab.draft.conditions import REST
from rakelab.draft.questions import CHOICE, DATE, DROP, LIST, NUMBER, PERSON, TEXT, Question
from rakelab.fields import RESERVED_LEVELS
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.names import is_reserved

_UNSEEN = re.compile(r"[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_LONG = 48
#: A title is shortened to this; the column is then found by an alias.
_TITLE = 400
_AGES = ((None, 17), (18, 29), (30, 44), (45, 64), (65, None))


@dataclass(frozen=True)
class Form:
    """A drafted form: its own language, the language of the questions for a human, and how few is too few."""

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
    kept = [question for question in form.questions if question.kind != DROP]
    names = _names([question.title for question in kept], form.lang)
    by_place = {id(question): name for question, name in zip(kept, names, strict=True)}
    region = next((question for question in kept if _is_region(question)), None)
    lines = [*_head(form), *_dropped(form)]
    for question in kept:
        lines += ["", *_field(form, question, by_place, question is region)]
    ages = [question for question in kept if question.kind == NUMBER and words.is_of("age", question.title)]
    for question in ages[:1]:
        lines += ["", *_bands(form, by_place[id(question)], set(names))]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """``text`` as a TOML string; what nobody can see is written by its number."""
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return _UNSEEN.sub(lambda mark: f"\\u{ord(mark[0]):04x}", json.dumps(whole, ensure_ascii=False))


def _said(form: Form, key: str, **values: object) -> str:
    return "# " + i18n.text(f"draft.{key}", form.spoken, **values)


def _label(form: Form, text: str) -> str:
    return f"{{ {form.lang} = {quoted(' '.join(text.split()))} }}"


def _head(form: Form) -> list[str]:
    missing = ('    ' + " ".join(f'{{ value = {quoted(word)}, kind = "ei_tietoa" }},' for word in of_language)
               for of_language in words.UNKNOWN.values())  # fmt: skip
    return [
        *(_said(form, key, limit=form.limit) for key in ("made", "look", "rare_ones")),
        *("# " + note for note in form.notes),
        'missing = [\n    { value = "", kind = "tyhja" },',
        *missing,
        "]",
        "",
        "[codebook]",
        f"name = {quoted(form.name)}",
        f"title = {_label(form, form.title)}",
        'nonresponse = "open"',
    ]


def _dropped(form: Form) -> list[str]:
    dropped = [question for question in form.questions if question.kind == DROP]
    told = [_said(form, f"dropped.{one.dropped}", column=quoted(one.whole[0].heading.shown)) for one in dropped]
    return ["", _said(form, "dropped.head"), *told] if told else []


def _field(form: Form, question: Question, names: Mapping[int, str], region: bool) -> list[str]:
    lines = [_said(form, f"ask.{ask}") for ask in dict.fromkeys(question.asks)]
    sensitive = words.sensitivity((question.title, *question.options))
    lines += [_said(form, "ask.sensitive")] if sensitive else []
    title = question.title if len(question.title) <= _TITLE else question.title[: _TITLE - 1] + "…"
    lines += ["[[field]]", f"name = {quoted(names[id(question)])}", f'type = "{_type(question)}"']
    lines += [f"title = {_label(form, title)}"]
    lines += [f"aliases = [{quoted(question.title)}]"] if title != question.title else []
    lines += [f'sensitivity = "{sensitive or "text"}"'] if sensitive or question.kind == TEXT else []
    lines += ['role = "region"'] if region else ['role = "person"'] if question.kind == PERSON else []
    lines += _options(form, question)
    if question.limits:
        lines.append("constraints = {{ minimum = {}, maximum = {} }}".format(*question.limits))
    if question.applies:
        leading, levels = question.applies
        values = ", ".join(quoted(value) for value in _values_of(form, form.questions[leading], levels))
        lines.append(f"applies = {{ field = {quoted(names[id(form.questions[leading])])}, values = [{values}] }}")
    return lines


def _type(question: Question) -> str:
    if question.kind == NUMBER:
        return "integer" if question.whole_numbers else "number"
    return {DATE: "date", LIST: "list"}.get(question.kind, "string")


def _is_region(question: Question) -> bool:
    return question.kind == CHOICE and words.is_of("region", question.title)


def _options(form: Form, question: Question) -> Iterator[str]:
    if question.kind not in (CHOICE, LIST):
        return
    options, values, other = _all_options(form, question)
    yield "categories = ["
    for option, value in zip(options, values, strict=True):
        more = f", aliases = [{', '.join(map(quoted, question.spelt[option]))}]" if option in question.spelt else ""
        alone = ", exclusive = true" if option in question.alone else ""
        yield f"    {{ value = {quoted(value)}, label = {_label(form, option)}{more}{alone} }},"
    yield "]"
    if question.ordered:
        yield "categoriesOrdered = true"
    if other:
        yield f"catch_all = {quoted(other)}"


def _all_options(form: Form, question: Question) -> tuple[list[str], list[str], str]:
    """The options, their values, and the value of what takes in the rest; one is made where the form has none."""
    options, other = list(question.options), ""
    if question.rest or not options:
        own = [option for option in options if words.is_other(option)]
        options += [] if own else [i18n.text("draft.other", form.lang)]
        other = own[-1] if own else options[-1]
    values = _values(options)
    return options, values, values[options.index(other)] if other else ""


def _values_of(form: Form, question: Question, levels: Iterable[int]) -> list[str]:
    _, values, other = _all_options(form, question)
    return [other if level == REST else values[level] for level in levels]


# --- names ----------------------------------------------------------------------------------------------------


def _names(titles: Sequence[str], lang: str) -> list[str]:
    """A name for each question, made of its words, that is no other question's heading and none that the tool makes."""
    headings, made = list(map(fold_heading, titles)), list[str]()
    for i, title in enumerate(titles):
        others = {*headings[:i], *headings[i + 1 :], *map(fold_heading, made)}
        stem = _slug(fold_heading(title)) or f"{i18n.text('draft.question', lang)}_{i + 1}"
        tries = [stem, *(f"{stem}_{n}" for n in range(2, len(titles) + 3)), f"{stem}_{i + 1}_"]
        made.append(next(name for name in tries if fold_heading(name) not in others and not is_reserved(name)))
    return made


def _values(options: Sequence[str]) -> list[str]:
    """A code for each option, that is no other option's words."""
    spoken, made = list(map(fold, options)), list[str]()
    for i, option in enumerate(options):
        others = {*spoken[:i], *spoken[i + 1 :], *made, *RESERVED_LEVELS}
        stem = _slug(option) or str(i + 1)
        made.append(next(name for name in _numbered(stem) if name not in others))
    return made


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    n = 2
    while True:
        yield f"{stem}_{n}"
        n += 1


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return slug if len(slug) <= _LONG else slug[:_LONG].rpartition("_")[0] or slug[:_LONG]


def _bands(form: Form, age: str, taken: Collection[str]) -> list[str]:
    """Age groups that are the same in every draft."""
    name = next(name for name in _numbered(f"{age}_ryhma") if name not in taken)
    lines = [_said(form, "ask.bands"), "[[bands]]", f"name = {quoted(name)}", f"of = {quoted(age)}"]
    lines += [f"title = {_label(form, i18n.text('draft.age_group', form.lang))}", "categories = ["]
    for low, high in _AGES:
        ends = [f"minimum = {low}"] if low else []
        ends += [f"maximum = {high}"] if high else []
        key = "under" if low is None else "over" if high is None else "between"
        words_of_it = i18n.text(f"draft.band.{key}", form.lang, low=low or 0, high=(high or 0) + (low is None))
        lines.append(f'    {{ value = "{low or ""}-{high or ""}", {", ".join(ends)}, label = {_label(form, words_of_it)} }},')
    return [*lines, "]"]
