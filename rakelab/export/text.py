"""``--to text``: what goes out beside a report, begun for a human to finish; and ``--to png``: its pictures.

A news item for the intranet, an e-mail to councillors, a post with its alt text, the draft of a statement: each from
the page's own sentences, in its language.
"""

from rakelab import i18n
from rakelab.export import drawing
from rakelab.export.content import Content, Picture
from rakelab.export.writing import Files, Source

KINDS = ("news", "mail", "post", "statement")
#: How many findings each has room for.
FINDINGS = {"news": 3, "mail": 3, "post": 1, "statement": 5}


def written(source: Source) -> Files:
    """A text file for each kind, named in the page's language."""
    lang = source.content.lang
    named = ((kind, i18n.text(f"export.text.{kind}_name", lang)) for kind in KINDS)
    return {f"{source.name}.{name}.txt": _text(kind, source.content).encode() for kind, name in named}


def _text(kind: str, content: Content) -> str:
    """The kind's own frame around the first findings."""
    findings = [f"{text} ({beside})" if beside else text for text, beside in content.findings[: FINDINGS[kind]]]
    values = {
        "title": content.title,
        "findings": "\n".join(f"– {text}" for text in findings) or "–",
        "first": findings[0] if findings else content.title,
        "alt": next((block.alt for block in content.blocks if isinstance(block, Picture)), "–"),
        "mark": f"{content.synthetic}\n\n" if content.synthetic else "",
    }
    return i18n.text(f"export.text.{kind}", content.lang, **values).strip() + "\n"


def pictures(source: Source) -> Files:
    """The chosen figures as PNG files, named as on the page."""
    chosen = [block for block in source.content.blocks if isinstance(block, Picture)]
    every = drawing.png(drawing.figures(source.html)) if chosen else []
    return {f"{source.name}.{block.id or f'{block.place + 1:02d}'}.png": every[block.place] for block in chosen}
