"""``--to pdf``: a tagged PDF (PDF/UA-1) of what the page says, made by WeasyPrint in a style for paper."""

from base64 import b64encode
from collections.abc import Iterator, Sequence, Set
from io import BytesIO
from pathlib import Path
from typing import Any

from markupsafe import Markup

from rakelab.export import drawing
from rakelab.export.content import Block, Bullets, Findings, Heading, Paragraph, Picture, Table, TableCell
from rakelab.export.writing import Files, Source, needing
from rakelab.present.markup import LINE_BREAK, element, items, paragraph, together

#: Which kind of PDF: one that a screen reader can read.
VARIANT = "pdf/ua-1"


def written(source: Source) -> Files:
    """One document. Raises OutputError where WeasyPrint, or the library Pango that it needs, is not installed."""
    with needing("WeasyPrint"):
        import weasyprint
    paper = weasyprint.CSS(filename=str(Path(__file__).with_name("pdf.css")))
    drawn = weasyprint.HTML(string=document(source)).render(stylesheets=[paper], pdf_variant=VARIANT)
    return {f"{source.name}.pdf": tagged(drawn)}


def tagged(drawn: Any) -> bytes:
    """What WeasyPrint has laid out as a document, with what it leaves out: what each heading cell heads, and that page
    numbers and running titles are no content."""
    made = bytes(drawn.write_pdf(pdf_variant=VARIANT))
    with needing("pikepdf"):
        from pikepdf import Pdf
    written = BytesIO()
    with Pdf.open(BytesIO(made)) as pdf:
        tags = list(_structure(pdf.Root.StructTreeRoot))
        for row in (tag for tag in tags if tag.S == "/TR"):
            _scope(row)
        read = {(tag.Pg.objgen, int(kid)) for tag in tags if "/Pg" in tag for kid in _kids(tag) if isinstance(kid, int)}
        for page in pdf.pages:
            _artifacts(pdf, page, {number for place, number in read if place == page.objgen})
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _scope(row: Any) -> None:
    """In a row of headings each heads its column, else its row."""
    from pikepdf import Name

    cells = [tag for tag in _structure(row) if tag.S in ("/TH", "/TD")]
    scope = Name.Column if all(cell.S == "/TH" for cell in cells) else Name.Row
    for cell in (cell for cell in cells if cell.S == "/TH"):
        cell.A.Scope = scope


def _artifacts(pdf: Any, page: Any, read: Set[int]) -> None:
    """What the structure does not name is no content."""
    from pikepdf import ContentStreamInstruction, Name, Operator, parse_content_stream, unparse_content_stream

    made = []
    for step in parse_content_stream(page):
        tagged = str(step.operator) == "BDC" and "/MCID" in step.operands[1]
        if tagged and int(step.operands[1].MCID) not in read:
            step = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
        made.append(step)
    page.Contents = pdf.make_stream(unparse_content_stream(made))


def _structure(element: Any) -> Iterator[Any]:
    """Every element below one, in the order of reading."""
    from pikepdf import Dictionary

    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _structure(kid)


def _kids(element: Any) -> list[Any]:
    from pikepdf import Array

    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def document(source: Source) -> str:
    """The page as plain HTML: nothing closed, one picture of each figure."""
    content = source.content
    figures = drawing.figures(source.html, titled=False)
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
