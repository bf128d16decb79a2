"""The page's frame in words: findings first, what was hidden, notes, and last how it was made."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import PurePath, PureWindowsPath
from platform import python_version
from typing import Any

from markupsafe import Markup

import rakelab
from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Part, Release, Released, ReleasedAccount, State, shown
from rakelab.errors import UsageError, WallError
from rakelab.population import regional, sensitive
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.gate import flat
from rakelab.present.origin import merged
from rakelab.present.parts.weight import chosen
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence

#: Whose versions decide the numbers and the page.
PACKAGES = ("pandas", "numpy", "scipy", "statsmodels", "matplotlib", "seaborn", "papermill", "nbconvert")


def findings(*sentences: Sentence | Iterable[Sentence], lang: str = "", ranked: bool = True) -> Exhibit:
    """The summary: of the candidates the first, then those with most to say (``weight``), five at most; all of them
    in order where they are not ``ranked``."""
    given = flat(sentences, Sentence, "present.not_a_sentence")
    if not given:
        raise UsageError("present.nothing_given")
    told = chosen(tuple(given)) if ranked else given
    return Exhibit("findings", {"sentences": [one.spec for one in told]}, merged(one.tables for one in told), lang)


@renders("findings")
def _findings(scene: Scene) -> Markup:
    said = [Sentence.of(spec, scene.tables) for spec in scene.options["sentences"]]
    texts, quiet = ([one.text(scene.lang, quiet=silent) for one in said] for silent in (False, True))
    few = [i for i, text in enumerate(texts, 1) if text != quiet[i - 1]]
    told = texts if len(few) < 2 else quiet
    items = markup.items(told, class_="findings")
    return markup.exhibit("findings", _small_data(scene), items, _indicative(few, len(said), scene.lang))


def _indicative(few: list[int], every: int, lang: str) -> Markup:
    """Once for the whole summary, that some of its numbers are of few people; empty where one sentence says it."""
    if len(few) < 2:
        return Markup("")
    which = i18n.listing(map(str, few), lang)
    word = "indicative_all" if len(few) == every else "indicative_some"
    return markup.paragraph(i18n.text(f"present.text.{word}", lang, which=which), "note")


def _small_data(scene: Scene) -> Markup:
    """Says at once that most of what the findings are about cannot be shown; empty where most can."""
    named = dict.fromkeys(spec["table"] for spec in scene.options["sentences"])
    thin = [table for table in (scene.tables[name] for name in named) if wording.thin(table) and TOTAL in table.cells]
    if 2 * len(thin) < max(1, len(named)):
        return Markup("")
    base = wording.base(thin[0], TOTAL, scene.lang)
    return markup.paragraph(i18n.text("present.text.small_data", scene.lang, base=base), "too-few")


def note(key: str, lang: str = "", **values: object) -> Exhibit:
    """One of the tool's own sentences, by its key in ``locales``."""
    told = {name: plain(name, value) for name, value in values.items()}
    return Exhibit("note", {"word": key, "values": told}, {}, lang)


#: What an author may know of the rounds of a survey, as the notebook's parameter says it.
RESPONDENTS = {"ei tiedetä": "unknown", "eri": "different", "samat": "same"}


def respondents(known: str, *, lang: str = "") -> Exhibit:
    """Whether the same people answered in each round of a survey, or that it is not known. UsageError for another
    word."""
    said = RESPONDENTS.get(str(known).strip().casefold())
    if said is None:
        raise UsageError("present.not_respondents", known=", ".join(RESPONDENTS))
    return note(f"present.respondents.{said}", lang)


@renders("note")
def _note(scene: Scene) -> Markup:
    text = i18n.text(scene.options["word"], scene.lang, **scene.options["values"])
    return markup.note("note", text)


def protection(release: Release, lang: str = "") -> Exhibit:
    """What was hidden and by which rule. Its bundle carries the whole release, for the report and for audit."""
    from rakelab import archive

    # as text, because the keys of a notebook that is written to a file are sorted
    return Exhibit("protection", {}, _whole(release), lang, {"release": archive.dumps(_whole(release))})


def _whole(release: object) -> Release:
    if isinstance(release, Release):
        return release
    if isinstance(release, Mapping):
        raise UsageError("present.not_a_release", kind=type(release).__name__)
    raise WallError("present.not_released", kind=type(release).__name__)


@renders("protection")
def _protection(scene: Scene) -> Markup:
    release = _whole(scene.tables)
    cells = release.cells.values()
    hidden = sum(cell.state is State.HIDDEN for cell in cells)
    numbers = {"hidden": i18n.number(hidden, scene.lang), "all": i18n.number(len(cells), scene.lang)}
    if not release.tables:
        return markup.exhibit("protection", markup.paragraph(i18n.text("present.method.no_rows", scene.lang)))
    first = i18n.text(f"present.method.{'protection' if hidden else 'nothing_hidden'}", scene.lang, **numbers)
    said = [first, *rule_words(release, scene.lang)]
    said += [i18n.text("present.method.synthetic", scene.lang)] if release.account.synthetic else []
    return markup.exhibit("protection", markup.paragraph(" ".join(said)))


def rule_words(release: Release, lang: str) -> list[str]:
    """The protection rule in sentences, with its thresholds."""
    rule = release.rule
    open_ = ["present.method.open"] if any(_open(table) for table in release.values()) else []
    return [
        i18n.text("present.method.rule", lang, below=rule["threshold"] - 1),
        i18n.text(f"present.method.sensitive{_known(release)}", lang, below=rule["sensitive_threshold"] - 1),
        *(i18n.text(word, lang) for word in open_),
        i18n.text("present.method.cover", lang),
        i18n.text("present.method.indicative", lang, n=estimate.INDICATIVE_BASE),
    ]


def _known(release: Release) -> str:
    """Where the stricter limit holds, by what everybody in the report is known to be."""
    people = release.account.population
    return {(True, True): "_all", (True, False): "_here", (False, True): "_those"}.get(
        (regional(people), sensitive(people)), ""
    )


def _open(table: Released) -> bool:
    """Some row's count is told however small."""
    pairs = (pair for row in table.view.rows for pair in row)
    return any(level in table.variables[name].open for name, level in pairs if name in table.variables)


def made(
    release: Release,
    *,
    parameters: Mapping[str, object] | None = None,
    of: Iterable[Released] | None = None,
    lang: str = "",
) -> Exhibit:
    """How the report was made: choices (never a path), file and checksum, rows, selections, rule, versions. Of a
    gathered page only the sources of the tables ``of`` it are named."""
    told = {name: plain(name, value) for name, value in (parameters or {}).items()}
    named = {} if of is None else {"sources": sorted({table.view.id.partition("/")[0] for table in of})}
    return Exhibit("made", {"parameters": told, "versions": versions(), **named}, _whole(release), lang)


def versions() -> dict[str, str]:
    """The versions of Python, rakelab and the packages that the numbers depend on."""
    found = {"Python": python_version(), "rakelab": rakelab.__version__}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def plain(name: str, value: object) -> Any:
    """A parameter as it may stand on a page: a path becomes the file's name."""
    if isinstance(value, PurePath):
        return value.name
    if isinstance(value, str):
        return PureWindowsPath(value).name if _is_path(value) else value
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(name, one) for one in value]
    raise UsageError("present.not_plain", name=name, kind=type(value).__name__)


def _is_path(text: str) -> bool:
    """Looks like a path of a machine: a backslash, a leading / . ~ with a slash, or a slash and a file's suffix."""
    if "\\" in text:
        return True
    return "/" in text and (text[0] in "/.~" or PurePath(text).suffix[1:2].isalpha())


@renders("made")
def _made(scene: Scene) -> Markup:
    release, lang = _whole(scene.tables), scene.lang
    told = [one for one in _terms(release, scene) if one[0] in _told(release)]
    shown = [(term, values) for term, values in told if values]
    named = [(i18n.text(f"present.method.{term}", lang), values) for term, values in shown]
    mark = (
        markup.paragraph(i18n.text("present.method.synthetic", lang), "mark")
        if release.account.synthetic
        else Markup("")
    )
    return markup.exhibit("made", mark + markup.definitions(named))


def _terms(release: Release, scene: Scene) -> list[tuple[str, list[str]]]:
    account, lang = release.account, scene.lang
    words = {"title": account.title[lang], "codebook": account.codebook, "version": account.version}
    return [
        ("parameters", [_pair(_parameter(name, lang), v, lang) for name, v in scene.options["parameters"].items()]),
        (
            "sources",
            [_source(part, lang) for part in release.parts if part.id in scene.options.get("sources", [part.id])],
        ),
        ("file", [account.file]),
        ("hash", [account.sha256]),
        ("codebook", [i18n.text("present.method.version", lang, **words)]),
        ("read", [_count(account.read, lang)]),
        ("set_aside", _set_aside(account, lang)),
        ("steps", _steps(account.steps, lang)),
        ("used", [_count(account.used, lang)]),
        ("counting", [i18n.text(f"present.{word}", lang) for word in _counting(release)]),
        ("rule_title", rule_words(release, lang) if release.rule else []),
        ("versions", [_pair(name, value, lang) for name, value in scene.options["versions"].items()]),
    ]


#: What there is to tell of a page that draws on published figures only, and of one gathered from other reports.
_ROWLESS = ("parameters", "versions")
_GATHERED = ("parameters", "sources", "counting", "rule_title", "versions")
_FROM_ROWS = (
    "parameters", "file", "hash", "codebook", "read", "set_aside", "steps", "used", "counting", "rule_title",
    "versions",
)  # fmt: skip


def _told(release: Release) -> tuple[str, ...]:
    if release.parts:
        return _GATHERED
    return _FROM_ROWS if release.tables else _ROWLESS


def _counting(release: Release) -> list[str]:
    """How the kinds of numbers in this release were computed."""
    tables = list(release.values())
    counts = {table.view.answered for table in tables if table.view.measure == "count"}
    sampled = {table.sampled for table in tables if table.view.measure != "statistic"}
    names = {name for table in tables for _, name in table.statistics}
    words = []
    if counts:
        percent = "key.percent_answered" if True in counts else "key.percent"
        percent = "method.percent_both" if len(counts) > 1 else percent
        words += [percent, *(["method.wilson"] if True in sampled else [])]
    words += ["key.difference"] if any(t.view.by and t.view.measure == "count" and t.sampled for t in tables) else []
    words += ["method.means"] if any(table.view.measure == "mean" and table.sampled for table in tables) else []
    kinds = (("items", "key.alpha"), ("kappa", "key.agreement"), ("median", "key.times"))
    words += [word for name, word in kinds if name in names]
    events = any(table.view.indicator in estimate.EVENTS and table.view.by for table in tables)
    words += ["method.whole_some" if True in sampled else "method.whole"] if False in sampled else []
    return words + (["method.limits"] if True in sampled or names or events else [])


def _set_aside(account: ReleasedAccount, lang: str) -> list[str]:
    """The rows that could not be used, and why."""
    if account.set_aside.state is State.MISSING:  # of a report made before this was told
        return []
    known = i18n.words(lang)
    names = (known.get(f"present.aside.{why}", known["present.aside.rest"]) for why, _ in account.reasons)
    counts = (wording.count(cell, lang) for _, cell in account.reasons)
    return [_count(account.set_aside, lang), *(f"{name}: {n}" for name, n in zip(names, counts, strict=True))]


def _source(part: Part, lang: str) -> str:
    account = part.release.account
    n = _count(account.used, lang)
    return i18n.text("present.method.source", lang, title=account.title[lang], folder=part.id, n=n, hash=part.sha256)


def _steps(steps: Sequence[tuple[str, Cell]], lang: str) -> list[str]:
    """Every choice of rows; where one row of each of two was kept, also how many people had several."""
    told = []
    for (before, many), (why, left) in pairwise([("", shown(0)), *steps]):
        step = _step(why, left, lang)
        if before == "prepare.why.two_rows":
            step = i18n.text("present.method.several", lang, step=step, n=wording.count(many - left, lang))
        told.append(step)
    return told


def _step(why: str, left: Cell, lang: str) -> str:
    return i18n.text("present.method.step", lang, why=i18n.said(why, lang), n=_count(left, lang))


def _count(cell: Cell, lang: str) -> str:
    hidden = f" ({i18n.text('present.hidden', lang)})" if cell.state is State.HIDDEN else ""
    return wording.count(cell, lang) + hidden


def _parameter(name: str, lang: str) -> str:
    """What a parameter is called; one that the tool does not know keeps its name."""
    return i18n.words(lang).get(f"parameters.name.{name}", name)


def _pair(name: str, value: Any, lang: str) -> str:
    return i18n.text("present.method.pair", lang, name=name, value=_value(value, lang))


def _value(value: Any, lang: str) -> str:
    if value is None or value == "" or value == []:
        return i18n.text("present.method.unset", lang)
    if isinstance(value, bool):
        return i18n.text(f"present.table.{'yes' if value else 'no'}", lang)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
