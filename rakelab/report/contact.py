"""The accessibility statement in the foot of each page (law 306/2019), and whom to write to: a setting of the county.

``RAKELAB_CONTACT`` names a file ``yhteys.toml``; without it the page says that the contact is the report's publisher.
"""

import os
from datetime import date
from functools import cache
from pathlib import Path

from markupsafe import Markup

from rakelab import i18n
from rakelab.declared import Declaration
from rakelab.present.markup import element, together

SETTING = "RAKELAB_CONTACT"
#: When our pages were last tested as docs/accessibility.md tells.
TESTED = date(2026, 11, 27)


def statement(lang: str) -> Markup:
    """One paragraph. Raises CodebookError for a file that cannot be used."""
    said, contact, day = _own(os.environ.get(SETTING, ""), lang)
    tested = i18n.text("contact.tested", lang, day=i18n.day(day, lang))
    lead = element("strong", i18n.text("contact.title", lang))
    meets = [said] if said else [i18n.text("contact.meets", lang), tested]
    before, _, after = i18n.text("contact.publisher", lang, setting="\0").partition("\0")
    reached = contact or together(before, element("span", SETTING, lang="en"), after)
    return element("p", lead, " ", " ".join(meets), " ", reached, " ", i18n.text("contact.authority", lang))


@cache
def _own(place: str, lang: str) -> tuple[str, str, date]:
    """The county's own statement, its contact, and the day of its own test; empty where it gives none."""
    if not place:
        return "", "", TESTED
    file = Declaration(Path(place), {"contact": dict, "statement": dict, "tested": date})
    contact, own = file.label("contact"), file.optional_label("statement")
    file.done("contact.faults")
    return own[lang] if own else "", contact[lang], file.get("tested", TESTED)
