"""``--to docx``: headings, sentences, tables and figures for Word, also into a county's own template.

Everything hangs on Word's own styles, by their English names, which every language of Word knows; where a template
has none of that name, the text stands in its body style. Heading rows repeat on every page, pictures have their alt
text, and the document says its title and its language.
"""

from io import BytesIO
from typing import Any

from rakelab.export import drawing
from rakelab.export.content import Block, Bullets, Findings, Heading, Paragraph, Picture, Table, TableCell
from rakelab.export.writing import Files, Source, needing, opened

#: Width of a picture in centimetres: that of A4 between Word's usual margins.
WIDE = 15.2
#: The part of a table's width that its row headings take.
FIRST = 0.36
#: Points of the letters in a table.
SIZE = 9
LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


def written(source: Source) -> Files:
    """One document. Raises OutputError where python-docx is not installed."""
    with needing("python-docx"):
        import docx
    document = opened(docx.Document, source)
    writer = _Writer(document, source)
    writer.about()
    for block in source.content.blocks:
        writer.write(block)
    made = BytesIO()
    document.save(made)
    return {f"{source.name}.docx": made.getvalue()}


class _Writer:
    def __init__(self, document: Any, source: Source) -> None:
        self.document, self.source = document, source
        any_picture = any(isinstance(block, Picture) for block in source.content.blocks)
        self.pictures = drawing.png(drawing.figures(source.html, titled=False)) if any_picture else []

    def about(self) -> None:
        """Title, language, and whether the people are invented."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        content = self.source.content
        self.document.core_properties.title = content.title
        self.document.core_properties.language = LANGUAGES.get(content.lang, content.lang)
        normal = self.document.styles["Normal"].element.get_or_add_rPr()
        language = normal.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            normal.append(language)
        language.set(qn("w:val"), LANGUAGES.get(content.lang, content.lang))
        if content.synthetic:
            self._paragraph(content.synthetic, "Intense Quote")

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self._paragraph(block.text, "Title" if block.level == 1 else f"Heading {block.level - 1}")
            case Paragraph():
                self._paragraph(block.text, "Caption" if block.quiet else "Normal")
            case Bullets():
                for text in block.texts:
                    self._paragraph(text, "List Bullet")
            case Findings():
                for text, beside in block.told:
                    line = self._paragraph(text, "List Bullet")
                    if beside:
                        line.add_run().add_break()
                        line.add_run(beside).italic = True
            case Table():
                self._paragraph(block.caption, "Caption", keep=True)
                self._table(block)
            case Picture():
                self._picture(block)

    def _paragraph(self, text: str, style: str, *, keep: bool = False) -> Any:
        paragraph = self.document.add_paragraph(text, style=self._style(style))
        paragraph.paragraph_format.keep_with_next = True if keep else None
        return paragraph

    def _style(self, name: str) -> str | None:
        return name if name in (style.name for style in self.document.styles) else None

    def _table(self, table: Table) -> None:
        from docx.shared import Cm

        made = self.document.add_table(rows=len(table.rows), cols=table.width)
        made.style = self._style("Table Grid")
        made.autofit = False
        for i, column in enumerate(made.columns):
            column.width = Cm(WIDE * (FIRST if i == 0 else (1 - FIRST) / (table.width - 1)))
        for cells, row in zip(table.rows, made.rows, strict=True):
            self._row(cells, row)
        self.document.add_paragraph()

    def _row(self, cells: tuple[TableCell, ...], row: Any) -> None:
        """Heading cells are bold; a row of headings stands again on each page, and no row is cut in two."""
        from docx.oxml.parser import OxmlElement
        from docx.shared import Pt

        place = 0
        for cell in cells:
            there = row.cells[place]
            if cell.span > 1:
                there = there.merge(row.cells[place + cell.span - 1])
            run = there.paragraphs[0].add_run(cell.text)
            run.bold, run.font.size = bool(cell.head), Pt(SIZE)
            place += cell.span
        marks = ["w:cantSplit", *(["w:tblHeader"] if all(cell.head == "col" for cell in cells) else [])]
        for mark in marks:
            row._tr.get_or_add_trPr().append(OxmlElement(mark))

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Cm

        title = self._paragraph("", "Caption", keep=True)
        title.add_run(picture.title).bold = True
        title.add_run(f" {picture.reading}" if picture.reading else "")
        run = self._paragraph("", "Normal").add_run()
        run.add_picture(BytesIO(self.pictures[picture.place]), width=Cm(WIDE))
        run._r.xpath(".//wp:docPr")[0].set("descr", picture.alt)
