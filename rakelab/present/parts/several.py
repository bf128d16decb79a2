"""Several exhibits as one output of a cell: as many figures or tables as the data have questions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from rakelab import i18n
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, draw, renders, scene_of
from rakelab.present.gate import flat
from rakelab.present.origin import merged

KIND = "several"


def several(exhibits: Iterable[Exhibit | Iterable[Exhibit]], *, lang: str = "", silent: bool = False) -> Exhibit:
    """The exhibits one after another, also those in lists within the list; where there are none, a sentence that the
    data have nothing of the kind or, if ``silent``, nothing."""
    shown = flat(exhibits, Exhibit, "present.not_an_exhibit")
    options = {"exhibits": [one.spec for one in shown], **({"silent": True} if silent else {})}
    return Exhibit(KIND, options, merged(one.tables for one in shown), lang)


def specifications(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The specification itself, or those of the exhibits that it holds."""
    if spec.get("kind") != KIND:
        yield spec
        return
    for one in spec["exhibits"]:
        yield from specifications(one)


@renders(KIND)
def _several(scene: Scene) -> Markup:
    if not scene.options["exhibits"] and "silent" in scene.options:
        return Markup("")
    if not scene.options["exhibits"]:
        return markup.note(KIND, i18n.text("present.nothing_here", scene.lang))
    made = (scene_of(one, scene.tables, scene.lang) for one in scene.options["exhibits"])
    own = (replace(one, id=f"{scene.id}-{i}") for i, one in enumerate(made, 1))
    drawn = (draw(spec["kind"], one) for spec, one in zip(scene.options["exhibits"], own, strict=True))
    return markup.exhibit(KIND, *drawn)
