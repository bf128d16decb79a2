"""``--to pdf``: the page as a tagged PDF (PDF/UA-1), made by WeasyPrint."""

from rakelab.export.writing import Files, Source, needing


def written(source: Source) -> Files:
    """One document. Raises OutputError where WeasyPrint, or the library Pango that it needs, is not installed."""
    with needing("WeasyPrint"):
        import weasyprint
    made = weasyprint.HTML(string=source.html, base_url=None).write_pdf(pdf_variant="pdf/ua-1")
    return {f"{source.name}.pdf": bytes(made)}
