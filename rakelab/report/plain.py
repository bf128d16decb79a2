"""``report.selko.fi.html``: the same findings as the page's summary, on one page in plain words."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from rakelab import archive, i18n
from rakelab.present import specifications
from rakelab.present.markup import with_languages
from rakelab.present.sentences.plain import plainly
from rakelab.report import page

_SAID = ("whole", "intro", "asked", "found", "synthetic", "nothing", "not_told", "cause", "hidden", "about")


def name(lang: str) -> str:
    """What the page's file is called."""
    return f"report.selko.{lang}.html"


def pages(specs: Iterable[Mapping[str, Any]], released: str, titles: Mapping[str, str]) -> dict[str, str]:
    """The page in each language of the ``titles``, by its file's name; none of a report without a summary.
    ``released``: the text of released.json."""
    every = (own for spec in specs for own in specifications(spec))
    sentences: list[Mapping[str, Any]] = next((own["sentences"] for own in every if own.get("kind") == "findings"), [])
    if not sentences:
        return {}
    release = archive.loads(released)
    return {name(lang): _page(sentences, release, title, lang) for lang, title in titles.items()}


def _page(sentences: Iterable[Mapping[str, Any]], release: Any, title: str, lang: str) -> str:
    said = {word: i18n.text(f"plain.{word}", lang) for word in _SAID}
    used, account = release.account.used, release.account
    with i18n.marking():
        dataset = i18n.Written(account.title)[lang]
        made = page.environment().get_template("plain.html.j2").render(
            lang=lang,
            title=Markup(i18n.text("plain.title", lang, title=title)),
            dataset=dataset,
            synthetic=account.synthetic,
            data=i18n.text("plain.data", lang, title=dataset),
            n=i18n.text("plain.n", lang, n=i18n.number(used.number, lang)) if used.known else "",
            findings=plainly(sentences, release, lang),
            said=said,
        )  # fmt: skip
    return with_languages(made)
