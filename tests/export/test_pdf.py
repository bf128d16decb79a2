"""A tagged PDF."""

from io import BytesIO

import pikepdf


def test_pdf_is_tagged_and_says_its_language(made):
    with pikepdf.open(BytesIO(made("pdf")["palvelutarve-kuhmo.fi.pdf"])) as document:
        assert str(document.Root.Lang) == "fi"
        assert bool(document.Root.MarkInfo.Marked)
        assert document.docinfo["/Title"] == "Tarpeet, Kuhmo, 2020"


def test_each_heading_cell_says_what_it_heads_and_page_numbers_are_no_content(made):
    with pikepdf.open(BytesIO(made("pdf")["palvelutarve-kuhmo.fi.pdf"])) as document:
        heads = [tag for tag in tags(document.Root.StructTreeRoot) if tag.S == "/TH"]
        assert [str(tag.A.Scope) for tag in heads] == ["/Column"] * 4 + ["/Row"] * 2
        content = document.pages[0].Contents.read_bytes()
    marks = content.count(b"/Artifact")
    assert content.count(b"BDC") > 10
    assert marks > 0
    assert content.rindex(b"/Artifact") > content.rindex(b"BDC")  # the page number comes last


def tags(element):
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)
