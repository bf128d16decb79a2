"""A claim about an area: in which periods it is so, by which source and version, and with which denominator."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from rakelab import i18n, regional
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.markup import Column
from rakelab.present.parts.areas import licence_of, named, say, table
from rakelab.regional import Evidence


def claim(vaite: str, alue: str, *, lang: str = "") -> Exhibit:
    """In which periods and by which sources a sentence about an area is so. UsageError for a sentence whose matter or
    place is not understood, OpenDataError for an area that does not exist."""
    regional.claim(vaite)
    own = regional.area(alue)
    return Exhibit("claim", {"claim": vaite, "area": [own.kind, own.code], "given": [vaite]}, {}, lang)


@renders("claim")
def _claim(scene: Scene) -> Markup:
    asked, lang = regional.claim(scene.options["claim"]), scene.lang
    own = next(area for area in regional.areas() if [area.kind, area.code] == scene.options["area"])
    gone, found = regional.withdrawn(asked), regional.evidence(asked, own)
    said = markup.paragraph(scene.words("present.quoted", label=scene.options["claim"]))
    about = say(scene, "understood", title=asked.title[lang], area=named(own, lang), place=_claimed(scene, asked))
    if gone:
        day = i18n.day(date.fromisoformat(gone.day), lang)
        verdict = say(scene, "was_withdrawn", title=gone.title[lang], day=day, source=gone.source[lang])
        return markup.exhibit("claim", said, markup.paragraph(about), markup.paragraph(verdict, "verdict"))
    if not found:
        verdict = say(scene, "no_evidence", area=named(own, lang))
        return markup.exhibit("claim", said, markup.paragraph(about), markup.paragraph(verdict, "verdict"))
    verdict = markup.paragraph(_verdict(scene, found), "verdict")
    return markup.exhibit("claim", said, markup.paragraph(about), verdict, _evidence(scene, found))


def _claimed(scene: Scene, asked: regional.Claim) -> str:
    return say(scene, f"claimed.{'lowest' if asked.lowest else 'highest'}_{asked.place}")


def _verdict(scene: Scene, found: Sequence[Evidence]) -> str:
    true, false = ([own for own in found if own.holds is so] for so in (True, False))
    word = "true_always" if not false else "true_never" if not true else "true_sometimes"
    periods = {name: scene.listing(own.period for own in some) for name, some in (("true", true), ("false", false))}
    shared = [own for own in true if own.tied]
    more = " " + say(scene, "shared", periods=scene.listing(own.period for own in shared)) if shared else ""
    return say(scene, word, n=len(found), **periods) + more


def _evidence(scene: Scene, found: Sequence[Evidence]) -> Markup:
    def untold(n: int | None) -> str:
        return say(scene, "untold") if n is None else str(n)

    def period(own: Evidence) -> str:
        return f"{own.period} ({own.version})" if own.version else own.period

    columns = [
        Column(say(scene, "period"), period),
        Column(say(scene, "holds"), lambda own: scene.head("yes" if own.holds else "no")),
        Column(say(scene, "place"), lambda own: say(scene, "of", place=own.place, of=own.of)),
        Column(say(scene, "value"), lambda own: i18n.number(own.value, scene.lang, own.decimals)),
        Column(say(scene, "tied_n"), lambda own: untold(own.tied)),
        Column(say(scene, "overlapping"), lambda own: untold(own.overlapping)),
    ]
    first = found[0]
    version = scene.listing(dict.fromkeys(own.version for own in found if own.version))
    key = say(scene, "key_claim", source=first.source[scene.lang], denominator=first.denominator[scene.lang],
               licence=licence_of(first, scene.lang), version=version or say(scene, "one_version"))  # fmt: skip
    return table(scene, say(scene, "evidence"), columns, [("", found)], key)
