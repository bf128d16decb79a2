"""``report``: one notebook, run once, as a folder of pages and companions in the languages asked for."""

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from rakelab import identifiers, parameters
from rakelab.codebook import CODEBOOKS, codebook, names
from rakelab.errors import UsageError, nearest
from rakelab.report import (
    companions,
    entered,
    files,
    gate,
    index,
    jobs,
    notebook,
    plain,
    process,
    review,
    standing,
    warm,
)
from rakelab.report.companions import Run
from rakelab.report.notebook import kinds

#: The report of a form that has none of its own.
SURVEY = "kysely"


@dataclass(frozen=True)
class Order:
    """Where the report goes and in which languages. ``quiet``: no progress bar even on a terminal."""

    out: Path = Path("reports")
    languages: tuple[str, ...] = ("fi",)
    quiet: bool = False
    replace: bool = False  # also a report of another file or with other parameters
    folder: str = ""  # name of the report's folder; made from the file and the settings where empty
    enters: bool = True  # in the ledger; not where a report is only made again to be compared
    losses: list[Any] = field(default_factory=list)  # gets what became of the rows of every table read


@dataclass(frozen=True)
class Source:
    """A notebook before its run."""

    path: Path
    kind: str
    content: Mapping[str, Any] = field(repr=False)
    form: str = ""  # the codebook, where another than the notebook's own was asked for


def report(
    kind: str, data: str | Path, *, settings: Mapping[str, Any] | None = None, order: Order | None = None
) -> Path:
    """Run the notebook of ``kind`` (a name, or a path to any .ipynb) on the file ``data``, and write its folder.

    ``settings``: the notebook's parameters, as text or typed. Returns the folder. Raises UsageError for a wrong
    name, NotebookError for a notebook that stops or shows what is not released, OutputError for a disk that refuses
    and for a folder that holds something else.
    """
    order = order or Order()
    warm.warm_up()
    source = find(kind)
    given = asked(source, data, settings=settings or {}, lang=order.languages[0])
    choosing = notebook.choosing(source.content)
    target = order.out / (
        order.folder or slug(source.kind, given, [name for name in settings or {} if name in choosing])
    )
    with files.ready(order.out):
        standing.check_index(order.out)
        executed = execute(source, given, order)
        gate.check(executed)
    languages = tuple(dict.fromkeys((*order.languages, *standing.languages(target))))
    run = Run(source.kind, executed, notebook.texts_beside(source.path), languages)
    standing.check(target, companions.provenance(run), replace=order.replace)
    drawn = _files(run, order)
    made = standing.complete({**companions.provenance(run), "card": companions.card(run, drawn)}, drawn)
    standing.check_names(target, made, replace=order.replace)
    if order.enters:
        entered.enter(executed, given.get("data", ""), target)
    _write(target, made, order)
    return target


def _write(target: Path, made: Mapping[str, bytes], order: Order) -> None:
    listed = index.provenances(order.out) | {target.name: json.loads(made[standing.PROVENANCE])}
    page = index.render(_newest(listed), order.languages[0]).encode()
    files.write_folder(target, made, {standing.INDEX: page}, ours=standing.ours(target))


def remake_index(out: Path, lang: str) -> Path:
    """The list of the reports that are in ``out`` now. Raises OutputError as ``report`` does."""
    standing.check_index(out)
    page = index.render(_newest(index.provenances(out)), lang).encode()
    with files.as_output_errors(out):
        (out / standing.INDEX).write_bytes(page)
    return out / standing.INDEX


def _newest(listed: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(listed.items(), key=lambda item: (item[1]["made"], item[0]), reverse=True))


def about() -> dict[str, Mapping[str, str]]:
    """Every form that has a report, its own or that of the form it extends: name → what the report is of."""
    return {
        name: form.description for name in names() for form in [codebook(name)] if form.description and _of_form(name)
    }


def find(kind: str) -> Source:
    """The notebook of a kind, or of the form that a codebook extends, or the one at a path."""
    path = Path(kind) if kind.endswith(".ipynb") else kinds().get(kind) or _of_form(kind)
    if path is None:
        raise _no_kind(kind)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            cell["source"] = "".join(cell["source"])
    except OSError:
        raise UsageError("report.no_notebook", file=path.name) from None
    except (ValueError, KeyError, TypeError):
        raise UsageError("report.not_notebook", file=path.name) from None
    form = "" if kind.endswith(".ipynb") or kind == path.stem else kind
    return Source(path, Path(kind).stem, content, form)


def _of_form(kind: str) -> Path | None:
    """The notebook for a codebook: of its own name, else of the nearest form it extends, else that of any survey."""
    path = Path(kind) if kind.endswith(".toml") else CODEBOOKS / f"{kind}.toml"
    if not kind.endswith(".toml") and not path.exists():
        return None
    codebook(kind)  # says everything that is wrong with it
    head = tomllib.loads(path.read_text(encoding="utf-8"))["codebook"]
    own, base = head.get("name", path.stem), head.get("extends", "")
    return kinds().get(own) or kinds().get(base) or (_of_form(base) if base else kinds().get(SURVEY))


def _no_kind(kind: str) -> UsageError:
    known = sorted({*kinds(), *about()})
    close = nearest(kind, known)
    if close:
        return UsageError("report.no_kind", kind=kind, nearest=close)
    return UsageError("report.no_such_kind", kind=Path(kind).name, known=", ".join(known) or "–")


def asked(source: Source, data: str | Path, *, settings: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The parameters for a run: every one declared by the notebook and of the declared type, paths made absolute."""
    declared = notebook.declared(source.content)
    form = {"lomake": source.form} if source.form else {}
    if "data" in declared and not str(data):
        raise UsageError("cli.missing.file", command="report")
    given = form | parameters.settle(settings, declared) | {"data": str(Path(data).absolute()), "lang": lang}
    given |= {name: str(Path(value).absolute()) for name, value in given.items() if _file(value)}
    return {name: value for name, value in given.items() if name in declared}


def _file(value: Any) -> bool:
    return isinstance(value, str) and value.endswith((".toml", ".json")) and Path(value).is_file()


def execute(source: Source, given: Mapping[str, Any], order: Order) -> Any:
    """The notebook executed by papermill with our engine. Raises what a cell raised, if it is ours."""
    with process.without_grammar():
        import nbconvert.exporters.exporter  # noqa: F401  - here, because the warm process is busy importing as well
        import nbformat
        import papermill

    node = nbformat.reads(json.dumps(source.content), as_version=4)
    node.metadata.setdefault("kernelspec", {"name": "python3", "display_name": "Python 3", "language": "python"})
    bar = False if order.quiet else {"desc": source.kind, "unit": "", "leave": False, "disable": None}
    options = {"engine_name": "rakelab", "draw": False, "progress_bar": bar, "parameters": dict(given)}
    options["losses"] = order.losses
    with process.quiet_papermill():
        return papermill.execute_notebook(node, None, **options)


def _files(run: Run, order: Order) -> dict[str, bytes]:
    """Everything in the folder, drawn in warm processes side by side."""
    from nbformat import from_dict
    from tqdm import tqdm

    with ExitStack() as stack:
        jobs_of = {lang: stack.enter_context(_job(jobs.pages, run, lang)) for lang in run.languages}
        bar = tqdm(jobs_of.items(), desc=run.kind, unit="", leave=False, disable=True if order.quiet else None)
        drawn = {lang: job.result() for lang, job in bar}
        first = run.languages[0]
        attached = stack.enter_context(warm.Job(jobs.workbook_job, drawn[first], run.released, first))
        executed = from_dict(companions.kept(run, drawn[first].html))
        pages = {f"report.{lang}.html": _page(executed, lang, drawn[lang]) for lang in run.languages}
        sheet = review.sheet(run.released, run.titles[first], first)
        companions.no_identity(sheet)
        simple = plain.pages(run.specs, run.released, run.titles)
        for html in simple.values():
            companions.no_identity(html)
        beside = {review.SHEET: sheet.encode(), **{name: html.encode() for name, html in simple.items()}}
        beside |= attached.result()
        return {**companions.written(run, executed), **pages, **beside}


def _job(work: Any, run: Run, lang: str) -> warm.Job:
    return warm.Job(work, run.specs, run.released, lang)


def _page(executed: Any, lang: str, drawn: jobs.Drawn) -> bytes:
    from rakelab.report.exporter import RakelabExporter

    html, _ = RakelabExporter(draw=lambda *_: drawn, lang=lang).from_notebook_node(executed)
    companions.no_identity(html)
    return str(html).encode()


#: Longer settings do not go into the folder's name.
LONGEST = 20


def slug(kind: str, given: Mapping[str, Any], chosen: Collection[str]) -> str:
    """The name of a report's folder: kind, file, and the settings that choose rows, in plain letters.

    A file's name or a setting in which the finder of identifiers finds something is left out.
    """
    choosing = {name: str(given[name]) for name in chosen if name in given}
    values = [
        f"{name}-{value}" for name, value in choosing.items() if value not in ("", "[]") and len(value) <= LONGEST
    ]
    words = [kind, *filter(_untelling, [Path(str(given.get("data", ""))).stem, *values])]
    plain = "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", _ascii(word)).strip("-") for word in words)))
    return plain if len(plain) <= 80 else f"{plain[:70]}-{sha256(plain.encode()).hexdigest()[:8]}"


def _untelling(word: str) -> bool:
    """Points at nobody: as it is, and with its lines and dots read as spaces."""
    return identifiers.passes(word) and identifiers.passes(re.sub(r"[_.-]+", " ", word))


def _ascii(word: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
