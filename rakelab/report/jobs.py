"""What is drawn from a release and the specifications of its exhibits: HTML of the page, SVG files, the workbook.

Plain functions over released numbers; ``warm.Job`` runs them in a process that has the drawing libraries ready.
"""

import gzip
import json
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """The exhibits of a page in one language: the HTML of each, the ids of the released tables behind each of its
    numbered tables, and the notes that stand on it once."""

    html: Sequence[str]
    tables: Sequence[Sequence[str]]
    notes: Sequence[str]


def document(release: Any) -> str:
    """The release of a notebook's output as the text of released.json."""
    if isinstance(release, str) and release.startswith(PACKED):
        return gzip.decompress(b64decode(release.removeprefix(PACKED))).decode()
    return release if isinstance(release, str) else json.dumps(release, ensure_ascii=False)


#: What the text of a release begins with where it is packed.
PACKED = "data:application/gzip;base64,"


def packed(text: str) -> str:
    """The text of a release as a notebook of a folder holds it."""
    return PACKED + b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def draw(specs: Sequence[Spec], released: str, lang: str) -> Drawn:
    """The exhibits of a page in one language, numbered; equal exhibits get different ids."""
    from rakelab import archive, present
    from rakelab.present.numbering import Numbers

    release, numbers = archive.loads(released), Numbers()
    seen: Counter[str] = Counter()
    drawn = []
    for spec in specs:
        name = json.dumps(spec, sort_keys=True)
        drawn.append(present.render(spec, release, lang, seen[name], numbers))
        seen[name] += 1
    return Drawn(drawn, numbers.tables, list(numbers.notes.values()))


_FIGURE = re.compile(r'<figure data-file="([^"]*)">.*?</figure>', re.DOTALL)


def figures(drawn: Drawn) -> dict[str, bytes]:
    """File name → SVG of each figure of a page, as it is drawn there."""
    from rakelab.present.figures.figure import alone

    found = (figure for html in drawn.html for figure in _FIGURE.finditer(html))
    return {f"{figure[1]}.svg": alone(figure[0]).encode() for figure in found}


def pages(send: Any, specs: Sequence[Spec], released: str, lang: str) -> Drawn:
    """``draw`` as a job."""
    return draw(specs, released, lang)


def attachments(drawn: Drawn, released: str, lang: str) -> dict[str, bytes]:
    """The drawn companions of a report, by path inside its folder."""
    from rakelab.report import review
    from rakelab.report.tables import workbook

    pictures = {f"figures/{name}": picture for name, picture in figures(drawn).items()}
    workbooks = {"tables.xlsx": workbook(released, lang, shown=drawn.tables)}
    workbooks |= {review.WORKBOOK: review.workbook(released, lang)}
    return {name: content for name, content in workbooks.items() if content} | pictures


def workbook_job(send: Any, drawn: Drawn, released: str, lang: str) -> dict[str, bytes]:
    """``attachments`` as a job."""
    return attachments(drawn, released, lang)
