"""Could published percentages be those of a stated number of people? Nothing here comes from rows."""

from collections.abc import Sequence

from markupsafe import Markup

from rakelab import i18n
from rakelab.errors import UsageError
from rakelab.formulas import fits, possible_bases
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.markup import Grid, Row

#: From a hundred respondents on (a thousand with a decimal) every percentage fits.
LARGEST = 1000
#: The table tells the counts for so many of the bases that fit.
MOST_BASES = 4


def possible(percents: Sequence[float], n: int, *, decimals: int = 0, fewest: int = 1, lang: str = "") -> Exhibit:
    """Which bases from ``fewest`` to ``n`` fit all of ``percents``, and which of them fit ``n`` itself.

    The percentages are published ones, typed from the publication. Raises UsageError for no percentages, one that is
    below 0 or above 100 or has more decimals than stated, or an ``n`` below ``fewest``.
    """
    if not percents:
        raise UsageError("possible.nothing")
    if n < fewest or fewest < 1:
        raise UsageError("possible.base", fewest=fewest)
    if n > LARGEST:
        raise UsageError("possible.large", largest=LARGEST)
    if any(not 0 <= one <= 100 or round(one, decimals) != one for one in percents):
        raise UsageError("possible.percent", decimals=decimals)
    options = {"percents": list(percents), "n": n, "decimals": decimals, "fewest": fewest}
    return Exhibit("possible", options, {}, lang)


@renders("possible")
def _possible(scene: Scene) -> Markup:
    shown = [scene.options["n"], *(n for n in _found(scene)[:MOST_BASES] if n != scene.options["n"])]
    grid = Grid(
        id=scene.id,
        lang=scene.lang,
        caption=_word(scene, "caption"),
        headers=(_word(scene, "head_percent"), *(_word(scene, "head_base", n=n) for n in shown)),
        rows=tuple(_row(scene, one, shown) for one in scene.options["percents"]),
        keys=(_word(scene, "key"),),
    )
    return markup.exhibit("possible", markup.paragraph(_verdict(scene), "verdict"), markup.table(grid))


def _word(scene: Scene, name: str, **values: object) -> str:
    return i18n.text(f"possible.{name}", scene.lang, **values)


def _found(scene: Scene) -> list[int]:
    options = scene.options
    bases = possible_bases(options["percents"], options["decimals"], largest=options["n"])
    return [n for n in bases if n >= options["fewest"]]


def _row(scene: Scene, percent: float, bases: Sequence[int]) -> Row:
    header = i18n.percent(percent / 100, scene.lang, scene.options["decimals"])
    return Row(header, tuple(_counts(scene, percent, n) for n in bases))


def _counts(scene: Scene, percent: float, n: int) -> str:
    counts = fits(percent, n, scene.options["decimals"])
    return ", ".join(map(str, counts)) or _word(scene, "no")


def _verdict(scene: Scene) -> str:
    found, n, fewest = _found(scene), scene.options["n"], scene.options["fewest"]
    if not found:
        return _word(scene, "none", fewest=fewest, n=n)
    name, form = "stated" if n in found else "other", "one" if len(found) == 1 else "other"
    return _word(scene, f"{name}.{form}", n=n, fewest=fewest, bases=i18n.listing(map(str, found), scene.lang))
