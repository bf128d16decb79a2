"""What of a notebook's own words may be published: the finder of identifiers looks at cells and comments.

An identity code anywhere stops the report. Of a comment, and of a text that stands by itself among the code, nothing
is published in which the finder finds anything at all: a name, an address, a number.
"""

import re
import tokenize
from collections.abc import Iterator, Mapping
from io import StringIO

from rakelab import identifiers
from rakelab.errors import NotebookError
from rakelab.report.notebook import Notebook, places, scrubbed, tagged

#: What we write ourselves and is no word: a SHA-256, and a number grouped as ``i18n.number`` does it in Finnish and
#: Swedish. A grouped number before a sign and four characters in a row could be a code, and stays.
_OURS = re.compile(
    r"\b[0-9a-f]{64}\b"
    "|(?<![\\w\u00a0])[1-9]\\d{0,2}(?:\u00a0\\d{3})+(?![\\w\u00a0])(?!\\s?[^\\w\\s]\\s?\\d{3}[^\\W_])"
)

_BETWEEN = (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT)


def look(notebook: Notebook, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Raises NotebookError for an identity code in a code cell, a text cell, its name or its translations."""
    for index, place in places(notebook).items():
        cell = notebook["cells"][index]
        ours = tagged(cell, "injected-parameters")  # its paths are cut, and file names published without identifiers
        if codes(scrubbed(cell["source"]) if ours else cell["source"]):
            raise place.error("report.identity_in_code")
    for cell in notebook["cells"]:
        own = [words[cell["id"]] for words in texts.values() if cell.get("id") in words]
        if any(map(codes, [cell.get("id", ""), *([cell["source"]] if cell["cell_type"] == "markdown" else []), *own])):
            raise NotebookError("report.identity_in_text")


def codes(text: str) -> int:
    """How many identity codes stand in a text, line by line, besides our own numbers and check sums."""
    lines = _OURS.sub(" # ", text).split("\n")
    return identifiers.count(lines, (identifiers.IDENTITY_CODE,)).get(identifiers.IDENTITY_CODE, 0)


def without_telling_comments(source: str) -> str:
    """The code without the comments in which something points at a person; empty where it cannot be read."""
    try:
        comments = list(_comments(source))
    except (tokenize.TokenError, IndentationError):
        return source if identifiers.passes(source) else ""
    lines = source.split("\n")
    for token, instead in reversed(comments):
        (first, start), (last, end) = token.start, token.end
        after = lines[last - 1][end:]
        lines[first - 1 : last] = [(lines[first - 1][:start] + instead + after).rstrip()]
    return "\n".join(lines)


def _comments(source: str) -> Iterator[tuple[tokenize.TokenInfo, str]]:
    """Telling comments and texts that stand by themselves, each with what comes in its place."""
    tokens = list(tokenize.generate_tokens(StringIO(source).readline))
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        alone = (before is None or before.type in _BETWEEN) and after is not None and after.type in _BETWEEN
        if token.type == tokenize.COMMENT and not identifiers.passes(token.string):
            yield token, ""
        elif token.type == tokenize.STRING and alone and not identifiers.passes(token.string):
            yield token, "..."
