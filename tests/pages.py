"""The pages that ``rakelab demo`` makes, known before it has run: a name for each, and the notebook it is made by."""

from pathlib import Path

from rakelab import demo
from rakelab.report import run

#: Name of the demo file without its mark and ending, or of a page without one → the notebook's name.
MADE_BY = {
    **{Path(recipe.file).stem: run.find(recipe.kind).path.stem for recipe in demo.RECIPES},
    **{kind: kind for kind in demo.PAGES},
}
NAMES = sorted(MADE_BY)


def name_of(provenance: dict) -> str:
    """The name of a page by its provenance.json."""
    return Path(provenance["file"]["name"]).stem.removeprefix("synteettinen_") or provenance["kind"]
