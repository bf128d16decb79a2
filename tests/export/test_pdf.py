"""A tagged PDF."""

from io import BytesIO

import pikepdf


def test_pdf_is_tagged_and_says_its_language(made):
    with pikepdf.open(BytesIO(made("pdf")["palvelutarve-kuhmo.fi.pdf"])) as document:
        assert str(document.Root.Lang) == "fi"
        assert bool(document.Root.MarkInfo.Marked)
        assert document.docinfo["/Title"] == "Tarpeet, Kuhmo, 2020"
