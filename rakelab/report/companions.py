"""The files of a report beside its pages: the executed notebook, released.json, provenance.json, tables and figures."""

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from rakelab import identifiers
from rakelab.errors import NotebookError
from rakelab.present import method
from rakelab.report import index, jobs, notebook

_KEPT_METADATA = ("kernelspec", "language_info")


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
        return [one.spec for one in notebook.shown(self.notebook)]

    @property
    def titles(self) -> dict[str, str]:
        """The report's title in each language asked for."""
        first = next(cell for cell in self.notebook["cells"] if cell["cell_type"] == "markdown")
        sources = {lang: self.texts.get(lang, {}).get(first.get("id"), first["source"]) for lang in self.languages}
        return {lang: notebook.heading(source)[1] for lang, source in sources.items()}


def kept(run: Run, drawn: Sequence[str]) -> Any:
    """The executed notebook for the folder: released outputs only, no path of the machine, texts of all languages.

    ``drawn``: the exhibits' HTML in the first language, in place of whatever the run itself showed.
    """
    html = iter(drawn)
    made = copy.deepcopy(run.notebook)
    old = made["metadata"]
    made["metadata"] = {name: old[name] for name in _KEPT_METADATA if name in old}
    made["metadata"]["rakelab"] = {
        "lang": run.languages[0],
        "languages": list(run.languages),  # of the pages beside it
        "made": _made(run.notebook),
        "texts": {lang: dict(words) for lang, words in run.texts.items()},
    }
    for cell in made["cells"]:
        tags = cell["metadata"].get("tags")
        cell["metadata"] = {"tags": tags} if tags else {}
        if cell["cell_type"] == "code":
            cell["source"] = _source(cell)
            cell["outputs"] = [_output(one, next(html)) for one in cell["outputs"]]
    return made


def _source(cell: Mapping[str, Any]) -> str:
    ours = notebook.tagged(cell, "parameters") or notebook.tagged(cell, "injected-parameters")
    return notebook.scrubbed(cell["source"]) if ours else cell["source"]


def _output(output: Mapping[str, Any], html: str) -> dict[str, Any]:
    bundle, stamp = output["data"][notebook.MIME], output["metadata"]["rakelab"]
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


def no_identity(html: str) -> None:
    """The last look at a finished page: an identity code in it stops the report. The sentence tells how many."""
    words = _Words()
    words.feed(html)
    found = identifiers.count(words.found, (identifiers.IDENTITY_CODE,)).get(identifiers.IDENTITY_CODE, 0)
    if found:
        raise NotebookError("report.identity", n=found)


#: What we write ourselves and is no word: a SHA-256, and a number grouped as ``i18n.number`` does it in Finnish and
#: Swedish. A grouped number before a sign and four characters in a row could be a code, and stays.
_OURS = re.compile(
    r"\b[0-9a-f]{64}\b"
    "|(?<![\\w\u00a0])[1-9]\\d{0,2}(?:\u00a0\\d{3})+(?![\\w\u00a0])(?!\\s?[^\\w\\s]\\s?\\d{3}[^\\W_])"
)


class _Words(HTMLParser):
    """Everything that a reader sees or hears of a page, piece by piece, without our own numbers and check sums."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag == "style"
        self.found += [
            _OURS.sub(" # ", value) for name, value in attrs if value and name in ("alt", "title", "aria-label")
        ]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found += _OURS.sub(" # ", data).split("\n")
