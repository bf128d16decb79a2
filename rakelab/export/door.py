"""``rakelab export``: which report, which part of it, in which format, and where it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rakelab.errors import UsageError, nearest
from rakelab.export import content, csv, infographic, pdf, slides, text, word
from rakelab.export.content import Content
from rakelab.export.writing import Source, Writer
from rakelab.i18n import LANGUAGES
from rakelab.report import files, index, standing

FORMATS: Mapping[str, Writer] = {
    "pdf": pdf.written,
    "docx": word.written,
    "pptx": slides.written,
    "csv": csv.written,
    "text": text.written,
    "png": text.pictures,
    "infografiikka": infographic.written,
}


@dataclass(frozen=True)
class Wanted:
    """What was asked for: a format, the language of the page, exhibits by their names, a template, a folder."""

    format: str
    lang: str = ""
    only: tuple[str, ...] = ()
    template: str = ""
    out: Path = Path(".")


def export(folder: Path, wanted: Wanted) -> list[Path]:
    """Writes the report in ``folder`` in another format; returns the files. Raises UsageError for a wrong word and for
    a page that is not as it was written, OutputError where nothing can be written."""
    if wanted.format not in FORMATS:
        near = nearest(wanted.format, FORMATS) or next(iter(FORMATS))
        raise UsageError("export.format", word=wanted.format or "–", known=", ".join(FORMATS), nearest=near)
    if wanted.template and not Path(wanted.template).is_file():
        raise UsageError("export.template", file=Path(wanted.template).name)
    made = FORMATS[wanted.format](_source(folder, wanted))
    if not made:
        raise UsageError("export.nothing", format=wanted.format)
    files.write_files(wanted.out, made)
    return [wanted.out / name for name in made]


def _source(folder: Path, wanted: Wanted) -> Source:
    provenance = index.read(folder / standing.PROVENANCE)
    if provenance is None:
        raise UsageError("export.no_report", folder=folder.name or ".")
    languages = [code for code in LANGUAGES if code in provenance["languages"]]
    lang = wanted.lang or provenance["languages"][0]
    if lang not in languages:
        raise UsageError("export.language", lang=lang, known=", ".join(languages))
    page = f"report.{lang}.html"
    if page not in standing.ours(folder):
        raise UsageError("export.changed", files=page)
    html = (folder / page).read_text(encoding="utf-8")
    template = Path(wanted.template) if wanted.template else None
    return Source(folder, html, _chosen(content.read(html), wanted.only), template, whole=not wanted.only)


def _chosen(read: Content, names: tuple[str, ...]) -> Content:
    """The exhibits asked for, or everything."""
    known = [exhibit.id for exhibit in read.exhibits]
    wrong = [name for name in names if name not in known]
    if wrong:
        near = nearest(wrong[0], known) or ", ".join(known[:6])
        raise UsageError("export.no_exhibit", names=", ".join(wrong), nearest=near)
    return read.only(names) if names else read
