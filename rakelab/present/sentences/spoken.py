"""The finding over a figure tells the numbers of that figure, and no others."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

from rakelab.errors import UsageError
from rakelab.present.sentences.sentence import Sentence

_FIGURE = re.compile(r"<figcaption><h3[^>]*>(.*?)</h3><p>(.*?)</p></figcaption>.*?</figure>(.*?)</details>", re.DOTALL)
_LABEL = re.compile('<span class="no">.*?</span>')
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_QUOTED = re.compile("[”“][^”]*”")
#: What a figure has not, and a finding told of it must leave out: counts of differences, intervals of pairs, statements
#: without a bar.
_WITHOUT = {
    ("changes", "contrast"): "differences", ("grid", "together"): "counts", ("likert", "statements"): "bars",
}  # fmt: skip


def of_groups(alt: Sentence, columns: list[Any]) -> Sentence:
    """The finding as it can be told of a figure of these groups: of each group where it was told of everybody, and
    without the difference where the figure has none."""
    if alt.kind == "leading" and alt.options["column"] not in columns:
        return replace(alt, kind="leading_by", options={**alt.options, "columns": columns})
    return replace(alt, options={**alt.options, "told": "shares"}) if alt.kind == "contrast" else alt


def briefly(alt: Sentence, kind: str) -> Sentence:
    """The finding without what a figure of this kind has not."""
    without = _WITHOUT.get((kind, alt.kind))
    return replace(alt, options={**alt.options, "told": without}) if without else alt


def refuse_strange(html: str) -> None:
    """UsageError where the title of a figure has a number that neither its subtitle nor its data table has."""
    for title, caption, data in _FIGURE.findall(html):
        if strange(_plain(_LABEL.sub("", title)), caption, data):
            raise UsageError("present.strange_alt", title=_plain(caption).partition(".")[0].strip())


def strange(title: str, caption: str, data: str) -> set[str]:
    """The numbers of ``title`` that are not in the figure. How many rows there are of something can be told too."""
    known = set(_numbers(_plain(caption + " " + data)))
    known |= {str(n) for n in range(data.count("<tr") + 1)}
    return set(_numbers(_QUOTED.sub("", title))) - known


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", text))
