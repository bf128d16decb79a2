"""Words and choices on the page come from parameters, the tool's own words and what the author wrote in the notebook.

A text or a number that a cell computed could hold a value of a row, and nothing has protected it: it stops the report.
Sentences name the cell, never the text.
"""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rakelab import i18n, parameters
from rakelab.present import specifications
from rakelab.present.parts.method import plain
from rakelab.report.jobs import document
from rakelab.report.notebook import Notebook, Place, bundles, places, tagged

Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """What stands in a notebook as it was written: parameters, and the plain texts, numbers and lists of its code."""

    parameters: Mapping[str, Any]
    values: tuple[Any, ...]

    @classmethod
    def in_(cls, notebook: Notebook) -> "Written":
        given = _parameters(notebook)
        code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return cls(given, (*given.values(), *(value for source in code for value in _literals(_tree(source)))))

    def has(self, shown: Any) -> bool:
        """A text or a number; of a list, each of its items; of a text, also a list's items with commas between."""
        if isinstance(shown, list):
            return all(map(self.has, shown))
        if shown is None or isinstance(shown, bool):
            return True
        return any(shown in (value, *_inside(value)) for value in self.values)

    def reason(self, why: str) -> bool:
        return isinstance(i18n.reason(why), i18n.Word) or self.has(why)

    def parameter(self, name: str, value: Any) -> bool:
        return name in self.parameters and value == self.parameters[name]


def check(notebook: Notebook) -> None:
    """Raises NotebookError for the first text or number that a cell computed."""
    written = Written.in_(notebook)
    for index, place in places(notebook).items():
        _words_written(notebook["cells"][index]["source"], place)
        for bundle in bundles(notebook["cells"][index]):
            if "release" in bundle:
                _release(json.loads(document(bundle["release"])), written, place)
            for spec in specifications(bundle):
                _exhibit(spec, written, place)


def _words_written(source: str, place: Place) -> None:
    """A reason stands in quotation marks or has a name, an indicator's title stands in quotation marks: neither is put
    together on the spot."""
    for call in (node for node in ast.walk(_tree(source)) if isinstance(node, ast.Call)):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if not isinstance(given.get("why"), ast.Constant | ast.Name | None):
            raise place.error("report.computed_reason")
        if "title" in given and not _is_written(given["title"]):
            raise place.error("report.computed_text")


def _is_written(title: ast.expr) -> bool:
    words = title.values if isinstance(title, ast.Dict) else [title]
    own = isinstance(title, ast.Name | ast.Attribute) and ast.unparse(title).endswith("OF_VARIABLE")
    return own or all(isinstance(word, ast.Constant) for word in words)


def _release(release: Mapping[str, Any], written: Written, place: Place) -> None:
    account = release.get("account", {})
    if not all(written.reason(step["why"]) for step in account.get("steps", ())):
        raise place.error("report.computed_reason")
    signed = [passage["approved_by"] for part in ("quotes", "entries") for passage in release.get(part, ())]
    own = set(i18n.words(i18n.LANGUAGES[0]).values()).union(*(i18n.words(lang).values() for lang in i18n.LANGUAGES[1:]))
    titles = [] if account.get("codebook") else [t for t in account.get("title", {}).values() if t not in own]
    if not all(map(written.has, [*signed, *titles, *release.get("compared", ())])):
        raise place.error("report.computed_text")


def _exhibit(spec: Spec, written: Written, place: Place) -> None:
    if not all(written.parameter(name, value) for name, value in _shown_parameters(spec)):
        raise place.error("report.not_parameter")
    if not all(map(written.has, _shown_values(spec))):
        raise place.error("report.computed_text")


def _shown_parameters(spec: Spec) -> Iterator[tuple[str, Any]]:
    if spec.get("kind") == "made":
        yield from spec.get("parameters", {}).items()


def _shown_values(spec: Spec) -> Iterator[Any]:
    """What exhibits and their sentences tell that is not in a table: values of a note, and how many were invited."""
    if spec.get("kind") == "note":
        yield from spec.get("values", {}).values()
    for sentence in (*spec.get("sentences", ()), spec.get("alt", {})):
        yield from (group["invited"] for group in sentence.get("groups", ()) if sentence.get("kind") == "response")
    yield from spec.get("given", ())
    if spec.get("kind") == "possible":
        yield from (spec.get("percents", []), spec.get("n"))


def _parameters(notebook: Notebook) -> dict[str, Any]:
    """Parameters as a page tells them: paths cut to file names."""
    values: dict[str, Any] = {}
    for tag in ("parameters", "injected-parameters"):
        for cell in notebook["cells"]:
            values |= parameters.declared(cell["source"]) if tagged(cell, tag) else {}
    return {name: json.loads(json.dumps(plain(name, value))) for name, value in values.items()}


def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _literals(node: ast.AST) -> Iterator[Any]:
    """Texts, numbers and lists of a piece of code; not the pieces of a text that is put together."""
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
        yield node.value
    if isinstance(node, ast.List | ast.Tuple) and all(isinstance(item, ast.Constant) for item in node.elts):
        yield [item.value for item in node.elts]  # type: ignore[attr-defined]
    for child in ast.iter_child_nodes(node):
        yield from _literals(child)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield ", ".join(str(item).strip() for item in value)
        for item in value:
            yield from (item, *_inside(item))
