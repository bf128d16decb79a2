"""Could published percentages be those of a stated number of people? Nothing here comes from rows."""

from collections.abc import Sequence

from markupsafe import Markup

from rakelab import i18n
from rakelab.errors import UsageError
from rakelab.formulas import fits, possible_bases
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.markup import Column

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
    if any(not 0 <= percent <= 100 or round(percent, decimals) != percent for percent in percents):
        raise UsageError("possible.percent", decimals=decimals)
    options = {"percents": list(percents), "n": n, "decimals": decimals, "fewest": fewest}
    return Exhibit("possible", options, {}, lang)


@renders("possible")
def _possible(scene: Scene) -> Markup:
    percents, n, decimals, fewest = (scene.options[name] for name in ("percents", "n", "decimals", "fewest"))
    bases = [base for base in possible_bases(percents, decimals, largest=n) if base >= fewest]

    def counts(base: int, percent: float) -> str:
        return ", ".join(map(str, fits(percent, base, decimals))) or scene.words("possible.no")

    if bases:
        word = f"possible.{'stated' if n in bases else 'other'}.{'one' if len(bases) == 1 else 'other'}"
        verdict = scene.words(word, n=n, fewest=fewest, bases=scene.listing(map(str, bases)))
    else:
        verdict = scene.words("possible.none", fewest=fewest, n=n)
    shown = [n, *(base for base in bases[:MOST_BASES] if base != n)]
    heads = markup.crossed(shown, lambda base: scene.words("possible.head_base", n=base), counts)
    percent = Column(scene.words("possible.head_percent"), lambda own: i18n.percent(own / 100, scene.lang, decimals))
    table = scene.grid(scene.words("possible.caption"), [percent, *heads], percents, [scene.words("possible.key")])
    return markup.exhibit("possible", markup.paragraph(verdict, "verdict"), table)
