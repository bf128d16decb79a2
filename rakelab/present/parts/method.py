"""The page's frame in words: findings first, what was hidden, notes, and last how it was made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import PurePath, PureWindowsPath
from platform import python_version
from typing import Any

from markupsafe import Markup

import rakelab
from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Quantity, Release, Released, ReleasedAccount, State, shown
from rakelab.errors import UsageError
from rakelab.population import regional, sensitive
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.gate import flat, whole
from rakelab.present.origin import merged
from rakelab.present.parts.weight import chosen
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence

#: Whose versions decide the numbers and the page.
PACKAGES = ("pandas", "numpy", "scipy", "statsmodels", "matplotlib", "seaborn", "papermill", "nbconvert")

# --- findings and notes ---------------------------------------------------------------------------------------


def findings(*sentences: Sentence | Iterable[Sentence], lang: str = "", ranked: bool = True) -> Exhibit:
    """The summary: of the candidates the first, then those with most to say (``weight``), five at most; all of them
    in order where they are not ``ranked``."""
    given = flat(sentences, Sentence, "present.not_a_sentence")
    if not given:
        raise UsageError("present.nothing_given")
    given = [sentence for sentence in given if sentence.asked] or given[:1]
    kept = (chosen(tuple(given)) or given[:1]) if ranked else given
    tables = merged(sentence.tables for sentence in kept)
    whole = {} if ranked else {"whole": True}
    return Exhibit("findings", {"sentences": [sentence.spec for sentence in kept], **whole}, tables, lang)


@renders("findings")
def _findings(scene: Scene) -> Markup:
    """A plain sentence each, with what it rests on under it; where they are told ``whole``, all that there is to say.
    That some of its numbers are of few people is said by a sentence, or once for the whole summary."""
    sentences = [Sentence.of(spec, scene.tables) for spec in scene.options["sentences"]]
    texts, quiet = ([own.text(scene.lang, quiet=silent) for own in sentences] for silent in (False, True))
    small = [i for i, text in enumerate(texts, 1) if text != quiet[i - 1]]
    caution = Markup("")
    if len(small) > 1:
        word = "indicative_all" if len(small) == len(sentences) else "indicative_some"
        caution = markup.paragraph(scene.words(f"present.text.{word}", which=scene.listing(map(str, small))), "note")
    told: list[str] = quiet if len(small) > 1 else texts
    if "whole" not in scene.options:
        alone = scene.words("present.indicative") if len(small) == 1 else ""
        news = [_news(own.news(scene.lang), alone if i in small else "") for i, own in enumerate(sentences, 1)]
        told = [said for said in news if said] or texts[:1]
    return markup.exhibit("findings", _small_data(scene), markup.items(told, class_="findings"), caution)


def _news(news: tuple[str, str], caution: str) -> Markup:
    """The sentence, and on a second line what it rests on."""
    said, under = news[0], "; ".join(filter(None, (news[1], caution)))
    return (
        markup.together(said, markup.LINE_BREAK, markup.small("interval", under))
        if said and under
        else markup.together(said)
    )


def _small_data(scene: Scene) -> Markup:
    """Says at once that most of what the findings are about cannot be shown; empty where most can."""
    named = dict.fromkeys(spec["table"] for spec in scene.options["sentences"])
    tables = (scene.tables[name] for name in named)
    hidden = [table for table in tables if wording.mostly_hidden(table) and TOTAL in table.cells]
    if 2 * len(hidden) < max(1, len(named)):
        return Markup("")
    base = wording.base(hidden[0], TOTAL, scene.lang)
    return markup.paragraph(scene.words("present.text.small_data", base=base), "too-few")


def note(key: str, lang: str = "", **values: object) -> Exhibit:
    """One of the tool's own sentences, by its key in ``locales``."""
    return Exhibit("note", {"word": key, "values": {name: plain(name, v) for name, v in values.items()}}, {}, lang)


#: What an author may know of the rounds of a survey, as the notebook's parameter says it.
RESPONDENTS = {"ei tiedetä": "unknown", "eri": "different", "samat": "same"}


def respondents(known: str, *, lang: str = "") -> Exhibit:
    """Whether the same people answered in each round of a survey, or that it is not known. UsageError for another
    word."""
    word = RESPONDENTS.get(str(known).strip().casefold())
    if word is None:
        raise UsageError("present.not_respondents", known=", ".join(RESPONDENTS))
    return note(f"present.respondents.{word}", lang)


@renders("note")
def _note(scene: Scene) -> Markup:
    return markup.note("note", scene.words(scene.options["word"], **scene.options["values"]))


# --- what was hidden ------------------------------------------------------------------------------------------


def protection(release: Release, lang: str = "") -> Exhibit:
    """What was hidden and by which rule. Its bundle carries the whole release, for the report and for audit."""
    from rakelab import archive

    kept = _release(release)
    # as text, because the keys of a notebook that is written to a file are sorted
    return Exhibit("protection", {}, kept, lang, {"release": archive.dumps(kept)})


def _release(release: object) -> Release:
    if isinstance(release, Mapping) and not isinstance(release, Release):
        raise UsageError("present.not_a_release", kind=type(release).__name__)
    return whole(release)


@renders("protection")
def _protection(scene: Scene) -> Markup:
    release = whole(scene.tables)
    if not release.tables:
        return markup.exhibit("protection", markup.paragraph(scene.words("present.method.no_rows")))
    cells = release.cells.values()
    hidden = sum(cell.state is State.HIDDEN for cell in cells)
    numbers = {"hidden": i18n.number(hidden, scene.lang), "all": i18n.number(len(cells), scene.lang)}
    lines = [scene.words(f"present.method.{'protection' if hidden else 'nothing_hidden'}", **numbers)]
    lines += rule_words(release, scene.lang)
    lines += [scene.words("present.method.synthetic")] if release.account.synthetic else []
    return markup.exhibit("protection", markup.paragraph(" ".join(lines)))


def rule_words(release: Release, lang: str) -> list[str]:
    """The protection rule in sentences, with its thresholds."""
    rule, people = release.rule, release.account.population
    rows = ((table.variables, row) for table in release.values() for row in table.view.rows)
    opened = (level in of[name].open for of, row in rows for name, level in row if name in of)  # told however small
    # where the stricter limit holds, by what everybody in the report is known to be
    here = {(True, True): "_all", (True, False): "_here", (False, True): "_those"}
    strict = f"sensitive{here.get((regional(people), sensitive(people)), '')}"
    words: dict[str, dict[str, int]] = {
        "rule": {"below": rule["threshold"] - 1},
        strict: {"below": rule["sensitive_threshold"] - 1},
        **({"open": {}} if any(opened) else {}),
        "cover": {},
        "indicative": {"n": estimate.INDICATIVE_BASE},
    }
    return [i18n.text(f"present.method.{word}", lang, **values) for word, values in words.items()]


# --- how it was made ------------------------------------------------------------------------------------------


def made(
    release: Release, *, parameters: Mapping[str, object] | None = None, of: Iterable[Released] | None = None,
    lang: str = "",
) -> Exhibit:  # fmt: skip
    """How the report was made: choices (never a path), file and checksum, rows, selections, rule, versions. Of a
    gathered page only the sources of the tables ``of`` it are named."""
    chosen = {name: plain(name, value) for name, value in (parameters or {}).items()}
    named = {} if of is None else {"sources": sorted({table.view.id.partition("/")[0] for table in of})}
    return Exhibit("made", {"parameters": chosen, "versions": versions(), **named}, _release(release), lang)


def versions() -> dict[str, str]:
    """The versions of Python, rakelab and the packages that the numbers depend on."""
    known = {"Python": python_version(), "rakelab": rakelab.__version__}
    for name in PACKAGES:
        try:
            known[name] = version(name)
        except PackageNotFoundError:
            continue
    return known


def plain(name: str, value: object) -> Any:
    """A parameter as it may stand on a page: a path becomes the file's name."""
    if isinstance(value, PurePath):
        return value.name
    if isinstance(value, str):
        return PureWindowsPath(value).name if _is_path(value) else value
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(name, part) for part in value]
    raise UsageError("present.not_plain", name=name, kind=type(value).__name__)


def _is_path(text: str) -> bool:
    """Looks like a path of a machine: a backslash, a leading / . ~ with a slash, or a slash and a file's suffix."""
    if "\\" in text:
        return True
    return "/" in text and (text[0] in "/.~" or PurePath(text).suffix[1:2].isalpha())


#: What there is to tell of a page that draws on published figures only, and of one gathered from other reports.
_ROWLESS = ("parameters", "versions")
_GATHERED = ("parameters", "sources", "counting", "rule_title", "versions")


@renders("made")
def _made(scene: Scene) -> Markup:
    release = whole(scene.tables)
    terms = _terms(release, scene)
    every = tuple(term for term in terms if term != "sources")
    kept = _GATHERED if release.parts else every if release.tables else _ROWLESS
    named = [(scene.words(f"present.method.{term}"), terms[term]) for term in terms if term in kept and terms[term]]
    synthetic = markup.paragraph(scene.words("present.method.synthetic"), "mark")
    mark = synthetic if release.account.synthetic else Markup("")
    return markup.exhibit("made", mark + markup.definitions(named))


def _terms(release: Release, scene: Scene) -> dict[str, list[str]]:
    account, lang = release.account, scene.lang
    names = i18n.words(lang)  # a parameter that the tool does not know keeps its name
    chosen = scene.options["parameters"].items()
    parts = [part for part in release.parts if part.id in scene.options.get("sources", [part.id])]
    return {
        "parameters": [_pair(scene, names.get(f"parameters.name.{name}", name), value) for name, value in chosen],
        "sources": [
            scene.words(
                "present.method.source", title=part.release.account.title[lang], folder=part.id, hash=part.sha256,
                n=_count(scene, part.release.account.used),
            )
            for part in parts
        ],
        "file": [account.file],
        "hash": [account.sha256],
        "codebook": [
            scene.words(
                "present.method.version", title=account.title[lang], codebook=account.codebook, version=account.version
            )
        ],
        "read": [_count(scene, account.read)],
        "set_aside": _set_aside(scene, account),
        "left_out": list(_left_out(release, scene)),
        "steps": _steps(scene, account.steps),
        "used": [_count(scene, account.used)],
        "counting": [scene.words(f"present.{word}") for word in _counting(release)],
        "rule_title": rule_words(release, lang) if release.rule else [],
        "versions": [_pair(scene, name, value) for name, value in scene.options["versions"].items()],
    }  # fmt: skip


def _counting(release: Release) -> list[str]:
    """How the kinds of numbers in this release were computed."""
    tables = list(release.values())
    counts = [table for table in tables if table.view.measure == Quantity.COUNT]
    sampled = {table.sampled for table in tables if table.view.measure != Quantity.STATISTIC}
    names = {name for table in tables for _, name in table.statistics}
    answered = {table.view.answered for table in counts}
    percent = "method.percent_both" if len(answered) > 1 else f"key.percent{'_answered' if True in answered else ''}"
    events = any(table.view.indicator in estimate.EVENTS and table.view.by for table in tables)
    said = {
        percent: bool(counts),
        "method.wilson": bool(counts) and True in sampled,
        "key.difference": any(table.view.by and table.sampled for table in counts),
        "method.means": any(table.view.measure == Quantity.MEAN and table.sampled for table in tables),
        "key.alpha": "items" in names,
        "key.agreement": "kappa" in names,
        "key.times": "median" in names,
        f"method.whole{'_some' if True in sampled else ''}": False in sampled,
        "method.limits": True in sampled or bool(names) or events,
    }
    return [word for word, holds in said.items() if holds]


def _left_out(release: Release, scene: Scene) -> Iterator[str]:
    """The questions of the form that no table is of, by reason."""
    told = {name for table in release.values() for cell_key in table.cells for name, _ in cell_key}
    why: dict[str, list[str]] = {}
    for question in release.account.questions:
        if told.isdisjoint(question.counted_as):
            why.setdefault(question.why or "uncounted", []).append(
                scene.words("present.quoted", label=question.title[scene.lang])
            )
    for reason, titles in why.items():
        yield scene.words(f"present.left_out.{reason}", questions=scene.listing(titles))


def _set_aside(scene: Scene, account: ReleasedAccount) -> list[str]:
    """The rows that could not be used, and why."""
    if account.set_aside.state is State.MISSING:  # of a report made before this was told
        return []
    known, rest = i18n.words(scene.lang), scene.words("present.aside.rest")
    reasons = (f"{known.get(f'present.aside.{why}', rest)}: {scene.count(cell)}" for why, cell in account.reasons)
    return [_count(scene, account.set_aside), *reasons]


def _steps(scene: Scene, steps: Sequence[tuple[str, Cell]]) -> list[str]:
    """Every choice of rows; where one row of each of two was kept, also how many people had several."""
    lines = []
    for (before, many), (why, left) in pairwise([("", shown(0)), *steps]):
        step = scene.words("present.method.step", why=i18n.said(why, scene.lang), n=_count(scene, left))
        if before == "prepare.why.two_rows":
            step = scene.words("present.method.several", step=step, n=scene.count(many - left))
        lines.append(step)
    return lines


def _count(scene: Scene, cell: Cell) -> str:
    return scene.count(cell) + (f" ({scene.words('present.hidden')})" if cell.state is State.HIDDEN else "")


def _pair(scene: Scene, name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        value = scene.words("present.method.unset")
    elif isinstance(value, bool):
        value = scene.head("yes" if value else "no")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return scene.words("present.method.pair", name=name, value=text)
