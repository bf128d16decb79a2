"""nbconvert's exporter ``rakelab``: an executed notebook as one accessible page in one language.

``jupyter nbconvert --to rakelab report.ipynb --RakelabExporter.lang=sv``
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import Unicode

from rakelab.i18n import LANGUAGES
from rakelab.parameters import settle
from rakelab.report import entered, gate, jobs, notebook, page

Draw = Callable[[Sequence[Mapping[str, Any]], str, str], jobs.Drawn]


class RakelabExporter(Exporter):
    """Refuses a notebook that holds any output that is not released; never shows code."""

    export_from_notebook = "rakelab"
    output_mimetype = "text/html"
    lang = Unicode("", help="fi, sv or en; the language of the notebook's run where empty").tag(config=True)

    def __init__(self, config: Any = None, *, draw: Draw = jobs.draw, **options: Any) -> None:
        super().__init__(config=config, **options)
        self.draw = draw

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **_: Any) -> tuple[Any, dict[str, Any]]:
        """The page and nbconvert's resources. Raises NotebookError where an output is not released."""
        copy, about = super().from_notebook_node(nb, resources)
        gate.check(copy)
        lang = self.lang or language(copy)
        settle({"lang": lang}, {"lang": LANGUAGES[0]})
        place = about.get("metadata", {})
        texts = notebook.texts(copy, Path(place["path"]) if "path" in place else None, place.get("name", ""))
        if "made" not in copy["metadata"].get("rakelab", {}):  # the report's own notebook was entered with it
            data = notebook.given(copy).get("data", "")
            entered.enter(
                copy, str(Path(place.get("path", "")) / data), Path(place.get("path", "")) / place.get("name", "")
            )
        specs = [exhibit.spec for exhibit in notebook.shown(copy)]
        drawn = self.draw(specs, jobs.document(notebook.release(copy)), lang)
        return page.render(copy, texts.get(lang, {}), drawn, lang), about


def language(nb: notebook.Notebook) -> str:
    """The language a notebook was run in."""
    return nb["metadata"].get("rakelab", {}).get("lang") or notebook.settings(nb).get("lang") or LANGUAGES[0]
