"""What is drawn from a release and the specifications of its exhibits: HTML of the page, SVG files, the workbook.

Plain functions over released numbers; ``warm.Job`` runs them in a process that has the drawing libraries ready.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Spec = Mapping[str, Any]
Drawn = Sequence[str]


def document(release: Any) -> str:
    """The release of a notebook's output as the text of released.json."""
    return release if isinstance(release, str) else json.dumps(release, ensure_ascii=False)


def draw(specs: Sequence[Spec], released: str, lang: str) -> list[str]:
    """The HTML of each exhibit in one language; equal exhibits get different ids."""
    from rakelab import archive, present

    release = archive.loads(released)
    seen: Counter[str] = Counter()
    drawn = []
    for spec in specs:
        name = json.dumps(spec, sort_keys=True)
        drawn.append(present.render(spec, release, lang, seen[name]))
        seen[name] += 1
    return drawn


def figures(specs: Sequence[Spec], released: str, lang: str) -> dict[str, bytes]:
    """File name → SVG of each exhibit that is a figure; where so much is hidden that a sentence stands there, none."""
    from rakelab import archive, present
    from rakelab.present.figures.figure import FIGURES

    release = archive.loads(released)
    drawn = [exhibit for spec in specs for exhibit in present.specifications(spec) if exhibit.get("kind") in FIGURES]
    pictures = ((f"{i:02d}-{_name(spec)}.svg", present.svg(spec, release, lang)) for i, spec in enumerate(drawn, 1))
    return {name: picture.encode() for name, picture in pictures if picture}


def _name(spec: Spec) -> str:
    words = [str(spec.get("kind", "")), str(spec.get("table", ""))]
    return "-".join("".join(c if c.isalnum() else "-" for c in word.casefold()) for word in words if word)


def pages(send: Any, specs: Sequence[Spec], released: str, lang: str) -> list[str]:
    """``draw`` as a job."""
    return draw(specs, released, lang)


def attachments(send: Any, specs: Sequence[Spec], released: str, lang: str) -> dict[str, bytes]:
    """The drawn companions of a report, by path inside its folder."""
    from rakelab.report import review
    from rakelab.report.tables import workbook

    drawn = {f"figures/{name}": picture for name, picture in figures(specs, released, lang).items()}
    workbooks = {"tables.xlsx": workbook(released, lang, used=_used(specs, released))}
    workbooks |= {review.WORKBOOK: review.workbook(released, lang)}
    return {name: content for name, content in workbooks.items() if content} | drawn


def _used(specs: Sequence[Spec], released: str) -> set[str]:
    """The tables that the page of a gathered release shows; of a report's own release, all of them."""
    from rakelab import archive

    release = archive.loads(released)
    shown = json.dumps(specs, ensure_ascii=False)
    return {name for name in release if not release.parts or json.dumps(name, ensure_ascii=False) in shown}
