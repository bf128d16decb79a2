"""``--to pptx``: the title, the findings, and a slide for each figure, also into a county's own template."""

from io import BytesIO
from typing import Any

from rakelab.export import drawing
from rakelab.export.content import Picture
from rakelab.export.writing import Files, Source, needing, opened

#: Layouts of every PowerPoint template: a title slide, a title alone.
TITLE, ALONE = 0, 5
#: Sixteen by nine, in the units of a presentation (914,400 an inch).
WIDE = (12_192_000, 6_858_000)


def written(source: Source) -> Files:
    """One presentation. Raises OutputError where python-pptx is not installed."""
    with needing("python-pptx"):
        import pptx
    deck = opened(pptx.Presentation, source)
    if source.template is None:
        deck.slide_width, deck.slide_height = WIDE
    writer = _Deck(deck, source)
    if source.whole:
        writer.opening()
        writer.findings()
    for block in source.content.blocks:
        if isinstance(block, Picture):
            writer.picture(block)
    deck.core_properties.title = source.content.title
    deck.core_properties.language = source.content.lang
    made = BytesIO()
    deck.save(made)
    return {f"{source.name}.pptx": made.getvalue()}


class _Deck:
    def __init__(self, deck: Any, source: Source) -> None:
        self.deck, self.source = deck, source
        any_picture = any(isinstance(block, Picture) for block in source.content.blocks)
        self.pictures = drawing.png(drawing.figures(source.html, titled=False)) if any_picture else []

    def _slide(self, layout: int, title: str) -> Any:
        from pptx.util import Pt

        layouts = self.deck.slide_layouts
        slide = self.deck.slides.add_slide(layouts[min(layout, len(layouts) - 1)])
        if slide.shapes.title is not None:
            slide.shapes.title.text = title
            if layout == ALONE and self.source.template is None:
                slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(30)
        return slide

    def opening(self) -> None:
        slide = self._slide(TITLE, self.source.content.title)
        if self.source.content.synthetic and len(slide.placeholders) > 1:
            slide.placeholders[1].text = self.source.content.synthetic

    def findings(self) -> None:
        """One slide for each finding: a sentence that is read, not a list, and under it what it rests on."""
        for text, beside in self.source.content.findings:
            self._words(self._slide(ALONE, text), (0.08, 0.3, 0.84, 0.4), beside, 24)

    def picture(self, picture: Picture) -> None:
        """The finding above, the picture as large as there is room for, how to read it below."""
        from pptx.util import Emu

        slide = self._slide(ALONE, picture.title)
        wide, high = self.deck.slide_width, self.deck.slide_height
        drawn = slide.shapes.add_picture(BytesIO(self.pictures[picture.place]), 0, Emu(int(high * 0.24)))
        scale = min(wide * 0.9 / drawn.width, high * 0.64 / drawn.height)
        drawn.width, drawn.height = Emu(int(drawn.width * scale)), Emu(int(drawn.height * scale))
        drawn.left = Emu(int((wide - drawn.width) / 2))
        drawn._element.xpath(".//p:cNvPr")[0].set("descr", picture.alt)
        self._words(slide, (0.05, 0.9, 0.9, 0.08), picture.reading, 12)

    def _words(self, slide: Any, place: tuple[float, float, float, float], text: str, size: int) -> None:
        """A text box at a place in parts of the slide: left, top, width, height."""
        from pptx.util import Emu, Pt

        sides = (self.deck.slide_width, self.deck.slide_height) * 2
        frame = slide.shapes.add_textbox(
            *(Emu(int(side * part)) for side, part in zip(sides, place, strict=True))
        ).text_frame
        frame.word_wrap = True
        frame.text = text
        frame.paragraphs[0].font.size = Pt(size)
