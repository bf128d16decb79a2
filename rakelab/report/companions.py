"""The files of a report beside its pages: the executed notebook, released.json, provenance.json, tables and figures."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from rakelab.errors import NotebookError
from rakelab.present.parts import method
from rakelab.report import index, jobs, looked, notebook

#: The same for every notebook: a kernel's name may be a person's or a machine's.
_METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Run:
    """An executed notebook that passed the gate, and what it was run for."""

    kind: str
    notebook: Any
    texts: Mapping[str, Mapping[str, str]]
    languages: tuple[str, ...]

    @property
    def released(self) -> str:
        """The text of released.json."""
        return jobs.document(notebook.release(self.notebook))

    @property
    def specs(self) -> list[Mapping[str, Any]]:
        return [exhibit.spec for exhibit in notebook.shown(self.notebook)]

    @property
    def titles(self) -> dict[str, str]:
        """The report's title in each language asked for."""
        first = next(cell for cell in self.notebook["cells"] if cell["cell_type"] == "markdown")
        sources = {lang: self.texts.get(lang, {}).get(first.get("id"), first["source"]) for lang in self.languages}
        return {lang: notebook.heading(source)[1] for lang, source in sources.items()}


def kept(run: Run, drawn: Sequence[str]) -> Any:
    """The executed notebook for the folder: text and code cells that were looked at, released outputs, no path of the
    machine, texts of all languages, and nothing else.

    ``drawn``: the exhibits' HTML in the first language, in place of whatever the run itself showed. Raises
    NotebookError where an identity code stands in a cell.
    """
    html = iter(drawn)
    cells = [cell for cell in run.notebook["cells"] if cell["cell_type"] in ("markdown", "code")]
    names = {cell.get("id") for cell in cells if cell["cell_type"] == "markdown"}
    texts = {lang: {name: said for name, said in words.items() if name in names} for lang, words in run.texts.items()}
    about = {
        "lang": run.languages[0],
        "languages": list(run.languages),  # of the pages beside it
        "made": _made(run.notebook),
        "texts": texts,
    }
    looked.look(run.notebook, texts)
    return {
        "cells": [_cell(cell, html) for cell in cells],
        "metadata": {**_METADATA, "rakelab": about},
        "nbformat": run.notebook["nbformat"],
        "nbformat_minor": run.notebook["nbformat_minor"],
    }


def _cell(cell: Mapping[str, Any], html: Iterator[str]) -> dict[str, Any]:
    """A cell made anew: what is not named here (attachments, metadata of other tools) stays behind."""
    tags = [tag for tag in ("parameters", "injected-parameters") if notebook.tagged(cell, tag)]
    made = {"cell_type": cell["cell_type"], "metadata": {"tags": tags} if tags else {}, "source": cell["source"]}
    made |= {"id": cell["id"]} if "id" in cell else {}
    if cell["cell_type"] == "code":
        source = looked.without_telling_comments(notebook.scrubbed(cell["source"]) if tags else cell["source"])
        outputs = [_output(output, next(html)) for output in cell["outputs"]]
        made |= {"source": source, "outputs": outputs, "execution_count": cell.get("execution_count")}
    return made


def _output(output: Mapping[str, Any], html: str) -> dict[str, Any]:
    bundle, stamp = dict(output["data"][notebook.MIME]), output["metadata"]["rakelab"]
    if "release" in bundle:  # released.json lies beside it
        bundle["release"] = jobs.packed(jobs.document(bundle["release"]))
    data = {notebook.MIME: bundle, "text/html": html, "text/plain": f"<Exhibit {bundle.get('kind', '')}>"}
    kept = {name: stamp[name] for name in ("released", "of")}
    return {"output_type": "display_data", "data": data, "metadata": {"rakelab": kept}}


def _made(executed: Any) -> str:
    return str(executed["metadata"].get("papermill", {}).get("end_time") or "")[:19] + "+00:00"


def written(run: Run, executed: Any) -> dict[str, bytes]:
    """released.json and report.ipynb, by name. ``executed``: what ``kept`` made."""
    return {
        "released.json": run.released.encode(),
        "report.ipynb": json.dumps(executed, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n",
    }


def provenance(run: Run) -> dict[str, Any]:
    """What the report was made from and how, without a path of the machine."""
    released = json.loads(run.released)
    account = dict(released.get("account", {}))
    return {
        "format": index.FORMAT,
        "kind": run.kind,
        "title": run.titles,
        "languages": list(run.languages),
        "parameters": notebook.settings(run.notebook),
        "file": {"name": account.pop("file", ""), "sha256": account.pop("sha256", "")},
        "synthetic": account.pop("synthetic", False),
        "account": account,
        "rule": released.get("rule", {}),
        "versions": method.versions(),
        "made": _made(run.notebook),
    }


_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_NEWS = re.compile(r'<ul class="findings"><li>(.*?)(?:<br>|</li>)', re.DOTALL)


def card(run: Run, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the index tells of the report: its title and first finding in each language, how many, how much is hidden.
    Read from the finished pages and the release, so that it says what they say."""
    pages = {lang: files[f"report.{lang}.html"].decode() for lang in run.languages}
    released = json.loads(run.released)
    states = [cell["state"] for cell in released.get("cells", ())]
    return {
        "title": {lang: _first(_TITLE, page) for lang, page in pages.items()},
        "finding": {lang: _first(_NEWS, page) for lang, page in pages.items()},
        "n": released.get("account", {}).get("used", {}).get("value"),
        "hidden": [states.count("hidden"), len(states)],
    }


def _first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return unescape(re.sub("<[^>]+>", "", found[1])).strip() if found else ""


def no_identity(html: str) -> None:
    """The last look at a finished page: an identity code in it stops the report. The sentence tells how many."""
    words = _Words()
    words.feed(html)
    codes = sum(map(looked.codes, words.found))
    if codes:
        raise NotebookError("report.identity", n=codes)


class _Words(HTMLParser):
    """Everything that a reader sees or hears of a page, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag == "style"
        self.found += [value for name, value in attrs if value and name in ("alt", "title", "aria-label")]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found += [data]
