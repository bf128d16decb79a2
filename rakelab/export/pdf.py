"""``--to pdf``: a tagged PDF (PDF/UA-1) of what the page says, made by WeasyPrint in a style for paper."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from rakelab.export import drawing
from rakelab.export.content import Block, Bullets, Findings, Heading, Paragraph, Picture, Table, TableCell
from rakelab.export.writing import Files, Source, needing
from rakelab.present.markup import LINE_BREAK, element, items, paragraph, together


def written(source: Source) -> Files:
    """One document. Raises OutputError where WeasyPrint, or the library Pango that it needs, is not installed."""
    with needing("WeasyPrint"):
        import weasyprint
    paper = weasyprint.CSS(filename=str(Path(__file__).with_name("pdf.css")))
    made = weasyprint.HTML(string=document(source)).write_pdf(pdf_variant="pdf/ua-1", stylesheets=[paper])
    return {f"{source.name}.pdf": bytes(made)}


def document(source: Source) -> str:
    """The page as plain HTML: nothing closed, one picture of each figure."""
    content = source.content
    figures = drawing.figures(source.folder, titled=False)
    parts = (_html(block, figures) for block in content.blocks)
    mark = paragraph(content.synthetic, "synthetic") if content.synthetic else ""
    head = element("head", Markup('<meta charset="utf-8">'), element("title", content.title))
    return str(element("html", head, element("body", mark, *parts), lang=content.lang))


def _html(block: Block, figures: Sequence[str]) -> Markup:
    match block:
        case Heading():
            return element(f"h{block.level}", block.text)
        case Paragraph():
            return paragraph(block.text, "quiet" if block.quiet else "")
        case Bullets():
            return items(block.texts)
        case Findings():
            told = (together(text, LINE_BREAK, element("small", beside)) if beside else text
                    for text, beside in block.told)  # fmt: skip
            return items(told, class_="findings")
        case Table():
            rows = [element("tr", *map(_cell, row)) for row in block.rows]
            heads = sum(all(cell.head == "col" for cell in row) for row in block.rows)
            inside = (element("thead", *rows[:heads]), element("tbody", *rows[heads:]))
            return element("table", element("caption", block.caption), *inside)
        case Picture():
            picture = "data:image/svg+xml;base64," + b64encode(figures[block.place].encode()).decode()
            drawn = Markup('<img src="{}" alt="{}">').format(picture, block.alt)
            caption = element("figcaption", element("strong", block.title), " ", block.reading)
            return element("figure", caption, drawn)


def _cell(cell: TableCell) -> Markup:
    span = str(cell.span) if cell.span > 1 else ""
    return element("th", cell.text, scope=cell.head, colspan=span) if cell.head else element("td", cell.text)
