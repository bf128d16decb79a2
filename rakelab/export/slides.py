"""``--to pptx``: the title, the findings, and a slide for each figure, also into a county's own template."""

from io import BytesIO
from typing import Any

from rakelab.export import drawing
from rakelab.export.content import Picture
from rakelab.export.writing import Files, Source, needing, opened

#: Layouts of every PowerPoint template: a title slide, a title with text, a title alone.
TITLE, TEXT, ALONE = 0, 1, 5


def written(source: Source) -> Files:
    """One presentation. Raises OutputError where python-pptx is not installed."""
    with needing("python-pptx"):
        import pptx
    deck = opened(pptx.Presentation, source)
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
        self.pictures = drawing.drawn(source.folder) if any_picture else []

    def _slide(self, layout: int, title: str) -> Any:
        layouts = self.deck.slide_layouts
        slide = self.deck.slides.add_slide(layouts[min(layout, len(layouts) - 1)])
        if slide.shapes.title is not None:
            slide.shapes.title.text = title
        return slide

    def opening(self) -> None:
        slide = self._slide(TITLE, self.source.content.title)
        if self.source.content.synthetic and len(slide.placeholders) > 1:
            slide.placeholders[1].text = self.source.content.synthetic

    def findings(self) -> None:
        """One slide for each finding: a sentence that is read, not a list."""
        for text in self.source.content.findings:
            self._slide(ALONE, text)

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
        place = (wide * 0.05, high * 0.9, wide * 0.9, high * 0.08)
        box = slide.shapes.add_textbox(*(Emu(int(side)) for side in place))
        box.text_frame.text = picture.reading
        box.text_frame.word_wrap = True
