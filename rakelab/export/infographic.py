"""``--to infografiikka``: one A4 sheet for a wall, as a page, as PDF/UA and as a picture with real text.

One layout, made by WeasyPrint: as many rows as fit on the sheet.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from rakelab import archive, i18n
from rakelab.errors import FileError, UsageError
from rakelab.export import pdf, picture
from rakelab.export.content import Content
from rakelab.export.own import Own, own
from rakelab.export.poster import Poster, poster
from rakelab.export.writing import Files, Source, needing
from rakelab.present.markup import with_languages
from rakelab.report import companions, index, page, standing

_HERE = Path(__file__).parent
#: Rows of the sheet: from so many down to so few, until it all fits.
MOST, FEWEST = 18, 3
#: Left free under it, for the letters of another machine's browser.
ROOM = "footer::after { content: ' '; display: block; padding-top: 8mm; }"
#: So many fewer rows stand in the table beside them, which has two lines a row and the number of people above it.
TALLER = 2


def written(source: Source) -> Files:
    """The sheet three times. Raises UsageError for a report that has nothing for it, and where the county's own texts
    leave no room; OutputError where WeasyPrint is not installed."""
    lang = source.content.lang
    with i18n.marking():
        sheet, by_hand = poster(_release(source), lang), _added(source, own(source.template))
    with needing("WeasyPrint"):
        import weasyprint
    room = weasyprint.CSS(string=ROOM)
    for rows in range(min(MOST, len(sheet.rows)), min(FEWEST, len(sheet.rows)) - 1, -1):
        html = _html(source.content, sheet, _words(sheet, rows, lang) | by_hand)
        drawn = weasyprint.HTML(string=html).render(stylesheets=[room], pdf_variant=pdf.VARIANT)
        if len(drawn.pages) == 1:
            companions.no_identity(html)
            made = {"html": html.encode(), "svg": picture.svg(drawn, lang).encode(), "pdf": pdf.tagged(drawn)}
            return {f"{source.name}.{i18n.text('infographic.name', lang)}.{kind}": own for kind, own in made.items()}
    raise UsageError("infographic.no_room", file=source.template.name if source.template else "–")


def _release(source: Source) -> Any:
    """The numbers that the page was made of. Raises UsageError where their file is not as it was written."""
    if archive.gathered.NAME not in standing.ours(source.folder):
        raise UsageError("export.changed", files=archive.gathered.NAME)
    try:
        return archive.loads((source.folder / archive.gathered.NAME).read_text(encoding="utf-8"))
    except FileError as fault:
        raise UsageError("infographic.old_folder", folder=source.folder.name) from fault


def _html(content: Content, sheet: Poster, words: Mapping[str, Any]) -> str:
    made = page.environment().from_string((_HERE / "infographic.html.j2").read_text(encoding="utf-8"))
    style = Markup((_HERE / "infographic.css").read_text(encoding="utf-8"))
    return with_languages(made.render(sheet=sheet, style=style, content=content, **words))


def _words(sheet: Poster, rows: int, lang: str) -> dict[str, Any]:
    start = "infographic.sheet."
    said = {key.removeprefix(start): words for key, words in i18n.words(lang).items() if key.startswith(start)}
    left = i18n.counted("infographic.left_out", len(sheet.rows) - rows, lang) if rows < len(sheet.rows) else ""
    others = sheet.others[: max(rows - TALLER, 0)]
    return {"rows": sheet.rows[:rows], "others": others, "left_out": left, "said": said, "lang": lang}


def _added(source: Source, added: Own) -> dict[str, Any]:
    """Costs as a table with a column for each year, and their sources under it; channels; the day of the report."""
    lang, provenance = source.content.lang, index.read(source.folder / standing.PROVENANCE) or {}
    years = sorted({cost.year for cost in added.costs})
    euros = {(cost.title[lang], cost.year): i18n.number(cost.euros, lang) for cost in added.costs}
    costs = {name: [euros.get((name, year), "–") for year in years] for name, _ in euros}
    sources = dict.fromkeys(i18n.text("infographic.source", lang, source=cost.source, day=i18n.day(cost.day, lang))
                            for cost in added.costs)  # fmt: skip
    channels = [(channel.title[lang], channel.how) for channel in added.channels]
    return {"years": years, "costs": costs, "sources": list(sources), "channels": channels,
            "day": page.day(provenance["made"], lang)}  # fmt: skip
